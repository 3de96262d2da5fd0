"""`polidex db`: make the database, bring it up to date, look after it."""
# ruff: noqa: PLC0415 - each command imports what it needs, so that `--help` does not wait for the model's libraries.

from __future__ import annotations

import dataclasses
import sys
from typing import TYPE_CHECKING

import click

from polidex.commands import examples, say, with_common
from polidex.settings import Settings
from schema.errors import UsageError

if TYPE_CHECKING:
    from polidex.roles import Role


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


@db.command(
    epilog=examples(
        "polidex db grant",
        "polidex db grant analyst alice",
        "polidex db grant writer nightly --new",
        "polidex db grant --list",
    )
)
@click.argument("role", type=click.Choice(["owner", "writer", "analyst"]), required=False)
@click.argument("login", required=False)
@click.option("--new", is_flag=True, help="Make the login; its password is asked for, or read from standard input.")
@click.option("--list", "only_list", is_flag=True, help="Change nothing: show who may do what.")
@with_common
def grant(
    role: Role | None, login: str | None, *, new: bool, only_list: bool, settings: Settings, as_json: bool
) -> None:
    """Make the roles of a Postgres and put their grants right; with ROLE and LOGIN, the login takes the role on.

    An owner upgrades the database, a writer runs `polidex run` and `review`, an analyst reads the views, the tables of
    merged rows and the schema analytics. A login has one role. It is safe to do again at any time.
    """
    from polidex import roles

    if only_list:
        if role or new:
            raise UsageError("--list changes nothing: leave the rest out.")
        found = roles.access(settings.database)
    else:
        if bool(role) != bool(login) or (new and not login):
            raise UsageError("Which login takes on which role?", hint="polidex db grant analyst alice")
        password = _password(login) if new and login else None
        seconds = settings.limits.query_seconds
        found = roles.grant(settings.database, role=role, login=login, password=password, statement_seconds=seconds)
    say(found.as_dict(), found.as_text(), as_json)


@db.command(epilog=examples("polidex db revoke alice"))
@click.argument("login")
@with_common
def revoke(login: str, *, settings: Settings, as_json: bool) -> None:
    """Take from a login its role and its way into this database; the login itself stays."""
    from polidex import roles

    found = roles.revoke(settings.database, login)
    say(found.as_dict(), found.as_text(), as_json)


def _password(login: str) -> str:
    """From the terminal, or one line of standard input: never from the command line, which others can see."""
    if sys.stdin.isatty():
        asked: str = click.prompt(f"Password for {login}", hide_input=True, confirmation_prompt=True, err=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")
