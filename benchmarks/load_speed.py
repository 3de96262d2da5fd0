"""How fast a million claims are loaded, beside the shortest program that does no more than move them, and beside dlt.

    python -m benchmarks.load_speed [--claims 1000000] [--runs 3] [--dlt PYTHON] [--only duckdb|postgres]
    python -m benchmarks.load_speed --memory [--claims 1000000] [--times 10] [--only duckdb|postgres]

Three figures on either database: all claims new, all as they were, one in ten changed. *Raw* is an Arrow table that
is registered and one MERGE on DuckDB, and COPY into a temporary table and one MERGE on Postgres, into the same tables
with the same constraints. *Ours* is `Store.load_arrow`: rows checked, keys told apart, staged, merged and counted.
Both times hold the commit and, on DuckDB, all that it takes until the file is whole: raw closes it, ours checkpoints,
closes and swaps it in for the readers. They take turns, each with an empty table; what is printed is the median.
`--dlt` is the Python of an environment with `dlt[duckdb,postgres]`: once, its merge (upsert) of the same rows, into a
table that has no key, no check and no index.

`--memory` streams ten times as many claims in batches of 100,000 and prints, for each million, claims a second and
the most memory that the loading process has had; the exit code is 1 if it had 500 MB or more.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from benchmarks.made_up_rows import BATCH_ROWS, tables
from examples.postgres_server import throwaway_server
from polidex.publish import Store, open_store

CASES = ("all new", "unchanged", "one in ten changed")
WANTED = {"duckdb": 0.7, "postgres": 0.8}
MOST_MEGABYTES = 500
Seconds = dict[str, list[float]]


def prepare(store: Store, claims: int, file: Path) -> None:
    """Load what claims rest on and write the claims to a file: in Arrow's format, in batches."""
    writer: pa.ipc.RecordBatchFileWriter | None = None
    for name, rows in tables(claims):
        if name == "claim":
            writer = writer or pa.ipc.new_file(file, rows.schema)
            writer.write_table(rows)
        elif writer is None:
            store.load_arrow(name, rows)
    if writer:
        writer.close()


def given(file: Path) -> list[pa.Table]:
    """The claims of the three cases."""
    claims = pa.ipc.open_file(pa.memory_map(str(file))).read_all()
    tenth = pa.chunked_array([pa.array([number % 10 == 0 for number in range(len(claims))])])
    other = pc.binary_join_element_wise(claims["value"], pa.scalar("other"), " ")
    value = pc.if_else(tenth, other, claims["value"])
    return [claims, claims, claims.set_column(claims.column_names.index("value"), "value", value)]


def merge(columns: list[str]) -> str:
    """The MERGE that anybody would write."""
    others = [name for name in columns if name != "id"]
    return f"""
        MERGE INTO claim AS t USING staged AS s ON t.id = s.id
        WHEN MATCHED AND ({" OR ".join(f"t.{name} IS DISTINCT FROM s.{name}" for name in others)})
            THEN UPDATE SET {", ".join(f"{name} = s.{name}" for name in others)}
        WHEN NOT MATCHED THEN INSERT ({", ".join(columns)}) VALUES ({", ".join(f"s.{name}" for name in columns)})"""


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def raw_duckdb(file: Path, cases: list[pa.Table]) -> list[float]:
    def once(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> None:
        connection.register("staged", rows)
        connection.execute(merge(rows.column_names))
        connection.close()

    return [timed(partial(once, duckdb.connect(file), rows)) for rows in cases]


def raw_postgres(url: str, cases: list[pa.Table]) -> list[float]:
    def once(rows: pa.Table) -> None:
        names = ", ".join(rows.column_names)
        cursor.execute(f"CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT {names} FROM claim WITH NO DATA")
        with cursor.copy(f"COPY staged ({names}) FROM STDIN (FORMAT csv)") as copy:
            for batch in rows.to_batches():
                text = io.BytesIO()
                pyarrow.csv.write_csv(batch, text, pyarrow.csv.WriteOptions(include_header=False))
                copy.write(text.getbuffer())
        cursor.execute(merge(rows.column_names))
        connection.commit()

    with psycopg.connect(url.replace("+psycopg", "")) as connection, connection.cursor() as cursor:
        return [timed(partial(once, rows)) for rows in cases]


def ours(url: str, cases: list[pa.Table]) -> list[float]:
    def once(store: Store, rows: pa.Table) -> None:
        store.load_arrow("claim", rows)
        store.close()

    return [timed(partial(once, open_store(url), rows)) for rows in cases]


def with_dlt(python: str, url: str, file: Path, folder: Path) -> list[float]:
    """The same three cases by dlt, in its own environment."""
    names = []
    for number, rows in enumerate(given(file)):
        names.append(str(folder / f"case{number}.arrow"))
        with pa.ipc.new_file(names[-1], rows.schema) as writer:
            writer.write_table(rows, max_chunksize=BATCH_ROWS)
    script = Path(__file__).with_name("with_dlt.py")
    done = subprocess.run([python, script, url, folder, *names], check=True, stdout=subprocess.PIPE, text=True)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def on_duckdb(folder: Path, claims: int, runs: int) -> Seconds:
    filled, copy, file = folder / "filled.duckdb", folder / "copy.duckdb", folder / "claims.arrow"
    with open_store(f"duckdb:///{filled}") as store:
        prepare(store, claims, file)
    cases = given(file)
    seconds: Seconds = {}
    for _ in range(runs):
        shutil.copy(filled, copy)
        add(seconds, "raw", raw_duckdb(copy, cases))
        shutil.copy(filled, copy)
        add(seconds, "ours", ours(f"duckdb:///{copy}", cases))
    return seconds


def on_postgres(url: str, folder: Path, claims: int, runs: int) -> Seconds:
    file = folder / "claims.arrow"
    with open_store(url) as store:
        prepare(store, claims, file)
    cases = given(file)
    seconds: Seconds = {}

    def emptied() -> None:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("TRUNCATE claim CASCADE")
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    for _ in range(runs):
        emptied()
        add(seconds, "raw", raw_postgres(url, cases))
        emptied()
        add(seconds, "ours", ours(url, cases))
    return seconds


def add(seconds: Seconds, who: str, found: list[float]) -> None:
    for case, one in zip(CASES, found, strict=True):
        seconds.setdefault(f"{who} {case}", []).append(one)


def report(kind: str, claims: int, seconds: Seconds) -> bool:
    """Print the figures of a database; whether each is what it should be."""
    good = True
    for case in CASES:
        median = {
            who: statistics.median(seconds[f"{who} {case}"])
            for who in ("raw", "ours", "dlt")
            if f"{who} {case}" in seconds
        }
        ratio = median["raw"] / median["ours"]
        good &= ratio >= WANTED[kind] and median["ours"] < median.get("dlt", float("inf"))
        shown = "   ".join(f"{who} {one:6.2f} s {claims / one:>9,.0f}/s" for who, one in median.items())
        print(f"{kind:8}   {case:18}   {shown}   ours is {ratio:.2f} of raw (at least {WANTED[kind]})", flush=True)
    return good


def stream(url: str, file: Path, times: int) -> int:
    """Load the claims of a file many times over, under other keys each time. Returns the most megabytes had."""
    with open_store(url) as store:
        for number in range(times):
            started, count = time.perf_counter(), 0
            with pa.OSFile(str(file)) as source:
                reader = pa.ipc.open_file(source)
                for place in range(reader.num_record_batches):
                    rows = pa.Table.from_batches([reader.get_batch(place)])
                    keys = pc.binary_join_element_wise(rows["id"], pa.scalar(str(number)), "-")
                    store.load_arrow("claim", rows.set_column(rows.column_names.index("id"), "id", keys))
                    count += len(rows)
            rate = count / (time.perf_counter() - started)
            print(f"   {(number + 1) * count:>10,} claims   {rate:>9,.0f}/s   {megabytes()} MB at most", flush=True)
    return megabytes()


def megabytes() -> int:
    """The most memory that this process has had, as Linux says."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


@contextlib.contextmanager
def places(only: str | None) -> Iterator[Iterator[tuple[str, str, Path]]]:
    """The databases to measure: kind, address, and a folder to work in."""
    with contextlib.ExitStack() as stack:

        def each() -> Iterator[tuple[str, str, Path]]:
            for kind in [only] if only else list(WANTED):
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=Path.cwd())))
                if kind == "duckdb":
                    yield kind, f"duckdb:///{folder / 'stream.duckdb'}", folder
                else:
                    server = stack.enter_context(throwaway_server())
                    server.make_database("load")
                    yield kind, server.url("load"), folder

        yield each()


def main() -> None:
    """Print the figures; the exit code is 1 if one is worse than promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--times", type=int, default=10, help="with --memory: how many times as many claims")
    parser.add_argument("--dlt", metavar="PYTHON", help="the Python of an environment with dlt")
    parser.add_argument("--only", choices=list(WANTED), help="one of the databases")
    parser.add_argument("--memory", action="store_true", help="stream many claims and watch the memory")
    parser.add_argument("--stream", nargs=2, metavar=("URL", "FILE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stream:
        sys.exit(stream(asked.stream[0], Path(asked.stream[1]), asked.times) >= MOST_MEGABYTES)
    good = True
    with places(asked.only) as found:
        for kind, url, folder in found:
            if asked.memory:
                with open_store(url) as store:
                    prepare(store, asked.claims, folder / "claims.arrow")
                print(kind, flush=True)
                again = [sys.executable, "-m", "benchmarks.load_speed", "--times", str(asked.times)]
                good &= not subprocess.run([*again, "--stream", url, folder / "claims.arrow"], check=False).returncode
                continue
            if kind == "duckdb":
                seconds = on_duckdb(folder, asked.claims, asked.runs)
            else:
                seconds = on_postgres(url, folder, asked.claims, asked.runs)
            if asked.dlt:
                add(seconds, "dlt", with_dlt(asked.dlt, url, folder / "claims.arrow", folder))
            good &= report(kind, asked.claims, seconds)
    sys.exit(not good)


if __name__ == "__main__":
    main()
