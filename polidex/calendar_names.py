"""The names of months and days of the week in a language, from the Unicode CLDR data that Babel carries."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from babel import localedata

_SHORTEST_NAME = 3
_SHORTEST_STEM = 3
_LONG_STEM = 6


@dataclass(frozen=True)
class CalendarNames:
    """Names by their casefolded form; a value is the number (1 is January, or Monday) and whether it is capitalised."""

    months: dict[str, tuple[int, bool]]
    weekdays: dict[str, tuple[int, bool]]
    stems: dict[str, int]

    def month(self, word: str) -> int | None:
        """The month that a word of a text names, None when it names none or might name two."""
        folded = word.casefold()
        number = _named(self.months, word)
        if number is None and folded not in self.months:
            found = {
                month
                for stem, month in self.stems.items()
                if folded.startswith(stem) and len(folded) - len(stem) <= _longest_ending(stem)
            }
            number = found.pop() if len(found) == 1 else None
        return number

    def abbreviated_month(self, word: str) -> int | None:
        """The month that a word with a full stop after it abbreviates: `Sept.`, `Febr.`."""
        folded = word.casefold()
        found = {number for name, (number, _) in self.months.items() if name.startswith(folded)}
        return found.pop() if len(found) == 1 and len(folded) >= _SHORTEST_NAME else None

    def weekday(self, word: str) -> int | None:
        """The day of the week that a word of a text names, 1 for Monday."""
        return _named(self.weekdays, word)


def _longest_ending(stem: str) -> int:
    return 2 if len(stem) < _LONG_STEM else 3


def _named(names: Mapping[str, tuple[int, bool]], word: str) -> int | None:
    number, is_capitalised = names.get(word.casefold(), (None, False))
    # Where a language writes the name with a capital, the word without it is another word: may, march.
    return None if is_capitalised and word[0].islower() else number


@lru_cache(maxsize=256)
def calendar_names(language: str | None) -> CalendarNames:
    """The names of one language, or without one of all languages; then a name that two of them share is left out.

    Args:
        language: ISO 639 code; one that CLDR does not know has no names.
    """
    months: list[tuple[str, int]] = []
    weekdays: list[tuple[str, int]] = []
    stems: dict[str, int] = {}
    for data in _locales(language):
        forms = defaultdict(set)
        for context, width, names in _lists(data, "months"):
            if width == "wide" or (width == "abbreviated" and language):
                months += [(name.rstrip("."), number) for number, name in names.items()]
            if width == "wide":
                for number, name in names.items():
                    forms[number].add((context, name.casefold()))
        for _, width, names in _lists(data, "days"):
            if width == "wide":
                weekdays += [(name, number + 1) for number, name in names.items()]
        if language:
            stems |= _stems(forms)
    if language is None:
        # Words such as "until" are taken for English then, so a small "may" is the English verb.
        english = calendar_names("en")
        return CalendarNames(_unambiguous(months) | english.months, _unambiguous(weekdays) | english.weekdays, stems)
    return CalendarNames(_unambiguous(months), _unambiguous(weekdays), stems)


def _locales(language: str | None) -> Iterator[Mapping[str, Any]]:
    """The data of a language and of its scripts and countries, or of every language.

    Each by itself: what a locale inherits in Babel 2.18 depends on which were loaded before. And past Babel's cache,
    which would give what is read here to everybody who asks for the whole locale.
    """
    for identifier in localedata.locale_identifiers():
        base, _, rest = identifier.partition("_")
        if base == language or (language is None and not rest):
            yield pickle.loads(Path(localedata.resolve_locale_filename(identifier)).read_bytes())


def _lists(data: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str, Mapping[int, str]]]:
    for context, widths in data.get(kind, {}).items():
        if isinstance(widths, Mapping):
            for width, names in widths.items():
                if isinstance(names, Mapping):
                    yield context, width, names


def _unambiguous(names: list[tuple[str, int]]) -> dict[str, tuple[int, bool]]:
    numbers = defaultdict(set)
    capitalised = defaultdict(list)
    for name, number in names:
        if len(name) >= _SHORTEST_NAME and name.isalpha():
            numbers[name.casefold()].add(number)
            capitalised[name.casefold()].append(name[0].isupper())
    return {name: (min(found), all(capitalised[name])) for name, found in numbers.items() if len(found) == 1}


def _stems(forms: Mapping[int, set[tuple[str, str]]]) -> dict[str, int]:
    """What the cases of a name share, in a language that bends its names: `marc` of the Polish `marca`.

    CLDR gives two cases at most, texts have more (`w marcu`). A language that gives one form is left alone: there a
    word that starts like a month (Mayor, marching) is another word.
    """
    bent = {number: {name for _, name in named} for number, named in forms.items() if len(named) > 1}
    if not any(len(names) > 1 for names in bent.values()):
        return {}
    stems = {}
    for number, names in bent.items():
        shared = _shared_start(names)
        shortest = min(len(name) for name in names)
        for stem in {shared} if len(shared) >= shortest - 1 else {name[:-1] for name in names}:
            if len(stem) >= _SHORTEST_STEM:
                stems[stem] = number
    return stems


def _shared_start(words: Iterable[str]) -> str:
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False))
    return "".join(letters[0] for letters in same)
