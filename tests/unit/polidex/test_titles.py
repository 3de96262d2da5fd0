"""Which post a draft speaks of, what its name is, and whose it is."""

from __future__ import annotations

import pytest

from extractors.extractor import Draft
from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from tests.unit.polidex.told import grounded, only, page, reasons, values


def held(person: str, office: str, start: str = "", end: str = "", **more: str) -> Draft:
    return TenureDraft(person=person, office=office, start=start, end=end, **more)


def named(*names: str) -> tuple[Draft, ...]:
    return tuple(PersonDraft(name=name, office="") for name in names)


@pytest.mark.parametrize(
    ("text", "draft", "office", "role"),
    [
        (
            "Ada Moro has led the Harvest Party since May 2019.",
            held("Ada Moro", "led the Harvest Party", "May 2019"),
            "leader of the Harvest Party",
            "other",
        ),
        (
            "His partner is Harvest, led since May 2019 by Ada Moro.",
            held("Ada Moro", "led", "May 2019", organization="Harvest"),
            "leader of Harvest",
            "other",
        ),
        (
            "Ada Moro headed the Ministry of Trade in 2019.",
            held("Ada Moro", "headed", "2019", organization="Ministry of Trade"),
            "head of the Ministry of Trade",
            "minister",
        ),
        (
            "Ada Moro entered parliament in 1999.",
            held("Ada Moro", "entered parliament", "1999"),
            "member of parliament",
            "legislator",
        ),
        (
            "From 1999 to 2003 Ada Moro sat in parliament.",
            held("Ada Moro", "parliament", "1999", "2003"),
            "member of parliament",
            "legislator",
        ),
        (
            "A Convention met. Ada Moro became its president in May 2019.",
            held("Ada Moro", "its president", "May 2019", organization="Convention"),
            "president of Convention",
            "chair",
        ),
        (
            "Since May 2019 Ada Moro has been president of the Assize.",
            held("Ada Moro", "president of the Assize", "May 2019"),
            "president of the Assize",
            "chair",
        ),
        (
            "Since May 2019 Ada Moro has been president of Kenya.",
            held("Ada Moro", "president of Kenya", "May 2019"),
            "president of Kenya",
            "head_of_state",
        ),
        (
            "Ada Moro, the third president of Kenya, spoke.",
            held("Ada Moro", "third president of Kenya"),
            "president of Kenya",
            "head_of_state",
        ),
        (
            "Ada Moro, first deputy minister, spoke.",
            held("Ada Moro", "first deputy minister"),
            "first deputy minister",
            "deputy_minister",
        ),
    ],
)  # fmt: skip
def test_the_name_of_a_post_and_what_its_holder_does(text: str, draft: Draft, office: str, role: str) -> None:
    spell = only(grounded(page(text, published="2022-09-16"), *named("Ada Moro"), draft), "tenure")
    assert (values(spell)["office"], values(spell)["role"]) == (office, role)


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Ada Moro led the talks of 2019.", "led the talks"),
        ("Ada Moro headed three weak cabinets in 2019.", "headed three weak cabinets"),
        ("Ada Moro entered politics in 2019.", "entered politics"),
        ("Ada Moro visited parliament in 2019.", "parliament"),
    ],
)
def test_a_verb_of_leading_or_entering_alone_is_no_post(text: str, office: str) -> None:
    outcome = grounded(text, *named("Ada Moro"), held("Ada Moro", office, "2019"))
    assert reasons(outcome) == ["rule_violated"]


SUCCESSION = (
    "Ada Moro, mayor of Tarn since May 2001, spent much. Ben Ito was deputy mayor of Tarn from 2003 to 2004. "
    "Cleo Sand pushed Moro out in June 2005 and became the first woman in the job. "
    "She lost it in July 2009 to Dora Lind, who led the town until 2012. Eve Orr, mayor of Tarn since then, is young."
)
PEOPLE = named("Ada Moro", "Ben Ito", "Cleo Sand", "Dora Lind", "Eve Orr")


def test_a_post_that_later_sentences_only_call_the_job_passes_from_one_to_the_next() -> None:
    outcome = grounded(
        page(SUCCESSION, published="2015-05-05"),
        *PEOPLE,
        held("Ada Moro", "mayor of Tarn", "May 2001", "June 2005"),
        held("Cleo Sand", "mayor of Tarn", "June 2005", "July 2009"),
        held("Dora Lind", "mayor of Tarn", "July 2009", "2012"),
    )
    spells = {
        values(each)["person_id"]: (values(each)["start"], values(each)["end"])
        for each in outcome.grounded
        if each.record_type == "tenure"
    }
    assert spells == {
        "Ada Moro": ("2001-05", "2005-06"),
        "Cleo Sand": ("2005-06", "2009-07"),
        "Dora Lind": ("2009-07", "2012"),
    }
    assert not outcome.refused


def test_the_post_is_the_last_one_of_its_holder_else_of_whom_the_sentence_names() -> None:
    text = "President Ada Moro of Kenya spoke. She left office on 9 April 2013, when Ben Ito took over."
    about = page(text, published="2015-05-05")
    outcome = grounded(
        about,
        *named("Ben Ito"),
        PersonDraft(name="Ada Moro", office="President"),
        held("Ada Moro", "office", "", "9 April 2013"),
        held("Ben Ito", "office", "9 April 2013"),
    )
    spells = [values(each) for each in outcome.grounded if each.record_type == "tenure"]
    assert [(each["person_id"], each["office"], each.get("start"), each.get("end")) for each in spells] == [
        ("Ada Moro", "President", None, "2013-04-09"),
        ("Ben Ito", "President", "2013-04-09", None),
    ]


def test_a_post_of_which_nothing_is_known_is_refused() -> None:
    outcome = grounded(
        "Ada Moro took office on 9 April 2013.", *named("Ada Moro"), held("Ada Moro", "office", "9 April 2013")
    )
    assert reasons(outcome) == ["unresolved"]


MADE_HIM = "Ada Moro made him vice-president in May 2001. Ben Ito kept that post until March 2003."


def test_a_title_after_him_is_not_hers_who_gave_it() -> None:
    about = page(MADE_HIM, published="2015-05-05")
    people = named("Ada Moro", "Ben Ito")
    wrong = grounded(about, *people, held("Ada Moro", "vice-president", "May 2001"))
    assert reasons(wrong) == ["subject_not_in_text"]
    right = only(grounded(about, *people, held("Ben Ito", "vice-president", "May 2001", "March 2003")), "tenure")
    assert (values(right)["start"], values(right)["end"]) == ("2001-05", "2003-03")


SWAPPED = (
    "Ada Moro was deputy mayor of Tarn from May 1996 until June 1998. Ben Ito pushed Cleo Sand out in July 1999 and "
    "took the job. Dora Lind has led the Harvest Party since 2001, and her partner is Ember, led since May 2009 by Eve "
    "Orr."
)


@pytest.mark.parametrize(
    ("person", "office", "start", "end"),
    [
        ("Ben Ito", "deputy mayor of Tarn", "May 1996", "June 1998"),
        ("Cleo Sand", "deputy mayor of Tarn", "May 1996", "June 1998"),
        ("Ben Ito", "deputy mayor of Tarn", "", "July 1999"),
        ("Dora Lind", "deputy mayor of Tarn", "May 1996", "June 1998"),
        ("Ada Moro", "led", "May 2009", ""),
        ("Cleo Sand", "led the Harvest Party", "2001", ""),
    ],
)
def test_a_spell_of_another_is_nobody_elses_who_stands_near_it(person: str, office: str, start: str, end: str) -> None:
    body = {"organization": "Ember"} if office == "led" else {}
    outcome = grounded(page(SWAPPED, published="2015-05-05"), *PEOPLE, held(person, office, start, end, **body))
    assert not [values(each) for each in outcome.grounded if each.record_type == "tenure"]
