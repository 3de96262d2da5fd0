"""Addresses of databases, and what a driver's words mean."""

from __future__ import annotations

import pytest

from polidex.database import header, meaning, parse_url, shown, view_order
from schema.errors import BadDatabaseUrl, DatabaseError, DiskFullError, LockedError


@pytest.mark.parametrize(
    "url",
    [
        "",
        "polidex.duckdb",
        "mysql://host/name",
        "duckdb://",
        "duckdb:///:memory:",
        "duckdb:////data/analytics.duckdb",
        "duckdb:///Analytics.x.db",
    ],
)
def test_what_is_no_address_of_ours(url: str) -> None:
    with pytest.raises(BadDatabaseUrl):
        parse_url(url)


def test_a_password_is_never_shown() -> None:
    url = parse_url("postgresql://me:secret@host/news")
    assert url.drivername == "postgresql+psycopg"
    assert shown(url) == "postgresql+psycopg://me:***@host/news"
    assert shown(parse_url("duckdb:////data/news.duckdb")) == "/data/news.duckdb"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ('IO Error: Could not write file "x": No space left on device', DiskFullError),
        ('IO Error: Could not set lock on file "x": Conflicting lock is held', LockedError),
        ("Constraint Error: whatever\nsecond line", DatabaseError),
    ],
)
def test_what_a_driver_says_becomes_one_line(said: str, kind: type[DatabaseError]) -> None:
    error = meaning(RuntimeError(said), "x.duckdb")
    assert type(error) is kind
    assert "\n" not in str(error)


def test_views_come_after_those_they_use() -> None:
    order = view_order()
    assert order.index("office_timeline") < order.index("office_years") < order.index("analytics.fact_office_year")
    assert order.index("analytics.dim_country") < order.index("analytics.dim_person")
    assert header("-- uses: a\n-- uses: b\nSELECT 1", "uses") == ["a", "b"]
