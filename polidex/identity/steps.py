"""The steps of a reform: whether those that two documents tell can be of one, what they fold to, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from schema import Record, ReformEvent, WorldDate
from schema.vocabulary import Basis, DateRelation, DecidedBy, ReformStatus

ORDER = (
    ReformStatus.ANNOUNCED,
    ReformStatus.PROPOSED,
    ReformStatus.SUBMITTED,
    ReformStatus.ADOPTED,
    ReformStatus.SIGNED,
    ReformStatus.IN_FORCE,
    ReformStatus.REJECTED,
    ReformStatus.REPEALED,
)
"""The steps as they follow each other. The last two end a reform."""
_ENDS = (ReformStatus.REJECTED, ReformStatus.REPEALED)
_BEFORE_THE_VOTE = (ReformStatus.ANNOUNCED, ReformStatus.PROPOSED, ReformStatus.SUBMITTED)
_ONCE = (ReformStatus.SIGNED, ReformStatus.IN_FORCE, ReformStatus.REPEALED)
_SURENESS = (Basis.STATED, Basis.EXTERNAL, Basis.CONTEXT, Basis.INFERRED, Basis.UNKNOWN)

_YEAR = 366
_READINGS = 92
"""Days between two readings, or two chambers, that adopt one bill: at most."""
_NEWS = _YEAR
"""Days that lie between a proposal and an article that still calls it one: at most."""
_SLIP = 31
"""Days by which two sources tell one act apart: at most."""
_LONGEST = 6 * _YEAR
"""Days from one step to the next: at most. A bill of an earlier parliament is another bill."""
_LONGEST_WAIT = 12 * _YEAR
"""The same for a law that comes into force, in stages, long after it was adopted."""


class Step(Record):
    """One step of a reform, as one document tells it."""

    status: ReformStatus
    date: WorldDate = WorldDate.unknown()
    decided_by: DecidedBy = DecidedBy.UNKNOWN


class Told(NamedTuple):
    """A step, and the last day on which the document that tells it can have been published."""

    event: ReformEvent
    published: date | None


@dataclass(frozen=True)
class _Spell:
    """The days on which a step can have been taken; None where they are open."""

    status: ReformStatus
    first: date | None
    last: date | None

    def after(self, other: _Spell) -> int:
        """Days for sure from the other step to this one; 0 when this one can have been the earlier."""
        return (self.first - other.last).days if self.first and other.last and self.first > other.last else 0


def may_follow(one: Sequence[Step], told: date | None, other: Sequence[Step], other_told: date | None) -> bool:
    """Whether the steps of two documents can be those of one reform.

    A proposal without a date is of the year before its document; any other step is of some day before it.
    """
    return all(
        _may_be_of_one(left, right)
        for left in (_spell(step, told) for step in one)
        for right in (_spell(step, other_told) for step in other)
    )


def is_next(one: Sequence[Step], other: Sequence[Step]) -> bool:
    """Whether one document tells a step that the other does not."""
    return {step.status for step in one} != {step.status for step in other}


def _spell(step: Step, told: date | None) -> _Spell:
    if step.date.known:
        return _Spell(step.status, step.date.earliest, step.date.latest)
    recent = told - timedelta(days=_NEWS) if told and step.status in _BEFORE_THE_VOTE else None
    return _Spell(step.status, recent, told)


def _may_be_of_one(one: _Spell, other: _Spell) -> bool:
    early, late = sorted((one, other), key=lambda spell: ORDER.index(spell.status))
    if early.status is late.status:
        most = 2 * _YEAR if early.status in _BEFORE_THE_VOTE else _READINGS
        return max(early.after(late), late.after(early)) <= most
    if late.status is ReformStatus.REJECTED:
        kept = early.status is not ReformStatus.IN_FORCE or late.after(early) == 0
        return kept and early.after(late) <= _READINGS and late.after(early) <= _LONGEST
    if late.status is ReformStatus.REPEALED:
        return early.after(late) <= _SLIP
    slack = _NEWS if early.status in _BEFORE_THE_VOTE else _SLIP
    longest = _LONGEST_WAIT if late.status is ReformStatus.IN_FORCE else _LONGEST
    return early.after(late) <= slack and late.after(early) <= longest


def fold_events(events: Iterable[ReformEvent]) -> tuple[ReformEvent, ...]:
    """The steps of one reform, each once, in the order in which they were taken.

    Args:
        events: of all records of the reform, those of the newest document first.

    One step is told twice when the status is the same and the dates agree; a date that is not known agrees with any.
    What happens once (signed, in force, repealed) may also be told with days that differ by a month. The date of the
    step is the best founded, then the most precise, then the newest; who decided it is the newest that is known.
    """
    told = sorted(enumerate(events), key=lambda each: (*_worth(each[1].date), each[0]))
    folded: list[tuple[int, ReformEvent]] = []
    for place, event in told:
        same = [number for number, (_, other) in enumerate(folded) if _is_one_step(event, other)]
        if not same:
            folded.append((place, event))
            continue
        # Without a date it is the last of several.
        number = (
            max(same, key=lambda each: folded[each][1].date.latest or date.min) if not event.date.known else same[0]
        )
        folded[number] = _joined(folded[number], (place, event))
    return _in_order([event for _, event in folded])


def _is_one_step(one: ReformEvent, other: ReformEvent) -> bool:
    if one.status is not other.status:
        return False
    if not (one.date.known and other.date.known):
        deciders = {one.decided_by, other.decided_by} - {DecidedBy.UNKNOWN}
        return len(deciders) < 2  # noqa: PLR2004 - by parliament and by referendum are two steps
    if one.date.relation(other.date) is not DateRelation.DISJOINT:
        return True
    left, right = (_Spell(each.status, each.date.earliest, each.date.latest) for each in (one, other))
    return one.status in _ONCE and max(left.after(right), right.after(left)) <= _SLIP


def _joined(one: tuple[int, ReformEvent], other: tuple[int, ReformEvent]) -> tuple[int, ReformEvent]:
    """Both as one: the date of the first, and of everything else what the newer document says."""
    (_, newer), (_, older) = sorted((one, other), key=lambda each: each[0])
    said = {
        "decided_by": newer.decided_by if newer.decided_by is not DecidedBy.UNKNOWN else older.decided_by,
        "actor_id": newer.actor_id or older.actor_id,
        "election_id": newer.election_id or older.election_id,
    }
    return min(one[0], other[0]), one[1].model_copy(update=said)


def _worth(when: WorldDate) -> tuple[int, int]:
    days = (when.latest - when.earliest).days if when.earliest and when.latest else 1_000_000
    return _SURENESS.index(when.basis), days


def _in_order(events: list[ReformEvent]) -> tuple[ReformEvent, ...]:
    """By date; a step without one stands before the first that follows it."""

    def rank(event: ReformEvent) -> int:
        return ORDER.index(event.status)

    dated = [event for event in events if event.date.known]
    ordered = sorted(dated, key=lambda each: (each.date.latest or date.max, rank(each), each.id))
    for event in sorted((each for each in events if not each.date.known), key=lambda each: (rank(each), each.id)):
        places = [place for place, other in enumerate(ordered) if rank(other) > rank(event)]
        ordered.insert(places[0] if places else len(ordered), event)
    return tuple(ordered)


def current_status(told: Iterable[Told]) -> ReformStatus | None:
    """Where a reform stands when the latest document is published; None when no step is told.

    The furthest step that is not still to come. A rejection or a repeal ends it, unless a later step is told: of two
    steps without a date the one in the later document is the later.
    """
    steps = list(told)
    now = max((each.published for each in steps if each.published), default=None)
    taken = [
        each for each in steps if not (now and each.event.date.earliest and each.event.date.earliest > now)
    ] or steps
    if not taken:
        return None
    ends = [each for each in taken if each.event.status in _ENDS]
    others = [each for each in taken if each.event.status not in _ENDS]
    if ends:
        last = max(ends, key=lambda each: (_known_by(each), ORDER.index(each.event.status)))
        others = [each for each in others if _reopens(each, last)]
        if not others:
            return last.event.status
    return max((each.event.status for each in others), key=ORDER.index)


def _reopens(told: Told, end: Told) -> bool:
    """Whether a step is later than the end. A story told again speaks of old proposals without a date."""
    dated = told.event.date.known or told.event.status not in _BEFORE_THE_VOTE
    return dated and _known_by(told) > _known_by(end)


def _known_by(told: Told) -> date:
    """The day by which the step had been taken: its own, else that of its document."""
    return told.event.date.latest or told.published or date.min
