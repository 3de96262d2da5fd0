"""The posts by which people are told apart or found: which are one post, which none holds at once, and when."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from polidex.identity.offices import is_generic, meaning_of
from schema.base import Country, Record
from schema.dates import WorldDate
from schema.vocabulary import DateRelation, OfficeRole, TenureStatus

_ONE_A_COUNTRY = frozenset({OfficeRole.HEAD_OF_STATE, OfficeRole.HEAD_OF_GOVERNMENT})
_ONE_BY_WORDS = frozenset(
    {
        OfficeRole.DEPUTY_HEAD,
        OfficeRole.MINISTER,
        OfficeRole.SPEAKER,
        OfficeRole.MAYOR_OR_GOVERNOR,
        OfficeRole.DIPLOMAT,
        OfficeRole.IGO_OFFICIAL,
        OfficeRole.CHAIR,
    }
)
"""Roles of which a country has several holders, each in a post of his own words: `Minister of Defence`."""
_NATIONAL = frozenset(
    {
        OfficeRole.HEAD_OF_STATE,
        OfficeRole.HEAD_OF_GOVERNMENT,
        OfficeRole.DEPUTY_HEAD,
        OfficeRole.MINISTER,
        OfficeRole.DEPUTY_MINISTER,
        OfficeRole.LEGISLATOR,
    }
)
_EXCLUSIVE: dict[OfficeRole, frozenset[OfficeRole]] = {
    OfficeRole.JUDGE: frozenset(
        {
            OfficeRole.HEAD_OF_STATE,
            OfficeRole.HEAD_OF_GOVERNMENT,
            OfficeRole.DEPUTY_HEAD,
            OfficeRole.MINISTER,
            OfficeRole.DEPUTY_MINISTER,
            OfficeRole.SPEAKER,
            OfficeRole.LEGISLATOR,
            OfficeRole.DIPLOMAT,
            OfficeRole.MAYOR_OR_GOVERNOR,
        }
    ),
    OfficeRole.DIPLOMAT: frozenset(
        {
            OfficeRole.HEAD_OF_STATE,
            OfficeRole.HEAD_OF_GOVERNMENT,
            OfficeRole.DEPUTY_HEAD,
            OfficeRole.MINISTER,
            OfficeRole.SPEAKER,
            OfficeRole.MAYOR_OR_GOVERNOR,
        }
    ),
    OfficeRole.MAYOR_OR_GOVERNOR: frozenset(
        {OfficeRole.HEAD_OF_STATE, OfficeRole.DEPUTY_HEAD, OfficeRole.DEPUTY_MINISTER, OfficeRole.IGO_OFFICIAL}
    ),
    OfficeRole.SPEAKER: frozenset({OfficeRole.MINISTER, OfficeRole.DEPUTY_MINISTER, OfficeRole.HEAD_OF_GOVERNMENT}),
}
"""Full-time posts that no one holds at once. Left out is what the world has seen: a prime minister who is minister of
finance, a minister who is mayor (France) or deputy, a minister in the chair of an international body, a speaker who
acts as president, an ambassador who leads a body of the United Nations."""
_MARGIN = timedelta(days=30)
"""A change of post is reported within days; what overlaps by less may be one person who changed."""
_LONGEST_GAP = timedelta(days=4 * 365)
"""A usual term: two who bear one surname and hold one post at moments further apart need not be one."""
_MONTH = timedelta(days=31)
_YEAR = timedelta(days=366)


class OfficeHint(Record):
    """A post that a document gives somebody: its words, whose it is, and when.

    Attributes:
        words: as the document has them.
        status: as of the document's date.
    """

    role: OfficeRole
    country: Country | None = None
    words: str = ""
    start: WorldDate = WorldDate.unknown()
    end: WorldDate = WorldDate.unknown()
    status: TenureStatus = TenureStatus.UNKNOWN

    @property
    def is_national(self) -> bool:
        """Whether the country of the post is that of who holds it."""
        return self.role in _NATIONAL

    @property
    def meaning(self) -> frozenset[str]:
        """What its words mean, in any language; nothing where they do not say which post it is: `deputy minister`."""
        meaning = meaning_of(self.words, None, self.country)
        return frozenset() if is_generic(meaning) else meaning

    def found_by(self) -> frozenset[str]:
        """Keys that other hints of the same post share; none where a country has many holders of such a post."""
        if not self.country:
            return frozenset()
        if self.role in _ONE_A_COUNTRY:
            return frozenset({f"{self.country} {self.role}"})
        if self.role not in _ONE_BY_WORDS:
            return frozenset()
        words = sorted(self.meaning)
        pairs = combinations(words, 2) if len(words) > 1 else [tuple(words)]
        return frozenset(" ".join((self.country, self.role, *pair)) for pair in pairs if pair)


def same_post(one: OfficeHint, other: OfficeHint, *, with_unknown_country: bool = False) -> bool:
    """Whether two hints are of one post that one person holds at a time.

    A country has one head of state and one head of government; of the others the words must mean the same, or those of
    the one, two at least, all be among those of the other.
    """
    if one.role is not other.role or len({one.country, other.country} - {None}) > 1:
        return False
    if not with_unknown_country and None in (one.country, other.country):
        return False
    if one.role in _ONE_A_COUNTRY:
        return True
    left, right = one.meaning, other.meaning
    within = (left <= right or right <= left) and len(left & right) > 1
    return one.role in _ONE_BY_WORDS and bool(left) and (left == right or within)


def held_on(post: OfficeHint, published: date | None) -> tuple[date, date] | None:
    """The first and the last day on which a post was surely held, by what the document says, where it says one."""
    if post.status is TenureStatus.PLANNED:
        return None
    now = published if post.status is TenureStatus.CURRENT else None
    first, last = post.start.latest, post.end.earliest or now
    if first and (last is None or (post.start.earliest or first) > last):
        return first, first
    return (min(first, last) if first else last, last) if last else None


def exclude(one: OfficeHint, published: date | None, other: OfficeHint, others: date | None) -> bool:
    """Whether two posts were held at once that no one person holds at once.

    Args:
        published: when the document of the one was published.
        others: when the document of the other was published.
    """
    if other.role not in _EXCLUSIVE.get(one.role, ()) and one.role not in _EXCLUSIVE.get(other.role, ()):
        return False
    left, right = held_on(one, published), held_on(other, others)
    if not left or not right:
        return False
    if left[0] == left[1] or right[0] == right[1]:
        (day, _), (first, last) = (left, right) if left[0] == left[1] else (right, left)
        return first + _MARGIN <= day <= last - _MARGIN
    return max(left[0], right[0]) + _MARGIN <= min(left[1], right[1])


def spells_meet(one: OfficeHint, published: date | None, other: OfficeHint, others: date | None) -> bool:
    """Whether two hints of one post can be of one spell: none was held outside the other's bounds, or long after it."""
    left, right = held_on(one, published), held_on(other, others)
    for held, spell in ((left, other), (right, one)):
        if held and spell.start.earliest and held[0] < spell.start.earliest:
            return False
        if held and spell.end.latest and held[1] > spell.end.latest:
            return False
    if left and right:
        return max(left[0], right[0]) - min(left[1], right[1]) <= _LONGEST_GAP
    return one.status is not TenureStatus.PLANNED and other.status is not TenureStatus.PLANNED


def same_term(one: OfficeHint, other: OfficeHint) -> bool:
    """Whether two hints begin on one day, as far as they say it: one to the month, the other at least to the year."""
    lengths = sorted(
        hint.start.latest - hint.start.earliest
        for hint in (one, other)
        if hint.start.latest is not None and hint.start.earliest is not None
    )
    if len(lengths) < 2 or lengths[0] > _MONTH or lengths[1] > _YEAR:  # noqa: PLR2004 - both
        return False
    return one.start.relation(other.start) in (DateRelation.EQUAL, DateRelation.REFINES, DateRelation.REFINED_BY)
