"""The star in the schema `analytics`: its names, its plain types, and that it stands wherever the file is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sa

from docs import countries
from polidex.database import make_engine, parse_url, view_order
from polidex.grants import ANALYTICS
from polidex.publish import open_store, upgrade
from polidex.query import run_query
from tests.integration.polidex.stored import BASE, rows

STAR = [name for name in view_order() if name.startswith(f"{ANALYTICS}.")]
PLAIN = {"character varying", "text", "bigint", "double precision", "boolean", "date", "timestamp with time zone"}


def columns(url: str) -> list[tuple[str, str, str]]:
    """View, column and type as the catalog has them, in order; a text is a text on both."""
    query = sa.text(
        "SELECT table_name, column_name, LOWER(data_type) FROM information_schema.columns"
        " WHERE table_schema = 'analytics' ORDER BY table_name, ordinal_position"
    )
    names = {"varchar": "text", "character varying": "text", "double": "double precision"}
    with make_engine(parse_url(url), read_only=True).connect() as connection:
        return [(view, column, names.get(kind, kind)) for view, column, kind in connection.execute(query)]


def test_types_are_plain_and_the_same_on_both(duckdb_url: str, postgres_url: str) -> None:
    upgrade(duckdb_url)
    upgrade(postgres_url)
    found = columns(duckdb_url)
    assert {f"{ANALYTICS}.{view}" for view, _, _ in found} == set(STAR)
    assert [each for each in found if each[2] not in PLAIN] == []
    assert found == columns(postgres_url)


def test_the_schema_says_what_it_is_where_it_can(postgres_url: str) -> None:
    upgrade(postgres_url)
    query = "SELECT obj_description(oid, 'pg_namespace') AS text FROM pg_namespace WHERE nspname = 'analytics'"
    assert "data_dictionary" in run_query(postgres_url, query)["text"][0].as_py()


def test_dropped_and_made_again(database_url: str) -> None:
    upgrade(database_url)
    with make_engine(parse_url(database_url)).begin() as connection:
        connection.exec_driver_sql("CREATE VIEW analytics.mine AS SELECT 1 AS one")
        connection.exec_driver_sql("DROP VIEW analytics.fact_tenure")
        connection.exec_driver_sql("COMMENT ON TABLE alembic_version IS 'views of another day'")
    upgrade(database_url)
    assert run_query(database_url, "analytics.fact_tenure").num_rows == 0
    assert run_query(database_url, "SELECT one FROM analytics.mine").to_pylist() == [{"one": 1}]


def test_a_view_goes_by_its_bare_name_too(duckdb_url: str) -> None:
    with open_store(duckdb_url) as store:
        store.load(rows({"person": [{"id": "a", "name": "Ada"}]}))
    assert run_query(duckdb_url, "dim_person") == run_query(duckdb_url, "analytics.dim_person")
    assert run_query(duckdb_url, "dim-person")["person"].to_pylist() == ["Ada"]


@pytest.mark.parametrize("name", ["moved.duckdb", "main.duckdb", "polidex.part.db"])
def test_it_stands_after_the_file_was_renamed_or_attached(duckdb_url: str, tmp_path: Path, name: str) -> None:
    with open_store(duckdb_url) as store:
        store.load(rows(BASE))
    moved = (tmp_path / "polidex.duckdb").rename(tmp_path / name)
    for view in STAR:
        run_query(f"duckdb:///{moved}", f"SELECT * FROM {view}")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{moved}' AS elsewhere (READ_ONLY)")
        for view in STAR:
            connection.execute(f"SELECT * FROM elsewhere.{view}").fetchall()


def test_no_view_of_the_star_has_the_name_of_a_table(duckdb_url: str) -> None:
    """DuckDB would look for it in the view's own schema, and find the view itself."""
    upgrade(duckdb_url)
    query = (
        "SELECT table_name FROM information_schema.tables GROUP BY table_name HAVING COUNT(DISTINCT table_schema) > 1"
    )
    assert run_query(duckdb_url, query).to_pylist() == []


def test_the_calendar_has_whole_years_from_the_first_to_the_last_date(database_url: str) -> None:
    upgrade(database_url)
    assert run_query(database_url, "dim_day").num_rows == 0
    with open_store(database_url) as store:
        store.load(rows(BASE))
    calendar = run_query(database_url, "SELECT * FROM analytics.dim_day ORDER BY day").to_pylist()
    assert [each["day"] for each in (calendar[0], calendar[-1])] == [date(2020, 1, 1), date(2021, 12, 31)]
    assert len(calendar) == 366 + 365
    assert calendar[59] == {
        "day": date(2020, 2, 29),
        "year": 2020,
        "quarter": 1,
        "month": 2,
        "day_of_month": 29,
        "weekday": 6,
        "month_name": "February",
        "weekday_name": "Saturday",
        "first_of_month": date(2020, 2, 1),
        "first_of_year": date(2020, 1, 1),
        "year_month": "2020-02",
        "year_quarter": "2020-Q1",
    }


def test_a_date_that_is_off_by_centuries_makes_no_endless_calendar(database_url: str) -> None:
    born = {"birth_date_edtf": "0044", "birth_date_earliest": "0044-01-01", "birth_date_latest": "0044-12-31"}
    gone = {"death_date_edtf": "9999", "death_date_earliest": "9999-01-01", "death_date_latest": "9999-12-31"}
    with open_store(database_url) as store:
        store.load(rows({"person": [{"id": "a", "name": "Ada", **born, **gone}]}))
    ends = "SELECT MIN(day) AS first_day, MAX(day) AS last_day FROM analytics.dim_day"
    expected = {"first_day": date(1700, 1, 1), "last_day": date(2100, 12, 31)}
    assert run_query(database_url, ends).to_pylist() == [expected]


def test_countries_have_their_english_names(database_url: str) -> None:
    upgrade(database_url)
    named = {row["country_code"]: row["country_name"] for row in run_query(database_url, "dim_country").to_pylist()}
    assert (named["CI"], named["KE"]) == ("Côte d’Ivoire", "Kenya")
    assert len(named) > 240


def test_the_names_of_countries_are_those_of_cldr() -> None:
    assert countries.FILE.read_text(encoding="utf-8") == countries.text()
