"""How much longer a night takes than its model: 2,000 articles, a model of 200 ms, 64 questions at once, one process.

    python -m benchmarks.night_speed
    python -m benchmarks.night_speed --documents 300 --database postgres

The articles are made up, about as long as news is (3,000 characters, five windows): of the passages some name people,
offices and statements, the others tell of the weather of politics. The model answers on the loopback, in another
process. The ideal is what the calls alone take: their number times 200 ms, 64 at once. Beside it stand, in one run,
what the same calls take with an HTTP client and nothing else, and the CPU of the night for each call and document.
It ends with 1 below 0.95 of the ideal.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from benchmarks.night_model import Provider, served
from benchmarks.night_press import write_press
from examples.postgres_server import throwaway_server
from extractors.examples import Passage
from extractors.prompt import EXTRACTORS, messages

AT_ONCE = 64
SECONDS = 0.2
LEAST = 0.95
_BARE_CALLS = 2_000
_PLAIN = (
    "Observers in the capital expected little of the week that lay ahead, for roads were wet and markets closed. "
    "What had been a debate about money became one about patience, and nobody in the halls had much of it left. "
    "The papers of the morning carried long columns on the matter, and the evening ones had shorter columns on it. "
    "In the villages along the river people spoke of the price of bread and of the bridge that was not finished. "
    "Trains ran late again, as they had done all winter, and the queues before the offices grew with every hour. "
)


def write_articles(folder: Path, documents: int) -> None:
    """Write so many articles, each with the facts of one of the made-up press between passages without any."""
    write_press(folder, documents, people=max(24, documents // 2))
    luck = random.Random(1)
    for file in sorted(folder.iterdir()):
        head, body = file.read_text(encoding="utf-8").split("---\n\n", 1)
        sentences = _PLAIN.split(". ")
        plain = [". ".join(luck.sample(sentences, len(sentences))).strip(". ") + "." for _ in range(4)]
        file.write_text(
            f"{head}---\n\n{plain[0]}\n\n{body}\n{plain[1]}\n\n{plain[2]}\n\n{plain[3]}\n", encoding="utf-8"
        )


async def bare(base_url: str, calls: int) -> float:
    """Seconds that so many of the same questions take an HTTP client."""
    asked = messages(Passage("", "x" * 600), EXTRACTORS[0])
    body = json.dumps({"model": "m", "messages": asked}).encode()
    left = iter(range(calls))

    async def ask(session: aiohttp.ClientSession) -> None:
        for _ in left:
            async with session.post(f"{base_url}/chat/completions", data=body) as answer:
                await answer.read()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:
        began = time.perf_counter()
        await asyncio.gather(*(ask(session) for _ in range(AT_ONCE)))
        return time.perf_counter() - began


def night(folder: Path, url: str, base_url: str) -> dict[str, float]:
    """Read the articles with `polidex run` in a process of its own; seconds, CPU seconds and megabytes of it."""
    settings = {
        "POLIDEX_BASE_URL": base_url,
        "POLIDEX_MODEL": "openai/m",
        "POLIDEX_PACE_AT_ONCE": str(AT_ONCE),
        "POLIDEX_DATABASE": url,
    }
    command = "import sys; from polidex.cli import run_command; sys.exit(run_command(sys.argv[1:]))"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with (folder.parent / "run.log").open("w") as log:
        ended = subprocess.run(
            [sys.executable, "-c", command, "run", str(folder), "--json"],
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=log,
            check=True,
        )
    seconds, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    report = json.loads(ended.stdout)
    assert not report["failed"]
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return {
        "seconds": seconds,
        "cpu": cpu,
        "megabytes": used.ru_maxrss / 1024,
        "calls": report["usage"]["requests"],
        "records": sum(report["records"].values()),
        "refused": report["refused"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="A night beside what its model alone takes.")
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--database", choices=("duckdb", "postgres"), default="duckdb")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="what the model takes for an answer")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Provider(seconds=given.seconds)) as model:
        articles = Path(folder) / "articles"
        write_articles(articles, given.documents)
        alone = asyncio.run(bare(model.base_url, _BARE_CALLS)) / _BARE_CALLS
        if given.database == "postgres":
            with throwaway_server() as server:
                server.make_database("night")
                found = night(articles, server.url("night"), model.base_url)
        else:
            found = night(articles, f"duckdb:///{folder}/night.duckdb", model.base_url)
        most = model.counted().most_at_once
    ideal = found["calls"] * given.seconds / AT_ONCE
    ratio = ideal / found["seconds"]
    print(
        f"{given.documents} articles on {given.database}, {found['calls']:.0f} calls of {given.seconds:g} s, "
        f"{most} at once"
    )
    print(f"{found['records']:.0f} records loaded, {found['refused']:.0f} drafts or values refused")
    print(f"ideal                {ideal:8.1f} s")
    print(f"an HTTP client alone {alone * found['calls']:8.1f} s, {ideal / (alone * found['calls']):.2f} of the ideal")
    print(f"the night            {found['seconds']:8.1f} s, {ratio:.2f} of the ideal, at least {LEAST} is asked")
    print(
        f"CPU {found['cpu']:.1f} s: {1000 * found['cpu'] / found['calls']:.2f} ms a call with all that comes of it, ",
        end="",
    )
    print(f"{1000 * found['cpu'] / given.documents:.1f} ms a document; at most {found['megabytes']:.0f} MB")
    sys.exit(ratio < LEAST)


if __name__ == "__main__":
    main()
