"""Every view gives the rows that `views/NAME/expected.json` expects of `given.json`, the same on both databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import sqlalchemy as sa

from polidex.database import make_engine, parse_url, view_order
from polidex.publish import open_store
from polidex.query import run_query
from tests.integration.polidex.stored import BASE, rows

pytestmark = pytest.mark.with_tables
CASES = Path(__file__).parent / "views"
# Their rows are those of a calendar and of files: test_analytics.py and test_dictionary.py look at them.
LONG = {"analytics.data_dictionary", "analytics.dim_country", "analytics.dim_day"}


def plain(table: pa.Table) -> list[dict[str, Any]]:
    """Rows as JSON would hold them, without what is empty."""
    utc = [
        column.cast(pa.timestamp("us", tz="UTC")) if pa.types.is_timestamp(column.type) else column
        for column in table.columns
    ]
    found = pa.table(utc, names=table.column_names).to_pylist()
    return [
        {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in row.items()
            if value is not None
        }
        for row in found
    ]


def ordered(found: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in found)


@pytest.mark.parametrize("view", sorted(set(view_order()) - LONG))
def test_a_view_gives_the_expected_rows(view: str, database_url: str) -> None:
    given = json.loads((CASES / view / "given.json").read_text(encoding="utf-8"))
    expected = json.loads((CASES / view / "expected.json").read_text(encoding="utf-8"))
    with open_store(database_url) as store:
        store.load(rows(BASE, given))
    assert ordered(plain(run_query(database_url, view))) == ordered(expected)


def test_every_view_and_column_has_a_comment(duckdb_url: str) -> None:
    open_store(duckdb_url).close()
    query = (
        "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
        " AND table_name <> 'alembic_version' UNION ALL"
        " SELECT view_name, NULL FROM duckdb_views() WHERE comment IS NULL AND NOT internal"
    )
    assert run_query(duckdb_url, query).to_pylist() == []


def test_comments_reach_postgres(postgres_url: str) -> None:
    open_store(postgres_url).close()
    with make_engine(parse_url(postgres_url), read_only=True).connect() as connection:
        for name in view_order():
            schema, _, view = name.rpartition(".")
            assert sa.inspect(connection).get_table_comment(view, schema or None)["text"]
            assert all(column["comment"] for column in sa.inspect(connection).get_columns(view, schema or None))
