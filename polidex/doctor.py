"""Look whether all is well: the database can be read, its rows keep what `sql/checks/` asks, the cache is there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from extractors.weights import CATALOGUE, Weights, digest
from polidex.database import SQL, header, parse_url, reading, shown
from polidex.summaries import with_rules
from schema.errors import DatabaseError

SAMPLE_ROWS = 5


@dataclass(frozen=True)
class CheckResult:
    """How one check went.

    Attributes:
        ok: whether all is well.
        detail: in one line, what was found.
        rows: of a check of the rows, the first few that break it.
        hint: what to do.
    """

    name: str
    description: str
    ok: bool
    detail: str
    rows: tuple[Mapping[str, Any], ...] = ()
    hint: str = ""


def check(url: str, *, cache: Path | None = None) -> list[CheckResult]:
    """Run every check. A database that cannot be read is a failed check, not an error.

    Args:
        cache: the folder for the weights of models; None leaves it out.
    """
    results = list(_check_database(url))
    if cache:
        results += [_check_cache(cache), *(_check_weights(weights, cache) for weights in CATALOGUE.values())]
    return results


def _check_database(url: str) -> Iterator[CheckResult]:
    where = "The database can be read, and its tables and views are those of this Polidex."
    try:
        with reading(url) as connection:
            yield CheckResult("database", where, True, shown(parse_url(url)))
            for file in sorted((SQL / "checks").glob("*.sql")):
                yield _check_rows(connection, file)
    except DatabaseError as error:
        yield CheckResult("database", where, False, str(error), hint=error.hint)


def _check_rows(connection: sa.Connection, file: Path) -> CheckResult:
    """Run a query that gives the rows that break a rule: there must be none."""
    text = file.read_text(encoding="utf-8")
    found = connection.execute(sa.text(with_rules(text))).mappings()
    sample = tuple(dict(row) for row in found.fetchmany(SAMPLE_ROWS))
    more = len(found.fetchall())
    count = len(sample) + more
    return CheckResult(
        name=file.stem,
        description=header(text, "description")[0],
        ok=count == 0,
        detail="no row breaks it" if count == 0 else f"{count} rows break it",
        rows=sample,
        hint="" if count == 0 else "`polidex explain ID` shows where a row comes from.",
    )


def _check_cache(cache: Path) -> CheckResult:
    description = "The folder for the weights of models can be written to."
    there = next((folder for folder in (cache, *cache.parents) if folder.exists()), cache)
    if not there.is_dir() or not os.access(there, os.W_OK):
        return CheckResult("cache", description, False, f"{there} cannot be written to.", hint="Set POLIDEX_CACHE.")
    return CheckResult("cache", description, True, str(cache))


def _check_weights(weights: Weights, cache: Path) -> CheckResult:
    """Weights that are not there yet are no fault: the first run fetches them."""
    description = "The weights of the embedded model are not there yet, or are the published ones, bit for bit."
    path = cache / weights.file
    if not path.exists():
        return CheckResult("weights", description, True, f"{path} is not there yet; the first run fetches it")
    try:
        right = digest(path) == weights.sha256
    except OSError as error:
        return CheckResult("weights", description, False, f"{path} cannot be read: {error.strerror}.")
    if right:
        return CheckResult("weights", description, True, str(path))
    hint = "The next run fetches it again."
    return CheckResult("weights", description, False, f"{path} is not the published file.", hint=hint)
