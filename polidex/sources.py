"""Finding what there is to read: files, folders and web addresses expanded into sources."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path, PurePath
from urllib.parse import urlsplit, urlunsplit

from polidex.source_settings import IS_ADDRESS
from schema.errors import BadAddress

PAGE_SUFFIXES = (".html", ".htm")
SUFFIXES = (".txt", ".md", ".markdown", *PAGE_SUFFIXES)


class Place(Enum):
    """Where a source lies."""

    FILE = auto()
    FOLDER = auto()
    WEB = auto()
    HELD = auto()
    """In a line or row of a file that was opened already: the source holds its text."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document as a line of JSONL or a row of Parquet gives it.

    Attributes:
        text: its text, or its HTML where `is_page`.
        published: the day as it is written there.
    """

    text: str
    is_page: bool = False
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The state in which a document was last read, as `source_document` keeps it.

    Attributes:
        listed_by: the key of the `source` row that lists it; None when none does any more.
        stamp: how its source told its state; None where it is to be asked again whatever its source says.
        digest: of all that was understood of it; None when it could not be read.
    """

    outcome: str
    listed_by: str | None = None
    stamp: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read.

    Attributes:
        uri: its address, the same on every machine: `file:` and the path from the working folder, or a web address.
        location: the path or address to read from.
        place: a folder stands here only when it holds no article or may not be read: reading it says so.
        held: of `Place.HELD`, the document; None when it is not there any more, or `broken`.
        broken: what is wrong with the line that should hold it.
        source_id: the configured source that lists it, by the key of its row; empty for what a command names.
        listed_by: the part of that source that does (a sitemap of an index, a file of several), else the source itself;
            None when none does any more.
        stamp: how its source tells the state that it is in now; None where the source does not say.
        known: the state in which it was last read; None when it never was.
    """

    uri: str
    location: str
    place: Place
    held: Held | None = None
    broken: str = ""
    source_id: str = ""
    listed_by: str | None = None
    stamp: str | None = None
    known: Known | None = None


@dataclass(frozen=True)
class Sources:
    """What paths and addresses lead to, each source once, in a fixed order.

    Attributes:
        found: the sources.
        skipped: how many files in folders were left out: hidden, a link, or of another kind.
    """

    found: tuple[Source, ...]
    skipped: int

    def __iter__(self) -> Iterator[Source]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def sources(paths: Sequence[str]) -> Sources:
    """Expand files, folders and web addresses into sources; nothing is read yet, and nothing raised.

    A folder gives its text, Markdown and HTML files, however deep, sorted by path. What is missing or empty is a
    source too: `read` raises the error that says so, and the other sources can be read all the same.
    """
    found: dict[str, Source] = {}
    skipped = 0
    for path in paths:
        if IS_ADDRESS.match(path):
            listed = [Source(shown_address(path), path, Place.WEB)]
        elif Path(path).is_dir():
            listed, left_out = _folder(path)
            skipped += left_out
        else:
            listed = [Source(file_uri(path), path, Place.FILE)]
        for source in listed:
            found.setdefault(source.uri, source)
    return Sources(tuple(found.values()), skipped)


def clean_address(uri: str) -> str:
    """The address without its fragment.

    Raises:
        BadAddress: it is not http or https, names no host, or carries a user name or password, which must not
            reach the database. The message leaves them out.
    """
    try:
        parts = urlsplit(uri.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddress("This address cannot be read: its host or port is malformed.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise BadAddress(f"This is not an address of a web page: {parts.scheme}:// {host or ''}".rstrip())
    if parts.username is not None or parts.password is not None:
        raise BadAddress(f"The address of a page at {host} carries a user name or password.")
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


def shown_address(uri: str) -> str:
    """The address as rows and messages may show it, also where it is not one that is fetched."""
    try:
        return clean_address(uri)
    except BadAddress:
        return re.sub(r"//[^/?#]*@", "//", uri.partition("#")[0])


def _folder(path: str) -> tuple[list[Source], int]:
    found: list[Source] = []
    skipped = 0
    closed: list[str] = []
    for folder, inner, names in os.walk(path, onerror=lambda error: closed.append(str(error.filename))):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder) / name
            # A link may lead out of the folder that was named.
            if name.startswith(".") or file.suffix.lower() not in SUFFIXES or file.is_symlink():
                skipped += 1
            else:
                found.append(Source(file_uri(str(file)), str(file), Place.FILE))
    found.sort(key=lambda source: source.uri)
    empty = [Source(file_uri(one), one, Place.FOLDER) for one in (closed or ([] if found else [path]))]
    return [*found, *empty], skipped


def file_uri(path: str) -> str:
    """The address of a file: the same on every machine as long as it is named from the same working folder."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() follows links; the name given is the address
    here = Path.cwd()
    shown: PurePath = absolute.relative_to(here) if absolute.is_relative_to(here) else absolute
    return "file:" + os.fsencode(shown.as_posix()).decode("utf-8", "replace")
