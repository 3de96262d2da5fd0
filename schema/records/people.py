"""People, and the names they go by."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from schema.base import Country, Language, Record, Script, Text, WikidataId
from schema.dates import WorldDate
from schema.records.rules import belong_to, not_before
from schema.vocabulary import Gender, NameKind


class PersonName(Record):
    """A name that a person goes by somewhere in the sources."""

    id: Text
    person_id: Text
    name: Text
    lang: Language | None = None
    script: Script | None = None
    kind: NameKind


class Person(Record):
    """A human being. `country` is the one whose politics they belong to."""

    id: Text
    name: Text
    given_name: Text | None = None
    family_name: Text | None = None
    birth_date: WorldDate = WorldDate.unknown()
    death_date: WorldDate = WorldDate.unknown()
    gender: Gender | None = None
    country: Country | None = None
    wikidata_id: WikidataId | None = None
    names: tuple[PersonName, ...] = ()

    @model_validator(mode="after")
    def _rules(self) -> Self:
        not_before("death_date", self.death_date, "birth_date", self.birth_date)
        belong_to(self.id, (name.person_id for name in self.names))
        return self
