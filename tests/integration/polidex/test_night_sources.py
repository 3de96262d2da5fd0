"""`polidex nightly` over its sources: what vanished keeps its claims and is marked; nothing new changes no row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from polidex.cli import run_command
from polidex.database import make_engine, parse_url
from schema.tables import metadata
from tests.batch_server import BatchServer
from tests.integration.polidex.newsroom import GOVERNMENT, LOOKING_BACK, perfect

pytestmark = pytest.mark.with_tables
SOURCES = """
[[sources]]
kind = "folder"
location = "articles"
[[sources]]
kind = "jsonl"
location = "archive.jsonl"
"""
# A night writes about itself.
OF_THE_RUN = ("extraction_run", "night_report")


def rows(url: str) -> dict[str, list[dict[str, Any]]]:
    engine = make_engine(parse_url(url))
    with engine.connect() as connection:
        found = {
            name: sorted((dict(row) for row in connection.execute(sa.select(table)).mappings()), key=str)
            for name, table in metadata.tables.items()
            if name not in OF_THE_RUN
        }
    engine.dispose()
    return found


def test_what_vanishes_is_marked_and_what_is_the_same_changes_nothing(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def night() -> int:
        code = run_command(["nightly", "--json", "--database", database_url])
        capsys.readouterr()
        return code

    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    Path("articles/a.txt").write_text(GOVERNMENT, encoding="utf-8")
    Path("archive.jsonl").write_text(json.dumps({"uri": "https://x.example/b", "text": LOOKING_BACK}) + "\n")
    Path("polidex.toml").write_text(SOURCES, encoding="utf-8")
    with BatchServer(perfect) as server:
        for name, value in {"MODEL": "openai/any", "BASE_URL": server.url("openai"), "API_KEY": "key"}.items():
            monkeypatch.setenv(f"POLIDEX_{name}", value)
        assert night() == 0
        first = rows(database_url)
        assert len(first["source_document"]) == 2
        assert first["claim"]
        asked = len(server.live)
        assert night() == 0
        assert rows(database_url) == first
        # The file goes.
        Path("articles/a.txt").rename("a.txt")
        assert night() == 0
        after = rows(database_url)
        [gone] = [row for row in after["document"] if row["retracted_at"]]
        assert (gone["uri"], gone["reason"]) == ("file:articles/a.txt", "There is no file or folder articles/a.txt.")
        assert (after["claim"], after["person"]) == (first["claim"], first["person"])
        assert night() == 0
        assert rows(database_url) == after
        Path("a.txt").rename("articles/a.txt")
        assert night() == 0
        assert rows(database_url)["document"] == first["document"]
        # A source that cannot be polled is told; what the other gives is read all the same.
        Path("archive.jsonl").unlink()
        assert night() == 3
        assert not [row for row in rows(database_url)["document"] if row["retracted_at"]]
        assert len(server.live) == asked
