"""Wait for a database server that is gone for a moment, such as one that is started again in the middle of a night."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from schema.errors import ConnectionLost, LockedError, NoServer

log = logging.getLogger(__name__)
Result = TypeVar("Result")

SECONDS = 60.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0


async def patiently(attempt: Callable[[], Awaitable[Result]], *, seconds: float = SECONDS) -> Result:
    """Do something with a database whose connection may be lost meanwhile; where it is, do it anew for so long.

    What is done must be such that it may be done twice: nobody knows of a commit whether it was the answer that was
    lost, or the commit.

    Raises:
        DatabaseError: the server is not back by then, or something else is wrong.
    """
    ends: float | None = None
    pause = _FIRST_PAUSE
    while True:
        try:
            return await attempt()
        except (ConnectionLost, NoServer, LockedError) as error:
            # The server may keep the lock for a while for the connection that it does not know to be lost.
            if ends is None and isinstance(error, LockedError):
                raise
            now = time.monotonic()
            if ends is None:
                log.warning("%s It is tried again for %.0f seconds.", error, seconds)
            ends = now + seconds if ends is None else ends
            if now >= ends:
                raise
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
