"""Rows of all tables, as many as asked for, about a world that is made up: to measure loading, views and copying.

    python -m benchmarks.made_up_rows [--claims 1000000]     count them, and say how long making them took

No model and no rule of the product makes them, so a million claims take seconds. They are believable in what a database
cares about: how many claims a field has, how many sources differ, how long texts are, what points at what.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.made_up_names import COUNTRIES
from polidex.batches import arrow_type
from schema.tables import metadata

BATCH_ROWS = 100_000
_CLAIMS_PER_DOCUMENT = 45.55
_FEWEST_DOCUMENTS = 60
_SQL = Path(__file__).with_name("made_up_rows_sql")


def tables(claims: int, seed: int = 0) -> Iterator[tuple[str, pa.Table]]:
    """All rows, table by table, parents first, in batches of at most 100,000.

    Args:
        claims: how many claims there shall be, within a per cent. A million come with 22,000 documents, 48,000 people
            and 2.7 million other rows. A few thousand at least: smaller worlds are not made.
        seed: another world; the same seed gives the same rows.

    Yields:
        The name of a table, and rows of it with its key and those of its columns that are filled.
    """
    documents = max(_FEWEST_DOCUMENTS, round(claims / _CLAIMS_PER_DOCUMENT))
    with duckdb.connect(config={"threads": "2"}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name, value in {"documents": documents, "seed": seed, "countries": sorted(COUNTRIES.values())}.items():
            connection.execute(f"SET VARIABLE {name} = ?", [value])
        for part in ("world", "told", "tables"):
            connection.execute((_SQL / f"{part}.sql").read_text(encoding="utf-8"))
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        made = {name for (name,) in views}
        # What only sums up the others is worked out by who loads them.
        for table in (each for each in metadata.sorted_tables if each.name in made):
            types = {column.name: arrow_type(column) for column in table.columns}
            for batch in connection.execute(f'SELECT * FROM "{table.name}"').to_arrow_reader(BATCH_ROWS):
                if batch.num_rows:
                    rows = pa.Table.from_batches([batch])
                    yield table.name, rows.cast(pa.schema([(name, types[name]) for name in rows.column_names]))


def main() -> None:
    """Make them all and print how many there are of each table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    given = parser.parse_args()
    started = time.perf_counter()
    counts: Counter[str] = Counter()
    for name, rows in tables(given.claims):
        counts[name] += rows.num_rows
    print(", ".join(f"{count:,} {name}" for name, count in counts.items()))
    print(f"{counts.total():,} rows in {time.perf_counter() - started:.1f} seconds")


if __name__ == "__main__":
    main()
