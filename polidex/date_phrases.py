"""Phrases that point to a date elsewhere: "the same year", "last month", "two years later", "the end of the year"."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import regex

from polidex.date_tokens import Kind, Part, tokens
from polidex.numerals import number_words
from polidex.sentences import sentence_spans

_MONTHS = 12
_DATE_SPAN_TOKENS = 4
_DECADE_YEARS = 10
_SATURDAY = 5  # days after Monday
MARK = "\ue000"
"""Stands in words for a phrase that was taken out of them; of the private use area, so that no text has it."""


@dataclass(frozen=True)
class Phrases:
    """How a language points to dates: date_phrases.json made ready."""

    rows: tuple[tuple[regex.Pattern[str], str, int, str | None], ...]
    any_row: regex.Pattern[str]
    """Found wherever one of the rows is."""
    rewrite: tuple[tuple[regex.Pattern[str], str], ...]
    parts: tuple[tuple[regex.Pattern[str], tuple[int, int]], ...]
    season: regex.Pattern[str]
    seasons: dict[str, int]
    turn: dict[str, int]
    numbers: dict[str, int]
    units: tuple[str, ...]
    pointing: frozenset[str]
    onwards: frozenset[str]
    since: frozenset[str]
    joints: frozenset[str]
    of: frozenset[str]
    future: regex.Pattern[str]


@dataclass(frozen=True)
class Solved:
    """Words with MARK for the phrase in them, and the first and last date that it points to; empty where it cannot."""

    words: str
    first: Part
    last: Part
    about: bool = False


def phrases_of(language: str | None) -> Phrases | None:
    """The phrases of a language, those of English where it is not known; None for one that has no list."""
    return _phrases().get(language or "en")


@lru_cache(maxsize=1024)
def rewritten(words: str, language: str | None) -> str:
    """Words without what says nothing of a date ("the end of"), and with the usual word for one that is rare."""
    phrases = phrases_of(language)
    for pattern, usual in phrases.rewrite if phrases else ():
        words = pattern.sub(usual, words)
    return words


@lru_cache(maxsize=1024)
def cut_part(words: str, language: str | None) -> tuple[str, tuple[int, int] | None]:
    """Words without "the first half" or "the third quarter", and the first and last month of it."""
    phrases = phrases_of(language)
    for pattern, months in phrases.parts if phrases else ():
        if found := pattern.search(words):
            return words[: found.start()] + words[found.end() :], months
    return words, None


@lru_cache(maxsize=1024)
def cut_season(words: str, language: str | None) -> tuple[str, int | None]:
    """Words without a season that stands before a year or before MARK, and its number in EDTF, 21 for spring.

    A season that is part of a name (`the Arab Spring of 2011`) is none.
    """
    phrases = phrases_of(language)
    found = phrases.season.search(words) if phrases else None
    if not phrases or not found:
        return words, None
    before = words[: found.start()].split()[-1:]
    if (
        found["season"][0].isupper()
        and language != "de"
        and before
        and before[0].istitle()
        and len(before[0]) > len("the")
    ):
        return words, None
    return words[: found.start()] + " " + words[found.end() :], phrases.seasons[found["season"].lower()]


def solve_phrase(words: str, before: str, published: Part, language: str | None = "en") -> Solved | None:
    """Find the date that a phrase points to.

    Args:
        words: what holds the phrase. `before`: the text before it. `published`: what is known of the publication.
        language: ISO 639-1; one that has no phrases has none to be found.
    """
    phrases = phrases_of(language)
    if phrases is None or not phrases.any_row.search(words):
        return None
    for pattern, anchor, sign, fixed in phrases.rows:
        found = pattern.search(words)
        if not found:
            continue
        groups = found.groupdict()
        unit = fixed or next(name for name in phrases.units if groups.get(name))
        start = _start(anchor, before, published, language)
        number = _count(groups["n"], language, phrases) if groups.get("n") else None
        if groups.get("n"):
            first = last = moved(start, sign * number, unit) if number is not None else Part()
        else:
            first, last = _stretch(start, sign, unit)
        rest = f"{words[: found.start()]} {MARK} {words[found.end() :]}"
        return Solved(rest, first, last, about=bool(groups.get("about")) or unit == "decade")
    return None


def last_date(text: str, language: str | None) -> Part | None:
    """The last date with a year that a text gives, as precise as it gives it; None when it gives none."""
    found = tokens(text, language)
    phrases = phrases_of(language)
    for index in range(len(found) - 1, -1, -1):
        part = found[index].part
        if part.year is None or part.decade:
            continue
        for token in reversed(found[max(0, index - _DATE_SPAN_TOKENS) : index]):
            if phrases and token.text.lower() in phrases.of:
                continue
            joined = part.joined(token.part) if token.kind is Kind.DATE else None
            if joined is None:
                break
            part = joined
        return part if part.is_whole() else Part(part.year)
    return None


def moved(start: Part, steps: int, unit: str) -> Part:
    """The date so many units away, as precise as the unit; empty when the start is less precise than that."""
    year, month, day = start.year, start.month, start.day
    if unit in ("year", "decade") and year:
        return Part(year + steps * (_DECADE_YEARS if unit == "decade" else 1))
    if unit == "month" and year and month:
        count = year * _MONTHS + month - 1 + steps
        return Part(count // _MONTHS, count % _MONTHS + 1)
    if unit in ("day", "week") and year and month and day:
        return _day(start, timedelta(**{f"{unit}s": steps}))
    return Part()


def _stretch(start: Part, steps: int, unit: str) -> tuple[Part, Part]:
    """The year, month, week, weekend or day so many of them away, from its first to its last date."""
    if unit in ("week", "weekend"):
        if not (start.year and start.month and start.day):
            return Part(), Part()
        monday = 7 * steps - date(start.year, start.month, start.day).weekday()
        first = _day(start, timedelta(days=monday + (_SATURDAY if unit == "weekend" else 0)))
        return first, _day(start, timedelta(days=monday + 6))
    if unit == "date":
        return start, start
    there = Part() if unit == "decade" else moved(start, steps, unit)
    return there, there


def _day(start: Part, away: timedelta) -> Part:
    there = date(start.year or 1, start.month or 1, start.day or 1) + away
    return Part(there.year, there.month, there.day)


def _start(anchor: str, before: str, published: Part, language: str | None) -> Part:
    """What a phrase counts from."""
    match anchor:
        case "published":
            return published
        case "text":
            return last_date(before, language or "en") or Part()
        case "near":
            spans = sentence_spans(before)
            return (last_date(before[spans[-1][0] :], language or "en") if spans else None) or published
        case _:
            return Part()


def _count(word: str, language: str | None, phrases: Phrases) -> int | None:
    low = word.lower()
    return int(low) if low.isdecimal() else phrases.numbers.get(low, number_words(language or "en")[0].get(low))


@cache
def _phrases() -> dict[str, Phrases]:
    table = json.loads(Path(__file__).with_name("date_phrases.json").read_text(encoding="utf-8"))
    return {language: _made_ready(words) for language, words in table.items() if language != "source"}


def _made_ready(words: dict[str, Any]) -> Phrases:
    units = words["units"]
    unit = "(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in units.items()) + ")"
    number = rf"(?:(?P<about>{_any(words['about'])}) )?(?P<n>\d{{1,3}}|[^\W\d_]+)"
    joints = _any(words["joints"])
    seasons = _any(words["seasons"])
    rows = [
        (pattern.replace("UNIT", unit + r"\b").replace("N ", number + " "), anchor, sign, fixed)
        for pattern, anchor, sign, fixed in words["phrases"]
    ]
    return Phrases(
        rows=tuple((_compiled(pattern), anchor, sign, fixed) for pattern, anchor, sign, fixed in rows),
        any_row=_compiled("|".join(f"(?:{pattern})" for pattern, *_ in rows)),
        rewrite=tuple((regex.compile(pattern, regex.IGNORECASE), usual) for pattern, usual in words["rewrite"]),
        parts=tuple(
            (_compiled(rf"(?:{pattern})(?:(?: (?:{joints}))+(?= \d))?"), (first, last))
            for pattern, first, last in words["parts"]
        ),
        season=regex.compile(
            rf"\b(?P<season>{seasons})\b(?:[\s,'’]+(?:{joints})\b)*[\s,'’]*(?=\d{{4}}\b(?![-–/]\d)|{MARK})",
            regex.IGNORECASE,
        ),
        seasons=words["seasons"],
        turn=words["turn"],
        numbers=words["numbers"],
        units=tuple(units),
        pointing=frozenset(words["pointing"]),
        onwards=frozenset(words["onwards"]),
        since=frozenset(words["since"]),
        joints=frozenset(words["joints"]),
        of=frozenset(words["of"]),
        future=_compiled(_any(words["future"])),
    )


def _any(words: Any) -> str:
    return "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))


def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{pattern})(?!\w)", regex.IGNORECASE)
