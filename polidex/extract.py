"""Ask the model about a document: each extractor about each window, or take the replies that are stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import Any

from extractors.extractor import Extractor
from extractors.model import Model
from extractors.prompt import messages
from extractors.replies import json_part
from polidex.cues import has_cue
from polidex.drafts import Extraction, Item, Part, Question
from polidex.fingerprint import extraction_id, fingerprint
from polidex.settings import Settings
from polidex.windows import Window, halves, windows
from schema import DocumentVersion
from schema.errors import ModelError, Refused, TooLong, Truncated
from schema.usage import Usage
from schema.vocabulary import ExtractionStatus

AT_ONCE = 8
"""Windows that are read at once by a hosted model. The embedded one works on what its own setting says."""


async def extract(
    version: DocumentVersion,
    questions: Sequence[Question],
    model: Model,
    settings: Settings,
    *,
    run_id: str,
    called: Callable[[], None] = lambda: None,
) -> tuple[list[Extraction], ModelError | None]:
    """Read a document, or what is still open of it. A call that fails is part of the outcome, with its error.

    Windows are read in turn, and each by all extractors before the next, so that a prefix cache holds what they share.
    `called` is told after each call. The error that comes second, if any, is one that every further call would meet
    too: after it no call was made.
    """
    stopped: list[ModelError] = []
    cut = sorted({window for each in questions for window in each.windows}, key=lambda window: window.start)
    at_once = asyncio.Semaphore(settings.parameters.parallel if model.endpoint.provider.name == "local" else AT_ONCE)
    read_by: dict[str, list[tuple[list[Part], Usage]]] = {each.extractor.name: [] for each in questions}

    async def read(window: Window) -> None:
        async with at_once:
            for each in questions:
                if window in each.windows:
                    outcome = await _ask(model, each.extractor, window, version, stopped)
                    read_by[each.extractor.name].append(outcome)
                    called()

    async with asyncio.TaskGroup() as group:
        for window in cut:
            group.create_task(read(window))
    extractions = [
        _extraction(version, each, model.endpoint.provider.name, settings, run_id, read_by[each.extractor.name])
        for each in questions
    ]
    return extractions, stopped[0] if stopped else None


def unread(
    version: DocumentVersion, question: Question, error: ModelError, settings: Settings, run_id: str
) -> Extraction:
    """The reading that could not be made, because the model cannot be asked anything."""
    parts = [Part(window, "", error.code) for window in question.windows]
    found = _extraction(version, question, settings.model.partition("/")[0], settings, run_id, [(parts, Usage())])
    return replace(found, row={**found.row, "error": str(error)})


def question(version: DocumentVersion, extractor: Extractor, settings: Settings) -> Question:
    """All that an extractor reads of a document."""
    cut = windows(version, size=settings.windowing.size, overlap=settings.windowing.overlap)
    return Question(extractor, tuple(cut))


def stored(extractor: Extractor, row: Mapping[str, Any], passing: Collection[str] = ()) -> Extraction | Question:
    """A reading from its stored replies, without a call: what the checks make of it may have changed, the words not.

    Args:
        row: of the table `extraction`.
        passing: codes of errors that may have passed. Where a window met one, the windows that did are a question anew.
    """
    parts = [
        Part(Window(part["start"], part["end"], (part["before"][0], part["before"][1])), part["text"], part["error"])
        for part in json.loads(row["raw_response"])
    ]
    again = tuple(part.window for part in parts if part.error in passing)
    if again:
        spent = Usage(**{each.name: row[each.name] for each in fields(Usage)})
        return Question(extractor, again, tuple(part for part in parts if part.error not in passing), spent)
    # One that a later reading replaced counts again when its model or text is back.
    status = _status(parts, tuple(part for part in parts if part.error))
    return Extraction(row["id"], extractor, _items(extractor, parts), {**row, "status": str(status)})


async def _ask(
    model: Model, extractor: Extractor, window: Window, version: DocumentVersion, stopped: list[ModelError]
) -> tuple[list[Part], Usage]:
    """Ask about one window; about its halves when it or the reply did not fit; not at all when it has no cue."""
    text = version.text
    if stopped:
        return [Part(window, "", stopped[0].code)], Usage()
    if extractor.cue and not has_cue(extractor.cue, text[window.start : window.end], version.language):
        return [], Usage()
    try:
        reply = await model.ask(messages(window.passage(text), extractor), extractor.reply_type())
    except (Truncated, TooLong) as error:
        parts = halves(window, text)
        if len(parts) == 1:
            return [Part(window, error.text, error.code)], error.usage
        outcomes = [await _ask(model, extractor, part, version, stopped) for part in parts]
        return [part for found, _ in outcomes for part in found], sum((used for _, used in outcomes), error.usage)
    except ModelError as error:
        if error.stops_run:
            stopped.append(error)
        return [Part(window, error.text, error.code)], error.usage
    return [Part(window, reply.text)], reply.usage


def _items(extractor: Extractor, parts: Iterable[Part]) -> tuple[Item, ...]:
    kind = extractor.reply_type()
    return tuple(
        Item(item, part.window)
        for part in parts
        if not part.error
        for item in dict(kind.model_validate_json(json_part(part.text)))["items"][: extractor.most]
    )


def _extraction(
    version: DocumentVersion,
    question: Question,
    provider: str,
    settings: Settings,
    run_id: str,
    outcomes: list[tuple[list[Part], Usage]],
) -> Extraction:
    extractor = question.extractor
    parts = sorted(
        [*question.kept, *(part for found, _ in outcomes for part in found)], key=lambda part: part.window.start
    )
    used = sum((usage for _, usage in outcomes), Usage())
    paid = question.spent + used
    failed = tuple(part for part in parts if part.error)
    printed = fingerprint(version, extractor, settings)
    id_ = extraction_id(version, extractor, settings)
    row = {
        "id": id_,
        "document_version_id": version.id,
        "run_id": run_id,
        "extractor": extractor.name,
        "fingerprint": printed.whole,
        **{f"fingerprint_{name}": value for name, value in asdict(printed).items()},
        "status": str(_status(parts, failed)),
        "provider": provider,
        "model": settings.model,
        "windows": len(parts),
        **asdict(paid),
        "extracted_at": datetime.now(UTC),
        "raw_response": json.dumps([_stored_part(part) for part in parts], ensure_ascii=False),
        "error_code": failed[0].error if failed else None,
        "checked_with": None,
        "error": f"{len(failed)} of {len(parts)} windows failed: {', '.join(sorted({p.error for p in failed}))}"
        if failed
        else None,
    }
    return Extraction(id_, extractor, _items(extractor, parts), row, failed, used)


def _stored_part(part: Part) -> dict[str, object]:
    place = {"start": part.window.start, "end": part.window.end, "before": part.window.before}
    return {**place, "text": part.text, "error": part.error}


def _status(parts: list[Part], failed: tuple[Part, ...]) -> ExtractionStatus:
    if not parts:
        return ExtractionStatus.SKIPPED
    if not failed:
        return ExtractionStatus.OK
    if len(failed) < len(parts):
        return ExtractionStatus.PARTIAL
    return ExtractionStatus.REFUSED if all(part.error == Refused.code for part in failed) else ExtractionStatus.FAILED
