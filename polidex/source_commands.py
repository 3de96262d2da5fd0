"""`polidex sources`: what the sources of the settings would give tonight. Lists are fetched, pages are not."""
# ruff: noqa: PLC0415 - each command imports what it needs, so that `--help` does not wait for the model's libraries.

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any

import click

from polidex.answers import one_line
from polidex.commands import examples, say, with_common
from polidex.settings import Settings
from schema.errors import UsageError

_SOME_FAILED = 3


@click.command(epilog=examples("polidex sources", "polidex sources --database duckdb:///news.duckdb --json"))
@with_common
def sources(*, settings: Settings, as_json: bool) -> int:
    """List the sources of polidex.toml, and poll each: how much is new, changed, vanished, or to be asked for.

    Nothing is read and nothing written. Feeds, sitemaps and lists of addresses are fetched; pages are not. The exit
    code is 3 if a source cannot be polled.
    """
    if not settings.sources:
        raise UsageError("No sources are set.", hint="Name them in polidex.toml under [[sources]].")
    from polidex.polling import Polling

    poller = Polling(settings)
    click.echo(f"polling {len(settings.sources)} sources ...", err=True)
    asyncio.run(_poll(poller, settings.database))
    found = [
        {"name": each.title, "kind": str(each.kind), "location": each.location}
        | dataclasses.asdict(poller.tallies[each.title])
        for each in settings.sources
    ]
    lines = [one_line(f"{each['kind']:<8} {each['name']}: {_counts(each)}") for each in found]
    lines += [one_line(f"FAILED {name}: {why}") for name, why in poller.failed.items()]
    say({"sources": found, "failed": poller.failed}, "\n".join(lines), as_json)
    return _SOME_FAILED if poller.failed else 0


def _counts(each: dict[str, Any]) -> str:
    told = {"new": "new", "changed": "changed", "vanished": "gone", "asked": "to ask for", "unchanged": "unchanged"}
    return ", ".join(f"{each[name]:,} {words}" for name, words in told.items() if each[name]) or "nothing"


async def _poll(poller: Any, url: str) -> None:
    """Poll against what the database knows; one that is not there knows nothing."""
    import sqlalchemy as sa

    from polidex.database import reading, statement
    from schema.errors import MissingDatabase

    async def nothing(_: str, **__: Any) -> list[dict[str, Any]]:
        return []

    try:
        with reading(url) as connection:

            async def rows(name: str, **parameters: Any) -> list[dict[str, Any]]:
                many = [key for key, value in parameters.items() if isinstance(value, list)]
                query = sa.text(statement(name)).bindparams(*(sa.bindparam(key, expanding=True) for key in many))
                return [dict(row) for row in connection.execute(query, parameters).mappings()]

            async for _ in poller.changed(rows):
                pass
    except MissingDatabase:
        async for _ in poller.changed(nothing):
            pass
