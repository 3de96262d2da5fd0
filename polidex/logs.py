"""What a run tells a machine that collects logs: one JSON object a line, with known fields and no others.

The fields are a closed list, and texts in them are cut: no article, no reply and no key can come into a log by mistake,
at any level, whoever logs. What other libraries log is left out: at their most talkative they write whole requests.
"""

from __future__ import annotations

import logging
import math
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TextIO, get_args

import structlog
from structlog.typing import EventDict, WrappedLogger

from polidex.answers import one_line

LogFormat = Literal["json", "text"]
FORMATS = get_args(LogFormat)

EVENTS = {
    "run_started": "a run began",
    "document_read": "a document's text is there; `calls` are to be made for it",
    "document_loaded": "its rows are committed; tokens and cost are those of this run",
    "document_failed": "it could not be read, or the model not be asked; `reason` says why",
    "rate_limited": "a provider asked to slow down; nobody asks it for `seconds`",
    "breaker_open": "a provider counts as down; nobody asks it for `seconds`",
    "budget_stopped": "the next request might pass the budget; nothing more is asked",
    "published": "readers see what was committed so far",
    "run_ended": "a run ended, with its exit code",
}
"""What can be told, and what each means."""

FIELDS = (
    "run_id", "document", "extractor", "provider", "model", "calls", "documents", "failed", "tokens_in",
    "tokens_in_cached", "tokens_out", "cost_usd", "budget_usd", "seconds", "exit_code", "reason", "headline",
)  # fmt: skip
_OURS = ("polidex", "extractors", "schema")
_CHARS = 300
_log = logging.getLogger("polidex.events")
_bound: dict[str, str] = {}


def event(name: str, **fields: str | float | None) -> None:
    """Tell that something happened; see `EVENTS` and `FIELDS`. Without `start` nobody hears it, and it costs little.

    Modules below this one say the same with `logging`: `log.warning("rate_limited", extra={"fields": {...}})`.

    Raises:
        ValueError: the event or a field is not one of those.
    """
    if unknown := sorted(({name} - EVENTS.keys()) | (fields.keys() - set(FIELDS))):
        raise ValueError(f"nothing called {', '.join(unknown)} is logged")
    # What a document does the progress shows to a person already.
    warns = name in ("rate_limited", "breaker_open", "budget_stopped")
    _log.log(logging.WARNING if warns else logging.INFO, name, extra={"fields": fields})


def wanted(asked: str | None, stream: TextIO | None = None) -> LogFormat:
    """The format to log in: the one asked for, else `text` on a terminal and `json` elsewhere."""
    if asked in FORMATS:
        return "json" if asked == "json" else "text"
    return "text" if (stream or sys.stderr).isatty() else "json"


def bind(**fields: str) -> None:
    """Fields that stand in every line from now on, until `stop`."""
    _bound.update(fields)


def start(kind: LogFormat, *, debug: bool = False, stream: TextIO | None = None) -> None:
    """Begin to log, to standard error unless told otherwise; called again, it begins anew.

    Args:
        kind: `json` tells every event. `text` tells warnings alone: a person sees the progress of the run.
        debug: tell also what is only of use to a developer.
    """
    stop()
    handler = _Handler(stream)
    handler.setLevel(logging.DEBUG if debug else logging.INFO if kind == "json" else logging.WARNING)
    last: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if kind == "json" else _readable
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            # One list for our own events and for what any of our modules logs with the standard library.
            foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)],
            processors=[lambda _log, _name, told: _known(told), last],
        )
    )
    for name in _OURS:
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG if debug else logging.INFO)
        logger.propagate = False


def stop() -> None:
    """End what `start` began."""
    _bound.clear()
    for name in _OURS:
        logger = logging.getLogger(name)
        for handler in [each for each in logger.handlers if isinstance(each, _Handler)]:
            logger.removeHandler(handler)
            logger.setLevel(logging.NOTSET)
            logger.propagate = True


@contextmanager
def logging_as(kind: LogFormat, *, debug: bool = False) -> Iterator[None]:
    """Log to standard error for as long as the block lasts; see `start`."""
    start(kind, debug=debug)
    try:
        yield
    finally:
        stop()


class _Handler(logging.StreamHandler[TextIO]):
    """Writes to the standard error of the moment: a bar that is drawn there puts itself between."""

    def __init__(self, stream: TextIO | None) -> None:
        self._given = stream
        super().__init__(stream)

    @property
    def stream(self) -> TextIO:
        return self._given or sys.stderr

    @stream.setter
    def stream(self, stream: TextIO) -> None:
        """It is always the one of the moment."""


def _known(told: EventDict) -> EventDict:
    """A line: when, how grave, what, and the fields of the list. Of an error only its kind and where it was raised."""
    record: logging.LogRecord = told["_record"]
    fields = getattr(record, "fields", {})
    line = {"timestamp": told["timestamp"], "level": told["level"]}
    if told["event"] in EVENTS:
        line["event"] = told["event"]
    else:
        # A sentence of ours, with a path or an address in it.
        line |= {"event": "message", "message": _short(told["event"]), "logger": record.name}
    fields = _bound | fields
    line |= {name: _short(fields[name]) for name in FIELDS if fields.get(name) is not None}
    if error := told.get("exc_info"):
        line |= {"error": error[0].__name__, "where": _where(error[2])}
    return line


def _short(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # JSON has no word for "for ever".
    return one_line(value)[:_CHARS] if isinstance(value, str) else value


def _where(trace: Any) -> str:
    """The innermost place: its line of code is left out with all values."""
    frames = traceback.extract_tb(trace)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _readable(_logger: WrappedLogger, _name: str, line: EventDict) -> str:
    event_, message = line.pop("event"), line.pop("message", None)
    rest = " ".join(f"{name}={value}" for name, value in line.items() if name not in ("timestamp", "level", "logger"))
    return f"{message or event_} {rest}".rstrip()
