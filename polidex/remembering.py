"""What is remembered of each source from one night to the next, as rows of `source` and `source_document`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from polidex.read import Read
from polidex.reread import Unchanged, Vanished, digest, is_passing
from polidex.source_settings import SourceSetting
from polidex.sources import Known, Source
from schema.base import stable_id
from schema.errors import ReadError
from schema.vocabulary import FetchOutcome

Outcome = Read | Unchanged | Vanished | ReadError
"""What came of reading a source."""
Rows = dict[str, list[dict[str, Any]]]

_LASTING = (
    FetchOutcome.OK,
    FetchOutcome.EMPTY,
    FetchOutcome.NOT_TEXT,
    FetchOutcome.BAD_ENCODING,
    FetchOutcome.PARSE_FAILED,
)
"""After these a source is asked again only when it says that it changed."""


@dataclass(frozen=True)
class Part:
    """A configured source, or a part of one that tells for itself whether it changed: a row of `source`."""

    id: str
    kind: str
    location: str
    parent_id: str | None = None
    name: str | None = None
    stamp: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    outcome: str | None = None
    error: str | None = None


class Parts:
    """The rows of `source`: as they were before tonight, and as they are to be.

    Args:
        rows: what `sources/sources` gives.
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._before = {row["id"]: Part(**row) for row in rows}
        self._now: dict[str, Part] = {}

    def of(self, setting: SourceSetting) -> Part:
        """A configured source."""
        fresh = Part(setting.id, str(setting.kind), setting.location)
        return replace(self._before.get(setting.id, fresh), name=setting.name)

    def inside(self, parent: Part, location: str) -> Part:
        """A sitemap of an index, or one file of several."""
        key = stable_id("source", parent.id, location)
        return self._before.get(key) or Part(key, parent.kind, location, parent.id)

    def within(self, parent: Part) -> list[Part]:
        """The parts that one had before tonight."""
        return [each for each in self._before.values() if each.parent_id == parent.id]

    def polled(
        self, part: Part, *, stamp: str | None = None, etag: str | None = None, last_modified: str | None = None
    ) -> None:
        """Note that one could be polled, and the state that it is in now."""
        found = replace(part, stamp=stamp, etag=etag, last_modified=last_modified)
        self._now[part.id] = replace(found, outcome=str(FetchOutcome.OK), error=None)

    def same(self, part: Part) -> None:
        """Note that one could be polled, and is to be looked at from where it was."""
        self._now[part.id] = replace(part, outcome=str(FetchOutcome.OK), error=None)

    def failed(self, part: Part, error: ReadError) -> None:
        """Note that one could not be polled; how far it was read stays known."""
        self._now[part.id] = replace(part, outcome=str(error.outcome), error=str(error))

    def has_failed(self, key: str | None) -> bool:
        """Whether one, or what it is a part of, could not be polled tonight."""
        while part := self._now.get(key or "") or self._before.get(key or ""):
            if key in self._now and part.outcome not in (None, FetchOutcome.OK):
                return True
            key = part.parent_id
        return False

    def named(self, keys: Iterable[str | None]) -> list[dict[str, Any]]:
        """What rows that point at these need: their own first columns, and those of what they are parts of."""
        found: dict[str, dict[str, Any]] = {}
        todo = [key for key in keys if key]
        while todo:
            part = self._now.get(todo[-1]) or self._before.get(todo[-1])
            key = todo.pop()
            if part and key not in found:
                names = ("id", "parent_id", "kind", "location", "name")
                found[key] = {name: getattr(part, name) for name in names}
                todo += [part.parent_id] if part.parent_id else []
        return list(found.values())

    def note(self, part: Part) -> None:
        """Let rows point at one that is still being polled."""
        self._now.setdefault(part.id, part)

    def rows(self, waiting: Collection[str]) -> list[dict[str, Any]]:
        """The rows that changed tonight. Those that wait for something to be read keep the state that they had."""
        found = []
        for key, part in self._now.items():
            before = self._before.get(key)
            now = part
            if key in waiting:
                kept = before or Part(part.id, part.kind, part.location)
                now = replace(part, stamp=kept.stamp, etag=kept.etag, last_modified=kept.last_modified)
            if now != before:
                found.append(asdict(now))
        return found


def known_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, Known]:
    """What `sources/known` gives, by address."""
    return {
        row["uri"]: Known(
            row["outcome"], row["listed_by"], row["stamp"], row["etag"], row["last_modified"], row["digest"]
        )
        for row in rows
    }


def state_row(source: Source, outcome: Outcome) -> dict[str, Any]:
    """The row of `source_document` after a source was read."""
    known = source.known
    match outcome:
        case Read():
            after = Known("ok", None, source.stamp, outcome.etag, outcome.last_modified, digest(outcome))
        case Unchanged() if known:
            stamp = source.stamp if known.outcome in _LASTING else None
            after = Known(known.outcome, None, stamp, outcome.etag, outcome.last_modified, known.digest)
        case Vanished():
            after = Known(str(FetchOutcome.GONE))
        case ReadError() if is_passing(outcome):
            # What it was stays remembered; without a stamp it is asked for again.
            before = known or Known(str(outcome.outcome))
            after = Known(before.outcome, None, None, before.etag, before.last_modified, before.digest)
        case ReadError():
            after = Known(str(outcome.outcome), None, source.stamp if outcome.outcome in _LASTING else None)
        case _:
            raise ValueError(f"{source.uri} is said to be unchanged, and was never read")
    return known_row(source.source_id, source.uri, after, source.listed_by)


def known_row(source_id: str, uri: str, known: Known, listed_by: str | None) -> dict[str, Any]:
    """The row of `source_document` that says what is known of a document, listed by this part now."""
    return {
        "source_id": source_id,
        "document_id": document_id(uri),
        "listed_by": listed_by,
        "stamp": known.stamp,
        "etag": known.etag,
        "last_modified": known.last_modified,
        "digest": known.digest,
        "outcome": known.outcome,
    }


def is_same(row: Mapping[str, Any], known: Known | None) -> bool:
    """Whether a row of `source_document` says what was known already."""
    names = ("outcome", "listed_by", "stamp", "etag", "last_modified", "digest")
    return known is not None and all(row[name] == getattr(known, name) for name in names)


def marks(source: Source, outcome: Outcome) -> Rows:
    """The rows that mark a document that went, with the attempt that found it so, or take the mark away again."""
    was_gone = source.known is not None and source.known.outcome == FetchOutcome.GONE
    row: dict[str, Any] = {"id": document_id(source.uri), "uri": source.uri}
    if isinstance(outcome, Vanished):
        now = datetime.now(UTC)
        attempt = {
            "id": stable_id("fetch", row["id"], outcome.reason, now.isoformat()),
            "document_id": row["id"],
            "retrieved_at": now,
            "http_status": outcome.http_status,
            "outcome": str(FetchOutcome.GONE),
            "error": outcome.reason,
        }
        return {"document": [row | {"retracted_at": now, "reason": outcome.reason}], "fetch": [attempt]}
    if was_gone and isinstance(outcome, Read):
        return {"document": [row | {"retracted_at": None, "reason": None}]}
    return {}


def document_id(uri: str) -> str:
    return stable_id("document", uri)
