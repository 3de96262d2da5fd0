"""Apache Superset with Polidex's dashboard, on this machine, in one command: `make bi`, and `make bi-stop`."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from examples.superset import installation
from examples.superset.bundle import bundle as bundled
from examples.superset.check import checks
from examples.superset.databases import duckdb_url, filled_postgres
from examples.superset.pictures import take
from examples.superset.rest import Rest
from examples.superset.rows import fill
from examples.superset.service import USER, Running, Service, throwaway
from schema.errors import PolidexError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Apache Superset with Polidex's dashboard, on this machine, in one command."""


@main.command()
@click.option("--duckdb", "file", type=Path, default=Path("demo.duckdb"), show_default=True, help="The file to show.")
@click.option("--postgres", metavar="URL", help="A Postgres to show, as an analyst. Without it one is made and filled.")
@click.option("--no-postgres", is_flag=True, help="Show the DuckDB file only.")
def start(*, file: Path, postgres: str | None, no_postgres: bool) -> None:
    """Start Superset with the dashboard; the first time it is installed.

    \b
    python -m examples.superset start
    python -m examples.superset start --duckdb news.duckdb --no-postgres
    python -m examples.superset start --postgres postgresql://bi:secret@db.example.org/news
    """
    service = Service()
    if running := service.running():
        print("Superset runs already; to show other databases, stop it first.")
    else:
        duckdb = duckdb_url(file)
        try:
            running = service.start()
            postgres = None if no_postgres else postgres or filled_postgres(service.postgres, duckdb)
            show(running, [duckdb, *([postgres] if postgres else [])])
        except BaseException:  # Ctrl-C too leaves nothing behind
            service.stop()
            raise
    print(f"\nLog in as {USER} with the password {running.password}")
    with Rest(running) as rest:
        for dashboard in rest.get("dashboard/")["result"]:
            print(f"  {dashboard['dashboard_title']}: {running.address}{dashboard['url']}")
    print("`make bi-stop` (python -m examples.superset stop) takes all of it down.")


def show(running: Running, urls: list[str]) -> None:
    """Import the dashboard for each of the databases."""
    with Rest(running) as rest:
        for url in urls:
            rest.upload("dashboard/import/", bundled(url), {"overwrite": "true"})


@contextlib.contextmanager
def examples_shown() -> Iterator[tuple[Running, str]]:
    """A Superset that shows the articles of the examples from both databases, and the address of its DuckDB file."""
    with throwaway() as service, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "polidex.duckdb"
        fill(file)
        running = service.start()
        show(running, [duckdb_url(file), filled_postgres(service.postgres, duckdb_url(file))])
        yield running, duckdb_url(file)


@main.command()
@click.option("--all", "everything", is_flag=True, help="Delete the installed Superset too.")
def stop(*, everything: bool) -> None:
    """End Superset and the Postgres that was made for it, and delete all they kept."""
    Service().stop()
    if everything:
        installation.remove()
    kept = "" if everything else f" What was installed stays in {installation.folder()}; `stop --all` deletes it."
    print(f"Nothing runs, nothing is kept.{kept}")


@main.command()
@click.argument("url")
@click.argument("file", type=Path)
def bundle(*, url: str, file: Path) -> None:
    """Write the dashboard for the database at URL to FILE, for a Superset that you have.

    A password in URL is in the file too.

    \b
    python -m examples.superset bundle duckdb:////data/polidex.duckdb polidex.zip
    python -m examples.superset bundle postgresql://bi:secret@db.example.org/news polidex.zip
    """
    file.write_bytes(bundled(url))
    print(f"Wrote {file}. Import it in Superset under Dashboards, or with")
    print(f"superset import-dashboards --path {file} --username admin")


@main.command()
def check() -> None:
    """Prove that Superset works with both databases: about five minutes, one line a check.

    The rows are those of the articles in examples/; a Superset of its own shows them, and goes when all is checked.
    """
    with examples_shown() as (running, duckdb):
        results = []
        for result in checks(running, duckdb):
            results.append(result)
            print(result.line(), flush=True)
    faults = sum(bool(each.fault) for each in results)
    print(f"{len(results)} checks, {faults} of them failed.")
    sys.exit(1 if faults else 0)


@main.command()
def pictures() -> None:
    """Take the pictures of docs/guide-bi.md in Debian's Chromium: about five minutes.

    They show the articles in examples/, in a Superset of their own.
    """
    with examples_shown() as (running, _):
        take(running)


if __name__ == "__main__":
    try:
        main()
    except PolidexError as error:
        print(f"{error}\n{error.hint}".strip(), file=sys.stderr)
        sys.exit(error.exit_code)
