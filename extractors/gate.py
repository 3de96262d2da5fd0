"""Holds back every worker of one model while its provider asks for a pause."""

from __future__ import annotations

import asyncio
import math
import time

from schema.errors import RateLimited


class Gate:
    """One for all workers of a model, so that the pause that one is told is kept by all.

    `longest_wait` is in seconds.
    """

    def __init__(self, longest_wait: float) -> None:
        self._longest_wait = longest_wait
        self._opens_at = 0.0

    def close(self, seconds: float) -> None:
        """Let nobody through for that long; a shorter pause does not end a longer one."""
        self._opens_at = max(self._opens_at, time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds until requests may be sent; 0 when they may be now."""
        return max(0.0, self._opens_at - time.monotonic())

    async def passed(self) -> None:
        """Return when requests may be sent. Raises RateLimited at once where that is too far away to wait for."""
        while (left := self.left) > 0:
            if left > self._longest_wait:
                when = f"for {left:.0f} more seconds" if math.isfinite(left) else "from this account"
                error = RateLimited(f"The provider accepts no more requests {when}.")
                error.retry_after = left
                raise error
            await asyncio.sleep(left)
