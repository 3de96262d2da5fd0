"""Logs: known fields and no others, one line each, and nothing of an article or a key at any level."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex import logs

MARKER = "xyzzy-of-the-article"


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    logs.stop()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_with_its_run() -> None:
    stream = io.StringIO()
    logs.start("json", stream=stream)
    logs.bind(run_id="run_1")
    logs.event("document_loaded", document="https://news.example/ä", tokens_in=5, cost_usd=0.25, reason=None)
    [line] = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "level": "info",
        "event": "document_loaded",
        "run_id": "run_1",
        "document": "https://news.example/ä",
        "tokens_in": 5,
        "cost_usd": 0.25,
    }


def test_what_is_not_on_the_list_cannot_be_logged() -> None:
    with pytest.raises(ValueError, match="nothing called text is logged"):
        logs.event("document_loaded", text="all of it")
    with pytest.raises(ValueError, match="nothing called read_it is logged"):
        logs.event("read_it")


def test_modules_below_log_the_same_with_the_standard_library() -> None:
    stream = io.StringIO()
    logs.start("json", stream=stream)
    fields = {"provider": "openai", "seconds": 20, "text": MARKER}
    logging.getLogger("extractors.model").warning("rate_limited", extra={"fields": fields})
    [line] = lines(stream)
    assert (line["event"], line["provider"], line["seconds"]) == ("rate_limited", "openai", 20)
    assert MARKER not in stream.getvalue()


def test_for_ever_is_no_number_of_json() -> None:
    stream = io.StringIO()
    logs.start("json", stream=stream)
    logs.event("rate_limited", seconds=float("inf"))
    assert lines(stream)[0]["seconds"] == "inf"


@pytest.mark.parametrize("kind", logs.FORMATS)
def test_an_error_is_told_without_its_words(kind: logs.LogFormat) -> None:
    stream = io.StringIO()
    logs.start(kind, debug=True, stream=stream)
    try:
        raise ValueError(f"the reply was {MARKER}")
    except ValueError:
        logging.getLogger("polidex.run").debug("%s failed", "a.txt", exc_info=True)
    assert MARKER not in stream.getvalue()
    assert "a.txt failed" in stream.getvalue()
    assert "test_logs.py:" in stream.getvalue()


def test_other_libraries_are_not_heard() -> None:
    stream = io.StringIO()
    logs.start("json", debug=True, stream=stream)
    for name in ("httpx", "openai._base_client", "duckdb", "root"):
        logging.getLogger(name).critical(MARKER)
    assert stream.getvalue() == ""


def test_on_text_only_warnings_are_told() -> None:
    stream = io.StringIO()
    logs.start("text", stream=stream)
    logs.bind(run_id="run_1")
    logs.event("document_loaded", document="a.txt")
    logs.event("breaker_open", provider="openai", seconds=30.0)
    logging.getLogger("polidex.staging").warning("Going on with %s", "a.staging")
    assert stream.getvalue().splitlines() == [
        "breaker_open run_id=run_1 provider=openai seconds=30.0",
        "Going on with a.staging run_id=run_1",
    ]


def test_begun_twice_tells_once_and_ended_tells_nothing() -> None:
    first, second = io.StringIO(), io.StringIO()
    logs.start("json", stream=first)
    logs.start("json", stream=second)
    logs.event("published")
    logs.stop()
    logs.event("published")
    assert first.getvalue() == ""
    assert len(lines(second)) == 1


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_text_and_a_file_json_unless_asked() -> None:
    assert logs.wanted(None, _Terminal()) == "text"
    assert logs.wanted(None, io.StringIO()) == "json"
    assert logs.wanted("json", _Terminal()) == "json"
    assert logs.wanted("text", io.StringIO()) == "text"


@given(st.text())
def test_a_text_of_a_stranger_stays_one_short_line(words: str) -> None:
    stream = io.StringIO()
    logs.start("json", stream=stream)
    logs.event("document_failed", document=words, reason=words * 50)
    [line] = lines(stream)
    assert len(line["reason"]) <= 300
    assert stream.getvalue().isprintable() or stream.getvalue().count("\n") == 1
