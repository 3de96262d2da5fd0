"""The main job, from left to right: read, extract, ground, resolve, load, publish."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from polidex import logs
from polidex.asking import OnDemand
from polidex.batch_night import BatchNight
from polidex.changes import Made, apply
from polidex.drafts import Extraction
from polidex.drift import Measured, measure
from polidex.ground import ground
from polidex.intake import Rows, Text, read_all, record, to_do
from polidex.journal import Journal
from polidex.ledger import Ledger, run_row
from polidex.load import Counts
from polidex.page import Page
from polidex.progress import RunProgress
from polidex.publish import Store, open_store
from polidex.read import Source, sources
from polidex.report import RunReport, new_report, reason
from polidex.resolve import resolve
from polidex.settings import Settings
from polidex.verdicts import verdicts
from polidex.writer import Writer
from schema.errors import DatabaseError, OverBudget, PolidexError, ProviderDown, ReadError, RowError, UsageError

log = logging.getLogger(__name__)

_PUBLISH_SECONDS = 20.0
"""Readers see what was loaded at most this long after the next documents are done."""
CHUNK = 16
"""Documents that are read and recorded together."""
_GROUP = 64
"""Documents at most that are loaded in one transaction: as many as are done when the one before has ended."""

_OF_ONE_DOCUMENT = (
    PolidexError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What goes wrong with one document, bugs that only its words bring out among it, and does not end the run."""


async def run(paths: Sequence[str], *, settings: Settings, progress: RunProgress) -> RunReport:
    """Read documents and load what they say; what was read before with the same settings is not read again.

    Many documents are read at once, and each is committed as a whole when it is done. A document that fails is a row
    and a line of the report, and the others go on. So they do without a model, as far as their replies are stored.

    Raises:
        ModelError: the model can answer nothing at all (wrong key, no weights, ...). What was loaded stays.
        DatabaseError: the database cannot be written.
    """
    found = sources(paths)
    report = new_report(found.skipped)
    with open_store(settings.database) as store, Writer(store) as writer, Journal(settings.database) as journal:
        async with (
            one_error(),
            run_row(report, settings, writer, journal) as ledger,
            OnDemand(settings, ledger) as model,
        ):
            progress.begin(len(found))
            ledger.watch.documents = len(found)
            flow = Flow(ledger, model, progress)
            await flow.through(_texts(found, flow, BatchNight(ledger, hand_over=False)))
    return report


async def _texts(found: Iterable[Source], flow: Flow, batches: BatchNight) -> AsyncIterator[Text]:
    """read: every text that is found, but for those that wait for a batch."""
    rest = iter(found)
    while chunk := list(islice(rest, CHUNK)):
        done = await read_all(chunk, flow.settings)
        for source, each in done:
            if isinstance(each, ReadError):
                flow.failed(source.uri, reason(each))
        for text in await flow.writer.do(partial(record, chunk=done, settings=flow.model.settings)):
            if not await batches.takes(text):
                yield text


@dataclass(frozen=True)
class _Answered:
    """A text and all readings of it, of which `fresh` were made just now."""

    text: Text
    fresh: list[Extraction]

    @property
    def readings(self) -> list[Extraction]:
        return [*self.text.known, *self.fresh]


@dataclass(frozen=True)
class Held:
    """A text of which the readings are stored and not loaded: `Text` without its words."""

    version_id: str
    remember: Callable[[], Rows] | None


class Flow:
    """The documents of one run on their way: some are asked about while others are loaded.

    Args:
        hold: store the readings, and load nothing of what they say: what is made of them is only measured.
        counted: the documents are counted already: what was held is loaded now.

    Attributes:
        measured: what the model gave for the documents, as grounding left it.
        held: the texts of which readings were stored and not loaded.
    """

    def __init__(
        self, ledger: Ledger, model: OnDemand, progress: RunProgress, *, hold: bool = False, counted: bool = False
    ) -> None:
        self.settings, self.report, self.writer, self.model = ledger.settings, ledger.report, ledger.writer, model
        self.measured = Measured()
        self.held: list[Held] = []
        self._counted = counted
        self._ledger, self._progress, self.holds = ledger, progress, hold
        self._answered: asyncio.Queue[_Answered | None] = asyncio.Queue()
        # So many are under way that all that may be asked at once is asked, while a group of others is loaded.
        provider = self.settings.model.partition("/")[0]
        at_once = self.settings.parameters.parallel if provider == "local" else self.settings.pace_of(provider).at_once
        self._room = asyncio.Semaphore(1 + at_once + (0 if provider == "local" else _GROUP))

    async def through(self, texts: AsyncIterator[Text], *, raises: bool = True) -> None:
        """Take texts all the way.

        Raises:
            ModelError: the model can answer nothing at all (wrong key, no weights, ...), unless that is `model.stopped`
                alone. What was loaded stays.
        """
        async with asyncio.TaskGroup() as loading:
            loading.create_task(self._load_as_they_come())
            async with asyncio.TaskGroup() as asking:
                async for text in texts:
                    # A run that was killed just after it stored them did not let go of these.
                    await self._ledger.journal.forget(self.model.left_over(text.known))
                    if text.done:
                        self.unchanged(text)
                    else:
                        await self._room.acquire()
                        asking.create_task(self._ask(text))
            await self._answered.put(None)
        if isinstance(self.model.stopped, OverBudget | ProviderDown):
            self.report.stopped = self.model.stopped
            if isinstance(self.model.stopped, OverBudget):
                logs.event("budget_stopped", reason=str(self.model.stopped))
        elif self.model.stopped and raises:
            raise self.model.stopped

    def unchanged(self, text: Text) -> None:
        """Count a text of which nothing is new."""
        self.report.documents += 1
        self.report.unchanged += 1
        self._progress.reading(text.uri, 0)
        self._progress.loaded(text.uri, [])

    async def _ask(self, text: Text) -> None:
        """extract: from the stored replies where there are any, else by asking the model."""
        self._progress.reading(text.uri, sum(len(each.windows) for each in text.asked))
        settings = self.model.settings
        if settings.model != self.settings.model and any(each.kept for each in text.asked):
            # The first model answered a part of it: the fallback model is asked all, for its own reading.
            text = await self.writer.do(partial(_for_fallback, text=text, settings=settings))
        fresh = await self.model.ask(text.version, text.asked, called=self._progress.called)
        if fresh and any(part.error == ProviderDown.code for each in fresh for part in each.failed):
            self.report.spent(fresh)
            if self.model.falls_back(settings):
                text = await self.writer.do(partial(_for_fallback, text=text, settings=self.model.settings))
                fresh = await self.model.ask(text.version, text.asked, called=self._progress.called)
        if fresh is None:
            self.report.waiting += 1
            self._room.release()
        else:
            self.report.spent(fresh)
            await self._answered.put(_Answered(text, fresh))

    async def _load_as_they_come(self) -> None:
        """ground, resolve, load, publish: all that is there, together."""
        published, ended = time.monotonic(), False
        while not ended:
            group = [await self._answered.get()]
            while len(group) < _GROUP and not self._answered.empty():
                group.append(self._answered.get_nowait())
            ended = group[-1] is None
            await self._load([each for each in group if each])
            if not ended and time.monotonic() - published > _PUBLISH_SECONDS:
                await self.writer.do(Store.publish)
                logs.event("published", documents=self.report.documents)
                published = time.monotonic()

    async def _load(self, group: Sequence[_Answered]) -> None:
        """Load some documents in one transaction; where that fails, each in one of its own."""
        if not group:
            return
        try:
            made, counts, measured = await self.writer.do(lambda store: _load(store, group, hold=self.holds))
        except _OF_ONE_DOCUMENT as error:
            if isinstance(error, DatabaseError | UsageError) and not isinstance(error, RowError):
                raise
            if len(group) > 1:
                for each in group:
                    await self._load([each])
                return
            [one] = group
            log.debug("%s failed", one.text.uri, exc_info=True)
            # The replies are paid for: the next run takes them from here.
            fresh = [dict(each.row) for each in one.fresh]
            await self.writer.do(lambda store: store.load({"extraction": fresh}))
            self.failed(one.text.uri, reason(error))
        else:
            self.report.loaded(counts)
            self.measured += measured
            self.held += [Held(each.text.version.id, each.text.remember) for each in group if self.holds]
            changed = any(each.inserted or each.updated or each.deleted for each in counts.values())
            for each, of_each in zip(group, made, strict=True) if not self._counted else ():
                lines = self.report.add(each.text.uri, each.fresh, of_each, changed=changed)
                self._progress.loaded(each.text.uri, lines, each.fresh)
        for each in group:
            self._room.release()
            await self._ledger.journal.forget(reading.id for reading in each.fresh)

    def failed(self, uri: str, why: str) -> None:
        self.report.failed[uri] = why
        self._progress.failed(uri, why)


def _load(store: Store, group: Sequence[_Answered], *, hold: bool) -> tuple[list[Made], dict[str, Counts], Measured]:
    """What is made of the readings of some documents, loaded in one transaction; how good they are is measured."""
    grounded = [(page := Page(each.text.version), each, ground(page, each.readings)) for each in group]
    measured = sum((measure(each.readings, outcome) for _, each, outcome in grounded), Measured())
    with store.transaction():
        decided = verdicts(store.rows("resolve/verdicts"))
        made = []
        for page, each, outcome in grounded:
            resolution = resolve(page, outcome, decided)
            made.append(Made(each.text.version, each.readings, resolution, [*outcome.refused, *resolution.refused]))
        if hold:
            return made, store.load({"extraction": [reading.row for each in group for reading in each.fresh]}), measured
        counts = apply(store, made)
        for each in group:
            for table, new in (store.load(each.text.remember()) if each.text.remember else {}).items():
                counts[table] = counts.get(table, Counts()) + new
        return made, counts, measured


def _for_fallback(store: Store, text: Text, settings: Settings) -> Text:
    """A text with what is still to be done when another model answers what the first one was asked."""
    names = {each.extractor.name for each in text.asked}
    [other] = to_do(store, [(text.uri, text.version)], settings)
    known = [*text.known, *(each for each in other.known if each.extractor.name in names)]
    return replace(text, known=known, asked=[each for each in other.asked if each.extractor.name in names])


@asynccontextmanager
async def one_error() -> AsyncIterator[None]:
    """Let the first error of tasks that ran beside each other stand for all: the others only followed from it."""
    try:
        yield
    except BaseExceptionGroup as group:
        error: BaseException = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from None
