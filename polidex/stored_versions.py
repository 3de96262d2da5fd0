"""The way back from a stored text to what reading it gave: what is stale is read again without its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schema import DocumentVersion, WorldDate
from schema.rows import LIST_SEPARATOR, spans_from_text
from schema.vocabulary import Basis


def version_of(row: Mapping[str, Any]) -> DocumentVersion:
    """The version whose row of `document_version` it is: `schema.rows.row` the other way round."""
    published = row["published_edtf"]
    return DocumentVersion(
        id=row["id"],
        document_id=row["document_id"],
        content_sha256=row["content_sha256"],
        title=row["title"],
        byline=tuple(row["byline"].split(LIST_SEPARATOR)) if row["byline"] else (),
        published=WorldDate.from_edtf(published, Basis(row["published_basis"])) if published else WorldDate.unknown(),
        crawled_at=row["crawled_at"],
        language=row["language"],
        text=row["text"],
        reading_spans=spans_from_text(row["reading_spans"] or ""),
    )
