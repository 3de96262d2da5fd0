"""The made-up rows are rows that Polidex could have written: all of its checks hold on them, on both databases."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.made_up_rows import BATCH_ROWS, tables
from polidex.doctor import check
from polidex.publish import open_store
from polidex.query import run_query
from schema.tables import metadata

CLAIMS = 6_000


@pytest.fixture
def filled(database_url: str) -> str:
    with open_store(database_url) as store:
        for name, rows in tables(CLAIMS):
            store.load_arrow(name, rows)
        store.sum_up()
    return database_url


def test_all_checks_hold_and_sources_differ_somewhere(filled: str) -> None:
    assert [(each.name, each.rows) for each in check(filled) if not each.ok] == []
    asked = """
        SELECT
            (SELECT COUNT(*) FROM claim) AS claims,
            (SELECT COUNT(*) FROM timeline_of_a_fact WHERE standing = 'absent') AS absent,
            (SELECT COUNT(DISTINCT (row_id, field)) FROM timeline_of_a_fact) AS fields,
            (SELECT COUNT(DISTINCT (row_id, field)) FROM conflicts) AS disputed,
            (SELECT COUNT(*) FROM current_office_holders) AS holders,
            (SELECT COUNT(*) FROM document_version WHERE source_id <> id) AS reprints,
            (SELECT COUNT(*) FROM claim WHERE NOT is_current) AS replaced
    """
    (found,) = run_query(filled, asked).to_pylist()
    assert found["claims"] == pytest.approx(CLAIMS, rel=0.02)
    assert found["absent"] < 0.03 * found["claims"]
    assert 0.01 * found["fields"] < found["disputed"] < 0.05 * found["fields"]
    assert min(found["holders"], found["reprints"], found["replaced"]) > 0


def test_the_same_seed_gives_the_same_rows_parents_first_in_small_batches() -> None:
    one, again, other = (list(tables(CLAIMS, seed)) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    order = [table.name for table in metadata.sorted_tables]
    assert all(order.index(before) <= order.index(after) for (before, _), (after, _) in pairwise(one))
    assert max(rows.num_rows for _, rows in tables(120_000)) <= BATCH_ROWS
