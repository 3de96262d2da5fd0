"""What a person says of who is who and of claims holds: after another model, in another order, until it is undone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from polidex.cli import run_command
from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.newsroom import Rows, perfect, tables, task
from tests.loopback import Request, Step, reply

TWO = ("--model", "openai/two")


def rows(newsroom: Newsroom, table: str) -> Rows:
    return tables(newsroom.database)[table]


def names(newsroom: Newsroom) -> dict[str, str]:
    return {each["name"]: each["id"] for each in rows(newsroom, "person")}


def review(newsroom: Newsroom, *arguments: str) -> Any:
    """What `polidex review` says, in JSON."""
    newsroom.heard()
    assert run_command(["review", *arguments, "--json"]) == 0
    newsroom.held_rules()
    return json.loads(newsroom.heard()[0])


def claim(newsroom: Newsroom, field: str, value: str) -> Any:
    return next(
        each
        for each in rows(newsroom, "claim")
        if (each["field"], each["value"]) == (field, value) and each["is_current"]
    )


def test_a_merge_outlives_another_model_and_redirects_until_it_is_undone(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", "b.txt") == 0
    before = tables(newsroom.database)
    moro, ito = (names(newsroom)[name] for name in ("Ada Moro", "Ben Ito"))
    [decision] = review(newsroom, "merge", moro, ito, "--by", "Editor")["decisions"]
    assert moro in names(newsroom).values()
    assert ito not in names(newsroom).values()
    [winner] = [each for each in rows(newsroom, "election_result") if each["won"]]
    assert winner["person_id"] == moro
    assert [(each["id"], each["target_id"]) for each in rows(newsroom, "redirect")] == [(ito, moro)]
    assert newsroom.run("b.txt", "a.txt", *TWO) == 0
    assert ito not in names(newsroom).values()
    [written] = rows(newsroom, "resolver_decision")
    assert (written["user_name"], written["decided_by"], written["judgement"]) == ("Editor", "user", "positive")
    review(newsroom, "undo", decision)
    assert names(newsroom) == {each["name"]: each["id"] for each in before["person"]}
    assert rows(newsroom, "redirect") == []
    assert rows(newsroom, "election_result") == before["election_result"]


def test_a_split_outlives_another_model(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", "b.txt") == 0
    moro = names(newsroom)["Ada Moro"]
    [document] = [each["id"] for each in rows(newsroom, "document") if each["uri"].endswith("b.txt")]
    review(newsroom, "split", moro, document)
    apart = {each["canonical_id"] for each in rows(newsroom, "mention") if each["label"] == "Ada Moro"}
    assert len(apart) == 2
    assert newsroom.run("b.txt", "a.txt", *TWO) == 0
    assert {each["canonical_id"] for each in rows(newsroom, "mention") if each["label"] == "Ada Moro"} == apart
    assert len({each["speaker_id"] for each in rows(newsroom, "statement")}) == 2


def test_a_rejected_spell_does_not_come_back_and_lies_in_quarantine(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt") == 0
    [spell] = rows(newsroom, "tenure")
    review(newsroom, "reject", spell["id"])
    assert rows(newsroom, "tenure") == []
    assert newsroom.run("a.txt", *TWO) == 0
    assert rows(newsroom, "tenure") == []
    # Analysts see the reason, in `quarantine_summary`: it names nobody. Who it was stands with the decision.
    assert {each["detail"] for each in rows(newsroom, "quarantine")} == {"rejected by a reviewer"}


def test_a_rejected_date_goes_alone_and_another_wording_by_the_model_does_not_bring_it_back(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt") == 0
    review(newsroom, "reject", claim(newsroom, "start", "1999-10")["id"])

    def otherwise(request: Request) -> Step:
        """The same date, in fewer of the sentence's words."""
        return reply((perfect(request).text or "").replace('"October 1999"', '"in October 1999"'))

    newsroom.answer = otherwise
    assert newsroom.run("a.txt", *TWO) == 0
    [spell] = rows(newsroom, "tenure")
    assert (spell["start_edtf"], spell["start_basis"]) == (None, "unknown")


def test_a_corrected_value_stays_corrected(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt") == 0
    review(newsroom, "correct", claim(newsroom, "start", "1999-10")["id"], "1999-11")
    assert newsroom.run("a.txt", *TWO) == 0
    [spell] = rows(newsroom, "tenure")
    assert (spell["start_edtf"], spell["start_basis"]) == ("1999-11", "external")
    assert claim(newsroom, "start", "1999-11")["original_value"]


def test_a_correction_that_the_field_cannot_be_changes_nothing(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt") == 0
    before = tables(newsroom.database)
    newsroom.heard()
    for field in ("start", "status"):
        given = next(each for each in before["claim"] if each["field"] == field)
        assert run_command(["review", "correct", given["id"], "last autumn"]) != 0
        assert "last autumn" in newsroom.heard()[1]
    assert tables(newsroom.database) == before


def test_what_was_rejected_comes_back_when_that_is_taken_back(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt") == 0
    before = rows(newsroom, "tenure")
    for decision in review(newsroom, "reject", before[0]["id"])["decisions"]:
        review(newsroom, "undo", decision)
    assert rows(newsroom, "tenure") == before
    assert newsroom.run("a.txt") == 0
    assert rows(newsroom, "tenure") == before


@pytest.mark.parametrize(
    "arguments", [("merge", "person_a", "person_b"), ("reject", "claim_a"), ("undo", "decision_a")]
)
def test_what_is_not_there_is_said_so(newsroom: Newsroom, arguments: tuple[str, ...]) -> None:
    assert newsroom.run("a.txt") == 0
    newsroom.heard()
    assert run_command(["review", *arguments]) != 0
    assert arguments[1] in newsroom.heard()[1]


def test_what_waits_is_listed(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", "b.txt") == 0
    newsroom.heard()
    assert run_command(["review"]) == 0
    assert "pairs may be one thing" in newsroom.heard()[0]


def mention(newsroom: Newsroom, label: str) -> Any:
    return next(each["id"] for each in rows(newsroom, "mention") if each["label"] == label)


def test_a_split_undoes_a_merge_and_leaves_the_others_one_until_it_is_taken_back(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", "b.txt") == 0
    before = names(newsroom)
    moro, ito, sand = (before[name] for name in ("Ada Moro", "Ben Ito", "Cleo Sand"))
    review(newsroom, "merge", ito, sand)
    review(newsroom, "merge", moro, ito)
    assert list(names(newsroom).values()) == [moro]
    [*_, decision] = review(newsroom, "split", moro, mention(newsroom, "Ben Ito"))["decisions"]
    assert set(names(newsroom).values()) == {moro, ito}
    assert len({each["person_id"] for each in rows(newsroom, "tenure")}) == 1
    assert newsroom.run("b.txt", "a.txt", *TWO) == 0
    assert set(names(newsroom).values()) == {moro, ito}
    review(newsroom, "undo", decision)
    assert list(names(newsroom).values()) == [moro]


def test_a_merge_of_what_was_split_gives_way_to_the_split_when_it_is_taken_back(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", "b.txt") == 0
    before = tables(newsroom.database)
    moro = names(newsroom)["Ada Moro"]
    [document] = [each["id"] for each in rows(newsroom, "document") if each["uri"].endswith("b.txt")]
    [split, *_] = review(newsroom, "split", moro, document)["decisions"]
    keys = sorted({each["canonical_id"] for each in rows(newsroom, "mention") if each["label"] == "Ada Moro"})
    apart = rows(newsroom, "person")
    [merge] = review(newsroom, "merge", *keys)["decisions"]
    assert len(rows(newsroom, "person")) == len(before["person"])
    review(newsroom, "undo", merge)
    assert rows(newsroom, "person") == apart
    review(newsroom, "undo", split)
    assert rows(newsroom, "person") == before["person"]


def test_a_merge_holds_when_a_namesake_gives_the_merged_another_key(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", "b.txt") == 0
    moro, ito = (names(newsroom)[name] for name in ("Ada Moro", "Ben Ito"))
    [document] = {each["document_id"] for each in rows(newsroom, "mention") if each["label"] == "Ben Ito"}
    review(newsroom, "merge", moro, ito)

    def with_namesake(request: Request) -> Step:
        people = {"items": [{"name": "Ben Ito", "office": ""}]}
        return reply(json.dumps(people)) if "namesake" in request.question else perfect(request)

    newsroom.answer = with_namesake
    newsroom.write("c.txt", "A poet of the same name\n\nBen Ito, no relation of the winner but a namesake, wrote it.\n")
    assert newsroom.run("c.txt") == 0
    assert newsroom.run("a.txt", "b.txt", *TWO) == 0
    who = {
        each["document_id"]: each["canonical_id"] for each in rows(newsroom, "mention") if each["label"] == "Ben Ito"
    }
    assert who.pop(document) == moro
    assert set(who.values()) != {moro}


ONE_SENTENCE = (
    "Kenya looks back\n\nNAIROBI, March 5, 2001 - Ada Moro was finance minister of Kenya from 1990 and became prime "
    "minister of Kenya in October 1999. Parliament adopted a law that cuts the term of judges from ten years to six "
    "and a law that cuts the number of seats from 120 to 90. “We will lower the price of bread,” Moro told reporters.\n"
)
BREAD = {"speaker": "Moro", "verb": "told", "said": "We will lower the price of bread"}


def read_one_sentence(newsroom: Newsroom, judges: str, minister: str, *arguments: str) -> None:
    """Read two spells in one sentence and two reforms in another, in the words that a model takes for them."""
    items = {
        "people": [{"name": "Ada Moro", "office": ""}],
        "offices": [
            {"person": "Ada Moro", "office": "finance minister of Kenya", "start": "from 1990", "end": ""},
            {"person": "Ada Moro", "office": minister, "start": "October 1999", "end": ""},
        ],
        "reforms": [
            {"change": judges, "area": "judiciary", "value_old": "ten years", "value_new": "six"},
            {"change": "cuts the number of seats", "area": "parliament", "value_old": "120", "value_new": "90"},
        ],
        "elections": [],
        "statements": [BREAD],
    }  # fmt: skip
    for reform in items["reforms"]:
        reform["status"] = "adopted"
    newsroom.answer = lambda request: reply(json.dumps({"items": items[task(request)]}))
    newsroom.write("c.txt", ONE_SENTENCE)
    assert newsroom.run("c.txt", *arguments) == 0


FIRST = ("cuts the term of judges from ten years to six", "prime minister of Kenya")
OTHERWISE = ("a law that cuts the term of judges", "prime minister", *TWO)


def test_what_is_rejected_takes_nothing_else_of_its_sentence_along_and_stays_away_in_other_words(
    newsroom: Newsroom,
) -> None:
    read_one_sentence(newsroom, *FIRST)
    [spell] = [each for each in rows(newsroom, "tenure") if each["start_edtf"] == "1999-10"]
    [reform] = [each for each in rows(newsroom, "reform") if each["area"] == "judiciary"]
    for each in (spell, reform):
        review(newsroom, "reject", each["id"])
    for _ in range(2):
        assert [each["start_edtf"] for each in rows(newsroom, "tenure")] == ["1990"]
        assert [each["area"] for each in rows(newsroom, "reform")] == ["parliament"]
        read_one_sentence(newsroom, *OTHERWISE)


def test_a_rejected_person_is_nobody_and_holds_and_says_nothing(newsroom: Newsroom) -> None:
    read_one_sentence(newsroom, *FIRST)
    [person] = rows(newsroom, "person")
    review(newsroom, "reject", person["id"])
    for _ in range(2):
        assert (rows(newsroom, "person"), rows(newsroom, "tenure")) == ([], [])
        assert [each["speaker_id"] for each in rows(newsroom, "statement")] == [None]
        read_one_sentence(newsroom, *OTHERWISE)
