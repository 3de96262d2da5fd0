"""Sources and what rests on them: a document, its text at one time, a span of that text, and a claim with its spans."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from schema.base import Count, Language, Record, Sha256, Text
from schema.dates import WorldDate
from schema.errors import NotInDocument
from schema.vocabulary import Basis, Match, Modality, RecordType


class Document(Record):
    """A source with an address: a page on the web, a file."""

    id: Text
    uri: Text
    publisher: Text | None


class DocumentVersion(Record):
    """The text of a document at one time.

    Attributes:
        content_sha256: SHA-256 of `text` in UTF-8.
        published: when the source says that it was published; not when it was fetched.
        crawled_at: when the page says that it was copied from elsewhere, with its time zone.
        text: the whole text, page furniture and all. Every offset in Polidex is an index into this `str`.
        reading_spans: `(start, end)` of the parts that a model reads, in order and without overlap; what lies between
            them is page furniture.
    """

    id: Text
    document_id: Text
    content_sha256: Sha256
    title: Text | None
    byline: tuple[Text, ...]
    published: WorldDate
    crawled_at: datetime | None
    language: Language | None
    text: str
    reading_spans: tuple[tuple[int, int], ...]

    @model_validator(mode="after")
    def _spans_lie_in_text(self) -> Self:
        end_before = 0
        for start, end in self.reading_spans:
            if not end_before <= start < end <= len(self.text):
                raise ValueError(f"the reading span {start}-{end} overlaps another, is empty or leaves the text")
            end_before = end
        return self


class Evidence(Record):
    """A span of a document version, and how its quote was found there."""

    id: Text
    document_version_id: Text
    start_char: Count
    end_char: Count
    quote: Annotated[str, Field(min_length=1)]
    match: Match

    @model_validator(mode="after")
    def _span_is_as_long_as_quote(self) -> Self:
        if self.end_char - self.start_char != len(self.quote):
            raise ValueError(f"the span {self.start_char}-{self.end_char} is not as long as its quote")
        return self

    def check_against(self, text: str) -> None:
        """Raise NotInDocument unless the quote stands in `text` at exactly this span."""
        if text[self.start_char : self.end_char] != self.quote:
            raise NotInDocument(f"The text at {self.start_char}-{self.end_char} is not the quote of {self.id}.")


class Claim(Record):
    """One value of one field, and the spans that it rests on.

    Attributes:
        record_id: the record that made the claim, one per extraction.
        canonical_id: the row that the record was resolved to; None until then.
        value: the value as loaded. `original_value`: as the source words it, where that differs.
        confidence: 0 to 1; None where nothing measured it.
        is_current: whether the claim comes from the latest extraction of the latest version of its document.
        refers_to: the mention whose row the value is the key of, where it is one.
        content_key: what is claimed, of whom, from which words; the same after the text is read again.
    """

    id: Text
    record_id: Text
    record_type: RecordType
    canonical_id: Text | None
    field: Text
    value: str
    original_value: str | None
    modality: Modality
    basis: Basis
    confidence: Annotated[float, Field(ge=0, le=1)] | None
    is_current: bool
    refers_to: Text | None = None
    content_key: Text | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
