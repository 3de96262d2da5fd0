"""What is different in the rows for analysts after a night: all that was there before, held small, beside what is."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import sqlalchemy as sa

from polidex.database import OFFLINE, statement
from polidex.publish import Store

FACTS = (
    "person",
    "organization",
    "office",
    "tenure",
    "reform",
    "reform_event",
    "reform_measure",
    "election",
    "election_result",
    "statement",
)
"""A fact is one row for analysts: a person, a spell in office, a step of a reform, what one candidate got.

It is added when its key is new, withdrawn when its key is gone, and changed when any of its columns holds something
else. So two rows that turn out to be one are one withdrawn. Claims are not facts: of five articles that say the same,
the first adds a fact and the others none. Spellings of a name (person_name) are no facts either.
"""

_LINES = 4_000_000
"""Bytes of rows that are taken apart at once."""


@dataclass(frozen=True)
class Snapshot:
    """How the rows were at one time.

    Attributes:
        facts: of each of the tables of `FACTS`, two columns: `key`, and `digest` of the row. 40 bytes a row.
        conflicts, vanished: the same for fields of which sources differ, and documents that are withdrawn.
        quarantine: how many drafts or values are refused, by reason.
        documents, versions: how many documents have a text, and how many texts there are.
    """

    facts: Mapping[str, pa.Table]
    conflicts: pa.Table
    vanished: pa.Table
    quarantine: Mapping[str, int]
    documents: int
    versions: int


@dataclass(frozen=True)
class Change:
    """How many keys are new, hold something else, or are gone; and the first of each, in the order of their text."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    first: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def snapshot(store: Store) -> Snapshot:
    """How the rows for analysts are now, as the writer sees them: before the first document of a night is loaded.

    It reads every row for analysts once; no claim is read. 100,000 rows take some tenths of a second.
    """
    with store.transaction() as connection:
        kind = "postgres" if connection.dialect.name == "postgresql" else "duckdb"
        quote = connection.dialect.identifier_preparer.quote
        facts = {name: _keyed(connection, statement(f"night/rows_{kind}").format(table=quote(name))) for name in FACTS}
        conflicts, vanished = (_keyed(connection, statement(f"night/{name}")) for name in ("conflicts", "vanished"))
        [texts] = store.rows("night/texts")
        refused = {row["reason"]: row["drafts"] for row in store.rows("night/quarantine")}
    return Snapshot(facts, conflicts, vanished, refused, texts["documents"], texts["versions"])


def difference(before: pa.Table, now: pa.Table, *, shown: int) -> Change:
    """What is new, other or gone between two tables of a `Snapshot`, with the first `shown` keys of each."""
    with duckdb.connect(config={**OFFLINE, "threads": "2"}) as connection:
        connection.register("before", before)
        connection.register("now", now)
        found = connection.execute(statement("night/differences")).to_arrow_table()
    keys = {
        change: found.filter(pc.equal(found["change"], change))["key"] for change in ("added", "changed", "withdrawn")
    }
    return Change(
        **{change: len(each) for change, each in keys.items()},
        first={change: tuple(each[:shown].to_pylist()) for change, each in keys.items()},
    )


def _keyed(connection: sa.Connection, query: str) -> pa.Table:
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "duckdb":
        return driver.execute(query).to_arrow_table()
    parts: list[pa.Table] = []
    lines = bytearray()
    with driver.cursor() as cursor, cursor.copy(statement("night/copy_postgres").format(query=query)) as copy:
        # Each piece that the server sends ends with a whole row.
        for piece in copy:
            lines += piece
            if len(lines) > _LINES:
                parts.append(_taken_apart(lines))
                lines.clear()
    return pa.concat_tables([*parts, _taken_apart(lines)])


def _taken_apart(lines: bytearray) -> pa.Table:
    types = pa.schema([("key", pa.string()), ("digest", pa.int64())])
    if not lines:
        return types.empty_table()
    return pyarrow.csv.read_csv(
        io.BytesIO(lines),
        read_options=pyarrow.csv.ReadOptions(column_names=types.names),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(column_types=types, strings_can_be_null=False),
    )
