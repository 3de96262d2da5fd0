"""Every revision with rows in every table: up to the newest, and down to it and up again, with nothing lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlalchemy as sa
from alembic.operations import Operations

from polidex import database
from polidex.database import SQL, make_engine, migrate, parse_url, statement, view_order
from polidex.publish import downgrade, upgrade
from polidex.revisions import BASE, check, revisions
from polidex.summaries import with_rules
from schema.errors import DatabaseError, MissingDatabase, NewerDatabase, UsageError
from schema.tables import SUMMARIES, metadata
from tests.integration.migrations.filled import fill, kept, stored

ROOT = Path(__file__).parents[3]
NAMES = [each.name for each in revisions()]
NEWEST = NAMES[-1]
# What only a reading can keep: these rows were not read from their texts.
RULES_OF_READING = {"claims_of_no_row", "mentions_of_no_row", "rows_without_claim", "spans_differ_from_quotes"}


def engine(url: str) -> sa.Engine:
    return make_engine(parse_url(url))


def broken_rules(connection: sa.Connection) -> set[str]:
    """The names of the files of sql/checks that give a row."""
    names = [file.stem for file in (SQL / "checks").glob("*.sql")]
    return {name for name in names if connection.exec_driver_sql(with_rules(statement(f"checks/{name}"))).first()}


def filled_at(url: str, revision: str) -> None:
    """A database that an older Polidex has made and filled."""
    with engine(url).connect() as connection:
        migrate(connection, revision)
        fill(connection)
        connection.commit()


@pytest.mark.parametrize("revision", NAMES)
def test_an_older_database_keeps_its_rows(revision: str, database_url: str) -> None:
    filled_at(database_url, revision)
    with engine(database_url).connect() as connection:
        before = stored(connection)
    assert all(before.values())
    upgrade(database_url)
    assert check(database_url).ok
    with engine(database_url).connect() as connection:
        after = stored(connection)
        assert after.keys() == metadata.tables.keys() - set(SUMMARIES)
        for table, rows in before.items():
            assert [{name: row[name] for name in rows[0]} for row in after[table]] == rows
        # What a revision fills in by itself: every text counts as its own source until it is compared.
        if revision < "0006":
            assert [row["source_id"] for row in after["document_version"]] == [
                row["id"] for row in after["document_version"]
            ]
        for view in view_order():
            connection.exec_driver_sql(f"SELECT * FROM {view}").all()
        assert broken_rules(connection) <= RULES_OF_READING


@pytest.mark.parametrize("revision", [BASE, *NAMES[:-1]])
def test_down_and_up_again_loses_nothing(revision: str, database_url: str) -> None:
    filled_at(database_url, NEWEST)
    with engine(database_url).connect() as connection:
        before = stored(connection)
    downgrade(database_url, revision)
    with engine(database_url).connect() as connection:
        left = stored(connection)
        gone = {table for table in before if table not in left}
        gone |= {
            f"{table}__{name}" for table, rows in left.items() for name in before[table][0].keys() - rows[0].keys()
        }
        # Of a table that went in the end, columns may have gone before it.
        assert gone <= {name.split("__", 1)[1] for name in kept(connection)}
    upgrade(database_url)
    assert check(database_url).ok
    with engine(database_url).connect() as connection:
        assert stored(connection) == before
        assert not kept(connection)


def test_what_speaks_of_a_row_that_was_deleted_meanwhile_stays_away(database_url: str) -> None:
    filled_at(database_url, NEWEST)
    downgrade(database_url, "0004")
    with engine(database_url).begin() as connection:
        # What the older Polidex knows of the document goes; of its mentions and bands of words it knows nothing.
        for table, column in (
            ("claim_evidence", "evidence_id"),
            ("evidence", "id"),
            ("statement", "id"),
            ("claim", "id"),
            ("quarantine", "id"),
            ("record", "id"),
            ("extraction", "id"),
            ("document_version", "id"),
            ("fetch", "id"),
            ("document", "id"),
        ):
            connection.exec_driver_sql(f"DELETE FROM \"{table}\" WHERE right({column}, 2) = '-0'")
    upgrade(database_url)
    assert check(database_url).ok
    with engine(database_url).connect() as connection:
        after = stored(connection)
        assert [row["id"] for row in after["mention"]] == ["mention-1", "mention-2"]
        assert [row["mention_id"] for row in after["mention_block"]] == ["mention-1", "mention-2"]
        assert [row["id"] for row in after["document_version"]] == ["document_version-1", "document_version-2"]
        assert "orphans" not in broken_rules(connection)


def test_what_the_older_polidex_wrote_stays(database_url: str) -> None:
    filled_at(database_url, NEWEST)
    downgrade(database_url, "0006")
    with engine(database_url).begin() as connection:
        connection.exec_driver_sql("UPDATE tenure SET constituency = 'North' WHERE id = 'tenure-0'")
        copied = "SELECT 'new', person_id, office_id, start_basis, end_basis, status FROM tenure WHERE id = 'tenure-0'"
        names = "id, person_id, office_id, start_basis, end_basis, status"
        connection.exec_driver_sql(f"INSERT INTO tenure ({names}) {copied}")
    upgrade(database_url)
    with engine(database_url).connect() as connection:
        rows = {row["id"]: (row["constituency"], row["acting"]) for row in stored(connection)["tenure"]}
    assert rows["tenure-0"] == ("North", True)
    assert rows["tenure-1"][1] is False
    assert rows["new"] == (None, None)


def test_an_older_polidex_does_not_take_our_views_for_its_own(database_url: str) -> None:
    upgrade(database_url)
    downgrade(database_url, NAMES[-2])
    with engine(database_url).connect() as connection:
        assert sa.inspect(connection).get_table_comment("alembic_version")["text"] is None
        assert sa.inspect(connection).get_view_names() == []


def test_a_view_of_somebody_else_is_not_taken_away(postgres_url: str) -> None:
    upgrade(postgres_url)
    with engine(postgres_url).begin() as connection:
        connection.exec_driver_sql("CREATE VIEW mine AS SELECT person FROM person_profile")
    with pytest.raises(DatabaseError, match=r"Views of others in .* read ours: drop them first"):
        downgrade(postgres_url, "0007")
    assert check(postgres_url).ok


def test_readers_of_a_duckdb_file_keep_what_they_have(duckdb_url: str) -> None:
    filled_at(duckdb_url, NEWEST)
    file = duckdb_url.removeprefix("duckdb:///")
    with duckdb.connect(file, read_only=True) as reader:
        program = f"from polidex.publish import downgrade; downgrade({duckdb_url!r}, '0004')"
        subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
        assert reader.execute("SELECT count(*) FROM mention").fetchone() == (3,)
    assert check(duckdb_url).revision == "0004"


@pytest.mark.parametrize("revision", ["0042", "head", NEWEST, "views"])
def test_where_nobody_can_go_down_to_nothing_happens(revision: str, database_url: str) -> None:
    upgrade(database_url)
    with pytest.raises(UsageError):
        downgrade(database_url, revision)
    assert check(database_url).ok


def test_a_downgrade_that_fails_changes_nothing(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filled_at(database_url, NEWEST)
    with engine(database_url).connect() as connection:
        before = stored(connection)
    drop_table = Operations.drop_table

    def fails(operations: Operations, name: str, **rest: Any) -> None:
        if name == "mention":
            raise KeyboardInterrupt
        drop_table(operations, name, **rest)

    with monkeypatch.context() as patched:
        patched.setattr(Operations, "drop_table", fails)
        with pytest.raises(KeyboardInterrupt):
            downgrade(database_url, "0004")
    assert check(database_url).ok
    with engine(database_url).connect() as connection:
        assert stored(connection) == before


def test_check_says_what_is_wrong_and_what_to_do(database_url: str) -> None:
    with pytest.raises(MissingDatabase):
        check(database_url)
    upgrade(database_url)
    assert check(database_url).summary().endswith("The database is up to date.")
    with engine(database_url).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE person ADD COLUMN nickname VARCHAR")
        connection.exec_driver_sql("CREATE TABLE stray (id VARCHAR)")
    found = check(database_url)
    assert not found.ok
    assert set(found.differences) == {"column person.nickname is not declared", "table stray is not declared"}
    downgrade(database_url, "0007")
    found = check(database_url)
    assert (found.revision, found.views, found.differences) == ("0007", False, ())
    assert "polidex db upgrade" in found.summary()
    with engine(database_url).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from-the-future'")
    for act in (check, lambda url: downgrade(url, "0003")):
        with pytest.raises(NewerDatabase):
            act(database_url)


def test_a_key_that_comes_back_gets_the_memory_that_its_index_takes(
    duckdb_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(duckdb_url)
    with engine(duckdb_url).begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO mention_block (block, mention_id) SELECT 'any', md5(i::varchar) FROM range(600000) AS t (i)"
        )
    monkeypatch.setitem(database.WRITER, "memory_limit", "60MB")
    downgrade(duckdb_url, "0009")
    assert check(duckdb_url).revision == "0009"
