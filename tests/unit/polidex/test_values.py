"""What a value says stands in a text, or is named as missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.numerals import numbers, years
from polidex.values import missing, stands

ARTICLE = (
    "Kazakh President Kasym-Jomart Tokayev thanked Joe Biden’s office. In March 1999 Tokayev became Prime Minister of "
    "Kazakhstan. Hunter Biden was not there. Romania's notable guests left; they had 3,000 seats."
)


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("3,000 3.000 3 000 3'000 3\u202f000", [3000] * 5),
        ("1,234,567.5 and 1.234.567,5 and 1,00,000", ["1234567.5", "1234567.5", 100000]),
        ("70.96 70,96 0.125 3.14159", ["70.96", "70.96", "0.125", "3.14159"]),
        ("1,2,3 and 14.09.2023 and 2019,2022", [1, 2, 3, 14, 9, 2023, 2019, 2022]),
        ("٣٬٠٠٠ ٢٠١٩", [3000, 2019]),
        ("C5+1, the 77th, 2022.Then", [5, 1, 77, 2022]),
    ],
)
def test_numbers(text: str, worth: list[str | int]) -> None:
    assert [number.value for number in numbers(text)] == [Decimal(value) for value in worth]


@given(st.integers(0, 10**12), st.sampled_from([",", ".", "\u00a0", "'"]))
def test_a_grouped_number_is_worth_the_same(value: int, mark: str) -> None:
    (number,) = numbers(f"some {value:,} people".replace(",", mark))
    assert number.value == value


@given(st.text(max_size=200))
def test_number_spans_are_in_order(text: str) -> None:
    at = 0
    for number in numbers(text):
        assert at <= number.start < number.end <= len(text)
        at = number.end


def test_a_name_stands_in_another_case() -> None:
    text = "В аэропорту Садыра Жапарова встретил Арипов."
    assert stands("Садыр Жапаров", text, whole=True) == (12, 27)
    assert missing("Жапаров", text) == ()
    assert missing("Жапаренко", text) == ("Жапаренко",)
    assert stands("Садыра", "President Sadyr Japarov", whole=True) is not None


def test_years() -> None:
    text = "In 2011-13 and 1999, 2,019 people of the 1990s paid 1,950 and 9999 on 2019-03-20."
    assert {year: text[start:end] for year, (start, end) in years(text).items()} == {
        2011: "2011",
        2013: "2011-13",
        1999: "1999",
        2019: "2019",
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("5 percent", "from 7 to 5 per cent"),
        ("1,000", "1 000"),
        ("1000", "1.000 seats"),
        ("12", "twelve"),
        ("Twelve deputies", "12 deputies"),
        ("25", "twenty-five"),
        ("one third", "1/3"),
        ("one of the deputies", "a deputy"),
        ("1.5 million", "1,500,000"),
        ("200,000", "two hundred thousand"),
        ("second round", "the 2nd round"),
        ("2011-2013", "2011/13"),
        ("Kassym-Jomart Tokayev", "KASSYM JOMART TOKAYEV’s"),
        ("Kazakhstan's President", "the president of Kazakhstan"),
        ("José Álvarez", "Jose Alvarez"),
        ("Nursultan", "Nur-Sultan"),
        ("O’Brien", "OBrien"),
        ("Mohammed bin Salman", "Salman, Mohammed"),
        ("Касым-Жомарт Токаев", "Kassym-Jomart Tokayev"),
        ("Vladimir Putin", "Владимир Путин"),
        ("托卡耶夫", "总统托卡耶夫说"),
        ("Reduction of the threshold to 5", "lowered to 5"),
        ("", ""),
    ],
)
def test_stands_there(value: str, text: str) -> None:
    assert missing(value, text, language="en") == ()


@pytest.mark.parametrize(
    ("value", "text", "absent"),
    [
        ("30", "3,000", ("30",)),
        ("3", "3,000 of 13", ("3",)),
        ("5.5", "55 and 5 and 5,6", ("5.5",)),
        ("2019", "2,019 people", ("2019",)),
        ("2019", "2016", ("2019",)),
        ("1990", "the 1990s", ("1990",)),
        ("March 2017", "in March 2019", ("2017",)),
        ("twelve", "13", ("twelve",)),
        ("1.5 million", "1.5 billion", ("1.5 million",)),
        ("Trump", "The president", ("Trump",)),
        ("Oman", "Romania", ("Oman",)),
        ("Kasym-Jomart Nazarbayev", "Kasym-Jomart Tokayev", ("Nazarbayev",)),
        ("Ivanova", "Ivanov", ("Ivanova",)),
        ("Pushkin", "Путин", ("Pushkin",)),
        ("托卡耶夫", "总统托卡夫说，耶", ("托卡耶夫",)),
        ("Joe Biden in 2020 with 7", "Hunter in 2021", ("Joe", "Biden", "2020", "7")),
    ],
)
def test_missing(value: str, text: str, absent: tuple[str, ...]) -> None:
    assert missing(value, text, language="en") == absent


def test_a_count_is_no_year() -> None:
    assert missing("1950", "1,950 votes", count=True) == ()
    assert missing("1950", "1,950 votes") == ("1950",)


def test_number_words_need_a_declared_language() -> None:
    assert missing("12", "twelve") == missing("12", "twelve", language="cs") == ("12",)


@given(st.text(max_size=100), st.text(max_size=100), st.text(max_size=20))
def test_what_is_a_part_of_the_text_is_not_missing(before: str, after: str, value: str) -> None:
    assert missing(value, f"{before} | {value} | {after}") == ()


@given(st.text(max_size=60), st.text(max_size=200))
def test_missing_names_parts_of_the_value(value: str, text: str) -> None:
    assert all(part and part in value for part in missing(value, text))


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("Kassym-Jomart Tokayev", "Jomart Tokayev"),
        ("Kasym Jomart Tokayev", "Kasym-Jomart Tokayev"),
        ("Касым-Жомарт Токаев", "Kasym-Jomart Tokayev"),
        ("Joe Biden", "Joe Biden"),
        ("Jill Biden", "Biden"),
        ("Prime Minister of the Republic of Kazakhstan", "Prime Minister of"),
        ("J. Smith", None),
        ("Oman", None),
        ("of the guests", None),
        ("", None),
    ],
)
def test_the_longest_part_of_a_name_is_located(name: str, span: str | None) -> None:
    place = stands(name, ARTICLE)
    assert (place and ARTICLE[slice(*place)]) == span


def test_a_name_within_a_range_and_whole() -> None:
    later = ARTICLE.index("Hunter")
    assert stands("Joe Biden", ARTICLE, within=(later, len(ARTICLE))) == (later + 7, later + 12)
    assert stands("Joe Biden", ARTICLE, within=(later, len(ARTICLE)), whole=True) is None
    assert stands("Hunter Biden", ARTICLE, whole=True) == (later, later + 12)


def test_words_of_a_name_stand_side_by_side() -> None:
    assert stands("Hunter Biden", "Hunter\n\nBiden", whole=True) is None
    assert stands("Hunter Biden", "Hunter\nBiden", whole=True) == (0, 12)
