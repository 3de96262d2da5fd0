"""How long one more document takes in a large database, and how much memory: 100,000 people, a million claims.

    python -m benchmarks.incremental
    python -m benchmarks.incremental --keep bench.duckdb     made the first time, only measured the next

The database is filled from a made-up press (`large_database`). Then one more article with 51 mentions, of which most
are known, is resolved and loaded by the product in a process of its own, five times, and each time taken back. Filling
needs Faker and takes half an hour; measuring needs neither.
"""

from __future__ import annotations

import argparse
import json
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from polidex.changes import Made, apply
from polidex.page import Page
from polidex.publish import open_store
from polidex.resolve import resolve
from schema.rows import row

PEOPLE = 100_000
TIMES = 5
MOST_SECONDS = 2.0
MOST_MEGABYTES = 300


def measure(file: Path) -> dict[str, object]:
    """Resolve and load the further article; nothing of it stays.

    Returns:
        `open`: seconds to open the database, which copies it; `seconds`: those of the article; `megabytes`: the most
        memory that this process has had; `loaded`: rows written by table.
    """
    version, outcome, extraction = pickle.loads(file.with_suffix(".article").read_bytes())
    started = time.perf_counter()
    store = open_store(f"duckdb:///{file}")
    try:
        store.load({"document": [{"id": version.document_id, "uri": "one more"}], "document_version": [row(version)]})
        page = Page(version)
        ready, cpu = time.perf_counter(), time.process_time()
        resolution = resolve(page, outcome)
        counts = apply(store, [Made(version, [extraction], resolution, [])])
        done, cpu = time.perf_counter(), time.process_time() - cpu
    finally:
        store.abandon()
    return {
        "open": ready - started,
        "seconds": done - ready,
        "cpu": cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "mentions": Counter(str(each.record_type) for each in resolution.mentions),
        "loaded": {table: each.inserted + each.updated for table, each in counts.items()},
    }


def main() -> None:
    """Print the median of five measurements, and whether both are below what is promised."""
    parser = argparse.ArgumentParser(description="Seconds and memory of one more document in a large database.")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--keep", type=Path, help="the file of the database, to be measured again")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = given.keep or Path(folder) / "large.duckdb"
        if not file.exists():
            subprocess.run([sys.executable, "-m", "benchmarks.large_database", file, str(given.people)], check=True)
        found = [
            json.loads(
                subprocess.run(
                    [sys.executable, "-m", "benchmarks.incremental", "--one", file], check=True, stdout=subprocess.PIPE
                ).stdout
            )
            for _ in range(TIMES)
        ]
    seconds, megabytes = (statistics.median(each[name] for each in found) for name in ("seconds", "megabytes"))
    print(f"mentions {found[0]['mentions']}")
    print(f"rows written {found[0]['loaded']}")
    print(f"seconds to open, with a copy {statistics.median(each['open'] for each in found):.2f}")
    print(f"seconds {seconds:.2f} of at most {MOST_SECONDS}: {[round(each['seconds'], 2) for each in found]}")
    print(f"of them at work, over all threads {statistics.median(each['cpu'] for each in found):.2f}")
    print(f"megabytes {megabytes:.0f} of at most {MOST_MEGABYTES}")
    sys.exit(seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES)


if __name__ == "__main__":
    main()
