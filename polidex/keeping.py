"""What a downgrade takes away is kept aside in the database, and the upgrade puts it back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.runtime.migration import MigrationContext, MigrationInfo

from polidex.grants import KEPT
from schema.errors import UsageError
from schema.tables import metadata

# No table or column of ours has two underscores in a row: kept_0005__claim__refers_to can be taken apart again.
_BETWEEN = "__"


def drop_table(name: str) -> None:
    """Drop a table in a downgrade. Its rows are kept until the upgrade has made the table again."""
    table = _reflected(_connection(), name)
    _keep(table, list(table.columns), name)
    op.drop_table(name)


def drop_column(table_name: str, name: str) -> None:
    """Drop a column in a downgrade. Its values are kept, with the keys of their rows, until the upgrade."""
    table = _reflected(_connection(), table_name)
    _keep(table, [*(table.columns[key] for key in _key(table)), table.columns[name]], table_name, name)
    op.drop_column(table_name, name)


def put_back(ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]) -> None:
    """After a revision was upgraded to, put back what its downgrade took away; Alembic calls it after each step.

    Rows that the upgrade made itself stay as it made them. A row or value that leads to a row which is gone by now is
    left out: what it spoke of was deleted in between.
    """
    connection = ctx.connection
    if not step.is_upgrade or step.is_stamp or ctx.as_sql or connection is None:
        return
    for kept, (name, *column) in _kept(connection, step.up_revision_id):
        table = _reflected(connection, name)
        if column:
            _put_back_values(connection, table, kept, column[0])
        else:
            _put_back_rows(connection, table, kept)
        kept.drop(connection)


def _put_back_rows(connection: sa.Connection, table: sa.Table, kept: sa.Table) -> None:
    names = [column.name for column in kept.columns if column.name in table.columns]
    absent = ~sa.exists().where(*_same_row(table, kept))
    # A row that leads to another of its own table comes back together with it.
    leads = [_leads_somewhere(connection, table, name, kept, among=kept) for name in names]
    rows = sa.select(*(kept.columns[name] for name in names)).where(absent, *leads)
    connection.execute(sa.insert(table).from_select(names, rows))


def _put_back_values(connection: sa.Connection, table: sa.Table, kept: sa.Table, name: str) -> None:
    old, new = table.columns[name], kept.columns[name]
    connection.execute(
        sa.update(table)
        .values({name: new})
        .where(
            *_same_row(table, kept),
            old.is_distinct_from(new),
            _leads_somewhere(connection, table, name, kept, among=table),
        )
    )


def _same_row(table: sa.Table, kept: sa.Table) -> list[sa.ColumnElement[bool]]:
    return [table.columns[key] == kept.columns[key] for key in _key(table)]


def _key(table: sa.Table) -> list[str]:
    """The columns that tell its rows apart: as declared, where DuckDB is not told of a key."""
    named = table.primary_key.columns.keys() or metadata.tables[table.name].primary_key.columns.keys()
    assert named, f"{table.name} has no key: its rows could not be told apart"
    return list(named)


def _leads_somewhere(
    connection: sa.Connection, table: sa.Table, name: str, kept: sa.Table, *, among: sa.Table
) -> sa.ColumnElement[bool]:
    """Whether a kept value, where it is a link, finds its row: DuckDB is not told of links, so ask the declaration.

    `among` is where the row of a link into the table itself is looked for.
    """
    declared = metadata.tables.get(table.name)
    for link in declared.foreign_key_constraints if declared is not None else ():
        if link.column_keys == [name]:
            key = link.elements[0].column
            target = among if key.table is declared else _reflected(connection, key.table.name)
            value = kept.columns[name]
            return value.is_(None) | value.in_(sa.select(target.alias().columns[key.name]))
    return sa.true()


def _keep(table: sa.Table, columns: list[sa.Column[Any]], *name: str) -> None:
    connection = _connection()
    if connection.scalar(sa.select(sa.exists(sa.select(table)))):
        kept = _BETWEEN.join((f"{KEPT}{op.get_context().get_current_revision()}", *name))
        connection.execute(sa.select(*columns).into(kept))


def _kept(connection: sa.Connection, revision: str | None) -> Iterator[tuple[sa.Table, list[str]]]:
    """What was kept of a revision: whole tables first, each after those that it leads to, then columns."""
    start = f"{KEPT}{revision}{_BETWEEN}"
    order = {table.name: number for number, table in enumerate(metadata.sorted_tables)}
    found = [name for name in sa.inspect(connection).get_table_names() if name.startswith(start)]
    parts = {name: name.removeprefix(start).split(_BETWEEN) for name in found}
    for name in sorted(found, key=lambda each: (len(parts[each]), order.get(parts[each][0], len(order)), each)):
        yield _reflected(connection, name), parts[name]


def _reflected(connection: sa.Connection, name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)


def _connection() -> sa.Connection:
    if op.get_context().as_sql:
        raise UsageError("A downgrade keeps what it takes away, so it has to see the database.")
    return op.get_bind()
