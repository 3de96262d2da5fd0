"""Whom an office alone means: the one holder whom the text names, never one of several, never somebody who has left."""

from __future__ import annotations

import pytest

from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from extractors.statements import StatementDraft
from polidex.phrases import roles_meant
from polidex.resolve import resolve
from schema import Statement
from schema.vocabulary import OfficeRole, RecordType
from tests.unit.polidex.told import grounded, page

STATE, GOVERNMENT = OfficeRole.HEAD_OF_STATE, OfficeRole.HEAD_OF_GOVERNMENT


@pytest.mark.parametrize(
    ("phrase", "language", "roles"),
    [
        ("the Kenyan leader", "en", (STATE, GOVERNMENT)),
        ("лидер страны", "ru", (STATE, GOVERNMENT)),
        ("le dirigeant", "fr", (STATE, GOVERNMENT)),
        ("le chef de l'État", "fr", (STATE,)),
        ("глава правительства", "ru", (GOVERNMENT,)),
        ("the prime minister", "en", (GOVERNMENT,)),
        ("премьер-министр", "ru", (GOVERNMENT,)),
        ("the Foreign Ministers", "en", ()),
        ("министры", "ru", ()),
        ("the leaders", "en", ()),
        ("the crowd", "en", ()),
    ],
)
def test_a_phrase_means_one_holder_of_an_office_or_none(
    phrase: str, language: str, roles: tuple[OfficeRole, ...]
) -> None:
    assert roles_meant(phrase, language) == roles


def speakers(text: str, *held: tuple[str, str], by: str) -> list[str | None]:
    about = page(text)
    drafts = [TenureDraft(person=person, office=office, start="", end="") for person, office in held]
    named = [PersonDraft(name=person, office="") for person, _ in held]
    said = StatementDraft(speaker=by, verb="said", said="the harvest will be better this year")
    done = resolve(about, grounded(about, *named, *drafts, said))
    people = {each.profile.mention_id: each.label for each in done.mentions if each.record_type is RecordType.PERSON}
    return [people.get(each.record.speaker_id or "") for each in done.resolved if isinstance(each.record, Statement)]


MET = (
    "Kenyan President Ada Moro met Italian Prime Minister Guy Orr in Nairobi. "
    "The {} said the harvest will be better this year."
)


@pytest.mark.parametrize(
    ("by", "who"),
    [("Kenyan leader", "Ada Moro"), ("Kenyan president", "Ada Moro"), ("Italian prime minister", "Guy Orr")],
)
def test_it_is_the_holder_whom_the_text_names(by: str, who: str) -> None:
    held = (("Ada Moro", "Kenyan President"), ("Guy Orr", "Italian Prime Minister"))
    assert speakers(MET.format(by), *held, by=f"The {by}") == [who]


def test_of_another_country_and_without_a_holder_it_is_somebody_without_a_name() -> None:
    held = (("Ada Moro", "Kenyan President"), ("Guy Orr", "Italian Prime Minister"))
    assert speakers(MET.format("French president"), *held, by="The French president") == ["The French president"]
