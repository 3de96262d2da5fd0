"""Spans for OpenTelemetry: one for the run, for each document, and for each call of a model, if that is installed.

With the extra `otel`, and an address in OTEL_EXPORTER_OTLP_ENDPOINT, spans go there over HTTP. Without either, `span`
does nothing and costs some microseconds.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import TracebackType
from typing import Any, Self

from opentelemetry import trace

from schema.errors import UsageError

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
Value = str | int | float | bool | None


# A question that is cut off by Ctrl-C ends outside the task that began it: its span is closed all the same.
logging.getLogger("opentelemetry.context").setLevel(logging.CRITICAL)
_tracer: trace.Tracer = trace.NoOpTracer()


class Span:
    """A span that is open; what is learnt on the way is added to it."""

    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def add(self, **attributes: Value) -> None:
        """Add attributes, named as those of `span`; None is left out."""
        self._span.set_attributes({f"polidex.{name}": value for name, value in attributes.items() if value is not None})


@contextmanager
def span(name: str, **attributes: Value) -> Iterator[Span]:
    """A span around a block: `with span("call", model="openai/x") as call: ...; call.add(tokens_in=5)`.

    An error that leaves the block marks the span with its kind alone: its message may carry a key or an article.
    """
    with _tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False) as opened:
        found = Span(opened)
        found.add(**attributes)
        try:
            yield found
        except BaseException as error:
            opened.set_status(trace.StatusCode.ERROR, type(error).__name__)
            raise


class Tracing:
    """Sends spans for as long as the block lasts, if somebody wants them; a run opens it once.

    The provider is ours alone, not that of the process: the libraries that talk to models would use that one, and write
    whole questions into their spans.

    Raises:
        UsageError: an address is set, and the extra is not installed.
    """

    def __init__(self, provider: trace.TracerProvider | None = None) -> None:
        self._provider: Any = provider

    def __enter__(self) -> Self:
        global _tracer  # noqa: PLW0603 - one process runs one run.
        if not self._provider and any(os.environ.get(name) for name in ENDPOINTS):
            self._provider = _provider()
        if self._provider:
            _tracer = self._provider.get_tracer("polidex")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        global _tracer  # noqa: PLW0603
        _tracer = trace.NoOpTracer()
        if self._provider:
            # What is not sent yet goes now; a collector that does not answer costs its own timeout and no more.
            self._provider.shutdown()


def _provider() -> Any:
    try:
        sdk = import_module("opentelemetry.sdk.trace")
        export = import_module("opentelemetry.sdk.trace.export")
        resources = import_module("opentelemetry.sdk.resources")
        otlp = import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    except ImportError:
        raise UsageError(
            f"{' or '.join(ENDPOINTS)} is set, and the packages that send spans are not installed.",
            hint="pip install 'polidex[otel]', or unset it.",
        ) from None
    provider = sdk.TracerProvider(resource=resources.Resource.create({"service.name": "polidex"}))
    provider.add_span_processor(export.BatchSpanProcessor(otlp.OTLPSpanExporter()))
    return provider
