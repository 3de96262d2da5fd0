"""Run the migrations on a DuckDB file or on Postgres, or compare either with the declared tables."""

from __future__ import annotations

import os
from typing import Any

import sqlalchemy as sa
from alembic import context

from polidex.keeping import put_back
from schema.errors import UsageError
from schema.tables import metadata


def database_url() -> str:
    """The SQLAlchemy URL: of the caller's configuration, of `alembic -x url=...`, or of POLIDEX_DATABASE."""
    given = (
        context.config.attributes.get("url")
        or context.get_x_argument(as_dictionary=True).get("url")
        or os.environ.get("POLIDEX_DATABASE")
    )
    if not given:
        raise UsageError(
            "Which database?", hint="Give alembic -x url=duckdb:///polidex.duckdb, or set POLIDEX_DATABASE."
        )
    return str(given)


def is_compared(item: Any, name: str | None, kind: str, reflected: bool, counterpart: Any) -> bool:
    """Leave out what only Postgres is told of, when the database is DuckDB."""
    only_postgres = ("foreign_key_constraint", "index", "unique_constraint")
    return reflected or kind not in only_postgres or context.get_context().dialect.name != "duckdb"


def migrate(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=is_compared,
        compare_type=True,
        # DuckDB cannot alter a table of which it has changed rows since the last commit, as an earlier revision may.
        transaction_per_migration=connection.dialect.name == "duckdb",
        on_version_apply=put_back,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Migrate on the caller's connection where one is given, else on one of our own."""
    if context.is_offline_mode():
        context.configure(url=database_url(), target_metadata=metadata, literal_binds=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    given: sa.Connection | None = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    engine = sa.create_engine(database_url(), poolclass=sa.NullPool)
    with engine.connect() as connection:
        migrate(connection)


main()
