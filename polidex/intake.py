"""What comes in: sources are read and recorded, and for each text it is found out what of it is read already."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors.extractor import Extractor
from extractors.prompt import EXTRACTORS
from polidex.checks_digest import checks_digest
from polidex.database import duckdb_file, parse_url
from polidex.drafts import Extraction, Question
from polidex.extract import question, stored
from polidex.fingerprint import extraction_id
from polidex.publish import Store
from polidex.read import Place, Read, Source, read
from polidex.settings import Settings
from polidex.staging import disk_full
from polidex.stored_versions import version_of
from schema import DocumentVersion, stable_id
from schema.errors import ReadError, open_codes
from schema.rows import row
from schema.vocabulary import ExtractionStatus, FetchOutcome

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Text:
    """A text that is stored, and what is still to be done with it.

    Attributes:
        known: the readings that are stored and not stale.
        asked: what is to be asked of the model.
        done: nothing of it is new: all of it was read, and made into records by the rules of today.
        remember: gives the rows to load with it, which say how far its source was read; None where nothing has to.
    """

    uri: str
    version: DocumentVersion
    known: list[Extraction] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    done: bool = False
    remember: Callable[[], Rows] | None = None


async def read_all(chunk: Sequence[Source], settings: Settings) -> list[tuple[Source, Read | ReadError]]:
    """Read some sources at once; what cannot be read is in its place with the reason."""

    async def one(source: Source) -> tuple[Source, Read | ReadError]:
        try:
            return source, await asyncio.to_thread(read, source, limit=settings.limits.file_bytes)
        except ReadError as error:
            return source, error

    return await asyncio.gather(*(one(source) for source in chunk))


def record(store: Store, chunk: Sequence[tuple[Source, Read | ReadError]], settings: Settings) -> list[Text]:
    """Store every text, and every attempt to read one, a failure too. Gives the texts, those first that come first."""
    now = datetime.now(UTC)
    found = {source.uri: (source, each) for source, each in chunk}
    documents: Rows = {"document": [], "document_version": [], "fetch": []}
    ids = [stable_id("document", uri) for uri in found]
    first_seen = {each["id"]: each["first_seen_at"] for each in store.rows("run/document", ids=ids)}
    for source, each in found.values():
        if isinstance(each, Read):
            document: dict[str, Any] = row(each.document)
            documents["document_version"].append(row(each.version))
            attempt = {
                "final_uri": each.final_uri,
                "http_status": each.http_status,
                "outcome": str(FetchOutcome.OK),
                "raw_sha256": each.raw_sha256,
                "raw_path": _keep_original(each, settings),
            }
        else:
            document = {"id": stable_id("document", source.uri), "uri": source.uri, "publisher": None}
            attempt = {"http_status": each.http_status, "outcome": str(each.outcome), "error": str(each)}
        documents["document"].append({**document, "first_seen_at": first_seen.get(document["id"], now)})
        documents["fetch"].append(_attempt(source, document["id"], attempt, now))
    # A document that could not be read now keeps the publisher that it had.
    unread = {
        stable_id("document", source.uri) for source, each in chunk if not isinstance(each, Read)
    } & first_seen.keys()
    documents["document"] = [each for each in documents["document"] if each["id"] not in unread]
    tried = [each["id"] for each in documents["fetch"]]
    known = {each["id"] for each in store.rows("run/fetch", ids=tried)}
    documents["fetch"] = [each for each in documents["fetch"] if each["id"] not in known]
    counts = store.load({table: given for table, given in documents.items() if given})
    texts = [(uri, each.version) for uri, (_, each) in found.items() if isinstance(each, Read)]
    # Of a text that is the same its date may have changed: what was made of it is made anew.
    changed = "document_version" in counts and counts["document_version"].updated > 0
    return to_do(store, texts, settings, again=changed)


def to_do(
    store: Store, texts: Sequence[tuple[str, DocumentVersion]], settings: Settings, *, again: bool = False
) -> list[Text]:
    """For stored texts, the readings that are stored and not stale, and what is still to be asked.

    What failed for a reason that may have passed (no connection, no key, ...) is asked again, and what was given a
    reply of no use is asked once more.

    Args:
        again: make records of all stored replies anew.
    """
    ids = {uri: _ids(version, settings) for uri, version in texts}
    rows = {
        each["id"]: each for each in store.rows("run/extraction", ids=[one for some in ids.values() for one in some])
    }
    return [_text(uri, version, ids[uri], rows, open_codes(), settings, again) for uri, version in texts]


def stored_texts(
    store: Store, version_ids: Sequence[str], settings: Settings, extractors: Collection[str] = ()
) -> list[Text]:
    """Texts that are stored, and what is still to be done with them.

    Args:
        extractors: those that are asked; all where none is named.
    """
    rows = store.rows("run/texts", ids=list(version_ids))
    found = to_do(store, [(row["uri"], version_of(row)) for row in rows], settings)
    if not extractors:
        return found
    return [replace(each, asked=[one for one in each.asked if one.extractor.name in extractors]) for each in found]


def _text(
    uri: str,
    version: DocumentVersion,
    ids: dict[str, Extractor],
    rows: dict[str, dict[str, Any]],
    passing: Collection[str],
    settings: Settings,
    again: bool,
) -> Text:
    made = [rows[id_] for id_ in ids if id_ in rows]
    by_todays_rules = all(
        each["checked_with"] == checks_digest() and each["status"] != ExtractionStatus.SUPERSEDED for each in made
    )
    found = [
        stored(extractor, rows[id_], passing) if id_ in rows else question(version, extractor, settings)
        for id_, extractor in ids.items()
    ]
    asked = [each for each in found if isinstance(each, Question)]
    known = [each for each in found if isinstance(each, Extraction)]
    return Text(uri, version, known, asked, done=by_todays_rules and not asked and not again)


def _ids(version: DocumentVersion, settings: Settings) -> dict[str, Extractor]:
    return {extraction_id(version, each, settings): each for each in EXTRACTORS}


def _attempt(source: Source, document_id: str, attempt: dict[str, Any], now: datetime) -> dict[str, Any]:
    # A file that is still the same is not read anew in any sense that is worth a row; a server was asked each time.
    told_by = now.isoformat() if source.place is Place.WEB else ""
    key = stable_id("fetch", document_id, json.dumps(attempt, sort_keys=True), told_by)
    names = ("final_uri", "http_status", "outcome", "error", "raw_sha256", "raw_path")
    return {"id": key, "document_id": document_id, "retrieved_at": now, **{name: attempt.get(name) for name in names}}


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
