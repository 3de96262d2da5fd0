"""Readers of a DuckDB file beside its writer: how many readings there were, and whether one failed or saw half a night.

    python -m benchmarks.readers [--readers 20] [--nights 100]     two minutes on two cores

Each night writes its number into every row of three tables, one table after the other, and publishes. A reading is
whole when it finds one number everywhere, and right when that is not smaller than what the same reader saw before. Most
readers connect as any program would, some ask as `polidex query` does, one runs that command, and one keeps its first
connection.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from polidex.publish import Store, open_store

ROWS = 300
_HERE = Path(__file__).parents[1]
_NUMBERS = (
    "SELECT count(*) AS n, CAST(min(name) AS BIGINT) AS least, CAST(max(name) AS BIGINT) AS most FROM "
    "(SELECT name FROM person UNION ALL SELECT name FROM organization UNION ALL SELECT name FROM office)"
)
_LOOP = """
import json, pathlib, subprocess, sys, time
file, stop, query, rows = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
readings, seen, nights = 0, 0, set()
{prepare}
print("ready", flush=True)
while True:
    last = stop.exists()
    count, least, most = {read}
    assert count == rows, f"{{count}} rows"
    assert least == most, f"half a night: {{least}} and {{most}}"
    assert least >= seen, f"{{seen}} and then {{least}}"
    seen = least
    nights.add(seen)
    readings += 1
    if last:
        break
    time.sleep(0.02)
print(json.dumps({{"readings": readings, "nights": len(nights), "last": seen}}))
"""
_CONNECT = "import duckdb"
_PROGRAMS = {
    "a program": _LOOP.format(
        prepare=f"""{_CONNECT}
def read():
    with duckdb.connect(file, read_only=True) as connection:
        return connection.execute(query).fetchone()""",
        read="read()",
    ),
    "run_query": _LOOP.format(
        prepare="from polidex.query import run_query",
        read='run_query(f"duckdb:///{file}", query).to_pylist()[0].values()',
    ),
    "polidex query": _LOOP.format(
        prepare="""command = [sys.executable, "-c", "from polidex import cli; cli.main()", "query", query, "--json",
           "--database", f"duckdb:///{file}"]""",
        read="json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)[0].values()",
    ),
    "a kept connection": _LOOP.format(
        prepare=f"{_CONNECT}\nkept = duckdb.connect(file, read_only=True)", read="kept.execute(query).fetchone()"
    ),
}


@dataclass(frozen=True)
class Reader:
    """What one reader met.

    Attributes:
        kind: how it reads.
        error: the last lines that it wrote when it failed; empty when it did not.
        readings: how often it read.
        nights: how many nights it saw.
        last: the last one.
    """

    kind: str
    error: str
    readings: int = 0
    nights: int = 0
    last: int = 0


def kinds(readers: int) -> list[str]:
    """How each of so many readers reads; four at least."""
    special = ["a kept connection", "polidex query", *["run_query"] * max(1, readers // 5)]
    return special + ["a program"] * (readers - len(special))


def readers_beside_a_writer(folder: Path, readers: int, nights: int) -> list[Reader]:
    """Have readers in processes of their own read through so many publishes of a writer in this one."""
    file, stop = folder / "polidex.duckdb", folder / "stop"
    with open_store(f"duckdb:///{file}") as store:
        _night(store, 1)
        store.publish()
        pipe = subprocess.PIPE
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", _PROGRAMS[kind], str(file), str(stop), _NUMBERS, str(3 * ROWS)],
                cwd=_HERE, stdout=pipe, stderr=pipe, text=True,
            )
            for kind in kinds(readers)
        ]  # fmt: skip
        for process in processes:
            assert process.stdout
            process.stdout.readline()
        for number in range(2, nights + 1):
            _night(store, number)
            store.publish()
    # What the end of the writer swaps in is read too.
    stop.touch()
    return [_met(kind, *process.communicate()) for kind, process in zip(kinds(readers), processes, strict=True)]


def _night(store: Store, number: int) -> None:
    name = str(number)
    keys = [f"{place:05}" for place in range(ROWS)]
    store.load({"person": [{"id": key, "name": name, "birth_date_basis": "unknown", "death_date_basis": "unknown"}
                           for key in keys]})  # fmt: skip
    store.load({"organization": [{"id": key, "name": name, "classification": "other"} for key in keys]})
    store.load({"office": [{"id": key, "name": name, "role": "other"} for key in keys]})


def _met(kind: str, said: str, error: str) -> Reader:
    return Reader(kind, error, **json.loads(said.splitlines()[-1])) if said else Reader(kind, error or "no answer")


def main() -> int:
    """Print what the readers met; the exit code is 1 when one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--nights", type=int, default=100)
    given = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        met = readers_beside_a_writer(Path(folder), given.readers, given.nights)
    for reader in met:
        print(f"{reader.kind:<20} {reader.readings:>6} readings of {reader.nights:>3} nights {reader.error[-300:]}")
    failed = [reader for reader in met if reader.error]
    print(
        f"{len(met)} readers, {given.nights} publishes in {time.perf_counter() - started:.0f} seconds: "
        f"{sum(reader.readings for reader in met):,} readings, {len(failed)} readers failed or saw half a night"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
