"""How two names of people compare across documents: spellings, scripts, order, patronymics, particles, initials."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import TypeVar

import regex
from rapidfuzz.distance import JaroWinkler

from polidex.folding import bare, is_small
from polidex.spelling import in_latin, initials, skeleton, sound, variants

T = TypeVar("T")
_POSSESSIVE = regex.compile(r"['’ʼ]s?$")
_BRACKETED = regex.compile(r"\([^)]*\)|\[[^]]*\]|[\"“”«»„][^\"“”«»„]*[\"“”«»„]")
_TOKEN = regex.compile(r"\p{L}[\p{L}\p{M}\p{N}'’ʼ‘ʻ`]*\.?")
_ARABIC_ARTICLE = regex.compile(r"\bال(?=\w{2})")
_SYLLABLE = regex.compile(r"[A-Z][a-z]*")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hangul}]")
_VOWELLESS = regex.compile(r"[\p{Arabic}\p{Hebrew}\p{Devanagari}\p{Bengali}\p{Gujarati}\p{Tamil}\p{Telugu}\p{Kannada}]")
_UPPER = regex.compile(r"\p{Lu}")
_GROUP = regex.compile(r"[aeiouy]+")
_ENDS = (regex.compile(r"^[aeiouy]"), regex.compile(r"[aeiouy]$"), regex.compile(r"a$"))
"""Whether a word begins and ends with a vowel: no transcription changes that."""
_ARTICLE = regex.compile(r"\b[AEae](?:l|sh|[dnrstz])-(?=\p{Lu})")
"""The Arabic article in Latin letters, also before a sound that it takes on: `El-Sisi`, `as-Sisi`, `ar-Rahman`."""
_GENERATION = frozenset({"jr", "sr"})
_LONGEST_INITIAL = 2
_SHORTEST_LOOSE = 2
_SHORTEST_WHOLE = 5
_ALIKE_WORD, _FAIRLY_ALIKE, _ALIKE_VARIANT, _MOST_ALIKE = 0.75, 0.85, 0.9, 0.95
"""Least Jaro-Winkler of the sounds of two words with the same consonants: Volodymyr and Vladimir have 0.85."""


class Relation(StrEnum):
    """What one name is to another.

    SAME: word for word one name, in any usual spelling, in either order of given and family name. ALIKE: the same
    consonants, as names have that were carried through another language. EXTENDS: the one has words more. INITIALS: a
    word of the one is a letter in the other. PART: one of the two is a single word of the other.
    """

    SAME = "same"
    ALIKE = "alike"
    EXTENDS = "extends"
    INITIALS = "initials"
    PART = "part"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Compared:
    """What two names are to each other.

    Attributes:
        score: how alike they are, 0 to 1.
        turned: whether the order of their words differs.
        weakest: the least likeness of two words that are taken for one; 1 where all are spelt alike.
    """

    relation: Relation
    score: float
    turned: bool = False
    weakest: float = 1.0


@dataclass(frozen=True)
class Word:
    """One word of a name.

    Attributes:
        letters: with which initial it can be written; of an initial, which it can be.
        heard: its `sound`; empty for an initial.
        bones: the `skeleton` of each of its `variants`; none for an initial.
        vowelless: whether its script leaves vowels out, or anyascii does.
    """

    letters: frozenset[str]
    heard: str = ""
    bones: frozenset[str] = frozenset()
    vowelless: bool = False


@dataclass(frozen=True)
class _Token:
    """A word with how it is written: with a point after it, or small."""

    plain: str
    word: Word
    pointed: bool
    small: bool


@dataclass(frozen=True)
class Split:
    """A name as the word at one end and all others without the spaces between them.

    Attributes:
        words: of how many words it is made.
        first: whether the word stands at the beginning.
    """

    word: str
    others: str
    words: int
    first: bool

    @property
    def bones(self) -> str:
        return f"{skeleton(self.word)} {skeleton(self.others)}"


@dataclass(frozen=True)
class Name:
    """A name taken apart: without titles and particles.

    Attributes:
        splits: with and without particles, from each end; none where there are initials.
        foreign: whether it is in a script without vowels or without spaces, so that only the consonants compare.
    """

    words: tuple[Word, ...]
    splits: frozenset[Split]
    foreign: bool

    @property
    def full(self) -> tuple[Word, ...]:
        """The words that are more than an initial."""
        return tuple(word for word in self.words if word.heard)

    @property
    def bones(self) -> frozenset[str]:
        return frozenset(bones for word in self.full for bones in word.bones)

    def turns(self) -> Iterator[tuple[Word, ...]]:
        """The words as they stand, with the first one last, and with the last one first."""
        yield from dict.fromkeys((self.words, _turned(self.words, 1), _turned(self.words, -1)))


@lru_cache(maxsize=262_144)
def parse(surface: str) -> Name:
    """Take a name apart. A name before marriage in it is not part of it: see `forms_of`."""
    text = _BRACKETED.sub(" ", _POSSESSIVE.sub("", surface.strip()))
    family, comma, given = text.partition(",")
    if comma and "," not in given and not set(_plain(given)) & _GENERATION:
        text = f"{given} {family}"
    text = _ARTICLE.sub("al-", _ARABIC_ARTICLE.sub("", text))
    tokens = list(_tokens(text))
    while len(tokens) > 1 and tokens[0].plain in _words("titles"):
        if len(tokens) == 2 and not tokens[0].pointed:  # noqa: PLR2004 - Sheikh Hasina, U Thant have no other name
            break
        tokens = tokens[1:]
    core = [token for place, token in enumerate(tokens) if not _is_particle(token, place, len(tokens))] or tokens
    splits: set[Split] = set()
    for part in (tokens, core):
        if len(part) > 1 and not any(token.pointed for token in part):
            plain = [token.plain for token in part]
            for one, others, first in ((plain[0], plain[1:], True), (plain[-1], plain[:-1], False)):
                splits.add(Split(sound(one), sound("".join(others)), len(part), first))
    foreign = bool(_VOWELLESS.search(text) or _UNSPACED.search(text))
    return Name(tuple(token.word for token in core), frozenset(splits), foreign)


def forms_of(surface: str) -> tuple[str, ...]:
    """The forms that a text gives of one name: `Ada Moro, née Sand` is also `Ada Sand`."""
    words = surface.replace("(", " ").replace(")", " ").replace(",", " , ").split()
    for place, word in enumerate(words):
        if 0 < place < len(words) - 1 and _plain(word)[:1] and _plain(word)[0] in _words("former"):
            before = " ".join(each for each in words[:place] if each != ",")
            after = " ".join(each for each in words[place + 1 :] if each != ",")
            return before, f"{before.split()[0]} {after}"
    return (surface,)


@lru_cache(maxsize=262_144)
def compare(one: str, other: str) -> Compared:
    """What two names are to each other; the same in either order."""
    # Words that stand twice in a name can be aligned in several ways: which is tried first must not matter.
    left, right = map(parse, sorted((one, other)))
    found = [_aligned(turn, right.words, turned=turn != left.words) for turn in left.turns()]
    found += [_aligned(left.words, turn, turned=turn != right.words) for turn in right.turns()]
    if _both_say_more(left.words, right.words):
        found.append(Compared(Relation.EXTENDS, 0.8))
    whole = [
        each.first != there.first
        for each in left.splits
        for there in right.splits
        if each.words != there.words and (each.word, each.others) == (there.word, there.others)
    ]
    if whole:
        turned = False not in whole
        found.append(Compared(Relation.SAME, 0.94 if turned else 0.97, turned))
    elif left.foreign or right.foreign:
        shared = {each.bones for each in left.splits} & {each.bones for each in right.splits}
        if any(len(bones) >= _SHORTEST_WHOLE for bones in shared):
            found.append(Compared(Relation.ALIKE, 0.8, weakest=0.8))
    return max(found, key=lambda each: (each.score, not each.turned))


def keys(name: Name) -> frozenset[str]:
    """By which a name is found: the consonants of each two of its words, and of the whole without its spaces.

    Whatever `compare` calls same, alike or extending shares one.
    """
    pairs = {
        "n " + " ".join(sorted(pair))
        for one, other in combinations(name.full, 2)
        for pair in product(one.bones, other.bones)
    }
    return frozenset(pairs | {"s " + each.bones for each in name.splits})


def initial_keys(name: Name) -> frozenset[str]:
    """By which it is found where the given name is a letter: `K. Tokayev`. Too coarse to be used without a country."""
    found: set[str] = set()
    for place in {0, 1, len(name.words) - 1} if len(name.words) > 1 else ():
        for letter in name.words[place].letters:
            rest = (word for at, word in enumerate(name.words) if at != place)
            found |= {f"{letter}. {bones}" for word in rest for bones in word.bones}
    return frozenset(found)


def _aligned(one: tuple[Word, ...], other: tuple[Word, ...], *, turned: bool) -> Compared:
    """Compare two names whose words stand in the same order: every word of the shorter one must be in the longer."""
    shorter, longer = sorted((one, other), key=len)
    exact, loose, letters, at = 0, 0, 0, 0
    by_letter = False
    alike: list[float] = []
    for place, word in enumerate(shorter):
        while at < len(longer):
            there = longer[at]
            if word.heard and word.heard == there.heard:
                exact += 1
                by_letter = False
                break
            if (not word.heard or not there.heard) and place == at and word.letters & there.letters:
                letters += 1
                by_letter = True
                break
            likeness = _likeness(word, there)
            if likeness:
                alike.append(likeness)
                loose += 1
                by_letter = False
                break
            at += 1
        else:
            return Compared(Relation.DIFFERENT, 0.0)
        at += 1
    more = len(longer) > len(shorter)
    # Ada O. Moro is not Ada Orr, and P. Smith not John Paul Smith with the first name last.
    if not exact + loose or (more and by_letter) or (letters and turned and at < len(longer)):
        return Compared(Relation.DIFFERENT, 0.0)
    spelt = sum(alike, float(exact)) / (exact + loose) - 0.03 * turned
    if len(shorter) == 1:
        relation, best = (Relation.PART, 0.5) if more else (Relation.SAME if exact else Relation.ALIKE, 1.0)
        if more and loose:
            relation, best = Relation.DIFFERENT, 0.0
    elif letters:
        relation, best = Relation.INITIALS, 0.7 + 0.1 * (exact > 1)
    elif more:
        relation, best = Relation.EXTENDS, 0.9
    else:
        relation, best = (Relation.ALIKE if loose else Relation.SAME), 1.0
    return Compared(relation, round(best * spelt, 4), turned, min(alike, default=1.0))


def _both_say_more(one: tuple[Word, ...], other: tuple[Word, ...]) -> bool:
    """Whether each of two names has words that the other leaves out, and none in place of the other's.

    As `Ada Luz Moro` and `Ada Moro Sand`; not as the patronymics of `Ivan Petrovich Moroz` and `Ivan Ilyich Moroz`.
    """
    if not one or not other or not one[0].heard or one[0].heard != other[0].heard:
        return False
    # A syllable of a Korean or Chinese name may stand in many.
    places = {word.heard: place for place, word in enumerate(other) if len(_GROUP.findall(word.heard)) > 1}
    common = [(place, places[word.heard]) for place, word in enumerate(one) if word.heard in places]
    gaps = [
        (after[0] - before[0], after[1] - before[1]) for before, after in pairwise([*common, (len(one), len(other))])
    ]
    return len(common) > 1 and all(left > 0 and right > 0 and min(left, right) == 1 for left, right in gaps)


@lru_cache(maxsize=262_144)
def _likeness(one: Word, other: Word) -> float:
    """How alike two words with the same consonants are, 0 to 1; 0 where they are not, or where they end differently.

    A vowel at the end tells a woman's name from a man's in many languages: Alexandra, Ivanova, Michelle.
    """
    shared = (one.bones & other.bones) - {"~"}
    if not shared:
        return 0.0
    if one.vowelless or other.vowelless:
        return 0.8
    if max(map(len, shared)) < _SHORTEST_LOOSE:
        # Ян is Yan, Jan or Ian; but Jan and Ian are two names where both are native.
        first = {one.heard[0], other.heard[0]}
        if one.heard[1:] != other.heard[1:] or not first <= set("ijy"):
            return 0.0
        return _FAIRLY_ALIKE if "y" in first else _ALIKE_WORD
    found = max(
        _alike(left, right, at_least=_ALIKE_WORD if (left, right) == (one.heard, other.heard) else _ALIKE_VARIANT)
        for left in variants(one.heard)
        for right in variants(other.heard)
    )
    if not found:
        return 0.0
    # Sung and Sang are not alike as Oleksandr and Aleksandr are.
    return found if min(len(_GROUP.findall(word.heard)) for word in (one, other)) > 1 else _ALIKE_WORD


def _alike(one: str, other: str, *, at_least: float) -> float:
    """How alike two sounds with the same consonants are, 0 to 1; 0 where that is too little."""
    if skeleton(one) != skeleton(other) or any(bool(end.search(one)) != bool(end.search(other)) for end in _ENDS):
        return 0.0
    likeness = JaroWinkler.similarity(one, other)
    return min(likeness, _MOST_ALIKE) if likeness >= at_least else 0.0


def _tokens(text: str) -> Iterator[_Token]:
    """Each word of a name, in Latin letters and taken apart; the syllables of Han and Hangul are words."""
    for written in _TOKEN.findall(text):
        latin = in_latin(written)
        for part in _SYLLABLE.findall(latin) if _UNSPACED.search(written) else [latin]:
            plain = "".join(regex.findall(r"[a-z0-9]+", bare(part)))
            if not plain:
                continue
            letters = written.rstrip(".")
            pointed = written != letters
            lone = len(letters) == 1 and _UPPER.match(letters) is not None
            short = pointed and len(letters) <= _LONGEST_INITIAL and plain not in _GENERATION | _words("titles")
            if lone or short:
                word = Word(initials(plain))
            else:
                vowelless = _VOWELLESS.search(written) is not None
                heard = plain if vowelless else sound(plain)
                bones = frozenset({_consonants(written)}) if vowelless else frozenset(map(skeleton, variants(heard)))
                if plain in _GENERATION:
                    bones = frozenset({plain})
                word = Word(initials(plain), heard, bones, vowelless)
            yield _Token(plain, word, pointed=pointed, small=is_small(letters))


def _consonants(written: str) -> str:
    """The skeleton of a word in a script that leaves vowels out, and writes long ones with w and y."""
    letters = [bare(in_latin(letter)).strip("'`") for letter in written]
    return skeleton("a".join(letter for place, letter in enumerate(letters) if place == 0 or letter not in ("w", "y")))


def _is_particle(token: _Token, place: int, count: int) -> bool:
    """`von`, `bin`, `De`; not Ed Moro's first word, nor the last word of Kim Na unless they are written small."""
    if token.plain not in _words("particles") or not token.word.heard:
        return False
    return token.small or (place < count - 1 and not (place == 0 and token.plain in _words("also_names")))


def _plain(text: str) -> list[str]:
    return [bare(in_latin(word)).strip(".,'") for word in text.split()]


def _turned(words: tuple[T, ...], by: int) -> tuple[T, ...]:
    return words[by:] + words[:by]


@cache
def _words(kind: str) -> frozenset[str]:
    listed: dict[str, list[str]] = json.loads(Path(__file__).with_name("name_words.json").read_text("utf-8"))
    return frozenset(listed[kind])
