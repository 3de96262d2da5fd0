"""What the documents say is there and works: commands, settings, views, SQL, links, dependencies, exit codes."""

from __future__ import annotations

import ast
import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest

from polidex import cli, settings
from polidex.commands import commands
from polidex.database import view_order
from polidex.publish import open_store
from polidex.query import run_query
from polidex.questions import questions
from polidex.report import SOME_FAILED
from schema.errors import PolidexError
from tests.integration.polidex.stored import BASE, rows

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXT = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
ALL = "\n".join(TEXT.values())
OURS = {"schema", "extractors", "polidex"}
VIEW_CASES = ROOT / "tests" / "integration" / "polidex" / "views"
# Commands that neither call a model nor change anything: these are run as the documents show them.
RUN = ("query", "status", "db check", "models")


def blocks(language: str) -> Iterator[tuple[str, str]]:
    for page, text in TEXT.items():
        for found in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            yield page, found[1]


def shown_commands() -> list[str]:
    lines = (line for _, block in blocks("console") for line in block.replace("\\\n", " ").splitlines())
    return sorted({line.removeprefix("$ ") for line in lines if line.startswith("$ ")})


def command_names(command: click.Command = commands, name: str = "polidex") -> Iterator[str]:
    yield name
    if isinstance(command, click.Group):
        for each, inner in command.commands.items():
            yield from command_names(inner, f"{name} {each}")


def errors(kind: type[PolidexError] = PolidexError) -> Iterator[type[PolidexError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from errors(each)


def imports(file: Path) -> Iterator[str]:
    """The packages that a module imports, `import_module("NAME")` included."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (each.name.partition(".")[0] for each in names)
            case (
                ast.ImportFrom(module=str(module))
                | ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(module))])
            ):
                yield module.partition(".")[0]


@pytest.fixture(scope="module")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `polidex.duckdb` holds the rows of the views' tests."""
    folder = tmp_path_factory.mktemp("docs")
    with open_store(f"duckdb:///{folder / 'polidex.duckdb'}") as store:
        for case in sorted(VIEW_CASES.iterdir()):
            store.load(rows(BASE, json.loads((case / "given.json").read_text(encoding="utf-8"))))
    return folder


@pytest.mark.parametrize("name", list(command_names()))
def test_every_command_is_described(name: str) -> None:
    assert re.search(rf"{name}\b", ALL)


@pytest.mark.parametrize("key", settings.names())
def test_every_setting_is_described(key: str) -> None:
    assert f"`{key}`" in TEXT["docs/guide-data-engineer.md"]


@pytest.mark.parametrize("name", [question.name for question in questions()] + view_order())
def test_every_view_and_question_is_described(name: str) -> None:
    assert f"`{name}`" in TEXT["docs/guide-analyst.md"]


def test_every_exit_code_is_described() -> None:
    described = {int(code) for code in re.findall(r"^\| (\d+) \|", TEXT["docs/guide-data-engineer.md"], re.MULTILINE)}
    assert {0, SOME_FAILED, cli.INTERRUPTED, *(each.exit_code for each in errors())} <= described


@pytest.mark.parametrize("sql", [block for _, block in blocks("sql")])
def test_sql_that_is_shown_runs(sql: str, example_folder: Path) -> None:
    run_query(f"duckdb:///{example_folder / 'polidex.duckdb'}", sql)


@pytest.mark.parametrize("line", shown_commands())
def test_a_command_that_is_shown_exists(line: str, example_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [word for word in shlex.split(line, comments=True) if not re.match("POLIDEX_[A-Z_]+=", word)]
    program, arguments = Path(words[0]).name, words[1:]
    if program == "make":
        assert re.search(rf"^{arguments[0]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    elif program == "polidex":
        command: click.Command = commands
        while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
            command = command.commands[arguments.pop(0)]
        command.make_context(program, list(arguments))  # parses, and stops at an option that is not there
    else:
        assert program in ("git", "cp", "export")
    if program == "polidex" and " ".join(words[1:]).startswith(RUN) and "--database" not in words:
        monkeypatch.chdir(example_folder)
        assert cli.run_command(words[1:]) == 0


@pytest.mark.parametrize("page", TEXT)
def test_links_lead_to_files(page: str) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", TEXT[page])
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (ROOT / page).parent.joinpath(target).exists()] == []


def test_the_table_of_dependencies_is_that_of_the_project() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    named = re.findall(r"^\| ([a-z][a-z0-9-]+) \|", TEXT["docs/dependencies.md"], re.MULTILINE)
    assert [each for each in named if each != "package"] == [re.split(r"[=\[]", each)[0] for each in declared]


def test_what_the_code_imports_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *(one for some in project["optional-dependencies"].values() for one in some)]
    names = {re.split(r"[=\[]", each)[0] for each in declared}
    providers = packages_distributions()
    files = [
        file for folder in ("schema", "extractors", "polidex", "migrations") for file in (ROOT / folder).rglob("*.py")
    ]
    packages = {each for file in files for each in imports(file)} - sys.stdlib_module_names - OURS
    undeclared = [
        each for each in packages if names.isdisjoint(name.lower().replace("_", "-") for name in providers[each])
    ]
    assert sorted(undeclared) == []


def test_the_locks_name_no_place_and_no_package_called_schema() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert re.findall(r"^(?:schema|extractors|polidex)==|^--.*index|^-f", text, re.MULTILINE) == []


def test_no_tracked_file_names_a_path_of_somebodys_machine() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    home = re.compile(rb"(?<![\w.~])/(?:home|root|Users|work)/\w")
    assert [name for name in tracked if name and home.search((ROOT / name.decode()).read_bytes())] == []
