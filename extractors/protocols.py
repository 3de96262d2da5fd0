"""The two protocols that models speak: how a question is written, and what its answer holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, Protocol

from extractors.providers import Endpoint, Parameters
from extractors.shapes import Shape
from schema.errors import MissingPackage

Message = dict[str, str]

# As the SDK that is pinned sends it: the version whose requests and answers this module writes and reads.
ANTHROPIC_VERSION = "2026-10-21"


@dataclass(frozen=True)
class Answer:
    """What came back for one request."""

    text: str
    tokens_in: int = 0
    tokens_in_cached: int = 0
    tokens_out: int = 0
    cut: bool = False
    """The reply ended at the token limit."""
    refused: bool = False
    foreign: bool = False
    """It is not a reply in the protocol at all; `text` is what it is."""
    metered: bool = True
    """It says how many tokens it took."""


class Speech(Protocol):
    """One protocol, spoken to one model."""

    path: str
    """Where questions go, after the base URL."""
    headers: dict[str, str]

    def body(self, messages: list[Message], shape: Shape) -> bytes:
        """The body of a request for a reply of that shape."""

    def read(self, body: Any) -> Answer:
        """The answer in the JSON of a response. Raises LookupError, TypeError or AttributeError where it is none."""


class OpenAI:
    """Chat completions, as OpenAI, Google, Ollama, vLLM and llama.cpp serve them."""

    path = "/chat/completions"

    def __init__(self, endpoint: Endpoint, parameters: Parameters) -> None:
        provider = endpoint.provider
        options = {
            "model": endpoint.model,
            provider.limit_field: parameters.max_tokens,
            "temperature": parameters.temperature,
            "seed": parameters.seed if provider.takes_seed else None,
        }
        self._options = {name: value for name, value in options.items() if value is not None}
        self._end = lru_cache(maxsize=64)(self._end_of)
        # Servers that want no key are sent one all the same, as OpenAI's own client does.
        self.headers = {"Authorization": f"Bearer {endpoint.key.get_secret_value() or 'none'}"}

    def body(self, messages: list[Message], shape: Shape) -> bytes:
        return b'{"messages":' + _written(messages) + self._end(shape)

    def _end_of(self, shape: Shape) -> bytes:
        strict = strict_schema(shape.schema)
        declared: dict[str, Any] = {"name": shape.name, "schema": strict or shape.schema}
        if strict is not None:
            declared["strict"] = True
        return _rest({"response_format": {"type": "json_schema", "json_schema": declared}, **self._options})

    def read(self, body: Any) -> Answer:
        choice = body["choices"][0]
        message = choice["message"]
        refusal = message.get("refusal")
        usage = body.get("usage")
        return Answer(
            text=_text(refusal or message.get("content") or ""),
            tokens_in=_count(usage, "prompt_tokens"),
            tokens_in_cached=_count((usage or {}).get("prompt_tokens_details"), "cached_tokens"),
            tokens_out=_count(usage, "completion_tokens"),
            cut=choice.get("finish_reason") == "length",
            refused=bool(refusal) or choice.get("finish_reason") == "content_filter",
            metered=bool(_count(usage, "prompt_tokens")),
        )


class Anthropic:
    """Anthropic's messages, with its own structured output: newer models refuse to be made to call a tool,
    which is instructor's way, and its other way writes the schema into the prompt. For the same reason there is
    no temperature here: the API refuses it. It never had a seed."""

    path = "/v1/messages"

    def __init__(self, endpoint: Endpoint, parameters: Parameters) -> None:
        try:
            anthropic: Any = import_module("anthropic")
        except ImportError:
            message = "The package for Anthropic's models is not installed."
            raise MissingPackage(message, hint="Set the environment up again: make clean, then make demo.") from None
        self._transform = anthropic.transform_schema
        self._options = {"model": endpoint.model, "max_tokens": parameters.max_tokens}
        self._end = lru_cache(maxsize=64)(self._end_of)
        self.headers = {
            "Authorization": f"Bearer {endpoint.key.get_secret_value() or 'none'}",
            "anthropic-version": ANTHROPIC_VERSION,
        }

    def body(self, messages: list[Message], shape: Shape) -> bytes:
        system = "\n\n".join(message["content"] for message in messages if message["role"] == "system")
        start = b'{"system":' + _string(system) + b"," if system else b"{"
        turns = [message for message in messages if message["role"] != "system"]
        return start + b'"messages":' + _written(turns) + self._end(shape)

    def _end_of(self, shape: Shape) -> bytes:
        declared = {"type": "json_schema", "schema": self._transform(shape.schema)}
        return _rest({"output_config": {"format": declared}, **self._options})

    def read(self, body: Any) -> Answer:
        usage, ended = body.get("usage"), body.get("stop_reason")
        cached = _count(usage, "cache_read_input_tokens")
        fresh = _count(usage, "input_tokens")
        return Answer(
            text=_text("\n".join(block["text"] for block in body["content"] if block["type"] == "text")),
            # Anthropic leaves cached tokens out of input_tokens; OpenAI counts them in.
            tokens_in=fresh + cached + _count(usage, "cache_creation_input_tokens"),
            tokens_in_cached=cached,
            tokens_out=_count(usage, "output_tokens"),
            cut=ended in ("max_tokens", "model_context_window_exceeded"),
            refused=ended == "refusal",
            metered=bool(fresh + cached),
        )


def speech(endpoint: Endpoint, parameters: Parameters) -> Speech:
    """How an endpoint is spoken to. Raises MissingPackage where its SDK is not installed."""
    return (Anthropic if endpoint.provider.protocol == "anthropic" else OpenAI)(endpoint, parameters)


def answer(body: bytes, spoken: Speech) -> Answer:
    """What came back. Anything may come: a web page, JSON of any shape, bytes of no encoding."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return Answer(body.decode(errors="replace"), foreign=True, metered=False)
    try:
        return spoken.read(found)
    except (LookupError, TypeError, AttributeError):
        return Answer(found if isinstance(found, str) else "", foreign=True, metered=False)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(usage: Any, name: str) -> int:
    """A number of tokens; 0 where none is said."""
    value = usage.get(name) if isinstance(usage, dict) else None
    return value if isinstance(value, int) else 0


def _written(messages: list[Message]) -> bytes:
    """The messages in JSON. All but the last are the same from call to call, and so are written once."""
    if not messages:
        return b"[]"
    parts = [_message(each["role"], each["content"]) for each in messages[:-1]]
    parts.append(_message.__wrapped__(messages[-1]["role"], messages[-1]["content"]))
    return b"[" + b",".join(parts) + b"]"


@lru_cache(maxsize=512)
def _message(role: str, content: str) -> bytes:
    return b'{"role":' + _string(role) + b',"content":' + _string(content) + b"}"


def _string(text: str) -> bytes:
    # In UTF-8, for a letter that is no Latin one is three times as long when it is escaped.
    try:
        return json.dumps(text, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair has no bytes of its own.
        return json.dumps(text).encode()


def _rest(fields: dict[str, Any]) -> bytes:
    """What comes after the messages, to the end of the body."""
    return b"," + json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()[1:]


def strict_schema(schema: dict[str, Any]) -> dict[str, Any] | None:
    """A copy of `schema` that closes every object, or None where `strict: true` would not be true to it.

    Strict mode makes the model write every field. A field with a default is one that it may leave out,
    so a schema with such a field is sent as it is, without the promise.
    """
    copy = json.loads(json.dumps(schema))
    for node in _objects(copy):
        if set(node.get("required", ())) != set(node["properties"]) or node.get("additionalProperties", False):
            return None
        node["additionalProperties"] = False
    return copy if "properties" in copy else None


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for item in node:
            yield from _objects(item)
    elif isinstance(node, dict):
        if node.get("type") == "object":
            node.setdefault("properties", {})
            yield node
        for value in node.values():
            yield from _objects(value)
