"""What a record is."""

from __future__ import annotations

from schema.base import Record, stable_id
from schema.dates import WorldDate
from schema.documents import Claim, Document, DocumentVersion, Evidence
from schema.records import (
    Election,
    ElectionResult,
    Office,
    Organization,
    Person,
    PersonName,
    Reform,
    ReformEvent,
    ReformMeasure,
    Statement,
    Tenure,
)

__all__ = [
    "Claim",
    "Document",
    "DocumentVersion",
    "Election",
    "ElectionResult",
    "Evidence",
    "Office",
    "Organization",
    "Person",
    "PersonName",
    "Record",
    "Reform",
    "ReformEvent",
    "ReformMeasure",
    "Statement",
    "Tenure",
    "WorldDate",
    "stable_id",
]
