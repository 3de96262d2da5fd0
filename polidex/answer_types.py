"""The types that an answer has, the same whichever database gave it.

Whole numbers are int64, others double. A number that is exact (NUMERIC, DECIMAL, HUGEINT) is int64 where every value of
its column is whole, written without decimals and small enough, else double. Texts, JSON, UUIDs and intervals (ISO 8601)
are strings, moments are UTC to the microsecond, lists hold values of these types.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

MOMENT = pa.timestamp("us", tz="UTC")
_INT64 = range(-(2**63), 2**63)
_MICROSECONDS = {"H": 3_600_000_000, "M": 60_000_000}
_AGGREGATES = {
    "count_star": "count", "date_part": "extract",
    "quantile_cont": "percentile_cont", "quantile_disc": "percentile_disc",
}  # fmt: skip

NUMERIC = 1700
# Types of Postgres by their number. What is not here comes as text.
_OF_POSTGRES = {
    16: pa.bool_(), 17: pa.binary(), 20: pa.int64(), 21: pa.int64(), 23: pa.int64(), 26: pa.int64(),
    700: pa.float64(), 701: pa.float64(), NUMERIC: pa.float64(),
    1082: pa.date32(), 1083: pa.time64("us"), 1114: MOMENT, 1184: MOMENT,
}  # fmt: skip
_ARRAYS_OF_POSTGRES = {
    1000: 16, 1005: 21, 1007: 23, 1016: 20, 1021: 700, 1022: 701, 1231: NUMERIC, 1182: 1082, 1115: 1114, 1185: 1184,
    1002: 25, 1009: 25, 1014: 25, 1015: 25,
}  # fmt: skip


def of_postgres(number: int) -> pa.DataType:
    """The type of an answer for the number of a type of Postgres."""
    if number in _ARRAYS_OF_POSTGRES:
        return pa.list_(of_postgres(_ARRAYS_OF_POSTGRES[number]))
    return _OF_POSTGRES.get(number, pa.string())


def column_of_postgres(number: int, values: Sequence[Any]) -> pa.Array:
    """A column of an answer, from the values that psycopg gives for a type of Postgres."""
    kind = of_postgres(number)
    if number == NUMERIC:
        return _exact(values)
    if pa.types.is_list(kind):
        return pa.array([None if each is None else _items(kind.value_type, each) for each in values], type=kind)
    if kind == pa.string():
        return pa.array([None if each is None else str(each) for each in values], type=kind)
    return pa.array(values, type=kind)


def table_of_duckdb(part: pa.Table) -> pa.Table:
    """A part of an answer, from the Arrow that DuckDB gives."""
    columns = [_column_of_duckdb(column.combine_chunks()) for column in part.columns]
    return pa.Table.from_arrays(columns, names=part.column_names)


def joined(parts: Sequence[pa.Table], names: Sequence[str] | None = None) -> pa.Table:
    """One answer of its parts: an exact number is whole only if it is so in all of them.

    Args:
        names: of its columns, if not those of the parts. A name that comes again gets a number.
    """
    names = names or parts[0].column_names
    columns = []
    for position in range(len(names)):
        chunks = [chunk for part in parts for chunk in part.column(position).chunks]
        kinds = {chunk.type for chunk in chunks if not pa.types.is_null(chunk.type)}
        # A whole number beyond 2**53 among others that are not whole loses its last digits: so does any double.
        kind = kinds.pop() if len(kinds) == 1 else pa.float64()
        columns.append(pa.chunked_array([pc.cast(chunk, kind, safe=False) for chunk in chunks], type=kind))
    return pa.Table.from_arrays(columns, names=_distinct(names))


def heading(name: str, sql: str) -> str:
    """What Postgres calls a column that DuckDB names by its whole expression, because the query gives it no name."""
    if f'"{name}"' in sql or f"'{name}'" in sql:
        return name
    if name.strip('"').isidentifier():
        return name.strip('"').lower()
    called = re.match(r'(?:main\.)?"?(\w+)"?\(', name)
    if called and called[1] == "CAST":
        inner = heading(name[5:].rpartition(" AS ")[0], sql)
        return inner if inner != "?column?" else name.rpartition(" AS ")[2].strip(')"').lower()
    if called:
        return _AGGREGATES.get(called[1], called[1].lower())
    return "case" if name.startswith("CASE") else "?column?"


def _distinct(names: Sequence[str]) -> list[str]:
    """Names of which none comes twice: the second `count` is `count_2`."""
    seen = Counter[str]()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return found


def _exact(values: Sequence[Decimal | None]) -> pa.Array:
    there = [each for each in values if each is not None]
    if not there:
        return pa.nulls(len(values))
    if all(_is_whole(each) for each in there):
        return pa.array([None if each is None else int(each) for each in values], type=pa.int64())
    return pa.array([None if each is None else float(each) for each in values], type=pa.float64())


def _is_whole(value: Decimal) -> bool:
    return value.is_finite() and value.as_tuple().exponent == 0 and int(value) in _INT64


def _items(kind: pa.DataType, values: Sequence[Any]) -> list[Any]:
    convert: Callable[[Any], Any] = {pa.float64(): float, pa.string(): str}.get(kind, lambda value: value)
    return [None if each is None else convert(each) for each in values]


def _column_of_duckdb(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_list(kind):
        values = column.values
        # Values of one list stand in several rows: no list of them is to be whole by chance.
        plain = _by_way_of_text(values) if pa.types.is_decimal(values.type) else _column_of_duckdb(values)
        return pa.ListArray.from_arrays(column.offsets, plain, mask=column.is_null())
    if pa.types.is_interval(kind):
        return pa.array([None if each is None else _iso(*each) for each in column.to_pylist()], type=pa.string())
    if pa.types.is_timestamp(kind):
        return pc.cast(column if kind.tz else pc.assume_timezone(column, "UTC"), MOMENT, safe=False)
    if pa.types.is_dictionary(kind):
        return column.dictionary_decode()
    return _number_of_duckdb(column)


def _number_of_duckdb(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_float32(kind) or (pa.types.is_decimal(kind) and kind.scale > 0):
        return _by_way_of_text(column)
    if pa.types.is_decimal(kind) or pa.types.is_uint64(kind):
        return _exact([None if each is None else Decimal(each) for each in column.to_pylist()])
    return pc.cast(column, pa.int64()) if pa.types.is_integer(kind) else column


def _by_way_of_text(column: pa.Array) -> pa.Array:
    """The double that is written as the number is: a plain cast of a decimal is off by the last bit."""
    return pc.cast(pc.cast(column, pa.string()), pa.float64())


def _iso(months: int, days: int, nanoseconds: int) -> str:
    """An interval as Postgres writes it in ISO 8601: each part has its own sign."""
    years, months = _divided(months, 12)
    date = "".join(f"{number}{unit}" for number, unit in ((years, "Y"), (months, "M"), (days, "D")) if number)
    rest = _divided(nanoseconds, 1000)[0]
    time = ""
    for unit, size in _MICROSECONDS.items():
        number, rest = _divided(rest, size)
        time += f"{number}{unit}" if number else ""
    if rest:
        whole, part = divmod(abs(rest), 1_000_000)
        time += ("-" if rest < 0 else "") + f"{whole}.{part:06}".rstrip("0").rstrip(".") + "S"
    return f"P{date}" + (f"T{time}" if time or not date else "") + ("" if time or date else "0S")


def _divided(number: int, by: int) -> tuple[int, int]:
    """Quotient and rest, both with the sign of the number."""
    whole, rest = divmod(abs(number), by)
    return (whole, rest) if number >= 0 else (-whole, -rest)
