"""What all claims come to: how each stands to its row, how many sources agree, how many documents tell of a row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Name, table, columns, and of which rows.
_INDEXES = (
    ("ix_claim_standing_row_id", "claim_standing", ["row_id", "field"], None),
    ("ix_claim_standing_document_version_id", "claim_standing", ["document_version_id"], None),
    ("ix_claim_standing_unresolved", "claim_standing", ["record_id"], "row_id IS NULL"),
    (
        "ix_claim_standing_values",
        "claim_standing",
        ["record_type", "standing"],
        "span = 0 AND standing IS NOT NULL",
    ),
    ("ix_field_standing_differing", "field_standing", ["row_id"], "sources_differing > 0"),
    ("ix_field_standing_type", "field_standing", ["record_type", "field"], None),
)


def upgrade() -> None:
    # Their rows are worked out from the other tables when the views are made.
    op.create_table(
        "claim_standing",
        sa.Column("claim_id", sa.String, nullable=False, comment="The claim; only those that are current are here."),
        sa.Column(
            "span",
            sa.BigInteger,
            nullable=False,
            comment="Which of the quotes that it rests on, from 0; 0 without any.",
        ),
        sa.Column(
            "row_id",
            sa.String,
            comment="The merged row that it speaks of, in the table named as its type; empty while there is none.",
        ),
        sa.Column("record_type", sa.String, nullable=False, comment="What kind of thing it is about, such as tenure."),
        sa.Column("field", sa.String, nullable=False, comment="Which column of that row it gives."),
        sa.Column(
            "part",
            sa.String,
            nullable=False,
            comment="Which part of the row: the step of a reform, or a contestant; an empty text for the row itself.",
        ),
        sa.Column(
            "standing",
            sa.String,
            comment=(
                "How it stands to the row: canonical, agrees, differs, progress, inferred, reworded, denied or absent; "
                "empty where it gives no value, or there is no row."
            ),
        ),
        sa.Column("value", sa.String, nullable=False, comment="The value, as text."),
        sa.Column("original_value", sa.String, comment="The value as the source words it, where that differs."),
        sa.Column("modality", sa.String, nullable=False, comment="How the source puts it."),
        sa.Column("basis", sa.String, nullable=False, comment="What the value rests on."),
        sa.Column("confidence", sa.Double, comment="How sure, from 0 to 1; empty where nothing measured it."),
        sa.Column("first_seen", sa.Date, comment="First day that the first publication of this value can be."),
        sa.Column("place", sa.BigInteger, comment="Order of publication among the claims about the field, from 1."),
        sa.Column("published_date", sa.Date, comment="First day that the publication can be."),
        sa.Column("source_id", sa.String, nullable=False, comment="The text that the article was first printed as."),
        sa.Column("document_version_id", sa.String, nullable=False, comment="The text that says it."),
        sa.Column("extraction_id", sa.String, nullable=False, comment="The extraction that it comes from."),
        sa.Column("record_id", sa.String, nullable=False, comment="The record that it belongs to."),
        sa.Column("evidence_id", sa.String, comment="The span that it rests on; empty when it rests on none."),
        sa.Column("quote", sa.String, comment="The words of the span."),
        sa.Column("start_char", sa.BigInteger, comment="Where the quote starts in the text, counted from 0."),
        sa.Column("end_char", sa.BigInteger, comment="One past the last character of the quote."),
        sa.Column("match", sa.String, comment="How the words that the model quoted were found in the text."),
        *_key("claim_id", "span"),
        comment="Every current claim and how it stands to what its row holds: one row per claim and quote, worked out "
        "from the other tables with each load.",
    )
    op.create_table(
        "field_standing",
        sa.Column("row_id", sa.String, nullable=False, comment="The merged row, in the table named as its type."),
        sa.Column("field", sa.String, nullable=False, comment="Which column of it."),
        sa.Column(
            "part", sa.String, nullable=False, comment="Which part of the row; an empty text for the row itself."
        ),
        sa.Column("record_type", sa.String, nullable=False, comment="What kind of thing it is about, such as tenure."),
        sa.Column(
            "sources",
            sa.BigInteger,
            nullable=False,
            comment="How many independent sources give a value that can be compared.",
        ),
        sa.Column(
            "sources_agreeing",
            sa.BigInteger,
            nullable=False,
            comment="How many of them give only values that can be right together.",
        ),
        sa.Column("sources_differing", sa.BigInteger, nullable=False, comment="How many of them give one that cannot."),
        sa.Column("first_published", sa.Date, comment="First day that the first of them can have been published."),
        sa.Column("last_published", sa.Date, comment="First day that the last of them can have been published."),
        *_key("row_id", "field", "part"),
        comment="How many independent sources agree with what each field holds, worked out from claim_standing.",
    )
    op.create_table(
        "row_standing",
        sa.Column("row_id", sa.String, nullable=False, comment="The merged row, in the table named as its type."),
        sa.Column("record_type", sa.String, nullable=False, comment="What kind of thing it is, such as tenure."),
        sa.Column("documents", sa.BigInteger, nullable=False, comment="How many documents tell of it."),
        sa.Column("first_published", sa.Date, comment="First day that the first of them can have been published."),
        sa.Column("last_published", sa.Date, comment="First day that the last of them can have been published."),
        sa.Column(
            "current_on", sa.Date, comment="Of a spell, the day on which a document last said that it was going on."
        ),
        *_key("row_id"),
        comment="How many documents tell of each row, and of which days, worked out from claim_standing.",
    )
    if op.get_context().dialect.name != "postgresql":
        return
    for name, table, columns, only in _INDEXES:
        op.create_index(name, table, columns, postgresql_where=sa.text(only) if only else None)


def downgrade() -> None:
    for table in ("row_standing", "field_standing", "claim_standing"):
        op.drop_table(table)


def _key(*names: str) -> list[sa.PrimaryKeyConstraint]:
    """On Postgres; DuckDB's index over a key would have to fit into memory."""
    return [sa.PrimaryKeyConstraint(*names)] if op.get_context().dialect.name == "postgresql" else []
