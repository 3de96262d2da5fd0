"""Nights that are killed a few times end as undisturbed ones, on both databases; the benchmark kills many more."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.kill_night import Night, Outcome, differences, disturbed, moments_of, summary, tables
from benchmarks.night_model import NightModel, served
from benchmarks.night_press import write_press

KILLS = 4
DOCUMENTS = 20


@pytest.fixture(scope="module")
def model() -> Iterator[NightModel]:
    with served() as model:
        yield model


def test_a_night_that_is_killed_again_and_again_ends_as_an_undisturbed_one(
    model: NightModel, database_url: str, tmp_path: Path
) -> None:
    write_press(tmp_path / "press", DOCUMENTS)
    undisturbed = Night(f"duckdb:///{tmp_path / 'undisturbed.duckdb'}", tmp_path / "press", model)
    model.forget()
    code, said = undisturbed.run()
    assert code == 0, said
    asked = model.counted().asked
    night = Night(database_url, tmp_path / "press", model)
    rows = tables(undisturbed.url)
    outcome = disturbed(night, moments_of(12, random.Random(4)), KILLS, rows, asked)
    assert outcome.faults == []
    assert outcome.kills > 0
    assert asked.total() > DOCUMENTS


def test_what_differs_is_found(model: NightModel, tmp_path: Path) -> None:
    write_press(tmp_path / "press", 3)
    night = Night(f"duckdb:///{tmp_path / 'night.duckdb'}", tmp_path / "press", model)
    assert night.run()[0] == 0
    rows = tables(night.url)
    assert differences(rows, rows) == []
    lost = {**rows, "claim": rows["claim"][1:]}
    assert [each.partition(":")[0] for each in differences(lost, rows)] == ["claim"]
    # A question that the undisturbed night had and this one had not, and a row that it did not give.
    model.forget()
    unasked = Counter({"of nobody": 1})
    found = disturbed(night, moments_of(60, random.Random(1)), 0, lost, unasked)
    assert [each.partition(":")[0] for each in found.faults] == ["1 questions were never asked", "claim"]


def test_the_table_tells_how_many_nights_ended_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    assert summary([Outcome(5, 3, []), Outcome(5, 2, [])], "duckdb") == 0
    assert summary([Outcome(5, 3, []), Outcome(5, 2, ["claim: ..."])], "duckdb") == 1
    said = capsys.readouterr().out
    assert "kills                             10" in said
    assert "0.50" in said
