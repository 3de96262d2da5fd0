"""Copying a database: every value of every table, between both kinds, also after being stopped at any moment."""

from __future__ import annotations

import itertools
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.made_up_rows import tables
from examples.postgres_server import Server
from polidex import streams
from polidex.cli import run_command
from polidex.copying import Copied, copy_database
from polidex.database import make_engine, parse_url, reading
from polidex.progress import CopyProgress
from polidex.publish import open_store, upgrade
from polidex.query import run_query
from schema.errors import LockedError, MissingDatabase, OlderDatabase, OtherRows, UsageError
from schema.tables import metadata
from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.stored import BASE, rows

ROOT = Path(__file__).parents[3]
Rows = dict[str, list[tuple[Any, ...]]]


def everything(url: str) -> Rows:
    """All rows of all tables, read by the drivers and not by the code that copies."""
    with reading(url) as connection:
        return {
            table.name: sorted(tuple(row) for row in connection.execute(sa.select(table)))
            for table in metadata.sorted_tables
        }


def query(url: str, text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run_query(url, text).to_pylist()
    return found


def copy(source: str, target: str, *, replace: bool = False) -> dict[str, Copied]:
    return copy_database(source, target, CopyProgress(quiet=True), replace=replace)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few rows make several."""
    for name in ("BATCH_ROWS", "PART_ROWS"):
        monkeypatch.setattr(streams, name, 3)


@contextmanager
def a_postgres(server: Server) -> Iterator[str]:
    name = f"polidex_{uuid4().hex}"
    server.make_database(name)
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture(params=["duckdb to postgres", "postgres to duckdb", "duckdb to duckdb", "postgres to postgres"])
def both(request: pytest.FixtureRequest, postgres_server: Server, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Two empty databases."""
    source, _, target = request.param.partition(" to ")
    with a_postgres(postgres_server) as one, a_postgres(postgres_server) as other:
        yield (
            one if source == "postgres" else f"duckdb:///{tmp_path / 'source.duckdb'}",
            other if target == "postgres" else f"duckdb:///{tmp_path / 'target.duckdb'}",
        )


HARD = "\r\n\",;'\t\\N \\. NULL \u0301e\ud7ff\ue000\uffff\U00010000\U0010ffff \u200f עברית العربية 漢字 👩‍👩‍👧 "
SOME = rows(
    BASE,
    {
        # Each is part of one that comes after it by its key, but for the last.
        "organization": [
            {"id": f"o{place}", "name": f"Body {place}", "parent_id": f"o{place + 1}" if place < 9 else None}
            for place in range(10)
        ],
        "reform": [
            {"id": "r1", "title": "Part", "parent_id": "r2"},
            {"id": "r2", "title": "Whole", "current_status": "adopted"},
            {"id": "r3", "title": "Other part", "parent_id": "r2"},
        ],
        "person": [
            {"id": "p", "name": HARD},
            {"id": "\U0001f600", "name": "", "country": ""},
            {"id": "ﬀ", "name": "X"},
        ],
        "office": [{"id": "f", "name": HARD * 1000, "organization_id": "o0"}],
        "tenure": [
            {"id": "t", "person_id": "p", "office_id": "f", "party_id": "o3", "start_earliest": date(1, 1, 1)},
            {"id": "u", "person_id": "ﬀ", "office_id": "f", "acting": False, "end_latest": date(9999, 12, 31)},
        ],
        "election": [{"id": "e", "type": "referendum", "turnout_pct": 0.1 + 0.2, "early": True, "round": 2**62}],
        "election_result": [
            {"id": "er", "election_id": "e", "option": "yes", "vote_share_pct": -0.0, "votes": -(2**63)}
        ],
        "text_band": [{"band": band, "document_version_id": "v1"} for band in ("a", "b\n", "ü")],
        "fact": [{"of": "person", "id": "p", "field": "name", "value": HARD, "value_least": 5e-324}],
        "quarantine": [{"id": "q", "extraction_id": "x1", "reason": "rule_violated", "payload": "{}"}],
    },
)
SOME["document_version"][0]["text"] = HARD * 40_000
SOME["document_version"][0]["source_id"] = "v2"
SOME["document_version"][1]["source_id"] = "v2"
SOME["extraction"][0]["seconds"] = 1 / 3
SOME["extraction"][1]["extracted_at"] = datetime(1, 1, 1, 0, 0, 0, 1, tzinfo=UTC)
SOME["document"][0]["first_seen_at"] = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


def test_all_rows_come_over(both: tuple[str, str]) -> None:
    source, target = both
    with open_store(source) as store:
        store.load(SOME)
    before = everything(source)
    copied = copy(source, target)
    assert everything(target) == before == everything(source)
    assert {name: each.rows for name, each in copied.items() if each.rows} == {
        name: len(given) for name, given in SOME.items()
    }
    assert copied["organization"] == Copied(rows=10, held=0, written=10, deleted=0)
    again = copy(source, target)
    assert everything(target) == before
    assert {(each.held, each.written) for each in again.values()} == {(len(each), 0) for each in before.values()}


def test_how_a_postgres_is_set_to_write_days_and_numbers_does_not_matter(duckdb_url: str, postgres_url: str) -> None:
    with make_engine(parse_url(postgres_url)).begin() as connection:
        for setting in ("datestyle = 'SQL, DMY'", "extra_float_digits = 0", "intervalstyle = 'sql_standard'"):
            connection.exec_driver_sql(f'ALTER DATABASE "{connection.engine.url.database}" SET {setting}')
    with open_store(postgres_url) as store:
        store.load(SOME)
    copy_database(postgres_url, duckdb_url, CopyProgress(quiet=True))
    assert run_query(duckdb_url, "SELECT turnout_pct FROM election").to_pylist() == [{"turnout_pct": 0.1 + 0.2}]
    assert run_query(postgres_url, "SELECT turnout_pct FROM election").to_pylist() == [{"turnout_pct": 0.1 + 0.2}]


def test_a_target_with_other_rows_is_left_as_it_is(both: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    source, target = both
    with open_store(source) as store:
        store.load(SOME)
    theirs = rows(BASE, {"organization": [{"id": "o7a", "name": "A"}, {"id": "o7b", "name": "B", "parent_id": "o7a"}]})
    with open_store(target) as store:
        store.load(theirs)
    before = everything(target)
    with pytest.raises(OtherRows, match="2 in organization"):
        copy(source, target)
    assert run_command(["db", "copy", source, target]) == 2
    assert "--replace" in capsys.readouterr().err
    assert everything(target) == before
    with open_store(target) as store:
        store.load({"person": SOME["person"][:1]})
    copied = copy(source, target, replace=True)
    assert everything(target) == everything(source)
    assert copied["organization"] == Copied(rows=10, held=0, written=10, deleted=2)


def test_what_changed_in_the_source_since_is_brought_over(both: tuple[str, str]) -> None:
    source, target = both
    with open_store(source) as store:
        store.load(SOME)
    copy(source, target)
    with open_store(source) as store:
        store.load(
            rows(
                {
                    "person": [{"id": "p", "name": "Pat"}, {"id": "q", "name": "Quin"}],
                    # A link to a later row goes, another comes, and one turns round.
                    "reform": [
                        {"id": "r1", "title": "Part"},
                        {"id": "r2", "title": "Whole", "parent_id": "r3"},
                        {"id": "r3", "title": "Other part"},
                    ],
                }
            )
        )
    copy(source, target)
    assert everything(target) == everything(source)


@pytest.mark.parametrize("back", ["duckdb", "postgres"])
def test_a_run_on_the_copy_asks_no_model_and_changes_no_row(
    newsroom: Newsroom, postgres_server: Server, postgres_url: str, back: str
) -> None:
    source = f"duckdb:///{newsroom.database}"
    assert newsroom.run("a.txt", "b.txt") == 0
    [doubted] = query(source, "SELECT id FROM claim WHERE field = 'start' ORDER BY id LIMIT 1")
    assert run_command(["review", "correct", doubted["id"], "1999-11", "--by", "An Editor"]) == 0
    copy(source, postgres_url)
    target = postgres_url
    if back == "duckdb":
        target = f"duckdb:///{newsroom.folder / 'back.duckdb'}"
        copy(postgres_url, target)
    before, asked = everything(target), newsroom.asked
    assert before == everything(source)
    assert newsroom.run("a.txt", "b.txt", "--database", target) == 0
    after = everything(target)
    assert newsroom.asked == asked
    assert len(after.pop("extraction_run")) == len(before.pop("extraction_run")) + 1
    assert after == before
    assert len(before["review_decision"]) == 1


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A DuckDB database with rows in every table that the benchmarks make rows for."""
    url = f"duckdb:///{tmp_path_factory.mktemp('made_up') / 'polidex.duckdb'}"
    with open_store(url) as store:
        for name, given_rows in tables(3_000):
            store.load_arrow(name, given_rows)
        store.sum_up()
    return url


# In small batches, and saying after each that is committed how many rows it brought.
COPY = """
import signal, sys
from polidex import cli, streams
from polidex.publish import Store
streams.BATCH_ROWS = streams.PART_ROWS = 400
load = Store.load_arrow
def told(self, name, rows):
    counts = load(self, name, rows)
    print("batch", counts.inserted, file=sys.stderr, flush=True)
    return counts
Store.load_arrow = told
signal.signal(signal.SIGINT, signal.default_int_handler)
cli.main()
"""


def stopped(source: str, target: str, batches: int, sign: signal.Signals) -> tuple[int, int]:
    """The exit code of a copy that gets a signal a moment after so many batches, and how many rows these brought."""
    command = [sys.executable, "-c", COPY, "db", "copy", source, target]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        brought = (int(line.split()[1]) for line in process.stderr if line.startswith("batch "))
        rows_brought = sum(itertools.islice(brought, batches))
        time.sleep(random.Random(batches).uniform(0, 0.05))
        process.send_signal(sign)
        process.communicate()
    return process.returncode, rows_brought


@pytest.mark.parametrize("kind", ["duckdb", "postgres"])
def test_a_copy_that_is_killed_goes_on_where_it_was(
    made_up: str, kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    target: str = request.getfixturevalue(f"{kind}_url")
    monkeypatch.setattr(streams, "BATCH_ROWS", 400)
    monkeypatch.setattr(streams, "PART_ROWS", 400)
    chance = random.Random(1)
    committed = 0
    for sign in (signal.SIGKILL, signal.SIGINT, signal.SIGKILL):
        code, more = stopped(made_up, target, chance.randint(8, 16), sign)
        assert code == (-signal.SIGKILL if sign == signal.SIGKILL else 130)
        committed += more
        if kind == "duckdb":
            with pytest.raises(MissingDatabase):
                everything(target)
    copied = copy(made_up, target)
    assert everything(target) == everything(made_up)
    held = sum(each.held for each in copied.values())
    assert held >= committed > 0
    assert held + sum(each.written for each in copied.values()) == sum(each.rows for each in copied.values())


def test_the_target_has_no_other_writer_meanwhile(both: tuple[str, str]) -> None:
    source, target = both
    with open_store(source) as store:
        store.load(SOME)
    refused: list[str] = []

    class Meddler(CopyProgress):
        def end(self) -> None:
            super().end()
            if self._what in ("copying person", "checking person"):
                with pytest.raises(LockedError) as error:
                    open_store(target)
                refused.append(str(error.value))
                # The source may be written to, and what is copied is what it was.
                with open_store(source) as writer:
                    writer.load(rows({"person": [{"id": f"z{len(refused)}", "name": "Late"}]}))

    copy_database(source, target, Meddler(quiet=True))
    assert len(refused) == 2
    late = {row[0] for row in everything(source)["person"]} - {row[0] for row in everything(target)["person"]}
    assert late == {"z1", "z2"}


def test_what_cannot_be_copied_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = f"duckdb:///{tmp_path / 'source.duckdb'}", f"duckdb:///{tmp_path / 'target.duckdb'}"
    with pytest.raises(MissingDatabase):
        copy(source, target)
    upgrade(source)
    with pytest.raises(UsageError, match="one database"):
        copy(source, f"duckdb:///{tmp_path}/../{tmp_path.name}/source.duckdb")
    with duckdb.connect(str(tmp_path / "source.duckdb")) as other:
        other.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(OlderDatabase) as older:
        copy(source, target)
    assert "polidex db upgrade" in older.value.hint
    assert not (tmp_path / "target.duckdb").exists()
    assert run_command(["db", "copy", source, "mysql://host/name"]) == 2


def test_the_counts_are_data_and_the_progress_is_not(both: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    source, target = both
    with open_store(source) as store:
        store.load(SOME)
    capsys.readouterr()
    assert run_command(["db", "copy", source, target, "--json"]) == 0
    out, err = capsys.readouterr()
    said = json.loads(out)
    assert said["rows"] == sum(len(each) for each in SOME.values())
    assert said["tables"]["organization"] == {"rows": 10, "held": 0, "written": 10, "deleted": 0}
    assert "copying organization: 10 of 10 rows" in err


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))
RUNS = st.fixed_dictionaries(
    {
        "id": TEXTS,
        "command": TEXTS,
        "started_at": MOMENTS,
        "finished_at": st.none() | MOMENTS,
        "host": st.none() | TEXTS,
        "pid": st.none() | st.integers(-(2**63), 2**63 - 1),
        "cost_usd": st.none() | st.floats(),
    }
)
ELECTIONS = st.fixed_dictionaries(
    {
        "id": TEXTS,
        "type": st.just("referendum"),
        "country": st.none() | TEXTS,
        "early": st.none() | st.booleans(),
        "date_earliest": st.none() | st.dates(),
        "turnout_pct": st.none() | st.floats(0, 100),
    }
)


@pytest.fixture(scope="module")
def three(postgres_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """A DuckDB, a Postgres, and another DuckDB."""
    folder = tmp_path_factory.mktemp("three")
    with a_postgres(postgres_server) as between:
        upgrade(f"duckdb:///{folder / 'source.duckdb'}")
        yield [f"duckdb:///{folder / 'source.duckdb'}", between, f"duckdb:///{folder / 'back.duckdb'}"]


@settings(max_examples=5, deadline=None)
@given(st.lists(RUNS, min_size=5, max_size=30), st.lists(ELECTIONS, min_size=5, max_size=30))
def test_any_values_come_back_as_they_went(
    three: list[str], runs: list[dict[str, Any]], elections: list[dict[str, Any]]
) -> None:
    source, between, back = three
    # Each time other keys: a number that only changes its sign from 0.0 to -0.0 is no change to a MERGE.
    now = uuid4().hex
    wanted = rows({"extraction_run": [{**each, "id": each["id"] + now} for each in runs],
                   "election": [{**each, "id": each["id"] + now} for each in elections]})  # fmt: skip
    with open_store(source) as store:
        former = {name: [row[0] for row in of] for name, of in everything(source).items() if of}
        store.load(wanted, delete=former)
    copy(source, between, replace=True)
    copy(between, back, replace=True)
    for name, given_rows in wanted.items():
        latest = {each["id"]: tuple(each.values()) for each in given_rows}
        for url in three:
            assert {exact(row) for row in everything(url)[name]} == {exact(row) for row in latest.values()}


def exact(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row in which numbers are equal only to the last bit."""
    return tuple(value.hex() if isinstance(value, float) else value for value in row)


def test_postgres_plans_with_the_rows_that_came(duckdb_url: str, postgres_url: str) -> None:
    with open_store(duckdb_url) as store:
        store.load(rows(BASE))
    copy(duckdb_url, postgres_url)
    with reading(postgres_url) as connection:
        seen = sa.text("SELECT reltuples FROM pg_class WHERE oid = CAST('document_version' AS regclass)")
        assert connection.execute(seen).scalar_one() == len(BASE["document_version"])
