"""People: every person whom a passage names."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from extractors.extractor import Draft, Extractor
from schema.vocabulary import RecordType


class PersonDraft(Draft):
    """A person whom a passage names."""

    says = "A person, with the words for the office that stand with the name: `Velmoran President`."

    name: Annotated[str, Field(max_length=60)]
    office: Annotated[str, Field(max_length=110)]


PEOPLE = Extractor(
    name="people",
    version=1,
    record_type=RecordType.PERSON,
    draft=PersonDraft,
    task="each person named: the bare name, and the office that stands beside the name.",
    most=8,
    answers=(
        (
            PersonDraft(name="Jon Pell", office="deputy director of the Trade Office"),
            PersonDraft(name="Edo Lanz", office=""),
        ),
        (),
        (
            PersonDraft(name="Ilse Marr", office="Velmoran President"),
            PersonDraft(name="Ute Brandt", office="Osterland's Chancellor"),
            PersonDraft(name="Kai Roth", office="head of the Council of Regions"),
        ),
        (PersonDraft(name="Marr", office=""),),
    ),
)
