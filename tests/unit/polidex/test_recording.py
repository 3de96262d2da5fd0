"""The name of a post without its country, and what of the country's words goes with it."""

from __future__ import annotations

import pytest

from polidex.facts import Fact
from polidex.quotes import Found
from polidex.recording import office_name
from schema.vocabulary import Basis, Match


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
    ],
)
def test_only_the_words_of_the_country_go(surface: str, country: str | None, expected: str) -> None:
    fact = Fact("XX", (Found(0, 1, Match.EXACT),), Basis.STATED, country) if country else None
    assert office_name(surface, fact, "en") == expected
