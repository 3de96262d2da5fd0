"""What decides whether a reading is stale: a digest of each thing that an answer depends on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from extractors.extractor import Extractor
from extractors.prompt import prompt_digest, schema_digest
from extractors.providers import Parameters
from polidex.cues import cue_words
from polidex.settings import Settings
from polidex.windows import WINDOWING
from schema import DocumentVersion, stable_id
from schema.rows import spans_text


@dataclass(frozen=True)
class Fingerprint:
    """All that an answer depends on, part by part; while it stays the same, the stored reply serves."""

    text: str
    prompt: str
    schema: str
    model: str
    parameters: str
    windowing: str

    @property
    def whole(self) -> str:
        return _digest(list(asdict(self).values()))


def fingerprint(version: DocumentVersion, extractor: Extractor, settings: Settings) -> Fingerprint:
    """What decides whether a reading is stale. What only changes how a model is reached is not part of it."""
    text = text_digest(version.content_sha256, spans_text(version.reading_spans))
    return fingerprint_of(text, version.language, extractor, settings)


def fingerprint_of(text: str, language: str | None, extractor: Extractor, settings: Settings) -> Fingerprint:
    """The fingerprint of a reading of any text of a language.

    Args:
        text: its `text_digest`.
        language: ISO 639-1, None where it is not known: it says which words a passage must have to be asked about.
    """
    asked: Parameters = settings.parameters
    return Fingerprint(
        text=text,
        prompt=prompt_digest(extractor),
        schema=schema_digest(extractor),
        model=_digest([settings.model, settings.base_url]),
        parameters=_digest([asked.temperature, asked.seed, asked.max_tokens]),
        windowing=_digest([settings.windowing.model_dump(), WINDOWING, cue_words(extractor.cue, language)]),
    )


def text_digest(content_sha256: str, reading_spans: str) -> str:
    """The digest of what is read of a text: its own, and the parts that are read, as they are stored."""
    return _digest([content_sha256, reading_spans])


def extraction_id(version: DocumentVersion, extractor: Extractor, settings: Settings) -> str:
    return stable_id("extraction", version.id, extractor.name, fingerprint(version, extractor, settings).whole)


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
