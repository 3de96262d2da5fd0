"""`polidex review`: what waits for a person, and the ways in which one decides."""
# ruff: noqa: PLC0415 - each command imports what it needs, so that `--help` does not wait for the model's libraries.

from __future__ import annotations

import dataclasses
import getpass
from collections.abc import Callable
from typing import Any

import click

from polidex.answers import one_line
from polidex.commands import examples, say, with_common
from polidex.settings import Settings

_SHOWN = 20


def _by(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--by", metavar="NAME", default=getpass.getuser, help="Who decides; you, if not said.")(command)


@click.group(
    invoke_without_command=True,
    epilog=examples(
        "polidex review",
        "polidex review accept doubt_3f0c8a1b2c4d5e6f7a8b",
        "polidex review merge person_1c2d3e4f5a6b7c8d9e0f person_0f9e8d7c6b5a4f3e2d1c --by 'A. Editor'",
    ),
)
@click.option("--limit", default=_SHOWN, show_default=True, help="How many of each to show.")
@click.pass_context
@with_common
def review(context: click.Context, limit: int, *, settings: Settings, as_json: bool) -> None:
    """Show what waits for a person: pairs that may be one thing, and refused drafts. Then decide; decisions last.

    A decision outranks every rule, and holds when texts are read again, with whichever model.
    """
    if context.invoked_subcommand:
        return
    from polidex.review import waiting

    found = waiting(settings.database)
    lines = [f"{len(found.doubts)} pairs may be one thing (polidex review accept|reject ID):"]
    for pair in found.doubts[:limit]:
        lines.append(f"  {pair['id']}  {pair['record_type']}, {pair['method']} {pair['score'] or 0:.2f}")
        lines += [f"      {pair[f'{side}_id']}  {one_line(str(pair[f'{side}_name']))}" for side in ("left", "right")]
    lines.append(f"{len(found.refused)} drafts or values were refused (they are in no table for analysts):")
    for draft in found.refused[:limit]:
        lines.append(f"  {draft['record_type']}, {draft['reason']}: {one_line(str(draft['detail']))}")
        lines.append(f"      {one_line(str(draft['payload']))[:120]}  ({one_line(draft['uri'])})")
    say(dataclasses.asdict(found), "\n".join(lines), as_json)


@review.command(epilog=examples("polidex review merge person_1c2d3e4f5a6b7c8d9e0f person_0f9e8d7c6b5a4f3e2d1c"))
@click.argument("keep", metavar="KEEP")
@click.argument("other", metavar="OTHER")
@_by
@with_common
def merge(keep: str, other: str, by: str, *, settings: Settings, as_json: bool) -> None:
    """Make two rows one, for good. The key of KEEP stays; that of OTHER leads to it."""
    from polidex.review import merge as merge_rows

    decision = merge_rows(settings.database, keep, other, by=by)
    _done([decision], f"{other} is part of {keep} now", as_json)


@review.command(epilog=examples("polidex review split person_1c2d3e4f5a6b7c8d9e0f document_0f9e8d7c6b5a4f3e2d1c"))
@click.argument("row", metavar="ROW")
@click.argument("parts", nargs=-1, required=True, metavar="MENTION|DOCUMENT...")
@_by
@with_common
def split(row: str, parts: tuple[str, ...], by: str, *, settings: Settings, as_json: bool) -> None:
    """Take mentions out of a row, for good: those named, or those in the documents named."""
    from polidex.review import split as split_row

    _done(split_row(settings.database, row, parts, by=by), f"{row} is without them now", as_json)


@review.command(epilog=examples("polidex review accept doubt_3f0c8a1b2c4d5e6f7a8b"))
@click.argument("id_", metavar="ID")
@_by
@with_common
def accept(id_: str, by: str, *, settings: Settings, as_json: bool) -> None:
    """Say that a pair that waits is one thing; or that a claim, or all claims of a row, are right."""
    from polidex.review import accept as accept_id

    _done(accept_id(settings.database, id_, by=by), f"{id_} is accepted", as_json)


@review.command(epilog=examples("polidex review reject claim_3f0c8a1b2c4d5e6f7a8b"))
@click.argument("id_", metavar="ID")
@_by
@with_common
def reject(id_: str, by: str, *, settings: Settings, as_json: bool) -> None:
    """Say that a pair that waits is two things; or that a claim, or all claims of a row, are wrong."""
    from polidex.review import reject as reject_id

    _done(reject_id(settings.database, id_, by=by), f"{id_} is rejected", as_json)


@review.command(epilog=examples("polidex review correct claim_3f0c8a1b2c4d5e6f7a8b 2019-03"))
@click.argument("claim", metavar="CLAIM")
@click.argument("value", metavar="VALUE")
@_by
@with_common
def correct(claim: str, value: str, by: str, *, settings: Settings, as_json: bool) -> None:
    """Say what the value of a claim rightly is, as the claim has it: dates in EDTF, countries as ISO 3166-1."""
    from polidex.review import correct as correct_claim

    _done(correct_claim(settings.database, claim, value, by=by), f"{claim} is {value} now", as_json)


@review.command(epilog=examples("polidex review undo decision_3f0c8a1b2c4d5e6f7a8b"))
@click.argument("decision", metavar="DECISION")
@with_common
def undo(decision: str, *, settings: Settings, as_json: bool) -> None:
    """Take back a merge or a split; or a verdict, whose claims come back."""
    from polidex.review import undo as undo_decision

    undo_decision(settings.database, decision)
    _done([decision], f"{decision} is taken back", as_json)


def _done(decisions: list[str], text: str, as_json: bool) -> None:
    say({"decisions": decisions}, f"{text} (decision {', '.join(decisions[:3])}).", as_json)
