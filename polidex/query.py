"""Answer one question from the database: read-only, out of reach of files and network, within a time and a memory."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
import sqlalchemy as sa
from psycopg.types.string import TextLoader

from polidex.answer_types import column_of_postgres, heading, joined, table_of_duckdb
from polidex.database import OFFLINE, duckdb_file, make_engine, meaning, parse_url, shown, statement, stopped_by_user
from polidex.questions import find
from schema.errors import (
    DatabaseError,
    ForbiddenQuery,
    MissingDatabase,
    QueryError,
    QueryTimeout,
    QueryTooLarge,
)

BATCH_ROWS = 10_000
_NAME = re.compile(r"\s*[\w.-]+\s*")
_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
_SUM_OF_INTEGER = re.compile(r"\bSUM\s*\(\s*(?:CASE\b|\d|CAST\b|LENGTH\b|COALESCE\s*\(\s*CASE\b)", re.IGNORECASE)
_READS = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}


def run_query(
    url: str,
    text_or_name: str,
    *,
    parameters: Mapping[str, str] | None = None,
    timeout_seconds: float = 60.0,
    memory_limit: str = "1GB",
) -> pa.Table:
    """Run one statement that reads, or a question of `sql/questions/` or a view by its name.

    On Postgres what can be read is up to the role's grants, and the statement is one that a cursor takes.

    Args:
        parameters: values for the parameters of a question; SQL takes none.
        memory_limit: for the query, and again for its answer: a number with KB, MB, GB, KiB, MiB or GiB.

    Raises:
        QueryError: it is no single reading statement, fails, takes too long (QueryTimeout) or too much (QueryTooLarge).
        DatabaseError: the database cannot be read.
    """
    database = parse_url(url)
    dialect = make_engine(database, read_only=True).dialect
    values: Any = None
    sql = text_or_name
    if _NAME.fullmatch(text_or_name):
        question = find(text_or_name.strip())
        compiled = sa.text(question.sql).bindparams(**question.values(parameters)).compile(dialect=dialect)
        sql = str(compiled)
        values = [compiled.params[name] for name in compiled.positiontup or ()] or dict(compiled.params) or None
    elif parameters:
        raise QueryError("Only a question takes parameters.", hint="Write the values into the SQL.")
    batches = _on_duckdb if duckdb_file(database) else _on_postgres
    limit = _bytes(memory_limit)
    taken: list[pa.Table] = []
    with closing(batches(database, sql, values, timeout_seconds, memory_limit)) as parts:
        for part in parts:
            taken.append(part)
            if sum(each.nbytes for each in taken) > limit:
                raise QueryTooLarge(f"The answer is larger than {memory_limit}.", hint="Ask for fewer rows with LIMIT.")
    if duckdb_file(database):
        return joined(taken, [heading(name, sql) for name in taken[0].column_names])
    return joined(taken)


def _on_duckdb(
    url: sa.URL, sql: str, values: Any, timeout_seconds: float, memory_limit: str
) -> Generator[pa.Table, None, None]:
    file = duckdb_file(url)
    if file is None or not file.exists():
        raise MissingDatabase(f"There is no database at {shown(url)}.")
    sandbox: dict[str, str | bool | int | float | list[str]] = {
        **OFFLINE,
        "enable_external_access": "false",
        "default_null_order": "NULLS_LAST_ON_ASC_FIRST_ON_DESC",
        "integer_division": "true",
        "memory_limit": memory_limit,
        "temp_directory": "",
        "python_enable_replacements": "false",
        "threads": "2",
    }
    try:
        connection = duckdb.connect(str(file), read_only=True, config=sandbox)
    except duckdb.Error as error:
        raise meaning(error, shown(url)) from error
    with closing(connection), _refusals(timeout_seconds, memory_limit):
        statements = connection.extract_statements(sql)
        if len(statements) != 1:
            raise ForbiddenQuery(f"One statement at a time: this is {len(statements)}.")
        if statements[0].type not in _READS:
            raise ForbiddenQuery()
        connection.execute(statement("query/duckdb_as_postgres"))
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET lock_configuration = true")
        with _alarm(timeout_seconds, connection):
            # EXPLAIN gives its plan only to a plain fetch, never as a stream.
            answer = _executed(connection, sql, values).to_arrow_reader(BATCH_ROWS)
            yield table_of_duckdb(answer.schema.empty_table())
            for batch in answer:
                yield table_of_duckdb(pa.Table.from_batches([batch]))


def _executed(connection: duckdb.DuckDBPyConnection, sql: str, values: Any) -> duckdb.DuckDBPyConnection:
    """Run a statement. A division of a sum, which our SQL for DuckDB refuses, is tried again with a fraction.

    Except where INTEGER is summed, as far as one can see: that has none on Postgres, and DuckDB cannot tell them apart.
    """
    try:
        return connection.execute(sql, values)
    except duckdb.InvalidInputException as error:
        if "a SUM is divided" not in str(error) or _SUM_OF_INTEGER.search(sql):
            raise
        connection.execute(statement("query/duckdb_divides_sums"))
        return connection.execute(sql, values)


@contextmanager
def _alarm(timeout_seconds: float, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Interrupt the query when its time is up."""
    timer = threading.Timer(timeout_seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _on_postgres(
    url: sa.URL, sql: str, values: Any, timeout_seconds: float, memory_limit: str
) -> Generator[pa.Table, None, None]:
    settings = {
        "default_transaction_read_only": "on",
        "statement_timeout": f"{timeout_seconds * 1000:.0f}",
        "timezone": "UTC",
        "intervalstyle": "iso_8601",
        "datestyle": "ISO",
        "extra_float_digits": "1",
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    # SQLAlchemy leaves a space in a name or password as it is, which Postgres does not take.
    address = url.set(drivername="postgresql").render_as_string(hide_password=False).replace(" ", "%20")
    try:
        connection = psycopg.connect(address, options=options)
    except psycopg.Error as error:
        raise meaning(error, shown(url)) from None
    for kind in ("interval", "json", "jsonb"):
        connection.adapters.register_loader(kind, TextLoader)
    deadline = time.monotonic() + timeout_seconds
    # A cursor of the server takes one statement that gives rows, and no other: the server itself does the refusing.
    with closing(connection), _refusals(timeout_seconds, memory_limit), connection.cursor(name="answer") as cursor:
        cursor.execute(sql.encode(), values)
        names = [column.name for column in cursor.description or ()]
        types = [column.type_code for column in cursor.description or ()]
        yield pa.Table.from_arrays([column_of_postgres(kind, []) for kind in types], names=names)
        while rows := cursor.fetchmany(BATCH_ROWS):
            columns = zip(*rows, strict=True)
            arrays = [column_of_postgres(kind, column) for kind, column in zip(types, columns, strict=True)]
            yield pa.Table.from_arrays(arrays, names=names)
            if time.monotonic() > deadline:
                raise QueryTimeout(f"The query took longer than {timeout_seconds:g} seconds.")


@contextmanager
def _refusals(timeout_seconds: float, memory_limit: str) -> Iterator[None]:
    """Turn what a driver, or Arrow on its behalf, raises inside the block into a QueryError of one line."""
    try:
        with stopped_by_user():
            yield
    except DatabaseError:
        raise
    except (duckdb.Error, psycopg.Error, pa.ArrowException, OSError, MemoryError) as error:
        said = str(error)
        line = " ".join(said.split("\n\n", maxsplit=1)[0].split()) or type(error).__name__
        if "INTERRUPT" in said or isinstance(error, psycopg.errors.QueryCanceled):
            raise QueryTimeout(
                f"The query took longer than {timeout_seconds:g} seconds.", hint="Ask for less, or raise query_seconds."
            ) from error
        if "Out of Memory" in said or isinstance(error, MemoryError | psycopg.errors.OutOfMemory):
            raise QueryTooLarge(
                f"The query needs more than {memory_limit}.", hint="Ask for less, or raise query_memory."
            ) from error
        if isinstance(error, duckdb.ParserException | psycopg.errors.SyntaxError):
            raise QueryError(line, hint="`polidex query` without SQL lists the named questions.") from error
        if isinstance(error, psycopg.errors.UndefinedTable) or "Table with name" in said:
            hint = "`polidex query` lists what there is; in a database without tables, `polidex db upgrade` makes it."
            raise QueryError(line, hint=hint) from error
        if isinstance(error, psycopg.errors.InsufficientPrivilege):
            raise QueryError(line, hint="What an analyst may read: docs/guide-data-engineer.md.") from error
        raise QueryError(line) from error


def _bytes(limit: str) -> int:
    found = re.fullmatch(r"(\d+)\s*([KMG]i?B)", limit.strip(), re.IGNORECASE)
    if not found:
        raise QueryError(f"`{limit}` is no amount of memory.", hint="Write it as 500MB or 1GB.")
    return int(found[1]) * _UNITS[found[2].upper()]
