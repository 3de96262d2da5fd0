"""On Postgres: indexes on what is joined by and looked up, and rules that DuckDB checks by query."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Table, column, and whether rows in which it is empty are left out.
_INDEXES = (
    ("document_version", "source_id", True),
    ("text_band", "document_version_id", False),
    ("extraction", "document_version_id", False),
    ("record", "extraction_id", False),
    ("record", "canonical_id", True),
    ("record", "mention_id", True),
    ("claim", "record_id", False),
    ("claim", "canonical_id", True),
    ("claim", "refers_to", True),
    ("claim_evidence", "evidence_id", False),
    ("quarantine", "extraction_id", False),
    ("resolver_decision", "left_id", False),
    ("resolver_decision", "right_id", False),
    ("mention", "document_id", False),
    ("mention", "canonical_id", True),
    ("mention_block", "mention_id", False),
    ("redirect", "target_id", False),
    ("person_name", "person_id", False),
    ("office", "organization_id", True),
    ("tenure", "person_id", False),
    ("tenure", "office_id", False),
    ("tenure", "party_id", True),
    ("election_result", "election_id", False),
    ("election_result", "person_id", True),
    ("election_result", "party_id", True),
    ("reform_measure", "reform_id", False),
    ("reform_event", "reform_id", False),
    ("reform_event", "election_id", True),
    ("statement", "speaker_id", True),
    ("statement", "document_version_id", False),
)
_RULES = (
    ("claim", "value_dates", "value_earliest <= value_latest"),
    ("claim", "value_numbers", "value_least <= value_most"),
    ("evidence", "quote_length", "char_length(quote) = end_char - start_char"),
    ("review_decision", "corrected_value", "verdict <> 'corrected' OR corrected_value IS NOT NULL"),
)
_UNIQUE = "uq_document_version_document_id"


def upgrade() -> None:
    if op.get_context().dialect.name != "postgresql":
        return
    for table, column, filled in _INDEXES:
        only = sa.text(f"{column} IS NOT NULL") if filled else None
        op.create_index(f"ix_{table}_{column}", table, [column], postgresql_where=only)
    for table, name, condition in _RULES:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)
    op.create_unique_constraint(_UNIQUE, "document_version", ["document_id", "content_sha256"])


def downgrade() -> None:
    if op.get_context().dialect.name != "postgresql":
        return
    op.drop_constraint(_UNIQUE, "document_version", type_="unique")
    for table, name, _ in _RULES:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    for table, column, _ in _INDEXES:
        op.drop_index(f"ix_{table}_{column}", table)
