"""`polidex sources`: what would be read tonight; nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polidex.cli import run_command
from tests.integration.polidex.newsstand import article, night

FILE = """
database = "duckdb:///news.duckdb"
[[sources]]
kind = "folder"
location = "articles"
name = "ours"
[[sources]]
kind = "jsonl"
location = "absent.jsonl"
"""


def test_it_says_what_each_source_would_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("polidex.toml").write_text(FILE)
    Path("articles").mkdir()
    for name in ("a", "b"):
        Path(f"articles/{name}.txt").write_text(article(name))
    assert run_command(["sources"]) == 3
    told = capsys.readouterr().out
    assert "folder   ours: 2 new\n" in told
    assert "FAILED absent.jsonl: There is no file absent.jsonl." in told
    assert not Path("news.duckdb").exists()
    night("duckdb:///news.duckdb", {"kind": "folder", "location": "articles"})
    Path("articles/a.txt").unlink()
    before = Path("news.duckdb").read_bytes()
    assert run_command(["sources", "--json"]) == 3
    [ours, _] = json.loads(capsys.readouterr().out)["sources"]
    assert {name: ours[name] for name in ("new", "unchanged", "vanished")} == {"new": 0, "unchanged": 1, "vanished": 1}
    assert Path("news.duckdb").read_bytes() == before


def test_without_sources_it_says_where_they_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_command(["sources"]) == 2
    assert "[[sources]]" in capsys.readouterr().err
