"""Write `sql/analytics/data_dictionary.sql` and `docs/data-dictionary.md` from the comments of the tables and views.

`python -m docs.dictionary`
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from polidex.database import SQL, make_engine, parse_url, view_order
from polidex.grants import ANALYTICS
from polidex.publish import upgrade
from schema.tables import FOR_ANALYSTS, metadata

SQL_FILE = SQL / ANALYTICS / "data_dictionary.sql"
PAGE = Path(__file__).with_name("data-dictionary.md")
_WORDS: dict[type, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "yes or no",
    date: "date",
    datetime: "date and time",
}
_JOINS = re.compile(r"\bJoins (\w+)(?: on (\w+))?")
_INTRODUCTION = """# Data dictionary

What every table, view and column holds. This page, and the view `analytics.data_dictionary` which tells the same in the
database, are made by `python -m docs.dictionary` from the comments that a BI tool shows: change those.

```sql
SELECT column_name, data_type, description, refers_to
FROM analytics.data_dictionary
WHERE table_name = 'fact_tenure'
ORDER BY position
```
"""
_THE_STAR = """
## The star

Dimensions and facts of plain columns, in the schema `analytics`; how to use them is in the
[guide for BI developers](guide-bi.md#the-star). Not drawn: every `country_code` joins `dim_country`,
and every date of a fact that is called `…_date` joins `dim_day`.
"""
_THE_VIEWS = """
## The views

Wide views for questions in SQL; how to use them is in the [guide for analysts](guide-analyst.md).
"""
_THE_TABLES = """
## The tables

The merged rows that all views are made of, and `redirect`, which tells where keys lead that are gone. Analysts may read
them too.
"""
_BEHIND = """
## What lies behind

What was read, what the model said, and what rests on it. It is not for analysts, who get from a value to its words by
`analytics.fact_claim` or `fact_sources`. A `canonical_id` is the key of a row in the table that `record_type` names.
"""
_NOT_DRAWN = ("dim_country", "dim_day")
_BEFORE, _AFTER = "    VALUES\n", "\n) AS d ("


@dataclass(frozen=True)
class Entry:
    """One row of the dictionary: a column, or with an empty `column_name` the table or view itself."""

    table_schema: str | None
    table_name: str
    kind: str
    column_name: str | None
    position: int
    data_type: str | None
    nullable: bool | None
    description: str
    refers_to: str | None


def entries() -> list[Entry]:
    """What a new database holds for analysts: the star, the other views, the tables; columns in their order."""
    with TemporaryDirectory() as folder:
        url = f"duckdb:///{folder}/polidex.duckdb"
        upgrade(url)
        with make_engine(parse_url(url), read_only=True).connect() as connection:
            inspector = sa.inspect(connection)
            names = sorted(view_order(), key=lambda name: ("." not in name, name))
            views = [each for name in names for each in _view(inspector, name)]
    return views + [each for name in FOR_ANALYSTS for each in _table(metadata.tables[name])]


def _view(inspector: sa.Inspector, name: str) -> Iterator[Entry]:
    schema, _, view = name.rpartition(".")
    where = schema or None
    yield Entry(where, view, "view", None, 0, None, None, str(inspector.get_table_comment(view, where)["text"]), None)
    for position, column in enumerate(inspector.get_columns(view, where), start=1):
        said = str(column["comment"])
        target = _joined(said, column["name"]) if schema else _of_table(column["name"])
        yield Entry(
            where, view, "view", column["name"], position, _WORDS[column["type"].python_type], True, said, target
        )


def _table(table: sa.Table) -> Iterator[Entry]:
    yield Entry(None, table.name, "table", None, 0, None, None, str(table.comment), None)
    for position, column in enumerate(table.columns, start=1):
        target = next((key.target_fullname for key in column.foreign_keys), None)
        kind = _WORDS[column.type.python_type]
        required = not column.nullable
        yield Entry(None, table.name, "table", column.name, position, kind, not required, str(column.comment), target)


def _joined(said: str, column: str) -> str | None:
    """What the comment of a column of the star says that it joins."""
    found = _JOINS.search(said)
    return f"{ANALYTICS}.{found[1]}.{found[2] or column}" if found else None


def _of_table(column: str) -> str | None:
    """The table whose key a column of the other views holds, by its name."""
    table = column.removesuffix("_id")
    return f"{table}.id" if column.endswith("_id") and table in FOR_ANALYSTS else None


def sql_text(known: list[Entry]) -> str:
    """The whole of data_dictionary.sql."""
    rows = ",\n".join(f"    ({', '.join(map(_literal, astuple(each)))})" for each in known)
    before, _, rest = SQL_FILE.read_text(encoding="utf-8").partition(_BEFORE)
    return f"{before}{_BEFORE}{rows}{_AFTER}{rest.partition(_AFTER)[2]}"


def _literal(value: str | int | None) -> str:
    match value:
        case None:
            return "NULL"
        case bool() | int():
            return str(value).upper()
        case _:
            return "'" + value.replace("'", "''") + "'"


def page(known: list[Entry]) -> str:
    """The whole of data-dictionary.md."""
    star = [each for each in known if each.table_schema]
    views = [each for each in known if not each.table_schema and each.kind == "view"]
    tables = [each for each in known if each.kind == "table"]
    behind = [each for table in metadata.tables.values() if table.name not in FOR_ANALYSTS for each in _table(table)]
    parts: tuple[tuple[str, list[Entry], list[Entry]], ...] = (
        (_INTRODUCTION, [], []),
        (_THE_STAR, star, star),
        (_THE_VIEWS, [], views),
        (_THE_TABLES, tables, tables),
        (_BEHIND, behind, behind),
    )
    return "".join(f"{words}{_diagram(drawn)}{_described(listed)}" for words, drawn, listed in parts)


def _diagram(drawn: list[Entry]) -> str:
    """An entity diagram in Mermaid: keys, and what they join."""
    links: dict[tuple[str, str], list[Entry]] = {}
    targets = set()
    for each in drawn:
        table, key = each.refers_to.split(".")[-2:] if each.refers_to else ("", "")
        if table and table not in _NOT_DRAWN:
            links.setdefault((table, each.table_name), []).append(each)
            targets.add((table, key))
    lines = [
        f'    {one} {"|o" if columns[0].nullable else "||"}--o{{ {many} : "{", ".join(map(_name, columns))}"'
        for (one, many), columns in links.items()
    ]
    for table in dict.fromkeys(each.table_name for each in drawn):
        columns = [each for each in drawn if each.table_name == table and each.column_name]
        keys = [each for each in columns if _is_key(each) or (table, each.column_name) in targets]
        foreign = [each for pair, joined in links.items() if pair[1] == table for each in joined]
        marks = [f"{each.data_type} {each.column_name} PK" for each in keys if each not in foreign]
        marks += [f"{each.data_type} {each.column_name} {'PK, FK' if each in keys else 'FK'}" for each in foreign]
        if marks:
            lines += [f"    {table} {{", *(f"        {mark}" for mark in marks), "    }"]
    return "\n".join(("\n```mermaid", "erDiagram", *lines, "```\n")) if drawn else ""


def _is_key(column: Entry) -> bool:
    return column.position == 1 and column.description.startswith("Key of the ")


def _name(column: Entry) -> str:
    return column.column_name or ""


def _described(listed: list[Entry]) -> str:
    """A heading for each table or view, what it is, and a table of its columns."""
    lines = []
    for each in listed:
        if each.column_name is None:
            lines += [f"\n### `{each.table_name}`\n\n{each.description}\n"]
            lines += ["| column | type | what it holds |", "|---|---|---|"]
        else:
            kind = each.data_type if each.nullable else f"{each.data_type}, never empty"
            joins = f" Joins `{each.refers_to}`." if each.refers_to and not each.table_schema else ""
            lines.append(f"| `{each.column_name}` | {kind} | {each.description}{joins} |")
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    found = entries()
    SQL_FILE.write_text(sql_text(found), encoding="utf-8")
    PAGE.write_text(page(found), encoding="utf-8")
