"""One row for each contestant of a vote, out of several documents."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from polidex.identity.results import fold_results
from schema import ElectionResult


def result(person: str | None = "p", share: float | None = None, **more: Any) -> ElectionResult:
    key = f"{person}-{share}-{sorted(more.items())}"
    return ElectionResult(id=key, election_id="e", person_id=person, vote_share_pct=share, **more)


def test_one_contestant_of_one_round_is_one_row() -> None:
    [only] = fold_results([result(won=True), result("p", 70.96), result("p", 70.96, votes=6_500_000)])
    assert (only.vote_share_pct, only.votes, only.won) == (70.96, 6_500_000, True)
    assert len(fold_results([result("p", 30, round=1), result("p", 55.9, round=2), result("q", 44.1, round=2)])) == 3
    [merged] = fold_results([result("p", 55.9), result("p", won=True, round=2)])
    assert (merged.round, merged.vote_share_pct, merged.won) == (2, 55.9, True)


def test_of_shares_that_differ_the_most_told_is_taken_then_the_more_precise_then_the_newer() -> None:
    assert fold_results([result("p", 71), result("p", 70.96), result("p", 70.96)])[0].vote_share_pct == 70.96
    assert fold_results([result("p", 71), result("p", 70.96)])[0].vote_share_pct == 70.96
    assert fold_results([result("p", 70.9), result("p", 71.2)])[0].vote_share_pct == 70.9


def test_parties_and_options_are_contestants_too() -> None:
    rows = fold_results(
        [result(None, 61.9, option="Reject"), result(None, 38.1, option="approve"), result(None, option="reject")]
    )
    assert [(each.option, each.vote_share_pct) for each in rows] == [("Reject", 61.9), ("approve", 38.1)]
    assert len(fold_results([result(None, party_id="a"), result(None, party_id="b")])) == 2


def test_shares_of_two_winners_are_not_more_than_the_whole() -> None:
    rows = fold_results([result("p", 55, won=True), result("q", 52, won=True)])
    assert [(each.person_id, each.vote_share_pct) for each in rows] == [("p", 55), ("q", None)]


@given(
    st.lists(
        st.builds(result, st.sampled_from("pqr"), st.none() | st.floats(0, 100), round=st.none() | st.integers(1, 2))
    )
)
def test_folding_twice_is_folding_once(results: list[ElectionResult]) -> None:
    found = fold_results(results)
    assert {each.person_id for each in found} == {each.person_id for each in results}
    for number in (None, 1, 2):
        assert sum(each.vote_share_pct or 0 for each in found if (each.round or 1) == (number or 1)) <= 100.5
