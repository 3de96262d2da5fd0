"""The Postgres to try Polidex with: its databases stay when it stops, and nothing stays when it is removed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from examples.postgres_server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    # Not below pytest's own folder: that is closed to other users, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="polidex-pg-"))
    made = Server(folder)
    yield made
    made.remove()
    shutil.rmtree(folder, ignore_errors=True)


def ask(server: Server, sql: bytes) -> object:
    with psycopg.connect(server.url("news").replace("+psycopg", "")) as connection:
        row = connection.execute(sql).fetchone()
        return row and row[0]


def test_what_it_holds_outlives_a_stop_and_not_a_removal(server: Server) -> None:
    assert server.port is None
    server.start()
    server.make_database("news")
    port = server.port
    server.start()
    server.make_database("news")
    assert server.port == port
    with psycopg.connect(server.url("news").replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    server.stop()
    assert server.port is None
    server.start()
    assert ask(server, b"SELECT one FROM kept") == 1
    server.remove()
    assert server.port is None
    assert not server.folder.exists()


def test_texts_sort_by_code_point_and_every_script_has_lower_case(server: Server) -> None:
    server.start()
    server.make_database("news")
    order = (
        b"SELECT string_agg(name, '' ORDER BY name) FROM (VALUES ('b'), ('B'), ('\xd1\x8f'), ('\xc3\x84')) AS n (name)"
    )
    assert ask(server, order) == "BbÄя"
    assert ask(server, b"SELECT lower('\xd0\x96\xc3\x84')") == "жä"
