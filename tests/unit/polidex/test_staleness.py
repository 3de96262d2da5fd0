"""Why a reading is stale: exactly the parts that differ, whatever else is stored beside it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.prompt import EXTRACTORS
from polidex.checks_digest import checks_digest
from polidex.fingerprint import Fingerprint, fingerprint_of
from polidex.settings import Settings
from polidex.staleness import REASONS, Select, Stale, StaleReading, Wanted, judged, passing_errors
from schema.errors import UsageError

PARTS = ("text", "prompt", "schema", "model", "parameters", "windowing")
WANTED = Wanted(Settings())
PEOPLE = EXTRACTORS[0]
parts = st.sets(st.sampled_from(PARTS))


def reading(differ: set[str] | None = None, **other: Any) -> dict[str, Any]:
    """A row of the people's readings of the text `t`, in English, of which some parts are others than today's."""
    today = fingerprint_of("t", "en", PEOPLE, Settings())
    row = {part: f"other {part}" if part in (differ or ()) else getattr(today, part) for part in PARTS}
    state = {"status": "ok", "checked_with": checks_digest(), "windows": 3, "error_code": None, "error": None}
    return {"id": f"x{sorted(differ or ())}", "extractor": PEOPLE.name, **row, **state, **other}


def of_people(*rows: dict[str, Any]) -> StaleReading | None:
    return next((each for each in judged(rows, "t", "en", WANTED) if each.extractor == PEOPLE.name), None)


@given(parts)
def test_the_reasons_are_the_parts_that_differ(differ: set[str]) -> None:
    found = of_people(reading(differ))
    assert (found.reasons if found else ()) == tuple(part for part in PARTS if part in differ)
    if found:
        assert found.windows == (None if differ & {"text", "windowing"} else 3)


@given(st.lists(parts.filter(bool), max_size=4))
def test_what_later_readings_replaced_gives_no_reason(superseded: list[set[str]]) -> None:
    older = [reading(differ, status="superseded", id=str(number)) for number, differ in enumerate(superseded)]
    assert of_people(*older, reading()) is None
    assert (found := of_people(*older, reading({"model"}))) and found.reasons == ("model",)


@given(st.permutations([reading({"model"}), reading(status="superseded"), reading({"prompt"}, status="superseded")]))
def test_a_reading_that_is_right_again_is_taken_without_a_call(rows: list[dict[str, Any]]) -> None:
    found = of_people(*rows)
    assert found == StaleReading("people", ("checks",), 0)


def test_what_was_never_read_is_new() -> None:
    assert {each.reasons for each in judged([], "t", "en", WANTED)} == {("new",)}
    assert len(judged([], "t", "en", WANTED)) == len(EXTRACTORS)
    assert of_people(reading(), reading({"model"}, extractor="offices")) is None


@pytest.mark.parametrize("checked_with", [None, "rules of another day"])
def test_other_rules_make_records_anew(checked_with: str | None) -> None:
    found = of_people(reading(checked_with=checked_with))
    assert found and found.reasons == ("checks",)


@pytest.mark.parametrize("code", sorted(passing_errors()))
def test_an_error_that_may_have_passed_is_asked_again(code: str) -> None:
    first = reading(status="failed", error_code=code)
    second = reading(status="partial", error_code="refused", error=f"2 of 3 windows failed: {code}, refused")
    for row in (first, second):
        found = of_people(row)
        assert found and (found.reasons, found.extraction_id) == (("failed",), row["id"])


def test_an_error_that_stays_is_not_asked_again() -> None:
    assert "refused" not in passing_errors()
    assert of_people(reading(status="refused", error_code="refused", error="1 of 1 windows failed: refused")) is None


def test_another_language_has_other_words_to_ask_for() -> None:
    elections = next(each for each in EXTRACTORS if each.cue)
    english, unknown = (WANTED.of(elections, language) for language in ("en", ""))
    assert english.windowing != unknown.windowing
    assert isinstance(unknown, Fingerprint)


some_stale = st.builds(
    Stale,
    uri=st.sampled_from(["file:a.txt", "https://news.example/1", "https://news.example/2"]),
    document_id=st.just("d"),
    document_version_id=st.just("v"),
    readings=st.lists(
        st.builds(
            StaleReading,
            extractor=st.sampled_from([each.name for each in EXTRACTORS]),
            reasons=st.lists(st.sampled_from(REASONS), min_size=1, max_size=2, unique=True).map(tuple),
        ),
        min_size=1,
        max_size=5,
    ).map(tuple),
)


@given(some_stale, st.sampled_from(REASONS), st.sampled_from([each.name for each in EXTRACTORS]))
def test_a_selection_keeps_exactly_what_it_names(stale: Stale, reason: str, extractor: str) -> None:
    kept = Select.of([f"reason:{reason}", f"extractor:{extractor}"]).of_stale(stale)
    expected = tuple(each for each in stale.readings if reason in each.reasons and each.extractor == extractor)
    assert (kept.readings if kept else ()) == expected
    assert Select().of_stale(stale) == stale
    of_news = Select.of(["https://news.example/*"]).of_stale(stale)
    assert (of_news is not None) == stale.uri.startswith("https:")


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(UsageError, match="no reason `rain`"):
        Select.of(["reason:rain"])
