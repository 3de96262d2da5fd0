"""The only door to any model: a question and the type of its answer go in, a reply or one clear error comes out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError

from extractors.local import serve
from extractors.meter import Meter, Spent, answered, ceiling
from extractors.pace import Leave, Pace, Pacer
from extractors.protocols import Answer, Message
from extractors.providers import Endpoint, Parameters, Prices, endpoint, secret
from extractors.replies import correction, faults, json_part, unusable
from extractors.shapes import Shape, shape
from extractors.wire import Wire
from schema.errors import (
    ConnectionDropped,
    InvalidReply,
    ModelError,
    RateLimited,
    ServerFailure,
    TimedOut,
    Truncated,
)
from schema.usage import Usage

__all__ = ["DEFAULT_MODEL", "Meter", "Model", "Pace", "Parameters", "Prices", "Reply", "Usage", "open_model"]

DEFAULT_MODEL = "local/qwen2.5-coder-1.5b"

DOWN = (ServerFailure, ConnectionDropped, TimedOut)
"""What says that the provider is down, rather than that it does not like the request."""

BYTES_OF_TOKEN = 4
"""About; only to guess what a question takes of the tokens of a minute, which its answer then corrects."""


@dataclass(frozen=True)
class Reply:
    """A reply that validated."""

    value: BaseModel
    text: str
    """The reply as it came."""
    usage: Usage
    model: str
    provider: str


class Model:
    """One model that is ready to be asked, by any number of workers of one event loop."""

    def __init__(
        self, wire: Wire, asked: Endpoint, parameters: Parameters, pace: Pace | None = None, meter: Meter | None = None
    ) -> None:
        self.endpoint = asked
        self.parameters = parameters
        self._wire = wire
        self._pacer = Pacer(pace or Pace(), parameters.longest_wait_seconds, asked.provider.name)
        self._meter = meter

    @property
    def at_once(self) -> int:
        """How many turns there are."""
        return self._pacer.pace.at_once

    @property
    def pause(self) -> float:
        """Seconds for which the provider wants no request; 0 when there is no such wish."""
        return self._pacer.pause

    @property
    def price_known(self) -> bool:
        """Whether it is known what a call costs; where not, no budget can be kept."""
        return self.most_usd(0) is not None

    def most_usd(self, request_bytes: int) -> float | None:
        """The most US dollars that a request of so many bytes can cost, its reply included; None without a price."""
        return ceiling(self.endpoint, request_bytes, self.parameters.max_tokens)

    def turn(self) -> AbstractAsyncContextManager[None]:
        """A turn to ask one question, of which there are `at_once`: `async with model.turn():`.

        Whoever stores the reply before the block ends never has more replies to lose than there are turns. A question
        that is asked outside takes a turn by itself; tasks that are started inside share the turn.
        """
        return self._pacer.turn()

    async def ask(self, messages: list[Message], response_type: type[BaseModel], *, call: str = "") -> Reply:
        """Ask one question and return the reply as a `response_type`.

        The messages are sent as they are. `call` is what the meter is told that the question is called. Raises a
        ModelError, whose `usage` says what was spent, `text` what came.
        """
        async with self.turn():
            spent = Spent(self.endpoint)
            failed: ModelError = InvalidReply()
            for _ in range(1 + self.parameters.reasks):
                spent.attempt()
                outcome = await self._attempt(messages, shape(response_type), spent, call)
                if isinstance(outcome, Reply):
                    return outcome
                failed = outcome
                if not isinstance(failed, InvalidReply):
                    break
                messages = correction(failed)
            failed.usage = spent.usage()
        # Without the frames and the errors of the client, which hold the request and what the provider said.
        raise failed.with_traceback(None)

    async def _attempt(self, messages: list[Message], wanted: Shape, spent: Spent, call: str) -> Reply | ModelError:
        try:
            answer = await self._deliver(self._wire.body(messages, wanted), spent, call)
        except ModelError as error:
            return error
        if (problem := unusable(answer, self.endpoint)) is not None:
            return problem
        try:
            value = wanted.parse(json_part(answer.text))
        except ValidationError as error:
            if answer.cut:
                return Truncated(text=answer.text)
            return InvalidReply(faults(error), text=answer.text)
        return Reply(value, answer.text, spent.usage(), self.endpoint.model, self.endpoint.provider.name)

    async def _deliver(self, body: bytes, spent: Spent, call: str) -> Answer:
        """Send a question, again where that may help, and return its answer. Raises a ModelError."""
        sent = 0
        waited_for_provider = False
        while True:
            outcome, probe = await self._request(body, spent, call)
            if isinstance(outcome, Answer):
                return outcome
            sent += not probe
            pause = outcome.retry_after
            if pause is None:
                pause = self.parameters.backoff_seconds * 2 ** max(0, sent - 1)
            if isinstance(outcome, RateLimited):
                self._pacer.close(pause)
            last = sent > outcome.repeats or pause > self.parameters.longest_wait_seconds
            if isinstance(outcome, DOWN):
                if last:
                    self._pacer.failed()
                if self._pacer.breaker.is_open and not (last and waited_for_provider):
                    # Not lost for that: once the provider is back it is sent again, with all its repeats.
                    waited_for_provider, sent = True, 0
                    continue
            if last:
                raise outcome
            if not isinstance(outcome, RateLimited):
                await asyncio.sleep(pause)

    async def _request(self, body: bytes, spent: Spent, call: str) -> tuple[Answer | ModelError, bool]:
        """One request, when it may be sent, and whether it was to find out if the provider is back."""
        ticket, leave = await self._allowed(len(body), call)
        outcome: Answer | ModelError | None = None
        try:
            spent.request()
            outcome = await self._wire.send(body)
        finally:
            took = outcome.tokens_in + outcome.tokens_out if isinstance(outcome, Answer) and outcome.metered else None
            self._pacer.ended(leave, answered=None if outcome is None else not isinstance(outcome, DOWN), tokens=took)
        if isinstance(outcome, Answer):
            spent.answer(outcome)
        if self._meter:
            await self._meter.settle(ticket, self._taken(outcome))
        return outcome, leave.probe

    async def _allowed(self, request_bytes: int, call: str) -> tuple[Any, Leave]:
        """The ticket of the reserve for a request, and the leave to send it now."""
        thought = request_bytes / BYTES_OF_TOKEN + self.parameters.max_tokens
        leave = await self._pacer.leave(thought)
        if self._meter is None:
            return None, leave
        try:
            # In this order, so that what waits for its turn in the minute sets no money aside.
            ticket = await self._meter.reserve(call, self.most_usd(request_bytes))
        except BaseException:
            self._pacer.ended(leave, answered=None)
            raise
        if self._pacer.holds(leave):
            return ticket, leave
        # The money had to be waited for: much may have changed, and others who waited with it would all go out at once.
        self._pacer.ended(leave, answered=None)
        try:
            return ticket, await self._pacer.leave(thought)
        except ModelError:
            await self._meter.settle(ticket, self._nothing())
            raise

    def _nothing(self) -> Usage:
        return Usage(cost_usd=0.0 if self.price_known else None)

    def _taken(self, outcome: Answer | ModelError) -> Usage | None:
        """What a request took, as far as that is known."""
        if isinstance(outcome, Answer):
            return answered(self.endpoint, outcome) if outcome.metered else None
        if outcome.maybe_billed:
            return None
        return replace(self._nothing(), requests=1)


@asynccontextmanager
async def open_model(
    name: str = DEFAULT_MODEL,
    *,
    base_url: str | None = None,
    api_key: str | SecretStr | None = None,
    parameters: Parameters | None = None,
    cache: Path | None = None,
    pace: Pace | None = None,
    meter: Meter | None = None,
    prices: Prices | None = None,
) -> AsyncIterator[Model]:
    """Make a model ready, and let go of it at the end of the block: an embedded one leaves the memory again.

    Names: see `extractors.providers.endpoint` and docs/models.md. `cache` is the folder for an embedded
    model's weights. `pace` is how fast it is asked (an embedded one works on `parameters.parallel` questions at once,
    whatever that says), `meter` is told of each request before and after it, `prices` outweigh published ones. Raises
    UsageError, or a ModelError where there is no key, no SDK or no weights.
    """
    parameters, pace = parameters or Parameters(), pace or Pace()
    # No frame of ours keeps the bare key: some loggers print the variables of every frame of a traceback.
    api_key = secret(api_key)
    async with AsyncExitStack() as stack:
        asked = replace(endpoint(name, base_url=base_url, api_key=api_key), prices=prices or Prices())
        if asked.provider.name == "local":
            asked = await stack.enter_async_context(serve(asked, parameters, cache))
            pace = replace(pace, at_once=parameters.parallel)
        wire = Wire(asked, parameters)
        stack.push_async_callback(wire.close)
        yield Model(wire, asked, parameters, pace, meter)
