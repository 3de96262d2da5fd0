"""Readers while somebody writes: none fails, and none sees half of what belongs together."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.readers import readers_beside_a_writer
from polidex.cli import run_command
from polidex.doctor import check
from polidex.publish import upgrade
from polidex.query import run_query
from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.newsroom import perfect
from tests.loopback import HANG, Request, Step

ROOT = Path(__file__).parents[3]
NIGHTS = 15


def test_readers_of_a_duckdb_see_whole_nights_in_their_order(tmp_path: Path) -> None:
    """Twenty readers and a hundred nights: `python -m benchmarks.readers`."""
    met = readers_beside_a_writer(tmp_path, readers=6, nights=NIGHTS)
    assert [reader.error for reader in met if reader.error] == []
    assert {reader.kind: reader.last for reader in met} == {
        "a kept connection": 1,
        "polidex query": NIGHTS,
        "run_query": NIGHTS,
        "a program": NIGHTS,
    }
    assert sum(reader.nights for reader in met) > len(met)


# Readers of a DuckDB file are to see each document, not only the end of a run.
POLIDEX = "import polidex.run; polidex.run._PUBLISH_SECONDS = 0; from polidex import cli; cli.main()"
COUNTED = ("person", "person_name", "office", "tenure", "reform", "election", "election_result", "statement", "claim",
           "claim_evidence", "evidence", "record", "extraction", "mention", "mention_block", "fact_sources",
           "office_timeline", "reform_timeline", "statements_by_speaker")  # fmt: skip
COUNTS = "SELECT " + ", ".join(f"(SELECT COUNT(*) FROM {name}) AS {name}" for name in COUNTED)
OFFICE = "SELECT person, office, start_edtf FROM office_timeline ORDER BY person, office, start_edtf"


@contextmanager
def polidex(newsroom: Newsroom, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command as a process of its own."""
    command = [sys.executable, "-c", POLIDEX, *arguments]
    with subprocess.Popen(command, cwd=newsroom.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as made:
        try:
            yield made
        finally:
            made.kill()


def seen_during(newsroom: Newsroom, url: str, *arguments: str) -> list[Any]:
    """What a reader saw, each state once, while a command worked; and every rule held at every moment."""
    seen: list[Any] = []
    with polidex(newsroom, *arguments, "--database", url) as process:
        done = False
        while not done:
            done = process.poll() is not None
            now = [run_query(url, COUNTS).to_pylist(), run_query(url, OFFICE).to_pylist()]
            if now not in seen:
                seen.append(now)
            wrong = [each for each in check(url, cache=newsroom.folder) if not each.ok]
            assert not [each for each in wrong if each.name not in ("cache", "weights")]
    assert process.returncode == 0
    return seen


def test_nobody_sees_half_a_document_or_half_a_decision(newsroom: Newsroom, database_url: str) -> None:
    def slowly(request: Request) -> Step:
        time.sleep(0.1)
        return perfect(request)

    newsroom.answer = slowly
    upgrade(database_url)
    empty = run_query(database_url, COUNTS).to_pylist()
    seen = seen_during(newsroom, database_url, "run", "a.txt", "b.txt")
    states = [empty]
    for names in (["a.txt"], ["b.txt"]):
        assert newsroom.run(*names) == 0
        states.append(run_query(f"duckdb:///{newsroom.database}", COUNTS).to_pylist())
    assert [counts for counts, _ in seen] == states
    # Two queries are two moments: the office is asked for later, and belongs to this state or to the next.
    offices = [run_query(f"duckdb:///{newsroom.database}", OFFICE).to_pylist()]
    assert [office for _, office in seen][-1:] == offices
    [claim] = run_query(database_url, "SELECT id FROM claim WHERE field = 'start' ORDER BY id LIMIT 1").to_pylist()
    before = run_query(database_url, COUNTS).to_pylist()
    corrected = seen_during(newsroom, database_url, "review", "correct", claim["id"], "1999-11")
    assert {str(counts) for counts, _ in corrected} == {str(before)}
    assert 1 <= len(corrected) <= 2


def test_a_second_writer_ends_with_5_and_the_next_one_may(newsroom: Newsroom, database_url: str) -> None:
    upgrade(database_url)
    newsroom.answer = lambda request: HANG
    with polidex(newsroom, "run", "a.txt", "--database", database_url) as process:
        while not newsroom.asked:
            time.sleep(0.05)
        newsroom.answer = perfect
        for arguments in (
            ["run", "b.txt"],
            ["review", "reject", "claim_1"],
            ["review", "merge", "person_1", "person_2"],
            ["review", "undo", "decision_1"],
            ["db", "upgrade"],
        ):
            assert run_command([*arguments, "--database", database_url]) == 5
        assert run_command(["query", "SELECT 1", "--database", database_url]) == 0
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert run_command(["run", "a.txt", "--database", database_url]) == 0
    assert run_query(database_url, "SELECT COUNT(*) AS n FROM tenure").to_pylist() == [{"n": 1}]
