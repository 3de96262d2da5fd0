"""What a document says of one thing, and the row that the rule of docs/canonical.md makes of all that documents say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from polidex.choosing import Vote, choose, date_refines, is_one, number_refines
from polidex.numerals import spelt_numbers
from schema import Person, Record, Tenure, WorldDate
from schema.rows import row
from schema.vocabulary import Basis, Modality

Columns = dict[str, Any]

_SAYS_NOTHING = (None, "unknown", "other")
_AS_OF_ITS_DAY = ("status", "current_status")
"""What moves on: the newest document tells how it stands, however many older ones said otherwise."""
_LABELS = ("name", "title", "description")
"""What a thing is called: in one language and the next it is called otherwise, and neither is wrong."""
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
        published_from: the first day on which it can have been published, where that is not `published`.
    """

    record: Record
    modality: Modality
    bases: Mapping[str, Basis]
    source_id: str
    published: date | None
    version_id: str
    language: str | None = None
    published_from: date | None = None


def told_of(
    record: Record,
    claims: Iterable[Mapping[str, Any]],
    *,
    source_id: str,
    published: date | None,
    version_id: str,
    language: str | None,
    published_from: date | None = None,
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
        published_from=published_from,
    )


def merged(told: Sequence[Told]) -> Columns:
    """Field by field the value that the rule chooses."""
    rows = [row(each.record) for each in told]
    columns: Columns = {name: _value(told, name, [each[name] for each in rows]) for name in rows[0]}
    kind = type(told[0].record)
    dates = [name for name, field in kind.model_fields.items() if field.annotation is WorldDate]
    chosen: dict[str, WorldDate] = {}
    for name in dates:
        first, second = _IN_ORDER.get(kind, ("", ""))
        chosen[name] = date_of(told, name, not_before=chosen.get(first) if name == second else None)
        columns |= date_columns(name, chosen[name])
    return columns


def _value(told: Sequence[Told], name: str, values: Sequence[Any]) -> Any:
    if is_one(values):
        return values[0]
    said = [(each, value) for each, value in zip(told, values, strict=True) if value not in _SAYS_NOTHING]
    if name in _LABELS:
        languages = main_language(each for each, _ in said)
        said = [(each, value) for each, value in said if each.language in languages]
    votes = [
        vote(each, name, value, _sameness(name, value, each.language))
        for each, value in said or zip(told, values, strict=True)
    ]
    return choose(votes, number_refines, newest_first=name in _AS_OF_ITS_DAY)


def main_language(told: Iterable[Told]) -> tuple[str | None, ...]:
    """The language of most sources; of two that have as many, the one that was published in first.

    And None: a document whose language nobody could tell may be in it.
    """
    sources: defaultdict[str, set[str]] = defaultdict(set)
    first: dict[str, date] = {}
    for each in told:
        if each.language:
            day = each.published or date.max
            sources[each.language].add(each.source_id)
            first[each.language] = min(day, first.get(each.language, day))
    ordered = sorted(sources, key=lambda language: (-len(sources[language]), first[language], language))
    return (*ordered[:1], None)


def date_of(told: Sequence[Told], name: str, *, not_before: WorldDate | None) -> WorldDate:
    votes = [
        vote(each, name, value, value.edtf, value.basis)
        for each in told
        if (value := getattr(each.record, name)).known and not (not_before and value.is_before(not_before))
    ]
    return choose(votes, date_refines) if votes else WorldDate.unknown()


def vote(told: Told, name: str, value: Any, same: Hashable, basis: Basis | None = None) -> Vote:
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


def date_columns(name: str, date: WorldDate) -> Columns:
    return {
        f"{name}_edtf": date.edtf,
        f"{name}_earliest": date.earliest,
        f"{name}_latest": date.latest,
        f"{name}_basis": str(date.basis),
    }
