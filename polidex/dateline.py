"""Dates that stand alone on a line, as newspapers print them: when an article appeared, when it was changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum, auto
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers
from babel.units import UnknownUnitError, format_unit

from polidex.furniture_words import BYLINE, COLON, COPIED, PUBLISHED, SOURCE, UPDATED

_LONGEST = 160  # characters: a line with a date, an author and a place is shorter
_YEARS = range(1800, 2101)
_DECEMBER = 12
_MOST_OTHER_WORDS = 3
_SHORTENED = 3  # letters
_ENDING = 3  # letters that a case may add to a word
_WEEKDAY = 0  # stands for "a weekday" among the numbers of months

_TIME = re.compile(r"(?<!\d)(\d{1,2})[:h](\d{2})(?::\d{2}(?:\.\d+)?)?(?!\d)(?:\s*([ap])\.?\s?m\b\.?)?", re.IGNORECASE)
_ZONE = re.compile(r"\b(?:UTC|GMT)?\s?[+−-]\d{1,2}(?::?\d{2})?\b|(?<=\d)Z\b")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)[日일.]?T?")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|re|º|ª|°)?", re.IGNORECASE)
_LABELS = "|".join(map(re.escape, (*SOURCE, *BYLINE)))
_BETWEEN_PARTS = re.compile(rf"\s*[|•·●]\s*|\s+[–—-]{{1,2}}\s+|\s+(?=(?:{_LABELS}){COLON}\S)", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[\s,،、;()\[\]/]+")
_DATELINE_END = re.compile(r"\s[–—-]{1,2}\s|—")
_DATELINE_LONGEST = 100


class _Label(Enum):
    PUBLISHED = auto()
    UPDATED = auto()
    COPIED = auto()


@dataclass(frozen=True)
class DateLine:
    """A date read from a line.

    Attributes:
        edtf: EDTF, with the time of day where the line has it: `2023-09-14T09:09:00`, `2023-09-14`, `2023-09`.
        labelled: whether the line says "published" or the like.
        updated: whether the line says that this is when the article was last changed.
        rest: what stands beside the date, such as an author or a place.
        copied: whether the line says that this is when somebody saved or looked up the page.
    """

    edtf: str
    labelled: bool = False
    updated: bool = False
    rest: tuple[str, ...] = ()
    copied: bool = False

    @property
    def day(self) -> datetime | None:
        """The moment in UTC, midnight where no time of day is given; None for a date that names no day."""
        try:
            return datetime.fromisoformat(self.edtf).replace(tzinfo=UTC)
        except ValueError:
            return None


def read_dates(line: str, language: str | None) -> tuple[DateLine, ...]:
    """Read the dates of a line that holds nothing else but, at most, an author, a place or a reading time.

    Args:
        line: one line or short paragraph, without markup.
        language: ISO 639-1; None tries the month names of every language.

    Returns:
        The dates in their order; () for prose, and for a line without a date with a year.
    """
    if len(line) > _LONGEST or not re.search(r"\d{4}", line):
        return ()
    whole = _read(line, language)
    if whole:
        return (whole,)
    dates: list[DateLine] = []
    rest: list[str] = []
    for part in filter(None, _BETWEEN_PARTS.split(line)):
        found = _read(part, language) or _after_comma(part, language)
        if found:
            dates.append(found)
            rest += found.rest
        else:
            rest.append(part)
    return tuple(replace(found, rest=tuple(rest)) for found in dates)


def opening_date(paragraph: str, language: str | None) -> DateLine | None:
    """Read the date of a dateline that opens a paragraph, as in "PRAIA, 3 May 2021 (Agency) – The president ..."."""
    end = _DATELINE_END.search(paragraph, 0, _DATELINE_LONGEST)
    if end is None:
        return None
    opening = re.sub(r"\([^)]*\)", " ", paragraph[: end.start()])
    dates = read_dates(opening.strip(), language)
    return dates[0] if dates else None


def _after_comma(part: str, language: str | None) -> DateLine | None:
    for comma in re.finditer(r"[,.،]\s+", part):
        found = _read(part[comma.end() :], language)
        if found:
            return replace(found, rest=(part[: comma.start()],))
    return None


def _read(part: str, language: str | None) -> DateLine | None:
    """Read a part of a line in which nothing stands but a date; None for anything else."""
    remainder, label = _without_label(part)
    numeric = _numeric(remainder)
    if numeric:
        day, span = numeric
        remainder = remainder[: span[0]] + " " + remainder[span[1] :]
    time = _TIME.search(remainder)
    if time:
        remainder = remainder[: time.start()] + " " + remainder[time.end() :]
    words = [word for word in _BETWEEN_WORDS.split(_ZONE.sub(" ", remainder)) if word.strip(".:-")]
    if numeric:
        known = all(_of_calendar(word, language) is not None or _may_join(word) for word in words)
        edtf = day if known and len(words) <= _MOST_OTHER_WORDS else None
    else:
        edtf = _in_words(words, language)
    if edtf is None:
        return None
    return DateLine(
        _with_time(edtf, time),
        labelled=label is _Label.PUBLISHED,
        updated=label is _Label.UPDATED,
        copied=label is _Label.COPIED,
    )


def _without_label(part: str) -> tuple[str, _Label | None]:
    lowered = part.strip().casefold()
    for labels, kind in ((COPIED, _Label.COPIED), (UPDATED, _Label.UPDATED), (PUBLISHED, _Label.PUBLISHED)):
        for label in labels:
            if lowered.startswith(label) and not lowered[len(label) :][:1].isalpha():
                return re.sub(r"^[\s:\uFF1A–—-]+", "", part.strip()[len(label) :]), kind
    return part, None


def _numeric(part: str) -> tuple[str, tuple[int, int]] | None:
    """A date in figures as EDTF, and where it stands. Between 03/04 and 04/03 nobody can tell: then the year alone."""
    found = _YEAR_FIRST.search(part)
    if found:
        edtf = _edtf(int(found[1]), int(found[2]), int(found[3]))
        return (edtf, found.span()) if edtf else None
    found = _YEAR_LAST.search(part)
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "/":
        if month > _DECEMBER:
            day, month = month, day
        elif day <= _DECEMBER and day != month:
            return (str(year), found.span()) if year in _YEARS else None
    edtf = _edtf(year, month, day)
    return (edtf, found.span()) if edtf else None


def _in_words(words: list[str], language: str | None) -> str | None:
    """A date with the month's name in it, as EDTF."""
    years: list[int] = []
    days: list[int] = []
    months: list[int] = []
    others = 0
    for word in words:
        ordinal = _ORDINAL.fullmatch(word.rstrip("."))
        month = None if word.isdecimal() else _of_calendar(word, language)
        if word.isdecimal() and int(word) in _YEARS:
            years.append(int(word))
        elif ordinal:
            days.append(int(ordinal[1]))
        elif month:
            months.append(month)
        elif month is None and not _says_year(word, language):
            others += 1
            if not _may_join(word) or others > _MOST_OTHER_WORDS:
                return None
    if len(years) != 1 or len(months) != 1 or len(days) > 1:
        return None
    return _edtf(years[0], months[0], days[0] if days else None)


def _edtf(year: int, month: int, day: int | None) -> str | None:
    try:
        known = date(year, month, day or 1)
    except ValueError:
        return None
    if year not in _YEARS:
        return None
    return known.isoformat() if day else f"{year:04}-{month:02}"


def _with_time(edtf: str, time: re.Match[str] | None) -> str:
    if time is None or len(edtf) != len("2023-09-14"):
        return edtf
    hour, minute = int(time[1]), int(time[2])
    if time[3]:
        hour = hour % 12 + (12 if time[3].lower() == "p" else 0)
    try:
        return f"{edtf}T{datetime(1, 1, 1, hour, minute):%H:%M:%S}"
    except ValueError:
        return edtf


def _may_join(word: str) -> bool:
    """Whether a word may stand in a date though it is neither month nor weekday: "de", "at", "г.", "EST"."""
    return len(word.strip(".:")) <= len("EST") and not any(map(str.isdecimal, word))


@lru_cache(maxsize=4096)
def _says_year(word: str, language: str | None) -> bool:
    """Whether a word says that the number beside it is a year, after CLDR: `12 апреля 2023 года`."""
    folded = word.casefold().strip(".:")
    return any(
        folded.startswith(unit) and len(folded) - len(unit) <= _ENDING
        for one in ((language,) if language else _languages())
        for unit in _words_for_year(one)
    )


@lru_cache(maxsize=512)
def _words_for_year(language: str) -> frozenset[str]:
    """The word for a year, in the forms that it has beside a number."""
    try:
        given = [format_unit(count, "duration-year", length="long", locale=language) for count in (1, 2, 5, 1.5)]
    except (UnknownLocaleError, UnknownUnitError):
        return frozenset()
    words = {word.casefold() for each in given for word in each.split()}
    return frozenset(word for word in words if len(word) >= _SHORTENED and word.isalpha())


@lru_cache(maxsize=4096)
def _of_calendar(word: str, language: str | None) -> int | None:
    """The number of the month that a word names, 0 for the name of a weekday, None for any other word."""
    folded = word.casefold().strip(".:")
    for one in (language, "en") if language else ("en", *_languages()):
        if folded in _calendar_words(one):
            return _calendar_words(one)[folded]
    # Papers shorten months as they like ("Sept.", "сент."): the start of just one month's name will do.
    starts = {
        month
        for one in ((language, "en") if language and len(folded) >= _SHORTENED else ())
        for name, month in _calendar_words(one).items()
        if month != _WEEKDAY and name.startswith(folded)
    }
    return starts.pop() if len(starts) == 1 else None


@lru_cache(maxsize=1)
def _languages() -> tuple[str, ...]:
    return tuple(sorted(name for name in locale_identifiers() if "_" not in name))


@lru_cache(maxsize=512)
def _calendar_words(language: str) -> Mapping[str, int]:
    """The names of months and weekdays of a language after CLDR, folded, each with the number of its month or 0."""
    try:
        locale = Locale(language)
    except UnknownLocaleError:
        return {}
    words: dict[str, int] = {}
    for width in ("abbreviated", "wide"):
        for context in ("stand-alone", "format"):
            for name in locale.days[context][width].values():
                # Some languages write a weekday in several words: each of them counts.
                words.update(dict.fromkeys(name.casefold().replace(".", "").split(), _WEEKDAY))
    for width in ("abbreviated", "wide"):
        for context in ("stand-alone", "format"):
            words.update({name.casefold().strip("."): month for month, name in locale.months[context][width].items()})
    return words
