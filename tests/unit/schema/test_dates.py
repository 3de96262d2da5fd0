"""EDTF dates: their first and last day, what is refused, and how two compare."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schema.dates import WorldDate
from schema.vocabulary import Basis, DateRelation

EDTF = (
    *("1999", "199X", "2013-03", "2013-03-20", "2015~", "2015-06~", "2016", "2016-21", "2016-24", "2016/2018"),
    *("2016/..", "../2017", "2017-01", "2017-22", "2017-12-31/2018-01-02"),
)


def known(edtf: str) -> WorldDate:
    return WorldDate.from_edtf(edtf, Basis.STATED)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("1999", date(1999, 1, 1), date(1999, 12, 31)),
        ("1999-03", date(1999, 3, 1), date(1999, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-09-14T09:09:00", date(2023, 9, 14), date(2023, 9, 14)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("1984~", date(1984, 1, 1), date(1984, 12, 31)),
        ("2011/2013", date(2011, 1, 1), date(2013, 12, 31)),
        ("2023-09-13/2023-09-15", date(2023, 9, 13), date(2023, 9, 15)),
        ("2023/..", date(2023, 1, 1), None),
        ("2023/", date(2023, 1, 1), None),
        ("../2023-09-14", None, date(2023, 9, 14)),
        # Spring is in March in one half of the world and in September in the other.
        ("2001-21", date(2001, 1, 1), date(2001, 12, 31)),
    ],
)
def test_first_and_last_day(edtf: str, earliest: date, latest: date) -> None:
    assert (known(edtf).earliest, known(edtf).latest) == (earliest, latest)


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_plain_date_has_the_days_that_the_library_gives_it(day: date, length: int) -> None:
    plain = day.isoformat()[:length]
    found, parsed = WorldDate.from_edtf(plain, Basis.STATED), parse_edtf(plain)
    assert (found.earliest, found.latest) == (date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3]))
    since = WorldDate.from_edtf(f"{plain}/..", Basis.STATED)
    assert (since.earliest, since.latest) == (found.earliest, None)


@pytest.mark.parametrize(
    "edtf",
    [
        *(
            "",
            "..",
            "../..",
            "/",
            "March 1999",
            "1999-3",
            "1999-13",
            "2024-02-30",
            "2023-02-29",
            "2019-01-00",
            "2013/2011",
            " 1999",
        ),
        *("-0044", "0000", "Y170000002", "1560-XX-25", "{1667,1668}", "2001-41", "a/b/c", "2011/open", "/..0"),
    ],
)
def test_what_is_no_date_of_levels_0_and_1_is_refused(edtf: str) -> None:
    with pytest.raises(ValueError):
        known(edtf)


@given(st.text(alphabet="0123456789-/.~?X%TYZ{}[], aS", max_size=24))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        found = known(text)
    except ValueError:
        return
    assert found.earliest or found.latest
    assert not (found.earliest and found.latest and found.latest < found.earliest)


@given(st.dates(), st.dates())
def test_an_interval_holds_both_its_ends(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    spell = known(f"{first.isoformat()}/{last.isoformat()}")
    assert (spell.earliest, spell.latest) == (first, last)
    assert known(first.isoformat()).relation(spell) in (DateRelation.EQUAL, DateRelation.REFINES)


@pytest.mark.parametrize(
    "change",
    [
        {"edtf": None},
        {"basis": Basis.UNKNOWN},
        {"latest": date(1999, 4, 1)},
        {"earliest": None},
    ],
    ids=str,
)
def test_the_parts_of_a_date_agree(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        WorldDate.model_validate(known("1999-03").model_dump() | change)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("2016", "2016", DateRelation.EQUAL),
        ("2016~", "2016~", DateRelation.EQUAL),
        ("2016~", "2016", DateRelation.REFINED_BY),
        ("2017", "2016~", DateRelation.REFINES),
        ("2018", "2016~", DateRelation.DISJOINT),
        ("2016~/2018", "2014/2017", DateRelation.OVERLAPS),
        ("2016-21", "2016", DateRelation.REFINES),
        ("2016", "2016-21", DateRelation.REFINED_BY),
        ("2016-21", "2016-21", DateRelation.EQUAL),
        ("2016-21", "2016-23", DateRelation.DISJOINT),
        ("2016-21", "2017-21", DateRelation.DISJOINT),
        # A winter, or a summer in the south, lies in two years.
        ("2016-24", "2017-01", DateRelation.REFINED_BY),
        ("2016-24", "2017-22", DateRelation.OVERLAPS),
        ("2016-05", "2016", DateRelation.REFINES),
        ("2016", "2016-05", DateRelation.REFINED_BY),
        ("2016/2020", "2016/..", DateRelation.REFINES),
        ("2016/2019", "2018/2020", DateRelation.OVERLAPS),
        ("../2016", "2015/..", DateRelation.OVERLAPS),
        ("2016", "2017", DateRelation.DISJOINT),
        ("2017", "../2016", DateRelation.DISJOINT),
    ],
)
def test_relation(left: str, right: str, expected: DateRelation) -> None:
    assert known(left).relation(known(right)) is expected


def test_any_date_refines_the_unknown_one() -> None:
    assert known("2016").relation(WorldDate.unknown()) is DateRelation.REFINES
    assert known("../2016").relation(WorldDate.unknown()) is DateRelation.REFINES
    assert WorldDate.unknown().relation(WorldDate.unknown()) is DateRelation.EQUAL
    assert not WorldDate.unknown().known


@given(st.sampled_from(EDTF), st.sampled_from(EDTF))
def test_the_relation_from_the_other_side_is_the_inverse(one: str, other: str) -> None:
    inverse = {DateRelation.REFINES: DateRelation.REFINED_BY, DateRelation.REFINED_BY: DateRelation.REFINES}
    relation = known(one).relation(known(other))
    assert known(other).relation(known(one)) is inverse.get(relation, relation)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("2016", "2017", True),
        ("2016-05", "2016", False),
        ("2016/..", "2020", False),
        ("../2016", "2017/..", True),
        ("2016~", "2017", False),
    ],
)
def test_before_is_only_said_when_it_is_sure(left: str, right: str, expected: bool) -> None:
    assert known(left).is_before(known(right)) is expected
