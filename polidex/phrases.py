"""Speakers whom a text names by their office alone: `the Kazakh leader`, `the prime minister`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from polidex.cues import has_cue, has_word, lists, role_of
from polidex.facts import Fact, Grounded
from polidex.identity.offices import role_in
from polidex.spelling import words_of
from schema.vocabulary import Attribution, Basis, OfficeRole, RecordType, TenureStatus

_ONE_A_COUNTRY = (OfficeRole.HEAD_OF_STATE, OfficeRole.HEAD_OF_GOVERNMENT)


def roles_meant(phrase: str, language: str | None) -> tuple[OfficeRole, ...]:
    """What an office is that a phrase means one holder of; none where it names no office, or several holders.

    A country's leader is its head of state or its head of government: who it is, the text or the tables must tell.
    """
    words = phrase.split()
    if lists("plural", language) and any(
        role_of(word, language) and has_cue("plural", word[-1:], language) for word in words
    ):
        return ()
    if lists("leader", language) and has_cue("leader", phrase, language):
        return _ONE_A_COUNTRY
    role = role_of(phrase, language)
    role = role and role_in(phrase, language, role)
    return (role,) if role and role is not OfficeRole.OTHER else ()


def with_holders(grounded: Iterable[Grounded], language: str | None) -> list[Grounded]:
    """The drafts; a statement by an office alone is that of the one person whom this text says to hold the office."""
    drafts = list(grounded)
    spells = [draft for draft in drafts if draft.record_type is RecordType.TENURE]
    return [_with_holder(draft, spells, language) if _is_by_office(draft) else draft for draft in drafts]


def _is_by_office(draft: Grounded) -> bool:
    return draft.record_type is RecordType.STATEMENT and "speaker_id" not in draft.people


def _with_holder(draft: Grounded, spells: list[Grounded], language: str | None) -> Grounded:
    surface, country = draft.facts["speaker_surface"], draft.facts.get("speaker_country")
    roles = roles_meant(surface.value, language)
    held = [spell for spell in spells if _is_held(spell, roles, surface.value, country, language)]
    current = [spell for spell in held if spell.facts["status"].value == TenureStatus.CURRENT]
    for spells_of in (current, held):
        for role in roles:
            people = {id(each.people["person_id"]): each for each in spells_of if each.facts["role"].value == role}
            if len(people) == 1:
                [spell] = people.values()
                attribution = replace(draft.facts["attribution"], value=str(Attribution.IMPLICIT))
                facts = draft.facts | {
                    "attribution": attribution,
                    "speaker_surface": replace(surface, basis=Basis.CONTEXT),
                }
                return replace(draft, facts=facts, people={**draft.people, "speaker_id": spell.people["person_id"]})
            if people:
                return draft
    return draft


def _is_held(
    spell: Grounded, roles: tuple[OfficeRole, ...], phrase: str, country: Fact | None, language: str | None
) -> bool:
    """Whether a spell is in the office that a phrase means, and is not said to be over."""
    if spell.facts["role"].value not in roles or spell.facts["status"].value == TenureStatus.ENDED:
        return False
    of = spell.facts.get("country")
    if country is None or of is None or of.value != country.value:
        return False
    if OfficeRole(spell.facts["role"].value) in _ONE_A_COUNTRY:
        return True
    said = {word for word in words_of(phrase) if not has_word("small", word, language)}
    said -= set(words_of(country.original or ""))
    return bool(said) and said <= set(words_of(spell.facts["office"].value))
