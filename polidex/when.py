"""From the words for a date to the date, with the help of the text before them and of the day of publication."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from polidex.date_phrases import last_date, points_elsewhere, solve_phrase
from polidex.date_tokens import Kind, Part, Token, tokens
from polidex.sentences import sentence_spans
from schema.dates import WorldDate
from schema.vocabulary import Basis

_MONTHS = 12
# A month without a year is the one nearest to publication, where the next nearest is at least twice as far.
_NEAR_MONTHS = 4
# How far back a text is searched for the year that it goes on to speak of.
_BEFORE_CHARS = 1000
# Longer words of a language whose phrases we do not know might mean "last year".
_SHORT_WORD_CHARS = 3
# "since the 2019", "until early 2019": one word may stand between the relation and the date.
_RELATION_REACH = 2


@dataclass(frozen=True)
class _Setting:
    """What a date may be completed from."""

    before: str
    published: Part
    language: str | None


@dataclass(frozen=True)
class _Span:
    """What words speak of: one date (`first` and `last` are the same), a range, or one with an open end."""

    first: Part | None
    last: Part | None


def parse_when(
    surface: str, *, before: str = "", published: WorldDate | None = None, language: str | None = None
) -> WorldDate | None:
    """Read the words of a text for one date or one span of time.

    Args:
        surface: the words, such as `March 1999`, `2011-2013`, `until March 2019`, `September 13-15 this year`.
        before: the text before them, for a year that it has said already.
        published: when the text was published, for "this year" and the like.
        language: ISO 639 code of the text. Names of months are known in every language of CLDR, words such as "since"
            in those of date_words.json, phrases such as "the same year" in English and those of date_phrases.json.

    Returns:
        The date, on the basis `stated` when the words alone give it, `context` when a part of it came from elsewhere;
        None when it cannot be told: two dates that are not a span, a number that is no part of a date, no date.
    """
    setting = _Setting(before[-_BEFORE_CHARS:], _sure_part(published), language)
    words = unicodedata.normalize("NFKC", surface)
    phrase = solve_phrase(words, setting.before, setting.published, language)
    words, pointed = phrase or (words, None)
    found = tokens(words, language)
    if any(token.kind is Kind.NUMBER for token in found):
        return None
    span = _span(found)
    if span is None and pointed and not _dates(found):
        span = _Span(Part(), Part())
    if span is None:
        return None
    basis = Basis.STATED
    if any(end is not None and end.year is None for end in (span.first, span.last)):
        basis = Basis.CONTEXT
        if points_elsewhere(words) or not _knows_the_words(found, setting):
            return None
        span = _completed(span, pointed, found, setting)
    elif pointed is not None and pointed.year not in (None, *(end.year for end in (span.first, span.last) if end)):
        return None
    return _world_date(span, found, basis) if span else None


def _sure_part(published: WorldDate | None) -> Part:
    """What is sure of a date: the year, the month and the day that its first and last day share."""
    if not published or not published.earliest or not published.latest:
        return Part()
    first, last = published.earliest, published.latest
    if first.year != last.year:
        return Part()
    if first.month != last.month:
        return Part(first.year)
    return Part(first.year, first.month, first.day if first == last else None)


def _dates(found: list[Token]) -> list[Part]:
    return [token.part for token in found if token.kind is Kind.DATE]


def _span(found: list[Token]) -> _Span | None:
    """What the tokens speak of, what they leave out left out; None when there is no date or they make no sense."""
    sides: list[list[Token]] = [[]]
    is_between = any(token.kind is Kind.BETWEEN for token in found)
    for token in found:
        joins = token.joins or token.kind is Kind.UNTIL or (token.kind is Kind.AND and is_between)
        if joins and _dates(sides[-1]):
            sides.append([])
        else:
            sides[-1].append(token)
    if not _dates(sides[-1]):
        sides.pop()
    parts = [_all_joined(_dates(side)) for side in sides]
    match parts:
        case [Part() as one]:
            relation = _relation(sides[0])
            return {
                None: _Span(one, one),
                Kind.SINCE: _Span(one, None),
                Kind.UNTIL: _Span(None, one),
                Kind.WORD: None,
            }[relation]
        case [Part() as first, Part() as last] if _relation(sides[0]) in (None, Kind.SINCE):
            return _shared(first, last)
    return None


def _all_joined(parts: list[Part]) -> Part | None:
    whole: Part | None = Part()
    for part in parts:
        whole = whole.joined(part) if whole else None
    return whole


def _relation(side: list[Token]) -> Kind | None:
    """Whether a word before a date makes it a start or an end; WORD when such a word stands too far away to tell."""
    date_at = next(index for index, token in enumerate(side) if token.kind is Kind.DATE)
    relations = [index for index in range(date_at) if side[index].kind in (Kind.SINCE, Kind.UNTIL)]
    if not relations:
        return None
    return side[relations[-1]].kind if date_at - relations[-1] <= _RELATION_REACH else Kind.WORD


def _shared(first: Part, last: Part) -> _Span:
    """A range whose ends say once what they share: `September 13-15`, `13-15 September 2022`, `March to June 2019`."""
    if last.day and not last.month:
        last = replace(last, month=first.month)
    if first.day and not first.month:
        first = replace(first, month=last.month)
    return _Span(replace(first, year=first.year or last.year), replace(last, year=last.year or first.year))


def _knows_the_words(found: list[Token], setting: _Setting) -> bool:
    return setting.language == "en" or all(
        len(token.text) <= _SHORT_WORD_CHARS for token in found if token.kind is Kind.WORD
    )


def _completed(span: _Span, pointed: Part | None, found: list[Token], setting: _Setting) -> _Span | None:
    """The span with its years, from the phrase if there is one, else from the text before or the publication."""
    missing = pointed if pointed is not None else Part(_year(span, found, setting))
    ends = [end and end.joined(missing) for end in (span.first, span.last)]
    if any(before and not after for before, after in zip((span.first, span.last), ends, strict=True)):
        return None
    return _Span(*ends)


def _year(span: _Span, found: list[Token], setting: _Setting) -> int | None:
    """The year of a month, None when the setting does not tell it."""
    part = span.first or span.last
    if not part or not part.month:
        return None
    weekday = next((token.weekday for token in found if token.kind is Kind.WEEKDAY), None)
    published = setting.published
    said = _said_year(part, setting)
    if said:
        return said
    if published.year and weekday and part.day:
        years = range(published.year - 1, published.year + 2)
        fitting = [year for year in years if _weekday(Part(year, part.month, part.day)) == weekday]
        return fitting[0] if len(fitting) == 1 else None
    if not published.year or not published.month:
        return None
    months_after = (part.month - published.month + _MONTHS // 2) % _MONTHS - _MONTHS // 2
    if abs(months_after) > _NEAR_MONTHS:
        return None
    return (published.year * _MONTHS + published.month - 1 + months_after) // _MONTHS


def _said_year(part: Part, setting: _Setting) -> int | None:
    """The year that the text before speaks of, unless it has gone past this month or speaks of long ago."""
    said = last_date(setting.before, setting.language)
    if not said or not said.year or not part.month:
        return None
    if said.month and (part.month, part.day or 0) < (said.month, said.day if said.day and part.day else 0):
        return None
    spans = sentence_spans(setting.before)
    in_this_sentence = last_date(setting.before[spans[-1][0] :], setting.language) if spans else None
    is_near = setting.published.year is None or abs(setting.published.year - said.year) <= 1
    return said.year if in_this_sentence or is_near else None


def _world_date(span: _Span, found: list[Token], basis: Basis) -> WorldDate | None:
    ends = [end for end in (span.first, span.last) if end]
    if not all(end.is_whole() and not (end.decade and end.month) for end in ends):
        return None
    weekday = next((token.weekday for token in found if token.kind is Kind.WEEKDAY), None)
    try:
        if weekday and span.first and span.first.day and _weekday(span.first) != weekday:
            return None
        if span.first == span.last and span.first:
            about = "~" if any(token.kind is Kind.ABOUT for token in found) else ""
            return WorldDate.from_edtf(_edtf(span.first) + about, basis)
        return WorldDate.from_edtf("/".join(_edtf(end) if end else ".." for end in (span.first, span.last)), basis)
    except ValueError:
        # A day that its month does not have, or a range that runs backwards.
        return None


def _weekday(part: Part) -> int | None:
    try:
        return date(part.year or 1, part.month or 1, part.day or 1).isoweekday()
    except ValueError:
        return None


def _edtf(part: Part) -> str:
    if part.decade:
        return f"{(part.year or 0) // 10:03}X"
    return f"{part.year:04}" + "".join(f"-{number:02}" for number in (part.month, part.day) if number)
