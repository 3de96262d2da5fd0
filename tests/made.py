"""What is made of articles without a model and without a request: for tests and benchmarks of what comes after it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors.extractor import Extractor
from extractors.prompt import EXTRACTORS
from polidex.changes import Made
from polidex.cues import has_cue
from polidex.drafts import Extraction
from polidex.extract import stored
from polidex.ground import ground
from polidex.page import Page
from polidex.publish import Store
from polidex.read import Read, read, sources
from polidex.resolve import resolve
from polidex.windows import windows
from schema import stable_id
from schema.rows import row
from schema.tables import metadata
from tests.perfect import Given, drafts_of, on_one_line

Answer = Callable[[Extractor, str], Sequence[dict[str, Any]]]
"""The items that an extractor finds in a passage."""
RUN = "run_made"
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Article:
    """A text that was read, and what was made of it."""

    read: Read
    made: Made


def perfect_answer(files: Iterable[Path]) -> Answer:
    """The drafts of some files of `tests/perfect`, each where its words stand."""
    given: list[Given] = [
        draft for file in files for draft in drafts_of(json.loads(file.read_text(encoding="utf-8")))
    ]  # fmt: skip

    def answer(extractor: Extractor, passage: str) -> list[dict[str, Any]]:
        shown = on_one_line(passage)
        return [
            each.draft.model_dump(mode="json", exclude_defaults=True)
            for each in given
            if each.extractor == extractor.name and on_one_line(each.at) in shown
        ]

    return answer


def article(path: Path | str, answer: Answer, *, model: str = "openai/any", failed: Collection[str] = ()) -> Article:
    """Read a file and make of it what the answers come to.

    Args:
        model: part of the keys of the readings: another one replaces what this one read.
        failed: the extractors whose questions were not answered.
    """
    [source] = sources([str(path)])
    found = read(source)
    extractions = [_reading(found, each, answer, model, each.name in failed) for each in EXTRACTORS]
    page = Page(found.version)
    outcome = ground(page, extractions)
    resolution = resolve(page, outcome)
    return Article(found, Made(found.version, extractions, resolution, [*outcome.refused, *resolution.refused]))


def _reading(found: Read, extractor: Extractor, answer: Answer, model: str, is_failed: bool) -> Extraction:
    version = found.version
    parts = [
        {
            "start": window.start,
            "end": window.end,
            "before": window.before,
            "text": ""
            if is_failed
            else json.dumps({"items": answer(extractor, version.text[window.start : window.end])}),
            "error": "no_connection" if is_failed else "",
        }
        for window in windows(version, size=700, overlap=200)
        if not extractor.cue or has_cue(extractor.cue, version.text[window.start : window.end], version.language)
    ]
    key = stable_id("extraction", version.id, extractor.name, model)
    made = stored(
        extractor,
        {
            **dict.fromkeys(metadata.tables["extraction"].columns.keys()),
            "id": key,
            "document_version_id": version.id,
            "run_id": RUN,
            "extractor": extractor.name,
            "fingerprint": key,
            "provider": "openai",
            "model": model,
            "windows": len(parts),
            "extracted_at": _MOMENT,
            "raw_response": json.dumps(parts),
        },
    )
    assert isinstance(made, Extraction)
    return made


def enter(store: Store, articles: Iterable[Article]) -> None:
    """Store the texts, as reading them does before anything is made of them."""
    reads = {each.read.version.id: each.read for each in articles}.values()
    store.load(
        {
            "document": [
                {**row(each.document), "first_seen_at": _MOMENT}
                for each in {each.document.id: each for each in reads}.values()
            ],
            "document_version": [{**row(each.version), "crawled_at": None} for each in reads],
            "extraction_run": [{"id": RUN, "command": "made", "started_at": _MOMENT, "status": "running"}],
        }
    )


def without(answer: Answer, *, every: int) -> Answer:
    """The same answers without every so many-th item."""

    def fewer(extractor: Extractor, passage: str) -> list[dict[str, Any]]:
        return [item for number, item in enumerate(answer(extractor, passage), 1) if number % every]

    return fewer
