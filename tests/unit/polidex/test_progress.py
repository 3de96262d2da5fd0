"""What a run says of itself without a terminal: plain lines, and nothing that a terminal or markup would obey."""

from __future__ import annotations

import io

from rich.console import Console

from polidex.progress import RunProgress


def test_lines_are_shown_as_they_are_without_control_characters() -> None:
    written = io.StringIO()
    with RunProgress(Console(file=written, width=80)) as progress:
        progress.begin(2)
        progress.reading("a [bold]name[/].txt", 5)
        progress.called()
        progress.loaded("a [bold]name[/].txt", ["1 tenure; 0 refused", "tenure: Ada\x1b[31m Moro"])
        progress.reading("b.txt", 0)
        progress.failed("c.txt", "it is empty")
    assert written.getvalue().splitlines() == [
        "a [bold]name[/].txt: 5 calls of the model",
        "a [bold]name[/].txt: 1 tenure; 0 refused",
        "  tenure: Ada [31m Moro",
        "b.txt: nothing new",
        "c.txt: failed: it is empty",
    ]


def test_on_a_terminal_a_bar_is_drawn() -> None:
    written = io.StringIO()
    with RunProgress(Console(file=written, width=80, force_terminal=True)) as progress:
        progress.begin(3)
        progress.loaded("a", [])
    assert "1/3" in written.getvalue()
