"""What tests of a whole run start from: a newsroom, in a folder of its own, with a database that has its tables."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from polidex.cli import run_command
from polidex.doctor import check
from tests.integration.polidex.newsroom import GOVERNMENT, LOOKING_BACK, perfect
from tests.loopback import Loopback, Request, Step

_HEARS_CTRL_C = """
import signal
import polidex.cli
# Whoever starts the tests in the background has their children ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
raise SystemExit(polidex.cli.main())
"""


class Newsroom:
    """A folder with `a.txt` and `b.txt`, and a model on the loopback that reads them rightly by itself."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.database = folder / "polidex.duckdb"
        self.answer: Callable[[Request], Step] = perfect
        self.server = Loopback(answer=self._answer)
        self._capsys = capsys

    def _answer(self, request: Request) -> Step:
        # What it answers is set anew in the middle of tests.
        return self.answer(request)

    @property
    def asked(self) -> int:
        """How many requests the model has had."""
        return len(self.server.requests)

    def write(self, name: str, content: str | bytes) -> str:
        (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return name

    def run(self, *arguments: str) -> int:
        """The exit code of `polidex run`."""
        return run_command(["run", *arguments])

    def heard(self) -> tuple[str, str]:
        """What was printed since this was last asked: standard output and standard error."""
        written = self._capsys.readouterr()
        return written.out, written.err

    def held_rules(self) -> None:
        """Every rule of sql/checks holds, spans that equal their quotes among them."""
        results = check(f"duckdb:///{self.database}", cache=self.folder)
        assert not [each for each in results if not each.ok and each.name not in ("cache", "weights")]
        assert len(results) > 10

    @contextmanager
    def process(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """`polidex run` as a process of its own, killed at the end of the block if it still runs."""
        command = [sys.executable, "-c", _HEARS_CTRL_C, "run", *arguments]
        with subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGKILL)


@pytest.fixture
def newsroom(
    tmp_path: Path,
    duckdb_with_tables: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Newsroom]:
    """Nothing of it was read yet."""
    folder = tmp_path / "newsroom"
    folder.mkdir()
    monkeypatch.chdir(folder)
    shutil.copyfile(duckdb_with_tables, folder / "polidex.duckdb")
    room = Newsroom(folder, capsys)
    with room.server as server:
        for name, value in {
            "MODEL": "openai/any",
            "BASE_URL": server.url("openai"),
            "API_KEY": "secret-of-the-newsroom",
            "CACHE": str(folder / "cache"),
            "PARAMETERS_BACKOFF_SECONDS": "0.001",
            # One after the other, so that a test knows what is asked next.
            "PACE_AT_ONCE": "1",
            "PACE_REST_SECONDS": "0.001",
            "PACE_GIVE_UP_SECONDS": "0.05",
        }.items():
            monkeypatch.setitem(os.environ, f"POLIDEX_{name}", value)
        room.write("a.txt", GOVERNMENT)
        room.write("b.txt", LOOKING_BACK)
        yield room
