"""A night: what is new in the sources, and what is stale of the stored texts, is taken all the way; then a report."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Any

from polidex.asking import OnDemand
from polidex.batch_night import BatchNight
from polidex.drift import Verdict, can_judge, earlier_runs, judge
from polidex.extract import question
from polidex.intake import Rows, Text, record, stored_texts
from polidex.journal import Journal
from polidex.ledger import Ledger, run_row
from polidex.night_changes import Snapshot, snapshot
from polidex.night_report import NightReport
from polidex.on_dask import Cluster
from polidex.polling import Polling
from polidex.progress import RunProgress
from polidex.publish import Store, open_store
from polidex.read import Read, Source
from polidex.remembering import Outcome
from polidex.report import new_report, reason
from polidex.run import CHUNK, Flow, Held, one_error
from polidex.settings import Drift, Settings
from polidex.staleness import Select, stale_documents
from polidex.writer import Writer
from schema.errors import ReadError

DRIFTED = 6
"""The exit code of a night that fell too far behind the ones before it to be loaded."""
_STALE = 64
"""Stale documents that are taken from the database together."""


@dataclass(frozen=True)
class Wanted:
    """What a night is to do.

    Attributes:
        select: which documents and extractors; all that is stale without one.
        limit: documents at most.
        judged: whether the drift gate is asked; else what the night gives is loaded in any case.
        in_batches: hand over to the provider what there is to ask, for half the price, and not ask it live.
        cluster: the address of a Dask scheduler whose workers ask the model; None to do it here.
        anew: ask again what nights that were held back had been answered.
    """

    select: Select = field(default_factory=Select)
    limit: int | None = None
    judged: bool = True
    in_batches: bool = False
    cluster: str | None = None
    anew: bool = False


async def nightly(*, settings: Settings, progress: RunProgress, wanted: Wanted | None = None) -> NightReport:
    """Poll the sources, read what is new or stale, load what it says, and report what that changed.

    Where there are earlier nights to compare with, all readings are stored first, and loaded only when they are about
    as good as those.

    Raises:
        ModelError: the model can answer nothing at all (wrong key, no weights, ...). What was loaded stays.
        DatabaseError: the database cannot be written; LockedError while another run writes to it.
    """
    wanted = wanted or Wanted()
    began, report = time.monotonic(), replace(new_report(0), command="nightly")
    with open_store(settings.database) as store, Writer(store) as writer, Journal(settings.database) as journal:
        async with (
            one_error(),
            run_row(report, settings, writer, journal) as ledger,
            OnDemand(settings, ledger) as model,
        ):
            batches = BatchNight(ledger, hand_over=wanted.in_batches)
            night = _Night(ledger, model, progress, wanted, batches)
            before = await writer.do(snapshot)
            night.held_back = await writer.do(lambda store: {row["id"] for row in store.rows("night/held")})
            await batches.collect()
            bounds = settings.drift if wanted.judged else Drift(grounded_share=None, records_per_document=None)
            earlier = await writer.do(partial(earlier_runs, model=settings.model, bounds=bounds))
            progress.begin(None)
            # read, extract, ground - and load, where there is nothing to compare with
            hold = can_judge(earlier, bounds)
            flow = Flow(ledger, model, progress, hold=hold)
            if wanted.cluster:
                await Cluster(wanted.cluster, ledger, wanted.select.extractors).through(night.texts(), flow)
            else:
                await flow.through(night.texts())
            verdict = judge(flow.measured, earlier, bounds, held=night.takes_held)
            # load, what was held
            if hold and verdict.passes:
                await Flow(ledger, model, progress, counted=True).through(night.held(flow.held))
            if verdict.passes:
                await writer.do(lambda store: store.load(night.poller.finish()))
            report.failed.update(night.poller.failed)
            await batches.submit()
            told = partial(_report, before=before, ledger=ledger, flow=flow, verdict=verdict)
            made = await writer.do(partial(told, seconds=time.monotonic() - began))
            ledger.watch.night, ledger.watch.exit_code = made, made.exit_code
            return made


def _report(
    store: Store, *, before: Snapshot, ledger: Ledger, flow: Flow, verdict: Verdict, seconds: float
) -> NightReport:
    report, settings, budget = ledger.report, ledger.settings, ledger.budget
    made = NightReport.make(
        store,
        before,
        report,
        exit_code=report.exit_code if verdict.passes else DRIFTED,
        model=settings.model,
        seconds=seconds,
        budget_usd=budget.limit,
        budget_left_usd=None if budget.limit is None else budget.limit - budget.spent - budget.unsure,
        gate=verdict.gate,
        drift=verdict.words,
        measured=flow.measured,
        exit_reason=report.stopped_by,
    )
    made.save(store)
    return made


class _Night:
    """Where the texts of a night come from."""

    def __init__(
        self, ledger: Ledger, model: OnDemand, progress: RunProgress, wanted: Wanted, batches: BatchNight
    ) -> None:
        self.poller = Polling(ledger.settings)
        self._ledger, self._model, self._progress, self._wanted = ledger, model, progress, wanted
        self._writer, self._batches = ledger.writer, batches
        # Of one document only one text is taken: what a source has now, before what is stored and stale.
        self._taken: set[str] = set()
        # Readings that nights which were held back have stored, and whether any of them is among what was taken.
        self.held_back: set[str] = set()
        self.takes_held = False
        # Where only some readings are wanted, the database tells of which texts; how far their sources were read waits.
        self._read_now: dict[str, Callable[[], Rows] | None] = {}

    async def texts(self) -> AsyncIterator[Text]:
        """Texts that are new in the sources, then those that are stale in the database."""
        number = 0
        for some in (self._new(), self._stale()):
            async for text in some:
                if number == self._wanted.limit:
                    return
                number += 1
                self._taken.add(text.version.document_id)
                todo = self._look_at_held(text)
                if not await self._batches.takes(todo):
                    yield todo

    def _look_at_held(self, text: Text) -> Text:
        """Note that a text has readings that were held back, or have them asked again where that is wanted."""
        held = [each for each in text.known if each.id in self.held_back]
        if not held or not self._wanted.anew:
            self.takes_held = self.takes_held or bool(held)
            return text
        again = [question(text.version, each.extractor, self._model.settings) for each in held]
        known = [each for each in text.known if each.id not in self.held_back]
        return replace(text, known=known, asked=[*text.asked, *again])

    async def held(self, texts: Collection[Held]) -> AsyncIterator[Text]:
        """Texts whose readings are stored and not loaded."""
        rest = iter(texts)
        while some := list(islice(rest, _STALE)):
            again = {each.version_id: each for each in some}
            for text in await self._writer.do(partial(self._stored, list(again))):
                yield replace(text, remember=again[text.version.id].remember)

    async def _new(self) -> AsyncIterator[Text]:
        wanted = (each async for each in self.poller.changed(self._rows) if self._wanted.select.of_uri(each.uri))
        async for some in _together(wanted, CHUNK):
            read = await asyncio.gather(*(self._read(source) for source in some))
            for text in await self._writer.do(partial(self._take_in, read=read)):
                yield text

    async def _read(self, source: Source) -> tuple[Source, Outcome]:
        try:
            return source, await self.poller.read(source)
        except ReadError as error:
            return source, error

    def _take_in(self, store: Store, read: list[tuple[Source, Outcome]]) -> list[Text]:
        """Record what was read. How far a source was read is remembered with what is loaded of it, not before."""
        outcomes = {source.uri: (source, outcome) for source, outcome in read}
        told = [(source, each) for source, each in read if isinstance(each, Read | ReadError)]
        with store.transaction():
            texts = {text.uri: text for text in record(store, told, self._model.settings)}
            for uri, (source, outcome) in outcomes.items():
                if uri not in texts or texts[uri].done:
                    store.load(self.poller.remember(source, outcome))
        for source, outcome in read:
            if isinstance(outcome, ReadError):
                self._ledger.report.failed[source.uri] = reason(outcome)
        taken = [
            replace(text, remember=partial(self.poller.remember, *_lean(*outcomes[uri]))) for uri, text in texts.items()
        ]
        if not self._wanted.select.of_readings:
            return taken
        self._read_now |= {text.version.id: text.remember for text in taken if not text.done}
        return [text for text in taken if text.done]

    async def _stale(self) -> AsyncIterator[Text]:
        select, settings = self._wanted.select, self._model.settings
        found = await self._writer.do(lambda store: stale_documents(store.rows, settings, select))
        while some := await self._writer.do(lambda _: list(islice(found, _STALE)), patience=0):
            ids = [each.document_version_id for each in some if each.document_id not in self._taken]
            for text in await self._writer.do(partial(self._stored, ids)):
                yield replace(text, remember=self._read_now.pop(text.version.id, None))

    def _stored(self, ids: list[str], store: Store) -> list[Text]:
        return stored_texts(store, ids, self._model.settings, self._wanted.select.extractors)

    async def _rows(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        return await self._writer.do(lambda store: store.rows(name, **parameters))


def _lean(source: Source, outcome: Outcome) -> tuple[Source, Outcome]:
    """Without the words: a night that is held back remembers all its sources at its end."""
    if isinstance(outcome, Read):
        version = outcome.version.model_copy(update={"text": ""})
        outcome = replace(outcome, raw=b"", version=version)
    return replace(source, held=None), outcome


async def _together(found: AsyncIterator[Source], number: int) -> AsyncIterator[list[Source]]:
    some: list[Source] = []
    async for each in found:
        some.append(each)
        if len(some) == number:
            yield some
            some = []
    if some:
        yield some
