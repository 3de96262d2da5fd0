"""A model for made-up nights, in a process of its own: it reads the made-up press rightly, counts, bills, and fails.

It answers the same question with the same words whenever it is asked. What was asked how often it tells under
`/counted`, by a digest of the passage and the extractor: a reader that is killed cannot lie about its calls.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import multiprocessing
import random
import re
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from aiohttp import web

_SAID = re.compile(r"(\w+ \w+), the (Minister of \w+ of \w+), said on (\w+ \d+, \d+) that ([^.]+)\.")
_APPOINTED = re.compile(r"(\w+ \w+) was appointed (Minister of \w+ of \w+) in (\w+ \d{4})\.")
FAILURES = ("server_error", "drop", "slow_down", "cut", "malformed", "no_json", "drop_answer")
"""The ways in which it fails. Of `cut` the reply is incomplete, of `drop_answer` it was billed and never arrived."""
PAGE = "<html><body>Bad gateway</body></html>"


@dataclass(frozen=True)
class Provider:
    """How the model behaves.

    Attributes:
        seconds: how long it takes to answer.
        failing: the share of requests that fail.
        failures: the ways in which they do.
        input_usd: what it bills, in US dollars per million tokens that it read.
        output_usd: the same of tokens that it wrote.
        seed: of what fails.
    """

    seconds: float = 0.02
    failing: float = 0.0
    failures: tuple[str, ...] = FAILURES
    input_usd: float = 0.0
    output_usd: float = 0.0
    seed: int = 1


@dataclass(frozen=True)
class Counted:
    """What was asked of the model since it was last told to forget.

    Attributes:
        asked: how often each question came.
        billed_usd: of all requests that were answered, and of those whose answer never arrived.
        most_at_once: how many requests it worked on at one moment.
    """

    asked: Counter[str]
    billed_usd: float
    most_at_once: int


def items(task: str, passage: str) -> list[dict[str, str]]:
    """What a perfect reader finds in a passage of the made-up press."""
    said, appointed = _SAID.findall(passage), _APPOINTED.findall(passage)
    if task == "people":
        found = [{"name": name, "office": office} for name, office, _, _ in said]
        return found + [{"name": name, "office": ""} for name, _, _ in appointed]
    if task == "offices":
        found = [{"person": name, "office": office, "start": "", "end": ""} for name, office, _, _ in said]
        return found + [
            {"person": name, "office": office, "start": start, "end": ""} for name, office, start in appointed
        ]
    if task == "statements":
        return [{"speaker": name, "verb": "said", "said": words, "date": date} for name, _, date, words in said]
    return []


class _Model:
    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._luck = random.Random(provider.seed)
        self._asked: Counter[str] = Counter()
        self._billed = 0.0
        self._at_once = self._most_at_once = 0

    async def chat(self, request: web.Request) -> web.StreamResponse:
        received = await request.read()
        question = str(json.loads(received)["messages"][-1]["content"])
        head, _, task = question.rpartition("TASK: ")
        passage = head.rpartition("\nPASSAGE: ")[2]
        self._asked[hashlib.sha256(f"{task.strip()}\n{passage}".encode()).hexdigest()[:16]] += 1
        self._at_once += 1
        self._most_at_once = max(self._at_once, self._most_at_once)
        try:
            # Who hangs up is billed all the same.
            return await asyncio.shield(asyncio.ensure_future(self._answer(request, received, task.strip(), passage)))
        finally:
            self._at_once -= 1

    async def _answer(self, request: web.Request, received: bytes, task: str, passage: str) -> web.StreamResponse:
        provider = self._provider
        fails = self._luck.random() < provider.failing and self._luck.choice(provider.failures)
        await asyncio.sleep(provider.seconds * (0.5 + self._luck.random()))
        if fails == "server_error":
            return web.json_response({"error": {"message": "no"}}, status=500)
        if fails == "slow_down":
            return web.json_response({"error": {"message": "slow down"}}, status=429, headers={"Retry-After": "0.05"})
        if fails == "drop":
            return _hang_up(request)
        text = json.dumps({"items": items(task, passage)})
        if fails == "malformed":
            text = '{"items": "none"}'
        read, written = len(received) // 3, 20 + len(text) // 3
        self._billed += (read * provider.input_usd + written * provider.output_usd) / 1e6
        if fails == "drop_answer":
            return _hang_up(request)
        if fails == "no_json":
            return web.Response(text=PAGE, content_type="text/html")
        ended = "stop"
        if fails == "cut":
            text, ended = text[: len(text) // 2], "length"
        return web.json_response(
            {
                "id": "1",
                "object": "chat.completion",
                "created": 1,
                "model": "m",
                "choices": [
                    {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": ended},
                ],
                "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written},
            }
        )

    async def counted(self, _: web.Request) -> web.Response:
        told = {"asked": self._asked, "billed_usd": self._billed, "most_at_once": self._most_at_once}
        return web.json_response(told)

    async def fail(self, request: web.Request) -> web.Response:
        self._provider = replace(self._provider, failing=float(request.query["share"]))
        return web.json_response({})

    async def forget(self, _: web.Request) -> web.Response:
        self._asked, self._billed, self._most_at_once = Counter(), 0.0, 0
        return web.json_response({})


def _hang_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _serve(provider: Provider, ready: Connection) -> None:
    async def main() -> None:
        model = _Model(provider)
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/v1/chat/completions", model.chat)
        app.router.add_get("/counted", model.counted)
        app.router.add_get("/forget", model.forget)
        app.router.add_get("/fail", model.fail)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        ready.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(main())


class NightModel:
    """A model that is served; see `served`."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}"

    @property
    def base_url(self) -> str:
        return f"{self._address}/v1"

    def counted(self) -> Counted:
        """What was asked since the last `forget`."""
        told = self._get("counted")
        return Counted(Counter(told["asked"]), float(told["billed_usd"]), int(told["most_at_once"]))

    def forget(self) -> None:
        """Begin to count anew."""
        self._get("forget")

    def fail(self, share: float) -> None:
        """Fail in so many requests of one from now on."""
        self._get(f"fail?share={share}")

    def _get(self, what: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self._address}/{what}", timeout=60) as response:
            told: dict[str, Any] = json.load(response)
            return told


@contextmanager
def served(provider: Provider | None = None) -> Iterator[NightModel]:
    """A model in a process of its own, for as long as the block lasts."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(provider or Provider(), there), daemon=True
    )
    process.start()
    try:
        yield NightModel(here.recv())
    finally:
        process.terminate()
        process.join()
