"""`polidex nightly`: the command that a scheduler starts."""
# ruff: noqa: PLC0415 - the command imports what it needs, so that `--help` does not wait for the model's libraries.

from __future__ import annotations

import asyncio

import click

from polidex.commands import LogFormat, examples, say, with_common, with_log_format
from polidex.settings import Settings
from schema.errors import UsageError


@click.command(
    epilog=examples(
        "polidex nightly",
        "polidex nightly --database postgresql+psycopg://writer@db/news --json",
        "polidex nightly --select reason:prompt --select uri:https://news.example/* --limit 500",
        "polidex nightly --batch --model anthropic/claude-haiku-4-5",
    )
)
@click.option("--select", multiple=True, metavar="WHAT", help="extractor:NAME, reason:NAME or uri:PATTERN.")
@click.option("--limit", type=click.IntRange(min=1), help="Documents at most.")
@click.option("--no-drift-gate", is_flag=True, help="Load what the night gives, whatever the last ones gave.")
@click.option("--ask-again", is_flag=True, help="Ask again what nights that were held back had been answered.")
@click.option("--batch", is_flag=True, help="Hand questions over for half the price; a later night collects them.")
@click.option(
    "--executor", metavar="ADDRESS", help="dask://HOST:PORT: have a Dask cluster ask the model (Postgres only)."
)
@with_log_format
@with_common
def nightly(
    select: tuple[str, ...],
    limit: int | None,
    no_drift_gate: bool,
    ask_again: bool,
    batch: bool,
    executor: str | None,
    *,
    log_format: LogFormat | None,
    settings: Settings,
    as_json: bool,
) -> int:
    """Poll the sources of polidex.toml, read what is new or stale, load it, and report what that changed.

    Exit codes: 0 all is well, 1 error, 2 usage, 3 some documents failed, 4 the budget is spent, 5 another run writes to
    the database, 6 nothing was loaded because the night fell too far behind the last ones, 130 stopped.
    """
    from polidex.logs import logging_as, wanted
    from polidex.nightly import Wanted
    from polidex.nightly import nightly as do_nightly
    from polidex.progress import RunProgress
    from polidex.staleness import Select

    if batch and executor:
        raise UsageError("A batch is read by the provider: --batch and --executor do not go together.")
    if ask_again and (batch or executor):
        raise UsageError("What was held back is asked again at once, here: --ask-again goes without the other ways.")
    night = Wanted(Select.of(select), limit, not no_drift_gate, in_batches=batch, cluster=executor, anew=ask_again)
    kind = wanted(log_format)
    debug = bool(click.get_current_context().params["debug"])
    with logging_as(kind, debug=debug), RunProgress(quiet=kind == "json") as progress:
        report = asyncio.run(do_nightly(settings=settings, progress=progress, wanted=night))
    say(report.as_dict(), report.as_text(), as_json)
    return report.exit_code
