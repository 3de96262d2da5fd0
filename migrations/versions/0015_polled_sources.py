"""What is polled for documents, and the state in which each document was last read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_table

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KINDS = ("folder", "feed", "sitemap", "urls", "jsonl", "parquet")
_OUTCOMES = (
    "ok",
    "unchanged",
    "gone",
    "blocked",
    "unreachable",
    "timed_out",
    "too_large",
    "empty",
    "not_text",
    "bad_encoding",
    "parse_failed",
)


def upgrade() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.String, nullable=False, comment="Key of the source, made from its kind and location."),
        sa.Column(
            "parent_id",
            sa.String,
            comment="The source that it is a part of: of a sitemap in an index, of a file among several.",
        ),
        sa.Column("kind", sa.String, nullable=False, comment=_words("What it is", _KINDS)),
        sa.Column(
            "location", sa.String, nullable=False, comment="Path or address, as it was set or as its parent gives it."
        ),
        sa.Column("name", sa.String, comment="What it was called in the settings."),
        sa.Column("stamp", sa.String, comment="State of the file that it is, when all it lists was last read."),
        sa.Column("etag", sa.String, comment="The server's mark of that state."),
        sa.Column(
            "last_modified",
            sa.String,
            comment="When the server said that it was last changed, in the server's words.",
        ),
        sa.Column("outcome", sa.String, comment=_words("How it was last polled", _OUTCOMES)),
        sa.Column("error", sa.String, comment="What went wrong then, in one line; empty when nothing did."),
        _among("source", "kind", _KINDS),
        _among("source", "outcome", _OUTCOMES),
        sa.PrimaryKeyConstraint("id"),
        *_links("source", parent_id="source"),
        comment="What is polled for documents, and how far it was read.",
    )
    op.create_table(
        "source_document",
        sa.Column("source_id", sa.String, nullable=False, comment="The source."),
        sa.Column("document_id", sa.String, nullable=False, comment="A document that it lists, or listed once."),
        sa.Column(
            "listed_by",
            sa.String,
            comment="The source, or the part of it, that lists it now; empty when none does.",
        ),
        sa.Column(
            "stamp",
            sa.String,
            comment="How its source told its state when it was last read: empty where it is to be asked again.",
        ),
        sa.Column("etag", sa.String, comment="The server's mark of the page when it was last read."),
        sa.Column(
            "last_modified",
            sa.String,
            comment="When the server said that the page was last changed, in the server's words.",
        ),
        sa.Column("digest", sa.String, comment="SHA-256 of all that was understood of it, in hexadecimal."),
        sa.Column("outcome", sa.String, nullable=False, comment=_words("How it was last read", _OUTCOMES)),
        _among("source_document", "outcome", _OUTCOMES),
        *_key("source_id", "document_id"),
        *_links("source_document", source_id="source", document_id="document", listed_by="source"),
        comment="The documents that a source lists, and the state in which each was last read.",
    )


def downgrade() -> None:
    for table in ("source_document", "source"):
        drop_table(table)


def _words(comment: str, words: tuple[str, ...]) -> str:
    return f"{comment}: {', '.join(words)}."


def _among(table: str, column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(repr(each) for each in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def _key(*names: str) -> list[sa.PrimaryKeyConstraint]:
    """On Postgres; DuckDB's index over a key would have to fit into memory."""
    return [sa.PrimaryKeyConstraint(*names)] if op.get_context().dialect.name == "postgresql" else []


def _links(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    """On Postgres; DuckDB refuses to update or delete rows that a foreign key points at."""
    if op.get_context().dialect.name != "postgresql":
        return []
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in targets.items()
    ]
