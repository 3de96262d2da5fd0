"""Nights that are killed: kill -9 at random moments, and what the next run makes of it beside an undisturbed night.

    python -m benchmarks.kill_night
    python -m benchmarks.kill_night --times 200 --documents 300 --database postgres

A made-up press of short articles is read once without a disturbance, with a model on the loopback in a process of its
own. Then nights over the same press are killed with SIGKILL, so many times in all: at moments drawn from the whole
length of the night and from its first seconds, so that start-up, publishing, and the recovery from the kill before are
met too. The same night goes on with the next run, which may be killed again, until one comes to its end. Then:

- every row of every table equals that of the undisturbed night, but for what can only differ: the rows of
  `extraction_run`, keys of runs, moments, and the seconds that the model took. Which keys a row had for a while
  (`redirect`) hangs on the order in which the answers came: those that both nights gave lead to the same row;
- no question was left out, and the questions that were asked twice are no more than were in flight at the kills;
- nothing is left of the journal of calls, and all that `polidex doctor` checks holds.

It ends with a table, and with 1 if any of this is not so. 200 kills take about half an hour on two quiet cores, and as
many nights as it takes; `--times 20` shows the same in three minutes.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.night_model import NightModel, served
from benchmarks.night_press import write_press
from examples.postgres_server import Server, throwaway_server
from polidex.database import duckdb_file, make_engine, parse_url
from polidex.doctor import check
from schema.tables import metadata

AT_ONCE = 8
LONGEST_SECONDS = 900
OF_A_RUN = ("extraction_run", "night_report")
"""Tables by which runs tell of themselves."""
OF_THE_CLOCK = ("first_seen_at", "retrieved_at", "extracted_at", "created_at", "since", "seconds", "run_id")
"""Columns that differ from run to run: moments, how long the model took, the key of the run."""
REDIRECTS = "redirect"
"""Keys that a row had for a while. Which ones there were is a matter of the order in which the model's answers came, in
undisturbed nights too; but one that two nights have leads to the same row, and none leads nowhere."""
JOURNAL = ("model_reply", "model_request")
Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Night:
    """The command that is killed, and where it works.

    Attributes:
        url: of its database.
        press: the folder of articles.
    """

    url: str
    press: Path
    model: NightModel
    settings: dict[str, str] = field(default_factory=dict)
    polls: bool = False
    """Whether it is `polidex nightly`, to which the folder is a source, and not `polidex run` of the folder."""

    def start(self) -> subprocess.Popen[str]:
        """The command, in a process of its own."""
        source = f'[[sources]]\nkind = "folder"\nlocation = "{self.press.name}"\n' if self.polls else ""
        (self.press.parent / "polidex.toml").write_text(source, encoding="utf-8")
        asked = ["nightly"] if self.polls else ["run", str(self.press)]
        return subprocess.Popen(
            [sys.executable, "-c", _COMMAND, *asked, "--database", self.url],
            env={**os.environ, **self.environment()},
            cwd=self.press.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self) -> tuple[int, str]:
        """Its exit code and all that it says, when nobody disturbs it."""
        with self.start() as process:
            said, _ = process.communicate(timeout=LONGEST_SECONDS)
        return process.returncode, said

    def killed_after(self, seconds: float) -> tuple[int, str]:
        """The same when it is killed after so long, unless it has ended."""
        with self.start() as process:
            try:
                said, _ = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                said, _ = process.communicate()
        return process.returncode, said

    def environment(self) -> dict[str, str]:
        """The settings of the command, as the environment gives them."""
        values = {
            "MODEL": "openai/m",
            "BASE_URL": self.model.base_url,
            "API_KEY": "none",
            "PACE_AT_ONCE": str(AT_ONCE),
            "PARAMETERS_BACKOFF_SECONDS": "0.02",
        }
        return {f"POLIDEX_{name}": value for name, value in {**values, **self.settings}.items()}


_COMMAND = """
import signal
import polidex.cli
# Who starts this in the background has it ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
polidex.cli.main()
"""


def tables(url: str) -> Rows:
    """What must be equal: all rows of all tables in the order of their keys, without what can only differ."""
    engine = make_engine(parse_url(url), read_only=True)
    with engine.connect() as connection:
        found: Rows = {}
        for table in metadata.sorted_tables:
            if table.name in (*OF_A_RUN, *JOURNAL):
                continue
            result = connection.execute(sa.select(table)).mappings().all()
            keys = [column.name for column in table.primary_key]
            rows = [{name: value for name, value in row.items() if name not in OF_THE_CLOCK} for row in result]
            found[table.name] = sorted(rows, key=lambda row: [str(row[key]) for key in keys])
    engine.dispose()
    return found


def differences(ours: Rows, theirs: Rows) -> list[str]:
    """In words, for each table that differs, its first rows that do."""
    found = []
    targets = [{row["id"]: row["target_id"] for row in rows[REDIRECTS]} for rows in (ours, theirs)]
    if lost := [key for key in targets[0].keys() & targets[1].keys() if targets[0][key] != targets[1][key]]:
        found.append(f"{REDIRECTS}: {len(lost)} keys lead elsewhere, {lost[0]} among them")
    for name in ours:
        if name == REDIRECTS or ours[name] == theirs[name]:
            continue
        lines = [f"{name}: {len(ours[name])} rows, {len(theirs[name])} in the undisturbed night"]
        mine, other = ({repr(sorted(row.items())) for row in rows[name]} for rows in (ours, theirs))
        lines += [f"  only here: {row[:600]}" for row in sorted(mine - other)[:2]]
        lines += [f"  only there: {row[:600]}" for row in sorted(other - mine)[:2]]
        found.append("\n".join(lines))
    return found


def left_in_journal(url: str) -> int:
    """How many rows of calls are kept that no document holds."""
    file = duckdb_file(parse_url(url))
    if file:
        with closing(sqlite3.connect(file.with_name(f"{file.name}.calls"))) as connection:
            return sum(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in JOURNAL)
    engine = make_engine(parse_url(url), read_only=True)
    with engine.connect() as connection:
        left = sum(connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in JOURNAL)
    engine.dispose()
    return int(left)


def broken_rules(url: str, cache: Path) -> list[str]:
    """What `polidex doctor` finds wrong with the rows."""
    return [f"doctor: {each.name}: {each.detail}" for each in check(url, cache=cache) if not each.ok]


@dataclass(frozen=True)
class Outcome:
    """How one night went that was killed so many times."""

    kills: int
    asked_again: int
    faults: list[str]


def disturbed(night: Night, moments: Iterator[float], most: int, undisturbed: Rows, asked: Counter[str]) -> Outcome:
    """Kill a night at some moments, at most so many times, let it come to its end, and look at what it left."""
    night.model.forget()
    kills = 0
    code, said = -signal.SIGKILL, ""
    while code == -signal.SIGKILL and kills < most:
        code, said = night.killed_after(next(moments))
        kills += code == -signal.SIGKILL
    if code == -signal.SIGKILL:
        code, said = night.run()
    now = night.model.counted().asked
    again = sum((now - asked).values())
    faults = [] if code == 0 else [f"exit code {code}: {said[-600:]}"]
    if missing := sum((asked - now).values()):
        faults.append(f"{missing} questions were never asked")
    if again > kills * AT_ONCE:
        faults.append(f"{again} questions were asked again after {kills} kills with {AT_ONCE} in flight")
    if left := left_in_journal(night.url):
        faults.append(f"{left} rows are left in the journal of calls")
    faults += differences(tables(night.url), undisturbed)
    faults += broken_rules(night.url, night.press.parent)
    return Outcome(kills, again, faults)


def moments_of(seconds: float, luck: random.Random) -> Iterator[float]:
    """Moments of a night: half of them anywhere in it, half in its first third, so that a night has many of them."""
    while True:
        yield luck.uniform(0, seconds / (3 if luck.random() < 1 / 2 else 1))


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Iterator[str]]:
    """URLs of empty databases, one after the other; each is gone when the next is asked for."""
    if kind == "duckdb":
        yield _files(folder)
    else:
        with throwaway_server() as server:
            yield _on(server)


def _files(folder: Path) -> Iterator[str]:
    while True:
        here = folder / "database"
        here.mkdir()
        yield f"duckdb:///{here / 'polidex.duckdb'}"
        shutil.rmtree(here)


def _on(server: Server) -> Iterator[str]:
    while True:
        server.make_database("night")
        yield server.url("night")
        server.drop_database("night")


def main() -> None:
    """Kill nights until the count is full; print a line for each and a table at the end."""
    parser = argparse.ArgumentParser(description="Nights that are killed end as undisturbed ones.")
    parser.add_argument("--times", type=int, default=200, help="how many kills in all")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--database", choices=("duckdb", "postgres"), default="duckdb")
    parser.add_argument("--command", choices=("nightly", "run"), default="nightly", help="nightly polls the folder")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    given = parser.parse_args()
    luck = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name, served() as model, databases(given.database, Path(name)) as urls:
        press = Path(name) / "press"
        write_press(press, given.documents)
        night = Night(next(urls), press, model, polls=given.command == "nightly")
        started = time.monotonic()
        code, said = night.run()
        seconds = time.monotonic() - started
        if code:
            sys.exit(f"The undisturbed night ended with {code}: {said}")
        undisturbed, asked = tables(night.url), model.counted().asked
        rows = sum(map(len, undisturbed.values()))
        print(f"undisturbed: {seconds:.1f} s, {asked.total()} questions, {rows} rows", flush=True)
        outcomes: list[Outcome] = []
        while (done := sum(each.kills for each in outcomes)) < given.times:
            night.url = next(urls)
            outcome = disturbed(night, moments_of(seconds, luck), given.times - done, undisturbed, asked)
            outcomes.append(outcome)
            told = f"night {len(outcomes)}: {outcome.kills} kills, {outcome.asked_again} questions asked again"
            print(f"{told}, {done + outcome.kills} of {given.times}", *outcome.faults, sep="\n  ", flush=True)
    sys.exit(summary(outcomes, given.database))


def summary(outcomes: list[Outcome], database: str) -> int:
    """Print the table at the end; 1 if anything was not as it should be."""
    kills = sum(each.kills for each in outcomes)
    again = sum(each.asked_again for each in outcomes)
    bad = sum(bool(each.faults) for each in outcomes)
    print(f"\n{'database':34}{database}")
    print(f"{'nights':34}{len(outcomes)}")
    print(f"{'kills':34}{kills}")
    print(f"{'questions asked again, a kill':34}{again / max(1, kills):.2f}, at most {AT_ONCE} were in flight")
    print(f"{'nights that ended otherwise':34}{bad}, none is wanted")
    return int(bad > 0)


if __name__ == "__main__":
    main()
