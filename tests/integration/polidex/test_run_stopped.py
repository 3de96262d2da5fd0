"""A run that is killed, stopped, or shut out by its model: what was committed stays, and the next run goes on."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest

from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.newsroom import perfect, said, tables
from tests.loopback import HANG, Request, Step

LIMIT_SECONDS = 120


def signalled_at(newsroom: Newsroom, request_number: int, sign: signal.Signals) -> tuple[int, str]:
    """The exit code and the messages of a run over both articles that gets a signal at that request to its model."""
    running: list[subprocess.Popen[str]] = []

    def answer(request: Request) -> Step:
        if newsroom.asked < request_number:
            return perfect(request)
        os.kill(running[0].pid, sign)
        return HANG

    newsroom.answer = answer
    with newsroom.process("a.txt", "b.txt") as process:
        running.append(process)
        _, messages = process.communicate(timeout=LIMIT_SECONDS)
    newsroom.answer = perfect
    return process.returncode, messages


@pytest.fixture
def undisturbed(newsroom: Newsroom) -> dict[str, list[dict[str, object]]]:
    """The rows that a run leaves which nobody stops; the database is as empty as before."""
    empty = newsroom.database.read_bytes()
    assert newsroom.run("a.txt", "b.txt") == 0
    rows = said(newsroom.database)
    newsroom.database.write_bytes(empty)
    newsroom.server.requests.clear()
    return rows


@pytest.mark.parametrize("request_number", [1, 5, 8])
def test_after_kill_9_the_next_run_leaves_the_rows_of_an_undisturbed_one(
    newsroom: Newsroom, undisturbed: dict[str, list[dict[str, object]]], request_number: int
) -> None:
    code, _ = signalled_at(newsroom, request_number, signal.SIGKILL)
    assert code == -signal.SIGKILL
    assert newsroom.asked == request_number
    assert newsroom.run("a.txt", "b.txt") == 0
    # Only the question that was in flight is asked again.
    assert newsroom.asked == 10 + 1
    assert said(newsroom.database) == undisturbed
    runs = {(row["status"], row["exit_reason"]) for row in tables(newsroom.database)["extraction_run"]}
    assert runs == {("interrupted", "the process was gone"), ("finished", None)}


def test_ctrl_c_leaves_what_was_committed_and_says_how_to_go_on(newsroom: Newsroom) -> None:
    code, messages = signalled_at(newsroom, 8, signal.SIGINT)
    assert code == 130
    assert messages.splitlines()[-2:] == [
        "polidex: stopped. What was committed is kept.",
        "The same command again goes on from there.",
    ]
    assert "Traceback" not in messages
    rows = tables(newsroom.database)
    assert [row["start_edtf"] for row in rows["tenure"]] == ["1999-10"]
    [ran] = rows["extraction_run"]
    assert (ran["status"], ran["exit_reason"]) == ("interrupted", "stopped by the user")
    assert newsroom.run("a.txt", "b.txt") == 0
    assert newsroom.asked == 10 + 1
    assert len(tables(newsroom.database)["tenure"]) == 2
