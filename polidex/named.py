"""The people whom one document names: which of its names are one person's, and whom a mention means."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import regex
from rapidfuzz.distance import JaroWinkler

from polidex.countries import is_territory
from polidex.cues import has_word, is_listed, role_of
from polidex.inflection import in_the_cases_of
from polidex.spelling import sound, words_of
from polidex.values import stands

SAME_NAME = 0.94
"""Jaro-Winkler of two full names of one person at least; that alone would make Alexander and Alexandra one."""
_LONGEST_PARTICLE = 3
_MOST_WORDS = 6
_POSSESSIVE = regex.compile(r"['’]s?$")
_UPPER = regex.compile(r"\p{Lu}")
_LOWER = regex.compile(r"\p{Ll}")


@dataclass
class Named:
    """A person of the document: the forms of the name, and where each stands."""

    forms: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The fullest form; of two equally full ones the more frequent, then the earlier."""

        def rank(form: str) -> tuple[int, bool, int, tuple[int, int]]:
            # `Садыра Жапарова` where `Садыр Жапаров` stands too.
            oblique = any(
                len(other) < len(form) and in_the_cases_of(form, other) == other
                for other in self.forms
                if other != form
            )
            return -len(words_of(form)), oblique, -len(self.forms[form]), self.forms[form][0]

        return min(self.forms, key=rank)

    @property
    def names(self) -> set[str]:
        """The forms, their words in the case that they have in the fullest one."""
        return {in_the_cases_of(form, self.name) for form in self.forms}

    @property
    def places(self) -> list[tuple[int, int]]:
        return sorted(place for places in self.forms.values() for place in places)


class People:
    """Who is who inside one document."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]], language: str | None) -> None:
        self._text = text
        self._spans = tuple(spans)
        self._language = language
        self._named: list[Named] = []

    def __iter__(self) -> Iterator[Named]:
        return iter(self._named)

    def learn(self, surfaces: Iterable[str], acting: Collection[str] = (), short: Iterable[str] = ()) -> dict[str, str]:
        """Take in the names that a model gave, the fullest first, wherever they stand in the text.

        A name of one word that is no part of a full one may be a place or a party: it is a person's where it is among
        `acting`, those that the model also says to hold an office or to speak. Names in `short` are those of speakers
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
        for name in sorted(known, key=lambda name: (-len(words_of(name)), known[name][:1])):
            if not known[name]:
                continue
            fitting = [person for person in self._named if any(may_be_one(name, form) for form in person.forms)]
            if len(fitting) == 1:
                fitting[0].forms[name] = known[name]
            elif len(words_of(name)) > 1 or name in active:
                self._named.append(Named({name: known[name]}))
            else:
                refused |= {surface: f"nothing tells {name!r} to be a person" for surface in given[name]}
        for surface in short:
            name = self.bare_name(surface)
            fitting = [person for person in self._named if any(may_be_one(name, form) for form in person.forms)]
            if len(fitting) == 1 and not self._problem(name) and (places := self._places(name)):
                fitting[0].forms.setdefault(name, places)
        return refused

    def who(self, surface: str) -> Named | None:
        """The one person whom a surface can mean, or None."""
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
            "a word of it is no name": cased and any(len(word) > _LONGEST_PARTICLE for word in small),
            "it is a country or a people": is_territory(name, self._language),
            "it is a body": any(has_word("body", word, self._language) for word in (words[:1] + words[-1:])),
            "it ends in the word for an office": bool(words) and self._names_office(words[-1]),
        }
        return next((problem for problem, holds in problems.items() if holds), None)

    def _is_thing(self, name: str, places: list[tuple[int, int]]) -> bool:
        """Whether a name of one word has an article before it in a third of its places: `the Senate`."""
        if len(name.split()) > 1 or not is_listed(self._language):
            return False
        before = [self._text[max(0, start - 8) : start].split()[-1:] for start, _ in places]
        articles = sum(1 for word in before if word and has_word("article", word[0], self._language))
        return articles * 3 >= len(places)

    def _places(self, name: str) -> list[tuple[int, int]]:
        """Where the whole name stands in what is read of the text."""
        places: list[tuple[int, int]] = []
        for start, end in self._spans:
            at = start
            while (found := stands(name, self._text, within=(at, end), whole=True)) is not None:
                places.append(found)
                at = found[1]
        return places


def may_be_one(left: str, right: str) -> bool:
    """Whether two names in one document can be one person's: spelt alike, in other cases, or a part of the other."""
    one, other = words_of(left), words_of(right)
    return _may_be_one(one, words_of(in_the_cases_of(right, left))) or _may_be_one(
        words_of(in_the_cases_of(left, right)), other
    )


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
    return all(any(sound(word) == sound(whole) and len(word) > 4 for whole in longer) for word in shorter)  # noqa: PLR2004
