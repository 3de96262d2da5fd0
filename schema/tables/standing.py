"""Tables that only sum up others, so that what asks about all claims is answered at once; `sql/standing/` says how."""

from __future__ import annotations

import sqlalchemy as sa

from schema.tables.columns import index, key_on_postgres, metadata, number, real, text

_PUBLISHED = "First day that the publication can be."

claim_standing = sa.Table(
    "claim_standing",
    metadata,
    sa.Column("claim_id", sa.String, primary_key=True, comment="The claim; only those that are current are here."),
    sa.Column(
        "span", sa.BigInteger, primary_key=True, comment="Which of the quotes that it rests on, from 0; 0 without any."
    ),
    text("row_id", "The merged row that it speaks of, in the table named as its type; empty while there is none."),
    text("record_type", "What kind of thing it is about, such as tenure.", required=True),
    text("field", "Which column of that row it gives.", required=True),
    text(
        "part",
        "Which part of the row: the step of a reform, or a contestant; an empty text for the row itself.",
        required=True,
    ),
    text(
        "standing",
        "How it stands to the row: canonical, agrees, differs, progress, inferred, reworded, denied or absent; "
        "empty where it gives no value, or there is no row.",
    ),
    text("value", "The value, as text.", required=True),
    text("original_value", "The value as the source words it, where that differs."),
    text("modality", "How the source puts it.", required=True),
    text("basis", "What the value rests on.", required=True),
    real("confidence", "How sure, from 0 to 1; empty where nothing measured it."),
    sa.Column("first_seen", sa.Date, comment="First day that the first publication of this value can be."),
    number("place", "Order of publication among the claims about the field, from 1."),
    sa.Column("published_date", sa.Date, comment=_PUBLISHED),
    text("source_id", "The text that the article was first printed as.", required=True),
    text("document_version_id", "The text that says it.", required=True),
    text("extraction_id", "The extraction that it comes from.", required=True),
    text("record_id", "The record that it belongs to.", required=True),
    text("evidence_id", "The span that it rests on; empty when it rests on none."),
    text("quote", "The words of the span."),
    number("start_char", "Where the quote starts in the text, counted from 0."),
    number("end_char", "One past the last character of the quote."),
    text("match", "How the words that the model quoted were found in the text."),
    sa.Index("ix_claim_standing_row_id", "row_id", "field").ddl_if(dialect="postgresql"),
    index("document_version_id"),
    # What is not resolved is found by its record.
    sa.Index("ix_claim_standing_unresolved", "record_id", postgresql_where=sa.text("row_id IS NULL")).ddl_if(
        dialect="postgresql"
    ),
    # What is counted is read from these alone, a tenth of the table.
    sa.Index(
        "ix_claim_standing_values",
        "record_type",
        "standing",
        postgresql_where=sa.text("span = 0 AND standing IS NOT NULL"),
    ).ddl_if(dialect="postgresql"),
    key_on_postgres("claim_id", "span"),
    comment="Every current claim and how it stands to what its row holds: one row per claim and quote, worked out "
    "from the other tables with each load.",
)

field_standing = sa.Table(
    "field_standing",
    metadata,
    sa.Column("row_id", sa.String, primary_key=True, comment="The merged row, in the table named as its type."),
    sa.Column("field", sa.String, primary_key=True, comment="Which column of it."),
    sa.Column("part", sa.String, primary_key=True, comment="Which part of the row; an empty text for the row itself."),
    text("record_type", "What kind of thing it is about, such as tenure.", required=True),
    number("sources", "How many independent sources give a value that can be compared.", required=True),
    number("sources_agreeing", "How many of them give only values that can be right together.", required=True),
    number("sources_differing", "How many of them give one that cannot.", required=True),
    sa.Column("first_published", sa.Date, comment="First day that the first of them can have been published."),
    sa.Column("last_published", sa.Date, comment="First day that the last of them can have been published."),
    sa.Index("ix_field_standing_differing", "row_id", postgresql_where=sa.text("sources_differing > 0")).ddl_if(
        dialect="postgresql"
    ),
    sa.Index("ix_field_standing_type", "record_type", "field").ddl_if(dialect="postgresql"),
    key_on_postgres("row_id", "field", "part"),
    comment="How many independent sources agree with what each field holds, worked out from claim_standing.",
)

row_standing = sa.Table(
    "row_standing",
    metadata,
    sa.Column("row_id", sa.String, primary_key=True, comment="The merged row, in the table named as its type."),
    text("record_type", "What kind of thing it is, such as tenure.", required=True),
    number("documents", "How many documents tell of it.", required=True),
    sa.Column("first_published", sa.Date, comment="First day that the first of them can have been published."),
    sa.Column("last_published", sa.Date, comment="First day that the last of them can have been published."),
    sa.Column("current_on", sa.Date, comment="Of a spell, the day on which a document last said that it was going on."),
    key_on_postgres("row_id"),
    comment="How many documents tell of each row, and of which days, worked out from claim_standing.",
)

SUMMARIES = (claim_standing.name, field_standing.name, row_standing.name)
"""The tables that are worked out from the others; nothing else writes them."""
