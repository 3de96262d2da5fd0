"""What a run writes down about itself: the run, every attempt to read, every text, and the model that it opened."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from importlib.metadata import version as version_of
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extractors.extractor import Extractor
from extractors.model import Model, open_model
from extractors.prompt import EXTRACTORS
from polidex.database import duckdb_file, parse_url
from polidex.drafts import Extraction, Question
from polidex.extract import extract, question, stored, unread
from polidex.fingerprint import extraction_id
from polidex.publish import Store
from polidex.read import Place, Read, Source, read
from polidex.report import RunReport, reason
from polidex.settings import Settings
from polidex.staging import disk_full
from schema import DocumentVersion, stable_id
from schema.errors import ModelError, ReadError
from schema.rows import row
from schema.vocabulary import FetchOutcome, RunStatus


@asynccontextmanager
async def run_row(store: Store, report: RunReport, settings: Settings) -> AsyncIterator[None]:
    """Record that a run started, and how it ended; and of those that were killed, that they did."""
    _close_gone_runs(store)
    write_run(store, report, settings)
    try:
        yield
    except (asyncio.CancelledError, KeyboardInterrupt):
        write_run(store, report, settings, RunStatus.INTERRUPTED, "stopped by the user")
        raise
    except BaseException as error:
        write_run(store, report, settings, RunStatus.FAILED, reason(error))
        raise
    write_run(store, report, settings, RunStatus.FINISHED, "some documents failed" if report.failed else None)


def _close_gone_runs(store: Store) -> None:
    running = store.rows("run/running", host=socket.gethostname())
    gone = {"status": str(RunStatus.INTERRUPTED), "exit_reason": "the process was gone"}
    store.load({"extraction_run": [{**each, **gone} for each in running if not _is_alive(each["pid"])]})


def _is_alive(pid: int | None) -> bool:
    if pid == os.getpid() or pid is None:
        # This run has no row yet: it is that of an earlier process with the same number.
        return False
    if os.name != "posix":
        # Elsewhere there is no signal that only asks.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def write_run(
    store: Store,
    report: RunReport,
    settings: Settings,
    status: RunStatus = RunStatus.RUNNING,
    exit_reason: str | None = None,
) -> None:
    """Write down how a run stands. A run that goes on shows with it that it is alive."""
    now, used = datetime.now(UTC), report.usage
    counts = {
        "documents": report.documents,
        "unchanged": report.unchanged,
        "failed": len(report.failed),
        "refused": report.refused,
        "records": dict(report.records),
    }
    store.load(
        {
            "extraction_run": [
                {
                    "id": report.run_id,
                    "command": f"run with {settings.model}",
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
                    "cost_usd": used.cost_usd,
                    "exit_reason": exit_reason,
                }
            ]
        }
    )


async def read_and_record(
    source: Source, store: Store, report: RunReport, settings: Settings
) -> DocumentVersion | None:
    """Read a source and store its text; None when it could not be read: then the reason is stored, and reported."""
    try:
        found = await asyncio.to_thread(read, source, limit=settings.limits.file_bytes)
    except ReadError as error:
        report.failed[source.uri] = reason(error)
        document = {"id": stable_id("document", source.uri), "uri": source.uri}
        attempt = {"http_status": error.http_status, "outcome": str(error.outcome), "error": str(error)}
        _record(store, source, document, attempt, {})
        return None
    attempt = {
        "final_uri": found.final_uri,
        "http_status": found.http_status,
        "outcome": str(FetchOutcome.OK),
        "raw_sha256": found.raw_sha256,
        "raw_path": _keep_original(found, settings),
    }
    _record(store, source, row(found.document), attempt, {"document_version": [row(found.version)]})
    return found.version


def _record(
    store: Store,
    source: Source,
    document: dict[str, Any],
    attempt: dict[str, Any],
    rows: dict[str, list[dict[str, Any]]],
) -> None:
    now = datetime.now(UTC)
    known = store.rows("run/document", id=document["id"])
    rows["document"] = [{**document, "first_seen_at": known[0]["first_seen_at"] if known else now}]
    # A file that is still the same is not read anew in any sense that is worth a row; a server was asked each time.
    told_by = now.isoformat() if source.place is Place.WEB else ""
    said = json.dumps(attempt, sort_keys=True)
    key = stable_id("fetch", document["id"], said, told_by)
    if not store.rows("run/fetch", id=key):
        names = ("final_uri", "http_status", "outcome", "error", "raw_sha256", "raw_path")
        columns = {name: attempt.get(name) for name in names}
        rows["fetch"] = [{"id": key, "document_id": document["id"], "retrieved_at": now, **columns}]
    store.load(rows)


def _keep_original(found: Read, settings: Settings) -> str | None:
    """Keep the bytes beside the database, under their digest, if that is wanted."""
    if not settings.keep_originals:
        return None
    file = duckdb_file(parse_url(settings.database)) or Path("polidex.duckdb")
    kept = file.with_name(f"{file.name}.originals") / found.raw_sha256
    with disk_full(f"Keeping {kept} needs {len(found.raw):,} bytes", kept.parent.parent):
        kept.parent.mkdir(exist_ok=True)
        if not kept.exists():
            # A run that is killed here must not leave half of it under the digest of the whole.
            part = kept.with_name(f"{kept.name}.part")
            part.write_bytes(found.raw)
            part.replace(kept)
    return str(kept)


def readings(store: Store, version: DocumentVersion, settings: Settings) -> tuple[list[Extraction], list[Question]]:
    """The readings of this text that are stored and not stale, and what is still to be asked.

    What failed for a reason that may have passed (no connection, no key, ...) is asked again.
    """
    rows = {row["id"]: row for row in store.rows("run/extraction", ids=[*_ids(version, settings)])}
    passing = {kind.code for kind in _kinds(ModelError) if kind.repeats or kind.stops_run}
    known: list[Extraction] = []
    asked: list[Question] = []
    for id_, extractor in _ids(version, settings).items():
        found = stored(extractor, rows[id_], passing) if id_ in rows else question(version, extractor, settings)
        if isinstance(found, Question):
            asked.append(found)
        else:
            known.append(found)
    return known, asked


def _ids(version: DocumentVersion, settings: Settings) -> dict[str, Extractor]:
    return {extraction_id(version, each, settings): each for each in EXTRACTORS}


def _kinds(kind: type[ModelError]) -> set[type[ModelError]]:
    return {kind} | {below for child in kind.__subclasses__() for below in _kinds(child)}


class OnDemand:
    """The model, opened when the first question is asked: a run that finds nothing new does not load it.

    Attributes:
        stopped: the error that every further question would meet (wrong key, no weights, ...), once there is one.
    """

    def __init__(self, settings: Settings) -> None:
        self.stopped: ModelError | None = None
        self._settings = settings
        self._stack = AsyncExitStack()
        self._model: Model | None = None

    async def ask(
        self, version: DocumentVersion, questions: Sequence[Question], *, run_id: str, called: Callable[[], None]
    ) -> list[Extraction]:
        """The readings that answer some questions about a document; after `stopped` nothing is sent, and they fail."""
        if questions and not self.stopped:
            try:
                model = await self._get()
            except ModelError as error:
                self.stopped = error
            else:
                found, self.stopped = await extract(
                    version, questions, model, self._settings, run_id=run_id, called=called
                )
                return found
        return [unread(version, each, self.stopped, self._settings, run_id) for each in questions if self.stopped]

    async def _get(self) -> Model:
        if self._model is None:
            settings = self._settings
            self._model = await self._stack.enter_async_context(
                open_model(
                    settings.model,
                    base_url=settings.base_url,
                    api_key=settings.api_key,
                    parameters=settings.parameters,
                    cache=settings.cache,
                )
            )
        return self._model

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()
