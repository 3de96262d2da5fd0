"""A Dagster asset of what a night changed. Dagster lives in an environment of its own, and Polidex in another.

NEWS_FOLDER=/srv/news dagster dev -f examples/nightly/dagster_asset.py
"""

import json
import os
import subprocess
from pathlib import Path

import dagster as dg

FOLDER = Path(os.environ.get("NEWS_FOLDER", "/srv/news"))
# All is done; some documents failed; the budget is spent. The next night goes on with what is left.
DONE = (0, 3, 4)
LOCKED = 5


@dg.asset(kinds={"duckdb"}, retry_policy=dg.RetryPolicy(max_retries=2, delay=600))  # type: ignore[untyped-decorator]
def political_news(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """The database of Polidex after a night."""
    command = [str(FOLDER / ".venv" / "bin" / "polidex"), "nightly", "--json", "--log-format", "json"]
    # What it logs goes on to Dagster's own log of standard error, line by line.
    ended = subprocess.run(command, cwd=FOLDER, stdout=subprocess.PIPE, text=True, check=False)
    if ended.returncode not in DONE:
        report = json.loads(ended.stdout) if ended.stdout else {}
        raise dg.Failure(
            description=report.get("headline") or f"polidex nightly ended with {ended.returncode}",
            # Only that somebody else had the database passes by itself.
            allow_retries=ended.returncode == LOCKED,
        )
    report = json.loads(ended.stdout)
    context.log.info(report["headline"])
    facts = report["facts"].values()
    return dg.MaterializeResult(
        metadata={
            "headline": report["headline"],
            "exit_code": ended.returncode,
            "documents": report["documents"]["read"],
            "documents_failed": report["documents"]["failed"],
            "facts_added": sum(each["added"] for each in facts),
            "facts_withdrawn": sum(each["withdrawn"] for each in facts),
            "conflicts_new": report["conflicts"]["new"],
            "cost_usd": report["cost_usd"] or 0.0,
            "report": dg.MetadataValue.json(report),
        }
    )


defs = dg.Definitions(
    assets=[political_news],
    schedules=[dg.ScheduleDefinition("every_night", target=[political_news], cron_schedule="15 2 * * *")],
)
