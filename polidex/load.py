"""Put rows into the tables: each batch is staged beside its table and merged into it by one statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from polidex.database import statement
from schema.errors import RowError
from schema.tables import metadata

Row = Mapping[str, Any]
Key = str | Sequence[Any]


@dataclass(frozen=True)
class Counts:
    """How many rows of a table a load wrote, changed, found as they were, and took out."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0


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
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(statement("load/turn_postgres"))
    counts: dict[str, Counts] = {}
    # Parents before children, and out again the other way round: Postgres holds the foreign keys.
    for table in metadata.sorted_tables:
        if rows.get(table.name):
            counts[table.name] = _merge(connection, table, rows[table.name])
    for table in reversed(metadata.sorted_tables):
        if delete and delete.get(table.name):
            before = counts.get(table.name, Counts())
            gone = _delete(connection, table, delete[table.name])
            counts[table.name] = Counts(before.inserted, before.updated, before.unchanged, gone)
    return counts


def _merge(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> Counts:
    columns = _columns(table, rows)
    keys = [column.name for column in table.primary_key]
    # Postgres refuses a key that comes twice in one MERGE and DuckDB takes it: decide it here, for both.
    latest = {_key_of(table, row, keys): row for row in rows}
    cells = [[_plain(row[column.name]) for column in columns] for row in latest.values()]
    with _staged(connection, table, columns, cells) as parts:
        new = connection.exec_driver_sql(statement("load/count_new").format(**parts)).scalar_one()
        name = "load/merge" if parts["assignments"] else "load/merge_keys"
        written = _affected(connection, statement(name).format(**parts))
    return Counts(inserted=new, updated=written - new, unchanged=len(cells) - written)


def _delete(connection: sa.Connection, table: sa.Table, keys: Sequence[Key]) -> int:
    columns = list(table.primary_key)
    cells = [list(key) if not isinstance(key, str) else [key] for key in dict.fromkeys(keys)]
    if any(len(cell) != len(columns) for cell in cells):
        raise RowError(f"A key of {table.name} has {len(columns)} values.")
    with _staged(connection, table, columns, cells) as parts:
        return _affected(connection, statement("load/delete").format(**parts))


@contextmanager
def _staged(
    connection: sa.Connection, table: sa.Table, columns: list[sa.Column[Any]], cells: list[list[Any]]
) -> Iterator[dict[str, str]]:
    """Hold rows where one statement can read them; gives the parts of such a statement.

    Every part is made of names of the declared tables: no word of the data is ever in the text of a statement.
    """
    quote = connection.dialect.identifier_preparer.quote
    key_names = {column.name for column in table.primary_key}
    names = [quote(column.name) for column in columns]
    others = [quote(column.name) for column in columns if column.name not in key_names]
    parts = {
        "table": quote(table.name),
        "staged": quote(f"staged_{table.name}"),
        "columns": ", ".join(names),
        "values": ", ".join(f"source.{name}" for name in names),
        "same_key": " AND ".join(f"target.{quote(name)} = source.{quote(name)}" for name in sorted(key_names)),
        "differs": " OR ".join(f"target.{name} IS DISTINCT FROM source.{name}" for name in others),
        "assignments": ", ".join(f"{name} = source.{name}" for name in others),
    }
    arrow = _arrow(table, columns, cells)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(statement("load/stage_postgres").format(**parts))
        with driver.cursor() as cursor, cursor.copy(statement("load/copy_postgres").format(**parts)) as copy:
            for row in cells:
                copy.write_row(row)
        yield parts
        connection.exec_driver_sql(f"DROP TABLE {parts['staged']}")
    else:
        driver.register(f"staged_{table.name}", arrow)
        yield parts
        driver.unregister(f"staged_{table.name}")


def _affected(connection: sa.Connection, text: str) -> int:
    result = connection.exec_driver_sql(text)
    # DuckDB gives the number as a row, Postgres beside the result.
    return int(result.scalar_one()) if result.returns_rows else result.rowcount


def _arrow(table: sa.Table, columns: list[sa.Column[Any]], cells: list[list[Any]]) -> pa.Table:
    fields = [pa.field(column.name, _arrow_type(column)) for column in columns]
    try:
        arrays = [pa.array([row[position] for row in cells], type=field.type) for position, field in enumerate(fields)]
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        raise RowError(f"A row does not fit the table {table.name}: {error}") from error
    return pa.table(arrays, schema=pa.schema(fields))


def _arrow_type(column: sa.Column[Any]) -> pa.DataType:
    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}
    kind = column.type.python_type
    if kind is datetime:
        return pa.timestamp("us", tz="UTC")
    if kind is Decimal:
        return pa.decimal128(38, 10)
    if issubclass(kind, Enum):
        return pa.string()
    return kinds[kind]


def _plain(value: Any) -> Any:
    if isinstance(value, str) and "\0" in value:
        raise RowError("A text holds the character NUL, which Postgres has no place for.")
    return value.value if isinstance(value, Enum) else value


def _columns(table: sa.Table, rows: Sequence[Row]) -> list[sa.Column[Any]]:
    """The columns that the rows name, in the table's order."""
    named = rows[0].keys()
    if unknown := sorted(named - set(table.columns.keys())):
        raise RowError(f"The table {table.name} has no column {', '.join(unknown)}.")
    if missing := sorted({column.name for column in table.primary_key} - named):
        raise RowError(f"A row of {table.name} lacks its key: {', '.join(missing)}.")
    if any(row.keys() != named for row in rows):
        raise RowError(f"The rows of {table.name} do not all name the same columns.")
    return [column for column in table.columns if column.name in named]


def _key_of(table: sa.Table, row: Row, keys: list[str]) -> tuple[Any, ...]:
    key = tuple(row[name] for name in keys)
    if None in key:
        raise RowError(f"A row of {table.name} has an empty key.")
    return key


def _check_names(names: list[str]) -> None:
    if unknown := sorted(set(names) - set(metadata.tables)):
        raise RowError(f"There is no table {', '.join(unknown)}.")
