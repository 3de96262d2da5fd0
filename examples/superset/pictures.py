"""The pictures of the guide: the dashboard on both databases, and a table with its comments."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from urllib.parse import urlencode

from examples.superset.bundle import NAMES, SLUGS
from examples.superset.installation import program
from examples.superset.rest import Rest
from examples.superset.service import USER, Running
from schema.errors import PolidexError

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
_TABLE = "fact_tenure"
_SQL = """\
SELECT person, office, start_date
FROM analytics.fact_tenure
WHERE is_in_office
ORDER BY start_date"""


def take(running: Running) -> None:
    """Take all pictures, of what is shown now. Raises PolidexError where the browser cannot."""
    with Rest(running) as rest:
        databases = {each["database_name"]: each["id"] for each in rest.get("database/")["result"]}
        schemas = {
            kind: next(
                each for each in rest.get(f"database/{databases[name]}/schemas/")["result"] if "analytics" in each
            )
            for kind, name in NAMES.items()
        }
    dashboards = [
        {"file": str(FOLDER / f"superset-{kind}.png"), "page": f"/superset/dashboard/{slug}/"}
        for kind, slug in SLUGS.items()
    ]
    comments = [
        {
            "file": str(FOLDER / f"superset-comments-{kind}.png"),
            "page": "/sqllab/?"
            + urlencode({"dbid": databases[name], "schema": schemas[kind], "sql": _SQL, "autorun": "true"}),
            "schema": schemas[kind],
            "table": _TABLE,
        }
        for kind, name in NAMES.items()
    ]
    asked = {"address": running.address, "user": USER, "password": running.password, "pictures": dashboards + comments}
    browser = Path(__file__).with_name("browser.py")
    if subprocess.run([program("python"), browser], input=json.dumps(asked), text=True, check=False).returncode:
        raise PolidexError("The browser could not take the pictures.")
