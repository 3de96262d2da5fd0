"""What is summed up is what working it all out anew gives; after every test of a run the doctor looks, too."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
import sqlalchemy as sa

from benchmarks.made_up_rows import tables
from polidex.database import make_engine, migrate, parse_url
from polidex.doctor import check
from polidex.publish import open_store
from polidex.query import run_query
from tests.integration.polidex.stored import BASE, rows

pytestmark = pytest.mark.with_tables
CHECK = "standings_out_of_date"
CLAIMS = 3_000


def standings(url: str) -> pa.Table:
    """How each claim stands."""
    return run_query(url, "SELECT * FROM claim_standing ORDER BY claim_id, span")


def differences(url: str) -> list[dict[str, Any]]:
    return [dict(row) for each in check(url) if each.name == CHECK for row in each.rows]


@pytest.fixture
def filled(database_url: str) -> str:
    """A database of which everything was summed up at once."""
    with open_store(database_url) as store:
        for name, given in tables(CLAIMS):
            store.load_arrow(name, given)
        store.sum_up()
    return database_url


def test_what_a_load_touches_is_worked_out_anew_and_nothing_else_is_missed(filled: str) -> None:
    assert differences(filled) == []
    asked = """
        SELECT s.claim_id, s.row_id, s.document_version_id
        FROM claim_standing AS s
        WHERE s.record_type = 'person' AND s.field = 'name' AND s.standing = 'canonical'
        ORDER BY s.claim_id LIMIT 4
    """
    named, gone, quoted, printed = run_query(filled, asked).to_pylist()
    one = "SELECT * FROM {} WHERE id = '{}'"
    (person,) = run_query(filled, one.format("person", named["row_id"])).to_pylist()
    (replaced,) = run_query(filled, one.format("claim", gone["claim_id"])).to_pylist()
    (version,) = run_query(filled, one.format("document_version", printed["document_version_id"])).to_pylist()
    (spell,) = run_query(
        filled, "SELECT * FROM claim WHERE field = 'end' AND is_current ORDER BY id LIMIT 1"
    ).to_pylist()
    (words,) = run_query(filled, "SELECT * FROM evidence WHERE match = 'exact' ORDER BY id LIMIT 1").to_pylist()
    quotes = f"SELECT claim_id, evidence_id FROM claim_evidence WHERE claim_id = '{quoted['claim_id']}'"
    (result,) = run_query(filled, "SELECT id FROM election_result WHERE won ORDER BY id LIMIT 1").to_pylist()
    before = standings(filled)
    with open_store(filled) as store:
        for given, delete in (
            # The row holds another value; a claim is history; a claim is of another row, or of none.
            ({"person": [person | {"name": "Somebody Else"}]}, {}),
            ({"claim": [replaced | {"is_current": False}]}, {}),
            ({"claim": [spell | {"canonical_id": None}]}, {}),
            # Another text was printed first, another day; a quote goes; a part of a row goes.
            ({"document_version": [version | {"published_earliest": None, "published_latest": None}]}, {}),
            ({"evidence": [words | {"match": "fuzzy"}]}, {}),
            ({}, {"claim_evidence": [tuple(each.values()) for each in run_query(filled, quotes).to_pylist()]}),
            ({}, {"election_result": [result["id"]]}),
        ):
            store.load(given, delete=delete)
            store.publish()
            assert differences(filled) == [], given or delete
            assert standings(filled) != before
            before = standings(filled)


def test_a_load_that_changes_nothing_leaves_what_is_summed_up_alone(duckdb_url: str) -> None:
    with open_store(duckdb_url) as store:
        store.load(rows(BASE, {}))
        with store.transaction() as connection:
            connection.execute(sa.text("UPDATE row_standing SET documents = 99"))
        store.load(rows(BASE, {}))
    assert {each["documents"] for each in run_query(duckdb_url, "SELECT documents FROM row_standing").to_pylist()} <= {
        99
    }


@pytest.mark.parametrize("table", ["claim_standing", "field_standing", "row_standing"])
def test_the_doctor_finds_what_is_missing_and_what_is_too_much(filled: str, table: str) -> None:
    for change in (
        "DELETE FROM {} WHERE row_id = (SELECT MIN(row_id) FROM {})",
        "UPDATE {} SET record_type = 'reform'",
    ):
        with open_store(filled) as store, store.transaction() as connection:
            connection.execute(sa.text(change.format(table, table)))
        assert differences(filled)
        with open_store(filled) as store:
            store.sum_up()
        assert differences(filled) == []


def test_a_database_from_before_is_summed_up_by_the_upgrade(filled: str) -> None:
    before = standings(filled)
    engine = make_engine(parse_url(filled))
    with engine.connect() as connection:
        migrate(connection, "0012")
        migrate(connection)
    engine.dispose()
    assert standings(filled) == before
    assert differences(filled) == []
