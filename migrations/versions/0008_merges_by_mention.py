"""Which mentions a user made one: the keys of their rows change with what is read later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_column

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "resolver_decision",
        sa.Column(
            "left_mention_id",
            sa.String,
            comment="Of a merge by a user, a mention of the one: it stays when the key of the row changes.",
        ),
    )
    op.add_column(
        "resolver_decision",
        sa.Column("right_mention_id", sa.String, comment="Of a merge by a user, a mention of the other."),
    )


def downgrade() -> None:
    drop_column("resolver_decision", "right_mention_id")
    drop_column("resolver_decision", "left_mention_id")
