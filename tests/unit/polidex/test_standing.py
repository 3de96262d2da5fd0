"""Who only acts for the time being, and who has been chosen and does not hold the post yet."""

from __future__ import annotations

import pytest

from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from polidex.standing import acting_words, is_elect
from schema.vocabulary import TenureStatus
from tests.unit.polidex.told import grounded, only, page, values, words


def place(text: str, title: str) -> tuple[int, int]:
    return text.index(title), text.index(title) + len(title)


@pytest.mark.parametrize(
    ("language", "text", "title", "said"),
    [
        ("en", "The acting president, Ada Moro, came.", "president", "acting"),
        ("en", "Acting President Ada Moro came.", "Acting President", "Acting"),
        ("en", "Ada Moro is president ad interim.", "president", "ad interim"),
        ("en", "The caretaker prime minister came.", "prime minister", "caretaker"),
        ("fr", "Ada Moro, présidente par intérim du pays, est venue.", "présidente", "par intérim"),
        ("es", "Ada Moro, presidenta interina, vino.", "presidenta", "interina"),
        ("es", "El presidente en funciones vino.", "presidente", "en funciones"),
        ("de", "Der geschäftsführende Kanzler kam.", "Kanzler", "geschäftsführende"),
        ("ru", "Исполняющий обязанности президента пришёл.", "президента", None),
        ("ru", "Врио президента пришёл.", "президента", "Врио"),
        ("en", "President Ada Moro, acting on advice, came.", "President", None),
        ("en", "The interim report was read by President Ada Moro.", "President", None),
        ("en", "Ada Moro was president. Ben Ito was acting mayor.", "president", None),
        ("pl", "Acting president Ada Moro.", "president", None),
    ],
)
def test_a_title_for_the_time_being(language: str, text: str, title: str, said: str | None) -> None:
    found = acting_words(page(text, language=language), place(text, title))
    assert [text[each.start : each.end] for each in found] == ([said] if said else [])


@pytest.mark.parametrize(
    ("language", "text", "title", "elect"),
    [
        ("en", "President-elect Ada Moro came.", "President", True),
        ("en", "The president-elect, Ada Moro, came.", "president-elect", True),
        ("en", "The prime minister designate, Ada Moro, came.", "prime minister", True),
        ("fr", "Le président élu, Ada Moro, est venu.", "président", True),
        ("fr", "Le président élu en 2017 est venu.", "président", False),
        ("es", "La presidenta electa Ada Moro vino.", "presidenta", True),
        ("de", "Der designierte Kanzler kam.", "Kanzler", True),
        ("ru", "Избранный президент пришёл.", "президент", True),
        ("en", "President Ada Moro was elected.", "President", False),
        ("en", "President Ada Moro, who will elect judges, came.", "President", False),
    ],
)
def test_a_title_that_is_not_held_yet(language: str, text: str, title: str, elect: bool) -> None:
    assert is_elect(page(text, language=language), title, place(text, title)) is elect


@pytest.mark.parametrize(
    ("text", "office", "status", "acting"),
    [
        ("Acting President Ada Moro came to Nairobi.", "President", TenureStatus.CURRENT, "true"),
        ("President-elect Ada Moro came to Nairobi.", "President-elect", TenureStatus.PLANNED, None),
        ("Prime Minister designate Ada Moro came.", "Prime Minister designate", TenureStatus.PLANNED, None),
        ("The outgoing president Ada Moro came to Nairobi.", "president", TenureStatus.CURRENT, None),
        ("President Ada Moro came to Nairobi.", "President", TenureStatus.CURRENT, None),
    ],
)
def test_what_becomes_of_the_spell(text: str, office: str, status: TenureStatus, acting: str | None) -> None:
    read = page(text)
    drafts = [PersonDraft(name="Ada Moro", office=""), TenureDraft(person="Ada Moro", office=office, start="", end="")]
    tenure = only(grounded(read, *drafts), "tenure")
    assert (values(tenure)["status"], values(tenure).get("acting")) == (status, acting)
    assert values(tenure)["office"].lower().split()[0] in ("acting", "president", "prime")
    assert not values(tenure)["office"].endswith(("elect", "designate"))
    if acting:
        assert words(read, tenure.facts["acting"]) == ["Acting"]
