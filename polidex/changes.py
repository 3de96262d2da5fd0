"""What one document changes in the database: the rows that it gives, and those that nothing gives any more."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


def apply(
    store: Store,
    version: DocumentVersion,
    extractions: Sequence[Extraction],
    resolution: Resolution,
    refused: Sequence[Refusal],
) -> dict[str, Counts]:
    """Bring the database in line with what was made of one document, in one transaction with what was asked for it.

    Earlier readings of the document that these replace are kept as history: their claims are no longer current, and
    what rests on nothing else leaves the tables for analysts. A reading that failed replaces none.
    """
    with store.transaction():
        changes = _changes(store, version, extractions, resolution, refused)
        return store.load(changes.rows, delete=changes.delete)


def _changes(
    store: Store,
    version: DocumentVersion,
    extractions: Sequence[Extraction],
    resolution: Resolution,
    refused: Sequence[Refusal],
) -> Changes:
    rows: Rows = defaultdict(list)
    rows["extraction"] = [{**extraction.row, "checked_with": checks_digest()} for extraction in extractions]
    _add_records(rows, version, resolution.resolved)
    rows["quarantine"] = [_refused(refusal) for refusal in refused]
    ours = [extraction.id for extraction in extractions]
    stored = store.rows("resolve/rows_of_extractions", ids=ours)
    delete = _no_longer(rows, stored)
    touched = {each["other"] for each in stored if each["table_name"] == "record"}
    replaced, kept = _supersede(store, rows, version, extractions)
    touched |= {each["canonical_id"] for each in replaced}
    without = {*delete.get("record", ()), *(each["id"] for each in replaced)}
    there = {each.profile.mention_id for each in resolution.mentions}
    for each in kept:
        there |= {each["mention_id"], *references(json.loads(each["payload"]))}
    of_document = store.rows("resolve/mentions_of_document", document_id=version.document_id)
    gone = {each["id"] for each in of_document} - there
    sourced = sources_with(store, version)
    rows |= sourced.rows
    # What was counted as told by two sources is told by one.
    akin = store.rows("resolve/rows_of_versions", ids=[version.id, *sourced.joined])
    touched |= {each["canonical_id"] for each in akin if sourced.joined}
    about = Regrouping(resolution.mentions, gone, touched - {None}, without, version, sourced.sources)
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
    rows["record"], rows["claim"] = list(records.values()), list(claims.values())
    rows["evidence"] = list(evidence.values())
    rows["claim_evidence"] = [
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


def _supersede(
    store: Store, rows: Rows, version: DocumentVersion, extractions: Sequence[Extraction]
) -> tuple[list[Row], list[Row]]:
    """Mark the earlier readings of this document that are replaced as superseded.

    Returns the records that those made, and the records of the earlier readings that stay.
    """
    ours = {extraction.id for extraction in extractions}
    failed = {each.extractor.name for each in extractions if each.row["status"] in _GAVE_NOTHING}
    found = store.rows("resolve/extractions_of", document_id=version.document_id)
    earlier = [each for each in found if each["id"] not in ours]
    kept = [each for each in earlier if each["extractor"] in failed and each["status"] not in _GAVE_NOTHING]
    replaced = [each for each in earlier if each not in kept]
    made = {each["id"]: _records_of(store, [each["id"]]) for each in earlier}
    if kept:
        # What is kept may speak of a person whom another of the earlier readings gave: without that one, of nobody.
        told = {each["mention_id"] for each in rows["record"]}
        told |= {record["mention_id"] for each in kept for record in made[each["id"]]}
        lone = {
            id_
            for id_, records in made.items()
            if any(each["record_type"] == RecordType.PERSON and each["mention_id"] not in told for each in records)
        }
        kept += [each for each in replaced if each["id"] in lone]
        replaced = [each for each in replaced if each["id"] not in lone]
    ids = [each["id"] for each in replaced]
    rows["extraction"] += [{**each, "status": str(ExtractionStatus.SUPERSEDED)} for each in replaced]
    rows["claim"] += [{**each, "is_current": False} for each in store.rows("resolve/claims_of", ids=ids)]
    return [each for id_ in ids for each in made[id_]], [each for x in kept for each in made[x["id"]]]


def _records_of(store: Store, ids: Sequence[str]) -> list[Row]:
    return store.rows("resolve/records_of_extractions", ids=list(ids))
