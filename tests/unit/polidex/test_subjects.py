"""Who does what a sentence says, in the ways in which news says it."""

from __future__ import annotations

import pytest

from polidex.cues import find_cues
from polidex.named import Mention, People
from polidex.page import Page
from polidex.subjects import actor, antecedent, means, mentions
from tests.unit.polidex.told import page

NAMES = ("Ada Moro", "Ben Ito", "Cleo Sand")


def people_of(read: Page) -> People:
    people = People(read.text, read.version.reading_spans, read.language)
    people.learn(NAMES)
    return people


def who(read: Page, people: People, mention: Mention | None) -> str | None:
    """The name that a mention has, or whom a pronoun means."""
    named = mention and (mention.named or antecedent(read, people, mention.start))
    return named.name if named else None


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("“No,” Ada Moro told Ben Ito in Nairobi.", "told", "Ada Moro"),
        ("“No,” said the prime minister of Kenya, Cleo Sand.", "said", "Cleo Sand"),
        ("Ada Moro spoke. “No,” said Ben Ito.", "said", "Ben Ito"),
        ("The plan of Ada Moro was approved by the Minister of Justice, Ben Ito.", "approved", "Ben Ito"),
        ("According to Cleo Sand, Ada Moro has left.", "According", "Cleo Sand"),
        ("Ada Moro lost to Ben Ito, who said that it was over.", "said", "Ben Ito"),
        ("After a talk with Ben Ito, Ada Moro said that it was over.", "said", "Ada Moro"),
        ("Ada Moro came to the capital. There she said that it was over.", "said", "Ada Moro"),
        ("Ada Moro praised “Ben Ito and his men”, and said no more.", "said", "Ada Moro"),
        ("Ada Moro has come. Moro said no more.", "said", "Ada Moro"),
        ("In Nairobi Ada Moro said no more.", "said", "Ada Moro"),
        ("The state said no more.", "said", None),
    ],
)
def test_who_says_something(text: str, verb: str, expected: str | None) -> None:
    read = page(text)
    people = people_of(read)
    at = text.index(verb)
    assert who(read, people, actor(read, people, (at, at + len(verb)))) == expected


@pytest.mark.parametrize(
    ("text", "winner"),
    [
        ("Ben Ito won the vote, ahead of Ada Moro.", "Ben Ito"),
        ("The seat was won by Cleo Sand.", "Cleo Sand"),
        ("Ada Moro was defeated by Ben Ito.", "Ben Ito"),
        ("A victory for Cleo Sand came late.", "Cleo Sand"),
    ],
)
def test_who_wins(text: str, winner: str) -> None:
    read = page(text)
    people = people_of(read)
    [cue] = find_cues("win", text, "en")
    assert who(read, people, actor(read, people, cue)) == winner


def test_a_pronoun_means_the_subject_of_the_nearest_sentence_that_names_one() -> None:
    text = "Ada Moro met Ben Ito. She left early. After the fall of Cleo Sand she came back."
    read = page(text)
    people = people_of(read)
    for at in (text.index("She"), text.index("she")):
        found = antecedent(read, people, at)
        assert found is not None and found.name == "Ada Moro"
    assert antecedent(read, people, 0) is None


def test_after_a_preposition_a_name_with_its_title_is_an_object() -> None:
    read = page("Under President Ada Moro, and after Ben Ito left, the chair of Cleo Sand stood empty.")
    found = mentions(read, people_of(read), (0, len(read.text)))
    assert [each.is_object for each in found] == [True, False, True]


def test_where_the_pronouns_of_a_language_are_not_listed_anybody_may_be_meant() -> None:
    read = page("Ada Moro sagte nein.", language="xx")
    people = people_of(read)
    [named] = [each for each in people if each.name == "Ada Moro"]
    assert means(read, people, None, named)
