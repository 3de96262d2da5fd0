"""What a refused request means: each status becomes one of our errors, without a word that may hold a key."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from extractors.providers import Endpoint
from schema.errors import (
    BadRequest,
    ModelError,
    NoCredit,
    RateLimited,
    ServerFailure,
    TooLong,
    UnknownModel,
    WrongKey,
)

BAD_KEY = (401, 403)
NOT_FOUND = 404
TOO_MANY = 429
FIRST_SERVER_ERROR = 500
GATEWAY_FAILURES = (502, 504)
"""What a gateway says of the server behind it, which may have done its work all the same."""
REDIRECTS = range(300, 400)

# How providers say that a text is too long and that an account is empty; they share no field for either.
TOO_LONG_WORDS = ("context_length_exceeded", "exceed_context_size", "maximum context length", "prompt is too long")
NO_CREDIT_WORDS = ("insufficient_quota", "billing")

REASON_CHARS = 300


def refusal(status: int, headers: Mapping[str, str], body: bytes, endpoint: Endpoint) -> ModelError:
    """Our error for a response that is none of success. `headers` is read without regard to capitals."""
    reason, words = _reason(body, endpoint)
    failed: ModelError
    if status in BAD_KEY:
        # Nothing of the provider's words: some repeat the key, or parts of it.
        variable = endpoint.provider.key_variable
        failed = WrongKey(f"{endpoint.provider.name} does not accept the API key ({status}).")
        failed.hint = f"Set the environment variable {variable}." if variable else "Give the key that the server wants."
    elif status == NOT_FOUND or status in REDIRECTS:
        failed = UnknownModel(f"{endpoint.provider.name} knows no model {endpoint.model!r} ({status}).{reason}")
    elif status == TOO_MANY and any(word in words for word in NO_CREDIT_WORDS):
        failed = NoCredit(f"The account at {endpoint.provider.name} has no credit left.{reason}")
        failed.retry_after = math.inf
    elif status == TOO_MANY:
        failed = RateLimited()
    elif status >= FIRST_SERVER_ERROR:
        failed = ServerFailure(f"The model's server failed ({status}).")
        failed.maybe_billed = status in GATEWAY_FAILURES
    elif any(word in words for word in TOO_LONG_WORDS):
        failed = TooLong()
    else:
        failed = BadRequest(f"{endpoint.provider.name} does not accept the request ({status}).{reason}")
    if failed.repeats and failed.retry_after is None:
        failed.retry_after = _retry_after(headers)
    return failed


def _reason(body: bytes, endpoint: Endpoint) -> tuple[str, str]:
    """The provider's own reason, fit to be shown, and all its words, fit to be searched."""
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError):
        return "", ""
    inner = told.get("error", told) if isinstance(told, dict) else {}
    if not isinstance(inner, dict):
        return "", ""
    said = " ".join(endpoint.redact(str(inner.get("message") or "")).split())
    words = f"{inner.get('code')} {inner.get('type')} {said}".lower()
    return (f" It says: {said[:REASON_CHARS]}" if said else ""), words


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from the header's number or its date; None where there is none that can be read."""
    value = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]*)?", value):
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
