"""Bylines, and the notes about their authors."""

from __future__ import annotations

import pytest

from polidex.byline import authors_in, is_note_on_author, looks_like_name, split_names


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ana Silva", ("Ana Silva",)),
        ("Authored by: Wim van der Berg.", ("Wim van der Berg",)),
        ("BY ANA SILVA AND JOÃO REIS", ("ANA SILVA", "JOÃO REIS")),
        ("By Ana Silva, João Reis and Wei Li", ("Ana Silva", "João Reis", "Wei Li")),
        ("By Ana Silva, Political Editor", ("Ana Silva",)),
        ("By Ana Silva in Praia", ("Ana Silva",)),
        ("Von Jürgen Groß und Eva Weiß", ("Jürgen Groß", "Eva Weiß")),
        ("Автор: Иван Петров, корреспондент", ("Иван Петров",)),
        ("作者：王小明", ("王小明",)),
    ],
)
def test_a_byline_gives_its_names(line: str, authors: tuple[str, ...]) -> None:
    assert authors_in(line) == authors


@pytest.mark.parametrize(
    "line",
    [
        "By the end of the year the law was gone.",
        "By Monday evening the count was complete.",
        "By 2019",
        "Byron Smith wins seat",
        "By Ana Silva won the vote in every one of the ten districts of the north.",
        "",
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert authors_in(line) == ()


def test_a_list_of_names_is_split_unless_a_part_is_no_name() -> None:
    assert split_names("Ana Silva and João Reis") == ("Ana Silva", "João Reis")
    assert split_names("Ana Silva, reporting from the capital") == ("Ana Silva, reporting from the capital",)


def test_the_shape_of_a_name() -> None:
    assert looks_like_name("Ana de Silva")
    assert not looks_like_name("Silva")
    assert not looks_like_name("Election results by district")


BODY = "The president, Maria Costa, dissolved parliament on Monday."


@pytest.mark.parametrize(
    ("paragraph", "before", "authors"),
    [
        ("The writer is a former diplomat.", [], ()),
        ("Ana has covered the courts since 2019.", ["Ana Silva", "Ana Silva"], ()),
        ("Ana Silva has covered the courts since 2019.", ["Ana Silva"], ()),
        ("Ana Silva teaches law in Praia.", [], ("Ana Silva",)),
    ],
)
def test_a_note_about_the_author(paragraph: str, before: list[str], authors: tuple[str, ...]) -> None:
    assert is_note_on_author(paragraph, before, BODY, authors)


@pytest.mark.parametrize(
    ("paragraph", "before", "authors"),
    [
        ("Costa took office in 2019.", [], ()),
        ("Maria Costa took office in 2019.", ["Maria Costa"], ()),
        ("The courts have been busy since 2019.", ["Ana Silva"], ("Ana Silva",)),
    ],
)
def test_a_last_paragraph_about_the_subject_is_no_note(
    paragraph: str, before: list[str], authors: tuple[str, ...]
) -> None:
    assert not is_note_on_author(paragraph, before, BODY, authors)
