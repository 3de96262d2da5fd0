"""The commands: what each takes, and which module does it."""
# ruff: noqa: PLC0415 - each command imports what it needs, so that `--help` does not wait for the model's libraries.

from __future__ import annotations

import asyncio
import dataclasses
import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, get_args

import click

from polidex import settings as settings_module
from polidex.settings import Settings
from schema.errors import UsageError

Format = Literal["table", "csv", "json", "parquet"]
FORMATS = get_args(Format)
LogFormat = Literal["json", "text"]
LOG_FORMATS = get_args(LogFormat)

Command = Callable[..., int | None]


def with_common(command: Command) -> Command:
    """The options that mean the same on every command; the command gets the settings, and whether to speak JSON."""

    @click.option("--database", metavar="URL", help="duckdb:///FILE or postgresql+psycopg://USER@HOST/NAME.")
    @click.option("--model", metavar="NAME", help="PROVIDER/NAME, or local/PATH.gguf. See `polidex models`.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON value on standard output, nothing else.")
    @click.option("--debug", is_flag=True, help="Show the traceback of an error.")
    @functools.wraps(command)
    def with_settings(
        *args: Any, database: str | None, model: str | None, as_json: bool, debug: bool, **rest: Any
    ) -> int | None:
        found = settings_module.load({"database": database, "model": model})
        return command(*args, settings=found, as_json=as_json, **rest)

    return with_settings


def with_log_format(command: Command) -> Command:
    """The option that says how a run tells of itself on standard error."""
    told = "On standard error: lines for a person, or one JSON object a line."
    return click.option("--log-format", type=click.Choice(LOG_FORMATS), help=told)(command)


def examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="polidex", message="polidex %(version)s")
def commands() -> None:
    """Political news in, a relational record out: every value leads back to the words it rests on.

    Settings come from flags, then POLIDEX_* in the environment, then polidex.toml (see polidex.example.toml).
    """


@commands.command(epilog=examples("polidex run articles/", "polidex run --database duckdb:///news.duckdb a.html b.txt"))
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL...")
@with_log_format
@with_common
def run(paths: tuple[str, ...], *, log_format: LogFormat | None, settings: Settings, as_json: bool) -> int:
    """Read documents: extract, ground, resolve, load and publish what they say.

    A text that was read before with the same model and settings is not read again.
    """
    from polidex.logs import logging_as
    from polidex.progress import RunProgress
    from polidex.run import run as run_documents

    kind: LogFormat = log_format or "text"
    debug = bool(click.get_current_context().params["debug"])
    with logging_as(kind, debug=debug), RunProgress(quiet=kind == "json") as progress:
        report = asyncio.run(run_documents(paths, settings=settings, progress=progress))
    say(report.as_dict(), report.summary(), as_json)
    return report.exit_code


@commands.command(
    epilog=examples(
        "polidex evaluate examples/gold.jsonl",
        "polidex evaluate gold.jsonl --documents articles --models openai/gpt-4.1-mini --models ollama/qwen3",
    )
)
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--documents", type=click.Path(path_type=Path, file_okay=False), help="The folder of the gold's articles."
)
@click.option("--models", multiple=True, metavar="MODEL", help="A model to measure; may be given again.")
@with_common
def evaluate(gold: Path, documents: Path | None, models: tuple[str, ...], *, settings: Settings, as_json: bool) -> None:
    """Measure models against what a perfect reader finds: precision, recall and F1 of each type, side by side."""
    from polidex.evaluate import evaluate as evaluate_models

    result = asyncio.run(evaluate_models(gold, settings=settings, models=models, documents=documents))
    say(result.as_dict(), result.summary(), as_json)


@commands.command(
    epilog=examples(
        "polidex query",
        "polidex query current_office_holders",
        "polidex query who_held_office year=1999 office='prime minister'",
        "polidex query 'SELECT name FROM person ORDER BY name' --format csv",
    )
)
@click.argument("asked", metavar="[SQL|NAME]", required=False)
@click.argument("given", nargs=-1, metavar="[PARAMETER=VALUE]...")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@with_common
def query(
    asked: str | None, given: tuple[str, ...], kind: Format, output: Path | None, *, settings: Settings, as_json: bool
) -> None:
    """Ask the database: SQL, or a question or a view by its name. Without either, list the names.

    Nothing can be changed, no file read, and the limits of the settings hold.
    """
    if asked is None:
        _list_questions(as_json)
        return
    parameters = dict(_parameter(each) for each in given)
    _answer(settings, asked, parameters, "json" if as_json else kind, output)


@commands.command(epilog=examples("polidex explain tenure_3f0c8a1b2c4d5e6f7a8b", "polidex explain ID --json"))
@click.argument("id_", metavar="ID")
@with_common
def explain(id_: str, *, settings: Settings, as_json: bool) -> None:
    """Lead from the id of any row to its claims, their quotes in context, their documents, model and run."""
    from polidex.explain import explain as explain_row

    explanation = explain_row(settings.database, id_)
    click.echo(explanation.as_json() if as_json else explanation.as_text())


@commands.command(epilog=examples("polidex doctor", "polidex doctor --database duckdb:///news.duckdb"))
@with_common
def doctor(*, settings: Settings, as_json: bool) -> int:
    """Look whether all is well: the database, the rules that its rows keep, the cache. The exit code is 1 if not."""
    from polidex.doctor import check as check_all

    results = check_all(settings.database, cache=settings.cache)
    lines = []
    for result in results:
        lines.append(f"{'ok  ' if result.ok else 'FAIL'} {result.name}: {result.detail}")
        lines += (
            [] if result.ok else [f"     {line}" for line in (result.description, *map(str, result.rows), result.hint)]
        )
    say([dataclasses.asdict(result) for result in results], "\n".join(lines), as_json)
    return 0 if all(result.ok for result in results) else 1


@commands.command(epilog=examples("polidex status", "polidex status --json"))
@with_common
def status(*, settings: Settings, as_json: bool) -> None:
    """Show whether a run works now, how the last ones ended, what waits, and what needs somebody."""
    from polidex.status import status as status_of

    found = status_of(settings.database)
    say(found.as_dict(), found.as_text(), as_json)


@commands.group(
    invoke_without_command=True, epilog=examples("polidex models", "polidex models get local/qwen2.5-coder-1.5b")
)
@click.pass_context
@with_common
def models(context: click.Context, *, settings: Settings, as_json: bool) -> None:
    """List the models that can be named, and which are ready; `get` fetches weights."""
    if context.invoked_subcommand:
        return
    from extractors.providers import PROVIDERS
    from extractors.weights import CATALOGUE

    found = [
        {
            "model": f"local/{name}",
            "ready": (settings.cache / weights.file).exists(),
            "needs": f"{weights.size / 1e9:.1f} GB in {settings.cache}: `polidex models get local/{name}`",
        }
        for name, weights in CATALOGUE.items()
    ] + [
        {
            "model": f"{provider.name}/…",
            "ready": provider.key_variable is None or provider.key_variable in os.environ,
            "needs": provider.key_variable or "its server",
        }
        for provider in PROVIDERS.values()
        if provider.base_url
    ]
    lines = [f"{each['model']:<28} {'ready' if each['ready'] else 'needs ' + str(each['needs'])}" for each in found]
    say(found, "\n".join([*lines, f"{'local/PATH.gguf':<28} any model that llama.cpp can load"]), as_json)


@models.command(epilog=examples("polidex models get", "polidex models get local/qwen2.5-coder-1.5b"))
@click.argument("name", required=False)
@with_common
def get(name: str | None, *, settings: Settings, as_json: bool) -> None:
    """Fetch the weights of a local model into the cache and check them; a fetch that was stopped goes on.

    Without NAME: those of the model that is set.
    """
    from extractors.weights import locate

    provider, _, model = (name or settings.model).partition("/")
    if provider != "local":
        raise UsageError(f"{name or settings.model} is not a local model: there is nothing to fetch.")
    path = locate(model, settings.cache)
    say({"path": str(path)}, f"{path} is there and checked.", as_json)


def _answer(settings: Settings, asked: str, parameters: dict[str, str], kind: Format, output: Path | None) -> None:
    from polidex.answers import write_table
    from polidex.query import run_query

    limits = settings.limits
    table = run_query(
        settings.database,
        asked,
        parameters=parameters,
        timeout_seconds=limits.query_seconds,
        memory_limit=limits.query_memory,
    )
    if output:
        with output.open("wb") as stream:
            write_table(table, kind, stream)
    else:
        write_table(table, kind, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _list_questions(as_json: bool) -> None:
    from polidex.questions import questions

    known = questions()
    lines = []
    for question in known:
        takes = " ".join(f"[{parameter.name}=…]" for parameter in question.parameters)
        lines.append(f"{question.name} {takes}".rstrip() + f"\n    {question.description}")
    say([dataclasses.asdict(question) for question in known], "\n".join(lines), as_json)


def _parameter(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals:
        raise UsageError(f"`{given}` is no parameter.", hint="Write NAME=VALUE, and SQL in one pair of quotes.")
    return name, value


def say(value: object, text: str, as_json: bool) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, default=str) if as_json else text)
