"""The state of a database: what is old is brought up to date, and what is not ours is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from polidex.database import make_engine, parse_url, reading, state
from polidex.publish import open_store, upgrade
from polidex.query import run_query
from schema.errors import LockedError, MissingDatabase, OlderDatabase, QueryError
from tests.integration.polidex.stored import rows


def change(url: str, sql: str) -> None:
    with make_engine(parse_url(url)).begin() as connection:
        connection.exec_driver_sql(sql)


def test_views_that_are_not_those_of_the_code_are_made_again(database_url: str) -> None:
    with open_store(database_url) as store:
        store.load(rows({"person": [{"id": "a", "name": "Ada"}]}))
    change(database_url, "COMMENT ON TABLE alembic_version IS 'views of another day'")
    change(database_url, "DROP VIEW person_profile")
    with pytest.raises(OlderDatabase), reading(database_url):
        pass
    upgrade(database_url)
    assert run_query(database_url, "SELECT person FROM person_profile").to_pylist() == [{"person": "Ada"}]


def test_a_database_without_our_tables_is_said_to_be_empty(database_url: str) -> None:
    change(database_url, "CREATE TABLE mine (one INT)")
    with pytest.raises(MissingDatabase, match="no tables of Polidex"), reading(database_url):
        pass
    upgrade(database_url)
    with reading(database_url) as connection:
        assert state(connection) == "current"
        assert connection.execute(sa.text("SELECT count(*) FROM mine")).scalar_one() == 0


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link.duckdb").symlink_to(tmp_path / "disk" / "real.duckdb")
    upgrade(f"duckdb:///{tmp_path}/link.duckdb")
    upgrade(f"duckdb:///{tmp_path}/link.duckdb")
    assert (tmp_path / "link.duckdb").is_symlink()
    assert (tmp_path / "disk" / "real.duckdb").is_file()


def test_a_postgres_without_the_database_is_said_to_need_one(postgres_url: str) -> None:
    url = parse_url(postgres_url).set(database="not_there").render_as_string(hide_password=False)
    with pytest.raises(MissingDatabase, match="no database at") as caught:
        upgrade(url)
    # A command of Polidex makes a DuckDB file, and no database on a server.
    assert "CREATE DATABASE" in str(caught.value.hint)


@pytest.mark.parametrize("asked", ["SELECT * FROM office_timeline", "who_is_in_office"])
def test_a_question_to_a_database_without_tables_says_what_makes_them(database_url: str, asked: str) -> None:
    parsed = parse_url(database_url)
    with make_engine(parsed).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other (one INTEGER)")
    with pytest.raises(QueryError) as caught:
        run_query(database_url, asked)
    assert "polidex db upgrade" in str(caught.value.hint)


def test_a_reader_that_forgot_to_end_does_not_stall_an_upgrade_and_all_who_read_after_it(postgres_url: str) -> None:
    upgrade(postgres_url)
    change(postgres_url, "COMMENT ON TABLE alembic_version IS 'views of another day'")
    with make_engine(parse_url(postgres_url)).connect() as reader:
        reader.exec_driver_sql("SELECT * FROM person_profile")
        with pytest.raises(LockedError, match="Somebody holds a transaction open"):
            upgrade(postgres_url)
    upgrade(postgres_url)
    with reading(postgres_url) as connection:
        assert state(connection) == "current"


def test_any_name_of_a_schema_is_quoted(postgres_url: str) -> None:
    name = parse_url(postgres_url).database
    change(postgres_url, 'CREATE SCHEMA "My ""Schema"')
    change(postgres_url, f"""ALTER DATABASE "{name}" SET search_path = 'My "Schema'""")
    upgrade(postgres_url)
    with reading(postgres_url) as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM analytics.dim_person")).scalar_one() == 0
