"""Look what is new in files, pages and sources, without remembering it: so that the night finds it too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any

from polidex.polling import Polling
from polidex.read import Read, Source, read, sources
from polidex.report import reason
from polidex.settings import Settings
from schema import DocumentVersion
from schema.errors import ReadError

_AT_ONCE = 16


def read_paths(
    paths: Sequence[str], failed: dict[str, str], settings: Settings
) -> Iterator[tuple[str, DocumentVersion]]:
    """The addresses and texts of files, folders and pages; what cannot be read is put in `failed`, with the reason."""
    for source in sources(paths):
        try:
            yield source.uri, read(source, limit=settings.limits.file_bytes).version
        except ReadError as error:
            failed[source.uri] = reason(error)


def polled(
    rows: Callable[..., list[dict[str, Any]]], failed: dict[str, str], settings: Settings
) -> Iterator[tuple[str, DocumentVersion]]:
    """The addresses and texts of what is new or changed in the sources of the settings.

    Args:
        rows: the rows that `sql/NAME.sql` gives.
        failed: is told what cannot be read, and sources that cannot be polled.
    """
    poller = Polling(settings)

    async def asked(name: str, **parameters: Any) -> list[dict[str, Any]]:
        return rows(name, **parameters)

    async def one(source: Source) -> tuple[str, DocumentVersion] | None:
        try:
            outcome = await poller.read(source)
        except ReadError as error:
            failed[source.uri] = reason(error)
            return None
        return (source.uri, outcome.version) if isinstance(outcome, Read) else None

    async def together(taken: list[Source]) -> list[tuple[str, DocumentVersion] | None]:
        return await asyncio.gather(*(one(source) for source in taken))

    changed = poller.changed(asked)
    with asyncio.Runner() as runner:
        while taken := runner.run(_some(changed)):
            yield from (each for each in runner.run(together(taken)) if each)
    failed |= poller.failed


async def _some(found: AsyncIterator[Source]) -> list[Source]:
    taken: list[Source] = []
    async for source in found:
        taken.append(source)
        if len(taken) == _AT_ONCE:
            break
    return taken
