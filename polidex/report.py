"""What a run did, for the person who started it and for the row of the run."""

from __future__ import annotations

import os
import socket
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from polidex.answers import one_line
from polidex.changes import Made
from polidex.drafts import Extraction
from polidex.load import Counts
from polidex.recording import Resolved
from schema import stable_id
from schema.errors import OverBudget, PolidexError, ProviderDown
from schema.usage import Usage


@dataclass
class RunReport:
    """What a run did. `failed` maps a source to what went wrong with it."""

    run_id: str
    started_at: datetime
    documents: int = 0
    unchanged: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    records: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    rows: dict[str, Counts] = field(default_factory=dict)
    skipped_files: int = 0
    waiting: int = 0
    """Documents that were not read for what stopped it, or wait for a batch; what came of them is kept."""
    stopped: OverBudget | ProviderDown | None = None
    command: str = "run"

    @property
    def stopped_by(self) -> str | None:
        """Why it ended before all was done, or what of it failed; None when nothing did."""
        return str(self.stopped) if self.stopped else "some documents failed" if self.failed else None

    @property
    def exit_code(self) -> int:
        """0 when all went well, 3 when some documents failed, 4 when the budget ended it."""
        if isinstance(self.stopped, OverBudget):
            return self.stopped.exit_code
        return SOME_FAILED if self.failed or self.stopped else 0

    def spent(self, fresh: Iterable[Extraction]) -> None:
        """Count what the model took, whatever comes of its replies."""
        for extraction in fresh:
            self.usage += extraction.usage

    def loaded(self, written: Mapping[str, Counts]) -> None:
        """Count the rows of some documents that were loaded together."""
        for table, new in written.items():
            self.rows[table] = self.rows.get(table, Counts()) + new

    def add(self, uri: str, fresh: Sequence[Extraction], made: Made, *, changed: bool) -> list[str]:
        """Count a document that was loaded; gives the lines that tell of it.

        Args:
            changed: whether the load in which it was changed any row.
        """
        resolved, refused = made.resolution.resolved, made.refused
        self.documents += 1
        self.unchanged += not fresh and not changed
        failures = sorted({part.error for extraction in fresh for part in extraction.failed})
        if failures:
            self.failed[uri] = f"the model's replies: {', '.join(failures)} (polidex query what_was_refused)"
        records = Counter(str(each.record_type) for each in resolved)
        self.records += records
        self.refused += len(refused)
        if not fresh:
            return []
        told = [f"failed: {self.failed[uri]}"] if failures else []
        told.append(f"{_in_words(records)}; {len(refused)} refused")
        return told + [f"{each.record_type}: {_line(each)}" for each in resolved if str(each.record_type) in _SHOWN]

    def include(self, other: RunReport) -> None:
        """Count what was done elsewhere for this run."""
        self.documents += other.documents
        self.unchanged += other.unchanged
        self.failed.update(other.failed)
        self.usage += other.usage
        self.records += other.records
        self.refused += other.refused
        self.loaded(other.rows)

    def as_dict(self) -> dict[str, object]:
        """The report as JSON takes it."""
        # Before Python 3.12, asdict makes a Counter of pairs out of a Counter.
        return {**asdict(self), "records": dict(self.records), "stopped": self.stopped_by}

    def summary(self) -> str:
        """The end of a run in a few lines."""
        total = {name: sum(getattr(counts, name) for counts in self.rows.values()) for name in asdict(Counts())}
        used = self.usage
        seconds = (datetime.now(UTC) - self.started_at).total_seconds()
        cost = f", {used.cost_usd:.4f} USD" if used.cost_usd is not None else ""
        lines = [
            f"{self.documents} documents in {seconds:.0f} s, {self.unchanged} of them unchanged: "
            f"{_in_words(self.records)}; {self.refused} drafts or values refused (polidex query quarantine_summary).",
            f"Rows: {', '.join(f'{number} {name}' for name, number in total.items())}.",
            f"Model: {used.requests} requests, {used.tokens_in} tokens in, {used.tokens_in_cached} of them from its "
            f"prefix cache, {used.tokens_out} out{cost}.",
        ]
        if self.waiting:
            why = self.stopped_by if self.stopped else "Questions about them are in a batch."
            lines.append(f"{self.waiting} documents wait for the next run. {why}")
        if self.skipped_files:
            lines.append(f"{self.skipped_files} files of other kinds were left out.")
        return "\n".join([*lines, *(one_line(f"FAILED {name}: {why}") for name, why in self.failed.items())])


SOME_FAILED = 3
"""The exit code of a run in which some documents failed."""

_SHOWN = ("tenure", "election")


def new_report(skipped_files: int) -> RunReport:
    """The empty report of a run that starts now; its key is like no other's."""
    started_at = datetime.now(UTC)
    key = stable_id("run", socket.gethostname(), str(os.getpid()), started_at.isoformat())
    return RunReport(key, started_at, skipped_files=skipped_files)


def reason(error: BaseException) -> str:
    """Why something ended, in one line. Only our own messages are told: another's may carry a key or an article."""
    if isinstance(error, PolidexError):
        return f"{error} {error.hint}".strip()
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}"
    return f"an error inside Polidex ({type(error).__name__})"


def _in_words(records: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in sorted(records.items())) or "nothing found"


def _line(each: Resolved) -> str:
    names = ("person_id", "office_id", "start", "end", "type", "date", "result.person_id")
    facts = [each.facts[name] for name in names if name in each.facts]
    return ", ".join(fact.original or fact.value for fact in facts)
