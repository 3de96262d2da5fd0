"""A night whose model is asked by a real Dask cluster: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractors.pace import Pace
from extractors.providers import Prices
from polidex import on_dask
from polidex.night_report import NightReport
from polidex.nightly import Wanted, nightly
from polidex.progress import RunProgress
from polidex.settings import Budget, Settings
from polidex.source_settings import SourceSetting
from schema.errors import UsageError
from schema.vocabulary import SourceKind
from tests.integration.polidex.test_story_on_both import answers
from tests.loopback import Loopback, Request, Step
from tests.perfect import FOLDER, PerfectReader

pytestmark = pytest.mark.with_tables
ROOT = Path(__file__).parents[3]
ARTICLES = [file for kind in ("*.txt", "*.md", "*.html") for file in sorted((ROOT / "examples").glob(kind))]


@dataclass
class Cluster:
    address: str
    workers: list[subprocess.Popen[bytes]]


def started(*arguments: str) -> subprocess.Popen[bytes]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, "-m", *arguments], cwd=ROOT, **quiet)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    file = tmp_path / "scheduler.json"
    common = ("--scheduler-file", str(file), "--no-dashboard")
    with ExitStack() as stack:
        scheduler = started("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *common)
        stack.enter_context(scheduler)
        stack.callback(scheduler.kill)
        while not file.exists():
            time.sleep(0.05)
        workers = [
            started("distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", *common)
            for _ in range(2)
        ]
        for worker in workers:
            stack.enter_context(worker)
            stack.callback(worker.kill)
        distributed = pytest.importorskip("distributed")
        with distributed.Client(scheduler_file=str(file)) as client:
            client.wait_for_workers(2, timeout=60)
            yield Cluster(client.scheduler.address, workers)


@contextmanager
def perfect(before: Callable[[Request], None] = lambda _: None) -> Iterator[Loopback]:
    """A model that reads the shipped articles perfectly; `before` is told of each question."""
    names = {file.name for file in ARTICLES}
    reader = PerfectReader([file for file in sorted(FOLDER.glob("*.json")) if not file.name.startswith(("0", "story"))])
    assert names

    def answer(request: Request) -> Step:
        before(request)
        return reader.answer(request)

    with Loopback(answer=answer) as server:
        yield server


def settings(url: str, server: Loopback, **more: object) -> Settings:
    return Settings(
        database=url,
        model="openai/any",
        base_url=server.url("openai"),
        sources=(
            SourceSetting(kind=SourceKind.FOLDER, location=str(ROOT / "examples"), include=("*.txt", "*.md", "*.html")),
        ),
        pace=Pace(at_once=8),
        **more,
    )


def night(settings: Settings, cluster: Cluster | None = None) -> NightReport:
    wanted = Wanted(cluster=cluster.address if cluster else None)
    return asyncio.run(nightly(settings=settings, progress=RunProgress(quiet=True), wanted=wanted))


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_dask, "CHUNK", 1)


def test_a_cluster_gives_what_one_machine_gives(cluster: Cluster, postgres_url: str, duckdb_url: str) -> None:
    with perfect() as server:
        here = night(settings(duckdb_url, server))
        asked = len(server.requests)
        there = night(settings(postgres_url, server), cluster)
        assert len(server.requests) == 2 * asked
        assert answers(postgres_url) == answers(duckdb_url)
        assert (there.exit_code, there.documents, there.facts) == (0, here.documents, here.facts)
        assert there.calls == here.calls == asked
        again = night(settings(postgres_url, server), cluster)
        assert (again.exit_code, again.calls, len(server.requests)) == (0, 0, 2 * asked)


def test_a_worker_that_is_killed_loses_nothing(cluster: Cluster, postgres_url: str, duckdb_url: str) -> None:
    asked: list[str] = []

    def kill_one(request: Request) -> None:
        asked.append(request.question)
        if len(asked) == 12:
            cluster.workers[0].send_signal(signal.SIGKILL)

    with perfect() as server:
        night(settings(duckdb_url, server))
        once = len(server.requests)
    with perfect(kill_one) as server:
        killed = night(settings(postgres_url, server), cluster)
        assert killed.exit_code == 0
        # No more than what the worker had in flight.
        assert once <= len(server.requests) <= once + 8
    assert answers(postgres_url) == answers(duckdb_url)


def test_the_cluster_keeps_to_the_budget(cluster: Cluster, postgres_url: str, duckdb_url: str) -> None:
    prices = Prices(input_usd=1000.0, output_usd=1000.0)
    with perfect() as server:
        night(settings(duckdb_url, server))
        once = len(server.requests)
    with perfect() as server:
        # Every answer says that it took 107 tokens: 0.107 USD, reserved as some thousands of bytes.
        found = night(settings(postgres_url, server, prices=prices, budget=Budget(run_usd=30.0)), cluster)
        assert found.exit_code == 4
        assert 0 < 0.107 * len(server.requests) <= 30.0
        rest = night(settings(postgres_url, server), cluster)
        assert rest.exit_code == 0
        # Of the articles' passages some are asked about with the same words.
        assert Counter(each.question for each in server.requests).most_common(1)[0][1] <= 2
        assert len(server.requests) == once


def test_what_cannot_be_is_said(cluster: Cluster, postgres_url: str, duckdb_url: str) -> None:
    with perfect() as server:
        with pytest.raises(UsageError, match="Postgres"):
            night(settings(duckdb_url, server), cluster)
        with pytest.raises(UsageError, match="No Dask scheduler"):
            night(settings(postgres_url, server), Cluster("dask://127.0.0.1:9", []))
