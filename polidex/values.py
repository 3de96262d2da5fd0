"""Whether what a value says stands in a text: its numbers, its years and its names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

import regex
from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from polidex.folding import UNSPACED, bare, is_small
from polidex.inflection import case_forms
from polidex.numerals import is_year, number_words, numbers, spelt_numbers, years

# Names carried over from another script are spelt by several habits: Токаев gives Tokaev and Tokayev (.97), Жомарт
# gives Zhomart and Jomart (.85), while Путин and Pushkin come to .83.
_SAME_NAME = 0.84
_SHORTEST_SPELT = 4
# What may stand between two words of one name: a space, a hyphen, "'s ", a dot and a space.
_WIDEST_GAP = 3
_MOST_WORDS = 20

_WORD = regex.compile(rf"[{UNSPACED}]\p{{M}}*|[\p{{L}}\p{{N}}](?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])*")
_SIGN = regex.compile(rf"[{UNSPACED}]")
_LETTER = regex.compile(r"\p{L}")
_LATIN = regex.compile(r"\p{Latin}")
_NAME_JOINT = regex.compile(r"[\p{Pd}'’ʼ]")


class _Word(NamedTuple):
    start: int
    end: int
    surface: str
    key: str  # without case and diacritics, in Latin letters; a Chinese sign as it is
    latin: bool
    sign: bool  # of a script that puts no space between words
    joined: bool  # by a hyphen or an apostrophe to the word before


def missing(value: str, text: str, *, language: str | None = None, count: bool = False) -> tuple[str, ...]:
    """The numbers, years and name words of `value`, as it writes them and in order, that do not stand in `text`.

    `value` holds words of a source, not a code: "March 2019", not "2019-03". Numbers compare by what they are worth;
    years must stand as years, unless `count` says that four digits in the value are a count ("1950 votes"). With a
    `language` (ISO 639-1) that number_words.json covers, "twelve" stands for 12 and back, and "1.5 million" for
    1500000; longer number words ("two hundred and five") are read as the numbers they consist of.

    Name words have a capital or belong to a script without capitals. They stand as whole words, up to upper case,
    diacritics, possessive, hyphen or space, grammatical case (`Токаева`), and script: the same word in Latin letters
    (anyascii), or between Latin and another script a similar one. In a value with more small words than others the
    capital of its first word is taken for that of a sentence. Small words are never missing.
    """
    passage, spoken = _passage(text), number_words(language)[0]
    absent: dict[int, str] = {}
    said = spelt_numbers(value, language)
    worth = passage.worth | {number.value for number in spelt_numbers(text, language)} if said else set()
    for number in said:
        surface = value[number.start : number.end]
        if is_year(value, number) and not count:
            stands_there = int(number.value) in passage.years
        else:
            # "one" is more often a pronoun than a number.
            stands_there = number.value in worth or surface.lower() == "one"
        if not stands_there:
            absent[number.start] = surface
    for name in _names(value):
        surface = value[name[0].start : name[-1].end]
        if surface.lower() in spoken or passage.has(name):
            continue
        for word in [name] if name[0].sign else [[word] for word in name]:
            if not passage.has(word):
                absent[word[0].start] = value[word[0].start : word[-1].end]
    return tuple(absent[start] for start in sorted(absent))


def stands(
    name: str, text: str, *, within: tuple[int, int] | None = None, whole: bool = False
) -> tuple[int, int] | None:
    """The span of `name` in `text`, in characters, or None: whole words in their order, compared as `missing` does.

    The longest part of the name that stands is taken, of two equally long ones the later ("Tokayev" rather than
    "Kassym"), and its first place in `within`. A part has a word that marks a name and is no initial; `whole`
    accepts nothing less than all words. Words after the twentieth do not count.
    """
    low, high = within or (0, len(text))
    wanted, passage = _words(name)[:_MOST_WORDS], _passage(text[low:high])
    marks = {word.start for part in _names(name) for word in part if len(word.surface) > 1 or word.sign}
    shortest = max(1, len(wanted)) if whole else 1
    for length in range(len(wanted), shortest - 1, -1):
        for first in range(len(wanted) - length, -1, -1):
            part = wanted[first : first + length]
            if length < len(wanted) and not any(word.start in marks for word in part):
                continue
            for start, end in passage.places(part):
                return low + start, low + end
    return None


def every_place(name: str, text: str, within: tuple[int, int]) -> list[tuple[int, int]]:
    """Everywhere that the whole of `name` stands in a stretch of `text`, compared as `stands` does; none overlap."""
    low, high = within
    places: list[tuple[int, int]] = []
    wanted = _words(name)[:_MOST_WORDS]
    for start, end in _passage(text[low:high]).places(wanted) if wanted else ():
        if not places or low + start >= places[-1][1]:
            places.append((low + start, low + end))
    return places


class _Passage:
    """A text made ready to be asked for many values."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> tuple[_Word, ...]:
        return _cut(self.text)

    @cached_property
    def _keys(self) -> dict[bool, set[str]]:
        """The keys of its words, those in Latin letters and the others."""
        keys: dict[bool, set[str]] = {True: set(), False: set()}
        for word in self.words:
            keys[word.latin].add(word.key)
        return keys

    @cached_property
    def _at(self) -> Mapping[str, list[int]]:
        """Where each key begins, that of two words which a hyphen joins too."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(self.words):
            places[word.key].append(i)
            if word.joined:
                places[self.words[i - 1].key + word.key].append(i - 1)
        return places

    @cached_property
    def years(self) -> dict[int, tuple[int, int]]:
        return years(self.text)

    @cached_property
    def worth(self) -> set[Decimal]:
        plain = numbers(self.text)
        # "1 000" may be one number, or two that happen to meet.
        groups = (group for n in plain for group in self.text[n.start : n.end].split(" ") if group.isdecimal())
        return {number.value for number in plain} | {Decimal(group) for group in groups}

    def has(self, part: Sequence[_Word]) -> bool:
        return any(self.places(part))

    def places(self, part: Sequence[_Word]) -> Iterator[tuple[int, int]]:
        """The spans at which the words of `part` stand one after the other."""
        for first in self._beginnings(part):
            at, i = first, 0
            while i < len(part) and at < len(self.words) and (at == first or self._is_near(at)):
                word, following = self.words[at], self.words[at + 1] if at + 1 < len(self.words) else None
                if _is_same(part[i], word):
                    i, at = i + 1, at + 1
                elif i + 1 < len(part) and part[i + 1].joined and part[i].key + part[i + 1].key == word.key:
                    i, at = i + 2, at + 1
                elif following and following.joined and part[i].key == word.key + following.key:
                    i, at = i + 1, at + 2
                else:
                    break
            if i == len(part):
                yield self.words[first].start, self.words[at - 1].end

    def _beginnings(self, part: Sequence[_Word]) -> list[int]:
        keys = {part[0].key, part[0].key + part[1].key} if len(part) > 1 and part[1].joined else {part[0].key}
        keys |= _case_keys(part[0].surface)
        keys |= {key for key in self._keys[not part[0].latin] if not part[0].sign and _is_spelt(part[0].key, key)}
        return sorted({i for key in keys for i in self._at.get(key, ())})

    def _is_near(self, at: int) -> bool:
        gap = self.text[self.words[at - 1].end : self.words[at].start]
        return len(gap) <= _WIDEST_GAP and gap.count("\n") <= 1


@lru_cache(maxsize=64)
def _passage(text: str) -> _Passage:
    return _Passage(text)


@lru_cache(maxsize=1024)
def _words(value: str) -> tuple[_Word, ...]:
    return _cut(value)


def _cut(text: str) -> tuple[_Word, ...]:
    found: list[_Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        surface = match.group()
        joined = bool(found) and found[-1].end == start - 1 and _NAME_JOINT.match(text, start - 1) is not None
        if joined and surface.lower() == "s" and text[start - 1] in "'’":
            continue  # a possessive
        key, latin = _key(surface)
        found.append(
            _Word(start, end, surface, key, latin, not surface.isascii() and bool(_SIGN.match(surface)), joined)
        )
    return tuple(found)


@lru_cache(maxsize=65536)
def _key(surface: str) -> tuple[str, bool]:
    if not surface.isascii() and _SIGN.match(surface):
        return bare(surface), False  # many Chinese signs sound the same
    latin = "".join(c for c in anyascii(bare(surface)).lower() if c.isalnum())
    return latin or bare(surface), bool(_LATIN.search(surface))


def _names(value: str) -> Iterator[list[_Word]]:
    """The name words of `value`: together those that a hyphen or an apostrophe joins, and signs without a space."""
    words = _words(value)
    small = sum(is_small(word.surface) for word in words)
    name: list[_Word] = []
    for i, word in enumerate(words):
        if name and not (word.joined or (word.sign and name[-1].sign and name[-1].end == word.start)):
            yield name
            name = []
        by_position = i == 0 and 2 * small > len(words) and not word.surface.isupper()
        if word.sign or (_LETTER.search(word.surface) and not is_small(word.surface) and not by_position):
            name.append(word)
    if name:
        yield name


def _is_same(left: _Word, right: _Word) -> bool:
    between_scripts = left.latin != right.latin and not (left.sign or right.sign)
    return (
        left.key == right.key
        or (between_scripts and _is_spelt(left.key, right.key))
        or bare(right.surface) in case_forms(left.surface)
    )


@lru_cache(maxsize=65536)
def _case_keys(surface: str) -> frozenset[str]:
    return frozenset(_key(form)[0] for form in case_forms(surface))


def _is_spelt(left: str, right: str) -> bool:
    """Whether two words from different scripts, both in Latin letters now, may be spellings of one name."""
    long_enough = min(len(left), len(right)) >= _SHORTEST_SPELT
    return long_enough and JaroWinkler.similarity(left, right, score_cutoff=_SAME_NAME) > 0
