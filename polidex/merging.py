"""Make one of two drafts that say the same of the same words: no repetition is lost, none counts twice."""

from __future__ import annotations

from dataclasses import replace

from polidex.facts import Fact, Grounded
from schema.vocabulary import RecordType, TenureStatus

_OVERLAPPING = {
    RecordType.TENURE: "office",
    RecordType.ELECTION: "type",
    RecordType.REFORM: "title",
    RecordType.STATEMENT: "text",
}
"""The fact by whose words a draft of each type is told from others."""


def joined(earlier: list[Grounded], draft: Grounded) -> list[Grounded]:
    """The drafts of before with one more: merged into the one that says the same, else added."""
    for number, other in enumerate(earlier):
        if is_same(other, draft):
            return [*earlier[:number], merged(other, draft), *earlier[number + 1 :]]
    return [*earlier, draft]


def is_same(one: Grounded, other: Grounded) -> bool:
    """Whether two drafts say the same of the same words."""
    if one.record_type is not other.record_type:
        return False
    match one.record_type:
        case RecordType.PERSON:
            return one.people["name"] is other.people["name"]
        case RecordType.TENURE:
            same = one.people["person_id"] is other.people["person_id"] and _overlap(one, other)
            return same and all(_may_agree(one.facts.get(name), other.facts.get(name)) for name in ("start", "end"))
        case RecordType.ELECTION:
            same = one.facts["type"].value == other.facts["type"].value and _overlap(one, other)
            return same and _may_agree(one.facts.get("date"), other.facts.get("date"))
        case _:
            return _overlap(one, other)


def _overlap(one: Grounded, other: Grounded) -> bool:
    fact = _OVERLAPPING[one.record_type]
    return any(
        left.start < right.end and right.start < left.end
        for left in one.facts[fact].spans
        for right in other.facts[fact].spans
    )


def merged(one: Grounded, other: Grounded) -> Grounded:
    """Both as one: the first keeps its values, unless the other's date is more precise; equal values share spans."""
    facts = dict(one.facts)
    for name, fact in other.facts.items():
        known = facts.get(name)
        if known is None or (name in ("date", "start", "end") and _refines(fact, known)):
            facts[name] = fact
        elif known.value == fact.value or name in ("office", "type", "person_id"):
            spans = tuple(dict.fromkeys((*known.spans, *fact.spans)))
            facts[name] = replace(known, spans=spans)
        elif name == "status" and known.value == TenureStatus.UNKNOWN:
            facts[name] = fact
    return replace(one, facts=facts, people={**other.people, **one.people})


def _may_agree(one: Fact | None, other: Fact | None) -> bool:
    """Whether two dates can be the same one, at two precisions; a date that is not given agrees with any."""
    return one is None or other is None or one.value.startswith(other.value) or other.value.startswith(one.value)


def _refines(one: Fact, other: Fact) -> bool:
    """Whether the one date is the other, more precisely: `2019-03` of `2019`."""
    return one.value.startswith(other.value) and len(one.value) > len(other.value)
