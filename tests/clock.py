"""An event loop whose clock jumps to the next thing that is due, so that minutes pass in no time and always alike."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Clock(selectors.DefaultSelector):
    """A selector that does not wait: it moves its clock on instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        assert timeout is not None, "everything waits for something that will not come"
        # At least what the loop takes for the same moment, as a real clock would have moved on too.
        self.now += max(timeout, 1e-9)
        return super().select(0)


class Loop(asyncio.SelectorEventLoop):
    """Everything that asks the loop for the time, or sleeps, lives by its clock."""

    def __init__(self) -> None:
        self.clock = Clock()
        super().__init__(self.clock)

    def time(self) -> float:
        return float(self.clock.now)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run something on a clock that begins at 0 and has nothing to do with the wall's."""
    with asyncio.Runner(loop_factory=Loop) as runner:
        return runner.run(work)
