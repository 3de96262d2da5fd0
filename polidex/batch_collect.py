"""Collect what a provider made of its batches: replies become rows, then readings. How it is used: provider_batches."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from extractors.batch_prices import answered
from extractors.batches import Batches, Stage, Standing
from extractors.protocols import Answer
from extractors.providers import Endpoint
from polidex.batch_replies import reading_of, spent, worth
from polidex.drafts import Extraction
from polidex.provider_batches import asked_model, groups, of_model, opened
from polidex.publish import Store
from polidex.settings import Settings
from polidex.stored_versions import version_of
from schema import DocumentVersion
from schema.errors import ModelError, Unanswered, UnknownModel, UnsureSubmit
from schema.usage import Usage
from schema.vocabulary import BatchRequestState, BatchState

log = logging.getLogger(__name__)

Row = Mapping[str, Any]

UNSEEN = timedelta(minutes=10)
"""A batch whose submit was never answered is looked for so long before it counts as lost: lists lag behind."""
GIVEN_UP = timedelta(days=2)
"""A batch that the provider knows no more is given up so long after it should have ended."""

_AT_ONCE = 500
"""Replies that are stored with one transaction."""
_READINGS = 200
"""Readings that are stored with one transaction."""
_ENDED = {
    Stage.ENDED: BatchState.COLLECTED,
    Stage.EXPIRED: BatchState.EXPIRED,
    Stage.CANCELLED: BatchState.CANCELLED,
    Stage.FAILED: BatchState.FAILED,
}


@dataclass(frozen=True)
class Collected:
    """What batches gave for one reading of one text.

    Attributes:
        reading: as it is stored now, with its parts: the replies, and what is to be asked again as an error that may
            have passed. None where nothing came that could be kept: then all of it is asked again.
        usage: what the batches took for it.
    """

    version: DocumentVersion
    extractor: str
    reading: Extraction | None
    usage: Usage


def collect_night(store: Store, settings: Settings, *, run_id: str) -> Iterator[Collected]:
    """Take what is back of the batches of tonight's model. One that is under way is left alone.

    Each reading is stored, and its questions are let go of, before it is given. A night in which no batch is open asks
    the provider nothing, and needs no key.

    Raises:
        ModelError: the provider cannot be asked at all (wrong key, missing package). What came before is stored.
        DatabaseError: the database cannot be written.
    """
    with ExitStack() as stack:
        if found := store.rows("batches/open", **of_model(settings)):
            asked = asked_model(settings)
            batches = stack.enter_context(opened(asked, settings))
            for row in found:
                try:
                    _look_after(row, store, batches, asked)
                except ModelError as error:
                    if error.stops_run and not isinstance(error, UnknownModel):
                        raise
                    # It is there tomorrow, and the others need not wait for it.
                    log.warning("The batch %s is not collected: %s", row["provider_batch_id"] or row["id"], error)
    yield from _readings(store, settings, run_id)


def _look_after(row: Row, store: Store, batches: Batches, asked: Endpoint) -> None:
    """See how one batch stands, and store its replies when it has ended."""
    standing = _found(row, store, batches)
    if standing is None or standing.stage is Stage.UNDER_WAY:
        return
    if standing.stage is not Stage.FAILED:
        for lines in groups(batches.results(standing.id), _AT_ONCE):
            _keep(row["id"], dict(lines), store, asked)
    _close(row["id"], standing, store)


def _found(row: Row, store: Store, batches: Batches) -> Standing | None:
    """How a batch stands; None where it is lost, or cannot be seen yet."""
    if row["provider_batch_id"]:
        try:
            return batches.status(row["provider_batch_id"])
        except UnknownModel:
            # It may be the key of another account: what is paid for is not given up for that.
            if row["expires_at"] is None or datetime.now(UTC) < row["expires_at"] + GIVEN_UP:
                raise
            _lose(row["id"], store)
            return None
    requests = [each["id"] for each in store.rows("batches/requests_of_batch", batch_id=row["id"])]
    known = {each["provider_batch_id"] for each in store.rows("batches/known")}
    try:
        standing = batches.find(row["id"], frozenset(requests), known)
    except UnsureSubmit as error:
        log.warning("%s", error)
        return None
    if standing:
        there = {"provider_batch_id": standing.id, "state": str(BatchState.SUBMITTED)}
        store.load({"provider_batch": [{"id": row["id"], **there, "expires_at": standing.expires_at}]})
    elif datetime.now(UTC) >= row["submitted_at"] + UNSEEN:
        _lose(row["id"], store)
    return standing


def _lose(batch_id: str, store: Store) -> None:
    """Let go of a batch that the provider does not have: its questions are asked again."""
    gone = [each["id"] for each in store.rows("batches/requests_of_batch", batch_id=batch_id)]
    store.load({"provider_batch": [{"id": batch_id, "state": str(BatchState.LOST)}]}, delete={"batch_request": gone})


def _keep(batch_id: str, came: Mapping[str, Answer | ModelError], store: Store, asked: Endpoint) -> None:
    rows = []
    for row in store.rows("batches/requests", batch_id=batch_id, ids=list(came)):
        found = came[row["id"]]
        state, text, code = worth(found, row["extractor"], asked)
        used = asdict(answered(asked, found)) if isinstance(found, Answer) else None
        rows.append(
            {
                "id": row["id"],
                "state": str(state),
                "reply": text,
                "error_code": code,
                "usage": json.dumps(used) if used else None,
            }
        )
    store.load({"batch_request": rows})


def _close(batch_id: str, standing: Standing, store: Store) -> None:
    """Write down how a batch ended. What no line came for, or none that can be read, is asked again."""
    rows = store.rows("batches/requests_of_batch", batch_id=batch_id)
    silent = [row["id"] for row in rows if row["state"] == BatchRequestState.WAITING]
    states = [row["state"] for row in rows]
    used = spent(rows)
    closed = {
        "id": batch_id,
        "state": str(_ENDED[standing.stage]),
        "collected_at": datetime.now(UTC),
        "answered": states.count(BatchRequestState.ANSWERED),
        "failed": states.count(BatchRequestState.FAILED),
        "unanswered": states.count(BatchRequestState.UNANSWERED) + len(silent),
        "cost_usd": used.cost_usd,
        "error": standing.error,
    }
    again = {"state": str(BatchRequestState.UNANSWERED), "error_code": Unanswered.code}
    store.load({"provider_batch": [closed], "batch_request": [{"id": id_, **again} for id_ in silent]})


def _readings(store: Store, settings: Settings, run_id: str) -> Iterator[Collected]:
    """Make readings of what no question is open of any more: each is stored as its requests go."""
    settled = store.rows("batches/settled", **of_model(settings))
    for chunk in groups(settled, _READINGS):
        found = _made(chunk, store, settings, run_id)
        rows = [dict(each.reading.row) for each, _ in found if each.reading]
        gone = [id_ for _, ids in found for id_ in ids]
        store.load({"extraction": rows}, delete={"batch_request": gone})
        yield from (each for each, _ in found)


def _made(chunk: Sequence[Row], store: Store, settings: Settings, run_id: str) -> list[tuple[Collected, list[str]]]:
    ids = [row["extraction_id"] for row in chunk]
    texts = sorted({row["document_version_id"] for row in chunk})
    versions = {row["id"]: version_of(row) for row in store.rows("review/versions", ids=texts)}
    earlier: dict[str, Row] = {row["id"]: row for row in store.rows("run/extraction", ids=ids)}
    by_reading: dict[str, list[Row]] = {id_: [] for id_ in ids}
    for each in store.rows("batches/requests_of_extractions", ids=ids):
        by_reading[each["extraction_id"]].append(each)
    provider = settings.model.partition("/")[0]
    found = []
    for row in chunk:
        version, rows = versions[row["document_version_id"]], by_reading[row["extraction_id"]]
        reading = reading_of(
            version, rows, earlier.get(row["extraction_id"]), settings, provider=provider, run_id=run_id
        )
        collected = Collected(version, rows[0]["extractor"], reading, spent(rows))
        found.append((collected, [each["id"] for each in rows]))
    return found
