"""Which date of a sentence belongs to which title in it."""

from __future__ import annotations

import pytest

from polidex.attachment import dates_in, is_anothers
from tests.unit.polidex.told import page

TWO = "In March 1999 she became deputy minister, and in October 2001 prime minister."
OFFICES = ("deputy minister", "prime minister", "mayor", "president")


@pytest.mark.parametrize(
    ("text", "date", "office", "expected"),
    [
        (TWO, "1999", "deputy minister", False),
        (TWO, "2001", "deputy minister", True),
        (TWO, "1999", "prime minister", True),
        ("She was mayor in 1999 and prime minister in 2004.", "2004", "mayor", True),
        ("She was mayor in 1999 and prime minister in 2004.", "1999", "prime minister", True),
        ("She was mayor in 1999 and prime minister in 2004.", "2004", "prime minister", False),
        ("In 2011 she became mayor, prime minister and president.", "2011", "president", False),
        ("She was mayor and president in 2011.", "2011", "mayor", False),
        ("She was mayor until 2011, when she became president.", "2011", "mayor", False),
        ("She was mayor until 2011, when she became president.", "2011", "president", False),
        ("In 2004 she became mayor until 2011, then president.", "2011", "mayor", False),
        ("She was mayor in 2004-2008 and, from 2009 to 2011, president.", "2008", "mayor", False),
        ("She was mayor in 2004-2008 and, from 2009 to 2011, president.", "2011", "mayor", True),
        ("She became mayor in 2004.", "2004", "mayor", False),
    ],
)  # fmt: skip
def test_a_date_is_of_the_title_that_has_no_other(text: str, date: str, office: str, expected: bool) -> None:
    read = page(text)
    others = [(at, at + len(each)) for each in OFFICES if (at := text.find(each)) >= 0]
    start, day = text.index(office), text.index(date)
    assert is_anothers(read, (day, day + 4), (start, start + len(office)), others) is expected


def test_a_date_in_another_sentence_is_anothers_where_a_title_there_stands_beside_it() -> None:
    text = "She was mayor. In 2004 she became president."
    read = page(text)
    mayor, president = (text.index("mayor"), text.index(".")), (text.index("president"), len(text) - 1)
    year = (text.index("2004"), text.index("2004") + 4)
    assert is_anothers(read, year, mayor, [president])
    assert not is_anothers(read, year, mayor, [])


def test_words_that_stand_side_by_side_are_one_date() -> None:
    text = "From March 1999 to October 2001, and in May of 12,000 people or 2004, 1900 MW."
    read = page(text)
    assert [text[start:end] for start, end in dates_in(read, (0, len(text)))] == [
        "March 1999 to October 2001",
        "May",
        "2004, 1900",
    ]
