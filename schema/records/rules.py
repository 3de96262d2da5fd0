"""Rules that several records share. Each raises ValueError, which Pydantic reports as a broken rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from schema.dates import WorldDate

SHARES_TOGETHER_PCT = 100.5
"""Shares of one whole add up to at most this: each may have been rounded up."""


def not_before(end_name: str, end: WorldDate, start_name: str, start: WorldDate) -> None:
    """An end does not come before its start, where the two are known well enough to tell."""
    if end.is_before(start):
        raise ValueError(f"{end_name} {end.edtf} is before {start_name} {start.edtf}")


def belong_to(parent_id: str, named_ids: Iterable[str]) -> None:
    """The parts of a record name that record as the one they belong to."""
    for named in named_ids:
        if named != parent_id:
            raise ValueError(f"a part of {parent_id} says that it belongs to {named}")


def not_its_own_parent(own_id: str, parent_id: str | None) -> None:
    if own_id == parent_id:
        raise ValueError(f"{own_id} is its own parent")


def shares_fit(shares: Mapping[str, Iterable[float | None]]) -> None:
    """Shares of one whole do not add up to more than the whole. `shares` maps what they are shares of to per cents."""
    for whole, parts in shares.items():
        total = sum(part for part in parts if part is not None)
        if total > SHARES_TOGETHER_PCT:
            raise ValueError(f"the shares of {whole} add up to {total:g} per cent")
