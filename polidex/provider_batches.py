"""Half price by tomorrow: a night hands its questions to the provider as batches, and a later night collects.

What `polidex.batch_night` does with it, on the thread that writes, while the row of its run is there:

    # First, so that what is back is not asked again. `collect_night` is in `polidex.batch_collect`.
    for found in collect_night(store, settings, run_id=run_id):
        ...  # ground, resolve and load what is stored about `found.version`; count `found.usage`
    # Of a chunk of documents: these questions are left alone.
    in_a_batch = waiting(store, extraction_ids)
    # With --batch, in place of asking.
    submitted = submit_night(store, settings, questions, run_id=run_id, left_usd=left)

`questions` are those that `polidex.ledger.readings` gives, with their versions. What was collected is stored as rows of
`extraction` whose `checked_with` is empty, in the transaction that lets go of its requests: after a kill the next run
makes records of them as of any stored reply. What came back without a reply is an error there that may have passed
(`unanswered`, `uncorrected`), so that `readings` gives it as a question again: to the next batch or, live, at once.

Nothing is asked twice. A batch and its requests are rows before it is submitted, and its id at the provider is stored
before anything else is done. A kill between the two leaves a batch in the state `submitting`, which the next
`collect_night` looks for at the provider; until it was found, or is known to be lost, its questions wait.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import uuid4

from extractors.batch_prices import ceiling, price_version
from extractors.batches import Ask, Batches, open_batches
from extractors.prompt import messages
from extractors.protocols import Message
from extractors.providers import Endpoint, endpoint
from polidex.batch_replies import reply_type, request_id, to_correct, with_cue
from polidex.drafts import Question
from polidex.extract import complete
from polidex.fingerprint import extraction_id
from polidex.publish import Store
from polidex.settings import Settings
from polidex.windows import Window
from schema import DocumentVersion, stable_id
from schema.errors import ModelError, UnsureSubmit, UsageError
from schema.vocabulary import BatchRequestState, BatchState

log = logging.getLogger(__name__)

Asked = tuple[DocumentVersion, Question]
Row = Mapping[str, Any]
T = TypeVar("T")

_DOCUMENTS = 50
"""Questions of which is looked up at once what is stored."""


@dataclass(frozen=True)
class Submitted:
    """What was handed over.

    Attributes:
        batches: ids, as the provider calls them; an empty one where its answer never came.
        requests: questions in them.
        reserved_usd: the most that they can cost; None where no price is known.
        left_alone: readings that wait for an earlier batch.
        over_budget: whether the rest of the questions would have cost too much.
        error: why no more was handed over; what came before it is at the provider.
    """

    batches: tuple[str, ...] = ()
    requests: int = 0
    reserved_usd: float | None = 0.0
    left_alone: int = 0
    over_budget: bool = False
    error: ModelError | None = None


def asked_model(settings: Settings) -> Endpoint:
    """The model that batches are for."""
    found = endpoint(settings.model, base_url=settings.base_url, api_key=settings.api_key)
    return replace(found, prices=settings.prices)


def of_model(settings: Settings) -> dict[str, str]:
    """What tells the batches of tonight's model from those of others, whose key may not be at hand."""
    return {"model": settings.model, "base_url": settings.base_url or ""}


def opened(asked: Endpoint, settings: Settings) -> AbstractContextManager[Batches]:
    return open_batches(asked, settings.parameters)


def waiting(store: Store, extraction_ids: Sequence[str]) -> set[str]:
    """Those of some extractions that have questions in a batch: whoever asks them now would pay twice."""
    return {row["extraction_id"] for row in store.rows("batches/waiting", ids=list(extraction_ids))}


def reserved_usd(store: Store) -> float:
    """The most that the batches can cost that are not collected yet. A budget counts it; what they did cost is part of
    the run that collects them."""
    [row] = store.rows("batches/open_usd")
    return float(row["usd"])


def submit_night(
    store: Store,
    settings: Settings,
    questions: Iterable[Asked],
    *,
    run_id: str,
    left_usd: float | None = None,
    told: Callable[[int], None] = lambda requests: None,
) -> Submitted:
    """Hand questions over to the provider as batches. A question that waits in a batch already is left alone.

    A reading without anything to ask (no window has a cue) is stored at once.

    Args:
        questions: read one by one, so that they need not all be in memory.
        left_usd: what the batches may cost at most; None without a budget.
        told: called with the number of questions after each batch.

    Raises:
        UsageError: the provider takes no batches, or there is a budget and no price is known.
        ModelError: there is no key.
        DatabaseError: the database cannot be written.
    """
    asked = asked_model(settings)
    with opened(asked, settings) as batches:
        desk = _Desk(store, settings, asked, batches, left_usd, told)
        rest = iter(questions)
        while not desk.full and (chunk := list(islice(rest, _DOCUMENTS))):
            _lay(desk, chunk, run_id)
        desk.hand_over()
    return desk.submitted


def _lay(desk: _Desk, chunk: Sequence[Asked], run_id: str) -> None:
    """Lay the questions of some documents on the desk."""
    ids = [extraction_id(version, asked.extractor, desk.settings) for version, asked in chunk]
    taken = waiting(desk.store, ids)
    earlier = {row["id"]: row for row in desk.store.rows("run/extraction", ids=ids)}
    done = []
    for id_, (version, asked) in zip(ids, chunk, strict=True):
        if id_ in taken:
            desk.submitted = replace(desk.submitted, left_alone=desk.submitted.left_alone + 1)
            continue
        # A question that comes twice in a night is asked once.
        taken.add(id_)
        corrections = to_correct(earlier[id_]) if id_ in earlier else {}
        windows = with_cue(version, asked)
        if not windows:
            done.append(complete(version, asked, desk.asked.provider.name, desk.settings, run_id))
        elif not desk.lay(version, asked, id_, windows, corrections):
            break
    if done:
        desk.store.load({"extraction": [dict(each.row) for each in done]})


class _Desk:
    """What is about to be handed over: questions until they fill a batch."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        asked: Endpoint,
        batches: Batches,
        left_usd: float | None,
        told: Callable[[int], None],
    ) -> None:
        self.store, self.settings, self.asked = store, settings, asked
        self.submitted = Submitted()
        self._batches, self._left_usd, self._told = batches, left_usd, told
        self._bodies: list[bytes] = []
        self._rows: list[dict[str, Any]] = []
        self._bytes, self._usd = 0, 0.0

    @property
    def full(self) -> bool:
        """Whether no more is handed over."""
        return self.submitted.over_budget or self.submitted.error is not None

    def lay(
        self,
        version: DocumentVersion,
        asked: Question,
        id_: str,
        windows: Sequence[Window],
        corrections: Mapping[Window, list[Message]],
    ) -> bool:
        """Take what is to be asked about one text; whether there is room for more."""
        laid = []
        for window in windows:
            corrected = corrections.get(window)
            said = corrected or messages(window.passage(version.text), asked.extractor)
            ask = Ask(request_id(id_, window), said, reply_type(asked.extractor.name))
            laid.append((self._batches.body(ask), _row(ask, id_, version, asked, window, corrected is not None)))
        most = [self._most_usd(body) for body, _ in laid]
        usd = sum(each or 0.0 for each in most)
        so_far = self.submitted.reserved_usd
        if None in most or so_far is None:
            if self._left_usd is not None:
                raise UsageError(
                    "There is a budget, and nobody publishes what this model costs.",
                    hint="Set prices.input_usd and prices.output_usd (US dollars per million tokens), or no budget.",
                )
            self.submitted = replace(self.submitted, reserved_usd=None)
        elif self._left_usd is not None and so_far + self._usd + usd > self._left_usd:
            self.submitted = replace(self.submitted, over_budget=True)
            return False
        for (body, row), each in zip(laid, most, strict=True):
            too_many = len(self._rows) + 1 > self._batches.most_requests
            if self._rows and (too_many or self._bytes + len(body) > self._batches.most_bytes):
                self.hand_over()
                if self.full:
                    return False
            self._bodies.append(body)
            self._rows.append(row)
            self._bytes += len(body)
            self._usd += each or 0.0
        return True

    def _most_usd(self, body: bytes) -> float | None:
        return ceiling(self.asked, len(body), self.settings.parameters.max_tokens)

    def hand_over(self) -> None:
        """Submit what is on the desk as one batch: first its rows, then the batch, then its id at the provider."""
        if not self._rows or (self.full and self.submitted.error):
            return
        id_ = stable_id("batch", uuid4().hex)
        known = self.submitted.reserved_usd is not None
        intent = {
            "id": id_,
            "provider": self.asked.provider.name,
            "model": self.settings.model,
            "base_url": self.settings.base_url,
            "provider_batch_id": None,
            "state": str(BatchState.SUBMITTING),
            "submitted_at": datetime.now(UTC),
            "requests": len(self._rows),
            "reserved_usd": self._usd if known else None,
            "price_version": price_version(self.asked) if known else None,
        }
        self.store.load({"provider_batch": [intent], "batch_request": [{**r, "batch_id": id_} for r in self._rows]})
        try:
            standing = self._batches.submit(self._bodies, id_)
        except UnsureSubmit as error:
            # It may be there, so that what it may cost stays reserved, and its questions wait until that is known.
            log.warning("%s", error)
            self._count("", error)
        except ModelError as error:
            refused = {"id": id_, "state": str(BatchState.FAILED), "error": str(error)}
            gone = [row["id"] for row in self._rows]
            self.store.load({"provider_batch": [refused]}, delete={"batch_request": gone})
            self.submitted = replace(self.submitted, error=error)
        else:
            there = {"provider_batch_id": standing.id, "state": str(BatchState.SUBMITTED)}
            self.store.load({"provider_batch": [{"id": id_, **there, "expires_at": standing.expires_at}]})
            self._count(standing.id, None)
        self._bodies, self._rows, self._bytes, self._usd = [], [], 0, 0.0

    def _count(self, provider_batch_id: str, error: ModelError | None) -> None:
        so_far = self.submitted
        self.submitted = replace(
            so_far,
            batches=(*so_far.batches, provider_batch_id),
            requests=so_far.requests + len(self._rows),
            reserved_usd=None if so_far.reserved_usd is None else so_far.reserved_usd + self._usd,
            error=error,
        )
        self._told(len(self._rows))


def _row(
    ask: Ask, id_: str, version: DocumentVersion, asked: Question, window: Window, corrects: bool
) -> dict[str, Any]:
    return {
        "id": ask.custom_id,
        "extraction_id": id_,
        "document_version_id": version.id,
        "extractor": asked.extractor.name,
        "start_char": window.start,
        "end_char": window.end,
        "before_start": window.before[0],
        "before_end": window.before[1],
        "is_correction": corrects,
        "state": str(BatchRequestState.WAITING),
        "reply": None,
        "error_code": None,
        "usage": None,
    }


def groups(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Some at a time, in order."""
    rest = iter(items)
    while found := list(islice(rest, size)):
        yield found
