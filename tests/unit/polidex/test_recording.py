"""The name of a post without its country, and what of the country's words goes with it."""

from __future__ import annotations

import pytest

from extractors.elections import ElectionDraft
from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from extractors.statements import StatementDraft
from polidex.facts import Fact
from polidex.quotes import Found
from polidex.recording import office_name
from polidex.resolve import resolve
from schema import Election, Office, Organization, Person, Statement
from schema.vocabulary import Basis, ElectionType, Match
from tests.unit.polidex.told import grounded, page


@pytest.mark.parametrize(
    ("surface", "country", "expected"),
    [
        ("Prime Minister of Kazakhstan", "Kazakhstan", "Prime Minister"),
        ("President of the United States", "United States", "President"),
        ("Kazakh President", "Kazakh", "President"),
        ("Kazakhstan's foreign policy chief", "Kazakhstan", "Foreign policy chief"),
        ("US ambassador to the UN", "US", "Ambassador to the UN"),
        ("Russian head of the FSB", "Russian", "Head of the FSB"),
        ("UK Deputy PM", "UK", "Deputy PM"),
        ("Kenyan minister for IT in Kenya", "Kenya", "Kenyan minister for IT"),
        ("Kenya", "Kenya", "Kenya"),
        ("mayor", None, "Mayor"),
        (
            "Secretary of the United Kingdom of Great Britain",
            "United Kingdom",
            "Secretary of the United Kingdom of Great Britain",
        ),
    ],
)
def test_only_the_words_of_the_country_go(surface: str, country: str | None, expected: str) -> None:
    fact = Fact("XX", (Found(0, 1, Match.EXACT),), Basis.STATED, country) if country else None
    assert office_name(surface, fact, "en") == expected


def test_an_organization_a_caller_and_a_topic_reach_their_columns() -> None:
    about = page(
        "Ana Moro chairs the Senate. Ana Moro called an early presidential election. Ana Moro said she is glad."
    )
    outcome = grounded(
        about,
        TenureDraft(person="Ana Moro", office="chairs", start="", end="", organization="Senate"),
        PersonDraft(name="Ana Moro", office=""),
        ElectionDraft(
            election="presidential election",
            type=ElectionType.PRESIDENTIAL,
            date="",
            winner="",
            called_by="Ana Moro",
        ),
        StatementDraft(speaker="Ana Moro", verb="said", said="she is glad today", topic="mood"),
        StatementDraft(speaker="Ana Moro", verb="said", said="said she is glad", topic="mood"),
    )
    records = [each.record for each in resolve(about, outcome).resolved]
    [body] = [record for record in records if isinstance(record, Organization)]
    [office] = [record for record in records if isinstance(record, Office)]
    [person] = [record for record in records if isinstance(record, Person)]
    [election] = [record for record in records if isinstance(record, Election)]
    [statement] = [record for record in records if isinstance(record, Statement)]
    assert (body.name, office.organization_id) == ("Senate", body.id)
    assert election.called_by_id == person.id
    assert statement.topics == ("mood",)
