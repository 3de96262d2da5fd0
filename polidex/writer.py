"""The one thread that uses the store, so that the questions to the model go on while rows are written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from polidex.patience import SECONDS, patiently
from polidex.publish import Store

Result = TypeVar("Result")


class Writer:
    """A store and its thread. What is asked of it is done one after the other, in the order in which it was asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, "writer")

    async def do(self, work: Callable[[Store], Result], *, patience: float = SECONDS) -> Result:
        """Have something done with the store. What was begun is finished, also when nobody waits for it any more.

        Where the connection to a Postgres is lost it is done anew, with a new one that has the lock of the one writer:
        it must be such that it may be done twice.

        Args:
            patience: how long the server is waited for, in seconds.

        Raises:
            DatabaseError: the server is not back by then, or the database refuses what is asked.
        """
        loop = asyncio.get_running_loop()
        return await patiently(lambda: loop.run_in_executor(self._thread, work, self._store), seconds=patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(cancel_futures=True)
