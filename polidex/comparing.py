"""Whether two streams of rows in the order of their keys are equal, how far, and what only the second has."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import sqlalchemy as sa

from polidex.streams import Key, key_at, keys_of


@dataclass(frozen=True)
class Compared:
    """How two streams compare.

    Attributes:
        equal: with how many equal rows both begin.
        last_equal: the key of the last of these.
        differs: the key from which on they differ; None if they are equal.
        extra: the keys that only the second stream has.
    """

    equal: int = 0
    last_equal: Key | None = None
    differs: Key | None = None
    extra: list[Key] = field(default_factory=list)


def compare(
    table: sa.Table, ours: Iterator[pa.Table], theirs: Iterator[pa.Table], advance: Callable[[int], None]
) -> Compared:
    """Compare two streams of the same columns to their ends: every value, numbers to the last bit.

    Args:
        advance: told of how many rows of the second stream were compared.
    """
    first, second = _Rows(table, ours), _Rows(table, theirs)
    equal, last = 0, None
    while first.more() and second.more():
        length = min(len(first.rows), len(second.rows))
        same = _same(first.rows[:length], second.rows[:length])
        if same:
            last = key_at(table, first.rows, same - 1)
            equal += same
        first.drop(same)
        second.drop(same)
        advance(same)
        if same < length:
            break
    heads = [key_at(table, each.rows, 0) for each in (first, second) if each.more()]
    return Compared(equal, last, min(heads, default=None), _extra(first.keys(), second.keys(), advance))


class _Rows:
    """What of a stream was not looked at yet; its first rows are at hand."""

    def __init__(self, table: sa.Table, batches: Iterator[pa.Table]) -> None:
        self._table = table
        self._batches = batches
        self.rows: pa.Table = next(batches, None)

    def more(self) -> bool:
        """Whether there are rows; if so, some are at hand."""
        while self.rows is not None and not len(self.rows):
            self.rows = next(self._batches, None)
        return self.rows is not None

    def drop(self, rows: int) -> None:
        self.rows = self.rows[rows:]

    def keys(self) -> Iterator[Key]:
        while self.more():
            rows, self.rows = self.rows, self.rows[:0]
            yield from keys_of(self._table, rows)


def _extra(ours: Iterator[Key], theirs: Iterator[Key], advance: Callable[[int], None]) -> list[Key]:
    """The keys that only the second has; both are read to their ends."""
    found: list[Key] = []
    our = next(ours, None)
    for their in theirs:
        advance(1)
        while our is not None and our < their:
            our = next(ours, None)
        if our != their:
            found.append(their)
    deque(ours, maxlen=0)
    return found


def _same(ours: pa.Table, theirs: pa.Table) -> int:
    """With how many equal rows two tables of one length begin."""
    ours, theirs = _bits(ours), _bits(theirs)
    if ours.equals(theirs):
        return len(ours)
    low, high = 0, len(ours)
    while high - low > 1:
        middle = (low + high) // 2
        if ours[low:middle].equals(theirs[low:middle]):
            low = middle
        else:
            high = middle
    return low


def _bits(rows: pa.Table) -> pa.Table:
    """The rows with their numbers as bits: 0.0 and -0.0 are two values, and what is no number equals itself."""
    for place, column in enumerate(rows.columns):
        if pa.types.is_floating(column.type):
            bits = pa.chunked_array([chunk.view(pa.int64()) for chunk in column.chunks], pa.int64())
            rows = rows.set_column(place, rows.column_names[place], bits)
    return rows
