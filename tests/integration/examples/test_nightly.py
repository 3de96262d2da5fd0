"""The examples for a night are started once: the line of the crontab as cron starts it; systemd looks at its files."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from examples.nightly.folder import cron_environment, prepared
from polidex.logs import EVENTS

EXAMPLES = Path(__file__).parents[3] / "examples" / "nightly"
NEWS = "/srv/news"


def cron_line() -> str:
    """The command of the crontab, without its five fields of time."""
    [line] = [each for each in (EXAMPLES / "crontab").read_text().splitlines() if re.match(r"[\d*]", each)]
    # cron takes a percent sign for the end of the line.
    assert "%" not in line
    return line.split(maxsplit=5)[5]


def start_as_cron(folder: Path) -> subprocess.CompletedProcess[str]:
    line = cron_line().replace(NEWS, str(folder))
    return subprocess.run(
        ["/bin/sh", "-c", line], env=cron_environment(), cwd="/", capture_output=True, text=True, check=False
    )


def test_the_line_of_the_crontab_does_a_night(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    with prepared(folder) as model:
        first = start_as_cron(folder)
        asked = len(model.requests)
        second = start_as_cron(folder)
    # cron mails what is printed: nothing, when all went well.
    assert (first.stdout + first.stderr, first.returncode) == ("", 0)
    assert (second.stdout + second.stderr, second.returncode) == ("", 0)
    headlines = [line for line in (folder / "nightly.report").read_text().splitlines() if line.startswith("ok: ")]
    assert len(headlines) == 2
    assert asked == len(model.requests) == 5
    logged = [json.loads(line) for line in (folder / "nightly.log").read_text().splitlines()]
    assert {each["event"] for each in logged} <= EVENTS.keys()
    assert [each["exit_code"] for each in logged if each["event"] == "run_ended"] == [0, 0]
    assert "polidex_last_success_timestamp_seconds" in (folder / "polidex.prom").read_text()


def test_cron_mails_a_night_that_did_not_end_well(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    with prepared(folder):
        (folder / "polidex.toml").write_text("modle = 1\n")
        ended = start_as_cron(folder)
    assert ended.stdout == f"polidex nightly ended with 2: see {folder}/nightly.report\n"


def test_systemd_understands_its_files(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if not verify:
        pytest.skip("systemd is not installed here")
    program = tmp_path / "polidex"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name in ("polidex-nightly.service", "polidex-nightly.timer"):
        text = (EXAMPLES / name).read_text().replace(f"{NEWS}/.venv/bin/polidex", str(program))
        (tmp_path / name).write_text(text)
    files = [str(tmp_path / name) for name in ("polidex-nightly.service", "polidex-nightly.timer")]
    ended = subprocess.run([verify, "verify", *files], capture_output=True, text=True, check=False)
    assert [line for line in ended.stderr.splitlines() if "polidex" in line] == []


def test_the_service_starts_what_the_crontab_starts() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(EXAMPLES / "polidex-nightly.service")
    program, *arguments = unit["Service"]["ExecStart"].removeprefix(f"{NEWS}/").split()
    assert f"{program} {' '.join(arguments)} >>" in cron_line()
    # Codes after which the next night simply goes on.
    assert unit["Service"]["SuccessExitStatus"].split() == ["3", "4"]


def test_the_rules_for_prometheus_are_those_of_the_guide_and_name_metrics_that_there_are(tmp_path: Path) -> None:
    rules = yaml.safe_load((EXAMPLES / "alerts.yml").read_text())
    guide = (EXAMPLES.parents[1] / "docs" / "guide-data-engineer.md").read_text()
    shown = re.search(r"```yaml\n(groups:.*?)```", guide, re.DOTALL)
    assert shown and yaml.safe_load(shown[1]) == rules
    source = (EXAMPLES.parents[1] / "polidex" / "metrics.py").read_text()
    for rule in rules["groups"][0]["rules"]:
        assert all(name in source for name in re.findall(r"polidex_\w+", rule["expr"]))
