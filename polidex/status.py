"""How it stands, for a person: whether a run works now, how the last ones ended, what waits, what needs somebody."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import time
from typing import Any

from polidex.answers import one_line
from polidex.database import duckdb_file, parse_url, statement
from polidex.query import run_query
from schema.errors import MissingDatabase, QueryError
from schema.vocabulary import Gate, RunStatus

QUIET_SECONDS = 300.0
"""A run on another machine that shows no sign of life for so long is called silent."""
_SHOWN = 10
_CHARS = 160
_RUNS_FOR_GROWTH = 3
_GROWTH = 3.0
"""Quarantine that grows so many times faster than in the median run is told."""


@dataclass(frozen=True)
class RunState:
    """How a run stands, as it says with each sign of life.

    Attributes:
        documents: how many it will read; None while that is not known.
        done: how many it is done with, those that `failed` among them.
        heartbeat: when it said so, in seconds since 1970; `seconds` is how long it has worked, by a clock of its own.
    """

    run_id: str
    host: str
    pid: int
    heartbeat: float
    seconds: float
    documents: int | None = None
    done: int = 0
    failed: int = 0
    calls: int = 0
    cost_usd: float | None = None
    budget_usd: float | None = None
    command: str = ""

    @property
    def is_gone(self) -> bool:
        """Whether its process ended without a word. Of another machine nobody here can tell."""
        return self.host == socket.gethostname() and not is_alive(self.pid)

    def in_words(self, now: float) -> str:
        """One line."""
        of = "" if self.documents is None else f" of {self.documents:,}"
        told = [f"{self.done:,}{of} documents"]
        if self.seconds > 0 and self.done:
            told.append(f"{self.done / self.seconds:.2g} a second")
        if self.failed:
            told.append(f"{self.failed:,} failed")
        if self.cost_usd is not None or self.budget_usd is not None:
            limit = "" if self.budget_usd is None else f" of {self.budget_usd:.2f}"
            told.append(f"{self.cost_usd or 0:.2f} USD{limit}")
        # A clock that was set back makes no sign of life from the future.
        age = max(now - self.heartbeat, 0)
        silent = age > QUIET_SECONDS and self.host != socket.gethostname()
        told.append(f"last sign of life {age:,.0f} s ago{': silent, look there' if silent else ''}")
        return f"{self.command or 'run'} on {self.host} (process {self.pid}): {', '.join(told)}"


@dataclass(frozen=True)
class Status:
    """What `polidex status` tells.

    Attributes:
        running: the run that works now.
        abandoned: runs whose process is gone without a word; the next run goes on from what they committed.
        runs: the last ones, the newest first: rows of the view `nights`.
        waiting: batches that providers have.
        needs: what somebody has to look at, a line each.
    """

    running: RunState | None
    abandoned: Sequence[str]
    runs: Sequence[Mapping[str, Any]]
    waiting: Sequence[Mapping[str, Any]]
    needs: Sequence[str]

    def as_dict(self) -> dict[str, Any]:
        """As JSON takes it; moments are ISO 8601. The report of a run is left out: `polidex query nights` has it."""
        runs = [{name: value for name, value in run.items() if name != "report"} for run in self.runs]
        return {**asdict(self), "runs": runs}

    def as_text(self) -> str:
        """Lines for a person to read."""
        lines = [f"Running: {self.running.in_words(time())}" if self.running else "Nothing runs now."]
        lines += [f"Killed: {each}. The next run goes on from what it committed." for each in self.abandoned]
        lines.append("Last runs:" if self.runs else "There was no run yet.")
        for run in self.runs:
            if self.running and run["run_id"] == self.running.run_id:
                continue
            lines.append(f"  {run['started_at']:%Y-%m-%d %H:%M} UTC  {_ended(run)}")
        for each in self.waiting:
            expires = f", until {each['expires_at']:%Y-%m-%d %H:%M} UTC" if each["expires_at"] else ""
            told = f"{each['requests']:,} questions in {each['batches']} batches"
            lines.append(f"Waits: {told} at {each['provider']}{expires}")
        lines.append("Needs somebody:" if self.needs else "Nothing needs anybody.")
        lines += [f"  {need}" for need in self.needs]
        return "\n".join(map(one_line, lines))


def status(url: str) -> Status:
    """How it stands with a database and its runs. Readers and writers are not disturbed.

    Raises:
        DatabaseError: the database cannot be read.
    """
    state = read_status(url)
    try:
        runs = run_query(url, statement("status/nights")).to_pylist()
    except MissingDatabase:
        # A first run works on a file that readers do not have yet.
        if not state:
            raise
        runs = []
    where = {each["run_id"]: each for each in _asked(url, "running")}
    still = [each for each in runs if each["status"] == RunStatus.RUNNING]
    states = {each["run_id"]: _state(each | where.get(each["run_id"], {})) for each in still}
    if state and state.run_id not in {each["run_id"] for each in runs if each["status"] != RunStatus.RUNNING}:
        states[state.run_id] = state
    gone = [each for each in states.values() if each.is_gone]
    alive = [each for each in states.values() if not each.is_gone]
    # Only one run can write: of several that say so, the one that said it last.
    running = max(alive, key=lambda each: each.heartbeat, default=None)
    abandoned = [f"{each.run_id} on {each.host} (process {each.pid})" for each in gone]
    return Status(running, abandoned, runs, _asked(url, "batches"), [*_needs(runs)])


def write_status(url: str, state: RunState) -> None:
    """Leave beside a DuckDB file how the run stands: its readers do not see the run's rows before they are published.

    `FILE.status` is replaced whole. On Postgres nothing is written: everybody sees the row of the run.

    Raises:
        OSError: it cannot be written; a run goes on all the same.
    """
    file = _file(url)
    if not file:
        return
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_text(json.dumps(asdict(state)), encoding="utf-8")
    part.replace(file)


def read_status(url: str) -> RunState | None:
    """What `write_status` left; None where there is nothing, or nothing that can be read."""
    file = _file(url)
    try:
        return RunState(**json.loads(file.read_text(encoding="utf-8"))) if file else None
    except (OSError, ValueError, TypeError):
        return None


def clear_status(url: str) -> None:
    """Take away what `write_status` left: the run has ended, and its rows say how."""
    if file := _file(url):
        file.unlink(missing_ok=True)


def is_alive(pid: int) -> bool:
    """Whether a process of this machine lives."""
    if pid <= 0:
        return False
    if os.name != "posix":
        # Elsewhere there is no signal that only asks.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _file(url: str) -> Path | None:
    database = duckdb_file(parse_url(url))
    return database.resolve().with_name(f"{database.resolve().name}.status") if database else None


def _state(run: Mapping[str, Any]) -> RunState:
    beat = run["heartbeat_at"] or run["started_at"]
    seconds = (beat - run["started_at"]).total_seconds()
    return RunState(
        run["run_id"],
        run.get("host") or "an unknown machine",
        run.get("pid") or 0,
        beat.timestamp(),
        seconds,
        done=run["documents"] or 0,
        cost_usd=run["cost_usd"],
        command=run.get("command") or "run",
    )


def _ended(run: Mapping[str, Any]) -> str:
    if run["headline"]:
        return str(run["headline"])
    cost = "" if run["cost_usd"] is None else f"; {run['cost_usd']:.2f} USD"
    why = f": {run['exit_reason']}" if run["exit_reason"] else ""
    return f"{run['status']}{cost}{why}"


def _asked(url: str, name: str) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = run_query(url, statement(f"status/{name}")).to_pylist()
    except (QueryError, MissingDatabase):
        # Analysts may not see it, and what is not there has none.
        return []
    return found


def _needs(runs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    ended = [each for each in runs if each["status"] != RunStatus.RUNNING]
    if not ended:
        return
    last = ended[0]
    if last["status"] == RunStatus.FAILED:
        yield _short(f"The last run ended with an error: {last['exit_reason']}")
    if last["gate"] == Gate.HELD:
        yield _short(f"Nothing of the last run was loaded: {_report(last).get('drift', '')}")
    failed = _report(last).get("failed", {})
    for name, why in [*failed.items()][:_SHOWN]:
        yield _short(f"failed: {name}: {why}")
    if (more := (last["documents_failed"] or 0) - min(len(failed), _SHOWN)) > 0:
        yield f"{more:,} more failed"
    rates = [each["quarantine_new"] / each["documents"] for each in ended if each["documents"]]
    if last["documents"] and len(rates) > _RUNS_FOR_GROWTH:
        usual = median(rates[1:])
        if last["quarantine_new"] > _GROWTH * max(usual, 1 / last["documents"]) * last["documents"]:
            yield (
                f"{last['quarantine_new']:,} more drafts were refused in the last run, {rates[0]:.2g} a document "
                f"instead of {usual:.2g} (polidex query quarantine_summary)"
            )


def _report(run: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run["report"] or "{}")
    return found


def _short(text: str) -> str:
    return text if len(text) <= _CHARS else f"{text[: _CHARS - 1]}…"
