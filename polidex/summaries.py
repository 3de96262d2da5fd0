"""Keep the tables that sum up the others true: what a load touches is worked out anew, in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from polidex.database import statement
from schema.tables import SUMMARIES, metadata

Key = str | Sequence[Any]
Rows = Mapping[str, Sequence[Mapping[str, Any]]]
Keys = Mapping[str, Sequence[Key]]

_PART = 40_000
"""Claims that are worked out at once, when all are, and those of their rows with them: a hundred megabytes."""
_THINGS = ("person", "organization", "office", "tenure", "reform", "election", "statement")
_PARTS = {"reform_event": "reform_id", "reform_measure": "reform_id", "election_result": "election_id"}
_SUMMED_UP = {"claim", "claim_evidence", "evidence", "document_version", *_THINGS, *_PARTS}


def first_hand() -> list[sa.Table]:
    """The tables that are not worked out from others, parents first."""
    return [table for table in metadata.sorted_tables if table.name not in SUMMARIES]


def expect(connection: sa.Connection, rows: Rows, delete: Keys) -> None:
    """Note, before a load, the rows that nothing will lead to afterwards: a step that is gone is part of none."""
    _run(connection, "touched")
    _touch(connection, "parts", [key for table in _PARTS for key in (*_ids(rows, table), *delete.get(table, ()))])


def sum_up(
    connection: sa.Connection, rows: Rows, delete: Keys, changed: Collection[str], rewritten: Collection[str]
) -> None:
    """Work out anew what the standing tables say of every row that a load touched; `expect` came before it.

    A mention that becomes another row counts as touched with the claims that speak of it: their value changes too.

    Args:
        changed: the tables of which a row was inserted, updated or deleted.
        rewritten: those of which one was updated.
    """
    if not _SUMMED_UP & set(changed):
        return
    _touch(connection, "claims", _claims(rows, delete))
    # Nothing rests yet on a text or a span that is new.
    if "document_version" in rewritten:
        _touch(connection, "versions", _ids(rows, "document_version"))
    if "evidence" in rewritten:
        _touch(connection, "quotes", _ids(rows, "evidence"))
    given = {each["canonical_id"] or each["record_id"] for each in rows.get("claim", ()) if "canonical_id" in each}
    for table in _THINGS:
        given |= {*_ids(rows, table), *delete.get(table, ())}
    for table, key in _PARTS.items():
        given |= {each[key] for each in rows.get(table, ()) if key in each}
    _touch(connection, "rows", given)
    _refresh(connection)


def sum_up_all(connection: sa.Connection) -> None:
    """Work out the standing tables as a whole, part by part: after an upgrade, or for rows that came another way."""
    _run(connection, "clear")
    after: str | None = ""
    while after is not None:
        _run(connection, "touched")
        connection.execute(sa.text(statement("standing/touch_next")), {"after": after, "many": _PART})
        after = connection.execute(sa.text(statement("standing/last_touched"))).scalar_one()
        if after is not None:
            _refresh(connection)


def with_rules(text: str) -> str:
    """An SQL text with the statements of `sql/standing/` in the places that it names, such as `{claim}`."""
    for name in ("claim", "field", "row"):
        columns = ", ".join(metadata.tables[f"{name}_standing"].columns.keys())
        text = text.replace(f"{{{name}_columns}}", columns)
        text = text.replace(f"{{{name}}}\n", f"{statement(f'standing/{name}')}\n").replace(
            f"{{{name}}};", f"{statement(f'standing/{name}')};"
        )
    return text


def _refresh(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Without it Postgres would take a few rows for a thousand, and read all claims to find theirs.
        connection.exec_driver_sql("ANALYZE touched_row")
    connection.exec_driver_sql(with_rules(statement("standing/refresh")), execution_options={"no_parameters": True})


def _touch(connection: sa.Connection, what: str, keys: Collection[Key]) -> None:
    if keys:
        among = statement(f"standing/keys_{'postgres' if connection.dialect.name == 'postgresql' else 'duckdb'}")
        text = statement(f"standing/touch_{what}").replace("{keys}", among)
        connection.execute(sa.text(text), {"keys": json.dumps(sorted(map(str, keys)))})


def _run(connection: sa.Connection, name: str) -> None:
    connection.exec_driver_sql(statement(f"standing/{name}"), execution_options={"no_parameters": True})


def _ids(rows: Rows, table: str) -> list[Any]:
    return [each["id"] for each in rows.get(table, ())]


def _claims(rows: Rows, delete: Keys) -> list[Any]:
    """Keys of the claims that are given or deleted, or of which a quote is."""
    quotes = [each["claim_id"] for each in rows.get("claim_evidence", ())]
    return [
        *_ids(rows, "claim"), *quotes, *delete.get("claim", ()),
        *(key[0] for key in delete.get("claim_evidence", ()))
    ]  # fmt: skip
