"""What people are reported to have said."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from schema.base import Language, Record, Text
from schema.dates import WorldDate
from schema.errors import NotInDocument
from schema.vocabulary import Attribution, StatementForm

Topic = Annotated[str, StringConstraints(pattern=r"^[^;]*[^;\s][^;]*$")]
"""A topic: not blank, and without the semicolon that joins topics in the database."""


class Statement(Record):
    """Words of a speaker in one document. `about_id` is the canonical row that the statement is about."""

    id: Text
    document_version_id: Text
    speaker_id: Text | None = None
    speaker_surface: Text
    attribution: Attribution
    form: StatementForm
    text: Text
    date: WorldDate = WorldDate.unknown()
    venue: Text | None = None
    occasion: Text | None = None
    medium: Text | None = None
    addressee: Text | None = None
    topics: tuple[Topic, ...] = ()
    about_id: Text | None = None
    language: Language | None = None

    def check_against(self, text: str) -> None:
        """Raise NotInDocument when words that are given as the speaker's own do not stand in the document's text."""
        if self.form is not StatementForm.INDIRECT and self.text not in text:
            raise NotInDocument(f"The {self.form} words of {self.id} do not stand in its document.")
