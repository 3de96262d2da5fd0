"""The data dictionary says what the databases hold: neither its view nor its page has drifted from their comments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from docs import dictionary
from polidex.database import make_engine, parse_url
from polidex.publish import upgrade
from polidex.query import run_query
from schema.tables import FOR_ANALYSTS, metadata

AGAIN = "Run `python -m docs.dictionary`, and look at what it changed."
WORDS = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "yes or no",
    date: "date",
    datetime: "date and time",
}


@pytest.fixture(scope="module")
def known() -> list[dictionary.Entry]:
    return dictionary.entries()


def told(url: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = run_query(url, "SELECT * FROM analytics.data_dictionary").to_pylist()
    return rows


def test_the_view_has_not_drifted(known: list[dictionary.Entry]) -> None:
    assert dictionary.sql_text(known) == dictionary.SQL_FILE.read_text(encoding="utf-8"), AGAIN


def test_the_page_has_not_drifted(known: list[dictionary.Entry]) -> None:
    assert dictionary.page(known) == dictionary.PAGE.read_text(encoding="utf-8"), AGAIN


def test_it_says_what_the_catalog_says(database_url: str) -> None:
    """Of both databases: comments, columns in their order, their types, and whether they can be empty."""
    upgrade(database_url)
    found = told(database_url)
    with make_engine(parse_url(database_url), read_only=True).connect() as connection:
        inspector = sa.inspect(connection)
        for name, schema in sorted({(row["table_name"], row["table_schema"]) for row in found}, key=repr):
            rows = [row for row in found if (row["table_name"], row["table_schema"]) == (name, schema)]
            assert [row["position"] for row in rows] == list(range(len(rows)))
            assert rows[0]["description"] == inspector.get_table_comment(name, schema)["text"]
            assert rows[0]["column_name"] is None
            assert [
                (row["column_name"], row["description"], row["data_type"], row["nullable"]) for row in rows[1:]
            ] == [
                (each["name"], each["comment"], WORDS[each["type"].python_type], each["nullable"])
                for each in inspector.get_columns(name, schema)
            ]


def test_it_leaves_nothing_out_that_analysts_may_read(database_url: str) -> None:
    upgrade(database_url)
    with make_engine(parse_url(database_url), read_only=True).connect() as connection:
        inspector = sa.inspect(connection)
        views = {(None, name) for name in inspector.get_view_names()}
        star = {("analytics", name) for name in inspector.get_view_names("analytics")}
    tables = {(None, name) for name in FOR_ANALYSTS}
    assert {(row["table_schema"], row["table_name"]) for row in told(database_url)} == views | star | tables
    assert "person" in FOR_ANALYSTS
    assert not {"extraction", "quarantine", "document_version"} & set(FOR_ANALYSTS)


def test_both_databases_tell_the_same(duckdb_url: str, postgres_url: str) -> None:
    upgrade(duckdb_url)
    upgrade(postgres_url)
    assert told(duckdb_url) == told(postgres_url)


def test_what_a_column_refers_to_is_there(known: list[dictionary.Entry]) -> None:
    columns = {".".join(filter(None, (each.table_schema, each.table_name, each.column_name))) for each in known}
    columns |= {f"{table}.id" for table in metadata.tables}
    assert {each.refers_to for each in known if each.refers_to} <= columns


def test_every_key_and_every_day_of_the_star_says_what_it_joins(known: list[dictionary.Entry]) -> None:
    facts = [each for each in known if each.table_schema and each.column_name and each.position > 1]
    silent = {"document_id", "source_id", "row_id", "wikidata_id"}
    keys = [each for each in facts if each.column_name and each.column_name.endswith(("_id", "_code"))]
    assert [each for each in keys if not each.refers_to and each.column_name not in silent] == []
    days = [each for each in facts if each.table_name.startswith("fact_") and str(each.column_name).endswith("_date")]
    assert len(days) > 5
    assert {each.refers_to for each in days} == {"analytics.dim_day.day"}
