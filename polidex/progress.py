"""Where a run or a copy is: a bar on a terminal, plain lines elsewhere; on standard error, so that data go alone."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from polidex import logs
from polidex.answers import one_line
from polidex.drafts import Extraction
from schema.usage import Usage

_QUIET_SECONDS = 20.0


class RunProgress:
    """Told by the run what it does; a context manager, because the bar must leave the terminal in order.

    A person sees bars or lines, unless it is `quiet`; the logs are told of documents, without what was found in them.
    Names and lines come from documents: they are shown as they are, never as markup, and without control characters.
    """

    def __init__(self, console: Console | None = None, *, quiet: bool = False) -> None:
        self._console = console or Console(stderr=True, quiet=quiet, highlight=False)
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._said = time.monotonic()
        self._documents = self._bars.add_task("documents", total=None)
        self._calls = self._bars.add_task("calls of the model", total=None, visible=False)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._bars.stop()

    def begin(self, documents: int | None) -> None:
        """The run will read this many documents; None while nobody knows."""
        self._bars.update(self._documents, total=documents)

    def reading(self, name: str, calls: int) -> None:
        """A document is about to be read with this many calls of the model; 0 when nothing is new in it."""
        if calls:
            # Of all documents that are under way.
            before = self._bars.tasks[self._calls].total or 0
            self._bars.update(self._calls, total=before + calls, visible=True, description="calls of the model")
        self._say(f"{name}: {f'{calls} calls of the model' if calls else 'nothing new'}")
        logs.event("document_read", document=name, calls=calls)

    def called(self) -> None:
        """One call of the model is done."""
        self._bars.advance(self._calls)
        task = self._bars.tasks[self._calls]
        # Where there is no bar, a line now and then says that it still works.
        if not self._console.is_terminal and time.monotonic() - self._said >= _QUIET_SECONDS:
            self._say(f"  {task.completed:.0f} of {task.total:.0f} calls done")

    def loaded(self, name: str, lines: Sequence[str], fresh: Iterable[Extraction] = ()) -> None:
        """A document's rows are committed; `lines` say in words what was found in the `fresh` readings."""
        self._bars.advance(self._documents)
        for number, line in enumerate(lines):
            # Others were begun since this one was: the first line says whose they are.
            self._say(f"  {line}" if number else f"{name}: {line}")
        used = sum((each.usage for each in fresh), Usage())
        logs.event(
            "document_loaded",
            document=name,
            calls=used.requests,
            tokens_in=used.tokens_in,
            tokens_out=used.tokens_out,
            cost_usd=used.cost_usd,
        )

    def failed(self, name: str, reason: str) -> None:
        """A document could not be read, or the model could not be asked about it; the run goes on."""
        self._bars.advance(self._documents)
        self._say(f"{name}: failed: {reason}")
        logs.event("document_failed", document=name, reason=reason)

    def _say(self, line: str) -> None:
        self._said = time.monotonic()
        self._console.print(one_line(line), markup=False, soft_wrap=True)


class CopyProgress:
    """Told by a copy what it does; a context manager, because the bar must leave the terminal in order."""

    def __init__(self, console: Console | None = None, *, quiet: bool = False) -> None:
        self._console = console or Console(stderr=True, quiet=quiet, highlight=False)
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = TaskID(0)
        self._what = ""
        self._held = 0
        self._began = self._said = 0.0

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._bars.stop()

    def begin(self, doing: str, table: str, rows: int, held: int = 0) -> None:
        """A table of so many rows is begun; of them so many are done already."""
        self._what, self._held = f"{doing} {table}", held
        self._began = self._said = time.monotonic()
        self._task = self._bars.add_task(self._what, total=rows, completed=held, rate="")

    def advance(self, rows: int) -> None:
        """So many more rows of it are done."""
        self._bars.advance(self._task, rows)
        self._bars.update(self._task, rate=self._rate())
        # Where there is no bar, a line now and then says that it still works.
        if not self._console.is_terminal and time.monotonic() - self._said >= _QUIET_SECONDS:
            self._say()

    def end(self) -> None:
        """The table is done."""
        self._say()
        self._bars.remove_task(self._task)

    def _rate(self) -> str:
        done = self._bars.tasks[-1].completed - self._held
        return f"{done / max(time.monotonic() - self._began, 0.001):,.0f} rows/s"

    def _say(self) -> None:
        self._said = time.monotonic()
        task = self._bars.tasks[-1]
        there = f", {self._held:,} of them there already" if self._held else ""
        self._console.print(
            f"{self._what}: {task.completed:,.0f} of {task.total:,.0f} rows{there}, {self._rate()}", soft_wrap=True
        )


class LookProgress:
    """Told by a plan how many stale documents it has looked at; a context manager that leaves the terminal in order."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, highlight=False)
        self._status = self._console.status("looking for what is stale")
        self._said = time.monotonic()

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._status.stop()

    def looked(self, documents: int) -> None:
        """So many stale documents were looked at."""
        self._status.update(f"{documents:,} stale documents")
        if not self._console.is_terminal and time.monotonic() - self._said >= _QUIET_SECONDS:
            self._said = time.monotonic()
            self._console.print(f"{documents:,} stale documents so far", soft_wrap=True)
