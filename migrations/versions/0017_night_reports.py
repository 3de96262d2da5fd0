"""What each night changed, as a row: the report that the person on call reads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_table

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "night_report",
        sa.Column("run_id", sa.String, primary_key=True, comment="The run that this is the report of."),
        sa.Column(
            "number",
            sa.BigInteger,
            nullable=False,
            comment="Which report it is, counted from 1: an order that no clock can disturb.",
        ),
        sa.Column("headline", sa.String, nullable=False, comment="How it went, in one line."),
        sa.Column(
            "exit_code",
            sa.BigInteger,
            nullable=False,
            comment="What the command ended with: 0 is all done, 3 some documents failed, ...",
        ),
        sa.Column("model", sa.String, nullable=False, comment="The model that was asked."),
        sa.Column(
            "gate",
            sa.String,
            nullable=False,
            comment="What came of comparing it with the nights before: passed, held, unjudged, off.",
        ),
        sa.Column("documents", sa.BigInteger, nullable=False, comment="Documents that were read."),
        sa.Column(
            "documents_new",
            sa.BigInteger,
            nullable=False,
            comment="Of these, those that were not known before.",
        ),
        sa.Column(
            "documents_changed",
            sa.BigInteger,
            nullable=False,
            comment="Documents that were known and have another text now.",
        ),
        sa.Column("documents_unchanged", sa.BigInteger, nullable=False, comment="Documents of which nothing was new."),
        sa.Column(
            "documents_failed",
            sa.BigInteger,
            nullable=False,
            comment="Documents that could not be read, or not wholly.",
        ),
        sa.Column(
            "documents_vanished",
            sa.BigInteger,
            nullable=False,
            comment="Documents that are no longer there; what they said stays.",
        ),
        sa.Column("facts_added", sa.BigInteger, nullable=False, comment="Rows for analysts that are new."),
        sa.Column(
            "facts_changed",
            sa.BigInteger,
            nullable=False,
            comment="Rows for analysts that hold something else than before.",
        ),
        sa.Column(
            "facts_withdrawn",
            sa.BigInteger,
            nullable=False,
            comment="Rows for analysts that are gone: nothing gives them any more.",
        ),
        sa.Column(
            "conflicts_new",
            sa.BigInteger,
            nullable=False,
            comment="Fields of which sources differ since this night.",
        ),
        sa.Column("conflicts_gone", sa.BigInteger, nullable=False, comment="Fields of which sources no longer differ."),
        sa.Column(
            "quarantine_new",
            sa.BigInteger,
            nullable=False,
            comment="Refused drafts more than before; less than 0 when there are fewer.",
        ),
        sa.Column("calls", sa.BigInteger, nullable=False, comment="Requests that were sent to models."),
        sa.Column("cost_usd", sa.Double, comment="What the models cost, in US dollars; empty when no price is known."),
        sa.Column(
            "budget_usd",
            sa.Double,
            comment="The most that the run was allowed to cost, in US dollars; empty without a limit.",
        ),
        sa.Column(
            "budget_left_usd",
            sa.Double,
            comment="What was left of it, or of the month where that is less; empty without a limit.",
        ),
        sa.Column("seconds", sa.Double, comment="How long it took, in seconds, by a clock that nobody can set."),
        sa.Column(
            "measured_documents",
            sa.BigInteger,
            nullable=False,
            comment="Documents that a model read in this night and gave something for.",
        ),
        sa.Column("drafts", sa.BigInteger, nullable=False, comment="Drafts that the model gave in these."),
        sa.Column(
            "drafts_grounded",
            sa.BigInteger,
            nullable=False,
            comment="Of the drafts, those of which nothing was refused.",
        ),
        sa.Column("records", sa.String, nullable=False, comment="Records that the drafts gave, by type, as JSON."),
        sa.Column("report", sa.String, nullable=False, comment="The whole report, as JSON."),
        sa.CheckConstraint("gate IN ('passed', 'held', 'unjudged', 'off')", name="gate"),
        sa.ForeignKeyConstraint(["run_id"], ["extraction_run.id"]).ddl_if(dialect="postgresql"),
        comment="What each night changed: facts, conflicts, quarantine, documents, and what it cost.",
    )


def downgrade() -> None:
    drop_table("night_report")
