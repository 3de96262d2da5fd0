"""Publishing: readers keep what they have, nothing committed is lost, and one writer writes at a time."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from polidex.publish import open_store, upgrade
from polidex.query import run_query
from schema.errors import (
    BadDatabaseUrl,
    DiskFullError,
    LockedError,
    MissingDatabase,
    NewerDatabase,
    RowError,
    UnreadableDatabase,
)
from tests.integration.polidex.stored import TEXT, rows

SPANS = 3
ROOT = Path(__file__).parents[3]


def article(name: str) -> dict[str, list[dict[str, object]]]:
    """A document with all that rests on it."""
    spans = [
        {"id": f"{name}-{n}", "document_version_id": name, "start_char": n, "end_char": n + 3, "quote": TEXT[n : n + 3]}
        for n in range(SPANS)
    ]
    version = {"id": name, "document_id": name, "text": TEXT}
    return rows({"document": [{"id": name, "uri": name}], "document_version": [version], "evidence": spans})


def documents(url: str) -> set[str]:
    return {row["id"] for row in run_query(url, "SELECT id FROM document").to_pylist()}


def file_of(url: str) -> Path:
    return Path(url.removeprefix("duckdb:///"))


def test_readers_see_what_was_published(duckdb_url: str) -> None:
    with open_store(duckdb_url) as store:
        store.load(article("a"))
        store.publish()
        store.load(article("b"))
        assert documents(duckdb_url) == {"a"}
        store.publish()
        assert documents(duckdb_url) == {"a", "b"}
    assert sorted(path.name for path in file_of(duckdb_url).parent.iterdir()) == [
        "polidex.duckdb",
        "polidex.duckdb.lock",
    ]


def test_a_commit_to_postgres_is_seen_at_once(postgres_url: str) -> None:
    with open_store(postgres_url) as store:
        store.load(article("a"))
        assert documents(postgres_url) == {"a"}
        store.publish()


# Within one process DuckDB gives a new connection the file that an old one has open: so these are two programs.
KEEPER = """
import duckdb, sys
with duckdb.connect(sys.argv[1], read_only=True) as kept:
    first = kept.execute("SELECT id FROM document").fetchall()
    print("ready", flush=True)
    for line in sys.stdin:
        assert kept.execute("SELECT id FROM document").fetchall() == first
"""
VISITOR = """
import duckdb, sys
seen = 0
print("ready", flush=True)
for line in sys.stdin:
    with duckdb.connect(sys.argv[1], read_only=True) as fresh:
        now = fresh.execute("SELECT count(*) FROM document").fetchone()[0]
    assert now >= seen, "the past came back"
    seen = now
assert seen == 5
"""


@pytest.mark.parametrize("program", [KEEPER, VISITOR])
def test_readers_in_another_process_are_never_locked_out(program: str, duckdb_url: str) -> None:
    with open_store(duckdb_url) as store:
        store.load(article("0"))
        store.publish()
        command = [sys.executable, "-c", program, str(file_of(duckdb_url))]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe, stderr=pipe) as reader:
            assert reader.stdin and reader.stdout
            assert reader.stdout.readline() == "ready\n"
            for number in range(1, 5):
                # It reads while the next file is swapped in.
                print("read", file=reader.stdin, flush=True)
                store.load(article(str(number)))
                store.publish()
            _, errors = reader.communicate("read\n", timeout=60)
    assert (errors, reader.returncode) == ("", 0)


WRITER = """
import sys
from polidex.publish import open_store
from tests.integration.polidex.test_publish import article
with open_store(sys.argv[1]) as store:
    for number in range(100_000):
        name = f"{sys.argv[2]}-{number}"
        store.load(article(name))
        print(name, flush=True)
        if number % 3 == 0:
            store.publish()
"""


def test_a_writer_that_is_killed_loses_nothing_and_breaks_nothing(duckdb_url: str) -> None:
    committed: set[str] = set()
    chance = random.Random(0)
    for turn in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, duckdb_url, str(turn)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as writer:
            assert writer.stdout
            committed.add(writer.stdout.readline().strip())
            time.sleep(chance.uniform(0.05, 0.6))
            writer.kill()
            # The last line may have been cut short by the kill.
            committed.update(line.strip() for line in writer.stdout if line.endswith("\n"))
        published = documents(duckdb_url) if file_of(duckdb_url).exists() else set()
        whole = f"SELECT document_version_id FROM evidence GROUP BY 1 HAVING count(*) = {SPANS}"
        if published:
            assert {row["document_version_id"] for row in run_query(duckdb_url, whole).to_pylist()} == published
    with open_store(duckdb_url) as store:
        store.load(article("last"))
    assert documents(duckdb_url) >= committed | {"last"}
    assert {row["document_version_id"] for row in run_query(duckdb_url, whole).to_pylist()} == documents(duckdb_url)


def test_leaving_by_an_error_publishes_what_was_committed(duckdb_url: str) -> None:
    with pytest.raises(KeyboardInterrupt), open_store(duckdb_url) as store:
        store.load(article("a"))
        raise KeyboardInterrupt
    assert documents(duckdb_url) == {"a"}


def test_a_second_writer_is_told_which_lock_it_waits_for(duckdb_url: str) -> None:
    with open_store(duckdb_url), pytest.raises(LockedError, match=r"polidex\.duckdb\.lock") as refused:
        open_store(duckdb_url)
    assert refused.value.exit_code == 5
    open_store(duckdb_url).close()


def test_damaged_work_is_put_aside_and_never_deleted(duckdb_url: str, caplog: pytest.LogCaptureFixture) -> None:
    with open_store(duckdb_url) as store:
        store.load(article("a"))
    staging = file_of(duckdb_url).with_name("polidex.duckdb.staging")
    staging.write_bytes(file_of(duckdb_url).read_bytes()[:20_000])
    with open_store(duckdb_url) as store:
        store.load(article("b"))
    assert documents(duckdb_url) == {"a", "b"}
    (aside,) = staging.parent.glob("*.damaged-*")
    assert aside.stat().st_size == 20_000
    assert aside.name in caplog.text


def test_a_full_disk_breaks_nothing(duckdb_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:1000])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    with open_store(duckdb_url) as store:
        store.load(article("a"))
        store.publish()
        store.load(article("b"))
        with monkeypatch.context() as patched:
            patched.setattr(shutil, "copyfile", no_room)
            with pytest.raises(DiskFullError, match=r"needs [\d,]+ bytes beside it; [\d,]+ bytes are free"):
                store.publish()
        assert documents(duckdb_url) == {"a"}
        store.load(article("c"))
    assert documents(duckdb_url) == {"a", "b", "c"}


FOREIGNER = """
import duckdb, sys
with duckdb.connect(sys.argv[1]) as other:
    other.execute("CREATE TABLE mine AS SELECT 1 AS one")
    print("written", flush=True)
    sys.stdin.read()
"""


def test_another_program_that_writes_is_not_overwritten(duckdb_url: str) -> None:
    with open_store(duckdb_url) as store:
        store.load(article("a"))
    store = open_store(duckdb_url)
    store.load(article("b"))
    command = [sys.executable, "-c", FOREIGNER, str(file_of(duckdb_url))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as foreigner:
        assert foreigner.stdout and foreigner.stdout.readline() == "written\n"
        with pytest.raises(LockedError, match="Another program"):
            store.close()
        with pytest.raises(LockedError, match="Another program"):
            open_store(duckdb_url)
        foreigner.communicate()
    open_store(duckdb_url).close()
    assert documents(duckdb_url) == {"a", "b"}


def test_a_newer_database_is_left_as_it_is(duckdb_url: str) -> None:
    upgrade(duckdb_url)
    with duckdb.connect(str(file_of(duckdb_url))) as other:
        other.execute("UPDATE alembic_version SET version_num = 'from-the-future'")
    before = file_of(duckdb_url).read_bytes()
    with pytest.raises(NewerDatabase):
        open_store(duckdb_url)
    assert file_of(duckdb_url).read_bytes() == before
    assert not list(file_of(duckdb_url).parent.glob("*.staging"))


def test_what_is_no_database_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(MissingDatabase, match="no database at"):
        open_store(f"duckdb:///{tmp_path}/none.duckdb", create=False)
    (tmp_path / "letter.duckdb").write_text("Dear reader,\n" * 1000, encoding="utf-8")
    for use in (open_store, lambda url: run_query(url, "SELECT 1")):
        with pytest.raises(UnreadableDatabase, match="is not a DuckDB database"):
            use(f"duckdb:///{tmp_path}/letter.duckdb")
    for bad in ("letter.duckdb", "mysql://host/name", "duckdb:///:memory:"):
        with pytest.raises(BadDatabaseUrl):
            open_store(bad)


def test_a_row_that_does_not_fit_does_not_end_the_store(duckdb_url: str) -> None:
    with open_store(duckdb_url) as store:
        with pytest.raises(RowError):
            store.load({"document": [{"id": "x", "shoe_size": 1}]})
        store.load(article("a"))
    assert documents(duckdb_url) == {"a"}
