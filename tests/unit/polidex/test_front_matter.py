"""Front matter: what it says, and where the article begins."""

from __future__ import annotations

import pytest

from polidex.front_matter import read_front_matter

TEXT = """---
Title: "Who: and why"
author:
  - Ana Silva
  - João Reis
# a note
tags: [law, 'vote']
empty:
---
The article.
"""


def test_values_and_lists() -> None:
    matter = read_front_matter(TEXT)
    assert matter.first("headline", "title") == "Who: and why"
    assert matter.all("authors", "author") == ("Ana Silva", "João Reis")
    assert matter.all("tags") == ("law", "vote")
    assert matter.first("empty") is None
    assert TEXT[matter.end :] == "The article.\n"


@pytest.mark.parametrize(
    "text",
    ["The article.", "---\nA sentence between two rules.\n---\n", "---\ntitle: without an end\n", "\n---\na: b\n---\n"],
)
def test_what_is_no_front_matter_belongs_to_the_article(text: str) -> None:
    matter = read_front_matter(text)
    assert (dict(matter.fields), matter.end) == ({}, 0)
