"""Which names of one text are one person's, and what is no name of a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.named import People, may_be_one
from polidex.spelling import words_of

TEXT = (
    "Kassym-Jomart Tokayev met Joe Biden. Kasym-Jomart Tokayev’s envoy came. Tokayev left. Hunter Biden stayed. "
    "A. Shahid spoke, and Abdullah Shahid with him. President Ada Moro of Kenya, the Kenyan, was there in 1999."
)
names = st.text("abcdefghijАБВабв.-’ ", min_size=1, max_size=15)


def people(*surfaces: str, text: str = TEXT, language: str | None = "en") -> tuple[People, dict[str, str]]:
    found = People(text, [(0, len(text))], language)
    return found, found.learn(surfaces)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kassym-Jomart Tokayev", "Kasym-Jomart Tokayev"),
        ("Kassym-Jomart Tokayev", "Kassym Jomart Tokayev"),
        ("Tokayev", "Kassym-Jomart Tokayev"),
        ("Tokaev", "Kassym-Jomart Tokayev"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Mikhail Orr", "Mihail Orr"),
        ("A. Shahid", "Abdullah Shahid"),
        ("Ada Moro", "Ada MORO’s"),
        ("Токаев", "Токаев"),
        ("Токаева", "Касым-Жомарт Токаев"),
        ("Касымом-Жомартом Токаевым", "Касым-Жомарт Токаев"),
    ],
)
def test_spellings_and_parts_of_a_name_may_be_one_person(one: str, other: str) -> None:
    assert may_be_one(one, other)
    assert may_be_one(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joe Biden", "Hunter Biden"),
        ("A. Shahid", "B. Shahid"),
        ("A. Shahid", "Bakyt Shahid"),
        ("Ada Moro", "Ada Sand"),
        ("Alexander Stubb", "Alexandra Stubb"),
        ("Alexandra", "Alexander Stubb"),
        ("John Smith", "Joan Smith"),
        ("Jan Smith", "Ian Smith"),
        ("Michael Johnson", "Michelle Johnson"),
        ("Christian Schmidt", "Christina Schmidt"),
        ("Mohammed bin Salman", "Mohammed bin Sultan"),
        ("Айгуль Токаева", "Касым-Жомарт Токаев"),
        ("", "Ada"),
        ("...", "..."),
    ],
)
def test_two_people_who_share_a_part_of_the_name_are_two(one: str, other: str) -> None:
    assert not may_be_one(one, other)
    assert not may_be_one(other, one)


@given(one=names, other=names)
def test_whether_two_names_are_one_does_not_depend_on_their_order(one: str, other: str) -> None:
    assert may_be_one(one, other) == may_be_one(other, one)
    assert may_be_one(one, one) == bool(words_of(one))


def test_the_fullest_form_is_the_name_and_every_place_is_kept() -> None:
    found, refused = people("Tokayev", "Kassym-Jomart Tokayev", "Kasym-Jomart Tokayev")
    [named] = found
    assert named.name == "Kassym-Jomart Tokayev"
    assert {TEXT[start:end] for start, end in named.places} == {
        "Kassym-Jomart Tokayev",
        "Kasym-Jomart Tokayev",
        "Tokayev",
    }
    assert not refused
    assert found.who("Tokayev") is found.who("President Tokayev's") is named


@pytest.mark.parametrize("surfaces", [["Joe Biden", "Hunter Biden", "Biden"], ["Biden", "Hunter Biden", "Joe Biden"]])
def test_a_surname_of_two_people_means_neither(surfaces: list[str]) -> None:
    found, _ = people(*surfaces)
    assert {named.name for named in found} >= {"Joe Biden", "Hunter Biden"}
    joe, hunter = found.who("Joe Biden"), found.who("Hunter Biden")
    assert joe is not hunter
    assert found.who("Biden") not in (joe, hunter)


@pytest.mark.parametrize(
    ("surface", "problem"),
    [
        ("Dan Orr", "does not stand"),
        ("Kenya", "country"),
        ("Kenyan", "country"),
        ("1999", "number"),
        ("...", "letters"),
        ("€", "does not stand"),
        ("the envoy came", "no name"),
        ("met Joe Biden. Kasym-Jomart Tokayev’s envoy came", "more words"),
        ("President", "office"),
        ("Kazakh Prime Minister", "office"),
    ],
)
def test_what_is_no_name_of_a_person_here_is_refused_with_its_reason(surface: str, problem: str) -> None:
    found, refused = people(surface)
    assert problem in refused[surface]
    assert not list(found)


def test_a_title_or_country_before_a_name_is_none_of_it() -> None:
    found, _ = people("Kenyan President Ada Moro", "Dr. Ada Moro")
    assert [named.name for named in found] == ["Ada Moro"]


def test_a_person_is_named_in_the_nominative_where_it_stands_and_found_in_every_case() -> None:
    text = "Указ Садыра Жапарова вышел вчера. Садыр Жапаров уехал. С Жапаровым говорил Токаев."
    found, refused = people("Садыра Жапарова", "Садыр Жапаров", "Жапаровым", text=text, language="ru")
    [only] = found
    assert not refused
    assert (only.name, only.names) == ("Садыр Жапаров", {"Садыр Жапаров", "Жапаров"})
    assert {text[start:end] for start, end in only.places} >= {"Садыра Жапарова", "Садыр Жапаров", "Жапаровым"}
    assert found.who("Жапарова") is only


def test_names_stand_only_in_what_is_read_of_a_text() -> None:
    found = People(TEXT, [(0, TEXT.index("Hunter"))], "en")
    assert "does not stand" in found.learn(["Hunter Biden"])["Hunter Biden"]


@given(st.lists(st.sampled_from(["Tokayev", "Joe Biden", "Hunter Biden", "Biden", "Kenya", "A. Shahid"]), max_size=6))
def test_names_are_learnt_alike_in_whatever_order_they_come(surfaces: list[str]) -> None:
    found, _ = people(*surfaces)
    other, _ = people(*reversed(surfaces))
    assert sorted(named.name for named in found) == sorted(named.name for named in other)


@given(st.text(max_size=40), st.lists(st.text(max_size=12), max_size=4), st.sampled_from(["en", "ru", "xx", None]))
def test_any_text_and_any_names(text: str, surfaces: list[str], language: str | None) -> None:
    found, refused = people(*surfaces, text=text, language=language)
    assert set(refused) <= set(surfaces)
    for named in found:
        assert named.places
        assert all(0 <= start < end <= len(text) for start, end in named.places)


def learnt(text: str, *surfaces: str, acting: tuple[str, ...] = ()) -> tuple[People, dict[str, str]]:
    found = People(text, [(0, len(text))], "en")
    return found, found.learn(surfaces, acting)


SHARED = "Ada Moro won. Moro smiled. He followed Cleo Moro, who is no relation. Moro left."


def test_a_surname_of_two_people_is_that_of_the_one_who_was_named_before() -> None:
    found, refused = learnt(SHARED, "Moro", "Cleo Moro", "Ada Moro", acting=("Moro",))
    ada, cleo = found.who("Ada Moro"), found.who("Cleo Moro")
    assert ada and cleo and len(list(found)) == 2 and not refused
    assert found.who("Moro") is ada
    # After both were named it may be either.
    assert ada.places == [(0, 8), (14, 18)]
    assert [SHARED[start:end] for start, end in cleo.places] == ["Cleo Moro"]


def test_a_surname_alone_is_a_mention_though_nobody_gave_it() -> None:
    text = "Ada Moro won. Moro smiled on Lake Moro and in Moro Street. President Moro spoke."
    found, _ = learnt(text, "Ada Moro")
    [ada] = found
    assert [start for start, _ in ada.places] == [0, 14, text.index("Moro spoke")]
    assert list(ada.forms) == ["Ada Moro"]


def test_a_party_of_one_word_is_nobody_though_it_acts() -> None:
    text = "Harvest has won with Ember. Orr said so. Then Lind, the mayor, left with President Sand."
    found, refused = learnt(
        text, "Harvest", "Ember", "Orr", "Lind", "Sand", acting=("Harvest", "Ember", "Orr", "Lind", "Sand")
    )
    assert {named.name for named in found} == {"Orr", "Lind", "Sand"}
    assert set(refused) == {"Harvest", "Ember"}


@pytest.mark.parametrize(
    ("name", "text", "is_name"),
    [
        ("Daniel arap Moi", "Daniel arap Moi came.", True),
        ("Ada told Ben", "Ada told Ben.", False),
        ("Ada from Tarn", "Ada from Tarn came.", False),
        ("Ada then Ben", "Ada then Ben came, and then Cleo.", False),
        ("arap Moi", "Daniel arap Moi came.", False),
    ],
)
def test_a_rare_small_word_inside_a_name_belongs_to_it(name: str, text: str, is_name: bool) -> None:
    found, refused = learnt(text, name)
    assert bool(list(found)) is is_name
    assert (name in refused) is not is_name


def test_a_text_is_about_whom_its_title_names_else_about_whom_it_names_most() -> None:
    found, _ = learnt("Ada Moro met Ben Ito. Moro and Moro.", "Ada Moro", "Ben Ito")
    assert found.about("A day in Tarn") is found.who("Ada Moro")
    assert found.about("The life of Ben Ito") is found.who("Ben Ito")
    assert found.about("Ada Moro and Ben Ito") is None
    found, _ = learnt("Ada Moro met Ben Ito.", "Ada Moro", "Ben Ito")
    assert found.about("") is None
    assert learnt("", *())[0].about("") is None


@pytest.mark.parametrize(
    ("text", "is_person"),
    [
        ("Ada Moro spoke. She wants no mandate from either Moro, her predecessor, or Ito.", True),
        ("Neither Ada Moro nor Ito came.", True),
        ("Ada Moro and Ito came.", True),
        ("Ada Moro came. Ito is far away.", False),
        ("Ada Moro and Ito are near. She lives in Ito.", False),
        ("Ada Moro came to the market. And Ito was far.", False),
    ],
)
def test_a_single_word_is_a_name_where_it_is_named_in_one_breath_with_somebody(text: str, is_person: bool) -> None:
    people = People(text, [(0, len(text))], "en")
    refused = people.learn(["Ada Moro", "Ito"])
    assert (people.who("Ito") is not None) is is_person
    assert ("Ito" in refused) is not is_person
