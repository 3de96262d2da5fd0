"""Lead from any id back to the words: the row, its claims, their quotes in context, why it was merged, what lost."""

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
    lost_to: str | None = None
    """The value that the row has instead of this one; None where it has this one, or several."""


@dataclass(frozen=True)
class ExplainedMention:
    """A mention that was taken for the row, and why: the rule, how alike, and to which mention."""

    id: str
    label: str
    method: str | None
    score: float | None
    joined_to: str | None
    uri: str


@dataclass(frozen=True)
class Explanation:
    """What an id stands for.

    Attributes:
        id: of the row; of what it has become, where the id asked for is gone (`asked`).
        table, row: the row that has it.
        claims: those behind it, the current ones first.
        mentions: those that were taken for it, the one that gives it its key first.
        decisions: what was decided, or left open, about it and another.
    """

    id: str
    table: str
    row: Mapping[str, Any]
    claims: tuple[ExplainedClaim, ...]
    mentions: tuple[ExplainedMention, ...] = ()
    decisions: tuple[Mapping[str, Any], ...] = ()
    asked: str | None = None

    def as_json(self) -> str:
        """One JSON object; dates and times are ISO 8601."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, default=str)

    def as_text(self) -> str:
        """Lines for a person to read."""
        lines = [f"{self.asked} is part of this row now:"] if self.asked else []
        lines.append(f"{self.table} {self.id}")
        for name, value in self.row.items():
            if value is not None and name != "id":
                shown = one_line(str(value))
                lines.append(f"  {name}: {shown[:LONG_CHARS]}{'…' if len(shown) > LONG_CHARS else ''}")
        lines += [line for each in self.mentions for line in _mention_lines(each)]
        for each in self.decisions:
            who = each["user_name"] or each["decided_by"]
            said = f"{each['judgement']}, {each['method']}, by {one_line(str(who))} at {each['created_at']}"
            lines.append(f"  {each['left_id']} and {each['right_id']}: {said} ({each['id']})")
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
        asked = id_ if table == "redirect" else None
        if asked:
            id_ = row["target_id"]
            table, row = _find(connection, id_)
        of = row[_PART_OF[table]] if table in _PART_OF else id_
        found = connection.execute(sa.text(statement("explain/claims")), {"id": of, "width": CONTEXT_CHARS})
        rows = [dict(each) for each in found.mappings()]
        mentions, decisions = (
            [dict(each) for each in connection.execute(sa.text(statement(f"explain/{name}")), {"id": id_}).mappings()]
            for name in ("mentions", "decisions")
        )
    claims = tuple(_claim(list(group), row) for _, group in itertools.groupby(rows, key=lambda each: each["id"]))
    return Explanation(
        id_, table, row, claims, tuple(ExplainedMention(**each) for each in mentions), tuple(decisions), asked
    )


def _find(connection: sa.Connection, id_: str) -> tuple[str, dict[str, Any]]:
    for table in metadata.sorted_tables:
        if "id" in table.columns:
            row = connection.execute(sa.select(table).where(table.c.id == id_)).mappings().one_or_none()
            if row is not None:
                return table.name, dict(row)
    raise UnknownId(f"Nothing in the database has the id `{one_line(id_)}`.")


def _claim(rows: list[dict[str, Any]], of: Mapping[str, Any]) -> ExplainedClaim:
    of_quote = Quoted.__dataclass_fields__.keys()
    quotes = tuple(Quoted(**{name: row[name] for name in of_quote}) for row in rows)
    said = {name: value for name, value in rows[0].items() if name not in of_quote}
    column = next((name for name in (f"{said['field']}_edtf", said["field"]) if name in of), None)
    has = of[column] if column and said["canonical_id"] == of.get("id") and said["is_current"] else None
    lost_to = None if has is None or str(has).casefold() == str(said["value"]).casefold() else str(has)
    return ExplainedClaim(**said, quotes=quotes, lost_to=lost_to)


def _mention_lines(mention: ExplainedMention) -> list[str]:
    why = "it gives the row its key"
    if mention.method:
        why = f"{mention.method} {mention.score or 0:.2f}, like {one_line(mention.joined_to or '')}"
    return [f"  called {one_line(mention.label)[:LONG_CHARS]} in {one_line(mention.uri)}: {why} ({mention.id})"]


def _claim_lines(claim: ExplainedClaim) -> list[str]:
    old = "" if claim.is_current else ", no longer current"
    lost = f", lost to {one_line(claim.lost_to)}" if claim.lost_to else ""
    said = f"{claim.modality}, {claim.basis}{old}{lost}"
    lines = [f"{claim.record_type} {claim.field} = {one_line(claim.value)}   ({said})"]
    for quote in claim.quotes:
        where = ", ".join(one_line(part) for part in (quote.title, quote.publisher, quote.published_edtf) if part)
        words = f"{quote.before}[{quote.quote}]{quote.after}"
        lines.append(f'    "…{one_line(words)}…"')
        lines.append(f"    {where or 'without a title'}: {one_line(quote.uri)} ({quote.start_char}-{quote.end_char})")
    lines.append(
        f"    read by {claim.extractor} with {claim.model or 'no model'}, claim {claim.id}, run {claim.run_id}"
    )
    return [*lines, ""]
