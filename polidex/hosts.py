"""One request at a time to each host, with a pause after each; and none to a host that does not answer."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from schema.errors import PageTimedOut, ReadError, ServerUnreachable

_SILENCES = 3  # failures of a host in a row after which it is left alone for tonight
_TOO_MANY_REQUESTS = 429


class Hosts:
    """The hosts that are asked in one night."""

    def __init__(self) -> None:
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[str, float] = {}
        self._silences: Counter[str] = Counter()

    @asynccontextmanager
    async def turn(self, address: str, pause_seconds: float) -> AsyncIterator[None]:
        """The right to ask the host of an address; the next one gets it when the block and a pause are over.

        Raises:
            ServerUnreachable: the host did not answer several times in a row, or asked to be left alone.
        """
        host = host_of(address)
        async with self._turns[host]:
            if self._silences[host] >= _SILENCES:
                raise ServerUnreachable(f"{host} did not answer earlier tonight; {address} was not asked for.")
            await asyncio.sleep(self._free_at.get(host, 0) - time.monotonic())
            try:
                yield
            except ReadError as error:
                passing = isinstance(error, PageTimedOut | ServerUnreachable)
                self._silences[host] = self._silences[host] + 1 if passing else 0
                if error.http_status == _TOO_MANY_REQUESTS:
                    self._silences[host] = _SILENCES
                raise
            else:
                self._silences[host] = 0
            finally:
                self._free_at[host] = time.monotonic() + pause_seconds


def host_of(address: str) -> str:
    """The host and port of an address; empty where it has none."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
