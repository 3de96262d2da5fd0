"""Put keys of merged rows in the place of mentions: in profiles to be compared, and in records to be folded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from polidex.identity.judged import Profile
from schema import Election, ElectionResult, Person, PersonName, Record, Reform, ReformEvent, ReformMeasure, stable_id

Canonical = Mapping[str, str | None]
"""Mention -> key of the row that it was taken for; None where nobody is known by it."""

R = TypeVar("R", bound=Record)

MENTION = "mention_"
"""How the key of every mention begins."""
_OWN = 2
_REMEMBERED = 8_192
"""Texts of which what they hold is kept in memory: some ten megabytes, and the mentions of a few hundred documents."""


def references(value: Any) -> Iterator[str]:
    """The mentions that a profile or a record in JSON names, its own key aside."""
    if isinstance(value, str):
        if value.startswith(MENTION):
            yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name not in ("mention_id", "id"):
                yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


@lru_cache(maxsize=_REMEMBERED)
def profile_of(kind: type[Profile], text: str) -> Profile:
    """The profile that a stored text holds. What many documents speak of is looked at with each group of new ones."""
    return kind.model_validate_json(text)


@lru_cache(maxsize=_REMEMBERED)
def named_in(text: str) -> frozenset[str]:
    """The mentions that a profile in JSON refers to; most refer to none, and are not looked through."""
    # Its own key and the name of that field are there always.
    return frozenset(references(json.loads(text))) if text.count(f'"{MENTION}') > _OWN else frozenset()


def compared(profile: Profile, text: str, canonical: Canonical) -> Profile:
    """The profile as it is compared: with the rows that the mentions it refers to were taken for.

    Args:
        text: the profile in JSON.
    """
    # A role phrase that nobody is known for stays what it is: like no other.
    known = tuple((each, row) for each in sorted(named_in(text)) if (row := canonical.get(each)))
    return _with_rows(type(profile), text, known) if known else profile


@lru_cache(maxsize=_REMEMBERED)
def _with_rows(kind: type[Profile], text: str, rows: tuple[tuple[str, str], ...]) -> Profile:
    said = json.loads(text)
    own = said.pop("mention_id")
    return kind.model_validate_json(json.dumps({**_replaced(said, dict(rows)), "mention_id": own}))


def _replaced(value: Any, canonical: Canonical) -> Any:
    if isinstance(value, str):
        return canonical.get(value) or value
    if isinstance(value, dict):
        return {name: _replaced(each, canonical) for name, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, canonical) for each in value]
    return value


def rekeyed(record: R, canonical: Canonical) -> R:
    """The record with the keys of merged rows, and its parts with keys that are made of what they say.

    A reference to a mention that nobody is known by becomes empty.
    """
    changed: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, str) and value.startswith(MENTION):
            changed[name] = canonical.get(value)
    whole = record.model_copy(update=changed)
    match whole:
        case Person():
            return whole.model_copy(update={"names": tuple(_name(each, whole.id) for each in whole.names)})
        case Reform():
            parts = {
                "measures": tuple(_measure(each, canonical, whole.id) for each in whole.measures),
                "events": tuple(_event(each, canonical, whole.id) for each in whole.events),
            }
            return whole.model_copy(update=parts)
        case Election():
            results = tuple(_result(each, canonical, whole.id) for each in whole.results)
            return whole.model_copy(update={"results": results})
    return whole


def _name(name: PersonName, person_id: str) -> PersonName:
    return name.model_copy(update={"id": stable_id("name", person_id, name.name), "person_id": person_id})


def _measure(measure: ReformMeasure, canonical: Canonical, reform_id: str) -> ReformMeasure:
    measure = rekeyed(measure, canonical)
    return measure.model_copy(
        update={"id": stable_id("measure", reform_id, measure.description), "reform_id": reform_id}
    )


def _event(event: ReformEvent, canonical: Canonical, reform_id: str) -> ReformEvent:
    event = rekeyed(event, canonical)
    key = stable_id("event", reform_id, event.status, event.date.edtf or "")
    return event.model_copy(update={"id": key, "reform_id": reform_id})


def _result(result: ElectionResult, canonical: Canonical, election_id: str) -> ElectionResult:
    result = rekeyed(result, canonical)
    who = result.person_id or result.party_id or result.option or ""
    key = stable_id("result", election_id, str(result.round or ""), who)
    return result.model_copy(update={"id": key, "election_id": election_id})
