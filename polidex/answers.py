"""Write an answer for people and for programs: a table on the screen, CSV, JSON or Parquet."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO, Literal

import pyarrow as pa
import pyarrow.parquet as pq
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

COLUMN_CHARS = 40
"""A text of this length or more may be folded to fit the screen."""

EXACT = 2**53
"""Whole numbers below it are exact as a double."""

_FORMULA = ("=", "+", "-", "@", "\t")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Format = Literal["table", "csv", "json", "parquet"]


def write_table(table: pa.Table, kind: Format, stream: BinaryIO, *, width: int | None = None) -> None:
    """Write `table` to a binary stream; text is UTF-8.

    Args:
        kind: `json` is a list with an object per row; dates and times are ISO 8601 in it and in `csv`. In `csv` a text
            that a spreadsheet would take for a formula has an apostrophe before it. Only `parquet` tells 1.0 from 1.
        width: of the table on the screen, in characters; None for that of the terminal.
    """
    if kind == "parquet":
        pq.write_table(table, stream)
    elif kind == "json":
        rows = [dict(zip(table.column_names, map(_short, row), strict=True)) for row in _rows(table)]
        stream.write(json.dumps(rows, ensure_ascii=False, indent=2, default=_json).encode() + b"\n")
    elif kind == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(table.column_names)
        writer.writerows([_for_spreadsheet(value) for value in row] for row in _rows(table))
        stream.write(text.getvalue().encode())
    else:
        stream.write(_screen(table, width).encode())


def one_line(value: str) -> str:
    """A text of a stranger as the screen may show it: no line break, and no code that a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in value)


def _screen(table: pa.Table, width: int | None) -> str:
    width = width or Console().width
    names = [one_line(name) for name in table.column_names]
    rows = [[one_line(_cell(value)) for value in row] for row in _rows(table)]
    needed = sum(
        max([len(name), *(min(len(row[position]), COLUMN_CHARS) for row in rows)]) + 2
        for position, name in enumerate(names)
    )
    output = io.StringIO()
    console = Console(file=output, width=width, color_system=None, highlight=False)
    if needed <= width:
        numbers = [pa.types.is_integer(field.type) or pa.types.is_floating(field.type) for field in table.schema]
        shown = Table(box=box.SIMPLE, pad_edge=False)
        for name, number in zip(names, numbers, strict=True):
            shown.add_column(Text(name), justify="right" if number else "left", overflow="fold")
        for row in rows:
            shown.add_row(*map(Text, row))
        console.print(shown)
    else:
        # Too wide for the screen: a row is a block with a line for each value that is there.
        for number_of_row, row in enumerate(rows, start=1):
            block = Table(
                box=None, show_header=False, pad_edge=False, title=f"row {number_of_row}", title_justify="left"
            )
            block.add_column(no_wrap=True)
            block.add_column(overflow="fold")
            for name, value in zip(names, row, strict=True):
                if value:
                    block.add_row(Text(name), Text(value))
            console.print(block)
            console.print()
    console.print("1 row" if table.num_rows == 1 else f"{table.num_rows:,} rows")
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines()) + "\n"


def _rows(table: pa.Table) -> list[tuple[Any, ...]]:
    columns = [column.to_pylist() for column in table.columns]
    return list(zip(*columns, strict=True))


def _for_spreadsheet(value: Any) -> str:
    cell = _CONTROL.sub(" ", _cell(value))
    return f"'{cell}" if isinstance(value, str) and cell.startswith(_FORMULA) else cell


def _short(value: Any) -> Any:
    """A whole number without decimals: whether it is one by type is not the same on both databases."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < EXACT else value


def _cell(value: Any) -> str:
    value = _short(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_json)
    return str(value)


def _json(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else _cell(value)
