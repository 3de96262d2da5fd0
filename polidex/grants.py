"""What each role of Postgres may do with the tables and views; it lasts through upgrades, which make views anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql

from schema.errors import NotAllowed
from schema.tables import FOR_ANALYSTS, metadata

OWNER, WRITER, ANALYST = ROLES = ("polidex_owner", "polidex_writer", "polidex_analyst")
PUBLIC = "public"
ANALYTICS = "analytics"
"""The schema of the star; the views of `sql/views/` and the tables are where the connection makes things by default."""

KEPT = "kept_"
"""What the names of tables start with in which a downgrade keeps what it takes away."""

_SQL = Path(__file__).resolve().parent.parent / "sql" / "roles"
_VERSION_TABLE = "alembic_version"


@dataclass(frozen=True)
class Relation:
    """A table or a view of Polidex, as the database has it."""

    schema: str
    name: str
    is_view: bool
    owner: str

    @property
    def quoted(self) -> sql.Identifier:
        return sql.Identifier(self.schema, self.name)

    @property
    def is_table_of_rows(self) -> bool:
        return self.schema == PUBLIC and self.name in metadata.tables

    @property
    def is_for_analysts(self) -> bool:
        return self.schema == ANALYTICS or self.is_view or self.name in FOR_ANALYSTS


@contextmanager
def as_owner(connection: sa.Connection, views: Sequence[str]) -> Iterator[None]:
    """Have what the block makes belong to the owner, and grant it to the others; where no roles were granted, nothing.

    Args:
        connection: in a transaction that is rolled back when the block fails.
        views: the names of our views in the schema public.

    Raises:
        NotAllowed: the tables belong to the owner, and this login is none of its members.
    """
    if connection.dialect.name != "postgresql" or not _is_granted(connection):
        yield
        return
    if not connection.scalar(sa.select(sa.func.pg_has_role(OWNER, "MEMBER"))):
        login = connection.scalar(sa.text("SELECT current_user"))
        raise NotAllowed(
            f"Only the owner may change the tables and views of {connection.engine.url.database}: {login} is no member "
            f"of {OWNER}.",
            hint="Where they are not those of this Polidex, a member runs `polidex db upgrade`; then this goes on.",
        )
    execute(connection, "be", role=sql.Identifier(OWNER))
    yield
    grant_tables(connection, views)
    execute(connection, "be", role=sql.SQL("NONE"))


def grant_tables(connection: sa.Connection, views: Sequence[str]) -> None:
    """Give writer and analyst what they may do, and take away whatever else they or everybody could."""
    ours = relations(connection, views)
    # A table that somebody made by hand there is neither granted nor stands in the way.
    ours = [each for each in ours if each.owner == OWNER]
    names = listed(each.quoted for each in ours)
    named = listed(sql.Identifier(name) for name in schemas(connection))
    tables = [each.quoted for each in ours if each.is_table_of_rows]
    readable = [each.quoted for each in ours if each.is_for_analysts]
    # An early revision has no table for analysts, and the one before the first has none at all.
    if tables:
        execute(connection, "writer", schemas=named, all=names, tables=listed(tables))
    if readable:
        execute(connection, "analyst", schemas=named, all=names, readable=listed(readable))


def relations(connection: sa.Connection, views: Sequence[str]) -> list[Relation]:
    """The tables and views of Polidex that are there; what others made in the schema public is left out."""
    ours = {*metadata.tables, *views, _VERSION_TABLE}
    found = [Relation(**row) for row in ask(connection, "relations")]
    return [each for each in found if each.schema == ANALYTICS or each.name in ours or each.name.startswith(KEPT)]


def schemas(connection: sa.Connection) -> list[str]:
    """The schemas of Polidex that are there, `public` first."""
    return [row["schema"] for row in ask(connection, "schemas")]


def execute(connection: sa.Connection, file: str, /, **parts: sql.Composable) -> None:
    """Run `sql/roles/FILE.sql`, with names quoted by psycopg in its places."""
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    driver.execute(sql.SQL(_text(file)).format(**parts))


def ask(connection: sa.Connection, file: str, /, **values: Any) -> list[dict[str, Any]]:
    """The rows of `sql/roles/FILE.sql`; a list of texts serves as the right side of IN."""
    lists: list[sa.BindParameter[Any]] = [
        sa.bindparam(key, type_=sa.Text(), expanding=True) for key, value in values.items() if isinstance(value, list)
    ]
    found = connection.execute(sa.text(_text(file)).bindparams(*lists), values)
    return [dict(row) for row in found.mappings()]


def listed(names: Iterable[sql.Composable]) -> sql.Composed:
    """The names with commas between them."""
    return sql.SQL(", ").join(names)


def _is_granted(connection: sa.Connection) -> bool:
    """The schema stays when a downgrade takes all tables away."""
    return any(row["owner"] == OWNER for row in ask(connection, "schemas") if row["schema"] == PUBLIC)


def _text(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")
