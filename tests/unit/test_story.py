"""The story of the examples: its gold and its lines on identity fit the texts that are stored."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from polidex.gold import find_documents, read_gold
from polidex.read import read, sources
from schema.dates import WorldDate
from schema.vocabulary import Basis, RecordType

STORY = Path(__file__).parents[2] / "examples" / "story"
GOLD = read_gold(STORY / "gold.jsonl")
ARTICLES = tuple(find_documents(STORY / "gold.jsonl", GOLD))
IDENTITY: list[dict[str, Any]] = [
    json.loads(line) for line in (STORY / "identity.jsonl").read_text("utf-8").splitlines()
]
LINKS = ("same", "apart", "conflict", "one_source")


@cache
def stored_text(article: str) -> str:
    (source,) = sources([str(STORY / article)])
    return read(source).version.text


def test_an_anchor_lies_inside_its_evidence_and_ids_are_used_once() -> None:
    for row in GOLD:
        assert row.start <= row.anchor[0] < row.anchor[1] <= row.end <= len(stored_text(row.document)), row.id
    assert len({row.id for row in GOLD}) == len(GOLD)


def test_what_is_quoted_stands_in_its_evidence() -> None:
    for row in GOLD:
        evidence = stored_text(row.document)[row.start : row.end]
        if row.type == RecordType.PERSON:
            assert row.fields["name"] in evidence, row.id
        if row.type == RecordType.STATEMENT:
            assert row.fields["text"] in evidence, row.id


def test_dates_are_edtf() -> None:
    holders = [holder for row in GOLD for holder in (row.fields, *row.fields.get("events", ()))]
    dates = [value for holder in holders for name, value in holder.items() if name.endswith("_edtf") and value]
    assert len(dates) > len(ARTICLES)
    assert all(WorldDate.from_edtf(date, Basis.STATED).known for date in dates)


def test_every_article_of_the_folder_has_gold_and_is_short() -> None:
    texts = {path.name for path in STORY.iterdir() if path.suffix in {".txt", ".md", ".html"}}
    assert texts == set(ARTICLES)
    assert len({Path(article).suffix for article in ARTICLES}) == 3
    assert all(700 <= len(stored_text(article)) <= 1500 for article in ARTICLES)


def test_the_reprint_is_the_article_word_for_word_under_another_header() -> None:
    [names] = [line["one_source"] for line in IDENTITY if "one_source" in line]
    first, second = (stored_text(name).split() for name in names)
    assert first != second
    body = " ".join(first[-90:])
    assert body in " ".join(second)


@pytest.mark.parametrize("line", IDENTITY, ids=lambda line: line["why"])
def test_a_line_on_identity_names_words_that_stand_in_the_article(line: dict[str, Any]) -> None:
    assert sum(link in line for link in LINKS) == 1
    for named in next(line[link] for link in LINKS if link in line):
        article, _, words = named.partition(":")
        assert article in ARTICLES
        assert words in stored_text(article)


def test_what_is_apart_is_not_one_by_another_line() -> None:
    groups = [(line["type"], set(line["same"])) for line in IDENTITY if "same" in line]
    apart = [line for line in IDENTITY if "apart" in line]
    assert len(apart) >= 8
    for line in apart:
        one, other = line["apart"]
        homes = [names for kind, names in groups if kind == line["type"] and names & {one, other}]
        assert len(homes) == 2, line["why"]
