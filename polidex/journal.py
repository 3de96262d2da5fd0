"""What a run must not lose when it is killed: each reply of a model as it came, and what each request may have cost.

On Postgres the tables `model_reply` and `model_request`; beside a DuckDB file the same two in an SQLite file: a reply
must not wait for the transaction that is on its way into DuckDB.
"""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

import psycopg
import sqlalchemy as sa

from polidex.database import duckdb_file, make_engine, parse_url, refusals, statement
from polidex.drafts import Part
from polidex.patience import patiently
from polidex.staging import disk_full
from polidex.windows import Window
from schema.errors import DiskFullError
from schema.usage import Usage

Row = Mapping[str, Any]

_SECONDS_FOR_OTHERS = 30.0
_DISK_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
_NAMED = re.compile(r"(?<![:\w]):(\w+)")


@dataclass(frozen=True)
class Kept:
    """A reply that an earlier run, or this one, was given."""

    reply: str
    error: str
    usage: Usage


Kepts = Mapping[tuple[str, int, int], Kept]
"""By extraction, first character and one past the last."""


class Journal:
    """The replies and requests that no document holds yet. What an awaited method wrote outlives a kill."""

    def __init__(self, url: str) -> None:
        parsed = parse_url(url)
        file = duckdb_file(parsed)
        self._at: _Sqlite | _Postgres = _Sqlite(file.with_name(f"{file.name}.calls")) if file else _Postgres(parsed)

    async def replied(self, extraction_id: str, window: Window, part: Part, usage: Usage) -> None:
        """Keep what came of one question."""
        await self._at.write(
            "calls/replied",
            {
                "extraction_id": extraction_id,
                "start_char": window.start,
                "end_char": window.end,
                "reply": part.text,
                "error_code": part.error,
                "usage": json.dumps(vars(usage)),
            },
        )

    async def reserve(self, request_id: str, run_id: str, usd: float) -> None:
        """Keep what a request that is about to be sent can cost at most."""
        await self._at.write("calls/reserve", {"id": request_id, "run_id": run_id, "reserved_usd": usd})

    async def settle(self, request_id: str, usd: float) -> None:
        """Keep what it did cost."""
        await self._at.write("calls/settle", {"id": request_id, "spent_usd": usd})

    def replies(self) -> Kepts:
        """All that is kept: what runs that were killed, or met the end of their budget, had on their desks."""
        found = self._at.read("calls/replies")
        return {
            (row["extraction_id"], row["start_char"], row["end_char"]): Kept(
                row["reply"], row["error_code"], Usage(**json.loads(row["usage"]))
            )
            for row in found
        }

    async def forget(self, extraction_ids: Iterable[str]) -> None:
        """Let go of the replies of readings that are stored as a whole."""
        await asyncio.gather(*(self._at.write("calls/forget", {"extraction_id": each}) for each in extraction_ids))

    def spent(self) -> dict[str, tuple[float, float]]:
        """For each run that was not closed: US dollars spent, and those that may have been."""
        return {row["run_id"]: (row["spent_usd"], row["unsure_usd"]) for row in self._at.read("calls/spent")}

    async def close_run(self, run_id: str) -> None:
        """Let go of the requests of a run whose row says what it spent."""
        await self._at.write("calls/close", {"run_id": run_id})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._at.close()


class _Sqlite:
    """In the file beside a DuckDB file. A write takes some 30 µs, so it is done where it is asked for."""

    def __init__(self, file: Path) -> None:
        self._file = file
        with self._whole():
            self._connection = sqlite3.connect(
                file, timeout=_SECONDS_FOR_OTHERS, isolation_level=None, check_same_thread=False
            )
            self._connection.row_factory = sqlite3.Row
            # With a log beside it a kill loses nothing that was written; only a power cut may lose the last moments.
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(statement("calls/sqlite"))

    async def write(self, name: str, row: Row) -> None:
        with self._whole():
            self._connection.execute(statement(name), row)

    def read(self, name: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self._connection.execute(statement(name))]

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode in _DISK_FULL:
                with disk_full(f"Keeping the replies of the model in {self._file}", self._file.parent):
                    raise DiskFullError from error
            raise


class _Postgres:
    """In tables of the database, by a connection of its own. Writes that come while one is done go together next."""

    def __init__(self, url: sa.URL) -> None:
        self._url = url
        self._engine = make_engine(url)
        self._connection: Any = None
        self._thread = ThreadPoolExecutor(1, "journal")
        self._waiting: list[tuple[str, Row, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, name: str, row: Row) -> None:
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((name, row, done))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        await done

    async def _write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            given, self._waiting = self._waiting, []
            rows = [(name, row) for name, row, _ in given]
            commit = patiently(partial(loop.run_in_executor, self._thread, self._commit, rows))
            # Whoever waits for the write is told what came of it, whatever that is.
            [failed] = await asyncio.gather(commit, return_exceptions=True)
            for done in (done for _, _, done in given if not done.done()):
                done.set_exception(failed) if failed else done.set_result(None)
        self._writing = None

    def read(self, name: str) -> list[dict[str, Any]]:
        return self._thread.submit(self._read, name).result()

    def close(self) -> None:
        self._thread.shutdown()
        if self._connection is not None:
            self._connection.close()

    def _commit(self, given: Sequence[tuple[str, Row]]) -> None:
        by_name: dict[str, list[Row]] = {}
        for name, row in given:
            by_name.setdefault(name, []).append(row)
        with self._connected() as driver, driver.cursor() as cursor:
            # A reservation stands before what settles it.
            for name in sorted(by_name):
                cursor.executemany(_NAMED.sub(r"%(\1)s", statement(name)), by_name[name])
            driver.commit()

    def _read(self, name: str) -> list[dict[str, Any]]:
        with self._connected() as driver, driver.cursor(row_factory=psycopg.rows.dict_row) as cursor:
            found: list[dict[str, Any]] = cursor.execute(statement(name)).fetchall()
            driver.commit()
            return found

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        with refusals(self._url):
            if self._connection is None:
                self._connection = self._engine.connect()
            try:
                yield self._connection.connection.driver_connection
            except BaseException:
                # Whatever state it is in: the next one begins anew.
                self._connection.invalidate()
                self._connection.close()
                self._connection = None
                raise
