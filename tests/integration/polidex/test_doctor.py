"""The checks: rows that keep the rules pass all of them, and every rule is broken by `checks/NAME.json`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.weights import CATALOGUE
from polidex.database import SQL
from polidex.doctor import check
from polidex.publish import open_store
from schema.tables import metadata
from tests.integration.polidex.stored import BASE, Short, rows

pytestmark = pytest.mark.with_tables
CASES = Path(__file__).parent / "checks"

SOUND: Short = {
    "person": [{"id": "a", "name": "Ada Moro"}],
    "fact": [{"of": "person", "id": "a", "field": "name", "value": "Ada Moro", "span": [0, 8]}],
}


def broken(url: str) -> set[str]:
    return {result.name for result in check(url) if not result.ok}


def test_sound_rows_pass_every_check(database_url: str, tmp_path: Path) -> None:
    with open_store(database_url) as store:
        store.load(rows(BASE, SOUND))
    results = check(database_url, cache=tmp_path / "not-yet")
    assert [result for result in results if not result.ok] == []
    assert {"database", "cache", "weights", "orphans"} <= {result.name for result in results}


@pytest.mark.parametrize("name", sorted(file.stem for file in (SQL / "checks").glob("*.sql")))
def test_a_check_finds_what_it_looks_for(name: str, duckdb_url: str) -> None:
    given, behind = CASES / f"{name}.json", CASES / f"{name}.sql"
    with open_store(duckdb_url) as store:
        store.load(rows(BASE, json.loads(given.read_text(encoding="utf-8")) if given.exists() else SOUND))
        # What no load would do.
        if behind.exists():
            with store.transaction() as connection:
                connection.exec_driver_sql(behind.read_text(encoding="utf-8"))
    (result,) = (result for result in check(duckdb_url) if result.name == name)
    assert not result.ok
    assert result.rows


def test_spans_are_counted_in_characters_and_not_in_bytes(database_url: str) -> None:
    text = "🇰🇿 Äda é 👍🏽 spoke"
    start = text.index("spoke")
    version = {"id": "v9", "document_id": "d1", "text": text}
    span = {"id": "e9", "document_version_id": "v9", "start_char": start, "end_char": len(text), "quote": "spoke"}
    with open_store(database_url) as store:
        store.load(rows(BASE, {"document_version": [version], "evidence": [span]}))
        assert "spans_differ_from_quotes" not in broken(database_url)
        store.publish()
        store.load(rows({"evidence": [span | {"start_char": start - 1, "end_char": len(text) - 1}]}))
    assert "spans_differ_from_quotes" in broken(database_url)


def test_every_foreign_key_is_looked_after() -> None:
    text = (SQL / "checks" / "orphans.sql").read_text(encoding="utf-8")
    for table in metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            assert f"'{table.name}.{constraint.column_keys[0]}'" in text


def test_a_database_that_cannot_be_read_is_a_failed_check(tmp_path: Path) -> None:
    (result,) = check(f"duckdb:///{tmp_path}/none.duckdb")
    assert (result.ok, result.hint != "") == (False, True)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert [result.name for result in check("nonsense", cache=blocked) if not result.ok] == ["database", "cache"]


def test_weights_that_went_bad_are_found(tmp_path: Path) -> None:
    for weights in CATALOGUE.values():
        (tmp_path / weights.file).write_bytes(b"GGUF and something else")
    found = check(f"duckdb:///{tmp_path}/none.duckdb", cache=tmp_path)
    assert [result.name for result in found if not result.ok] == ["database", *(["weights"] * len(CATALOGUE))]
