"""Dates alone on a line, in the ways in which newspapers of several languages print them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from polidex.dateline import DateLine, opening_date, read_dates


@pytest.mark.parametrize(
    ("line", "language", "edtf"),
    [
        ("Thursday, 14 September 2023 09:09", "en", "2023-09-14T09:09:00"),
        ("September 14, 2023 at 9:09 p.m. EST", "en", "2023-09-14T21:09:00"),
        ("14th Sept. 2023", "en", "2023-09-14"),
        ("14 сентября 2023 г., 18:30", "ru", "2023-09-14T18:30:00"),
        ("Donnerstag, 14. September 2023", "de", "2023-09-14"),
        ("1er août 2023", "fr", "2023-08-01"),
        ("14 de septiembre de 2023", "es", "2023-09-14"),
        ("2023年9月14日", "ja", "2023-09-14"),
        ("2023년 9월 14일", "ko", "2023-09-14"),
        ("١٤ سبتمبر ٢٠٢٣", "ar", "2023-09-14"),
        ("14.09.2023 | 18:30", None, "2023-09-14T18:30:00"),
        ("14 сент. 2023", "ru", "2023-09-14"),
        ("Ташкент, 12 апреля 2023 года", "ru", "2023-04-12"),
        ("12 апреля 2023 года", None, "2023-04-12"),
        ("Київ, 12 квітня 2023 року", "uk", "2023-04-12"),
        ("2023 жылғы 12 сәуір", "kk", "2023-04-12"),
        ("2023-09-14T09:09:00Z", None, "2023-09-14T09:09:00"),
        ("14/09/2023", None, "2023-09-14"),
        ("09/14/2023", None, "2023-09-14"),
        ("March 2019", "en", "2019-03"),
    ],
)
def test_a_line_with_nothing_but_a_date(line: str, language: str | None, edtf: str) -> None:
    assert read_dates(line, language)[0].edtf == edtf


def test_a_day_and_a_month_that_could_change_places_give_the_year_alone() -> None:
    assert read_dates("03/04/2023", "en")[0].edtf == "2023"


@pytest.mark.parametrize(
    "line",
    [
        "The summit will be held in September 2023.",
        "Parliament votes on 14 September 2023 budget",
        "2023",
        "14 September",
        "31 February 2023",
        "Vision 2030",
        "14 September 2023 15 September 2023",
        "",
    ],
)
def test_a_line_that_is_no_date(line: str) -> None:
    assert read_dates(line, "en") == ()


def test_what_the_line_says_the_date_is() -> None:
    published, updated = read_dates("Published: 14 September 2023 | Last updated on 15 September 2023", "en")
    assert (published.edtf, published.labelled, published.updated) == ("2023-09-14", True, False)
    assert (updated.edtf, updated.labelled, updated.updated) == ("2023-09-15", False, True)


def test_what_stands_beside_the_date() -> None:
    assert read_dates("By Ana Silva, 14 September 2023", "en")[0].rest == ("By Ana Silva",)
    assert read_dates("2023年9月14日 09:30 来源：信使报", "zh")[0].rest == ("来源：信使报",)
    assert read_dates("Ana Silva | 14 September 2023 | 5 min read", "en")[0].rest == ("Ana Silva", "5 min read")


def test_a_dateline_opens_a_paragraph() -> None:
    opening = opening_date("PRAIA, 3 May 2021 (Agency) – The president dissolved parliament.", "en")
    assert opening is not None
    assert opening.edtf == "2021-05-03"
    assert opening_date("PRAIA – The law of 3 May 2021 is repealed.", "en") is None
    assert opening_date("The law of 3 May 2021 is repealed.", "en") is None


def test_the_moment_of_a_date() -> None:
    assert DateLine("2024-03-18").day == datetime(2024, 3, 18, tzinfo=UTC)
    assert DateLine("2024-03").day is None


@given(
    day=st.dates(min_value=date(1800, 1, 1), max_value=date(2100, 12, 31)),
    language=st.sampled_from(
        ["en", "fr", "de", "es", "pt", "it", "nl", "pl", "tr", "id", "ru", "uk", "kk", "ar", "zh"]
    ),
    width=st.sampled_from(["full", "long"]),
)
def test_dates_as_cldr_writes_them_are_read_back(day: date, language: str, width: str) -> None:
    assert [found.edtf for found in read_dates(format_date(day, width, locale=language), language)] == [day.isoformat()]


@given(st.text(max_size=80))
def test_any_line_is_read_or_left_alone(line: str) -> None:
    for found in read_dates(line + " 2023", "en"):
        assert found.edtf.startswith(("18", "19", "20", "21"))
