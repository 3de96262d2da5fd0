"""Rows for tests, written short: what a test does not care about is filled in, a fact becomes its claim and span."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from schema.tables import metadata

Short = dict[str, list[dict[str, Any]]]

# What a column that must hold something holds, where a test does not say.
_DEFAULTS: dict[str, Any] = {
    "attribution": "explicit",
    "classification": "other",
    "command": "polidex run",
    "area": "other",
    "decided_by": "unknown",
    "extractor": "people",
    "fingerprint": "f",
    "form": "indirect",
    "is_current": True,
    "kind": "full",
    "legal_instrument": "unknown",
    "match": "exact",
    "modality": "asserted",
    "basis": "stated",
    "ordinal": 0,
    "payload": "{}",
    "role": "other",
    "speaker_surface": "someone",
    "started_at": "2020-06-01T00:00:00+00:00",
}
_OF_CLAIM = ("modality", "basis", "part", "value_earliest", "value_latest", "value_least", "value_most")
_STATUS = {"extraction": "ok", "extraction_run": "finished", "tenure": "unknown", "election": "held"}

TEXT = "Ada Moro became prime minister in October 1999. Ben Ito spoke to the senate."

# Two articles, one run that read both.
BASE: Short = {
    "document": [
        {"id": "d1", "uri": "https://news.example/1", "publisher": "The Example"},
        {"id": "d2", "uri": "https://news.example/2"},
    ],
    "document_version": [
        {
            "id": "v1",
            "document_id": "d1",
            "title": "One",
            "text": TEXT,
            "published_edtf": "2020-05-01",
            "published_earliest": "2020-05-01",
            "published_latest": "2020-05-01",
        },
        {
            "id": "v2",
            "document_id": "d2",
            "title": "Two",
            "text": TEXT,
            "published_edtf": "2021-05",
            "published_earliest": "2021-05-01",
            "published_latest": "2021-05-31",
        },
    ],
    "extraction_run": [{"id": "r1", "finished_at": "2020-06-01T00:01:30+00:00"}],
    "extraction": [
        {"id": "x1", "document_version_id": "v1", "run_id": "r1", "provider": "local", "model": "small"},
        {"id": "x2", "document_version_id": "v2", "run_id": "r1", "provider": "local", "model": "small"},
    ],
}


def rows(*parts: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Whole rows of the tables, made of short ones.

    The table `fact` stands for four: {"of": "tenure", "id": "t1", "field": "status", "value": "current",
    "version": "v1", "span": [0, 8]} is a record, its claim, the span of the text above and the link between them.
    It may also say how the claim is put, and what it is compared by.
    """
    short: dict[str, list[Mapping[str, Any]]] = {}
    for part in parts:
        for table, given in part.items():
            short.setdefault(table, []).extend(given)
    for number, fact in enumerate(short.pop("fact", [])):
        for table, row in _fact(f"{number:02}", fact):
            short.setdefault(table, []).append(row)
    return {table: [_whole(table, row) for row in given] for table, given in short.items()}


def _fact(number: str, fact: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    version = fact.get("version", "v1")
    start, end = fact.get("span", [0, 8])
    of = {"record_type": fact["of"], "canonical_id": fact["id"]}
    claim = {"field": fact["field"], "value": fact["value"], "is_current": fact.get("is_current", True)}
    claim |= {name: fact[name] for name in _OF_CLAIM if name in fact}
    span = {"start_char": start, "end_char": end, "quote": TEXT[start:end]}
    return [
        ("record", {"id": f"rec{number}", "extraction_id": version.replace("v", "x"), **of}),
        ("claim", {"id": f"c{number}", "record_id": f"rec{number}", **of, **claim}),
        ("evidence", {"id": f"e{number}", "document_version_id": version, **span}),
        ("claim_evidence", {"claim_id": f"c{number}", "evidence_id": f"e{number}"}),
    ]


def _whole(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    columns = metadata.tables[table].columns
    assert set(row) <= set(columns.keys()), f"{table} has no such column: {sorted(set(row) - set(columns.keys()))}"
    whole: dict[str, Any] = {}
    for column in columns:
        value = row.get(column.name)
        if value is None and not column.nullable:
            unknown = "unknown" if column.name.endswith("_basis") else None
            # No document has the same text twice.
            unknown = hashlib.sha256(row["id"].encode()).hexdigest() if column.name == "content_sha256" else unknown
            value = unknown or (_STATUS[table] if column.name == "status" else _DEFAULTS[column.name])
        kind = column.type.python_type
        if isinstance(value, str) and kind in (date, datetime):
            value = kind.fromisoformat(value)
        whole[column.name] = value
    return whole
