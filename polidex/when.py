"""From the words for a date to the date, with the help of the text before them and of the day of publication."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta

from polidex.date_phrases import MARK, Solved, cut_part, cut_season, last_date, phrases_of, rewritten, solve_phrase
from polidex.date_tokens import Kind, Part, Token, tokens
from polidex.date_turns import is_to_come, turned_to_dates
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
    sentence: str


@dataclass(frozen=True)
class _Span:
    """What words speak of: one date (`first` and `last` are the same), a range, or one with an open end."""

    first: Part | None
    last: Part | None


def parse_when(
    surface: str,
    *,
    before: str = "",
    sentence: str = "",
    published: WorldDate | None = None,
    language: str | None = None,
) -> WorldDate | None:
    """Read the words of a text for one date or one span of time.

    Args:
        surface: the words, such as `March 1999`, `2011-2013`, `until March 2019`, `September 13-15 this year`.
        before: the text before them, for a year that it has said already.
        sentence: the one that they stand in, which tells whether `on Tuesday` is still to come.
        published: when the text was published, for "this year" and the like. Never the day it was copied on.
        language: ISO 639 code of the text. Names of months are known in every language of CLDR, words such as "since"
            in those of date_words.json, phrases such as "the same year" in those of date_phrases.json.

    Returns:
        The date, on the basis `stated` when the words alone give it, `context` when a part of it came from elsewhere;
        None when it cannot be told: two dates that are not a span, a number that is no part of a date, no date.
    """
    setting = _Setting(before[-_BEFORE_CHARS:], _sure_part(published), language, sentence)
    words, months = cut_part(rewritten(unicodedata.normalize("NFKC", surface), language), language)
    solved = solve_phrase(words, setting.before, setting.published, language)
    words, season = cut_season(solved.words if solved else words, language)
    left, _, right = words.partition(MARK)
    found = [*tokens(left, language), *tokens(right, language)]
    if any(token.kind is Kind.NUMBER for token in found):
        return None
    own_year = any(part.year for part in _dates(found))
    basis = Basis.STATED
    if solved and not own_year:
        basis = Basis.CONTEXT
        found = _with_phrase(tokens(left, language), solved, tokens(right, language))
    elif solved and solved.first.year not in (None, *(part.year for part in _dates(found))):
        return None
    elif not solved and (turned := _turned(found, surface, setting)):
        found, basis = turned, Basis.CONTEXT
    span = _span(found, language)
    if span is None:
        return None
    if any(end is not None and end.year is None for end in (span.first, span.last)):
        basis = Basis.CONTEXT
        span = None if solved else _completed(span, found, setting)
    if basis is Basis.CONTEXT and not _knows_the_words(found, language):
        return None
    return _world_date(_narrowed(span, months, season), found, basis) if span else None


def _turned(found: list[Token], surface: str, setting: _Setting) -> list[Token] | None:
    to_come = is_to_come(surface, setting.sentence, setting.language)
    return turned_to_dates(found, setting.published, setting.language, to_come=to_come)


def says_range(surface: str, language: str | None) -> bool:
    """Whether words give a first and a last date, and not one stretch of time as `the first half of 2022` does."""
    words, months = cut_part(unicodedata.normalize("NFKC", surface), language)
    solved = solve_phrase(words, "", Part(), language)
    return not months and not (solved and not any(part.year for part in _dates(tokens(solved.words, language))))


def _with_phrase(left: list[Token], solved: Solved, right: list[Token]) -> list[Token]:
    """The tokens with the date that a phrase points to in its place; a week is told by its days or by a day in it."""
    if solved.first == Part():
        return []
    first, last, around = solved.first, solved.last, [*left, *right]
    weekdays = [token for token in around if token.kind is Kind.WEEKDAY]
    if first != last and len(weekdays) == 1:
        here = [part for part in _days_between(first, last) if _weekday(part) == weekdays[0].weekday]
        return [Token(Kind.DATE, weekdays[0].text, here[0])] if here else []
    if first != last and _dates(around):
        return []
    if first != last and any(token.kind in (Kind.SINCE, Kind.UNTIL) for token in left):
        # A start in some week is no start on its Monday.
        first = last = Part(first.year, first.month) if first.month == last.month else Part()
        if first == Part():
            return []
    about = [Token(Kind.ABOUT, "")] if solved.about else []
    stretch = [Token(Kind.DASH, "", joins=True), Token(Kind.DATE, "", last)] if first != last else []
    return [*left, *about, Token(Kind.DATE, "", first), *stretch, *right]


def _days_between(first: Part, last: Part) -> list[Part]:
    start, end = (date(part.year or 1, part.month or 1, part.day or 1) for part in (first, last))
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    return [Part(day.year, day.month, day.day) for day in days]


def _narrowed(span: _Span, months: tuple[int, int] | None, season: int | None) -> _Span:
    """A year narrowed to the half, quarter or season that the words give; of an open end a season says too little."""
    ends = [end for end in (span.first, span.last) if end]
    if any(end.month or end.decade for end in ends) or len({end.year for end in ends}) > 1:
        return span
    if months:
        first, last = (
            replace(end, month=month) if end else None
            for end, month in zip((span.first, span.last), months, strict=True)
        )
        return _Span(first, last)
    if season and span.first and span.first == span.last:
        part = replace(span.first, month=season)
        return _Span(part, part)
    return span


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


def _span(found: list[Token], language: str | None) -> _Span | None:
    """What the tokens speak of, what they leave out left out; None when there is no date or they make no sense."""
    sides: list[list[Token]] = [[]]
    is_between = any(token.kind is Kind.BETWEEN for token in found)
    for token in found:
        joins = token.joins or token.kind is Kind.UNTIL or (token.kind is Kind.AND and is_between)
        if joins and _dates(sides[-1]):
            sides.append([])
        else:
            sides[-1].append(token)
    is_open = len(sides) > 1 and not sides[-1] and sides[-2][-1].kind is Kind.DATE and found[-1].kind is Kind.DASH
    if not _dates(sides[-1]):
        sides.pop()
    parts = [_all_joined(_dates(side)) for side in sides]
    match parts:
        case [Part() as one]:
            phrases = phrases_of(language)
            if is_open or (phrases and any(token.text in phrases.onwards for token in found)):
                return _Span(one, None)
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


def _knows_the_words(found: list[Token], language: str | None) -> bool:
    """Whether no word that is left of a date might still say that it is another year's."""
    phrases = phrases_of(language)
    words = [token.text for token in found if token.kind is Kind.WORD]
    if language == "en" and phrases:
        return not any(word.lower() in phrases.pointing for word in words)
    known: frozenset[str] = phrases.joints | phrases.onwards if phrases else frozenset()
    return all(len(word) <= _SHORT_WORD_CHARS or word.lower() in known for word in words)


def _completed(span: _Span, found: list[Token], setting: _Setting) -> _Span | None:
    """The span with its years, from the text before or from the publication."""
    missing = Part(_year(span, found, setting))
    ends = [end and end.joined(missing) for end in (span.first, span.last)]
    if any(before and not after for before, after in zip((span.first, span.last), ends, strict=True)):
        return None
    return _Span(*ends)


def _year(span: _Span, found: list[Token], setting: _Setting) -> int | None:
    """The year of a month, None when the setting does not tell it."""
    part = span.first or span.last
    if not part or not part.month:
        return None
    said = _said_year(part, setting)
    if said:
        return said
    weekday = next((token.weekday for token in found if token.kind is Kind.WEEKDAY), None)
    phrases = phrases_of(setting.language)
    is_since = phrases is not None and any(token.text.lower() in phrases.since for token in found)
    return _year_by_publication(part, weekday, setting.published, goes_on=is_since and span.last is None)


def _year_by_publication(part: Part, weekday: int | None, published: Part, *, goes_on: bool) -> int | None:
    if published.year and weekday and part.day:
        years = range(published.year - 1, published.year + 2)
        fitting = [year for year in years if _weekday(Part(year, part.month, part.day)) == weekday]
        return fitting[0] if len(fitting) == 1 else None
    if not published.year or not published.month or not part.month:
        return None
    if goes_on:
        # What goes on since a month began in the last such month, however long ago.
        return published.year - (part.month > published.month)
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
    sentence = setting.before[spans[-1][0] :] if spans else ""
    in_this_sentence = last_date(sentence, setting.language) and not _ends_in_a_start(sentence, setting.language)
    is_near = setting.published.year is None or abs(setting.published.year - said.year) <= 1
    return said.year if in_this_sentence or is_near else None


def _ends_in_a_start(sentence: str, language: str | None) -> bool:
    """Whether the last date of a text is one since which something went on: what it says next may be years later."""
    phrases, found = phrases_of(language), tokens(sentence, language)
    dates = [number for number, token in enumerate(found) if token.kind is Kind.DATE]
    before = found[: dates[-1]] if dates else []
    while before and before[-1].kind is Kind.DATE:
        before.pop()
    return phrases is not None and bool(before) and before[-1].text.lower() in phrases.since


def _world_date(span: _Span, found: list[Token], basis: Basis) -> WorldDate | None:
    ends = [end for end in (span.first, span.last) if end]
    if not all(end.is_whole() and not (end.decade and end.month) for end in ends):
        return None
    weekday = next((token.weekday for token in found if token.kind is Kind.WEEKDAY), None)
    try:
        if weekday and any(not end.day for end in ends):
            # `Tuesday he recalled last year`: two dates.
            return None
        if weekday and span.first and _weekday(span.first) != weekday:
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
