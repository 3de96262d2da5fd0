"""What documents change in the database: the rows that they give, and those that nothing gives any more."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polidex.checks_digest import checks_digest
from polidex.drafts import Extraction
from polidex.extents import comparable
from polidex.facts import Fact, Refusal
from polidex.identity.keys import references
from polidex.load import Counts, Key
from polidex.publish import Store
from polidex.recording import REFERENCES, Resolved
from polidex.regroup import Regrouping, Row, Rows, regroup
from polidex.reprints import sources_with
from polidex.resolve import Resolution
from schema import DocumentVersion, Evidence, Reform, stable_id
from schema.rows import row
from schema.vocabulary import ExtractionStatus, RecordType

_GAVE_NOTHING = (ExtractionStatus.FAILED, ExtractionStatus.REFUSED)


@dataclass(frozen=True)
class Changes:
    """Rows to merge by table, and keys to delete by table: what `Store.load` takes."""

    rows: Rows
    delete: dict[str, list[Key]]


@dataclass(frozen=True)
class Made:
    """What was made of one document: its text, the readings of it, what they say, and what of them was refused."""

    version: DocumentVersion
    extractions: Sequence[Extraction]
    resolution: Resolution
    refused: Sequence[Refusal]


def apply(store: Store, made: Sequence[Made]) -> dict[str, Counts]:
    """Bring the database in line with what was made of some documents, in one transaction with what was asked for it.

    Earlier readings of a document that these replace are kept as history: their claims are no longer current, and
    what rests on nothing else leaves the tables for analysts. A reading that failed replaces none.

    The outcome is the same as of one after the other, in any order, and many at once cost little more than one. Only
    of several texts of one document the last one in order counts, and those before it are history.
    """
    counts: dict[str, Counts] = {}
    with store.transaction():
        for group in _rounds(made):
            changes = _changes(store, group)
            for table, new in store.load(changes.rows, delete=changes.delete).items():
                counts[table] = counts.get(table, Counts()) + new
    return counts


def _rounds(made: Iterable[Made]) -> list[list[Made]]:
    """In each round a document comes once: what replaces a reading has to find it stored."""
    rounds: list[list[Made]] = []
    times: Counter[str] = Counter()
    for each in made:
        if times[each.version.document_id] == len(rounds):
            rounds.append([])
        rounds[times[each.version.document_id]].append(each)
        times[each.version.document_id] += 1
    return rounds


def _changes(store: Store, made: Sequence[Made]) -> Changes:
    rows: Rows = defaultdict(list)
    made_with = {"checked_with": checks_digest()}
    rows["extraction"] = [{**extraction.row, **made_with} for each in made for extraction in each.extractions]
    for each in made:
        _add_records(rows, each.version, each.resolution.resolved)
    rows["quarantine"] = [_refused(refusal) for each in made for refusal in each.refused]
    versions = {extraction.id: each.version for each in made for extraction in each.extractions}
    stored = store.rows("resolve/rows_of_extractions", ids=[*versions])
    delete = _no_longer(rows, stored)
    touched = {each["other"] for each in stored if each["table_name"] == "record"}
    replaced, kept = _supersede(store, rows, made)
    touched |= {each["canonical_id"] for each in replaced}
    without = {*delete.get("record", ()), *(each["id"] for each in replaced)}
    mentions = [mention for each in made for mention in each.resolution.mentions]
    there = {each.profile.mention_id for each in mentions}
    for record in kept:
        there |= {record["mention_id"], *references(json.loads(record["payload"]))}
    documents = [each.version.document_id for each in made]
    gone = {each["id"] for each in store.rows("resolve/mentions_of_documents", ids=documents)} - there
    sourced = sources_with(store, [each.version for each in made])
    rows |= sourced.rows
    # What was counted as told by two sources is told by one.
    akin = store.rows("resolve/rows_of_versions", ids=sourced.joined)
    touched |= {each["canonical_id"] for each in akin}
    about = Regrouping(mentions, gone, touched - {None}, without, versions, sourced.sources)
    regroup(store, rows, delete, about)
    return Changes({table: given for table, given in rows.items() if given}, delete)


def _add_records(rows: Rows, version: DocumentVersion, resolved: Iterable[Resolved]) -> None:
    """The records, their claims, and the spans that those rest on. What is said twice is one claim with all spans."""
    spans: dict[str, dict[str, None]] = defaultdict(dict)
    claims: dict[str, dict[str, Any]] = {}
    records: dict[str, dict[str, Any]] = {}
    evidence: dict[str, dict[str, Any]] = {}
    for each in resolved:
        record_id = stable_id("record", each.extraction_id, each.record_type, each.key, *_part(each))
        if record_id not in records:
            records[record_id] = {
                "id": record_id,
                "extraction_id": each.extraction_id,
                "record_type": str(each.record_type),
                "canonical_id": None,
                "payload": each.record.model_dump_json(),
                "mention_id": each.key,
            }
        for field, fact in each.facts.items():
            # The record says what the first draft of it said; what another says differently stays, as a claim.
            extent = comparable(each.record, field, fact, version.language)
            claim_id = stable_id("claim", record_id, field, fact.value, extent["part"] or "")
            claims.setdefault(claim_id, {**_claim(claim_id, record_id, each, field, fact), **extent})
            for found in fact.spans:
                key = stable_id("evidence", version.id, str(found.start), str(found.end))
                quoted = Evidence(
                    id=key,
                    document_version_id=version.id,
                    start_char=found.start,
                    end_char=found.end,
                    quote=version.text[found.start : found.end],
                    match=found.match,
                )
                quoted.check_against(version.text)
                evidence.setdefault(key, row(quoted))
                spans[claim_id][key] = None
    rows["record"] += records.values()
    rows["claim"] += claims.values()
    rows["evidence"] += evidence.values()
    rows["claim_evidence"] += [
        {"claim_id": claim_id, "evidence_id": key, "ordinal": ordinal}
        for claim_id, keys in spans.items()
        for ordinal, key in enumerate(keys)
    ]


def _part(each: Resolved) -> tuple[str, ...]:
    """What tells two records of one thing from one reading: a document may tell several steps of a reform."""
    return (str(each.record.current_status),) if isinstance(each.record, Reform) else ()


def _claim(claim_id: str, record_id: str, each: Resolved, field: str, fact: Fact) -> dict[str, Any]:
    return {
        "id": claim_id,
        "record_id": record_id,
        "record_type": str(each.record_type),
        "canonical_id": None,
        "field": field,
        "value": fact.value,
        "original_value": fact.original,
        "modality": str(each.modality),
        "basis": str(fact.basis),
        "confidence": None,
        "is_current": True,
        "refers_to": fact.value if field in REFERENCES else None,
        "content_key": fact.content_key or None,
    }


def _refused(refusal: Refusal) -> dict[str, Any]:
    parts = (refusal.extraction_id, refusal.record_type, refusal.payload, refusal.reason, refusal.detail)
    return {
        "id": stable_id("refused", *parts),
        "extraction_id": refusal.extraction_id,
        "record_type": str(refusal.record_type),
        "payload": refusal.payload,
        "reason": str(refusal.reason),
        "detail": refusal.detail,
    }


def _no_longer(rows: Rows, stored: Iterable[Mapping[str, Any]]) -> dict[str, list[Key]]:
    """The stored rows of these extractions that are not among those given now: what the checks make of them changed."""
    given: dict[str, set[Key]] = {
        table: {each["id"] for each in rows[table]} for table in ("record", "claim", "quarantine")
    }
    given["claim_evidence"] = {(each["claim_id"], each["evidence_id"]) for each in rows["claim_evidence"]}
    delete: dict[str, list[Key]] = defaultdict(list)
    for each in stored:
        table = each["table_name"]
        key: Key = (each["id"], each["other"]) if table == "claim_evidence" else each["id"]
        if key not in given[table]:
            delete[table].append(key)
    return delete


def _supersede(store: Store, rows: Rows, made: Sequence[Made]) -> tuple[list[Row], list[Row]]:
    """Mark the earlier readings of these documents that are replaced as superseded.

    Returns the records that those made, and the records of the earlier readings that stay.
    """
    documents = [each.version.document_id for each in made]
    ours = {extraction.id for each in made for extraction in each.extractions}
    found = store.rows("resolve/extractions_of", ids=documents)
    readings: dict[str, list[Row]] = {key: [] for key in documents}
    for each in found:
        if each["id"] not in ours:
            readings[each.pop("document_id")].append(each)
    records: dict[str, list[Row]] = {each["id"]: [] for earlier in readings.values() for each in earlier}
    for each in store.rows("resolve/records_of_extractions", ids=[*records]):
        records[each["extraction_id"]].append(each)
    told = {each["mention_id"] for each in rows["record"]}
    replaced: list[Row] = []
    kept: list[Row] = []
    for document in made:
        earlier = readings[document.version.document_id]
        staying = _staying(document.extractions, earlier, records, told)
        kept += [each for each in earlier if each["id"] in staying]
        replaced += [each for each in earlier if each["id"] not in staying]
    ids = [each["id"] for each in replaced]
    superseded = [{**each, "status": str(ExtractionStatus.SUPERSEDED)} for each in replaced]
    rows["extraction"] = _alike([*rows["extraction"], *superseded])
    rows["claim"] += [{**each, "is_current": False} for each in store.rows("resolve/claims_of", ids=ids)]
    return [each for id_ in ids for each in records[id_]], [each for x in kept for each in records[x["id"]]]


def _alike(rows: Sequence[Row]) -> list[Row]:
    """The rows with the columns that all of them name: of those that only stored ones name nothing has changed."""
    named = set.intersection(*({*each} for each in rows)) if rows else set()
    return [{name: value for name, value in each.items() if name in named} for each in rows]


def _staying(
    extractions: Sequence[Extraction],
    earlier: Sequence[Row],
    records: Mapping[str, Sequence[Row]],
    told: Collection[str],
) -> set[str]:
    """Of the earlier readings of a document those that are not replaced, because what came after them failed.

    Args:
        records: what each of the earlier readings made.
        told: the mentions that the new readings speak of.
    """
    failed = {each.extractor.name for each in extractions if each.row["status"] in _GAVE_NOTHING}
    kept = {each["id"] for each in earlier if each["extractor"] in failed and each["status"] not in _GAVE_NOTHING}
    if not kept:
        return kept
    # What is kept may speak of a person whom another of the earlier readings gave: without that one, of nobody.
    named = {*told, *(record["mention_id"] for id_ in kept for record in records[id_])}
    lone = {
        each["id"]
        for each in earlier
        if any(
            record["record_type"] == RecordType.PERSON and record["mention_id"] not in named
            for record in records[each["id"]]
        )
    }
    return kept | lone
