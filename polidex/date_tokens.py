"""Cut the words of a date into what each of them is: a year, a month, a day, a dash, a word such as "until"."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path

from polidex.calendar_names import calendar_names

# Before and after these, four digits are no year of our calendar (5784, 2566 and 1402 are years of others).
_FIRST_YEAR, _LAST_YEAR = 1500, 2199
_LAST_DAY = 31
_LAST_MONTH = 12


class Kind(Enum):
    DATE = auto()
    """What names a date by itself, whole or in part: `2023`, `March`, `13`, `2023-09-14`."""
    WEEKDAY = auto()
    DASH = auto()
    SINCE = auto()
    UNTIL = auto()
    BETWEEN = auto()
    AND = auto()
    ABOUT = auto()
    WORD = auto()
    NUMBER = auto()
    """A number that is no part of a date, or that might be several."""


@dataclass(frozen=True)
class Part:
    """What is said of a date: some of year, month and day. A decade has the year that it starts with."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: bool = False

    def joined(self, other: Part) -> Part | None:
        """Both together; None when both give the same thing."""
        mine, theirs = (self.year, self.month, self.day), (other.year, other.month, other.day)
        if any(one is not None and another is not None for one, another in zip(mine, theirs, strict=True)):
            return None
        year, month, day = (one or another for one, another in zip(mine, theirs, strict=True))
        return Part(year, month, day, self.decade or other.decade)

    def is_whole(self) -> bool:
        """Whether it has a year and nothing is missing above what it has."""
        return self.year is not None and (self.day is None or self.month is not None)


@dataclass(frozen=True)
class Token:
    """A piece of text. `joins` says that it can stand between the two dates of a range."""

    kind: Kind
    text: str
    part: Part = Part()
    weekday: int = 0
    joins: bool = False


_TOKEN = re.compile(
    r"""(?P<clock>\b\d{1,2}:\d{2}(?::\d{2})?\b)
    |(?P<ymd>\b\d{4}(?P<between_ymd>[-/.])\d{1,2}(?P=between_ymd)\d{1,2}\b)
    |(?P<dmy>\b\d{1,2}(?P<between_dmy>[-/.])\d{1,2}(?P=between_dmy)\d{4}\b)
    |(?P<han>\d{4}\s?[年년]\s?(?:\d{1,2}\s?[月월]\s?(?:\d{1,2}\s?[日일])?)?)
    |(?P<pair>\b\d{4}[-/\N{EN DASH}]\d{2}\b(?![-/\N{EN DASH}]?\d))
    |(?P<decade>\b\d{3}0['\N{RIGHT SINGLE QUOTATION MARK}]?s\b)
    |(?P<amount>\d+(?:[.,]\d+)+|[$€£¥]\s?\d+|\d+\s?[%‰])
    |(?P<year>\b\d{4}(?=\b|-?[^\W\d_]))
    |(?P<day>\b\d{1,2}(?:st|nd|rd|th|er|[ºª°]|-?[^\W\d_a-zA-Z]{1,2})?\b)
    |(?P<number>\d+)
    |(?P<dash>[-\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}])
    |(?P<word>[^\W\d_]+)(?P<stop>\.?)""",
    re.VERBOSE,
)


def tokens(text: str, language: str | None) -> list[Token]:
    """The tokens of a text in Unicode form NFKC, in order. Hours, commas and the like are dropped."""
    return list(_tokens(text, language))


@lru_cache(maxsize=256)  # the same words before a date are looked at for each draft that has it
def _tokens(text: str, language: str | None) -> tuple[Token, ...]:
    found = []
    for match in _TOKEN.finditer(unicodedata.normalize("NFKC", text)):
        kind = match.lastgroup if match.lastgroup != "stop" else "word"
        if kind == "clock":
            continue
        if kind == "word":
            found.append(_word(match["word"], bool(match["stop"]), language))
        elif kind == "pair":
            found += _pair(match)
        else:
            found.append(_numeric(match, str(kind)))
    return tuple(found)


def _pair(match: re.Match[str]) -> list[Token]:
    """`2011-13` is two years, `2011-09` a month, as its years would run backwards; `2011-12` might be either."""
    text = match.group()
    year, mark, second = int(text[:4]), text[4], int(text[5:])
    runs_on, could_be_month = second > year % 100, mark == "-" and 1 <= second <= _LAST_MONTH
    if runs_on == could_be_month or not _is_possible(Part(year)):
        return [Token(Kind.NUMBER, text)]
    if could_be_month:
        return [Token(Kind.DATE, text, Part(year, second))]
    return [
        Token(Kind.DATE, text[:4], Part(year)),
        Token(Kind.DASH, mark, joins=True),
        Token(Kind.DATE, text[5:], Part(year - year % 100 + second)),
    ]


def _numeric(match: re.Match[str], kind: str) -> Token:
    text = match.group()
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    part: Part | None = None
    match kind:
        case "dash":
            return Token(Kind.DASH, text, joins=True)
        case "ymd" | "han":
            year, month, day = [*numbers, None, None][:3]
            part = Part(year, month, day)
        case "dmy":
            part = _day_month_year(numbers, dotted="." in text)
        case "decade":
            part = Part(numbers[0], decade=True)
        case "year":
            part = Part(numbers[0])
        case "day":
            part = Part(day=numbers[0])
    is_date = part is not None and _is_possible(part)
    return Token(Kind.DATE, text, part) if part and is_date else Token(Kind.NUMBER, text)


def _day_month_year(numbers: list[int], *, dotted: bool) -> Part | None:
    first, second, year = numbers
    # With dots the day comes first; with slashes that depends on the country, so only a day above 12 tells.
    if dotted or first == second or first > _LAST_MONTH:
        return Part(year, second, first)
    return Part(year, first, second) if second > _LAST_MONTH else None


def _is_possible(part: Part) -> bool:
    return (
        (part.year is None or _FIRST_YEAR <= part.year <= _LAST_YEAR)
        and (part.month is None or 1 <= part.month <= _LAST_MONTH)
        and (part.day is None or 1 <= part.day <= _LAST_DAY)
    )


@lru_cache(maxsize=8192)
def _word(text: str, stopped: bool, language: str | None) -> Token:
    names = calendar_names(language)
    month = names.month(text) or (names.abbreviated_month(text) if stopped else None)
    if month:
        return Token(Kind.DATE, text, Part(month=month))
    weekday = names.weekday(text)
    if weekday:
        return Token(Kind.WEEKDAY, text, weekday=weekday)
    words = _relation_words().get(language or "en", {})
    meanings = {meaning for meaning, listed in words.items() if text.casefold() in listed}
    for meaning in ("since", "until", "between", "and", "about"):
        if meaning in meanings:
            return Token(Kind[meaning.upper()], text, joins="to" in meanings)
    return Token(Kind.WORD, text, joins="to" in meanings)


@lru_cache(maxsize=1)
def _relation_words() -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).with_name("date_words.json")
    words: dict[str, dict[str, list[str]]] = json.loads(path.read_text(encoding="utf-8"))
    return words
