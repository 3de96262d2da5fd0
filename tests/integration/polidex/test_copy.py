"""Copying a database: every value of every table, between both kinds, also after being stopped at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from examples.postgres_server import Server
from polidex.cli import run_command
from polidex.copying import Copied, copy_database
from polidex.database import reading
from polidex.progress import CopyProgress
from polidex.publish import open_store
from schema.errors import OtherRows
from schema.tables import metadata
from tests.integration.polidex.stored import BASE, rows

ROOT = Path(__file__).parents[3]
Rows = dict[str, list[tuple[Any, ...]]]


def everything(url: str) -> Rows:
    """All rows of all tables, read by the drivers and not by the code that copies."""
    with reading(url) as connection:
        return {
            table.name: sorted(tuple(row) for row in connection.execute(sa.select(table)))
            for table in metadata.sorted_tables
        }


def copy(source: str, target: str, *, replace: bool = False) -> dict[str, Copied]:
    return copy_database(source, target, CopyProgress(quiet=True), replace=replace)


@contextmanager
def a_postgres(server: Server) -> Iterator[str]:
    name = f"polidex_{uuid4().hex}"
    server.make_database(name)
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture(params=["duckdb to postgres", "postgres to duckdb", "duckdb to duckdb", "postgres to postgres"])
def both(request: pytest.FixtureRequest, postgres_server: Server, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Two empty databases."""
    source, _, target = request.param.partition(" to ")
    with a_postgres(postgres_server) as one, a_postgres(postgres_server) as other:
        yield (
            one if source == "postgres" else f"duckdb:///{tmp_path / 'source.duckdb'}",
            other if target == "postgres" else f"duckdb:///{tmp_path / 'target.duckdb'}",
        )


HARD = "\r\n\",;'\t\\N \\. NULL \u0301e\ud7ff\ue000\uffff\U00010000\U0010ffff \u200f עברית العربية 漢字 👩‍👩‍👧 "
SOME = rows(
    BASE,
    {
        # Each is part of one that comes after it by its key, but for the last.
        "organization": [
            {"id": f"o{place}", "name": f"Body {place}", "parent_id": f"o{place + 1}" if place < 9 else None}
            for place in range(10)
        ],
        "reform": [
            {"id": "r1", "title": "Part", "parent_id": "r2"},
            {"id": "r2", "title": "Whole", "current_status": "adopted"},
            {"id": "r3", "title": "Other part", "parent_id": "r2"},
        ],
        "person": [
            {"id": "p", "name": HARD},
            {"id": "\U0001f600", "name": "", "country": ""},
            {"id": "ﬀ", "name": "X"},
        ],
        "office": [{"id": "f", "name": HARD * 1000, "organization_id": "o0"}],
        "tenure": [
            {"id": "t", "person_id": "p", "office_id": "f", "party_id": "o3", "start_earliest": date(1, 1, 1)},
            {"id": "u", "person_id": "ﬀ", "office_id": "f", "acting": False, "end_latest": date(9999, 12, 31)},
        ],
        "election": [{"id": "e", "type": "referendum", "turnout_pct": 0.1 + 0.2, "early": True, "round": 2**62}],
        "election_result": [
            {"id": "er", "election_id": "e", "option": "yes", "vote_share_pct": -0.0, "votes": -(2**63)}
        ],
        "text_band": [{"band": band, "document_version_id": "v1"} for band in ("a", "b\n", "ü")],
        "fact": [{"of": "person", "id": "p", "field": "name", "value": HARD, "value_least": 5e-324}],
        "quarantine": [{"id": "q", "extraction_id": "x1", "reason": "rule_violated", "payload": "{}"}],
    },
)
SOME["document_version"][0]["source_id"] = "v2"
SOME["document_version"][1]["source_id"] = "v2"
SOME["extraction"][0]["seconds"] = 1 / 3
SOME["extraction"][1]["extracted_at"] = datetime(1, 1, 1, 0, 0, 0, 1, tzinfo=UTC)
SOME["document"][0]["first_seen_at"] = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


def test_all_rows_come_over(both: tuple[str, str]) -> None:
    source, target = both
    with open_store(source) as store:
        store.load(SOME)
    before = everything(source)
    copied = copy(source, target)
    assert everything(target) == before == everything(source)
    assert {name: each.rows for name, each in copied.items() if each.rows} == {
        name: len(given) for name, given in SOME.items()
    }
    assert copied["organization"] == Copied(rows=10, held=0, written=10, deleted=0)
    again = copy(source, target)
    assert everything(target) == before
    assert {(each.held, each.written) for each in again.values()} == {(len(each), 0) for each in before.values()}


def test_a_target_with_other_rows_is_left_as_it_is(both: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    source, target = both
    with open_store(source) as store:
        store.load(SOME)
    theirs = rows(BASE, {"organization": [{"id": "o7a", "name": "A"}, {"id": "o7b", "name": "B", "parent_id": "o7a"}]})
    with open_store(target) as store:
        store.load(theirs)
    before = everything(target)
    with pytest.raises(OtherRows, match="2 in organization"):
        copy(source, target)
    assert run_command(["db", "copy", source, target]) == 2
    assert "--replace" in capsys.readouterr().err
    assert everything(target) == before
    with open_store(target) as store:
        store.load({"person": SOME["person"][:1]})
    copied = copy(source, target, replace=True)
    assert everything(target) == everything(source)
    assert copied["organization"] == Copied(rows=10, held=0, written=10, deleted=2)


def test_what_changed_in_the_source_since_is_brought_over(both: tuple[str, str]) -> None:
    source, target = both
    with open_store(source) as store:
        store.load(SOME)
    copy(source, target)
    with open_store(source) as store:
        store.load(
            rows(
                {
                    "person": [{"id": "p", "name": "Pat"}, {"id": "q", "name": "Quin"}],
                    # A link to a later row goes, another comes, and one turns round.
                    "reform": [
                        {"id": "r1", "title": "Part"},
                        {"id": "r2", "title": "Whole", "parent_id": "r3"},
                        {"id": "r3", "title": "Other part"},
                    ],
                }
            )
        )
    copy(source, target)
    assert everything(target) == everything(source)
