"""Write who is who into the tables: the records and claims of mentions that moved, and the merged rows made anew."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from polidex.canonical import TYPES, rows_of
from polidex.identity.keys import Canonical, references, rekeyed
from polidex.identity.kinds import KINDS
from polidex.identity.settle import Told, settle
from polidex.load import Counts, Key
from polidex.publish import Store
from schema import DocumentVersion, Record
from schema.vocabulary import RecordType

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True)
class Regrouping:
    """Whose rows are to be made anew.

    Attributes:
        told: the mentions that say something new.
        gone: keys of mentions that no reading gives any more.
        touched: keys of rows that lost a record.
        without: keys of records that count no more.
        version: the text that the records in `rows` come from; None when no document was read.
    """

    told: Sequence[Told]
    gone: Collection[str]
    touched: Collection[str]
    without: Collection[Key]
    version: DocumentVersion | None = None


def regroup(store: Store, rows: Rows, delete: dict[str, list[Key]], about: Regrouping) -> None:
    """Settle whose mentions are whose, and write it into every record and claim that speaks of one that moved."""
    settled = settle(store, about.told, about.gone, at=datetime.now(UTC))
    for table, given in settled.rows.items():
        rows[table] += given
    for table, keys in settled.delete.items():
        delete.setdefault(table, []).extend(keys)
    moved = sorted(settled.moved)
    ours = {each["id"] for each in rows["record"]}
    records = [
        each
        for each in store.rows("resolve/records_of_mentions", ids=moved)
        if each["id"] not in ours and each["mention_id"] not in about.gone
    ]
    claims = {each["id"]: each for each in rows["claim"]}
    for each in [
        *store.rows("resolve/claims_of_mentions", ids=moved), *store.rows("resolve/claims_that_refer", ids=moved)
    ]:  # fmt: skip
        claims.setdefault(each["id"], each)
    lost = {*delete.get("claim", ())}
    mention_of = {each["id"]: each["mention_id"] for each in [*records, *rows["record"]]}
    canonical = settled.canonical
    rows["record"] = [{**each, "canonical_id": canonical.get(each["mention_id"], each["canonical_id"])}
                      for each in [*rows["record"], *records]]  # fmt: skip
    rows["claim"] = [
        {
            **each,
            "canonical_id": canonical.get(mention_of.get(each["record_id"], ""), each["canonical_id"]),
            # Somebody whom nobody is known by is called by the mention until somebody is.
            "value": canonical.get(each["refers_to"]) or each["refers_to"] if each["refers_to"] else each["value"],
        }
        for key, each in claims.items()
        if key not in lost
    ]
    touched = {*about.touched, *filter(None, settled.moved.values())}
    touched |= {key for key in (canonical[each] for each in moved) if key}
    touched |= {each["canonical_id"] for each in rows["record"] if each["id"] in ours}
    touched |= {each["canonical_id"] for each in rows["claim"] if each["refers_to"] in settled.moved}
    _add_canonical(store, rows, delete, about, canonical, sorted(touched - {None}))


def _add_canonical(
    store: Store,
    rows: Rows,
    delete: dict[str, list[Key]],
    about: Regrouping,
    canonical: Canonical,
    touched: Sequence[str],
) -> None:
    """The rows for analysts of everything touched, made anew from all records that speak of it."""
    if not touched:
        return
    fresh = {each["id"]: each for each in rows["record"]}
    found = [
        *store.rows("resolve/records_of", ids=list(touched)),
        *store.rows("resolve/told_of_mentions", ids=sorted({each["mention_id"] for each in fresh.values()})),
    ]
    stored = {each["id"]: {**each, **fresh.get(each["id"], {})} for each in found if each["id"] not in about.without}
    if about.version:
        of_ours = {"version_id": about.version.id, "published_latest": about.version.published.latest}
        stored |= {key: {**each, **of_ours} for key, each in fresh.items() if key not in stored}
    told = [each for each in stored.values() if each["canonical_id"] in set(touched)]
    records = {each["id"]: TYPES[RecordType(each["record_type"])].model_validate_json(each["payload"]) for each in told}
    named = {one for each in told for one in references(json.loads(each["payload"]))} - canonical.keys()
    known = {row["id"]: row["canonical_id"] for row in store.rows("resolve/mentions_by_id", ids=sorted(named))}
    of: Canonical = {**known, **canonical, **{each["mention_id"]: each["canonical_id"] for each in told}}
    by_row: dict[str, list[Record]] = defaultdict(list)
    for each in sorted(told, key=_newest_first):
        by_row[each["canonical_id"]].append(rekeyed(records[each["id"]], of))
    parts: set[Key] = set()
    for given_records in by_row.values():
        for table, given in rows_of(given_records).items():
            rows[table] += given
            parts |= {each["id"] for each in given}
    for each in store.rows("resolve/parts_of", ids=list(touched)):
        if each["id"] not in parts:
            delete.setdefault(each["table_name"], []).append(each["id"])
    for key in touched:
        if key not in by_row:
            # The prefix of a key is the name of its table.
            delete.setdefault(key.partition("_")[0], []).append(key)


def _newest_first(record: Mapping[str, Any]) -> tuple[int, str, str]:
    """Places a record by its document, never by which was read last: a second run must give the same rows."""
    published: date | None = record["published_latest"]
    return -published.toordinal() if published else 0, record["version_id"], record["id"]


def resettle(store: Store, mentions: Collection[str]) -> dict[str, Counts]:
    """Decide anew who some mentions are, after a person has said something of them."""
    kinds = {kind: each.profile for kind, each in KINDS.items()}
    told = [
        Told(kind, row["label"], kinds[kind].model_validate_json(row["profile"]))
        for row in store.rows("resolve/mentions_by_id", ids=sorted(mentions))
        if (kind := RecordType(row["record_type"]))
    ]
    rows: Rows = defaultdict(list)
    delete: dict[str, list[Key]] = defaultdict(list)
    regroup(store, rows, delete, Regrouping(told, set(), set(), set()))
    return store.load({table: given for table, given in rows.items() if given}, delete=delete)
