"""The command `plan`: what a night would do, and what it would cost."""
# ruff: noqa: PLC0415 - the command imports what it needs, so that `--help` does not wait for it.

from __future__ import annotations

import click

from polidex.commands import examples, say, with_common
from polidex.settings import Settings

_SOME_FAILED = 3


@click.command(
    epilog=examples(
        "polidex plan",
        "polidex plan articles/ --limit 100",
        "polidex plan --stored --select extractor:people --select reason:prompt",
        "polidex plan --select 'https://news.example/*' --json",
    )
)
@click.argument("paths", nargs=-1, metavar="[PATH|URL]...")
@click.option(
    "--select",
    "selected",
    multiple=True,
    metavar="WHAT",
    help="extractor:NAME, reason:NAME or uri:PATTERN; may be given again.",
)
@click.option("--stored", is_flag=True, help="Ask no source: only what is stored.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="So many documents at most.")
@with_common
def plan(
    paths: tuple[str, ...],
    selected: tuple[str, ...],
    stored: bool,
    limit: int | None,
    *,
    settings: Settings,
    as_json: bool,
) -> int:
    """Say what a run would do: what is stale and why, how many calls that is, and what they would cost.

    No model is asked and nothing written. All stored documents are looked at. What is new is told by the sources of
    the settings, or by PATH where one is given.

    Reasons: new, text, prompt, schema, model, parameters, windowing (other than when it was read), failed (asked
    again, because the error may have passed) and checks (made anew from stored replies, without a call).
    """
    from polidex.planning import plan as plan_night
    from polidex.progress import LookProgress
    from polidex.staleness import Select

    select = Select.of(selected)
    with LookProgress() as progress:
        found = plan_night(settings, paths=paths, poll=not stored, select=select, limit=limit, looked=progress.looked)
    say(found.as_dict(), found.as_text(), as_json)
    return _SOME_FAILED if found.failed else 0
