"""What all workers of a model do together: keep its pauses, find out when it is back, stay within a budget."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from extractors.model import Model, Pace, Prices, Reply, open_model
from schema import errors
from schema.errors import ModelError, OverBudget
from schema.usage import Usage
from tests.integration.extractors.faults import (
    ARTICLE,
    GOOD,
    IMPATIENT,
    KEY,
    MESSAGES,
    PARAMETERS,
    WRONG_SHAPE,
    People,
    ask,
)
from tests.loopback import (
    DROP,
    HANG,
    TOKENS_CACHED,
    TOKENS_IN,
    TOKENS_OUT,
    Loopback,
    Request,
    Step,
    page,
    reply,
    status,
)

PRICES = Prices(input_usd=2.0, output_usd=8.0, cached_usd=0.5)
COST = ((TOKENS_IN - TOKENS_CACHED) * 2.0 + TOKENS_CACHED * 0.5 + TOKENS_OUT * 8.0) / 1e6


@dataclass
class Book:
    """A meter that writes down what it is told, in order, and allows no more than `allowed` requests."""

    allowed: int = 1000
    told: list[tuple[Any, ...]] = field(default_factory=list)
    requests: Callable[[], int] = lambda: 0

    async def reserve(self, call: str, most_usd: float | None) -> int:
        if len(self.reserved) >= self.allowed:
            raise OverBudget()
        self.told.append(("reserve", call, most_usd, self.requests()))
        return len(self.told)

    async def settle(self, ticket: int, usage: Usage | None) -> None:
        self.told.append(("settle", ticket, usage))

    @property
    def reserved(self) -> list[tuple[Any, ...]]:
        return [each for each in self.told if each[0] == "reserve"]

    @property
    def settled(self) -> list[Usage | None]:
        return [each[2] for each in self.told if each[0] == "settle"]


def together(
    server: Loopback,
    count: int,
    *,
    pace: Pace | None = None,
    book: Book | None = None,
    prices: Prices | None = PRICES,
    protocol: str = "openai",
    parameters: Any = PARAMETERS,
) -> list[Reply | ModelError]:
    """What comes of so many questions that are asked at the same time."""

    async def one(model: Model, number: int) -> Reply | ModelError:
        try:
            return await model.ask([{"role": "user", "content": f"{ARTICLE} {number}"}], People, call=f"call {number}")
        except ModelError as error:
            return error

    async def main() -> list[Reply | ModelError]:
        url = server.url(protocol)
        opened = open_model(
            f"{protocol}/m", base_url=url, api_key=KEY, parameters=parameters, pace=pace, meter=book, prices=prices
        )
        async with asyncio.timeout(60), opened as model:
            return list(await asyncio.gather(*(one(model, number) for number in range(count))))

    return asyncio.run(main())


def test_a_429_holds_all_64_workers_and_no_question_is_lost() -> None:
    refused = itertools.count()
    pauses: list[float] = []

    class Watching(Book):
        async def reserve(self, call: str, most_usd: float | None) -> int:
            # Between this and the request nothing happens: it is what the pause is when a request goes out.
            pauses.append(opened[0].pause)
            return await super().reserve(call, most_usd)

    def answer(request: Request) -> Step:
        return reply(GOOD) if next(refused) >= 10 else status(429, headers={"Retry-After": "1"})

    async def main() -> tuple[list[Reply], float]:
        url = server.url("openai")
        ready = open_model("m", base_url=url, pace=Pace(at_once=64), meter=Watching(), prices=PRICES)
        async with asyncio.timeout(60), ready as model:
            opened.append(model)
            asked = asyncio.gather(*(ask(model) for _ in range(200)))
            while not (pause := model.pause) and not asked.done():
                await asyncio.sleep(0.001)
            return list(await asked), pause

    opened: list[Model] = []
    with Loopback(answer=answer) as server:
        replies, pause = asyncio.run(main())
    assert pause > 0
    assert pauses == [0.0] * 210
    assert len(server.requests) == 210
    assert len(replies) == 200


def test_no_more_questions_are_in_work_than_there_are_turns() -> None:
    working = most = 0

    class Counting(Book):
        async def reserve(self, call: str, most_usd: float | None) -> int:
            nonlocal working, most
            working += 1
            most = max(most, working)
            return await super().reserve(call, most_usd)

        async def settle(self, ticket: int, usage: Usage | None) -> None:
            nonlocal working
            working -= 1
            await super().settle(ticket, usage)

    with Loopback(reply(GOOD)) as server:
        together(server, 40, pace=Pace(at_once=5), book=Counting())
    assert most == 5


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
@pytest.mark.parametrize("fault", [status(500), DROP], ids=["500", "dropped"])
def test_a_provider_that_was_down_loses_no_question_but_the_first(protocol: str, fault: Step) -> None:
    down = True
    probes: list[int] = []

    def answer(request: Request) -> Step:
        nonlocal down
        if len(server.requests) > 18:
            # Everything that was under way when it opened has come: from here on it is one probe after another.
            probes.append(len(server.requests))
            down = len(probes) < 3
        return fault if down else reply(GOOD)

    pace = Pace(at_once=6, failures_to_open=3, rest_seconds=0.2, give_up_seconds=50)
    with Loopback(answer=answer) as server:
        found = together(server, 30, pace=pace, protocol=protocol)
    failed = [each for each in found if isinstance(each, ModelError)]
    # Six workers with three requests each; the first two to fail were reported, the others waited for the provider.
    assert {type(each) for each in failed} == {errors.ConnectionDropped if fault.drop else errors.ServerFailure}
    assert len(failed) == 2
    assert len(server.requests) <= 18 + 3 + 28


def test_while_it_is_down_one_request_at_a_time_tries_it() -> None:
    back_at = 12

    def answer(request: Request) -> Step:
        return reply(GOOD) if len(server.requests) >= back_at else status(500)

    pace = Pace(at_once=1, failures_to_open=1, rest_seconds=0.3, give_up_seconds=50)
    with Loopback(answer=answer) as server:
        found = together(server, 3, pace=pace)
    assert {type(each) for each in found} == {Reply}
    at = [request.at for request in server.requests]
    assert len(at) == back_at + 2
    # Three requests of the first question, then a rest before each of the probes, of which the last is answered.
    assert all(later - earlier >= 0.3 for earlier, later in itertools.pairwise(at[2:back_at]))


def test_a_provider_that_stays_down_stops_all_questions() -> None:
    pace = Pace(at_once=4, failures_to_open=1, rest_seconds=0.2, give_up_seconds=1)
    with Loopback(status(503)) as server:
        found = together(server, 20, pace=pace)
    assert {type(each) for each in found} == {errors.ProviderDown}
    assert all(each.stops_run for each in found if isinstance(each, ModelError))
    # Those that were in work when it opened, and a probe after each rest.
    assert len(server.requests) <= 4 * 3 + 5


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
def test_each_request_is_reserved_before_it_is_sent_and_settled_after(protocol: str) -> None:
    steps = (status(500), status(429, headers={"Retry-After": "0"}), reply(WRONG_SHAPE), status(504), reply(GOOD))
    with Loopback(*steps) as server:
        book = Book(requests=lambda: len(server.requests))
        [answer] = together(server, 1, book=book, protocol=protocol)
    assert isinstance(answer, Reply)
    assert [each[0] for each in book.told] == ["reserve", "settle"] * 5
    assert [(each[1], each[3]) for each in book.reserved] == [("call 0", number) for number in range(5)]
    refused, unknown = Usage(requests=1, cost_usd=0.0), None
    paid = Usage(TOKENS_IN, TOKENS_CACHED, TOKENS_OUT, requests=1, cost_usd=COST, price_version="set: 2 in, 8 out")
    # What a gateway says of a server behind it says nothing of the work that this did.
    assert book.settled == [refused, refused, paid, unknown, paid]
    assert answer.usage.cost_usd == pytest.approx(2 * COST)


@pytest.mark.parametrize(
    "fault",
    [DROP, HANG, page("<html>200, and no reply"), status(200, {"choices": []})],
    ids=["drop", "hang", "page", "none"],
)
def test_what_may_have_been_billed_keeps_its_reserve(fault: Step) -> None:
    with Loopback(fault, reply(GOOD)) as server:
        book = Book()
        together(server, 1, book=book, parameters=IMPATIENT)
    assert book.settled[0] is None
    assert len(book.settled) == len(server.requests)


def test_a_reply_that_does_not_say_what_it_took_keeps_its_reserve_and_has_no_cost() -> None:
    body = {"choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": GOOD}}]}
    with Loopback(status(200, body)) as server:
        book = Book()
        [answer] = together(server, 1, book=book)
    assert isinstance(answer, Reply)
    assert book.settled == [None]
    assert answer.usage.cost_usd is None


def test_a_connection_that_was_never_made_costs_nothing() -> None:
    with Loopback(reply(GOOD)) as server:
        pass
    book = Book()
    [error] = together(server, 1, book=book)
    assert type(error) is errors.ConnectionDropped
    assert book.settled == [Usage(requests=1, cost_usd=0.0)] * 3


def test_what_the_budget_does_not_allow_is_not_sent() -> None:
    with Loopback(reply(GOOD)) as server:
        book = Book(allowed=7)
        found = together(server, 20, pace=Pace(at_once=4), book=book)
    assert len(server.requests) == len(book.settled) == 7
    over = [each for each in found if isinstance(each, ModelError)]
    assert {type(each) for each in over} == {OverBudget}
    assert len(over) == 13
    assert all(each.exit_code == 4 and each.stops_run and each.usage.requests == 0 for each in over)


def test_money_that_had_to_be_waited_for_is_given_back_when_nothing_may_be_sent_any_more() -> None:
    """The reserve of the second question takes until the first has been told of a pause that is not waited for."""

    class Slow(Book):
        async def reserve(self, call: str, most_usd: float | None) -> int:
            ticket = await super().reserve(call, most_usd)
            while call == "call 1" and not opened[0].pause:
                await asyncio.sleep(0.01)
            return ticket

    async def main() -> list[Reply | BaseException]:
        url = server.url("openai")
        async with open_model("m", base_url=url, meter=book, prices=PRICES) as model:
            opened.append(model)
            asked = (model.ask(MESSAGES, People, call=f"call {number}") for number in range(2))
            return list(await asyncio.gather(*asked, return_exceptions=True))

    opened: list[Model] = []
    book = Slow()
    with Loopback(status(429, headers={"Retry-After": "3600"})) as server:
        found = asyncio.run(main())
    assert {type(each) for each in found} == {errors.RateLimited}
    assert len(server.requests) == 1
    assert book.settled == [Usage(requests=1, cost_usd=0.0), Usage(cost_usd=0.0)]


def test_a_reserve_is_no_less_than_what_a_reply_of_full_length_costs() -> None:
    with Loopback(reply(GOOD)) as server:
        book = Book()
        together(server, 1, book=book)
    [(_, _, most_usd, _)] = book.reserved
    sent = int(server.requests[0].headers["content-length"])
    assert most_usd >= (sent * 2.0 + PARAMETERS.max_tokens * 8.0) / 1e6


def test_a_server_without_a_price_says_so() -> None:
    async def main(prices: Prices | None) -> tuple[bool, float | None]:
        async with open_model("m", base_url="http://127.0.0.1:9/v1", prices=prices) as model:
            return model.price_known, model.most_usd(1_000_000)

    assert asyncio.run(main(None)) == (False, None)
    assert asyncio.run(main(Prices(cached_usd=None, input_usd=1.0))) == (False, None)
    known, most_usd = asyncio.run(main(PRICES))
    assert known
    assert most_usd is not None
    assert most_usd > 2.0


def test_a_stored_reply_keeps_its_turn_until_it_is_stored() -> None:
    order: list[str] = []

    async def work(model: Model, name: str) -> None:
        async with model.turn():
            await model.ask(MESSAGES, People)
            await asyncio.sleep(0.05)
            order.append(f"{name} stored")

    async def main() -> None:
        async with open_model("m", base_url=server.url("openai"), pace=Pace(at_once=1)) as model:
            await asyncio.gather(work(model, "one"), work(model, "two"))

    def answer(request: Request) -> Step:
        order.append("asked")
        return reply(GOOD)

    with Loopback(answer=answer) as server:
        asyncio.run(main())
    assert order == ["asked", "one stored", "asked", "two stored"]


def test_a_question_whose_asker_is_gone_lets_go_of_its_turn() -> None:
    async def main() -> Reply:
        async with open_model("m", base_url=server.url("openai"), pace=Pace(at_once=1)) as model:
            gone = asyncio.create_task(ask(model))
            while not server.requests:
                await asyncio.sleep(0.01)
            gone.cancel()
            await asyncio.wait([gone])
            return await ask(model)

    with Loopback(HANG, reply(GOOD)) as server:
        assert asyncio.run(main()).text == GOOD


def test_half_of_a_pair_of_characters_does_not_stop_a_run() -> None:
    async def main() -> Reply:
        async with open_model("m", base_url=server.url("openai")) as model:
            return await model.ask([{"role": "user", "content": "broken \ud83d emoji"}], People)

    with Loopback(reply(GOOD)) as server:
        assert asyncio.run(main()).text == GOOD
    assert server.requests[0].question == "broken \ud83d emoji"
