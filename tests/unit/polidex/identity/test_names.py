"""What two names are to each other: pairs as the world writes them, and what holds for any two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.identity.names import Relation, compare, forms_of, initial_keys, keys, parse

WORDS = (
    "Kassym Касым Jomart Жомарт Tokayev Токаев Ada Moro Ali Hassan Hussein Sultan bin al- von der Lee Kim Na Jong un "
    "K. J. Ж. A. Dr. Sir U Jr. Petrov Petrova Zhang Zheng 习近平 김정은 محمد Müller Ó Sánchez y Pérez, Le San"
)
names = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=5).map(" ".join) | st.text(max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kassym-Jomart Tokayev", "Касым-Жомарт Токаев"),
        ("Токаев Касым-Жомарт", "Qasym-Jomart Toqayev"),
        ("Kassymjomart Tokayev", "Kassym-Jomart Tokayev"),
        ("Xi Jinping", "Jinping Xi"),
        ("Xi Jinping", "习近平"),
        ("Moon Jae-in", "문재인"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("Nguyễn Phú Trọng", "Nguyen Phu Trong"),
        ("Orbán Viktor", "Viktor Orban"),
        ("Abdel Fattah el-Sisi", "Abdelfattah Al Sisi"),
        ("Abdel Fattah el-Sisi", "Abdul Fattah as-Sisi"),
        ("Katrín Jakobsdóttir", "Katrin Jakobsdottir"),
        ("García Márquez, Gabriel", "Gabriel García Márquez"),
        ("Daw Aung San Suu Kyi", "Aung San Suu Kyi"),
        ("U Thein Sein", "Thein Sein"),
        ("Dr. Ada Moro", "Ada Moro's"),
        ("Sir Ada Moro", "ADA MORO"),
        ("Charles de Gaulle", "Charles De Gaulle"),
        ("Conan O'Brien", "Conan O’Brien"),
        ("Kyriakos Mitsotakis", "Κυριάκος Μητσοτάκης"),
        ("Nikol Pashinyan", "Նիկոլ Փաշինյան"),
        ("Mikheil Saakashvili", "მიხეილ სააკაშვილი"),
        ("Ed Davey", "Ed Davey"),
    ],
)
def test_one_name_in_other_letters_order_and_dress(one: str, other: str) -> None:
    assert compare(one, other).relation is Relation.SAME


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Volodymyr Zelenskyy", "Владимир Зеленский", Relation.ALIKE),
        ("Kim Jong Un", "김정은", Relation.ALIKE),
        ("Narendra Modi", "नरेन्द्र मोदी", Relation.ALIKE),
        ("Hassan Ali", "Hussein Ali", Relation.ALIKE),
        ("Jan Smith", "Ian Smith", Relation.ALIKE),
        ("Juan Rojas", "Хуан Рохас", Relation.ALIKE),
        ("Ada Luz Moro", "Ada Moro Sand", Relation.EXTENDS),
        ("Касым-Жомарт Кемелевич Токаев", "Kassym-Jomart Tokayev", Relation.EXTENDS),
        ("Mohammed bin Salman Al Saud", "Mohammed bin Salman", Relation.EXTENDS),
        ("Andrés Manuel López Obrador", "Andrés López Obrador", Relation.EXTENDS),
        ("Gabriel García", "Gabriel García Márquez", Relation.EXTENDS),
        ("Ada Moro", "Ada Moro-Sand", Relation.EXTENDS),
        ("George Bush", "George W. Bush", Relation.EXTENDS),
        ("K. Tokayev", "Касым-Жомарт Токаев", Relation.INITIALS),
        ("К.-Ж. Токаев", "Kassym-Jomart Tokayev", Relation.INITIALS),
        ("Tokayev K.", "Kassym-Jomart Tokayev", Relation.INITIALS),
        ("A. Shahid", "Abdulla Shahid", Relation.INITIALS),
        ("M. K. Stalin", "Muthuvel Karunanidhi Stalin", Relation.INITIALS),
        ("George Walker Bush", "George W. Bush", Relation.INITIALS),
        ("Tokaev", "Касым-Жомарт Токаев", Relation.PART),
        ("von der Leyen", "Ursula von der Leyen", Relation.PART),
        ("bin Salman", "Mohammed bin Salman", Relation.PART),
        ("Gore", "Al Gore", Relation.PART),
        ("Thant", "U Thant", Relation.PART),
    ],
)
def test_a_name_that_says_less_than_another_or_says_it_otherwise(one: str, other: str, relation: Relation) -> None:
    assert compare(one, other).relation is relation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joe Biden", "Hunter Biden"),
        ("A. Shahid", "B. Shahid"),
        ("George W. Bush", "George H. W. Bush"),
        ("Kim Jong-un", "Kim Jong Il"),
        ("Mohammed bin Salman", "Mohammed bin Sultan"),
        ("Alexander Stubb", "Alexandra Stubb"),
        ("Ivan Petrov", "Ivana Petrova"),
        ("Michael Moro", "Michelle Moro"),
        ("Robert Moro Jr.", "Robert Moro Sr."),
        ("Nguyễn Phú Trọng", "Nguyễn Xuân Phúc"),
        ("Le Duc Anh", "La Duc Anh"),
        ("P. Smith", "John Paul Smith"),
        ("Владимир Иванович Мороз", "Владимир Петрович Мороз"),
        ("", "Ada Moro"),
        ("...", "..."),
    ],
)
def test_names_of_two_people(one: str, other: str) -> None:
    assert compare(one, other).relation is Relation.DIFFERENT


def test_the_other_order_is_less_sure_and_says_so() -> None:
    straight, turned = compare("Xi Jinping", "Xi Jinping"), compare("Xi Jinping", "Jinping Xi")
    assert (straight.score, straight.turned) == (1.0, False)
    assert turned.turned and turned.score < straight.score


@pytest.mark.parametrize(
    "surface",
    [
        "Ada Moro, née Sand",
        "Ada Moro (born Sand)",
        "Ada Moro, geb. Sand",
        "Ада Моро (урождённая Санд)",
        "Ada Moro, nascida Sand",
    ],
)
def test_a_name_before_marriage_is_a_second_form(surface: str) -> None:
    married, maiden = forms_of(surface)
    assert compare(married, "Ada Moro").relation is Relation.SAME
    assert compare(maiden, "Ada Sand").relation is Relation.SAME


def test_a_name_without_a_former_one_is_its_only_form() -> None:
    assert forms_of("Max Born") == ("Max Born",)


@given(names, names)
def test_comparing_does_not_depend_on_the_order_and_what_is_found_shares_a_key(one: str, other: str) -> None:
    found = compare(one, other)
    assert found == compare(other, one)
    assert 0 <= found.score <= 1
    assert (found.relation is Relation.DIFFERENT) == (found.score == 0)
    left, right = parse(one), parse(other)
    several = len(left.words) > 1 and len(right.words) > 1
    if found.relation in (Relation.SAME, Relation.ALIKE, Relation.EXTENDS) and several:
        assert keys(left) & keys(right)
    if found.relation is Relation.INITIALS:
        assert (keys(left) & keys(right)) or (initial_keys(left) & initial_keys(right))


@given(st.lists(st.sampled_from([word for word in WORDS.split() if len(word) > 3]), min_size=2, max_size=4))
def test_a_full_name_is_itself(words: list[str]) -> None:
    assert compare(" ".join(words), " ".join(words)).relation is Relation.SAME
