"""The only door to any model: a question and the type of its answer go in, a reply or one clear error comes out."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import genai_prices
import instructor
from instructor import Mode, Provider
from instructor.core.exceptions import InstructorRetryException
from openai.types.chat import ChatCompletion, ChatCompletionMessage
from openai.types.chat.chat_completion import Choice
from pydantic import BaseModel, SecretStr, ValidationError

from extractors.faults import failure
from extractors.gate import Gate
from extractors.local import serve
from extractors.providers import Endpoint, Parameters, endpoint, secret
from extractors.replies import correction, faults, json_part, unusable
from extractors.wire import Answer, Wire, connect
from schema.errors import InvalidReply, ModelError, RateLimited, Truncated
from schema.usage import Usage

__all__ = ["DEFAULT_MODEL", "Model", "Parameters", "Reply", "Usage", "open_model"]

DEFAULT_MODEL = "local/qwen2.5-coder-1.5b"

# What clients log: whole requests, replies and headers, and an ERROR for each failure that we raise anyway.
CLIENT_LOGGERS = ("openai", "anthropic", "httpx", "httpx2", "httpcore", "httpcore2", "instructor")

Message = dict[str, str]


@dataclass(frozen=True)
class Reply:
    """A reply that validated."""

    value: BaseModel
    text: str
    """The reply as it came."""
    usage: Usage
    model: str
    provider: str


class Spent:
    """What one question has cost so far."""

    def __init__(self, asked: Endpoint) -> None:
        self._asked = asked
        self._started = time.monotonic()
        self._usage = Usage()

    def attempt(self) -> None:
        self._usage += Usage(attempts=1)

    def request(self) -> None:
        self._usage += Usage(requests=1)

    def answer(self, answer: Answer) -> None:
        cost = price(self._asked, answer)
        version = None if cost is None else f"genai-prices {genai_prices.__version__}"
        self._usage += Usage(
            answer.tokens_in, answer.tokens_in_cached, answer.tokens_out, cost_usd=cost, price_version=version
        )

    def usage(self) -> Usage:
        return replace(self._usage, seconds=time.monotonic() - self._started)


def price(asked: Endpoint, answer: Answer) -> float | None:
    """US dollars for one answer, or None where no price is known."""
    if not asked.priced:
        return None
    used = genai_prices.Usage(
        input_tokens=answer.tokens_in, cache_read_tokens=answer.tokens_in_cached, output_tokens=answer.tokens_out
    )
    try:
        found = genai_prices.calc_price(used, asked.model, provider_id=asked.provider.prices)
    except LookupError:
        return None
    return float(found.total_price)


class Model:
    """One model that is ready to be asked, by any number of workers of one event loop."""

    def __init__(self, wire: Wire, asked: Endpoint, parameters: Parameters) -> None:
        self.endpoint = asked
        self.parameters = parameters
        self._wire = wire
        self._gate = Gate(parameters.longest_wait_seconds)
        # The embedded model's own queue must not eat the time that a question is given.
        self._slots = asyncio.Semaphore(parameters.parallel) if asked.provider.name == "local" else None

    @property
    def pause(self) -> float:
        """Seconds for which the provider wants no request; 0 when there is no such wish."""
        return self._gate.left

    async def ask(self, messages: list[Message], response_type: type[BaseModel]) -> Reply:
        """Ask one question and return the reply as a `response_type`.

        The messages are sent as they are. Raises a ModelError, whose `usage` says what was spent, `text` what came.
        """
        spent = Spent(self.endpoint)
        failed: ModelError = InvalidReply()
        for _ in range(1 + self.parameters.reasks):
            spent.attempt()
            outcome = await self._attempt(messages, response_type, spent)
            if isinstance(outcome, Reply):
                return replace(outcome, usage=spent.usage())
            failed = outcome
            if not isinstance(failed, InvalidReply):
                break
            messages = correction(failed)
        failed.usage = spent.usage()
        # Without the frames and the errors of the client, which hold the request and what the provider said.
        raise failed.with_traceback(None)

    async def _attempt(
        self, messages: list[Message], response_type: type[BaseModel], spent: Spent
    ) -> Reply | ModelError:
        answers: list[Answer] = []

        async def send(messages: list[Message], response_format: dict[str, Any]) -> ChatCompletion:
            declared = response_format["json_schema"]
            answer = await self._deliver(messages, declared["name"], declared["schema"], spent)
            answers.append(answer)
            if (problem := unusable(answer, self.endpoint)) is not None:
                raise problem
            return completion(json_part(answer.text))

        create: Any = instructor.patch(create=send, mode=Mode.JSON_SCHEMA, provider=Provider.OPENAI)
        try:
            # No `context=`: it makes a template of every message. `strict=None`: the type says how strict it is.
            await create(response_model=response_type, messages=messages, max_retries=0, strict=None)
        except InstructorRetryException as error:
            if isinstance(error.__cause__, ModelError):
                return error.__cause__
            if not isinstance(error.__cause__, ValidationError):
                raise
            [answer] = answers
            return (
                Truncated(text=answer.text) if answer.cut else InvalidReply(faults(error.__cause__), text=answer.text)
            )
        [answer] = answers
        # Once more, for instructor's value is of a subclass that it made, and equal to nothing of ours.
        value = response_type.model_validate_json(json_part(answer.text))
        return Reply(value, answer.text, Usage(), self.endpoint.model, self.endpoint.provider.name)

    async def _deliver(self, messages: list[Message], name: str, schema: dict[str, Any], spent: Spent) -> Answer:
        """Send a question, again where that may help, and return its answer. Raises a ModelError."""
        sent = 0
        while True:
            await self._gate.passed()
            spent.request()
            sent += 1
            outcome = await self._send(messages, name, schema)
            if isinstance(outcome, Answer):
                spent.answer(outcome)
                return outcome
            pause = outcome.retry_after
            if pause is None:
                pause = self.parameters.backoff_seconds * 2 ** (sent - 1)
            if isinstance(outcome, RateLimited):
                self._gate.close(pause)
            if sent > outcome.repeats or pause > self.parameters.longest_wait_seconds:
                raise outcome
            if not isinstance(outcome, RateLimited):
                await asyncio.sleep(pause)

    async def _send(self, messages: list[Message], name: str, schema: dict[str, Any]) -> Answer | ModelError:
        """One request. The failure is a value: raised from here it would drag the SDK's own error along."""
        try:
            async with self._slots or AsyncExitStack(), asyncio.timeout(self.parameters.timeout_seconds):
                return await self._wire.send(messages, name, schema)
        except self._wire.errors as error:
            return failure(error, self._wire.sdk, self.endpoint)


def completion(text: str) -> ChatCompletion:
    """A reply as instructor knows it, whatever protocol it came in."""
    message = ChatCompletionMessage(role="assistant", content=text)
    choice = Choice(index=0, finish_reason="stop", message=message)
    return ChatCompletion(id="", object="chat.completion", created=0, model="", choices=[choice])


@asynccontextmanager
async def open_model(
    name: str = DEFAULT_MODEL,
    *,
    base_url: str | None = None,
    api_key: str | SecretStr | None = None,
    parameters: Parameters | None = None,
    cache: Path | None = None,
) -> AsyncIterator[Model]:
    """Make a model ready, and let go of it at the end of the block: an embedded one leaves the memory again.

    Names: see `extractors.providers.endpoint` and docs/models.md. `cache` is the folder for an embedded
    model's weights. Raises UsageError, or a ModelError where there is no key, no SDK or no weights.
    """
    for client in CLIENT_LOGGERS:
        logging.getLogger(client).setLevel(logging.CRITICAL)
    parameters = parameters or Parameters()
    # No frame of ours keeps the bare key: some loggers print the variables of every frame of a traceback.
    api_key = secret(api_key)
    async with AsyncExitStack() as stack:
        asked = endpoint(name, base_url=base_url, api_key=api_key)
        if asked.provider.name == "local":
            asked = await stack.enter_async_context(serve(asked, parameters, cache))
        wire = connect(asked, parameters)
        stack.push_async_callback(wire.close)
        yield Model(wire, asked, parameters)
