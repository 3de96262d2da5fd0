"""Who won a vote, who called it and when it was, where a sentence names several people and dates."""

from __future__ import annotations

import pytest

from extractors.elections import ElectionDraft
from extractors.extractor import Draft
from extractors.people import PersonDraft
from schema.vocabulary import ElectionType
from tests.unit.polidex.told import grounded, values

NAMES = ("Ada Moro", "Ben Ito")


def vote(words: str = "presidential election", date: str = "", **more: str) -> Draft:
    return ElectionDraft.model_validate(
        {"election": words, "type": ElectionType.PRESIDENTIAL, "date": date, "winner": "", **more}
    )


@pytest.mark.parametrize(
    ("text", "winner"),
    [
        ("Ben Ito won the presidential election ahead of Ada Moro.", "Ben Ito"),
        ("Ada Moro lost the presidential election to Ben Ito, who won 61 percent.", "Ben Ito"),
        ("In the presidential election Ada Moro was defeated by Ben Ito.", "Ben Ito"),
        ("In the presidential election Ben Ito beat Ada Moro.", "Ben Ito"),
        ("The presidential election was won by Ben Ito, Ada Moro said.", "Ben Ito"),
        ("Ada Moro said that Ben Ito had won the presidential election.", "Ben Ito"),
        ("Ada Moro came. She won the presidential election, and Ben Ito lost.", "Ada Moro"),
    ],
)
def test_who_lost_has_not_won(text: str, winner: str) -> None:
    people = [PersonDraft(name=name, office="") for name in NAMES]
    for name in NAMES:
        found = grounded(text, *people, vote(winner=name))
        [election] = [each for each in found.grounded if each.record_type == "election"]
        assert values(election).get("result.person_id") == (name if name == winner else None)
        assert bool(found.refused) is (name != winner)


def test_who_called_a_vote_is_the_subject_of_the_word_for_it() -> None:
    text = "Ada Moro dissolved the house after a talk with Ben Ito and called a presidential election."
    people = [PersonDraft(name=name, office="") for name in NAMES]
    for name, said in (("Ada Moro", "Ada Moro"), ("Ben Ito", None)):
        found = grounded(text, *people, vote(called_by=name))
        [election] = [each for each in found.grounded if each.record_type == "election"]
        assert values(election).get("called_by_id") == said


def test_of_two_votes_in_a_sentence_each_has_its_own_date() -> None:
    text = "After the presidential election of March 1998 came the general election of May 2001."
    right = (vote(date="March 1998"), vote("general election", "May 2001"))
    assert not grounded(text, *right).refused
    swapped = grounded(text, *right, vote(date="May 2001"), vote("general election", "March 1998"))
    assert len(swapped.refused) == 2
    assert [values(each) for each in swapped.grounded] == [values(each) for each in grounded(text, *right).grounded]
