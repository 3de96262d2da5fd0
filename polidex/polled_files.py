"""Polling what lies on this machine: folders by the state of each file, JSONL and Parquet line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from polidex.folders import Folder
from polidex.lines import Line, files, lines, state
from polidex.remembering import Part, Parts, known_row
from polidex.source_settings import SourceSetting
from polidex.sources import Known, Place, Source, file_uri
from schema.errors import BadLine, ReadError
from schema.vocabulary import FetchOutcome

_LINE = "#line="
"""In the address under which a line is recorded that is no document."""


@dataclass
class Tally:
    """What one source gave tonight: `asked` are pages of which only their server can tell whether they changed."""

    new: int = 0
    changed: int = 0
    asked: int = 0
    unchanged: int = 0
    vanished: int = 0


@dataclass
class Poll:
    """What is known before one source is polled, and what came of it.

    Attributes:
        known: the documents that it listed, by address. Taken out as they are found again.
        listings: of how many sources a document is in the list, where that is more than one.
        failed: what of it could not be polled, by name, with the reason.
        moved: rows of `source_document` for what changed its place and need not be read.
    """

    setting: SourceSetting
    known: dict[str, Known]
    parts: Parts
    listings: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    failed: dict[str, ReadError] = field(default_factory=dict)
    moved: list[dict[str, Any]] = field(default_factory=list)

    def fail(self, part: Part, error: ReadError) -> None:
        self.parts.failed(part, error)
        inner = f": {part.location}" if part.parent_id else ""
        self.failed[f"{self.setting.title}{inner}"] = error

    def move(self, uri: str, known: Known, listed_by: str | None) -> None:
        if known.listed_by != listed_by:
            self.moved.append(known_row(self.setting.id, uri, known, listed_by))

    def left(self) -> Iterator[tuple[str, Known]]:
        """What was listed the last time, was there, and was not found tonight."""
        for uri, known in self.known.items():
            if known.listed_by and known.outcome != FetchOutcome.GONE and self.setting.wants(uri):
                yield uri, known


def poll_folder(poll: Poll) -> Iterator[Source]:
    """The files of a folder that are new, changed, or gone; no file is opened."""
    part = poll.parts.of(poll.setting)
    poll.parts.note(part)
    folder = Folder(poll.setting.location)
    try:
        for uri, path, stamp in folder.files():
            if not poll.setting.wants(uri):
                continue
            known = poll.known.pop(uri, None)
            if known and known.stamp == stamp:
                poll.tally.unchanged += 1
                continue
            yield _counted(poll, Source(uri, path, Place.FILE, None, "", poll.setting.id, part.id, stamp, known))
    except ReadError as error:
        poll.fail(part, error)
        return
    for uri, known in poll.left():
        if not folder.hides(uri):
            poll.tally.vanished += 1
            yield Source(uri, uri.removeprefix("file:"), Place.FILE, source_id=poll.setting.id, known=known)
    if folder.closed:
        poll.fail(part, folder.closed[0][1])
    else:
        poll.parts.polled(part)


def poll_lines(poll: Poll, *, limit: int) -> Iterator[Source]:
    """The documents of JSONL or Parquet files that are new, changed, or gone. A file that is as it was is not opened.

    Args:
        limit: bytes of one line.
    """
    setting = poll.setting
    whole = poll.parts.of(setting)
    poll.parts.note(whole)
    try:
        paths = files(setting.location)
    except ReadError as error:
        poll.fail(whole, error)
        return
    reader = _Lines(poll, limit)
    for path in paths:
        yield from reader.changed(whole if path == setting.location else poll.parts.inside(whole, path))
    if paths != [setting.location]:
        poll.parts.polled(whole)
    for uri, known in poll.left():
        if known.listed_by in reader.kept:
            continue
        poll.listings[uri] -= 1
        if poll.listings[uri] > 0:
            poll.move(uri, known, None)
        else:
            poll.tally.vanished += 1
            yield Source(uri, setting.location, Place.HELD, source_id=setting.id, known=known)


class _Lines:
    """The lines of one source.

    Attributes:
        kept: the files of which nothing can have gone: they are as they were, or could not be read whole.
    """

    def __init__(self, poll: Poll, limit: int) -> None:
        self.kept: set[str] = set()
        self._poll = poll
        self._limit = limit
        self._by_stamp = {known.stamp: uri for uri, known in poll.known.items() if known.stamp}
        self._listed = Counter(known.listed_by for known in poll.known.values())
        self._seen: set[str] = set()

    def changed(self, part: Part) -> Iterator[Source]:
        poll = self._poll
        poll.parts.note(part)
        try:
            stamp = state(part.location, poll.setting.fields)
            if part.stamp == stamp:
                poll.tally.unchanged += self._listed[part.id]
                poll.parts.same(part)
                self.kept.add(part.id)
                return
            for line in lines(part.location, poll.setting, limit=self._limit):
                if source := self._source(line, part):
                    yield source
        except ReadError as error:
            poll.fail(part, error)
            self.kept.add(part.id)
            return
        poll.parts.polled(part, stamp=stamp)

    def _source(self, line: Line, part: Part) -> Source | None:
        """What to read of a line; None where it is as it was."""
        poll = self._poll
        uri = self._by_stamp.get(line.digest)
        if uri is not None:
            self._seen.add(uri)
            if known := poll.known.pop(uri, None):
                poll.tally.unchanged += 1
                poll.move(uri, known, part.id)
                if _LINE in uri:
                    self.kept.add(part.id)
            return None
        try:
            uri, held = line.parse()
            if uri in self._seen:
                raise BadLine(f"gives {uri}, which an earlier line gave")
        except BadLine as error:
            # Of which document it was cannot be told: none of this file is taken for gone.
            self.kept.add(part.id)
            uri = f"{file_uri(part.location)}{_LINE}{line.number}"
            what = f"Line {line.number} of {part.location} {error}."
            return self._made(uri, part, line, broken=what)
        if not poll.setting.wants(uri):
            return None
        return self._made(uri, part, line, held=held)

    def _made(self, uri: str, part: Part, line: Line, **what: Any) -> Source:
        self._seen.add(uri)
        known = self._poll.known.pop(uri, None)
        made = Source(
            uri,
            part.location,
            Place.HELD,
            source_id=self._poll.setting.id,
            listed_by=part.id,
            stamp=line.digest,
            known=known,
            **what,
        )
        return _counted(self._poll, made)


def _counted(poll: Poll, source: Source) -> Source:
    if source.known:
        poll.tally.changed += 1
    else:
        poll.tally.new += 1
    return source
