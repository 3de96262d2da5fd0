"""Explaining: from any id to the words, on both databases."""

from __future__ import annotations

import json

import pytest

from polidex.explain import explain
from polidex.publish import open_store
from schema.errors import UnknownId
from tests.integration.polidex.stored import BASE, TEXT, Short, rows

pytestmark = pytest.mark.with_tables
GIVEN: Short = {
    "election": [{"id": "el", "type": "referendum"}],
    "election_result": [{"id": "res", "election_id": "el", "option": "yes"}],
    "person": [{"id": "ada", "name": "Ada Moro"}],
    "fact": [
        {"of": "person", "id": "ada", "field": "name", "value": "Ada Moro", "span": [0, 8]},
        {"of": "person", "id": "ada", "field": "name", "value": "\x1b[2JAda", "version": "v2", "is_current": False},
        {"of": "election", "id": "el", "field": "type", "value": "referendum", "span": [63, 69]},
    ],
}


def test_any_id_leads_to_the_words(database_url: str) -> None:
    with open_store(database_url) as store:
        store.load(rows(BASE, GIVEN))
    row = explain(database_url, "ada")
    assert (row.table, row.row["name"]) == ("person", "Ada Moro")
    current, old = row.claims
    assert (current.value, current.model, current.run_id, old.is_current) == ("Ada Moro", "small", "r1", False)
    (quote,) = current.quotes
    assert (quote.before, quote.quote, quote.after) == ("", "Ada Moro", TEXT[8:88])
    assert (quote.uri, quote.title) == ("https://news.example/1", "One")

    for id_ in ("c00", "rec00"):
        assert [claim.id for claim in explain(database_url, id_).claims] == ["c00"]
    assert {claim.id for claim in explain(database_url, "d1").claims} == {"c00", "c02"}
    (of_part,) = explain(database_url, "res").claims
    assert of_part.quotes[0].before + of_part.quotes[0].quote == TEXT[:69]
    with pytest.raises(UnknownId):
        explain(database_url, "nobody'; --")


def test_it_is_shown_as_text_and_as_json(duckdb_url: str) -> None:
    with open_store(duckdb_url) as store:
        store.load(rows(BASE, GIVEN))
    explanation = explain(duckdb_url, "ada")
    text = explanation.as_text()
    assert "[Ada Moro] became prime minister" in text
    assert "https://news.example/1 (0-8)" in text
    assert "\x1b" not in text
    assert json.loads(explanation.as_json())["claims"][0]["quotes"][0]["quote"] == "Ada Moro"
