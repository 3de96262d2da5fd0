"""Who won a vote where it is a party or an option, with what share, at what turnout, and how a coming vote stands."""

from __future__ import annotations

import pytest

from extractors.elections import ElectionDraft
from extractors.extractor import Draft
from extractors.people import PersonDraft
from polidex.facts import Outcome
from polidex.resolve import resolve
from schema import Election, Organization
from schema.vocabulary import ElectionType
from tests.unit.polidex.told import grounded, only, page, reasons, values

REFERENDUM, PARLIAMENT, PRESIDENT = (
    ElectionType.REFERENDUM,
    ElectionType.PARLIAMENTARY,
    ElectionType.PRESIDENTIAL,
)


def vote(words: str, kind: ElectionType, date: str = "", winner: str = "", share: str = "", turnout: str = "") -> Draft:
    return ElectionDraft(election=words, type=kind, date=date, winner=winner, winner_share=share, turnout=turnout)


def read(text: str, draft: Draft, *names: str) -> Outcome:
    return grounded(page(text, published="2022-09-16"), *(PersonDraft(name=name, office="") for name in names), draft)


MMP = "In the referendum of 6 November 1993 Plan B beat the old system by 53.9 percent to 46.1 percent."
OPTIONS = "The reject option had 61.9 percent and the approve option 38.1 percent in the referendum of May 2022."
SEATS = "Harvest won 44 of the 120 seats in the election of May 2022 with 33.8 percent, Ember 37 with 28.2 percent."


@pytest.mark.parametrize(
    ("text", "draft", "field", "winner"),
    [
        (MMP, vote("referendum", REFERENDUM, winner="Plan B", share="53.9 percent"), "result.option", "Plan B"),
        (OPTIONS, vote("referendum", REFERENDUM, "", "reject", "61.9 percent"), "result.option", "reject"),
        (SEATS, vote("election", PARLIAMENT, winner="Harvest", share="33.8 percent"), "result.party_id", "Harvest"),
    ],
)  # fmt: skip
def test_a_party_or_an_option_wins_where_the_sentence_says_so(text: str, draft: Draft, field: str, winner: str) -> None:
    outcome = read(text, draft)
    told = values(only(outcome, "election"))
    assert told[field] == winner and told["status"] == "held" and "result.vote_share_pct" in told
    assert not outcome.refused


@pytest.mark.parametrize(
    ("text", "draft", "reason"),
    [
        (MMP, vote("referendum", REFERENDUM, winner="the old system", share="53.9 percent"), "rule_violated"),
        (OPTIONS, vote("referendum", REFERENDUM, winner="approve option", share="61.9 percent"), "rule_violated"),
        (OPTIONS, vote("referendum", REFERENDUM, winner="approve option", share="38.1 percent"), "rule_violated"),
        (OPTIONS, vote("referendum", REFERENDUM, winner="spoilt ballots", share="61.9 percent"), "subject_not_in_text"),
        (SEATS, vote("election", PARLIAMENT, winner="Ember"), "rule_violated"),
        (SEATS, vote("election", PARLIAMENT, winner="seats"), "rule_violated"),
        ("Kenya won much in the election of May 2022.", vote("election", PARLIAMENT, winner="Kenya"), "rule_violated"),
    ],
)
def test_a_loser_or_a_thing_is_no_winner(text: str, draft: Draft, reason: str) -> None:
    outcome = read(text, draft)
    assert reason in reasons(outcome)
    assert not any(name.startswith("result.") for name in values(only(outcome, "election")))


TOOK = "Ada Moro ran. In the presidential election of May 2002 she took 62 percent of the vote, and Ben Ito 31 percent."


def test_who_has_more_than_half_of_the_vote_has_won_it() -> None:
    won = vote("presidential election", PRESIDENT, "May 2002", "Ada Moro", "62 percent")
    told = values(only(read(TOOK, won, "Ada Moro", "Ben Ito"), "election"))
    assert (told["result.person_id"], float(told["result.vote_share_pct"])) == ("Ada Moro", 62)
    swapped = vote("presidential election", PRESIDENT, "May 2002", "Ben Ito", "62 percent")
    outcome = read(TOOK, swapped, "Ada Moro", "Ben Ito")
    assert "result.person_id" not in values(only(outcome, "election")) and "rule_violated" in reasons(outcome)
    few = vote("presidential election", PRESIDENT, "May 2002", "Ben Ito", "31 percent")
    assert "result.person_id" not in values(only(read(TOOK, few, "Ada Moro", "Ben Ito"), "election"))


def test_the_party_that_won_is_an_organization_of_the_database() -> None:
    draft = vote("election", PARLIAMENT, winner="Harvest Party")
    about = page("The Harvest Party won the election of May 2022.", published="2022-09-16")
    records = [each.record for each in resolve(about, grounded(about, draft)).resolved]
    [party] = [each for each in records if isinstance(each, Organization)]
    [election] = [each for each in records if isinstance(each, Election)]
    assert party.name == "Harvest Party"
    assert [(each.party_id, each.won) for each in election.results] == [(party.id, True)]


TURNOUT = "They held the election in May 2022. Rain fell. Harvest has 31.2 percent. {} is put at 63.5 percent."


def test_a_turnout_may_stand_later_where_the_sentence_speaks_of_turnout() -> None:
    draft = vote("election", PARLIAMENT, "May 2022", turnout="63.5 percent")
    assert values(only(read(TURNOUT.format("Turnout"), draft), "election"))["turnout_pct"] == "63.5"
    other = read(TURNOUT.format("Growth"), draft)
    assert reasons(other) == ["value_not_in_text"]


@pytest.mark.parametrize(
    ("date", "status"),
    [("8 October 2022", "scheduled"), ("October 2022", "scheduled"), ("2025", "planned"), ("May 2022", "held")],
)
def test_a_vote_in_a_coming_year_is_planned_and_on_a_day_or_in_a_month_scheduled(date: str, status: str) -> None:
    told = only(read(f"The next election is due in {date}.", vote("election", PARLIAMENT, date)), "election")
    assert values(told)["status"] == status


def test_one_stands_for_the_vote_of_the_sentence_before() -> None:
    text = "A referendum was held in May 1992. The binding one of June 1993 was close. The old one of 1990 was not."
    draft = vote("binding one", REFERENDUM, "June 1993")
    assert values(only(read(text, draft), "election"))["date"] == "1993-06"
    assert reasons(read(text, vote("old one", REFERENDUM, "1990"))) == ["rule_violated"]


def test_he_who_took_most_is_the_subject_of_the_sentences_before() -> None:
    text = "Cleo Sand gave way. Ada Moro ran. In the presidential election of May 2002 she took 62 percent of the vote."
    for name, kept in (("Ada Moro", True), ("Cleo Sand", False)):
        draft = vote("presidential election", PRESIDENT, "May 2002", name, "62 percent")
        told = values(only(read(text, draft, "Ada Moro", "Cleo Sand"), "election"))
        assert ("result.person_id" in told) is kept
