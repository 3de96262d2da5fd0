"""The words without which a thing cannot be reported; a language without a list is read without the check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polidex import cues
from polidex.cues import has_cue, role_of
from schema.vocabulary import OfficeRole

LISTS = json.loads(Path(cues.__file__).with_name("cues.json").read_text(encoding="utf-8"))
LANGUAGES = sorted(set(LISTS) - {"source"})
ASKED_FOR = {"vote", "early", "former", "say", "speech", "reform", "rank", "office"}
"""Kinds whose absence from a language means that everything passes: half a language must not be left out unseen."""


@pytest.mark.parametrize(
    ("kind", "text", "language", "expected"),
    [
        ("vote", "She was re-elected in May.", "en", True),
        ("vote", "He was appointed in May.", "en", False),
        ("vote", "The pivoted voters", "en", True),
        ("vote", "a pivotelected thing", "en", False),
        ("vote", "ВЫБОРЫ прошли", "ru", True),
        ("say", "told", "en", True),
        ("say", "taught", "en", False),
        ("early", "SNAP elections", "en", True),
        ("former", "the then-minister", "en", True),
        ("vote", "anything", "xx", True),
        ("vote", "anything", None, True),
    ],
)
def test_a_word_of_a_kind_is_told_by_its_beginning(kind: str, text: str, language: str | None, expected: bool) -> None:
    assert has_cue(kind, text, language) is expected


@pytest.mark.parametrize(
    ("office", "language", "role"),
    [
        ("Prime Minister of Kenya", "en", OfficeRole.HEAD_OF_GOVERNMENT),
        ("deputy prime minister", "en", OfficeRole.DEPUTY_HEAD),
        ("vice president", "en", OfficeRole.DEPUTY_HEAD),
        ("Minister of Defence", "en", OfficeRole.MINISTER),
        ("Speaker of the Chamber", "en", OfficeRole.SPEAKER),
        ("the quiet man", "en", None),
        ("", "en", None),
        ("премьер-министр", "ru", OfficeRole.HEAD_OF_GOVERNMENT),
        ("anything", "xx", OfficeRole.OTHER),
        ("anything", None, OfficeRole.OTHER),
    ],
)
def test_what_the_holder_of_an_office_does(office: str, language: str | None, role: OfficeRole | None) -> None:
    assert role_of(office, language) is role


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_kinds_that_are_asked_for_and_no_word_that_hides_a_later_one(language: str) -> None:
    lists = LISTS[language]
    assert set(lists) >= ASKED_FOR
    for kind, beginnings in lists.items():
        words = [each[0] for each in beginnings] if isinstance(beginnings[0], list) else beginnings
        assert all(word == word.lower() and word for word in words)
        # The first that fits is taken: one that another begins with would never be.
        never = [word for at, word in enumerate(words) if any(word.startswith(earlier) for earlier in words[:at])]
        assert kind != "office" or not never
    assert all(OfficeRole(role) for _, role in lists["office"])
