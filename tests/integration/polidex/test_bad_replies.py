"""Replies that are not true: each is refused with a row in quarantine, and the facts are those of the true ones alone.

The article is the obituary of `examples/`, read with the replies of `tests/perfect/` and the lies below before them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from polidex.progress import RunProgress
from polidex.run import run
from polidex.settings import load
from tests.integration.polidex.newsroom import FACTS, tables
from tests.loopback import Loopback
from tests.perfect import FOLDER, Given, PerfectReader, drafts_of

ARTICLE = Path(__file__).parents[3] / "examples" / "kenya-kibaki-obituary.md"
REPLIES = FOLDER / "kenya-kibaki-obituary.json"

FIRST, MOI, ODINGA, LEFT = (
    "Mwai Kibaki, the third president of Kenya",
    "Daniel arap Moi, who was president",
    "In January 2003 his government",
    "Kibaki signed the constitution into force",
)
"""Words of the four windows of the article."""

Lies = Mapping[str, list[dict[str, str]]]


def held(at: str, person: str, office: str, start: str = "", end: str = "") -> dict[str, str]:
    return {"at": at, "person": person, "office": office, "start": start, "end": end}


def said(at: str, speaker: str, verb: str, words: str, **more: str) -> dict[str, str]:
    return {"at": at, "speaker": speaker, "verb": verb, "said": words, **more}


def changed(at: str, change: str, area: str, **more: str) -> dict[str, str]:
    return {"at": at, "change": change, "area": area, "status": "in_force", **more}


def voted(at: str, election: str, kind: str, date: str = "", **more: str) -> dict[str, str]:
    return {"at": at, "election": election, "type": kind, "date": date, **more}


LIES: Mapping[str, Lies] = {
    "words that stand nowhere": {
        "offices": [
            held(FIRST, "Mwai Kibaki", "minister of defence", "1974"),
            held(MOI, "Daniel arap Moi", "president of the senate", "1978", "2002"),
        ],
        "reforms": [
            changed(ODINGA, "abolished fees in all universities", "social_policy"),
            changed(LEFT, "created a Senate of elders", "parliament"),
        ],
        "elections": [
            voted(ODINGA, "by-election of the same year", "by_election", "November 2005"),
            voted(MOI, "general election", "parliamentary", "1992"),
        ],
        "statements": [
            said(MOI, "Kibaki", "told", "Corruption will never cease in this country"),
            said(FIRST, "Uhuru Kenyatta", "said", "the nation has lost its father"),
        ],
    },
    "invented people, and what is nobody": {
        "people": [
            {"at": FIRST, "name": "Wangari Maathai"},
            {"at": FIRST, "name": "Nairobi"},
            {"at": FIRST, "name": "Grace Atieno"},
            {"at": FIRST, "name": "Nyeri"},
            {"at": FIRST, "name": "Kenyan"},
            {"at": MOI, "name": "Democratic Party"},
            {"at": MOI, "name": "president"},
            {"at": MOI, "name": "health minister"},
            {"at": ODINGA, "name": "Supreme Court"},
            {"at": LEFT, "name": "Senate"},
        ],
        "offices": [held(ODINGA, "Wangari Maathai", "prime minister", "April 2008")],
        "elections": [
            voted(MOI, "presidential election", "presidential", "27 December 2002", winner="Wangari Maathai")
        ],
        "statements": [said(FIRST, "Wangari Maathai", "called", "a quintessential patriot")],
    },
    "the right office with the wrong person": {
        "people": [
            {"at": FIRST, "name": "Uhuru Kenyatta", "office": "first president"},
            {"at": FIRST, "name": "Jomo Kenyatta", "office": "third president of Kenya"},
            {"at": ODINGA, "name": "Kofi Annan", "office": "prime minister"},
        ],
        "offices": [
            held(FIRST, "Jomo Kenyatta", "minister of finance"),
            held(MOI, "Uhuru Kenyatta", "health minister", "", "December 1991"),
            held(MOI, "Daniel arap Moi", "vice-president", "October 1978", "March 1988"),
            held(MOI, "Kibaki", "president", "1978", "2002"),
            held(ODINGA, "Kibaki", "prime minister", "April 2008", "2013"),
            held(ODINGA, "Kofi Annan", "prime minister", "April 2008", "2013"),
            held(LEFT, "Uhuru Kenyatta", "office", "", "9 April 2013"),
        ],
    },
    "a date that is another's or stands nowhere": {
        "offices": [
            held(MOI, "Daniel arap Moi", "president", "October 1978"),
            held(ODINGA, "Raila Odinga", "prime minister", "December 2007"),
            held(ODINGA, "Raila Odinga", "prime minister", "May 2007", "2012"),
            held(MOI, "Kibaki", "vice-president", "October 1978", "2002"),
        ],
        "elections": [
            voted(MOI, "presidential election", "presidential", "December 1991"),
            voted(ODINGA, "referendum", "referendum", "December 2007"),
        ],
        "reforms": [changed(LEFT, "brought back a Senate", "parliament", date="9 April 2013")],
        "statements": [said(FIRST, "Uhuru Kenyatta", "called", "a quintessential patriot", date="15 November 1931")],
    },
    "a winner who lost, and numbers from elsewhere": {
        "elections": [
            voted(MOI, "presidential election", "presidential", "27 December 2002", winner="Uhuru Kenyatta"),
            voted(ODINGA, "presidential election", "presidential", "December 2007", winner="Raila Odinga"),
        ],
        "reforms": [
            changed(ODINGA, "abolished fees in public primary schools", "social_policy", value_new="47"),
            changed(LEFT, "set up 47 counties with elected governors", "local_government", value_old="62 percent"),
        ],
    },
    "a statement of somebody else": {
        "statements": [
            said(MOI, "Daniel arap Moi", "told", "Corruption will now cease to be a way of life in Kenya"),
            said(MOI, "Uhuru Kenyatta", "told", "Corruption will now cease to be a way of life in Kenya"),
            said(FIRST, "Mwai Kibaki", "called", "a quintessential patriot"),
            said(FIRST, "Jomo Kenyatta", "called", "a quintessential patriot"),
        ],
    },
}


@dataclass(frozen=True)
class Read:
    """What the database holds after a run: the rows that analysts see, as lines, and the payloads in quarantine."""

    facts: Mapping[str, list[str]]
    refused: list[str]


def read(folder: Path, *lies: Given) -> Read:
    """Read the article into a new database with a model that also lies, and lies first."""
    reader = PerfectReader([REPLIES])
    reader.drafts[:0] = lies
    file = folder / "polidex.duckdb"
    with Loopback(answer=reader.answer) as server:
        settings = load(
            {"model": "openai/any", "base_url": server.url("openai"), "database": f"duckdb:///{file}"},
            file=folder / "none",
            environment={"POLIDEX_API_KEY": "none", "POLIDEX_CACHE": str(folder)},
        )
        report = asyncio.run(run([str(ARTICLE)], settings=settings, progress=RunProgress()))
    assert not report.failed
    assert reader.faults() == []
    rows = tables(file)
    # A row as a line: a difference is read at a glance.
    lines = {name: [json.dumps(row, default=str, ensure_ascii=False) for row in rows[name]] for name in FACTS}
    return Read(lines, [row["payload"] for row in rows["quarantine"]])


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """What the true replies alone give."""
    return read(tmp_path_factory.mktemp("truth"))


@pytest.mark.parametrize("about", LIES)
def test_a_lie_is_refused_and_changes_nothing(tmp_path: Path, truth: Read, about: str) -> None:
    lies = list(drafts_of({"document": ARTICLE.name, "replies": LIES[about]}))
    told = read(tmp_path, *lies)
    payloads = [each.draft.model_dump_json(exclude_defaults=True) for each in lies]
    assert [each for each in payloads if told.refused.count(each) <= truth.refused.count(each)] == []
    assert told.facts == truth.facts


def test_what_is_said_twice_counts_once_and_is_refused_the_second_time(tmp_path: Path, truth: Read) -> None:
    drafts = PerfectReader([REPLIES]).drafts
    twice = [each for each in drafts if each.at in (FIRST, LEFT) and each.extractor != "reforms"]
    told = read(tmp_path, *twice)
    assert {each.draft.model_dump_json(exclude_defaults=True) for each in twice} <= set(told.refused)
    assert told.facts == truth.facts
