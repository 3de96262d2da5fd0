"""Queries: answers of questions, and everything that a query must not be able to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from polidex.publish import open_store
from polidex.query import run_query
from polidex.questions import questions
from schema.errors import (
    DatabaseError,
    MissingDatabase,
    QueryError,
    QueryTimeout,
    QueryTooLarge,
    UnknownQuestion,
)
from tests.integration.polidex.stored import BASE, Short, rows

pytestmark = pytest.mark.with_tables
GIVEN: Short = {
    "person": [
        {"id": "ada", "name": "Ada Moro", "country": "EE"},
        {"id": "ben", "name": "Ben Ito", "country": "EE"},
    ],
    "person_name": [{"id": "n", "person_id": "ada", "name": "Aďa Žiga", "kind": "former"}],
    "organization": [{"id": "senate", "name": "Senate", "classification": "chamber"}],
    "office": [
        {"id": "pm", "name": "Prime Minister", "role": "head_of_government", "country": "EE"},
        {"id": "deputy", "name": "Deputy Prime Minister", "role": "deputy_head", "country": "EE"},
        {"id": "speaker", "name": "Speaker", "organization_id": "senate", "role": "speaker", "country": "EE"},
        {"id": "other", "name": "Prime Minister of Peru", "role": "head_of_government"},
    ],
    "tenure": [
        {
            "id": "t1",
            "person_id": "ada",
            "office_id": "pm",
            "start_edtf": "1999-10",
            "start_earliest": "1999-10-01",
            "start_latest": "1999-10-31",
        },
        {
            "id": "t2",
            "person_id": "ada",
            "office_id": "deputy",
            "start_edtf": "1999-03",
            "start_earliest": "1999-03-01",
            "start_latest": "1999-03-31",
        },
        {
            "id": "t3",
            "person_id": "ada",
            "office_id": "speaker",
            "start_edtf": "2007-01",
            "start_earliest": "2007-01-01",
            "start_latest": "2007-01-31",
            "end_edtf": "2009",
            "end_earliest": "2009-01-01",
            "end_latest": "2009-12-31",
        },
        {
            "id": "t4",
            "person_id": "ben",
            "office_id": "other",
            "start_edtf": "1999",
            "start_earliest": "1999-01-01",
            "start_latest": "1999-12-31",
        },
    ],
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One database for all tests that only try to change it."""
    address = f"duckdb:///{tmp_path_factory.mktemp('query') / 'polidex.duckdb'}"
    fill(address)
    return address


def fill(url: str) -> None:
    with open_store(url) as store:
        store.load(rows(BASE, GIVEN))


def test_who_held_an_office_in_a_year_and_when(database_url: str) -> None:
    fill(database_url)

    def who(**asked: str) -> list[str]:
        found = run_query(database_url, "who_held_office", parameters={"office": "prime minister", **asked})
        return [f"{row['person']} {row['certainty']}" for row in found.to_pylist()]

    assert who(country="Estonia", year="1999") == who(country="ee", year="1999") == ["Ada Moro stated"]
    assert who(country="Eesti", year="1999") == ["Ada Moro stated"]
    assert who(country="Peru", year="1999") == ["Ben Ito stated"]
    assert who(country="Estonia", year="2000") == []
    assert len(who(year="1999")) == 2

    asked = {"person": "žiga", "office": "senate"}
    (spell,) = run_query(database_url, "when-in-office", parameters=asked).to_pylist()
    assert (spell["office"], spell["years_stated"], spell["years_possible"]) == ("Speaker", "2007, 2008, 2009", None)


def test_every_question_answers_without_parameters(database_url: str) -> None:
    fill(database_url)
    for question in questions():
        assert run_query(database_url, question.name).num_columns > 0


def test_an_unknown_name_lists_the_questions_close_ones_first(url: str) -> None:
    with pytest.raises(UnknownQuestion, match="neither SQL nor") as refused:
        run_query(url, "who_hold_office")
    assert refused.value.hint.startswith("Questions: who_held_office, ")
    assert "office_timeline" in refused.value.hint
    with pytest.raises(UnknownQuestion, match="no parameter yaer") as refused:
        run_query(url, "who_held_office", parameters={"yaer": "1999"})
    assert refused.value.hint == "It takes: office, country, year."
    with pytest.raises(QueryError, match="abc"):
        run_query(url, "who_held_office", parameters={"year": "abc"})


def test_a_parameter_is_never_part_of_the_sql(database_url: str) -> None:
    fill(database_url)
    for hostile in ("' OR 1=1 --", "x') UNION SELECT version() --", "%(year)s", "$1", ":year", "%"):
        assert run_query(database_url, "who_held_office", parameters={"office": hostile}).num_rows == 0


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 AS one",
        "WITH one AS (SELECT 1) SELECT * FROM one;",
        "VALUES (1)",
        "FROM person",
        "DESCRIBE person",
        "SHOW TABLES",
        "SUMMARIZE person",
        "EXPLAIN SELECT 1",
        "SELECT ';' -- and a comment; with a sign",
    ],
)
def test_what_reads_is_answered(url: str, sql: str) -> None:
    assert run_query(url, sql).num_rows > 0


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/etc/*')",
        "COPY person TO '/tmp/polidex-must-not-be.csv'",
        "COPY person FROM '/etc/passwd'",
        "EXPORT DATABASE '/tmp/polidex-must-not-be'",
        "ATTACH '/tmp/polidex-must-not-be.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "SET enable_external_access = true",
        "RESET memory_limit",
        "PRAGMA threads = 4",
        "CREATE TABLE mine (one INT)",
        "CREATE TEMP TABLE mine (one INT)",
        "INSERT INTO person (id) VALUES ('x')",
        "UPDATE person SET name = 'x'",
        "DELETE FROM person",
        "DROP TABLE person",
        "EXPLAIN ANALYZE DELETE FROM person",
        "BEGIN",
        "CALL pragma_version()",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE person",
        "",
        "-- nothing",
        "SELECT * FROM rows",
        "SELECT getenv('HOME')",
    ],
)
def test_the_sandbox_holds(url: str, sql: str) -> None:
    with pytest.raises(QueryError) as refused:
        run_query(url, sql)
    assert "\n" not in str(refused.value)
    assert not list(Path("/tmp").glob("polidex-must-not-be*"))


POSTGRES_REFUSES = (
    "INSERT INTO person (id) VALUES ('x')",
    "WITH gone AS (DELETE FROM person RETURNING id) SELECT * FROM gone",
    "CREATE TABLE mine (one INT)",
    "CREATE TEMP TABLE mine (one INT)",
    "SET statement_timeout = 0",
    "SET default_transaction_read_only = off",
    "COPY person TO '/tmp/polidex-must-not-be.csv'",
    "COPY (SELECT 1) TO PROGRAM 'touch /tmp/polidex-must-not-be'",
    "SELECT 1; DROP TABLE person",
    "COMMIT",
    "SELECT 1; COMMIT; DROP TABLE person",
    "DO $$ BEGIN PERFORM 1; END $$",
    "SELECT nextval('no_sequence')",
    "",
)


def test_postgres_is_only_read(postgres_url: str) -> None:
    fill(postgres_url)
    for sql in POSTGRES_REFUSES:
        with pytest.raises(QueryError) as refused:
            run_query(postgres_url, sql)
        assert "\n" not in str(refused.value), sql
    assert run_query(postgres_url, "SELECT count(*) AS n FROM person").to_pylist() == [{"n": 2}]
    assert not list(Path("/tmp").glob("polidex-must-not-be*"))
    with pytest.raises(QueryTimeout):
        run_query(postgres_url, "SELECT count(*) FROM generate_series(1, 1000000000)", timeout_seconds=0.3)
    with pytest.raises(QueryTooLarge):
        run_query(postgres_url, "SELECT repeat('x', 1000) AS x FROM generate_series(1, 100000)", memory_limit="20MB")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(10000000) AS a, range(10000000) AS b",
        "SELECT a.range FROM range(100000) AS a, range(100000) AS b WHERE a.range + b.range < 0",
    ],
)
def test_a_runaway_query_is_stopped(url: str, sql: str) -> None:
    with pytest.raises(QueryTimeout, match=r"0\.3 seconds"):
        run_query(url, sql, timeout_seconds=0.3)


@pytest.mark.parametrize(
    "sql", ["SELECT list(range) FROM range(100000000)", "SELECT repeat('x', 1000) AS x FROM range(10000000)"]
)
def test_memory_has_a_limit(url: str, sql: str) -> None:
    with pytest.raises(QueryTooLarge, match="100MB"):
        run_query(url, sql, memory_limit="100MB")


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingDatabase, match=r"none\.duckdb"):
        run_query(f"duckdb:///{tmp_path}/none.duckdb", "SELECT 1")
    with pytest.raises(DatabaseError, match="No Postgres answers at"):
        run_query("postgresql+psycopg://me:secret@127.0.0.1:1/none", "SELECT 1")
    with pytest.raises(DatabaseError) as refused:
        run_query("postgresql+psycopg://me:secret@127.0.0.1:1/none", "SELECT 1")
    assert "secret" not in str(refused.value)
