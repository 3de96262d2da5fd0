"""On DuckDB the tables with many rows a document have no index over their keys: it would have to fit into memory."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0009"
branch_labels = None
depends_on = None

_KEYS = {
    "text_band": ["band", "document_version_id"],
    "record": ["id"],
    "evidence": ["id"],
    "claim": ["id"],
    "claim_evidence": ["claim_id", "evidence_id"],
    "mention": ["id"],
    "mention_block": ["block", "mention_id"],
}


def upgrade() -> None:
    if op.get_context().dialect.name == "duckdb":
        for table in _KEYS:
            _make_again(table, [])


def downgrade() -> None:
    if op.get_context().dialect.name == "duckdb":
        # The indexes, of 100 bytes a key, have to fit into memory whole: what the writer allows itself is too little.
        many = sum(op.get_bind().scalar(sa.select(sa.func.count()).select_from(sa.table(table))) for table in _KEYS)
        op.execute(f"SET memory_limit = '{500 + many * 200 // 1_000_000}MB'")
        for table, keys in _KEYS.items():
            _make_again(table, keys)


def _make_again(name: str, keys: list[str]) -> None:
    """DuckDB cannot take a key from a table or give it one: its rows move into a table that is else the same."""
    inspector = sa.inspect(op.get_bind())
    columns = inspector.get_columns(name)
    checks = inspector.get_check_constraints(name)
    comment = inspector.get_table_comment(name)["text"]
    former = f"{name}_before"
    op.rename_table(name, former)
    op.create_table(
        name,
        *(
            sa.Column(each["name"], each["type"], nullable=each["nullable"], comment=each["comment"])
            for each in columns
        ),
        *(sa.CheckConstraint(each["sqltext"], name=op.f(f"ck_{name}_{place}")) for place, each in enumerate(checks)),
        *([sa.PrimaryKeyConstraint(*keys)] if keys else []),
        comment=comment,
    )
    quoted = ", ".join(op.get_context().dialect.identifier_preparer.quote(each["name"]) for each in columns)
    op.execute(f"INSERT INTO {name} ({quoted}) SELECT {quoted} FROM {former}")
    op.drop_table(former)
