"""The people whom one document names: which of its names are one person's, and whom a mention means."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import regex
from rapidfuzz.distance import JaroWinkler

from polidex.countries import is_territory
from polidex.cues import has_cue, has_word, is_listed, role_of
from polidex.inflection import in_the_cases_of
from polidex.spelling import sound, words_of
from polidex.values import every_place, stands

SAME_NAME = 0.94
"""Jaro-Winkler of two full names of one person at least; that alone would make Alexander and Alexandra one."""
_LONGEST_PARTICLE = 3
_LONGEST_RARE_PARTICLE = 5
_MOST_WORDS = 6
_MAIN = 2
"""How many times as often the person is named whom a text is about."""
_LONGEST_LINE = 60
"""Characters between two names that are named in one breath, at most."""
_IN_LINE = regex.compile(r"(?:,[^,.;:!?]{1,40},|,)?\s+(?P<joint>\p{L}+)\s+")
"""What stands between them: `and`, or `, his predecessor, or`."""
_POSSESSIVE = regex.compile(r"['’]s?$")
_UPPER = regex.compile(r"\p{Lu}")
_LOWER = regex.compile(r"\p{Ll}")


@dataclass(frozen=True)
class Mention:
    """A name, or a pronoun that can be a subject, in a sentence.

    Attributes:
        named: None for a pronoun.
        is_object: it stands after a preposition: `the resignation of Ada Moro`, `with her`.
    """

    start: int
    end: int
    named: Named | None
    is_object: bool


@dataclass
class Named:
    """A person of the document: the forms of the name, and where each stands."""

    forms: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    by_family_name: list[tuple[int, int]] = field(default_factory=list)
    """Where the last word of the name stands alone, whoever gave the name."""
    _name: tuple[list[int], str] | None = field(default=None, init=False, repr=False, compare=False)
    _places: tuple[list[int], list[tuple[int, int]]] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The fullest form; of two equally full ones the more frequent, then the earlier."""
        known = self._counts()
        if self._name is None or self._name[0] != known:
            self._name = known, self._fullest()
        return self._name[1]

    @property
    def names(self) -> set[str]:
        """The forms, their words in the case that they have in the fullest one."""
        return {in_the_cases_of(form, self.name) for form in self.forms}

    @property
    def places(self) -> list[tuple[int, int]]:
        known = self._counts()
        if self._places is None or self._places[0] != known:
            every = {place for places in (*self.forms.values(), self.by_family_name) for place in places}
            self._places = known, sorted(every)
        return self._places[1]

    def _counts(self) -> list[int]:
        """What changes whenever a form or a place is added; nothing is ever taken away."""
        return [len(self.by_family_name), *map(len, self.forms.values())]

    def _fullest(self) -> str:
        def rank(form: str) -> tuple[int, bool, int, tuple[int, int]]:
            # `Садыра Жапарова` where `Садыр Жапаров` stands too.
            oblique = any(
                len(other) < len(form) and in_the_cases_of(form, other) == other
                for other in self.forms
                if other != form
            )
            return -len(words_of(form)), oblique, -len(self.forms[form]), self.forms[form][0]

        return min(self.forms, key=rank)


class People:
    """Who is who inside one document."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]], language: str | None) -> None:
        self._text = text
        self._spans = tuple(spans)
        self._language = language
        self._named: list[Named] = []
        self._meant: dict[str, Named | None] = {}
        self._titled: dict[str, Named | None] = {}
        self._surnames: dict[int, str | None] = {}
        self.mentioned: dict[tuple[tuple[int, int], tuple[tuple[int, int], ...]], tuple[Mention, ...]] = {}
        """Who is mentioned in a span, something left out: what `polidex.subjects` was asked already."""

    def __iter__(self) -> Iterator[Named]:
        return iter(self._named)

    def about(self, title: str) -> Named | None:
        """The person whom the text is about: alone named in its title, or twice as often as anybody else; else None."""
        if title not in self._titled:
            self._titled[title] = self._about(title)
        return self._titled[title]

    def _about(self, title: str) -> Named | None:
        titled = [each for each in self._named if any(stands(form, title, whole=True) for form in each.forms)]
        if titled:
            return titled[0] if len(titled) == 1 else None
        often = sorted(self._named, key=lambda each: -len(each.places))
        if len(often) > 1 and len(often[0].places) < _MAIN * len(often[1].places):
            return None
        return often[0] if often else None

    def learn(self, surfaces: Iterable[str], acting: Collection[str] = (), short: Iterable[str] = ()) -> dict[str, str]:
        """Take in the names that a model gave, the fullest first, wherever they stand in the text.

        A name of one word that is no part of a full one may be a place or a party: it is a person's where it is among
        `acting`, those that the model also says to hold an office or to speak, or where the text names it in one breath
        with somebody (`neither Ada Moro nor Ito`). Names in `short` are those of speakers
        and winners, who may be bodies too: they count where they are a part of one known name.

        Returns the surfaces that are no name of a person here, each with what is wrong with it.
        """
        refused: dict[str, str] = {}
        known: dict[str, list[tuple[int, int]]] = {}
        given: dict[str, list[str]] = {}
        active = {self.bare_name(surface) for surface in acting}
        for surface in dict.fromkeys(surfaces):
            name = self.bare_name(surface)
            given.setdefault(name, []).append(surface)
            problem = self._problem(name)
            if problem:
                refused[surface] = problem
            elif name not in known:
                known[name] = self._places(name)
                if not known[name]:
                    refused[surface] = f"{name!r} does not stand in the text"
                elif self._is_thing(name, known[name]):
                    refused[surface] = f"{name!r} has an article before it, as things have"
                    known[name] = []
        nobodys = [
            name
            for name in sorted(known, key=lambda name: (-len(words_of(name)), known[name][:1]))
            if known[name] and not self._take(name, known[name], acts=name in active)
        ]
        self._find_family_names()
        beside = [name for name in nobodys if self._is_one_of_people(known[name])]
        self._named += [Named({name: known[name]}) for name in beside]
        for name in set(nobodys) - set(beside):
            refused |= {surface: f"nothing tells {name!r} to be a person" for surface in given[name]}
        for surface in short:
            name = self.bare_name(surface)
            fitting = [person for person in self._named if any(may_be_one(name, form) for form in person.forms)]
            if len(fitting) == 1 and not self._problem(name) and (places := self._places(name)):
                fitting[0].forms.setdefault(name, places)
        self._forget()
        return refused

    def who(self, surface: str) -> Named | None:
        """The one person whom a surface can mean, or None."""
        if surface not in self._meant:
            self._meant[surface] = self._who(surface)
        return self._meant[surface]

    def surname(self, named: Named) -> str | None:
        """The last word of somebody's name, if it is in no name of anybody else."""
        if id(named) not in self._surnames:
            word = named.name.split()[-1]
            theirs = [other for other in self._named if any(word in form.split() for form in other.forms)]
            self._surnames[id(named)] = word if theirs == [named] else None
        return self._surnames[id(named)]

    def _forget(self) -> None:
        """What was found out about the people so far may be otherwise when more names are known."""
        for known in (self._meant, self._titled, self._surnames, self.mentioned):
            known.clear()

    def _who(self, surface: str) -> Named | None:
        name = self.bare_name(surface)
        if not name:
            return None
        same = [person for person in self._named if words_of(name) in map(words_of, person.forms)]
        fitting = same or [person for person in self._named if any(may_be_one(name, form) for form in person.forms)]
        return fitting[0] if len(fitting) == 1 else None

    def bare_name(self, surface: str) -> str:
        """The name without the title or the country that a model leaves in front of it, and without a possessive."""
        words = _POSSESSIVE.sub("", surface.strip(' ,.;:“”"')).split()
        while len(words) > 1 and self._is_title(words[0]):
            words = words[1:]
        return " ".join(words)

    def _is_title(self, word: str) -> bool:
        """Whether a word in front of a name is none of it: `Kazakh`, `US`, `President`, `Dr.`."""
        plain = _POSSESSIVE.sub("", word)
        abbreviated = word.endswith(".") and len(plain) > len("A.")
        return abbreviated or self._names_office(plain) or is_territory(plain, self._language)

    def _names_office(self, word: str) -> bool:
        return is_listed(self._language) and role_of(word, self._language) is not None

    def _problem(self, name: str) -> str | None:
        words = name.split()
        cased = any(_LOWER.search(word) or _UPPER.search(word) for word in words)
        small = [word for word in words if not _UPPER.match(word)]
        problems = {
            "it has no letters": not words_of(name),
            "it has more words than a name": len(words) > _MOST_WORDS,
            "it has a number in it": any(character.isdigit() for character in name),
            "a word of it is no name": cased and any(not self._is_particle(word, words) for word in small),
            "it is a country or a people": is_territory(name, self._language),
            "it is a body": any(has_word("body", word, self._language) for word in (words[:1] + words[-1:])),
            "it ends in the word for an office": bool(words) and self._names_office(words[-1]),
        }
        return next((problem for problem, holds in problems.items() if holds), None)

    def _is_particle(self, word: str, words: list[str]) -> bool:
        """Whether a small word can be a part of a name: `de`; `arap` inside one, where the text has it only there."""
        if len(word) <= _LONGEST_PARTICLE:
            return True
        inside = word in words[1:-1] and len(word) <= _LONGEST_RARE_PARTICLE
        whole = " ".join(words)
        return (
            inside
            and self._text.split().count(word) <= self._text.count(whole) > 0
            and not any(has_word(kind, word, self._language) for kind in ("small", "article", "pronoun", "was"))
            and not (is_listed(self._language) and has_cue("say", word, self._language))
        )

    def _is_thing(self, name: str, places: list[tuple[int, int]]) -> bool:
        """Whether a name of one word has an article before it in a third of its places: `the Senate`."""
        if len(name.split()) > 1 or not is_listed(self._language):
            return False
        before = [self._text[max(0, start - 8) : start].split()[-1:] for start, _ in places]
        articles = sum(1 for word in before if word and has_word("article", word[0], self._language))
        return articles * 3 >= len(places)

    def _take(self, name: str, places: list[tuple[int, int]], *, acts: bool) -> bool:
        """Add a name that stands in the text to the person whose it is, or as a new one; False where it is nobody's."""
        fitting = [person for person in self._named if any(may_be_one(name, form) for form in person.forms)]
        is_short = len(words_of(name)) == 1
        if len(fitting) == 1:
            fitting[0].forms[name] = places
        elif fitting and is_short:
            self._share(name, places, fitting)
        elif not is_short or (acts and self._acts(places)):
            self._named.append(Named({name: places}))
        else:
            return False
        return True

    def _share(self, name: str, places: list[tuple[int, int]], fitting: list[Named]) -> None:
        """Of a family name that several people have, each place is that of the one who was named in full before it."""
        whole = [place for each in self._named for place in each.places]
        for start, end in places:
            if any(first <= start and end <= last for first, last in whole):
                continue
            before = [each for each in fitting if min(each.places)[0] < start]
            if len(before) == 1:
                before[0].forms.setdefault(name, []).append((start, end))

    def _find_family_names(self) -> None:
        """Where people are named by the last word of their name alone, by whom the text says so for sure."""
        for word in {person.name.split()[-1]: None for person in self._named if len(words_of(person.name)) > 1}:
            fitting = [each for each in self._named if any(may_be_one(word, form) for form in each.forms)]
            known = [place for each in self._named for place in each.places]
            if self._problem(word) or any(word in each.forms for each in fitting):
                continue
            alone = [
                (start, end)
                for start, end in self._places(word)
                if not any(first <= start and end <= last for first, last in known) and self._is_alone(start, end)
            ]
            if len(fitting) == 1:
                fitting[0].by_family_name = alone

    def _is_alone(self, start: int, end: int) -> bool:
        """Whether no further word of a name stands beside: `Kibaki Street`, `Lake Kibaki`."""
        before, after = self._text[:start].split(" ")[-2:-1], self._text[end : end + 2]
        titled = not before or not _UPPER.match(before[0]) or self._is_title(before[0]) or self._opens(start)
        return titled and not (after[:1] == " " and _UPPER.match(after[1:]))

    def _opens(self, start: int) -> bool:
        return self._text[:start].rstrip(' “"«*_#')[-1:] in (".", "!", "?", "\n", "", "”", ":")

    def _acts(self, places: list[tuple[int, int]]) -> bool:
        """Whether a name of one word is that of somebody: it has a title beside it, or a word for speaking after it."""
        if not is_listed(self._language):
            return True
        for start, end in places:
            before, after = self._text[:start].split()[-1:], self._text[end : end + 40].split()
            if (before and self._is_title(before[0])) or has_cue("speech", " ".join(after[:1]), self._language):
                return True
            comma = self._text[end : end + 1] == ","
            if comma and any(self._names_office(word.strip(",")) for word in after[:4]):
                return True
        return False

    def _is_one_of_people(self, places: list[tuple[int, int]]) -> bool:
        """Whether a name is joined to a known one by `and` or `or`, and nowhere stands as places do: `in Tarn`."""
        whole = sorted((end, start) for each in self._named for start, end in each.places)
        joined = False
        for start, _ in places:
            before = self._text[max(0, start - _LONGEST_LINE) : start]
            last = before.split()[-1:]
            if last and has_word("locative", last[0], self._language):
                return False
            nearest = max((end for end, _ in whole if end <= start), default=-_LONGEST_LINE)
            between = _IN_LINE.fullmatch(self._text[max(0, nearest) : start])
            joined |= between is not None and has_word("joint", between["joint"], self._language)
        return joined

    def _places(self, name: str) -> list[tuple[int, int]]:
        """Where the whole name stands in what is read of the text."""
        return [place for span in self._spans for place in every_place(name, self._text, span)]


@lru_cache(maxsize=16_384)
def may_be_one(left: str, right: str) -> bool:
    """Whether two names in one document can be one person's: spelt alike, in other cases, or a part of the other."""
    one, other = words_of(left), words_of(right)
    theirs, ours = words_of(in_the_cases_of(right, left)), words_of(in_the_cases_of(left, right))
    # Most languages have no cases of names: then there is nothing more to compare.
    return _may_be_one(one, theirs) or ((ours, other) != (one, theirs) and _may_be_one(ours, other))


def _may_be_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not one or not other:
        return False
    if one == other:
        return True
    initials = any(len(word) == 1 for word in (*one, *other))
    if len(one) == len(other) and not initials:
        return likeness(one, other) >= SAME_NAME
    shorter, longer = sorted((one, other), key=len)
    if initials:
        return _initials_fit(shorter, longer)
    return len(shorter) < len(longer) and (set(shorter) <= set(longer) or _spelt_within(shorter, longer))


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two full names are, from 0 to 1 (Jaro-Winkler); 0 unless each word is one name, spelt in two ways."""
    if len(one) != len(other) or any(sound(left) != sound(right) for left, right in zip(one, other, strict=True)):
        return 0.0
    return JaroWinkler.similarity(" ".join(one), " ".join(other))


def _initials_fit(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """`A. Shahid` fits `Abdullah Shahid`, not `Bakyt Shahid`: the same last word, and the same first letter."""
    return shorter[-1] == longer[-1] and shorter[0][0] == longer[0][0]


def _spelt_within(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """The words of a part name may be spelt a little otherwise than in the whole one."""
    return all(len(word) > 4 and any(sound(word) == sound(whole) for whole in longer) for word in shorter)  # noqa: PLR2004
