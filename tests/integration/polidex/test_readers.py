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


class Looker:
    """A reader in this process.

    Attributes:
        counts: how many rows of each kind it saw, each state once, in the order in which it saw them.
        offices: the same of who is said to have been in which office.
        looks: how often it looked.
        over: whether it looks no more, also after a failure.
    """

    def __init__(self, newsroom: Newsroom, url: str) -> None:
        self.counts: list[Any] = []
        self.offices: list[Any] = []
        self.looks = 0
        self.over = False
        self._newsroom = newsroom
        self._url = url

    def look(self) -> None:
        """Ask two things, each of one moment, and look whether every rule holds at that moment."""
        for query, seen in ((COUNTS, self.counts), (OFFICE, self.offices)):
            if (now := run_query(self._url, query).to_pylist()) not in seen:
                seen.append(now)
        checks = check(self._url, cache=self._newsroom.folder)
        wrong = [each for each in checks if not each.ok and each.name not in ("cache", "weights")]
        assert not wrong
        self.looks += 1

    def look_during(self, *arguments: str) -> None:
        """Look again and again while a command works, and once when it is done."""
        with polidex(self._newsroom, *arguments, "--database", self._url) as process:
            try:
                while process.poll() is None:
                    self.look()
            finally:
                self.over = True
        assert process.returncode == 0
        self.look()


def test_nobody_sees_half_a_document_or_half_a_decision(newsroom: Newsroom, database_url: str) -> None:
    looker = Looker(newsroom, database_url)
    first_of_b = 6

    def answer(request: Request) -> Step:
        enough = looker.looks + 2
        # What was done of the first article is looked at from its begin to its end.
        while newsroom.asked in (1, first_of_b) and looker.looks < enough and not looker.over:
            time.sleep(0.01)
        return perfect(request)

    newsroom.answer = answer
    upgrade(database_url)
    looker.look_during("run", "a.txt", "b.txt")
    newsroom.answer = perfect
    states, offices = [looker.counts[0]], [looker.offices[0]]
    assert not any(states[0][0].values())
    for names in (["a.txt"], ["b.txt"]):
        assert newsroom.run(*names) == 0
        states.append(run_query(f"duckdb:///{newsroom.database}", COUNTS).to_pylist())
        offices.append(run_query(f"duckdb:///{newsroom.database}", OFFICE).to_pylist())
    assert looker.counts == states
    assert looker.offices == offices
    [claim] = run_query(database_url, "SELECT id FROM claim WHERE field = 'start' ORDER BY id LIMIT 1").to_pylist()
    reviewer = Looker(newsroom, database_url)
    reviewer.look()
    reviewer.look_during("review", "correct", claim["id"], "1997-11")
    assert reviewer.counts == [states[-1]]
    assert [str(office).count("1997-11") for office in reviewer.offices] == [0, 1]


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
