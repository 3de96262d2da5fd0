"""When two documents speak of one vote: of one kind, in one country, on days that agree; and how it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import regex

from polidex.folding import bare
from polidex.identity.judged import Judged, Profile
from polidex.identity.reform_words import wording_of
from schema import WorldDate
from schema.base import Country, Round
from schema.vocabulary import DateRelation, ElectionStatus, ElectionType, Judgement

_YEAR_DAYS, _MONTH_DAYS, _WEEK_DAYS = 366, 31, 7
_SOON_DAYS = 548
"""Days in which a vote that is planned without a date is held: at most."""
_ONE_STORY_DAYS = 120
"""Days between two documents that speak of one vote without a date: at most."""
_MOST_YEARS = 3
_SLIP_DAYS = 3
"""Days by which a report may be dated before the day that it tells of, or after one that it expects."""
_PLACED = (ElectionType.BY_ELECTION, ElectionType.SUBNATIONAL_EXECUTIVE, ElectionType.SUBNATIONAL_LEGISLATIVE)
"""Kinds of which a country holds many on one day: the place tells them apart."""
_OF_ONE_WINNER = (ElectionType.PRESIDENTIAL, ElectionType.SUBNATIONAL_EXECUTIVE, ElectionType.BY_ELECTION)
_ORDER = (ElectionStatus.PLANNED, ElectionStatus.CALLED, ElectionStatus.SCHEDULED, ElectionStatus.HELD)


_Days = tuple[date, date]


class ElectionProfile(Profile):
    """A vote as one document tells it.

    Attributes:
        type, country: what is elected, and where; a country that is not known is None.
        date: of the vote, as precise as the document has it.
        status: how it stood when the document was published.
        early: whether it is held before its time; None where the document does not say.
        winners: ids of the people who won it.
        words: the document's words for it.
        language: of the words, ISO 639-1.
        round: 1 or 2, where the document says which; otherwise it is looked for in the words.
    """

    type: ElectionType
    country: Country | None = None
    date: WorldDate = WorldDate.unknown()
    status: ElectionStatus = ElectionStatus.PLANNED
    early: bool | None = None
    winners: tuple[str, ...] = ()
    words: str = ""
    language: str | None = None
    round: Round | None = None

    def key(self) -> tuple[str, ...]:
        place = " ".join(sorted(self.about)) if self.type in _PLACED else ""
        return str(self.type), self.country or "", self.date.edtf or "", place

    def detail(self) -> int:
        """By the days that its date allows: a year alone joins the vote of a day in it."""
        days = _days(self.date)
        return sum(days <= most for most in (_WEEK_DAYS, _MONTH_DAYS, _YEAR_DAYS))

    def blocks(self) -> frozenset[str]:
        """Type, country and year, of a local vote also the place; type and day, for who names no country or place."""
        country = self.country or "?"
        blocks = {f"{self.type} {country} {year}" for year in self._years()}
        if self.type in _PLACED and self.about:
            blocks = {f"{block} {word}" for block in blocks for word in self.about}
        if self.date.known and _days(self.date) <= _WEEK_DAYS:
            blocks |= {f"{self.type} {self.date.earliest}", f"{self.type} {self.date.latest}"}
        return frozenset(blocks)

    @property
    def about(self) -> frozenset[str]:
        """What its words name beside a vote of its type: a place, or the question of a referendum."""
        return _about(self.words, self.language)

    @property
    def marks(self) -> frozenset[str]:
        """`round_1` or `round_2`, `upper` or `lower` chamber, where it is told."""
        told = _marks(self.words, self.language)
        if self.round is not None:
            told = told - {"round_1", "round_2"} | {f"round_{self.round}"}
        return told

    @property
    def is_over(self) -> bool:
        return self.status is ElectionStatus.HELD

    @property
    def days(self) -> _Days:
        """The first and the last day on which it can be: `in 2019` is before the article that tells how it ended."""
        first, last = self.date.earliest or date.min, self.date.latest or date.max
        if self.published and self.is_over:
            last = min(last, self.published)
        elif self.published and self.status is not ElectionStatus.CANCELLED:
            first = max(first, self.published)
        # A report that is dated before what it tells says nothing of the day.
        return (first, last) if first <= last else (self.date.earliest or date.min, self.date.latest or date.max)

    def _years(self) -> range:
        first, last = self.date.earliest, self.date.latest
        if self.date.known:
            start = (first or last or date.min).year
            return range(start, min((last or first or date.min).year, start + _MOST_YEARS - 1) + 1)
        if self.published is None:
            return range(0)
        this = self.published.year
        return range(this - 1, this + 1) if self.is_over else range(this, this + 2)


def judge(one: ElectionProfile, other: ElectionProfile) -> Judged | None:
    """Whether two mentions are of one vote. Without a block in common there is no answer.

    Winners that differ do not make two votes of one day: that is a conflict of the sources. In one month, or one year,
    they make two.
    """
    if not one.blocks() & other.blocks() or (one.country and other.country and one.country != other.country):
        return None
    if one.document_id == other.document_id:
        return _in_one_document(one, other)
    if against := _speaks_against(one, other):
        return Judged(Judgement.NEGATIVE, against, 0.9)
    said = _by_date(one, other) if one.date.known and other.date.known else _without_date(one, other)
    return _in_one_place(one, other, said) if said and said.judgement is Judgement.POSITIVE else said


def _in_one_place(one: ElectionProfile, other: ElectionProfile, said: Judged) -> Judged | None:
    """What is said of two dates that agree, for two wordings; where one names no place only the day speaks for it."""
    fits = _fits_in_words(one, other)
    if fits and one.country and other.country:
        return said
    if not _on_one_day(one, other) or (fits is False and one.type in _PLACED):
        return None
    if fits is False:
        return Judged(Judgement.UNSURE, "one_day_other_words", said.score)
    return Judged(said.judgement, said.method, 0.7 * said.score, weak=True)


def _in_one_document(one: ElectionProfile, other: ElectionProfile) -> Judged:
    """Votes that grounding kept apart stay apart, unless their dates, winners and words all agree."""
    agree = one.date.known and other.date.known and one.date.relation(other.date) is not DateRelation.DISJOINT
    if agree and not _speaks_against(one, other) and not _other_winner(one, other) and _fits_in_words(one, other):
        return Judged(Judgement.POSITIVE, "same_vote_in_one_document", 0.9)
    return Judged(Judgement.NEGATIVE, "two_votes_of_one_document", 1.0)


def _speaks_against(one: ElectionProfile, other: ElectionProfile) -> str | None:
    if one.date.known and other.date.known and one.date.relation(other.date) is DateRelation.DISJOINT:
        # The night of a vote ends on the next day: a person is to say.
        return None if _gap(one.date, other.date) == 1 and not _other_winner(one, other) else "on_other_days"
    early, late = sorted((one.days, other.days))
    if early[1].toordinal() + _SLIP_DAYS < late[0].toordinal():
        return "on_other_days"
    if _other_winner(one, other) and not _on_one_day(one, other):
        return "of_other_winners"
    marks = one.marks | other.marks
    for pair in ({"round_1", "round_2"}, {"upper", "lower"}):
        if pair <= marks and len(one.marks & pair) == len(other.marks & pair) == 1:
            return "of_other_rounds" if "round_1" in pair else "of_other_chambers"
    return None


def _by_date(one: ElectionProfile, other: ElectionProfile) -> Judged | None:
    relation = one.date.relation(other.date)
    coarse = max(_days(one.date), _days(other.date))
    if relation is DateRelation.DISJOINT:
        return Judged(Judgement.UNSURE, "on_the_next_day", 0.5)
    if _is_only_first_round(one, other) or _is_only_first_round(other, one):
        return None
    if coarse <= _WEEK_DAYS:
        method = "same_day_other_winner" if _other_winner(one, other) else "same_day"
        return Judged(Judgement.POSITIVE, method, 1.0 if relation is DateRelation.EQUAL else 0.95)
    if coarse <= _MONTH_DAYS and relation is not DateRelation.OVERLAPS:
        return Judged(Judgement.POSITIVE, "same_month", 0.9)
    won = bool(set(one.winners) & set(other.winners))
    return Judged(Judgement.POSITIVE, "same_year_and_winner" if won else "same_year", 0.85 if won else 0.8, weak=True)


def _without_date(one: ElectionProfile, other: ElectionProfile) -> Judged | None:
    """A vote without a date is the next one of its kind after its document, or the last before it, if it is over."""
    if {one.early, other.early} == {True, False}:
        return None
    if one.date.known or other.date.known:
        dated, undated = (one, other) if one.date.known else (other, one)
        if undated.published is None or not _lies_right(dated.date, undated.published, is_over=undated.is_over):
            return None
        return Judged(Judgement.POSITIVE, "last_before" if undated.is_over else "next_after", 0.6, weak=True)
    if one.published is None or other.published is None or one.is_over is not other.is_over:
        return None
    near = abs((one.published - other.published).days) <= _ONE_STORY_DAYS
    return Judged(Judgement.POSITIVE, "no_date_in_one_story", 0.5, weak=True) if near else None


def _lies_right(when: WorldDate, published: date, *, is_over: bool) -> bool:
    first, last = when.earliest or when.latest or date.min, when.latest or when.earliest or date.max
    if is_over:
        return first <= published and (published - last).days <= _YEAR_DAYS
    return last >= published and (first - published).days <= _SOON_DAYS


def _fits_in_words(one: ElectionProfile, other: ElectionProfile) -> bool | None:
    """Whether their words name one place or question; None where only one names it, of a kind that needs it."""
    if one.type in _PLACED:
        if bool(one.about) is not bool(other.about):
            return None
        return not one.about or bool(one.about & other.about)
    if one.type is ElectionType.REFERENDUM and one.about and other.about and one.language == other.language:
        return bool(one.about & other.about)
    return True


def _is_only_first_round(one: ElectionProfile, other: ElectionProfile) -> bool:
    """Whether one is a first round that nobody won, and the other a vote that somebody did."""
    return "round_1" in one.marks and not one.winners and bool(other.winners) and "round_1" not in other.marks


def _other_winner(one: ElectionProfile, other: ElectionProfile) -> bool:
    told = one.type in _OF_ONE_WINNER and one.winners and other.winners
    return bool(told) and not set(one.winners) & set(other.winners)


def _on_one_day(one: ElectionProfile, other: ElectionProfile) -> bool:
    known = one.date.known and other.date.known and max(_days(one.date), _days(other.date)) <= _WEEK_DAYS
    return known and one.date.relation(other.date) is not DateRelation.DISJOINT


def _days(when: WorldDate) -> int:
    """How many days a date allows; many where it is open or unknown."""
    return (when.latest - when.earliest).days + 1 if when.earliest and when.latest else 10 * _YEAR_DAYS


def _gap(one: WorldDate, other: WorldDate) -> int:
    early, late = (one, other) if one.is_before(other) else (other, one)
    return (late.earliest - early.latest).days if late.earliest and early.latest else 0


def status_of(told: Iterable[tuple[ElectionStatus, date | None]]) -> ElectionStatus:
    """How a vote stands: held beats scheduled beats called beats planned; the latest document can say it is cancelled.

    Args:
        told: the status that each document gives, and the last day on which it can have been published; at least one.
    """
    said = sorted(told, key=lambda each: each[1] or date.min)
    latest = [status for status, published in said if published == said[-1][1]]
    others = [status for status, _ in said if status is not ElectionStatus.CANCELLED]
    if (ElectionStatus.CANCELLED in latest and ElectionStatus.HELD not in latest) or not others:
        return ElectionStatus.CANCELLED
    return max(others, key=_ORDER.index)


@lru_cache(maxsize=65536)
def _about(words: str, language: str | None) -> frozenset[str]:
    if not words:
        return frozenset()
    pattern = _beginnings("common", language)
    kept = pattern.sub(" ", bare(words)) if pattern else words
    # A name begins with a capital, which `bare` takes away; countries are known by it.
    named = wording_of(words, language).topics & wording_of(kept, language).topics if pattern else None
    return (wording_of(words, language).topics if named is None else named) - frozenset(_lists()["subjects"])


@lru_cache(maxsize=65536)
def _marks(words: str, language: str | None) -> frozenset[str]:
    folded = bare(words)
    kinds = ("round_1", "round_2", "upper", "lower")
    return frozenset(kind for kind in kinds if (found := _beginnings(kind, language)) and found.search(folded))


@cache
def _beginnings(kind: str, language: str | None) -> regex.Pattern[str] | None:
    listed = _lists()["languages"].get(language or "", {})
    if kind not in listed:
        return None
    beginnings = (regex.escape(bare(each.rstrip("$"))) + (r"\b" if each.endswith("$") else "") for each in listed[kind])
    return regex.compile(rf"\b(?:{'|'.join(beginnings)})\w*")


@cache
def _lists() -> dict[str, Any]:
    path = Path(__file__).with_name("election_words.json")
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read
