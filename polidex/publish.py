"""Write so that readers never notice: swap a new DuckDB file in, or commit to Postgres."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import psycopg
import pyarrow as pa
import sqlalchemy as sa

from polidex.batches import Row
from polidex.database import (
    duckdb_file,
    make_engine,
    migrate,
    parse_url,
    refusals,
    require_current,
    shown,
    state,
    statement,
)
from polidex.load import Counts, Key, load, load_arrow
from polidex.revisions import require_earlier
from polidex.staging import Staging, disk_full
from polidex.summaries import expect, sum_up, sum_up_all
from schema.errors import MissingDatabase, NewerDatabase, UsageError


class Store:
    """The one writer of a database. Open it with `open_store`; use it as a context manager.

    Leaving the block publishes what was committed, after an error and after Ctrl-C too. One thread at a time may use
    it, whichever opened it.
    """

    def __init__(self, url: sa.URL, staging: Staging | None, *, alongside: bool = False) -> None:
        self.url = url
        self._staging = staging
        self._alongside = alongside
        self._engine = make_engine(url.set(database=str(staging.path)) if staging else url)
        self._connection: sa.Connection | None = None
        self._transaction: sa.Connection | None = None

    def load(
        self, rows: Mapping[str, Sequence[Row]], *, delete: Mapping[str, Sequence[Key]] | None = None
    ) -> dict[str, Counts]:
        """Merge rows and then delete others, all of it or nothing; see `polidex.load.load`.

        Raises:
            RowError: a row does not fit its table.
            DiskFullError: there was no room; nothing of this call is kept.
        """
        with self.transaction() as connection:
            expect(connection, rows, delete or {})
            counts = load(connection, rows, delete)
            changed = [name for name, each in counts.items() if each.inserted or each.updated or each.deleted]
            rewritten = [name for name, each in counts.items() if each.updated]
            sum_up(connection, rows, delete or {}, changed, rewritten)
            return counts

    def load_arrow(self, table_name: str, rows: pa.Table) -> Counts:
        """Merge rows that are in Arrow already into their table, all of them or none; see `polidex.load.load_arrow`.

        What the standing tables say is true again after `sum_up`: rows that come so come many times, table by table.

        Raises:
            RowError: a row does not fit its table.
            DiskFullError: there was no room; nothing of this call is kept.
        """
        with self.transaction() as connection:
            return load_arrow(connection, table_name, rows)

    def sum_up(self) -> None:
        """Work out the standing tables as a whole, after `load_arrow`."""
        with self.transaction() as connection:
            self._look_at_tables(connection)
            sum_up_all(connection)
            self._look_at_tables(connection)

    def _look_at_tables(self, connection: sa.Connection) -> None:
        if not self._staging:
            connection.exec_driver_sql(statement("load/analyze_postgres"))

    def rows(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows that `sql/NAME.sql` gives, as the writer sees them.

        A list of texts serves as the right side of IN, and as what unnest takes. An empty one finds nothing, and the
        database is not asked.
        """
        many = tuple(key for key, value in parameters.items() if isinstance(value, list | tuple))
        if not all(parameters[key] for key in many):
            return []
        values = {**parameters, **{key: self._list(parameters[key]) for key in many}}
        with self.transaction() as connection:
            result = connection.execute(_query(name, many, on_duckdb=bool(self._staging)), values)
            names = tuple(result.keys())
            return [dict(zip(names, each, strict=True)) for each in result.all()]

    def _list(self, texts: Sequence[str]) -> str | list[str]:
        return json.dumps(texts) if self._staging else list(texts)

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """What is read and loaded in the block is one transaction, kept as a whole or, after any error, not at all.

        A block inside another is part of it. On Postgres it begins with the turn, which all that write to one database
        take before anything else: what was read is still so when something is written, and nobody waits in a ring.
        """
        if self._transaction:
            yield self._transaction
            return
        with self._connected() as connection, connection.begin():
            if not self._staging:
                connection.exec_driver_sql(statement("load/turn_postgres"))
            self._transaction = connection
            try:
                yield connection
            finally:
                self._transaction = None

    def publish(self) -> None:
        """Let readers see what was committed. On Postgres they see it already.

        Raises:
            DiskFullError: there is no room for the copy; readers keep what they had and the staging keeps everything.
            LockedError: another program has the published file open for writing.
        """
        if self._staging:
            self._settle()
            self._staging.publish()

    def close(self) -> None:
        """Publish without a copy and let the next writer in."""
        if not self._staging:
            self._settle()
            return
        try:
            self._settle()
            self._staging.move_in()
        finally:
            self._staging.release()

    def upgrade(self) -> None:
        """Bring the tables and the views up to date, if they are not.

        Raises:
            NewerDatabase: a newer Polidex has written this database.
        """
        with self._connected() as connection:
            found = state(connection)
            connection.rollback()
            match found:
                case "newer":
                    raise NewerDatabase(f"A newer Polidex has written {shown(self.url)}.")
                case "empty" | "older":
                    migrate(connection)

    def downgrade(self, revision: str) -> None:
        """Bring the tables to an earlier revision, without views; what that takes away is kept aside.

        Raises:
            UsageError: it is no revision before the one that the database is at.
            NewerDatabase: a newer Polidex has written this database.
        """
        with self._connected() as connection:
            require_earlier(connection, revision)
            migrate(connection, revision)

    def abandon(self) -> None:
        """Let the next writer in without publishing."""
        self._disconnect()
        if self._staging:
            self._staging.drop_if_fresh()
            self._staging.release()

    def leave(self) -> None:
        """Let the next writer in, who goes on from what was committed. Readers of a DuckDB file see nothing of it."""
        try:
            self._settle()
        finally:
            if self._staging:
                self._staging.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        with disk_full(f"Writing to {shown(self._engine.url)} needs more room", _folder(self.url)), refusals(self.url):
            if self._connection is None:
                self._connection = self._open()
            try:
                yield self._connection
            except (sa.exc.DBAPIError, duckdb.Error, psycopg.Error):
                # After a full disk DuckDB refuses all further work until the file is opened anew.
                self._connection.invalidate()
                self._disconnect()
                raise

    def _open(self) -> sa.Connection:
        """A connection. On Postgres it holds the lock that makes its process the one writer, as long as that lives.

        Who works alongside that one holds none.
        """
        connection = self._engine.connect()
        if not self._staging and not self._alongside:
            try:
                with connection.begin():
                    connection.exec_driver_sql(statement("load/writer_postgres"))
            except BaseException:
                connection.close()
                raise
        return connection

    def _settle(self) -> None:
        """End the connection with everything in one file: DuckDB keeps the newest changes in a log until then."""
        if self._staging and (self._connection or self._staging.unsettled):
            with self._connected() as connection:
                connection.exec_driver_sql("CHECKPOINT")
        self._disconnect()

    def _disconnect(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None


@cache
def _query(name: str, lists: tuple[str, ...], *, on_duckdb: bool) -> sa.TextClause:
    """The statement `sql/NAME.sql`, with the lists that it is given in the form in which a database takes them."""
    text = statement(name)
    for key in lists:
        given = statement(f"load/list_{'duckdb' if on_duckdb else 'postgres'}").format(name=key)
        text = text.replace(f"IN :{key}", f"IN (SELECT unnest({given}))" if on_duckdb else f"= ANY ({given})")
        text = text.replace(f"unnest(:{key})", f"unnest({given})")
    return sa.text(text)


def open_store(url: str, *, create: bool = True, alongside: bool = False) -> Store:
    """Become the one writer of a database, brought up to date.

    Args:
        url: where it is; see `polidex.database.parse_url`.
        create: whether to make a DuckDB file that is not there, and tables in an empty database.
        alongside: write to a Postgres beside its one writer, which has brought it up to date: as a worker of that one,
            in turns of one transaction each.

    Raises:
        DatabaseError: it is missing, damaged, written by a newer Polidex, in use by a writer (LockedError), or there is
            no room beside it (DiskFullError); for work alongside, it is not up to date.
        UsageError: it is a DuckDB file, which one process alone can write, and was to be opened alongside another.
    """
    if alongside:
        return _alongside(url)
    store = _take(url, create=create)
    try:
        store.upgrade()
    except BaseException:
        store.abandon()
        raise
    return store


def _alongside(url: str) -> Store:
    parsed = parse_url(url)
    if duckdb_file(parsed):
        raise UsageError(f"{shown(parsed)} is a file, which one process alone can write.", hint="Use a Postgres.")
    store = Store(parsed, None, alongside=True)
    try:
        with store.transaction() as connection:
            require_current(connection)
    except BaseException:
        store.abandon()
        raise
    return store


def upgrade(url: str) -> None:
    """Bring a database up to date without disturbing its readers: the migrations, then the views."""
    open_store(url).close()


def downgrade(url: str, revision: str) -> None:
    """Bring a database to an earlier revision, for an older Polidex, without disturbing its readers.

    Raises:
        UsageError: it is no revision before the one that the database is at.
        DatabaseError: as of `open_store`.
    """
    store = _take(url, create=False)
    try:
        store.downgrade(revision)
    except BaseException:
        store.abandon()
        raise
    store.close()


def _take(url: str, *, create: bool) -> Store:
    """Become the one writer of a database, whatever revision it is at."""
    parsed = parse_url(url)
    file = duckdb_file(parsed)
    staging = Staging(file) if file else None
    if staging:
        if not create and not staging.published.exists() and not staging.path.exists():
            raise MissingDatabase(f"There is no database at {shown(parsed)}.")
        staging.take()
    return Store(parsed, staging)


def _folder(url: sa.URL) -> Path | None:
    file = duckdb_file(url)
    return file.parent if file else None
