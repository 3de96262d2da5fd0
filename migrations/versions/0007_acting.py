"""Whether a spell in office is that of somebody who only acts for the time being."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_column

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "tenure",
        sa.Column(
            "acting",
            sa.Boolean,
            comment="Whether the office was only held for the time being; empty when no source says so.",
        ),
    )


def downgrade() -> None:
    drop_column("tenure", "acting")
