"""The two protocols that models speak: how a question is sent, and what its answer holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import openai

from extractors.providers import Endpoint, Parameters
from schema.errors import MissingPackage

CONNECT_SECONDS = 10.0


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


class Wire(Protocol):
    """One protocol, spoken to one model."""

    sdk: Any
    """The module of its SDK; the two are alike in their errors."""
    errors: tuple[type[Exception], ...]
    """All that `send` raises when a request fails."""

    async def send(self, messages: list[dict[str, str]], name: str, schema: dict[str, Any]) -> Answer:
        """Send one request for a reply of that schema, whose name is `name`."""

    async def close(self) -> None:
        """Close the connections."""


class OpenAIWire:
    """Chat completions, as OpenAI, Google, Ollama, vLLM and llama.cpp serve them."""

    sdk: Any = openai
    errors: tuple[type[Exception], ...] = (openai.OpenAIError, TimeoutError, json.JSONDecodeError)

    def __init__(self, endpoint: Endpoint, parameters: Parameters) -> None:
        provider = endpoint.provider
        options = {
            "model": endpoint.model,
            provider.limit_field: parameters.max_tokens,
            "temperature": parameters.temperature,
            "seed": parameters.seed if provider.takes_seed else None,
        }
        self._options: Any = {name: value for name, value in options.items() if value is not None}
        self._client = openai.AsyncOpenAI(
            # The SDK insists on a key, also for servers that want none.
            api_key=endpoint.key.get_secret_value() or "none",
            base_url=endpoint.base_url,
            timeout=openai.Timeout(parameters.timeout_seconds, connect=CONNECT_SECONDS),
            max_retries=0,
            # A redirect would carry the question to another host.
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    async def send(self, messages: list[dict[str, str]], name: str, schema: dict[str, Any]) -> Answer:
        strict = strict_schema(schema)
        declared: Any = (
            {"name": name, "schema": schema} if strict is None else {"name": name, "schema": strict, "strict": True}
        )
        sent: Any = messages
        completion: Any = await self._client.chat.completions.create(
            messages=sent, response_format={"type": "json_schema", "json_schema": declared}, **self._options
        )
        return answer(completion, chat_completion)

    async def close(self) -> None:
        await self._client.close()


class AnthropicWire:
    """Anthropic's messages, with its own structured output: newer models refuse to be made to call a tool,
    which is instructor's way, and its other way writes the schema into the prompt. For the same reason there is
    no temperature here: the API refuses it. It never had a seed."""

    def __init__(self, endpoint: Endpoint, parameters: Parameters) -> None:
        try:
            anthropic: Any = import_module("anthropic")
        except ImportError:
            message = "The package for Anthropic's models is not installed."
            raise MissingPackage(message, hint="Set the environment up again: make clean, then make demo.") from None
        self.sdk = anthropic
        self.errors: tuple[type[Exception], ...] = (anthropic.AnthropicError, TimeoutError, json.JSONDecodeError)
        self._options = {"model": endpoint.model, "max_tokens": parameters.max_tokens}
        self._client = anthropic.AsyncAnthropic(
            api_key=endpoint.key.get_secret_value() or "none",
            base_url=endpoint.base_url,
            timeout=anthropic.Timeout(parameters.timeout_seconds, connect=CONNECT_SECONDS),
            max_retries=0,
            http_client=anthropic.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    async def send(self, messages: list[dict[str, str]], name: str, schema: dict[str, Any]) -> Answer:
        system = "\n\n".join(message["content"] for message in messages if message["role"] == "system")
        completion = await self._client.messages.create(
            messages=[message for message in messages if message["role"] != "system"],
            output_config={"format": {"type": "json_schema", "schema": self.sdk.transform_schema(schema)}},
            **({"system": system} if system else {}),
            **self._options,
        )
        return answer(completion, message)

    async def close(self) -> None:
        await self._client.close()


def answer(body: Any, read: Callable[[Any], Answer]) -> Answer:
    """What came back, read as its protocol has it. The SDKs check nothing: a web page comes as its text, and
    JSON of any shape as an object that lacks what it should have."""
    try:
        return read(body)
    except (AttributeError, TypeError, IndexError):
        return Answer(text=body if isinstance(body, str) else "", foreign=True)


def chat_completion(body: Any) -> Answer:
    """OpenAI's reply."""
    choice, usage = body.choices[0], body.usage
    details = usage.prompt_tokens_details if usage else None
    return Answer(
        text=choice.message.refusal or choice.message.content or "",
        tokens_in=usage.prompt_tokens if usage else 0,
        tokens_in_cached=(details.cached_tokens or 0) if details else 0,
        tokens_out=usage.completion_tokens if usage else 0,
        cut=choice.finish_reason == "length",
        refused=bool(choice.message.refusal) or choice.finish_reason == "content_filter",
    )


def message(body: Any) -> Answer:
    """Anthropic's reply."""
    usage = body.usage
    cached = usage.cache_read_input_tokens or 0
    return Answer(
        text="\n".join(block.text for block in body.content if block.type == "text"),
        # Anthropic leaves cached tokens out of input_tokens; OpenAI counts them in.
        tokens_in=usage.input_tokens + cached + (usage.cache_creation_input_tokens or 0),
        tokens_in_cached=cached,
        tokens_out=usage.output_tokens,
        cut=body.stop_reason in ("max_tokens", "model_context_window_exceeded"),
        refused=body.stop_reason == "refusal",
    )


def connect(endpoint: Endpoint, parameters: Parameters) -> Wire:
    """The wire for an endpoint. Raises MissingPackage where its SDK is not installed."""
    if endpoint.provider.protocol == "anthropic":
        return AnthropicWire(endpoint, parameters)
    return OpenAIWire(endpoint, parameters)


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
