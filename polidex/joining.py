"""Join what one document says twice: a title in one sentence and the date it began in another are one spell."""

from __future__ import annotations

from dataclasses import replace

from polidex.facts import Fact, Grounded
from polidex.merging import merged, same_winner
from polidex.named import words_of
from schema import WorldDate
from schema.vocabulary import Basis, OfficeRole, RecordType, TenureStatus

_SMALL = frozenset({"the", "of", "for", "and", "a", "an", "in", "to"})


def join_spells(grounded: list[Grounded], *, published: bool = False) -> list[Grounded]:
    """Join mentions of one person in one office.

    Args:
        published: whether it is known when the document was published. Then a title in its present makes the last
            dated spell the current one; where a later spell has ended, the present one has no date here.

    A mention without a date joins the last dated spell that has no end, if there is one, else the other mentions
    without a date. Spells with different dates stay two; the same start twice is one.
    """
    tenures = [draft for draft in grounded if draft.record_type is RecordType.TENURE]
    dated = [draft for draft in tenures if _dated(draft)]
    joined: list[Grounded] = []
    for draft in dated:
        _join(joined, draft, [other for other in joined if _same_office(draft, other) and _same_dates(draft, other)])
    for draft in tenures:
        if _dated(draft):
            continue
        fitting = [other for other in joined if _same_office(draft, other) and "end" not in other.facts]
        fitting.sort(key=lambda other: (_dated(other), _value(other, "start")))
        last = fitting[-1:]
        if last and _dated(last[0]) and _value(draft, "status") == TenureStatus.CURRENT:
            latest = max(_last_date(other) for other in joined if _same_office(draft, other))
            if _value(last[0], "start") < latest:
                last = []
            elif published and _value(last[0], "status") == TenureStatus.UNKNOWN:
                place = next(number for number, other in enumerate(joined) if other is last[0])
                last = [replace(last[0], facts={**last[0].facts, "status": draft.facts["status"]})]
                joined[place] = last[0]
        _join(joined, draft, last)
    others = [draft for draft in grounded if draft.record_type is not RecordType.TENURE]
    return [*others, *(_with_honest_end(draft, joined) for draft in joined)]


def _with_honest_end(draft: Grounded, spells: list[Grounded]) -> Grounded:
    """A spell that is said to end with the words that begin the next one: that it ended then is only concluded."""
    end = draft.facts.get("end")
    if end is None:
        return draft
    starts = [
        found
        for other in spells
        if other is not draft and "start" in other.facts and other.people["person_id"] is draft.people["person_id"]
        for found in other.facts["start"].spans
    ]
    if not any(found.start < start.end and start.start < found.end for found in end.spans for start in starts):
        return draft
    return replace(draft, facts={**draft.facts, "end": replace(end, basis=Basis.INFERRED)})


def join_elections(grounded: list[Grounded]) -> list[Grounded]:
    """Join mentions of one election: of one type and country, with dates that agree or are not given.

    A mention without a date joins the nearest election of its type before it, else after it.
    """
    elections = [draft for draft in grounded if draft.record_type is RecordType.ELECTION]
    joined: list[Grounded] = []
    for draft in sorted(elections, key=lambda draft: ("date" not in draft.facts, draft.start)):
        alike = [other for other in joined if _same_vote(draft, other)]
        if "date" in draft.facts:
            alike = [other for other in alike if _agree(draft.facts["date"], other.facts["date"])]
        alike.sort(key=lambda other: (other.start <= draft.start, -abs(other.start - draft.start)))
        _join(joined, draft, alike[-1:])
    return [*(draft for draft in grounded if draft.record_type is not RecordType.ELECTION), *joined]


def _join(joined: list[Grounded], draft: Grounded, into: list[Grounded]) -> None:
    """Add a draft to the list, or its facts to one that is there."""
    if not into:
        joined.append(draft)
        return
    place = next(number for number, other in enumerate(joined) if other is into[0])
    joined[place] = merged(joined[place], draft)


def _dated(draft: Grounded) -> bool:
    return "start" in draft.facts or "end" in draft.facts


def _value(draft: Grounded, name: str) -> str:
    return draft.facts[name].value if name in draft.facts else ""


def _last_date(draft: Grounded) -> str:
    return _value(draft, "start") or _value(draft, "end")


def _same_dates(one: Grounded, other: Grounded) -> bool:
    return all(_value(one, name) == _value(other, name) for name in ("start", "end"))


def _same_office(one: Grounded, other: Grounded) -> bool:
    """The words of the one office are all among those of the other, and no two countries are named."""
    if one.people["person_id"] is not other.people["person_id"]:
        return False
    left, right = (set(words_of(draft.facts["office"].value)) - _SMALL for draft in (one, other))
    codes = {draft.facts["country"].value for draft in (one, other) if "country" in draft.facts}
    if len(codes) > 1:
        return False
    named = {
        word
        for draft in (one, other)
        if "country" in draft.facts and draft.facts["country"].original
        for word in words_of(draft.facts["country"].original)
    }
    left, right = left - named, right - named
    roles = {draft.facts["role"].value for draft in (one, other)}
    # A country has one head of state and one head of government, whatever a text calls them.
    only_one = bool(codes) and roles in ({OfficeRole.HEAD_OF_STATE}, {OfficeRole.HEAD_OF_GOVERNMENT})
    return left <= right or right <= left or only_one


def _same_vote(one: Grounded, other: Grounded) -> bool:
    codes = {draft.facts["country"].value for draft in (one, other) if "country" in draft.facts}
    return one.facts["type"].value == other.facts["type"].value and len(codes) < 2 and same_winner(one, other)  # noqa: PLR2004


def _agree(one: Fact, other: Fact | None) -> bool:
    left, right = (WorldDate.from_edtf(fact.value, Basis.STATED) for fact in (one, other) if fact)
    return not left.is_before(right) and not right.is_before(left)
