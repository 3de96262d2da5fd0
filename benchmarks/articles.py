"""Polidex beside the naive way, on the same articles with the same model in one run: minutes, tokens, what is right.

    python -m benchmarks.articles --documents examples --gold examples/gold.jsonl

Both begin cold: Polidex with an empty database, each with a model that has read nothing. The minutes in the table are
those of the model's answers; those of the wall clock, with loading and all that is not the model, stand below it.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from pydantic import BaseModel

from benchmarks.naive import read_naively
from extractors.examples import Passage
from extractors.model import Model, open_model
from extractors.prompt import EXTRACTORS, messages
from polidex.database import reading, statement
from polidex.evaluate import Measured, measure, side_by_side
from polidex.gold import find_documents, read_gold
from polidex.read import read, sources
from polidex.scoring import SCORED, score
from polidex.settings import Settings, load
from schema import DocumentVersion

GOLD = Path("examples/gold.jsonl")
_BOUND = 1.4
"""What the model may have to read, at most, of what there is to read once."""


class _Yes(BaseModel):
    """The shortest answer there is."""

    ok: Literal[True]


@dataclass(frozen=True)
class PromptTokens:
    """What the model really had to read for one article, and what there was to read once."""

    document: str
    read: int
    article: int
    tasks: int

    @property
    def ratio(self) -> float:
        return self.read / (self.article + self.tasks)

    def line(self) -> str:
        return (
            f"{self.document}: {self.read} prompt tokens really read; the article has {self.article}, the five tasks "
            f"with their worked examples {self.tasks}: ratio {self.ratio:.2f} (at most {_BOUND})"
        )


async def count_tokens(versions: Mapping[str, DocumentVersion], settings: Settings) -> tuple[dict[str, int], int]:
    """Tokens of each article's part that is read, and of the five tasks with the worked examples, each counted once.

    The served model counts them itself: it is asked with the text as the only message, and its usage says how many
    prompt tokens that made. The tokens that a question has without a text, those of the chat's form, are taken off.
    The tasks are the conversation about an empty passage, which holds the first of them, and the last message of each
    further one.
    """
    opened = open_model(
        settings.model,
        base_url=settings.base_url,
        api_key=settings.api_key,
        parameters=settings.parameters,
        cache=settings.cache,
    )
    async with opened as model:
        form = await _prompt_tokens(model, [_said("")])
        articles = {}
        for name, version in versions.items():
            text = "\n".join(version.text[start:end] for start, end in version.reading_spans)
            articles[name] = await _prompt_tokens(model, [_said(text)]) - form
        asked = [messages(Passage("", ""), extractor) for extractor in EXTRACTORS]
        tasks = await _prompt_tokens(model, asked[0])
        for each in asked[1:]:
            tasks += await _prompt_tokens(model, [each[-1]]) - form
    return articles, tasks


async def compare(gold: Path, documents: Path | None, settings: Settings) -> str:
    """Read the articles of a gold both ways and give the tables.

    Raises:
        GoldError: the gold cannot be used.
        ModelError: the model can answer nothing at all.
    """
    rows = read_gold(gold)
    paths = find_documents(gold, rows, documents)
    versions = {name: read(source).version for name, path in paths.items() for source in sources([str(path)])}
    articles, tasks = await count_tokens(versions, settings)
    with tempfile.TemporaryDirectory() as folder:
        url = sa.URL.create("duckdb", database=str(Path(folder) / "bench.duckdb")).render_as_string()
        started = time.monotonic()
        ours = await measure(rows, paths, settings.model_copy(update={"database": url}))
        middle = time.monotonic()
        read_of = _tokens_read(url)
    texts = {name: version.text for name, version in versions.items()}
    naive = await read_naively(texts, settings)
    ended = time.monotonic()
    theirs = Measured("naive", len(paths), score(rows, naive.predictions, texts), naive.usage, naive.failed)
    # The first article also pays for the worked examples, which the prefix cache keeps for the others.
    name, path = next(iter(paths.items()))
    [source] = sources([str(path)])
    once = PromptTokens(name, read_of[source.uri], articles[name], tasks)
    named = Measured("Polidex", ours.documents, ours.scores, ours.usage, ours.failed)
    failed = [f"{each.name} FAILED {what}: {why}" for each in (named, theirs) for what, why in each.failed.items()]
    wall = [seconds / 60 / len(paths) for seconds in (middle - started, ended - middle)]
    clock = f"Wall clock, minutes a document: Polidex {wall[0]:.2f}, naive {wall[1]:.2f}"
    lines = [settings.model, side_by_side([named, theirs]), "", clock, _ratios(named, theirs), once.line(), *failed]
    return "\n".join(lines)


def _said(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


async def _prompt_tokens(model: Model, asked: list[dict[str, str]]) -> int:
    usage = (await model.ask(asked, _Yes)).usage
    return usage.tokens_in // usage.attempts


def _tokens_read(url: str) -> dict[str, int]:
    """Prompt tokens that the model really read, by the address of the document."""
    with reading(url) as connection:
        rows = connection.execute(sa.text(statement("evaluate/readings"))).mappings()
        return {row["uri"]: row["tokens_in"] - row["tokens_in_cached"] for row in rows}


def _ratios(ours: Measured, theirs: Measured) -> str:
    """Polidex over the naive way."""
    pairs = {
        "minutes": (ours.minutes, theirs.minutes),
        "prompt tokens": (ours.usage.tokens_in, theirs.usage.tokens_in),
        "really read": (ours.usage.tokens_read, theirs.usage.tokens_read),
        "written": (ours.usage.tokens_out, theirs.usage.tokens_out),
        "F1": (ours.scores.micro.f1, theirs.scores.micro.f1),
        **{f"F1 {kind}": (ours.scores.types[kind].f1, theirs.scores.types[kind].f1) for kind in SCORED},
    }
    shown = [f"{name} {one / other:.2f}" if other else f"{name} -" for name, (one, other) in pairs.items()]
    return f"Polidex / naive: {', '.join(shown)}"


def main() -> None:
    """Print the tables for the gold that the command line names."""
    parser = argparse.ArgumentParser(description="Polidex beside the naive way: minutes, tokens, F1.")
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--model")
    given = parser.parse_args()
    print(asyncio.run(compare(given.gold, given.documents, load({"model": given.model}))))


if __name__ == "__main__":
    main()
