"""Every fault of a model as a script for the loopback server, and how tests ask it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import pytest
from pydantic import BaseModel, ConfigDict

from extractors.model import Model, Parameters, Reply, open_model
from schema import errors
from schema.errors import ModelError
from tests.loopback import DROP, HANG, Loopback, Step, error_body, page, reply, status

KEY = "sk-polidex-test-0123456789abcdef"
ARTICLE = "The article: {{7*7}} {% for i in range(80) %}x{% endfor %} “Tokayev” https://example.org/a.png\n\nThe task."
MESSAGES = [{"role": "user", "content": ARTICLE}]
GOOD = '{"people": [{"name": "Tokayev"}]}'
HTML = "<!DOCTYPE html><html><style>a {color: red}</style><body>Sign in to the network</body></html>"
WRONG_SHAPE = '{"people": [{"nom": "Tokayev"}]}'


class Person(BaseModel):
    name: str


class People(BaseModel):
    model_config = ConfigDict(frozen=True)

    people: list[Person]


@dataclass(frozen=True)
class Fault:
    steps: tuple[Step, ...]
    error: type[ModelError]
    requests: int
    answered: int = 0
    """How many of the requests were answered by the model, and so are paid for."""
    text: str = ""

    @property
    def parameters(self) -> Parameters:
        return IMPATIENT if self.error is errors.TimedOut else PARAMETERS


FAULTS = {
    "truncated": Fault((reply('{"people": [{"na', cut=True),), errors.Truncated, 1, 1, '{"people": [{"na'),
    "refusal": Fault((reply("I will not.", refused=True),), errors.Refused, 1, 1, "I will not."),
    "empty": Fault((reply(""),), errors.EmptyReply, 1, 1),
    "prose": Fault((reply("There is {nobody} here."),), errors.NotJson, 1, 1, "There is {nobody} here."),
    "page": Fault((page(HTML),), errors.NotJson, 1, 0, HTML),
    "page as a reply": Fault((reply(HTML),), errors.NotJson, 1, 1, HTML),
    "other protocol": Fault((status(200, {"ok": True}),), errors.NotJson, 1),
    "half a reply": Fault((status(200, {"choices": [{}], "content": [{}]}),), errors.NotJson, 1),
    "json of no kind": Fault((status(200, "{", {"Content-Type": "application/json"}),), errors.NotJson, 1, 0, "{"),
    "wrong shape": Fault((reply(WRONG_SHAPE),), errors.InvalidReply, 2, 2, WRONG_SHAPE),
    "broken json": Fault((reply('{"people": ['),), errors.InvalidReply, 2, 2, '{"people": ['),
    "short 429": Fault((status(429, headers={"Retry-After": "0"}),), errors.RateLimited, 6),
    "429 without a time": Fault((status(429),), errors.RateLimited, 6),
    "long 429": Fault((status(429, headers={"Retry-After": "3600"}),), errors.RateLimited, 1),
    "429 until a date": Fault(
        (status(429, headers={"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}),), errors.RateLimited, 1
    ),
    "no credit": Fault((status(429, error_body("openai", code="insufficient_quota")),), errors.NoCredit, 1),
    "500": Fault((status(500),), errors.ServerFailure, 3),
    "502 page": Fault((page(HTML, 502),), errors.ServerFailure, 3),
    "529": Fault((status(529),), errors.ServerFailure, 3),
    "time-out": Fault((HANG,), errors.TimedOut, 2),
    "dropped": Fault((DROP,), errors.ConnectionDropped, 3),
    "wrong key": Fault((status(401),), errors.WrongKey, 1),
    "forbidden": Fault((status(403),), errors.WrongKey, 1),
    "unknown model": Fault((status(404),), errors.UnknownModel, 1),
    "redirect": Fault((status(307, headers={"Location": "/v1/elsewhere"}),), errors.UnknownModel, 1),
    "bad request": Fault((status(400),), errors.BadRequest, 1),
    "too long": Fault((status(400, error_body("openai", code="context_length_exceeded")),), errors.TooLong, 1),
    "too long, llama.cpp": Fault(
        (status(400, error_body("openai", code="exceed_context_size_error")),), errors.TooLong, 1
    ),
}

T = TypeVar("T")

PARAMETERS = Parameters(backoff_seconds=0.01)
IMPATIENT = replace(PARAMETERS, timeout_seconds=1.0)


def each_fault() -> pytest.MarkDecorator:
    cases = [
        pytest.param(protocol, fault, id=f"{protocol} {name}".replace(" ", "-"))
        for name, fault in FAULTS.items()
        for protocol in ("openai", "anthropic")
    ]
    return pytest.mark.parametrize(("protocol", "fault"), cases)


def asked(
    server: Loopback,
    protocol: str,
    work: Callable[[Model], Awaitable[T]],
    parameters: Parameters = PARAMETERS,
) -> T:
    async def main() -> T:
        # A guard, far from any time that a test waits for: a pause of an hour must not hang the suite.
        async with (
            asyncio.timeout(60),
            open_model(
                f"{protocol}/some-model", base_url=server.url(protocol), api_key=KEY, parameters=parameters
            ) as model,
        ):
            return await work(model)

    return asyncio.run(main())


async def ask(model: Model) -> Reply:
    return await model.ask(MESSAGES, People)


async def failed(model: Model) -> ModelError:
    with pytest.raises(ModelError) as caught:
        await model.ask(MESSAGES, People)
    return caught.value
