"""How long planning a night takes when nothing is new: 25,000, 50,000 and 100,000 known documents, on both databases.

    python -m benchmarks.planning
    python -m benchmarks.planning --documents 20000 --database duckdb

Documents of 2,800 characters, each with five readings whose fingerprints are those of today. One of twenty was read by
another model before. Each plan is a process of its own, three times; the ideal beside it is a process that only counts
the rows of the two tables. Last it says what the slope between the sizes means for a million documents, on paper.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from examples.postgres_server import throwaway_server
from extractors.prompt import EXTRACTORS
from polidex.batches import arrow_type
from polidex.checks_digest import checks_digest
from polidex.database import reading
from polidex.fingerprint import text_digest
from polidex.planning import plan
from polidex.publish import open_store
from polidex.settings import Settings
from polidex.staleness import Wanted
from schema.tables import metadata

DOCUMENTS = 100_000
SHARES = (0.25, 0.5, 1.0)
TIMES = 3
MOST_SECONDS = 10.0
MOST_MEGABYTES = 400
_BATCH = 10_000
_LANGUAGES = ("en", "es", "ru", "")
_SENTENCE = "The minister of number {0} told reporters in the capital that the law of {0} would be signed in May. "
_SPANS = "0-400 420-2800"
_RUN = "run_benchmark"


def fill(url: str, first: int, last: int) -> None:
    """Put the documents of some numbers into a database, as a run of today would have left them."""
    with open_store(url) as store:
        store.load(
            {
                "extraction_run": [
                    {"id": _RUN, "command": "bench", "started_at": _NOW, "status": "finished", "counts": "{}"}
                ]
            }
        )
        for start in range(first, last, _BATCH):
            for name, rows in _rows(range(start, min(start + _BATCH, last))):
                columns = {column.name: arrow_type(column) for column in metadata.tables[name].columns}
                types = pa.schema([(key, columns[key]) for key in rows[0]])
                store.load_arrow(name, pa.Table.from_pylist(rows, types))


_NOW = datetime(2026, 11, 1, tzinfo=UTC)


def _rows(numbers: range) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    uris = {number: f"https://news{number % 400}.example/{number}" for number in numbers}
    yield (
        "document",
        [{"id": f"document_{number:020}", "uri": uri, "first_seen_at": _NOW} for number, uri in uris.items()],
    )
    versions = [_version(number) for number in numbers]
    yield "document_version", versions
    yield "extraction", [each for version in versions for each in _readings(version)]


def _version(number: int) -> dict[str, Any]:
    text = (_SENTENCE.format(number) * 30)[:2800]
    return {
        "id": f"version_{number:020}",
        "document_id": f"document_{number:020}",
        "content_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "published_basis": "unknown",
        "language": _LANGUAGES[number % len(_LANGUAGES)] or None,
        "text": text,
        "reading_spans": _SPANS,
        "source_id": f"version_{number:020}",
    }


def _readings(version: dict[str, Any]) -> Iterator[dict[str, Any]]:
    text = text_digest(version["content_sha256"], _SPANS)
    for extractor in EXTRACTORS:
        found = _TODAY.of(extractor, version["language"] or "")
        parts = {
            "fingerprint_text": text,
            "fingerprint_prompt": found.prompt,
            "fingerprint_schema": found.schema,
            "fingerprint_model": found.model,
            "fingerprint_parameters": found.parameters,
            "fingerprint_windowing": found.windowing,
        }
        key = f"{version['id'][-20:]}_{extractor.name}"
        row = {
            "id": f"extraction_{key}",
            "document_version_id": version["id"],
            "run_id": _RUN,
            "extractor": extractor.name,
            "fingerprint": hashlib.sha256(key.encode()).hexdigest(),
            **parts,
            "status": "ok",
            "provider": "openai",
            "model": "made-up",
            "windows": 4,
            "attempts": 4,
            "requests": 4,
            "tokens_in": 7000,
            "tokens_in_cached": 6000,
            "tokens_out": 200,
            "seconds": 3.0,
            "raw_response": json.dumps([{"start": 0, "end": 700, "text": '{"items":[]}' * 8, "error": ""}] * 4),
            "checked_with": checks_digest(),
        }
        yield row
        if extractor is EXTRACTORS[0] and int(version["id"][-20:]) % 20 == 0:
            yield {**row, "id": f"{row['id']}_earlier", "fingerprint_model": "another", "status": "superseded"}


_TODAY = Wanted(Settings())


def measure(url: str, what: str) -> dict[str, float]:
    """Plan, or only count rows, in this process: seconds with all that opening takes, processor seconds, megabytes."""
    started = time.perf_counter()
    if what == "plan":
        found = plan(Settings(database=url))
        if found.documents:
            raise SystemExit(f"{len(found.documents)} documents are stale: the rows are not those of today.")
    else:
        with reading(url) as connection:
            for name in ("document_version", "extraction"):
                connection.execute(sa.select(sa.func.count()).select_from(metadata.tables[name])).scalar_one()
    return {
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time(),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _median(url: str, what: str) -> dict[str, float]:
    found = [
        json.loads(
            subprocess.run(
                [sys.executable, "-m", "benchmarks.planning", "--one", what, "--url", url],
                check=True,
                stdout=subprocess.PIPE,
            ).stdout
        )
        for _ in range(TIMES)
    ]
    return {name: statistics.median(each[name] for each in found) for name in found[0]}


def main() -> None:
    """Print the medians of each size, and whether the largest is below what is promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--database", choices=["duckdb", "postgres"], help="only this one")
    parser.add_argument("--one", choices=["plan", "count"], help=argparse.SUPPRESS)
    parser.add_argument("--fill", type=int, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.fill:
        fill(given.url, *given.fill)
        return
    if given.one:
        print(json.dumps(measure(given.url, given.one)))
        return
    missed = False
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        urls = {"duckdb": f"duckdb:///{Path(folder) / 'bench.duckdb'}"}
        if given.database != "duckdb":
            server = stack.enter_context(throwaway_server())
            server.make_database("planning")
            urls["postgres"] = server.url("planning")
        for kind in [given.database] if given.database else urls:
            missed |= not _one_database(kind, urls[kind], given.documents)
    sys.exit(missed)


def _one_database(kind: str, url: str, documents: int) -> bool:
    """Fill a database step by step and measure at each; whether the largest holds what is promised."""
    filled = 0
    points: list[tuple[int, dict[str, float]]] = []
    for size in (round(documents * share) for share in SHARES):
        started = time.perf_counter()
        # In a process of its own: a child counts the memory of its parent as its own.
        filling = [sys.executable, "-m", "benchmarks.planning", "--fill", f"{filled}", f"{size}", "--url", url]
        subprocess.run(filling, check=True)
        print(f"{kind}: {size:,} documents are there after {time.perf_counter() - started:.0f} s more", flush=True)
        filled = size
        found, ideal = _median(url, "plan"), _median(url, "count")
        points.append((size, found))
        print(
            f"{kind}, {size:,} documents: {found['seconds']:.2f} s ({found['cpu']:.2f} s of its processor), "
            f"{found['megabytes']:.0f} MB; only counting rows {ideal['seconds']:.2f} s, {ideal['megabytes']:.0f} MB",
            flush=True,
        )
    (small, first), (large, last) = points[0], points[-1]
    slope = {name: (last[name] - first[name]) / (large - small) for name in ("seconds", "megabytes")}
    paper = {name: last[name] + slope[name] * (1_000_000 - large) for name in slope}
    print(
        f"{kind}: a million documents, on paper: {paper['seconds']:.0f} s, {paper['megabytes']:.0f} MB; DuckDB itself "
        "goes by way of the disk beyond 200 MB"
    )
    holds = last["seconds"] <= MOST_SECONDS and last["megabytes"] <= MOST_MEGABYTES
    print(f"{kind}: {'holds' if holds else 'MISSES'} {MOST_SECONDS:.0f} s and {MOST_MEGABYTES} MB")
    return holds


if __name__ == "__main__":
    main()
