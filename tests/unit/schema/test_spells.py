"""Two accounts of a spell in office: the algebra holds for any two. What each pair does is in the test of tenures."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.dates import WorldDate
from schema.spells import Spell, both_relations
from schema.vocabulary import Basis, DateRelation, TenureStatus

EDTF = ("", "1999", "2013", "2013-03", "2013-03-20", "2015~", "2016", "2016-21", "2016/2018", "2019-03", "202X")
INVERSE = {DateRelation.REFINES: DateRelation.REFINED_BY, DateRelation.REFINED_BY: DateRelation.REFINES}

dates = st.sampled_from(EDTF).map(lambda edtf: WorldDate.from_edtf(edtf, Basis.STATED) if edtf else WorldDate.unknown())
days = st.none() | st.sampled_from([date(2012, 5, 1), date(2014, 1, 1), date(2016, 7, 1), date(2020, 2, 2)])


@st.composite
def spells(draw: st.DrawFn) -> Spell:
    start, end, said = draw(dates), draw(dates), draw(days)
    if end.is_before(start):
        start, end = end, start
    status = draw(st.sampled_from(TenureStatus))
    return Spell(start=start, end=end, status=status, acting=draw(st.booleans()), said_from=said, said_by=said)


@given(spells(), spells())
def test_the_relation_from_the_other_side_is_the_inverse(one: Spell, other: Spell) -> None:
    relation = one.relation(other)
    assert other.relation(one) is INVERSE.get(relation, relation)
    assert one.surely_meets(other) is other.surely_meets(one)


@given(spells(), spells())
def test_dates_that_refine_each_other_make_spells_that_do(one: Spell, other: Spell) -> None:
    if one.relation(other) is DateRelation.REFINES:
        kinds = {one.start.relation(other.start), one.end.relation(other.end)}
        assert kinds <= {DateRelation.EQUAL, DateRelation.REFINES}


@given(spells())
def test_a_spell_that_can_be_is_equal_to_itself(spell: Spell) -> None:
    possible = not spell.ends.is_before(spell.begins) and not any(
        first and last and last < first for first, last in (spell.begins, spell.ends)
    )
    assert not possible or spell.relation(spell) is DateRelation.EQUAL


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (DateRelation.EQUAL, DateRelation.EQUAL, DateRelation.EQUAL),
        (DateRelation.EQUAL, DateRelation.REFINES, DateRelation.REFINES),
        (DateRelation.REFINED_BY, DateRelation.REFINED_BY, DateRelation.REFINED_BY),
        (DateRelation.REFINES, DateRelation.REFINED_BY, DateRelation.OVERLAPS),
        (DateRelation.OVERLAPS, DateRelation.DISJOINT, DateRelation.DISJOINT),
    ],
)
def test_two_relations_make_one(one: DateRelation, other: DateRelation, expected: DateRelation) -> None:
    assert both_relations(one, other) is both_relations(other, one) is expected
