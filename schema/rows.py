"""From a record to the row of its table: a date becomes four columns, a list becomes one text."""

from __future__ import annotations

from enum import StrEnum

from schema.base import Record
from schema.dates import WorldDate

LIST_SEPARATOR = "; "
"""Joins authors and topics. A BI tool shows a text; it does not show a list."""


def row(record: Record) -> dict[str, object]:
    """The row of a record, by column. Records that are parts of it (names, results, evidence) are rows of their own."""
    columns: dict[str, object] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, WorldDate):
            columns |= {
                f"{name}_edtf": value.edtf,
                f"{name}_earliest": value.earliest,
                f"{name}_latest": value.latest,
                f"{name}_basis": str(value.basis),
            }
        elif isinstance(value, StrEnum):
            columns[name] = str(value)
        elif name == "reading_spans":
            columns[name] = spans_text(value)
        elif name in ("byline", "topics"):
            columns[name] = LIST_SEPARATOR.join(value) or None
        elif not isinstance(value, tuple):
            columns[name] = value
    return columns


def spans_text(spans: tuple[tuple[int, int], ...]) -> str:
    """`((0, 33), (66, 352))` as it is stored: `0-33 66-352`."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def spans_from_text(stored: str) -> tuple[tuple[int, int], ...]:
    """The spans that `spans_text` stored."""
    pairs = (span.split("-") for span in stored.split())
    return tuple((int(start), int(end)) for start, end in pairs)
