"""What tests share: a real Postgres that needs nothing installed, and an empty database of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from examples.postgres_server import Server, throwaway_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A real Postgres 18, for as long as the tests run."""
    with throwaway_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """The URL of an empty database on a real Postgres 18, dropped after the test."""
    name = f"polidex_{uuid4().hex}"
    postgres_server.make_database(name)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture
def duckdb_url(tmp_path: Path) -> str:
    """The URL of a DuckDB file that is not there yet."""
    return f"duckdb:///{tmp_path / 'polidex.duckdb'}"


@pytest.fixture(params=["duckdb", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
