"""The story gives the same rows and the same answers on Postgres as on DuckDB, and on both every rule holds."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from polidex.cli import run_command
from polidex.database import make_engine, parse_url
from polidex.doctor import check
from schema.tables import metadata
from tests.loopback import Loopback
from tests.perfect import FOLDER, PerfectReader

STORY = Path(__file__).parents[3] / "examples" / "story"
ROWS = ("person", "person_name", "organization", "office", "tenure", "reform", "reform_measure", "reform_event",
        "election", "election_result", "statement", "mention", "mention_block", "redirect")  # fmt: skip
VIEWS = ("office_timeline", "reform_timeline", "conflicts", "source_agreement")
OF_A_RUN = {"since"}


def answers(url: str) -> dict[str, list[str]]:
    """The rows of the tables for analysts and of some views, as text in an order that no database chooses."""
    engine = make_engine(parse_url(url))
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for name in (*ROWS, *VIEWS):
            table: Any = metadata.tables.get(name)
            query = sa.select(sa.text("*")).select_from(sa.table(name)) if table is None else sa.select(table)
            rows = [{str(key): value for key, value in row.items()} for row in connection.execute(query).mappings()]
            found[name] = sorted(str({key: row[key] for key in sorted(row) if key not in OF_A_RUN}) for row in rows)
    engine.dispose()
    return found


def test_the_story_is_one_on_both(
    tmp_path: Path, duckdb_url: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(STORY, tmp_path / "story")
    monkeypatch.chdir(tmp_path)
    reader = PerfectReader(sorted(FOLDER.glob("story-*.json")))
    with Loopback(answer=reader.answer) as server:
        monkeypatch.setenv("POLIDEX_MODEL", "openai/any")
        monkeypatch.setenv("POLIDEX_BASE_URL", server.url("openai"))
        monkeypatch.setenv("POLIDEX_API_KEY", "secret-of-the-story")
        for url in (duckdb_url, postgres_url):
            assert run_command(["run", "story", "--database", url]) == 0
            assert run_command(["run", "story/1-draft.txt", "--database", url]) == 0
    on_duckdb, on_postgres = answers(duckdb_url), answers(postgres_url)
    for name, rows in on_duckdb.items():
        assert on_postgres[name] == rows, name
    assert len(on_duckdb["tenure"]) > 4
    for url in (duckdb_url, postgres_url):
        assert not [
            each for each in check(url, cache=tmp_path) if not each.ok and each.name not in ("cache", "weights")
        ]
