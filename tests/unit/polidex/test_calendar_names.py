"""Names of months: capitals, cases and names that two languages share."""

from __future__ import annotations

import pytest

from polidex.calendar_names import calendar_names


@pytest.mark.parametrize(
    ("language", "word", "month"),
    [
        ("en", "May", 5),
        ("en", "MAY", 5),
        ("en", "may", None),
        ("en", "Mayor", None),
        ("en", "Marching", None),
        ("en", "Sept", 9),
        ("fr", "mai", 5),
        ("ru", "марта", 3),
        ("ru", "марте", 3),
        ("ru", "мартини", None),
        ("hr", "listopad", 10),
        ("pl", "listopad", 11),
        (None, "listopad", None),
        (None, "March", 3),
        (None, "may", None),
        ("xx", "March", None),
    ],
)
def test_month(language: str | None, word: str, month: int | None) -> None:
    assert calendar_names(language).month(word) == month


@pytest.mark.parametrize(("word", "month"), [("Sept", 9), ("Febr", 2), ("Ma", None), ("Ju", None), ("X", None)])
def test_abbreviated_month(word: str, month: int | None) -> None:
    assert calendar_names("en").abbreviated_month(word) == month


def test_weekday() -> None:
    assert calendar_names("en").weekday("Monday") == 1
    assert calendar_names("es").weekday("domingo") == 7
    assert calendar_names("en").weekday("domingo") is None


def test_a_language_knows_the_same_names_whatever_was_asked_for_before() -> None:
    calendar_names.cache_clear()
    alone = calendar_names("ar")
    calendar_names.cache_clear()
    calendar_names("zh")
    assert calendar_names("ar") == alone
