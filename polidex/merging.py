"""Make one of two drafts that say the same of the same words: no repetition is lost, none counts twice."""

from __future__ import annotations

from dataclasses import replace

from polidex.facts import Fact, Grounded
from schema import WorldDate
from schema.vocabulary import Basis, DateRelation, ElectionStatus, RecordType, TenureStatus

_OVERLAPPING = {
    RecordType.TENURE: "office",
    RecordType.ELECTION: "type",
    RecordType.REFORM: "title",
    RecordType.STATEMENT: "text",
}
"""The fact by whose words a draft of each type is told from others."""
_SURENESS = (Basis.STATED, Basis.EXTERNAL, Basis.CONTEXT, Basis.INFERRED, Basis.UNKNOWN)
_RESULT = "result."
_CONTESTANTS = (f"{_RESULT}party_id", f"{_RESULT}option")
_ONE_DATE = (DateRelation.EQUAL, DateRelation.REFINES, DateRelation.REFINED_BY)


def joined(earlier: list[Grounded], draft: Grounded) -> list[Grounded]:
    """The drafts of before with one more: merged into the one that says the same, else added.

    A further step of a reform, told in words that overlap, bears its title: it is one reform.
    """
    for number, other in enumerate(earlier):
        if is_same(other, draft):
            return [*earlier[:number], merged(other, draft), *earlier[number + 1 :]]
    first = next((other for other in earlier if not other.again and _is_another_step(other, draft)), None)
    if first:
        title = replace(draft.facts["title"], value=first.facts["title"].value)
        draft = replace(draft, facts={**draft.facts, "title": title}, again=True)
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
            return same and same_winner(one, other) and _may_agree(one.facts.get("date"), other.facts.get("date"))
        case RecordType.STATEMENT:
            return _speaker(one) == _speaker(other) and _overlap(one, other)
        case _:
            return _overlap(one, other) and not _is_another_step(one, other)


def _overlap(one: Grounded, other: Grounded) -> bool:
    fact = _OVERLAPPING[one.record_type]
    return any(
        left.start < right.end and right.start < left.end
        for left in one.facts[fact].spans
        for right in other.facts[fact].spans
    )


def _is_another_step(one: Grounded, other: Grounded) -> bool:
    """Whether the same words tell two steps: `passed the Diet on June 17, 2015 and came into force a year later`."""
    if not (one.record_type is other.record_type is RecordType.REFORM and _overlap(one, other)):
        return False
    dated = "event.date" in one.facts or "event.date" in other.facts
    return dated and one.facts["current_status"].value != other.facts["current_status"].value


def same_winner(one: Grounded, other: Grounded) -> bool:
    """Whether no two different people, parties or options are said to have won."""
    winners = [_winner(draft) for draft in (one, other)]
    return None in winners or winners[0] == winners[1]


def _winner(draft: Grounded) -> int | str | None:
    """Who won, in a form that can be compared inside one document."""
    if f"{_RESULT}person_id" in draft.people:
        return id(draft.people[f"{_RESULT}person_id"])
    return next((draft.facts[name].value.casefold() for name in _CONTESTANTS if name in draft.facts), None)


def merged(one: Grounded, other: Grounded) -> Grounded:
    """Both as one: of each fact the surer value, then the more precise date, then the first; equal values share spans.

    What is said of a result goes with its winner. That somebody holds an office now says nothing of a dated spell:
    which one is the present one, `joining` decides. A draft in which a value was refused only adds what the other,
    which is without a fault, does not say.
    """
    if one.doubted != other.doubted:
        sure, doubted = (other, one) if one.doubted else (one, other)
        more = {name: fact for name, fact in doubted.facts.items() if name not in sure.facts and _may_add(name, sure)}
        added = {name: who for name, who in doubted.people.items() if name in more}
        return replace(sure, facts={**more, **sure.facts}, people={**added, **sure.people})
    facts, people, modality = dict(one.facts), {**other.people, **one.people}, one.modality
    dated = {"start", "end"} & {*one.facts} and not {"start", "end"} & {*other.facts}
    for name, fact in other.facts.items():
        known = facts.get(name)
        if name.startswith(_RESULT) and _winner(other) is None:
            continue
        if name == "status" and known:
            adds = known.value == TenureStatus.UNKNOWN and not (dated and fact.value == TenureStatus.CURRENT)
            # `was prime minister until May`: the words are a title, and say themselves that it has ended.
            ends = fact.value == TenureStatus.ENDED and "end" in other.facts
            if adds or ends or fact.value == ElectionStatus.HELD:
                facts[name], modality = fact, other.modality
        elif known is None or _is_better(name, fact, known):
            facts[name] = fact
            people |= {name: other.people[name]} if name in other.people else {}
        if known and (known.value == fact.value or name in ("office", "type", "person_id")):
            basis = min(known, fact, key=_rank).basis
            spans = tuple(dict.fromkeys((*known.spans, *fact.spans)))
            facts[name] = replace(known, basis=basis, spans=spans)
    return replace(one, facts=facts, people=people, modality=modality)


def _may_add(name: str, sure: Grounded) -> bool:
    """What is said of a result is of its winner alone."""
    return not name.startswith(_RESULT) or _winner(sure) is None


def _is_better(name: str, fact: Fact, known: Fact) -> bool:
    if _rank(fact) != _rank(known):
        return _rank(fact) < _rank(known)
    return name in ("date", "event.date", "start", "end") and _refines(fact, known)


def _speaker(draft: Grounded) -> int | str:
    named = draft.people.get("speaker_id")
    return id(named) if named else draft.facts["speaker_surface"].value


def _rank(fact: Fact) -> int:
    return _SURENESS.index(fact.basis)


def _may_agree(one: Fact | None, other: Fact | None) -> bool:
    """Whether two dates can be the same one, at two precisions; a date that is not given agrees with any."""
    return one is None or other is None or date_relation(one, other) in _ONE_DATE


def _refines(one: Fact, other: Fact) -> bool:
    """Whether the one date is the other, more precisely: `2019-03` of `2019`."""
    return date_relation(one, other) is DateRelation.REFINES


def date_relation(one: Fact, other: Fact) -> DateRelation:
    """What the date of one fact is to that of another."""
    left, right = (WorldDate.from_edtf(fact.value, Basis.STATED) for fact in (one, other))
    return left.relation(right)
