"""A date that a draft gives to a spell may be somebody else's, though it stands near the office."""

from __future__ import annotations

import pytest

from extractors.extractor import Draft
from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from tests.unit.polidex.told import grounded, values


def held(person: str, office: str, start: str = "", end: str = "") -> Draft:
    return TenureDraft(person=person, office=office, start=start, end=end)


def spells(text: str, *drafts: Draft) -> list[tuple[str, str | None, str | None]]:
    """Holder, first and last day of each spell that is kept."""
    people = [PersonDraft(name=name, office="") for name in ("Ada Moro", "Ben Ito") if name in text]
    told = [values(each) for each in grounded(text, *people, *drafts).grounded if each.record_type == "tenure"]
    return [(each["person_id"], each.get("start"), each.get("end")) for each in told]


@pytest.mark.parametrize(
    ("text", "draft", "kept"),
    [
        (
            "Ada Moro came. She was judge until May 2013, when she became mayor.",
            held("Ada Moro", "mayor", "", "May 2013"),
            [],
        ),
        (
            "Ada Moro came. She was judge until May 2013, when she became mayor.",
            held("Ada Moro", "mayor", "May 2013"),
            [("Ada Moro", "2013-05", None)],
        ),
        (
            "Ada Moro came. She worked until May 2013, when, after the resignation of Ben Ito, she became mayor.",
            held("Ben Ito", "mayor", "", "May 2013"),
            [("Ben Ito", None, "2013-05")],
        ),
        (
            "Ben Ito finally resigned in January 2022. Ada Moro, who was mayor in 2011-2013, came back.",
            held("Ada Moro", "mayor", "January 2022", "2013"),
            [("Ada Moro", None, "2013")],
        ),
        (
            "Ada Moro was mayor from 2010 to 2014 and again from March 2018 to March 2022.",
            held("Ada Moro", "mayor", "2010", "March 2022"),
            [("Ada Moro", None, None)],
        ),
        (
            "Ada Moro was mayor from 2010 to 2014 and again from March 2018 to March 2022.",
            held("Ada Moro", "mayor", "March 2018", "March 2022"),
            [("Ada Moro", "2018-03", "2022-03")],
        ),
        (
            "Ada Moro became mayor in 2013.",
            held("Ada Moro", "mayor", "2013", "2013"),
            [("Ada Moro", "2013", None)],
        ),
        (
            "Ben Ito was mayor from December 1996 until August 1998. Ada Moro held no post.",
            held("Ada Moro", "mayor", "December 1996", "August 1998"),
            [],
        ),
        (
            "Ben Ito was mayor until May 2013. Ada Moro succeeded him and held the post for a year.",
            held("Ada Moro", "mayor", "May 2013"),
            [("Ada Moro", "2013-05", None)],
        ),
        (
            "Ben Ito took over as mayor in May 2013. He followed Ada Moro.",
            held("Ada Moro", "mayor", "", "May 2013"),
            [("Ada Moro", None, "2013-05")],
        ),
    ],
)
def test_a_date_is_kept_where_the_words_give_it_to_the_spell(
    text: str, draft: Draft, kept: list[tuple[str, str | None, str | None]]
) -> None:
    assert spells(text, draft) == kept


def test_that_somebody_resigned_is_no_spell_by_itself() -> None:
    text = (
        "Ada Moro, the former president, stepped down in 2019, but she kept the post of chair of the council. "
        "Moro finally resigned in January 2022."
    )
    assert spells(text, held("Ada Moro", "resigned", "", "January 2022")) == []
    assert ("Ada Moro", None, "2022-01") in spells(text, held("Ada Moro", "chair of the council", "", "January 2022"))
