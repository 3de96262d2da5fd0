"""Quotes are found where they stand, whatever was done to their signs, and nowhere when a word differs."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
import regex
from hypothesis import assume, example, given
from hypothesis import strategies as st

from polidex.folding import fold, graphemes
from polidex.quotes import MAX_GAP, Found, TextIndex
from schema.vocabulary import Match

ARTICLE = (
    "In March 1999, Kassym-Jomart Tokayev became Deputy Prime Minister of Kazakhstan, and in October of the same year "
    "he became Prime Minister. He returned to diplomacy in 2002. The upper house had 16 seats.\n\n"
    "“I will not sign the decree,” said the president’s speaker. The opposition resigned from the 3,000-seat council. "
    "Support fell by -5.5% in 2019. Critics were not able to vote; the notables could."
)
WORDS = st.sampled_from(
    [
        "the",
        "president",
        "Tokayev",
        "signed",
        "a",
        "décret",
        "in",
        "2019",
        "“law”",
        "well-known",
        "Қасым",
        "said.",
        "5%",
    ]
)
PROSE = st.lists(WORDS, min_size=6, max_size=60).map(" ".join)


def found(text: str, quote: str, **where: int) -> list[tuple[str, Match]]:
    """What `find` finds, as text."""
    return [(text[place.start : place.end], place.match) for place in TextIndex(text).find(quote, **where)]  # type: ignore[arg-type]


def whole_words(text: str, data: st.DataObject) -> str:
    words = [0, *(i + 1 for i, character in enumerate(text) if character == " ")]
    start = data.draw(st.sampled_from(words))
    end = data.draw(st.sampled_from([i - 1 for i in words if i > start] + [len(text)]))
    return text[start:end]


@given(st.text(max_size=200), st.data())
@example("e\u0301tat", None)
def test_any_substring_that_begins_a_word_is_found_exactly(text: str, data: st.DataObject | None) -> None:
    offsets = sorted(graphemes(text))
    start, end = (
        (0, len(text))
        if data is None
        else sorted((data.draw(st.sampled_from(offsets)), data.draw(st.sampled_from(offsets))))
    )
    quote = text[start:end]
    assume(regex.search(r"\p{L}", quote) and not regex.search(r"\p{N}", text))
    assume(start == 0 or not regex.match(r"[\p{L}\p{M}]", text[start - 1]))
    (place,) = TextIndex(text).find(quote)
    assert place.match == Match.EXACT
    assert text[place.start : place.end] == quote


NOISES: dict[str, Callable[[str], str]] = {
    "white space": lambda text: text.replace(" ", "\u00a0\n "),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "quotation marks": lambda text: text.translate({0x201C: '"', 0x201D: "''", 0x2019: "'"}).replace("''", "»"),
    "dashes": lambda text: text.replace("-", "\u2011"),
    "soft hyphens": lambda text: text.replace("president", "presi\u00addent"),
    "line end": lambda text: text.replace("president", "presi-\n  dent").replace("signed", "sig\u00ad\nned"),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text),
    "zero width": lambda text: text.replace("a", "a\u200b"),
    "case": str.upper,
    "wrapped": lambda text: f"“...{text}…”",
}


@pytest.mark.parametrize("noise", NOISES.values(), ids=NOISES)
@given(text=PROSE, data=st.data())
def test_noise_of_form_on_either_side_is_seen_through(
    noise: Callable[[str], str], text: str, data: st.DataObject
) -> None:
    quote = whole_words(text, data)
    folded = fold(quote).casefolded().text
    (place,) = TextIndex(text).find(noise(quote))
    assert fold(text[place.start : place.end]).casefolded().text.strip("'. ") == folded.strip("'. ")
    assert place.match == Match.NORMALISED or noise(quote) == quote
    noisy = noise(text)
    (place,) = TextIndex(noisy).find(quote)
    assert fold(noisy[place.start : place.end]).casefolded().text == folded
    assert {place.start, place.end} <= graphemes(noisy)


@given(PROSE, st.text(alphabet="qxzQXZ .…", min_size=1, max_size=80))
def test_what_does_not_occur_is_absent(text: str, quote: str) -> None:
    assert TextIndex(text).find(quote) == ()


@given(PROSE, st.data())
def test_a_changed_dropped_or_added_word_is_never_forgiven(text: str, data: st.DataObject) -> None:
    words = text.split()
    at = data.draw(st.integers(1, len(words) - 2))
    changed = data.draw(st.sampled_from([["never"], [words[at], "not"], [words[at][0] + "xx"]]))
    quote = " ".join(words[:at] + changed + words[at + 1 :])
    assert TextIndex(text).find(quote) == ()


@given(st.text(max_size=120), st.text(max_size=40))
def test_no_span_cuts_a_grapheme_or_leaves_the_text(text: str, quote: str) -> None:
    for place in TextIndex(text).find(quote):
        assert {place.start, place.end} <= graphemes(text)
        assert place.start < place.end


@pytest.mark.parametrize(
    "quote",
    [
        "Trump",
        "In March 1998, Kassym-Jomart Tokayev became Deputy Prime Minister",
        "In March 1999, Kassym-Jomart Tokaev became Deputy Prime Minister",
        "I will sign the decree",
        "I will now sign the decree",
        "The opposition signed from the 3,000-seat council",
        "signed from the",
        "The upper house had 6 seats",
        "6 seats",
        "The upper house had 1",
        "Support fell by 5.5% in 2019",
        "Support fell by -55% in 2019",
        "Support fell by -5.5 in 2019",
        "The opposition resigned from the 3-seat council",
        "Critics were notable to vote",
        "the not ables could",
        "He returned to diplmcy",
        "...",
        " ",
        "",
    ],
)
def test_absent(quote: str) -> None:
    assert found(ARTICLE, quote) == []


@pytest.mark.parametrize(
    ("quote", "span"),
    [
        ("In March 1999 Kassym Jomart Tokayev became Deputy Prime Minister", None),
        ("He returned to diplomasy in 2002.", "He returned to diplomacy in 2002."),
        ("the pres ident’s speaker", "the president’s speaker"),
        ("The opposition resigned from the 3000-seat council", "The opposition resigned from the 3,000-seat council"),
        ("and in October of the same year, he became Prime Minister.", None),
    ],
)
def test_slips_of_the_pen_are_fuzzy(quote: str, span: str | None) -> None:
    ((text, match),) = found(ARTICLE, quote)
    assert match == Match.FUZZY
    assert text == span or (span is None and text in ARTICLE and len(text) - len(quote) in (-1, 1))


def test_under_twelve_characters_nothing_is_fuzzy() -> None:
    assert found("The diplomacy", "diplomasy") == []


def test_names_agree_up_to_diacritics_in_a_fuzzy_match() -> None:
    text = "Gestern hat José Álvarez das Amt des Ministers übernommen."
    assert found(text, "Gestern hat Jose Alvarez das Amt des Ministers übernommen.") == [(text, Match.FUZZY)]
    assert found(text, "Gestern hat Josi Alvarez das Amt des Ministers übernommen.") == []


def test_words_of_a_script_without_capitals_do_not_slip() -> None:
    text = "托卡耶夫于二〇一九年三月就任哈萨克斯坦总统，此前他曾任参议院议长。"
    assert found(text, text.replace("，", " ")) == [(text, Match.FUZZY)]
    assert found(text, text.replace("参", "众")) == []


def test_a_combining_mark_is_another_letter() -> None:
    assert found("и\u0306од", "и") == []
    assert found("cafe\u0301 noir", "café noir") == [("cafe\u0301 noir", Match.NORMALISED)]


def test_superscripts_are_not_digits() -> None:
    assert found("an area of 10² km", "area of 102 km") == []


def test_a_line_end_hyphen_may_belong_to_the_word() -> None:
    text = "the well-\nknown Kasym-\nJomart, presi-\ndent in 2011-\n2013"
    assert found(text, "the well-known Kasym-Jomart") == [("the well-\nknown Kasym-\nJomart", Match.NORMALISED)]
    assert found(text, "president in 2011-2013") == [("presi-\ndent in 2011-\n2013", Match.NORMALISED)]
    assert found("the well-known man", "well-\nknown man") == [("well-known man", Match.NORMALISED)]


def test_repeated_quotes_are_told_apart() -> None:
    text = "Oman. Romania. She won the vote. He lost. She won the vote. Then she won the vote."
    index = TextIndex(text)
    first, second = text.index("She won"), text.rindex("She won")
    assert index.find("She won the vote.") == (Found(first, first + 17, Match.EXACT),)
    assert index.find("She won the vote.", near=second + 3)[0].start == second
    assert index.find("She won the vote.", near=first - 9)[0].start == first
    assert index.find("She won the vote.", within=(first + 1, len(text)))[0].start == second
    assert index.find("She won the vote.", within=(0, first + 16)) == ()
    assert index.find("she won  the vote", within=(second + 1, len(text)))[0].match == Match.NORMALISED
    assert TextIndex("Romanian, Roman.").find("Roman")[0].start == 10


@pytest.mark.parametrize("joint", [" … ", "... ", " [...] ", " (…) ", " . . . "])
def test_an_ellipsis_joins_two_places(joint: str) -> None:
    quote = f"Kassym-Jomart Tokayev became Deputy Prime Minister{joint}he returned to diplomacy"
    assert found(ARTICLE, quote) == [
        ("Kassym-Jomart Tokayev became Deputy Prime Minister", Match.EXACT),
        ("He returned to diplomacy", Match.NORMALISED),
    ]


def test_sentences_from_two_places_are_two_spans() -> None:
    sentences = ["He returned to diplomacy in 2002.", "Support fell by -5.5% in 2019."]
    assert found(ARTICLE, " ".join(sentences)) == [(sentence, Match.EXACT) for sentence in sentences]


def test_parts_must_be_long_in_order_and_close() -> None:
    first, second = "The council met in Oslo", "the mayor resigned"
    quote = f"{first} ... {second}"
    near, far = "x " * 20, "x " * MAX_GAP
    assert len(found(f"{first}, {near}{second}.", quote)) == 2
    assert found(f"{first}, {far}{second}.", quote) == []
    assert found(f"{second}, {near}{first}.", quote) == []
    assert found(ARTICLE, "Tokayev ... he became Prime Minister") == []
    assert found(ARTICLE, "the president … did what nobody saw") == []


def test_a_later_first_part_is_taken_when_the_second_follows_only_that() -> None:
    text = f"The council met in Oslo. {'x ' * MAX_GAP}The council met in Oslo. The mayor then resigned."
    start = text.rindex("The council")
    assert TextIndex(text).find("The council met in Oslo … mayor then resigned")[0].start == start


def test_a_text_of_one_repeated_word_does_not_hang() -> None:
    assert TextIndex("aaaaa " * 4000).find("aaaaa " * 30 + "bbbbb") == ()
