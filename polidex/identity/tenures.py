"""Spells of one person in one office across documents: which accounts are of one spell, and how that spell stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from polidex.identity.judged import Judged, Profile
from schema.base import Text
from schema.dates import WorldDate
from schema.spells import Reach, Spell
from schema.vocabulary import Basis, DateRelation, Judgement, TenureStatus

_MONTH_DAYS, _YEAR_DAYS = 31, 366
_CLOSE = timedelta(days=_YEAR_DAYS)
"""Two starts that are no further apart may be one that two sources give differently, or two."""
_BY_RELATION = {
    DateRelation.EQUAL: Judged(Judgement.POSITIVE, "same_dates", 0.9),
    DateRelation.REFINES: Judged(Judgement.POSITIVE, "other_precision", 0.8, weak=True),
    DateRelation.REFINED_BY: Judged(Judgement.POSITIVE, "other_precision", 0.8, weak=True),
    DateRelation.OVERLAPS: Judged(Judgement.POSITIVE, "dates_agree", 0.7, weak=True),
}
_SURENESS = (Basis.STATED, Basis.EXTERNAL, Basis.CONTEXT, Basis.INFERRED, Basis.UNKNOWN)


class TenureProfile(Profile):
    """What a document says of one spell.

    Attributes:
        person_id: who. office_id: what. Both are keys of canonical rows.
        start, end, status, acting: as in `schema.spells.Spell`.
        published_from: the first day on which the document can have been published, where that is not `published`.
        after, over_by: what other mentions say of where it lies; `settled` gives them, no document does.
    """

    person_id: Text
    office_id: Text
    start: WorldDate = WorldDate.unknown()
    end: WorldDate = WorldDate.unknown()
    status: TenureStatus = TenureStatus.UNKNOWN
    acting: bool = False
    published_from: date | None = None
    after: date | None = None
    over_by: date | None = None

    def key(self) -> tuple[str, ...]:
        return (self.person_id, self.office_id, self.start.edtf or self.end.edtf or "")

    def blocks(self) -> frozenset[str]:
        return frozenset({f"{self.person_id} {self.office_id}"})

    def detail(self) -> int:
        """How precise its dates are: 0 without any, at most 4 for each."""
        return _precision(self.start) + _precision(self.end)

    @property
    def dated(self) -> bool:
        return self.start.known or self.end.known

    @property
    def spell(self) -> Spell:
        return Spell(
            start=self.start,
            end=self.end,
            status=self.status,
            acting=self.acting,
            said_from=self.published_from or self.published,
            said_by=self.published,
            after=self.after,
            over_by=self.over_by,
        )


def judge(one: TenureProfile, other: TenureProfile) -> Judged | None:
    """Say whether two mentions are of one spell; None for two people or two offices.

    What each pair of accounts does is a table in docs/identity-time.md, which a test reads.
    """
    if (one.person_id, one.office_id) != (other.person_id, other.office_id):
        return None
    left, right = one.spell, other.spell
    relation = left.relation(right)
    score = 1.0 if relation is DateRelation.EQUAL else 0.95
    if left.acting is not right.acting:
        said = Judged(Judgement.NEGATIVE, "acting_or_full", 0.0)
    elif _same_month(left.start, right.start):
        said = Judged(Judgement.POSITIVE, "same_start", score)
    elif relation is DateRelation.DISJOINT:
        said = _of_disjoint(left, right)
    elif _same_month(left.end, right.end):
        said = Judged(Judgement.POSITIVE, "same_end", score)
    elif _in_one_time(one, other):
        said = Judged(Judgement.POSITIVE, "same_time", 0.9)
    elif not (left.dated and right.dated):
        said = Judged(Judgement.POSITIVE, "no_date", 0.5, weak=True)
    else:
        said = _BY_RELATION[relation]
    return said


def _in_one_time(one: TenureProfile, other: TenureProfile) -> bool:
    """Whether two mentions without dates say the same, and nothing dated lies between them."""
    undated = not (one.dated or other.dated)
    return undated and (one.status, one.after, one.over_by) == (other.status, other.after, other.over_by)


def _of_disjoint(left: Spell, right: Spell) -> Judged:
    if left.surely_meets(right):
        # Nobody holds one office twice at once: two sources differ on when the one spell began or ended.
        return Judged(Judgement.POSITIVE, "overlapping", 0.6, weak=True)
    first, last = (left, right) if left.start.is_before(right.start) else (right, left)
    by, since = first.start.days.last, last.start.days.first
    if by and since and not first.end.known and since - by <= _CLOSE:
        return Judged(Judgement.UNSURE, "starts_close", 0.4)
    return Judged(Judgement.NEGATIVE, "two_spells", 0.0)


def settled(profiles: Iterable[TenureProfile]) -> list[TenureProfile]:
    """The mentions of one block, each with what the others tell of where it lies. Order does not matter.

    A spell without an end was over when the next one of the same person in the same office began. A mention without
    dates lies in the time of the spells that fit it, if those are one: `President Marr` in 2022 belongs to the spell
    since 2019, and not to that of 1999 to 2003. One that no dated spell fits lies between those before and after it.
    """
    groups: dict[tuple[str, str, bool], list[TenureProfile]] = defaultdict(list)
    for profile in profiles:
        plain = profile.model_copy(update={"after": None, "over_by": None})
        groups[profile.person_id, profile.office_id, profile.acting].append(plain)
    return [profile for group in groups.values() for profile in _settled(group)]


def _settled(group: list[TenureProfile]) -> list[TenureProfile]:
    told: dict[tuple[str, ...], TenureProfile] = {}
    for profile in sorted((each for each in group if each.dated), key=_tells_most):
        told.setdefault(_dates(profile), profile)
    spells = [profile.spell for profile in told.values()]
    over = {dates: _over_by(profile.spell, spells) for dates, profile in told.items()}
    times = _Times([profile.spell.model_copy(update={"over_by": over[dates]}) for dates, profile in told.items()])
    return [
        profile.model_copy(
            update={"over_by": over[_dates(profile)]} if profile.dated else times.of(profile.spell)._asdict()
        )
        for profile in group
    ]


class _Time(NamedTuple):
    after: date | None = None
    over_by: date | None = None


class _Times:
    """The dated spells of one person in one office, for finding where a mention without dates lies."""

    def __init__(self, spells: Sequence[Spell]) -> None:
        self._reaches = [spell.reach for spell in spells]
        self._two = {
            (left, right)
            for (left, one), (right, other) in combinations(enumerate(spells), 2)
            if one.relation(other) is DateRelation.DISJOINT and not one.surely_meets(other)
        }
        self._known: dict[Reach, _Time] = {}

    def of(self, spell: Spell) -> _Time:
        own = spell.reach
        if own not in self._known:
            self._known[own] = self._find(own)
        return self._known[own]

    def _find(self, own: Reach) -> _Time:
        fitting = [number for number, reach in enumerate(self._reaches) if own.meets(reach)]
        if not fitting:
            # After the spells that had ended, and before those that had not begun.
            before = [each.ends.first for each in self._reaches if each.ends.is_before(own.ends)]
            behind = [each.begins.last for each in self._reaches if own.begins.is_before(each.begins)]
            return _Time(
                max((day for day in before if day), default=None), min((day for day in behind if day), default=None)
            )
        if any(pair in self._two for pair in combinations(fitting, 2)):
            return _Time()
        firsts = [self._reaches[number].begins.first for number in fitting]
        lasts = [self._reaches[number].ends.last for number in fitting]
        return _Time(
            None if None in firsts else min(day for day in firsts if day),
            None if None in lasts else max(day for day in lasts if day),
        )


def _tells_most(profile: TenureProfile) -> tuple[int, str]:
    """Of mentions with the same dates first what tells most: the last to call it current, the first to end it."""
    day = profile.published.toordinal() if profile.published else 0
    return -day if profile.status is TenureStatus.CURRENT else day, profile.mention_id


def _dates(profile: TenureProfile) -> tuple[str, ...]:
    return profile.start.edtf or "", profile.end.edtf or "", profile.status


def _over_by(spell: Spell, spells: Iterable[Spell]) -> date | None:
    """The last day on which the next spell may have begun; None for one with an end, or that nothing follows."""
    if spell.end.known or not spell.start.known:
        return None
    alike = [each.ends.first for each in spells if each.start.known and not _differ(each.start, spell.start)]
    until = max((day for day in alike if day), default=date.min)
    # What begins while this one goes on is another account of it.
    starts = [each.start.days for each in spells if spell.start.is_before(each.start)]
    return min((last for first, last in starts if last and first and first >= until), default=None)


def _differ(one: WorldDate, other: WorldDate) -> bool:
    return one.relation(other) is DateRelation.DISJOINT


def merge_status(spells: Sequence[Spell]) -> Spell:
    """The one spell that several accounts of it make: its best start and end, and how it stands by the latest account.

    Args:
        spells: at least one, in any order.

    Returns:
        The spell; `said_from` and `said_by` are those of the latest account.

    A date is the best founded one, then the most precise, then the latest told. A spell cannot go on once it has ended:
    who says that it ended, or gives an end that is not only expected, outranks all who call it current, but for those
    who are known to have been published after every one of them. Where publication is not known nobody is later.
    An end that was expected is kept until an account from after it calls the spell current or gives another end.
    """
    ordered = sorted(spells, key=_told, reverse=True)
    enders = [each for each in ordered if _says_ended(each)]
    current = [each for each in ordered if each.status is TenureStatus.CURRENT]
    last_end = _last_said(enders)
    if enders and last_end:
        outrun = [each for each in current if each.said_from and each.said_from > last_end]
        enders = [] if outrun else enders
    start = _best([each.start for each in ordered])
    if enders:
        status, ends = TenureStatus.ENDED, [each.end for each in enders]
    else:
        status = _status_so_far(ordered, current)
        going = max((each.said_from for each in current if each.said_from), default=None)
        ends = [each.end for each in ordered if not (_says_ended(each) or _is_over(each.end, going))]
    end = _best([each for each in ends if not each.is_before(start)])
    latest = ordered[0]
    return Spell(
        start=start,
        end=end,
        status=status,
        acting=latest.acting,
        said_from=latest.said_from,
        said_by=latest.said_by,
    )


def _says_ended(spell: Spell) -> bool:
    """Whether an account says that the spell is over: an end beside `current` or `planned` is one that is expected."""
    expected = spell.said_by is not None and (spell.end.days.first or spell.said_by) > spell.said_by
    return spell.status is TenureStatus.ENDED or (
        spell.status is TenureStatus.UNKNOWN and spell.end.known and not expected
    )


def _status_so_far(ordered: Sequence[Spell], current: Sequence[Spell]) -> TenureStatus:
    if current:
        return TenureStatus.CURRENT
    return (
        TenureStatus.PLANNED if any(each.status is TenureStatus.PLANNED for each in ordered) else TenureStatus.UNKNOWN
    )


def _last_said(spells: Sequence[Spell]) -> date | None:
    """The day by which all of these have been published; None when that is not known of one."""
    days = [each.said_by for each in spells]
    return max((day for day in days if day), default=None) if all(days) else None


def _is_over(end: WorldDate, day: date | None) -> bool:
    return bool(day and end.days.last and end.days.last < day)


def _told(spell: Spell) -> tuple[date, str]:
    """Places an account: the later published is greater, one of an unknown day is least; what it says breaks ties."""
    return spell.said_by or date.min, spell.model_dump_json()


def _best(dates: Sequence[WorldDate]) -> WorldDate:
    """The best founded date, of those the most precise, of those the first."""
    return min(dates, key=lambda each: (_SURENESS.index(each.basis), -_precision(each)), default=WorldDate.unknown())


def _same_month(one: WorldDate, other: WorldDate) -> bool:
    """Whether two dates are the same one, precise enough that two spells do not share it."""
    return _precision(one) > _precision_of(_YEAR_DAYS) and one.relation(other) is DateRelation.EQUAL


def _precision(when: WorldDate) -> int:
    first, last = when.days
    return _precision_of((last - first).days + 1) if first and last else int(when.known)


def _precision_of(days: int) -> int:
    """1 for more than a year, 2 for a year, 3 for a month, 4 for a day."""
    return 1 + sum(days <= most for most in (_YEAR_DAYS, _MONTH_DAYS, 1))
