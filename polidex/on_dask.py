"""Many machines: a Dask cluster reads texts in chunks, and each worker writes what it read to Postgres by itself.

The night stays on the machine that started it: it holds the lock of the one writer, polls the sources, records the
texts, and leases parts of the budget. A worker takes the keys of some texts and does with them what the night would do
here. What of a chunk is done already costs nothing, so that it may be given out again when its worker is lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from typing import Any

from polidex.asking import OnDemand
from polidex.budget import Budget, Lease
from polidex.database import duckdb_file, parse_url
from polidex.drift import Measured
from polidex.intake import Text, stored_texts
from polidex.journal import Journal
from polidex.ledger import Ledger
from polidex.progress import RunProgress
from polidex.publish import Store, open_store
from polidex.report import RunReport, reason
from polidex.run import Flow, Held, one_error
from polidex.settings import Budget as Bounds
from polidex.settings import Settings
from polidex.watching import Watched
from polidex.writer import Writer
from schema.errors import MissingPackage, ModelError, OverBudget, ProviderDown, UsageError

CHUNK = 16
"""Texts that a worker is given at once."""
_BEYOND = 1
"""Chunks for each thread of the cluster that lie ready beyond the one that it works on."""


@dataclass(frozen=True)
class Chunk:
    """What a worker is to do: some texts of a run, how fast, and with what money."""

    id: str
    settings: Settings
    extractors: frozenset[str]
    version_ids: tuple[str, ...]
    run_id: str
    hold: bool
    lease_usd: float | None


@dataclass(frozen=True)
class Done:
    """What came of a chunk; `error` is what stopped it before all of it was done."""

    report: RunReport
    measured: Measured
    held: tuple[str, ...]
    spent: float
    unsure: float
    error: ModelError | None


def work(chunk: Chunk) -> Done:
    """Read some stored texts and load what they say. It runs on a worker, which reaches the database and the model."""
    return asyncio.run(_work(chunk))


async def _work(chunk: Chunk) -> Done:
    settings = chunk.settings
    report = RunReport(chunk.run_id, datetime.now(UTC), command="chunk")
    with (
        open_store(settings.database, alongside=True) as store,
        Writer(store) as writer,
        Journal(settings.database) as journal,
    ):
        # What an earlier attempt spent whose worker was lost is spent.
        before = sum(journal.spent().get(chunk.id, (0.0, 0.0)))
        budget = Budget(Bounds(run_usd=chunk.lease_usd), journal, chunk.id, spent_before=before)
        ledger = Ledger(report, settings, writer, journal, budget, Watched(report, settings))
        async with one_error(), OnDemand(settings, ledger) as model:
            flow = Flow(ledger, model, RunProgress(quiet=True), hold=chunk.hold)
            texts = await writer.do(lambda store: stored_texts(store, chunk.version_ids, settings, chunk.extractors))
            await flow.through(_each(texts), raises=False)
            # Without what it was raised from, which does not travel.
            error = type(model.stopped)(str(model.stopped)) if model.stopped else None
    return Done(replace(report, stopped=None), flow.measured, tuple(each.version_id for each in flow.held),
                budget.spent, budget.unsure, error)  # fmt: skip


async def _each(texts: Sequence[Text]) -> AsyncIterator[Text]:
    for text in texts:
        yield text


class Cluster:
    """A Dask cluster at an address.

    Args:
        address: `dask://host:port`, or as Dask writes it.
    """

    def __init__(self, address: str, ledger: Ledger, extractors: frozenset[str]) -> None:
        if duckdb_file(parse_url(ledger.settings.database)):
            raise UsageError(
                "Workers on other machines write to Postgres, and this database is a DuckDB file.",
                hint="Give --database postgresql+psycopg://…, or leave --executor out.",
            )
        self._address = address.replace("dask://", "tcp://", 1)
        self._ledger, self._extractors = ledger, extractors
        self._given = 0
        self._room = asyncio.Semaphore(1)
        self._stopped: ModelError | None = None

    async def through(self, texts: AsyncIterator[Text], flow: Flow) -> None:
        """Have texts read by the cluster; what comes of them is counted as if the flow had taken them.

        Raises:
            UsageError: the cluster cannot be reached, or has no workers.
            ModelError: the model can answer nothing at all. What was loaded stays.
        """
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            message = "The package for Dask is not installed."
            raise MissingPackage(message, hint="Install the extra: pip install 'polidex[dask]'.") from None
        try:
            client = await distributed.Client(self._address, asynchronous=True, timeout=10)
        except (OSError, ValueError) as error:
            raise UsageError(f"No Dask scheduler answers at {self._address}.") from error
        async with client:
            threads = sum((await client.nthreads()).values())
            if not threads:
                raise UsageError(f"The Dask scheduler at {self._address} has no workers.")
            self._room = asyncio.Semaphore(threads * (1 + _BEYOND))
            async with asyncio.TaskGroup() as group:
                some: list[Text] = []
                async for text in texts:
                    if text.done:
                        flow.unchanged(text)
                        continue
                    some.append(text)
                    if len(some) == CHUNK:
                        await self._room.acquire()
                        group.create_task(self._chunk(client, threads, some, flow))
                        some = []
                if some:
                    await self._room.acquire()
                    group.create_task(self._chunk(client, threads, some, flow))
        self._end(flow)

    def _end(self, flow: Flow) -> None:
        if isinstance(self._stopped, OverBudget | ProviderDown):
            flow.report.stopped = self._stopped
        elif self._stopped:
            raise self._stopped

    async def _chunk(self, client: Any, threads: int, texts: list[Text], flow: Flow) -> None:
        """Give out some texts and count what comes of them; once more where the lease was too small, not the budget."""
        budget = self._ledger.budget
        for shares in (threads * (1 + _BEYOND), 1):
            if not texts or self._stopped:
                break
            lease = await budget.lease(shares)
            self._given += 1
            chunk = self._of(texts, threads, flow, lease)
            given: Awaitable[Done] = client.submit(work, chunk, key=f"polidex-{chunk.id}", pure=False, retries=2)
            # Whatever a worker raised is its answer.
            done = (await asyncio.gather(given, return_exceptions=True))[0]
            if isinstance(done, BaseException):
                # What it had spent nobody knows here.
                await budget.returned(lease, 0.0, lease.usd if lease else 0.0)
                self._lost(done, texts, flow)
                texts = []
                break
            await budget.returned(lease, done.spent, done.unsure)
            await self._count(done, texts, flow)
            if not isinstance(done.error, OverBudget) or shares == 1:
                self._stopped = self._stopped or done.error
                flow.report.waiting += done.report.waiting
                texts = []
                break
            remember = {each.version.id: each.remember for each in texts}
            left = await flow.writer.do(partial(self._left, list(remember)))
            texts = [replace(each, remember=remember[each.version.id]) for each in left]
        flow.report.waiting += len(texts)
        self._room.release()

    def _left(self, version_ids: Sequence[str], store: Store) -> list[Text]:
        found = stored_texts(store, version_ids, self._ledger.settings, self._extractors)
        return [each for each in found if not each.done]

    def _of(self, texts: Sequence[Text], threads: int, flow: Flow, lease: Lease | None) -> Chunk:
        settings = flow.settings
        pace = settings.pace_of(settings.model.partition("/")[0])
        share = replace(
            pace,
            at_once=max(1, pace.at_once // threads),
            requests_per_minute=pace.requests_per_minute and max(1, pace.requests_per_minute // threads),
            tokens_per_minute=pace.tokens_per_minute and max(1, pace.tokens_per_minute // threads),
        )
        # Keys do not travel: each worker has its own environment.
        told = settings.model_copy(update={"pace": share, "paces": {}, "api_key": None})
        ids = tuple(each.version.id for each in texts)
        return Chunk(f"{flow.report.run_id}/{self._given}", told, self._extractors, ids, flow.report.run_id,
                     flow.holds, lease.usd if lease else None)  # fmt: skip

    async def _count(self, done: Done, texts: Sequence[Text], flow: Flow) -> None:
        flow.report.include(done.report)
        flow.measured += done.measured
        remember = {each.version.id: each.remember for each in texts}
        flow.held += [Held(id_, remember.get(id_)) for id_ in done.held]
        if flow.holds or done.error:
            return
        failed = {each.uri for each in texts if each.uri in done.report.failed}
        rows = [each.remember() for each in texts if each.remember and each.uri not in failed]
        for one in rows:
            await flow.writer.do(partial(Store.load, rows=one))

    def _lost(self, error: BaseException, texts: Sequence[Text], flow: Flow) -> None:
        if isinstance(error, asyncio.CancelledError):
            raise error
        if isinstance(error, ModelError):
            self._stopped = self._stopped or error
        for each in texts:
            flow.failed(each.uri, f"its worker was lost, or could not do it: {reason(error)}")
