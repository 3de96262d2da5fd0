"""What SQL compares two claims by: the part of the row that they are about, and the days or numbers that they allow."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa

from polidex.facts import Fact
from polidex.numerals import spelt_numbers
from schema import Election, Record, Reform, WorldDate
from schema.tables import metadata

_TABLES = {"event": "reform_event", "measure": "reform_measure", "result": "election_result"}
"""Where the columns of a part are, by what stands before the dot in the name of the field."""
_NUMBERS = (sa.Double, sa.BigInteger)
_IN_WORDS = ("value_old", "value_new")
"""Columns that hold the words of the source, in which a number may stand: `ten years`."""
_CONTESTANT = ("person_id", "party_id", "option")

Extent = Mapping[str, Any]


def comparable(record: Record, field: str, fact: Fact, language: str | None) -> Extent:
    """The columns of a claim by which it is compared with others of its field.

    Args:
        record: what the claim belongs to. field: the column that it gives; that of a part has a dot (`event.date`).
        language: ISO 639-1, for numbers in words.

    Returns:
        `part`; `value_earliest` and `value_latest`, for dates; `value_least` and `value_most`, what a number can be
        before it is rounded to the digits that it is given with. None where it has no such thing.
    """
    columns: dict[str, Any] = dict.fromkeys(("value_earliest", "value_latest", "value_least", "value_most"))
    columns["part"] = part_of(record, field)
    prefix, _, name = field.rpartition(".")
    # What a claim says of something else than the row and its parts has no column, and nothing to be compared with.
    holds = _TABLES.get(prefix, "") if prefix else type(record).__name__.lower()
    table: Mapping[str, sa.Column[Any]] = dict(metadata.tables[holds].columns) if holds else {}
    if f"{name}_edtf" in table:
        days = WorldDate.from_edtf(fact.value, fact.basis).days
        columns |= {"value_earliest": days.first, "value_latest": days.last}
    elif name in _IN_WORDS:
        # Of "two of the three chambers" nobody can say which number counts.
        found = spelt_numbers(fact.value, language)
        columns |= rounded(found[0].value) if len(found) == 1 else {}
    elif name in table and isinstance(table[name].type, _NUMBERS):
        columns |= rounded(fact.value)
    return columns


def part_of(record: Record, field: str) -> str | None:
    """What tells the part that a field is about from others of its row: the step of a reform, the contestant.

    None for a field of the row itself, for a measure (a reform has one, a package has reforms as its parts) and for who
    a contestant is.
    """
    prefix, _, name = field.rpartition(".")
    match prefix, record:
        case "event", Reform(events=(event,)):
            return str(event.status)
        case "result", Election(results=(result,)) if name not in _CONTESTANT:
            return result.person_id or result.party_id or result.option
    return None


def rounded(number: str | float | Decimal) -> dict[str, float]:
    """The least and the most that is 61.5 when it is rounded: 61.45 and 61.55; of whole numbers half on each side."""
    try:
        worth = Decimal(str(number)).normalize()
    except InvalidOperation:
        return {}
    exponent = worth.as_tuple().exponent
    if not isinstance(exponent, int):
        return {}
    half = Decimal(1).scaleb(min(exponent, 0)) / 2
    return {"value_least": float(worth - half), "value_most": float(worth + half)}
