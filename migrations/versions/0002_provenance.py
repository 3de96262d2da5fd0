"""What leads from a value to its words, what every run did, and what people decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from polidex.keeping import drop_table

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "extraction_run",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the run."),
        sa.Column("command", sa.String, nullable=False, comment="The command line that started it, without secrets."),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False, comment="When it started."),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), comment="When it last showed that it was alive."),
        sa.Column(
            "finished_at",
            sa.DateTime(timezone=True),
            comment="When it ended; empty while it runs, and for ever if it was killed.",
        ),
        sa.Column(
            "status", sa.String, nullable=False, comment="How it stands: running, finished, failed, interrupted."
        ),
        sa.Column("host", sa.String, comment="Name of the machine that it ran on."),
        sa.Column("pid", sa.BigInteger, comment="Its process number on that machine."),
        sa.Column("code_version", sa.String, comment="Version of Polidex that ran."),
        sa.Column("counts", sa.String, comment="What it read, loaded and refused, as JSON."),
        sa.Column("tokens_in", sa.BigInteger, comment="Tokens sent to models, over all attempts."),
        sa.Column("tokens_in_cached", sa.BigInteger, comment="Of the tokens sent, those that the provider had cached."),
        sa.Column("tokens_out", sa.BigInteger, comment="Tokens that models wrote, over all attempts."),
        sa.Column("cost_usd", sa.Double, comment="What the models cost, in US dollars; empty when no price is known."),
        sa.Column("exit_reason", sa.String, comment="Why it ended, when it did not simply finish."),
        sa.CheckConstraint("status IN ('running', 'finished', 'failed', 'interrupted')", name="status"),
        comment="One invocation of Polidex that reads documents.",
    )
    op.create_table(
        "extraction",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the extraction."),
        sa.Column("document_version_id", sa.String, nullable=False, comment="The text that was read."),
        sa.Column("run_id", sa.String, nullable=False, comment="The run that did it."),
        sa.Column(
            "extractor",
            sa.String,
            nullable=False,
            comment="Which extractor: people, offices, reforms, elections or statements.",
        ),
        sa.Column(
            "fingerprint",
            sa.String,
            nullable=False,
            comment="Digest of all that the answer depends on; while it stays, no call is made.",
        ),
        sa.Column("fingerprint_text", sa.String, comment="The part of the fingerprint that is the text."),
        sa.Column("fingerprint_prompt", sa.String, comment="The part of the fingerprint that is the prompt."),
        sa.Column(
            "fingerprint_schema", sa.String, comment="The part of the fingerprint that is the shape of the answer."
        ),
        sa.Column("fingerprint_model", sa.String, comment="The part of the fingerprint that is the model."),
        sa.Column(
            "fingerprint_parameters",
            sa.String,
            comment="The part of the fingerprint that is the settings of the model.",
        ),
        sa.Column(
            "fingerprint_windowing", sa.String, comment="The part of the fingerprint that is how long texts are cut."
        ),
        sa.Column(
            "status",
            sa.String,
            nullable=False,
            comment="How it ended: ok, partial, failed, refused, skipped, superseded.",
        ),
        sa.Column("provider", sa.String, comment="Who ran the model."),
        sa.Column("model", sa.String, comment="Name of the model."),
        sa.Column("windows", sa.BigInteger, comment="How many parts the text was read in."),
        sa.Column("attempts", sa.BigInteger, comment="How many times the model was asked, over all parts."),
        sa.Column("requests", sa.BigInteger, comment="How many requests reached the provider, over all attempts."),
        sa.Column("tokens_in", sa.BigInteger, comment="Tokens sent to the model, over all attempts."),
        sa.Column("tokens_in_cached", sa.BigInteger, comment="Of the tokens sent, those that the provider had cached."),
        sa.Column("tokens_out", sa.BigInteger, comment="Tokens that the model wrote, over all attempts."),
        sa.Column("cost_usd", sa.Double, comment="What it cost, in US dollars; empty when no price is known."),
        sa.Column("price_version", sa.String, comment="Version of the price list that the cost was reckoned with."),
        sa.Column("seconds", sa.Double, comment="How long it took, in seconds."),
        sa.Column("extracted_at", sa.DateTime(timezone=True), comment="When it ended."),
        sa.Column(
            "raw_response",
            sa.String,
            comment="The replies of the model, as they came: a JSON list with one text per part.",
        ),
        sa.Column("error_code", sa.String, comment="What kind of failure; empty when it did not fail."),
        sa.Column("error", sa.String, comment="What went wrong, in one line."),
        sa.CheckConstraint("status IN ('ok', 'partial', 'failed', 'refused', 'skipped', 'superseded')", name="status"),
        sa.ForeignKeyConstraint(["document_version_id"], ["document_version.id"]).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["run_id"], ["extraction_run.id"]).ddl_if(dialect="postgresql"),
        comment="One extractor reading one document version.",
    )
    op.create_table(
        "record",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the record."),
        sa.Column("extraction_id", sa.String, nullable=False, comment="The extraction that it comes from."),
        sa.Column(
            "record_type",
            sa.String,
            nullable=False,
            comment="What kind of thing it is about: person, organization, office, tenure, reform, election, "
            "statement.",
        ),
        sa.Column(
            "canonical_id", sa.String, comment="The merged row that it was resolved to, in the table named as its type."
        ),
        sa.Column("payload", sa.String, nullable=False, comment="The record as JSON."),
        sa.CheckConstraint(
            "record_type IN ('person', 'organization', 'office', 'tenure', 'reform', 'election', 'statement')",
            name="record_type",
        ),
        sa.ForeignKeyConstraint(["extraction_id"], ["extraction.id"]).ddl_if(dialect="postgresql"),
        comment="What one document says about one thing: a draft of the model that passed every check.",
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the span."),
        sa.Column("document_version_id", sa.String, nullable=False, comment="The text that it is a span of."),
        sa.Column(
            "start_char",
            sa.BigInteger,
            nullable=False,
            comment="Where the quote starts: its first character, counted from 0.",
        ),
        sa.Column(
            "end_char", sa.BigInteger, nullable=False, comment="Where the quote ends: one past its last character."
        ),
        sa.Column("quote", sa.String, nullable=False, comment="The words of the span, equal to the text there."),
        sa.Column(
            "match",
            sa.String,
            nullable=False,
            comment="How the words that the model quoted were found in the text: exact, normalised, fuzzy.",
        ),
        sa.CheckConstraint("match IN ('exact', 'normalised', 'fuzzy')", name="match"),
        sa.CheckConstraint("start_char >= 0 AND start_char < end_char", name="span"),
        sa.ForeignKeyConstraint(["document_version_id"], ["document_version.id"]).ddl_if(dialect="postgresql"),
        comment="A span of a stored text that something rests on.",
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the claim."),
        sa.Column("record_id", sa.String, nullable=False, comment="The record that it belongs to."),
        sa.Column(
            "record_type",
            sa.String,
            nullable=False,
            comment="What kind of thing it is about: person, organization, office, tenure, reform, election, "
            "statement.",
        ),
        sa.Column(
            "canonical_id", sa.String, comment="The merged row that it speaks of, in the table named as its type."
        ),
        sa.Column("field", sa.String, nullable=False, comment="Which column of that row it gives."),
        sa.Column("value", sa.String, nullable=False, comment="The value, as text."),
        sa.Column("original_value", sa.String, comment="The value as the source words it, where that differs."),
        sa.Column(
            "modality",
            sa.String,
            nullable=False,
            comment="How the source puts it: asserted, planned, reported, opinion, negated.",
        ),
        sa.Column(
            "basis",
            sa.String,
            nullable=False,
            comment="What the value rests on: stated, context, inferred, external, unknown.",
        ),
        sa.Column("confidence", sa.Double, comment="How sure, from 0 to 1; empty where nothing measured it."),
        sa.Column(
            "is_current",
            sa.Boolean,
            nullable=False,
            comment="Whether it comes from the latest extraction of the document's latest version.",
        ),
        sa.CheckConstraint(
            "record_type IN ('person', 'organization', 'office', 'tenure', 'reform', 'election', 'statement')",
            name="record_type",
        ),
        sa.CheckConstraint("modality IN ('asserted', 'planned', 'reported', 'opinion', 'negated')", name="modality"),
        sa.CheckConstraint("basis IN ('stated', 'context', 'inferred', 'external', 'unknown')", name="basis"),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"]).ddl_if(dialect="postgresql"),
        comment="One value of one field as one document gives it. Documents that differ keep their claims.",
    )
    op.create_table(
        "claim_evidence",
        sa.Column("claim_id", sa.String, primary_key=True, comment="The claim."),
        sa.Column("evidence_id", sa.String, primary_key=True, comment="A span that it rests on."),
        sa.Column(
            "ordinal", sa.BigInteger, nullable=False, comment="Order of the span among those of the claim, from 0."
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"]).ddl_if(dialect="postgresql"),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"]).ddl_if(dialect="postgresql"),
        comment="Which spans a claim rests on.",
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the refused draft."),
        sa.Column("extraction_id", sa.String, nullable=False, comment="The extraction that it comes from."),
        sa.Column(
            "record_type",
            sa.String,
            comment="What kind of thing it is about; empty when that cannot be told: person, organization, office, "
            "tenure, reform, election, statement.",
        ),
        sa.Column("payload", sa.String, nullable=False, comment="The draft as the model gave it, as JSON."),
        sa.Column(
            "reason",
            sa.String,
            nullable=False,
            comment="Why it was refused: invalid_item, quote_not_found, value_not_in_text, subject_not_in_text, "
            "not_a_person, byline_only, rule_violated, duplicate, truncated, unresolved.",
        ),
        sa.Column("detail", sa.String, comment="What exactly was wrong, in one line."),
        sa.CheckConstraint(
            "record_type IN ('person', 'organization', 'office', 'tenure', 'reform', 'election', 'statement')",
            name="record_type",
        ),
        sa.CheckConstraint(
            "reason IN ('invalid_item', 'quote_not_found', 'value_not_in_text', 'subject_not_in_text', "
            "'not_a_person', 'byline_only', 'rule_violated', 'duplicate', 'truncated', 'unresolved')",
            name="reason",
        ),
        sa.ForeignKeyConstraint(["extraction_id"], ["extraction.id"]).ddl_if(dialect="postgresql"),
        comment="Drafts and values of the model that were refused. Nothing here is in the other tables.",
    )
    op.create_table(
        "review_decision",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the decision."),
        sa.Column(
            "content_key",
            sa.String,
            nullable=False,
            comment="What was claimed, of whom, from which words: the same after the text is read again.",
        ),
        sa.Column("verdict", sa.String, nullable=False, comment="What was decided: accepted, rejected, corrected."),
        sa.Column("corrected_value", sa.String, comment="The right value, when the verdict is corrected."),
        sa.Column("decided_by", sa.String, nullable=False, comment="Who decided."),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False, comment="When."),
        sa.CheckConstraint("verdict IN ('accepted', 'rejected', 'corrected')", name="verdict"),
        comment="What people decided about claims. It outlives every later extraction.",
    )
    op.create_table(
        "resolver_decision",
        sa.Column("id", sa.String, primary_key=True, comment="Key of the decision."),
        sa.Column(
            "record_type",
            sa.String,
            nullable=False,
            comment="What kind of thing the two are: person, organization, office, tenure, reform, election, "
            "statement.",
        ),
        sa.Column("left_id", sa.String, nullable=False, comment="The one."),
        sa.Column("right_id", sa.String, nullable=False, comment="The other."),
        sa.Column(
            "judgement", sa.String, nullable=False, comment="Whether the two are one: positive, negative, unsure."
        ),
        sa.Column("method", sa.String, nullable=False, comment="The rule that decided, or how the user did."),
        sa.Column("score", sa.Double, comment="How alike the two are by that rule, from 0 to 1."),
        sa.Column("decided_by", sa.String, nullable=False, comment="Who decided: rule, model, user."),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="When it was decided."),
        sa.Column("deleted_at", sa.DateTime(timezone=True), comment="When it was undone; empty while it holds."),
        sa.CheckConstraint(
            "record_type IN ('person', 'organization', 'office', 'tenure', 'reform', 'election', 'statement')",
            name="record_type",
        ),
        sa.CheckConstraint("judgement IN ('positive', 'negative', 'unsure')", name="judgement"),
        sa.CheckConstraint("decided_by IN ('rule', 'model', 'user')", name="decided_by"),
        comment="Who is who: pairs that were judged to be one thing, or two. A merge can be undone.",
    )


def downgrade() -> None:
    drop_table("resolver_decision")
    drop_table("review_decision")
    drop_table("quarantine")
    drop_table("claim_evidence")
    drop_table("claim")
    drop_table("evidence")
    drop_table("record")
    drop_table("extraction")
    drop_table("extraction_run")
