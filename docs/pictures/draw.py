"""Draw `answers.svg`, the picture in the README, from what the commands really print about `demo.duckdb`.

After `make demo`, in the folder of the checkout: `.venv/bin/python docs/pictures/draw.py`
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from rich.console import Console

WIDTH = 104
COMMANDS = (
    "polidex query when_in_office person=Kibaki",
    "polidex query election_winners",
)


def main() -> None:
    """Run the commands and write the picture."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), highlight=False)
    environment = os.environ | {"POLIDEX_DATABASE": "duckdb:///demo.duckdb", "COLUMNS": str(WIDTH)}
    for command in COMMANDS:
        console.print(f"[bold green]$[/] {command}")
        program, *arguments = shlex.split(command)
        line = [str(Path(sys.executable).with_name(program)), *arguments]
        console.print(subprocess.run(line, env=environment, capture_output=True, text=True, check=True).stdout)
    # A picture in a repository loads nothing from elsewhere: the fonts of the reader's machine will do.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", console.export_svg(title="Polidex"), flags=re.DOTALL)
    Path(__file__).with_name("answers.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
