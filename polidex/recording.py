"""From a grounded draft to the records that it gives, each about a mention: one thing as this document speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from polidex.cues import has_word
from polidex.facts import Fact, Grounded
from polidex.identity.offices import branch_of, level_of
from polidex.identity.organizations import classification_of
from polidex.named import Named
from polidex.page import Page
from polidex.phrases import roles_meant
from polidex.spelling import words_of
from schema import (
    Election,
    ElectionResult,
    Office,
    Organization,
    Person,
    PersonName,
    Record,
    Reform,
    ReformEvent,
    ReformMeasure,
    Statement,
    Tenure,
    WorldDate,
    stable_id,
)
from schema.vocabulary import (
    Attribution,
    Basis,
    DecidedBy,
    ElectionStatus,
    ElectionType,
    LegalInstrument,
    Modality,
    NameKind,
    OfficeRole,
    OrganizationKind,
    RecordType,
    ReformArea,
    ReformStatus,
    StatementForm,
    TenureStatus,
)

Keys = Mapping[int, str]
"""`id()` of a person of the document -> the mention of the person."""

REFERENCES = frozenset(
    {
        "person_id",
        "office_id",
        "organization_id",
        "speaker_id",
        "called_by_id",
        "result.person_id",
        "result.party_id",
        "parent_id",
    }
)
"""Facts whose value is a mention."""


def mention_key(page: Page, kind: RecordType, *parts: str) -> str:
    """The key of a mention: the same whenever this document calls a thing by these words."""
    return stable_id("mention", page.version.document_id, kind, *parts)


@dataclass(frozen=True)
class Resolved:
    """A record, and the facts that it rests on. `key` and `record.id` are the mention that it speaks of."""

    record_type: RecordType
    extraction_id: str
    key: str
    record: Record
    facts: Mapping[str, Fact]
    modality: Modality = Modality.ASSERTED


def records_of(page: Page, draft: Grounded, keys: Keys, countries: Mapping[int, Fact]) -> Iterator[Resolved]:
    """The records of one draft: of a spell in office also the office.

    Args:
        countries: for people by `id()`, the country of a national office that they hold in this text.

    Raises:
        pydantic.ValidationError: the draft breaks a rule of its record.
    """
    match draft.record_type:
        case RecordType.PERSON:
            yield _person(page, draft, keys, countries)
        case RecordType.TENURE:
            yield from _tenure(page, draft, keys)
        case RecordType.REFORM:
            yield _reform(page, draft)
        case RecordType.ELECTION:
            yield from _election(page, draft, keys)
        case RecordType.STATEMENT:
            yield _statement(page, draft, keys)


def _resolved(draft: Grounded, kind: RecordType, record: Record, key: str, facts: Mapping[str, Fact]) -> Resolved:
    return Resolved(kind, draft.extraction_id, key, record, facts, draft.modality)


def _person(page: Page, draft: Grounded, keys: Keys, countries: Mapping[int, Fact]) -> Resolved:
    named = draft.people["name"]
    key, country = keys[id(named)], countries.get(id(named))
    full = named.name
    names = tuple(
        PersonName(
            id=stable_id("name", key, form),
            person_id=key,
            name=form,
            lang=page.language,
            kind=NameKind.FULL if 1 < len(words_of(form)) == len(words_of(full)) else NameKind.SHORT,
        )
        for form in sorted(named.names)
    )
    facts = dict(draft.facts) | ({"country": country} if country else {})
    person = Person(id=key, name=full, country=country.value if country else None, names=names)
    return _resolved(draft, RecordType.PERSON, person, key, facts)


def _tenure(page: Page, draft: Grounded, keys: Keys) -> Iterator[Resolved]:
    facts = draft.facts
    country = facts.get("country")
    name = office_name(facts["office"].value, country, page.language)
    code = country.value if country else None
    office_id = mention_key(page, RecordType.OFFICE, " ".join(words_of(name)), code or "")
    body = facts.get("organization")
    body_id = None
    if body:
        yield (organization := _organization(page, draft, body, code))
        body_id = organization.key
    level, branch = level_of(name, page.language, code), branch_of(name, page.language, code)
    role = OfficeRole(facts["role"].value)
    office = Office(
        id=office_id, name=name, organization_id=body_id, role=role, level=level, branch=branch, country=code
    )
    of_office = {"name": replace(facts["office"], value=name, original=facts["office"].value), "role": facts["role"]}
    of_office |= {
        field: _concluded(facts["office"], value) for field, value in (("level", level), ("branch", branch)) if value
    }
    if body and body_id:
        of_office["organization_id"] = replace(body, value=body_id, original=body.value)
    yield _resolved(draft, RecordType.OFFICE, office, office_id, of_office | ({"country": country} if country else {}))
    person_id = keys[id(draft.people["person_id"])]
    start, end = _date(facts, "start"), _date(facts, "end")
    told_by = start.edtf or "", "" if start.edtf else end.edtf or ""
    key = mention_key(page, RecordType.TENURE, person_id, office_id, *told_by)
    tenure = Tenure(
        id=key,
        person_id=person_id,
        office_id=office_id,
        start=start,
        end=end,
        status=TenureStatus(facts["status"].value),
        acting=True if "acting" in facts else None,
        end_cause=_text(facts, "end_cause"),
    )
    of_tenure = {name: facts[name] for name in ("start", "end", "status", "acting", "end_cause") if name in facts} | {
        "person_id": replace(facts["person_id"], value=person_id, original=facts["person_id"].value),
        "office_id": replace(facts["office"], value=office_id, original=facts["office"].value),
    }
    yield _resolved(draft, RecordType.TENURE, tenure, key, of_tenure)


def _organization(page: Page, draft: Grounded, body: Fact, code: str | None) -> Resolved:
    key = mention_key(page, RecordType.ORGANIZATION, " ".join(words_of(body.value)), code or "")
    kind = classification_of(body.value, page.language)
    organization = Organization(id=key, name=body.value, classification=kind, country=code)
    of_body = {"name": body}
    if kind is not OrganizationKind.OTHER:
        of_body["classification"] = _concluded(body, kind)
    return _resolved(draft, RecordType.ORGANIZATION, organization, key, of_body)


def _concluded(said: Fact, value: str) -> Fact:
    """What the general words of a name tell: a ministry is of the executive."""
    return replace(said, value=str(value), original=said.value, basis=Basis.INFERRED)


def office_name(surface: str, country: Fact | None, language: str | None) -> str:
    """The name of the post without its country, which has a column of its own: `Kazakh President` is `President`.

    Only where the country stood at the end the small words before it go too: `Prime Minister of Kazakhstan`.
    """
    name = surface
    if country and country.original:
        words = rf"\b{re.escape(country.original)}\b(?:['’]s)?"
        ended = re.search(rf"{words}\W*$", name)
        # In the middle of a name the country is a part of it: `Secretary of State of the United Kingdom of …`.
        left = name[: ended.start()].split() if ended else re.sub(rf"^\W*{words}", "", name).split()
        while ended and left and left[-1].islower() and has_word("small", left[-1], language):
            left.pop()
        name = " ".join(left)
    name = re.sub(r"\s+", " ", name).strip(" ,;:.'’-") or surface
    return name[:1].upper() + name[1:]


def _reform(page: Page, draft: Grounded) -> Resolved:
    facts = draft.facts
    title, code = facts["title"].value, _text(facts, "country")
    status = ReformStatus(facts["current_status"].value)
    step = (str(status),) if draft.again else ()
    key = mention_key(page, RecordType.REFORM, code or "", " ".join(words_of(title)) or title, *step)
    old, new = _text(facts, "measure.value_old"), _text(facts, "measure.value_new")
    measures: tuple[ReformMeasure, ...] = ()
    if old or new:
        measures = (
            ReformMeasure(
                id=stable_id("measure", key, title), reform_id=key, description=title, value_old=old, value_new=new
            ),
        )
    event = ReformEvent(
        id=stable_id("event", key, status, _text(facts, "event.date") or ""),
        reform_id=key,
        status=status,
        date=_date(facts, "event.date"),
        decided_by=DecidedBy(_text(facts, "event.decided_by") or DecidedBy.UNKNOWN),
    )
    of_reform = {name: fact for name, fact in facts.items() if name != "parent"}
    parent_id: str | None = None
    if parent := facts.get("parent"):
        # The title of another reform of this document, of the same country.
        parent_id = mention_key(page, RecordType.REFORM, code or "", " ".join(words_of(parent.value)) or parent.value)
        of_reform["parent_id"] = replace(parent, value=parent_id, original=parent.original or parent.value)
    reform = Reform(
        id=key,
        title=title,
        country=code,
        area=ReformArea(facts["area"].value),
        parent_id=parent_id,
        legal_instrument=LegalInstrument(_text(facts, "legal_instrument") or LegalInstrument.UNKNOWN),
        current_status=status,
        measures=measures,
        events=(event,),
    )
    return _resolved(draft, RecordType.REFORM, reform, key, of_reform)


def _election(page: Page, draft: Grounded, keys: Keys) -> Iterator[Resolved]:
    facts = draft.facts
    date, code = _date(facts, "date"), _text(facts, "country")
    # Without a date one election cannot be told from another: it is that of this document, at these words.
    told_by = date.edtf or f"at {draft.start}"
    key = mention_key(page, RecordType.ELECTION, facts["type"].value, code or "", told_by)
    results: tuple[ElectionResult, ...] = ()
    of_results = dict(facts)
    field = next((name for name in ("person_id", "party_id", "option") if f"result.{name}" in facts), None)
    if field:
        said = facts[f"result.{field}"]
        winner = said.value
        if field == "person_id":
            winner = keys[id(draft.people["result.person_id"])]
        elif field == "party_id":
            yield (party := _organization(page, draft, said, code))
            winner = party.key
        if field != "option":
            of_results[f"result.{field}"] = replace(said, value=winner, original=said.value)
        share = _text(facts, "result.vote_share_pct")
        result = {"id": stable_id("result", key, winner), "election_id": key, field: winner, "won": True}
        results = (ElectionResult.model_validate({**result, "vote_share_pct": float(share) if share else None}),)
    caller = draft.people.get("called_by_id")
    if caller:
        said = facts["called_by_id"]
        of_results["called_by_id"] = replace(said, value=keys[id(caller)], original=said.value)
    turnout = _text(facts, "turnout_pct")
    election = Election(
        id=key,
        type=ElectionType(facts["type"].value),
        country=code,
        date=date,
        early=True if "early" in facts else None,
        status=ElectionStatus(facts["status"].value),
        called_by_id=keys[id(caller)] if caller else None,
        turnout_pct=float(turnout) if turnout else None,
        results=results,
    )
    yield _resolved(draft, RecordType.ELECTION, election, key, of_results)


def _statement(page: Page, draft: Grounded, keys: Keys) -> Resolved:
    facts = draft.facts
    named: Named | None = draft.people.get("speaker_id")
    surface = facts["speaker_surface"]
    speaker = keys[id(named)] if named else None
    if named is None and roles_meant(surface.value, page.language):
        # Whom an office alone means (`the prime minister`) may be told by who held it on that day.
        speaker = mention_key(page, RecordType.PERSON, "in office", " ".join(words_of(surface.value)))
    said_by = speaker or " ".join(words_of(surface.value))
    key = mention_key(page, RecordType.STATEMENT, facts["text"].value, said_by)
    statement = Statement(
        id=key,
        document_version_id=page.version.id,
        speaker_id=speaker,
        speaker_surface=facts["speaker_surface"].value,
        attribution=Attribution(facts["attribution"].value),
        form=StatementForm(facts["form"].value),
        text=facts["text"].value,
        date=_date(facts, "date"),
        venue=_text(facts, "venue"),
        addressee=_text(facts, "addressee"),
        topics=(facts["topics"].value,) if "topics" in facts else (),
        language=page.language,
    )
    statement.check_against(page.text)
    of_statement = dict(facts)
    if speaker:
        of_statement["speaker_id"] = replace(surface, value=speaker, original=named.name if named else surface.value)
    return _resolved(draft, RecordType.STATEMENT, statement, key, of_statement)


def _text(facts: Mapping[str, Fact], name: str) -> str | None:
    return facts[name].value if name in facts else None


def _date(facts: Mapping[str, Fact], name: str) -> WorldDate:
    if name not in facts:
        return WorldDate.unknown()
    return WorldDate.from_edtf(facts[name].value, facts[name].basis)
