"""Reforms, what they change, and the steps they take."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from schema.base import Country, Record, Text
from schema.dates import WorldDate
from schema.records.rules import belong_to, not_its_own_parent
from schema.vocabulary import DecidedBy, LegalInstrument, ReformArea, ReformStatus


class ReformMeasure(Record):
    """One thing that a reform changes, with the value before and after where the source gives them."""

    id: Text
    reform_id: Text
    description: Text
    target_office_id: Text | None = None
    value_old: Text | None = None
    value_new: Text | None = None
    unit: Text | None = None

    @model_validator(mode="after")
    def _rules(self) -> Self:
        if self.value_old is not None and self.value_old == self.value_new:
            raise ValueError(f"the measure changes {self.value_old!r} into itself")
        return self


class ReformEvent(Record):
    """One step of a reform. `actor_id` is a person or an organization."""

    id: Text
    reform_id: Text
    status: ReformStatus
    date: WorldDate = WorldDate.unknown()
    decided_by: DecidedBy = DecidedBy.UNKNOWN
    actor_id: Text | None = None
    election_id: Text | None = None


class Reform(Record):
    """A change of the rules, from its announcement on. Articles that show it at several steps are one reform."""

    id: Text
    title: Text
    country: Country | None = None
    area: ReformArea
    parent_id: Text | None = None
    legal_instrument: LegalInstrument = LegalInstrument.UNKNOWN
    current_status: ReformStatus | None = None
    measures: tuple[ReformMeasure, ...] = ()
    events: tuple[ReformEvent, ...] = ()

    @model_validator(mode="after")
    def _rules(self) -> Self:
        not_its_own_parent(self.id, self.parent_id)
        belong_to(self.id, (measure.reform_id for measure in self.measures))
        belong_to(self.id, (event.reform_id for event in self.events))
        return self
