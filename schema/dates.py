"""Dates of the world, as precise as their source: EDTF, with the first and last day that it allows."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from time import struct_time
from typing import Any, NamedTuple, Self

from edtf import Date, DateAndTime, Level1Interval, Season, UncertainOrApproximate, Unspecified, parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from edtf.parser.parser_classes import Interval
from pydantic import model_validator

from schema.base import Record
from schema.vocabulary import Basis, DateRelation

_POINTS = (Date, DateAndTime, Season, UncertainOrApproximate, Unspecified)
_OPEN = ("..", "")
_PLAIN = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?", re.ASCII)
"""Level 0 without a time: what nearly all dates are. The library's parser takes milliseconds for each."""
_APPROXIMATE = ("~", "?", "%")
_SUMMER, _WINTER = "22", "24"
"""Of the seasons of EDTF those that lie in two years, in one half of the world or in the other."""


class Days(NamedTuple):
    """The days that something allows, from the first to the last; None on a side that is open or unknown."""

    first: date | None
    last: date | None

    def is_before(self, other: Days) -> bool:
        """Whether all of these days are before all of the others; a side that is open is before or after none."""
        return self.last is not None and other.first is not None and self.last < other.first

    def relation(self, other: Days) -> DateRelation:
        """`refines`: only days that the other allows, and fewer. `overlaps`: each allows days of its own too."""
        if self == other:
            return DateRelation.EQUAL
        if self.is_before(other) or other.is_before(self):
            return DateRelation.DISJOINT
        if self._within(other):
            return DateRelation.REFINES
        return DateRelation.REFINED_BY if other._within(self) else DateRelation.OVERLAPS

    def both(self, other: Days) -> Days:
        """The days that both allow. Of two that are disjoint the result runs backwards."""
        firsts = [day for day in (self.first, other.first) if day]
        lasts = [day for day in (self.last, other.last) if day]
        return Days(max(firsts, default=None), min(lasts, default=None))

    def _within(self, outer: Days) -> bool:
        starts = outer.first is None or (self.first is not None and self.first >= outer.first)
        ends = outer.last is None or (self.last is not None and self.last <= outer.last)
        return starts and ends


class WorldDate(Record):
    """When something happened, as precise as the source says it.

    Attributes:
        edtf: Extended Date/Time Format (ISO 8601-2), levels 0 and 1, such as `2019-03`, `2011/2013`, `2023/..` or
            `1984~`; None when the date is not known.
        earliest: the first day that `edtf` allows; None when it is open or unknown on that side.
        latest: the last day that `edtf` allows; None when it is open or unknown on that side.
        basis: where the date comes from; `unknown` exactly when there is no date.
    """

    edtf: str | None
    earliest: date | None
    latest: date | None
    basis: Basis

    @classmethod
    def from_edtf(cls, edtf: str, basis: Basis) -> Self:
        """Read an EDTF string of level 0 or 1; raise ValueError for anything else."""
        earliest, latest = _bounds(edtf)
        return cls(edtf=edtf, earliest=earliest, latest=latest, basis=basis)

    @classmethod
    def unknown(cls) -> Self:
        """The date that nothing is known of."""
        return cls(edtf=None, earliest=None, latest=None, basis=Basis.UNKNOWN)

    @property
    def known(self) -> bool:
        return self.edtf is not None

    @property
    def days(self) -> Days:
        """The days that may be meant: of an approximate date also those around it, of a winter those of two years.

        `earliest` and `latest` are what the words say; this is what has to be ruled out before two dates differ.
        """
        return Days(None, None) if self.edtf is None else _reach(self.edtf)

    def is_before(self, other: WorldDate) -> bool:
        """Whether every day that this date allows is before every day that the other allows.

        A date that is imprecise, open or unknown on the side that matters is never before another.
        """
        return self.days.is_before(other.days)

    def relation(self, other: WorldDate) -> DateRelation:
        """What this date is to the other: `refines` when it allows only days that the other allows, and fewer.

        `about 2016` allows the years beside it, so that 2017 refines it. A season refines its year, and two seasons of
        one year are disjoint, whichever months they have. The unknown date allows every day.
        """
        found, seasons = self.days.relation(other.days), (_season(self.edtf), _season(other.edtf))
        if self.edtf == other.edtf or found is DateRelation.DISJOINT or not any(seasons):
            return found
        if all(seasons):
            same_year = (self.edtf or "")[:4] == (other.edtf or "")[:4]
            return DateRelation.DISJOINT if same_year else DateRelation.OVERLAPS
        if found is DateRelation.EQUAL:
            return DateRelation.REFINES if seasons[0] else DateRelation.REFINED_BY
        return found

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.edtf is None:
            if self.earliest or self.latest or self.basis is not Basis.UNKNOWN:
                raise ValueError("a date without EDTF has no earliest, no latest and the basis unknown")
            return self
        if self.basis is Basis.UNKNOWN:
            raise ValueError("a date that is given has a basis other than unknown")
        if (self.earliest, self.latest) != _bounds(self.edtf):
            raise ValueError(f"earliest and latest are not those of {self.edtf!r}")
        return self


def _season(edtf: str | None) -> str | None:
    """The number of a season, 21 to 24; None for a date that is none."""
    return edtf[5:] if edtf and len(edtf) == len("2001-21") and edtf[5:] > "12" and edtf[4] == "-" else None


@lru_cache(maxsize=4096)
def _reach(edtf: str) -> Days:
    first, last = _bounds(edtf)
    if _season(edtf) in (_SUMMER, _WINTER) and first and last:
        return Days(first - timedelta(days=31), date(last.year + 1, 3, 1) - timedelta(days=1))
    begins, _, ends = edtf.partition("/")
    return Days(
        first and first - _slack(begins),
        last and last + _slack(ends or begins),
    )


def _slack(point: str) -> timedelta:
    """How far off an approximate date may be: as far as it is precise, at least a day."""
    if not point.endswith(_APPROXIMATE):
        return timedelta()
    first, last = _bounds(point)
    return max(timedelta(days=1), last - first) if first and last else timedelta()


@lru_cache(maxsize=4096)
def _bounds(edtf: str) -> tuple[date | None, date | None]:
    """The first and last day that an EDTF string allows, None on a side that is open."""
    if _PLAIN.fullmatch(edtf):
        return _plain_bounds(edtf)
    first, slash, last = edtf.partition("/")
    if slash and all(side in _OPEN or _PLAIN.fullmatch(side) for side in (first, last)):
        earliest = None if first in _OPEN else _plain_bounds(first)[0]
        latest = None if last in _OPEN else _plain_bounds(last)[1]
        return _in_order(edtf, earliest, latest)
    parsed = _parse(edtf)
    if isinstance(parsed, Season):
        # Which months a season has depends on the hemisphere, which a date does not tell: only the year is sure.
        year = parsed.lower_strict().tm_year
        return date(year, 1, 1), date(year, 12, 31)
    if not isinstance(parsed, Interval):
        return _day(parsed.lower_strict(), edtf), _day(parsed.upper_strict(), edtf)
    # The library pads an unknown end by ten years; here an end that is not known stays unknown.
    earliest = None if first in _OPEN else _day(_parse(first).lower_strict(), edtf)
    latest = None if last in _OPEN else _day(_parse(last).upper_strict(), edtf)
    return _in_order(edtf, earliest, latest)


def _in_order(edtf: str, earliest: date | None, latest: date | None) -> tuple[date | None, date | None]:
    if earliest is None and latest is None:
        raise ValueError(f"{edtf!r} says nothing: a date that is not known has no EDTF")
    if earliest and latest and latest < earliest:
        raise ValueError(f"the interval {edtf!r} ends before it starts")
    return earliest, latest


def _plain_bounds(edtf: str) -> tuple[date, date]:
    """The days of a year, a month or a day; ValueError for one that there is not."""
    year, *smaller = map(int, edtf.split("-"))
    month = smaller[0] if smaller else 12
    try:
        if len(smaller) > 1:
            return (date(year, month, smaller[1]),) * 2
        return date(year, month if smaller else 1, 1), date(year, month, monthrange(year, month)[1])
    except ValueError as error:
        raise ValueError(f"{edtf!r} is not a date in EDTF") from error


def _parse(edtf: str) -> Any:
    if edtf != edtf.strip():
        raise ValueError(f"{edtf!r} has white space around it")
    try:
        parsed = parse_edtf(edtf)
    except (EDTFParseException, TypeError, ValueError) as error:
        # The library itself trips over some texts that are none, such as `/..0`.
        raise ValueError(f"{edtf!r} is not a date in EDTF") from error
    if type(parsed) not in (*_POINTS, Interval, Level1Interval):
        raise ValueError(f"{edtf!r} is EDTF beyond level 1")
    return parsed


def _day(moment: struct_time | float, edtf: str) -> date:
    if not isinstance(moment, struct_time):
        raise ValueError(f"{edtf!r} has no day to start or end with")
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
