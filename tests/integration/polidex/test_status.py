"""How it stands, told on both databases: a run that works, one that was killed, how the last ones ended, what to do."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import time
from typing import Any

import pytest

from polidex.cli import run_command
from polidex.publish import open_store
from polidex.status import RunState, clear_status, read_status, status, write_status
from schema.errors import MissingDatabase
from tests.integration.polidex.stored import BASE, rows

pytestmark = pytest.mark.with_tables
HERE = socket.gethostname()
WORKS = RunState("r9", HERE, os.getpid(), 1000.0, 60.0, 300, 120, 3, 600, 0.12, 5.0, "nightly")
NIGHT: dict[str, Any] = {
    **dict.fromkeys(("documents_new", "documents_changed", "documents_unchanged", "documents_failed"), 0),
    **dict.fromkeys(("documents_vanished", "facts_added", "facts_changed", "facts_withdrawn", "conflicts_new"), 0),
    **dict.fromkeys(("conflicts_gone", "quarantine_new", "calls", "measured_documents", "drafts"), 0),
    **{"drafts_grounded": 0, "documents": 41, "exit_code": 0, "headline": "ok: 41 documents", "model": "openai/any"},
    **{"gate": "passed", "records": "{}", "report": "{}"},
}


def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def nights(url: str, *given: dict[str, Any], **running: Any) -> None:
    """Runs on the days of a month, each with what its report says."""
    runs = [{"id": f"n{day}", "started_at": f"2021-01-{day:02}T02:15:00+00:00"} for day in range(1, len(given) + 1)]
    reports = [{**NIGHT, "run_id": f"n{day}", "number": day, **rest} for day, rest in enumerate(given, start=1)]
    more = [{"started_at": "2021-02-01T02:15:00+00:00", "status": "running", **running}] if running else []
    with open_store(url) as store:
        store.load(rows(BASE, {"extraction_run": [*runs, *more], "night_report": reports}))


def test_before_the_first_run(database_url: str) -> None:
    open_store(database_url).close()
    assert status(database_url).as_text().splitlines() == [
        "Nothing runs now.",
        "There was no run yet.",
        "Nothing needs anybody.",
    ]


def test_without_a_database(tmp_path: Path) -> None:
    with pytest.raises(MissingDatabase):
        status(f"duckdb:///{tmp_path}/none.duckdb")


def test_the_first_run_on_a_duckdb_file_is_seen_before_there_is_one(tmp_path: Path) -> None:
    duckdb_url = f"duckdb:///{tmp_path}/none.duckdb"
    write_status(duckdb_url, WORKS)
    assert status(duckdb_url).running == WORKS
    clear_status(duckdb_url)
    clear_status(duckdb_url)
    assert read_status(duckdb_url) is None


def test_a_run_that_works_is_told_with_how_far_it_is() -> None:
    assert WORKS.in_words(now=1004.4) == (
        f"nightly on {HERE} (process {os.getpid()}): 120 of 300 documents, 2 a second, 3 failed, 0.12 USD of 5.00, "
        "last sign of life 4 s ago"
    )


def test_a_clock_that_was_set_back_makes_no_sign_of_life_from_the_future() -> None:
    assert WORKS.in_words(now=0).endswith("last sign of life 0 s ago")


def test_silence_on_another_machine_is_told() -> None:
    far = replace(WORKS, host="far-away", pid=gone())
    assert not far.is_gone
    assert far.in_words(now=2000).endswith("1,000 s ago: silent, look there")
    assert not far.in_words(now=1100).endswith("look there")


def test_a_run_on_a_database_works_or_was_killed(database_url: str) -> None:
    beat = {"heartbeat_at": "2021-02-01T02:16:00+00:00", "host": HERE}
    nights(database_url, {}, id="r9", pid=os.getpid(), **beat)
    found = status(database_url)
    assert found.running and (found.running.run_id, found.running.seconds) == ("r9", 60)
    assert found.abandoned == []
    nights(database_url, {}, id="r9", pid=gone(), **beat)
    found = status(database_url)
    assert found.running is None
    [killed] = found.abandoned
    assert killed.startswith(f"r9 on {HERE}")
    assert "Killed: r9 on" in found.as_text()


def test_beside_a_duckdb_file_the_newest_sign_of_life_counts(duckdb_url: str) -> None:
    nights(duckdb_url, {}, id="r9", pid=gone(), host=HERE)
    write_status(duckdb_url, WORKS)
    assert status(duckdb_url).running == WORKS
    assert status(duckdb_url).abandoned == []
    write_status(duckdb_url, replace(WORKS, pid=gone()))
    assert status(duckdb_url).running is None
    # A run that says how it ended is over, whatever lies beside it.
    write_status(duckdb_url, replace(WORKS, run_id="n1"))
    nights(duckdb_url, {})
    assert status(duckdb_url).running is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"run_id": 1}', b"\xff"])
def test_a_file_that_says_nothing_is_passed_over(duckdb_url: str, content: bytes) -> None:
    Path(f"{duckdb_url.removeprefix('duckdb:///')}.status").write_bytes(content)
    assert read_status(duckdb_url) is None


def test_on_postgres_there_is_no_file(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_status(postgres_url, WORKS)
    clear_status(postgres_url)
    assert read_status(postgres_url) is None
    assert list(tmp_path.iterdir()) == []


def test_what_needs_somebody_is_told(database_url: str) -> None:
    report = {"drift": "records fell", "failed": {f"https://news.example/{n}": "it is\x1b[1m gone" for n in range(12)}}
    held = {"gate": "held", "exit_code": 6, "documents_failed": 15, "quarantine_new": 400, "report": json.dumps(report)}
    nights(database_url, *[{"quarantine_new": 41}] * 4, held)
    found = status(database_url)
    assert found.needs[0] == "Nothing of the last run was loaded: records fell"
    assert found.needs[1] == "failed: https://news.example/0: it is\x1b[1m gone"
    assert found.needs[-2] == "5 more failed"
    assert found.needs[-1].startswith("400 more drafts were refused in the last run, 9.8 a document instead of 1 ")
    assert len(found.needs) == 13
    assert "\x1b" not in found.as_text()


def test_nothing_of_earlier_nights_needs_anybody(database_url: str) -> None:
    nights(database_url, {"gate": "held", "documents_failed": 3}, *[{"quarantine_new": 41}] * 4)
    assert status(database_url).needs == []


def test_only_the_last_ten_are_told_the_newest_first(database_url: str) -> None:
    nights(database_url, *[{"headline": f"ok: night {number}"} for number in range(1, 13)])
    told = status(database_url).as_text().splitlines()
    assert told[2] == "  2021-01-12 02:15 UTC  ok: night 12"
    assert len([line for line in told if "ok: night" in line]) == 10


def test_as_json(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    nights(database_url, {"cost_usd": 0.5})
    write_status(database_url, replace(WORKS, heartbeat=time()))
    assert run_command(["status", "--json", "--database", database_url]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["runs"][0]["headline"] == "ok: 41 documents"
    assert found.keys() == {"running", "abandoned", "runs", "waiting", "needs"}
    if database_url.startswith("duckdb"):
        assert (found["running"]["done"], found["running"]["documents"]) == (120, 300)
