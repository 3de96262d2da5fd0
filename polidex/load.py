"""Put rows into the tables: each batch is staged beside its table and merged into it by one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from polidex.batches import Row, fitted, of_dicts, of_keys
from polidex.copy_binary import blocks
from polidex.database import WRITER_MEGABYTES, statement
from schema.errors import RowError
from schema.tables import metadata

Key = str | Sequence[Any]

_BYTES_OF_A_KEY = 100
"""Of a key in an index of DuckDB; 75 were measured."""


@dataclass(frozen=True)
class Counts:
    """How many rows of a table a load wrote, changed, found as they were, and took out."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Those of two loads together."""
        return Counts(
            self.inserted + other.inserted,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.deleted + other.deleted,
        )


def load(
    connection: sa.Connection, rows: Mapping[str, Sequence[Row]], delete: Mapping[str, Sequence[Key]] | None = None
) -> dict[str, Counts]:
    """Merge rows into their tables, then delete others, inside the connection's transaction.

    Args:
        rows: table name -> rows. The rows of one table all name the same columns, its key among them; columns that
            they do not name keep what they hold. Where two rows have one key, the later one is taken.
        delete: table name -> keys: an id, or one value for each key column in order. Absent keys are passed over.

    Returns:
        The counts of each table named.

    Raises:
        RowError: a table, a column or a value that does not fit. Nothing of this call is kept.
    """
    _check_names([*rows, *(delete or {})])
    _take_turn(connection)
    # Parents before children, and out again the other way round: Postgres holds the foreign keys.
    given = {
        table: fitted(table, of_dicts(table, rows[table.name]))
        for table in metadata.sorted_tables
        if rows.get(table.name)
    }
    gone = {
        table: of_keys(table, delete[table.name])
        for table in reversed(metadata.sorted_tables)
        if delete and delete.get(table.name)
    }
    with _room(connection, [*given.values(), *gone.values()]):
        counts = _merge(connection, given)
        for table, keys in gone.items():
            counts[table.name] = counts.get(table.name, Counts()) + Counts(deleted=_delete(connection, table, keys))
    return counts


def load_arrow(connection: sa.Connection, table_name: str, rows: pa.Table) -> Counts:
    """Merge rows that are in Arrow already into their table, inside the connection's transaction: the way for many.

    Args:
        table_name: one of the tables of `schema.tables`.
        rows: any of its columns, the key among them; columns that are not there keep what they hold. Text is any of
            Arrow's string types, moments carry their time zone. Where two rows have one key, the later one is taken.

    Raises:
        RowError: a table, a column or a value that does not fit. Nothing of this call is kept.
    """
    _check_names([table_name])
    _take_turn(connection)
    table = metadata.tables[table_name]
    fit = fitted(table, rows)
    with _room(connection, [fit]):
        return _merge(connection, {table: fit} if len(fit) else {}).get(table_name, Counts())


def _take_turn(connection: sa.Connection) -> None:
    if _on_postgres(connection):
        connection.exec_driver_sql(statement("load/turn_postgres"))


def _merge(connection: sa.Connection, given: Mapping[sa.Table, pa.Table]) -> dict[str, Counts]:
    if not given:
        return {}
    before = _sizes(connection, given)
    written: dict[sa.Table, int] = {}
    for table, rows in given.items():
        with _staged(connection, table, rows) as parts:
            name = "load/merge" if parts["assignments"] else "load/merge_keys"
            written[table] = _affected(connection, statement(name).format(**parts))
    # No second look at the rows themselves: neither database says which of those that it wrote are new.
    counts: dict[str, Counts] = {}
    for (table, rows), old, now in zip(given.items(), before, _sizes(connection, given), strict=True):
        new = now - old
        counts[table.name] = Counts(inserted=new, updated=written[table] - new, unchanged=len(rows) - written[table])
    return counts


def _sizes(connection: sa.Connection, tables: Iterable[sa.Table]) -> Sequence[int]:
    """A number for each table that grows by one with each row inserted, all by one statement."""
    quote = connection.dialect.identifier_preparer.quote
    one = statement(f"load/inserted_{'postgres' if _on_postgres(connection) else 'duckdb'}")
    every = ", ".join(f"({_uncommented(one).format(table=quote(table.name))})" for table in tables)
    return [int(size) for size in connection.exec_driver_sql(f"SELECT {every}").one()]


def _uncommented(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))


def _delete(connection: sa.Connection, table: sa.Table, keys: pa.Table) -> int:
    with _staged(connection, table, keys) as parts:
        return _affected(connection, statement("load/delete").format(**parts))


@contextmanager
def _room(connection: sa.Connection, given: Sequence[pa.Table]) -> Iterator[None]:
    """Have DuckDB take as much memory as the given rows want, while they are brought in.

    Who gives many rows at once holds them in memory anyway, and a join of them by way of the disk takes ten times as
    long. What a merge takes is below three times the rows.
    """
    if _on_postgres(connection) or not given:
        yield
        return
    driver: Any = connection.connection.driver_connection
    keys = _megabytes_of_keys(driver, sum(map(len, given)))
    most = max(rows.nbytes for rows in given)
    needed = keys + max(WRITER_MEGABYTES, 100 + 3 * most // 1_000_000)
    driver.execute(statement("load/memory_duckdb").format(megabytes=needed))
    yield
    driver.execute(statement("load/memory_duckdb").format(megabytes=keys + WRITER_MEGABYTES))


@contextmanager
def _staged(connection: sa.Connection, table: sa.Table, rows: pa.Table) -> Iterator[dict[str, str]]:
    """Hold rows where one statement can read them; gives the parts of such a statement.

    Every part is made of names of the declared tables: no word of the data is ever in the text of a statement.
    """
    quote = connection.dialect.identifier_preparer.quote
    key_names = {column.name for column in table.primary_key}
    names = [quote(name) for name in rows.column_names]
    others = [quote(name) for name in rows.column_names if name not in key_names]
    parts = {
        "table": quote(table.name),
        "staged": quote(f"staged_{table.name}"),
        "columns": ", ".join(names),
        "values": ", ".join(f"source.{name}" for name in names),
        "same_key": " AND ".join(f"target.{quote(name)} = source.{quote(name)}" for name in sorted(key_names)),
        "differs": " OR ".join(f"target.{name} IS DISTINCT FROM source.{name}" for name in others),
        "assignments": ", ".join(f"{name} = source.{name}" for name in others),
    }
    driver: Any = connection.connection.driver_connection
    if _on_postgres(connection):
        connection.exec_driver_sql(statement("load/stage_postgres").format(**parts))
        with driver.cursor() as cursor, cursor.copy(statement("load/copy_postgres").format(**parts)) as copy:
            for block in blocks(rows):
                copy.write(block)
        yield parts
        connection.exec_driver_sql(f"DROP TABLE {parts['staged']}")
    else:
        driver.register(f"staged_{table.name}", rows)
        yield parts
        driver.unregister(f"staged_{table.name}")


def _megabytes_of_keys(driver: Any, more: int) -> int:
    """What DuckDB's indexes over keys take, with so many rows more: they have to fit into memory beside all else."""
    [keyed] = driver.execute(statement("load/keyed_duckdb")).fetchone()
    return int(keyed + more) * _BYTES_OF_A_KEY // 1_000_000


def _on_postgres(connection: sa.Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _affected(connection: sa.Connection, text: str) -> int:
    result = connection.exec_driver_sql(text)
    # DuckDB gives the number as a row, Postgres beside the result.
    return int(result.scalar_one()) if result.returns_rows else result.rowcount


def _check_names(names: list[str]) -> None:
    if unknown := sorted(set(names) - set(metadata.tables)):
        raise RowError(f"There is no table {', '.join(unknown)}.")
