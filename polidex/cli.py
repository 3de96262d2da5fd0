"""The way in from the command line, and how every command ends: an exit code and, for an error, one line and a hint."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import TracebackType

import click

from polidex.commands import commands
from polidex.db_commands import db
from polidex.nightly_commands import nightly
from polidex.plan_commands import plan
from polidex.review_commands import review
from polidex.source_commands import sources
from schema.errors import PolidexError

INTERRUPTED = 130

commands.add_command(db)
commands.add_command(plan)
commands.add_command(nightly)
commands.add_command(review)
commands.add_command(sources)


def main() -> None:
    """The console script: run the command, and end with its exit code."""
    if "--debug" not in sys.argv:
        sys.excepthook = _unexpected
    # A scheduler that stops a run is heard like Ctrl-C: what was committed is published before the end.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: Sequence[str]) -> int:
    """Run one command line and turn how it ends into an exit code and, for an error, one line and a hint."""
    try:
        return commands.main(list(arguments), prog_name="polidex", standalone_mode=False) or 0
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        _complain(error.format_message(), f"Try `{context.command_path if context else 'polidex'} --help`.")
        return error.exit_code
    except PolidexError as error:
        if "--debug" in arguments:
            raise
        _complain(str(error), error.hint)
        return error.exit_code
    except click.Abort:
        _complain("stopped. What was committed is kept.", "The same command again goes on from there.")
        return INTERRUPTED
    except OSError as error:
        if "--debug" in arguments:
            raise
        _complain(f"{error.filename or 'the system'}: {error.strerror or type(error).__name__}")
        return 1


def _complain(message: str, hint: str = "") -> None:
    click.echo(f"polidex: {message}", err=True)
    if hint:
        click.echo(hint, err=True)


def _unexpected(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """What an error that nobody foresaw shows. Its own message is left out: it may carry a key or an article."""
    _complain(f"an error inside Polidex ({kind.__name__}).", "The same command with --debug shows where.")
