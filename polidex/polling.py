"""What there is to read tonight, of all sources of the settings: what is new, what changed, what is to be asked for.

How the nightly flow uses it, with every use of the database on the writer's thread:

    poller = Polling(settings)
    async for source in poller.changed(rows):    # rows: `async def rows(name, **parameters)`, as of `Store.rows`
        outcome = await poller.read(source)      # Read | Unchanged | Vanished, or raises ReadError
        ...                                      # record the document, as for any other source
        found = poller.remember(source, outcome) # also with the ReadError
        store.load(found)                        # in the transaction of the document, after its own rows
    store.load(poller.finish())                  # when everything is committed, however the night ended
    poller.failed                                # sources that could not be polled, with the reason

`read` may be called for many sources at once; it asks each host for one page at a time. A source that was read and not
remembered (the night was killed, or stopped for its budget) comes again the next night. A night in which nothing is new
gives no row to load.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from polidex.hosts import Hosts
from polidex.polled_files import Poll, Tally, poll_folder, poll_lines
from polidex.polled_pages import Listing, in_turns
from polidex.read import Read
from polidex.remembering import Outcome, Parts, Rows, is_same, known_of, known_row, marks, state_row
from polidex.reread import Unchanged, Vanished, read_if_changed
from polidex.settings import Settings
from polidex.source_settings import SourceSetting
from polidex.sources import Known, Place, Source
from schema.vocabulary import FetchOutcome, SourceKind

__all__ = ["Outcome", "Polling", "Rows", "Tally", "Unchanged", "Vanished"]

Ask = Callable[..., Awaitable[list[dict[str, Any]]]]
"""The rows that `sql/NAME.sql` gives: `await rows(name, **parameters)`."""

_AT_ONCE = 64  # changed files that are looked for in a thread before the first is given


class Polling:
    """One poll of all sources.

    Args:
        settings: its `sources`, and the limits.
        allow_loopback: for tests: let addresses of this machine through.

    Attributes:
        failed: sources, or parts of them, that could not be polled: the name of each, and the reason in one line.
        tallies: what each source gave, by its name; complete when `changed` has come to its end.
    """

    def __init__(self, settings: Settings, *, allow_loopback: bool = False) -> None:
        self.failed: dict[str, str] = {}
        self.tallies: dict[str, Tally] = {}
        self._settings = {each.id: each for each in settings.sources}
        self._limit = settings.limits.file_bytes
        self._allow_loopback = allow_loopback
        self._hosts = Hosts()
        self._parts = Parts([])
        # What was given, and the part whose state waits for it to be remembered.
        self._waiting: dict[str, str] = {}
        self._given: set[str] = set()
        # Pages that two sources list are given once.
        self._again: list[Source] = []
        self._states: dict[str, dict[str, Any]] = {}
        self._moved: list[dict[str, Any]] = []

    async def changed(self, rows: Ask) -> AsyncIterator[Source]:
        """The sources to read: new, changed, gone from where they were, or pages that only their server can tell of.

        No text is read of what did not change. A source that cannot be polled is in `failed`, and the others go on.

        Args:
            rows: see `Ask`; it is called twice, and once for each source, never twice at the same time.
        """
        self._parts = Parts(await rows("sources/sources"))
        settings = list(self._settings.values())
        shared = await rows("sources/shared", source_ids=list(self._settings)) if len(settings) > 1 else []
        listings = Counter({row["uri"]: row["sources"] for row in shared})
        pages: list[Poll] = []
        for setting in settings:
            known = known_of(await rows("sources/known", source_id=setting.id))
            poll = Poll(setting, known, self._parts, listings)
            if setting.on_web:
                pages.append(poll)
                continue
            async for source in self._of_files(poll):
                yield source
            self._over(poll)
        asked = (Listing(each, self._hosts, allow_loopback=self._allow_loopback).pages() for each in pages)
        lists = await asyncio.gather(*asked)
        for poll in pages:
            self._over(poll)
        for source in self._to_give(in_turns([each for found in lists for each in found])):
            yield source

    async def _of_files(self, poll: Poll) -> AsyncIterator[Source]:
        is_folder = poll.setting.kind is SourceKind.FOLDER
        found = poll_folder(poll) if is_folder else poll_lines(poll, limit=self._limit)
        # The event loop goes on meanwhile: what did not change is passed over in a thread.
        while batch := await asyncio.to_thread(partial(_next, found)):
            for source in self._to_give(batch):
                yield source

    def _to_give(self, found: Sequence[Source]) -> list[Source]:
        """Each once. Their parts wait for all of them, also for those that nobody takes any more."""
        taken = []
        for source in found:
            if source.uri in self._given:
                self._again.append(source)
                continue
            taken.append(source)
            self._given.add(source.uri)
            listed_by = source.listed_by or (source.known.listed_by if source.known else None)
            self._waiting[source.uri] = listed_by or source.source_id
        return taken

    def _over(self, poll: Poll) -> None:
        self.tallies[poll.setting.title] = poll.tally
        self.failed |= {name: f"{error} {error.hint}".strip() for name, error in poll.failed.items()}
        self._moved += poll.moved

    async def read(self, source: Source, *, seconds: float = 30.0) -> Read | Unchanged | Vanished:
        """Read a source, unless it is as it was; a page only when the turn of its host has come.

        Args:
            seconds: for getting a page; waiting for its turn is not counted.

        Raises:
            ReadError: it cannot be read, and not for the reason for which it could not be read the last time.
        """
        options: dict[str, Any] = {"limit": self._limit, "seconds": seconds, "allow_loopback": self._allow_loopback}
        if source.place is not Place.WEB:
            return await asyncio.to_thread(read_if_changed, source, **options)
        setting: SourceSetting | None = self._settings.get(source.source_id)
        async with self._hosts.turn(source.location, setting.pause_seconds if setting else 0):
            return await asyncio.to_thread(read_if_changed, source, **options)

    def remember(self, source: Source, outcome: Outcome) -> Rows:
        """The rows to load in the transaction that keeps what was read of a source, after the document's own rows.

        Args:
            source: as `changed` gave it. One that a command named gives no rows.
            outcome: what `read` gave or raised.

        Returns:
            Rows of `source` and `source_document`; where it went or is there again, of `document` and `fetch` too. None
            when all is known already. The rows of one table always name the same columns: those of many sources can be
            loaded together.
        """
        if not source.source_id:
            return {}
        self._waiting.pop(source.uri, None)
        row = state_row(source, outcome)
        if len(self._settings) > 1:
            self._states[source.uri] = row
        marked = marks(source, outcome)
        if is_same(row, source.known) and not marked:
            return {}
        found: Rows = {"source": self._parts.named([source.source_id, source.listed_by]), "source_document": [row]}
        return found | marked

    def finish(self) -> Rows:
        """The rows that say how far each source was read: to load when all that was remembered is committed.

        A source that gave something which was not remembered keeps the state that it had: the next night looks anew.
        """
        told = [row for source in self._again if (row := self._told_again(source))]
        moved = [*self._moved, *told]
        rows = self._parts.rows(set(self._waiting.values()))
        found: Rows = {"source": rows} if rows else {}
        return found | {"source_document": moved} if moved else found

    def _told_again(self, source: Source) -> dict[str, Any] | None:
        """The row of a page that another source gave too, as reading it there left it."""
        row = self._states.get(source.uri)
        if row is None:
            return None
        stamp = source.stamp if row["outcome"] == FetchOutcome.OK else None
        state = Known(row["outcome"], None, stamp, row["etag"], row["last_modified"], row["digest"])
        told = known_row(source.source_id, source.uri, state, source.listed_by)
        return None if is_same(told, source.known) else told


def _next(found: Iterator[Source]) -> list[Source]:
    return list(islice(found, _AT_ONCE))
