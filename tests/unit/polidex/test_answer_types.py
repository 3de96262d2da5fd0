"""Answers have one set of types, whichever database gave the values."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from polidex.answer_types import NUMERIC, column_of_postgres, heading, joined, table_of_duckdb

INT8, FLOAT4, FLOAT8, TEXT, DATE = 20, 700, 701, 25, 1082
TIMESTAMP, TIMESTAMPTZ, NUMERICS, TEXTS = 1114, 1184, 1231, 1009
WHOLE = some.integers(-(2**63), 2**63 - 1)


def of_duckdb(sql: str) -> pa.Array:
    with duckdb.connect() as connection:
        part = table_of_duckdb(connection.execute(f"SELECT * FROM (VALUES {sql}) AS v (x)").to_arrow_table())
    return joined([part]).column(0).combine_chunks()


@given(some.lists(some.none() | WHOLE))
def test_sums_of_whole_numbers_are_whole(values: list[int | None]) -> None:
    exact = [None if each is None else Decimal(each) for each in values]
    on_postgres = column_of_postgres(NUMERIC, exact)
    on_duckdb = table_of_duckdb(pa.table({"x": pa.array(exact, pa.decimal128(38, 0))})).column(0).combine_chunks()
    assert on_postgres.equals(on_duckdb)
    assert on_postgres.to_pylist() == values


@given(some.lists(some.decimals(-(10**9), 10**9, places=4), min_size=1))
def test_exact_numbers_with_decimals_are_the_doubles_that_python_reads(values: list[Decimal]) -> None:
    on_duckdb = table_of_duckdb(pa.table({"x": pa.array(values, pa.decimal128(18, 4))})).column(0).combine_chunks()
    assert on_duckdb.equals(column_of_postgres(NUMERIC, values))
    assert on_duckdb.to_pylist() == [float(str(each)) for each in values]


@given(some.lists(some.none() | some.integers(-(2**70), 2**70)), some.integers(1, 5))
def test_a_column_has_one_type_however_it_came_in_parts(values: list[int | None], size: int) -> None:
    exact = [None if each is None else Decimal(each) for each in values]
    parts = [pa.table({"x": column_of_postgres(NUMERIC, exact[at : at + size])}) for at in range(0, len(exact), size)]
    whole = joined([pa.table({"x": column_of_postgres(NUMERIC, [])}), *parts]).column(0)
    there = [each for each in values if each is not None]
    fits = bool(there) and all(-(2**63) <= each < 2**63 for each in there)
    assert whole.type == (pa.int64() if fits else pa.float64())
    assert whole.to_pylist() == [each if each is None or fits else float(each) for each in values]


@given(some.floats(width=32, allow_nan=False, allow_infinity=False))
def test_a_short_double_is_the_number_that_is_written(value: float) -> None:
    column = pa.array([value], pa.float32())
    assert table_of_duckdb(pa.table({"x": column})).column(0).to_pylist() == [float(str(column.to_numpy()[0]))]


@given(some.integers(-5000, 5000), some.integers(-5000, 5000), some.timedeltas(timedelta(days=-3), timedelta(days=3)))
def test_an_interval_can_be_read_back(months: int, days: int, rest: timedelta) -> None:
    microseconds = rest // timedelta(microseconds=1)
    with duckdb.connect() as connection:
        made = f"to_months({months}) + to_days({days}) + to_microseconds({microseconds})"
        answer = connection.execute(f"SELECT {made} AS x, CAST({made} AS VARCHAR) AS y").to_arrow_table()
        (text,) = table_of_duckdb(answer).column("x").to_pylist()
    assert text.startswith("P")
    parts = dict.fromkeys("YMDhms", 0.0)
    date_part, _, time_part = text[1:].partition("T")
    for half, units in ((date_part, "YMD"), (time_part, "HMS")):
        number = ""
        for sign in half:
            if sign in units:
                parts[sign if half is date_part else sign.lower()] = float(number)
                number = ""
            else:
                number += sign
    assert (parts["Y"] * 12 + parts["M"], parts["D"]) == (months, days)
    assert round((parts["h"] * 3600 + parts["m"] * 60 + parts["s"]) * 1e6) == microseconds


@pytest.mark.parametrize(
    ("number", "value", "sql"),
    [
        (INT8, 7, "(CAST(7 AS TINYINT))"),
        (INT8, 7, "(CAST(7 AS UBIGINT))"),
        (NUMERIC, Decimal(7), "(CAST(7 AS HUGEINT))"),
        (NUMERIC, Decimal("7.50"), "(7.50)"),
        (NUMERIC, Decimal("NaN"), None),
        (FLOAT4, 0.1, "(CAST(0.1 AS REAL))"),
        (FLOAT8, 0.1 + 0.2, "(CAST(0.1 AS DOUBLE) + 0.2)"),
        (DATE, date(2020, 2, 29), "(DATE '2020-02-29')"),
        (TIMESTAMP, datetime(2020, 2, 29, 12), "(TIMESTAMP '2020-02-29 12:00')"),
        (TIMESTAMPTZ, datetime(2020, 2, 29, 12, tzinfo=UTC), "(TIMESTAMP_NS '2020-02-29 12:00')"),
        (1083, time(12, 30), "(TIME '12:30')"),
        (NUMERICS, [Decimal(1), None, Decimal("2.5")], "([1, NULL, 2.5])"),
        (TEXTS, ["a", None], "(['a', NULL])"),
        (TEXTS, None, "(CAST(NULL AS VARCHAR[]))"),
        (17, b"a", "(CAST('a' AS BLOB))"),
        (2950, uuid.UUID(int=1), "(CAST('00000000-0000-0000-0000-000000000001' AS UUID))"),
        (114, '{"a": 1}', "(CAST('{\"a\": 1}' AS JSON))"),
        (1186, "P1Y2M3DT4H5M6.5S", "(INTERVAL '1 year 2 months 3 days 04:05:06.5')"),
        (1186, "PT0S", "(INTERVAL '0 days')"),
        (TEXT, "a", "(CAST('a' AS ENUM ('a')))"),
    ],
)
def test_each_type_is_one_on_both(number: int, value: object, sql: str | None) -> None:
    found = joined([pa.table({"x": column_of_postgres(number, [value])})]).column(0).combine_chunks()
    if sql is not None:
        assert found.equals(of_duckdb(sql)), (found, of_duckdb(sql))
    if number != NUMERIC:
        assert column_of_postgres(number, []).type == found.type


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("COUNT(*)", "count"),
        ("COUNT(*) FILTER (WHERE 1 = 1)", "count"),
        ("SUM(1)", "sum"),
        ("ROUND(AVG(1), 1)", "round"),
        ("EXTRACT(YEAR FROM DATE '2020-01-01')", "extract"),
        ("ROW_NUMBER() OVER (ORDER BY 1)", "row_number"),
        ("COALESCE(NULL, 1)", "coalesce"),
        ("CASE WHEN TRUE THEN 1 END", "case"),
        ("1 + 1", "?column?"),
        ('1 AS "seats (all)"', "seats (all)"),
        ("1 AS Plain", "plain"),
        ('1 AS "Kept"', "Kept"),
        ("CURRENT_DATE", "current_date"),
        ("CAST('2020-05-03' AS DATE)", "date"),
        ("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY 1)", "percentile_cont"),
    ],
)
def test_a_column_without_a_name_is_called_as_by_postgres(sql: str, name: str) -> None:
    asked = f"SELECT {sql}"
    with duckdb.connect() as connection:
        (named,) = connection.execute(asked).to_arrow_table().column_names
    assert heading(named, asked) == name


def test_no_name_comes_twice() -> None:
    part = pa.Table.from_arrays([pa.array([1]), pa.array([2]), pa.array([3])], names=["a", "a", "b"])
    assert joined([part]).column_names == ["a", "a_2", "b"]
