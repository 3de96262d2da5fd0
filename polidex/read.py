"""Reading a source: a file or page in; a document out, with its text and the spans that a model reads."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import stat
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from polidex.decoding import decode
from polidex.front_matter import read_front_matter
from polidex.furniture import Layout, lay_out
from polidex.language import detect_language
from polidex.pages import Page, read_page, to_edtf
from polidex.paragraphs import paragraphs
from polidex.sources import PAGE_SUFFIXES, Held, Place, Source, sources
from polidex.web import fetch
from schema.base import stable_id
from schema.dates import WorldDate
from schema.documents import Document, DocumentVersion
from schema.errors import (
    BadLine,
    BlankDocument,
    EmptyDocument,
    LineGone,
    MissingPath,
    NoArticles,
    NoArticleText,
    NotAFile,
    PermissionDenied,
    TooLarge,
    UnreadableFile,
)
from schema.vocabulary import Basis

__all__ = ["Place", "Read", "Source", "read", "sources"]

_PAGE_KINDS = ("text/html", "application/xhtml+xml")
_IS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL
)
_DAY_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<sep>[-/])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
)


@dataclass(frozen=True)
class Read:
    """A source that was read.

    Attributes:
        document: the source.
        version: its text, and what it says about itself.
        final_uri: the address that answered, after redirects; for a file its own.
        http_status: what the server answered; None for a file.
        retrieved_at: when it was read, UTC.
        raw: the bytes as they came. `raw_sha256`: their SHA-256.
        modified: when the source says it was last changed.
        etag: the server's mark of this state of the page. `last_modified`: when the server says it was last changed.
    """

    document: Document
    version: DocumentVersion
    final_uri: str
    http_status: int | None
    retrieved_at: datetime
    raw: bytes = field(repr=False)
    raw_sha256: str
    modified: WorldDate
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class _Raw:
    data: bytes
    is_page: bool
    final_uri: str
    status: int | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class _Content:
    """What was understood of a source, whatever its format."""

    text: str
    layout: Layout
    language: str | None
    publisher: str | None
    published: WorldDate
    modified: WorldDate


def read(source: Source, *, limit: int = 20_000_000, seconds: float = 30.0, allow_loopback: bool = False) -> Read:
    """Read a source. Runs an event loop of its own for a page: from async code, call it in a thread.

    Args:
        source: one of `sources`.
        limit: bytes; more are refused before they are read.
        seconds: for getting a page.
        allow_loopback: for tests: let addresses of this machine through.

    Raises:
        ReadError: one of its subclasses; the message names the source, `hint` says what to do.
    """
    retrieved_at = datetime.now(UTC)
    if source.place is Place.FOLDER:
        raise _empty_folder(source.location)
    if source.place is Place.WEB:
        raw = _from_web(source, limit, seconds, allow_loopback)
    elif source.place is Place.HELD:
        raw = _from_line(source, limit)
    else:
        raw = _from_file(source, limit)
    name = source.location if source.place is not Place.WEB else raw.final_uri
    if not raw.data:
        raise EmptyDocument(f"{name} is empty.", http_status=raw.status)
    text = decode(raw.data, name=name, declared=raw.charset)
    if not text.strip():
        raise BlankDocument(f"{name} holds only white space.", http_status=raw.status)
    is_page = raw.is_page or _IS_HTML.match(text, 0, 4096) is not None
    content = _page_content(text, raw, source) if is_page else _text_content(text, source)
    if source.held:
        content = _as_its_line_says(content, source.held, source.uri)
    if not content.layout.spans:
        raise NoArticleText(f"{name} holds no article that could be told from the page around it.")
    return _as_read(source, raw, content, retrieved_at)


def _as_read(source: Source, raw: _Raw, content: _Content, retrieved_at: datetime) -> Read:
    # An address that front matter states is not the document's own: two files may state one, or their whole site's.
    document = Document(id=stable_id("document", source.uri), uri=source.uri, publisher=content.publisher)
    digest = hashlib.sha256(content.text.encode()).hexdigest()
    version = DocumentVersion(
        id=stable_id("version", document.id, digest),
        document_id=document.id,
        content_sha256=digest,
        title=content.layout.title,
        byline=content.layout.byline,
        published=content.published,
        crawled_at=content.layout.crawled_at,
        language=content.language,
        text=content.text,
        reading_spans=content.layout.spans,
    )
    return Read(
        document=document,
        version=version,
        final_uri=raw.final_uri,
        http_status=raw.status,
        retrieved_at=retrieved_at,
        raw=raw.data,
        raw_sha256=hashlib.sha256(raw.data).hexdigest(),
        modified=content.modified,
        etag=raw.etag,
        last_modified=raw.last_modified,
    )


def _empty_folder(path: str) -> NoArticles | PermissionDenied:
    if os.access(path, os.R_OK | os.X_OK):
        return NoArticles(f"The folder {path} holds no article.")
    return PermissionDenied(f"The folder {path} may not be read.")


def _from_file(source: Source, limit: int) -> _Raw:
    path = Path(source.location)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotAFile(f"{path} is neither a file nor a folder.")
        if status.st_size > limit:
            raise TooLarge(f"{path} has {status.st_size:,} bytes; at most {limit:,} are read.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingPath(f"There is no file or folder {path}.") from error
    except PermissionError as error:
        raise PermissionDenied(f"{path} may not be read.") from error
    except OSError as error:
        raise UnreadableFile(f"{path} could not be read: {error.strerror}.") from error
    if len(data) > limit:
        raise TooLarge(f"{path} grew beyond the {limit:,} bytes that are read.")
    return _Raw(data, path.suffix.lower() in PAGE_SUFFIXES, source.uri)


def _from_web(source: Source, limit: int, seconds: float, allow_loopback: bool) -> _Raw:
    known = source.known
    asked = fetch(
        source.location,
        limit=limit,
        seconds=seconds,
        allow_loopback=allow_loopback,
        etag=known.etag if known else None,
        last_modified=known.last_modified if known else None,
    )
    found = asyncio.run(asked)
    is_page = found.kind in _PAGE_KINDS
    return _Raw(found.body, is_page, found.uri, found.status, found.charset, found.etag, found.last_modified)


def _from_line(source: Source, limit: int) -> _Raw:
    if source.broken:
        raise BadLine(source.broken)
    if source.held is None:
        raise LineGone(f"{source.uri} is no longer in {source.location}.")
    data = source.held.text.encode()
    if len(data) > limit:
        raise TooLarge(f"{source.uri} in {source.location} has {len(data):,} bytes; at most {limit:,} are read.")
    return _Raw(data, source.held.is_page, source.uri, charset="utf-8")


def _as_its_line_says(content: _Content, held: Held, uri: str) -> _Content:
    """What stands beside a text is surer than what the text itself shows."""
    language = held.language or content.language
    layout = replace(content.layout, title=held.title or content.layout.title)
    return replace(
        content,
        layout=replace(layout, byline=held.authors or layout.byline),
        language=language,
        publisher=held.publisher or content.publisher,
        published=_published(to_edtf(held.published, language), layout, None, uri)
        if held.published
        else content.published,
    )


def _text_content(text: str, source: Source) -> _Content:
    matter = read_front_matter(text)
    language = matter.first("language", "lang") or detect_language(text[matter.end :])
    layout = lay_out(
        text,
        language=language,
        start=matter.end,
        title=matter.first("title", "headline"),
        authors=matter.all("authors", "author", "byline"),
    )
    stated = matter.first("published", "date")
    changed = matter.first("updated", "modified")
    return _Content(
        text=text,
        layout=layout,
        language=language,
        publisher=matter.first("publisher", "source", "site") or layout.source,
        published=_published(to_edtf(stated, language) if stated else None, layout, None, source.uri),
        modified=_date(to_edtf(changed, language) if changed else layout.modified),
    )


def _page_content(html: str, raw: _Raw, source: Source) -> _Content:
    page: Page = read_page(html, raw.final_uri)
    language = detect_language(page.text) or page.language
    layout = lay_out(page.text, language=language, title=page.title, authors=page.authors)
    if not any(part.is_prose for part in paragraphs(page.text)):
        raise NoArticleText(f"{source.location} holds no article that could be told from the page around it.")
    return _Content(
        text=page.text,
        layout=layout,
        language=language,
        publisher=page.publisher or layout.source or (urlsplit(raw.final_uri).hostname if raw.status else None),
        published=_published(page.published, layout, page.guessed, raw.final_uri),
        modified=_date(page.modified or layout.modified),
    )


def _published(stated: str | None, layout: Layout, guessed: str | None, uri: str) -> WorldDate:
    """The day of publication: as a tag or a line states it, else as other signs of the page or its address suggest."""
    if stated or layout.published:
        return _date(stated or layout.published)
    in_address = _DAY_IN_ADDRESS.search(uri)
    if in_address:
        guessed = to_edtf(f"{in_address[1]}-{in_address[3]:0>2}-{in_address[4]:0>2}") or guessed
    return WorldDate.from_edtf(guessed, Basis.INFERRED) if guessed else WorldDate.unknown()


def _date(edtf: str | None) -> WorldDate:
    return WorldDate.from_edtf(edtf, Basis.STATED) if edtf else WorldDate.unknown()
