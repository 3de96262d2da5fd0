"""What COPY is given, read back by the words of Postgres' manual; a real Postgres reads it in the tests of loading."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from polidex.copy_binary import blocks

SCHEMA = pa.schema(
    {
        "text": pa.string(),
        "number": pa.int64(),
        "real": pa.float64(),
        "flag": pa.bool_(),
        "day": pa.date32(),
        "moment": pa.timestamp("us", tz="UTC"),
    }
)
READ: dict[str, Callable[[bytes], Any]] = {
    "text": lambda data: data.decode(),
    "number": lambda data: struct.unpack(">q", data)[0],
    "real": lambda data: data,
    "flag": lambda data: {b"\0": False, b"\1": True}[data],
    "day": lambda data: date(2000, 1, 1) + timedelta(struct.unpack(">i", data)[0]),
    "moment": lambda data: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=struct.unpack(">q", data)[0]),
}
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.none() | st.text(st.characters(exclude_categories=["Cs"])),
            "number": st.none() | st.integers(-(2**63), 2**63 - 1),
            "real": st.none() | st.floats(),
            "flag": st.none() | st.booleans(),
            "day": st.none() | st.dates(),
            "moment": st.none() | st.datetimes(timezones=st.just(UTC)),
        }
    ),
    max_size=8,
)


def read(stream: bytes) -> list[dict[str, Any]]:
    """The rows of a stream."""
    assert stream.startswith(b"PGCOPY\n\xff\r\n\0" + bytes(8))
    place, rows = 19, []
    while (fields := struct.unpack_from(">h", stream, place)[0]) != -1:
        assert fields == len(SCHEMA)
        place += 2
        row = {}
        for name in SCHEMA.names:
            (size,) = struct.unpack_from(">i", stream, place)
            place += 4
            row[name] = READ[name](stream[place : place + size]) if size >= 0 else None
            place += max(size, 0)
        rows.append(row)
    assert len(stream) == place + 2
    return rows


@given(ROWS, st.integers(0, 3))
def test_every_value_is_read_back_as_it_went(rows: list[dict[str, Any]], skipped: int) -> None:
    whole = pa.Table.from_pylist(rows, schema=SCHEMA)
    parts = pa.concat_tables([whole.slice(skipped), whole])
    expected = [
        row | {"real": None if row["real"] is None else struct.pack(">d", row["real"])} for row in rows[skipped:] + rows
    ]
    assert read(b"".join(bytes(block) for block in blocks(parts))) == expected


def test_a_block_does_not_grow_with_the_table() -> None:
    rows = pa.table({"number": pa.array(range(100_000), pa.int64())})
    found = list(blocks(rows))
    assert max(map(len, found)) < 200_000
    assert sum(map(len, found)) == 19 + 100_000 * 14 + 2
