"""The steps of a reform: which may be of one, to what they fold, and where it stands in the end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.identity.steps import ORDER, Step, Told, current_status, fold_events, may_follow
from schema import ReformEvent, WorldDate
from schema.vocabulary import Basis, DecidedBy, ReformStatus

PARLIAMENT, REFERENDUM = DecidedBy.PARLIAMENT, DecidedBy.REFERENDUM


def when(on: str | None, basis: Basis = Basis.STATED) -> WorldDate:
    return WorldDate.from_edtf(on, basis) if on else WorldDate.unknown()


def event(status: str, on: str | None = None, **more: Any) -> ReformEvent:
    return ReformEvent(id=f"{status}-{on}", reform_id="r", status=ReformStatus(status), date=when(on), **more)


def folded(*events: ReformEvent) -> list[tuple[str, str | None]]:
    return [(str(each.status), each.date.edtf) for each in fold_events(events)]


@pytest.mark.parametrize(
    ("first", "second", "fits"),
    [
        (("proposed", "2021"), ("adopted", "2022"), True),
        (("proposed", "2010"), ("adopted", "2022"), False),
        (("adopted", "2012"), ("proposed", "2021"), False),
        (("adopted", "2015-06-17"), ("in_force", "2016-06-19"), True),
        (("adopted", "2015-06"), ("in_force", "2014-01"), False),
        (("adopted", "2005"), ("in_force", "2015"), True),
        (("adopted", "2015-06-17"), ("adopted", "2015-07-28"), True),
        (("adopted", "2015-06"), ("adopted", "2016-06"), False),
        (("rejected", "2010"), ("proposed", "2022"), False),
        (("proposed", "2021"), ("rejected", "2022"), True),
        (("in_force", "2010"), ("rejected", "2012"), False),
        (("in_force", "1990"), ("repealed", "2012"), True),
        (("repealed", "1990"), ("in_force", "2012"), False),
        (("announced", "2021"), ("proposed", "2020"), True),
        (("adopted", None), ("signed", None), True),
    ],
)
def test_which_steps_may_be_of_one_reform(
    first: tuple[str, str | None], second: tuple[str, str | None], *, fits: bool
) -> None:
    left, right = (Step(status=ReformStatus(status), date=when(on)) for status, on in (first, second))
    assert may_follow([left], None, [right], None) is fits
    assert may_follow([right], None, [left], None) is fits


def test_a_step_without_a_date_is_of_a_day_before_its_document() -> None:
    proposed, rejected = Step(status=ReformStatus.PROPOSED), Step(status=ReformStatus.REJECTED)
    assert not may_follow([rejected], date(2010, 5, 1), [proposed], date(2022, 5, 1))
    assert may_follow([rejected], date(2022, 6, 1), [proposed], date(2022, 5, 1))
    in_force = Step(status=ReformStatus.IN_FORCE)
    assert may_follow([in_force], date(2022, 6, 1), [Step(status=ReformStatus.ADOPTED, date=when("2015"))], None)


def test_one_step_told_twice_is_one_with_the_most_precise_date() -> None:
    assert folded(event("adopted", "2015-06"), event("adopted", "2015-06-17"), event("adopted")) == [
        ("adopted", "2015-06-17")
    ]
    assert folded(event("in_force", "2016-06-19"), event("adopted", "2015"), event("proposed")) == [
        ("proposed", None),
        ("adopted", "2015"),
        ("in_force", "2016-06-19"),
    ]
    assert folded(event("adopted", "2015-06-17"), event("adopted", "2016-06-17")) == [
        ("adopted", "2015-06-17"),
        ("adopted", "2016-06-17"),
    ]


def test_an_act_that_happens_once_may_be_told_with_two_days() -> None:
    assert folded(event("signed", "2015-06-19"), event("signed", "2015-06-17")) == [("signed", "2015-06-19")]
    assert len(folded(event("signed", "2015-06-19"), event("signed", "2016-06-17"))) == 2


def test_of_a_step_told_twice_the_newest_that_is_known_decided_it() -> None:
    [only] = fold_events(
        [event("adopted", "2015"), event("adopted", "2015-06", decided_by=PARLIAMENT, election_id="e")]
    )
    assert (only.date.edtf, only.decided_by, only.election_id) == ("2015-06", PARLIAMENT, "e")
    two = fold_events([event("adopted", decided_by=PARLIAMENT), event("adopted", "2010-08-04", decided_by=REFERENDUM)])
    assert {each.decided_by for each in two} == {PARLIAMENT, REFERENDUM}


def test_a_stated_date_is_kept_before_a_more_precise_one_that_was_concluded() -> None:
    concluded = event("adopted").model_copy(update={"date": when("2015-06-17", Basis.INFERRED)})
    assert folded(concluded, event("adopted", "2015-06")) == [("adopted", "2015-06")]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], None),
        ([("proposed", None, "2024-01-01"), ("adopted", None, "2024-02-01")], "adopted"),
        ([("adopted", None, "2024-02-01"), ("proposed", None, "2024-03-01")], "adopted"),
        ([("adopted", "2024-02-01", "2024-02-02"), ("in_force", "2025-01-01", "2024-02-02")], "adopted"),
        ([("in_force", "2025-01-01", "2024-02-02")], "in_force"),
        ([("proposed", "2012", "2013-01-01"), ("rejected", "2013", "2014-01-01")], "rejected"),
        ([("rejected", "2013", "2014-01-01"), ("proposed", None, "2020-01-01")], "rejected"),
        ([("rejected", "2013-05-01", "2013-05-02"), ("adopted", "2013-06-01", "2013-06-02")], "adopted"),
        ([("in_force", "1990", "2020-01-01"), ("repealed", "2012", "2020-01-01")], "repealed"),
        ([("adopted", None, None), ("signed", None, None)], "signed"),
    ],
)
def test_where_a_reform_stands(told: list[tuple[str, str | None, str | None]], expected: str | None) -> None:
    steps = [Told(event(status, on), date.fromisoformat(day) if day else None) for status, on, day in told]
    assert current_status(steps) == current_status(steps[::-1]) == expected


EVENTS = st.lists(
    st.builds(
        event,
        status=st.sampled_from([str(status) for status in ReformStatus]),
        on=st.none() | st.sampled_from(["2010", "2015-06", "2015-06-17", "2015-06-20", "2016"]),
        decided_by=st.sampled_from(DecidedBy),
    ),
    max_size=6,
)


@given(EVENTS)
def test_folding_twice_is_folding_once_and_loses_no_step(events: list[ReformEvent]) -> None:
    found = fold_events(events)
    assert fold_events(found) == found
    assert {each.status for each in found} == {each.status for each in events}
    dated = [each.date.latest for each in found if each.date.latest]
    assert dated == sorted(dated)


def test_the_order_names_every_step() -> None:
    assert set(ORDER) == set(ReformStatus)
