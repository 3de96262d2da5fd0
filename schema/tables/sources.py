"""Tables of what was read: documents, the attempts to fetch them, and their text at one time."""

from __future__ import annotations

import sqlalchemy as sa

from schema.tables.columns import (
    index,
    key,
    key_on_postgres,
    link,
    metadata,
    moment,
    number,
    part_of,
    text,
    word,
    world_date,
)
from schema.vocabulary import FetchOutcome, SourceKind

document = sa.Table(
    "document",
    metadata,
    key("Key of the document, made from its address."),
    text("uri", "Address of the document: a URL, or the path of a file as it was given.", required=True),
    text("publisher", "Who published it, as its page or its text says."),
    moment("first_seen_at", "When Polidex first met this address."),
    moment("retracted_at", "When the document was withdrawn; empty while it stands."),
    text("reason", "Why it was withdrawn."),
    comment="A source with an address: an article on the web, a file.",
)

fetch = sa.Table(
    "fetch",
    metadata,
    key("Key of the attempt."),
    *link("document_id", "document", "The document that was asked for.", required=True),
    moment("retrieved_at", "When it was asked for.", required=True),
    text("final_uri", "Address that answered, after redirects."),
    number("http_status", "Status code of the web server; empty for a file."),
    *word("outcome", FetchOutcome, "How the attempt ended", required=True),
    text("error", "What went wrong, in one line; empty when nothing did."),
    text("raw_sha256", "SHA-256 of the bytes as they came, in hexadecimal."),
    text("raw_path", "File beside the database that keeps those bytes; empty when they are not kept."),
    comment="Each attempt to read a document, failures too.",
)

document_version = sa.Table(
    "document_version",
    metadata,
    key("Key of the version, made from the document and its text."),
    *link("document_id", "document", "The document whose text this is.", required=True),
    text("content_sha256", "SHA-256 of the text in UTF-8, in hexadecimal.", required=True),
    text("title", "Headline."),
    text("byline", "Authors, joined by a semicolon and a space."),
    *world_date("published", "publication"),
    moment("crawled_at", "When the page says that it was copied from elsewhere; not the publication date."),
    text("language", "Language of the text: ISO 639-1, such as en."),
    text("text", "The whole text. Evidence counts its characters from 0.", required=True),
    text("reading_spans", "Parts of the text that a model reads, as start-end pairs; the rest is page furniture."),
    *link(
        "source_id",
        "document_version",
        "The text that this one was first printed as; itself when it is no reprint.",
    ),
    index("source_id", filled=True),
    sa.UniqueConstraint("document_id", "content_sha256").ddl_if(dialect="postgresql"),
    comment="The text of a document at one time. A document that changes gets a further version.",
)

text_band = sa.Table(
    "text_band",
    metadata,
    sa.Column("band", sa.String, primary_key=True, comment="Hash of a run of words, in hexadecimal."),
    *part_of("document_version_id", "document_version", "A text that it stands in."),
    index("document_version_id"),
    key_on_postgres("band", "document_version_id"),
    comment="Runs of words by which reprints are found; a new text is compared only with those that share some.",
)

source = sa.Table(
    "source",
    metadata,
    key("Key of the source, made from its kind and location."),
    *link("parent_id", "source", "The source that it is a part of: of a sitemap in an index, of a file among several."),
    *word("kind", SourceKind, "What it is", required=True),
    text("location", "Path or address, as it was set or as its parent gives it.", required=True),
    text("name", "What it was called in the settings."),
    text("stamp", "State of the file that it is, when all it lists was last read."),
    text("etag", "The server's mark of that state."),
    text("last_modified", "When the server said that it was last changed, in the server's words."),
    *word("outcome", FetchOutcome, "How it was last polled"),
    text("error", "What went wrong then, in one line; empty when nothing did."),
    comment="What is polled for documents, and how far it was read.",
)

source_document = sa.Table(
    "source_document",
    metadata,
    *part_of("source_id", "source", "The source."),
    *part_of("document_id", "document", "A document that it lists, or listed once."),
    *link("listed_by", "source", "The source, or the part of it, that lists it now; empty when none does."),
    text("stamp", "How its source told its state when it was last read: empty where it is to be asked again."),
    text("etag", "The server's mark of the page when it was last read."),
    text("last_modified", "When the server said that the page was last changed, in the server's words."),
    text("digest", "SHA-256 of all that was understood of it, in hexadecimal."),
    *word("outcome", FetchOutcome, "How it was last read", required=True),
    key_on_postgres("source_id", "document_id"),
    comment="The documents that a source lists, and the state in which each was last read.",
)
