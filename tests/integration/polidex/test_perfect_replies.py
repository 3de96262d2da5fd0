"""What a perfect model would answer about the shipped articles becomes what their gold says, no row more or less."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

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
