"""What the checks make of replies without a fault: the same run and score as `polidex evaluate`, without a model.

    python -m benchmarks.perfect --documents examples --gold examples/gold.jsonl

The replies are those in `tests/perfect/`, served on the loopback. Whatever the table misses, or has that the gold has
not, is a fault of Polidex or of the replies; it is listed with all that was put in quarantine.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from polidex.database import reading, statement
from polidex.evaluate import Measured, measure, side_by_side
from polidex.gold import GoldRow, find_documents, read_gold
from polidex.settings import load
from tests.loopback import Loopback
from tests.perfect import FOLDER, PerfectReader, document_of

GOLD = Path("examples/gold.jsonl")


@dataclass(frozen=True)
class Outcome:
    """What came of a run with perfect replies.

    Attributes:
        faults: of the replies themselves: drafts that were never asked for, or twice.
        refused: each row of quarantine, on one line.
    """

    measured: Measured
    faults: tuple[str, ...]
    refused: tuple[str, ...]

    def lines(self, gold: tuple[GoldRow, ...]) -> list[str]:
        """The table, and below it all that is not as it should be."""
        missed = {row.id: row for row in gold}
        return [
            side_by_side([self.measured]),
            *(f"MISSED {each} {missed[each].fields}" for each in self.measured.scores.missed),
            *(f"TOO MUCH {each.record_type} {dict(each.fields)}" for each in self.measured.scores.wrong),
            *(f"REFUSED {each}" for each in self.refused),
            *(f"REPLY {each}" for each in self.faults),
        ]


async def perfect(rows: tuple[GoldRow, ...], paths: Mapping[str, Path], replies: Path, folder: Path) -> Outcome:
    """Run over the documents of a gold with the replies of a folder, into a new database in `folder`, and score it."""
    reader = PerfectReader(file for file in sorted(replies.glob("*.json")) if document_of(file) in paths)
    url = sa.URL.create("duckdb", database=str(folder / "perfect.duckdb")).render_as_string()
    with Loopback(answer=reader.answer) as server:
        # Settings of the user's own are left out: what is measured depends on nothing but the code.
        settings = load(
            {"model": "openai/perfect", "base_url": server.url("openai"), "database": url, "cache": str(folder)},
            file=folder / "none",
            environment={"POLIDEX_API_KEY": "none"},
        )
        measured = await measure(rows, paths, settings)
    with reading(url) as connection:
        refused = tuple(" | ".join(map(str, row)) for row in connection.execute(sa.text(statement("evaluate/refused"))))
    return Outcome(measured, tuple(reader.faults()), refused)


def main() -> None:
    """Print the table for the gold that the command line names."""
    parser = argparse.ArgumentParser(description="The score of replies without a fault.")
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--replies", type=Path, default=FOLDER)
    given = parser.parse_args()
    rows = read_gold(given.gold)
    paths = find_documents(given.gold, rows, given.documents)
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(perfect(rows, paths, given.replies, Path(folder)))
    print("\n".join(outcome.lines(rows)))


if __name__ == "__main__":
    main()
