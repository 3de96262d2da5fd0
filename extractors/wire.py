"""The two protocols that models speak: how a question is sent, and what its answer holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import openai
from instructor import Mode, Provider

from extractors.providers import Endpoint, Parameters
from schema.errors import MissingPackage, NotJson

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


class Wire(Protocol):
    """One protocol, spoken to one model."""

    mode: Mode
    provider: Provider
    sdk: Any
    errors: tuple[type[Exception], ...]
    """All that `send` raises when a request fails."""

    async def send(self, request: dict[str, Any]) -> Any:
        """Send one request and return the SDK's answer, or raise the SDK's own error."""

    def read(self, completion: Any) -> Answer:
        """What the SDK's answer holds. Raises NotJson where it is not an answer of this protocol at all."""

    def options(self, parameters: Parameters) -> dict[str, Any]:
        """The request without its messages and its schema."""

    async def close(self) -> None:
        """Close the connections."""


class OpenAIWire:
    """Chat completions, as OpenAI, Google, Ollama, vLLM and llama.cpp serve them."""

    mode = Mode.JSON_SCHEMA
    provider = Provider.OPENAI
    sdk: Any = openai
    errors: tuple[type[Exception], ...] = (openai.OpenAIError, TimeoutError, json.JSONDecodeError)

    def __init__(self, endpoint: Endpoint, parameters: Parameters) -> None:
        self.endpoint = endpoint
        self._client = openai.AsyncOpenAI(
            # The SDK insists on a key, also for servers that want none.
            api_key=endpoint.key.get_secret_value() or "none",
            base_url=endpoint.base_url,
            timeout=openai.Timeout(parameters.timeout_seconds, connect=CONNECT_SECONDS),
            max_retries=0,
            # A redirect would carry the question, and with some protocols the key, to another host.
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    async def send(self, request: dict[str, Any]) -> Any:
        declared = request["response_format"]["json_schema"]
        schema = strict_schema(declared["schema"])
        if schema is not None:
            declared.update(schema=schema, strict=True)
        return await self._client.chat.completions.create(**request)

    def read(self, completion: Any) -> Answer:
        choices = getattr(completion, "choices", None)
        if not choices:
            raise NotJson(text=completion if isinstance(completion, str) else "")
        message, usage = choices[0].message, completion.usage
        details = usage.prompt_tokens_details if usage else None
        return Answer(
            text=message.refusal or message.content or "",
            tokens_in=usage.prompt_tokens if usage else 0,
            tokens_in_cached=(details.cached_tokens or 0) if details else 0,
            tokens_out=usage.completion_tokens if usage else 0,
            cut=choices[0].finish_reason == "length",
            refused=bool(message.refusal) or choices[0].finish_reason == "content_filter",
        )

    def options(self, parameters: Parameters) -> dict[str, Any]:
        provider = self.endpoint.provider
        options = {
            "model": self.endpoint.model,
            provider.limit_field: parameters.max_tokens,
            "temperature": parameters.temperature,
            "seed": parameters.seed if provider.takes_seed else None,
        }
        return {name: value for name, value in options.items() if value is not None}

    async def close(self) -> None:
        await self._client.close()


class AnthropicWire:
    """Anthropic's messages. The reply is the input of one tool that the model is made to call: that works
    with every model and leaves the messages alone, where instructor's other modes write the schema into them."""

    mode = Mode.TOOLS
    provider = Provider.ANTHROPIC
    sdk: Any
    errors: tuple[type[Exception], ...]

    def __init__(self, endpoint: Endpoint, parameters: Parameters) -> None:
        try:
            anthropic: Any = import_module("anthropic")
        except ImportError:
            message = "The package for Anthropic's models is not installed."
            raise MissingPackage(message, hint="pip install 'polidex[anthropic]'") from None
        self.endpoint = endpoint
        self.sdk = anthropic
        self.errors = (anthropic.AnthropicError, TimeoutError, json.JSONDecodeError)
        self._client = anthropic.AsyncAnthropic(
            api_key=endpoint.key.get_secret_value() or "none",
            base_url=endpoint.base_url,
            timeout=anthropic.Timeout(parameters.timeout_seconds, connect=CONNECT_SECONDS),
            max_retries=0,
            http_client=anthropic.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    async def send(self, request: dict[str, Any]) -> Any:
        for tool in request["tools"]:
            schema = strict_schema(tool["input_schema"])
            if schema is not None:
                tool.update(input_schema=schema, strict=True)
        return await self._client.messages.create(**request)

    def read(self, completion: Any) -> Answer:
        blocks = getattr(completion, "content", None)
        if blocks is None:
            raise NotJson(text=completion if isinstance(completion, str) else "")
        calls = [json.dumps(block.input, ensure_ascii=False) for block in blocks if block.type == "tool_use"]
        texts = [block.text for block in blocks if block.type == "text"]
        usage = completion.usage
        cached = usage.cache_read_input_tokens or 0
        return Answer(
            text=calls[0] if calls else "\n".join(texts),
            # Anthropic leaves cached tokens out of input_tokens; OpenAI counts them in.
            tokens_in=usage.input_tokens + cached + (usage.cache_creation_input_tokens or 0),
            tokens_in_cached=cached,
            tokens_out=usage.output_tokens,
            cut=completion.stop_reason in ("max_tokens", "model_context_window_exceeded"),
            refused=completion.stop_reason == "refusal",
        )

    def options(self, parameters: Parameters) -> dict[str, Any]:
        options = {
            "model": self.endpoint.model,
            "max_tokens": parameters.max_tokens,
            "temperature": parameters.temperature,
        }
        return {name: value for name, value in options.items() if value is not None}

    async def close(self) -> None:
        await self._client.close()


def connect(endpoint: Endpoint, parameters: Parameters) -> Wire:
    """The wire for an endpoint. Raises MissingPackage where its SDK is an extra that is not installed."""
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
