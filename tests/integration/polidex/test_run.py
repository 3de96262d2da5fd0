"""The whole flow on a real database: what a run leaves there, what a second one does not do, and what changes do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from extractors.model import Model, open_model
from extractors.prompt import EXTRACTORS
from polidex import asking, intake
from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.newsroom import FACTS, GOVERNMENT, but, lasting, perfect, said, tables, task
from tests.loopback import DROP, Request, Step, reply, status

NOTHING = reply('{"items":[]}')


def test_five_extractors_are_asked_and_what_they_find_rests_on_its_words(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", "b.txt") == 0
    assert [task(request) for request in newsroom.server.requests] == [each.name for each in EXTRACTORS] * 2
    rows = tables(newsroom.database)
    assert [person["name"] for person in sorted(rows["person"], key=lambda row: str(row["name"]))] == [
        "Ada Moro",
        "Ben Ito",
        "Cleo Sand",
    ]
    assert {(row["start_edtf"], row["start_basis"]) for row in rows["tenure"]} == {
        ("1999-10", "stated"),
        ("2004", "stated"),
    }
    assert {(row["name"], row["country"]) for row in rows["office"]} == {
        ("Prime minister", "KE"),
        ("Mayor of Tarn", None),
    }
    [election], [result] = rows["election"], rows["election_result"]
    assert (election["date_edtf"], election["type"], result["vote_share_pct"]) == ("1998-03", "presidential", 61.5)
    [reform], [measure] = rows["reform"], rows["reform_measure"]
    assert (reform["area"], measure["value_old"], measure["value_new"]) == ("judiciary", "ten years", "six")
    assert {row["text"] for row in rows["statement"]} == {
        "We will lower the price of bread",
        "she had never missed the noise of the capital",
    }
    assert not rows["quarantine"]
    texts = {row["id"]: row["text"] for row in rows["document_version"]}
    assert rows["evidence"]
    for span in rows["evidence"]:
        assert texts[span["document_version_id"]][span["start_char"] : span["end_char"]] == span["quote"]
    assert {row["status"] for row in rows["extraction"]} == {"ok"}
    [ran] = rows["extraction_run"]
    assert (ran["status"], ran["tokens_in"], json.loads(ran["counts"])["documents"]) == ("finished", 1000, 2)
    newsroom.held_rules()


def test_a_second_run_makes_no_request_and_changes_no_row(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", "b.txt") == 0
    before, asked = lasting(newsroom.database), newsroom.asked
    newsroom.heard()
    assert newsroom.run("a.txt", "b.txt") == 0
    assert newsroom.asked == asked == 10
    assert lasting(newsroom.database) == before
    told, _ = newsroom.heard()
    assert "2 of them unchanged" in told
    assert "Rows: 0 inserted, 0 updated, " in told
    assert "unchanged, 0 deleted." in told


def test_a_second_run_opens_no_model(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    assert newsroom.run("a.txt") == 0

    def opened(*_: object, **__: object) -> None:
        pytest.fail("the model was opened")

    monkeypatch.setattr(asking, "open_model", opened)
    assert newsroom.run("a.txt") == 0


def test_a_model_is_opened_once_for_all_documents(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    really_open = open_model

    @asynccontextmanager
    async def slowly(name: str, **given: Any) -> AsyncIterator[Model]:
        opened.append(name)
        await asyncio.sleep(0.05)
        async with really_open(name, **given) as model:
            yield model

    monkeypatch.setattr(asking, "open_model", slowly)
    assert newsroom.run("a.txt", "b.txt") == 0
    assert len(opened) == 1


def test_a_new_version_of_one_extractor_asks_its_question_alone(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert newsroom.run("a.txt", "b.txt") == 0
    before, asked = tables(newsroom.database), newsroom.asked
    raised = tuple(replace(each, version=each.version + 1) if each.name == "offices" else each for each in EXTRACTORS)
    monkeypatch.setattr(intake, "EXTRACTORS", raised)
    newsroom.answer = but("offices", NOTHING)
    assert newsroom.run("a.txt", "b.txt") == 0
    assert [task(request) for request in newsroom.server.requests[asked:]] == ["offices", "offices"]
    after = tables(newsroom.database)
    # What the old reading said stays as history; it is in no table for analysts.
    old = {row["id"] for row in before["extraction"] if row["extractor"] == "offices"}
    assert {row["status"] for row in after["extraction"] if row["id"] in old} == {"superseded"}
    of_old = {row["id"] for row in after["record"] if row["extraction_id"] in old}
    claims = [row for row in after["claim"] if row["record_id"] in of_old]
    assert claims
    assert not any(row["is_current"] for row in claims)
    assert all(row["is_current"] for row in after["claim"] if row["record_id"] not in of_old)
    assert before["tenure"]
    assert not after["tenure"]
    assert not after["office"]
    assert after["statement"] == before["statement"]
    newsroom.held_rules()


def test_a_changed_file_is_a_new_version_and_what_rests_on_nothing_goes(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", "b.txt") == 0
    asked = newsroom.asked
    shorter = GOVERNMENT.partition("Kenya had held")[0].replace("October 1999", "October 1998")
    newsroom.write("a.txt", f"{shorter}Nobody votes for them.\n")
    newsroom.answer = but(
        "offices",
        lambda request: reply(
            '{"items":[{"person":"Ada Moro","office":"prime minister of Kenya","start":"October 1998","end":""}]}'
        ),
    )
    assert newsroom.run("a.txt", "b.txt") == 0
    assert newsroom.asked == asked + 5
    rows = tables(newsroom.database)
    assert len(rows["document"]) == 2
    assert len(rows["document_version"]) == 3
    assert {row["name"] for row in rows["person"]} == {"Ada Moro", "Cleo Sand"}
    assert {row["start_edtf"] for row in rows["tenure"]} == {"1998-10", "2004"}
    assert not rows["election"]
    assert not rows["election_result"]
    assert len(rows["statement"]) == 2
    newsroom.held_rules()


def test_a_file_that_is_as_it_was_before_gives_the_same_rows_again(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt") == 0
    before = said(newsroom.database)
    newsroom.write("a.txt", GOVERNMENT.partition("Under a law")[0])
    assert newsroom.run("a.txt") == 0
    assert said(newsroom.database) != before
    asked = newsroom.asked
    newsroom.write("a.txt", GOVERNMENT)
    assert newsroom.run("a.txt") == 0
    assert newsroom.asked == asked
    after = said(newsroom.database)
    assert {name: after[name] for name in FACTS} == {name: before[name] for name in FACTS}
    newsroom.held_rules()


def test_a_cut_reply_has_its_window_read_in_two(newsroom: Newsroom) -> None:
    cut: list[Request] = []

    def offices(request: Request) -> Step:
        if not cut:
            cut.append(request)
            return reply('{"items":[{"person":"Ada', cut=True)
        return perfect(request)

    newsroom.answer = but("offices", offices)
    assert newsroom.run("a.txt") == 0
    assert newsroom.asked == 5 + 2
    rows = tables(newsroom.database)
    [reading] = [row for row in rows["extraction"] if row["extractor"] == "offices"]
    assert (reading["status"], reading["windows"], reading["requests"], reading["tokens_in"]) == ("ok", 2, 3, 300)
    assert [row["start_edtf"] for row in rows["tenure"]] == ["1999-10"]
    before, asked = lasting(newsroom.database), newsroom.asked
    assert newsroom.run("a.txt") == 0
    assert (lasting(newsroom.database), newsroom.asked) == (before, asked)


def test_a_sentence_whose_reply_is_always_cut_fails_alone(newsroom: Newsroom) -> None:
    newsroom.answer = but("people", reply('{"items":[', cut=True))
    assert newsroom.run("a.txt") == 3
    rows = tables(newsroom.database)
    statuses = {row["extractor"]: (row["status"], row["error_code"]) for row in rows["extraction"]}
    assert statuses.pop("people") == ("failed", "truncated")
    assert set(statuses.values()) == {("ok", None)}
    asked = newsroom.asked
    assert newsroom.run("a.txt") == 0
    assert newsroom.asked == asked


def test_one_bad_item_of_ten_is_quarantined_and_the_others_are_kept(newsroom: Newsroom) -> None:
    names = ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gil", "Hana", "Ivo"]
    newsroom.write(
        "names.txt", f"Nine people met\n\n{', '.join(f'{name} Moss' for name in names)} met in Tarn today.\n"
    )
    items: list[object] = [{"name": f"{name} Moss", "office": ""} for name in names]
    items.insert(4, {"name": "Jo Moss", "office": "", "age": 40})
    people = next(each for each in EXTRACTORS if each.name == "people")
    newsroom.answer = but("people", reply(json.dumps({"items": items[: people.most]})))
    assert newsroom.run("names.txt") == 0
    rows = tables(newsroom.database)
    [refused] = rows["quarantine"]
    assert (refused["reason"], json.loads(refused["payload"])["name"]) == ("invalid_item", "Jo Moss")
    assert "age" in refused["detail"]
    assert len(rows["person"]) == min(10, people.most) - 1


def test_items_beyond_the_bound_are_cut(newsroom: Newsroom) -> None:
    newsroom.answer = but("people", reply(json.dumps({"items": [{"name": "Ada Moro", "office": ""}] * 500})))
    assert newsroom.run("a.txt") == 0
    people = next(each for each in EXTRACTORS if each.name == "people")
    assert len(tables(newsroom.database)["quarantine"]) < people.most


def test_a_wrong_key_ends_the_run_and_what_was_loaded_before_stays(newsroom: Newsroom) -> None:
    newsroom.answer = lambda request: perfect(request) if newsroom.asked <= 5 else status(401)
    assert newsroom.run("a.txt", "b.txt") == 1
    assert newsroom.asked == 6
    _, complaint = newsroom.heard()
    assert "secret-of-the-newsroom" not in complaint
    assert "key" in complaint
    rows = tables(newsroom.database)
    assert {row["name"] for row in rows["person"]} == {"Ada Moro", "Ben Ito"}
    failed = [row for row in rows["extraction"] if row["status"] == "failed"]
    assert [row["error_code"] for row in failed] == ["wrong_key"] * 5
    assert sum(row["requests"] for row in failed) == 1
    assert [row["status"] for row in rows["extraction_run"]] == ["failed"]
    assert not any("secret-of-the-newsroom" in str(row) for each in rows.values() for row in each)
    newsroom.answer = perfect
    assert newsroom.run("a.txt", "b.txt") == 0
    assert newsroom.asked == 6 + 5
    assert len(tables(newsroom.database)["tenure"]) == 2


@pytest.mark.parametrize(
    ("step", "code", "again"),
    [
        (status(500), "server_failure", True),
        (DROP, "connection_dropped", True),
        (status(429, headers={"Retry-After": "0.01"}), "rate_limited", True),
        (reply("I will not.", refused=True), "refused", False),
        (reply("Here you are."), "not_json", True),
        (reply(""), "empty_reply", True),
    ],
)
def test_what_may_have_passed_is_asked_again_next_time_and_a_refusal_is_not(
    newsroom: Newsroom, step: Step, code: str, again: bool
) -> None:
    newsroom.answer = but("offices", step)
    assert newsroom.run("a.txt") == 3
    rows = tables(newsroom.database)
    [reading] = [row for row in rows["extraction"] if row["extractor"] == "offices"]
    assert (reading["status"], reading["error_code"]) == ("refused" if code == "refused" else "failed", code)
    assert not rows["tenure"]
    assert len(rows["statement"]) == 1
    assert code in newsroom.heard()[0]
    asked = newsroom.asked
    newsroom.answer = perfect
    assert newsroom.run("a.txt") == 0
    assert [task(request) for request in newsroom.server.requests[asked:]] == (["offices"] if again else [])
    rows = tables(newsroom.database)
    assert len(rows["tenure"]) == (1 if again else 0)
    newsroom.held_rules()


def test_a_reply_of_no_use_is_asked_for_once_more_and_not_every_night(newsroom: Newsroom) -> None:
    newsroom.answer = but("offices", reply("Here you are."))
    assert newsroom.run("a.txt") == 3
    asked = newsroom.asked
    for code, more in ((3, 1), (0, 0), (0, 0)):
        assert newsroom.run("a.txt") == code
        assert newsroom.asked == asked + more
        asked = newsroom.asked
    [reading] = [row for row in tables(newsroom.database)["extraction"] if row["extractor"] == "offices"]
    assert reading["error_code"] == "still_unusable"


def test_two_documents_share_one_person_and_their_order_changes_no_id(newsroom: Newsroom) -> None:
    # `Moro` alone is nobody whom this text tells apart: it must not become the Moro of another text afterwards.
    newsroom.write(
        "c.txt", "A short note\n\nMoro is said to have left the country, as several friends told us at noon.\n"
    )
    newsroom.answer = but(
        "people",
        lambda request: (
            reply('{"items":[{"name":"Moro","office":""},{"name":"Ada Moro","office":""}]}')
            if "Moro" in request.question
            else NOTHING
        ),
    )
    assert newsroom.run("c.txt", "a.txt", "b.txt") == 0
    first = said(newsroom.database)
    assert newsroom.run("b.txt", "c.txt", "a.txt") == 0
    assert said(newsroom.database) == first
    newsroom.database.rename("first.duckdb")
    assert newsroom.run("b.txt", "a.txt", "c.txt") == 0
    other = said(newsroom.database)
    assert {name: other[name] for name in FACTS} == {name: first[name] for name in FACTS}
    assert [row["name"] for row in other["person"]].count("Ada Moro") == 1


def test_a_file_that_is_missing_does_not_keep_the_others_from_being_read(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", "gone.txt", "b.txt") == 3
    told, _ = newsroom.heard()
    assert "FAILED file:gone.txt: There is no file or folder gone.txt." in told
    rows = tables(newsroom.database)
    assert len(rows["document_version"]) == 2
    [gone] = [row for row in rows["fetch"] if row["outcome"] != "ok"]
    assert (gone["outcome"], "gone.txt" in gone["error"]) == ("gone", True)
    before = lasting(newsroom.database)
    assert newsroom.run("a.txt", "gone.txt", "b.txt") == 3
    assert lasting(newsroom.database) == before
