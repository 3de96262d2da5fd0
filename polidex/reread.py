"""Reading a source that may have been read before: only what changed comes out as something to read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from polidex.read import Read, read
from polidex.sources import Source
from schema.errors import PageUnchanged, ReadError
from schema.vocabulary import FetchOutcome

PASSING = (FetchOutcome.UNREACHABLE, FetchOutcome.TIMED_OUT)
"""Failures that say nothing about the document: it is asked for again."""
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A source is as it was when it was last read; or it fails in the same way as then.

    Attributes:
        etag: the server's mark now, where it sent one. `last_modified`: likewise.
    """

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Vanished:
    """A source that was there is not there any more: its claims stay, and its document is marked.

    Attributes:
        reason: in one line.
        http_status: what the server answered; None for what is not on the web.
    """

    reason: str
    http_status: int | None = None


def read_if_changed(
    source: Source, *, limit: int = 20_000_000, seconds: float = 30.0, allow_loopback: bool = False
) -> Read | Unchanged | Vanished:
    """Read a source, unless it is as it was when it was last read (`source.known`). Arguments as of `read`.

    A page is asked for with the marks of its last answer; where a server knows none, the page comes and is compared.

    Raises:
        ReadError: it cannot be read, and not for the reason for which it could not be read the last time.
    """
    known = source.known
    try:
        found = read(source, limit=limit, seconds=seconds, allow_loopback=allow_loopback)
    except PageUnchanged:
        return Unchanged(known.etag, known.last_modified) if known else Unchanged()
    except ReadError as error:
        if known is None or is_passing(error):
            raise
        if str(error.outcome) == known.outcome:
            return Unchanged()
        if error.outcome is FetchOutcome.GONE:
            return Vanished(str(error), error.http_status)
        raise
    if known and known.digest == digest(found):
        return Unchanged(found.etag, found.last_modified)
    return found


def digest(found: Read) -> str:
    """Of all that was understood of a source: its text, and what it says about itself."""
    version = found.version
    said = (
        found.document.publisher,
        version.title,
        version.byline,
        version.published.edtf,
        version.crawled_at,
        version.language,
        version.reading_spans,
    )
    return hashlib.sha256(f"{version.content_sha256} {said!r}".encode()).hexdigest()


def is_passing(error: ReadError) -> bool:
    """Whether a failure says nothing about the document."""
    return error.outcome in PASSING or error.http_status == _TOO_MANY_REQUESTS
