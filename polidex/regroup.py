"""Write who is who into the tables: the records and claims of mentions that moved, and the merged rows made anew."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from polidex.ballots import link_ballots, reforms_to_link
from polidex.canonical import TYPES, rows_of, told_of
from polidex.identity.keys import Canonical, references, rekeyed
from polidex.identity.kinds import KINDS
from polidex.identity.settle import Told, settle
from polidex.load import Counts, Key
from polidex.publish import Store
from polidex.told import Told as Account
from schema import DocumentVersion, Record
from schema.vocabulary import RecordType

_REMEMBERED = 16_384
"""Records that are kept in memory: what thousands of documents tell of is made anew with each group of new ones."""
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
        versions: reading -> the text that its records in `rows` come from; none when no document was read.
        sources: version -> the text that it was first printed as, where that is not in the tables yet.
    """

    told: Sequence[Told]
    gone: Collection[str]
    touched: Collection[str]
    without: Collection[Key]
    versions: Mapping[str, DocumentVersion] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


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
            "value": _value(each, canonical, about.gone),
        }
        for key, each in claims.items()
        if key not in lost
    ]
    touched = {*about.touched, *filter(None, settled.moved.values())}
    touched |= {key for key in (canonical[each] for each in moved) if key}
    touched |= {each["canonical_id"] for each in rows["record"] if each["id"] in ours}
    touched |= {each["canonical_id"] for each in rows["claim"] if each["refers_to"] in settled.moved}
    touched -= {None}
    told = _fold(store, rows, delete, about, canonical, sorted(touched))
    told |= _fold(store, rows, delete, about, canonical, sorted(reforms_to_link(store, rows, touched) - touched))
    link_ballots(store, rows, delete, told)


def _value(claim: Row, canonical: Canonical, gone: Collection[str]) -> Any:
    """The value of a claim; of one that is a row, the row as it is now.

    Somebody whom nobody is known by is called by the mention until somebody is. History keeps what it said.
    """
    meant = claim["refers_to"]
    if not meant or meant in gone:
        return claim["value"]
    return canonical.get(meant) or (meant if meant in canonical else claim["value"])


def _fold(
    store: Store,
    rows: Rows,
    delete: dict[str, list[Key]],
    about: Regrouping,
    canonical: Canonical,
    touched: Sequence[str],
) -> dict[str, date | None]:
    """The rows for analysts of everything touched, made anew from all records that speak of it.

    Returns for each the first day by which a document had told of it.
    """
    if not touched:
        return {}
    fresh = {each["id"]: each for each in rows["record"]}
    found = [
        *store.rows("resolve/records_of", ids=list(touched)),
        *store.rows("resolve/told_of_mentions", ids=sorted({each["mention_id"] for each in fresh.values()})),
    ]
    stored = {each["id"]: {**each, **fresh.get(each["id"], {})} for each in found if each["id"] not in about.without}
    of_ours = {key: _of_version(version) for key, version in about.versions.items()}
    stored |= {
        key: {**each, **of_ours[each["extraction_id"]]}
        for key, each in fresh.items()
        if key not in stored and each["extraction_id"] in of_ours
    }
    asked = set(touched)
    told = [each for each in stored.values() if each["canonical_id"] in asked]
    records = {each["id"]: _record_of(each["record_type"], each["payload"]) for each in told}
    named = {one for _, names in records.values() for one in names} - canonical.keys()
    known = {row["id"]: row["canonical_id"] for row in store.rows("resolve/mentions_by_id", ids=sorted(named))}
    of: Canonical = {**known, **canonical, **{each["mention_id"]: each["canonical_id"] for each in told}}
    claims = _claims_of(store, rows, delete, sorted(records))
    by_row: dict[str, list[Account]] = defaultdict(list)
    for each in told:
        by_row[each["canonical_id"]].append(
            told_of(
                rekeyed(records[each["id"]][0], of),
                claims[each["id"]],
                source_id=about.sources.get(each["version_id"], each["source_id"]),
                published=each["published_latest"],
                version_id=each["version_id"],
                language=each["language"],
                published_from=each["published_earliest"],
            )
        )
    parts: set[Key] = set()
    for accounts in by_row.values():
        for table, given in rows_of(accounts).items():
            rows[table] += given
            parts |= {each["id"] for each in given}
    for each in store.rows("resolve/parts_of", ids=list(touched)):
        if each["id"] not in parts:
            delete.setdefault(each["table_name"], []).append(each["id"])
    for key in touched:
        if key not in parts:
            # Nobody tells of it any more, or all deny it. The prefix of a key is the name of its table.
            delete.setdefault(key.partition("_")[0], []).append(key)
    return {key: min((each.published for each in told if each.published), default=None) for key, told in by_row.items()}


@lru_cache(maxsize=_REMEMBERED)
def _record_of(record_type: str, payload: str) -> tuple[Record, frozenset[str]]:
    """The record that a stored text holds, and the mentions that it names."""
    return TYPES[RecordType(record_type)].model_validate_json(payload), frozenset(references(json.loads(payload)))


def _of_version(version: DocumentVersion) -> Row:
    """What a record is told with: the columns that `sql/resolve/records_of.sql` gives of its text."""
    return {
        "version_id": version.id,
        "source_id": version.id,
        "language": version.language,
        "published_latest": version.published.latest,
        "published_earliest": version.published.earliest,
    }


def _claims_of(
    store: Store, rows: Rows, delete: Mapping[str, Sequence[Key]], records: Sequence[str]
) -> Mapping[str, list[Row]]:
    """The claims of each record that are current once these rows are in the tables."""
    lost = {*delete.get("claim", ())}
    stored = store.rows("resolve/bases_of", ids=records) if records else []
    claims = {each["id"]: each for each in [*stored, *rows["claim"]] if each["id"] not in lost}
    found: dict[str, list[Row]] = defaultdict(list)
    for each in claims.values():
        if each["is_current"]:
            found[each["record_id"]].append(each)
    return found


def resettle(store: Store, mentions: Collection[str]) -> dict[str, Counts]:
    """Decide anew who some mentions are, in the transaction in which a person says something of them."""
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
