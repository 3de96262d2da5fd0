"""Phrases that point to a date elsewhere: "the same year", "last month", "два года спустя", "hier"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from polidex.date_tokens import Kind, Part, tokens
from polidex.numerals import number_words

_MONTHS = 12
_DATE_SPAN_TOKENS = 4

_DISTANCE = re.compile(
    r"\b(an?|\d{1,3}|[a-z]+) (year|month|week|day)s? (ago|later|earlier|afterwards|(?:before|after)(?=\s*$))"
)
_SAME = re.compile(r"\b(?:(?:the |that )?same|that|the said) (year|month|day)\b")
_NEAR = re.compile(r"\b(?:the )?(this|current|last|past|next|coming) (year|month)\b")
_DAY = re.compile(r"\b(today|yesterday|tomorrow)\b")
_POINTING = re.compile(
    r"\b(?:this|last|past|next|coming|current|previous|preceding|following|same|ago|later|earlier)\b"
    r"|\b(?:year|month|week|day|decade|quarter|weekend)s?\b"
)
_STEPS = {"this": 0, "current": 0, "last": -1, "past": -1, "next": 1, "coming": 1}
_DAY_STEPS = {"yesterday": -1, "today": 0, "tomorrow": 1}


def points_elsewhere(words: str) -> bool:
    """Whether words that are left of a date might still say that it is another year's."""
    return bool(_POINTING.search(words.lower()))


def solve_phrase(words: str, before: str, published: Part, language: str | None = "en") -> tuple[str, Part] | None:
    """Find the date that a phrase points to.

    Args:
        words: what holds the phrase. `before`: the text before it. `published`: what is known of the publication.
        language: ISO 639-1: English, which None is taken for, or one of those in date_phrases.json.

    Returns:
        The words without the phrase, and its date, which is empty when the phrase cannot be solved; None without one.
    """
    if language not in (None, "en"):
        return _solve_listed(words, before, published, str(language))
    low = words.lower()
    if match := _DISTANCE.search(low):
        counted, unit, direction = match.groups()
        start = published if direction == "ago" else last_date(before, "en")
        number = _count(counted)
        sign = 1 if direction in ("later", "after", "afterwards") else -1
        part = moved(start or Part(), sign * number, unit) if number is not None else Part()
    elif match := _SAME.search(low):
        part = _cut(last_date(before, "en") or Part(), match[1])
    elif match := _NEAR.search(low):
        part = moved(published, _STEPS[match[1]], match[2])
    elif match := _DAY.search(low):
        part = moved(published, _DAY_STEPS[match[1]], "day")
    else:
        return None
    return f"{words[: match.start()]} {words[match.end() :]}", part


def _solve_listed(words: str, before: str, published: Part, language: str) -> tuple[str, Part] | None:
    """The same in a language of date_phrases.json; the longest phrase that stands counts."""
    low = words.lower().replace("’", "'")
    found = [
        (match, kind, unit, steps)
        for pattern, kind, unit, steps in _listed(language)
        if (match := pattern.search(low)) is not None
    ]
    if not found:
        return None
    match, kind, unit, steps = max(found, key=lambda each: (len(each[0].group()), -each[0].start()))
    if kind == "same":
        part = _cut(last_date(before, language) or Part(), unit)
    elif kind == "near":
        part = moved(published, steps, unit)
    else:
        start = published if kind == "ago" else last_date(before, language) or Part()
        number = _listed_count(match.groupdict().get("number"), language)
        part = moved(start, steps * number, unit)
    return f"{words[: match.start()]} {words[match.end() :]}", part


@cache
def _listed(language: str) -> tuple[tuple[re.Pattern[str], str, str, int], ...]:
    """The patterns of a language: with what kind of phrase it is, the unit, and the steps or their direction."""

    def patterns() -> Iterator[tuple[str, str, str, int]]:
        listed = _phrases().get(language, {})
        for unit, by_steps in listed.get("near", {}).items():
            yield from ((phrase, "near", unit, int(steps)) for steps, each in by_steps.items() for phrase in each)
        for unit, each in listed.get("same", {}).items():
            yield from ((phrase, "same", unit, 0) for phrase in each)
        numbers = "|".join([r"\d{1,3}", *listed.get("one", ()), *listed.get("numbers", {})])
        for kind, sign in (("ago", -1), ("later", 1), ("earlier", -1)):
            for phrase in listed.get(kind, ()):
                for unit, named in listed["units"].items():
                    known = phrase.replace("N", f"(?P<number>{numbers})").replace("U", f"(?:{'|'.join(named)})")
                    yield known, kind, unit, sign

    return tuple((re.compile(rf"\b(?:{pattern})\b"), kind, unit, steps) for pattern, kind, unit, steps in patterns())


def _listed_count(word: str | None, language: str) -> int:
    """What a word that a pattern found counts; a unit without one is one."""
    if word is None or word in _phrases()[language]["one"]:
        return 1
    return int(word) if word.isdecimal() else int(_phrases()[language]["numbers"][word])


@cache
def _phrases() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(Path(__file__).with_name("date_phrases.json").read_text(encoding="utf-8"))
    return read


def last_date(text: str, language: str | None) -> Part | None:
    """The last date with a year that a text gives, as precise as it gives it; None when it gives none."""
    found = tokens(text, language)
    for index in range(len(found) - 1, -1, -1):
        part = found[index].part
        if part.year is None or part.decade:
            continue
        for token in reversed(found[max(0, index - _DATE_SPAN_TOKENS) : index]):
            joined = part.joined(token.part) if token.kind is Kind.DATE else None
            if joined is None:
                break
            part = joined
        return part if part.is_whole() else Part(part.year)
    return None


def moved(start: Part, steps: int, unit: str) -> Part:
    """The date so many units away, as precise as the unit; empty when the start is less precise than that."""
    year, month, day = start.year, start.month, start.day
    if unit == "year" and year:
        return Part(year + steps)
    if unit == "month" and year and month:
        count = year * _MONTHS + month - 1 + steps
        return Part(count // _MONTHS, count % _MONTHS + 1)
    if unit in ("day", "week") and year and month and day:
        there = date(year, month, day) + timedelta(**{f"{unit}s": steps})
        return Part(there.year, there.month, there.day)
    return Part()


def _count(word: str) -> int | None:
    if word in ("a", "an"):
        return 1
    return int(word) if word.isdecimal() else number_words("en")[0].get(word)


def _cut(part: Part, unit: str) -> Part:
    if unit == "year":
        return Part(part.year)
    if unit == "month":
        return Part(part.year, part.month) if part.month else Part()
    return part if part.day else Part()
