"""One Superset on the loopback: a process and a folder, and both go when it is stopped."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import httpx

from examples.postgres_server import Server, free_port
from examples.superset.installation import install, program
from schema.errors import PolidexError

USER = "admin"
_CONFIG = Path(__file__).with_name("superset_config.py")
_APP = "superset.app:create_app()"
_PATIENCE_SECONDS = 180
_LAST_LINES = 15


@dataclass(frozen=True)
class Running:
    """A Superset that was started.

    Attributes:
        process: the number of its process, which leads a group of its own.
        password: of the user `admin`.
    """

    process: int
    port: int
    password: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answers(self) -> bool:
        """Whether it can be used."""
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.address}/health", timeout=5).is_success
        return False

    def end(self) -> None:
        """End its processes, and wait until they are gone."""
        # A number that was kept through a restart of the machine may be another process's.
        listed = subprocess.run(["ps", "-o", "command=", "-p", str(self.process)], check=False, capture_output=True)
        if _APP.encode() not in listed.stdout:
            return
        _end(self.process)


class Service:
    """Superset, and the Postgres beside it, in a folder: a short path that every user can reach, as Postgres needs."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(tempfile.gettempdir()) / f"polidex-superset-{getpass.getuser()}"
        self.postgres = Server(self.folder / "postgres")
        self._kept = self.folder / "running.json"
        self._log = self.folder / "log"

    def running(self) -> Running | None:
        """What runs now, if anything does."""
        kept = self._last()
        return kept if kept and kept.answers() else None

    def start(self) -> Running:
        """Start it empty, with one user; it is installed first where it is not.

        Raises PolidexError, with the end of its log, when it does not start.
        """
        self.stop()
        install()
        self.folder.mkdir(parents=True)
        self.folder.chmod(0o711)  # the user that Postgres runs as goes through it, and cannot look around
        password = secrets.token_urlsafe(12)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("SUPERSET", "PYTHON"))},
            "FLASK_APP": "superset",
            "SUPERSET_CONFIG_PATH": str(_CONFIG),
            "SUPERSET_HOME": str(self.folder),
            "POLIDEX_SUPERSET_KEY": secrets.token_urlsafe(42),
            "SCARF_ANALYTICS": "false",
        }
        print("Starting Superset: about a minute.", flush=True)
        with self._log.open("ab") as log:
            names = ["--username", USER, "--firstname", "Ada", "--lastname", "Admin", "--email", "admin@example.org"]
            for arguments in (["db", "upgrade"], ["fab", "create-admin", *names, "--password", password], ["init"]):
                process = self._begin([program("superset"), *arguments], environment, log)
                try:
                    failed = process.wait()
                finally:
                    _end(process.pid)  # after Ctrl-C
                if failed:
                    raise PolidexError(f"`superset {arguments[0]}` failed:\n{self._end_of_log()}")
            port = free_port()
            bind = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "8", "--timeout", "120"]
            process = self._begin([program("gunicorn"), *bind, _APP], environment, log)
        running = Running(process=process.pid, port=port, password=password)
        self._kept.touch(mode=0o600)
        self._kept.write_text(json.dumps(asdict(running)), encoding="utf-8")
        patience = time.monotonic() + _PATIENCE_SECONDS
        while not running.answers():
            if process.poll() is not None or time.monotonic() > patience:
                raise PolidexError(f"Superset does not answer:\n{self._end_of_log()}")
            time.sleep(0.5)
        return running

    def _begin(
        self, command: Sequence[str | Path], environment: Mapping[str, str], log: BinaryIO
    ) -> subprocess.Popen[bytes]:
        """A process that leads a group of its own, so that Ctrl-C and the end of the terminal are not for it."""
        return subprocess.Popen(
            command, env=environment, cwd=self.folder, start_new_session=True,
            stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def stop(self) -> None:
        """End all processes and delete all that was kept. Nothing happens where nothing was started."""
        if kept := self._last():
            kept.end()
        self.postgres.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _last(self) -> Running | None:
        return Running(**json.loads(self._kept.read_text(encoding="utf-8"))) if self._kept.exists() else None

    def _end_of_log(self) -> str:
        return "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:])


@contextlib.contextmanager
def throwaway() -> Iterator[Service]:
    """A Superset's place for as long as the block lasts."""
    service = Service(Path(tempfile.mkdtemp(prefix="polidex-superset-")))
    try:
        yield service
    finally:
        service.stop()


def _end(process: int) -> None:
    """End a process and all of its group, with force after ten seconds."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        patience = time.monotonic() + 10
        while _alive(process) and time.monotonic() < patience:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process, sign)
            time.sleep(0.2)


def _alive(process: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
    try:
        os.killpg(process, 0)
    except ProcessLookupError:
        return False
    return True
