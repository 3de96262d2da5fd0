"""A newsroom for tests: two articles, a model that reads them rightly, and a way to run and to look at all tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from extractors.prompt import EXTRACTORS
from schema.tables import metadata
from tests.loopback import Request, Step, reply

Rows = list[dict[str, Any]]

GOVERNMENT = (
    "Kenya has a new government\n\n"
    "Ada Moro became prime minister of Kenya in October 1999, after ten years in the opposition. "
    "“We will lower the price of bread,” Moro told reporters in the capital.\n\n"
    "Under a law that was adopted last month, the state cuts the term of judges from ten years to six. "
    "Kenya had held presidential elections in March 1998, which Ben Ito won with 61.5 percent of the vote.\n"
)
LOOKING_BACK = (
    "What became of the old leaders\n\n"
    "Ada Moro, who left politics long ago, now keeps bees and writes about them for a small magazine. "
    "Moro said that she had never missed the noise of the capital and its endless evenings.\n\n"
    "Cleo Sand was mayor of Tarn from 2004 and is a teacher today, as she was before the last elections of the city.\n"
)
ITEMS: Mapping[str, Sequence[Mapping[str, str]]] = {
    "people": [{"name": name, "office": ""} for name in ("Ada Moro", "Ben Ito", "Cleo Sand")],
    "offices": [
        {"person": "Ada Moro", "office": "prime minister of Kenya", "start": "October 1999", "end": ""},
        {"person": "Cleo Sand", "office": "mayor of Tarn", "start": "2004", "end": ""},
    ],
    "reforms": [
        {
            "change": "cuts the term of judges from ten years to six",
            "area": "judiciary",
            "status": "adopted",
            "value_old": "ten years",
            "value_new": "six",
        }
    ],
    "elections": [
        {
            "election": "presidential elections",
            "type": "presidential",
            "date": "March 1998",
            "winner": "Ben Ito",
            "winner_share": "61.5 percent",
        }
    ],
    "statements": [
        {"speaker": "Moro", "verb": "told", "said": "We will lower the price of bread"},
        {"speaker": "Moro", "verb": "said", "said": "she had never missed the noise of the capital"},
    ],
}
"""What a perfect reader finds; of each item the words of the last field that is checked stand in one text only."""

_TOLD_BY = {"people": "name", "offices": "office", "reforms": "change", "elections": "election", "statements": "said"}
FACTS = ("person", "person_name", "office", "tenure", "reform", "election", "election_result", "statement")
OF_A_RUN = "extraction_run"


def task(request: Request) -> str:
    """The extractor that asks."""
    last = request.question.rpartition("\n")[2]
    return next(extractor.name for extractor in EXTRACTORS if extractor.name in last)


def found(request: Request) -> list[Mapping[str, str]]:
    """What a perfect reader finds in the passage that a request is about."""
    name = task(request)
    return [item for item in ITEMS[name] if item[_TOLD_BY[name]] in request.question]


def perfect(request: Request) -> Step:
    return reply(json.dumps({"items": found(request)}))


def but(name: str, step: Callable[[Request], Step] | Step) -> Callable[[Request], Step]:
    """A perfect reader but for one extractor."""

    def answer(request: Request) -> Step:
        if task(request) != name:
            return perfect(request)
        return step if isinstance(step, Step) else step(request)

    return answer


def tables(file: Path) -> dict[str, Rows]:
    """All rows of all tables of a DuckDB file, in the order of their keys."""
    with duckdb.connect(str(file), read_only=True) as connection:
        found: dict[str, Rows] = {}
        for table in metadata.sorted_tables:
            key = ", ".join(column.name for column in table.primary_key)
            result = connection.execute(f'SELECT * FROM "{table.name}" ORDER BY {key}').to_arrow_table()
            found[table.name] = result.to_pylist()
        return found


def lasting(file: Path) -> dict[str, Rows]:
    """All rows but those by which a run tells of itself."""
    return {name: rows for name, rows in tables(file).items() if name != OF_A_RUN}


_CLOCK = {"first_seen_at", "retrieved_at", "extracted_at", "seconds", "run_id"}


def said(file: Path) -> dict[str, Rows]:
    """All rows but for what differs from run to run: the clock, and the key of the run."""
    return {
        name: [{column: value for column, value in row.items() if column not in _CLOCK} for row in rows]
        for name, rows in lasting(file).items()
    }
