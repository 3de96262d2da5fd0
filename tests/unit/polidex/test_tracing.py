"""Spans: one inside the other, with what was learnt on the way, and nothing of a message; none without the extra."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from polidex.tracing import ENDPOINTS, Tracing, span
from schema.errors import UsageError


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENDPOINTS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def spans() -> Iterator[dict[str, ReadableSpan]]:
    """The spans of a run of one document and two calls, by name; the second call fails."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with Tracing(provider):
        run_once()
    yield {each.name: each for each in exporter.get_finished_spans()}


def run_once() -> None:
    with span("run", run_id="run_1"), span("document", document="a.txt"):
        with span("call", model="openai/any", extractor=None) as call:
            call.add(tokens_in=100, cost_usd=0.25, tokens_out=None)
        with pytest.raises(ValueError, match="secret"), span("failed call"):
            raise ValueError("secret-of-the-article")


def test_a_call_is_in_its_document_and_that_in_its_run(spans: dict[str, ReadableSpan]) -> None:
    run, document, call = (spans[name] for name in ("run", "document", "call"))
    assert run.parent is None
    assert document.parent and run.context and document.parent.span_id == run.context.span_id
    assert call.parent and document.context and call.parent.span_id == document.context.span_id
    assert dict(call.attributes or {}) == {
        "polidex.model": "openai/any",
        "polidex.tokens_in": 100,
        "polidex.cost_usd": 0.25,
    }
    assert dict(document.attributes or {}) == {"polidex.document": "a.txt"}


def test_an_error_is_told_by_its_kind_alone(spans: dict[str, ReadableSpan]) -> None:
    failed = spans["failed call"]
    assert (failed.status.status_code, failed.status.description) == (trace.StatusCode.ERROR, "ValueError")
    assert not failed.events
    assert "secret" not in "".join(each.to_json() for each in spans.values())


def test_without_an_address_nothing_is_sent_and_nothing_is_in_the_way() -> None:
    with Tracing(), span("run") as run:
        run.add(tokens_in=1)
        assert not trace.get_current_span().is_recording()


def test_nobody_else_writes_into_our_spans(spans: dict[str, ReadableSpan]) -> None:
    # What libraries trace goes to the provider of the process, which stays as it was.
    assert not trace.get_tracer("openai").start_span("chat").is_recording()


def test_an_address_without_the_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENDPOINTS[0], "http://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(UsageError, match="are not installed") as told, Tracing():
        pass
    assert told.value.exit_code == 2
    assert "polidex[otel]" in told.value.hint


def test_a_receiver_on_the_loopback_gets_all_spans_by_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    received: list[ExportTraceServiceRequest] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        monkeypatch.setenv(ENDPOINTS[0], f"http://127.0.0.1:{server.server_address[1]}")
        with Tracing():
            run_once()
        server.shutdown()
        thread.join()
    [resource] = [each for request in received for each in request.resource_spans]
    assert {each.key: each.value.string_value for each in resource.resource.attributes}["service.name"] == "polidex"
    assert sorted(each.name for scope in resource.scope_spans for each in scope.spans) == [
        "call", "document", "failed call", "run",
    ]  # fmt: skip
