"""Decide what the grounded drafts of a document are about: which person, office, spell, reform, election, statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pydantic import ValidationError
from rapidfuzz.distance import JaroWinkler

from polidex.facts import Fact, Grounded, Outcome, Refusal
from polidex.joining import join_elections, join_spells
from polidex.named import SAME_NAME, Named, words_of
from polidex.page import Page
from polidex.recording import Resolved, records_of
from schema import stable_id
from schema.vocabulary import OfficeRole, QuarantineReason, RecordType

_OFFICIAL = {
    OfficeRole.HEAD_OF_STATE,
    OfficeRole.HEAD_OF_GOVERNMENT,
    OfficeRole.DEPUTY_HEAD,
    OfficeRole.MINISTER,
    OfficeRole.DEPUTY_MINISTER,
    OfficeRole.LEGISLATOR,
}
"""Roles whose country is that of their holder."""


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
    grounded = join_elections(join_spells(outcome.grounded, published=page.version.published.known))
    known = [(person_id, words_of(name)) for person_id, name in known_names]
    keys = {id(named): _person_key(named, known) for named in outcome.people}
    countries = _countries_of(grounded)
    result = Resolution()
    for draft in _with_people(grounded):
        try:
            result.resolved += records_of(page, draft, keys, countries)
        except ValidationError as error:
            broken = error.errors(include_url=False, include_input=False)[0]["msg"].removeprefix("Value error, ")
            payload = ", ".join(f"{name}: {fact.value}" for name, fact in draft.facts.items())
            result.refused.append(
                Refusal(draft.record_type, draft.extraction_id, payload, QuarantineReason.RULE_VIOLATED, broken)
            )
    return result


def _person_key(named: Named, known: list[tuple[str, tuple[str, ...]]]) -> str:
    """The key of a person who is known, or a new one made from the name."""
    words = words_of(named.name)
    full = len(words) > 1 and all(len(word) > 1 for word in words)
    best = (0.0, "")
    for person_id, other in known:
        if other == words:
            return person_id
        if full and len(other) == len(words) and all(len(word) > 1 for word in other):
            score = JaroWinkler.similarity(" ".join(words), " ".join(other))
            best = max(best, (score, person_id))
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


def _countries_of(grounded: list[Grounded]) -> dict[int, Fact]:
    """For each person, the country of a national office that the text says they hold or held."""
    found: dict[int, Fact] = {}
    for draft in grounded:
        if draft.record_type is RecordType.TENURE and "country" in draft.facts:
            country, role = draft.facts["country"], OfficeRole(draft.facts["role"].value)
            if role in _OFFICIAL and country.original:
                found.setdefault(id(draft.people["person_id"]), replace(country, original=None))
    return found
