"""Which of several values counts: the one rule for every field, whatever order they are told in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from polidex.extents import rounded
from schema import WorldDate
from schema.vocabulary import Basis, DateRelation, Modality

_MODALITIES = (Modality.ASSERTED, Modality.REPORTED, Modality.OPINION, Modality.PLANNED)
_SURENESS = (Basis.STATED, Basis.EXTERNAL, Basis.CONTEXT, Basis.INFERRED, Basis.UNKNOWN)
_FIRM = _SURENESS.index(Basis.CONTEXT)
"""Up to here a source says it; what is concluded from its words comes after."""


@dataclass(frozen=True)
class Vote:
    """One document's value of one field.

    Attributes:
        value: what it says. same: equal for two values that are one.
        source_id: who says it: an article and its reprints have one voice.
    """

    value: Any
    same: Hashable
    modality: Modality
    basis: Basis
    source_id: str
    published: date | None

    @property
    def rank(self) -> int:
        return _MODALITIES.index(self.modality)

    @property
    def sureness(self) -> int:
        return _SURENESS.index(self.basis)


Refines = Callable[[Any, Any], bool]
"""Whether the first value says what the second says, and more precisely."""


def nothing_refines(one: Any, other: Any) -> bool:
    return False


def date_refines(one: WorldDate, other: WorldDate) -> bool:
    return one.relation(other) is DateRelation.REFINES


def number_refines(one: Any, other: Any) -> bool:
    """Whether the other is the one with fewer digits: 61.5 of 61.53."""
    if isinstance(one, bool) or not isinstance(one, float) or not isinstance(other, float) or one == other:
        return False
    inner, outer = rounded(one), rounded(other)
    return outer["value_least"] <= inner["value_least"] and inner["value_most"] <= outer["value_most"]


def is_one(values: Sequence[Any]) -> bool:
    """Whether all say the very same, so that there is nothing to choose."""
    first = values[0]
    # A number and a word for yes can be equal without being one.
    return all(value is first or (value == first and type(value) is type(first)) for value in values)


def choose(votes: Sequence[Vote], refines: Refines = nothing_refines, *, newest_first: bool = False) -> Any:
    """The value that counts; docs/canonical.md says why.

    In this order: how it is put, what it rests on and how precise it is, how many independent sources agree, which is
    the newest, and last the value itself, so that there is always one answer.

    Args:
        votes: one or more, none of them a denial.
        newest_first: for what moves on: the newest is taken before the best founded and the most frequent.
    """
    if is_one([vote.value for vote in votes]):
        return votes[0].value
    rank = min(vote.rank for vote in votes)
    # That something is planned does not support that it happened.
    heard = [vote for vote in votes if (vote.modality is Modality.PLANNED) == (_MODALITIES[rank] is Modality.PLANNED)]
    groups: defaultdict[Hashable, list[Vote]] = defaultdict(list)
    for vote in heard:
        groups[vote.same].append(vote)
    leading = {same: group for same, group in groups.items() if min(vote.rank for vote in group) == rank}
    shown = {same: _shown(group) for same, group in groups.items()}
    kept = [same for same in leading if not any(_displaces(shown[other], shown[same], refines) for other in leading)]

    def worth(same: Hashable) -> tuple[Any, ...]:
        agreeing = [
            vote
            for other, group in groups.items()
            for vote in group
            if other == same or refines(shown[same].value, shown[other].value)
        ]
        sources = len({vote.source_id for vote in agreeing})
        newest = -max(_day(vote) for vote in groups[same])
        founded = (shown[same].sureness, -sources)
        order = (newest, *founded) if newest_first else (*founded, newest)
        return (*order, _spelt(shown[same].value))

    return shown[min(kept, key=worth)].value


def _shown(group: Sequence[Vote]) -> Vote:
    """Of one value in several spellings the one to show: the best founded, then the most frequent, then the newest."""
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for vote in group:
        sources[_spelt(vote.value)].add(vote.source_id)

    def worth(vote: Vote) -> tuple[Any, ...]:
        spelt = _spelt(vote.value)
        return vote.rank, vote.sureness, -len(sources[spelt]), -_day(vote), spelt

    return min(group, key=worth)


def _displaces(one: Vote, other: Vote, refines: Refines) -> bool:
    """A value gives way to the same one said more precisely, but not to one that is only concluded."""
    return refines(one.value, other.value) and (one.sureness <= _FIRM or one.sureness <= other.sureness)


def _day(vote: Vote) -> int:
    return vote.published.toordinal() if vote.published else 0


def _spelt(value: Any) -> str:
    return str(value.edtf if isinstance(value, WorldDate) else value)
