"""Sentences end where a reader of any language sees them end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.sentences import paragraph_spans, sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. X met A. Shahid in the U.S. Senate.|The talks failed.|See No. 5 and Art. 12, i.e. the law.",
        "J. R. R. Tolkien and St. John wrote.|They met at 5 p.m. and left.",
        "He lives in the U.S.|The president is there.|U.S. President Ada Okafor left.",
        "He left in May.|Tokayev stayed.|It was plan B.|It failed, but it held.",
        "Gen. Mark came.|Gen. Luke went.",
        "He said: “I will go.”|Then he left.|“Why?” he asked.|\"Fine.\"|She nodded (really!).|'No.'|So.[5]|Yes.",
        "It was keen to “keep it open…|We respect it,” she said.|And so on...|Then what?!|Nothing.",
        "The share was 70.96 per cent.|In 2022.|Then 3.5.",
        "1. The council met.|It ended on 3. Oktober 1990 in Bonn.",
        "Он ушёл.|А. С. Пушкин жил в г. Москве, т.е. там.|«Да».|Потом 5 млн человек!|Кто?",
        "Қазақстан тәуелсіздік алды.|Тоқаев 1992 жылы тағайындалды.",
        "Er kam.|„Ja.“|Dann ging er, z.B. nach Bonn.",
        "قال ذلك.|ثم ذهب؟|نعم۔|كذا",
        "यह है।|वह गया।|कौन?",
        "საქართველო დიდია.|ის მოვიდა.",
    ],
)
def test_sentences_parted_by_a_space(text: str) -> None:
    assert sentences(text.replace("|", " ")) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "Nazarbayev resigned in January 2022.|Kassym-Jomart Tokayev said so.|Then he left!|Really?|Yes.",
        "他说。|我们走吧！|好吗？|“是的。”|他回答。",
        "यह है।|वह गया।",
    ],
)
def test_sentences_with_nothing_between(text: str) -> None:
    assert sentences(text.replace("|", "")) == text.split("|")


@pytest.mark.parametrize(
    "text", ["See www.example.com and v2.5.1 now", "the e.V. is", "a Ph.D. student", "iPhone.app is", "..."]
)
def test_dots_within_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_the_end_of_a_paragraph_ends_a_sentence() -> None:
    text = "Biden bet on Tokayev\r\n\r\nThe president spoke. He left\n \nMore power\nIt grew by 3 per cent."
    assert sentences(text) == ["Biden bet on Tokayev", "The president spoke.", "He left", "More power", text[-22:]]


def test_a_wrapped_paragraph_is_one() -> None:
    wrapped = "The law was signed by\nthe president, Mr\nTokayev, on Monday\nand is now in force.\nIt is short."
    text = f"A heading\n\n{wrapped}\n\nAnother paragraph that is\nwritten on two lines"
    assert [text[start:end] for start, end in paragraph_spans(text)] == [
        "A heading",
        wrapped,
        "Another paragraph that is\nwritten on two lines",
    ]


def test_one_paragraph_a_line() -> None:
    lines = ["A heading", "The council met on Monday. " * 8, "Another heading", "It ended on Tuesday. " * 9]
    text = "\n".join(line.strip() for line in lines)
    assert [text[start:end] for start, end in paragraph_spans(text)] == [line.strip() for line in lines]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" \n.!?。“”\"'Aa1")), max_size=300))
def test_spans_cover_all_but_white_space_in_order(text: str) -> None:
    for spans in (sentence_spans(text), paragraph_spans(text)):
        at = 0
        for start, end in spans:
            assert not text[at:start].strip()
            assert text[start:end] == text[start:end].strip() != ""
            at = end
        assert not text[at:].strip()


def test_a_text_of_dots_does_not_hang() -> None:
    assert sentence_spans("a." * 12_000)
