"""Make the one row that analysts see out of all the records that speak of it, by rules that are written down here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from polidex.spelling import words_of
from schema import Election, Office, Organization, Person, Record, Reform, Statement, Tenure, WorldDate
from schema.rows import row
from schema.vocabulary import Basis, RecordType, TenureStatus

TYPES: Mapping[RecordType, type[Record]] = {
    RecordType.PERSON: Person,
    RecordType.ORGANIZATION: Organization,
    RecordType.OFFICE: Office,
    RecordType.TENURE: Tenure,
    RecordType.REFORM: Reform,
    RecordType.ELECTION: Election,
    RecordType.STATEMENT: Statement,
}
_PARTS = {
    "names": "person_name",
    "measures": "reform_measure",
    "events": "reform_event",
    "results": "election_result",
}
_SAYS_NOTHING = (None, "unknown", "other")
_SURENESS = (Basis.STATED, Basis.EXTERNAL, Basis.CONTEXT, Basis.INFERRED, Basis.UNKNOWN)


def rows_of(records: Sequence[Record]) -> dict[str, list[dict[str, Any]]]:
    """The row of one thing and the rows of its parts, by table.

    Args:
        records: all that speak of it, of one type and key, those of the newest document first.

    Field by field: a date is the best founded one, then the most precise, then the newest; the name of a person is the
    fullest, then the most frequent; a spell has ended if any document says so, for none can make it current again;
    any other value is the newest that says something.
    """
    rows = [row(record) for record in records]
    merged: dict[str, Any] = {name: _newest(rows, name) for name in rows[0]}
    first = records[0]
    for name, kind in type(first).model_fields.items():
        if kind.annotation is WorldDate:
            merged |= _date_columns(name, _best_date([getattr(record, name) for record in records]))
    if isinstance(first, Person):
        counted = Counter(str(each["name"]) for each in rows)
        merged["name"] = min(counted, key=lambda name: (-len(words_of(name)), -counted[name], name))
    if isinstance(first, Tenure) and any(each["status"] == TenureStatus.ENDED for each in rows):
        merged["status"] = str(TenureStatus.ENDED)
    table = type(first).__name__.lower()
    found: dict[str, list[dict[str, Any]]] = {table: [merged]}
    for field, part_table in _PARTS.items():
        if field in type(first).model_fields:
            parts = {part.id: part for record in reversed(records) for part in getattr(record, field)}
            found[part_table] = [row(parts[key]) for key in sorted(parts)]
    return found


def _newest(rows: list[dict[str, Any]], name: str) -> Any:
    said = [each[name] for each in rows]
    return next((value for value in said if value not in _SAYS_NOTHING), said[0])


def _best_date(dates: list[WorldDate]) -> WorldDate:
    def worth(date: WorldDate) -> tuple[int, int]:
        days = (date.latest - date.earliest).days if date.earliest and date.latest else 1_000_000
        return _SURENESS.index(date.basis), days

    return min(dates, key=worth)


def _date_columns(name: str, date: WorldDate) -> dict[str, Any]:
    return {
        f"{name}_edtf": date.edtf,
        f"{name}_earliest": date.earliest,
        f"{name}_latest": date.latest,
        f"{name}_basis": str(date.basis),
    }
