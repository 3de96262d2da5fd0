"""The dashboard as one file that Superset imports, for one database: the folder `dashboard/`, zipped."""

from __future__ import annotations

import io
import json
import re
import uuid
import zipfile
from pathlib import Path

import sqlalchemy as sa

from schema.errors import UsageError

FOLDER = Path(__file__).with_name("dashboard")
# The folder's own names and keys are those on DuckDB.
NAMES = {"duckdb": "Polidex on DuckDB", "postgresql": "Polidex on Postgres"}
SLUGS = {"duckdb": "polidex-duckdb", "postgresql": "polidex-postgres"}
# Superset's environment has this driver.
_DRIVERS = {"duckdb": "duckdb", "postgresql": "postgresql+psycopg2"}
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
# Where Superset's own database is SQLite, no two datasets may have one name.
_DATASET = re.compile(r"^(table_name: .*)$", re.MULTILINE)
_ADDRESS = re.compile(r"^sqlalchemy_uri: .*$", re.MULTILINE)


def bundle(url: str) -> bytes:
    """A zip file with the database at `url`, its datasets, their charts and the dashboard.

    The parts have other keys for Postgres than for DuckDB, so one Superset can hold both. A password in `url` is in
    the file too.

    Raises UsageError for a database of another kind.
    """
    address = sa.make_url(url)
    kind = address.get_backend_name()
    if kind not in NAMES:
        raise UsageError(f"The dashboard is for DuckDB and Postgres, not for {kind}.")
    there = address.set(drivername=_DRIVERS[kind]).render_as_string(hide_password=False)
    line = f"sqlalchemy_uri: {json.dumps(there)}"
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(FOLDER.rglob("*.yaml")):
            if path.parent.name == "databases" and path.stem != kind:
                continue
            text = path.read_text(encoding="utf-8")
            if path.parent.name == "databases":
                text = _ADDRESS.sub(lambda _: line, text)
            if kind != "duckdb":
                text = text.replace(NAMES["duckdb"], NAMES[kind]).replace(SLUGS["duckdb"], SLUGS[kind])
                text = _DATASET.sub(r"\1 on Postgres", text)
                text = _UUID.sub(lambda found: str(uuid.uuid5(uuid.UUID(found[0]), kind)), text)
            archive.writestr(f"polidex/{path.relative_to(FOLDER).as_posix()}", text)
    return kept.getvalue()
