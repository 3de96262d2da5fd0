"""Case forms of names: one name in its six cases, and never another name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.folding import bare
from polidex.inflection import case_forms, in_the_cases_of, nominative

NAMES = st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыьэюяё", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("nominative", "forms"),
    [
        ("Токаев", "Токаева Токаеву Токаевым Токаеве"),
        ("Никитин", "Никитина Никитину Никитиным Никитине"),
        ("Садыр", "Садыра Садыру Садыром Садыре"),
        ("Сергей", "Сергея Сергею Сергеем Сергее"),
        ("Юрий", "Юрия Юрию Юрием Юрии"),
        ("Игорь", "Игоря Игорю Игорем Игоре"),
        ("Медведевский", "Медведевского Медведевскому Медведевским Медведевском"),
        ("Толстой", "Толстого Толстому Толстым Толстом"),
        ("Никита", "Никиты Никите Никиту Никитой"),
        ("Майя", "Майи Майе Майю Майей"),
        ("Токаева", "Токаевой Токаеву"),
        ("Ковальская", "Ковальской Ковальскую"),
    ],
)
def test_a_name_in_its_cases(nominative: str, forms: str) -> None:
    for form in forms.split():
        assert bare(form) in case_forms(nominative)
        assert bare(nominative) in case_forms(form)


@pytest.mark.parametrize(("one", "other"), [("Жапаров", "Шаповалов"), ("Иванов", "Иваненко"), ("Tokayev", "Tokayeva")])
def test_what_is_no_case_of_a_name(one: str, other: str) -> None:
    assert bare(other) not in case_forms(one)


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("Жапарова", "Садыр Нургожоевич Жапаров", "Жапаров"),
        ("Садыром Жапаровым", "Садыр Жапаров", "Садыр Жапаров"),
        ("Касыма-Жомарта Токаева", "Касым-Жомарт Токаев", "Касым-Жомарт Токаев"),
        ("Айгуль Жапарова", "Айгуль Жапарова", "Айгуль Жапарова"),
        ("Марипова", "Садыр Жапаров", "Марипова"),
        ("Sadyr Japarov", "Садыр Жапаров", "Sadyr Japarov"),
    ],
)
def test_a_name_in_the_cases_of_another(name: str, other: str, expected: str) -> None:
    assert in_the_cases_of(name, other) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Касыма-Жомарта Токаева", "касым-жомарт токаев"),
        ("Садыром Жапаровым", "садыр жапаров"),
        ("Сергею Лавровскому", "сергеи лавровскии"),
        ("Игоря Токаева", "игорь токаев"),
        ("Токаевой", "токаева"),
        ("Садыр Жапаров", "садыр жапаров"),
        ("Sadyr Japarov", "Sadyr Japarov"),
    ],
)
def test_what_a_name_may_be_in_the_nominative(name: str, expected: str) -> None:
    assert nominative(name) == expected


@given(NAMES, NAMES)
def test_the_relation_is_symmetric_and_holds_for_a_word_and_itself(one: str, other: str) -> None:
    assert bare(one) in case_forms(one)
    assert (bare(other) in case_forms(one)) == (bare(one) in case_forms(other))
