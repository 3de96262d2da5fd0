"""The databases that Superset shows: a DuckDB file, and a Postgres that is filled from it and read as an analyst."""

from __future__ import annotations

import secrets
from pathlib import Path

import sqlalchemy as sa

from examples.postgres_server import Server
from polidex.copying import copy_database
from polidex.database import parse_url
from polidex.progress import CopyProgress
from polidex.roles import grant
from schema.errors import UsageError

_ANALYST = "bi"


def duckdb_url(file: Path) -> str:
    """The address of a file. Raises UsageError where there is none."""
    if not file.is_file():
        raise UsageError(
            f"There is no {file}.",
            hint="`make demo` fills demo.duckdb from the example articles; --duckdb takes another file.",
        )
    return sa.URL.create("duckdb", database=str(file.resolve())).render_as_string()


def filled_postgres(server: Server, source: str) -> str:
    """The address of a Postgres with the rows of `source`, for a login that may only read what analysts see."""
    server.start()
    server.make_database("polidex")
    owner = server.url("polidex")
    with CopyProgress() as progress:
        copy_database(source, owner, progress)
    password = secrets.token_urlsafe(12)
    grant(owner, role="analyst", login=_ANALYST, password=password)
    analyst = parse_url(owner).set(username=_ANALYST, password=password)
    return analyst.render_as_string(hide_password=False)
