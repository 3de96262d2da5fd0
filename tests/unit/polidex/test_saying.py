"""Of which country an office, a vote or a change is: said, concluded for what every state has, or not told."""

from __future__ import annotations

import pytest

from polidex.saying import country_of
from schema.vocabulary import Basis, OfficeRole
from tests.unit.polidex.told import page

KAZAKH = "Kazakhstan held talks. Kazakhstan gained. Kazakh voters agreed. "


def told(sentence: str, words: str, role: OfficeRole | None = OfficeRole.OTHER) -> tuple[str, str, Basis] | None:
    """The country of `words` in a text about Kazakhstan, with the words of its evidence."""
    read = page(KAZAKH + sentence)
    start = read.text.index(words, len(KAZAKH))
    fact = country_of(read, (start, start + len(words)), role)
    return (fact.value, read.text[fact.spans[0].start : fact.spans[0].end], fact.basis) if fact else None


@pytest.mark.parametrize(
    ("sentence", "words", "expected"),
    [
        ("French President Emmanuel Macron came.", "French President", ("FR", "French", Basis.STATED)),
        ("French President Emmanuel Macron came.", "President", ("FR", "French", Basis.STATED)),
        ("Ann Orr, the President of the Republic of Kenya, came.", "President", ("KE", "Kenya", Basis.STATED)),
        ("Ann Orr became deputy mayor of Kazakhstan, then mayor.", "mayor.", ("KZ", "Kazakhstan", Basis.CONTEXT)),
        ("In May she became Prime Minister.", "Prime Minister", ("KZ", "Kazakh", Basis.INFERRED)),
        ("She became Speaker of the Senate of the Parliament.", "Speaker of the Senate of the Parliament",
         ("KZ", "Kazakh", Basis.INFERRED)),
        ("She heads the Supreme Court.", "Supreme Court", ("KZ", "Kazakh", Basis.INFERRED)),
        ("Emmanuel Macron, the president, flew to France.", "president", None),
        ("She became President of Gazprom.", "President of Gazprom", None),
        ("She became head of the UN office.", "head of the UN office", None),
    ],
)  # fmt: skip
def test_the_country_of_an_office(sentence: str, words: str, expected: tuple[str, str, Basis] | None) -> None:
    assert told(sentence, words) == expected


@pytest.mark.parametrize("role", [OfficeRole.IGO_OFFICIAL, OfficeRole.DIPLOMAT])
def test_who_serves_beyond_a_country_is_of_the_one_that_the_title_says_or_of_none(role: OfficeRole) -> None:
    assert told("She became envoy.", "envoy", role) is None
    assert told("The envoy flew to Kenya.", "envoy", role) is None
    assert told("The Kenyan envoy came.", "Kenyan envoy", role) == ("KE", "Kenyan", Basis.STATED)


def test_the_country_of_a_vote_or_a_change() -> None:
    assert told("Kenya held snap elections.", "snap elections", None) == ("KE", "Kenya", Basis.CONTEXT)
    assert told("The Presidential elections are in May.", "Presidential elections", None) == (
        "KZ",
        "Kazakh",
        Basis.INFERRED,
    )
    assert told("Elections to the Bundestag are in May.", "Elections to the Bundestag", None) is None


def test_the_evidence_of_what_is_concluded_is_the_nearest_mention_before_else_the_first() -> None:
    read = page("The president spoke. Kenya listened. Kenya went home.")
    fact = country_of(read, (4, 13), OfficeRole.HEAD_OF_STATE)
    assert fact and [(each.start, each.end) for each in fact.spans] == [(21, 26)]


def test_in_a_language_without_words_nothing_is_concluded() -> None:
    read = page("Kenya. The president spoke.", language="xx")
    assert country_of(read, (11, 20), OfficeRole.HEAD_OF_STATE) is None
