"""Join what one document says twice: a title in one sentence and the date it began in another are one spell."""

from __future__ import annotations

from dataclasses import replace

from polidex.cues import paired_cue
from polidex.facts import Fact, Grounded
from polidex.identity.offices import may_be_one_in_a_text
from polidex.identity.tenures import TenureProfile, judge, settled
from polidex.merging import date_relation, merged, same_winner
from polidex.spelling import words_of
from schema import WorldDate
from schema.vocabulary import Basis, DateRelation, Judgement, OfficeRole, RecordType, TenureStatus

_SOLE = (OfficeRole.HEAD_OF_STATE, OfficeRole.HEAD_OF_GOVERNMENT)
"""Roles of which a country has one holder at a time."""


def join_spells(grounded: list[Grounded], *, published: bool = False, language: str | None = None) -> list[Grounded]:
    """Join mentions of one person in one office.

    Args:
        published: whether it is known when the document was published. Then a title in its present makes the last
            dated spell the current one; where a later spell has ended, the present one has no date here.
        language: of the document, ISO 639-1: the one in which its titles are read.

    Two dated mentions join as those of two documents do: the same dates twice, or dates at two precisions that no other
    spell fits as well. A mention without a date joins the last dated spell that has no end, if there is one, else the
    other mentions without a date; one that only says that the spell is over joins the last dated one.
    """
    tenures = [draft for draft in grounded if draft.record_type is RecordType.TENURE]
    joined = _join_dated([draft for draft in tenures if _dated(draft)], language)
    for draft in tenures:
        if _dated(draft):
            continue
        same = [other for other in joined if _same_office(draft, other, language)]
        fitting = [other for other in same if "end" not in other.facts]
        fitting.sort(key=lambda other: (_dated(other), _value(other, "start")))
        last = fitting[-1:]
        if last and _dated(last[0]) and _value(draft, "status") == TenureStatus.CURRENT:
            latest = max(_last_date(other) for other in same)
            if _value(last[0], "start") < latest:
                last = []
            elif published and _value(last[0], "status") == TenureStatus.UNKNOWN:
                place = next(number for number, other in enumerate(joined) if other is last[0])
                last = [replace(last[0], facts={**last[0].facts, "status": draft.facts["status"]})]
                joined[place] = last[0]
        elif not last and _value(draft, "status") == TenureStatus.ENDED:
            last = sorted(same, key=_last_date)[-1:]
        _join(joined, draft, last)
    others = [draft for draft in grounded if draft.record_type is not RecordType.TENURE]
    return [*others, *(_with_honest_end(draft, joined) for draft in _one_at_a_time(joined))]


def _one_at_a_time(spells: list[Grounded]) -> list[Grounded]:
    """Spells in a post that one person holds, as ended where somebody else is known to hold it since a later day."""
    holders = [
        draft
        for draft in spells
        if _value(draft, "status") == TenureStatus.CURRENT
        and {"start", "country"} <= set(draft.facts)
        and _value(draft, "role") in _SOLE
    ]
    return [_ended(draft) if any(_is_before(draft, holder) for holder in holders) else draft for draft in spells]


def _is_before(draft: Grounded, holder: Grounded) -> bool:
    """Whether a spell without an end is one before that of the holder: it began earlier, or has no date at all."""
    if "end" in draft.facts or _value(draft, "status") == TenureStatus.PLANNED:
        return False
    other = draft.people["person_id"] is not holder.people["person_id"]
    same = all(_value(draft, name) == _value(holder, name) for name in ("role", "country"))
    return other and same and _value(draft, "start") < _value(holder, "start")


def _ended(draft: Grounded) -> Grounded:
    status = Fact(TenureStatus.ENDED, draft.facts["status"].spans, Basis.INFERRED)
    return replace(draft, facts={**draft.facts, "status": status})


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
            date = draft.facts["date"]
            alike = [each for each in alike if date_relation(date, each.facts["date"]) is not DateRelation.DISJOINT]
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


def _join_dated(drafts: list[Grounded], language: str | None) -> list[Grounded]:
    """Join dated mentions, starts before mere ends and the precise before the vague, until none joins any more."""
    joined: list[Grounded] = []
    for draft in sorted(drafts, key=lambda draft: ("start" not in draft.facts, -_profile(draft).detail(), draft.start)):
        _join(joined, draft, _one_that_fits(draft, [other for other in joined if _same_office(draft, other, language)]))
    return joined if len(joined) == len(drafts) else _join_dated(joined, language)


def _one_that_fits(draft: Grounded, others: list[Grounded]) -> list[Grounded]:
    """The spell that a dated mention is of; none where two fit it equally well."""
    first, *rest = settled([_profile(draft), *map(_profile, others)])
    fitting: list[Grounded] = []
    for other, profile in zip(others, rest, strict=True):
        said = judge(first, profile)
        # One text does not contradict itself: of dates that do not agree it speaks as of two spells.
        agree = first.spell.relation(profile.spell) is not DateRelation.DISJOINT
        if agree and said and said.judgement is Judgement.POSITIVE:
            if not said.weak:
                return [other]
            fitting.append(other)
    return fitting if len(fitting) == 1 else []


def _profile(draft: Grounded) -> TenureProfile:
    """A dated mention for comparison with others of the same holder and office. Of its document nothing counts."""
    start, end = (
        WorldDate.from_edtf(draft.facts[name].value, Basis.STATED) if name in draft.facts else WorldDate.unknown()
        for name in ("start", "end")
    )
    here = str(draft.start)
    return TenureProfile(mention_id=here, document_id=here, person_id="same", office_id="same", start=start, end=end)


def _same_office(one: Grounded, other: Grounded, language: str | None) -> bool:
    """Whether two titles of one person may be one post: no two countries are named, and the words do not differ."""
    if one.people["person_id"] is not other.people["person_id"]:
        return False
    left, right = (draft.facts["office"].value for draft in (one, other))
    codes = {draft.facts["country"].value for draft in (one, other) if "country" in draft.facts}
    if len(codes) > 1:
        return False
    return may_be_one_in_a_text(left, right, language, next(iter(codes), None)) or _leads_its_body(one, other, language)


def _leads_its_body(one: Grounded, other: Grounded, language: str | None) -> bool:
    """Whether of two posts in one body the one is only told by a verb: who `leads the party` is its president."""
    bodies = [words_of(draft.facts["organization"].value) for draft in (one, other) if "organization" in draft.facts]
    told = [paired_cue("holds", draft.facts["office"].original or "", language) for draft in (one, other)]
    verbs = [found is not None and found[0][0] == 0 and not found[1].startswith("member") for found in told]
    return len(bodies) == 2 and bodies[0] == bodies[1] and any(verbs) and not all(verbs)  # noqa: PLR2004


def _same_vote(one: Grounded, other: Grounded) -> bool:
    codes = {draft.facts["country"].value for draft in (one, other) if "country" in draft.facts}
    return one.facts["type"].value == other.facts["type"].value and len(codes) < 2 and same_winner(one, other)  # noqa: PLR2004
