"""The table of what each night changed: the report that the person on call reads, as a row."""

from __future__ import annotations

import sqlalchemy as sa

from schema.tables.columns import metadata, number, part_of, real, text, word
from schema.vocabulary import Gate

night_report = sa.Table(
    "night_report",
    metadata,
    *part_of("run_id", "extraction_run", "The run that this is the report of."),
    number("number", "Which report it is, counted from 1: an order that no clock can disturb.", required=True),
    text("headline", "How it went, in one line.", required=True),
    number("exit_code", "What the command ended with: 0 is all done, 3 some documents failed, ...", required=True),
    text("model", "The model that was asked.", required=True),
    *word("gate", Gate, "What came of comparing it with the nights before", required=True),
    number("documents", "Documents that were read.", required=True),
    number("documents_new", "Of these, those that were not known before.", required=True),
    number("documents_changed", "Documents that were known and have another text now.", required=True),
    number("documents_unchanged", "Documents of which nothing was new.", required=True),
    number("documents_failed", "Documents that could not be read, or not wholly.", required=True),
    number("documents_vanished", "Documents that are no longer there; what they said stays.", required=True),
    number("facts_added", "Rows for analysts that are new.", required=True),
    number("facts_changed", "Rows for analysts that hold something else than before.", required=True),
    number("facts_withdrawn", "Rows for analysts that are gone: nothing gives them any more.", required=True),
    number("conflicts_new", "Fields of which sources differ since this night.", required=True),
    number("conflicts_gone", "Fields of which sources no longer differ.", required=True),
    number("quarantine_new", "Refused drafts more than before; less than 0 when there are fewer.", required=True),
    number("calls", "Requests that were sent to models.", required=True),
    real("cost_usd", "What the models cost, in US dollars; empty when no price is known."),
    real("budget_usd", "The most that the run was allowed to cost, in US dollars; empty without a limit."),
    real("budget_left_usd", "What was left of it, or of the month where that is less; empty without a limit."),
    real("seconds", "How long it took, in seconds, by a clock that nobody can set."),
    number("measured_documents", "Documents that a model read in this night and gave something for.", required=True),
    number("drafts", "Drafts that the model gave in these.", required=True),
    number("drafts_grounded", "Of the drafts, those of which nothing was refused.", required=True),
    text("records", "Records that the drafts gave, by type, as JSON.", required=True),
    text("report", "The whole report, as JSON.", required=True),
    comment="What each night changed: facts, conflicts, quarantine, documents, and what it cost.",
)
