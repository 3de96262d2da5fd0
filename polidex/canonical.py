"""Make the one row that analysts see out of all the records that speak of it; docs/canonical.md says why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from polidex.choosing import choose
from polidex.identity import elections, steps
from polidex.identity.results import fold_results
from polidex.identity.tenures import merge_status
from polidex.spelling import words_of
from polidex.told import Columns, Told, date_columns, date_of, main_language, merged, told_of, vote
from schema import (
    Election,
    ElectionResult,
    Office,
    Organization,
    Person,
    Record,
    Reform,
    ReformEvent,
    Statement,
    Tenure,
    WorldDate,
    stable_id,
)
from schema.rows import row
from schema.spells import Spell
from schema.vocabulary import Basis, DateRelation, Modality, RecordType, StatementForm, TenureStatus

__all__ = ["TYPES", "Told", "rows_of", "told_of"]

TYPES: Mapping[RecordType, type[Record]] = {
    RecordType.PERSON: Person,
    RecordType.ORGANIZATION: Organization,
    RecordType.OFFICE: Office,
    RecordType.TENURE: Tenure,
    RecordType.REFORM: Reform,
    RecordType.ELECTION: Election,
    RecordType.STATEMENT: Statement,
}


def rows_of(told: Sequence[Told]) -> dict[str, list[Columns]]:
    """The row of one thing and the rows of its parts, by table; the order of `told` does not matter.

    Args:
        told: all that is said of it, of one type and key.

    Returns:
        Nothing at all where every document denies it.
    """
    heard = [each for each in told if each.modality is not Modality.NEGATED]
    if not heard:
        return {}
    kind = type(heard[0].record)
    columns = merged(heard)
    fold = _FOLDS.get(kind)
    found = {kind.__name__.lower(): [columns | (fold(heard, columns) if fold else {})]}
    for field, (table, fold_parts) in _PARTS.items():
        if field in kind.model_fields:
            found[table] = sorted(fold_parts(heard), key=lambda part: str(part["id"]))
    return found


def _person(told: Sequence[Told], _: Columns) -> Columns:
    """The name is a full one where there is one, in the language of most sources, and there the fullest."""

    def fullness(each: Told) -> tuple[int, int]:
        words = words_of(each.record.name) if isinstance(each.record, Person) else ()
        return sum(len(word) > 1 for word in words), len(words)

    full = [each for each in told if fullness(each)[0] > 1] or told
    languages = main_language(full)
    named = [each for each in full if each.language in languages]
    most = max(map(fullness, named))
    names = [(each, each.record.name) for each in named if isinstance(each.record, Person) and fullness(each) == most]
    return {"name": choose([vote(each, "name", name, name) for each, name in names])}


def _tenure(told: Sequence[Told], columns: Columns) -> Columns:
    """How it stands is what the accounts say in the order of their days; an end that was only expected may pass."""
    accounts = [(each, each.record) for each in told if isinstance(each.record, Tenure)]
    spell = merge_status(
        [
            Spell(
                start=record.start,
                end=record.end,
                status=record.status,
                said_from=each.published_from or each.published,
                said_by=each.published,
            )
            for each, record in accounts
        ]
    )
    end = WorldDate.unknown()
    if spell.end.known:
        over = spell.status is TenureStatus.ENDED
        going_on = (TenureStatus.CURRENT, TenureStatus.PLANNED)
        counted = [each for each, record in accounts if not (over and record.status in going_on)]
        start = columns["start_edtf"] and WorldDate.from_edtf(columns["start_edtf"], Basis(columns["start_basis"]))
        end = date_of(counted, "end", not_before=start or None)
    return {"status": str(spell.status), **date_columns("end", end)}


def _election(told: Sequence[Told], _: Columns) -> Columns:
    """Held, unless a later document cancels it."""
    said = [(each.record.status, each.published) for each in told if isinstance(each.record, Election)]
    return {"status": str(elections.status_of(said))}


def _reform(told: Sequence[Told], columns: Columns) -> Columns:
    """The furthest step that was taken. What was part of another reform is not, once the two are one."""
    events = [
        steps.Told(event, each.published)
        for each in told
        if isinstance(each.record, Reform)
        for event in each.record.events
    ]
    status = steps.current_status(events)
    parent = columns["parent_id"] if columns["parent_id"] != columns["id"] else None
    return {"current_status": str(status) if status else columns["current_status"], "parent_id": parent}


def _statement(told: Sequence[Told], _: Columns) -> Columns:
    """The words, and what goes with them, are those of one document: the first to give the speaker's own words."""
    forms = list(StatementForm)
    given = [(each, each.record) for each in told if isinstance(each.record, Statement)]
    first = min(
        given,
        key=lambda pair: (
            forms.index(pair[1].form),
            pair[0].published or date.max,
            pair[0].version_id,
            pair[1].model_dump_json(),
        ),
    )[1]
    columns = row(first)
    return {name: columns[name] for name in _OF_ITS_WORDS}


_OF_ITS_WORDS = ("document_version_id", "text", "form", "language", "speaker_surface", "attribution")

_FOLDS: Mapping[type[Record], Callable[[Sequence[Told], Columns], Columns]] = {
    Person: _person,
    Tenure: _tenure,
    Election: _election,
    Reform: _reform,
    Statement: _statement,
}
"""Columns of a type that have a rule of their own."""


def _parts(told: Sequence[Told], field: str, prefix: str) -> list[Told]:
    """The parts of all records as things that are told of themselves, those of the newest document first."""
    newest = sorted(told, key=lambda each: (_age(each), each.version_id, each.record.model_dump_json()))
    parts: list[Told] = []
    for each in newest:
        bases = {
            name.removeprefix(f"{prefix}."): basis
            for name, basis in each.bases.items()
            if name.startswith(f"{prefix}.")
        }
        parts += [replace(each, record=part, bases=bases) for part in getattr(each.record, field)]
    return parts


def _age(told: Told) -> int:
    return -told.published.toordinal() if told.published else 0


def _grouped(parts: Sequence[Told], key: Callable[[Any], str]) -> list[Columns]:
    """Parts with one key made one, which has it; in the order of the first of each."""
    groups: defaultdict[str, list[Told]] = defaultdict(list)
    for part in parts:
        groups[key(part.record)].append(part)
    return [merged(group) | {"id": same} for same, group in groups.items()]


def _names(told: Sequence[Told]) -> list[Columns]:
    return _grouped(_parts(told, "names", "name"), lambda name: stable_id("name", name.person_id, name.name))


def _measures(told: Sequence[Told]) -> list[Columns]:
    """A reform has one measure, a package has reforms as its parts; a document that gives several keeps them apart."""
    several = any(len(each.record.measures) > 1 for each in told if isinstance(each.record, Reform))

    def key(measure: Any) -> str:
        return stable_id("measure", measure.reform_id, *((measure.description,) if several else ()))

    return _grouped(_parts(told, "measures", "measure"), key)


def _events(told: Sequence[Told]) -> list[Columns]:
    parts = _parts(told, "events", "event")
    folded = steps.fold_events(part.record for part in parts if isinstance(part.record, ReformEvent))

    def key(event: ReformEvent) -> str:
        def fit(step: ReformEvent) -> tuple[bool, bool]:
            dated = event.date.known and step.date.known
            return dated and event.date.relation(step.date) is DateRelation.DISJOINT, step.id != event.id

        # Of several that fit, the last: that is the one that a step without a date is taken for.
        return min((step for step in reversed(folded) if step.status is event.status), key=fit).id

    return _grouped(parts, key)


def _results(told: Sequence[Told]) -> list[Columns]:
    parts = _parts(told, "results", "result")
    folded = fold_results(part.record for part in parts if isinstance(part.record, ElectionResult))

    def who(result: ElectionResult) -> str:
        return result.person_id or result.party_id or (result.option or "").casefold()

    def key(result: ElectionResult) -> str:
        same = [each for each in folded if who(each) == who(result)]
        return next((each.id for each in same if result.round in (each.round, None)), same[0].id)

    # Once more, because shares that each are likely may together be more than the whole.
    chosen = [ElectionResult.model_validate(columns) for columns in _grouped(parts, key)]
    return [row(result) for result in fold_results(chosen)]


_PARTS: Mapping[str, tuple[str, Callable[[Sequence[Told]], list[Columns]]]] = {
    "names": ("person_name", _names),
    "measures": ("reform_measure", _measures),
    "events": ("reform_event", _events),
    "results": ("election_result", _results),
}
"""The table of each kind of part, and how the parts of several documents become one."""
