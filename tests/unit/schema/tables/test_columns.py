"""What every table must have, whoever adds it: comments, a key, words and dates of the right kind."""

from __future__ import annotations

from enum import StrEnum

import pytest
import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

from schema.tables import SUMMARIES, metadata
from schema.tables.columns import word

TABLES = list(metadata.tables.values())
# Reserved in SQL, so that it must be written in double quotes.
QUOTED = {"fetch"}
# The journal of a run on its way: a reply belongs to a stretch of a text, and goes when it is committed.
JOURNAL = {"model_reply"}
DUCKDB, POSTGRES = (sa.make_url(url).get_dialect()() for url in ("duckdb://", "postgresql+psycopg://"))


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_table_and_column_has_a_comment_that_is_a_sentence(table: sa.Table) -> None:
    comments = {table.name: table.comment} | {column.name: column.comment for column in table.columns}
    assert {name: comment for name, comment in comments.items() if not (comment or "").endswith(".")} == {}


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_table_has_a_text_key_and_no_type_of_one_database_only(table: sa.Table) -> None:
    assert table.primary_key.columns
    texts = all(isinstance(column.type, sa.String) for column in table.primary_key.columns)
    assert texts or table.name in {*SUMMARIES, *JOURNAL}
    allowed = (sa.String, sa.BigInteger, sa.Double, sa.Boolean, sa.Date, sa.DateTime)
    assert {type(column.type) for column in table.columns} <= set(allowed)
    assert not any(isinstance(column.type, sa.Text | sa.Enum) for column in table.columns)
    assert all(column.type.timezone for column in table.columns if isinstance(column.type, sa.DateTime))


@pytest.mark.parametrize("table", [table for table in TABLES if table.name not in SUMMARIES], ids=str)
def test_every_date_of_the_world_is_four_columns(table: sa.Table) -> None:
    names = set(table.columns.keys())
    dates = {name.removesuffix("_edtf") for name in names if name.endswith("_edtf")}
    assert {f"{date}_{part}" for date in dates for part in ("earliest", "latest", "basis")} <= names
    # What is claimed may be a date: its EDTF is the value itself.
    claimed = {"value"} if table.name == "claim" else set()
    assert {name for name in names if isinstance(table.columns[name].type, sa.Date)} == {
        f"{date}_{part}" for date in dates | claimed for part in ("earliest", "latest")
    }


def test_names_need_no_quotes() -> None:
    preparer = POSTGRES.identifier_preparer
    names = {name for table in TABLES for name in (table.name, *table.columns.keys())}
    assert {name for name in names if preparer.quote(name) != name} == QUOTED


@pytest.mark.parametrize(("dialect", "has_links"), [(DUCKDB, False), (POSTGRES, True)], ids=["duckdb", "postgres"])
def test_only_postgres_is_told_of_foreign_keys(dialect: sa.Dialect, has_links: bool) -> None:
    made = str(CreateTable(metadata.tables["tenure"]).compile(dialect=dialect))
    assert ("FOREIGN KEY" in made) is has_links


def test_a_word_column_lists_its_words_for_the_database_and_for_the_reader() -> None:
    class Colour(StrEnum):
        RED = "red"
        BLUE = "blue"

    column, check = word("colour", Colour, "Its colour")
    assert isinstance(column, sa.Column)
    assert isinstance(check, sa.CheckConstraint)
    assert column.comment == "Its colour: red, blue."
    assert str(check.sqltext) == "colour IN ('red', 'blue')"
