"""What a perfect model would answer about the shipped articles becomes what their gold says, no row more or less."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from polidex.database import reading
from polidex.evaluate import Measured, measure
from polidex.gold import read_gold
from polidex.settings import Settings
from tests.loopback import Loopback
from tests.perfect import FOLDER, PerfectReader, document_of

EXAMPLES = Path(__file__).parents[3] / "examples"
GOLD = read_gold(EXAMPLES / "gold.jsonl")
ARTICLES = {row.document: EXAMPLES / row.document for row in GOLD}
KINDS = ("person", "tenure", "election", "reform", "statement")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """The five articles, read in one run by a model on the loopback that answers perfectly."""
    folder = tmp_path_factory.mktemp("perfect")
    reader = PerfectReader(file for file in sorted(FOLDER.glob("*.json")) if document_of(file) in ARTICLES)
    with Loopback(answer=reader.answer) as server:
        settings = Settings(
            model="openai/any",
            base_url=server.url("openai"),
            database=f"duckdb:///{folder / 'polidex.duckdb'}",
            cache=folder / "cache",
        )
        measured = asyncio.run(measure(GOLD, ARTICLES, settings))
    assert not reader.faults()
    assert not measured.failed
    return measured


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_of_the_gold_is_found_and_no_other(read: Measured, kind: str) -> None:
    assert not [each for each in read.scores.wrong if each.record_type == kind]
    assert not [each for each in read.scores.missed if f"-{kind}-" in each]
    assert read.scores.types[kind].f1 == 1.0


TOLD_OTHERWISE = {
    # Three sentences tell its steps in words of their own, and a draft cannot say that they are of one reform.
    ("reform", "status"): {"nz-reform-01"},
}
NOT_SAID = {
    # The country of who holds no national office, and of a change that is about names, is concluded by no rule.
    ("person", "country"): 9,
    ("reform", "country"): 2,
    # 6.1 million votes to 2.8 million: a draft has no number of votes.
    ("election", "winner"): 1,
    # Those of nz-reform-01, which stand with another of its steps.
    ("reform", "value_old"): 1,
    ("reform", "value_new"): 1,
    # A column of the office.
    ("tenure", "organization"): 45,
}
"""What the gold says and the replies cannot, by field, with how often."""


def test_the_fields_have_the_values_of_the_gold(read: Measured) -> None:
    wrong = {
        (kind, name): each.wrong for kind, of in read.scores.fields.items() for name, each in of.items() if each.wrong
    }
    absent = {
        (kind, name): each.absent for kind, of in read.scores.fields.items() for name, each in of.items() if each.absent
    }
    assert wrong == {field: len(rows) for field, rows in TOLD_OTHERWISE.items()}
    assert absent == NOT_SAID


def test_the_traps_are_no_facts(read: Measured) -> None:
    assert not [trap for trap, count in read.scores.traps.items() if count]


def rows(read: Measured, query: str) -> list[tuple[Any, ...]]:
    with reading(read.database) as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def test_a_reform_has_the_steps_and_the_package_that_its_article_gives_it(read: Measured) -> None:
    steps = rows(
        read,
        "SELECT r.title, p.title, e.status, e.date_edtf, e.decided_by FROM reform r LEFT JOIN reform p"
        " ON p.id = r.parent_id JOIN reform_event e ON e.reform_id = r.id ORDER BY r.title, e.status",
    )
    law = "The law that cut it from 20 to 18"
    threshold = "Cutting the threshold for parties from 5 percent to 4 percent"
    assert [each for each in steps if each[0] in (law, threshold)] == [
        (threshold, None, "proposed", "2012", "unknown"),
        (threshold, None, "rejected", "2013", "government"),
        (law, None, "adopted", "2015-06-17", "parliament"),
        (law, None, "in_force", "2016-06-19", "unknown"),
    ]
    assert {each[0]: each[1] for each in steps if each[1]} == {
        "Brought back a Senate": "Signed the constitution into force",
        "Created a Supreme Court": "Signed the constitution into force",
        "Replaced the Senate with a Chamber of Regions": (
            "A draft constitution that was meant to replace the charter of 1980"
        ),
        "Set up 47 counties with elected governors": "Signed the constitution into force",
    }


def test_an_election_has_the_winner_whether_person_party_or_option(read: Measured) -> None:
    won = rows(
        read,
        "SELECT e.country, e.date_edtf, COALESCE(p.name, o.name, x.option), x.vote_share_pct FROM election_result x"
        " JOIN election e ON e.id = x.election_id LEFT JOIN person p ON p.id = x.person_id"
        " LEFT JOIN organization o ON o.id = x.party_id WHERE x.won ORDER BY 1, 2",
    )
    assert won == [
        ("CL", "2020-10", "a new constitution", 78.0),
        ("CL", "2021-12-19", "Gabriel Boric", 55.9),
        ("CL", "2022-09-04", "reject option", 61.9),
        ("EE", "2023-03-05", "Reform Party", 31.2),
        ("KE", "2002-12-27", "Mwai Kibaki", 62.0),
        ("KE", "2005-11", "against", 58.0),
        ("NZ", "1992-09-19", "change", 84.7),
        ("NZ", "1993-11-06", "MMP", 53.9),
        ("NZ", "1996-10-12", "National", 33.8),
        ("NZ", "2011-11-26", "keep MMP", 57.8),
    ]


def test_a_president_of_a_body_heads_no_state(read: Measured) -> None:
    roles = rows(read, "SELECT name, role FROM office WHERE name LIKE 'President%' ORDER BY name, role")
    assert {name: role for name, role in roles} == {
        "President": "head_of_state",
        "President of Convention": "chair",
        "President of the LDP": "chair",
        "President of the Riigikogu": "chair",
    }


def test_nothing_of_a_perfect_reply_is_refused(read: Measured) -> None:
    assert rows(read, "SELECT reason, detail, payload FROM quarantine") == []
