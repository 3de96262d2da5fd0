"""What the property tests of resolution find in memory holds on both databases: the same mentions, blocks and keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from polidex.database import make_engine, parse_url
from polidex.identity.settle import settle
from polidex.publish import open_store
from polidex.review import merge, split, undo
from schema import stable_id
from schema.tables import metadata
from tests.unit.polidex.identity.shelf import Shelf
from tests.unit.polidex.identity.test_settle import NOW, decided, person

pytestmark = pytest.mark.with_tables


def rows(url: str, table: str) -> list[dict[str, Any]]:
    columns = metadata.tables[table]
    engine = make_engine(parse_url(url))
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(sa.select(columns)).mappings()]
    engine.dispose()
    return sorted(found, key=lambda row: tuple(str(row[column.name]) for column in columns.primary_key))


def plain(table: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(table[key]) for key in sorted(table)]


def test_both_databases_settle_as_memory_does(database_url: str) -> None:
    told = [
        [person(5, "Kassym-Jomart Tokayev", "KZ"), person(5, "Ada Moro", "IT")],
        [person(2, "Касым-Жомарт Токаев", "KZ")],
        [person(3, "Ada Moro", "US"), person(3, "K. Tokayev", "KZ")],
        [person(1, "Ada Moro", "IT"), person(1, "J. Biden", "US")],
        [person(7, "Joe Biden", "US"), person(8, "Jill Biden", "US")],
    ]
    moro, biden = (stable_id("person", *person(1, name).profile.key()) for name in ("Ada Moro", "Joe Biden"))
    said = decided("positive", biden, moro) | {
        "record_type": "person", "method": "said_by_a_person", "score": 1.0, "created_at": NOW, "deleted_at": None,
        "user_name": "Editor",
    }  # fmt: skip
    shelf = Shelf()
    with open_store(database_url) as store:
        numbers = {each.profile.document_id for document in told for each in document}
        store.load({"document": [{"id": key, "uri": f"file:{key}"} for key in sorted(numbers)]})
        for step, document in enumerate([*told, told[2], []]):
            gone = [told[3][0].profile.mention_id] if not document else []
            if step == len(told):
                store.load({"resolver_decision": [said]})
                shelf.decision[said["id"]] = said
            in_memory = settle(shelf, document, gone, at=NOW)  # type: ignore[arg-type]
            stored = settle(store, document, gone, at=NOW)
            assert (stored.rows, stored.delete, stored.moved) == (in_memory.rows, in_memory.delete, in_memory.moved)
            shelf.write(in_memory)
            store.load({name: each for name, each in stored.rows.items() if each}, delete=stored.delete)
    assert rows(database_url, "mention") == plain(shelf.mention)
    assert {(row["block"], row["mention_id"]) for row in rows(database_url, "mention_block")} == shelf.block
    assert [row["id"] for row in rows(database_url, "redirect")] == sorted(shelf.redirect)
    assert len({row["canonical_id"] for row in rows(database_url, "mention")}) > 2


def test_a_split_and_a_merge_are_taken_back_on_both_databases(database_url: str) -> None:
    told = [person(1, "Ada Moro", "IT"), person(2, "Ada Moro", "IT"), person(3, "Bea Ruiz", "IT")]
    with open_store(database_url) as store:
        store.load({"document": [{"id": each.profile.document_id, "uri": f"file:{each.label}"} for each in told]})
        given = settle(store, told, [], at=NOW).rows
        store.load({name: each for name, each in given.items() if each})
    moro, _, ruiz = (stable_id("person", *each.profile.key()) for each in told)

    def taken_for() -> list[str]:
        return [row["canonical_id"] for each in told for row in rows(database_url, "mention")
                if row["id"] == each.profile.mention_id]  # fmt: skip

    before = taken_for()
    assert before == [moro, moro, ruiz]
    merged = merge(database_url, moro, ruiz, by="Editor")
    assert taken_for() == [moro, moro, moro]
    parts = split(database_url, moro, ["document_3"], by="Editor")
    assert taken_for() == before
    undo(database_url, parts[0])
    assert taken_for() == [moro, moro, moro]
    undo(database_url, merged)
    assert taken_for() == before
