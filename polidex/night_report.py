"""What a night changed: the report that the person on call reads in the morning, as text, as JSON and as a row."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from polidex.answers import one_line
from polidex.drift import Measured
from polidex.night_changes import FACTS, Change, Snapshot, difference, snapshot
from polidex.publish import Store
from polidex.report import RunReport
from schema.vocabulary import Gate

SHOWN = 10
"""Lines of each kind in the text."""
KEPT = 200
"""Entries of each list in the JSON and in the row; their number is told beside it."""
_CHARS = 160

_WORDS = {
    0: "ok",
    1: "error",
    3: "some documents failed",
    4: "budget spent",
    6: "held back",
    130: "stopped",
}


@dataclass(frozen=True)
class NightReport:
    """What a run did to the database, and what it cost. Lists hold at most `KEPT` lines.

    Attributes:
        facts: of each table of `FACTS` that is not as before, how many rows are `added`, `changed` and `withdrawn`.
        changed, withdrawn: which facts, in words.
        conflicts_new, conflicts_gone: fields of which sources differ now and did not before, and the other way round.
        quarantine: how many drafts or values are refused now, by reason; `quarantine_new` is how many more.
        documents: `read`, `new`, `changed` (known, with another text), `unchanged`, `failed`, `vanished`.
        failed: the documents that failed, with the reason; vanished: those that are gone.
        rows: what the loads wrote, by table.
        drift: what came of comparing this run with earlier ones, in words.
        budget_usd: the most that the run might cost; budget_left_usd is what is left of it, or of the month if less.
        seconds: by a clock that nobody can set.
    """

    run_id: str
    exit_code: int
    model: str
    documents: Mapping[str, int]
    facts: Mapping[str, Mapping[str, int]]
    changed: Sequence[str]
    withdrawn: Sequence[str]
    conflicts: Mapping[str, int]
    conflicts_new: Sequence[str]
    conflicts_gone: Sequence[str]
    quarantine: Mapping[str, int]
    quarantine_new: Mapping[str, int]
    failed: Mapping[str, str]
    vanished: Sequence[str]
    rows: Mapping[str, Mapping[str, int]]
    calls: int
    tokens_in: int
    tokens_in_cached: int
    tokens_out: int
    cost_usd: float | None
    budget_usd: float | None
    budget_left_usd: float | None
    seconds: float
    gate: Gate
    drift: str
    measured: Measured = field(default_factory=Measured)
    exit_reason: str | None = None

    @classmethod
    def make(
        cls,
        store: Store,
        before: Snapshot | None,
        report: RunReport,
        *,
        exit_code: int,
        model: str,
        seconds: float,
        budget_usd: float | None = None,
        budget_left_usd: float | None = None,
        gate: Gate = Gate.UNJUDGED,
        drift: str = "",
        measured: Measured | None = None,
        exit_reason: str | None = None,
    ) -> Self:
        """Compare the database with how it was, and put what the run did beside it.

        Args:
            before: `snapshot(store)`, taken before the first document was loaded; None where nothing was loaded.
            exit_code: what the command will end with.
            seconds: how long it took, measured with `time.monotonic()`.
            gate, drift: of the `Verdict`; `drift` is in words.

        Raises:
            DatabaseError: the database cannot be read.
        """
        now = snapshot(store) if before else None
        facts, conflicts, vanished = _compared(before, now)
        new_documents = now.documents - before.documents if before and now else 0
        new_versions = now.versions - before.versions if before and now else 0
        reasons = {**before.quarantine, **now.quarantine} if before and now else {}
        more = {reason: _in(now, reason) - _in(before, reason) for reason in sorted(reasons)}
        used = report.usage
        return cls(
            run_id=report.run_id,
            exit_code=exit_code,
            model=model,
            documents={
                "read": report.documents,
                "new": new_documents,
                "changed": new_versions - new_documents,
                "unchanged": report.unchanged,
                "failed": len(report.failed),
                "vanished": vanished.added,
            },
            facts={
                table: {name: getattr(change, name) for name in ("added", "changed", "withdrawn")}
                for table, change in facts.items()
                if change.added or change.changed or change.withdrawn
            },
            changed=_facts_in_words(store, facts, "changed"),
            withdrawn=_facts_in_words(store, facts, "withdrawn"),
            conflicts={"new": conflicts.added, "gone": conflicts.withdrawn},
            conflicts_new=_conflicts_in_words(store, conflicts.first.get("added", ())),
            conflicts_gone=_conflicts_in_words(store, conflicts.first.get("withdrawn", ())),
            quarantine=dict(sorted(now.quarantine.items())) if now else {},
            quarantine_new={reason: number for reason, number in more.items() if number},
            failed={_short(name): _short(why) for name, why in itertools.islice(report.failed.items(), KEPT)},
            vanished=[*_names(store, vanished.first.get("added", ())).values()],
            rows={table: asdict(counts) for table, counts in sorted(report.rows.items())},
            calls=used.requests,
            tokens_in=used.tokens_in,
            tokens_in_cached=used.tokens_in_cached,
            tokens_out=used.tokens_out,
            cost_usd=used.cost_usd,
            budget_usd=budget_usd,
            budget_left_usd=budget_left_usd,
            seconds=round(seconds, 3),
            gate=gate,
            drift=drift,
            measured=measured or Measured(),
            exit_reason=exit_reason,
        )

    @property
    def headline(self) -> str:
        """How it went, in one line."""
        documents = self.documents
        told = [
            f"{documents['read']:,} documents",
            f"{self._facts('added'):,} facts added",
            f"{self._facts('changed'):,} changed",
            f"{self._facts('withdrawn'):,} withdrawn",
            f"{self.conflicts['new']:,} conflicts new",
        ]
        spent = "" if self.cost_usd is None else f"{self.cost_usd:.2f} USD"
        if self.budget_usd is not None:
            spent = f"{self.cost_usd or 0:.2f} USD of {self.budget_usd:.2f}"
        failed = f"{documents['failed']:,} failed" if documents["failed"] else ""
        why = _short(self.exit_reason or (self.drift if self.gate is Gate.HELD else ""))
        how = _WORDS.get(self.exit_code, f"ended with {self.exit_code}")
        return "; ".join([f"{how}: {', '.join(told)}", *filter(None, (spent, failed, why))])

    def as_text(self) -> str:
        """The headline, then what a person may want to look at: a line each, at most `SHOWN` of a kind."""
        documents = self.documents
        lines = [
            self.headline,
            f"Documents: {', '.join(f'{number:,} {name}' for name, number in documents.items())}.",
            *(
                f"  {table}: {', '.join(f'{number:,} {name}' for name, number in changes.items())}"
                for table, changes in self.facts.items()
            ),
            *_listed("Changed", self.changed, self._facts("changed")),
            *_listed("Withdrawn", self.withdrawn, self._facts("withdrawn")),
            *_listed("Conflicts new", self.conflicts_new, self.conflicts["new"]),
            *_listed("Conflicts gone", self.conflicts_gone, self.conflicts["gone"]),
        ]
        if self.quarantine:
            told = (
                f"{number:,} {reason}{f' ({more:+,})' if (more := self.quarantine_new.get(reason, 0)) else ''}"
                for reason, number in self.quarantine.items()
            )
            lines.append(f"Quarantine: {', '.join(told)}.")
        lines += _listed("Vanished", self.vanished, documents["vanished"])
        lines += _listed("Failed", [f"{name}: {why}" for name, why in self.failed.items()], documents["failed"])
        cost = "no price known" if self.cost_usd is None else f"{self.cost_usd:.4f} USD"
        left = "" if self.budget_left_usd is None else f", {self.budget_left_usd:.2f} USD left"
        lines.append(
            f"Model {self.model}: {self.calls:,} calls, {self.tokens_in:,} tokens in ({self.tokens_in_cached:,} "
            f"cached), {self.tokens_out:,} out; {cost}{left}; {self.seconds:,.0f} s."
        )
        if self.drift:
            lines.append(f"Drift: {self.drift}.")
        return "\n".join(map(one_line, lines))

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON takes it."""
        return {"headline": self.headline, **asdict(self)}

    def save(self, store: Store) -> None:
        """Store the report as a row of `night_report`; its run has a row already.

        Raises:
            DatabaseError: the database cannot be written.
        """
        documents, measured = self.documents, self.measured
        with store.transaction():
            [following] = store.rows("night/next_number")
            row = {
                "run_id": self.run_id,
                "number": following["number"],
                "headline": self.headline,
                "exit_code": self.exit_code,
                "model": self.model,
                "gate": str(self.gate),
                "documents": documents["read"],
                **{f"documents_{name}": number for name, number in documents.items() if name != "read"},
                **{f"facts_{name}": self._facts(name) for name in ("added", "changed", "withdrawn")},
                "conflicts_new": self.conflicts["new"],
                "conflicts_gone": self.conflicts["gone"],
                "quarantine_new": sum(self.quarantine_new.values()),
                "calls": self.calls,
                "cost_usd": self.cost_usd,
                "budget_usd": self.budget_usd,
                "budget_left_usd": self.budget_left_usd,
                "seconds": self.seconds,
                "measured_documents": measured.documents,
                "drafts": measured.drafts,
                "drafts_grounded": measured.grounded,
                "records": json.dumps(measured.records, sort_keys=True),
                "report": json.dumps(self.as_dict(), ensure_ascii=False),
            }
            store.load({"night_report": [row]})

    def _facts(self, change: str) -> int:
        return sum(changes[change] for changes in self.facts.values())


def _compared(before: Snapshot | None, now: Snapshot | None) -> tuple[dict[str, Change], Change, Change]:
    if not before or not now:
        return {}, Change(), Change()
    facts = {table: difference(before.facts[table], now.facts[table], shown=KEPT) for table in FACTS}
    conflicts = difference(before.conflicts, now.conflicts, shown=KEPT)
    return facts, conflicts, difference(before.vanished, now.vanished, shown=KEPT)


def _in(there: Snapshot | None, reason: str) -> int:
    return there.quarantine.get(reason, 0) if there else 0


def _facts_in_words(store: Store, facts: Mapping[str, Change], kind: str) -> list[str]:
    keys = [(table, key) for table, change in facts.items() for key in change.first.get(kind, ())][:KEPT]
    named = _names(store, [key for _, key in keys])
    if kind == "withdrawn":
        # The row is gone; what was claimed of it is kept as history.
        named = _names(store, [key for _, key in keys], "withdrawn")
    return [_short(f"{table} {named.get(key, '')} ({key})".replace("  ", " ")) for table, key in keys]


def _conflicts_in_words(store: Store, keys: Iterable[str]) -> list[str]:
    """`tenure Ada Moro, prime minister: start 1999-10 (2 sources) or 2001 (1 source)`, as far as it is still there."""
    fields = [tuple(key.split("\x1f")) for key in keys]
    given = store.rows("night/disputed", ids=sorted({row_id for row_id, _, _ in fields}))
    values: dict[tuple[str, ...], list[str]] = {}
    named = _names(store, sorted({each["row_id"] for each in given} | {each["value"] for each in given}))
    named |= _names(store, sorted({row_id for row_id, _, _ in fields} - set(named)))
    for each in given:
        sources = f"{each['sources']} source{'s' if each['sources'] != 1 else ''}"
        value = f"{_short(named.get(each['value'], each['value']))} ({sources})"
        values.setdefault((each["row_id"], each["field"], each["part"]), []).append(value)
    return [
        _short(f"{named.get(row_id, row_id)}: {field_} {part}".rstrip())
        + (f" {' or '.join(found[:4])}" if (found := values.get((row_id, field_, part))) else "")
        for row_id, field_, part in fields
    ]


def _names(store: Store, ids: Sequence[str], query: str = "names") -> dict[str, str]:
    return {row["id"]: _short(row["name"]) for row in store.rows(f"night/{query}", ids=list(ids))}


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _CHARS else f"{line[: _CHARS - 1]}…"


def _listed(title: str, lines: Sequence[str], number: int) -> Iterator[str]:
    if not lines:
        return
    yield f"{title}:"
    yield from (f"  {line}" for line in lines[:SHOWN])
    if number > SHOWN:
        yield f"  and {number - SHOWN:,} more"
