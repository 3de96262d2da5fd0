"""`polidex db`: make the database, bring it up to date, look after it."""
# ruff: noqa: PLC0415 - each command imports what it needs, so that `--help` does not wait for the model's libraries.

from __future__ import annotations

import dataclasses

import click

from polidex.commands import examples, say, with_common
from polidex.settings import Settings


@click.group()
def db() -> None:
    """Look after the database."""


@db.command(epilog=examples("polidex db upgrade", "polidex db upgrade --database postgresql+psycopg://me@host/news"))
@with_common
def upgrade(*, settings: Settings, as_json: bool) -> None:
    """Make the database, or bring its tables and views up to date; readers are not disturbed."""
    from polidex.publish import upgrade as upgrade_database

    upgrade_database(settings.database)
    say({"database": "up to date"}, "The database is up to date.", as_json)


@db.command(epilog=examples("polidex db check"))
@with_common
def check(*, settings: Settings, as_json: bool) -> None:
    """Say whether the tables and views are those of this Polidex; the exit code is 1 when they are not."""
    from polidex.database import reading

    with reading(settings.database):
        say({"database": "up to date"}, "The database is up to date.", as_json)


@db.command(
    epilog=examples(
        "polidex db copy duckdb:///news.duckdb postgresql+psycopg://me@host/news",
        "polidex db copy postgresql+psycopg://me@host/news duckdb:///news.duckdb",
    )
)
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="TARGET")
@click.option("--replace", is_flag=True, help="Delete rows of TARGET that SOURCE does not have.")
@with_common
def copy(source: str, target: str, replace: bool, *, settings: Settings, as_json: bool) -> None:
    """Copy all rows of the database SOURCE to TARGET, of the same kind or the other, and check that both are equal.

    Both are URLs of databases. TARGET is made if it is not there. A copy that was stopped goes on where it was.
    """
    from polidex.copying import copy_database
    from polidex.progress import CopyProgress

    with CopyProgress() as progress:
        copied = copy_database(source, target, progress, replace=replace)
    total = sum(each.rows for each in copied.values())
    written = sum(each.written for each in copied.values())
    deleted = sum(each.deleted for each in copied.values())
    say(
        {"rows": total, "tables": {name: dataclasses.asdict(each) for name, each in copied.items()}},
        f"{total:,} rows in {len(copied)} tables are equal in both: {written:,} were written, {deleted:,} deleted.",
        as_json,
    )
