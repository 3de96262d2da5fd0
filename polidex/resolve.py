"""Decide what the grounded drafts of a document are about: which person, office, spell, reform, election, statement."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType

from pydantic import ValidationError

from polidex.facts import Fact, Grounded, Outcome, Refusal, Ungrounded
from polidex.identity.settle import Told
from polidex.joining import join_elections, join_spells
from polidex.mentions import mentions_of
from polidex.page import Page
from polidex.phrases import with_holders
from polidex.recording import Resolved, mention_key, records_of
from polidex.spelling import words_of
from polidex.verdicts import Verdicts, content_key, judged
from schema.vocabulary import Basis, OfficeRole, QuarantineReason, RecordType

_OFFICIAL = {
    OfficeRole.HEAD_OF_STATE,
    OfficeRole.HEAD_OF_GOVERNMENT,
    OfficeRole.DEPUTY_HEAD,
    OfficeRole.MINISTER,
    OfficeRole.DEPUTY_MINISTER,
    OfficeRole.LEGISLATOR,
    OfficeRole.SPEAKER,
}
"""Roles whose country is that of their holder."""
_MINISTERS = {OfficeRole.MINISTER, OfficeRole.DEPUTY_MINISTER}


@dataclass
class Resolution:
    """The records of one document, its mentions, and the drafts that broke a rule of their record."""

    resolved: list[Resolved] = field(default_factory=list)
    mentions: list[Told] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def resolve(page: Page, outcome: Outcome, verdicts: Verdicts = MappingProxyType({})) -> Resolution:
    """Turn what was grounded into records about the mentions of this document.

    Pure: which rows of the database the mentions are is settled when they are loaded, with all that is known by then.

    Args:
        verdicts: what reviewers decided. What they rejected is refused, what they corrected is corrected.
    """
    result = Resolution()
    outcome.grounded, refused = judged(page, outcome.grounded, verdicts)
    result.refused += refused
    grounded = join_elections(
        join_spells(
            with_holders(_of_holders_country(outcome.grounded), page.language),
            published=page.version.published.known,
            language=page.language,
        )
    )
    keys = {id(named): mention_key(page, RecordType.PERSON, " ".join(words_of(named.name))) for named in outcome.people}
    kept: list[Grounded] = []
    made: dict[int, list[Resolved]] = {}
    for draft in grounded:
        try:
            _refuse_authors(page, draft)
            # What a draft gives is made before anything is taken: of a spell that breaks a rule no office stays.
            made[id(draft)] = list(records_of(page, draft, keys, {}))
        except (ValueError, Ungrounded) as error:
            result.refused.append(_refusal(draft, error))
        else:
            kept.append(draft)
    countries = _countries_of(kept)
    for draft in _with_people(page, kept):
        # The country of a person is known only now; all else is as it was made.
        known = None if draft.record_type is RecordType.PERSON else made.get(id(draft))
        result.resolved += known or records_of(page, draft, keys, countries)
    result.mentions = mentions_of(page, result.resolved)
    return result


def _refuse_authors(page: Page, draft: Grounded) -> None:
    """No one is a person of the database for having written an article, whatever a draft says of them."""
    for named in draft.people.values():
        if page.only_wrote(named):
            raise Ungrounded(QuarantineReason.BYLINE_ONLY, f"{named.name!r} wrote the text and is not in it")


def _refusal(draft: Grounded, error: ValueError | Ungrounded) -> Refusal:
    reason, detail = QuarantineReason.RULE_VIOLATED, str(error)
    if isinstance(error, Ungrounded):
        reason = error.reason
    elif isinstance(error, ValidationError):
        detail = error.errors(include_url=False, include_input=False)[0]["msg"].removeprefix("Value error, ")
    payload = ", ".join(f"{name}: {fact.value}" for name, fact in draft.facts.items())
    return Refusal(draft.record_type, draft.extraction_id, payload, reason, detail)


def _with_people(page: Page, grounded: list[Grounded]) -> list[Grounded]:
    """The drafts, and before them a person for everybody whom they name: who holds an office is in the people too."""
    there = {id(draft.people["name"]) for draft in grounded if draft.record_type is RecordType.PERSON}
    added: list[Grounded] = []
    for draft in grounded:
        for name, named in draft.people.items():
            if id(named) not in there:
                there.add(id(named))
                said = draft.facts.get(name) or draft.facts["speaker_surface"]
                fact = Fact(named.name, said.spans, original=said.original)
                person = Grounded(RecordType.PERSON, draft.extraction_id, {"name": fact}, {"name": named})
                key = content_key(page, person, "name", fact)
                added.append(replace(person, facts={"name": replace(fact, content_key=key)}))
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
    """For each person, the country of a national office that the text says they hold or held.

    Where no office is said to be of a country it is concluded from those that can only be of one.
    """
    found: dict[int, Fact] = {}
    concluded: dict[int, dict[str, Fact]] = {}
    for draft in grounded:
        if draft.record_type is RecordType.TENURE and "country" in draft.facts:
            country, role = draft.facts["country"], OfficeRole(draft.facts["role"].value)
            person = id(draft.people["person_id"])
            if role in _OFFICIAL and country.original:
                found.setdefault(person, replace(country, original=None))
            elif role in _OFFICIAL:
                concluded.setdefault(person, {}).setdefault(country.value, replace(country, basis=Basis.INFERRED))
    only = {person: next(iter(codes.values())) for person, codes in concluded.items() if len(codes) == 1}
    return only | found
