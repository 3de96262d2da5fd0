"""Every record fits its table, and its row holds what the record holds."""

from __future__ import annotations

from datetime import date

import pytest

from schema import (
    Claim,
    Document,
    DocumentVersion,
    Election,
    ElectionResult,
    Evidence,
    Office,
    Organization,
    Person,
    PersonName,
    Record,
    Reform,
    ReformEvent,
    ReformMeasure,
    Statement,
    Tenure,
    WorldDate,
)
from schema.rows import row, spans_from_text, spans_text
from schema.tables import metadata
from schema.vocabulary import Attribution, Basis, StatementForm, TenureStatus

TABLES: dict[type[Record], str] = {
    Claim: "claim",
    Document: "document",
    DocumentVersion: "document_version",
    Election: "election",
    ElectionResult: "election_result",
    Evidence: "evidence",
    Office: "office",
    Organization: "organization",
    Person: "person",
    PersonName: "person_name",
    Reform: "reform",
    ReformEvent: "reform_event",
    ReformMeasure: "reform_measure",
    Statement: "statement",
    Tenure: "tenure",
}
# Rows of their own, and what the loader knows and a record does not.
PARTS = {"names", "results", "measures", "events", "evidence"}
OF_THE_LOADER = {"first_seen_at", "retracted_at", "reason", "source_id"} | {
    "part",
    "value_earliest",
    "value_latest",
    "value_least",
    "value_most",
}


@pytest.mark.parametrize("record", TABLES, ids=TABLES.get)
def test_the_fields_of_a_record_are_the_columns_of_its_table(record: type[Record]) -> None:
    columns: set[str] = set()
    for name, field in record.model_fields.items():
        if field.annotation is WorldDate:
            columns |= {f"{name}_{part}" for part in ("edtf", "earliest", "latest", "basis")}
        elif name not in PARTS:
            columns.add(name)
    assert columns == set(metadata.tables[TABLES[record]].columns.keys()) - OF_THE_LOADER


@pytest.mark.parametrize("record", TABLES, ids=TABLES.get)
def test_what_a_record_needs_its_column_needs(record: type[Record]) -> None:
    columns = metadata.tables[TABLES[record]].columns
    for name, field in record.model_fields.items():
        if name in columns and name not in ("byline", "topics", "reading_spans"):
            may_be_none = type(None) in getattr(field.annotation, "__args__", ())
            assert columns[name].nullable == may_be_none, name


def test_a_tenure_as_a_row() -> None:
    tenure = Tenure(
        id="t",
        person_id="p",
        office_id="o",
        start=WorldDate.from_edtf("2019-03", Basis.STATED),
        status=TenureStatus.CURRENT,
    )
    assert row(tenure) == {
        "id": "t",
        "person_id": "p",
        "office_id": "o",
        "start_edtf": "2019-03",
        "start_earliest": date(2019, 3, 1),
        "start_latest": date(2019, 3, 31),
        "start_basis": "stated",
        "end_edtf": None,
        "end_earliest": None,
        "end_latest": None,
        "end_basis": "unknown",
        "status": "current",
        "start_cause": None,
        "end_cause": None,
        "constituency": None,
        "party_id": None,
        "acting": None,
    }


@pytest.mark.parametrize(("topics", "stored"), [((), None), (("tax", "local government"), "tax; local government")])
def test_topics_are_one_text(topics: tuple[str, ...], stored: str | None) -> None:
    statement = Statement(
        id="s",
        document_version_id="v",
        speaker_surface="she",
        attribution=Attribution.PRONOUN,
        form=StatementForm.INDIRECT,
        text="that it would rain",
        topics=topics,
    )
    assert row(statement)["topics"] == stored


@pytest.mark.parametrize(("spans", "stored"), [((), ""), (((0, 33), (66, 352)), "0-33 66-352")])
def test_spans_as_text_and_back(spans: tuple[tuple[int, int], ...], stored: str) -> None:
    assert spans_text(spans) == stored
    assert spans_from_text(stored) == spans
