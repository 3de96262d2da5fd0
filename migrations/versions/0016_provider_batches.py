"""What was handed to a provider as a batch, and the questions in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_table

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_STATES = ("submitting", "submitted", "collected", "expired", "cancelled", "failed", "lost")
_REQUEST_STATES = ("waiting", "answered", "failed", "unanswered")


def upgrade() -> None:
    op.create_table(
        "provider_batch",
        sa.Column(
            "id",
            sa.String,
            primary_key=True,
            comment="Key of the batch; the provider keeps it beside its own where it can.",
        ),
        sa.Column("provider", sa.String, nullable=False, comment="Who runs the model."),
        sa.Column("model", sa.String, nullable=False, comment="Name of the model, as it was set."),
        sa.Column("base_url", sa.String, comment="Address of the provider, where one was set."),
        sa.Column(
            "provider_batch_id",
            sa.String,
            comment="What the provider calls the batch; empty while it is not known to be there.",
        ),
        sa.Column("state", sa.String, nullable=False, comment=f"How it stands: {', '.join(_STATES)}."),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False, comment="When it was submitted."),
        sa.Column(
            "expires_at",
            sa.DateTime(timezone=True),
            comment="When the provider gives up what is not done of it by then.",
        ),
        sa.Column("collected_at", sa.DateTime(timezone=True), comment="When its replies were taken."),
        sa.Column("requests", sa.BigInteger, nullable=False, comment="How many questions it holds."),
        sa.Column("answered", sa.BigInteger, comment="How many of them came back with a reply."),
        sa.Column("unanswered", sa.BigInteger, comment="How many of them did not, and are asked again."),
        sa.Column("failed", sa.BigInteger, comment="How many of them the provider or the model refused for good."),
        sa.Column(
            "reserved_usd",
            sa.Double,
            comment="The most that it can cost, in US dollars; empty when no price is known.",
        ),
        sa.Column(
            "cost_usd",
            sa.Double,
            comment="What its replies cost, in US dollars; empty before they are taken, and when no price is known.",
        ),
        sa.Column("price_version", sa.String, comment="Version of the price list that the cost was reckoned with."),
        sa.Column("error", sa.String, comment="Why the provider refused it, in one line."),
        _among(_STATES),
        comment="A batch of questions that was handed to a provider, at half the price and for up to a day.",
    )
    op.create_table(
        "batch_request",
        sa.Column(
            "id",
            sa.String,
            primary_key=True,
            comment="What the provider is told to call it, made from its extraction and the part of the text.",
        ),
        sa.Column("batch_id", sa.String, nullable=False, comment="The batch that it is in."),
        sa.Column("extraction_id", sa.String, nullable=False, comment="The extraction that it will be part of."),
        sa.Column("document_version_id", sa.String, nullable=False, comment="The text that is read."),
        sa.Column("extractor", sa.String, nullable=False, comment="Which extractor asks."),
        sa.Column(
            "start_char",
            sa.BigInteger,
            nullable=False,
            comment="Where the part of the text starts that is read, counted from 0.",
        ),
        sa.Column("end_char", sa.BigInteger, nullable=False, comment="One past its last character."),
        sa.Column(
            "before_start",
            sa.BigInteger,
            nullable=False,
            comment="Where the sentence starts that is shown in front of it.",
        ),
        sa.Column("before_end", sa.BigInteger, nullable=False, comment="One past the last character of that sentence."),
        sa.Column("is_correction", sa.Boolean, nullable=False, comment="Whether it has an earlier reply corrected."),
        sa.Column("state", sa.String, nullable=False, comment=f"How it stands: {', '.join(_REQUEST_STATES)}."),
        sa.Column("reply", sa.String, comment="The reply of the model, as it came."),
        sa.Column("error_code", sa.String, comment="What kind of failure; empty when it did not fail."),
        sa.Column("usage", sa.String, comment="What it took: tokens and dollars, as JSON."),
        _among(_REQUEST_STATES),
        sa.ForeignKeyConstraint(["batch_id"], ["provider_batch.id"]).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["document_version_id"], ["document_version.id"]).ddl_if(dialect="postgresql"),
        comment="One question of a batch, from its submission until its reply is part of an extraction.",
    )
    if op.get_context().dialect.name == "postgresql":
        for column in ("batch_id", "extraction_id"):
            op.create_index(f"ix_batch_request_{column}", "batch_request", [column])


def downgrade() -> None:
    # What was paid for is not all back: it is kept aside, and put back by the upgrade.
    drop_table("batch_request")
    drop_table("provider_batch")


def _among(words: tuple[str, ...]) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"state IN ({', '.join(repr(word) for word in words)})", name="state")
