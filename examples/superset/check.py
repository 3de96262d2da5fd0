"""Proof that Superset works with both databases: what its users do, over its REST API, one line for each check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examples.superset.bundle import FOLDER, NAMES
from examples.superset.rest import Rest
from examples.superset.service import Running
from polidex.query import run_query

_EXPECTED = Path(__file__).with_name("expected")
_JOINED = """\
SELECT o.country_name, o.office, t.person, t.start_edtf, t.start_date, t.days_at_least, t.is_in_office
FROM analytics.fact_tenure AS t
INNER JOIN analytics.dim_office AS o ON o.office_id = t.office_id
ORDER BY t.tenure_id"""
_FORBIDDEN = {
    "duckdb": {
        "read a file of the server": "SELECT * FROM read_text('/etc/hostname')",
        "open another file": "ATTACH '/tmp/other.duckdb' AS other",
        "change the settings": "SET enable_external_access = true",
    },
    "postgresql": {
        "read a file of the server": "SELECT pg_read_file('/etc/hostname')",
        "read the texts of articles": "SELECT text FROM public.document_version",
        "read the replies of models": "SELECT * FROM public.extraction",
    },
}
_WRITES = {
    "delete rows": "DELETE FROM person",
    "change rows": "UPDATE person SET name = 'x'",
    "make a table": "CREATE TABLE analytics.mine (one INTEGER)",
}


@dataclass(frozen=True)
class Result:
    """What one check found.

    Attributes:
        fault: what is wrong; empty where all is well.
        found: what was seen, in a few words.
    """

    name: str
    found: str
    fault: str = ""

    def line(self) -> str:
        """The check on one line."""
        return f"{'FAILED' if self.fault else 'ok':<7}{self.name}: {self.fault or self.found}"


def checks(running: Running, duckdb: str) -> Iterator[Result]:
    """All checks, of a Superset that shows the same rows from a DuckDB file and from Postgres.

    Args:
        duckdb: URL of the file; what charts must show is asked of it without Superset.
    """
    with Rest(running) as rest:
        databases = {each["database_name"]: each["id"] for each in rest.get("database/")["result"]}
        answers = {}
        for kind, name in NAMES.items():
            number = databases[name]
            yield _connects(rest, name, number)
            yield from _names(rest, name, number)
            answers[kind] = _rows(rest, number, _JOINED)
            yield from _refusals(rest, kind, number)
        one, other = answers.values()
        equal = one == other and len(one) > 0
        yield Result(
            "SQL Lab", f"{len(one)} equal rows from both", "" if equal else "the databases give different rows"
        )
        yield from _charts(rest, duckdb)


def _connects(rest: Rest, name: str, number: int) -> Result:
    kept = rest.get(f"database/{number}/connection")["result"]
    asked = {key: kept[key] for key in ("database_name", "sqlalchemy_uri", "extra")}
    return Result(
        f"{name}, test of the connection", "it connects", rest.refused("database/test_connection/", asked) or ""
    )


def _names(rest: Rest, name: str, number: int) -> Iterator[Result]:
    """Schemas, views and columns, with their comments."""
    schema = next(each for each in rest.get(f"database/{number}/schemas/")["result"] if "analytics" in each)
    views = [each["value"] for each in rest.get(f"database/{number}/tables/?q=(schema_name:{schema})")["result"]]
    yield Result(f"{name}, list of views", f"{len(views)} in {schema}", "" if "fact_tenure" in views else str(views))
    silent, columns = [], 0
    for view in views:
        found = rest.get(f"database/{number}/table_metadata/?name={view}&schema={schema}")
        columns += len(found["columns"])
        silent += [] if found["comment"] else [view]
        silent += [f"{view}.{each['name']}" for each in found["columns"] if not each["comment"]]
    fault = f"no comment on {', '.join(silent)}" if silent else ""
    yield Result(f"{name}, comments", f"{len(views)} views and {columns} columns have one", fault)


def _refusals(rest: Rest, kind: str, number: int) -> Iterator[Result]:
    """What nobody may do in SQL Lab, and nobody could if Superset let them."""
    for what, sql in _FORBIDDEN[kind].items():
        yield _refused(rest, number, f"{NAMES[kind]}, cannot {what}", sql)
    for may_write in (False, True):
        rest.put(f"database/{number}", {"allow_dml": may_write})
        who = "the database" if may_write else "Superset"
        for what, sql in _WRITES.items():
            yield _refused(rest, number, f"{NAMES[kind]}, {who} lets nobody {what}", sql)
    rest.put(f"database/{number}", {"allow_dml": False})


def _refused(rest: Rest, number: int, name: str, sql: str) -> Result:
    said = rest.refused("sqllab/execute/", _statement(number, sql))
    if said is None:
        return Result(name, "", f"it was done: {sql}")
    return Result(name, " ".join(said.split())[:100])


def _rows(rest: Rest, number: int, sql: str) -> list[dict[str, Any]]:
    return list(rest.post("sqllab/execute/", _statement(number, sql))["data"])


def _statement(number: int, sql: str) -> dict[str, Any]:
    return {"database_id": number, "sql": sql, "runAsync": False, "queryLimit": 10_000}


def _charts(rest: Rest, duckdb: str) -> Iterator[Result]:
    """What each chart is given, beside what the database answers without Superset."""
    files = {_title(file): file.stem for file in sorted((FOLDER / "charts").glob("*.yaml"))}
    for chart in rest.get("chart/?q=(order_column:slice_name,order_direction:asc,page_size:100)")["result"]:
        title, dataset = chart["slice_name"], chart["datasource_name_text"]
        place = NAMES["postgresql" if dataset.endswith("on Postgres") else "duckdb"]
        given = rest.get(f"chart/{chart['id']}/data/")["result"][0]["data"]
        sql = (_EXPECTED / f"{files[title]}.sql").read_text(encoding="utf-8")
        table = run_query(duckdb, sql)
        expected = zip(*(column.to_pylist() for column in table.columns), strict=True)
        shown = sorted(_plain(row.values()) for row in given)
        equal = shown and shown == sorted(_plain(row) for row in expected)
        yield Result(
            f"{place}, chart {title!r}", f"{len(shown)} rows, as expected", "" if equal else f"shows {shown[:3]}"
        )


def _title(file: Path) -> str:
    line = next(line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("slice_name: "))
    return line.removeprefix("slice_name: ").strip("'\"")


def _plain(row: Any) -> tuple[str, ...]:
    """Values as text; for a day or a time its milliseconds since 1970, as Superset gives them."""
    return tuple(str(_milliseconds(value) if isinstance(value, dt.date) else value) for value in row)


def _milliseconds(day: dt.date) -> float:
    time = day if isinstance(day, dt.datetime) else dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return time.timestamp() * 1000
