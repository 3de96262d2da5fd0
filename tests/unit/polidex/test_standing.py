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


def stood(text: str, office: str, start: str = "") -> str:
    """The status of Ada Moro's one spell, as of September 2022."""
    people = [PersonDraft(name=name, office="") for name in ("Ada Moro", "Ben Ito") if name in text]
    draft = TenureDraft(person="Ada Moro", office=office, start=start, end="")
    outcome = grounded(page(text, published="2022-09-16"), *people, draft)
    [found] = [each for each in outcome.grounded if each.record_type == "tenure"]
    return values(found)["status"]


@pytest.mark.parametrize(
    ("text", "office", "status"),
    [
        ("President Ada Moro spoke.", "President", "current"),
        ("President Ada Moro hopes to replace the charter of 1980.", "President", "current"),
        ("President Ada Moro spoke in 1980.", "President", "unknown"),
        ("Ada Moro, the third president, died on Friday.", "president", "ended"),
        ("Ada Moro, the president who said that Ben Ito died, wept.", "president", "current"),
        ("Ada Moro, president at the time, said that it was late.", "president", "ended"),
        ("A board set up by Ada Moro when she was president met.", "president", "ended"),
        ("The cabinet replaced the mayor Ada Moro.", "mayor", "ended"),
    ],
)
def test_a_title_without_a_date_is_held_unless_the_text_says_that_it_is_over(
    text: str, office: str, status: str
) -> None:
    assert stood(text, office) == status


@pytest.mark.parametrize(
    ("text", "start", "status"),
    [
        ("Ada Moro has been mayor since May 2019.", "May 2019", "current"),
        ("Ada Moro had been mayor since May 2019.", "May 2019", "unknown"),
        ("Ada Moro became mayor in May 2019.", "May 2019", "unknown"),
        ("Ada Moro, who has a cat, became mayor in May 2019.", "May 2019", "unknown"),
    ],
)
def test_a_spell_that_began_goes_on_where_a_sentence_in_the_present_says_since(
    text: str, start: str, status: str
) -> None:
    assert stood(text, "mayor", start) == status
