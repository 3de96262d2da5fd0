"""A real HTTP server on the loopback that takes batches as OpenAI and Anthropic do, and ends them as its script says.

    with BatchServer(answer=reader.answer) as server:
        settings = Settings(model="openai/any", base_url=server.url("openai"), ...)
        server.polls = 2                                # ends when it was asked about twice
        server.fate = lambda custom_id, number: EXPIRED # what becomes of each question, by its place in the batch
        server.create = [status(429)]                   # what comes of the next submits; DROP_AFTER takes and hangs up

The same answers are given to questions that are asked live. `accepted` counts how often each question was taken.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.loopback import Request, Step, error_body, rendered

ANSWERED, EXPIRED, CANCELLED, MALFORMED, SILENT = "answered", "expired", "cancelled", "malformed", "silent"
"""What may become of a question. A number in place of one of these is the status of its own error."""

DROP_AFTER = Step(drop=True)
DAY = 86_400
PAGE = 2
"""Batches of one page of a list: few, so that lists have several."""

Fate = str | int


@dataclass
class Batch:
    """One batch as the server holds it: the questions by their names."""

    id: str
    protocol: str
    questions: dict[str, dict[str, Any]]
    metadata: dict[str, str]
    polls_left: int
    ending: str
    created_at: int = field(default_factory=lambda: int(time.time()))

    @property
    def ended(self) -> bool:
        return self.polls_left <= 0


class BatchServer:
    """The server.

    Attributes:
        polls: after how many looks at it a batch that is taken from now on has ended.
        ending: of such a batch: completed, expired, cancelled or failed.
        fate: what becomes of a question.
        create: what comes of the next submits, in order, before all further ones are taken.
        accepted: how often each question was taken, in any batch.
        live: the requests that were asked outside of batches.
        batches: in the order in which they were taken.
    """

    def __init__(self, answer: Callable[[Request], Step]) -> None:
        self.polls = 1
        self.ending = "completed"
        self.fate: Callable[[str, int], Fate] = lambda custom_id, number: ANSWERED
        self.create: list[Step] = []
        self.accepted: Counter[str] = Counter()
        self.live: list[Request] = []
        self.batches: list[Batch] = []
        self._answer = answer
        self._files: dict[str, bytes] = {}
        self._lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    def url(self, protocol: str) -> str:
        """The base URL under which the protocol's SDK finds it."""
        address = f"http://127.0.0.1:{self._server.server_port}"
        return f"{address}/v1" if protocol == "openai" else address

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def end_all(self) -> None:
        """End every batch now."""
        for batch in self.batches:
            batch.polls_left = 0

    # What both protocols share

    def _take(self, protocol: str, questions: list[tuple[str, dict[str, Any]]], metadata: dict[str, str]) -> Step:
        step = self.create.pop(0) if self.create else Step()
        if step.status != 200:
            return step
        number = len(self.batches)
        made = Batch(f"batch_{number}", protocol, dict(questions), metadata, self.polls, self.ending)
        assert len(made.questions) == len(questions), "a name comes twice in a batch"
        self.batches.append(made)
        self.accepted.update(list(made.questions))
        return Step(drop=True) if step.drop else Step(body=self._shown(made))

    def _batch(self, id_: str, protocol: str) -> Batch | None:
        return next((each for each in self.batches if each.id == id_ and each.protocol == protocol), None)

    def _page(self, protocol: str, after: str | None) -> Step:
        """The newest first."""
        found = [each for each in reversed(self.batches) if each.protocol == protocol]
        ids = [each.id for each in found]
        start = ids.index(after) + 1 if after else 0
        shown = found[start : start + PAGE]
        return Step(
            body={
                "object": "list",
                "data": [self._shown(each) for each in shown],
                "first_id": shown[0].id if shown else None,
                "last_id": shown[-1].id if shown else None,
                "has_more": start + PAGE < len(found),
            }
        )

    def _fates(self, batch: Batch) -> list[tuple[str, dict[str, Any], Fate]]:
        """In another order than that of the questions, as both say that it may be."""
        if batch.ending == "failed":
            return []
        found = [(name, body, self.fate(name, number)) for number, (name, body) in enumerate(batch.questions.items())]
        return found[::-1]

    def _reply(self, batch: Batch, body: dict[str, Any]) -> dict[str, Any]:
        path = "/v1/messages" if batch.protocol == "anthropic" else "/v1/chat/completions"
        request = Request(path, {}, body, time.monotonic())
        _, content = rendered(self._answer(request), request)
        found: dict[str, Any] = json.loads(content)
        return found

    def _shown(self, batch: Batch) -> dict[str, Any]:
        return self._openai(batch) if batch.protocol == "openai" else self._anthropic(batch)

    # OpenAI

    def _openai(self, batch: Batch) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "id": batch.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "input_file_id": "file",
            "completion_window": "24h",
            "status": batch.ending if batch.ended else "in_progress",
            "created_at": batch.created_at,
            "expires_at": batch.created_at + DAY,
            "metadata": batch.metadata,
        }
        if batch.ended and batch.ending == "failed":
            fault = {"code": "token_limit_exceeded", "message": "Enqueued token limit reached.", "line": None}
            shown["errors"] = {"object": "list", "data": [fault]}
        elif batch.ended:
            for name, content in zip(("output", "error"), self._openai_files(batch), strict=True):
                if content:
                    self._files[f"{batch.id}_{name}"] = content
                    shown[f"{name}_file_id"] = f"{batch.id}_{name}"
        return shown

    def _openai_files(self, batch: Batch) -> tuple[bytes, bytes]:
        output: list[str] = []
        errors: list[str] = []
        for name, body, fate in self._fates(batch):
            line: dict[str, Any] = {"id": f"r_{name}", "custom_id": name, "response": None, "error": None}
            if fate == SILENT:
                continue
            if fate == ANSWERED:
                line["response"] = {"status_code": 200, "request_id": "q", "body": self._reply(batch, body)}
            elif isinstance(fate, int):
                line["response"] = {"status_code": fate, "request_id": "q", "body": error_body("openai")}
            else:
                line["error"] = {"code": f"batch_{fate}", "message": "This request could not be executed."}
            text = json.dumps(line)
            (output if fate in (ANSWERED, MALFORMED) else errors).append(text[:30] if fate == MALFORMED else text)
        return "\n".join(output).encode(), "\n".join(errors).encode()

    def _upload(self, headers: Any, received: bytes) -> Step:
        raw = b"Content-Type: " + headers["Content-Type"].encode() + b"\r\n\r\n" + received
        parts: Any = message_from_bytes(raw).get_payload()
        found: dict[str, Message] = {str(part.get_param("name", header="content-disposition")): part for part in parts}
        assert found["purpose"].get_payload() == "batch"
        content = found["file"].get_payload(decode=True)
        assert isinstance(content, bytes)
        id_ = f"file_{len(self._files)}"
        self._files[id_] = content
        about = {"object": "file", "bytes": len(content), "created_at": 1, "filename": "f", "purpose": "batch"}
        return Step(body={"id": id_, "status": "processed", **about})

    def _create_openai(self, received: bytes) -> Step:
        asked = json.loads(received)
        assert (asked["endpoint"], asked["completion_window"]) == ("/v1/chat/completions", "24h")
        lines = [json.loads(line) for line in self._files[asked["input_file_id"]].splitlines()]
        assert {(line["method"], line["url"]) for line in lines} == {("POST", "/v1/chat/completions")}
        questions = [(line["custom_id"], line["body"]) for line in lines]
        return self._take("openai", questions, asked["metadata"])

    # Anthropic

    def _anthropic(self, batch: Batch) -> dict[str, Any]:
        counts = Counter(
            {ANSWERED: "succeeded", EXPIRED: "expired", CANCELLED: "canceled"}.get(str(fate), "errored")
            for *_, fate in self._fates(batch)
        )
        if not batch.ended:
            counts = Counter(processing=len(batch.questions))
        names = ("processing", "succeeded", "errored", "canceled", "expired")
        return {
            "id": batch.id,
            "type": "message_batch",
            "processing_status": "ended" if batch.ended else "in_progress",
            "request_counts": {name: counts[name] for name in names},
            "created_at": "2026-11-01T00:00:00Z",
            "expires_at": "2126-11-02T00:00:00Z",
            "ended_at": "2026-11-01T10:00:00Z" if batch.ended else None,
            "archived_at": None,
            "cancel_initiated_at": None,
            "results_url": f"{self.url('anthropic')}/v1/messages/batches/{batch.id}/results" if batch.ended else None,
        }

    def _anthropic_results(self, batch: Batch) -> str:
        lines = []
        for name, body, fate in self._fates(batch):
            result: dict[str, Any] = {"type": {CANCELLED: "canceled"}.get(str(fate), str(fate))}
            if fate == SILENT:
                continue
            if fate in (ANSWERED, MALFORMED):
                result = {"type": "succeeded", "message": self._reply(batch, body)}
            elif isinstance(fate, int):
                kind = {400: "invalid_request_error", 529: "overloaded_error"}.get(fate, "api_error")
                result = {"type": "errored", "error": error_body("anthropic", code=kind)}
            text = json.dumps({"custom_id": name, "result": result})
            lines.append(text[:30] if fate == MALFORMED else text)
        return "\n".join(lines)

    def _create_anthropic(self, received: bytes) -> Step:
        questions = [(each["custom_id"], each["params"]) for each in json.loads(received)["requests"]]
        return self._take("anthropic", questions, {})

    # HTTP

    def _get(self, path: str, query: dict[str, list[str]]) -> Step:
        protocol = "anthropic" if "/messages/" in path else "openai"
        parts = path.removeprefix("/v1/messages/batches").removeprefix("/v1/batches").strip("/").split("/")
        if path.startswith("/v1/files/"):
            content = self._files.get(path.split("/")[3])
            return Step(status=404) if content is None else Step(body=content.decode())
        if parts == [""]:
            after = query.get("after") or query.get("after_id")
            return self._page(protocol, after[0] if after else None)
        batch = self._batch(parts[0], protocol)
        if batch is None:
            return Step(status=404)
        if parts[1:] == ["results"]:
            return Step(body=self._anthropic_results(batch))
        batch.polls_left -= 1
        return Step(body=self._shown(batch))

    def _post(self, path: str, headers: Any, received: bytes) -> Step:
        match path:
            case "/v1/files":
                return self._upload(headers, received)
            case "/v1/batches":
                return self._create_openai(received)
            case "/v1/messages/batches":
                return self._create_anthropic(received)
        request = Request(path, {}, json.loads(received), time.monotonic())
        self.live.append(request)
        return self._answer(request)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = urlsplit(self.path)
                with server._lock:
                    step = server._get(asked.path, parse_qs(asked.query))
                self._play(step, {})

            def do_POST(self) -> None:
                received = self.rfile.read(int(self.headers["Content-Length"]))
                with server._lock:
                    step = server._post(self.path, self.headers, received)
                self._play(step, {})

            def _play(self, step: Step, body: dict[str, Any]) -> None:
                if step.drop:
                    self.close_connection = True
                    return
                path = "/v1/messages" if "/messages" in self.path else self.path
                content_type, content = rendered(step, Request(path, {}, body, time.monotonic()))
                self.send_response(step.status)
                for name, value in {"Content-Type": content_type, **step.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler
