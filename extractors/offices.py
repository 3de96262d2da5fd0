"""Offices: who holds, took, held or left which public office, and when."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from extractors.extractor import Draft, Extractor
from schema.vocabulary import RecordType

Name = Annotated[str, Field(max_length=60)]
Words = Annotated[str, Field(max_length=110)]
When = Annotated[str, Field(max_length=40)]


class TenureDraft(Draft):
    """A person in an office for one spell."""

    says = "A person in an office for one spell. `start` and `end` are the passage's words for the dates."

    person: Name
    office: Words
    start: When
    end: When
    organization: Words = ""
    end_cause: Words = ""


def _held(person: str, office: str, start: str = "", end: str = "") -> TenureDraft:
    return TenureDraft(person=person, office=office, start=start, end=end)


OFFICES = Extractor(
    name="offices",
    version=1,
    record_type=RecordType.TENURE,
    draft=TenureDraft,
    task="each public office that a person took, held or left: person, office, start, end. "
    "BEFORE tells who he or she is.",
    most=12,
    answers=(
        (
            _held("Ilse Marr", "finance minister of Velmora", "2004", "2008"),
            _held("Ilse Marr", "mayor of Tarn", "May 2011", "June 2015"),
            _held("Ilse Marr", "chair of the League of Ports", "May 2011", "June 2015"),
            _held("Jon Pell", "deputy director of the Trade Office"),
            _held("Jon Pell", "Speaker of the Chamber", "October of the same year"),
            _held("Edo Lanz", "Speaker of the Chamber", "", "October of the same year"),
        ),
        (),
        (
            _held("Ilse Marr", "Velmoran President"),
            _held("Ute Brandt", "Osterland's Chancellor"),
            _held("Kai Roth", "head of the Council of Regions"),
        ),
        (),
    ),
)
