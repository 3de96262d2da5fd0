"""Lets a run be watched while it works: signs of life beside the database and for Prometheus, logs, and its span."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from polidex import logs
from polidex.database import duckdb_file, parse_url
from polidex.metrics import Metrics, write_metrics
from polidex.night_report import NightReport
from polidex.report import RunReport, reason
from polidex.settings import Settings
from polidex.status import RunState, clear_status, write_status
from polidex.tracing import Tracing, span
from schema.errors import PolidexError

log = logging.getLogger(__name__)

BEAT_SECONDS = 15.0
INTERRUPTED = 130


@dataclass
class Watched:
    """A run that is watched.

    Attributes:
        documents: how many it will read, once that is known.
        night: what it changed, where a report of that is made.
        exit_code: what the command will end with, where the run itself says so; else what its report or its error says.
    """

    report: RunReport
    settings: Settings
    command: str = "run"
    documents: int | None = None
    night: NightReport | None = None
    exit_code: int | None = None
    _began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long it has worked, by a clock that nobody can set."""
        return time.monotonic() - self._began

    def beat(self) -> None:
        """Give a sign of life. Where it cannot be written the run goes on: it is watched less, and says so."""
        report, used = self.report, self.report.usage
        state = RunState(
            run_id=report.run_id,
            host=socket.gethostname(),
            pid=os.getpid(),
            heartbeat=time.time(),
            seconds=self.seconds,
            documents=self.documents,
            done=report.documents,
            failed=len(report.failed),
            calls=used.requests,
            cost_usd=used.cost_usd,
            budget_usd=self.settings.budget.run_usd,
            command=self.command,
        )
        try:
            write_status(self.settings.database, state)
            self._tell(running=True, exit_code=None)
        except (OSError, PolidexError) as error:
            log.warning("no sign of life could be written: %s", reason(error))

    def end(self, exit_code: int, why: str | None) -> None:
        """Say that it ended, and how."""
        used = self.report.usage
        try:
            clear_status(self.settings.database)
            self._tell(running=False, exit_code=exit_code)
        except (OSError, PolidexError) as error:
            log.warning("the end could not be written: %s", reason(error))
        logs.event(
            "run_ended",
            exit_code=exit_code,
            documents=self.report.documents,
            failed=len(self.report.failed),
            calls=used.requests,
            tokens_in=used.tokens_in,
            tokens_in_cached=used.tokens_in_cached,
            tokens_out=used.tokens_out,
            cost_usd=used.cost_usd,
            seconds=round(self.seconds, 3),
            headline=self.night.headline if self.night else None,
            reason=why,
        )

    def _tell(self, *, running: bool, exit_code: int | None) -> None:
        file, report, used, night = self.settings.watch.textfile, self.report, self.report.usage, self.night
        if not file:
            return
        documents = {"read": report.documents, "unchanged": report.unchanged, "failed": len(report.failed)}
        changes = night.facts.values() if night else ()
        facts = {name: sum(each[name] for each in changes) for name in ("added", "changed", "withdrawn")}
        write_metrics(
            file,
            Metrics(
                database=_name(self.settings.database),
                running=running,
                heartbeat=time.time(),
                exit_code=exit_code,
                seconds=self.seconds,
                documents=dict(night.documents) if night else documents,
                calls=used.requests,
                tokens_in=used.tokens_in,
                tokens_out=used.tokens_out,
                cost_usd=used.cost_usd,
                budget_usd=self.settings.budget.run_usd,
                facts=facts if night else {},
                conflicts=night.conflicts if night else {},
                quarantine=night.quarantine if night else {},
            ),
        )


@asynccontextmanager
async def watched(report: RunReport, settings: Settings, *, command: str = "run") -> AsyncIterator[Watched]:
    """Let a run be watched for as long as the block lasts; logs go where `logs.start` says.

    Raises:
        UsageError: spans are to be sent, and the packages for that are not installed.
    """
    watch = Watched(report, settings, command)
    logs.bind(run_id=report.run_id)
    with Tracing(), span("run", run_id=report.run_id, model=settings.model, command=command) as opened:
        logs.event("run_started", model=settings.model, budget_usd=settings.budget.run_usd)
        watch.beat()
        alive = asyncio.create_task(_stay_alive(watch))
        code, why = 0, None
        try:
            yield watch
            code = report.exit_code if watch.exit_code is None else watch.exit_code
        except (asyncio.CancelledError, KeyboardInterrupt):
            code, why = INTERRUPTED, "stopped by the user"
            raise
        except BaseException as raised:
            error: BaseException = raised
            while isinstance(error, BaseExceptionGroup):
                # Of tasks beside each other the first error stands for all.
                error = error.exceptions[0]
            code, why = error.exit_code if isinstance(error, PolidexError) else 1, reason(error)
            raise
        finally:
            alive.cancel()
            await asyncio.gather(alive, return_exceptions=True)
            used = report.usage
            opened.add(
                exit_code=code,
                documents=report.documents,
                tokens_in=used.tokens_in,
                tokens_out=used.tokens_out,
                cost_usd=used.cost_usd,
            )
            watch.end(code, why)


async def _stay_alive(watch: Watched) -> None:
    while True:
        await asyncio.sleep(BEAT_SECONDS)
        await asyncio.to_thread(watch.beat)


def _name(url: str) -> str:
    """The database as a label: no address, no login."""
    parsed = parse_url(url)
    file = duckdb_file(parsed)
    return file.stem if file else Path(str(parsed.database)).name
