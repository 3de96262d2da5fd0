"""Phrases that point to another date, and the last date of a text."""

from __future__ import annotations

import pytest

from polidex.date_phrases import MARK, cut_part, cut_season, last_date, moved, phrases_of, solve_phrase
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


def test_a_phrase_leaves_a_mark_in_the_words() -> None:
    solved = solve_phrase("October of the same year", "In March 1999", Part())
    assert solved and solved.words.split() == ["October", "of", MARK]
    assert solved.first == solved.last == Part(1999)


@pytest.mark.parametrize(
    "words", ["a few years later", "two years ago", "the same month", "last week", "the past year"]
)
def test_a_phrase_that_cannot_be_solved_has_an_empty_date(words: str) -> None:
    solved = solve_phrase(words, "", Part())
    assert solved and solved.first == solved.last == Part()


def test_a_week_has_a_first_and_a_last_day() -> None:
    solved = solve_phrase("next week", "", Part(2022, 12, 31))
    assert solved and (solved.first, solved.last) == (Part(2023, 1, 2), Part(2023, 1, 8))


def test_words_without_a_phrase() -> None:
    assert solve_phrase("in March 1999", "", Part(2022)) is None
    assert solve_phrase("last year", "", Part(2022), "pl") is None
    assert cut_season("in March 1999", "en") == ("in March 1999", None)
    assert cut_part("in March 1999", "en") == ("in March 1999", None)


def test_every_language_has_every_kind_of_word() -> None:
    for language in ("en", "de", "es", "fr", "ru"):
        phrases = phrases_of(language)
        assert phrases and phrases.rows and phrases.parts and phrases.seasons and phrases.turn and phrases.since
        assert {anchor for _, anchor, _, _ in phrases.rows} >= {"text", "published"}


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
    assert solved and solved.first == solved.last == part


@pytest.mark.parametrize(
    ("words", "language"), [("12 марта", "ru"), ("в этот год назад", "xx"), ("nach zwei Monaten", "de")]
)
def test_words_that_are_no_phrase_of_their_language(words: str, language: str) -> None:
    assert solve_phrase(words, "", Part(2021, 3, 12), language) is None
