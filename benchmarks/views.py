"""How long every view and every question takes over a million claims, on DuckDB and on Postgres side by side.

    python -m benchmarks.views
    python -m benchmarks.views --keep FOLDER       filled the first time, only measured the next
    python -m benchmarks.views --claims 100000 --runs 3 --only conflicts --only source_agreement

Each view is asked as analysts and BI tools ask: `preview` is its first 1,000 rows, `one` all rows of one thing, `count`
how many rows it has, and `chart` how many by its most natural grouping. Questions are asked with their defaults, and
with one value that is there. Printed is the median of some runs after one that is not counted, in milliseconds.
The exit code is 1 when a view takes longer than 300 ms. Filling takes some minutes, and needs examples/postgres_server.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import sqlalchemy as sa

from benchmarks.made_up_rows import tables
from examples.postgres_server import Server
from polidex.database import header, make_engine, parse_url, view_order, view_text
from polidex.publish import open_store
from polidex.questions import questions

MOST_MILLISECONDS = 300.0
PREVIEW_ROWS = 1000
_BY = (
    "standing", "step", "status", "record_type", "reason", "certainty", "speaker_country", "country", "type", "form",
    "topic", "area", "role", "classification", "publisher", "field", "year",
)  # fmt: skip
"""What a chart of a view is grouped by: the first of these that the view has, else its second column."""
_TYPICAL = {"type": "tenure", "status": "adopted", "year": "2015", "country": "DE", "office": "minister",
            "person": "Ma", "speaker": "Ba", "words": "energy", "about": "minister", "sources": "2"}  # fmt: skip
Ask = Callable[[str, Any], list[Any]]


@dataclass(frozen=True)
class Question:
    """One thing to ask: `sql` with `:name` for each of `values`."""

    name: str
    shape: str
    sql: str
    values: dict[str, Any]


def fill(url: str, claims: int) -> None:
    """Fill a database with made-up rows, sum them up, and have Postgres look at them as it would by itself in time."""
    with open_store(url) as store:
        for name, rows in tables(claims):
            store.load_arrow(name, rows)
        store.sum_up()
    if url.startswith("postgresql"):
        with make_engine(parse_url(url)).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def asked(duck: duckdb.DuckDBPyConnection, only: Sequence[str]) -> Iterator[Question]:
    """All that is measured, of every view and question by its file."""
    for view in sorted(view_order()):
        if only and view not in only:
            continue
        preview = duck.execute(f"SELECT * FROM {view} LIMIT {PREVIEW_ROWS}").to_arrow_table()
        names = preview.column_names
        given = header(view_text(view), "key")
        key = given[0].split(",")[0] if given else next((name for name in names if name.endswith("_id")), names[0])
        found = [value for value in preview.column(key).to_pylist() if value is not None]
        group = next((name for name in _BY if name in names and name != key), names[min(1, len(names) - 1)])
        yield Question(view, "preview", f"SELECT * FROM {view} LIMIT {PREVIEW_ROWS}", {})
        if found:
            yield Question(view, "one", f"SELECT * FROM {view} WHERE {key} = :key", {"key": found[len(found) // 2]})
        yield Question(view, "count", f"SELECT COUNT(*) FROM {view}", {})
        yield Question(view, f"chart by {group}", f"SELECT {group}, COUNT(*) FROM {view} GROUP BY {group}", {})
    for question in questions():
        if question.name in view_order() or (only and question.name not in only):
            continue
        yield Question(f"question {question.name}", "defaults", question.sql, dict(question.values(None)))
        if question.parameters:
            name = question.parameters[0].name
            values = question.values({name: _TYPICAL[name]})
            yield Question(f"question {question.name}", f"{name}={_TYPICAL[name]}", question.sql, dict(values))


def milliseconds(ask: Ask, sql: str, values: Any, runs: int) -> float:
    """The median of some runs, after one that is not counted: what it reads is in memory then."""
    taken = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        ask(sql, values)
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken[1:])


def bound(question: Question, url: str) -> tuple[str, Any]:
    """The statement as the driver takes it, and its values."""
    dialect = make_engine(parse_url(url)).dialect
    compiled = sa.text(question.sql).bindparams(**question.values).compile(dialect=dialect)
    values = [compiled.params[name] for name in compiled.positiontup or ()] or dict(compiled.params) or None
    return str(compiled), values


def measured(folder: Path, claims: int, runs: int, only: Sequence[str]) -> list[tuple[Question, float, float]]:
    """Milliseconds of everything on DuckDB and on Postgres, the slowest first. Fills the folder if nothing is there."""
    file = folder / "views.duckdb"
    server = Server(folder / "pg")
    server.start()
    try:
        on_duckdb, on_postgres = f"duckdb:///{file}", server.url("views")
        done = folder / "filled"
        if not done.exists():
            server.make_database("views")
            for url in (on_duckdb, on_postgres):
                started = time.perf_counter()
                fill(url, claims)
                print(f"filled {url.partition(':')[0]} in {time.perf_counter() - started:.0f} seconds", file=sys.stderr)
            done.touch()
        for url in (on_duckdb, on_postgres):
            open_store(url).close()
        found = []
        address = on_postgres.replace("+psycopg", "")
        with duckdb.connect(str(file), read_only=True) as duck, psycopg.connect(address, autocommit=True) as postgres:
            for question in asked(duck, only):
                one, other = bound(question, on_duckdb), bound(question, on_postgres)
                found.append((
                    question,
                    milliseconds(lambda sql, values: duck.execute(sql, values).fetchall(), *one, runs),
                    milliseconds(lambda sql, values: postgres.execute(sql.encode(), values).fetchall(), *other, runs),
                ))  # fmt: skip
                print(f"\r{question.name} {question.shape}\033[K", end="", file=sys.stderr)
        print("\r\033[K", end="", file=sys.stderr)
    finally:
        server.stop()
    return sorted(found, key=lambda each: -max(each[1:]))


def main() -> None:
    """Print the table, and which views take longer than is promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000, help="how many claims to make up")
    parser.add_argument("--runs", type=int, default=5, help="how many runs the median is of")
    parser.add_argument("--keep", type=Path, help="the folder of the two databases, to be measured again")
    parser.add_argument("--only", action="append", default=[], help="the name of a view or question; may be repeated")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="polidex-views-") as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711)
        found = measured(folder.resolve(), given.claims, given.runs, given.only)
    print(f"{'':46} {'asked for':24} {'DuckDB ms':>10} {'Postgres ms':>12}")
    for question, duck, postgres in found:
        over = " over" if max(duck, postgres) > MOST_MILLISECONDS else ""
        print(f"{question.name:46} {question.shape:24} {duck:10.0f} {postgres:12.0f}{over}")
    late = [each for each in found if max(each[1:]) > MOST_MILLISECONDS and not each[0].name.startswith("question ")]
    print(f"{len(late)} of {len(found)} of views over {MOST_MILLISECONDS:.0f} ms")
    sys.exit(bool(late))


if __name__ == "__main__":
    main()
