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


@db.command(epilog=examples("polidex db downgrade", "polidex db downgrade 0007 --database duckdb:///news.duckdb"))
@click.argument("revision", required=False)
@with_common
def downgrade(revision: str | None, *, settings: Settings, as_json: bool) -> None:
    """Bring the tables back to an earlier REVISION, for an older Polidex. Without REVISION: list them.

    Nothing is lost: what the older tables have no place for is kept aside in the database, and `polidex db upgrade`
    puts it back. The views are gone until the older Polidex makes its own with its `polidex db upgrade`. With this
    Polidex do nothing but `polidex db check` then: whatever writes brings the tables up again first.
    """
    from polidex.publish import downgrade as downgrade_database
    from polidex.revisions import revisions

    if revision is None:
        known = revisions()
        say(
            [dataclasses.asdict(each) for each in known],
            "\n".join(f"{each.name}  {each.description}" for each in known),
            as_json,
        )
        return
    downgrade_database(settings.database, revision)
    say({"revision": revision}, f"The tables are at revision {revision}, without views.", as_json)


@db.command(epilog=examples("polidex db check", "polidex db check --json"))
@with_common
def check(*, settings: Settings, as_json: bool) -> int:
    """Say at which revision the tables are, whether the views are those of this Polidex, and what is not as declared.

    The exit code is 1 when there is something to do; the last line says what.
    """
    from polidex.revisions import check as check_tables

    found = check_tables(settings.database)
    say({**dataclasses.asdict(found), "ok": found.ok}, found.summary(), as_json)
    return 0 if found.ok else 1


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
