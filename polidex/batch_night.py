"""What a night has to do with batches: what is back is taken, what waits is left alone, the rest may be handed over."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import partial

from polidex.batch_collect import collect_night
from polidex.fingerprint import extraction_id
from polidex.intake import Text, to_do
from polidex.ledger import Ledger
from polidex.provider_batches import Asked, Submitted, asked_model, groups, opened, submit_night, waiting
from polidex.publish import Store
from polidex.report import reason
from polidex.stored_versions import version_of
from schema.errors import OverBudget

log = logging.getLogger(__name__)

_TEXTS = 64
"""Texts that are taken from the database together."""


class BatchNight:
    """The batches of one night.

    Args:
        hand_over: whether what is to be asked is handed to the provider as batches, and not asked live.
    """

    def __init__(self, ledger: Ledger, *, hand_over: bool) -> None:
        self._ledger, self._hand_over = ledger, hand_over
        self._settings, self._report = ledger.settings, ledger.report
        self._kept_back: list[str] = []
        self._any_waits: bool | None = None

    async def collect(self) -> None:
        """Store what is back. Its texts are stale from then on, for no record was made of it yet.

        Raises:
            UsageError: batches are wanted, and the provider takes none.
            ModelError: the provider cannot be asked: there is no key, or a wrong one.
        """
        if self._hand_over:
            # What there is to mend is told before anything is done.
            with opened(asked_model(self._settings), self._settings):
                pass
        readings = await self._ledger.writer.do(self._collect)
        self._any_waits = None
        if readings:
            log.info("Batches: %d readings are back.", readings)

    def _collect(self, store: Store) -> int:
        number = 0
        for found in collect_night(store, self._settings, run_id=self._report.run_id):
            self._report.usage += found.usage
            number += found.reading is not None
        return number

    async def takes(self, text: Text) -> bool:
        """Whether a text is not for tonight: questions about it wait in a batch, or are handed over at the end."""
        if not text.asked or not (self._hand_over or await self._waits(text)):
            return False
        self._kept_back.append(text.version.id)
        self._report.waiting += 1
        return True

    async def _waits(self, text: Text) -> bool:
        if self._any_waits is None:
            self._any_waits = await self._ledger.writer.do(lambda store: bool(store.rows("batches/any")))
        if not self._any_waits:
            return False
        ids = [extraction_id(text.version, each.extractor, self._settings) for each in text.asked]
        return bool(await self._ledger.writer.do(lambda store: waiting(store, ids)))

    async def submit(self) -> None:
        """Hand over what was kept back, as far as the budget goes."""
        if not self._kept_back:
            return
        if not self._hand_over:
            log.info("Batches: %d documents wait for replies.", len(self._kept_back))
            return
        budget = self._ledger.budget
        left = None if budget.limit is None else max(0.0, budget.limit - budget.spent - budget.unsure)
        done = await self._ledger.writer.do(partial(self._submit, left=left), patience=0)
        if done.over_budget:
            self._report.stopped = OverBudget("The next batch may cost more than is left of the budget.")
        if done.error:
            self._report.failed["batch"] = reason(done.error)
        log.info("Batches: %d questions handed over in %d.", done.requests, len(done.batches))

    def _submit(self, store: Store, left: float | None) -> Submitted:
        run_id = self._report.run_id
        return submit_night(store, self._settings, self._questions(store), run_id=run_id, left_usd=left)

    def _questions(self, store: Store) -> Iterator[Asked]:
        """All that is to be asked about the texts that were kept back: their words are not held all night."""
        for ids in groups(self._kept_back, _TEXTS):
            yield from _asked(store, ids, self._ledger)


def _asked(store: Store, ids: Sequence[str], ledger: Ledger) -> Iterator[Asked]:
    rows = store.rows("run/texts", ids=list(ids))
    for text in to_do(store, [(row["uri"], version_of(row)) for row in rows], ledger.settings):
        yield from ((text.version, each) for each in text.asked)
