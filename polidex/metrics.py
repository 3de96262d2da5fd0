"""Numbers of a run for Prometheus: a file that the textfile collector of node_exporter reads."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile
from prometheus_client.parser import text_string_to_metric_families

from schema.errors import SettingsError

_LAST_SUCCESS = "polidex_last_success_timestamp_seconds"


@dataclass(frozen=True)
class Metrics:
    """What is told of a run. Numbers of dollars and seconds are what they say; moments are seconds since 1970.

    Attributes:
        database: its name, as the label that keeps several databases on one machine apart.
        running: whether it still works; the rest is how it stands then.
        exit_code: None while it runs.
        documents: by what became of them: `read`, `unchanged`, `failed`, ...
        facts: what a night changed: `added`, `changed`, `withdrawn`; conflicts: `new`, `gone`.
        quarantine: how many drafts or values are refused, by reason.
        heartbeat: when this was told.
    """

    database: str
    running: bool
    heartbeat: float
    exit_code: int | None = None
    seconds: float = 0.0
    documents: Mapping[str, int] = field(default_factory=dict)
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float | None = None
    budget_usd: float | None = None
    facts: Mapping[str, int] = field(default_factory=dict)
    conflicts: Mapping[str, int] = field(default_factory=dict)
    quarantine: Mapping[str, int] = field(default_factory=dict)


def write_metrics(path: Path, metrics: Metrics) -> None:
    """Replace the file; who reads it meanwhile sees the old one or the new one whole.

    The time of the last success is kept from the file that is there, unless this run ended with 0: an alert on it needs
    no other memory.

    Raises:
        SettingsError: the file cannot be written.
    """
    registry = CollectorRegistry()

    def tell(name: str, meaning: str, value: float | None) -> None:
        if value is not None:
            Gauge(name, meaning, ["database"], registry=registry).labels(metrics.database).set(value)

    def tell_by(label: str, name: str, meaning: str, values: Mapping[str, int]) -> None:
        gauge = Gauge(name, meaning, ["database", label], registry=registry)
        for key, value in sorted(values.items()):
            gauge.labels(metrics.database, key).set(value)

    success = metrics.heartbeat if metrics.exit_code == 0 else _last_success(path, metrics.database)
    tell(_LAST_SUCCESS, "When a run last ended with 0.", success)
    tell("polidex_heartbeat_timestamp_seconds", "When a run last showed that it was alive.", metrics.heartbeat)
    tell("polidex_running", "Whether a run works now: 1 or 0.", int(metrics.running))
    tell("polidex_last_exit_code", "What the last run ended with; absent while it runs.", metrics.exit_code)
    tell("polidex_run_duration_seconds", "How long the run took, so far if it runs.", metrics.seconds)
    tell("polidex_run_calls", "Requests that it sent to models.", metrics.calls)
    tell("polidex_run_tokens_in", "Tokens that it sent.", metrics.tokens_in)
    tell("polidex_run_tokens_out", "Tokens that models wrote for it.", metrics.tokens_out)
    tell("polidex_run_cost_usd", "What models cost, in US dollars; absent without a price.", metrics.cost_usd)
    tell("polidex_run_budget_usd", "The most that the run may cost, in US dollars.", metrics.budget_usd)
    tell_by("outcome", "polidex_run_documents", "Documents by what became of them.", metrics.documents)
    tell_by("change", "polidex_run_facts", "Rows for analysts that are not as before.", metrics.facts)
    tell_by("change", "polidex_run_conflicts", "Fields of which sources differ, or no longer do.", metrics.conflicts)
    tell_by("reason", "polidex_quarantine", "Refused drafts or values.", metrics.quarantine)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_to_textfile(str(path), registry)
    except OSError as error:
        raise SettingsError(
            f"The metrics cannot be written to {path}: {os.strerror(error.errno or 0)}.",
            hint="watch.textfile is a file NAME.prom in a folder that may be written to.",
        ) from None


def _last_success(path: Path, database: str) -> float | None:
    """What the file that is there says; None if it says nothing, or is no such file."""
    try:
        families = list(text_string_to_metric_families(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None
    samples = (sample for family in families for sample in family.samples)
    return next(
        (each.value for each in samples if each.name == _LAST_SUCCESS and each.labels.get("database") == database), None
    )
