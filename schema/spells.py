"""Spells in office, as a source tells them, and how two compare: the same algebra as that of dates."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from schema.base import Record
from schema.dates import Days, WorldDate
from schema.vocabulary import DateRelation, TenureStatus

_BEGUN = (TenureStatus.CURRENT, TenureStatus.ENDED)


class Reach(NamedTuple):
    """The days on which a spell can have begun, and those on which it can have ended."""

    begins: Days
    ends: Days

    def meets(self, other: Reach) -> bool:
        """Whether one spell can have begun and ended as both allow."""
        if any(one.is_before(another) or another.is_before(one) for one, another in zip(self, other, strict=True)):
            return False
        begins, ends = (one.both(another) for one, another in zip(self, other, strict=True))
        return not ends.is_before(begins)


class Spell(Record):
    """A time in one office, as one source tells it.

    Attributes:
        start: when it began. end: when it ended; of a spell that is current when the source is expected to end.
        status: how it stood when the source was published.
        acting: whether the office was only held for somebody else, or for the time being.
        said_from: the first day on which the source can have been published; None when that is not known.
        said_by: the last such day.
        after: the first day on which it can have begun, where something else than the source tells that.
        over_by: the last day on which it can have ended, where something else tells that: the next spell had begun.
    """

    start: WorldDate = WorldDate.unknown()
    end: WorldDate = WorldDate.unknown()
    status: TenureStatus = TenureStatus.UNKNOWN
    acting: bool = False
    said_from: date | None = None
    said_by: date | None = None
    after: date | None = None
    over_by: date | None = None

    @property
    def dated(self) -> bool:
        return self.start.known or self.end.known

    @property
    def begins(self) -> Days:
        """The days on which it can have begun, for all that is said of it.

        Without a start it began before its end, before its source if it had begun then, and after it if it was planned.
        """
        if self.start.known:
            return self.start.days
        planned = self.said_from if self.status is TenureStatus.PLANNED else None
        begun = self.said_by if self.status in _BEGUN else None
        return Days(_latest(self.after, planned), _earliest(self.end.days.last, begun, self.over_by))

    @property
    def ends(self) -> Days:
        """The days on which it can have ended, for all that is said of it.

        What is current goes on until its source at least, whatever end the source expects.
        """
        first, end = self.begins.first, self.end.days
        if self.status is TenureStatus.CURRENT:
            expected = None if self.said_from else end.last
            return Days(_latest(first, self.said_from), _earliest(expected, self.over_by))
        ended = self.said_by if self.status is TenureStatus.ENDED and not self.end.known else None
        return Days(_latest(first, end.first), _earliest(end.last, ended, self.over_by))

    @property
    def reach(self) -> Reach:
        return Reach(self.begins, self.ends)

    def relation(self, other: Spell) -> DateRelation:
        """What this spell is to the other, as accounts of one spell.

        Returns:
            `disjoint` when no one spell fits both: other dates, an end before the other's start, current after the
            other's end, or acting and full. Else `equal` for the same dates, `refines` when each date is the same as
            the other's or more precise, `refined_by` the other way round, and `overlaps` when each adds something.
        """
        if self.acting is not other.acting or not self.reach.meets(other.reach):
            return DateRelation.DISJOINT
        of_ends = self.end.relation(other.end)
        if of_ends is DateRelation.DISJOINT and TenureStatus.CURRENT in (self.status, other.status):
            # An end that was only expected need not have come.
            of_ends = DateRelation.OVERLAPS
        return both_relations(self.start.relation(other.start), of_ends)

    def surely_meets(self, other: Spell) -> bool:
        """Whether both are held on some one day, whatever the days left open: one person then has the office once.

        To end on the day, in the month or in the year in which the other begins is not enough: consecutive terms do.
        """
        return self.acting is other.acting and _is_sure(self.begins, other.ends) and _is_sure(other.begins, self.ends)


def both_relations(one: DateRelation, other: DateRelation) -> DateRelation:
    """The relation of two things that have two dates each, from those of the dates."""
    found = {one, other} - {DateRelation.EQUAL}
    if not found:
        return DateRelation.EQUAL
    if DateRelation.DISJOINT in found:
        return DateRelation.DISJOINT
    return found.pop() if len(found) == 1 else DateRelation.OVERLAPS


def _is_sure(begins: Days, ends: Days) -> bool:
    """Whether what begins on one of these days surely does so before what ends on one of those has ended."""
    return begins.last is not None and ends.first is not None and begins.last < ends.first


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
