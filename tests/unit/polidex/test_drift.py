"""A night is held back when it reads far worse than the median of the last ones, and only then."""

from __future__ import annotations

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.drift import ENOUGH_DRAFTS, ENOUGH_RECORDS, LEAST_RUNS, Measured, can_judge, judge
from polidex.settings import Drift
from schema.vocabulary import Gate

BOUNDS = Drift()
USUAL = Measured(100, 1000, 750, {"tenure": 300, "statement": 200, "election": 10})


def runs() -> st.SearchStrategy[Measured]:
    counts = st.dictionaries(st.sampled_from(["tenure", "statement", "election"]), st.integers(0, 500))
    drafts = st.integers(0, 2000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
    return st.builds(
        lambda documents, pair, records: Measured(documents, pair[0], pair[1], records),
        st.integers(1, 500),
        drafts,
        counts,
    )


def test_the_usual_passes() -> None:
    verdict = judge(USUAL, [USUAL] * 5, BOUNDS)
    assert (verdict.gate, verdict.passes, verdict.falls) == (Gate.PASSED, True, ())
    assert verdict.words == "no drift against the last 5 runs"


def test_fewer_grounded_drafts_are_told_with_both_shares() -> None:
    verdict = judge(Measured(100, 1000, 590, USUAL.records), [USUAL] * 5, BOUNDS)
    assert (verdict.gate, verdict.passes) == (Gate.HELD, False)
    assert verdict.words == ("drift against the last 5 runs: grounded drafts fell from 0.75 to 0.59 (bound 0.60)")


def test_a_fall_within_the_bound_passes() -> None:
    assert judge(Measured(100, 1000, 610, USUAL.records), [USUAL] * 5, BOUNDS).passes


def test_one_type_that_is_no_longer_found_is_a_fall() -> None:
    verdict = judge(Measured(100, 1000, 750, {"tenure": 300, "election": 10}), [USUAL] * 5, BOUNDS)
    assert [each.measure for each in verdict.falls] == ["statement records per document"]


def test_nothing_at_all_is_a_fall() -> None:
    assert not judge(Measured(100), [USUAL] * 5, BOUNDS).passes


def test_what_is_rare_is_not_judged_by_itself() -> None:
    assert judge(Measured(100, 1000, 750, {"tenure": 300, "statement": 200}), [USUAL] * 5, BOUNDS).passes


def test_one_odd_night_among_the_last_is_no_measure() -> None:
    odd = Measured(100, 1000, 1000, {"tenure": 3000, "statement": 2000})
    assert judge(USUAL, [USUAL, odd, USUAL], BOUNDS).passes


@pytest.mark.parametrize(
    ("now", "earlier", "bounds", "gate", "why"),
    [
        (USUAL, [USUAL] * (LEAST_RUNS - 1), BOUNDS, Gate.UNJUDGED, "2 earlier runs to compare with, 3 needed"),
        (Measured(19), [USUAL] * 5, BOUNDS, Gate.UNJUDGED, "19 documents were read, 20 are needed"),
        (USUAL, [USUAL], Drift(runs=1), Gate.PASSED, "no drift"),
        (Measured(100), [USUAL] * 5, Drift(grounded_share=None, records_per_document=None), Gate.OFF, "are off"),
        (Measured(100, 1000, 1, USUAL.records), [USUAL] * 5, Drift(grounded_share=None), Gate.PASSED, "no drift"),
        (Measured(100, 1000, 750), [USUAL] * 5, Drift(records_per_document=None), Gate.PASSED, "no drift"),
    ],
)
def test_what_is_not_judged_passes_and_says_why(
    now: Measured, earlier: list[Measured], bounds: Drift, gate: Gate, why: str
) -> None:
    verdict = judge(now, earlier, bounds)
    assert verdict.gate is gate
    assert verdict.passes
    assert why in verdict.words


@given(runs(), st.lists(runs(), max_size=6))
def test_a_night_is_held_exactly_when_a_measure_is_below_its_bound(now: Measured, earlier: list[Measured]) -> None:
    verdict = judge(now, earlier, BOUNDS)
    judged = can_judge(earlier, BOUNDS) and now.documents >= BOUNDS.documents
    assert (verdict.gate in (Gate.PASSED, Gate.HELD)) == judged
    assert verdict.passes == (verdict.falls == ())
    if not judged:
        return
    low = False
    shares = [each.grounded / each.drafts for each in earlier if each.drafts]
    if shares and now.drafts >= ENOUGH_DRAFTS:
        low |= now.grounded / now.drafts < median(shares) * 0.8
    for kind in (None, "tenure", "statement", "election"):
        rates = [_count(each, kind) / each.documents for each in earlier]
        if median(rates) * now.documents >= ENOUGH_RECORDS:
            low |= _count(now, kind) / now.documents < median(rates) * 0.5
    assert verdict.passes != low


@given(runs(), st.lists(runs(), min_size=LEAST_RUNS, max_size=6), st.integers(2, 50))
def test_more_of_everything_never_fails_where_less_passed(now: Measured, earlier: list[Measured], times: int) -> None:
    if judge(now, earlier, BOUNDS).gate is Gate.PASSED:
        more = Measured(now.documents, now.drafts, now.drafts, {k: n * times for k, n in now.records.items()})
        assert judge(more, earlier, BOUNDS).passes


@given(st.lists(runs(), max_size=5))
def test_measures_add_up_in_any_order(found: list[Measured]) -> None:
    forth, back = (sum(order, Measured()) for order in (found, found[::-1]))
    assert forth == back
    assert forth.drafts == sum(each.drafts for each in found)


def _count(run: Measured, kind: str | None) -> int:
    return run.records.get(kind, 0) if kind else sum(run.records.values())
