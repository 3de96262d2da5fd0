"""What the questions of a batch are called, what their replies are worth, and how those become a reading. No I/O."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from extractors.prompt import EXTRACTORS
from extractors.protocols import Answer, Message
from extractors.providers import Endpoint
from extractors.replies import correction, faults, json_part, unusable
from extractors.shapes import shape
from polidex.cues import has_cue
from polidex.drafts import Extraction, Part, Question
from polidex.extract import complete, question, stored
from polidex.fingerprint import extraction_id
from polidex.settings import Settings
from polidex.windows import Window, halves
from schema import DocumentVersion, stable_id
from schema.errors import (
    InvalidReply,
    ModelError,
    TooLong,
    Truncated,
    Unanswered,
    Uncorrected,
    open_codes,
    passing_codes,
)
from schema.usage import Usage
from schema.vocabulary import BatchRequestState

Row = Mapping[str, Any]

_BY_NAME = {extractor.name: extractor for extractor in EXTRACTORS}
_NO_FIT = (Truncated.code, TooLong.code)


def request_id(extraction: str, window: Window) -> str:
    """The name of a question, which the provider is told: made of keys and places, so that no word is in it."""
    return stable_id("ask", extraction, str(window.start), str(window.end))


@cache
def reply_type(extractor: str) -> type[BaseModel]:
    """The type of an extractor's replies: made once, for it takes longer than to read a reply."""
    return _BY_NAME[extractor].reply_type()


def worth(found: Answer | ModelError, extractor: str, asked: Endpoint) -> tuple[BatchRequestState, str, str | None]:
    """How a question stands with what came back for it, the text to keep, and the code of its error."""
    failed = found if isinstance(found, ModelError) else _error(found, extractor, asked)
    if failed is None:
        assert isinstance(found, Answer)
        return BatchRequestState.ANSWERED, _storable(found.text), None
    state = BatchRequestState.UNANSWERED if failed.code in passing_codes() else BatchRequestState.FAILED
    return state, _storable(failed.text), failed.code


def _error(found: Answer, extractor: str, asked: Endpoint) -> ModelError | None:
    problem = unusable(found, asked)
    if problem is None and (invalid := _invalid(found.text, extractor)):
        problem = Truncated(text=found.text) if found.cut else invalid
    return problem


def _invalid(text: str, extractor: str) -> InvalidReply | None:
    try:
        shape(reply_type(extractor)).parse(json_part(text))
    except ValidationError as error:
        return InvalidReply(faults(error), text=text)
    return None


def _storable(text: str) -> str:
    """One reply with bytes that no database holds must not cost the others of its batch."""
    return text.replace("\0", "").encode(errors="replace").decode()


def to_correct(row: Row) -> dict[Window, list[Message]]:
    """For the parts of a stored reading whose reply had not the right shape, the question that has it corrected."""
    found = {}
    for part in json.loads(row["raw_response"]):
        if part["error"] == Uncorrected.code and (invalid := _invalid(part["text"], row["extractor"])):
            found[Window(part["start"], part["end"], tuple(part["before"]))] = correction(invalid)
    return found


def with_cue(version: DocumentVersion, asked: Question) -> list[Window]:
    """The windows of a question that are asked about; the others hold nothing for its extractor."""
    cue, text = asked.extractor.cue, version.text
    return [w for w in asked.windows if not cue or has_cue(cue, text[w.start : w.end], version.language)]


def reading_of(
    version: DocumentVersion,
    rows: Sequence[Row],
    earlier: Row | None,
    settings: Settings,
    *,
    provider: str,
    run_id: str,
) -> Extraction | None:
    """The reading that the questions of one extraction gave, with what an earlier run had of it.

    Args:
        rows: of `batch_request`, none of which waits.
        earlier: the row of `extraction`, where there is one.

    Returns:
        None where nothing came of it that could be kept: no question has a reply, or the reading is not wanted any
        more, for the prompt changed in between or the text was read another way.
    """
    extractor = _BY_NAME.get(rows[0]["extractor"])
    if extractor is None or extraction_id(version, extractor, settings) != rows[0]["extraction_id"]:
        return None
    asked = stored(extractor, earlier, open_codes()) if earlier else question(version, extractor, settings)
    if isinstance(asked, Extraction) or all(row["state"] == BatchRequestState.UNANSWERED for row in rows):
        return None
    by_place = {(row["start_char"], row["end_char"]): row for row in rows}
    parts: list[Part] = []
    for window in with_cue(version, asked):
        row = by_place.get((window.start, window.end))
        of_window = _parts(row, window, version.text, settings) if row else [Part(window, "", Unanswered.code)]
        parts += map(asked.settled, of_window)
    used = spent(rows)
    found = complete(
        version,
        Question(extractor, (), (*asked.kept, *parts), asked.spent + used),
        provider,
        settings,
        run_id,
    )
    return replace(found, usage=used)


def spent(rows: Iterable[Row]) -> Usage:
    """What some questions took."""
    return sum((Usage(**json.loads(row["usage"])) for row in rows if row["usage"]), Usage())


def _parts(row: Row, window: Window, text: str, settings: Settings) -> Iterator[Part]:
    """What came of a window: a reply, its final error, or what is to be asked yet, which is an error that may pass."""
    code = row["error_code"] or ""
    pieces = halves(window, text) if code in _NO_FIT else []
    if len(pieces) > 1:
        yield from (Part(piece, "", Unanswered.code) for piece in pieces)
    elif code == InvalidReply.code and settings.parameters.reasks and not row["is_correction"]:
        yield Part(window, row["reply"], Uncorrected.code)
    else:
        yield Part(window, row["reply"] or "", code)
