"""What tests share: a real Postgres that needs nothing installed, and an empty database of either kind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from examples.postgres_server import Server, throwaway_server
from polidex.publish import upgrade


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A real Postgres 18, for as long as the tests run."""
    with throwaway_server() as server:
        yield server


@pytest.fixture(scope="session")
def duckdb_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DuckDB file with the newest tables and views and no rows, to be copied."""
    file = tmp_path_factory.mktemp("tables") / "polidex.duckdb"
    upgrade(f"duckdb:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_with_tables(postgres_server: Server) -> str:
    """The name of a Postgres database with the newest tables and views and no rows, to be copied."""
    name = "polidex_with_tables"
    postgres_server.make_database(name)
    upgrade(postgres_server.url(name))
    return name


def has_tables(request: pytest.FixtureRequest) -> bool:
    return request.node.get_closest_marker("with_tables") is not None


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, postgres_server: Server) -> Iterator[str]:
    """The URL of a database on a real Postgres 18, dropped after the test: empty, or `with_tables`."""
    name = f"polidex_{uuid4().hex}"
    template = request.getfixturevalue("postgres_with_tables") if has_tables(request) else "template1"
    postgres_server.make_database(name, template)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture
def duckdb_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a DuckDB file: not there yet, or `with_tables`."""
    file = tmp_path / "polidex.duckdb"
    if has_tables(request):
        shutil.copyfile(request.getfixturevalue("duckdb_with_tables"), file)
    return f"duckdb:///{file}"


@pytest.fixture(params=["duckdb", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
