"""Link each step of a reform that a referendum decided to that referendum, whichever of the two was read first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from polidex.identity.linking import referendum_of
from polidex.load import Key
from polidex.publish import Store
from schema import Election, ReformEvent, WorldDate
from schema.vocabulary import Basis, DecidedBy, ElectionStatus, ElectionType, ReformStatus

Row = dict[str, Any]


def link_ballots(
    store: Store,
    rows: Mapping[str, Sequence[Row]],
    delete: Mapping[str, Sequence[Key]],
    told: Mapping[str, date | None],
) -> None:
    """Write the referendum into the steps among `rows` that one decided.

    Args:
        rows: of the tables `reform`, `reform_event` and `election`, as they are to be loaded.
        delete: keys of rows that go, by table.
        told: for each reform the first day by which a document had told of it.
    """
    reforms = {row["id"]: row for row in rows.get("reform", ())}
    steps: dict[str, list[Row]] = {}
    for row in rows.get("reform_event", ()):
        steps.setdefault(row["reform_id"], []).append(row)
    decided = [
        row
        for each in steps.values()
        for row in each
        if row["decided_by"] == DecidedBy.REFERENDUM and row["reform_id"] in reforms
    ]
    countries = sorted({country for row in decided if (country := reforms[row["reform_id"]]["country"])})
    if not countries:
        return
    stored = {row["id"]: row for row in store.rows("resolve/referendums", countries=countries)}
    gone = {*delete.get("election", ())}
    fresh = {row["id"]: row for row in rows.get("election", ()) if row["type"] == ElectionType.REFERENDUM}
    votes = [_election(row) for key, row in sorted({**stored, **fresh}.items()) if key not in gone]
    for row in decided:
        reform = reforms[row["reform_id"]]
        all_steps = [_event(each) for each in steps[row["reform_id"]]]
        row["election_id"] = referendum_of(_event(row), reform["country"], all_steps, votes, told.get(reform["id"]))


def reforms_to_link(store: Store, rows: Mapping[str, Sequence[Row]], touched: Iterable[str]) -> set[str]:
    """The reforms that a referendum among `rows` may have decided, or one of the touched votes did so far."""
    votes = [row for row in rows.get("election", ()) if row["type"] == ElectionType.REFERENDUM]
    countries = sorted({row["country"] for row in votes if row["country"]})
    found = [
        *store.rows("resolve/reforms_by_referendum", countries=countries),
        *store.rows("resolve/reforms_of_elections", ids=sorted(touched)),
    ]
    return {row["id"] for row in found}


def _date(row: Row) -> WorldDate:
    edtf = row["date_edtf"]
    return WorldDate.from_edtf(edtf, Basis(row["date_basis"])) if edtf else WorldDate.unknown()


def _election(row: Row) -> Election:
    return Election(
        id=row["id"],
        type=ElectionType(row["type"]),
        country=row["country"],
        date=_date(row),
        status=ElectionStatus(row["status"]),
    )


def _event(row: Row) -> ReformEvent:
    return ReformEvent(
        id=row["id"],
        reform_id=row["reform_id"],
        status=ReformStatus(row["status"]),
        date=_date(row),
        decided_by=DecidedBy(row["decided_by"]),
    )
