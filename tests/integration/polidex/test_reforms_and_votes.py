"""Reforms and votes of several articles: steps, packages, the referendum that decided, and numbers that differ."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from polidex.cli import run_command
from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.newsroom import Rows, tables
from tests.perfect import PerfectReader

AMENDMENT = "constitutional_amendment"
ARTICLES: dict[str, tuple[str, dict[str, list[dict[str, str]]]]] = {
    "1-draft.txt": (
        "Kenya plans a new constitution\n\n12 January 2010\n\n"
        "NAIROBI, Jan 12 - The parliament of Kenya proposed the Wako draft constitution on Tuesday. "
        "It reduces the number of ministers from 40 to 22. "
        "Kenya will hold a referendum on the draft in August.\n",
        {
            "reforms": [
                {"change": "the Wako draft constitution", "area": "governance", "status": "proposed",
                 "instrument": AMENDMENT, "at": "proposed the Wako draft"},
                {"change": "reduces the number of ministers from 40 to 22", "area": "governance",
                 "status": "proposed", "value_old": "40", "value_new": "22", "package": "the Wako draft constitution",
                 "at": "It reduces the number"},
            ],
            "elections": [
                {"election": "referendum on the draft", "type": "referendum", "date": "in August",
                 "at": "hold a referendum on the draft"},
            ],
        },
    ),
    "2-vote.txt": (
        "Kenya says yes\n\n6 August 2010\n\n"
        "NAIROBI, Aug 6 - The voters of Kenya adopted the Wako draft constitution on 4 August 2010. "
        "The law cuts the number of ministers in Kenya from 40 to 24.\n",
        {
            "reforms": [
                {"change": "the Wako draft constitution", "area": "governance", "status": "adopted",
                 "instrument": AMENDMENT, "decided_by": "referendum", "date": "4 August 2010",
                 "at": "The voters of Kenya adopted"},
                {"change": "cuts the number of ministers in Kenya from 40 to 24", "area": "governance",
                 "status": "adopted", "value_old": "40", "value_new": "24", "at": "The law cuts the number"},
            ],
        },
    ),
    "3-signed.txt": (
        "Kenya has its constitution\n\n28 August 2010\n\n"
        "NAIROBI, Aug 28 - After the referendum of 4 August 2010 in Kenya the Wako draft constitution was signed on "
        "27 August 2010 and came into force on 27 August 2010.\n",
        {
            "reforms": [
                {"change": "the Wako draft constitution", "area": "governance", "status": "signed",
                 "instrument": AMENDMENT, "decided_by": "president", "date": "27 August 2010", "at": "was signed on"},
                {"change": "the Wako draft constitution", "area": "governance", "status": "in_force",
                 "instrument": AMENDMENT, "date": "27 August 2010", "at": "came into force on"},
            ],
            "elections": [
                {"election": "referendum of 4 August 2010", "type": "referendum", "date": "4 August 2010",
                 "at": "After the referendum of 4 August 2010"},
            ],
        },
    ),
}  # fmt: skip


def write(newsroom: Newsroom) -> None:
    files = []
    for name, (text, replies) in ARTICLES.items():
        newsroom.write(name, text)
        file = Path(newsroom.folder) / f"{name}.json"
        file.write_text(json.dumps({"document": name, "replies": replies}), encoding="utf-8")
        files.append(file)
    newsroom.answer = PerfectReader(files).answer


def rows(newsroom: Newsroom) -> dict[str, Rows]:
    newsroom.held_rules()
    return tables(newsroom.database)


def story(found: dict[str, Rows]) -> dict[str, Any]:
    """The reforms with their steps, as an analyst reads them."""
    votes = {each["id"]: f"{each['type']} {each['date_edtf']} {each['status']}" for each in found["election"]}
    title = {each["id"]: each["title"].casefold() for each in found["reform"]}
    return {
        "votes": sorted(votes.values()),
        "reforms": sorted(
            (title[each["id"]], each["current_status"], title.get(each["parent_id"] or "")) for each in found["reform"]
        ),
        "steps": sorted(
            (title[each["reform_id"]], each["status"], each["date_edtf"], votes.get(each["election_id"] or ""))
            for each in found["reform_event"]
        ),
    }


EXPECTED = {
    "votes": ["referendum 2010-08-04 held"],
    "reforms": [
        ("cuts the number of ministers in kenya from 40 to 24", "adopted", "the wako draft constitution"),
        ("the wako draft constitution", "in_force", None),
    ],
    "steps": [
        ("cuts the number of ministers in kenya from 40 to 24", "adopted", None, None),
        ("cuts the number of ministers in kenya from 40 to 24", "proposed", None, None),
        ("the wako draft constitution", "adopted", "2010-08-04", "referendum 2010-08-04 held"),
        ("the wako draft constitution", "in_force", "2010-08-27", None),
        ("the wako draft constitution", "proposed", None, None),
        ("the wako draft constitution", "signed", "2010-08-27", None),
    ],
}


@pytest.mark.parametrize("order", list(permutations(ARTICLES))[1::4])
def test_three_articles_tell_one_reform_its_measure_and_the_vote_on_it(
    newsroom: Newsroom, order: tuple[str, ...]
) -> None:
    write(newsroom)
    for name in order:
        assert newsroom.run(name) == 0
    assert story(rows(newsroom)) == EXPECTED


def test_in_one_night_or_in_three_the_rows_are_the_same(newsroom: Newsroom) -> None:
    write(newsroom)
    assert newsroom.run(*ARTICLES) == 0
    assert story(rows(newsroom)) == EXPECTED


def test_a_number_that_differs_is_shown_as_a_conflict_of_one_reform(newsroom: Newsroom) -> None:
    write(newsroom)
    assert newsroom.run(*ARTICLES) == 0
    newsroom.heard()
    assert run_command(["query", "SELECT field, value FROM conflicts ORDER BY value", "--json"]) == 0
    assert json.loads(newsroom.heard()[0]) == [
        {"field": "measure.value_new", "value": "22"},
        {"field": "measure.value_new", "value": "24"},
    ]
