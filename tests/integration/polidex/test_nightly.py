"""`polidex nightly` as it is called: the fallback model, a part of a night, and what was held back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from polidex.cli import run_command
from polidex.database import make_engine, parse_url
from schema.tables import metadata
from tests.integration.polidex.newsroom import GOVERNMENT, LOOKING_BACK, perfect
from tests.loopback import Loopback, Request, Step, reply, status

SOURCE = '[[sources]]\nkind = "folder"\nlocation = "articles"\n'


class Desk:
    """A folder of articles as the one source, and nights over it."""

    def __init__(self, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.url, self._capsys = url, capsys

    def night(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        """The exit code and the report of a night."""
        self._capsys.readouterr()
        code = run_command(["nightly", "--json", "--database", self.url, *arguments])
        out = self._capsys.readouterr().out
        return code, json.loads(out) if out else {}

    def write(self, number: int, text: str) -> None:
        Path(f"articles/{number:03}.txt").write_text(f"{text}\nThe paper has the number {number}.\n", encoding="utf-8")

    def rows(self, name: str) -> list[dict[str, Any]]:
        engine = make_engine(parse_url(self.url))
        with engine.connect() as connection:
            found = [dict(row) for row in connection.execute(sa.select(metadata.tables[name])).mappings()]
        engine.dispose()
        return found


@pytest.fixture
def desk(duckdb_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    Path("polidex.toml").write_text(SOURCE, encoding="utf-8")
    return Desk(duckdb_url, capsys)


@contextmanager
def asked(monkeypatch: pytest.MonkeyPatch, server: Loopback, **settings: str) -> Iterator[Loopback]:
    given = {"MODEL": "openai/any", "BASE_URL": server.url("openai"), "API_KEY": "key"} | settings
    for name, value in given.items():
        monkeypatch.setenv(f"POLIDEX_{name}", value)
    with server:
        yield server


def test_the_fallback_model_reads_all_that_the_first_cannot(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        desk.write(number, GOVERNMENT if number % 2 else LOOKING_BACK)
    with (
        Loopback(answer=perfect) as second,
        asked(
            monkeypatch,
            Loopback(status(503)),
            FALLBACK_MODEL="openai/other",
            FALLBACK_BASE_URL=second.url("openai"),
            PARAMETERS_BACKOFF_SECONDS="0.01",
        ),
    ):
        code, report = desk.night()
    assert (code, report["documents"]["read"]) == (0, 12)
    assert {row["model"] for row in desk.rows("extraction")} == {"openai/other"}
    # How far the source was read is known.
    assert len(desk.rows("source_document")) == 12


def test_what_is_not_selected_is_neither_asked_nor_taken_for_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        desk.write(number, GOVERNMENT)
    with asked(monkeypatch, Loopback(answer=perfect)) as server:
        desk.night("--select", "uri:*/003.txt")
        assert [row["uri"] for row in desk.rows("document")] == ["file:articles/003.txt"]
        desk.night("--select", "reason:prompt")
        assert len({row["document_version_id"] for row in desk.rows("extraction")}) == 1
        before = len(server.requests)
        desk.night("--select", "extractor:people", "--limit", "2")
        assert len(server.requests) - before == 2
        # The rest is read by the next night, and then nothing is left.
        code, report = desk.night()
        assert (code, len({row["document_version_id"] for row in desk.rows("extraction")})) == (0, 4)
        assert len(server.requests) == 4 * before
        assert len(desk.rows("source_document")) == 4
        _, report = desk.night()
        assert (report["documents"]["read"], report["calls"]) == (0, 0)


def test_what_was_held_back_is_not_loaded_in_parts_and_can_be_asked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"DRIFT_RUNS": "1", "DRIFT_DOCUMENTS": "10", "DRIFT_RECORDS_PER_DOCUMENT": "0.9"}
    is_well = True

    def moody(request: Request) -> Step:
        return perfect(request) if is_well else reply('{"items": []}')

    for number in range(45):
        desk.write(number, GOVERNMENT)
    with asked(monkeypatch, Loopback(answer=moody), **settings) as server:
        assert desk.night()[0] == 0
        good = sorted(map(str, desk.rows("claim")))
        for number in range(45):
            desk.write(number, f"{GOVERNMENT}It rained.")
        is_well = False
        assert desk.night()[0] == 6
        # Too few to be judged: yet they are what was held back.
        code, report = desk.night("--limit", "3")
        assert (code, report["gate"], report["calls"]) == (6, "held", 0)
        assert sorted(map(str, desk.rows("claim"))) == good
        # The provider is well again: what it had answered is held back, until it is asked again.
        is_well, so_far = True, len(server.requests)
        assert desk.night()[0] == 6
        assert len(server.requests) == so_far
        code, report = desk.night("--ask-again")
        assert (code, report["gate"], report["calls"]) == (0, "passed", len(server.requests) - so_far)
        assert report["calls"] > 0
        assert desk.night("--ask-again")[1]["calls"] == 0


def test_the_report_counts_what_was_paid_for_when_the_budget_ended_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write(0, GOVERNMENT)
    prices = {"PRICES_INPUT_USD": "10", "PRICES_OUTPUT_USD": "10", "PACE_AT_ONCE": "1"}
    with asked(monkeypatch, Loopback(answer=perfect), **prices, BUDGET_RUN_USD="0.11") as server:
        code, report = desk.night()
    [run] = desk.rows("extraction_run")
    assert (code, report["documents"]["read"], report["calls"]) == (4, 0, len(server.requests))
    assert report["cost_usd"] == pytest.approx(run["cost_usd"])
    assert report["cost_usd"] > 0
