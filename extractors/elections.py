"""Elections: which votes were held or are to be held, when, and who won."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from extractors.extractor import Draft, Extractor
from schema.vocabulary import ElectionType, RecordType

Short = Annotated[str, Field(max_length=40)]


class ElectionDraft(Draft):
    """One vote of an electorate."""

    says = "One vote of an electorate. `election` is the passage's own words for it."

    election: Annotated[str, Field(max_length=80)]
    type: ElectionType
    date: Short
    winner: Annotated[str, Field(max_length=60)]
    winner_share: Short = ""
    turnout: Short = ""
    called_by: Annotated[str, Field(max_length=60)] = ""


def _vote(election: str, kind: ElectionType, date: str, winner: str = "") -> ElectionDraft:
    return ElectionDraft(election=election, type=kind, date=date, winner=winner)


ELECTIONS = Extractor(
    name="elections",
    version=1,
    record_type=RecordType.ELECTION,
    draft=ElectionDraft,
    task="each election or referendum: its words, type, date, winner. Not an appointment.",
    most=4,
    answers=(
        (),
        (),
        (),
        (
            _vote("snap presidential elections", ElectionType.PRESIDENTIAL, "March 2019", "Marr"),
            _vote("snap presidential elections", ElectionType.PRESIDENTIAL, "June 2024", "Marr"),
            _vote("referendum on party funding", ElectionType.REFERENDUM, "9 June"),
            _vote("villages will also vote for their elders", ElectionType.SUBNATIONAL_EXECUTIVE, "9 June"),
        ),
    ),
    cue="vote",
)
