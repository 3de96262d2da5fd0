"""Arrow as the bytes that COPY ... (FORMAT binary) of Postgres takes: every value comes back exactly as it went."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

# https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format": a signature, flags, no extension; then each
# row as its number of fields and each field as its number of bytes and the bytes; at the end -1.
_HEAD = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
_END = struct.pack(">h", -1)
_ROWS = 8192
"""Rows encoded at once: the memory for them does not grow with the table."""
_DAY_2000 = 10957
"""Days from 1970, where Arrow counts from, to 2000, where Postgres does."""
_MICROSECONDS_2000 = _DAY_2000 * 86_400_000_000


def _bytes(value: bytes) -> pa.Scalar:
    return pa.scalar(value, pa.binary())


_EMPTY, _NULL = _bytes(b""), _bytes(struct.pack(">i", -1))


def blocks(rows: pa.Table) -> Iterator[bytes | pa.Buffer]:
    """The stream, in blocks.

    Args:
        rows: columns of string, int64, float64, bool, date32 and timestamp[us], for columns of the types varchar,
            bigint, double precision, boolean, date and timestamp with time zone.
    """
    yield _HEAD
    for batch in rows.to_batches(max_chunksize=_ROWS):
        fields = [_bytes(struct.pack(">h", batch.num_columns))]
        for column in batch.columns:
            fields += _field(column)
        # With a scalar for every piece the result would be one too: the first column always brings an array.
        joined = pc.binary_join_element_wise(*fields, _EMPTY, null_handling="replace", null_replacement=b"")
        _, offsets, data = joined.buffers()
        # The buffer may be larger than what is in it.
        yield data.slice(0, memoryview(offsets).cast("i")[len(joined)])
    yield _END


def _field(values: pa.Array) -> list[pa.Array | pa.Scalar]:
    """A column as two: how many bytes each value has (-1 for NULL), and the bytes."""
    if kinds.is_string(values.type):
        return [_big_endian(pc.binary_length(values).fill_null(-1), "i"), values.cast(pa.binary())]
    if kinds.is_boolean(values.type):
        size, data = 1, pc.if_else(values, _bytes(b"\1"), _bytes(b"\0"))
    elif kinds.is_date(values.type):
        days = pc.subtract(values.view(pa.int32()), pa.scalar(_DAY_2000, pa.int32()))
        size, data = 4, _big_endian(days, "i")
    elif kinds.is_timestamp(values.type):
        size, data = 8, _big_endian(pc.subtract(values.view(pa.int64()), _MICROSECONDS_2000), "q")
    else:
        size, data = 8, _big_endian(values.view(pa.int64()), "q")
    length = _bytes(struct.pack(">i", size))
    if values.null_count:
        known = values.is_valid()
        return [pc.if_else(known, length, _NULL), pc.if_else(known, data, _EMPTY)]
    return [length, data]


def _big_endian(numbers: pa.Array, code: str) -> pa.Array:
    """Whole numbers as Postgres reads them: the highest byte first. What stands under a null does not matter."""
    width = numbers.type.bit_width // 8
    swapped = array(code)
    swapped.frombytes(numbers.buffers()[1].slice(numbers.offset * width, len(numbers) * width))
    if sys.byteorder == "little":
        swapped.byteswap()
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), len(numbers), [None, pa.py_buffer(swapped)]).cast(
        pa.binary()
    )
