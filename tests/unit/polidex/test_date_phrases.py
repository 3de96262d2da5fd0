"""Phrases that point to another date, and the last date of a text."""

from __future__ import annotations

import pytest

from polidex.date_phrases import last_date, moved, points_elsewhere, solve_phrase
from polidex.date_tokens import Part


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", None),
        ("in March", None),
        ("In March 1999, he became", Part(1999, 3)),
        ("in 1999 and on 3 May 2001 he", Part(2001, 5, 3)),
        ("May 3, 2001", Part(2001, 5, 3)),
        ("in May 1999 and in 2001", Part(2001)),
        ("the 1990s", None),
    ],
)
def test_last_date(text: str, part: Part | None) -> None:
    assert last_date(text, "en") == part


@pytest.mark.parametrize(
    ("steps", "unit", "there"),
    [
        (-1, "year", Part(2021)),
        (-2, "month", Part(2021, 12)),
        (11, "month", Part(2023, 1)),
        (1, "week", Part(2022, 3, 4)),
        (4, "day", Part(2022, 3, 1)),
    ],
)
def test_moved(steps: int, unit: str, there: Part) -> None:
    assert moved(Part(2022, 2, 25), steps, unit) == there


@pytest.mark.parametrize(("start", "unit"), [(Part(), "year"), (Part(2022), "month"), (Part(2022, 2), "day")])
def test_a_start_that_is_not_known_well_enough_leads_nowhere(start: Part, unit: str) -> None:
    assert moved(start, 1, unit) == Part()


def test_a_phrase_is_taken_out_of_the_words() -> None:
    rest, part = solve_phrase("October of the same year", "In March 1999", Part()) or ("", Part())
    assert rest.split() == ["October", "of"]
    assert part == Part(1999)


@pytest.mark.parametrize("words", ["a few years later", "two years ago", "the same month"])
def test_a_phrase_that_cannot_be_solved_has_an_empty_date(words: str) -> None:
    solved = solve_phrase(words, "", Part())
    assert solved and solved[1] == Part()


def test_words_without_a_phrase() -> None:
    assert solve_phrase("in March 1999", "", Part(2022)) is None
    assert points_elsewhere("of the previous year")
    assert not points_elsewhere("in March 1999")


@pytest.mark.parametrize(
    ("words", "language", "part"),
    [
        ("в прошлом месяце", "ru", Part(2021, 2)),
        ("в марте прошлого года", "ru", Part(2020)),
        ("вчера", "ru", Part(2021, 3, 11)),
        ("два года назад", "ru", Part(2019)),
        ("год назад", "ru", Part(2020)),
        ("через три месяца", "ru", Part(1999, 6)),
        ("в том же году", "ru", Part(1999)),
        ("le mois dernier", "fr", Part(2021, 2)),
        ("l’an dernier", "fr", Part(2020)),
        ("il y a deux ans", "fr", Part(2019)),
        ("hace 3 meses", "es", Part(2020, 12)),
        ("el año pasado", "es", Part(2020)),
        ("vor zwei Jahren", "de", Part(2019)),
        ("im Mai desselben Jahres", "de", Part(1999)),
        ("zwei Jahre später", "de", Part(2001)),
    ],
)
def test_phrases_of_other_languages(words: str, language: str, part: Part) -> None:
    before = {"ru": "В марте 1999 года", "de": "Im März 1999"}.get(language, "")
    solved = solve_phrase(words, before, Part(2021, 3, 12), language)
    assert solved and solved[1] == part


@pytest.mark.parametrize(
    ("words", "language"), [("12 марта", "ru"), ("в этот год назад", "xx"), ("nach zwei Monaten", "de")]
)
def test_words_that_are_no_phrase_of_their_language(words: str, language: str) -> None:
    assert solve_phrase(words, "", Part(2021, 3, 12), language) is None
