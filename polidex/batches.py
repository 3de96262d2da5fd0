"""Rows of one table as Arrow, checked column by column before a database sees them: no step looks at a single row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds
import sqlalchemy as sa

from schema.errors import RowError

Row = Mapping[str, Any]

_TYPES: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}


def arrow_type(column: sa.Column[Any]) -> pa.DataType:
    """The Arrow type in which the values of a column travel."""
    return _TYPES[column.type.python_type]


def of_dicts(table: sa.Table, rows: Sequence[Row]) -> pa.Table:
    """Rows as Arrow, in the table's order of columns.

    Raises:
        RowError: they do not all name the same columns, name one that is not there, or a value does not fit.
    """
    named = rows[0].keys()
    columns = _columns(table, list(named))
    if any(row.keys() != named for row in rows):
        raise RowError(f"The rows of {table.name} do not all name the same columns.")
    return _built(table, columns, {column.name: [row[column.name] for row in rows] for column in columns})


def of_keys(table: sa.Table, keys: Sequence[str | Sequence[Any]]) -> pa.Table:
    """Keys of rows as Arrow: an id each, or one value for each key column in order."""
    columns = list(table.primary_key)
    cells = [list(key) if not isinstance(key, str) else [key] for key in dict.fromkeys(keys)]
    if any(len(cell) != len(columns) for cell in cells):
        raise RowError(f"A key of {table.name} has {len(columns)} values.")
    return _built(
        table, columns, {column.name: [cell[place] for cell in cells] for place, column in enumerate(columns)}
    )


def fitted(table: sa.Table, rows: pa.Table) -> pa.Table:
    """The rows as they can be merged: the columns in the table's order and types, each key once, the later row taken.

    Raises:
        RowError: a column that is not there, of another kind, or twice; a key that is missing or empty; a text that is
            not UTF-8 or holds NUL; a day outside the years 1 to 9999.
    """
    columns = _columns(table, rows.column_names)
    arrays = [_fitted(table, column, rows.column(column.name)) for column in columns]
    keys = [column.name for column in table.primary_key]
    fit = pa.table(arrays, names=[column.name for column in columns])
    if any(fit.column(name).null_count for name in keys):
        raise RowError(f"A row of {table.name} has an empty key.")
    return _latest(fit, keys)


def _columns(table: sa.Table, named: Sequence[str]) -> list[sa.Column[Any]]:
    """The columns that the rows name, in the table's order."""
    if unknown := sorted(set(named) - set(table.columns.keys())):
        raise RowError(f"The table {table.name} has no column {', '.join(unknown)}.")
    if missing := sorted({column.name for column in table.primary_key} - set(named)):
        raise RowError(f"A row of {table.name} lacks its key: {', '.join(missing)}.")
    if len(set(named)) != len(named):
        raise RowError(f"The rows of {table.name} name a column twice.")
    return [column for column in table.columns if column.name in set(named)]


def _built(table: sa.Table, columns: list[sa.Column[Any]], values: Mapping[str, list[Any]]) -> pa.Table:
    try:
        arrays = [pa.array(values[column.name], type=arrow_type(column)) for column in columns]
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        raise RowError(f"A row does not fit the table {table.name}: {error}") from error
    return pa.table(arrays, names=[column.name for column in columns])


_SAME_KIND: dict[pa.DataType, Callable[[pa.DataType], bool]] = {
    pa.string(): lambda kind: kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind),
    pa.int64(): kinds.is_integer,
    pa.float64(): lambda kind: kinds.is_floating(kind) or kinds.is_integer(kind),
    pa.bool_(): kinds.is_boolean,
    pa.date32(): kinds.is_date,
    # A moment without a time zone could be anybody's.
    pa.timestamp("us", tz="UTC"): lambda kind: kinds.is_timestamp(kind) and kind.tz is not None,
}


def _fitted(table: sa.Table, column: sa.Column[Any], given: pa.ChunkedArray) -> pa.ChunkedArray:
    wanted = arrow_type(column)
    kind = given.type.value_type if kinds.is_dictionary(given.type) else given.type
    if not (kinds.is_null(kind) or _SAME_KIND[wanted](kind)):
        raise RowError(f"A row does not fit the table {table.name}: {column.name} is {wanted} there, not {given.type}.")
    try:
        # From another program's memory, what is called text may be any bytes.
        given.validate(full=True)
        fit = given if given.type == wanted else given.cast(wanted)
    except pa.ArrowException as error:
        raise RowError(f"A row does not fit the table {table.name}: {column.name}: {error}") from error
    if kinds.is_string(wanted):
        if any(_may_hold_nul(chunk) for chunk in fit.chunks) and pc.any(pc.match_substring(fit, "\0")).as_py():
            raise RowError("A text holds the character NUL, which Postgres has no place for.")
    elif kinds.is_temporal(wanted):
        _check_years(table, column, fit)
    return fit


def _may_hold_nul(texts: pa.Array) -> bool:
    """Whether a zero byte is among the bytes of the texts, found without looking at each text."""
    buffer = texts.buffers()[2]
    if not buffer:
        return False
    lowest: int = pc.min(pa.Array.from_buffers(pa.uint8(), buffer.size, [None, buffer])).as_py()
    return lowest == 0


def _check_years(table: sa.Table, column: sa.Column[Any], days: pa.ChunkedArray) -> None:
    """Both databases hold years that no Python date can be read back from."""
    first, last = (date.min, date.max) if kinds.is_date(days.type) else (_FIRST, _LAST)
    found = pc.min_max(days)
    if not found["min"].is_valid:
        return
    if pc.less(found["min"], pa.scalar(first, days.type)).as_py() or (
        pc.greater(found["max"], pa.scalar(last, days.type)).as_py()
    ):
        raise RowError(f"A row does not fit the table {table.name}: {column.name} is outside the years 1 to 9999.")


_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def _latest(rows: pa.Table, keys: list[str]) -> pa.Table:
    """Of rows with one key the last: Postgres refuses a key twice in one MERGE and DuckDB takes both."""
    # For one column this is twice as fast as to group by it.
    distinct = pc.unique(rows.column(keys[0])) if len(keys) == 1 else rows.select(keys).group_by(keys).aggregate([])
    if len(distinct) == len(rows):
        return rows
    places = pa.array(range(len(rows)), pa.int64())
    numbered = rows.select(keys).append_column("the place", places)
    last = numbered.group_by(keys).aggregate([("the place", "max")]).column("the place_max")
    return rows.filter(pc.is_in(places, value_set=last.combine_chunks()))
