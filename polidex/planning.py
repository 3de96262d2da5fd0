"""What a night would do: which documents are stale and why, how many calls that is, and what they would take."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from extractors.extractor import Extractor
from extractors.prompt import EXTRACTORS
from polidex.answers import one_line
from polidex.cues import has_cue
from polidex.database import duckdb_file, reading, statement
from polidex.fingerprint import text_digest
from polidex.prospect import Prospect, prospect
from polidex.settings import Settings
from polidex.staleness import (
    REASONS,
    Rows,
    Select,
    Stale,
    StaleReading,
    Wanted,
    judged,
    passing_errors,
    rows_of,
    stale_documents,
    stored_readings,
)
from polidex.stored_versions import version_of
from polidex.windows import Window, windows
from schema import DocumentVersion
from schema.errors import MissingDatabase
from schema.rows import spans_text

_AT_ONCE = 200
_SHOWN = 20
_MEGABYTES = 200
_BY_NAME = {extractor.name: extractor for extractor in EXTRACTORS}


@dataclass(frozen=True, slots=True)
class Planned:
    """A document that is to be done, and how many calls each of its stale readings is, in their order."""

    stale: Stale
    calls: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """What a run would do now.

    Attributes:
        documents: in the order in which they are taken up.
        prospect: what all their calls would take.
        failed: sources that could not be read, with the reason.
    """

    documents: tuple[Planned, ...]
    prospect: Prospect
    failed: dict[str, str]

    def as_dict(self) -> dict[str, object]:
        """The plan as JSON takes it."""
        return {
            "documents": len(self.documents),
            "without_calls": sum(not sum(each.calls) for each in self.documents),
            **asdict(self.prospect),
            "reasons": {name: dict(counts) for name, counts in self._counts().items()},
            "failed": self.failed,
            "stale": [
                {
                    "uri": each.stale.uri,
                    "document_id": each.stale.document_id,
                    "document_version_id": each.stale.document_version_id,
                    "readings": [
                        {"extractor": found.extractor, "reasons": list(found.reasons), "calls": calls}
                        for found, calls in zip(each.stale.readings, each.calls, strict=True)
                    ],
                }
                for each in self.documents
            ],
        }

    def as_text(self) -> str:
        """The plan as a person reads it."""
        told = [one_line(f"FAILED {uri}: {why}") for uri, why in self.failed.items()]
        if not self.documents:
            return "\n".join(["Nothing is stale: a run would ask nothing and change nothing.", *told])
        lines = [f"{'document':<52} {'calls':>6}  why"]
        for each in self.documents[:_SHOWN]:
            why = Counter(", ".join(found.reasons) for found in each.stale.readings)
            uri = one_line(each.stale.uri)
            shown = uri if len(uri) <= _WIDTH else f"…{uri[1 - _WIDTH :]}"
            lines.append(f"{shown:<52} {sum(each.calls):>6}  {'; '.join(_names(each.stale, said) for said in why)}")
        if len(self.documents) > _SHOWN:
            lines.append(f"… and {len(self.documents) - _SHOWN:,} more (--json lists all)")
        lines += ["", f"{'reason':<12}{'documents':>11}{'readings':>10}{'calls':>10}"]
        for name, counts in self._counts().items():
            lines.append(f"{name:<12}{counts['documents']:>11,}{counts['readings']:>10,}{counts['calls']:>10,}")
        return "\n".join([*lines, "", *self._taking(), *told])

    def _taking(self) -> Iterator[str]:
        """What it would take, in words."""
        found = self.prospect
        free = sum(not sum(each.calls) for each in self.documents)
        yield (
            f"{len(self.documents):,} documents, {free:,} of them without a call; {found.calls:,} calls: about "
            f"{found.tokens_in:,} tokens in, {found.tokens_in_cached:,} of them cached, {found.tokens_out:,} out, "
            f"told by {found.told_by}."
        )
        if found.usd is None or found.most_usd is None:
            yield "No price is known for this model; [prices] in polidex.toml can say one."
        else:
            yield f"About {found.usd:.4f} USD, never more than {found.most_usd:.2f} USD ({found.price_version})."
        if found.seconds is not None and found.calls:
            yield f"About {_duration(found.seconds)} at the pace that is set."

    def _counts(self) -> dict[str, dict[str, int]]:
        """Documents, readings and calls by reason. What is stale for two reasons counts under each."""
        documents: Counter[str] = Counter()
        readings: Counter[str] = Counter()
        calls: Counter[str] = Counter()
        for each in self.documents:
            documents.update({name for found in each.stale.readings for name in found.reasons})
            for found, number in zip(each.stale.readings, each.calls, strict=True):
                readings.update(found.reasons)
                calls.update(dict.fromkeys(found.reasons, number))
        return {
            name: {"documents": documents[name], "readings": readings[name], "calls": calls[name]}
            for name in REASONS
            if documents[name]
        }


_WIDTH = 52


def plan(
    settings: Settings,
    *,
    paths: Sequence[str] = (),
    poll: bool = True,
    select: Select | None = None,
    limit: int | None = None,
    looked: Callable[[int], None] = lambda documents: None,
) -> Plan:
    """What a run would do now, as far as it can be known without asking the model. Nothing is written.

    A text that a reply or its question does not fit in is asked about again in halves; those calls are not foreseen.

    Args:
        paths: files, folders and addresses, read to see what is new in them. They come first.
        poll: where there are no paths, ask the sources of the settings instead.
        select: which documents and readings.
        limit: so many documents at most.
        looked: told how many documents were looked at, now and then.

    Raises:
        DatabaseError: the database cannot be read. One that is not there yet is empty where `paths` are given.
    """
    select, wanted = select or Select(), Wanted(settings)
    failed: dict[str, str] = {}
    planned: list[Planned] = []
    calls: Counter[str] = Counter()
    with ExitStack() as stack:
        rows = _opened(stack, settings, may_be_missing=bool(paths or settings.sources))
        read_now = _read_now(rows, paths, failed, settings, poll=poll)
        chosen = _chosen(rows, read_now, wanted, select)
        for chunk in _chunks(islice(chosen, limit), _AT_ONCE):
            counted = _counted(rows, chunk, settings)
            planned += counted
            for each in counted:
                for found, number in zip(each.stale.readings, each.calls, strict=True):
                    calls[found.extractor] += number
            looked(len(planned))
        spent = rows("plan/spent")
    return Plan(tuple(planned), prospect(calls, spent, settings), failed)


_Chosen = tuple[Stale, DocumentVersion | None]
"""A document, and its text where that is at hand."""
Found = tuple[str, DocumentVersion]
"""An address, and the text that was read there just now."""


def _opened(stack: ExitStack, settings: Settings, *, may_be_missing: bool) -> Rows:
    try:
        connection = stack.enter_context(reading(settings.database))
    except MissingDatabase:
        if not may_be_missing:
            raise
        return lambda name, **parameters: []
    if duckdb_file(connection.engine.url):
        connection.exec_driver_sql(statement("load/memory_duckdb").format(megabytes=_MEGABYTES))
    else:
        connection.exec_driver_sql(statement("plan/memory_postgres"))
    return rows_of(connection)


def _read_now(
    rows: Rows, paths: Sequence[str], failed: dict[str, str], settings: Settings, *, poll: bool
) -> Iterator[Found]:
    if not paths and not (poll and settings.sources):
        return iter(())
    # What reads documents takes half of all memory; many plans read none.
    from polidex.looking import polled, read_paths  # noqa: PLC0415

    return read_paths(paths, failed, settings) if paths else polled(rows, failed, settings)


def _chosen(rows: Rows, read_now: Iterator[Found], wanted: Wanted, select: Select) -> Iterator[_Chosen]:
    """What is stale of what was read just now, then what is stale of all other stored documents."""
    seen: set[str] = set()
    for chunk in _chunks(read_now, _AT_ONCE):
        seen |= {version.document_id for _, version in chunk}
        for stale, version in _of_texts(rows, chunk, wanted):
            if kept := select.of_stale(stale):
                yield kept, version
    for stale in stale_documents(rows, wanted.settings, select):
        if stale.document_id not in seen:
            yield stale, None


def _of_texts(rows: Rows, read_now: Sequence[Found], wanted: Wanted) -> Iterator[tuple[Stale, DocumentVersion]]:
    """What is stale of texts that were read just now, whether they are stored or not."""
    ids = " ".join(version.document_id for _, version in read_now)
    known = {each["document_id"] for each in rows("plan/known", ids=ids)}
    stored = stored_readings(rows, [version.id for _, version in read_now])
    for uri, version in read_now:
        text = text_digest(version.content_sha256, spans_text(version.reading_spans))
        readings = judged(stored.get(version.id, ()), text, version.language or "", wanted)
        if all(each.reasons == ("new",) for each in readings) and version.document_id in known:
            readings = tuple(StaleReading(each.extractor, ("text",)) for each in readings)
        yield Stale(uri, version.document_id, version.id, readings), version


def _counted(rows: Rows, chunk: Sequence[_Chosen], settings: Settings) -> list[Planned]:
    """How many calls some documents are. Texts are loaded only of those whose readings do not tell it."""
    open_ = [stale.document_version_id for stale, version in chunk if version is None and _needs_text(stale)]
    texts = {version.id: version for _, version in chunk if version}
    if open_:
        texts |= {row["id"]: version_of(row) for row in rows("plan/texts", ids=" ".join(open_))}
    again = [each.extraction_id for stale, _ in chunk for each in stale.readings if each.extraction_id]
    replies = {row["id"]: row["raw_response"] for row in rows("plan/replies", ids=" ".join(again))} if again else {}
    return [
        Planned(
            stale, tuple(_calls(each, texts.get(stale.document_version_id), replies, settings) for each in readings)
        )
        for stale, _ in chunk
        if (readings := stale.readings)
    ]


def _needs_text(stale: Stale) -> bool:
    return any(each.windows is None for each in stale.readings)


def _calls(found: StaleReading, version: DocumentVersion | None, replies: dict[str, str], settings: Settings) -> int:
    """How many questions one extractor is asked about one document."""
    if found.windows is not None or version is None:
        return found.windows or 0
    cut: Iterable[Window]
    if found.extraction_id:
        parts: list[dict[str, Any]] = json.loads(replies[found.extraction_id])
        cut = [Window(part["start"], part["end"], (0, 0)) for part in parts if part["error"] in passing_errors()]
    else:
        cut = windows(version, size=settings.windowing.size, overlap=settings.windowing.overlap)
    return sum(_is_asked(_BY_NAME[found.extractor], window, version) for window in cut)


def _is_asked(extractor: Extractor, window: Window, version: DocumentVersion) -> bool:
    words = version.text[window.start : window.end]
    return not extractor.cue or has_cue(extractor.cue, words, version.language)


def _names(stale: Stale, said: str) -> str:
    names = [each.extractor for each in stale.readings if ", ".join(each.reasons) == said]
    return said if len(names) == len(EXTRACTORS) else f"{said} ({', '.join(names)})"


def _chunks(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while chunk := [*islice(items, size)]:
        yield chunk


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 90:  # noqa: PLR2004 - up to a minute and a half
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"  # noqa: PLR2004 - two hours
