"""The shipped examples: the gold fits the text that is stored, and the articles are what their page says."""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from polidex.read import read, sources
from schema.dates import WorldDate
from schema.vocabulary import (
    Basis,
    DecidedBy,
    ElectionStatus,
    ElectionType,
    LegalInstrument,
    ReformArea,
    ReformStatus,
    StatementForm,
    TenureStatus,
)

EXAMPLES = Path(__file__).parents[2] / "examples"
Row = dict[str, Any]
GOLD: list[Row] = [json.loads(line) for line in (EXAMPLES / "gold.jsonl").read_text("utf-8").splitlines()]
ARTICLES = sorted({row["document"] for row in GOLD})
CHOICES: dict[str, dict[str, type[StrEnum]]] = {
    "tenure": {"status": TenureStatus},
    "election": {"type": ElectionType, "status": ElectionStatus},
    "reform": {"status": ReformStatus, "area": ReformArea, "legal_instrument": LegalInstrument},
    "statement": {"form": StatementForm},
}
each_article = pytest.mark.parametrize("article", ARTICLES)


@cache
def stored_text(article: str) -> str:
    (source,) = sources([str(EXAMPLES / article)])
    return read(source).version.text


def rows_of(article: str) -> list[Row]:
    return [row for row in GOLD if row["document"] == article]


@each_article
def test_the_evidence_stands_where_the_row_says(article: str) -> None:
    text = stored_text(article)
    assert [row["id"] for row in rows_of(article) if text[row["start"] : row["end"]] != row["evidence"]] == []


@each_article
def test_the_anchor_lies_inside_the_evidence(article: str) -> None:
    for row in rows_of(article):
        first, last = row["anchor"]
        assert row["start"] <= first < last <= row["end"], row["id"]


@each_article
def test_choices_are_words_of_the_vocabulary(article: str) -> None:
    for row in rows_of(article):
        for name, choice in CHOICES.get(row["type"], {}).items():
            assert row["fields"][name] in list(choice), row["id"]
        for event in row["fields"].get("events", ()):
            assert event["status"] in list(ReformStatus), row["id"]
            assert event["decided_by"] in list(DecidedBy), row["id"]


@each_article
def test_dates_are_edtf(article: str) -> None:
    for row in rows_of(article):
        for holder in (row["fields"], *row["fields"].get("events", ())):
            for value in (value for name, value in holder.items() if name.endswith("_edtf") and value is not None):
                assert WorldDate.from_edtf(value, Basis.STATED).known


@each_article
def test_words_given_as_the_speakers_own_stand_in_the_evidence(article: str) -> None:
    for row in rows_of(article):
        if row["type"] == "statement" and row["fields"]["form"] != StatementForm.INDIRECT:
            assert row["fields"]["text"] in row["evidence"], row["id"]


@each_article
def test_an_article_has_400_to_900_words(article: str) -> None:
    assert 400 <= len(stored_text(article).split()) <= 900


@each_article
def test_an_article_shows_every_type_of_record_and_a_trap(article: str) -> None:
    types = Counter(row["type"] for row in rows_of(article))
    assert types["document"] == 1
    assert set(types) == {"document", "person", "tenure", "election", "reform", "statement", "trap"}


@each_article
def test_whoever_holds_an_office_or_speaks_is_among_the_people(article: str) -> None:
    rows = rows_of(article)
    people = {row["fields"]["name"] for row in rows if row["type"] == "person"}
    named = {row["fields"]["person"] for row in rows if row["type"] == "tenure"}
    named |= {row["fields"]["speaker"] for row in rows if row["type"] == "statement"}
    assert named <= people


def test_a_byline_is_never_a_person() -> None:
    bylines = {row["fields"]["byline"] for row in GOLD if row["type"] == "document"}
    assert bylines.isdisjoint(row["fields"]["name"] for row in GOLD if row["type"] == "person")


def test_every_article_has_gold_and_an_id_is_used_once() -> None:
    assert {path.name for path in EXAMPLES.iterdir() if path.suffix in {".txt", ".md", ".html"}} == set(ARTICLES)
    assert max(Counter(row["id"] for row in GOLD).values()) == 1


def test_there_are_five_articles_or_more_from_three_countries_or_more() -> None:
    countries = {row["fields"]["country"] for row in GOLD if row["type"] == "election"}
    assert len(ARTICLES) >= 5
    assert len(countries) >= 3
