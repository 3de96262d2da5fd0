"""What a reply's text is worth: JSON or not, why it does not fit, and how to ask for it again cheaply."""

from __future__ import annotations

import json

from pydantic import ValidationError

from extractors.protocols import Answer
from extractors.providers import Endpoint
from schema.errors import EmptyReply, InvalidReply, ModelError, NotJson, Refused, Truncated

SHOWN_FAULTS = 5


def unusable(answer: Answer, asked: Endpoint) -> ModelError | None:
    """The error for an answer that no second question would better, or None where its text may hold a reply."""
    if asked.redact(answer.text) != answer.text:
        # What a server does with our key is not ours to store.
        return NotJson("The reply repeats the API key.")
    if answer.foreign:
        return NotJson(text=answer.text)
    if answer.refused:
        return Refused(text=answer.text)
    if not answer.text.strip():
        return Truncated() if answer.cut else EmptyReply()
    if not json_part(answer.text):
        return NotJson(text=answer.text)
    return None


def json_part(text: str) -> str:
    """The JSON in `text`: all of it, what a code fence holds, or an object amid prose; empty where there is none."""
    stripped = text.strip()
    if stripped[:5].lower() in ("<html", "<!doc"):
        return ""
    start = 0 if stripped.startswith("[") else stripped.find("{")
    if start < 0:
        return ""
    try:
        _, end = json.JSONDecoder().raw_decode(stripped, start)
    except (ValueError, RecursionError):
        # JSON that is broken or cut, if it was meant to be JSON at all.
        return stripped[start:] if stripped.startswith(("{", "[", "```")) else ""
    return stripped[start:end]


def faults(error: ValidationError) -> str:
    """Where a reply does not fit and why, one line each, without the values: those stand in the reply."""
    lines = [
        f"{'.'.join(str(part) for part in item['loc']) or 'reply'}: {item['msg']}"
        for item in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    more = [f"and {len(lines) - SHOWN_FAULTS} more"] if len(lines) > SHOWN_FAULTS else []
    return "\n".join([*lines[:SHOWN_FAULTS], *more])


def correction(failed: InvalidReply) -> list[dict[str, str]]:
    """The question that has a reply corrected. It holds the reply alone: the article is not read and paid for again,
    and nothing can come in that the first reply did not hold. The shape goes with it, as with every question."""
    text = f"This JSON has faults:\n{failed}\n\n{failed.text}\n\nWrite it again, corrected, with nothing else changed."
    return [{"role": "user", "content": text}]
