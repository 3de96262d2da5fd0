"""Which reform the words for a package mean, when they become one, and when they are left out."""

from __future__ import annotations

from typing import Any

from extractors.extractor import Draft
from extractors.reforms import ReformDraft
from polidex.resolve import resolve
from schema.vocabulary import QuarantineReason, RecordType, ReformArea, ReformStatus
from tests.unit.polidex.told import grounded, page, values

TEXT = (
    "Kenya adopted a new constitution in August 2010. It set up 47 counties with elected governors. "
    "It also created a Supreme Court. The pension reform package raises the retirement age to 65. "
    "The winter was long, and nobody could leave the town. The tax on fuel was cut in May."
)
PAGE = page(TEXT, published="2011-03-01")


def reform(change: str, **more: object) -> Draft:
    given = {"area": ReformArea.GOVERNANCE, "status": ReformStatus.ADOPTED, **more}
    return ReformDraft.model_validate({"change": change, **given})


CONSTITUTION = reform("adopted a new constitution")
COUNTIES = "set up 47 counties with elected governors"


def told(*drafts: Draft) -> dict[str, dict[str, Any]]:
    """The reforms by title."""
    found = [draft for draft in grounded(PAGE, *drafts).grounded if draft.record_type is RecordType.REFORM]
    return {str(values(draft)["title"]): values(draft) for draft in found}


def test_the_package_of_a_measure_is_another_reform_of_the_document() -> None:
    found = told(CONSTITUTION, reform(COUNTIES, package="a new constitution"))
    assert found["Set up 47 counties with elected governors"]["parent"] == "Adopted a new constitution"
    assert "parent" not in found["Adopted a new constitution"]
    assert len(found) == 2
    after = told(reform(COUNTIES, package="new constitution"), CONSTITUTION)
    assert after["Set up 47 counties with elected governors"]["parent"] == "Adopted a new constitution"


def test_a_measure_is_of_the_country_of_its_package() -> None:
    found = told(CONSTITUTION, reform("created a Supreme Court", package="a new constitution"))
    assert found["Created a Supreme Court"]["country"] == found["Adopted a new constitution"]["country"] == "KE"


def test_words_for_a_package_that_is_told_nowhere_else_become_a_reform() -> None:
    found = told(reform("raises the retirement age to 65", package="The pension reform package", value_new="65"))
    assert found["Raises the retirement age to 65"]["parent"] == "The pension reform package"
    package = found["The pension reform package"]
    assert (package["area"], package["current_status"]) == ("other", "adopted")
    assert "measure.value_new" not in package


def test_words_that_name_no_reform_or_the_change_itself_are_no_package() -> None:
    assert told(reform("raises the retirement age to 65", package="The winter")) == told(
        reform("raises the retirement age to 65")
    )
    itself = grounded(PAGE, reform("47 counties with elected", package=COUNTIES))
    assert [refused.reason for refused in itself.refused] == [QuarantineReason.RULE_VIOLATED]
    absent = grounded(PAGE, reform(COUNTIES, package="the great charter"))
    assert [refused.reason for refused in absent.refused] == [QuarantineReason.VALUE_NOT_IN_TEXT]


def test_two_dated_steps_in_the_same_words_stay_two() -> None:
    text = "The law that cut the voting age passed on June 17, 2015 and came into force on June 19, 2016 in Japan."
    drafts = [
        reform("The law that cut the voting age", status=ReformStatus.ADOPTED, date="June 17, 2015"),
        reform("The law that cut the voting age", status=ReformStatus.IN_FORCE, date="June 19, 2016"),
        reform("The law that cut the voting age", status=ReformStatus.ADOPTED, date="June 17, 2015"),
    ]
    found = grounded(page(text, published="2017-01-01"), *drafts).grounded
    assert [(draft.facts["current_status"].value, draft.facts["event.date"].value) for draft in found] == [
        ("adopted", "2015-06-17"),
        ("in_force", "2016-06-19"),
    ]


DRAFTS = (
    "Voters turned down a draft constitution in May 2010. The draft would have replaced the Senate with a Chamber. "
    "The bill would have cut the term of judges."
)


def test_the_draft_is_the_one_that_was_told_before_and_the_bill_alone_is_none() -> None:
    about = page(DRAFTS, published="2011-03-01")
    whole = reform("turned down a draft constitution", status=ReformStatus.REJECTED)
    part = reform("replaced the Senate with a Chamber", status=ReformStatus.REJECTED, package="The draft")
    other = reform("cut the term of judges", status=ReformStatus.REJECTED, package="The bill")
    found = {values(each)["title"]: values(each) for each in grounded(about, whole, part, other).grounded}
    assert found["Replaced the Senate with a Chamber"]["parent"] == "Turned down a draft constitution"
    assert "parent" not in found["Cut the term of judges"]
    assert len(found) == 3


def test_a_further_step_in_words_that_overlap_is_of_the_same_reform() -> None:
    text = "A law which the Diet adopted in May 2015 cut the voting age from 18 to 16."
    adopted = reform("A law which the Diet adopted in May 2015 cut the voting age from 18 to 16", date="May 2015")
    in_force = reform("cut the voting age from 18 to 16", status=ReformStatus.IN_FORCE)
    about = page(text, published="2017-03-01")
    outcome = grounded(about, adopted, in_force, in_force)
    titles = {values(each)["title"] for each in outcome.grounded}
    assert len(titles) == 1 and len(outcome.grounded) == 2
    mentions = {each.key for each in resolve(about, outcome).resolved if each.record_type is RecordType.REFORM}
    assert len(mentions) == 2
