"""Which text each one was first printed as, in the database: the same whatever is read first."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta

import pytest

from polidex.cli import run_command
from polidex.publish import Store, open_store
from polidex.reprints import sources_with
from schema import Document, DocumentVersion, WorldDate, stable_id
from schema.rows import row
from schema.vocabulary import Basis
from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.newsroom import but, tables
from tests.loopback import Request, Step, reply
from tests.unit.polidex.test_reprints import BODY, LEAD, ORIGINAL, OTHER_REPORT, TAIL

pytestmark = pytest.mark.with_tables


def version(name: str, text: str, day: int) -> DocumentVersion:
    published = (date(2020, 5, 1) + timedelta(days=day)).isoformat()
    return DocumentVersion(
        id=name,
        document_id=f"document of {name}",
        content_sha256="0" * 64,
        title=None,
        byline=(),
        published=WorldDate.from_edtf(published, Basis.STATED),
        crawled_at=None,
        language="en",
        text=text,
        reading_spans=((0, len(text)),),
    )


WIRE = version("wire", ORIGINAL, 3)
MORNING = version("morning", f"Six years for judges\n\n{ORIGINAL}\n\nReporting by the Wire", 4)
EVENING = version("evening", "\n\n".join((LEAD, BODY, TAIL)), 5)
REPORT = version("report", OTHER_REPORT, 2)
ALL = [WIRE, MORNING, EVENING, REPORT]

# The ends have too little in common: only what stands between makes them one.
SESSION = OTHER_REPORT.partition("\n")[0]
ENDS = [version("head", f"{LEAD}\n\n{BODY}", 1), version("tail", f"{TAIL}\n\n{SESSION}", 2)]
BETWEEN = version("between", "\n\n".join((LEAD, BODY, TAIL, SESSION)), 3)


def add(store: Store, each: DocumentVersion) -> tuple[str, ...]:
    document = Document(id=each.document_id, uri=stable_id("uri", each.id), publisher=None)
    store.load({"document": [row(document)], "document_version": [row(each)]})
    found = sources_with(store, [each])
    store.load(found.rows)
    return found.joined


def sources(store: Store) -> dict[str, str]:
    found = store.rows("resolve/printed_as", ids=[each.id for each in [*ALL, *ENDS, BETWEEN]])
    return {each["id"]: each["source_id"] for each in found}


def test_reprints_are_one_source_that_has_the_key_of_the_earliest(database_url: str) -> None:
    expected = {"wire": "wire", "morning": "wire", "evening": "wire", "report": "report"}
    with open_store(database_url) as store:
        for each in ALL:
            add(store, each)
        assert sources(store) == expected
        # Read once more, nothing is compared and nothing changes.
        assert all(not any(sources_with(store, [each]).rows.values()) for each in ALL)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_read_first_does_not_matter(seed: int, duckdb_url: str) -> None:
    shuffled = random.Random(seed).sample(ALL, len(ALL))
    with open_store(duckdb_url) as store:
        for each in shuffled:
            add(store, each)
        assert sources(store) == {"wire": "wire", "morning": "wire", "evening": "wire", "report": "report"}


def test_a_text_that_is_akin_to_two_sources_makes_them_one_and_says_so(database_url: str) -> None:
    with open_store(database_url) as store:
        assert [add(store, each) for each in ENDS] == [(), ()]
        assert sources(store) == {"head": "head", "tail": "tail"}
        assert add(store, BETWEEN) == ("between", "head", "tail")
        assert set(sources(store).values()) == {"head"}


def test_a_date_that_is_corrected_changes_which_came_first(duckdb_url: str) -> None:
    with open_store(duckdb_url) as store:
        for each in (WIRE, MORNING):
            add(store, each)
        add(store, version("morning", MORNING.text, 1))
        assert set(sources(store).values()) == {"morning"}


def vote(turnout: str) -> str:
    return (
        f"Kenya had held presidential elections in March 1998, in which turnout was {turnout} percent of the voters on "
        "the rolls. The electoral commission counted for three days and three nights in a hall without windows.\n"
    )


WIRED = f"A long count\n\nPublished on 3 May 2001\n\n{vote('61.5')}"
REPRINTED = f"The hall without windows\n\nPublished on 4 May 2001\n\n{vote('61.5')}"
ANOTHER = (
    "What the commission forgot\n\nPublished on 9 June 2001\n\n"
    "Lists from two districts were never opened, as we have learned from people who sealed the boxes themselves. "
    "In the presidential elections in Kenya in March 1998 turnout was 64.2 percent, and not what was announced then.\n"
)


@pytest.mark.parametrize("order", [("wired", "reprinted", "another"), ("another", "reprinted", "wired")])
def test_an_article_and_its_reprint_do_not_outvote_another_one(newsroom: Newsroom, order: tuple[str, ...]) -> None:
    def elections(request: Request) -> Step:
        turnout = "64.2 percent" if "64.2" in request.question else "61.5 percent"
        item = {"election": "presidential elections", "type": "presidential", "date": "March 1998"}
        return reply(json.dumps({"items": [item | {"winner": "", "turnout": turnout}]}))

    newsroom.answer = but("elections", elections)
    for name, text in {"wired": WIRED, "reprinted": REPRINTED, "another": ANOTHER}.items():
        newsroom.write(f"{name}.txt", text)
    for name in order:
        assert newsroom.run(f"{name}.txt") == 0
    newsroom.held_rules()
    [election] = tables(newsroom.database)["election"]
    assert election["turnout_pct"] == 64.2
    query = "SELECT value, is_canonical, sources, documents FROM conflicts WHERE field = 'turnout_pct' ORDER BY value"
    newsroom.heard()
    assert run_command(["query", query, "--json"]) == 0
    assert json.loads(newsroom.heard()[0]) == [
        {"value": "61.5", "is_canonical": False, "sources": 1, "documents": 2},
        {"value": "64.2", "is_canonical": True, "sources": 1, "documents": 1},
    ]
