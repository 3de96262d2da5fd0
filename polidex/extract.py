"""Ask the model about a document: each extractor about each window, or take the replies that are stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any

from extractors.extractor import Extractor
from extractors.model import Model
from extractors.prompt import messages
from extractors.replies import json_part
from polidex.cues import has_cue
from polidex.drafts import Extraction, Item, Part, Question
from polidex.fingerprint import extraction_id, fingerprint
from polidex.journal import Journal, Kept, Kepts
from polidex.settings import Settings
from polidex.tracing import span
from polidex.windows import Window, halves, windows
from schema import DocumentVersion
from schema.errors import ModelError, Refused, TooLong, Truncated, once_more_codes
from schema.usage import Usage
from schema.vocabulary import ExtractionStatus


@dataclass(frozen=True)
class Asker:
    """Who asks the model: what it is asked with, and where its replies are kept until their document is loaded.

    Attributes:
        kept: the replies that earlier runs left.
        stopped: the error that every further call would meet too, once there is one; after it no call is made.
        called: told after each call.
    """

    model: Model
    settings: Settings
    journal: Journal
    kept: Kepts
    stopped: list[ModelError]
    called: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class _Got:
    """What came of one part of a text, what this run spent on it, and what earlier ones did."""

    part: Part
    now: Usage = field(default_factory=Usage)
    before: Usage = field(default_factory=Usage)


async def extract(
    version: DocumentVersion, questions: Sequence[Question], asker: Asker, *, run_id: str
) -> list[Extraction]:
    """Read a document, or what is still open of it. A call that fails is part of the outcome, with its error.

    Windows are read by all extractors in turn, so that a prefix cache holds what they share; different windows, of all
    documents that are read at the time, at once, as far as the pace of the provider allows.

    Raises:
        DatabaseError: a reply could not be kept.
    """
    cut = sorted({window for each in questions for window in each.windows}, key=lambda window: window.start)
    got: dict[str, list[_Got]] = {each.extractor.name: [] for each in questions}
    ids = {each.extractor.name: extraction_id(version, each.extractor, asker.settings) for each in questions}

    async def read(window: Window) -> None:
        async with asker.model.turn():
            for each in questions:
                if window in each.windows:
                    name = each.extractor.name
                    found = await _ask(asker, each.extractor, window, version, ids[name])
                    got[name] += [replace(one, part=each.settled(one.part)) for one in found]
                    asker.called()

    with span("document", document=version.document_id):
        async with asyncio.TaskGroup() as group:
            for window in cut:
                group.create_task(read(window))
    provider = asker.model.endpoint.provider.name
    return [
        _extraction(version, each, provider, asker.settings, run_id, got[each.extractor.name]) for each in questions
    ]


def unread(
    version: DocumentVersion, question: Question, error: ModelError, settings: Settings, run_id: str
) -> Extraction:
    """The reading that could not be made, because the model cannot be asked anything."""
    parts = [Part(window, "", error.code) for window in question.windows]
    got = [_Got(part) for part in parts]
    found = _extraction(version, question, settings.model.partition("/")[0], settings, run_id, got)
    return replace(found, row={**found.row, "error": str(error)})


def complete(
    version: DocumentVersion, question: Question, provider: str, settings: Settings, run_id: str
) -> Extraction:
    """The reading whose every part came another way, as the replies of a batch do: nothing of it is asked here."""
    return _extraction(version, question, provider, settings, run_id, [])


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
        kept = tuple(part for part in parts if part.error not in passing)
        once_more = frozenset(part.window for part in parts if part.error in once_more_codes())
        return Question(extractor, again, kept, spent, once_more)
    # One that a later reading replaced counts again when its model or text is back.
    status = _status(parts, tuple(part for part in parts if part.error))
    return Extraction(row["id"], extractor, _items(extractor, parts), {**row, "status": str(status)})


async def _ask(asker: Asker, extractor: Extractor, window: Window, version: DocumentVersion, id_: str) -> list[_Got]:
    """Ask about one window; about its halves when it or the reply did not fit; not at all when it has no cue."""
    text = version.text
    if extractor.cue and not has_cue(extractor.cue, text[window.start : window.end], version.language):
        return []
    got = _of_earlier_run(asker.kept.get((id_, window.start, window.end)), window)
    if got is None and asker.stopped:
        return [_Got(Part(window, "", asker.stopped[0].code))]
    if got is None:
        got = await _call(asker, extractor, window, text, id_)
    parts = halves(window, text) if got.part.error in (Truncated.code, TooLong.code) else []
    found = [each for part in parts for each in await _ask(asker, extractor, part, version, id_)] if parts[1:] else []
    if not found:
        return [got]
    # What the whole window took is paid for, though nothing came of it.
    return [replace(found[0], now=found[0].now + got.now, before=found[0].before + got.before), *found[1:]]


async def _call(asker: Asker, extractor: Extractor, window: Window, text: str, id_: str) -> _Got:
    with span("call", model=asker.settings.model, extractor=extractor.name) as told:
        got = await _answer(asker, extractor, window, text, id_)
        now = got.now
        told.add(
            calls=now.requests,
            tokens_in=now.tokens_in,
            tokens_in_cached=now.tokens_in_cached,
            tokens_out=now.tokens_out,
            cost_usd=now.cost_usd,
            error=got.part.error or None,
        )
    return got


async def _answer(asker: Asker, extractor: Extractor, window: Window, text: str, id_: str) -> _Got:
    call = f"{id_} {window.start}-{window.end}"
    try:
        reply = await asker.model.ask(messages(window.passage(text), extractor), extractor.reply_type(), call=call)
    except ModelError as error:
        if error.stops_run:
            asker.stopped.append(error)
        got = _Got(Part(window, error.text, error.code), error.usage)
        if error.stops_run or error.repeats:
            # It may have passed by the next run, which asks again.
            return got
    else:
        got = _Got(Part(window, reply.text), reply.usage)
    await asker.journal.replied(id_, window, got.part, got.now)
    return got


def _of_earlier_run(kept: Kept | None, window: Window) -> _Got | None:
    return _Got(Part(window, kept.reply, kept.error), before=kept.usage) if kept else None


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
    got: Sequence[_Got],
) -> Extraction:
    extractor = question.extractor
    parts = sorted([*question.kept, *(each.part for each in got)], key=lambda part: part.window.start)
    used = sum((each.now for each in got), Usage())
    paid = sum((each.before for each in got), question.spent) + used
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
        **vars(paid),
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
