"""Elections and referendums, and their results."""

from __future__ import annotations

from collections import defaultdict
from typing import Self

from pydantic import model_validator

from schema.base import Count, Country, Percent, Record, Round, Text
from schema.dates import WorldDate
from schema.records.rules import belong_to, shares_fit
from schema.vocabulary import ElectionStatus, ElectionType


class ElectionResult(Record):
    """What one contestant got in one round: a person, a party, or an option such as `yes` or `against all`."""

    id: Text
    election_id: Text
    round: Round | None = None
    person_id: Text | None = None
    party_id: Text | None = None
    option: Text | None = None
    votes: Count | None = None
    vote_share_pct: Percent | None = None
    seats: Count | None = None
    won: bool | None = None

    @model_validator(mode="after")
    def _rules(self) -> Self:
        if not (self.person_id or self.party_id or self.option):
            raise ValueError("a result names a person, a party or an option")
        return self


class Election(Record):
    """One vote of an electorate. `called_by_id` is a person or an organization."""

    id: Text
    type: ElectionType
    country: Country | None = None
    body_id: Text | None = None
    office_id: Text | None = None
    date: WorldDate = WorldDate.unknown()
    early: bool | None = None
    status: ElectionStatus
    called_by_id: Text | None = None
    electoral_system: Text | None = None
    threshold_pct: Percent | None = None
    seats_total: Count | None = None
    list_share_pct: Percent | None = None
    district_share_pct: Percent | None = None
    turnout_pct: Percent | None = None
    round: Round | None = None
    results: tuple[ElectionResult, ...] = ()

    @model_validator(mode="after")
    def _rules(self) -> Self:
        belong_to(self.id, (result.election_id for result in self.results))
        rounds: dict[int, list[ElectionResult]] = defaultdict(list)
        for result in self.results:
            rounds[result.round or self.round or 1].append(result)
        shares_fit({f"round {number}": [r.vote_share_pct for r in results] for number, results in rounds.items()})
        shares_fit({"the seats by list and by district": [self.list_share_pct, self.district_share_pct]})
        for number, results in rounds.items():
            seats = sum(result.seats or 0 for result in results)
            if self.seats_total is not None and seats > self.seats_total:
                raise ValueError(f"round {number} fills {seats} of {self.seats_total} seats")
        return self
