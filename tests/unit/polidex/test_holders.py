"""Whose title it is that stands in a sentence."""

from __future__ import annotations

import pytest

from extractors.extractor import Draft
from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from schema.vocabulary import QuarantineReason
from tests.unit.polidex.told import grounded, page, reasons, values


def people(text: str) -> list[Draft]:
    return [PersonDraft(name=name, office="") for name in ("Ada Moro", "Ben Ito") if name in text]


def held(person: str, office: str, start: str = "", end: str = "") -> Draft:
    return TenureDraft(person=person, office=office, start=start, end=end)


@pytest.mark.parametrize(
    ("text", "title", "holder"),
    [
        ("President Ada Moro thanked Prime Minister Ben Ito for coming.", "Prime Minister", "Ben Ito"),
        ("President Ada Moro thanked Prime Minister Ben Ito for coming.", "President", "Ada Moro"),
        ("Ada Moro, prime minister of Kenya, met Ben Ito.", "prime minister of Kenya", "Ada Moro"),
        ("Ada Moro met the former president, Ben Ito.", "former president", "Ben Ito"),
        ("Ada Moro met the President of the Republic of Kenya, Ben Ito.", "President", "Ben Ito"),
        ("They met Ada Moro. President Ben Ito was there.", "President", "Ben Ito"),
    ],
)
def test_a_title_without_a_date_is_of_the_name_beside_it(text: str, title: str, holder: str) -> None:
    for name in ("Ada Moro", "Ben Ito"):
        found = grounded(text, *people(text), held(name, title))
        assert ("tenure" in [each.record_type for each in found.grounded]) is (name == holder)
        assert bool(found.refused) is (name != holder) or QuarantineReason.RULE_VIOLATED not in reasons(found)


@pytest.mark.parametrize(
    ("text", "office", "date", "holder"),
    [
        ("Ada Moro became mayor in 1999 and Ben Ito became president in 2001.", "mayor", "1999", "Ada Moro"),
        ("Ada Moro became mayor in 1999 and Ben Ito became president in 2001.", "president", "2001", "Ben Ito"),
        ("Ada Moro resigned when Ben Ito became president in 2001.", "president", "2001", "Ben Ito"),
        ("Ben Ito became president in 2001, Ada Moro said.", "president", "2001", "Ben Ito"),
        ("In 2001 the mayor was Ada Moro, a friend of Ben Ito.", "mayor", "2001", "Ada Moro"),
        ("Ben Ito was late. Ada Moro came. She became president in 2001.", "president", "2001", "Ada Moro"),
        ("Ada Moro came. On the resignation of Ben Ito she became mayor in 2001.", "mayor", "2001", "Ada Moro"),
    ],
)  # fmt: skip
def test_a_spell_that_began_is_of_the_subject(text: str, office: str, date: str, holder: str) -> None:
    for name in ("Ada Moro", "Ben Ito"):
        found = grounded(page(text), *people(text), held(name, office, date))
        begun = [values(each) for each in found.grounded if each.record_type == "tenure" and "start" in each.facts]
        assert bool(begun) is (name == holder)
        assert bool(found.refused) is (name != holder)


def test_who_is_succeeded_and_who_succeeds_can_both_have_held_a_post() -> None:
    text = "Ada Moro succeeded Ben Ito as president in 2001."
    for draft in (held("Ada Moro", "president", "2001"), held("Ben Ito", "president", "", "2001")):
        assert not grounded(text, *people(text), draft).refused


@pytest.mark.parametrize(
    ("text", "office", "status"),
    [
        ("President Ada Moro came.", "President", "current"),
        ("The first president Ada Moro came.", "first president", "unknown"),
        ("The first president Ada Moro came.", "president", "unknown"),
        ("The then president Ada Moro came.", "president", "ended"),
        ("Ada Moro, Minister of Justice at the time, came.", "Minister of Justice", "ended"),
        ("Ada Moro, then president, came.", "then president", "ended"),
        ("Former president Ada Moro came.", "president", "ended"),
        ("Ada Moro, the third president of Kenya, died on 3 May.", "third president of Kenya", "ended"),
        ("Ada Moro, the third president of Kenya, is back.", "third president of Kenya", "unknown"),
        ("Ben Ito died in May. President Ada Moro came.", "President", "current"),
    ],
)
def test_who_held_a_post_does_not_hold_it(text: str, office: str, status: str) -> None:
    [tenure] = [
        each
        for each in grounded(text, *people(text), held("Ada Moro", office)).grounded
        if each.record_type == "tenure"
    ]
    assert values(tenure)["status"] == status
    assert not values(tenure)["office"].lower().startswith(("first", "third", "then", "former"))


def test_who_is_the_one_named_right_before() -> None:
    text = "Ada Moro shared power with Ben Ito, who was mayor from 2008 to 2013."
    assert not grounded(text, *people(text), held("Ben Ito", "mayor", "2008", "2013")).refused
    assert reasons(grounded(text, *people(text), held("Ada Moro", "mayor", "2008", "2013")))
    made = "Ada Moro came. Ben Ito, who was mayor from 1978 to 2002, made her judge in 1990."
    assert not grounded(made, *people(made), held("Ada Moro", "judge", "1990")).refused


def test_an_end_is_of_the_one_who_left() -> None:
    text = "Ada Moro was mayor. She left office in May 2013, when Ben Ito took over."
    spell = held("Ada Moro", "mayor", "", "May 2013")
    assert not grounded(text, *people(text), spell).refused
    assert reasons(grounded(text, *people(text), spell, held("Ben Ito", "office", "", "May 2013")))
