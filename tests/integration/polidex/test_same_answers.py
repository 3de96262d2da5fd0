"""Every view, question and check gives the same answer on Postgres as on DuckDB: names, types, values and order.

A new .sql file is found by itself, in a new folder under sql/ too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import duckdb
import pytest

from examples.postgres_server import Server
from polidex.answer_types import joined, table_of_duckdb
from polidex.database import SQL
from polidex.questions import Question, questions
from polidex.summaries import with_rules
from tests.integration.polidex.both import Answer, ask, copy_rows, dictionary_order, fill_duckdb

# What no analyst asks: how rows are written, summed up, read again, settled, copied and granted, and how a night works.
INTERNAL = {"copy", "evaluate", "load", "query", "resolve", "roles", "run", "standing"}
INTERNAL |= {"batches", "calls", "night", "plan", "sources"}
# What `polidex explain` and `polidex review` ask, with the parameters that they give.
WITH_PARAMETERS = {"explain", "review"}
FILES = sorted(file for file in SQL.rglob("*.sql") if file.relative_to(SQL).parts[0] not in INTERNAL | WITH_PARAMETERS)
VIEW = re.compile(r"^CREATE (?:OR REPLACE )?VIEW (\S+)", re.MULTILINE)
PLAIN = sorted(Path(__file__).with_name("plain_questions").glob("*.sql"))

GUIDE = (SQL.parent / "docs" / "guide-analyst.md").read_text(encoding="utf-8")
# The lists of the guide: whether both give one answer, and what was asked.
STATED = [
    (part == "The same", found)
    for part, lines in re.findall(r"^(The same|Not the same):\n\n((?:[-|].*\n)+)", GUIDE, re.MULTILINE)
    for found in re.findall(r"`(SELECT [^`]+)`", lines)
]

# What people type in: upper case, other scripts, signs that mean something to LIKE, to a regex or to SQL.
TYPED = ("MORO", "ЖАННА", "ΣΟΦΊΑ", "محمد", "kz", "Қазақстан", "2", "%_", "\\'", "TENURE", "2019", "minister")


@pytest.fixture(scope="module")
def duckdb_full(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("same")
    url = f"duckdb:///{folder / 'polidex.duckdb'}"
    fill_duckdb(url, folder)
    return url


@pytest.fixture(scope="module")
def by_code_point(duckdb_full: str, postgres_server: Server) -> Iterator[str]:
    name = f"polidex_{uuid4().hex}"
    postgres_server.make_database(name)
    copy_rows(duckdb_full, postgres_server.url(name))
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(scope="module")
def as_in_a_dictionary(duckdb_full: str) -> Iterator[str]:
    with dictionary_order() as url:
        copy_rows(duckdb_full, url)
        yield url


@pytest.fixture(params=["by_code_point", "as_in_a_dictionary"])
def postgres_full(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(request.param)
    return url


def name_of(file: Path) -> str:
    return file.relative_to(SQL).with_suffix("").as_posix()


@pytest.mark.parametrize("file", [file for file in FILES if file.parent.name != "questions"], ids=name_of)
def test_a_view_or_check_gives_the_same_rows(file: Path, duckdb_full: str, postgres_full: str) -> None:
    text = with_rules(file.read_text(encoding="utf-8"))
    view = VIEW.search(text)
    sql = f"SELECT * FROM {view[1]}" if view else text
    on_duckdb, on_postgres = (ask(url, sql).in_any_order() for url in (duckdb_full, postgres_full))
    assert on_postgres == on_duckdb
    assert not on_duckdb.refused
    assert on_duckdb.rows or not view


ASKED = [each for each in questions() if (SQL / "questions" / f"{each.name}.sql").exists()]


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.name)
def test_a_question_gives_the_same_answer(question: Question, duckdb_full: str, postgres_full: str) -> None:
    every = ask(duckdb_full, question.name)
    assert every.rows
    assert ask(postgres_full, question.name) == every
    for parameter in question.parameters:
        answers = []
        for value in (*TYPED, *said_in(every)):
            answer = ask(duckdb_full, question.name, **{parameter.name: value})
            assert ask(postgres_full, question.name, **{parameter.name: value}) == answer, (parameter.name, value)
            answers.append(len(answer.rows))
        assert any(answers), f"nothing that was asked for as {parameter.name} matched"


def said_in(answer: Answer) -> list[str]:
    """Texts and numbers that stand in an answer, in upper case: what to ask for so that something is found."""
    words = re.findall(r"'([^'\\]{2,30})'|\b(\d{4})\b", " ".join(answer.rows[:: max(1, len(answer.rows) // 3)]))
    return sorted({(text or number).upper() for text, number in words}, key=lambda word: (len(word), word))[:6]


@pytest.mark.parametrize("file", PLAIN, ids=lambda file: file.stem)
def test_plain_sql_gives_the_same_answer(file: Path, duckdb_full: str, by_code_point: str) -> None:
    text = file.read_text(encoding="utf-8")
    answer = ask(duckdb_full, text)
    assert ask(by_code_point, text) == answer
    assert answer.rows


@pytest.mark.parametrize(("same", "sql"), STATED)
def test_the_guide_says_rightly_what_is_the_same(same: bool, sql: str, duckdb_full: str, by_code_point: str) -> None:
    on_duckdb, on_postgres = ask(duckdb_full, sql), ask(by_code_point, sql)
    assert (on_duckdb == on_postgres) is same, (on_duckdb, on_postgres)


@pytest.mark.parametrize("file", [file for file in FILES if VIEW.search(file.read_text(encoding="utf-8"))], ids=name_of)
def test_a_view_means_the_same_to_a_client_of_duckdb(file: Path, duckdb_full: str) -> None:
    """A BI tool opens the file without our settings."""
    (name,) = VIEW.findall(file.read_text(encoding="utf-8"))
    settings: dict[str, str | bool | int | float | list[str]] = {"enable_external_access": "false"}
    with duckdb.connect(duckdb_full.removeprefix("duckdb:///"), read_only=True, config=settings) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = joined([table_of_duckdb(connection.execute(f"SELECT * FROM {name}").to_arrow_table())])
    rows = sorted(map(repr, zip(*(column.to_pylist() for column in found.columns), strict=True)))
    assert rows == list(ask(duckdb_full, f"SELECT * FROM {name}").in_any_order().rows)
