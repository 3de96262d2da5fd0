"""Dates of the world, as precise as their source: EDTF, with the first and last day that it allows."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from time import struct_time
from typing import Any, Self

from edtf import Date, DateAndTime, Level1Interval, Season, UncertainOrApproximate, Unspecified, parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from edtf.parser.parser_classes import Interval
from pydantic import model_validator

from schema.base import Record
from schema.vocabulary import Basis, DateRelation

_POINTS = (Date, DateAndTime, Season, UncertainOrApproximate, Unspecified)
_OPEN = ("..", "")


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

    def is_before(self, other: WorldDate) -> bool:
        """Whether every day that this date allows is before every day that the other allows.

        A date that is imprecise, open or unknown on the side that matters is never before another.
        """
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest

    def relation(self, other: WorldDate) -> DateRelation:
        """What this date is to the other: `refines` when it allows only days that the other allows, and fewer."""
        if (self.earliest, self.latest) == (other.earliest, other.latest):
            return DateRelation.EQUAL
        if self.is_before(other) or other.is_before(self):
            return DateRelation.DISJOINT
        if _within(self, other):
            return DateRelation.REFINES
        if _within(other, self):
            return DateRelation.REFINED_BY
        return DateRelation.OVERLAPS

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


def _within(inner: WorldDate, outer: WorldDate) -> bool:
    starts = outer.earliest is None or (inner.earliest is not None and inner.earliest >= outer.earliest)
    ends = outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest)
    return starts and ends


@lru_cache(maxsize=4096)
def _bounds(edtf: str) -> tuple[date | None, date | None]:
    """The first and last day that an EDTF string allows, None on a side that is open."""
    parsed = _parse(edtf)
    if isinstance(parsed, Season):
        # Which months a season has depends on the hemisphere, which a date does not tell: only the year is sure.
        year = parsed.lower_strict().tm_year
        return date(year, 1, 1), date(year, 12, 31)
    if not isinstance(parsed, Interval):
        return _day(parsed.lower_strict(), edtf), _day(parsed.upper_strict(), edtf)
    # The library pads an unknown end by ten years; here an end that is not known stays unknown.
    first, last = edtf.split("/")
    earliest = None if first in _OPEN else _day(_parse(first).lower_strict(), edtf)
    latest = None if last in _OPEN else _day(_parse(last).upper_strict(), edtf)
    if earliest is None and latest is None:
        raise ValueError(f"{edtf!r} says nothing: a date that is not known has no EDTF")
    if earliest and latest and latest < earliest:
        raise ValueError(f"the interval {edtf!r} ends before it starts")
    return earliest, latest


def _parse(edtf: str) -> Any:
    if edtf != edtf.strip():
        raise ValueError(f"{edtf!r} has white space around it")
    try:
        parsed = parse_edtf(edtf)
    except (EDTFParseException, ValueError) as error:
        raise ValueError(f"{edtf!r} is not a date in EDTF") from error
    if type(parsed) not in (*_POINTS, Interval, Level1Interval):
        raise ValueError(f"{edtf!r} is EDTF beyond level 1")
    return parsed


def _day(moment: struct_time | float, edtf: str) -> date:
    if not isinstance(moment, struct_time):
        raise ValueError(f"{edtf!r} has no day to start or end with")
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
