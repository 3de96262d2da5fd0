"""Lead from any id back to the words: the row, its claims, their quotes in context, their documents, model and run."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from polidex.answers import one_line
from polidex.database import reading, statement
from schema.errors import UnknownId
from schema.tables import metadata

CONTEXT_CHARS = 80
LONG_CHARS = 400
# Rows that have no claims of their own rest on those of the row that they are part of.
_PART_OF = {
    "person_name": "person_id",
    "reform_measure": "reform_id",
    "reform_event": "reform_id",
    "election_result": "election_id",
}


@dataclass(frozen=True)
class Quoted:
    """A span that a claim rests on. `before` and `after` are the text around it, up to 80 characters each."""

    before: str
    quote: str
    after: str
    start_char: int
    end_char: int
    match: str
    title: str | None
    uri: str
    publisher: str | None
    published_edtf: str | None


@dataclass(frozen=True)
class ExplainedClaim:
    """One value, the spans that it rests on, and the model that read them."""

    id: str
    record_type: str
    canonical_id: str | None
    field: str
    value: str
    original_value: str | None
    modality: str
    basis: str
    confidence: float | None
    is_current: bool
    extractor: str
    provider: str | None
    model: str | None
    prompt: str | None
    extracted_at: datetime | None
    run_id: str
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True)
class Explanation:
    """What an id stands for: the table and the row that has it, and the claims behind it, the current ones first."""

    id: str
    table: str
    row: Mapping[str, Any]
    claims: tuple[ExplainedClaim, ...]

    def as_json(self) -> str:
        """One JSON object; dates and times are ISO 8601."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, default=str)

    def as_text(self) -> str:
        """Lines for a person to read."""
        lines = [f"{self.table} {self.id}"]
        for name, value in self.row.items():
            if value is not None and name != "id":
                shown = one_line(str(value))
                lines.append(f"  {name}: {shown[:LONG_CHARS]}{'…' if len(shown) > LONG_CHARS else ''}")
        lines.append("" if self.claims else "\nNo claim rests behind it.")
        for claim in self.claims:
            lines.extend(_claim_lines(claim))
        return "\n".join(lines)


def explain(url: str, id_: str) -> Explanation:
    """What stands behind an id of any table.

    Raises:
        UnknownId: no row has it.
        DatabaseError: the database cannot be read.
    """
    with reading(url) as connection:
        table, row = _find(connection, id_)
        of = row[_PART_OF[table]] if table in _PART_OF else id_
        found = connection.execute(sa.text(statement("explain/claims")), {"id": of, "width": CONTEXT_CHARS})
        rows = [dict(each) for each in found.mappings()]
    claims = tuple(_claim(list(group)) for _, group in itertools.groupby(rows, key=lambda each: each["id"]))
    return Explanation(id_, table, row, claims)


def _find(connection: sa.Connection, id_: str) -> tuple[str, dict[str, Any]]:
    for table in metadata.sorted_tables:
        if "id" in table.columns:
            row = connection.execute(sa.select(table).where(table.c.id == id_)).mappings().one_or_none()
            if row is not None:
                return table.name, dict(row)
    raise UnknownId(f"Nothing in the database has the id `{one_line(id_)}`.")


def _claim(rows: list[dict[str, Any]]) -> ExplainedClaim:
    of_quote = Quoted.__dataclass_fields__.keys()
    quotes = tuple(Quoted(**{name: row[name] for name in of_quote}) for row in rows)
    return ExplainedClaim(**{name: value for name, value in rows[0].items() if name not in of_quote}, quotes=quotes)


def _claim_lines(claim: ExplainedClaim) -> list[str]:
    old = "" if claim.is_current else ", no longer current"
    lines = [f"{claim.record_type} {claim.field} = {one_line(claim.value)}   ({claim.modality}, {claim.basis}{old})"]
    for quote in claim.quotes:
        where = ", ".join(one_line(part) for part in (quote.title, quote.publisher, quote.published_edtf) if part)
        words = f"{quote.before}[{quote.quote}]{quote.after}"
        lines.append(f'    "…{one_line(words)}…"')
        lines.append(f"    {where or 'without a title'}: {one_line(quote.uri)} ({quote.start_char}-{quote.end_char})")
    lines.append(
        f"    read by {claim.extractor} with {claim.model or 'no model'}, claim {claim.id}, run {claim.run_id}"
    )
    return [*lines, ""]
