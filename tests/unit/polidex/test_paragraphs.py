"""Paragraphs and their places in the text."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.paragraphs import paragraphs

SENTENCES = "The law passed. It cuts the term of the president from seven years to five, and bars a second one. " * 4


def test_every_line_is_a_paragraph_of_its_own() -> None:
    text = "Headline of the day\n\n" + SENTENCES + "\nA second paragraph."
    assert [part.text for part in paragraphs(text)] == ["Headline of the day", SENTENCES.strip(), "A second paragraph."]


def test_lines_wrapped_at_a_width_are_joined() -> None:
    text = "Parliament cuts its own powers\n\n" + textwrap.fill(SENTENCES, 72) + "\n\nThe end was brief.\n"
    parts = paragraphs(text)
    assert [part.text for part in parts] == ["Parliament cuts its own powers", SENTENCES.strip(), "The end was brief."]
    assert text[parts[1].start : parts[1].end].count("\n") > 3


def test_markdown_signs_are_no_words() -> None:
    heading, link, aside = paragraphs("## What *now*\n\nThe [law](https://example.org/law) passed.\n\n_Write to us._")
    assert (heading.text, heading.heading) == ("What *now", 2)
    assert link.text == "The law passed."
    assert aside.is_aside


@pytest.mark.parametrize("text", ["He said: “We won.”", "Nobody objected!", "议会通过了新的选举法。", "word " * 40])
def test_prose(text: str) -> None:
    assert paragraphs(text)[0].is_prose


@pytest.mark.parametrize(
    "text", ["Parliament cuts its own powers", "Home", "No.", "# Who won?", "选举法", "Ends with,"]
)
def test_no_prose(text: str) -> None:
    assert not paragraphs(text)[0].is_prose


@given(st.text(alphabet=st.sampled_from("ab .\n#*[]()\t选"), max_size=300), st.integers(0, 20))
def test_paragraphs_hold_every_sign_after_the_start_once(text: str, start: int) -> None:
    parts = paragraphs(text, start)
    assert "".join("".join(text[part.start : part.end].split()) for part in parts) == "".join(text[start:].split())
    assert all(before.end <= after.start for before, after in pairwise(parts))
