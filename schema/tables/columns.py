"""The kinds of column that the tables are made of, so that each is the same everywhere and on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

from schema.vocabulary import Basis

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


def key(comment: str) -> sa.Column[str]:
    return sa.Column("id", sa.String, primary_key=True, comment=comment)


def text(name: str, comment: str, *, required: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=not required, comment=comment)


def number(name: str, comment: str, *, required: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=not required, comment=comment)


def real(name: str, comment: str) -> sa.Column[float]:
    return sa.Column(name, sa.Double, comment=comment)


def flag(name: str, comment: str, *, required: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=not required, comment=comment)


def moment(name: str, comment: str, *, required: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not required, comment=comment)


def percent(name: str, comment: str) -> Iterator[SchemaItem]:
    yield real(name, f"{comment}, in per cent (0 to 100).")
    yield sa.CheckConstraint(f"{name} BETWEEN 0 AND 100", name=name)


def word(name: str, words: type[StrEnum], comment: str, *, required: bool = False) -> Iterator[SchemaItem]:
    """A choice from a closed list. The comment ends with the list, so that who reads it knows what to filter by."""
    yield text(name, f"{comment}: {', '.join(words)}.", required=required)
    yield sa.CheckConstraint(f"{name} IN ({', '.join(repr(str(each)) for each in words)})", name=name)


def link(name: str, table: str, comment: str, *, required: bool = False) -> Iterator[SchemaItem]:
    """The key of a row in another table.

    Only Postgres is told that it is a foreign key: DuckDB refuses to update or delete rows that one points at, so there
    `sql/checks/` looks for orphans instead.
    """
    yield text(name, comment, required=required)
    yield sa.ForeignKeyConstraint([name], [f"{table}.id"]).ddl_if(dialect="postgresql")


def index(name: str, *, filled: bool = False) -> sa.Index:
    """An index on a column, for Postgres: DuckDB reads columns whole and fast, and its indexes only slow a load.

    Args:
        name: the column.
        filled: leave out the rows in which it is empty, where these are most.
    """
    only = sa.text(f"{name} IS NOT NULL") if filled else None
    return sa.Index(None, name, postgresql_where=only).ddl_if(dialect="postgresql")


def rule(condition: str, name: str) -> sa.CheckConstraint:
    """A rule that Postgres holds. DuckDB takes none for a table that is there already: `sql/checks/` looks instead."""
    return sa.CheckConstraint(condition, name=name).ddl_if(dialect="postgresql")


def part_of(name: str, table: str, comment: str) -> Iterator[SchemaItem]:
    """A link that is also part of the primary key."""
    yield sa.Column(name, sa.String, primary_key=True, comment=comment)
    yield sa.ForeignKeyConstraint([name], [f"{table}.id"]).ddl_if(dialect="postgresql")


def key_on_postgres(*names: str) -> sa.PrimaryKeyConstraint:
    """The key of a table with many rows a document.

    Only Postgres is told: DuckDB's index over a key has to fit into memory, 65 MB a million rows. There the key is held
    by the merge, and `sql/checks/keys_that_come_twice.sql` looks after it.
    """
    constraint = sa.PrimaryKeyConstraint(*names)
    constraint.ddl_if(dialect="postgresql")
    return constraint


def world_date(name: str, of: str) -> Iterator[SchemaItem]:
    """The four columns of a date of the world. `of` completes "the date of ..."."""
    yield text(f"{name}_edtf", f"Date of {of}, as precise as the source (EDTF: 2019-03, 2011/2013, 2023/..).")
    yield sa.Column(f"{name}_earliest", sa.Date, comment=f"First day possible for {of}; empty if open or unknown.")
    yield sa.Column(f"{name}_latest", sa.Date, comment=f"Last day possible for {of}; empty if open or unknown.")
    yield from word(f"{name}_basis", Basis, f"What the date of {of} rests on", required=True)
    yield sa.CheckConstraint(f"{name}_earliest <= {name}_latest", name=f"{name}_order")
