"""Take all rows of one database to another, batch by batch in the order of their keys, and see that both are equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from polidex.comparing import Compared, compare
from polidex.database import duckdb_file, parse_url, reading, shown
from polidex.progress import CopyProgress
from polidex.publish import Store, open_store
from polidex.streams import count, key_at, last_key, stream
from polidex.summaries import first_hand
from schema.errors import CopyDiffers, OtherRows, UsageError


@dataclass(frozen=True)
class Copied:
    """What became of one table.

    Attributes:
        rows: how many it has, in both databases.
        held: how many of them were there before.
        written: how many were written or changed.
        deleted: how many were taken out.
    """

    rows: int
    held: int
    written: int
    deleted: int


def copy_database(source: str, target: str, progress: CopyProgress, *, replace: bool = False) -> dict[str, Copied]:
    """Make the target hold what the source holds, and nothing else.

    The source is read as it is at one moment and not changed. Each batch is committed, so a copy that was stopped goes
    on where it was. Readers of a DuckDB target see nothing of it before it is whole.

    Args:
        source: URL of a database that is up to date.
        target: URL of another, which is made or brought up to date.
        replace: whether rows of the target that the source does not have are deleted.

    Returns:
        What became of each table, parents first.

    Raises:
        UsageError: both are one database.
        OtherRows: the target has rows that the source does not have; nothing was changed.
        CopyDiffers: the two are not equal in the end.
        DatabaseError: one of them cannot be used; the source must be up to date, the target without another writer.
    """
    _require_two(source, target)
    with reading(source) as given, _writing(target) as store:
        held = _held(given, store, progress)
        others = {name: each.extra for name, each in held.items() if each.extra}
        if others and not replace:
            said = ", ".join(f"{len(keys):,} in {name}" for name, keys in others.items())
            raise OtherRows(f"{shown(parse_url(target))} holds rows that {shown(given.engine.url)} does not: {said}.")
        tables = first_hand()
        written = {table.name: _load(given, store, table, held[table.name], progress) for table in tables}
        for table in reversed(tables):
            # Their parents go after them, and in one statement those that are one another's.
            if keys := others.get(table.name):
                store.load({}, delete={table.name: keys})
        # What only sums up the others is not copied, but worked out from the copy.
        store.sum_up()
        rows = {table.name: _verify(given, store, table, progress) for table in tables}
    return {name: Copied(rows[name], held[name].equal, written[name], len(others.get(name, ()))) for name in rows}


def _require_two(source: str, target: str) -> None:
    one, other = parse_url(source), parse_url(target)
    files = [file.resolve() if (file := duckdb_file(each)) else None for each in (one, other)]
    places = [(each.host, each.port, each.database) for each in (one, other)]
    if files[0] == files[1] and (files[0] or places[0] == places[1]):
        raise UsageError("The source and the target are one database.")


@contextmanager
def _writing(url: str) -> Iterator[Store]:
    store = open_store(url)
    try:
        yield store
    except OtherRows:
        store.abandon()
        raise
    except BaseException:
        # Half a copy is kept to go on from, and shown to nobody.
        store.leave()
        raise
    store.close()


def _held(given: sa.Connection, store: Store, progress: CopyProgress) -> dict[str, Compared]:
    """How far the target has each table already. A link into its own table is left out: it is filled in later."""
    found: dict[str, Compared] = {}
    with store.transaction() as there:
        for table in first_hand():
            last = last_key(there, table)
            if last is None:
                found[table.name] = Compared()
                continue
            links = _own_links(table)
            columns = [column.name for column in table.columns if column.name not in links]
            progress.begin("comparing", table.name, count(there, table))
            ours = stream(given, table, columns, until=last)
            theirs = stream(there, table, columns)
            found[table.name] = compare(table, ours, theirs, progress.advance)
            progress.end()
    return found


def _load(given: sa.Connection, store: Store, table: sa.Table, held: Compared, progress: CopyProgress) -> int:
    """Load what the target lacks of a table; how many rows that were."""
    progress.begin("copying", table.name, count(given, table), held.equal)
    links = _own_links(table)
    written = 0
    for rows in stream(given, table, table.columns.keys(), after=held.last_equal):
        counts = store.load_arrow(table.name, _without_later(table, rows, links))
        written += counts.inserted + counts.updated
        progress.advance(len(rows))
    if links:
        keys = [column.name for column in table.primary_key]
        for rows in stream(given, table, [*keys, *links]):
            store.load_arrow(table.name, rows)
    progress.end()
    return written


def _own_links(table: sa.Table) -> list[str]:
    """The columns that lead to a row of the same table."""
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def _without_later(table: sa.Table, rows: pa.Table, links: Sequence[str]) -> pa.Table:
    """The rows without links to rows that come after them: Postgres would not take those yet."""
    if not links:
        return rows
    [last] = key_at(table, rows, len(rows) - 1)
    for name in links:
        column = rows.column(name)
        earlier = pc.if_else(pc.greater(column, last), pa.scalar(None, column.type), column)
        rows = rows.set_column(rows.column_names.index(name), name, earlier)
    return rows


def _verify(given: sa.Connection, store: Store, table: sa.Table, progress: CopyProgress) -> int:
    """Compare all rows of a table, value by value; how many they are."""
    columns = table.columns.keys()
    rows = count(given, table)
    progress.begin("checking", table.name, rows)
    with store.transaction() as there:
        found = compare(table, stream(given, table, columns), stream(there, table, columns), progress.advance)
    progress.end()
    if found.differs:
        raise CopyDiffers(f"The copy of {table.name} differs from the row {'/'.join(map(str, found.differs))} on.")
    return rows
