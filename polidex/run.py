"""The main job, from left to right: read, extract, ground, resolve, load, publish."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice

from polidex.asking import OnDemand
from polidex.changes import Made, apply
from polidex.drafts import Extraction
from polidex.ground import ground
from polidex.intake import Text, read_all, record, to_do
from polidex.journal import Journal
from polidex.ledger import Ledger, run_row
from polidex.load import Counts
from polidex.page import Page
from polidex.progress import RunProgress
from polidex.publish import Store, open_store
from polidex.read import Read, Source, sources
from polidex.report import RunReport, new_report, reason
from polidex.resolve import resolve
from polidex.settings import Settings
from polidex.verdicts import verdicts
from polidex.writer import Writer
from schema.errors import DatabaseError, OverBudget, PolidexError, ProviderDown, RowError, UsageError

log = logging.getLogger(__name__)

_PUBLISH_SECONDS = 20.0
"""Readers see what was loaded at most this long after the next documents are done."""
_CHUNK = 16
"""Documents that are read and recorded together."""
_GROUP = 32
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
            _one_error(),
            run_row(report, settings, writer, journal) as ledger,
            OnDemand(settings, ledger) as model,
        ):
            progress.begin(len(found))
            await _Flow(ledger, model, progress).through(found)
            if isinstance(model.stopped, OverBudget | ProviderDown):
                report.stopped = model.stopped
            elif model.stopped:
                raise model.stopped
    return report


@dataclass(frozen=True)
class _Answered:
    """A text and all readings of it, of which `fresh` were made just now."""

    text: Text
    fresh: list[Extraction]

    @property
    def readings(self) -> list[Extraction]:
        return [*self.text.known, *self.fresh]


class _Flow:
    """The documents of one run on their way: some are asked about while others are loaded."""

    def __init__(self, ledger: Ledger, model: OnDemand, progress: RunProgress) -> None:
        self._ledger, self._model, self._progress = ledger, model, progress
        self._settings, self._report, self._writer = ledger.settings, ledger.report, ledger.writer
        self._answered: asyncio.Queue[_Answered | None] = asyncio.Queue()
        # So many are under way that all that may be asked at once is asked, while a group of others is loaded.
        provider = self._settings.model.partition("/")[0]
        at_once = (
            self._settings.parameters.parallel if provider == "local" else self._settings.pace_of(provider).at_once
        )
        self._room = asyncio.Semaphore(1 + at_once + (0 if provider == "local" else _GROUP))

    async def through(self, found: Iterable[Source]) -> None:
        """Take every source all the way."""
        async with asyncio.TaskGroup() as loading:
            loading.create_task(self._load_as_they_come())
            async with asyncio.TaskGroup() as asking:
                async for text in self._texts(found):
                    await self._room.acquire()
                    asking.create_task(self._ask(text))
            await self._answered.put(None)

    async def _texts(self, found: Iterable[Source]) -> AsyncIterator[Text]:
        """read: the texts in which there is something to do."""
        for chunk in _chunks(found):
            done = await read_all(chunk, self._settings)
            for source, each in done:
                if not isinstance(each, Read):
                    self._failed(source.uri, reason(each))
            for text in await self._writer.do(partial(record, chunk=done, settings=self._model.settings)):
                if text.done:
                    self._report.documents += 1
                    self._report.unchanged += 1
                    self._progress.reading(text.uri, 0)
                    self._progress.loaded(text.uri, [])
                else:
                    yield text

    async def _ask(self, text: Text) -> None:
        """extract: from the stored replies where there are any, else by asking the model."""
        self._progress.reading(text.uri, sum(len(each.windows) for each in text.asked))
        settings = self._model.settings
        fresh = await self._model.ask(text.version, text.asked, called=self._progress.called)
        if fresh and any(part.error == ProviderDown.code for each in fresh for part in each.failed):
            self._report.spent(fresh)
            if self._model.falls_back(settings):
                [text] = await self._writer.do(
                    lambda store: to_do(store, [(text.uri, text.version)], self._model.settings)
                )
                fresh = await self._model.ask(text.version, text.asked, called=self._progress.called)
        if fresh is None:
            self._report.waiting += 1
            self._room.release()
        else:
            self._report.spent(fresh)
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
                await self._writer.do(Store.publish)
                published = time.monotonic()

    async def _load(self, group: Sequence[_Answered]) -> None:
        """Load some documents in one transaction; where that fails, each in one of its own."""
        if not group:
            return
        try:
            made, counts = await self._writer.do(lambda store: _load(store, group))
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
            await self._writer.do(lambda store: store.load({"extraction": fresh}))
            self._failed(one.text.uri, reason(error))
        else:
            self._report.loaded(counts)
            changed = any(each.inserted or each.updated or each.deleted for each in counts.values())
            for each, of_each in zip(group, made, strict=True):
                lines = self._report.add(each.text.uri, each.fresh, of_each, changed=changed)
                self._progress.loaded(each.text.uri, lines)
        for each in group:
            self._room.release()
            await self._ledger.journal.forget(reading.id for reading in each.fresh)

    def _failed(self, uri: str, why: str) -> None:
        self._report.failed[uri] = why
        self._progress.failed(uri, why)


def _load(store: Store, group: Sequence[_Answered]) -> tuple[list[Made], dict[str, Counts]]:
    """What is made of the readings of some documents, loaded in one transaction."""
    grounded = [(page := Page(each.text.version), each, ground(page, each.readings)) for each in group]
    with store.transaction():
        decided = verdicts(store.rows("resolve/verdicts"))
        made = []
        for page, each, outcome in grounded:
            resolution = resolve(page, outcome, decided)
            made.append(Made(each.text.version, each.readings, resolution, [*outcome.refused, *resolution.refused]))
        return made, apply(store, made)


def _chunks(found: Iterable[Source]) -> Iterator[list[Source]]:
    rest = iter(found)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


@asynccontextmanager
async def _one_error() -> AsyncIterator[None]:
    """Let the first error of tasks that ran beside each other stand for all: the others only followed from it."""
    try:
        yield
    except BaseExceptionGroup as group:
        error: BaseException = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from None
