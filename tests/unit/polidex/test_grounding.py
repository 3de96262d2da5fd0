"""Each rule of grounding: what is true is kept with its words, and each kind of lie is refused with its reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.elections import ElectionDraft
from extractors.examples import PASSAGES
from extractors.extractor import Draft
from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from extractors.prompt import EXTRACTORS
from extractors.reforms import ReformDraft
from extractors.statements import StatementDraft
from polidex.page import Page
from polidex.windows import Window
from schema.vocabulary import (
    Basis,
    DecidedBy,
    ElectionType,
    LegalInstrument,
    QuarantineReason,
    ReformArea,
    ReformStatus,
)
from tests.unit.polidex.told import grounded, only, page, reasons, values, version, words

TEXT = (
    "Ada Moro was finance minister of Kenya in 2004-2008. She then taught law. "
    "In June 2024 Ben Ito won the snap presidential elections with 61.5 percent of the vote. "
    "The new law cuts the term of judges from ten years to six. "
    "“No court should belong to one generation,” Moro told reporters in Nairobi. "
    "Her neighbours remember the long winter well. The roads were closed for weeks on end. "
    "Nobody could leave the town at all. Cleo Sand keeps bees there."
)
PEOPLE = tuple(PersonDraft(name=name, office="") for name in ("Ada Moro", "Ben Ito", "Cleo Sand"))
LATER = page(TEXT, published="2025-03-01")


def tenure(
    person: str = "Ada Moro", office: str = "finance minister of Kenya", start: str = "", end: str = ""
) -> Draft:
    return TenureDraft(person=person, office=office, start=start, end=end)


def election(words: str = "snap presidential elections", date: str = "June 2024", **more: str) -> Draft:
    given = {"winner": "", **more}
    return ElectionDraft.model_validate({"election": words, "type": ElectionType.PRESIDENTIAL, "date": date, **given})


def reform(change: str = "cuts the term of judges from ten years to six", **more: object) -> Draft:
    given = {"area": ReformArea.JUDICIARY, "status": ReformStatus.ADOPTED, **more}
    return ReformDraft.model_validate({"change": change, **given})


def statement(
    said: str = "No court should belong to one generation", speaker: str = "Moro", verb: str = "told", **more: str
) -> Draft:
    return StatementDraft.model_validate({"speaker": speaker, "verb": verb, "said": said, **more})


def test_a_true_spell_is_kept_with_the_words_of_each_value() -> None:
    found = grounded(LATER, *PEOPLE, tenure(start="2004", end="2008"))
    spell = only(found, "tenure")
    assert values(spell) == {
        "person_id": "Ada Moro",
        "office": "finance minister of Kenya",
        "start": "2004",
        "end": "2008",
        "status": "ended",
        "role": "minister",
        "country": "KE",
    }
    assert words(LATER, spell.facts["person_id"]) == ["Ada Moro"]
    assert words(LATER, spell.facts["country"]) == ["Kenya"]
    assert spell.facts["start"].basis is Basis.STATED
    assert not found.refused


def test_a_true_election_is_kept() -> None:
    found = grounded(LATER, *PEOPLE, election(winner="Ben Ito", winner_share="61.5 percent"))
    vote = only(found, "election")
    assert values(vote) | {"country": "KE"} == {
        "type": "presidential",
        "date": "2024-06",
        "result.person_id": "Ben Ito",
        "result.vote_share_pct": "61.5",
        "early": "true",
        "status": "held",
        "country": "KE",
    }
    assert not found.refused


def test_a_true_reform_is_kept() -> None:
    found = grounded(
        LATER,
        reform(value_old="ten years", value_new="six", instrument=LegalInstrument.LAW, decided_by=DecidedBy.PARLIAMENT),
    )
    change = values(only(found, "reform"))
    assert change["title"] == "Cuts the term of judges from ten years to six"
    assert (change["measure.value_old"], change["measure.value_new"]) == ("ten years", "six")
    assert not found.refused


def test_a_true_statement_is_kept_and_direct_words_are_those_of_the_text() -> None:
    found = grounded(LATER, *PEOPLE, statement(venue="Nairobi", addressee="reporters"))
    said = values(only(found, "statement"))
    assert (said["form"], said["venue"], said["addressee"]) == ("direct", "Nairobi", "reporters")
    assert said["text"] in TEXT
    assert only(found, "statement").people["speaker_id"].name == "Ada Moro"
    assert not found.refused


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        (tenure(office="minister of culture"), QuarantineReason.QUOTE_NOT_FOUND),
        (tenure(person="Dan Orr", start="2004"), QuarantineReason.SUBJECT_NOT_IN_TEXT),
        (tenure(person="Cleo Sand", start="2004"), QuarantineReason.SUBJECT_NOT_IN_TEXT),
        (tenure(office="taught law"), QuarantineReason.RULE_VIOLATED),
        (tenure(office="Kenya"), QuarantineReason.RULE_VIOLATED),
        (tenure(office="Ada Moro"), QuarantineReason.RULE_VIOLATED),
        (election("parliamentary elections"), QuarantineReason.QUOTE_NOT_FOUND),
        (election("won the race"), QuarantineReason.QUOTE_NOT_FOUND),
        (election("taught law", ""), QuarantineReason.RULE_VIOLATED),
        (reform("cuts the term of senators"), QuarantineReason.QUOTE_NOT_FOUND),
        (reform("The roads were closed"), QuarantineReason.RULE_VIOLATED),
        (reform("new law"), QuarantineReason.RULE_VIOLATED),
        (statement("Every court should belong to the people"), QuarantineReason.QUOTE_NOT_FOUND),
        (statement(verb="taught"), QuarantineReason.RULE_VIOLATED),
        (statement(verb="shouted"), QuarantineReason.RULE_VIOLATED),
        (statement(speaker="Dan Orr"), QuarantineReason.SUBJECT_NOT_IN_TEXT),
        (statement(speaker="Cleo Sand"), QuarantineReason.SUBJECT_NOT_IN_TEXT),
        (statement("No court"), QuarantineReason.RULE_VIOLATED),
        (PersonDraft(name="Dan Orr", office=""), QuarantineReason.SUBJECT_NOT_IN_TEXT),
        (PersonDraft(name="Kenya", office=""), QuarantineReason.NOT_A_PERSON),
        (PersonDraft(name="finance minister", office=""), QuarantineReason.NOT_A_PERSON),
    ],
    ids=str,
)
def test_a_draft_whose_subject_is_not_there_goes_whole(lie: Draft, reason: QuarantineReason) -> None:
    truth = grounded(LATER, *PEOPLE)
    found = grounded(LATER, *PEOPLE, lie)
    assert reasons(found) == [reason]
    assert [values(each) for each in found.grounded] == [values(each) for each in truth.grounded]
    [refused] = found.refused
    assert refused.detail
    assert next(value for value in dict(lie).values() if value) in refused.payload


@pytest.mark.parametrize(
    ("draft", "kind", "field", "reason"),
    [
        (tenure(start="2017"), "tenure", "start", QuarantineReason.VALUE_NOT_IN_TEXT),
        (tenure(start="2004", end="2019"), "tenure", "end", QuarantineReason.VALUE_NOT_IN_TEXT),
        (tenure(start="June 2024"), "tenure", "start", QuarantineReason.VALUE_NOT_IN_TEXT),
        (election(date="June 2025"), "election", "date", QuarantineReason.VALUE_NOT_IN_TEXT),
        (election(winner="Dan Orr"), "election", "result.person_id", QuarantineReason.SUBJECT_NOT_IN_TEXT),
        (election(winner="Cleo Sand"), "election", "result.person_id", QuarantineReason.SUBJECT_NOT_IN_TEXT),
        (election(turnout="88 percent"), "election", "turnout_pct", QuarantineReason.VALUE_NOT_IN_TEXT),
        (reform(value_old="twelve years"), "reform", "measure.value_old", QuarantineReason.VALUE_NOT_IN_TEXT),
        (reform(date="May 2020"), "reform", "event.date", QuarantineReason.VALUE_NOT_IN_TEXT),
        (statement(venue="Mombasa"), "statement", "venue", QuarantineReason.VALUE_NOT_IN_TEXT),
        (statement(date="1 May 2021"), "statement", "date", QuarantineReason.VALUE_NOT_IN_TEXT),
    ],
    ids=str,
)
def test_of_a_draft_with_one_wrong_value_the_rest_is_kept(
    draft: Draft, kind: str, field: str, reason: QuarantineReason
) -> None:
    found = grounded(LATER, *PEOPLE, draft)
    assert field not in only(found, kind).facts
    assert reasons(found) == [reason]


@pytest.mark.parametrize(
    ("text", "said", "verb", "speaker"),
    [
        ("Ada Moro told Ben Ito that the roads were closed.", "the roads were closed", "told", "Ada Moro"),
        ("“The roads are closed,” said Ben Ito, whom Ada Moro had sent.", "The roads are closed", "said", "Ben Ito"),
        ("Ada Moro met Ben Ito. She said the roads were closed.", "the roads were closed", "said", "Ada Moro"),
        ("The plan was welcomed by Ben Ito, a friend of Ada Moro.", "The plan was", "welcomed", "Ben Ito"),
        ("Ada Moro came. He told Ben Ito that roads were closed.", "roads were closed", "told", "Ada Moro"),
    ],
)
def test_a_statement_is_of_the_subject_of_its_verb(text: str, said: str, verb: str, speaker: str) -> None:
    people = [PersonDraft(name=name, office="") for name in ("Ada Moro", "Ben Ito")]
    for name in ("Ada Moro", "Ben Ito"):
        found = grounded(text, *people, statement(said, name, verb))
        assert ("statement" in [each.record_type for each in found.grounded]) is (name == speaker)
        assert reasons(found) == ([] if name == speaker else [QuarantineReason.SUBJECT_NOT_IN_TEXT])


def test_a_body_does_not_say_what_a_person_says_of_it() -> None:
    text = "Ada Moro said that the government had closed the roads. “No more roads,” the government said."
    people = PersonDraft(name="Ada Moro", office="")
    lie = grounded(text, people, statement("had closed the roads", "government", "said"))
    assert reasons(lie) == [QuarantineReason.SUBJECT_NOT_IN_TEXT]
    assert not grounded(text, people, statement("No more roads", "government", "said")).refused


def test_the_same_draft_of_the_same_passage_counts_once_and_is_refused_after_that() -> None:
    once = grounded(LATER, *PEOPLE, tenure(start="2004"), statement())
    found = grounded(LATER, *PEOPLE, tenure(start="2004"), tenure(start="2004"), statement(), statement(), statement())
    assert found.grounded == once.grounded
    assert reasons(found) == [QuarantineReason.DUPLICATE] * 3


@pytest.mark.parametrize("turned", [False, True])
def test_beside_a_draft_without_a_fault_one_with_a_refused_value_only_adds_what_is_missing(turned: bool) -> None:
    right = [tenure(start="2004"), election(winner="Ben Ito")]
    partly = [
        tenure(start="2017", end="2008"),
        election(date="May 1999", winner_share="61.5 percent", winner="Ben Ito"),
    ]
    drafts = [*partly, *right] if turned else [*right, *partly]
    found = grounded(LATER, *PEOPLE, *drafts)
    spell, vote = values(only(found, "tenure")), values(only(found, "election"))
    assert (spell["start"], spell["end"]) == ("2004", "2008")
    # Of a result nothing is taken from a draft that is partly wrong.
    assert vote["date"] == "2024-06"
    assert "result.vote_share_pct" not in vote


def test_an_author_who_is_not_in_the_text_is_no_person_of_it() -> None:
    by = page("By Dan Orr\n\nAda Moro was finance minister of Kenya in 2004-2008.", byline=["Dan Orr"])
    found = grounded(by, PersonDraft(name="Dan Orr", office=""), PersonDraft(name="Ada Moro", office=""))
    assert reasons(found) == [QuarantineReason.BYLINE_ONLY]
    assert [values(each)["name"] for each in found.grounded] == ["Ada Moro"]
    spoken = page("By Dan Orr\n\nDan Orr was finance minister of Kenya for four long years.", byline=["Dan Orr"])
    assert not grounded(spoken, PersonDraft(name="Dan Orr", office="")).refused


def test_words_outside_the_window_are_not_what_the_model_read() -> None:
    start = TEXT.index("Her neighbours")
    found = grounded(LATER, *PEOPLE, tenure(), window=Window(start, len(TEXT), (start, start)))
    assert QuarantineReason.QUOTE_NOT_FOUND in reasons(found)


def test_a_title_beside_a_name_is_a_spell_and_a_wrong_title_costs_only_itself() -> None:
    found = grounded(LATER, PersonDraft(name="Ada Moro", office="finance minister of Kenya"))
    assert values(only(found, "tenure"))["person_id"] == "Ada Moro"
    wrong = grounded(LATER, PersonDraft(name="Ada Moro", office="queen of Kenya"))
    assert [each.record_type for each in wrong.grounded] == ["person"]
    assert reasons(wrong) == [QuarantineReason.QUOTE_NOT_FOUND]


def test_whom_somebody_made_something_is_named_before() -> None:
    text = "Ada Moro was mayor from May 2019 to June 2021. A decree of Ben Ito made her judge in July 2021."
    made = TenureDraft(person="Ada Moro", office="judge", start="July 2021", end="")
    found = grounded(text, made, PersonDraft(name="Ben Ito", office=""))
    assert values(only(found, "tenure"))["person_id"] == "Ada Moro"


def test_a_title_is_not_looked_for_inside_the_word_for_a_vote() -> None:
    text = "President Ada Moro, in office since May 2, 2019, won the presidential election of March 3, 2022."
    draft = TenureDraft(person="Ada Moro", office="President", start="since May 2, 2019", end="")
    vote = election("presidential election", "March 3, 2022")
    found = grounded(text, draft, vote)
    assert values(only(found, "tenure"))["start"] == "2019-05-02"
    assert not found.refused


@pytest.mark.parametrize(
    ("title", "status"), [("Premier ministre", "current"), ("premier président", "unknown"), ("président", "current")]
)
def test_a_title_with_a_number_may_be_of_the_past_but_a_prime_minister_has_none(title: str, status: str) -> None:
    read = page(f"Le {title} Ada Moro a parlé.", language="fr")
    found = grounded(read, PersonDraft(name="Ada Moro", office=title))
    assert values(only(found, "tenure"))["status"] == status


@pytest.mark.parametrize(
    ("published", "date", "status", "modality"),
    [
        ("2024-01-10", "June 2024", "scheduled", "planned"),
        ("2025-01-10", "June 2024", "held", "asserted"),
        ("2025-01-10", "", "planned", "planned"),
    ],
)
def test_an_election_stands_as_the_date_of_the_document_has_it(
    published: str, date: str, status: str, modality: str
) -> None:
    found = only(grounded(page(TEXT, published=published), election(date=date)), "election")
    assert (values(found)["status"], found.modality) == (status, modality)


def test_what_is_said_twice_of_the_same_words_is_one() -> None:
    found = grounded(
        LATER, *PEOPLE, tenure(start="2004"), tenure(start="2004"), reform(), reform(), statement(), statement()
    )
    assert sorted(each.record_type for each in found.grounded) == sorted(
        ["person"] * 3 + ["tenure", "reform", "statement"]
    )


@pytest.mark.parametrize(
    ("text", "early"),
    [
        ("Ben Ito called snap presidential elections.", "snap"),
        ("Ben Ito won the early presidential elections.", "early"),
        ("In early May presidential elections were held.", None),
        ("In early March 2010 the presidential elections were held.", None),
        ("The elections, early in the year, were presidential elections.", None),
        ("The nearly presidential elections were held.", None),
    ],
)
def test_a_vote_is_early_where_its_own_words_say_so(text: str, early: str | None) -> None:
    read = page(text)
    facts = only(grounded(read, election("presidential elections", "")), "election").facts
    assert (words(read, facts["early"]) if "early" in facts else None) == ([early] if early else None)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("since 2019", "", ("2019", None)),
        ("2004-2008", "", ("2004", "2008")),
        ("", "2011-2013", ("2011", "2013")),
        ("2004", "2011-2013", ("2004", "2013")),
        ("until March 2018", "", (None, "2018-03")),
        ("", "since 2019", ("2019", None)),
    ],
)
def test_a_span_of_time_is_the_two_ends_of_a_spell(
    start: str, end: str, expected: tuple[str | None, str | None]
) -> None:
    read = page("Ada Moro was mayor, since 2019, in 2004-2008, 2011-2013 and until March 2018 as said.")
    facts = only(grounded(read, tenure(office="mayor", start=start, end=end)), "tenure").facts
    assert tuple(facts[name].value if name in facts else None for name in ("start", "end")) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("in the first half of 2019", "", ("2019-01/2019-06", None)),
        ("last week", "", ("2022-09-05/2022-09-11", None)),
        ("", "last week", (None, "2022-09-05/2022-09-11")),
        ("in the spring of 2018", "", ("2018-21", None)),
    ],
)
def test_a_stretch_of_time_is_one_end_of_a_spell(start: str, end: str, expected: tuple[str | None, str | None]) -> None:
    read = page("Ada Moro was mayor, in the first half of 2019, last week, in the spring of 2018 as said.")
    facts = only(grounded(read, tenure(office="mayor", start=start, end=end)), "tenure").facts
    assert tuple(facts[name].value if name in facts else None for name in ("start", "end")) == expected


def test_a_date_of_a_statement_counts_from_the_publication_and_never_from_the_day_of_the_copy() -> None:
    text = "The law will change, Ada Moro said on Tuesday. Parliament will vote on Tuesday."
    read = Page(version(text).model_copy(update={"crawled_at": datetime(2023, 9, 19, tzinfo=UTC)}))
    said = statement("The law will change", verb="said", date="on Tuesday")
    fact = only(grounded(read, *PEOPLE, said), "statement").facts["date"]
    assert (fact.value, fact.basis) == ("2022-09-13", Basis.CONTEXT)
    unpublished = Page(version(text, published=None).model_copy(update={"crawled_at": read.version.crawled_at}))
    assert "date" not in only(grounded(unpublished, *PEOPLE, said), "statement").facts


def test_of_a_statement_joined_from_two_places_the_first_words_are_what_was_said() -> None:
    joined = "No court should belong to one generation ... The roads were closed for weeks"
    said = only(grounded(LATER, *PEOPLE, statement(joined)), "statement")
    assert values(said)["text"] == "No court should belong to one generation"


@pytest.mark.parametrize("number", range(len(PASSAGES)))
def test_worked_answers_hold_against_the_rules_that_other_answers_are_held_to(number: int) -> None:
    # Whom a passage speaks of by `she` is named in the sentence before; both are one document here.
    passage = PASSAGES[number]
    start = len(passage.before) + 1 if passage.before else 0
    read = page(f"{passage.before} {passage.text}".strip())
    drafts = [draft for extractor in EXTRACTORS for draft in extractor.answers[number]]
    found = grounded(read, *drafts, window=Window(start, len(read.text), (0, max(0, start - 1))))
    assert not [refused for refused in found.refused if refused.reason is QuarantineReason.QUOTE_NOT_FOUND]


@given(
    name=st.text(max_size=12),
    office=st.text(max_size=20),
    start=st.text(max_size=8),
    said=st.text(max_size=30),
)
def test_whatever_a_model_returns_is_grounded_or_refused(name: str, office: str, start: str, said: str) -> None:
    drafts = [
        PersonDraft(name=name, office=office),
        tenure(name, office, start, start),
        election(office, start, winner=name, turnout=start),
        reform(said, value_new=office),
        statement(said, name, office),
    ]
    found = grounded(LATER, *drafts)
    for draft in found.grounded:
        for fact in draft.facts.values():
            assert fact.spans
            assert all(0 <= span.start < span.end <= len(TEXT) for span in fact.spans)
    assert all(refused.detail for refused in found.refused)


RULES = (
    "A royal board recommended Plan B in December 1986. The cabinet turned it down in 2013. Nobody asked in 2014. "
    "In May 1945 it went down from 25 to 20, and women received the vote."
)


@pytest.mark.parametrize(
    ("more", "date"),
    [
        ({"date": "2013", "decided_by": DecidedBy.GOVERNMENT}, "2013"),
        ({"date": "2013"}, None),
        ({"date": "2014", "decided_by": DecidedBy.GOVERNMENT}, None),
    ],
)
def test_the_day_of_a_step_may_follow_where_that_sentence_says_who_took_it(
    more: dict[str, object], date: str | None
) -> None:
    text = "In 2012 it proposed to cut the threshold for parties. The government turned it down in 2013. 2014 was calm."
    outcome = grounded(page(text, published="2016-01-01"), reform("cut the threshold for parties", **more))
    assert values(only(outcome, "reform")).get("event.date") == date


@pytest.mark.parametrize(
    ("change", "more", "kept"),
    [
        ("it went down from 25 to 20", {"value_old": "25", "value_new": "20"}, True),
        ("it went down from 25 to 20", {"value_old": "25", "value_new": "30"}, False),
        ("it went down from 25 to 20", {}, False),
    ],
)
def test_words_for_a_change_are_about_rules_or_stand_with_its_values_in_a_sentence_that_is(
    change: str, more: dict[str, object], kept: bool
) -> None:
    outcome = grounded(page(RULES, published="2016-01-01"), reform(change, **more))
    assert bool(outcome.grounded) is kept


def test_where_and_when_something_was_said_may_stand_between_the_verb_and_the_words() -> None:
    text = "Ada Moro said in a televised address to the whole nation on 4 May 2020 that the roads would be closed."
    about = page(text, published="2022-09-16")
    said = "the roads would be closed"
    whole = grounded(
        about,
        PEOPLE[0],
        statement(said, "Ada Moro", "said", venue="televised address to the whole nation", date="4 May 2020"),
    )
    assert values(only(whole, "statement"))["date"] == "2020-05-04"
    assert "rule_violated" in reasons(grounded(about, PEOPLE[0], statement(said, "Ada Moro", "said")))
