"""Tables of what was handed to a provider as a batch, half the price and up to a day, and is not all back yet."""

from __future__ import annotations

import sqlalchemy as sa

from schema.tables.columns import flag, index, key, link, metadata, moment, number, real, text, word
from schema.vocabulary import BatchRequestState, BatchState

provider_batch = sa.Table(
    "provider_batch",
    metadata,
    key("Key of the batch; the provider keeps it beside its own where it can."),
    text("provider", "Who runs the model.", required=True),
    text("model", "Name of the model, as it was set.", required=True),
    text("base_url", "Address of the provider, where one was set."),
    text("provider_batch_id", "What the provider calls the batch; empty while it is not known to be there."),
    *word("state", BatchState, "How it stands", required=True),
    moment("submitted_at", "When it was submitted.", required=True),
    moment("expires_at", "When the provider gives up what is not done of it by then."),
    moment("collected_at", "When its replies were taken."),
    number("requests", "How many questions it holds.", required=True),
    number("answered", "How many of them came back with a reply."),
    number("unanswered", "How many of them did not, and are asked again."),
    number("failed", "How many of them the provider or the model refused for good."),
    real("reserved_usd", "The most that it can cost, in US dollars; empty when no price is known."),
    real("cost_usd", "What its replies cost, in US dollars; empty before they are taken, and when no price is known."),
    text("price_version", "Version of the price list that the cost was reckoned with."),
    text("error", "Why the provider refused it, in one line."),
    comment="A batch of questions that was handed to a provider, at half the price and for up to a day.",
)

batch_request = sa.Table(
    "batch_request",
    metadata,
    key("What the provider is told to call it, made from its extraction and the part of the text."),
    *link("batch_id", "provider_batch", "The batch that it is in.", required=True),
    text("extraction_id", "The extraction that it will be part of.", required=True),
    *link("document_version_id", "document_version", "The text that is read.", required=True),
    text("extractor", "Which extractor asks.", required=True),
    number("start_char", "Where the part of the text starts that is read, counted from 0.", required=True),
    number("end_char", "One past its last character.", required=True),
    number("before_start", "Where the sentence starts that is shown in front of it.", required=True),
    number("before_end", "One past the last character of that sentence.", required=True),
    flag("is_correction", "Whether it has an earlier reply corrected.", required=True),
    *word("state", BatchRequestState, "How it stands", required=True),
    text("reply", "The reply of the model, as it came."),
    text("error_code", "What kind of failure; empty when it did not fail."),
    text("usage", "What it took: tokens and dollars, as JSON."),
    index("batch_id"),
    index("extraction_id"),
    comment="One question of a batch, from its submission until its reply is part of an extraction.",
)
