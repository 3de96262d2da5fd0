"""Rows for the tables of any revision, made from what the database says of them: no list to keep up with."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from polidex.grants import KEPT
from polidex.summaries import first_hand, sum_up_all
from schema.tables import SUMMARIES, metadata

_IN_ONE = 3
# A contestant of an election has to be a person, a party or this.
_ALWAYS = {"option"}
Stored = dict[str, list[dict[str, Any]]]


def tables(connection: sa.Connection) -> list[sa.Table]:
    """The tables of ours that are there, parents first, without those that only sum up others."""
    reflected = sa.MetaData()
    reflected.reflect(connection, resolve_fks=False)
    order = [table.name for table in first_hand()]
    return sorted((t for t in reflected.tables.values() if t.name in order), key=lambda t: order.index(t.name))


def kept(connection: sa.Connection) -> set[str]:
    """What a downgrade has kept aside."""
    return {name for name in sa.inspect(connection).get_table_names() if name.startswith(KEPT)}


def keys(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns of its key, which DuckDB is not told of for every table."""
    return [table.c[column.name] for column in metadata.tables[table.name].primary_key]


def fill(connection: sa.Connection) -> None:
    """Put rows into every table: the first has a value in every column, the last only where it must."""
    for table in tables(connection):
        words = _words(connection, table)
        rows = [_row(table, words, number) for number in range(_IN_ONE)]
        connection.execute(sa.insert(table), rows)
    if sa.inspect(connection).has_table(SUMMARIES[0]):
        sum_up_all(connection)


def stored(connection: sa.Connection) -> Stored:
    """Every row of every table of ours, in the order of its key."""
    return {
        table.name: [dict(row) for row in connection.execute(sa.select(table).order_by(*keys(table))).mappings()]
        for table in tables(connection)
    }


def _row(table: sa.Table, words: dict[str, str], number: int) -> dict[str, Any]:
    links = {
        link.column_keys[0]: link.elements[0].column.table.name
        for link in metadata.tables[table.name].foreign_key_constraints
    }
    return {
        column.name: None
        if column.nullable and column.name not in _ALWAYS and number == _IN_ONE - 1
        else f"{links.get(column.name, table.name)}-{number}"
        if column.name in links or ([column.name] == [key.name for key in keys(table)])
        else words.get(column.name) or _value(column, place, number)
        for place, column in enumerate(table.columns)
    }


def _value(column: sa.Column[Any], place: int, number: int) -> Any:
    """A value that no other column has; of two columns the later has the later or greater one."""
    kind = column.type.python_type
    if column.name == "quote":
        return "ü"  # As long as from one column to the next.
    if kind is bool:
        return number == 0
    if kind is date:
        return date(2020, 1 + number, 1) + timedelta(days=place)
    if kind is datetime:
        return datetime(2020, 1 + number, 1, place % 24, tzinfo=UTC)
    return {str: f"{column.name} {number} ü", int: place, float: place / 100 + number / 1000}[kind]


def _words(connection: sa.Connection, table: sa.Table) -> dict[str, str]:
    """A word that is allowed, for each column of a closed list: as the constraints of the database give it."""
    found = {}
    for check in sa.inspect(connection).get_check_constraints(table.name):
        word = re.search(r"'(\w+)'", check["sqltext"])
        named = re.search(r"\w+", check["sqltext"])
        if word and named:
            found[named[0]] = word[1]
    return found
