"""Roles of a Postgres: owner, writer and analyst are made, logins take one on, and who may do what is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import psycopg
import sqlalchemy as sa
from psycopg import sql

from polidex.database import duckdb_file, make_engine, parse_url, refusals, require_current, view_order
from polidex.grants import ANALYTICS, OWNER, PUBLIC, ROLES, ask, execute, grant_tables, listed, relations, schemas
from schema.errors import NotAllowed, UsageError

Role = Literal["owner", "writer", "analyst"]

IDLE = "10min"
"""How long an analyst's session may hold a transaction open without a word: it would keep dead rows from going."""

_SETTINGS = (
    "default_transaction_read_only", "idle_in_transaction_session_timeout", "search_path", "statement_timeout"
)  # fmt: skip
_NOTHING = sql.SQL("")
_LONGEST_NAME = 63
_GRANTOR_COUNTS = 160000
"""From this version on, Postgres undoes a membership only in the name of who gave it."""


@dataclass(frozen=True)
class Login:
    """A login, its role, and what it can reach.

    Attributes:
        role: `owner`, `writer` or `analyst`; None for a superuser and for a login that reaches rows by other ways.
        connects: whether it may connect to this database.
        beyond: tables and views that it can read or change although its role does not let it.
    """

    login: str
    role: str | None
    is_superuser: bool
    connects: bool
    settings: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Access:
    """Who may do what in one database.

    Attributes:
        notes: what was changed that somebody must know of, or could not be done.
    """

    database: str
    logins: list[Login]
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def as_text(self) -> str:
        lines = [f"Roles in {self.database}: owner, writer, analyst."]
        for each in self.logins:
            role = each.role or ("superuser" if each.is_superuser else "no role")
            lines.append(f"  {each.login}: {role}{'' if each.connects else ', may not connect to this database'}")
            lines += [f"    {setting}" for setting in each.settings]
            if each.beyond:
                lines.append(f"    beyond its role: {', '.join(each.beyond)}")
        return "\n".join([*lines, *(f"Note: {note}" for note in self.notes)])


def grant(
    url: str,
    *,
    role: Role | None = None,
    login: str | None = None,
    password: str | None = None,
    statement_seconds: float = 60.0,
) -> Access:
    """Make the roles where they are missing, put their grants right, and have a login take one on.

    It can be done again at any time. All of it happens, or nothing.

    Args:
        role, login: the login gives up the role that it had, and takes this one on.
        password: the login is made, with this password.
        statement_seconds: how long a statement of an analyst may take, until the session says otherwise.

    Raises:
        UsageError: the database is a DuckDB file, its tables are in a schema of their own, or the login is no use.
        NotAllowed: this needs a superuser, or the owner of the database with CREATEROLE.
        DatabaseError: the database cannot be reached, or is not up to date.
    """
    with _transaction(url) as connection:
        require_current(connection)
        here = connection.scalar(sa.select(sa.func.current_schema()))
        if here != PUBLIC:
            raise UsageError(f"The tables are in the schema {here}: roles are given for those in {PUBLIC} only.")
        caller = ask(connection, "caller")[0]
        if not caller["is_superuser"] and not (caller["owns_database"] and caller["makes_roles"]):
            raise NotAllowed(
                f"{caller['login']} may not give out roles in {caller['database']}.",
                hint="A superuser may, and so may the owner of the database with CREATEROLE.",
            )
        notes = _grant_all(connection, caller)
        if role and login:
            _take_on(connection, caller, role, login, password, statement_seconds)
            notes += _beyond(connection, login)
        return Access(caller["database"], _logins(connection), notes)


def revoke(url: str, login: str) -> Access:
    """Take from a login its role, its way into this database and its settings; the login itself stays.

    Raises:
        UsageError: the database is a DuckDB file, or there is no such login.
        DatabaseError: as of `grant`.
    """
    with _transaction(url) as connection:
        _require_roles(connection)
        _known(connection, login, hint="`polidex db grant --list` shows those that have a role.")
        caller = ask(connection, "caller")[0]
        _leave(connection, caller["database"], login)
        return Access(caller["database"], _logins(connection), _beyond(connection, login))


def access(url: str) -> Access:
    """Who may do what; every login may ask.

    Raises:
        UsageError: the database is a DuckDB file, or no roles were granted yet.
        DatabaseError: the database cannot be reached.
    """
    with _transaction(url) as connection:
        _require_roles(connection)
        return Access(ask(connection, "caller")[0]["database"], _logins(connection))


@contextmanager
def _transaction(url: str) -> Iterator[sa.Connection]:
    """A transaction on a Postgres, with what goes wrong in it said in one line."""
    parsed = parse_url(url)
    if file := duckdb_file(parsed):
        raise UsageError(
            f"{file} is a DuckDB file, which has no roles.",
            hint="Who may read the file reads all of it: set its permissions (chmod 640), and have tools open it "
            "read-only, as docs/guide-bi.md shows.",
        )
    with refusals(parsed), make_engine(parsed).begin() as connection:
        yield connection


def _grant_all(connection: sa.Connection, caller: Mapping[str, Any]) -> list[str]:
    """The roles, what belongs to the owner, and the grants; returns what is worth knowing."""
    for name in ROLES:
        if not ask(connection, "known", name=name):
            execute(connection, "group", role=sql.Identifier(name))
    if not caller["is_superuser"]:
        execute(connection, "lead", login=sql.Identifier(caller["login"]))
    database = sql.Identifier(caller["database"])
    execute(connection, "owner", database=database, schemas=listed(map(sql.Identifier, schemas(connection))))
    before = _hand_over(connection)
    notes = []
    for login in sorted(before - {caller["login"]}):
        [known] = ask(connection, "known", name=login)
        if known["can_login"] and not known["is_superuser"]:
            execute(connection, "member", role=sql.Identifier(OWNER), login=sql.Identifier(login), database=database)
            notes.append(f"{login} owned the tables until now; it is a member of {OWNER} from now on.")
    grant_tables(connection, view_order())
    if caller["is_superuser"]:
        execute(connection, "functions")
    else:
        notes.append(
            "Advisory locks and large objects stay open to every login, as Postgres has it: only a superuser can close "
            "them. One who runs `polidex db grant` does."
        )
    return notes


def _hand_over(connection: sa.Connection) -> set[str]:
    """Give what is not the owner's to the owner; returns whose it was. What is in order already is not locked."""
    before: set[str] = set()
    for schema in ask(connection, "schemas"):
        if schema["owner"] != OWNER:
            execute(connection, "own_schema", schema=sql.Identifier(schema["schema"]))
            before.add(schema["owner"])
    for each in relations(connection, view_order()):
        if each.owner != OWNER:
            execute(connection, "own", relation=each.quoted)
            before.add(each.owner)
    return before


def _take_on(
    connection: sa.Connection,
    caller: Mapping[str, Any],
    role: Role,
    login: str,
    password: str | None,
    statement_seconds: float,
) -> None:
    """Have a login be the one thing and no other."""
    if password is not None:
        _make(connection, login, password)
    known = _known(connection, login)
    if known["is_superuser"]:
        raise UsageError(f"{login} is a superuser, whom no grant binds.", hint="Take a login of its own for this.")
    if known["owns_database"] and role != "owner":
        raise UsageError(f"{login} owns the database, and so can do more.", hint="Take a login of its own for this.")
    database, name = sql.Identifier(caller["database"]), sql.Identifier(login)
    _leave(connection, caller["database"], login, everywhere=True)
    execute(connection, "member", role=sql.Identifier(f"polidex_{role}"), login=name, database=database)
    if role == "analyst":
        execute(
            connection,
            "analyst_settings",
            login=name,
            database=database,
            statement_timeout=sql.Literal(f"{statement_seconds * 1000:.0f}ms"),
            idle_timeout=sql.Literal(IDLE),
            schemas=listed([sql.Identifier(PUBLIC), sql.Identifier(ANALYTICS)]),
        )


def _make(connection: sa.Connection, login: str, password: str) -> None:
    if ask(connection, "known", name=login):
        raise UsageError(f"There is a login {login} already.", hint="Leave out --new to give it the role.")
    if len(login.encode()) > _LONGEST_NAME:
        raise UsageError(f"A name of Postgres has at most {_LONGEST_NAME} bytes.")
    if not password:
        raise UsageError("A login needs a password.")
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    digest = driver.pgconn.encrypt_password(password.encode(), login.encode()).decode()
    execute(connection, "make_login", login=sql.Identifier(login), digest=sql.Literal(digest))


def _leave(connection: sa.Connection, database: str, login: str, *, everywhere: bool = False) -> None:
    """Take back what a login was given; its role only when that is all over, for a role is one of the whole server."""
    name = sql.Identifier(login)
    for held in ask(connection, "memberships", login=login, roles=list(ROLES)):
        if everywhere or not held["elsewhere"]:
            by = sql.SQL("GRANTED BY {}").format(sql.Identifier(held["grantor"]))
            counts = held["server_version"] >= _GRANTOR_COUNTS
            execute(
                connection,
                "leave",
                role=sql.Identifier(held["role"]),
                login=name,
                granted_by=by if counts else _NOTHING,
            )
    execute(connection, "disconnect", database=sql.Identifier(database), login=name)
    for setting in ask(connection, "settings", login=login):
        if setting["name"] in _SETTINGS:
            parts = {"login": name, "database": sql.Identifier(database), "setting": sql.Identifier(setting["name"])}
            execute(connection, "reset", **parts)


def _known(
    connection: sa.Connection, login: str, *, hint: str = "--new makes it, and asks for its password."
) -> dict[str, Any]:
    for found in ask(connection, "known", name=login):
        if found["can_login"]:
            return found
        raise UsageError(f"{login} is no login: it groups others.", hint="Name those who log in, one at a time.")
    raise UsageError(f"There is no login {login}.", hint=hint)


def _require_roles(connection: sa.Connection) -> None:
    if not all(ask(connection, "known", name=name) for name in ROLES):
        raise UsageError("There are no roles of Polidex on this server yet.", hint="`polidex db grant` makes them.")


def _logins(connection: sa.Connection) -> list[Login]:
    names = [f"{each.schema}.{each.name}" for each in relations(connection, view_order())]
    found = ask(connection, "logins", relations=names)
    return [
        Login(
            login=row["login"],
            role=row["role"] and row["role"].removeprefix("polidex_"),
            is_superuser=row["is_superuser"],
            connects=row["connects"],
            settings=row["settings"] or [],
            beyond=row["beyond"].split(", ") if row["beyond"] else [],
        )
        for row in found
    ]


def _beyond(connection: sa.Connection, login: str) -> list[str]:
    return [
        f"{login} reaches more than its role lets it, through grants that somebody gave it by hand: "
        f"{', '.join(each.beyond)}."
        for each in _logins(connection)
        if each.login == login and each.beyond
    ]
