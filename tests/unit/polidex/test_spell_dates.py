"""Which dates of a sentence are those of a spell in office, and which are those of something else."""

from __future__ import annotations

import pytest

from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from polidex.facts import Outcome
from tests.unit.polidex.told import grounded, page, values


def read(text: str, person: str, office: str, start: str = "", end: str = "") -> Outcome:
    people = [PersonDraft(name=name, office="") for name in ("Ada Moro", "Ben Ito") if name in text]
    draft = TenureDraft(person=person, office=office, start=start, end=end)
    return grounded(page(text, published="2022-09-16"), *people, draft)


def spell(text: str, person: str, office: str, start: str = "", end: str = "") -> dict[str, str]:
    [found] = [each for each in read(text, person, office, start, end).grounded if each.record_type == "tenure"]
    return values(found)


@pytest.mark.parametrize(
    ("text", "person", "office", "start", "end", "problem"),
    [
        (
            "She has been prime minister since 26 January 2021, when she replaced Ben Ito.",
            "Ben Ito", "prime minister", "26 January 2021", "", "who came next",
        ),
        (
            "In May 2021 Ada Moro was succeeded by Ben Ito as mayor of Tarn, who left.",
            "Ben Ito", "mayor of Tarn", "", "May 2021", "who came before",
        ),
        (
            "Former president Ada Moro wrote in an open letter in July that it was late.",
            "Ada Moro", "Former president", "July", "", "something was said",
        ),
        (
            "Ada Moro took over as mayor of Tarn in May 2021.",
            "Ada Moro", "mayor of Tarn", "", "May 2021", "nothing says that it ended",
        ),
        (
            "Ada Moro, mayor of Tarn since May 2011, stayed on after 2016 with some help.",
            "Ada Moro", "mayor of Tarn", "May 2011", "2016", "it began",
        ),
        (
            "Ada Moro was mayor of Tarn until May 2021.",
            "Ada Moro", "mayor of Tarn", "May 2021", "", "it ended",
        ),
    ],
)  # fmt: skip
def test_the_date_of_something_else_is_refused(
    text: str, person: str, office: str, start: str, end: str, problem: str
) -> None:
    outcome = read(text, person, office, start, end)
    assert any(problem in each.detail for each in outcome.refused)
    for each in outcome.grounded:
        told = values(each)
        assert "end" not in told if end else "start" not in told


def test_who_was_replaced_left_on_the_day_on_which_the_other_came() -> None:
    text = "She has been prime minister since 26 January 2021, when she replaced Ben Ito."
    assert spell(text, "Ben Ito", "prime minister", "", "26 January 2021")["end"] == "2021-01-26"


def test_one_post_ends_on_the_day_on_which_the_next_begins() -> None:
    text = "Ada Moro was mayor until March 1988, when she was moved to health. She resigned as health minister in 1991."
    told = spell(text, "Ada Moro", "health minister", "March 1988", "1991")
    assert (told["start"], told["end"]) == ("1988-03", "1991")


def test_an_end_may_stand_sentences_later_where_that_speaks_of_the_holder_and_of_an_end() -> None:
    later = "Ada Moro, mayor since May 2001, spent much. Ben Ito helped. {} in June 2005."
    assert (
        spell(later.format("A friend pushed Moro out"), "Ada Moro", "mayor", "May 2001", "June 2005")["end"]
        == "2005-06"
    )
    assert "end" not in spell(later.format("A friend pushed Ito out"), "Ada Moro", "mayor", "May 2001", "June 2005")
    assert "end" not in spell(later.format("Ada Moro wed"), "Ada Moro", "mayor", "May 2001", "June 2005")


@pytest.mark.parametrize(
    ("person", "office", "start", "end"),
    [
        ("Ada Moro", "mayor of Tarn", "", "May 2004"),
        ("Ada Moro", "mayor of Tarn", "May 2004", ""),
        ("Ben Ito", "judge", "", "June 2006"),
        ("Ben Ito", "President", "June 2011", ""),
    ],
)
def test_a_date_of_another_sentence_or_deed_is_refused(person: str, office: str, start: str, end: str) -> None:
    text = (
        "Ada Moro left the bench as a judge in May 2004. She was mayor of Tarn in 2009. Cleo Sand became envoy in June "
        "2006 and has been judge since July 2007, when she replaced Ben Ito. President Ben Ito signed it in June 2011."
    )
    told = [values(each) for each in read(text, person, office, start, end).grounded if each.record_type == "tenure"]
    assert not any("start" in each or "end" in each for each in told)
