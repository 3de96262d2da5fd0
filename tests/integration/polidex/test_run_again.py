"""Runs after the first: with a model that fails, with an earlier model again, with documents that disagree."""

from __future__ import annotations

import json

import pytest

from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.newsroom import (
    FACTS,
    GOVERNMENT,
    LOOKING_BACK,
    Rows,
    but,
    lasting,
    perfect,
    tables,
    task,
)
from tests.loopback import TOKENS_IN, Request, Step, reply, status

NOTHING = reply('{"items":[]}')
ONE, OTHER = ("--model", "openai/one"), ("--model", "openai/other")


def facts(newsroom: Newsroom) -> dict[str, Rows]:
    """The rows that analysts see."""
    found = tables(newsroom.database)
    return {name: found[name] for name in FACTS}


@pytest.mark.parametrize("step", [status(401), status(500), reply("I will not.", refused=True)])
def test_a_model_that_fails_takes_nothing_away(newsroom: Newsroom, step: Step) -> None:
    assert newsroom.run("a.txt", "b.txt", *ONE) == 0
    before, claims = facts(newsroom), tables(newsroom.database)["claim"]
    newsroom.answer = lambda _: step
    assert newsroom.run("a.txt", "b.txt", *OTHER) != 0
    assert facts(newsroom) == before
    rows = tables(newsroom.database)
    assert rows["claim"] == claims
    assert {row["status"] for row in rows["extraction"] if row["model"] == "openai/one"} == {"ok"}
    newsroom.held_rules()


def test_of_a_model_that_fails_in_part_the_rest_replaces_the_earlier_readings(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", *ONE) == 0
    before = facts(newsroom)
    newsroom.answer = but("offices", status(500))
    assert newsroom.run("a.txt", *OTHER) == 3
    after = facts(newsroom)
    assert after["tenure"] == before["tenure"]
    assert {row["id"] for row in after["person"]} == {row["id"] for row in before["person"]}
    newsroom.held_rules()
    current = {row["extractor"] for row in tables(newsroom.database)["extraction"] if row["status"] == "ok"}
    assert "offices" in current
    assert newsroom.run("a.txt", *OTHER) == 3
    # Nobody is left who holds an office of whom no current reading tells.
    newsroom.answer = lambda request: status(500) if task(request) == "offices" else NOTHING
    assert newsroom.run("a.txt", "--model", "openai/third") == 3
    assert [row["name"] for row in facts(newsroom)["person"]].count("Ada Moro") == 1
    newsroom.held_rules()


def test_of_a_new_text_that_cannot_be_read_the_old_one_still_counts(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt") == 0
    before = facts(newsroom)
    newsroom.write("a.txt", f"{GOVERNMENT}Nobody votes for them.\n")
    answer, newsroom.answer = newsroom.answer, lambda _: status(500)
    assert newsroom.run("a.txt") == 3
    assert facts(newsroom) == before
    newsroom.held_rules()
    newsroom.answer = answer
    assert newsroom.run("a.txt") == 0
    statuses = {row["status"] for row in tables(newsroom.database)["extraction"]}
    assert statuses == {"ok", "superseded"}
    assert {row["document_version_id"] for row in facts(newsroom)["statement"]} != {
        row["document_version_id"] for row in before["statement"]
    }
    newsroom.held_rules()


EARLIER = (
    "A new cabinet in Kenya\n\nPublished on 3 May 2001\n\n"
    "Ada Moro became prime minister of Kenya in October 1999, after ten years in the opposition of the country.\n"
)
LATER = (
    "The end of a cabinet\n\nPublished on 4 June 2005\n\n"
    "Ada Moro, who was Prime Minister of Kenya from October 1999 until March 2004, keeps bees and writes about them.\n"
)


@pytest.mark.parametrize("names", [("early.txt", "late.txt"), ("late.txt", "early.txt")])
def test_documents_that_disagree_give_the_same_rows_in_any_order_and_again(
    newsroom: Newsroom, names: tuple[str, str]
) -> None:
    newsroom.write("early.txt", EARLIER)
    newsroom.write("late.txt", LATER)

    def offices(request: Request) -> Step:
        ended = "March 2004" in request.question
        office = "Prime Minister of Kenya" if ended else "prime minister of Kenya"
        item = {"person": "Ada Moro", "office": office, "start": "October 1999", "end": "March 2004" if ended else ""}
        return reply(json.dumps({"items": [item]}))

    newsroom.answer = but("offices", offices)
    assert newsroom.run(*names) == 0
    rows, first = facts(newsroom), lasting(newsroom.database)
    assert {row["published_edtf"] for row in first["document_version"]} == {"2001-05-03", "2005-06-04"}
    [office], [tenure] = rows["office"], rows["tenure"]
    assert (office["name"], tenure["end_edtf"], tenure["status"]) == ("Prime Minister", "2004-03", "ended")
    assert newsroom.run(*names) == 0
    assert lasting(newsroom.database) == first
    assert newsroom.run(*reversed(names)) == 0
    assert lasting(newsroom.database) == first


def test_an_earlier_model_or_text_asks_nothing_again(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", *ONE) == 0
    first = lasting(newsroom.database)
    newsroom.answer = lambda _: NOTHING
    assert newsroom.run("a.txt", *OTHER) == 0
    newsroom.write("a.txt", f"{GOVERNMENT}Nobody votes for them.\n")
    assert newsroom.run("a.txt", *ONE) == 0
    assert not facts(newsroom)["tenure"]
    asked = newsroom.asked
    newsroom.write("a.txt", GOVERNMENT)
    assert newsroom.run("a.txt", *ONE) == 0
    assert newsroom.asked == asked
    last = lasting(newsroom.database)
    assert {name: last[name] for name in FACTS} == {name: first[name] for name in FACTS}
    current = [row["id"] for row in last["extraction"] if row["status"] != "superseded"]
    assert current == [row["id"] for row in first["extraction"]]
    assert [row for row in last["claim"] if row["is_current"]] == first["claim"]
    newsroom.held_rules()


def test_a_retry_asks_about_what_failed_and_counts_what_was_paid(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLIDEX_WINDOWING_SIZE", "200")
    monkeypatch.setenv("POLIDEX_WINDOWING_OVERLAP", "100")
    failed: list[Request] = []

    def statements(request: Request) -> Step:
        if "Moro told reporters" in request.question:
            return perfect(request)
        failed.append(request)
        return status(500)

    newsroom.answer = but("statements", statements)
    newsroom.write("c.txt", f"{GOVERNMENT}\n{LOOKING_BACK}")
    assert newsroom.run("c.txt") == 3
    [before] = [row for row in tables(newsroom.database)["extraction"] if row["extractor"] == "statements"]
    assert before["status"] == "partial"
    assert before["tokens_in"] > 0
    asked = newsroom.asked
    newsroom.answer = perfect
    assert newsroom.run("c.txt") == 0
    again = newsroom.server.requests[asked:]
    assert {request.question for request in again} == {request.question for request in failed}
    [after] = [row for row in tables(newsroom.database)["extraction"] if row["extractor"] == "statements"]
    assert (after["id"], after["status"], after["windows"]) == (before["id"], "ok", before["windows"])
    assert after["requests"] == before["requests"] + len(again)
    assert after["tokens_in"] == before["tokens_in"] + TOKENS_IN * len(again)
    assert len(tables(newsroom.database)["statement"]) == 2
