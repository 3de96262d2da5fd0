"""A run that is watched: signs of life while it works, and how it ended, whatever way."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from polidex import logs, watching
from polidex.report import RunReport
from polidex.settings import Budget, Settings, Watch
from polidex.status import read_status
from polidex.watching import Watched, watched
from schema.errors import LockedError
from schema.usage import Usage


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    logs.start("json", stream=stream)
    yield stream
    logs.stop()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database=f"duckdb:///{tmp_path / 'news.duckdb'}",
        model="openai/any",
        budget=Budget(run_usd=5.0),
        watch=Watch(textfile=tmp_path / "polidex.prom"),
    )


def new_report() -> RunReport:
    return RunReport("run_1", datetime(2020, 1, 1, tzinfo=UTC))


def metrics(settings: Settings) -> dict[str, float]:
    assert settings.watch.textfile
    families = text_string_to_metric_families(settings.watch.textfile.read_text(encoding="utf-8"))
    return {sample.name: sample.value for family in families for sample in family.samples if len(sample.labels) == 1}


def run(settings: Settings, report: RunReport, work: Callable[[Watched], Any]) -> None:
    async def through() -> None:
        async with watched(report, settings, command="nightly") as watch:
            await asyncio.sleep(0)
            work(watch)

    asyncio.run(through())


def test_while_it_works_it_says_so_and_in_the_end_how_it_ended(settings: Settings, told: io.StringIO) -> None:
    report = new_report()

    def work(watch: Watched) -> None:
        report.documents, report.failed["a.txt"] = 2, "gone"
        report.usage = Usage(requests=10, tokens_in=100, cost_usd=0.25)
        watch.documents = 3
        watch.beat()
        state = read_status(settings.database)
        assert state
        assert (state.run_id, state.command, state.documents, state.done, state.failed) == ("run_1", "nightly", 3, 2, 1)
        assert (state.calls, state.cost_usd, state.budget_usd) == (10, 0.25, 5.0)
        assert metrics(settings)["polidex_running"] == 1
        assert "polidex_last_exit_code" not in metrics(settings)

    run(settings, report, work)
    assert read_status(settings.database) is None
    ended = metrics(settings)
    assert (ended["polidex_running"], ended["polidex_last_exit_code"], ended["polidex_run_cost_usd"]) == (0, 3, 0.25)
    first, last = (json.loads(line) for line in told.getvalue().splitlines())
    assert (first["event"], first["run_id"], first["budget_usd"]) == ("run_started", "run_1", 5.0)
    assert (last["event"], last["exit_code"], last["documents"], last["calls"]) == ("run_ended", 3, 2, 10)


def test_signs_of_life_come_by_themselves(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, told: io.StringIO
) -> None:
    monkeypatch.setattr(watching, "BEAT_SECONDS", 0.0)
    seen: list[int] = []
    beat = Watched.beat

    def counted(watch: Watched) -> None:
        seen.append(1)
        beat(watch)

    monkeypatch.setattr(Watched, "beat", counted)

    async def through() -> None:
        async with watched(new_report(), settings):
            while len(seen) < 3:
                await asyncio.sleep(0)

    asyncio.run(through())
    assert read_status(settings.database) is None


@pytest.mark.parametrize(
    ("error", "code", "why"),
    [
        (LockedError("Somebody else writes."), 5, "Somebody else writes."),
        (ExceptionGroup("tasks", [LockedError("Somebody else writes.")]), 5, "Somebody else writes."),
        (ValueError("the words of an article"), 1, "an error inside Polidex (ValueError)"),
        (KeyboardInterrupt(), 130, "stopped by the user"),
    ],
)
def test_an_error_is_told_by_its_code(
    settings: Settings, told: io.StringIO, error: BaseException, code: int, why: str
) -> None:
    def work(_: Watched) -> None:
        raise error

    with pytest.raises(type(error)):
        run(settings, new_report(), work)
    assert metrics(settings)["polidex_last_exit_code"] == code
    last = json.loads(told.getvalue().splitlines()[-1])
    assert (last["event"], last["exit_code"]) == ("run_ended", code)
    assert last["reason"].startswith(why)
    assert "article" not in told.getvalue()


def test_what_the_run_itself_says_counts(settings: Settings, told: io.StringIO) -> None:
    def work(watch: Watched) -> None:
        watch.exit_code = 6

    run(settings, new_report(), work)
    assert metrics(settings)["polidex_last_exit_code"] == 6


def test_where_nothing_can_be_written_the_run_goes_on(settings: Settings, told: io.StringIO, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    nowhere = settings.model_copy(update={"watch": Watch(textfile=tmp_path / "file" / "polidex.prom")})
    worked: list[int] = []
    run(nowhere, new_report(), lambda _: worked.append(1))
    assert worked
    assert "no sign of life could be written" in told.getvalue()
