"""Make the one row that analysts see out of all the records that speak of it; docs/canonical.md says why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from polidex.choosing import Vote, choose, date_refines, number_refines
from polidex.numerals import spelt_numbers
from polidex.spelling import words_of
from schema import Election, Office, Organization, Person, Record, Reform, Statement, Tenure, WorldDate, stable_id
from schema.rows import row
from schema.vocabulary import Basis, Modality, RecordType, TenureStatus

TYPES: Mapping[RecordType, type[Record]] = {
    RecordType.PERSON: Person,
    RecordType.ORGANIZATION: Organization,
    RecordType.OFFICE: Office,
    RecordType.TENURE: Tenure,
    RecordType.REFORM: Reform,
    RecordType.ELECTION: Election,
    RecordType.STATEMENT: Statement,
}

Columns = dict[str, Any]

_SAYS_NOTHING = (None, "unknown", "other")
_AS_OF_ITS_DAY = ("status", "current_status")
"""What moves on: the newest document tells how it stands, however many older ones said otherwise."""
_IN_WORDS = ("value_old", "value_new")
_IN_ORDER: Mapping[type[Record], tuple[str, str]] = {Tenure: ("start", "end"), Person: ("birth_date", "death_date")}
"""Dates of which the second is never before the first, also where the two come from different documents."""


@dataclass(frozen=True)
class Told:
    """What one document says of one thing.

    Attributes:
        record: the record, with the keys of canonical rows wherever it refers to something.
        modality: how the document puts it.
        bases: what each field rests on, by the field of its claim (`start`, `event.date`).
        source_id: the text that the document was first printed as: an article and its reprints have one.
        published: the last day on which the document can have been published.
        version_id: the text.
        language: ISO 639-1, for numbers in words.
    """

    record: Record
    modality: Modality
    bases: Mapping[str, Basis]
    source_id: str
    published: date | None
    version_id: str
    language: str | None = None


def told_of(
    record: Record,
    claims: Iterable[Mapping[str, Any]],
    *,
    source_id: str,
    published: date | None,
    version_id: str,
    language: str | None,
) -> Told:
    """A record with what its claims say: rows of the table `claim`, in any order."""
    ordered = sorted(claims, key=lambda claim: (str(claim["field"]), str(claim["id"])), reverse=True)
    modalities = {Modality(claim["modality"]) for claim in ordered}
    return Told(
        record=record,
        # Where two drafts of one document put it differently, the stronger way.
        modality=min(modalities, key=list(Modality).index, default=Modality.ASSERTED),
        bases={str(claim["field"]): Basis(claim["basis"]) for claim in ordered},
        source_id=source_id,
        published=published,
        version_id=version_id,
        language=language,
    )


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
    merged = _merged(heard)
    fold = _FOLDS.get(kind)
    found = {kind.__name__.lower(): [merged | (fold(heard) if fold else {})]}
    for field, (table, fold_parts) in _PARTS.items():
        if field in kind.model_fields:
            found[table] = sorted(fold_parts(heard), key=lambda part: str(part["id"]))
    return found


def _merged(told: Sequence[Told]) -> Columns:
    """Field by field the value that the rule chooses."""
    rows = [row(each.record) for each in told]
    columns: Columns = {name: _value(told, name, [each[name] for each in rows]) for name in rows[0]}
    kind = type(told[0].record)
    dates = [name for name, field in kind.model_fields.items() if field.annotation is WorldDate]
    chosen: dict[str, WorldDate] = {}
    for name in dates:
        first, second = _IN_ORDER.get(kind, ("", ""))
        chosen[name] = _date(told, name, not_before=chosen.get(first) if name == second else None)
        columns |= _date_columns(name, chosen[name])
    return columns


def _value(told: Sequence[Told], name: str, values: Sequence[Any]) -> Any:
    said = [(each, value) for each, value in zip(told, values, strict=True) if value not in _SAYS_NOTHING]
    votes = [
        _vote(each, name, value, _sameness(name, value, each.language))
        for each, value in said or zip(told, values, strict=True)
    ]
    return choose(votes, number_refines, newest_first=name in _AS_OF_ITS_DAY)


def _date(told: Sequence[Told], name: str, *, not_before: WorldDate | None) -> WorldDate:
    votes = [
        _vote(each, name, value, value.edtf, value.basis)
        for each in told
        if (value := getattr(each.record, name)).known and not (not_before and value.is_before(not_before))
    ]
    return choose(votes, date_refines) if votes else WorldDate.unknown()


def _vote(told: Told, name: str, value: Any, same: Hashable, basis: Basis | None = None) -> Vote:
    return Vote(
        value, same, told.modality, basis or told.bases.get(name, Basis.UNKNOWN), told.source_id, told.published
    )


def _sameness(name: str, value: Any, language: str | None) -> Hashable:
    """What makes two values one: of words with one number in them the number, `ten years` and `10 years`."""
    if name in _IN_WORDS and value is not None:
        found = spelt_numbers(str(value), language)
        return found[0].value if len(found) == 1 else str(value).casefold()
    same: Hashable = value
    return same


def _date_columns(name: str, date: WorldDate) -> Columns:
    return {
        f"{name}_edtf": date.edtf,
        f"{name}_earliest": date.earliest,
        f"{name}_latest": date.latest,
        f"{name}_basis": str(date.basis),
    }


def _person(told: Sequence[Told]) -> Columns:
    """The name is the fullest, then the one that most sources use."""
    names = [(each, each.record.name) for each in told if isinstance(each.record, Person)]
    most = max(len(words_of(name)) for _, name in names)
    return {"name": choose([_vote(each, "name", name, name) for each, name in names if len(words_of(name)) == most])}


def _tenure(told: Sequence[Told]) -> Columns:
    """A spell has ended if any document says so, for none can make it current again."""
    over = any(
        isinstance(each.record, Tenure)
        and each.record.status is TenureStatus.ENDED
        and each.modality is not Modality.PLANNED
        for each in told
    )
    return {"status": str(TenureStatus.ENDED)} if over else {}


_FOLDS: Mapping[type[Record], Callable[[Sequence[Told]], Columns]] = {Person: _person, Tenure: _tenure}
"""Columns of a type that have a rule of their own."""


def _by(same: Callable[[Told, Any], str], field: str, prefix: str, told: Sequence[Told]) -> list[Columns]:
    """The parts of all documents, those that are the same made one: its key is what `same` gives."""
    found: defaultdict[str, list[Told]] = defaultdict(list)
    for each in told:
        bases = {
            name.removeprefix(f"{prefix}."): basis
            for name, basis in each.bases.items()
            if name.startswith(f"{prefix}.")
        }
        for part in getattr(each.record, field):
            found[same(each, part)].append(replace(each, record=part, bases=bases))
    return [_merged(parts) | {"id": key} for key, parts in found.items()]


def _by_name(told: Told, part: Any) -> str:
    return stable_id("name", part.person_id, part.name)


def _by_reform(told: Told, part: Any) -> str:
    """A reform has one measure, a package has reforms as its parts; a document that gives several keeps them apart."""
    alone = isinstance(told.record, Reform) and len(told.record.measures) == 1
    return stable_id("measure", part.reform_id, *(() if alone else (part.description,)))


def _by_key(told: Told, part: Any) -> str:
    return str(part.id)


_PARTS: Mapping[str, tuple[str, Callable[[Sequence[Told]], list[Columns]]]] = {
    "names": ("person_name", partial(_by, _by_name, "names", "name")),
    "measures": ("reform_measure", partial(_by, _by_reform, "measures", "measure")),
    "events": ("reform_event", partial(_by, _by_key, "events", "event")),
    "results": ("election_result", partial(_by, _by_key, "results", "result")),
}
"""The table of each kind of part, and how the parts of several documents become one."""
