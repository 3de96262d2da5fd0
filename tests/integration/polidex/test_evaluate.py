"""`polidex evaluate` from the command line: an ordinary run into a database of its own, then the score."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from polidex.cli import run_command
from tests.loopback import TOKENS_IN, Loopback, Request, Step, reply

TEXT = (
    "Oland has a new government\n\n"
    "Ada Moro became prime minister of Kenya in October 1999, after ten years in the opposition. "
    "She had promised to lower the price of bread before the end of that year. "
    "Her deputy is Ben Ito, who studied law and worked as a teacher for many years in the north of the country.\n"
)
SAYS = "Ada Moro became prime minister of Kenya in October 1999"
ITEMS: dict[str, list[dict[str, str]]] = {
    "people": [{"name": "Ada Moro", "office": ""}, {"name": "Ben Ito", "office": ""}],
    "offices": [{"person": "Ada Moro", "office": "prime minister of Kenya", "start": "October 1999", "end": ""}],
}


def gold_row(kind: str, said: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(said)
    span = {"start": start, "end": start + len(said), "anchor": [start, start + 8]}
    return {"id": f"{kind}-{said[:8]}", "document": "a.txt", "type": kind, "fields": fields, **span}


GOLD = [
    gold_row("person", SAYS, name="Ada Moro", aliases_in_text=["Ada Moro"]),
    gold_row("tenure", SAYS, person="Ada Moro", office="Prime Minister", start_edtf="1999-10", end_edtf=None),
    gold_row("election", "lower the price of bread", type="referendum"),
]


def answer(request: Request) -> Step:
    asked = request.question.rpartition("TASK: ")[2].strip()
    return reply(json.dumps({"items": ITEMS.get(asked, [])}))


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(map(json.dumps, GOLD)), encoding="utf-8")
    monkeypatch.setenv("POLIDEX_CACHE", str(tmp_path / "cache"))
    return file


def evaluated(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run_command(["evaluate", *arguments, "--json"]) == 0
    result: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return result


def test_models_are_scored_side_by_side_and_read_once(
    gold: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Loopback(answer=answer) as server:
        monkeypatch.setenv("POLIDEX_BASE_URL", server.url("openai"))
        first = evaluated(capsys, str(gold), "--models", "openai/one", "--models", "openai/two")
        asked = len(server.requests)
        second = evaluated(capsys, str(gold), "--models", "openai/one", "--models", "openai/two")
        assert len(server.requests) == asked > 0
        assert run_command(["evaluate", str(gold), "--models", "openai/one"]) == 0
    assert first == second
    one, two = first
    assert (one["name"], two["name"]) == ("openai/one", "openai/two")
    assert one["database"] != two["database"]
    assert [one["types"][kind]["right"] for kind in ("person", "tenure", "election")] == [1, 1, 0]
    assert one["types"]["person"]["predicted"] == 2
    assert one["fields"]["tenure"]["start_edtf"] == {"right": 1, "wrong": 0, "absent": 0}
    assert one["missed"] == ["election-lower th"]
    assert one["usage"]["tokens_in"] == asked // 2 * TOKENS_IN
    table = capsys.readouterr().out
    assert "0.50   1.00  0.67  1 of 1" in table
    assert one["database"] in table


def test_the_database_of_the_settings_is_left_alone(
    gold: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with Loopback(answer=answer) as server:
        monkeypatch.setenv("POLIDEX_BASE_URL", server.url("openai"))
        evaluated(capsys, str(gold), "--model", "openai/one")
    assert not list(tmp_path.glob("*.duckdb"))


def test_a_gold_that_cannot_be_used_ends_with_2_and_one_line(
    gold: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run_command(["evaluate", "nothing.jsonl"]) == 2
    (tmp_path / "a.txt").unlink()
    assert run_command(["evaluate", str(gold)]) == 2
    said = capsys.readouterr().err
    assert "nothing.jsonl cannot be read" in said
    assert "The gold speaks of a.txt, which is not in" in said
