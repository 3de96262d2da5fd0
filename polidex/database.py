"""Where the database is and what state it is in: its address, its connections, its migrations and its views."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.pool import NullPool

from polidex.grants import ANALYTICS, as_owner
from schema.errors import (
    BadDatabaseUrl,
    ConnectionLost,
    DatabaseError,
    DiskFullError,
    LockedError,
    MissingDatabase,
    MissingOnServer,
    NewerDatabase,
    NoServer,
    NotAllowed,
    OlderDatabase,
    UnreadableDatabase,
    WrongPassword,
)

ROOT = Path(__file__).resolve().parent.parent
SQL = ROOT / "sql"

# DuckDB is never to reach for the network: an extension that is not built in is an error, at once.
OFFLINE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
# What does not fit is written to a folder beside the file. More threads would want more memory each; in the order of
# insertion nothing is read back.
WRITER_MEGABYTES = 200
WRITER = {"memory_limit": f"{WRITER_MEGABYTES}MB", "threads": "2", "preserve_insertion_order": "false"}
VERSION_TABLE = "alembic_version"
_WHAT_ANALYTICS_IS = (
    "For analysts and BI tools: a star of plain columns. Start with data_dictionary, which says what each column holds."
)

# What libpq and psycopg say of a connection that has ended.
_LOST = (
    "server closed the connection",
    "the connection is lost",
    "the connection is closed",
    "terminating connection",
    "consuming input failed",
    "sending query failed",
    "could not receive data from server",
    "could not send data to server",
    "connection reset by peer",
    "no connection to the server",
)
# What DuckDB says, and what it means: it has one exception class for all of these.
_MEANINGS: tuple[tuple[str, type[DatabaseError], str], ...] = (
    ("no space left on device", DiskFullError, "The disk that holds {where} is full."),
    ("could not set lock", LockedError, "Another program has {where} open for writing."),
    ("different configuration than existing", LockedError, "This program has {where} open already."),
    ("database does not exist", MissingDatabase, "There is no database at {where}."),
    ('fatal:  database "', MissingOnServer, "There is no database at {where}."),
    ("cannot open file", UnreadableDatabase, "{where} cannot be opened: its folder is not there."),
    ("fatal:  permission denied for database", NotAllowed, "This login may not connect to {where}."),
    ("the database system is", ConnectionLost, "The Postgres at {where} is starting or shutting down."),
    *((words, ConnectionLost, "The connection to {where} was lost.") for words in _LOST),
    ("connection refused", NoServer, "No Postgres answers at {where}."),
    ("resolve host", NoServer, "No Postgres answers at {where}: there is no such host."),
    ("password", WrongPassword, "{where} did not take the password."),
    ("not a valid duckdb database", UnreadableDatabase, "{where} is not a DuckDB database."),
    ("is a directory", UnreadableDatabase, "{where} is a folder, not a DuckDB database."),
    ("permission denied", UnreadableDatabase, "{where} may not be opened: permission denied."),
    ("newer version", NewerDatabase, "{where} was written by a newer DuckDB than this one."),
    (
        "depend on it",
        DatabaseError,
        "Views of others in {where} read ours: drop them first, make them again afterwards.",
    ),
    ("corrupt", UnreadableDatabase, "{where} is damaged. A copy of it, if there is one, is the way back."),
    ("could not read enough bytes", UnreadableDatabase, "{where} is cut short. A copy of it is the way back."),
)


def parse_url(url: str) -> sa.URL:
    """The address of a DuckDB file or of a Postgres database.

    Raises:
        BadDatabaseUrl: it is neither, or names no file.
    """
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise BadDatabaseUrl(f"`{url}` is not the address of a database.") from None
    kind = parsed.get_backend_name()
    if kind == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if kind != "duckdb":
        raise BadDatabaseUrl(f"Polidex keeps its data in DuckDB or Postgres, not in `{parsed.drivername}`.")
    if parsed.database in (None, "", ":memory:"):
        raise BadDatabaseUrl("A DuckDB database needs a file: duckdb:///FILE.")
    file = Path(str(parsed.database))
    # DuckDB calls a database by the name of its file, and cannot tell one from a schema of the same name.
    if ANALYTICS in {name.partition(".")[0].lower() for name in (file.name, file.resolve().name)}:
        raise BadDatabaseUrl(
            f"A DuckDB file with a schema {ANALYTICS} cannot be called {ANALYTICS} itself.",
            hint="Give the file another name.",
        )
    return parsed


def duckdb_file(url: sa.URL) -> Path | None:
    """The file of a DuckDB database; None for a Postgres."""
    return Path(url.database) if url.get_backend_name() == "duckdb" and url.database else None


def shown(url: sa.URL) -> str:
    """The address as it may be printed: a file's path, or the URL without its password."""
    return str(duckdb_file(url) or url.render_as_string(hide_password=True))


def make_engine(url: sa.URL, *, read_only: bool = False) -> sa.Engine:
    """An engine without a pool: a pooled handle would keep the old file after a publish."""
    if duckdb_file(url):
        config = OFFLINE if read_only else OFFLINE | WRITER
        arguments: dict[str, Any] = {"read_only": read_only, "config": dict(config)}
    else:
        options = f"-c timezone=UTC -c default_transaction_read_only={'on' if read_only else 'off'}"
        # A database can be set to write days in another order, and numbers shorter than they are.
        options += " -c datestyle=ISO -c extra_float_digits=1"
        if read_only:
            # Who asks several things is answered from one moment.
            options += r" -c default_transaction_isolation=repeatable\ read"
        # What is copied in is UTF-8, also where the database keeps its texts otherwise.
        arguments = {"options": options, "client_encoding": "utf8"}
    return sa.create_engine(url, poolclass=NullPool, connect_args=arguments)


@contextmanager
def reading(url: str) -> Iterator[sa.Connection]:
    """A connection that can only read, for as long as the block lasts.

    Raises:
        DatabaseError: the database is missing, damaged, in use by a writer, or has no tables of ours.
    """
    parsed = parse_url(url)
    with refusals(parsed), make_engine(parsed, read_only=True).connect() as connection:
        require_current(connection)
        yield connection


@contextmanager
def refusals(url: sa.URL) -> Iterator[None]:
    """Turn what the driver raises inside the block into one clear DatabaseError, and a Ctrl-C into one."""
    try:
        with stopped_by_user():
            yield
    except sa.exc.DBAPIError as error:
        raise meaning(error.orig or error, shown(url)) from error
    except (duckdb.Error, psycopg.Error) as error:
        raise meaning(error, shown(url)) from error


@contextmanager
def stopped_by_user() -> Iterator[None]:
    """Have a Ctrl-C during a query be one: DuckDB makes something else of it."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise


_GOING = (psycopg.errors.AdminShutdown, psycopg.errors.CrashShutdown, psycopg.errors.CannotConnectNow)


def meaning(error: BaseException, where: str) -> DatabaseError:
    """The error to show for what a driver raised about the database at `where`."""
    said = str(error).strip().splitlines()
    line = said[0] if said else type(error).__name__
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        makes = "To make tables a login needs CREATE on the database and its schema public, or the role of owner."
        hint = makes if "for schema" in line or "for database" in line else None
        return NotAllowed(f"{where}: {line}.", hint=hint)
    if isinstance(error, psycopg.errors.LockNotAvailable):  # In whatever language the server says it.
        return LockedError(f"Another process is writing to {where}.")
    if isinstance(error, _GOING):
        return ConnectionLost(f"The connection to {where} was lost.")
    for words, kind, message in _MEANINGS:
        if words in str(error).lower():
            return kind(message.format(where=where))
    return DatabaseError(f"{where}: {line}")


@cache
def statement(name: str) -> str:
    """The text of `sql/NAME.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def migrate(connection: sa.Connection, revision: str = "head") -> None:
    """Bring the tables to a revision, with the views out of their way, and commit; at the newest, make the views.

    Postgres takes it as one transaction. DuckDB, which cannot alter a table of which it has changed rows since the last
    commit, takes each revision as one: nobody else reads the file that it works on.
    """
    config = alembic_config()
    config.attributes["connection"] = connection
    known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    current = MigrationContext.configure(connection).get_current_revision()
    is_downgrade = revision == "base" or (revision in known and current in known[: known.index(revision)])
    is_newest = revision in ("head", known[0])
    try:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(statement("load/turn_postgres"))
            connection.exec_driver_sql(statement("load/patience_postgres"))
        with as_owner(connection, view_order()):
            drop_views(connection)
            if connection.dialect.name == "duckdb":
                connection.commit()
            (command.downgrade if is_downgrade else command.upgrade)(config, revision)
            if is_newest:
                # It reads its statements by way of this module.
                from polidex.summaries import sum_up_all  # noqa: PLC0415

                sum_up_all(connection)
                make_views(connection)
            else:
                # An older Polidex makes its own views: it must not take what is noted here for them.
                connection.exec_driver_sql(f"COMMENT ON TABLE {VERSION_TABLE} IS NULL")
        connection.commit()
    except BaseException as error:
        connection.rollback()
        if isinstance(getattr(error, "orig", error), psycopg.errors.LockNotAvailable):
            raise LockedError(
                f"Somebody holds a transaction open that reads {shown(connection.engine.url)}, so that its tables and "
                "views cannot be changed. Nothing was changed.",
                hint="Run it again when that transaction has ended; pg_stat_activity shows it.",
            ) from error
        raise


def drop_views(connection: sa.Connection) -> None:
    """Drop all our views, so that the tables below them can change; those of other people stay."""
    for name in reversed(view_order()):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def make_views(connection: sa.Connection) -> None:
    """Make all our views, and note what they were made from."""
    if not sa.inspect(connection).has_schema(ANALYTICS):
        connection.exec_driver_sql(f"CREATE SCHEMA {ANALYTICS}")
        if connection.dialect.name == "postgresql":  # DuckDB keeps no comment on a schema.
            connection.exec_driver_sql(f"COMMENT ON SCHEMA {ANALYTICS} IS '{_WHAT_ANALYTICS_IS}'")
    # A view of `analytics` names the schema of what it reads: DuckDB looks for it in the view's own schema only, when
    # the file is attached to another database.
    found = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    schema = connection.dialect.identifier_preparer.quote(found)
    for name in view_order():
        text = view_text(name).replace("{schema}", schema)
        # Without parameters a file goes to the driver as it stands, all its statements at once.
        connection.exec_driver_sql(text, execution_options={"no_parameters": True})
    connection.exec_driver_sql(f"COMMENT ON TABLE {VERSION_TABLE} IS '{_views_digest()}'")


def state(connection: sa.Connection) -> str:
    """`empty` (no tables of ours), `older`, `current` or `newer` than this code; views count too."""
    head = ScriptDirectory.from_config(alembic_config())
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        return "empty"
    if revision not in {script.revision for script in head.walk_revisions()}:
        return "newer"
    marked = sa.inspect(connection).get_table_comment(VERSION_TABLE)["text"]
    return "current" if revision == head.get_current_head() and marked == _views_digest() else "older"


def require_current(connection: sa.Connection) -> None:
    """Raise unless the tables and views are those of this code."""
    where = shown(connection.engine.url)
    match state(connection):
        case "empty":
            raise MissingDatabase(f"{where} holds no tables of Polidex.")
        case "newer":
            raise NewerDatabase(f"A newer Polidex has written {where}.")
        case "older":
            raise OlderDatabase(f"The tables or views of {where} are older than this Polidex.")


def view_order() -> list[str]:
    """The names of the views, each after those that its `-- uses:` lines name; in the star it is `analytics.NAME`."""
    names = [file.stem for file in (SQL / "views").glob("*.sql")]
    names += [f"{ANALYTICS}.{file.stem}" for file in (SQL / ANALYTICS).glob("*.sql")]
    return list(
        TopologicalSorter({name: sorted(header(view_text(name), "uses")) for name in sorted(names)}).static_order()
    )


def view_text(name: str) -> str:
    """The text of the .sql file of a view; `{schema}` stands in it for the schema of the tables."""
    schema, _, view = name.rpartition(".")
    return statement(f"{schema or 'views'}/{view}")


def header(text: str, key: str) -> list[str]:
    """The values of the `-- KEY: a, b` comments at the top of an .sql file, in order; one per line."""
    lines = [line[3:].strip() for line in text.splitlines() if line.startswith("-- ")]
    return [line.removeprefix(f"{key}:").strip() for line in lines if line.startswith(f"{key}:")]


def _views_digest() -> str:
    """What the views and the standing tables were made from: kept as the comment of the version table."""
    rules = (file.read_text(encoding="utf-8") for file in sorted((SQL / "standing").glob("*.sql")))
    text = "\n".join([*(view_text(name) for name in view_order()), *rules])
    return f"views {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def alembic_config() -> Config:
    """What Alembic is to work with, wherever the program runs."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config
