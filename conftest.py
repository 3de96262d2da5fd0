"""What every test shares: no setting of the developer's leaks in, and each stage says how long it took."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from pathlib import Path

import hypothesis
import pytest

STAGE_DEPTH = 1  # tests/STAGE/...
BOUND_SECONDS = 15 * 60

# A busy machine is no error of a test.
hypothesis.settings.register_profile("polidex", deadline=None)
hypothesis.settings.load_profile("polidex")

_seconds: defaultdict[str, float] = defaultdict(float)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("POLIDEX_"):
            monkeypatch.delenv(name)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add the seconds of a test, its fixtures included, to its stage."""
    _seconds[Path(report.nodeid.partition("::")[0]).parts[STAGE_DEPTH]] += report.duration


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the seconds of each stage, and under CI those of everything since its start, set-up included."""
    stages = ", ".join(f"{stage} {seconds:.0f} s" for stage, seconds in _seconds.items())
    terminalreporter.write_line(f"stages: {stages}")
    started = os.environ.get("CHECKS_STARTED")
    if started:
        terminalreporter.write_line(f"all checks: {time.time() - float(started):.0f} s of at most {BOUND_SECONDS} s")
