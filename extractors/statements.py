"""Statements: who said what."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from extractors.extractor import Draft, Extractor
from schema.vocabulary import RecordType

Words = Annotated[str, Field(max_length=80)]


class StatementDraft(Draft):
    """What somebody said."""

    says = "What somebody said: `verb` is the passage's word for saying, `said` its words for what was said."

    speaker: Annotated[str, Field(max_length=60)]
    verb: Annotated[str, Field(max_length=30)]
    said: Annotated[str, Field(max_length=400)]
    date: Words = ""
    venue: Words = ""
    addressee: Words = ""
    topic: Words = ""


def _said(speaker: str, verb: str, said: str) -> StatementDraft:
    return StatementDraft(speaker=speaker, verb=verb, said=said)


STATEMENTS = Extractor(
    name="statements",
    version=1,
    record_type=RecordType.STATEMENT,
    draft=StatementDraft,
    task="what a person or body said, wrote, asked or thanked for: speaker, verb, the words said.",
    most=4,
    answers=(
        (),
        (),
        (
            _said(
                "Ilse Marr",
                "thanked",
                "Osterland's Chancellor Ute Brandt for her invitation to the summit of northern states",
            ),
            _said("Ilse Marr", "told", "No court should belong to one generation"),
            _said("Kai Roth", "noted", "the two countries had been friends for a century"),
        ),
        (),
    ),
    cue="speech",
)
