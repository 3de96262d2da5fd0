"""Every revision with rows in every table: up to the newest, and down to it and up again, with nothing lost."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from polidex.database import SQL, make_engine, migrate, parse_url, statement, view_order
from polidex.publish import downgrade, upgrade
from polidex.revisions import BASE, check, revisions
from schema.tables import metadata
from tests.integration.migrations.filled import fill, kept, stored

NAMES = [each.name for each in revisions()]
NEWEST = NAMES[-1]
# What only a reading can keep: these rows were not read from their texts.
RULES_OF_READING = {"claims_of_no_row", "mentions_of_no_row", "rows_without_claim", "spans_differ_from_quotes"}


def engine(url: str) -> sa.Engine:
    return make_engine(parse_url(url))


def broken_rules(connection: sa.Connection) -> set[str]:
    """The names of the files of sql/checks that give a row."""
    names = [file.stem for file in (SQL / "checks").glob("*.sql")]
    return {name for name in names if connection.exec_driver_sql(statement(f"checks/{name}")).first()}


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
        assert after.keys() == metadata.tables.keys()
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
        assert kept(connection)
    upgrade(database_url)
    assert check(database_url).ok
    with engine(database_url).connect() as connection:
        assert stored(connection) == before
        assert not kept(connection)
