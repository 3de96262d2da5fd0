"""What the spellings of one word of a name share, and what keeps other names apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.spelling import initials, skeleton, sound, words_of

names = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)


def heard(name: str) -> str:
    [word] = words_of(name)
    return sound(word)


@pytest.mark.parametrize(
    "spellings",
    [
        "Kasym Kassym Qasym Qasim Касым Қасым",
        "Zhomart Jomart Жомарт",
        "Tokayev Tokaev Tokaiev Toqaev Toqayev Токаев Тоқаев",
        "Zelensky Zelenskyy Zelenskiy Zelenski Зеленский Зеленський",
        "Yuri Yury Yurii Iurii Юрий Юрій",
        "Aleksandr Alexander Aleksander Александр",
        "Alexandra Aleksandra Александра",
        "Mohammed Muhammad Mohamed Mohammad Мухаммед",
        "Hussein Husain Hussain Husayn Хусейн",
        "Abdullah Abdallah Abdulla Абдулла",
        "Erdogan Erdoğan Эрдоган",
        "Çavuşoğlu Cavusoglu Чавушоглу",
        "Müller Mueller Muller",
        "Gorbachev Gorbachyov Горбачёв Горбачев",
        "Fyodor Fedor Фёдор",
        "Yevgeny Evgeny Evgeniy Евгений",
        "Sergei Sergey Sergej Сергей",
        "Yulia Yuliya Iuliia Юлия",
        "Romanov Romanoff Romanow Романов",
        "Milošević Milosevic Milosevich Милошевич",
        "González Gonzalez Gonzales Гонсалес",
        "Scholz Шольц",
        "Mitsotakis Μητσοτάκης Мицотакис",
        "O'Brien O’Brien OBrien",
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: str) -> None:
    assert len({heard(each) for each in spellings.split()}) == 1


@pytest.mark.parametrize(
    "apart",
    [
        "Alexander Alexandra",
        "Ivanov Ivanova",
        "Christian Christina",
        "Michael Michelle",
        "Zhang Zheng Yang Chang",
        "Chen Chan Shen",
        "Zhou Zhu Zhuo",
        "Hassan Hussein",
        "Jan Jens John Joan",
        "Elena Alena Alina",
        "Zafar Jafar",
        "Nazir Nasir",
        "Mario Maria Marie",
        "Kim Lim",
    ],
)
def test_other_names_sound_otherwise(apart: str) -> None:
    words = apart.split()
    assert len({heard(each) for each in words}) == len(words)


@pytest.mark.parametrize(
    "spellings",
    ["Volodymyr Vladimir Владимир", "Oleksandr Alexander", "Muhammad محمد", "Dmytro Dmitri", "Gorbachov Gorbachev"],
)
def test_names_that_went_through_another_language_share_their_consonants(spellings: str) -> None:
    assert len({skeleton(heard(each)) for each in spellings.split()}) == 1


@pytest.mark.parametrize(("word", "letters"), [("zhomart", "zj"), ("qasym", "k"), ("yuri", "i"), ("yevgeny", "ie")])
def test_an_initial_is_the_letter_of_any_transcription(word: str, letters: str) -> None:
    assert initials(word) == set(letters)


@given(names)
def test_a_sound_sounds_like_itself(word: str) -> None:
    assert sound(sound(word)) == sound(word) != ""


@given(names, names)
def test_what_sounds_alike_has_the_same_consonants(one: str, other: str) -> None:
    assert sound(one) != sound(other) or skeleton(sound(one)) == skeleton(sound(other)) != ""
    assert words_of(one + "-" + other) == (one, other)
