"""What a night changed, told from real databases: what was added, changed and withdrawn, and where sources differ."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polidex.drift import Measured, earlier_runs
from polidex.night_changes import Snapshot, difference, snapshot
from polidex.night_report import KEPT, SHOWN, NightReport
from polidex.publish import Store, open_store
from polidex.query import run_query
from polidex.report import RunReport
from polidex.settings import Drift
from schema.usage import Usage
from schema.vocabulary import Gate
from tests.integration.polidex.stored import BASE, Short, rows

pytestmark = pytest.mark.with_tables
PEOPLE: Short = {
    "person": [{"id": "person_ada", "name": "Ada Moro"}, {"id": "person_ben", "name": "Ben Ito"}],
    "office": [{"id": "office_pm", "name": "Prime minister", "country": "KE"}],
    "tenure": [
        {
            "id": "tenure_1",
            "person_id": "person_ada",
            "office_id": "office_pm",
            "start_edtf": "1999-10",
            "start_earliest": "1999-10-01",
            "start_latest": "1999-10-31",
        }
    ],
}


def told(name: str, value: str, version: str) -> dict[str, Any]:
    earliest = f"{value}-01"
    return {
        "of": "tenure",
        "id": "tenure_1",
        "field": "start",
        "value": value,
        "version": version,
        "value_earliest": earliest,
        "value_latest": earliest.replace("-01", "-28"),
        "span": {"v1": [0, 8], "v2": [0, 8]}[version],
    } | ({"modality": name} if name else {})


def report_of(run_id: str = "r1", **rest: Any) -> RunReport:
    return RunReport(run_id, datetime(2020, 6, 1, tzinfo=UTC), **rest)


def made(store: Store, before: Snapshot | None, **rest: Any) -> NightReport:
    given: dict[str, Any] = {"exit_code": 0, "model": "openai/any", "seconds": 2.5} | rest
    return NightReport.make(store, before, given.pop("report", report_of()), **given)


def test_a_night_with_nothing_new_changes_nothing(database_url: str) -> None:
    with open_store(database_url) as store:
        store.load(rows(BASE, PEOPLE, {"fact": [told("", "1999-10", "v1")]}))
        report = made(store, snapshot(store))
    assert report.facts == {}
    assert report.headline == "ok: 0 documents, 0 facts added, 0 changed, 0 withdrawn, 0 conflicts new"


def test_facts_are_rows_for_analysts(database_url: str) -> None:
    with open_store(database_url) as store:
        store.load(rows(BASE, PEOPLE))
        before = snapshot(store)
        cleo: Short = {"person": [{"id": "person_cleo", "name": "Cleo Sand"}]}
        names: Short = {"person_name": [{"id": "n1", "person_id": "person_ada", "name": "A. Moro"}]}
        store.load(rows(cleo, names))
        store.load({"tenure": [{**rows(PEOPLE)["tenure"][0], "end_edtf": "2003"}]}, delete={"person": ["person_ben"]})
        # What came and went within the night is nothing that it changed.
        store.load(rows({"person": [{"id": "person_x", "name": "X"}]}))
        store.load({}, delete={"person": ["person_x"]})
        report = made(store, before)
    assert report.facts == {
        "person": {"added": 1, "changed": 0, "withdrawn": 1},
        "tenure": {"added": 0, "changed": 1, "withdrawn": 0},
    }
    assert report.changed == ["tenure Ada Moro, Prime minister (KE), 1999-10 to 2003 (tenure_1)"]
    assert report.withdrawn == ["person (person_ben)"]
    assert report.headline == "ok: 0 documents, 1 facts added, 1 changed, 1 withdrawn, 0 conflicts new"


def test_what_was_claimed_of_a_fact_that_is_gone_is_told(database_url: str) -> None:
    with open_store(database_url) as store:
        fact = {"of": "person", "id": "person_ben", "field": "name", "value": "Ben Ito"}
        store.load(rows(BASE, PEOPLE, {"fact": [fact]}))
        before = snapshot(store)
        claim = store.rows("resolve/claims_of", ids=["x1"])
        store.load({"claim": [{**each, "is_current": False} for each in claim]}, delete={"person": ["person_ben"]})
        report = made(store, before)
    assert report.withdrawn == ["person name Ben Ito (person_ben)"]


def test_a_conflict_is_told_when_it_comes_and_when_it_goes(database_url: str) -> None:
    first, second = told("", "1999-10", "v1"), told("", "2001-05", "v2")
    with open_store(database_url) as store:
        store.load(rows(BASE, PEOPLE, {"fact": [first]}))
        before = snapshot(store)
        store.load(rows({"fact": [first, second]}))
        came = made(store, before)
        assert snapshot(store).conflicts["key"].to_pylist() == ["tenure_1\x1fstart\x1f"]
        before = snapshot(store)
        [claim] = [each for each in store.rows("resolve/claims_of", ids=["x2"])]
        store.load({"claim": [{**claim, "is_current": False}]})
        gone = made(store, before)
    assert came.conflicts == {"new": 1, "gone": 0}
    assert came.conflicts_new == [
        "Ada Moro, Prime minister (KE), from 1999-10: start 1999-10 (1 source) or 2001-05 (1 source)"
    ]
    assert gone.conflicts == {"new": 0, "gone": 1}
    assert gone.conflicts_gone == ["Ada Moro, Prime minister (KE), from 1999-10: start"]


def test_documents_and_quarantine_are_counted(database_url: str) -> None:
    refused = {"extraction_id": "x1", "record_type": "tenure", "reason": "quote_not_found", "payload": "{}"}
    with open_store(database_url) as store:
        store.load(rows(BASE, {"quarantine": [{"id": "q1", **refused}]}))
        before = snapshot(store)
        store.load(
            rows(
                {
                    "document": [
                        {"id": "d3", "uri": "https://news.example/3"},
                        {
                            "id": "d2",
                            "uri": "https://news.example/2",
                            "retracted_at": "2021-01-01T00:00:00+00:00",
                            "reason": "no longer there",
                        },
                    ],
                    "document_version": [
                        {"id": "v3", "document_id": "d3", "text": "Three."},
                        {"id": "v4", "document_id": "d1", "text": "One, corrected."},
                    ],
                    "quarantine": [{"id": "q2", **refused}, {"id": "q3", **refused, "reason": "duplicate"}],
                }
            )
        )
        report = made(
            store,
            before,
            exit_code=3,
            report=report_of(
                documents=4,
                unchanged=1,
                failed={"https://news.example/\x1b[31m9": "the page\nis [bold]gone[/]"},
                usage=Usage(tokens_in=100, tokens_in_cached=60, tokens_out=7, requests=3, cost_usd=0.3219),
            ),
            budget_usd=5.0,
            budget_left_usd=4.6781,
        )
    assert report.documents == {"read": 4, "new": 1, "changed": 1, "unchanged": 1, "failed": 1, "vanished": 1}
    assert report.vanished == ["https://news.example/2: no longer there"]
    assert (report.quarantine, report.quarantine_new) == (
        {"duplicate": 1, "quote_not_found": 2},
        {"duplicate": 1, "quote_not_found": 1},
    )
    text = report.as_text().splitlines()
    assert text[0] == (
        "some documents failed: 4 documents, 0 facts added, 0 changed, 0 withdrawn, 0 conflicts new; "
        "0.32 USD of 5.00; 1 failed"
    )
    assert "  https://news.example/ [31m9: the page is [bold]gone[/]" in text
    assert "Quarantine: 1 duplicate (+1), 2 quote_not_found (+1)." in text
    assert any("3 calls, 100 tokens in (60 cached), 7 out; 0.3219 USD, 4.68 USD left; 2 s" in line for line in text)
    assert "\x1b" not in "\n".join(text)


def test_lists_are_bounded_and_their_numbers_are_not(duckdb_url: str) -> None:
    with open_store(duckdb_url) as store:
        store.load(rows(BASE))
        before = snapshot(store)
        people = [{"id": f"person_{number:04}", "name": "Ada " * 200} for number in range(KEPT + 50)]
        store.load(rows({"person": people}))
        added = made(store, before)
        before = snapshot(store)
        store.load(rows({"person": [{**each, "name": "Ben " * 200} for each in people]}))
        failed = {f"https://news.example/{number}": "why " * 500 for number in range(KEPT + 50)}
        changed = made(store, before, report=report_of(failed=failed))
    assert added.facts["person"]["added"] == KEPT + 50
    assert changed.facts["person"]["changed"] == changed.documents["failed"] == KEPT + 50
    assert len(changed.changed) == len(changed.failed) == KEPT
    assert len(changed.as_text().splitlines()) < 3 * SHOWN + 10
    assert max(map(len, changed.as_text().splitlines())) < 400
    assert len(json.dumps(changed.as_dict())) < 200_000


def test_the_report_is_a_row(database_url: str) -> None:
    with open_store(database_url) as store:
        more = [{"id": "r2", "started_at": "2020-01-01T00:00:00+00:00"}, {"id": "r3"}]
        store.load(rows(BASE, {"extraction_run": more}))
        before = snapshot(store)
        store.load(rows(PEOPLE))
        report = made(store, before, measured=Measured(30, 200, 150, {"tenure": 12}), gate=Gate.PASSED)
        report.save(store)
        again = made(store, None, report=report_of("r2"), exit_code=6, gate=Gate.HELD, drift="drift: worse")
        again.save(store)
    first, second = run_query(
        database_url,
        "SELECT number, run_id, headline, facts_added, exit_code, gate, report FROM night_report ORDER BY number",
    ).to_pylist()
    assert (first["number"], first["run_id"], first["facts_added"], first["gate"]) == (1, "r1", 4, "passed")
    kept = json.loads(first["report"])
    assert kept["headline"] == first["headline"] == report.headline
    assert kept["facts"]["tenure"] == {"added": 1, "changed": 0, "withdrawn": 0}
    assert (second["number"], second["run_id"], second["exit_code"]) == (2, "r2", 6)
    assert second["headline"].startswith("held back: ") and second["headline"].endswith("drift: worse")


def test_earlier_runs_are_those_that_were_loaded_in_the_order_of_their_reports(database_url: str) -> None:
    bounds = Drift(runs=3)
    with open_store(database_url) as store:
        store.load(rows(BASE, {"extraction_run": [{"id": f"r{number}"} for number in range(2, 10)]}))
        given = made(store, None, measured=Measured(30, 200, 150, {"tenure": 12}), gate=Gate.PASSED)

        def night(number: int, **rest: Any) -> None:
            documents = rest.pop("documents", 30 + number)
            measured = Measured(documents, 200, 150, {"tenure": 12})
            replace(given, run_id=f"r{number}", **{"measured": measured} | rest).save(store)

        night(1)
        night(2, model="openai/other")
        night(3, gate=Gate.HELD)
        night(4, documents=5)
        assert [each.documents for each in earlier_runs(store, "openai/any", bounds)] == [31]
        night(5, gate=Gate.UNJUDGED)
        night(6)
        night(7)
        assert earlier_runs(store, "openai/any", bounds) == [
            Measured(number + 30, 200, 150, {"tenure": 12}) for number in (7, 6, 5)
        ]
        # Somebody wanted a night that differs: from then on it is the measure.
        night(8, gate=Gate.OFF)
        night(9)
        assert [each.documents for each in earlier_runs(store, "openai/any", bounds)] == [39, 38]


KEYED = st.dictionaries(st.text('ab,"\n', min_size=1, max_size=3), st.integers(0, 2), max_size=12)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(KEYED, KEYED, st.integers(0, 3))
def test_a_difference_is_that_of_two_dictionaries(before: dict[str, int], now: dict[str, int], shown: int) -> None:
    def table(given: dict[str, int]) -> pa.Table:
        return pa.table({"key": pa.array(given.keys(), pa.string()), "digest": pa.array(given.values(), pa.int64())})

    expected = {
        "added": sorted(now.keys() - before.keys()),
        "withdrawn": sorted(before.keys() - now.keys()),
        "changed": sorted(key for key in now.keys() & before.keys() if now[key] != before[key]),
    }
    found = difference(table(before), table(now), shown=shown)
    assert {name: getattr(found, name) for name in expected} == {name: len(keys) for name, keys in expected.items()}
    assert found.first == {name: tuple(keys[:shown]) for name, keys in expected.items()}


@pytest.mark.parametrize("part", ["plain", 'a "quoted", part', "two\nlines"])
def test_keys_come_through_whole(database_url: str, part: str) -> None:
    with open_store(database_url) as store:
        row = {"row_id": "tenure_1", "field": "start", "part": part, "record_type": "tenure"}
        counts = {"sources": 2, "sources_agreeing": 1, "sources_differing": 1}
        store.load({"field_standing": [row | counts | {"first_published": None, "last_published": None}]})
        assert snapshot(store).conflicts["key"].to_pylist() == [f"tenure_1\x1fstart\x1f{part}"]
