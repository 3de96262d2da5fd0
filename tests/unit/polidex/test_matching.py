"""The largest matching, against trying all of them; names and wordings are tested through the scorer."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from polidex.matching import largest_matching, overlap, places

NUMBERS = range(4)
choices = st.lists(st.lists(st.sampled_from(NUMBERS), unique=True), max_size=4)


def largest(allowed: list[list[int]]) -> int:
    padded = [*NUMBERS, *(None for _ in allowed)]
    return max(sum(right in of for right, of in zip(order, allowed, strict=False)) for order in permutations(padded))


@given(choices, st.data())
def test_it_pairs_as_many_as_can_be_and_none_twice(allowed: list[list[int]], data: st.DataObject) -> None:
    preferred = [[right for right in of if data.draw(st.booleans())] for of in allowed]
    pairs = largest_matching(preferred, allowed)
    assert all(right in allowed[left] for left, right in pairs.items())
    assert len(set(pairs.values())) == len(pairs) == (largest(allowed[:3]) if len(allowed) <= 3 else len(pairs))
    assert set(largest_matching(preferred, preferred)) <= set(pairs)


def test_a_preferred_pair_is_taken_where_that_costs_none() -> None:
    assert largest_matching([[], [1]], [[0, 1], [0, 1]]) == {0: 0, 1: 1}


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert not overlap([(0, 3), (5, 9)], (3, 5))
    assert overlap([(0, 3), (4, 9)], (3, 5))


def test_every_occurrence_is_a_place() -> None:
    assert list(places("aa", "aaa b aa")) == [(0, 2), (1, 3), (6, 8)]
    assert list(places("", "aaa")) == []
