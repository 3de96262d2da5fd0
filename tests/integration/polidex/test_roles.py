"""Roles on a real Postgres: each login does what its role is for, and is refused what it is not."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql

from examples.postgres_server import Server
from polidex.cli import run_command
from polidex.database import make_engine, parse_url, view_order
from polidex.grants import ANALYST, OWNER, WRITER
from polidex.publish import open_store, upgrade
from polidex.roles import access, grant, revoke
from schema.errors import NotAllowed, UsageError
from schema.tables import canonical, metadata
from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.stored import BASE, rows

DENIED = "42501"
CANCELLED = "57014"
MERGED = sorted(["redirect", *(each.name for each in vars(canonical).values() if isinstance(each, sa.Table))])
RAW = sorted({*metadata.tables, "alembic_version"} - set(MERGED))


class Team:
    """A database with rows and roles, and one login for each role, of names that no other test has."""

    def __init__(self, url: str) -> None:
        self.url = url
        mark = uuid4().hex[:8]
        self.owner, self.writer, self.analyst = (f"{role}_{mark}" for role in ("olga", "walt", "anna"))

    def url_of(self, login: str) -> str:
        return parse_url(self.url).set(username=login, password="any").render_as_string(hide_password=False)

    def connect(self, login: str | None = None) -> psycopg.Connection[tuple[object, ...]]:
        address = parse_url(self.url_of(login) if login else self.url).set(drivername="postgresql")
        return psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)

    def does(self, login: str | None, *statements: str) -> list[tuple[object, ...]]:
        """What the last of the statements gives, done in one session of the login."""
        with self.connect(login) as connection:
            for each in statements:
                cursor = connection.execute(each.encode())
            return cursor.fetchall() if cursor.description else []

    def refused(self, login: str, *statements: str) -> str | None:
        """The SQLSTATE with which the last of the statements is refused; None when it is not."""
        with self.connect(login) as connection:
            for each in statements[:-1]:
                connection.execute(each.encode())
            try:
                connection.execute(statements[-1].encode())
            except psycopg.Error as error:
                return error.sqlstate
            return None


@pytest.fixture(scope="module")
def _loaded(postgres_server: Server) -> Iterator[str]:
    """The name of a database with tables, views and a fact, and without roles: a template, which is copied fast."""
    name = f"polidex_{uuid4().hex}"
    postgres_server.make_database(name)
    with open_store(postgres_server.url(name)) as store:
        fact = {"of": "person", "id": "p1", "field": "name", "value": "Ada"}
        store.load(rows(BASE, {"person": [{"id": "p1", "name": "Ada"}], "fact": [fact]}))
    yield name
    postgres_server.drop_database(name)


@contextmanager
def team_on(server: Server, template: str) -> Iterator[Team]:
    name = f"polidex_{uuid4().hex}"
    with psycopg.connect(server.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
        copied = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        connection.execute(copied)
    team = Team(server.url(name))
    grant(team.url, role="owner", login=team.owner, password="o")
    grant(team.url, role="writer", login=team.writer, password="w")
    grant(team.url, role="analyst", login=team.analyst, password="a", statement_seconds=30)
    yield team
    drop(team, team.owner, team.writer, team.analyst)
    server.drop_database(name)


@pytest.fixture(scope="module")
def team(postgres_server: Server, _loaded: str) -> Iterator[Team]:
    """For tests that leave everything as it is."""
    with team_on(postgres_server, _loaded) as team:
        yield team


@pytest.fixture
def own_team(postgres_server: Server, _loaded: str) -> Iterator[Team]:
    """For tests that change something."""
    with team_on(postgres_server, _loaded) as team:
        yield team


def drop(team: Team, *logins: str) -> None:
    for login in logins:
        team.does(None, f'DROP OWNED BY "{login}"', f'DROP ROLE "{login}"')


def analytics(team: Team) -> list[str]:
    found = team.does(None, "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('analytics')::oid")
    return [f"analytics.{name}" for (name,) in found]


# Analysts


def test_an_analyst_reads_every_view_and_every_table_of_merged_rows(team: Team) -> None:
    for name in (*view_order(), *MERGED, *analytics(team)):
        team.does(team.analyst, f"SELECT * FROM {name}")
    assert team.does(team.analyst, "SELECT name FROM person") == [("Ada",)]
    assert [row[0] for row in team.does(team.analyst, "SELECT value FROM fact_sources")] == ["Ada"]


@pytest.mark.parametrize("name", RAW)
def test_an_analyst_reads_no_other_table(team: Team, name: str) -> None:
    assert team.refused(team.analyst, f'SELECT count(*) FROM public."{name}"') == DENIED


FORBIDDEN = {
    "a row": "INSERT INTO person (id, name) VALUES ('x', 'X')",
    "a change": "UPDATE person SET name = 'X'",
    "a delete": "DELETE FROM person",
    "truncate": "TRUNCATE person",
    "a lock": "BEGIN; LOCK TABLE person IN SHARE MODE",
    "a table": "CREATE TABLE public.mine (one int)",
    "a table in analytics": "CREATE TABLE analytics.mine (one int)",
    "a temporary table": "CREATE TEMPORARY TABLE mine (one int)",
    "a schema": "CREATE SCHEMA mine",
    "a function": "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a view": "CREATE VIEW public.v AS SELECT 1 AS one",
    "an index": "CREATE INDEX ON person (name)",
    "passwords": "SELECT rolpassword FROM pg_authid",
    "passwords by the old view": "SELECT passwd FROM pg_shadow",
    "a file of the server": "SELECT pg_read_file('PG_VERSION')",
    "a folder of the server": "SELECT pg_ls_dir('.')",
    "COPY to a program": "COPY person TO PROGRAM 'cat > /tmp/x'",
    "COPY from a program": "COPY person FROM PROGRAM 'id'",
    "COPY to a file": "COPY person TO '/tmp/polidex_roles'",
    "a large object": "SELECT lo_create(0)",
    "a large object with bytes": "SELECT lo_from_bytea(0, 'x')",
    "a large object out of a file": "SELECT lo_import('/etc/hostname')",
    "the turn of the writers": "SELECT pg_advisory_xact_lock(hashtext('polidex turn'))",
    "the turn of the writers, for the session": "SELECT pg_try_advisory_lock_shared(1, 2)",
    "to be the owner": f"SET ROLE {OWNER}",
    "to be the writer": f"SET ROLE {WRITER}",
    "to be the superuser": "SET ROLE polidex",
    "to be somebody else": "SET SESSION AUTHORIZATION polidex",
    "a grant": f"GRANT SELECT ON claim TO {ANALYST}",
    "a role": "CREATE ROLE mine",
    "membership": f"GRANT {OWNER} TO CURRENT_USER",
    "a setting of the server": "ALTER SYSTEM SET work_mem = '1GB'",
    "the settings of another": f"ALTER ROLE {WRITER} SET statement_timeout = 0",
    "no log": "SET session_replication_role = replica",
    "statistics of what cannot be read": "SELECT * FROM pg_statistic_ext_data",
    "the words behind statistics": "SELECT stavalues1 FROM pg_statistic",
    "to end the nightly job": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'polidex'",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_an_analyst_may_not_have(team: Team, what: str) -> None:
    # What a session starts with can be undone by it, so it must not be what protects.
    undone = ("SET default_transaction_read_only = off", "SET statement_timeout = 0")
    assert team.refused(team.analyst, *undone, FORBIDDEN[what]) == DENIED


def test_an_analyst_sees_no_statistics_of_what_it_cannot_read(own_team: Team) -> None:
    own_team.does(None, "ANALYZE")
    seen = {
        row[0] for row in own_team.does(own_team.analyst, "SELECT tablename FROM pg_stats WHERE schemaname = 'public'")
    }
    assert seen
    assert seen <= set(MERGED)


def test_an_analyst_finds_where_a_key_leads_that_is_gone(team: Team) -> None:
    assert team.refused(team.analyst, "SELECT id, target_id FROM redirect ORDER BY since") is None
    described = "SELECT COUNT(*) FROM data_dictionary WHERE table_name = 'redirect'"
    assert team.does(team.analyst, described) == [(5,)]


def test_what_others_ask_is_not_shown_to_an_analyst(team: Team) -> None:
    with team.connect() as other:
        other.execute("SELECT 'a secret of the nightly job'")
        found = team.does(team.analyst, "SELECT DISTINCT query FROM pg_stat_activity WHERE usename <> current_user")
    assert all("secret" not in str(row[0]) for row in found)


def test_a_statement_of_an_analyst_ends_when_its_time_is_up(own_team: Team) -> None:
    grant(own_team.url, role="analyst", login=own_team.analyst, statement_seconds=0.2)
    assert own_team.refused(own_team.analyst, "SELECT pg_sleep(20)") == CANCELLED


def test_the_session_of_an_analyst_starts_read_only_and_finds_both_schemas(team: Team) -> None:
    names = ("default_transaction_read_only", "search_path", "statement_timeout", "idle_in_transaction_session_timeout")
    shown = [team.does(team.analyst, f"SHOW {name}")[0][0] for name in names]
    assert shown == ["on", "public, analytics", "30s", "10min"]


PRIVATE = {
    ("extraction", "raw_response"),
    ("extraction", "error"),
    ("quarantine", "payload"),
    ("record", "payload"),
    ("mention", "profile"),
    ("document_version", "text"),
    ("document_version", "reading_spans"),
    ("fetch", "raw_path"),
    ("review_decision", "decided_by"),
    ("resolver_decision", "user_name"),
    ("extraction_run", "command"),
    ("extraction_run", "host"),
    ("extraction_run", "pid"),
}


def test_no_view_for_analysts_rests_on_a_column_that_they_must_not_see(team: Team) -> None:
    """A view reads with the rights of its owner: what it does not touch cannot come out of it."""
    asked = (
        "SELECT DISTINCT t.relname, a.attname FROM pg_rewrite AS w"
        " JOIN pg_class AS v ON v.oid = w.ev_class"
        " JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid"
        " JOIN pg_class AS t ON d.refclassid = 'pg_class'::regclass AND t.oid = d.refobjid AND t.oid <> v.oid"
        " JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid"
        " WHERE v.relnamespace IN ('public'::regnamespace, to_regnamespace('analytics'))"
    )
    touched = set(team.does(None, asked))
    assert ("claim_standing", "value") in touched
    assert touched & PRIVATE == set()
    # A row taken as one value, such as to_json(x), is on no column in particular; Postgres shows it as x.*
    shown = team.does(None, "SELECT viewname, definition FROM pg_views WHERE schemaname IN ('public', 'analytics')")
    assert len(shown) == len(view_order())
    assert [name for name, definition in shown if ".*" in str(definition)] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["query", "person_profile"], 0),
        (["query", "SELECT name FROM person"], 0),
        (["status"], 0),
        (["query", "SELECT text FROM document_version"], 1),
        (["explain", "p1"], 1),
        (["db", "check"], 1),
        (["doctor"], 1),
        (["run", "a.txt"], 1),
        (["review"], 1),
        (["db", "upgrade"], 1),
        (["db", "grant"], 1),
        (["db", "grant", "--list"], 0),
    ],
)
def test_a_command_of_an_analyst_works_or_says_why_not(
    team: Team, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command([*arguments, "--database", team.url_of(team.analyst)]) == code
    told = capsys.readouterr()
    if code:
        assert "permission denied" in told.out + told.err or "may not" in told.out + told.err


# Writers


def test_a_writer_runs_and_runs_again(own_team: Team, newsroom: Newsroom) -> None:
    url = own_team.url_of(own_team.writer)
    assert newsroom.run("a.txt", "b.txt", "--database", url) == 0
    asked = newsroom.asked
    assert newsroom.run("a.txt", "b.txt", "--database", url) == 0
    assert newsroom.asked == asked == 10
    assert {"Ada Moro", "Ben Ito", "Cleo Sand"} <= {
        str(name) for (name,) in own_team.does(None, "SELECT name FROM person")
    }


@pytest.mark.parametrize("arguments", [["doctor"], ["status"], ["db", "check"], ["db", "upgrade"], ["explain", "p1"]])
def test_a_command_of_a_writer_works(team: Team, arguments: list[str]) -> None:
    assert run_command([*arguments, "--database", team.url_of(team.writer)]) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.mine (one int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE person ADD COLUMN mine int",
        "DROP VIEW person_profile",
        "DROP TABLE person",
        "TRUNCATE person_name",
        "CREATE INDEX ON person (name)",
        "CREATE TRIGGER t AFTER INSERT ON person EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "UPDATE alembic_version SET version_num = '0001'",
        "DELETE FROM alembic_version",
        "COMMENT ON TABLE alembic_version IS 'mine'",
        f"SET ROLE {OWNER}",
        "SELECT rolpassword FROM pg_authid",
        "COPY person TO PROGRAM 'id'",
    ],
)
def test_a_writer_changes_rows_and_nothing_else(team: Team, statement: str) -> None:
    assert team.refused(team.writer, statement) == DENIED


def test_a_writer_on_a_database_of_another_day_is_told_that_the_owner_must_upgrade(
    own_team: Team, newsroom: Newsroom
) -> None:
    own_team.does(None, "COMMENT ON TABLE alembic_version IS 'views of another day'")
    assert newsroom.run("a.txt", "--database", own_team.url_of(own_team.writer)) == 1
    told = newsroom.heard()[1]
    assert f"{own_team.writer} is no member of {OWNER}" in told
    assert "polidex db upgrade" in told
    assert newsroom.asked == 0
    assert run_command(["db", "upgrade", "--database", own_team.url_of(own_team.owner)]) == 0
    assert newsroom.run("a.txt", "--database", own_team.url_of(own_team.writer)) == 0


# Owners, and what lasts


def owners(team: Team) -> Mapping[str, str]:
    asked = (
        "SELECT c.relname, pg_get_userbyid(c.relowner) FROM pg_class AS c JOIN pg_namespace AS n"
        " ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'analytics')"
    )
    return {str(name): str(owner) for name, owner in team.does(None, asked)}


def privileges(team: Team) -> list[tuple[object, ...]]:
    """Who may do what with which table, view, schema and database."""
    asked = (
        "SELECT c.relname::text, a.grantee::regrole::text, a.privilege_type FROM pg_class AS c"
        " CROSS JOIN LATERAL aclexplode(c.relacl) AS a WHERE c.relnamespace IN"
        " ('public'::regnamespace, to_regnamespace('analytics')) UNION ALL"
        " SELECT n.nspname, a.grantee::regrole::text, a.privilege_type FROM pg_namespace AS n"
        " CROSS JOIN LATERAL aclexplode(n.nspacl) AS a WHERE n.nspname IN ('public', 'analytics') UNION ALL"
        " SELECT 'the database', a.grantee::regrole::text, a.privilege_type FROM pg_database AS d"
        " CROSS JOIN LATERAL aclexplode(d.datacl) AS a WHERE d.datname = current_database() ORDER BY 1, 2, 3"
    )
    return team.does(None, asked)


def test_everything_belongs_to_the_owner_and_nothing_to_everybody(team: Team) -> None:
    assert set(owners(team).values()) == {OWNER}
    assert [row for row in privileges(team) if row[1] == "-"] == []


def test_granting_again_changes_nothing(own_team: Team) -> None:
    before = privileges(own_team)
    grant(own_team.url)
    grant(own_team.url, role="analyst", login=own_team.analyst)
    assert privileges(own_team) == before


def test_what_views_and_tables_an_upgrade_makes_are_the_owners_and_stay_granted(own_team: Team) -> None:
    before = privileges(own_team)
    for login in (own_team.owner, None):
        own_team.does(None, "COMMENT ON TABLE alembic_version IS 'views of another day'", "DROP VIEW person_profile")
        upgrade(own_team.url_of(login) if login else own_team.url)
        assert privileges(own_team) == before
        assert set(owners(own_team).values()) == {OWNER}
        assert own_team.does(own_team.analyst, "SELECT person FROM person_profile") == [("Ada",)]


@pytest.mark.parametrize("revision", ["0007", "0002", "base"])
def test_down_and_up_again_by_the_owner_keeps_grants_and_rows(own_team: Team, revision: str) -> None:
    before, url = privileges(own_team), own_team.url_of(own_team.owner)
    assert run_command(["db", "downgrade", revision, "--database", url]) == 0
    assert set(owners(own_team).values()) == {OWNER}
    for login in (own_team.writer, own_team.analyst):
        assert run_command(["db", "upgrade", "--database", own_team.url_of(login)]) == 1
    assert run_command(["db", "upgrade", "--database", url]) == 0
    assert privileges(own_team) == before
    assert set(owners(own_team).values()) == {OWNER}
    assert own_team.does(own_team.analyst, "SELECT person FROM person_profile") == [("Ada",)]
    assert own_team.refused(own_team.analyst, "SELECT * FROM claim") == DENIED


def test_what_was_granted_by_hand_is_taken_away(own_team: Team) -> None:
    before = privileges(own_team)
    own_team.does(
        None,
        f"GRANT ALL ON extraction, person TO {ANALYST}",
        f"GRANT SELECT (text) ON document_version TO {ANALYST}",
        "GRANT SELECT ON quarantine TO PUBLIC",
        f"GRANT TRUNCATE ON person TO {WRITER}",
        f"GRANT CREATE ON SCHEMA public TO {ANALYST}, PUBLIC",
        sql.SQL("GRANT TEMPORARY, CONNECT ON DATABASE {} TO PUBLIC")
        .format(sql.Identifier(str(parse_url(own_team.url).database)))
        .as_string(),
    )
    assert own_team.refused(own_team.analyst, "SELECT text FROM document_version") is None
    grant(own_team.url)
    assert privileges(own_team) == before
    assert own_team.refused(own_team.analyst, "SELECT text FROM document_version") == DENIED


def test_a_table_that_somebody_made_by_hand_is_left_alone(own_team: Team) -> None:
    own_team.does(None, "CREATE TABLE public.mine (one int)")
    grant(own_team.url)
    assert owners(own_team)["mine"] == "polidex"
    assert own_team.refused(own_team.analyst, "SELECT * FROM mine") == DENIED


def test_who_owned_the_tables_goes_on_as_a_member_of_the_owner(postgres_url: str) -> None:
    team = Team(postgres_url)
    database = sql.Identifier(str(parse_url(postgres_url).database)).as_string()
    team.does(None, f'CREATE ROLE "{team.owner}" LOGIN', f'GRANT CREATE ON SCHEMA public TO "{team.owner}"')
    team.does(None, f'GRANT CREATE ON DATABASE {database} TO "{team.owner}"')
    upgrade(team.url_of(team.owner))
    found = grant(postgres_url)
    assert any(team.owner in note for note in found.notes)
    team.does(None, "COMMENT ON TABLE alembic_version IS 'views of another day'")
    upgrade(team.url_of(team.owner))
    drop(team, team.owner)


def test_the_owner_of_the_database_can_grant_without_being_superuser(postgres_url: str) -> None:
    team = Team(postgres_url)
    database = sql.Identifier(str(parse_url(postgres_url).database)).as_string()
    team.does(
        None, f'CREATE ROLE "{team.owner}" LOGIN CREATEROLE', f'ALTER DATABASE {database} OWNER TO "{team.owner}"'
    )
    # Roles that another database's owner made are not this one's to give.
    for role in (OWNER, WRITER, ANALYST):
        exists = team.does(None, f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'")
        team.does(None, f'GRANT {role} TO "{team.owner}" WITH ADMIN OPTION' if exists else "SELECT 1")
    url = team.url_of(team.owner)
    upgrade(url)
    found = grant(url, role="analyst", login=team.analyst, password="a")
    assert any("superuser" in note for note in found.notes)
    assert team.refused(team.analyst, "SELECT * FROM person_profile") is None
    assert team.refused(team.analyst, "SELECT * FROM claim") == DENIED
    upgrade(url)
    team.does(None, f"ALTER DATABASE {database} OWNER TO polidex")
    drop(team, team.analyst, team.owner)


# Logins


def test_two_databases_of_one_server_do_not_see_each_others_rows(team: Team, postgres_server: Server) -> None:
    other = f"polidex_{uuid4().hex}"
    postgres_server.make_database(other)
    try:
        upgrade(postgres_server.url(other))
        grant(postgres_server.url(other))
        for login in (team.owner, team.writer, team.analyst):
            url = parse_url(team.url_of(login)).set(database=other).render_as_string(hide_password=False)
            assert run_command(["query", "SELECT name FROM person", "--database", url]) == 1
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                psycopg.connect(url.replace("+psycopg", ""))
    finally:
        postgres_server.drop_database(other)


def test_a_login_has_one_role(own_team: Team) -> None:
    grant(own_team.url, role="writer", login=own_team.analyst)
    assert own_team.refused(own_team.analyst, "UPDATE person SET name = 'Ada'") is None
    found = {each.login: each for each in grant(own_team.url, role="analyst", login=own_team.writer).logins}
    assert (found[own_team.analyst].role, found[own_team.writer].role) == ("writer", "analyst")
    assert found[own_team.analyst].settings == []
    assert own_team.refused(own_team.writer, "SET default_transaction_read_only = off", "DELETE FROM person") == DENIED


def test_a_login_that_is_revoked_does_not_come_in(own_team: Team) -> None:
    found = revoke(own_team.url, own_team.analyst)
    assert own_team.analyst not in [each.login for each in found.logins]
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        own_team.connect(own_team.analyst)


def test_what_a_login_reaches_beyond_its_role_is_said(own_team: Team) -> None:
    own_team.does(None, f'GRANT SELECT ON claim TO "{own_team.analyst}"')
    found = grant(own_team.url, role="analyst", login=own_team.analyst)
    assert any("public.claim" in note for note in found.notes)
    [anna] = [each for each in access(own_team.url_of(own_team.analyst)).logins if each.login == own_team.analyst]
    assert (anna.role, anna.connects, anna.beyond) == ("analyst", True, ["public.claim"])


@pytest.mark.parametrize("login", ["o'brien", 'quo"ted', "x;DROP/**/TABLE/**/person", "{login}", "100%s", "Ünï"])
def test_any_name_is_quoted(team: Team, login: str) -> None:
    name = f"{login}_{uuid4().hex[:8]}"
    grant(team.url, role="analyst", login=name, password="it's")
    try:
        assert team.does(name, "SELECT current_user::text, (SELECT count(*) FROM person)") == [(name, 1)]
        revoke(team.url, name)
    finally:
        team.does(None, sql.SQL("DROP ROLE {}").format(sql.Identifier(name)).as_string())


@pytest.mark.parametrize("login", ["public", "nobody there", "polidex", "polidex_writer", "pg_monitor", "none"])
def test_what_is_no_login_to_be_bound_is_refused(team: Team, login: str) -> None:
    before = privileges(team)
    with pytest.raises(UsageError):
        grant(team.url, role="analyst", login=login)
    assert privileges(team) == before


@pytest.mark.parametrize(("login", "password"), [("x" * 64, "p"), ("fresh", "")])
def test_a_login_that_cannot_be_made_is_refused(team: Team, login: str, password: str) -> None:
    with pytest.raises(UsageError):
        grant(team.url, role="analyst", login=login, password=password)
    with pytest.raises(UsageError, match="already"):
        grant(team.url, role="analyst", login=team.writer, password="p")


def test_a_password_is_read_from_standard_input_and_the_server_gets_its_digest(
    team: Team, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = f"fresh_{uuid4().hex[:8]}"
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert run_command(["db", "grant", "analyst", name, "--new", "--json", "--database", team.url]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["role"] for each in found["logins"] if each["login"] == name] == ["analyst"]
    [(digest,)] = team.does(None, f"SELECT rolpassword FROM pg_authid WHERE rolname = '{name}'")
    assert str(digest).startswith("SCRAM-SHA-256$")
    drop(team, name)


# The command


def test_a_duckdb_file_has_no_roles(duckdb_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    upgrade(duckdb_url)
    for arguments in (["grant"], ["grant", "--list"], ["revoke", "alice"]):
        assert run_command(["db", *arguments, "--database", duckdb_url]) == 2
        assert "no roles" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["analyst"], ["--new"], ["--list", "analyst", "alice"], ["king", "alice"]])
def test_a_command_line_that_says_half_is_refused(team: Team, arguments: list[str]) -> None:
    assert run_command(["db", "grant", *arguments, "--database", team.url]) == 2


def test_an_empty_database_is_to_be_upgraded_first(postgres_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["db", "grant", "--database", postgres_url]) == 1
    assert "polidex db upgrade" in capsys.readouterr().err


def test_of_an_empty_database_logins_can_be_listed_and_shut_out(
    team: Team, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["db", "grant", "--list", "--database", postgres_url]) == 0
    assert f"{team.analyst}: analyst" in capsys.readouterr().out
    assert run_command(["db", "revoke", team.analyst, "--database", postgres_url]) == 0


def test_who_may_not_make_tables_is_told_what_that_takes(
    team: Team, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = parse_url(team.url_of(team.analyst)).set(database=parse_url(postgres_url).database)
    assert run_command(["db", "upgrade", "--database", url.render_as_string(hide_password=False)]) == 1
    assert "needs CREATE" in capsys.readouterr().err


def test_who_is_not_there_cannot_be_revoked(team: Team, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["db", "revoke", "nobody_here", "--database", team.url]) == 2
    assert "--new" not in capsys.readouterr().err


def test_a_downgrade_by_a_writer_is_refused_in_words_that_are_true(
    team: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["db", "downgrade", "0007", "--database", team.url_of(team.writer)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("polidex: Only the owner may change the tables")


def test_tables_in_a_schema_of_their_own_are_not_passed_over_in_silence(postgres_url: str) -> None:
    with make_engine(parse_url(postgres_url)).begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA mine")
        connection.exec_driver_sql(f'ALTER DATABASE "{connection.engine.url.database}" SET search_path = mine')
    upgrade(postgres_url)
    with pytest.raises(UsageError, match="in the schema mine"):
        grant(postgres_url)


def test_who_may_not_grant_is_told_who_may(team: Team) -> None:
    with pytest.raises(NotAllowed, match="may not give out roles"):
        grant(team.url_of(team.owner))


def test_the_list_says_who_may_do_what(team: Team, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["db", "grant", "--list", "--database", team.url]) == 0
    told = capsys.readouterr().out
    assert f"{team.analyst}: analyst" in told
    assert "statement_timeout=30" in told
    assert "polidex: superuser" in told
