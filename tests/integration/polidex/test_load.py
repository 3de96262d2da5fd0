"""Loading: what is merged, counted, left alone and taken back, the same on both databases."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from polidex import database, load
from polidex.batches import arrow_type
from polidex.copy_binary import blocks
from polidex.database import make_engine, parse_url
from polidex.load import Counts
from polidex.publish import open_store, upgrade
from polidex.query import run_query
from schema.errors import DatabaseError, LockedError, RowError
from schema.tables import metadata
from schema.vocabulary import NameKind
from tests.integration.polidex.stored import BASE, rows

pytestmark = pytest.mark.with_tables
PERSON = pa.schema([(column.name, arrow_type(column)) for column in metadata.tables["person"].columns])


def people(**names: str) -> dict[str, list[dict[str, Any]]]:
    return rows({"person": [{"id": key, "name": name} for key, name in names.items()]})


def names(url: str) -> dict[str, str]:
    return {row["id"]: row["name"] for row in run_query(url, "SELECT id, name FROM person").to_pylist()}


def test_rows_are_inserted_updated_left_alone_and_deleted(database_url: str) -> None:
    with open_store(database_url) as store:
        assert store.load(people(a="Ada", b="Ben")) == {"person": Counts(inserted=2)}
        assert store.load(people(a="Ada", b="Ben")) == {"person": Counts(unchanged=2)}
        counts = store.load(people(a="Ada", b="Benno", c="Cat"), delete={"person": ["c", "nobody"]})
        assert counts == {"person": Counts(inserted=1, updated=1, unchanged=1, deleted=1)}
    assert names(database_url) == {"a": "Ada", "b": "Benno"}


def test_of_one_key_twice_the_later_row_is_taken(database_url: str) -> None:
    with open_store(database_url) as store:
        twice = people(a="Ada")["person"] + people(a="Adele")["person"]
        assert store.load({"person": twice}) == {"person": Counts(inserted=1)}
    assert names(database_url) == {"a": "Adele"}


def test_rows_in_arrow_are_merged_as_dictionaries_are(database_url: str) -> None:
    given = pa.Table.from_pylist(people(a="Ada", b="Ben")["person"], schema=PERSON)
    with open_store(database_url) as store:
        assert store.load_arrow("person", given) == Counts(inserted=2)
        assert store.load(people(a="Ada", b="Ben")) == {"person": Counts(unchanged=2)}
        twice = pa.concat_tables([given, given.set_column(PERSON.get_field_index("name"), "name", [["Adele", "Ben"]])])
        assert store.load_arrow("person", twice) == Counts(updated=1, unchanged=1)
        assert store.load_arrow("person", given.slice(0, 0)) == Counts()
    assert names(database_url) == {"a": "Adele", "b": "Ben"}


def count(url: str) -> int:
    """The number of documents."""
    (row,) = run_query(url, "SELECT count(*) AS documents FROM document").to_pylist()
    found: int = row["documents"]
    return found


def test_of_rows_in_arrow_all_are_kept_or_none(database_url: str) -> None:
    ids = [str(number) for number in range(20_000)]
    with open_store(database_url) as store:
        with pytest.raises(DatabaseError):
            store.load_arrow("document", pa.table({"id": ids, "uri": [*ids[:-1], None]}))
        assert store.load_arrow("document", pa.table({"id": ids, "uri": ids}).slice(0, 5)) == Counts(inserted=5)
    assert count(database_url) == 5


def test_a_load_that_is_killed_leaves_all_of_itself_or_nothing(database_url: str) -> None:
    program = """
import os, sys, threading
import pyarrow as pa
from polidex.publish import open_store
ids = [str(number) for number in range(100_000)]
store = open_store(sys.argv[1])
threading.Timer(float(sys.argv[2]), os._exit, [9]).start()
for number in range(1_000):
    store.load_arrow("document", pa.table({"id": [f"{number}-{key}" for key in ids], "uri": ids}))
"""
    one = {"document": [{"id": "one", "uri": "one"}]}
    for seconds in (0.3, 1.5):
        done = subprocess.run([sys.executable, "-c", program, database_url, str(seconds)], check=False)
        assert done.returncode == 9
        with open_store(database_url) as store:
            store.load(one)
        assert count(database_url) % 100_000 == 1


def test_without_statistics_postgres_counts_all_the_same(postgres_url: str) -> None:
    name = make_url(postgres_url).database
    with make_engine(parse_url(postgres_url)).begin() as connection:
        connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET track_counts = off')
    with open_store(postgres_url) as store:
        assert store.load(people(a="Ada")) == {"person": Counts(inserted=1)}
        assert store.load(people(a="Adele", b="Ben")) == {"person": Counts(inserted=1, updated=1)}


def test_what_a_text_holds_never_ends_a_copy(postgres_url: str) -> None:
    texts = ["", "\\.", "a\n\\.\nb", '"', "\\N", "\t", "\r\n", "é😀", None]
    ids = [str(number) for number in range(len(texts))]
    with open_store(postgres_url) as store:
        store.load_arrow("document", pa.table({"id": ids, "uri": ids, "publisher": texts}))
    found = run_query(postgres_url, "SELECT id, publisher FROM document").to_pylist()
    assert {row["id"]: row["publisher"] for row in found} == dict(zip(ids, texts, strict=True))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(), max_size=20))
def test_a_number_comes_back_to_the_last_bit(postgres_url: str, numbers: list[float]) -> None:
    ids = pa.array([str(number) for number in range(len(numbers))], pa.string())
    scores = pa.table({"id": ids, "score": pa.array(numbers, pa.float64())})
    with make_engine(parse_url(postgres_url)).connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("CREATE TEMPORARY TABLE given (id varchar, score double precision)")
        with driver.cursor() as cursor, cursor.copy("COPY given FROM STDIN (FORMAT binary)") as copy:
            for block in blocks(scores):
                copy.write(block)
        found = driver.execute("SELECT float8send(score) FROM given ORDER BY id::int").fetchall()
    assert [bits for (bits,) in found] == [struct.pack(">d", number) for number in numbers]


def test_columns_that_are_not_named_keep_what_they_hold(database_url: str) -> None:
    with open_store(database_url) as store:
        store.load(BASE_ROWS)
        store.load({"extraction_run": [{"id": "r1", "status": "running", "command": "x", "started_at": MOMENT}]})
        (run,) = store.rows("questions/last_runs")
    assert (run["status"], run["started_at"], run["seconds"]) == ("running", MOMENT, 60.0)


BASE_ROWS = rows(BASE)
MOMENT = datetime(2020, 6, 1, 0, 0, 30, tzinfo=UTC)


def test_types_come_back_as_they_went(database_url: str) -> None:
    name = {"id": "n", "person_id": "a", "name": "Ada", "lang": None, "script": None, "kind": NameKind.SHORT}
    election = rows({"election": [{"id": "e", "type": "referendum", "turnout_pct": 61.25, "early": False, "round": 2}]})
    election["election"][0]["date_earliest"] = date(2020, 2, 29)
    with open_store(database_url) as store:
        store.load(people(a="Ada") | {"person_name": [name]} | election)
    query = "SELECT turnout_pct, early, round, date_earliest, kind FROM election, person_name"
    found = {"turnout_pct": 61.25, "early": False, "round": 2, "date_earliest": date(2020, 2, 29), "kind": "short"}
    assert run_query(database_url, query).to_pylist() == [found]


def test_a_text_is_never_part_of_a_statement(database_url: str) -> None:
    hostile = 'Robert\'); DROP TABLE person; -- {table} %s $1 :id \\N\t\n"x"'
    with open_store(database_url) as store:
        store.load(people(**{"a": hostile}))
        store.load(people(b="Ben"), delete={"person": [hostile]})
    assert names(database_url) == {"a": hostile, "b": "Ben"}


def test_a_call_is_all_or_nothing(database_url: str) -> None:
    broken = rows({"tenure": [{"id": "t", "person_id": "a", "office_id": "o", "status": "asleep"}]})
    office = rows({"office": [{"id": "o", "name": "Office"}]})
    with open_store(database_url) as store:
        with pytest.raises(DatabaseError):
            store.load(people(a="Ada") | office | broken)
        store.load(people(b="Ben"))
    assert names(database_url) == {"b": "Ben"}


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        ({"persons": [{"id": "a"}]}, "no table persons"),
        ({"person": [{"id": "a", "shoe_size": 1}]}, "no column shoe_size"),
        ({"person": [{"name": "Ada"}]}, "lacks its key: id"),
        ({"person": [{"id": None, "name": "Ada"}]}, "empty key"),
        ({"person": [{"id": "a"}, {"id": "b", "name": "Ben"}]}, "same columns"),
        ({"person": [{"id": "a", "name": 7}]}, "does not fit the table person"),
        ({"person": [{"id": "a", "name": "\ud800"}]}, "does not fit the table person"),
        ({"person": [{"id": "a", "name": "A\0"}]}, "NUL"),
    ],
)
def test_a_row_that_does_not_fit_is_said_in_one_line(duckdb_url: str, batch: Any, message: str) -> None:
    with open_store(duckdb_url) as store, pytest.raises(RowError, match=message):
        store.load(batch)


def test_a_key_of_two_columns(database_url: str) -> None:
    fact = {"of": "person", "id": "a", "field": "name", "value": "Ada"}
    with open_store(database_url) as store:
        store.load(rows(BASE, people(a="Ada"), {"fact": [fact]}))
        with pytest.raises(RowError, match="has 2 values"):
            store.load({}, delete={"claim_evidence": ["c00"]})
        gone = store.load({}, delete={"claim_evidence": [("c00", "e00")], "claim": ["c00"], "evidence": ["e00"]})
    assert {table: counts.deleted for table, counts in gone.items()} == {"claim_evidence": 1, "claim": 1, "evidence": 1}


def test_one_postgres_has_one_writer(postgres_url: str) -> None:
    with open_store(postgres_url) as store:
        store.load(people(a="Ada"))
        with pytest.raises(LockedError, match="Another process is writing"):
            open_store(postgres_url)
        store.load(people(b="Ben"))
        # After an error it has another connection, and is the one writer still.
        with pytest.raises(DatabaseError):
            store.load({"tenure": [{"id": "t", "person_id": "nobody"}]})
        store.load(people(c="Cat"))
        with pytest.raises(LockedError):
            open_store(postgres_url)
    open_store(postgres_url).close()
    assert names(postgres_url) == {"a": "Ada", "b": "Ben", "c": "Cat"}


def test_a_transaction_is_kept_as_a_whole_or_not_at_all(database_url: str) -> None:
    with open_store(database_url) as store:
        with store.transaction():
            store.load(people(a="Ada"))
            store.load({}, delete={"person": ["a"]})
            store.load(people(a="Adele"))
        with pytest.raises(RowError), store.transaction():
            store.load(people(b="Ben"))
            store.load({"person": [{"id": "c", "shoe_size": 1}]})
        with pytest.raises(ZeroDivisionError), store.transaction():
            store.load(people(d="Dan"))
            assert 1 / 0
        store.load(people(e="Eve"))
    assert names(database_url) == {"a": "Adele", "e": "Eve"}


KEYS = st.sampled_from("abcde")
BATCHES = st.lists(st.lists(st.tuples(KEYS, st.sampled_from(["Ada", "Ben", "Cat"])), max_size=6), max_size=5)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without rows, to be copied."""
    path = tmp_path_factory.mktemp("load") / "empty.duckdb"
    upgrade(f"duckdb:///{path}")
    return path


@settings(max_examples=10, deadline=None)
@given(BATCHES)
def test_any_batches_leave_what_a_dictionary_would(empty: Path, batches: list[list[tuple[str, str]]]) -> None:
    expected: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        url = f"duckdb:///{shutil.copy(empty, folder)}"
        with open_store(url) as store:
            for batch in batches:
                new = dict(batch)
                counts = store.load(rows({"person": [{"id": key, "name": name} for key, name in batch]}))
                changed = {key for key in new if key in expected and expected[key] != new[key]}
                fresh = new.keys() - expected.keys()
                same = len(new) - len(changed) - len(fresh)
                assert counts.get("person", Counts()) == Counts(len(fresh), len(changed), same)
                expected |= new
        assert names(url) == expected


def test_the_index_over_a_key_has_room_beside_what_a_load_takes(
    duckdb_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As with three million rows and 200 MB.
    monkeypatch.setattr(load, "WRITER_MEGABYTES", 40)
    monkeypatch.setitem(database.WRITER, "memory_limit", "40MB")
    with open_store(duckdb_url) as store:
        for start in range(0, 800_000, 50_000):
            ids = [sha256(str(number).encode()).hexdigest() for number in range(start, start + 50_000)]
            assert store.load_arrow("document", pa.table({"id": ids, "uri": ids})).inserted == len(ids)
