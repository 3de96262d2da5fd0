"""Every fault of a model, over a real connection and in both protocols: its error, its requests, its cost."""

from __future__ import annotations

import asyncio
import logging
import socket
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import pytest
from pydantic import BaseModel, ConfigDict

from extractors.model import Model, Parameters, Reply, open_model
from schema import errors
from schema.errors import ModelError
from tests.loopback import (
    DROP,
    HANG,
    TOKENS_CACHED,
    TOKENS_IN,
    TOKENS_OUT,
    Loopback,
    Step,
    error_body,
    page,
    reply,
    status,
)

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
    "short 429": Fault((status(429, headers={"Retry-After": "0"}),), errors.RateLimited, 3),
    "429 without a time": Fault((status(429),), errors.RateLimited, 3),
    "long 429": Fault((status(429, headers={"Retry-After": "3600"}),), errors.RateLimited, 1),
    "429 until a date": Fault(
        (status(429, headers={"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}),), errors.RateLimited, 1
    ),
    "no credit": Fault((status(429, error_body("openai", code="insufficient_quota")),), errors.RateLimited, 1),
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


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """The SDKs load most of themselves with their first request, which then takes its time."""
    for protocol in ("openai", "anthropic"):
        with Loopback(reply(GOOD)) as server:
            asked(server, protocol, ask)


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


@each_fault()
def test_each_fault_has_its_error_its_requests_and_its_cost(protocol: str, fault: Fault) -> None:
    with Loopback(*fault.steps) as server:
        error = asked(server, protocol, failed, fault.parameters)
    assert type(error) is fault.error
    assert len(server.requests) == error.usage.requests == fault.requests
    assert error.text == fault.text
    assert (error.usage.tokens_in, error.usage.tokens_in_cached, error.usage.tokens_out) == (
        TOKENS_IN * fault.answered,
        TOKENS_CACHED * fault.answered,
        TOKENS_OUT * fault.answered,
    )
    assert error.usage.attempts == (2 if fault.error is errors.InvalidReply else 1)
    assert error.usage.cost_usd is None


def test_a_refused_connection_is_tried_again_and_then_given_up() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"

        async def main() -> ModelError:
            async with open_model("any", base_url=address, parameters=PARAMETERS) as model:
                return await failed(model)

        error = asyncio.run(main())
    assert type(error) is errors.ConnectionDropped
    assert error.usage.requests == 3


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
@pytest.mark.parametrize(
    "fault", [status(500), status(429, headers={"Retry-After": "0"}), DROP, HANG], ids=["500", "429", "dropped", "slow"]
)
def test_what_may_pass_is_asked_once_more(protocol: str, fault: Step) -> None:
    with Loopback(fault, reply(GOOD)) as server:
        answer = asked(server, protocol, ask, IMPATIENT)
    assert answer.value == People(people=[Person(name="Tokayev")])
    assert len(server.requests) == answer.usage.requests == 2
    assert (answer.usage.attempts, answer.usage.tokens_in) == (1, TOKENS_IN)


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
def test_a_reply_of_the_wrong_shape_is_corrected_without_the_article(protocol: str) -> None:
    with Loopback(reply(WRONG_SHAPE), reply(GOOD)) as server:
        answer = asked(server, protocol, ask)
    assert answer.value == People(people=[Person(name="Tokayev")])
    assert (answer.usage.attempts, answer.usage.requests) == (2, len(server.requests))
    assert (answer.usage.tokens_in, answer.usage.tokens_out) == (2 * TOKENS_IN, 2 * TOKENS_OUT)
    [message] = server.requests[1].body["messages"]
    assert WRONG_SHAPE in message["content"]
    assert "people.0.name: Field required" in message["content"]
    assert "article" not in message["content"]


def test_no_reask_where_none_is_wanted() -> None:
    with Loopback(reply(WRONG_SHAPE)) as server:
        error = asked(server, "openai", failed, Parameters(reasks=0))
    assert type(error) is errors.InvalidReply
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "text",
    [f"```json\n{GOOD}\n```", f"```\n{GOOD}", f"Here they are: {GOOD} That is all."],
    ids=["fence", "open", "amid"],
)
def test_json_amid_other_text_is_taken_as_it_is(text: str) -> None:
    with Loopback(reply(text)) as server:
        answer = asked(server, "openai", ask)
    assert answer.value == People(people=[Person(name="Tokayev")])
    assert (answer.text, answer.usage.requests) == (text, 1)


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
def test_a_reply_that_is_whole_at_the_token_limit_is_not_lost(protocol: str) -> None:
    with Loopback(reply(GOOD, cut=True)) as server:
        answer = asked(server, protocol, ask)
    assert answer.value == People(people=[Person(name="Tokayev")])


def test_a_long_pause_holds_back_every_worker_without_another_request() -> None:
    async def work(model: Model) -> list[ModelError]:
        return [await failed(model), *await asyncio.gather(*(failed(model) for _ in range(5)))]

    with Loopback(status(429, headers={"Retry-After": "3600"})) as server:
        raised = asked(server, "openai", work)
    assert {type(error) for error in raised} == {errors.RateLimited}
    assert [error.usage.requests for error in raised] == [1, 0, 0, 0, 0, 0]
    assert len(server.requests) == 1
    assert all(error.retry_after is not None and error.retry_after > 3000 for error in raised)


def test_a_short_pause_is_kept_by_every_worker() -> None:
    pause = 1.0

    async def work(model: Model) -> list[Reply]:
        first = asyncio.create_task(ask(model))
        while not model.pause:
            await asyncio.sleep(0.01)
        return list(await asyncio.gather(first, *(ask(model) for _ in range(5))))

    with Loopback(status(429, headers={"Retry-After": "1"}), reply(GOOD)) as server:
        replies = asked(server, "openai", work, Parameters())
    assert sorted(answer.usage.requests for answer in replies) == [1, 1, 1, 1, 1, 2]
    first, *others = [request.at for request in server.requests]
    assert len(others) == 6
    # Not a matter of speed: nobody may be earlier than the provider allowed.
    assert all(at - first >= pause for at in others)


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
def test_the_server_receives_the_messages_as_they_were_given(protocol: str) -> None:
    given = [{"role": "user", "content": ARTICLE}, {"role": "assistant", "content": "{"}, *MESSAGES]

    async def work(model: Model) -> Reply:
        return await model.ask(given, People)

    with Loopback(reply(GOOD)) as server:
        asked(server, protocol, work)
    [request] = server.requests
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.body["messages"] == given
    assert request.body["max_tokens"] == Parameters().max_tokens
    if protocol == "openai":
        assert (request.body["temperature"], request.body["seed"]) == (0, Parameters().seed)
        declared = request.body["response_format"]["json_schema"]
        assert (request.body["response_format"]["type"], declared["strict"]) == ("json_schema", True)
        assert list(declared["schema"]["properties"]) == ["people"]
    else:
        assert "system" not in request.body
        assert "temperature" not in request.body
        assert request.body["output_config"]["format"]["type"] == "json_schema"


def test_a_system_message_goes_where_each_protocol_wants_it() -> None:
    async def work(model: Model) -> Reply:
        return await model.ask([{"role": "system", "content": "Be {{brief}}."}, *MESSAGES], People)

    with Loopback(reply(GOOD)) as server:
        asked(server, "openai", work)
        asked(server, "anthropic", work)
    assert server.requests[0].body["messages"][0] == {"role": "system", "content": "Be {{brief}}."}
    assert (server.requests[1].body["system"], server.requests[1].body["messages"]) == ("Be {{brief}}.", MESSAGES)


@each_fault()
def test_no_secret_in_any_error_or_log(
    protocol: str, fault: Fault, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with Loopback(*(echoing(step) for step in fault.steps)) as server:
        error = asked(server, protocol, failed, fault.parameters)
    assert all(KEY in str(request.headers) for request in server.requests)
    written = [str(error), repr(error), error.text, error.hint, repr(vars(error)), *traceback.format_exception(error)]
    written += [caplog.text, *map(repr, caplog.records), *capfd.readouterr()]
    assert not [text for text in written if KEY in text]
    assert (error.__cause__, error.__context__) == (None, None)


def test_no_secret_in_the_variables_of_our_own_frames() -> None:
    """Some loggers print the variables of every frame of a traceback."""

    async def opened() -> None:
        async with open_model("any", base_url="ftp://127.0.0.1", api_key=KEY):
            pass

    with pytest.raises(errors.UsageError) as caught:
        asyncio.run(opened())
    with Loopback(status(400)) as server:
        error = asked(server, "openai", failed)
    walked = [*traceback.walk_tb(caught.value.__traceback__), *traceback.walk_tb(error.__traceback__)]
    ours = [frame for frame, _ in walked if frame.f_globals["__name__"].startswith("extractors.")]
    assert {frame.f_code.co_name for frame in ours} == {"open_model", "endpoint", "ask"}
    assert not [frame for frame in ours if KEY in repr(frame.f_locals)]


def test_a_reply_that_repeats_the_key_is_not_used() -> None:
    with Loopback(reply(f'{{"people": [{{"name": "{KEY}"}}]}}')) as server:
        error = asked(server, "openai", failed)
    assert type(error) is errors.NotJson
    assert (error.text, len(server.requests)) == ("", 1)


def echoing(step: Step) -> Step:
    """The same step from a server that repeats the key wherever it can."""
    if step.hang or step.drop:
        return step
    headers = {**step.headers, "X-Echo": KEY}
    if step.text is not None:
        return replace(step, text=f"{step.text} {KEY}", headers=headers)
    if isinstance(step.body, str):
        return replace(step, body=f"{step.body} {KEY}", headers=headers)
    code = (step.body or {}).get("error", {}).get("code", "some_code")
    return replace(step, body=error_body("openai", f"Incorrect API key provided: {KEY}.", code), headers=headers)
