"""Fill a database with what the product makes of a made-up press, and write one more article to be read against it.

    python -m benchmarks.large_database FILE PEOPLE

Every article goes through the product: `resolve` makes its records and mentions, and who is who in all of them is
settled at once, as it would be after the last of them. The further article lies pickled beside the database.
"""

from __future__ import annotations

import pickle
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from benchmarks.made_up_documents import LAST, Reading, World
from polidex.changes import Made, apply
from polidex.identity.settle import Told
from polidex.load import Counts, Key
from polidex.page import Page
from polidex.publish import Store, open_store
from polidex.regroup import Regrouping, regroup
from polidex.resolve import resolve
from schema import DocumentVersion
from schema.rows import row
from schema.vocabulary import RunStatus

KNOWN, NEW = 13, 4
"""People of the further article whom the database has, and others. With their posts and spells they are 51 mentions."""
_PART = 20_000
"""Rows that are merged into a table at once."""
_OF_A_READING = ("extraction", "record", "claim", "evidence", "claim_evidence", "text_band")
"""Tables whose rows are those of one document; who is who in them is settled for all documents together."""
Rows = dict[str, list[dict[str, Any]]]


class _Empty:
    """A database without rows, which keeps what is loaded into it as it came."""

    def __init__(self) -> None:
        self.loaded: Rows = {}

    def rows(self, _name: str, **_parameters: Any) -> list[dict[str, Any]]:
        return []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        yield

    def load(self, rows: Rows, *, delete: Mapping[str, Sequence[Key]] | None = None) -> dict[str, Counts]:
        assert not any((delete or {}).values())
        self.loaded = rows
        return {}


def fill(url: str, world: World) -> dict[str, int]:
    """Fill a database with all articles of a world. Returns the number of rows by table."""
    empty = _Empty()
    store = cast(Store, empty)
    rows: Rows = defaultdict(list)
    told: list[Told] = []
    sources: dict[str, str] = {}
    versions: dict[str, DocumentVersion] = {}
    for each in world.readings():
        version = each.version
        versions[each.extraction.id] = version
        resolution = resolve(Page(version), each.outcome)
        apply(store, [Made(version, [each.extraction], resolution, [])])
        for table in _OF_A_READING:
            rows[table] += empty.loaded.get(table, [])
        rows["document"].append({"id": version.document_id, "uri": version.document_id})
        rows["document_version"].append({**row(version), "source_id": version.id})
        sources[version.id] = version.id
        told += resolution.mentions
    regroup(store, rows, {}, Regrouping(told, set(), set(), set(), versions, sources))
    started = {"id": "run", "started_at": datetime.now(UTC), "status": str(RunStatus.FINISHED), "command": "made up"}
    rows["extraction_run"] = [started]
    with open_store(url) as database:
        for table, given in rows.items():
            for start in range(0, len(given), _PART):
                database.load({table: given[start : start + _PART]})
    return {table: len(given) for table, given in sorted(rows.items())}


def one_more(world: World) -> Reading:
    """An article of the last day about the country of most people: those in office now, and some who are new."""
    terms = max(world.terms.values(), key=len)
    now = [term for term in terms if term.end is None]
    strangers = [term for term in max(World(2000, seed=2).terms.values(), key=len) if term.end is None]
    return world.reading("one more", LAST, [*now[:KNOWN], *strangers[-NEW:]])


def further(file: Path) -> Path:
    """Where the further article lies."""
    return file.with_suffix(".article")


def main() -> None:
    """Fill the database that the command line names."""
    file, people = Path(sys.argv[1]), int(sys.argv[2])
    world = World(people)
    counts = fill(f"duckdb:///{file}", world)
    new = one_more(world)
    further(file).write_bytes(pickle.dumps((new.version, new.outcome, new.extraction)))
    print(", ".join(f"{count:,} {table}" for table, count in counts.items()))


if __name__ == "__main__":
    main()
