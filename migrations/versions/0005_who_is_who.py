"""Who is who: mentions of things, the words they are found by, and where keys that are gone lead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_column, drop_table

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KINDS = "record_type IN ('person', 'organization', 'office', 'tenure', 'reform', 'election', 'statement')"


def upgrade() -> None:
    op.create_table(
        "mention",
        sa.Column(
            "id",
            sa.String,
            primary_key=True,
            comment="Key of the mention, made from its document and what it is called there; the same after the text "
            "is read again.",
        ),
        sa.Column(
            "record_type",
            sa.String,
            nullable=False,
            comment="What kind of thing it is: person, organization, office, tenure, reform, election, statement.",
        ),
        sa.Column("document_id", sa.String, nullable=False, comment="The document that speaks of it."),
        sa.Column(
            "canonical_id",
            sa.String,
            comment="The merged row that it is, in the table named as its type; empty while nobody is known by it.",
        ),
        sa.Column("label", sa.String, nullable=False, comment="What the document calls it."),
        sa.Column(
            "profile",
            sa.String,
            nullable=False,
            comment="What the document says that tells it from others of its kind, as JSON.",
        ),
        sa.Column(
            "joined_to",
            sa.String,
            comment="The mention through which it was taken for that row; empty for the one that gives the row its "
            "key.",
        ),
        sa.Column(
            "method",
            sa.String,
            comment="The rule by which it was joined; empty for the one that gives the row its key.",
        ),
        sa.Column("score", sa.Double, comment="How alike the two are by that rule, from 0 to 1."),
        sa.CheckConstraint(_KINDS, name="record_type"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"]).ddl_if(dialect="postgresql"),
        comment="One thing as one document speaks of it, and which merged row it was taken for.",
    )
    op.create_table(
        "mention_block",
        sa.Column(
            "block",
            sa.String,
            primary_key=True,
            comment="A word by which mentions that may be one thing are found.",
        ),
        sa.Column("mention_id", sa.String, primary_key=True, comment="The mention."),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"]).ddl_if(dialect="postgresql"),
        comment="Words by which candidates for one thing are found; a new document is compared only with what shares "
        "one.",
    )
    op.create_table(
        "redirect",
        sa.Column("id", sa.String, primary_key=True, comment="The key that is gone."),
        sa.Column(
            "record_type",
            sa.String,
            nullable=False,
            comment="What kind of thing it was: person, organization, office, tenure, reform, election, statement.",
        ),
        sa.Column("target_id", sa.String, nullable=False, comment="The key of the row that it is part of now."),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False, comment="Since when."),
        sa.CheckConstraint(_KINDS, name="record_type"),
        comment="Keys of rows that were merged into others, so that old references still lead somewhere.",
    )
    op.add_column(
        "record",
        sa.Column(
            "mention_id",
            sa.String,
            comment="What it is about, as its document speaks of it; the same after the text is read again.",
        ),
    )
    op.add_column(
        "claim",
        sa.Column(
            "refers_to",
            sa.String,
            comment="The mention whose merged row is the value, where the value is the key of a row.",
        ),
    )
    op.add_column(
        "claim",
        sa.Column(
            "content_key",
            sa.String,
            comment="What is claimed, of whom, from which words: what a decision of a reviewer is kept by.",
        ),
    )
    op.add_column(
        "resolver_decision",
        sa.Column("user_name", sa.String, comment="Which user decided; empty for rules and models."),
    )
    op.alter_column("record", "payload", comment="The record as JSON; it refers to mentions, not to merged rows.")


def downgrade() -> None:
    op.alter_column("record", "payload", comment="The record as JSON.")
    drop_column("resolver_decision", "user_name")
    drop_column("claim", "content_key")
    drop_column("claim", "refers_to")
    drop_column("record", "mention_id")
    drop_table("redirect")
    drop_table("mention_block")
    drop_table("mention")
