"""The comparison with the naive way, with a server in the model's place: what is asked, and what the tables say."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from benchmarks.articles import PromptTokens, compare
from polidex.settings import load
from tests.loopback import TOKENS_CACHED, TOKENS_IN, Loopback, Request, Step, reply

TEXT = "Ada Moro became prime minister of Kenya in October 1999, after ten years in the opposition.\n"
PERSON = {"quote": "Ada Moro became prime minister", "name": "Ada Moro", "country": ""}
INVENTED = {"quote": "Eve Nobody was there and nowhere else", "name": "Eve Nobody", "country": ""}
SAID = {"quote": "after ten years", "speaker": "Ada Moro", "form": "indirect", "text": "", "date_edtf": ""}
ROW = {"id": "p", "document": "a.txt", "type": "person", "fields": {"name": "Ada Moro"}, "start": 0, "end": 91}


def answer(request: Request) -> Step:
    """The naive way is told a person who is not there; its statements are cut in the second."""
    kind = request.body["response_format"]["json_schema"]["name"]
    people = {"PersonList": [PERSON, INVENTED], "PeopleReply": [{"name": "Ada Moro", "office": ""}]}
    if kind == "_Yes":
        return reply('{"ok": true}')
    if kind == "StatementList":
        return reply(f'{{"items": [{json.dumps(SAID)}, {{"quote": "', cut=True)
    return reply(json.dumps({"items": people.get(kind, [])}))


def test_both_ways_stand_side_by_side_with_what_was_really_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    gold = tmp_path / "gold.jsonl"
    statement = ROW | {"id": "s", "type": "statement", "fields": {"speaker": "Ada Moro"}}
    gold.write_text(f"{json.dumps(ROW)}\n{json.dumps(statement)}", encoding="utf-8")
    with Loopback(answer=answer) as server:
        settings = load({"model": "openai/any", "base_url": server.url("openai")}, file=tmp_path / "none")
        said = asyncio.run(compare(gold, tmp_path, settings))
        kinds = [each.body["response_format"]["json_schema"]["name"] for each in server.requests]
    naive = [each for each in kinds if each.endswith("List")]
    assert naive == ["PersonList", "TenureList", "ReformList", "ElectionList", "StatementList"]
    people = next(line for line in said.splitlines() if line.startswith("person"))
    assert people.split()[1:7] == ["1.00", "1.00", "1.00", "1", "of", "1"]
    assert people.split()[7:] == ["0.50", "1.00", "0.67", "1", "of", "1"]
    assert "naive FAILED a.txt, statement" in said
    statements = next(line for line in said.splitlines() if line.startswith("statement"))
    assert statements.split()[-3:] == ["1", "of", "1"]
    # The loopback says the same of every request, so that no text is longer than none.
    read = (TOKENS_IN - TOKENS_CACHED) * sum(kind.endswith("Reply") for kind in kinds)
    assert f"a.txt: {read} prompt tokens really read; the article has 0" in said


def test_the_ratio_is_what_was_read_over_what_there_is_to_read_once() -> None:
    assert PromptTokens("a", read=280, article=120, tasks=80).ratio == 1.4
