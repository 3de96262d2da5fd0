"""Whose a title without a date is, and whom a sentence without a name means."""

from __future__ import annotations

import pytest

from extractors.extractor import Draft
from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from polidex.page import Page
from tests.unit.polidex.told import grounded, version


def held(person: str, office: str, start: str = "", end: str = "", **more: str) -> Draft:
    return TenureDraft(person=person, office=office, start=start, end=end, **more)


def named(*names: str) -> tuple[Draft, ...]:
    return tuple(PersonDraft(name=name, office="") for name in names)


@pytest.mark.parametrize(
    ("text", "person", "office", "kept"),
    [
        ("A board, set up by Ada Moro when she was minister of trade, met.", "Ada Moro", "minister of trade", True),
        ("Ada Moro, who was minister of trade, met him.", "Ada Moro", "minister of trade", True),
        ("After the fall of Ada Moro, he became minister of trade.", "Ada Moro", "minister of trade", False),
        ("Ben Ito is old. Under Ada Moro he rose to be minister of trade.", "Ben Ito", "minister of trade", True),
        ("Ben Ito is old. Under Ada Moro he rose to be minister of trade.", "Ada Moro", "minister of trade", False),
    ],
)
def test_a_title_without_a_date_is_theirs_beside_whom_it_stands(
    text: str, person: str, office: str, kept: bool
) -> None:
    outcome = grounded(text, *named("Ada Moro", "Ben Ito"), held(person, office))
    assert ("tenure" in [each.record_type for each in outcome.grounded]) is kept


@pytest.mark.parametrize(
    ("title", "person", "kept"),
    [
        ("Ada Moro, the economist", "Ada Moro", True),
        ("Ada Moro, the economist", "Ben Ito", False),
        ("A day in Tarn", "Ben Ito", True),
    ],
)
def test_a_pronoun_means_whom_the_text_is_about(title: str, person: str, kept: bool) -> None:
    text = "Ada Moro died. Ben Ito wept. It rained. In 1963 he entered parliament, and the sun came out."
    about = Page(version(text, published="2022-09-16").model_copy(update={"title": title}))
    outcome = grounded(about, *named("Ada Moro", "Ben Ito"), held(person, "entered parliament", "1963"))
    assert ("tenure" in [each.record_type for each in outcome.grounded]) is kept
