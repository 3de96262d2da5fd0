"""`polidex db`: make the database, bring it up to date, look after it."""
# ruff: noqa: PLC0415 - each command imports what it needs, so that `--help` does not wait for the model's libraries.

from __future__ import annotations

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
