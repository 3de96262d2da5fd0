"""One rich database for tests that compare answers: on DuckDB, on Postgres, and on one that sorts as a dictionary."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from examples.postgres_server import Server
from polidex.cli import run_command
from polidex.database import make_engine, parse_url
from polidex.publish import open_store
from polidex.query import run_query
from schema.errors import QueryError
from schema.tables import metadata
from tests.integration.polidex.nasty import cases_of_views, nasty
from tests.integration.polidex.stored import BASE, rows
from tests.loopback import Loopback
from tests.perfect import FOLDER, PerfectReader

STORY = Path(__file__).parents[3] / "examples" / "story"
INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@dataclass(frozen=True)
class Answer:
    """What came of a question: column names, types and rows, or that it was refused."""

    columns: tuple[tuple[str, str], ...] = ()
    rows: tuple[str, ...] = ()
    refused: bool = False

    def in_any_order(self) -> Answer:
        return Answer(self.columns, tuple(sorted(self.rows)), self.refused)


@functools.cache
def ask(url: str, sql_or_name: str, **parameters: str) -> Answer:
    """The answer in the words of Python, which tell 1 from 1.0 and show every bit of a number.

    Nothing changes these databases: what was asked once is not asked again.
    """
    try:
        table = run_query(url, sql_or_name, parameters=parameters)
    except QueryError:
        return Answer(refused=True)
    columns = tuple((field.name, str(field.type)) for field in table.schema)
    return Answer(columns, tuple(map(repr, zip(*(column.to_pylist() for column in table.columns), strict=True))))


def fill_duckdb(url: str, folder: Path) -> None:
    """The story read by a perfect reader, the rows of all views' tests, and rows on which databases like to differ."""
    shutil.copytree(STORY, folder / "story")
    reader = PerfectReader(sorted(FOLDER.glob("story-*.json")))
    with Loopback(answer=reader.answer) as server, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("POLIDEX_MODEL", "openai/any")
        patch.setenv("POLIDEX_BASE_URL", server.url("openai"))
        patch.setenv("POLIDEX_API_KEY", "secret-of-the-story")
        assert run_command(["run", "story", "--database", url]) == 0
    with open_store(url) as store:
        for case in cases_of_views():
            store.load(case)
        store.load(rows(BASE, nasty()))


def copy_rows(source: str, target: str) -> None:
    """The same rows in another database."""
    engine = make_engine(parse_url(source), read_only=True)
    with engine.connect() as connection, open_store(target) as store:
        tables = {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in metadata.sorted_tables
        }
        store.load({name: given for name, given in tables.items() if given})
    engine.dispose()


class _Installed(Server):
    """A Postgres that is installed on this machine, whose texts sort as in an English dictionary."""

    def _programs(self) -> Path:
        return INSTALLED[-1]

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        user = None
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
            user = "nobody"
        locale = ["--locale-provider=icu", "--icu-locale=en-US", "--locale=C", "--encoding=UTF8"]
        subprocess.run(
            [
                str(self._programs() / "initdb"),
                *("--no-sync", "--auth=trust", "--username=polidex", *locale, "-D", str(self.folder / "data")),
            ],
            user=user,
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
        )
        super().start()


@contextmanager
def dictionary_order() -> Iterator[str]:
    """The URL of an empty database that sorts texts as in an English dictionary; skips where no such server is."""
    if not INSTALLED:
        pytest.skip("no Postgres with ICU is installed")
    server = _Installed(Path(tempfile.mkdtemp(prefix="polidex-icu-")))
    try:
        server.start()
        server.make_database("polidex")
        yield server.url("polidex")
    finally:
        server.remove()
