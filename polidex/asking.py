"""The model of a run: opened when the first question is asked, given up when it can answer nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from types import TracebackType
from typing import Self

from extractors.model import Model, open_model
from polidex.drafts import Extraction, Question
from polidex.extract import Asker, extract, unread
from polidex.journal import Kepts
from polidex.ledger import Ledger
from polidex.settings import Settings
from schema import DocumentVersion
from schema.errors import ModelError, OverBudget, ProviderDown


class OnDemand:
    """The model that documents are read with: a run that finds nothing new does not load it.

    Attributes:
        settings: those that documents are read with now; other ones than the run's once the fallback model reads.
        stopped: the error that every further question would meet (wrong key, no weights, no money, ...), once there is
            one.
    """

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self.settings = settings
        self.stopped: ModelError | None = None
        self._ledger = ledger
        self._kept: Kepts = ledger.journal.replies()
        self._left = {extraction_id for extraction_id, _, _ in self._kept}
        self._stack = AsyncExitStack()
        self._asker: Asker | None = None
        self._opening = asyncio.Lock()

    async def ask(
        self, version: DocumentVersion, questions: Sequence[Question], *, called: Callable[[], None]
    ) -> list[Extraction] | None:
        """The readings that answer some questions about a document; after `stopped` nothing is sent, and they fail.

        None where the budget does not allow them, or the provider was given up before: they wait for the next run, and
        what was answered is kept for it.
        """
        if not questions:
            return []
        found: list[Extraction] = []
        settings, run_id = self.settings, self._ledger.report.run_id
        if not self.stopped:
            try:
                async with self._opening:
                    # Many documents ask at once, and a model may take seconds and a gigabyte to open.
                    asker = self._asker or await self._open(called)
            except ModelError as error:
                self.stopped = self.stopped or error
            else:
                found = await extract(version, questions, asker, run_id=run_id)
                if asker is self._asker:
                    # Else the fallback model is asked by now: what stopped the first one does not stop it.
                    self.stopped = asker.stopped[0] if asker.stopped else None
        if isinstance(self.stopped, ProviderDown) and not found:
            return None
        if isinstance(self.stopped, OverBudget) and (not found or any(_cut_off(each) for each in found)):
            # Paid for tonight, though what was answered waits in the journal.
            self._ledger.report.spent(found)
            return None
        if self.stopped and not found:
            found = [unread(version, each, self.stopped, settings, run_id) for each in questions]
        return found

    def left_over(self, readings: Iterable[Extraction]) -> set[str]:
        """Of readings that are stored as a whole those of which a run that was killed left replies in the journal."""
        return {each.id for each in readings} & self._left

    def falls_back(self, asked_with: Settings) -> bool:
        """Go on with the fallback model where the provider of the first one is down; whether there is one."""
        name, run = self.settings.fallback_model, self._ledger.settings
        if not name or asked_with.model == name:
            return False
        if self.settings.model != name:
            to = {"model": name, "base_url": run.fallback_base_url, "api_key": None}
            self.settings, self._asker, self.stopped = self.settings.model_copy(update=to), None, None
        return True

    async def _open(self, called: Callable[[], None]) -> Asker:
        settings = self.settings
        pace = settings.pace_of(settings.model.partition("/")[0])
        if settings.fallback_model not in (None, settings.model):
            # There is no use in waiting for a provider where another one can be asked.
            pace = replace(pace, give_up_seconds=0)
        model: Model = await self._stack.enter_async_context(
            open_model(
                settings.model,
                base_url=settings.base_url,
                api_key=settings.api_key,
                parameters=settings.parameters,
                cache=settings.cache,
                pace=pace,
                meter=self._ledger.budget,
                # What is set is the price of the model that is set, and of no other.
                prices=settings.prices if settings.model == self._ledger.settings.model else None,
            )
        )
        self._asker = Asker(model, settings, self._ledger.journal, self._kept, [], called)
        return self._asker

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()


def _cut_off(reading: Extraction) -> bool:
    return any(part.error == OverBudget.code for part in reading.failed)
