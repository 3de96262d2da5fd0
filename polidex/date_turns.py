"""Days of the week, months and seasons beside "last", "next" or "this", and a bare "on Tuesday", as dates."""

from __future__ import annotations

import re
from datetime import date, timedelta

from polidex.cues import has_cue, lists
from polidex.date_phrases import Phrases, phrases_of
from polidex.date_tokens import Kind, Part, Token

_WEEK_DAYS, _MONTHS = 7, 12
_CLAUSE_END = re.compile(r"[,;:()“”«»\"]|\s[–—-]\s|\b(?:that|que|dass|что)\b")
_SEASON_STARTS = {21: (3, 9), 22: (6, 12), 23: (9, 3), 24: (12, 6)}
"""The month in which a season begins in the north and in the south."""


def is_to_come(surface: str, sentence: str, language: str | None) -> bool:
    """Whether the clause that words stand in speaks of the future: `will vote on Tuesday`, not `said on Tuesday`."""
    phrases = phrases_of(language)
    at = sentence.find(surface)
    if phrases is None or at < 0:
        return False
    before, after = sentence[:at], sentence[at + len(surface) :]
    clause = _CLAUSE_END.split(before)[-1]
    if phrases.future.search(clause):
        return True
    says = lists("speech", language or "en") and has_cue("speech", clause, language or "en")
    # Of `On Tuesday, parliament will vote` the clause begins behind the comma.
    rest = after.lstrip(", ") if not clause.strip() else after
    return not says and phrases.future.search(_CLAUSE_END.split(rest)[0]) is not None


def turned_to_dates(
    found: list[Token], published: Part, language: str | None, *, to_come: bool = False
) -> list[Token] | None:
    """The tokens with the one date that only the day of publication tells; None where there is none, or not one.

    Args:
        to_come: whether a bare day of the week is the next one; else it is the last one.
    """
    phrases = phrases_of(language)
    if phrases is None or any(token.part.year for token in found):
        return None
    turns = [index for index, token in enumerate(found) if _is_turn(token, phrases)]
    for index in turns:
        for beside in (index + 1, index - 1):
            part = (
                _part(found[beside], phrases, published, phrases.turn[found[index].text.lower()])
                if 0 <= beside < len(found)
                else None
            )
            if part:
                low, high = sorted((index, beside))
                return [*found[:low], Token(Kind.DATE, found[beside].text, part), *found[high + 1 :]]
    weekdays = [index for index, token in enumerate(found) if token.kind is Kind.WEEKDAY]
    if len(weekdays) != 1 or turns or any(token.kind is Kind.DATE for token in found):
        return None
    [index] = weekdays
    ahead = found[:index] and any(token.kind is Kind.UNTIL for token in found[:index])
    since = any(token.kind is Kind.SINCE for token in found[:index])
    comes = ahead or (to_come and not since)
    part = _weekday(found[index].weekday, published, 1 if comes else -1, today=True)
    return [*found[:index], Token(Kind.DATE, found[index].text, part), *found[index + 1 :]] if part else None


def _is_turn(token: Token, phrases: Phrases) -> bool:
    return token.kind is Kind.WORD and token.text.lower() in phrases.turn


def _part(token: Token, phrases: Phrases, published: Part, turn: int) -> Part | None:
    """The date of a day of the week, a month or a season that is the last, this or the next one."""
    if token.kind is Kind.WEEKDAY:
        return _weekday(token.weekday, published, turn)
    if token.kind is Kind.DATE and token.part == Part(month=token.part.month):
        return _month(token.part.month or 0, published, turn)
    season = phrases.seasons.get(token.text.lower()) if token.kind is Kind.WORD else None
    return _season(season, published, turn) if season else None


def _weekday(weekday: int, published: Part, turn: int, *, today: bool = False) -> Part | None:
    """The nearest such day before (-1) or after (1) publication, or that of its week (0); `today` counts it too."""
    if not (published.year and published.month and published.day):
        return None
    day = date(published.year, published.month, published.day)
    if turn == 0:
        away = weekday - day.isoweekday()
    else:
        away = turn * ((turn * (weekday - day.isoweekday())) % _WEEK_DAYS)
        away = away or (0 if today else turn * _WEEK_DAYS)
    there = day + timedelta(days=away)
    return Part(there.year, there.month, there.day)


def _month(month: int, published: Part, turn: int) -> Part | None:
    """The last such month before that of publication, the next one after it, or that of its year."""
    if not (published.year and published.month and month):
        return None
    later = turn < 0 and month >= published.month
    sooner = turn > 0 and month <= published.month
    return Part(published.year - later + sooner, month)


def _season(season: int, published: Part, turn: int) -> Part | None:
    """A season, named by the year it begins in; None where that depends on the half of the world."""
    if not (published.year and published.month):
        return None
    years = set()
    for begins in _SEASON_STARTS[season]:
        over = (begins + 3) % _MONTHS or _MONTHS
        if over < begins:
            # It lies in two years, and which of them gives it its name nobody can tell.
            return None
        if turn == 0:
            years.add(published.year)
        elif turn < 0:
            years.add(published.year - (published.month < over))
        else:
            years.add(published.year + (published.month >= begins))
    return Part(years.pop(), season) if len(years) == 1 else None
