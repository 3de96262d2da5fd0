"""`polidex nightly --batch`: handed over one night, collected and loaded the next, equal to what a live night loads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from polidex import batch_collect
from polidex.cli import run_command
from polidex.database import make_engine, parse_url
from polidex.doctor import check
from schema.tables import metadata
from tests.batch_server import ANSWERED, EXPIRED, BatchServer
from tests.integration.polidex.newsroom import FACTS, GOVERNMENT, LOOKING_BACK, perfect
from tests.loopback import status

pytestmark = pytest.mark.with_tables


class Office:
    """A folder of two articles as the one source, and a provider on the loopback."""

    def __init__(self, url: str, server: BatchServer, capsys: pytest.CaptureFixture[str]) -> None:
        self.url, self.server, self._capsys = url, server, capsys

    def night(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        """The exit code and the report of a night."""
        self._capsys.readouterr()
        code = run_command(["nightly", "--json", "--database", self.url, *arguments])
        out = self._capsys.readouterr().out
        return code, json.loads(out) if out else {}

    def rows(self, name: str, url: str = "") -> list[dict[str, Any]]:
        engine = make_engine(parse_url(url or self.url))
        with engine.connect() as connection:
            table = metadata.tables[name]
            found = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
        engine.dispose()
        return sorted(found, key=str)


@pytest.fixture
def office(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Office]:
    folder = tmp_path / "office"
    (folder / "articles").mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(batch_collect, "UNSEEN", timedelta(0))
    for name, text in {"a.txt": GOVERNMENT, "b.txt": LOOKING_BACK}.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    (folder / "polidex.toml").write_text('[[sources]]\nkind = "folder"\nlocation = "articles"\n', encoding="utf-8")
    with BatchServer(perfect) as server:
        for name, value in {
            "MODEL": "openai/any",
            "BASE_URL": server.url("openai"),
            "API_KEY": "secret-of-the-office",
            "PRICES_INPUT_USD": "2",
            "PRICES_OUTPUT_USD": "8",
        }.items():
            monkeypatch.setenv(f"POLIDEX_{name}", value)
        yield Office(database_url, server, capsys)


def test_two_nights_with_batches_load_what_a_live_night_loads(office: Office, tmp_path: Path) -> None:
    code, report = office.night("--batch")
    assert (code, report["calls"], report["documents"]["read"]) == (0, 0, 0)
    assert [len(each.questions) for each in office.server.batches] == [10]
    assert not office.rows("person")
    code, report = office.night()
    assert (code, report["calls"], report["documents"]["read"]) == (0, 10, 2)
    assert report["cost_usd"] == pytest.approx(10 * (100 * 2 + 7 * 8) / 2 / 1e6)
    assert not office.server.live
    code, report = office.night("--batch")
    assert (code, report["calls"], len(office.server.batches)) == (0, 0, 1)
    live = f"duckdb:///{tmp_path / 'live.duckdb'}"
    assert run_command(["nightly", "--database", live]) == 0
    assert len(office.server.live) == 10
    for table in FACTS:
        assert office.rows(table) == office.rows(table, live)
    results = check(office.url, cache=tmp_path)
    assert not [each for each in results if not each.ok and each.name not in ("cache", "weights")]


def test_a_night_leaves_alone_what_is_under_way(office: Office) -> None:
    office.server.polls = 3
    office.night("--batch")
    for arguments in ((), ("--batch",)):
        code, report = office.night(*arguments)
        assert (code, report["calls"]) == (0, 0)
    assert run_command(["run", "articles", "--database", office.url]) == 0
    assert not office.server.live
    assert set(office.server.accepted.values()) == {1}
    assert office.night()[1]["documents"]["read"] == 2
    assert not office.server.live


def test_what_expired_is_asked_live_by_a_night_without_batches(office: Office) -> None:
    office.server.ending, office.server.fate = "expired", lambda name, number: EXPIRED if number < 3 else ANSWERED
    office.night("--batch")
    code, report = office.night()
    assert (code, report["documents"]["read"]) == (0, 2)
    assert len(office.server.live) == 3
    assert {each["status"] for each in office.rows("extraction")} == {"ok"}
    assert office.rows("person")


def test_a_budget_is_for_batches_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLIDEX_BUDGET_MONTH_USD", "0.15")
    assert office.night("--batch")[0] == 4
    [batch] = office.rows("provider_batch")
    assert 0 < batch["requests"] < 10
    assert batch["reserved_usd"] <= 0.15
    # What is under way stays set aside: there is nothing left for the rest.
    office.server.batches[0].polls_left = 5
    assert office.night("--batch")[0] == 4
    assert len(office.rows("provider_batch")) == 1


def test_a_batch_that_is_refused_is_a_failure_and_is_asked_again(office: Office) -> None:
    office.server.create = [status(429)]
    code, report = office.night("--batch")
    assert code == 3
    assert "batch" in report["failed"]
    assert office.night("--batch")[0] == 0
    assert office.night()[1]["documents"]["read"] == 2
    assert set(office.server.accepted.values()) == {1}


def test_a_model_without_batches_is_told_before_anything_is_done(office: Office) -> None:
    code, _ = office.night("--batch", "--model", "ollama/any")
    assert code == 2
    assert not office.rows("document")
