"""Spans and quotes: what does not lie in the text is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from schema import Claim, DocumentVersion, Evidence, WorldDate
from schema.errors import NotInDocument
from schema.vocabulary import Basis, Match, Modality, RecordType

TEXT = "Home\nShe became mayor in 2019.\nSubscribe"


def version(**change: object) -> DocumentVersion:
    fields: dict[str, object] = {
        "id": "v",
        "document_id": "d",
        "content_sha256": "0" * 64,
        "title": None,
        "byline": ("Raza Syed",),
        "published": WorldDate.unknown(),
        "crawled_at": None,
        "language": "en",
        "text": TEXT,
        "reading_spans": ((5, 30),),
    }
    return DocumentVersion.model_validate(fields | change)


def evidence(start: int, end: int, quote: str) -> Evidence:
    return Evidence(id="e", document_version_id="v", start_char=start, end_char=end, quote=quote, match=Match.EXACT)


def test_reading_spans_follow_each_other_in_the_text() -> None:
    version(reading_spans=((0, 4), (4, len(TEXT))))


@pytest.mark.parametrize(
    "spans", [((5, 5),), ((5, 30), (29, 35)), ((5, 30), (0, 4)), ((0, len(TEXT) + 1),), ((-1, 3),)]
)
def test_reading_spans_that_overlap_or_leave_the_text_are_refused(spans: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValidationError):
        version(reading_spans=spans)


def test_a_quote_stands_at_its_span() -> None:
    evidence(9, 15, "became").check_against(TEXT)
    with pytest.raises(NotInDocument, match="10-16"):
        evidence(10, 16, "became").check_against(TEXT)


@pytest.mark.parametrize(
    ("start", "end", "quote"), [(9, 14, "became"), (9, 9, ""), (-1, 5, "became"), (15, 9, "became")]
)
def test_a_span_is_as_long_as_its_quote(start: int, end: int, quote: str) -> None:
    with pytest.raises(ValidationError):
        evidence(start, end, quote)


@pytest.mark.parametrize("change", [{"evidence": ()}, {"confidence": 1.1}], ids=str)
def test_a_claim_rests_on_evidence(change: dict[str, object]) -> None:
    fields: dict[str, object] = {
        "id": "c",
        "record_id": "r",
        "record_type": RecordType.TENURE,
        "canonical_id": None,
        "field": "start",
        "value": "2019",
        "original_value": "in 2019",
        "modality": Modality.ASSERTED,
        "basis": Basis.STATED,
        "confidence": None,
        "is_current": True,
        "evidence": (evidence(9, 15, "became"),),
    }
    Claim.model_validate(fields)
    with pytest.raises(ValidationError):
        Claim.model_validate(fields | change)
