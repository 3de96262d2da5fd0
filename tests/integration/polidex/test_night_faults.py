"""Nights in which something fails: the provider, the database, the disk, the clock, the patience of a person."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from benchmarks.kill_night import AT_ONCE, Night, Rows, broken_rules, differences, left_in_journal, tables
from benchmarks.night_model import FAILURES, NightModel, Provider, served
from benchmarks.night_press import write_press
from examples.postgres_server import throwaway_server
from polidex.cli import run_command

DOCUMENTS = 15
INPUT_USD, OUTPUT_USD = 1.0, 4.0
OF_WHAT_FAILED = {"extraction", "fetch"}
"""A reading that was made in two halves has two windows, and its row says what the failures took."""


@pytest.fixture(scope="module")
def provider() -> Iterator[NightModel]:
    with served(Provider(seconds=0.01, input_usd=INPUT_USD, output_usd=OUTPUT_USD)) as model:
        yield model


@pytest.fixture
def model(provider: NightModel) -> NightModel:
    provider.fail(0)
    provider.forget()
    return provider


@pytest.fixture
def press(tmp_path: Path) -> Path:
    write_press(tmp_path / "press", DOCUMENTS)
    return tmp_path / "press"


class _Runs:
    """`polidex run` in this process."""

    def __init__(self, patch: pytest.MonkeyPatch, model: NightModel, press: Path) -> None:
        self._patch, self.model, self.press = patch, model, press

    def run(self, url: str, **settings: str) -> int:
        values = Night(url, self.press, self.model, settings).environment()
        with self._patch.context() as patch:
            for name, value in values.items():
                patch.setenv(name, value)
            return run_command(["run", str(self.press), "--database", url])


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, model: NightModel, press: Path) -> _Runs:
    return _Runs(monkeypatch, model, press)


def _facts(url: str) -> Rows:
    return {name: rows for name, rows in tables(url).items() if name not in OF_WHAT_FAILED}


def test_a_second_night_with_nothing_new_asks_nothing_and_changes_nothing(runs: _Runs, database_url: str) -> None:
    assert runs.run(database_url) == 0
    rows, asked = tables(database_url), runs.model.counted().asked.total()
    assert asked > DOCUMENTS
    assert runs.run(database_url) == 0
    assert tables(database_url) == rows
    assert runs.model.counted().asked.total() == asked


def test_what_a_provider_fails_at_the_next_night_has(runs: _Runs, tmp_path: Path) -> None:
    undisturbed, url = (f"duckdb:///{tmp_path / name}.duckdb" for name in ("undisturbed", "night"))
    assert runs.run(undisturbed) == 0
    whole = runs.model.counted().asked.total()
    runs.model.forget()
    runs.model.fail(0.2)
    assert runs.run(url) in (0, 3)
    assert runs.model.counted().asked.total() > whole
    runs.model.fail(0)
    assert runs.run(url) == 0
    assert left_in_journal(url) == 0
    assert broken_rules(url, tmp_path) == []
    assert differences(_facts(url), _facts(undisturbed)) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_bill_of_the_provider_stays_below_the_budget(runs: _Runs, tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)
    usd = round(luck.uniform(0.08, 0.16), 4)
    runs.model.fail(0.1)
    prices = {"PRICES_INPUT_USD": str(INPUT_USD), "PRICES_OUTPUT_USD": str(OUTPUT_USD), "PACE_AT_ONCE": "64"}
    url = f"duckdb:///{tmp_path / 'night.duckdb'}"
    assert runs.run(url, BUDGET_RUN_USD=str(usd), **prices) == 4
    billed = runs.model.counted().billed_usd
    assert usd / 4 < billed <= usd
    # Of a month that allows twice as much the rest is there, and no more: what nobody knows of counts as spent.
    for _ in range(3):
        assert runs.run(url, BUDGET_MONTH_USD=str(2 * usd), **prices) in (0, 3, 4)
    assert billed < runs.model.counted().billed_usd <= 2 * usd


def test_the_budget_of_a_month_holds_over_runs_that_are_killed(model: NightModel, press: Path, tmp_path: Path) -> None:
    model.fail(0.1)
    prices = {"PRICES_INPUT_USD": str(INPUT_USD), "PRICES_OUTPUT_USD": str(OUTPUT_USD), "PACE_AT_ONCE": "64"}
    night = Night(f"duckdb:///{tmp_path / 'n.duckdb'}", press, model, {**prices, "BUDGET_MONTH_USD": "0.3"})
    for questions in (2, 6, 9):
        with night.start() as process:
            asked = model.counted().asked.total()
            while process.poll() is None and model.counted().asked.total() < asked + questions:
                time.sleep(0.01)
            process.kill()
    before = model.counted().billed_usd
    assert before > 0
    assert night.run()[0] in (0, 3, 4)
    # What was in flight at a kill may have been billed, and counts as if it had been at its dearest: after three kills
    # of so many calls that may be all there is.
    assert before <= model.counted().billed_usd <= 0.3


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_night_that_is_stopped_with_many_calls_in_flight_ends_with_one_message(
    model: NightModel, press: Path, tmp_path: Path, sign: signal.Signals
) -> None:
    night = Night(f"duckdb:///{tmp_path / 'night.duckdb'}", press, model, {"PACE_AT_ONCE": "64"})
    with night.start() as process:
        while model.counted().asked.total() < 10:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(sign)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert said.splitlines()[-2] == "polidex: stopped. What was committed is kept."
    assert night.run()[0] == 0
    assert left_in_journal(night.url) == 0


def test_a_postgres_that_is_started_again_in_the_middle_does_not_end_the_night(
    model: NightModel, press: Path, tmp_path: Path
) -> None:
    undisturbed = Night(f"duckdb:///{tmp_path / 'undisturbed.duckdb'}", press, model)
    assert undisturbed.run()[0] == 0
    model.forget()
    with throwaway_server() as server:
        server.make_database("night")
        night = Night(server.url("night"), press, model)
        with night.start() as process:
            while model.counted().asked.total() < 10:
                assert process.poll() is None
                time.sleep(0.01)
            server.restart()
            said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
        assert differences(tables(night.url), tables(undisturbed.url)) == []
        assert left_in_journal(night.url) == 0
        assert broken_rules(night.url, tmp_path) == []


@contextmanager
def _small_disk(folder: Path, megabytes: int) -> Iterator[Callable[[int], object]]:
    """Mount a disk of so many megabytes there; gives what makes it larger."""
    folder.mkdir()
    if (
        os.geteuid()
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield lambda size: subprocess.run(["mount", "-o", f"remount,size={size}m", folder], check=True)
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk_ends_the_night_with_one_message_and_the_next_has_all(
    runs: _Runs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert runs.run(f"duckdb:///{tmp_path / 'undisturbed.duckdb'}") == 0
    whole = runs.model.counted().asked.total()
    with _small_disk(tmp_path / "disk", 4) as make_it:
        url = f"duckdb:///{tmp_path / 'disk' / 'night.duckdb'}"
        runs.model.forget()
        capsys.readouterr()
        assert runs.run(url) == 1
        assert "What was committed is kept." in capsys.readouterr().err.splitlines()[-2]
        make_it(100)
        assert runs.run(url) == 0
        # A reply for which there was no room is lost, and so is what was in flight meanwhile.
        assert whole <= runs.model.counted().asked.total() <= whole + AT_ONCE
        assert differences(tables(url), tables(f"duckdb:///{tmp_path / 'undisturbed.duckdb'}")) == []
        assert left_in_journal(url) == 0
        assert broken_rules(url, tmp_path) == []


def _set_clock(patch: pytest.MonkeyPatch, to: timedelta) -> None:
    """Have all of Polidex live at another time."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            moved = datetime.now(tz) + to
            return cls.fromtimestamp(moved.timestamp(), tz)

    for name, module in [*sys.modules.items()]:
        if name.startswith("polidex.") and getattr(module, "datetime", None) is datetime:
            patch.setattr(module, "datetime", Clock)


@pytest.mark.parametrize("days", [2, 40])
def test_a_clock_that_was_set_back_makes_nothing_stale_and_no_budget_larger(
    runs: _Runs, database_url: str, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    prices = {"PRICES_INPUT_USD": str(INPUT_USD), "PRICES_OUTPUT_USD": str(OUTPUT_USD)}
    assert runs.run(database_url, **prices) == 0
    rows, spent = tables(database_url), runs.model.counted()
    _set_clock(monkeypatch, timedelta(days=-days))
    assert runs.run(database_url, **prices) == 0
    assert tables(database_url) == rows
    changed = runs.press / "a00000.txt"
    changed.write_text(changed.read_text(encoding="utf-8").replace("May 20", "June 20"), encoding="utf-8")
    # What the month has spent it has spent, though it says so of days that are still to come.
    assert runs.run(database_url, BUDGET_MONTH_USD=f"{spent.billed_usd:.6f}", **prices) == 4
    assert runs.model.counted().asked == spent.asked
    # The text that was read last is the one that counts, though its day is before that of the other.
    assert runs.run(database_url, **prices) == 0
    starts = {row["start_edtf"] for row in tables(database_url)["tenure"]}
    assert any(each and each.endswith("-06") for each in starts)


def test_the_model_fails_in_every_way_that_is_named(runs: _Runs, tmp_path: Path) -> None:
    assert len(FAILURES) == 7
    runs.model.fail(1)
    assert runs.run(f"duckdb:///{tmp_path / 'night.duckdb'}", PACE_GIVE_UP_SECONDS="1") == 3
    assert max(runs.model.counted().asked.values()) > 1
