"""What one question to a model costs this machine: CPU of the client, beside the bare HTTP client and the plain SDK.

    python -m benchmarks.client_cost
    python -m benchmarks.client_cost --calls 500

A server in a process of its own answers at once. It is asked the real questions of the five extractors, 64 at once, in
three ways in turn, three times each: by Polidex with a pace, prices and a meter; by aiohttp alone, which sends the same
bytes and reads the JSON of the answer; and by OpenAI's SDK and instructor as their guides show. What is measured is the
CPU time of the asking process, in milliseconds for each call: with 64 questions of 200 ms in flight a call that takes
3 ms of it is all that one event loop can do. About half a minute.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from multiprocessing.connection import Connection
from typing import Any

import aiohttp
import instructor
import openai

from extractors.examples import PASSAGES
from extractors.extractor import Extractor, reply_text
from extractors.model import Pace, Parameters, Prices, open_model
from extractors.prompt import EXTRACTORS, messages
from extractors.protocols import Message, OpenAI
from extractors.providers import endpoint
from extractors.shapes import shape
from schema.usage import Usage

CALLS = 2000
PLAIN_CALLS = 400
AT_ONCE = 64
TIMES = 3
MOST_MILLISECONDS = 1.0
BEST_MILLISECONDS = 0.5

QUESTIONS: list[tuple[Extractor, list[Message]]] = [
    (extractor, messages(passage, extractor)) for passage in PASSAGES for extractor in EXTRACTORS
]
Ask = Callable[[int], Awaitable[object]]
Way = Callable[[AsyncExitStack, str], Awaitable[Ask]]


def answers() -> dict[bytes, bytes]:
    """The whole response to each question, under the task that ends it."""
    found = {}
    for extractor in EXTRACTORS:
        message = {"role": "assistant", "content": reply_text(extractor.answers[0])}
        body = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 2000, "completion_tokens": 100, "total_tokens": 2100},
        }
        sent = json.dumps(body).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
        found[f"TASK: {extractor.name}".encode()] = head.encode() + sent
    return found


def serve(ready: Connection) -> None:
    """Answer questions on a port of the loopback, which `ready` is told, until the process is ended."""
    known = answers()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
                body = await reader.readexactly(length)
                writer.write(max(known.items(), key=lambda each: body.rfind(each[0]))[1])
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0, limit=2**20)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


@contextmanager
def served() -> Iterator[str]:
    """The base URL of a server in a process of its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}/v1"
    finally:
        process.terminate()
        process.join()


class Counting:
    """A meter that allows everything, and knows how often it was asked."""

    def __init__(self) -> None:
        self.reserved = self.settled = 0

    async def reserve(self, call: str, most_usd: float | None) -> None:
        assert most_usd
        self.reserved += 1

    async def settle(self, ticket: object, usage: Usage | None) -> None:
        assert usage
        self.settled += 1


async def with_polidex(stack: AsyncExitStack, url: str) -> Ask:
    pace = Pace(at_once=AT_ONCE, requests_per_minute=10**7, tokens_per_minute=10**11)
    opened = open_model("m", base_url=url, pace=pace, meter=Counting(), prices=Prices(0.4, 1.6))
    model = await stack.enter_async_context(opened)

    async def ask(number: int) -> object:
        extractor, question = QUESTIONS[number % len(QUESTIONS)]
        async with model.turn():
            return await model.ask(question, extractor.reply_type(), call=str(number))

    return ask


async def with_aiohttp(stack: AsyncExitStack, url: str) -> Ask:
    spoken = OpenAI(endpoint("m", base_url=url), Parameters())
    bodies = [spoken.body(question, shape(extractor.reply_type())) for extractor, question in QUESTIONS]
    connector, jar = aiohttp.TCPConnector(limit=0), aiohttp.DummyCookieJar()
    session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector, cookie_jar=jar))
    headers = {**spoken.headers, "Content-Type": "application/json"}

    async def ask(number: int) -> object:
        async with session.post(url + spoken.path, data=bodies[number % len(bodies)], headers=headers) as response:
            return json.loads(await response.read())

    return ask


async def with_sdk(stack: AsyncExitStack, url: str) -> Ask:
    sdk = await stack.enter_async_context(openai.AsyncOpenAI(api_key="none", base_url=url))
    client = instructor.from_openai(sdk, mode=instructor.Mode.JSON_SCHEMA)

    async def ask(number: int) -> object:
        extractor, question = QUESTIONS[number % len(QUESTIONS)]
        asked: Any = question
        return await client.create(
            model="m", messages=asked, response_model=extractor.reply_type(), temperature=0, max_tokens=2048
        )

    return ask


async def milliseconds(
    ways: Mapping[str, tuple[Way, int]],
) -> dict[str, list[float]]:
    """CPU milliseconds for each call, of each way and each time."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    with served() as url:
        for _ in range(TIMES):
            for name, (way, calls) in ways.items():
                async with AsyncExitStack() as stack:
                    ask = await way(stack, url)
                    # What is made once is made, and the connections stand.
                    await together(ask, AT_ONCE * 2)
                    started = time.process_time()
                    await together(ask, calls)
                    found[name].append((time.process_time() - started) / calls * 1000)
    return found


async def together(ask: Ask, calls: int) -> None:
    numbers = iter(range(calls))

    async def worker() -> None:
        for number in numbers:
            await ask(number)

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))


def main() -> None:
    """Print the median of each way, and whether that of Polidex is below what is promised."""
    parser = argparse.ArgumentParser(description="CPU milliseconds of the client for each call of a model.")
    parser.add_argument("--calls", type=int, default=CALLS)
    given = parser.parse_args()
    ways = {
        "polidex": (with_polidex, given.calls),
        "aiohttp alone": (with_aiohttp, given.calls),
        "openai and instructor": (with_sdk, min(given.calls, PLAIN_CALLS)),
    }
    found = asyncio.run(milliseconds(ways))
    middle = {name: statistics.median(each) for name, each in found.items()}
    for name, each in found.items():
        times = f"{middle[name] / middle['polidex']:.1f} of Polidex"
        print(f"{name:22} {middle[name]:.3f} ms of CPU a call, {times}: {[round(one, 3) for one in each]}")
    print(f"polidex: at most {MOST_MILLISECONDS} ms, at best {BEST_MILLISECONDS}")
    sys.exit(middle["polidex"] > MOST_MILLISECONDS)


if __name__ == "__main__":
    main()
