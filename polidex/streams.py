"""The rows of a table as a stream of Arrow, in the order of their keys: the same rows are the same bytes on both."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import sqlalchemy as sa

from polidex.batches import arrow_type
from polidex.database import statement

Key = tuple[str | int, ...]

BATCH_ROWS = 50_000
BATCH_BYTES = 32_000_000
"""A batch ends with the row that reaches either."""
PART_ROWS = 512
"""So few, because a single text may have megabytes."""


def stream(
    connection: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    *,
    after: Key | None = None,
    until: Key | None = None,
) -> Iterator[pa.Table]:
    """Rows in the order of their keys, by code points. Read it to its end: Postgres breaks the transaction off if not.

    Args:
        columns: which; their types are those of `arrow_type`.
        after: without the rows up to this key.
        until: without the rows beyond this key.
    """
    quote = connection.dialect.identifier_preparer.quote
    keys = _ordered_keys(connection, table)
    place = "%s" if connection.dialect.name == "postgresql" else "?"
    places = ", ".join(place for _ in keys)
    row = f"({', '.join(keys)})"
    bounds = [f"{row} {sign} ({places})" for sign, key in ((">", after), ("<=", until)) if key is not None]
    text = statement("copy/rows").format(
        columns=", ".join(map(quote, columns)),
        table=quote(table.name),
        within=" AND ".join(bounds) or "TRUE",
        keys=", ".join(keys),
    )
    schema = pa.schema([pa.field(name, arrow_type(table.columns[name])) for name in columns])
    values = [*(after or ()), *(until or ())]
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        yield from _from_postgres(driver, text, values, schema)
    else:
        yield from _from_duckdb(driver, text, values, schema)


def keys_of(table: sa.Table, rows: pa.Table) -> list[Key]:
    """The keys of some rows, each with a value for each key column."""
    return list(zip(*(rows.column(column.name).to_pylist() for column in table.primary_key), strict=True))


def key_at(table: sa.Table, rows: pa.Table, place: int) -> Key:
    """The key of one row."""
    return tuple(rows.column(column.name)[place].as_py() for column in table.primary_key)


def count(connection: sa.Connection, table: sa.Table) -> int:
    """How many rows a table holds."""
    quote = connection.dialect.identifier_preparer.quote
    text = statement("copy/count").format(table=quote(table.name))
    return int(connection.exec_driver_sql(text).scalar_one())


def last_key(connection: sa.Connection, table: sa.Table) -> Key | None:
    """The greatest key of a table by code points; None if it has no rows."""
    quote = connection.dialect.identifier_preparer.quote
    names = [quote(column.name) for column in table.primary_key]
    text = statement("copy/last_key").format(
        columns=", ".join(names),
        table=quote(table.name),
        downward=", ".join(f"{each} DESC" for each in _ordered_keys(connection, table)),
    )
    found = connection.exec_driver_sql(text).one_or_none()
    return tuple(found) if found else None


def _ordered_keys(connection: sa.Connection, table: sa.Table) -> list[str]:
    """The key columns in SQL, texts by code points."""
    quote = connection.dialect.identifier_preparer.quote
    return [
        f'{quote(column.name)} COLLATE "C"' if isinstance(column.type, sa.String) else quote(column.name)
        for column in table.primary_key
    ]


def _from_duckdb(driver: Any, text: str, values: list[str | int], schema: pa.Schema) -> Iterator[pa.Table]:
    driver.execute(statement("copy/memory_duckdb"))
    parts = driver.execute(text, values).to_arrow_reader(PART_ROWS)
    for batch in _gathered((part, part.num_rows, part.nbytes) for part in parts):
        yield pa.Table.from_batches(batch).cast(schema)


def _from_postgres(driver: Any, text: str, values: list[str | int], schema: pa.Schema) -> Iterator[pa.Table]:
    copy = statement("copy/out_postgres").format(rows=text)
    with driver.cursor() as cursor, cursor.copy(copy, values) as lines:
        # The server sends each row by itself.
        for batch in _gathered((line, 1, len(line)) for line in lines):
            yield _parsed(b"".join(batch), schema)


def _gathered(parts: Iterable[tuple[Any, int, int]]) -> Iterator[list[Any]]:
    """Parts, given with their rows and bytes, in lists of about the size of a batch."""
    held: list[Any] = []
    rows = size = 0
    for part, part_rows, part_bytes in parts:
        held.append(part)
        rows += part_rows
        size += part_bytes
        if rows >= BATCH_ROWS or size >= BATCH_BYTES:
            yield held
            held, rows, size = [], 0, 0
    if held:
        yield held


def _parsed(lines: bytes, schema: pa.Schema) -> pa.Table:
    return pa_csv.read_csv(
        io.BytesIO(lines),
        # In one block: a row that lies across two of them is an error.
        read_options=pa_csv.ReadOptions(column_names=schema.names, block_size=len(lines) + 1, use_threads=False),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )
