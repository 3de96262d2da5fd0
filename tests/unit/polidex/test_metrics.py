"""The file for Prometheus is one that its own parser reads, is replaced whole, and remembers the last success."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from polidex.metrics import Metrics, write_metrics
from schema.errors import SettingsError

ENDED = Metrics(
    database="news",
    running=False,
    heartbeat=1000.0,
    exit_code=0,
    seconds=12.5,
    documents={"read": 41, "failed": 3},
    calls=205,
    tokens_in=90_000,
    tokens_out=4_000,
    cost_usd=0.32,
    budget_usd=5.0,
    facts={"added": 120, "changed": 4, "withdrawn": 1},
    conflicts={"new": 2, "gone": 0},
    quarantine={'an "odd"\nreason': 7},
)


def samples(file: Path) -> dict[tuple[str, ...], float]:
    found = {}
    for family in text_string_to_metric_families(file.read_text(encoding="utf-8")):
        assert family.documentation
        assert family.type == "gauge"
        for sample in family.samples:
            labels = [value for name, value in sample.labels.items() if name != "database"]
            assert sample.labels["database"] == "news"
            found[(sample.name, *labels)] = sample.value
    return found


def test_every_number_is_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "collector" / "polidex.prom"
    write_metrics(file, ENDED)
    assert samples(file) == {
        ("polidex_last_success_timestamp_seconds",): 1000.0,
        ("polidex_heartbeat_timestamp_seconds",): 1000.0,
        ("polidex_running",): 0.0,
        ("polidex_last_exit_code",): 0.0,
        ("polidex_run_duration_seconds",): 12.5,
        ("polidex_run_calls",): 205.0,
        ("polidex_run_tokens_in",): 90_000.0,
        ("polidex_run_tokens_out",): 4_000.0,
        ("polidex_run_cost_usd",): 0.32,
        ("polidex_run_budget_usd",): 5.0,
        ("polidex_run_documents", "read"): 41.0,
        ("polidex_run_documents", "failed"): 3.0,
        ("polidex_run_facts", "added"): 120.0,
        ("polidex_run_facts", "changed"): 4.0,
        ("polidex_run_facts", "withdrawn"): 1.0,
        ("polidex_run_conflicts", "new"): 2.0,
        ("polidex_run_conflicts", "gone"): 0.0,
        ("polidex_quarantine", 'an "odd"\nreason'): 7.0,
    }
    assert [each.name for each in file.parent.iterdir()] == ["polidex.prom"]


def test_the_last_success_outlives_runs_that_fail_or_still_work(tmp_path: Path) -> None:
    file = tmp_path / "polidex.prom"
    write_metrics(file, replace(ENDED, exit_code=1, heartbeat=500.0))
    assert ("polidex_last_success_timestamp_seconds",) not in samples(file)
    write_metrics(file, ENDED)
    write_metrics(file, replace(ENDED, running=True, exit_code=None, heartbeat=2000.0))
    assert samples(file)[("polidex_last_success_timestamp_seconds",)] == 1000.0
    assert ("polidex_last_exit_code",) not in samples(file)
    write_metrics(file, replace(ENDED, exit_code=3, heartbeat=3000.0))
    assert samples(file)[("polidex_last_success_timestamp_seconds",)] == 1000.0
    assert samples(file)[("polidex_last_exit_code",)] == 3.0


def test_a_file_that_is_none_of_ours_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "polidex.prom"
    file.write_bytes(b"\xff what {")
    write_metrics(file, replace(ENDED, exit_code=3))
    assert samples(file)[("polidex_running",)] == 0.0


def test_what_is_not_known_is_absent(tmp_path: Path) -> None:
    file = tmp_path / "polidex.prom"
    write_metrics(file, replace(ENDED, cost_usd=None, budget_usd=None))
    assert ("polidex_run_cost_usd",) not in samples(file)


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=r"cannot be written to .*polidex\.prom: (Not a directory|File exists)"):
        write_metrics(tmp_path / "file" / "polidex.prom", ENDED)
