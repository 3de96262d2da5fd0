"""English phrases that point to a date elsewhere: "the same year", "last month", "two years later", "yesterday"."""

from __future__ import annotations

import re
from datetime import date, timedelta

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


def solve_phrase(words: str, before: str, published: Part) -> tuple[str, Part] | None:
    """Find the date that a phrase points to.

    Args:
        words: what holds the phrase. `before`: the text before it. `published`: what is known of the publication.

    Returns:
        The words without the phrase, and its date, which is empty when the phrase cannot be solved; None without one.
    """
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
