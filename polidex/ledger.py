"""What a run writes down about itself: that it started, that it is alive, what it has spent, and how it ended."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as version_of

from polidex.budget import Budget, month_began
from polidex.journal import Journal
from polidex.patience import SECONDS
from polidex.report import RunReport, reason
from polidex.settings import Settings
from polidex.watching import Watched, watched
from polidex.writer import Writer
from schema.vocabulary import RunStatus

_HEARTBEAT_SECONDS = 15.0


@dataclass(frozen=True)
class Ledger:
    """The row of one run, what it may spend, and how it is watched."""

    report: RunReport
    settings: Settings
    writer: Writer
    journal: Journal
    budget: Budget
    watch: Watched

    async def write(self, status: RunStatus = RunStatus.RUNNING, exit_reason: str | None = None) -> None:
        """Write down how the run stands. A run that goes on shows with it that it is alive."""
        row = self._row(status, exit_reason)
        # Who stops a run does not wait for a server that is gone: the next run finds out how this one ended.
        patience = 0.0 if status is RunStatus.INTERRUPTED else SECONDS
        await self.writer.do(lambda store: store.load({"extraction_run": [row]}), patience=patience)

    def _row(self, status: RunStatus, exit_reason: str | None) -> dict[str, object]:
        report, used, now = self.report, self.report.usage, datetime.now(UTC)
        counts = {
            "documents": report.documents,
            "unchanged": report.unchanged,
            "failed": len(report.failed),
            "refused": report.refused,
            "records": dict(report.records),
        }
        return {
            "id": report.run_id,
            "command": f"{report.command} with {self.settings.model}",
            "started_at": report.started_at,
            "heartbeat_at": now,
            "finished_at": None if status is RunStatus.RUNNING else now,
            "status": str(status),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "code_version": version_of("polidex"),
            "counts": json.dumps(counts),
            "tokens_in": used.tokens_in,
            "tokens_in_cached": used.tokens_in_cached,
            "tokens_out": used.tokens_out,
            # Of calls that were paid for and not yet stored the meter knows.
            "cost_usd": max(used.cost_usd or 0.0, self.budget.spent) or used.cost_usd,
            "exit_reason": exit_reason,
            "unsure_usd": self.budget.unsure or None,
        }


@asynccontextmanager
async def run_row(report: RunReport, settings: Settings, writer: Writer, journal: Journal) -> AsyncIterator[Ledger]:
    """Record that a run started, that it is alive, and how it ended; and of those that were killed, that they did."""
    async with watched(report, settings, command=report.command) as watch:
        await _close_gone_runs(writer, journal)
        spent = await writer.do(lambda store: store.rows("run/month", since=month_began(report.started_at)))
        budget = Budget(settings.budget, journal, report.run_id, spent_this_month=spent[0]["usd"])
        ledger = Ledger(report, settings, writer, journal, budget, watch)
        await ledger.write()
        alive = asyncio.create_task(_stay_alive(ledger))
        try:
            yield ledger
        except (asyncio.CancelledError, KeyboardInterrupt):
            await _end(ledger, alive, RunStatus.INTERRUPTED, "stopped by the user")
            raise
        except BaseException as error:
            await _end(ledger, alive, RunStatus.FAILED, reason(error))
            raise
        why = report.stopped_by or ("some documents failed" if report.failed else None)
        await _end(ledger, alive, RunStatus.FINISHED, why)


async def _end(ledger: Ledger, alive: asyncio.Task[None], status: RunStatus, why: str | None) -> None:
    alive.cancel()
    await asyncio.gather(alive, return_exceptions=True)
    await ledger.write(status, why)
    await ledger.journal.close_run(ledger.report.run_id)


async def _stay_alive(ledger: Ledger) -> None:
    while True:
        await asyncio.sleep(_HEARTBEAT_SECONDS)
        await ledger.write()


async def _close_gone_runs(writer: Writer, journal: Journal) -> None:
    """Mark the runs that were killed. Who is here holds the lock of the one writer: no other run is alive."""
    spent = journal.spent()
    gone = await writer.do(lambda store: store.rows("run/running"))
    rows = []
    for each in gone:
        # Its own, and that of the parts of it that others did: their keys begin with its own.
        of_run = [usd for key, usd in spent.items() if key.partition("/")[0] == each["id"]]
        billed, unsure = sum(usd[0] for usd in of_run), sum(usd[1] for usd in of_run)
        cost = max(each["cost_usd"] or 0.0, billed) or each["cost_usd"]
        ended = {"status": str(RunStatus.INTERRUPTED), "exit_reason": "the process was gone"}
        rows.append({**each, **ended, "cost_usd": cost, "unsure_usd": unsure or None})
    if rows:
        await writer.do(lambda store: store.load({"extraction_run": rows}))
    for run_id in spent:
        # Those whose row says how they ended were only not let go of: they were killed just then.
        await journal.close_run(run_id)
