"""Reforms: what was changed in law, rights, powers and institutions, and how far it got."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from extractors.extractor import Draft, Extractor
from schema.vocabulary import DecidedBy, LegalInstrument, RecordType, ReformArea, ReformStatus

LONGEST_CHANGE = 200
"""Characters; what is longer was cut and is no wording of one change."""


class ReformDraft(Draft):
    """One change."""

    says = (
        "One change. `change` is the passage's own words for it, `package` those for the law or package it is part of."
    )

    change: Annotated[str, Field(max_length=LONGEST_CHANGE)]
    area: ReformArea
    status: ReformStatus
    instrument: LegalInstrument = LegalInstrument.UNKNOWN
    decided_by: DecidedBy = DecidedBy.UNKNOWN
    date: Annotated[str, Field(max_length=40)] = ""
    value_old: Annotated[str, Field(max_length=60)] = ""
    value_new: Annotated[str, Field(max_length=60)] = ""
    package: Annotated[
        str,
        Field(max_length=LONGEST_CHANGE, description="The passage's words for the law or package that it is part of."),
    ] = ""


def _changed(change: str, area: ReformArea, status: ReformStatus) -> ReformDraft:
    return ReformDraft(change=change, area=area, status=status)


REFORMS = Extractor(
    name="reforms",
    version=1,
    record_type=RecordType.REFORM,
    draft=ReformDraft,
    task="each change of a law, a right, a power or an institution: the words that state the change, its area, and how "
    "far it got. Not praise, not aims, not a person's career.",
    most=6,
    answers=(
        (),
        (
            _changed("cuts the term of judges from ten years to six", ReformArea.JUDICIARY, ReformStatus.IN_FORCE),
            _changed("lets villages elect their own elders", ReformArea.LOCAL_GOVERNMENT, ReformStatus.IN_FORCE),
            _changed(
                "Relatives of ministers may no longer hold shares in state firms",
                ReformArea.ANTI_CORRUPTION,
                ReformStatus.IN_FORCE,
            ),
            _changed("newspapers do not need a licence any more", ReformArea.CIVIL_LIBERTIES, ReformStatus.IN_FORCE),
            _changed("halve the number of governors", ReformArea.LOCAL_GOVERNMENT, ReformStatus.PROPOSED),
        ),
        (),
        (),
    ),
)
