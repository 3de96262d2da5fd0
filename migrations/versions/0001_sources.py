"""What was read: documents, the attempts to fetch them, and their text at one time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the document, made from its address."),
        sa.Column(
            "uri",
            sa.String,
            nullable=False,
            comment="Address of the document: a URL, or the path of a file as it was given.",
        ),
        sa.Column("publisher", sa.String, comment="Who published it, as its page or its text says."),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), comment="When Polidex first met this address."),
        sa.Column(
            "retracted_at",
            sa.DateTime(timezone=True),
            comment="When the document was withdrawn; empty while it stands.",
        ),
        sa.Column("reason", sa.String, comment="Why it was withdrawn."),
        comment="A source with an address: an article on the web, a file.",
    )
    op.create_table(
        "fetch",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the attempt."),
        sa.Column("document_id", sa.String, nullable=False, comment="The document that was asked for."),
        sa.Column("retrieved_at", sa.DateTime(timezone=True), nullable=False, comment="When it was asked for."),
        sa.Column("final_uri", sa.String, comment="Address that answered, after redirects."),
        sa.Column("http_status", sa.BigInteger, comment="Status code of the web server; empty for a file."),
        sa.Column(
            "outcome",
            sa.String,
            nullable=False,
            comment="How the attempt ended: ok, unchanged, gone, blocked, unreachable, timed_out, too_large, empty, "
            "not_text, bad_encoding, parse_failed.",
        ),
        sa.Column("error", sa.String, comment="What went wrong, in one line; empty when nothing did."),
        sa.Column("raw_sha256", sa.String, comment="SHA-256 of the bytes as they came, in hexadecimal."),
        sa.Column(
            "raw_path",
            sa.String,
            comment="File beside the database that keeps those bytes; empty when they are not kept.",
        ),
        sa.CheckConstraint(
            "outcome IN ('ok', 'unchanged', 'gone', 'blocked', 'unreachable', 'timed_out', 'too_large', "
            "'empty', 'not_text', 'bad_encoding', 'parse_failed')",
            name="outcome",
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"]).ddl_if(dialect="postgresql"),
        comment="Each attempt to read a document, failures too.",
    )
    op.create_table(
        "document_version",
        sa.Column(
            "id", sa.String, primary_key=True, comment="Key of the version, made from the document and its text."
        ),
        sa.Column("document_id", sa.String, nullable=False, comment="The document whose text this is."),
        sa.Column("content_sha256", sa.String, nullable=False, comment="SHA-256 of the text in UTF-8, in hexadecimal."),
        sa.Column("title", sa.String, comment="Headline."),
        sa.Column("byline", sa.String, comment="Authors, joined by a semicolon and a space."),
        sa.Column(
            "published_edtf",
            sa.String,
            comment="Date of publication, as precise as the source (EDTF: 2019-03, 2011/2013, 2023/..).",
        ),
        sa.Column(
            "published_earliest", sa.Date, comment="First day possible for publication; empty if open or unknown."
        ),
        sa.Column("published_latest", sa.Date, comment="Last day possible for publication; empty if open or unknown."),
        sa.Column(
            "published_basis",
            sa.String,
            nullable=False,
            comment="What the date of publication rests on: stated, context, inferred, external, unknown.",
        ),
        sa.Column(
            "crawled_at",
            sa.DateTime(timezone=True),
            comment="When the page says that it was copied from elsewhere; not the publication date.",
        ),
        sa.Column("language", sa.String, comment="Language of the text: ISO 639-1, such as en."),
        sa.Column("text", sa.String, nullable=False, comment="The whole text. Evidence counts its characters from 0."),
        sa.Column(
            "reading_spans",
            sa.String,
            comment="Parts of the text that a model reads, as start-end pairs; the rest is page furniture.",
        ),
        sa.CheckConstraint(
            "published_basis IN ('stated', 'context', 'inferred', 'external', 'unknown')", name="published_basis"
        ),
        sa.CheckConstraint("published_earliest <= published_latest", name="published_order"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"]).ddl_if(dialect="postgresql"),
        comment="The text of a document at one time. A document that changes gets a further version.",
    )


def downgrade() -> None:
    drop_table("document_version")
    drop_table("fetch")
    drop_table("document")
