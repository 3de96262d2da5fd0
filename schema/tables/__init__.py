"""The tables, on one `metadata`: sources, provenance, and the canonical rows that analysts see."""

from __future__ import annotations

import sqlalchemy as sa

from schema.tables import canonical
from schema.tables.batches import batch_request, provider_batch
from schema.tables.canonical import (
    election,
    election_result,
    office,
    organization,
    person,
    person_name,
    reform,
    reform_event,
    reform_measure,
    statement,
    tenure,
)
from schema.tables.columns import metadata
from schema.tables.identity import mention, mention_block, redirect
from schema.tables.nights import night_report
from schema.tables.provenance import (
    claim,
    claim_evidence,
    evidence,
    extraction,
    extraction_run,
    model_reply,
    model_request,
    quarantine,
    record,
    resolver_decision,
    review_decision,
)
from schema.tables.sources import document, document_version, fetch, source, source_document, text_band
from schema.tables.standing import SUMMARIES, claim_standing, field_standing, row_standing

FOR_ANALYSTS = (*(each.name for each in vars(canonical).values() if isinstance(each, sa.Table)), redirect.name)
"""The tables that analysts may read: the merged rows, and where keys lead that were given to analysts once."""

__all__ = [
    "FOR_ANALYSTS",
    "SUMMARIES",
    "batch_request",
    "claim",
    "claim_evidence",
    "claim_standing",
    "document",
    "document_version",
    "election",
    "election_result",
    "evidence",
    "extraction",
    "extraction_run",
    "fetch",
    "field_standing",
    "mention",
    "mention_block",
    "metadata",
    "model_reply",
    "model_request",
    "night_report",
    "office",
    "organization",
    "person",
    "person_name",
    "provider_batch",
    "quarantine",
    "record",
    "redirect",
    "reform",
    "reform_event",
    "reform_measure",
    "resolver_decision",
    "review_decision",
    "row_standing",
    "source",
    "source_document",
    "statement",
    "tenure",
    "text_band",
]
