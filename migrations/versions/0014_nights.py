"""What a run that is killed leaves for the next one, and by which rules records were made of replies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_column, drop_table

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "extraction_run",
        sa.Column(
            "unsure_usd",
            sa.Double,
            comment="What requests may have cost of which nobody knows whether they were billed, in US dollars: the "
            "connection broke, or the run was killed. Budgets count it.",
        ),
    )
    op.add_column(
        "extraction",
        sa.Column(
            "checked_with",
            sa.String,
            comment="Digest of the rules that made records of its replies; empty while none were made. Where the rules "
            "of today are others, records are made anew without a call.",
        ),
    )
    op.create_table(
        "model_request",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the request."),
        sa.Column("run_id", sa.String, nullable=False, comment="The run that sent it."),
        sa.Column("reserved_usd", sa.Double, comment="The most that it can cost, in US dollars."),
        sa.Column("spent_usd", sa.Double, comment="What it cost, in US dollars; empty while that is not known."),
        comment="Requests to models while their run goes on and a budget is set: what is reserved is never spent "
        "twice. Beside a DuckDB database they lie in the file NAME.calls.",
    )
    op.create_table(
        "model_reply",
        sa.Column("extraction_id", sa.String, primary_key=True, comment="The extraction that it will be part of."),
        sa.Column(
            "start_char",
            sa.BigInteger,
            primary_key=True,
            autoincrement=False,
            comment="Where the part of the text starts that the model read, counted from 0.",
        ),
        sa.Column(
            "end_char", sa.BigInteger, primary_key=True, autoincrement=False, comment="One past its last character."
        ),
        sa.Column("reply", sa.String, nullable=False, comment="The reply of the model, as it came."),
        sa.Column("error_code", sa.String, nullable=False, comment="What kind of failure; empty when it did not fail."),
        sa.Column(
            "usage", sa.String, nullable=False, comment="What it took: tokens, requests, seconds and dollars, as JSON."
        ),
        comment="Replies of models to documents that are not loaded yet, so that a run that is killed loses none. "
        "Beside a DuckDB database they lie in the file NAME.calls.",
    )


def downgrade() -> None:
    drop_table("model_reply")
    drop_table("model_request")
    drop_column("extraction", "checked_with")
    drop_column("extraction_run", "unsure_usd")
