"""Tables that lead from a value back to its words, and record what every run did and what people decided."""

from __future__ import annotations

import sqlalchemy as sa

from schema.tables.columns import (
    flag,
    index,
    key,
    key_on_postgres,
    link,
    metadata,
    moment,
    number,
    part_of,
    real,
    rule,
    text,
    word,
)
from schema.vocabulary import (
    Basis,
    ExtractionStatus,
    Judge,
    Judgement,
    Match,
    Modality,
    QuarantineReason,
    RecordType,
    RunStatus,
    Verdict,
)

extraction_run = sa.Table(
    "extraction_run",
    metadata,
    key("Key of the run."),
    text("command", "The command line that started it, without secrets.", required=True),
    moment("started_at", "When it started.", required=True),
    moment("heartbeat_at", "When it last showed that it was alive."),
    moment("finished_at", "When it ended; empty while it runs, and for ever if it was killed."),
    *word("status", RunStatus, "How it stands", required=True),
    text("host", "Name of the machine that it ran on."),
    number("pid", "Its process number on that machine."),
    text("code_version", "Version of Polidex that ran."),
    text("counts", "What it read, loaded and refused, as JSON."),
    number("tokens_in", "Tokens sent to models, over all attempts."),
    number("tokens_in_cached", "Of the tokens sent, those that the provider had cached."),
    number("tokens_out", "Tokens that models wrote, over all attempts."),
    real("cost_usd", "What the models cost, in US dollars; empty when no price is known."),
    text("exit_reason", "Why it ended, when it did not simply finish."),
    real(
        "unsure_usd",
        "What requests may have cost of which nobody knows whether they were billed, in US dollars: the connection "
        "broke, or the run was killed. Budgets count it.",
    ),
    comment="One invocation of Polidex that reads documents.",
)

extraction = sa.Table(
    "extraction",
    metadata,
    key("Key of the extraction."),
    *link("document_version_id", "document_version", "The text that was read.", required=True),
    *link("run_id", "extraction_run", "The run that did it.", required=True),
    text("extractor", "Which extractor: people, offices, reforms, elections or statements.", required=True),
    text("fingerprint", "Digest of all that the answer depends on; while it stays, no call is made.", required=True),
    text("fingerprint_text", "The part of the fingerprint that is the text."),
    text("fingerprint_prompt", "The part of the fingerprint that is the prompt."),
    text("fingerprint_schema", "The part of the fingerprint that is the shape of the answer."),
    text("fingerprint_model", "The part of the fingerprint that is the model."),
    text("fingerprint_parameters", "The part of the fingerprint that is the settings of the model."),
    text("fingerprint_windowing", "The part of the fingerprint that is how long texts are cut."),
    *word("status", ExtractionStatus, "How it ended", required=True),
    text("provider", "Who ran the model."),
    text("model", "Name of the model."),
    number("windows", "How many parts the text was read in."),
    number("attempts", "How many times the model was asked, over all parts."),
    number("requests", "How many requests reached the provider, over all attempts."),
    number("tokens_in", "Tokens sent to the model, over all attempts."),
    number("tokens_in_cached", "Of the tokens sent, those that the provider had cached."),
    number("tokens_out", "Tokens that the model wrote, over all attempts."),
    real("cost_usd", "What it cost, in US dollars; empty when no price is known."),
    text("price_version", "Version of the price list that the cost was reckoned with."),
    real("seconds", "How long it took, in seconds."),
    moment("extracted_at", "When it ended."),
    text("raw_response", "The replies of the model, as they came: a JSON list with one text per part."),
    text("error_code", "What kind of failure; empty when it did not fail."),
    text("error", "What went wrong, in one line."),
    text(
        "checked_with",
        "Digest of the rules that made records of its replies; empty while none were made. Where the rules of today "
        "are others, records are made anew without a call.",
    ),
    index("document_version_id"),
    comment="One extractor reading one document version.",
)

model_request = sa.Table(
    "model_request",
    metadata,
    key("Key of the request."),
    text("run_id", "The run that sent it.", required=True),
    real("reserved_usd", "The most that it can cost, in US dollars."),
    real("spent_usd", "What it cost, in US dollars; empty while that is not known."),
    comment="Requests to models while their run goes on and a budget is set: what is reserved is never spent twice. "
    "Beside a DuckDB database they lie in the file NAME.calls.",
)

model_reply = sa.Table(
    "model_reply",
    metadata,
    sa.Column("extraction_id", sa.String, primary_key=True, comment="The extraction that it will be part of."),
    sa.Column(
        "start_char",
        sa.BigInteger,
        primary_key=True,
        autoincrement=False,
        comment="Where the part of the text starts that the model read, counted from 0.",
    ),
    sa.Column("end_char", sa.BigInteger, primary_key=True, autoincrement=False, comment="One past its last character."),
    text("reply", "The reply of the model, as it came.", required=True),
    text("error_code", "What kind of failure; empty when it did not fail.", required=True),
    text("usage", "What it took: tokens, requests, seconds and dollars, as JSON.", required=True),
    comment="Replies of models to documents that are not loaded yet, so that a run that is killed loses none. Beside a "
    "DuckDB database they lie in the file NAME.calls.",
)

record = sa.Table(
    "record",
    metadata,
    key("Key of the record."),
    *link("extraction_id", "extraction", "The extraction that it comes from.", required=True),
    *word("record_type", RecordType, "What kind of thing it is about", required=True),
    text("canonical_id", "The merged row that it was resolved to, in the table named as its type."),
    text("payload", "The record as JSON; it refers to mentions, not to merged rows.", required=True),
    text("mention_id", "What it is about, as its document speaks of it; the same after the text is read again."),
    index("extraction_id"),
    index("canonical_id", filled=True),
    index("mention_id", filled=True),
    key_on_postgres("id"),
    comment="What one document says about one thing: a draft of the model that passed every check.",
)

evidence = sa.Table(
    "evidence",
    metadata,
    key("Key of the span."),
    *link("document_version_id", "document_version", "The text that it is a span of.", required=True),
    number("start_char", "Where the quote starts: its first character, counted from 0.", required=True),
    number("end_char", "Where the quote ends: one past its last character.", required=True),
    text("quote", "The words of the span, equal to the text there.", required=True),
    *word("match", Match, "How the words that the model quoted were found in the text", required=True),
    sa.CheckConstraint("start_char >= 0 AND start_char < end_char", name="span"),
    rule("char_length(quote) = end_char - start_char", "quote_length"),
    key_on_postgres("id"),
    comment="A span of a stored text that something rests on.",
)

claim = sa.Table(
    "claim",
    metadata,
    key("Key of the claim."),
    *link("record_id", "record", "The record that it belongs to.", required=True),
    *word("record_type", RecordType, "What kind of thing it is about", required=True),
    text("canonical_id", "The merged row that it speaks of, in the table named as its type."),
    text("field", "Which column of that row it gives.", required=True),
    text("value", "The value, as text.", required=True),
    text("original_value", "The value as the source words it, where that differs."),
    *word("modality", Modality, "How the source puts it", required=True),
    *word("basis", Basis, "What the value rests on", required=True),
    real("confidence", "How sure, from 0 to 1; empty where nothing measured it."),
    flag("is_current", "Whether it comes from the latest extraction of the document's latest version.", required=True),
    text("refers_to", "The mention whose merged row is the value, where the value is the key of a row."),
    text("content_key", "What is claimed, of whom, from which words: what a decision of a reviewer is kept by."),
    text("part", "Which part of the row: the step of a reform, or the contestant; empty for the row itself."),
    sa.Column("value_earliest", sa.Date, comment="First day possible for a value that is a date; empty if open."),
    sa.Column("value_latest", sa.Date, comment="Last day possible for a value that is a date; empty if open."),
    real("value_least", "The least that a value with a number can be before it is rounded: 61.45 for 61.5."),
    real("value_most", "The most that a value with a number can be before it is rounded: 61.55 for 61.5."),
    sa.CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
    index("record_id"),
    index("canonical_id", filled=True),
    index("refers_to", filled=True),
    rule("value_earliest <= value_latest", "value_dates"),
    rule("value_least <= value_most", "value_numbers"),
    key_on_postgres("id"),
    comment="One value of one field as one document gives it. Documents that differ keep their claims.",
)

claim_evidence = sa.Table(
    "claim_evidence",
    metadata,
    *part_of("claim_id", "claim", "The claim."),
    *part_of("evidence_id", "evidence", "A span that it rests on."),
    number("ordinal", "Order of the span among those of the claim, from 0.", required=True),
    index("evidence_id"),
    key_on_postgres("claim_id", "evidence_id"),
    comment="Which spans a claim rests on.",
)

quarantine = sa.Table(
    "quarantine",
    metadata,
    key("Key of the refused draft."),
    *link("extraction_id", "extraction", "The extraction that it comes from.", required=True),
    *word("record_type", RecordType, "What kind of thing it is about; empty when that cannot be told"),
    text("payload", "The draft as the model gave it, as JSON.", required=True),
    *word("reason", QuarantineReason, "Why it was refused", required=True),
    text("detail", "What exactly was wrong, in one line."),
    index("extraction_id"),
    comment="Drafts and values of the model that were refused. Nothing here is in the other tables.",
)

review_decision = sa.Table(
    "review_decision",
    metadata,
    key("Key of the decision."),
    text(
        "content_key",
        "What was claimed, of whom, from which words: the same after the text is read again.",
        required=True,
    ),
    *word("verdict", Verdict, "What was decided", required=True),
    text("corrected_value", "The right value, when the verdict is corrected."),
    text("decided_by", "Who decided.", required=True),
    moment("decided_at", "When.", required=True),
    rule("verdict <> 'corrected' OR corrected_value IS NOT NULL", "corrected_value"),
    comment="What people decided about claims. It outlives every later extraction.",
)

resolver_decision = sa.Table(
    "resolver_decision",
    metadata,
    key("Key of the decision."),
    *word("record_type", RecordType, "What kind of thing the two are", required=True),
    text("left_id", "The one.", required=True),
    text("right_id", "The other.", required=True),
    *word("judgement", Judgement, "Whether the two are one", required=True),
    text("method", "The rule that decided, or how the user did.", required=True),
    real("score", "How alike the two are by that rule, from 0 to 1."),
    *word("decided_by", Judge, "Who decided", required=True),
    moment("created_at", "When it was decided.", required=True),
    moment("deleted_at", "When it was undone; empty while it holds."),
    text("user_name", "Which user decided; empty for rules and models."),
    text("left_mention_id", "Of a merge by a user, a mention of the one: it stays when the key of the row changes."),
    text("right_mention_id", "Of a merge by a user, a mention of the other."),
    index("left_id"),
    index("right_id"),
    comment="Who is who: pairs that were judged to be one thing, or two. A merge can be undone.",
)
