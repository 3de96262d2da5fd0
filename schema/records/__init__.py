"""One module per extractor: the records that its drafts become."""

from __future__ import annotations

from schema.records.elections import Election, ElectionResult
from schema.records.offices import Office, Organization, Tenure
from schema.records.people import Person, PersonName
from schema.records.reforms import Reform, ReformEvent, ReformMeasure
from schema.records.statements import Statement

__all__ = [
    "Election",
    "ElectionResult",
    "Office",
    "Organization",
    "Person",
    "PersonName",
    "Reform",
    "ReformEvent",
    "ReformMeasure",
    "Statement",
    "Tenure",
]
