"""Polling what lists pages of the web: feeds, sitemaps and URL lists, each with a conditional request."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from polidex.folders import file_stamp
from polidex.hosts import Hosts, host_of
from polidex.listings import REFUSED, Entry, read_addresses, read_feed, read_sitemap, unzipped
from polidex.polled_files import Poll
from polidex.remembering import Part
from polidex.source_settings import IS_ADDRESS
from polidex.sources import Known, Place, Source
from polidex.web import Response, fetch
from schema.errors import PageUnchanged, ReadError, TooLarge, UnreadableFile
from schema.vocabulary import SourceKind

_LISTING_BYTES = 52_428_800
"""What the protocol of sitemaps allows one to have, unpacked."""
_SECONDS = 60.0
_MOST_PARTS = 50_000

Listed = tuple[Part, tuple[Entry, ...] | None]
"""A part and the pages that it lists; None where it is as it was."""


class Listing:
    """Asks one source for its list of pages.

    Args:
        hosts: whose turn it is.
        allow_loopback: for tests: let addresses of this machine through.
    """

    def __init__(self, poll: Poll, hosts: Hosts, *, allow_loopback: bool) -> None:
        self._poll = poll
        self._hosts = hosts
        self._allow_loopback = allow_loopback

    async def pages(self) -> list[Source]:
        """The pages that are new, changed, gone from the list, or of which only their server can tell."""
        whole = self._poll.parts.of(self._poll.setting)
        self._poll.parts.note(whole)
        try:
            listed = await (
                self._sitemaps(whole) if self._poll.setting.kind is SourceKind.SITEMAP else self._flat(whole)
            )
        except ReadError as error:
            self._poll.fail(whole, error)
            return []
        return compare(self._poll, listed)

    async def _flat(self, part: Part) -> list[Listed]:
        try:
            found = await self._get(part)
        except PageUnchanged:
            self._poll.parts.same(part)
            return [(part, None)]
        if self._poll.setting.kind is SourceKind.FEED:
            data = unzipped(found.body, name=part.location, limit=_LISTING_BYTES)
            entries = await asyncio.to_thread(read_feed, data, uri=found.uri, name=part.location)
        else:
            entries = read_addresses(found.body, name=part.location)
        self._poll.parts.polled(part, etag=found.etag, last_modified=found.last_modified)
        return [(part, entries)]

    async def _sitemaps(self, whole: Part) -> list[Listed]:
        """The pages of a sitemap, or of all sitemaps in an index, of which one that fails costs only its own."""
        found: list[Listed] = []
        met = {whole.id}
        todo: list[tuple[Part, str | None]] = [(whole, None)]
        while todo:
            part, told = todo.pop()
            try:
                listed, parts = await self._sitemap(part, told)
            except ReadError as error:
                if part is whole:
                    raise
                self._poll.fail(part, error)
                continue
            found.append((part, listed))
            for inner, stamp in parts:
                if inner.id not in met and len(met) < _MOST_PARTS:
                    met.add(inner.id)
                    todo.append((inner, stamp))
        return found

    async def _sitemap(
        self, part: Part, told: str | None
    ) -> tuple[tuple[Entry, ...] | None, list[tuple[Part, str | None]]]:
        """The pages and the parts of one sitemap. `told` is what its index says of its last change."""
        parts = self._poll.parts
        parts.note(part)
        inside: list[tuple[Part, str | None]] = [(each, None) for each in parts.within(part)]
        if told and told == part.stamp and not inside:
            parts.same(part)
            return None, []
        try:
            response = await self._get(part)
        except PageUnchanged:
            parts.polled(part, stamp=told or part.stamp, etag=part.etag, last_modified=part.last_modified)
            return None, inside
        found = await asyncio.to_thread(read_sitemap, response.body, name=part.location, limit=_LISTING_BYTES)
        parts.polled(part, stamp=told, etag=response.etag, last_modified=response.last_modified)
        return found.pages, [(parts.inside(part, each.link), each.stamp) for each in found.parts]

    async def _get(self, part: Part) -> Response:
        if not IS_ADDRESS.match(part.location):
            return await asyncio.to_thread(_from_file, part.location)
        async with self._hosts.turn(part.location, self._poll.setting.pause_seconds):
            return await fetch(
                part.location,
                limit=_LISTING_BYTES,
                seconds=_SECONDS,
                allow_loopback=self._allow_loopback,
                kinds=(),
                etag=part.etag,
                last_modified=part.last_modified,
            )


def _from_file(path: str) -> Response:
    file_stamp(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LISTING_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(f"{path} could not be read: {error.strerror}.") from error
    if len(data) > _LISTING_BYTES:
        raise TooLarge(f"{path} has more than the {_LISTING_BYTES:,} bytes that are read of a list of pages.")
    return Response("", 200, "", None, data)


def compare(poll: Poll, listed: Iterable[Listed]) -> list[Source]:
    """What to ask for, of what is listed: first what is new or said to have changed, then what may have.

    A page of which its list gives no state (no `lastmod`) is asked for with a conditional request each night. Where
    there are more than `most` of them, another part of them each night.
    """
    setting = poll.setting
    fresh: list[Source] = []
    doubtful: list[Source] = []
    polled: set[str] = set()
    states = {part.id: part for part, _ in listed}
    by_part: dict[str | None, list[tuple[str, Known]]] = {}
    for uri, known in poll.known.items():
        by_part.setdefault(known.listed_by, []).append((uri, known))
    seen: set[str] = set()
    for part, entries in listed:
        polled.add(part.id)
        # Of one that is as it was: what it listed the last time it lists now.
        as_before = (Entry(uri, uri, known.stamp) for uri, known in by_part.get(part.id, ()))
        for entry in as_before if entries is None else entries:
            if entry.uri in seen or not setting.wants(entry.uri):
                continue
            seen.add(entry.uri)
            known_before = poll.known.get(entry.uri)
            stamp = entry.stamp if setting.kind is SourceKind.SITEMAP else None
            source = Source(entry.uri, entry.link, Place.WEB, None, "", setting.id, part.id, stamp, known_before)
            if known_before is None:
                poll.tally.new += 1
                fresh.append(source)
            elif (stamp and stamp == known_before.stamp) or entry.uri.startswith(REFUSED):
                poll.tally.unchanged += 1
                poll.move(entry.uri, known_before, part.id)
            elif stamp:
                poll.tally.changed += 1
                fresh.append(source)
            else:
                poll.tally.asked += 1
                doubtful.append(source)
    doubtful += _no_longer_listed(poll, seen, polled)
    chosen = _at_most(fresh, doubtful, setting.most)
    for part_id in {each.listed_by for each in fresh} - {None} if len(chosen) < len(fresh) else ():
        # What is left for another night must be found in the list again.
        poll.parts.same(states[str(part_id)])
    return chosen


def _no_longer_listed(poll: Poll, seen: set[str], polled: set[str]) -> list[Source]:
    """Pages that a sitemap names no more: they are asked. Feeds are short, and lists are somebody's choice."""
    found = []
    for uri, known in poll.known.items():
        if uri in seen or not known.listed_by or not poll.setting.wants(uri):
            continue
        if poll.setting.kind is not SourceKind.SITEMAP:
            if known.listed_by in polled:
                poll.move(uri, known, None)
        elif not poll.parts.has_failed(known.listed_by):
            poll.tally.asked += 1
            found.append(Source(uri, uri, Place.WEB, source_id=poll.setting.id, known=known))
    return found


def _at_most(fresh: list[Source], doubtful: list[Source], most: int | None) -> list[Source]:
    if most is None or len(fresh) + len(doubtful) <= most:
        return [*fresh, *doubtful]
    room = max(0, most - len(fresh))
    start = datetime.now(UTC).toordinal() * room % len(doubtful) if doubtful else 0
    return [*fresh, *doubtful[start:], *doubtful[:start]][:most]


def in_turns(found: Sequence[Source]) -> list[Source]:
    """Pages of one host after the other in turns, so that no host is waited for while others are free."""
    by_host: dict[str, list[Source]] = {}
    for source in found:
        by_host.setdefault(host_of(source.location), []).append(source)
    longest = max(map(len, by_host.values()), default=0)
    return [pages[place] for place in range(longest) for pages in by_host.values() if place < len(pages)]
