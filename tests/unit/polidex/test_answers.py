"""Answers as people and programs get them."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from polidex.answers import Format, write_table

ANSWER = pa.table(
    {
        "name": ["Ada", None, 'a;b\n\x1b[31m"c"'],
        "day": [date(1999, 10, 1), None, None],
        "at": pa.array([datetime(2020, 1, 1, tzinfo=UTC), None, None], pa.timestamp("us", tz="UTC")),
        "share": [Decimal("1.50"), None, None],
        "won": [True, False, None],
        "list": [[1, 2], [], None],
    }
)


def written(kind: Format, table: pa.Table = ANSWER, width: int | None = 100) -> bytes:
    stream = io.BytesIO()
    write_table(table, kind, stream, width=width)
    return stream.getvalue()


def test_csv() -> None:
    lines = written("csv").decode().splitlines()
    assert lines[:3] == [
        "name,day,at,share,won,list",
        'Ada,1999-10-01,2020-01-01T00:00:00+00:00,1.50,true,"[1, 2]"',
        ",,,,false,[]",
    ]


def test_json() -> None:
    first, second, third = json.loads(written("json"))
    assert first["at"] == "2020-01-01T00:00:00+00:00"
    assert (first["share"], first["list"], second["won"], second["day"]) == (1.5, [1, 2], False, None)
    assert third["name"] == 'a;b\n\x1b[31m"c"'
    assert json.loads(written("json", ANSWER.slice(0, 0))) == []


def test_parquet() -> None:
    assert pq.read_table(io.BytesIO(written("parquet"))).equals(ANSWER)


@pytest.mark.parametrize("width", [120, 30])
def test_the_screen_gets_no_codes_of_strangers(width: int) -> None:
    text = written("table", width=width).decode()
    assert "\x1b" not in text
    assert "1999-10-01" in text
    assert text.endswith("3 rows\n")
    assert max(map(len, text.splitlines())) <= width


def test_markup_in_a_value_is_text() -> None:
    assert "[bold]x[/bold]" in written("table", pa.table({"v": ["[bold]x[/bold]"]})).decode()
    assert written("table", pa.table({"v": ["x"]})).decode().endswith("1 row\n")


def test_a_spreadsheet_gets_no_formula_of_strangers() -> None:
    texts = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "a=1", "", "\x1b[31mred\x9b"]
    table = pa.table({"text": texts, "number": [-1.0, -0.5, -2.0, 0.0, 1e300, 2.5, None, 3.0]})
    lines = list(csv.reader(io.StringIO(written("csv", table).decode())))
    assert [text for text, _ in lines[1:]] == [
        *("'=HYPERLINK(1)", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "a=1", "", " [31mred ")
    ]
    assert [number for _, number in lines[1:]] == ["-1", "-0.5", "-2", "0", "1e+300", "2.5", "", "3"]
    assert [row["text"] for row in json.loads(written("json", table))] == texts
    assert '"number": -1,' not in written("json", table).decode()
    assert '"number": -1\n' in written("json", table).decode()
