"""What a plan says is what the next run does: the same calls, for the reasons that it names, on both databases."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import Any

import pytest

from extractors.people import PEOPLE
from extractors.prompt import EXTRACTORS
from polidex.cli import run_command
from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.newsroom import GOVERNMENT, LOOKING_BACK, but, perfect
from tests.loopback import status

pytestmark = pytest.mark.with_tables
NAMES = {extractor.name for extractor in EXTRACTORS}
LONG = f"{GOVERNMENT}\n{LOOKING_BACK}\n" * 2

Planned = dict[str, Any]


@pytest.fixture
def room(newsroom: Newsroom, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Two articles that were read, one of them in several windows."""
    monkeypatch.setitem(os.environ, "POLIDEX_DATABASE", database_url)
    newsroom.write("b.txt", LONG)
    assert newsroom.run("a.txt", "b.txt") == 0
    newsroom.heard()
    return newsroom


def plan(room: Newsroom, *arguments: str, code: int = 0) -> Planned:
    room.heard()
    assert run_command(["plan", "--json", *arguments]) == code
    found: Planned = json.loads(room.heard()[0])
    return found


def reasons(found: Planned) -> dict[str, set[str]]:
    """By reason, the extractors."""
    told: dict[str, set[str]] = {}
    for document in found["stale"]:
        for reading in document["readings"]:
            for reason in reading["reasons"]:
                told.setdefault(reason, set()).add(reading["extractor"])
    return told


def run_as_planned(room: Newsroom, found: Planned, *paths: str) -> int:
    """The run asks as often as the plan says, and then nothing is stale."""
    before = room.asked
    assert room.run(*(paths or ("a.txt", "b.txt"))) == 0
    assert room.asked - before == found["calls"]
    assert plan(room)["stale"] == []
    return room.asked - before


def test_after_a_run_nothing_is_stale(room: Newsroom) -> None:
    for paths in ((), ("a.txt", "b.txt")):
        found = plan(room, *paths)
        assert (found["documents"], found["calls"], found["stale"]) == (0, 0, [])
    assert run_command(["plan"]) == 0
    assert "Nothing is stale" in room.heard()[0]


@pytest.mark.parametrize(
    ("field", "value", "reason"), [("version", 2, "prompt"), ("most", 9, "schema"), ("task", "Find all.", "prompt")]
)
def test_another_prompt_or_schema_is_its_extractors_calls(
    field: str, value: Any, reason: str, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = replace(PEOPLE, **{field: value})
    monkeypatch.setitem(PEOPLE.__dict__, field, value)
    monkeypatch.setitem(PEOPLE.__dict__, "_reply_type", changed.reply_type())
    found = plan(room)
    assert reasons(found) == {reason: {"people"}}
    assert found["documents"] == 2
    assert run_as_planned(room, found) > 2


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        ("MODEL", "openai/other", "model"),
        ("PARAMETERS_SEED", "8", "parameters"),
        ("WINDOWING_SIZE", "300", "windowing"),
    ],
)
def test_another_setting_is_the_calls_of_all(
    variable: str, value: str, reason: str, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, f"POLIDEX_{variable}", value)
    found = plan(room)
    assert reasons(found) == {reason: NAMES}
    assert run_as_planned(room, found) > 10


def test_a_new_text_and_a_new_document_are_told_from_their_sources(room: Newsroom) -> None:
    room.write("a.txt", f"{GOVERNMENT}Nobody votes for them.\n")
    room.write("c.txt", LOOKING_BACK)
    assert plan(room)["stale"] == []
    found = plan(room, "a.txt", "b.txt", "c.txt")
    assert {each["uri"]: {*each["readings"][0]["reasons"]} for each in found["stale"]} == {
        "file:a.txt": {"text"},
        "file:c.txt": {"new"},
    }
    run_as_planned(room, found, "a.txt", "b.txt", "c.txt")


def test_what_is_new_is_told_by_the_sources_of_the_settings(room: Newsroom) -> None:
    (room.folder / "press").mkdir()
    room.write("press/a.txt", GOVERNMENT)
    assert room.run("press") == 0
    room.write("polidex.toml", '[[sources]]\nkind = "folder"\nlocation = "press"\n')
    assert plan(room)["stale"] == []
    room.write("press/a.txt", f"{GOVERNMENT}Nobody votes for them.\n")
    room.write("press/c.txt", LOOKING_BACK)
    assert plan(room, "--stored")["stale"] == []
    for _ in range(2):  # The first look takes nothing from the second.
        found = plan(room)
        assert reasons(found) == {"text": NAMES, "new": NAMES}
    run_as_planned(room, found, "press")


def test_of_a_reading_that_failed_only_what_failed_is_asked_again(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "POLIDEX_MODEL", "openai/other")
    room.answer = but(
        "offices", lambda request: status(500) if "ten years in" in request.question else perfect(request)
    )
    assert room.run("a.txt", "b.txt") == 3
    room.answer = perfect
    found = plan(room)
    assert reasons(found) == {"failed": {"offices"}}
    assert found["calls"] > 1
    run_as_planned(room, found)


def test_other_rules_make_all_anew_without_a_call(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("changes", "intake", "staleness"):
        monkeypatch.setattr(f"polidex.{module}.checks_digest", lambda: "other rules")
    found = plan(room)
    assert reasons(found) == {"checks": NAMES}
    assert (found["documents"], found["without_calls"], found["calls"], found["usd"]) == (2, 2, 0, None)
    assert run_as_planned(room, found) == 0


def test_an_earlier_model_that_is_set_again_is_not_asked_again(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    assert room.run("a.txt", "b.txt", "--model", "openai/other") == 0
    found = plan(room)
    assert reasons(found) == {"checks": NAMES}
    assert run_as_planned(room, found) == 0


@pytest.mark.parametrize(
    ("select", "documents", "extractors"),
    [
        ((), 2, NAMES),
        (("extractor:people",), 2, {"people"}),
        (("extractor:people", "extractor:offices", "reason:model"), 2, {"people", "offices"}),
        (("extractor:people", "reason:text"), 0, set()),
        (("uri:*a.txt",), 1, NAMES),
        (("file:a.*", "uri:*nothing*"), 1, NAMES),
    ],
)
def test_a_selection_narrows_a_plan(
    select: tuple[str, ...], documents: int, extractors: set[str], room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "POLIDEX_MODEL", "openai/other")
    found = plan(room, *(word for each in select for word in ("--select", each)))
    assert found["documents"] == documents
    assert {name for names in reasons(found).values() for name in names} == extractors


def test_a_limit_takes_the_first_documents(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "POLIDEX_MODEL", "openai/other")
    assert [each["uri"] for each in plan(room, "--limit", "1")["stale"]] == ["file:a.txt"]
    assert plan(room, "--limit", "0")["stale"] == []
    every = plan(room)
    assert [each["uri"] for each in every["stale"]] == ["file:a.txt", "file:b.txt"]
    assert every["tokens_in"] > 0 < every["seconds"]
    assert "calls of this database" in every["told_by"]
    assert run_command(["plan"]) == 0
    assert "No price is known" in room.heard()[0]
    monkeypatch.setitem(os.environ, "POLIDEX_PRICES_INPUT_USD", "2")
    monkeypatch.setitem(os.environ, "POLIDEX_PRICES_OUTPUT_USD", "8")
    priced = plan(room)
    assert 0 < priced["usd"] < priced["most_usd"]
    assert priced["price_version"] == "the setting prices"


@pytest.mark.parametrize("wrong", ["extractor:poets", "reason:rain"])
def test_a_selection_of_nothing_that_there_is_is_refused(wrong: str, room: Newsroom) -> None:
    assert run_command(["plan", "--select", wrong]) == 2
    assert "One of: " in room.heard()[1]


def test_a_source_that_cannot_be_read_is_told(room: Newsroom) -> None:
    found = plan(room, "nowhere.txt", code=3)
    assert [*found["failed"]] == ["file:nowhere.txt"]


def test_a_database_that_is_not_there_is_empty_where_a_path_is_given(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "POLIDEX_DATABASE", "duckdb:///other.duckdb")
    assert run_command(["plan"]) == 1
    assert "no database" in newsroom.heard()[1]
    found = plan(newsroom, "a.txt")
    assert reasons(found) == {"new": NAMES}
    assert "their characters" in found["told_by"]
    before = newsroom.asked
    assert newsroom.run("a.txt") == 0
    assert newsroom.asked - before == found["calls"]


def test_of_a_page_that_changed_while_its_text_was_stale_only_the_new_text_is_read(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    (room.folder / "press").mkdir()
    room.write("press/c.txt", LOOKING_BACK)
    room.write("polidex.toml", '[[sources]]\nkind = "folder"\nlocation = "press"\n')
    assert run_command(["nightly"]) == 0
    room.write("press/c.txt", f"{LOOKING_BACK}Nobody votes for them.\n")
    monkeypatch.setitem(PEOPLE.__dict__, "version", 2)
    found, before = plan(room), room.asked
    assert reasons(found) == {"prompt": {"people"}, "text": NAMES}
    assert run_command(["nightly"]) == 0
    assert room.asked - before == found["calls"]
    assert plan(room)["stale"] == []
