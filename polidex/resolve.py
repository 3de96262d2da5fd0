"""Decide what the grounded drafts of a document are about: which person, office, spell, reform, election, statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from polidex.facts import Fact, Grounded, Outcome, Refusal, Ungrounded
from polidex.joining import join_elections, join_spells
from polidex.named import SAME_NAME, Named, likeness
from polidex.page import Page
from polidex.recording import Resolved, records_of
from polidex.spelling import words_of
from schema import stable_id
from schema.vocabulary import Basis, OfficeRole, QuarantineReason, RecordType

_OFFICIAL = {
    OfficeRole.HEAD_OF_STATE,
    OfficeRole.HEAD_OF_GOVERNMENT,
    OfficeRole.DEPUTY_HEAD,
    OfficeRole.MINISTER,
    OfficeRole.DEPUTY_MINISTER,
    OfficeRole.LEGISLATOR,
}
"""Roles whose country is that of their holder."""
_MINISTERS = {OfficeRole.MINISTER, OfficeRole.DEPUTY_MINISTER}


@dataclass
class Resolution:
    """The records of one document, and the drafts that broke a rule of their record."""

    resolved: list[Resolved] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def resolve(page: Page, outcome: Outcome, known_names: Iterable[tuple[str, str]]) -> Resolution:
    """Turn what was grounded into records with lasting keys.

    Args:
        known_names: `(person_id, name)` of everybody in the database: a full name that is spelt alike is one person.
    """
    grounded = join_elections(
        join_spells(
            _of_holders_country(outcome.grounded), published=page.version.published.known, language=page.language
        )
    )
    known = [(person_id, words_of(name)) for person_id, name in known_names]
    keys = {id(named): _person_key(named, known, page.version.document_id) for named in outcome.people}
    result = Resolution()
    kept: list[Grounded] = []
    for draft in grounded:
        try:
            _refuse_authors(page, draft)
            # What a draft gives is made before anything is taken: of a spell that breaks a rule no office stays.
            list(records_of(page, draft, keys, {}))
        except (ValidationError, Ungrounded) as error:
            result.refused.append(_refusal(draft, error))
        else:
            kept.append(draft)
    countries = _countries_of(kept)
    for draft in _with_people(kept):
        result.resolved += records_of(page, draft, keys, countries)
    return result


def _refuse_authors(page: Page, draft: Grounded) -> None:
    """No one is a person of the database for having written an article, whatever a draft says of them."""
    for named in draft.people.values():
        if page.only_wrote(named):
            raise Ungrounded(QuarantineReason.BYLINE_ONLY, f"{named.name!r} wrote the text and is not in it")


def _refusal(draft: Grounded, error: ValidationError | Ungrounded) -> Refusal:
    reason, detail = QuarantineReason.RULE_VIOLATED, str(error)
    if isinstance(error, Ungrounded):
        reason = error.reason
    else:
        detail = error.errors(include_url=False, include_input=False)[0]["msg"].removeprefix("Value error, ")
    payload = ", ".join(f"{name}: {fact.value}" for name, fact in draft.facts.items())
    return Refusal(draft.record_type, draft.extraction_id, payload, reason, detail)


def _person_key(named: Named, known: list[tuple[str, tuple[str, ...]]], document_id: str) -> str:
    """The key of a person who is known, or a new one made of the name; one word alone is of its document only."""
    words = words_of(named.name)
    if len(words) < 2:  # noqa: PLR2004 - a name of two people in two documents
        return stable_id("person", document_id, " ".join(words))
    best = max(((likeness(words, other), person_id) for person_id, other in known), default=(0.0, ""))
    return best[1] if best[0] >= SAME_NAME else stable_id("person", " ".join(words))


def _with_people(grounded: list[Grounded]) -> list[Grounded]:
    """The drafts, and before them a person for everybody whom they name: who holds an office is in the people too."""
    there = {id(draft.people["name"]) for draft in grounded if draft.record_type is RecordType.PERSON}
    added: list[Grounded] = []
    for draft in grounded:
        for name, named in draft.people.items():
            if id(named) not in there:
                there.add(id(named))
                said = draft.facts.get(name) or draft.facts["speaker_surface"]
                fact = Fact(named.name, said.spans, original=said.original)
                added.append(Grounded(RecordType.PERSON, draft.extraction_id, {"name": fact}, {"name": named}))
    return [*added, *grounded]


def _of_holders_country(grounded: list[Grounded]) -> list[Grounded]:
    """Spells with the country of their holder, where the text says only one: a guest is not of his host's.

    What is concluded from the whole text gives way to it, and a minister without a country gets it.
    """
    said: dict[int, dict[str, Fact]] = {}
    tenures = [draft for draft in grounded if draft.record_type is RecordType.TENURE]
    for draft in tenures:
        country = draft.facts.get("country")
        if country and country.original and OfficeRole(draft.facts["role"].value) in _OFFICIAL:
            said.setdefault(id(draft.people["person_id"]), {}).setdefault(country.value, country)
    changed: dict[int, Grounded] = {}
    for draft in tenures:
        own, known = said.get(id(draft.people["person_id"]), {}), draft.facts.get("country")
        national = OfficeRole(draft.facts["role"].value) in (_OFFICIAL if known else _MINISTERS)
        if len(own) == 1 and national and (known is None or known.basis is Basis.INFERRED):
            country = replace(next(iter(own.values())), basis=Basis.INFERRED, original=None)
            changed[id(draft)] = replace(draft, facts={**draft.facts, "country": country})
    return [changed.get(id(draft), draft) for draft in grounded]


def _countries_of(grounded: list[Grounded]) -> dict[int, Fact]:
    """For each person, the country of a national office that the text says they hold or held."""
    found: dict[int, Fact] = {}
    for draft in grounded:
        if draft.record_type is RecordType.TENURE and "country" in draft.facts:
            country, role = draft.facts["country"], OfficeRole(draft.facts["role"].value)
            if role in _OFFICIAL and country.original:
                found.setdefault(id(draft.people["person_id"]), replace(country, original=None))
    return found
