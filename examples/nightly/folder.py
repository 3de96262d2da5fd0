"""A folder as a night finds it, for trying the examples: one article, settings, and a model on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.integration.polidex.newsroom import GOVERNMENT, perfect
from tests.loopback import Loopback

ROOT = Path(__file__).parents[2]


@contextmanager
def prepared(folder: Path) -> Iterator[Loopback]:
    """Fill `folder` with what `/srv/news` holds in the examples; the model answers for as long as the block lasts."""
    program = folder / ".venv" / "bin" / "polidex"
    program.parent.mkdir(parents=True)
    program.write_text(
        f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -c 'from polidex.cli import main; main()' \"$@\"\n"
    )
    program.chmod(0o755)
    (folder / "articles").mkdir()
    (folder / "articles" / "a.txt").write_text(GOVERNMENT, encoding="utf-8")
    environment = folder / "nightly.env"
    environment.write_text("OPENAI_API_KEY=a-key-for-trying\n")
    environment.chmod(0o600)
    with Loopback(answer=perfect) as server:
        (folder / "polidex.toml").write_text(
            f"""
model = "openai/any"
base_url = "{server.url("openai")}"
[watch]
textfile = "polidex.prom"
[[sources]]
kind = "folder"
location = "articles"
"""
        )
        yield server


def cron_environment() -> dict[str, str]:
    """What cron gives a job: next to nothing."""
    home = os.environ.get("HOME", "/")
    return {"HOME": home, "LOGNAME": "polidex", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
