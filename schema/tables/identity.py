"""Tables of who is who: each mention of a thing, the words it is found by, and where ids that are gone lead."""

from __future__ import annotations

import sqlalchemy as sa

from schema.tables.columns import index, key, key_on_postgres, link, metadata, moment, real, text, word
from schema.vocabulary import RecordType

mention = sa.Table(
    "mention",
    metadata,
    key(
        "Key of the mention, made from its document and what it is called there; the same after the text is read again."
    ),
    *word("record_type", RecordType, "What kind of thing it is", required=True),
    *link("document_id", "document", "The document that speaks of it.", required=True),
    text(
        "canonical_id", "The merged row that it is, in the table named as its type; empty while nobody is known by it."
    ),
    text("label", "What the document calls it.", required=True),
    text("profile", "What the document says that tells it from others of its kind, as JSON.", required=True),
    text(
        "joined_to",
        "The mention through which it was taken for that row; empty for the one that gives the row its key.",
    ),
    text("method", "The rule by which it was joined; empty for the one that gives the row its key."),
    real("score", "How alike the two are by that rule, from 0 to 1."),
    index("document_id"),
    index("canonical_id", filled=True),
    key_on_postgres("id"),
    comment="One thing as one document speaks of it, and which merged row it was taken for.",
)

mention_block = sa.Table(
    "mention_block",
    metadata,
    sa.Column(
        "block", sa.String, primary_key=True, comment="A word by which mentions that may be one thing are found."
    ),
    sa.Column("mention_id", sa.String, primary_key=True, comment="The mention."),
    sa.ForeignKeyConstraint(["mention_id"], ["mention.id"]).ddl_if(dialect="postgresql"),
    index("mention_id"),
    key_on_postgres("block", "mention_id"),
    comment="Words by which candidates for one thing are found; a new document is compared only with what shares one.",
)

redirect = sa.Table(
    "redirect",
    metadata,
    key("The key that is gone."),
    *word("record_type", RecordType, "What kind of thing it was", required=True),
    text("target_id", "The key of the row that it is part of now.", required=True),
    moment("since", "Since when.", required=True),
    index("target_id"),
    comment="Keys of rows that were merged into others, so that old references still lead somewhere.",
)
