"""How many sources say it: texts and their reprints, and what SQL needs to compare two claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_column, drop_table

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SOURCE = "fk_document_version_source_id"


def upgrade() -> None:
    op.create_table(
        "text_band",
        sa.Column("band", sa.String, primary_key=True, comment="Hash of a run of words, in hexadecimal."),
        sa.Column("document_version_id", sa.String, primary_key=True, comment="A text that it stands in."),
        sa.ForeignKeyConstraint(["document_version_id"], ["document_version.id"]).ddl_if(dialect="postgresql"),
        comment="Runs of words by which reprints are found; a new text is compared only with those that share some.",
    )
    op.add_column(
        "document_version",
        sa.Column(
            "source_id",
            sa.String,
            comment="The text that this one was first printed as; itself when it is no reprint.",
        ),
    )
    op.execute("UPDATE document_version SET source_id = id")
    if op.get_context().dialect.name == "postgresql":
        op.create_foreign_key(_SOURCE, "document_version", "document_version", ["source_id"], ["id"])
    for column in (
        sa.Column(
            "part",
            sa.String,
            comment="Which part of the row: the step of a reform, or the contestant; empty for the row itself.",
        ),
        sa.Column("value_earliest", sa.Date, comment="First day possible for a value that is a date; empty if open."),
        sa.Column("value_latest", sa.Date, comment="Last day possible for a value that is a date; empty if open."),
        sa.Column(
            "value_least",
            sa.Double,
            comment="The least that a value with a number can be before it is rounded: 61.45 for 61.5.",
        ),
        sa.Column(
            "value_most",
            sa.Double,
            comment="The most that a value with a number can be before it is rounded: 61.55 for 61.5.",
        ),
    ):
        op.add_column("claim", column)


def downgrade() -> None:
    for name in ("value_most", "value_least", "value_latest", "value_earliest", "part"):
        drop_column("claim", name)
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint(_SOURCE, "document_version", type_="foreignkey")
    drop_column("document_version", "source_id")
    drop_table("text_band")
