"""Rows in Arrow: what fits, what does not, and which of two rows with one key is taken."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.batches import fitted
from schema.errors import RowError
from schema.tables import metadata

PERSON, CLAIM, LINK, RUN = (metadata.tables[name] for name in ("person", "claim", "claim_evidence", "extraction_run"))
KEYS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=12)


@given(KEYS, st.integers(1, 5))
def test_the_later_of_two_rows_with_one_key_is_taken(keys: list[tuple[str, str]], size: int) -> None:
    columns = {"claim_id": [key[0] for key in keys], "evidence_id": [key[1] for key in keys]}
    types = {"claim_id": pa.string(), "evidence_id": pa.string(), "ordinal": pa.int64()}
    rows = pa.table({**columns, "ordinal": list(range(len(keys)))}, schema=pa.schema(types))
    chunked = pa.Table.from_batches(rows.to_batches(max_chunksize=size), schema=rows.schema)
    expected = {key: number for number, key in enumerate(keys)}
    found = fitted(LINK, chunked).to_pylist()
    assert {(row["claim_id"], row["evidence_id"]): row["ordinal"] for row in found} == expected
    assert len(found) == len(expected)
    named = rows.select([0, 1]).rename_columns(["id", "name"])
    later = {key: number for number, (key, _) in enumerate(keys)}
    assert fitted(PERSON, named).to_pylist() == [
        {"id": key, "name": name} for number, (key, name) in enumerate(keys) if later[key] == number
    ]


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())], ids=str)
def test_text_comes_in_every_type_that_arrow_has_for_it(kind: pa.DataType) -> None:
    rows = pa.table({"name": pa.array(["Ada", "Ben", None]).cast(kind), "id": ["a", "b", "c"]})
    found = fitted(PERSON, rows)
    assert found.schema == pa.schema({"id": pa.string(), "name": pa.string()})
    assert found.column("name").to_pylist() == ["Ada", "Ben", None]


def test_numbers_and_moments_of_another_width_fit() -> None:
    moment = datetime(2020, 1, 1, 12, tzinfo=UTC)
    rows = pa.table(
        {
            "id": ["r"],
            "pid": pa.array([7], pa.int16()),
            "cost_usd": pa.array([2], pa.int32()),
            "started_at": pa.array([moment], pa.timestamp("s", tz="Europe/Paris")),
            "finished_at": pa.nulls(1),
        }
    )
    (row,) = fitted(RUN, rows).to_pylist()
    assert row == {"id": "r", "pid": 7, "cost_usd": 2.0, "started_at": moment, "finished_at": None}


def text_of(data: bytes) -> pa.Array:
    """A text of any bytes, as another program may hand it over."""
    return pa.Array.from_buffers(
        pa.string(), 1, [None, pa.array([0, len(data)], pa.int32()).buffers()[1], pa.py_buffer(data)]
    )


FAR_DAY = pa.array([4_000_000], pa.int32()).cast(pa.date32())
FAR_MOMENT = pa.array([2**62], pa.int64()).cast(pa.timestamp("us", tz="UTC"))


@pytest.mark.parametrize(
    ("table", "columns", "message"),
    [
        (PERSON, {"id": ["a"], "shoe_size": [1]}, "no column shoe_size"),
        (PERSON, {"name": ["Ada"]}, "lacks its key: id"),
        (PERSON, {"id": ["a", None]}, "empty key"),
        (PERSON, {"id": ["a"], "name": [7]}, "name is string there, not int64"),
        (PERSON, {"id": ["a"], "name": ["A\0"]}, "NUL"),
        (PERSON, {"id": ["a"], "name": text_of(b"\xff")}, "name: .*UTF"),
        (PERSON, {"id": ["a"], "birth_date_earliest": ["2020-01-01"]}, "not string"),
        (
            PERSON,
            {"id": ["a"], "birth_date_earliest": FAR_DAY},
            "1 to 9999",
        ),
        (CLAIM, {"id": ["a"], "confidence": [2**60 + 1]}, "confidence: "),
        (CLAIM, {"id": ["a"], "is_current": [1]}, "not int64"),
        (RUN, {"id": ["a"], "pid": [1.5]}, "not double"),
        (RUN, {"id": ["a"], "started_at": [datetime(2020, 1, 1)]}, "started_at"),
        (
            RUN,
            {"id": ["a"], "started_at": FAR_MOMENT},
            "1 to 9999",
        ),
    ],
)
def test_what_does_not_fit_is_said(table: Any, columns: dict[str, Any], message: str) -> None:
    with pytest.raises(RowError, match=message):
        fitted(table, pa.table(columns))


def test_a_column_that_comes_twice_is_refused() -> None:
    with pytest.raises(RowError, match="a column twice"):
        fitted(PERSON, pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["id", "id"]))


def test_what_lies_beside_a_slice_does_not_matter() -> None:
    rows = pa.table({"id": ["a", "b"], "name": ["A\0", "Ben"], "birth_date_earliest": [None, date(2020, 1, 1)]})
    assert len(fitted(PERSON, rows.slice(1))) == 1
