"""The commands on a real database, and as a real process."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from polidex import cli

POLIDEX = str(Path(sys.executable).with_name("polidex"))


@pytest.fixture(autouse=True)
def _an_empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run_command(["db", "upgrade"]) == 0


def test_a_full_disk_in_the_output_file_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_command(["query", "SELECT 1", "--output", "/dev/full"]) == 1
    assert "No space left on device" in capsys.readouterr().err


def test_json_is_one_value_on_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.run_command(["db", "upgrade", "--json"]) == 0
    assert json.loads(capsysbinary.readouterr().out) == {"database": "up to date"}
    assert cli.run_command(["query", "SELECT 'Käbi' AS name", "--json"]) == 0
    assert json.loads(capsysbinary.readouterr().out) == [{"name": "Käbi"}]
    assert cli.run_command(["query", "--json"]) == 0
    assert "who_held_office" in {question["name"] for question in json.loads(capsysbinary.readouterr().out)}


def test_an_answer_goes_to_a_file(tmp_path: Path) -> None:
    assert cli.run_command(["query", "SELECT 1 AS one", "--format", "csv", "--output", "one.csv"]) == 0
    assert (tmp_path / "one.csv").read_text(encoding="utf-8") == "one\n1\n"


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = [POLIDEX, "query", "SELECT * FROM range(200000)", "--format", "csv"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == b"range\n"
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_process_that_is_told_to_stop_says_that_what_was_committed_is_kept(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hub = f"http://127.0.0.1:{silent.getsockname()[1]}"
        environment = os.environ | {"HF_ENDPOINT": hub, "POLIDEX_CACHE": str(tmp_path / "cache")}
        command = [POLIDEX, "models", "get"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            asked, _ = silent.accept()
            process.terminate()
            _, said = process.communicate(timeout=60)
            asked.close()
    assert (process.returncode, "What was committed is kept." in said) == (130, True)
