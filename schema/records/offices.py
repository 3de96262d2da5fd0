"""Organizations, the offices in them, and the spells that people hold those offices for."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from schema.base import Country, Record, Text, WikidataId
from schema.dates import WorldDate
from schema.records.rules import not_before, not_its_own_parent
from schema.vocabulary import OfficeBranch, OfficeLevel, OfficeRole, OrganizationKind, TenureStatus


class Organization(Record):
    """A body that acts in politics: a ministry, a chamber, a party, an intergovernmental organization."""

    id: Text
    name: Text
    classification: OrganizationKind
    country: Country | None = None
    parent_id: Text | None = None

    @model_validator(mode="after")
    def _rules(self) -> Self:
        not_its_own_parent(self.id, self.parent_id)
        return self


class Office(Record):
    """The post itself, whoever holds it. The jurisdiction is part of what it is: Minister of Defence *of* a country."""

    id: Text
    name: Text
    organization_id: Text | None = None
    wikidata_id: WikidataId | None = None
    role: OfficeRole
    level: OfficeLevel | None = None
    branch: OfficeBranch | None = None
    country: Country | None = None


class Tenure(Record):
    """A person in an office for one spell. Two spells in one office are two tenures."""

    id: Text
    person_id: Text
    office_id: Text
    start: WorldDate = WorldDate.unknown()
    end: WorldDate = WorldDate.unknown()
    status: TenureStatus = TenureStatus.UNKNOWN
    acting: bool | None = None
    start_cause: Text | None = None
    end_cause: Text | None = None
    constituency: Text | None = None
    party_id: Text | None = None

    @model_validator(mode="after")
    def _rules(self) -> Self:
        not_before("end", self.end, "start", self.start)
        return self
