"""Every fault of a model, over a real connection and in both protocols: its error, its requests, its cost."""

from __future__ import annotations

import asyncio
import re
import socket
from pathlib import Path

import pytest

from extractors.model import Model, Parameters, Reply, open_model
from schema import errors
from schema.errors import ModelError
from tests.integration.extractors.faults import (
    ARTICLE,
    FAULTS,
    GOOD,
    IMPATIENT,
    KEY,
    MESSAGES,
    PARAMETERS,
    WRONG_SHAPE,
    Fault,
    People,
    Person,
    ask,
    asked,
    each_fault,
    failed,
)
from tests.loopback import (
    DROP,
    HANG,
    TOKENS_CACHED,
    TOKENS_IN,
    TOKENS_OUT,
    Loopback,
    Step,
    reply,
    status,
)


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


def test_the_table_of_faults_in_the_documents_is_true() -> None:
    page = (Path(__file__).parents[3] / "docs" / "models.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| .* \| (\d)(?: \(0\))? \| ", page, re.MULTILINE)
    described = {(code, int(requests)) for code, requests in rows}
    seen = {(fault.error.code, fault.requests) for fault in FAULTS.values()}
    never_sent = (
        errors.ProviderDown,
        errors.OverBudget,
        errors.MissingPackage,
        errors.WeightsUnavailable,
        errors.WeightsCorrupt,
    )
    unasked = {(kind.code, 0) for kind in never_sent}
    assert described == seen | unasked
