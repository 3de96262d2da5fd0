"""The articles of `examples/` as rows, without a model: what a perfect reader replies is served on the loopback."""

from __future__ import annotations

import asyncio
from pathlib import Path

from polidex.progress import RunProgress
from polidex.run import run
from polidex.settings import load
from tests.loopback import Loopback
from tests.perfect import FOLDER, PerfectReader, document_of

_EXAMPLES = Path(__file__).parents[1]


def fill(file: Path) -> None:
    """Read the five articles and the story into a new DuckDB file (20 s)."""
    folders = (_EXAMPLES, _EXAMPLES / "story")
    paths = sorted(path for folder in folders for path in folder.iterdir() if path.suffix in {".txt", ".md", ".html"})
    names = {path.name for path in paths}
    reader = PerfectReader(each for each in sorted(FOLDER.glob("*.json")) if document_of(each) in names)
    with Loopback(answer=reader.answer) as server, RunProgress() as progress:
        given = {
            "model": "openai/perfect",
            "base_url": server.url("openai"),
            "database": f"duckdb:///{file}",
            "cache": str(file.parent),
        }
        settings = load(given, file=file.parent / "none.toml", environment={"POLIDEX_API_KEY": "none"})
        asyncio.run(run([str(path) for path in paths], settings=settings, progress=progress))
