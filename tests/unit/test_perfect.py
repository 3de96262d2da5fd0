"""The perfect reader: a draft is given where its words stand, and one that is never given is noticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from extractors.examples import Passage
from extractors.offices import OFFICES
from extractors.people import PEOPLE
from extractors.prompt import messages
from tests.loopback import Request
from tests.perfect import PerfectReader

MORO = {"name": "Ada Moro", "at": "Ada Moro became"}


def reader(folder: Path, **replies: list[dict[str, str]]) -> PerfectReader:
    file = folder / "a.json"
    file.write_text(json.dumps({"document": "a.txt", "replies": replies}), encoding="utf-8")
    return PerfectReader([file])


def said(perfect: PerfectReader, passage: str, about: str = "people") -> list[dict[str, str]]:
    extractor = {"people": PEOPLE, "offices": OFFICES}[about]
    request = Request("/chat/completions", {}, {"messages": messages(Passage("Ada Moro.", passage), extractor)}, 0.0)
    items: list[dict[str, str]] = json.loads(perfect.answer(request).text or "")["items"]
    return items


def test_a_draft_is_given_for_the_passage_that_holds_its_words(tmp_path: Path) -> None:
    perfect = reader(tmp_path, people=[MORO], offices=[])
    assert said(perfect, "Then Ada\nMoro became minister.") == [{"name": "Ada Moro", "office": ""}]
    assert said(perfect, "Ada Moro left.") == []
    assert said(perfect, "Then Ada Moro became minister.", "offices") == []
    assert perfect.faults() == []


def test_a_draft_that_is_given_never_or_for_two_passages_is_a_fault(tmp_path: Path) -> None:
    perfect = reader(tmp_path, people=[MORO])
    assert "given 0 times" in perfect.faults()[0]
    for passage in ("Ada Moro became rich.", "Ada Moro became rich.", "Ada Moro became ill."):
        said(perfect, passage)
    assert "given 2 times" in perfect.faults()[0]


def test_more_drafts_for_a_passage_than_a_reply_may_hold_are_a_fault(tmp_path: Path) -> None:
    perfect = reader(tmp_path, people=[MORO] * (PEOPLE.most + 1))
    said(perfect, "Ada Moro became rich.")
    assert f"{PEOPLE.most + 1} drafts for one passage" in perfect.faults()[0]


def test_a_field_that_the_extractor_has_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        reader(tmp_path, people=[{**MORO, "date": "1999"}])
