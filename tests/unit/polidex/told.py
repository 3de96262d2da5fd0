"""Short ways to a document and to what grounding makes of drafts about it, for tests of the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from extractors.extractor import Draft
from extractors.prompt import EXTRACTORS
from polidex.drafts import Extraction, Item
from polidex.facts import Fact, Grounded, Outcome
from polidex.ground import ground
from polidex.page import Page
from polidex.windows import Window
from schema import DocumentVersion, WorldDate
from schema.vocabulary import Basis, QuarantineReason


def version(
    text: str,
    *,
    published: str | None = "2022-09-16",
    byline: Sequence[str] = (),
    language: str | None = "en",
    reading: Sequence[tuple[int, int]] | None = None,
) -> DocumentVersion:
    """A document version; a model reads all of it unless `reading` says what."""
    return DocumentVersion(
        id="version_1",
        document_id="document_1",
        content_sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=None,
        byline=tuple(byline),
        published=WorldDate.from_edtf(published, Basis.STATED) if published else WorldDate.unknown(),
        crawled_at=None,
        language=language,
        text=text,
        reading_spans=tuple(reading) if reading is not None else ((0, len(text)),),
    )


def page(text: str, **said: object) -> Page:
    return Page(version(text, **said))  # type: ignore[arg-type]


def grounded(about: Page | str, *drafts: Draft, window: Window | None = None) -> Outcome:
    """What becomes of drafts that a model gave for one window, the whole text unless told otherwise."""
    read = page(about) if isinstance(about, str) else about
    where = window or Window(0, len(read.text), (0, 0))
    extractions = [
        Extraction(each.name, each, tuple(Item(draft, where) for draft in drafts if isinstance(draft, each.draft)), {})
        for each in EXTRACTORS
    ]
    return ground(read, extractions)


def only(outcome: Outcome, kind: str) -> Grounded:
    """The one grounded draft of a type."""
    [found] = [each for each in outcome.grounded if each.record_type == kind]
    return found


def values(draft: Grounded) -> dict[str, str]:
    return {name: fact.value for name, fact in draft.facts.items()}


def words(about: Page, fact: Fact) -> list[str]:
    """The words of the text that a fact rests on."""
    return [about.text[found.start : found.end] for found in fact.spans]


def reasons(outcome: Outcome) -> list[QuarantineReason]:
    return [each.reason for each in outcome.refused]
