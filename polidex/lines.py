"""Documents that lie in the lines of JSONL files or in the rows of Parquet files: one at a time, never a whole file."""

from __future__ import annotations

import glob
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from polidex.folders import file_stamp
from polidex.source_settings import Fields, SourceSetting
from polidex.sources import Held, clean_address, file_uri
from schema.errors import BadAddress, BadLine, MissingPath, NotAListing, PermissionDenied, UnreadableFile
from schema.vocabulary import SourceKind

_ROWS_AT_ONCE = 64
_LONGEST_URI = 2000
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMES = ("file", "urn", "doi", "tag", "ftp")
"""Besides http and https: of what tells documents apart and cannot be run by who follows it."""
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line or row.

    Attributes:
        number: which it is, from 1.
        digest: of what it holds and of how it is understood: the same as long as it need not be read again.
    """

    number: int
    digest: str
    parse: Callable[[], tuple[str, Held]]
    """Gives address and document; raises BadLine."""


def files(location: str) -> list[str]:
    """The files that a path or a pattern names, by name.

    Raises:
        MissingPath: there is none.
    """
    found = [location] if Path(location).is_file() else sorted(glob.glob(location, recursive=True))  # noqa: PTH207
    if not found:
        raise MissingPath(f"There is no file {location}.")
    return found


def state(path: str, fields: Fields) -> str:
    """The stamp of a whole file: while it is the same, no line of it is looked at.

    Raises:
        ReadError: it is not there, or may not be read.
    """
    return f"{file_stamp(path)}:{_mark(fields).hex()}"


def lines(path: str, setting: SourceSetting, *, limit: int) -> Iterator[Line]:
    """The lines of a JSONL file or the rows of a Parquet file.

    Args:
        limit: bytes of one line; a longer one is a bad line.

    Raises:
        ReadError: the file cannot be read, or is no such file.
    """
    try:
        if setting.kind is SourceKind.PARQUET:
            yield from _rows(path, setting.fields)
        else:
            with Path(path).open("rb") as file:
                yield from _json_lines(file, path, setting.fields, limit)
    except PermissionError as error:
        raise PermissionDenied(f"{path} may not be read.") from error
    except FileNotFoundError as error:
        raise MissingPath(f"There is no file {path}.") from error
    except (pa.ArrowException, ValueError) as error:
        raise NotAListing(f"{path} is no Parquet file that can be read.") from error
    except OSError as error:
        raise UnreadableFile(f"{path} could not be read: {error.strerror or type(error).__name__}.") from error


def _json_lines(file: BinaryIO, path: str, fields: Fields, limit: int) -> Iterator[Line]:
    mark = _mark(fields)
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            digest = _digest(line + str(_skip_line(file)).encode(), mark)
            yield Line(number, digest, partial(_too_long, limit))
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        line = line.strip()
        if line:
            yield Line(number, _digest(line, mark), partial(_of_json, line, fields, path))


def _skip_line(file: BinaryIO) -> int:
    """Read on to the end of a line; gives its bytes."""
    skipped = 0
    while part := file.readline(1_000_000):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def _rows(path: str, fields: Fields) -> Iterator[Line]:
    mark = _mark(fields)
    number = 0
    with pq.ParquetFile(path) as file:
        there = set(file.schema_arrow.names)
        wanted = [name for field in Fields.model_fields for name in fields.names(field) if name in there]
        if not wanted:
            raise NotAListing(f"{path} has none of the columns of a document: name them in `fields`.")
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                line = json.dumps(row, default=str, ensure_ascii=True, sort_keys=True).encode()
                yield Line(number, _digest(line, mark), partial(document, row, fields, path))


def _too_long(limit: int) -> tuple[str, Held]:
    raise BadLine(f"has more than the {limit:,} bytes that are read")


def _of_json(line: bytes, fields: Fields, path: str) -> tuple[str, Held]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine("is not JSON") from error
    if not isinstance(found, dict):
        raise BadLine("is not a JSON object")
    return document(found, fields, path)


def document(row: Mapping[str, Any], fields: Fields, path: str) -> tuple[str, Held]:
    """The address and the document of a line or row.

    Raises:
        BadLine: it has no address or no text, or one that cannot be stored. The message goes on after "Line N ...".
    """
    given = {field: _first(row, fields.names(field)) for field in Fields.model_fields}
    uri, text, html = given["uri"], _text(given["text"], "text"), _text(given["html"], "html")
    if uri is None or isinstance(uri, list | dict | bool) or not str(uri).strip():
        raise BadLine(f"has no address or id ({' or '.join(fields.names('uri'))})")
    if not text and not html:
        raise BadLine(f"has no text ({' or '.join((*fields.names('text'), *fields.names('html')))})")
    held = Held(
        text=text or html or "",
        is_page=not text,
        title=_text(given["title"], "title") or None,
        published=_text(given["published"], "published") or None,
        publisher=_text(given["publisher"], "publisher") or None,
        language=_language(given["language"]),
        authors=_authors(given["authors"]),
    )
    return _uri(_text(str(uri), "address") or "", path), held


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name) is not None), None)


def _text(value: Any, what: str) -> str | None:
    """A value as a text that any database takes."""
    if value is None or isinstance(value, dict | list | bool):
        return None
    shown = str(value).strip() if what != "text" else str(value)
    if "\0" in shown:
        raise BadLine(f"has a NUL character in its {what}")
    try:
        shown.encode()
    except UnicodeEncodeError as error:
        raise BadLine(f"has half of a character in its {what}") from error
    return shown


def _language(value: Any) -> str | None:
    found = _LANGUAGE.match(value) if isinstance(value, str) else None
    return found[1].lower() if found else None


def _authors(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else str(value).split(";") if isinstance(value, str) else []
    shown = (_text(each, "authors") for each in listed)
    return tuple(each for each in shown if each)


def _uri(given: str, path: str) -> str:
    """The address of a document: its own, else one inside its file."""
    if len(given) > _LONGEST_URI:
        raise BadLine(f"has an address of more than {_LONGEST_URI:,} characters")
    scheme = _SCHEME.match(given)
    if scheme is None or scheme[1].lower() in _SCHEMES:
        return given if scheme else f"{file_uri(path)}#{' '.join(given.split())}"
    try:
        return clean_address(given)
    except BadAddress as error:
        raise BadLine("has an address that is neither of a web page nor an id") from error


def _mark(fields: Fields) -> bytes:
    return blake2b(fields.model_dump_json().encode(), digest_size=8).digest()


def _digest(line: bytes, mark: bytes) -> str:
    return blake2b(line, digest_size=16, key=mark).hexdigest()
