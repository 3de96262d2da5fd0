"""The story of the examples, read in several orders: each merge and non-merge of its identity.jsonl holds."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pytest

from polidex.cli import run_command
from polidex.doctor import check
from tests.integration.polidex.newsroom import Rows, tables
from tests.loopback import Loopback
from tests.perfect import FOLDER, PerfectReader

STORY = Path(__file__).parents[3] / "examples" / "story"
LINES: list[dict[str, Any]] = [json.loads(line) for line in (STORY / "identity.jsonl").read_text("utf-8").splitlines()]
ARTICLES = ["1-draft.txt", "2-date.html", "2-date-reprint.txt", "3-vote.md", "4-signature.txt"]
ORDERS: dict[str, list[list[str]]] = {
    "a document a night": [[article] for article in ARTICLES],
    "the folder in one batch": [["."]],
    "the last one first": [ARTICLES[::-1]],
}
TOLD_BY = {
    "person": "name",
    "office": "name",
    "tenure": "office_id",
    "reform": "title",
    "election": "type",
    "statement": "text",
}
"""The field of each kind of thing whose evidence is the words that a line names it by."""


class Told:
    """A database that has read the story: the rows of all its tables."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tables: dict[str, Rows] = tables(file)

    @cached_property
    def _texts(self) -> dict[str, dict[str, Any]]:
        uris = {row["id"]: str(row["uri"]).removeprefix("file:") for row in self.tables["document"]}
        return {uris[row["document_id"]]: row for row in self.tables["document_version"]}

    @cached_property
    def _claimed(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Each current claim with each span that it rests on."""
        claims = {row["id"]: row for row in self.tables["claim"] if row["is_current"]}
        spans = {row["id"]: row for row in self.tables["evidence"]}
        links = [row for row in self.tables["claim_evidence"] if row["claim_id"] in claims]
        return [(claims[row["claim_id"]], spans[row["evidence_id"]]) for row in links]

    def row_of(self, kind: str, named: str) -> str:
        """The key of the row that `article:words` are about."""
        article, _, words = named.partition(":")
        version = self._texts[article]
        at = version["text"].index(words)
        [key] = self._rows_at(kind, TOLD_BY[kind], version["id"], at, at + len(words)) or self._speaker_at(
            version["id"], at, at + len(words)
        )
        return key

    def _rows_at(self, kind: str, field: str, version: str, start: int, end: int) -> set[str]:
        return {
            claim["canonical_id"]
            for claim, span in self._claimed
            if (claim["record_type"], claim["field"], span["document_version_id"]) == (kind, field, version)
            and span["start_char"] < end
            and start < span["end_char"]
        }

    def _speaker_at(self, version: str, start: int, end: int) -> set[str]:
        """Who spoke, where words name nobody: `the president`."""
        said = self._rows_at("statement", "speaker_surface", version, start, end)
        return {row["speaker_id"] for row in self.tables["statement"] if row["id"] in said}

    def view(self, name: str) -> Rows:
        """The rows of a view."""
        with duckdb.connect(str(self.file), read_only=True) as connection:
            found: Rows = connection.execute(f'SELECT * FROM "{name}"').to_arrow_table().to_pylist()
            return found

    def all_rows(self) -> dict[str, str]:
        """The key of the row of everything that the lines name."""
        return {
            f"{line['type']} {named}": self.row_of(line["type"], named)
            for line in LINES
            for named in line.get("same", ())
        }


def read(folder: Path, empty: Path, nights: Sequence[Sequence[str]]) -> Told:
    """What a database in a folder of its own holds that has read the story, each night by a run of its own."""
    shutil.copytree(STORY, folder)
    shutil.copyfile(empty, folder / "polidex.duckdb")
    reader = PerfectReader(sorted(FOLDER.glob("story-*.json")))
    with pytest.MonkeyPatch.context() as patch, Loopback(answer=reader.answer) as server:
        patch.chdir(folder)
        for name, value in {
            "MODEL": "openai/any",
            "BASE_URL": server.url("openai"),
            "API_KEY": "secret-of-the-story",
            "CACHE": str(folder / "cache"),
        }.items():
            patch.setitem(os.environ, f"POLIDEX_{name}", value)
        for paths in nights:
            assert run_command(["run", *paths]) == 0
        assert not reader.faults()
    return Told(folder / "polidex.duckdb")


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory, duckdb_with_tables: Path) -> Told:
    return read(tmp_path_factory.mktemp("story") / "story", duckdb_with_tables, ORDERS["a document a night"])


@pytest.fixture(scope="module", params=list(ORDERS)[1:])
def in_another_order(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, duckdb_with_tables: Path
) -> Told:
    return read(tmp_path_factory.mktemp("story") / "story", duckdb_with_tables, ORDERS[request.param])


def lines(link: str) -> pytest.MarkDecorator:
    """The lines of a kind, each a test of its own that is called by its reason."""
    found = [line for line in LINES if link in line]
    return pytest.mark.parametrize("line", found, ids=[f"{line['type']}, {line['why']}" for line in found])


def test_nothing_of_a_perfect_reading_is_refused_and_every_rule_holds(in_order: Told) -> None:
    assert in_order.tables["quarantine"] == []
    results = check(f"duckdb:///{in_order.file}", cache=in_order.file.parent)
    assert not [each for each in results if not each.ok and each.name not in ("cache", "weights")]


@lines("same")
def test_these_are_one(in_order: Told, line: dict[str, Any]) -> None:
    rows = {named: in_order.row_of(line["type"], named) for named in line["same"]}
    assert len(set(rows.values())) == 1, rows


@lines("apart")
def test_these_are_two(in_order: Told, line: dict[str, Any]) -> None:
    one, other = line["apart"]
    assert in_order.row_of(line["type"], one) != in_order.row_of(line["type"], other)


@lines("same")
def test_a_row_holds_what_all_articles_say_together(in_order: Told, line: dict[str, Any]) -> None:
    key = in_order.row_of(line["type"], line["same"][0])
    [found] = [row for row in in_order.tables[line["type"]] if row["id"] == key]
    events = [row for row in in_order.tables["reform_event"] if row["reform_id"] == key]
    steps = sorted(([row["status"], row["date_edtf"]] for row in events), key=lambda step: step[1] or "")
    assert {name: steps if name == "events" else found[name] for name in line["row"]} == line["row"]


@pytest.mark.parametrize("kind", TOLD_BY)
def test_there_is_no_row_without_a_line(in_order: Told, kind: str) -> None:
    ours = {in_order.row_of(kind, named) for line in LINES if line["type"] == kind for named in line.get("same", ())}
    assert {row["id"] for row in in_order.tables[kind]} == ours


def test_a_referendum_is_linked_to_the_reform_that_it_decided(in_order: Told) -> None:
    [adopted] = [row for row in in_order.tables["reform_event"] if row["status"] == "adopted"]
    assert adopted["election_id"] == in_order.row_of("election", "3-vote.md:référendum du 11 avril 2021")


@lines("conflict")
def test_the_field_that_sources_differ_about_is_shown_with_both_values_and_no_other_is(
    in_order: Told, line: dict[str, Any]
) -> None:
    shown = in_order.view("conflicts")
    row = in_order.row_of(line["type"], line["of"])
    assert {(each["row_id"], each["field"], each["value"]) for each in shown} == {
        (row, line["field"], value) for value in line["values"]
    }
    assert {each["sources_of_field"] for each in shown} == {2}


@lines("one_source")
def test_an_article_and_its_reprint_are_one_source(in_order: Told, line: dict[str, Any]) -> None:
    minister = in_order.row_of("person", f"{line['one_source'][0]}:Абдулла Арипов")
    assert minister == in_order.row_of("person", f"{line['one_source'][1]}:Абдулла Арипов")
    agreement = [each for each in in_order.view("source_agreement") if each["row_id"] == minister]
    assert agreement
    assert {each["sources"] for each in agreement} == {1}
    told = [each for each in in_order.view("timeline_of_a_fact") if each["row_id"] == minister]
    assert len({each["url"] for each in told}) == 2
    [counted] = [
        each
        for each in in_order.view("source_agreement")
        if each["row_id"] == in_order.row_of("reform", "4-signature.txt:reduces the number of seats")
        and each["field"] == "measure.value_new"
    ]
    assert counted["sources_agreeing"] == 4


def test_every_row_and_its_key_are_the_same_in_another_order(in_another_order: Told, in_order: Told) -> None:
    assert in_another_order.all_rows() == in_order.all_rows()
    for table in (*TOLD_BY, "person_name", "reform_event", "reform_measure", "election_result"):
        assert in_another_order.tables[table] == in_order.tables[table], table
