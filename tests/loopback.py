"""A real HTTP server on the loopback that speaks OpenAI's and Anthropic's protocols and does as its script says.

    with Loopback(status(429, headers={"Retry-After": "1"}), reply('{"people": []}')) as server:
        open_model("openai/any", base_url=server.url("openai"), ...)

The steps are played in order and the last is repeated. For whole fixtures of replies, give a function from the
request to a step instead: `Loopback(answer=lambda request: reply(replies[request.question]))`.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

TOKENS_IN, TOKENS_CACHED, TOKENS_OUT = 100, 60, 7
"""What every reply says it used: so many prompt tokens, of which so many cached, and so many written."""


@dataclass(frozen=True)
class Request:
    """One request as the server received it; `at` is on the monotonic clock."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    at: float

    @property
    def protocol(self) -> str:
        return "anthropic" if self.path.endswith("/messages") else "openai"

    @property
    def question(self) -> str:
        """The text of the last message."""
        return str(self.body["messages"][-1]["content"])


@dataclass(frozen=True)
class Step:
    """What the server does with one request."""

    status: int = 200
    body: dict[str, Any] | str | None = None
    """A text is sent as a page, a dict as JSON, and None as the protocol's own error."""
    text: str | None = None
    """A reply of the model, wrapped as the protocol has it."""
    cut: bool = False
    refused: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: bool = False
    """Keep the caller waiting until the server ends."""
    drop: bool = False
    """Close the connection without an answer."""


def reply(text: str, *, cut: bool = False, refused: bool = False, headers: Mapping[str, str] | None = None) -> Step:
    """A reply of the model; `cut` when it hit its token limit, `refused` when `text` is why it will not answer."""
    return Step(text=text, cut=cut, refused=refused, headers=headers or {})


def status(code: int, body: dict[str, Any] | str | None = None, headers: Mapping[str, str] | None = None) -> Step:
    """An HTTP status with the protocol's own error, or with any body."""
    return Step(status=code, body=body, headers=headers or {})


def page(html: str, code: int = 200) -> Step:
    """A web page where a reply should be."""
    return Step(status=code, body=html)


HANG = Step(hang=True)
DROP = Step(drop=True)


def error_body(protocol: str, message: str = "no", code: str = "some_code") -> dict[str, Any]:
    """An error as the protocol words it."""
    error = {"type": code, "code": code, "message": message}
    return {"error": error} if protocol == "openai" else {"type": "error", "error": error}


class Loopback:
    """The server; `requests` holds what it received, in order."""

    def __init__(
        self, *steps: Step, answer: Callable[[Request], Step] | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self.requests: list[Request] = []
        self._steps = list(steps)
        self._answer = answer
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._scheme = "https" if tls else "http"
        if tls:
            # The handshake belongs to the thread of each connection: one that fails must not stop the others.
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def address(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self._server.server_port}"

    def url(self, protocol: str) -> str:
        """The base URL under which the protocol's SDK finds it."""
        return f"{self.address}/v1" if protocol == "openai" else self.address

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()

    def _next(self, request: Request) -> Step:
        with self._lock:
            self.requests.append(request)
            if self._answer is not None:
                return self._answer(request)
            return self._steps[min(len(self.requests), len(self._steps)) - 1]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._play(b"{}")

            def do_POST(self) -> None:
                self._play(self.rfile.read(int(self.headers["Content-Length"])))

            def _play(self, received: bytes) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(self.path, headers, json.loads(received), time.monotonic())
                step = loopback._next(request)
                if step.hang:
                    loopback._ended.wait()
                if step.hang or step.drop:
                    self.close_connection = True
                    return
                content_type, body = rendered(step, request)
                self.send_response(step.status)
                for name, value in {"Content-Type": content_type, **step.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler


def rendered(step: Step, request: Request) -> tuple[str, bytes]:
    """The content type and the bytes with which a step answers."""
    if isinstance(step.body, str):
        return "text/html; charset=utf-8", step.body.encode()
    if step.body is not None:
        body = step.body
    elif step.text is None:
        body = error_body(request.protocol)
    elif request.protocol == "openai":
        body = _completion(step)
    else:
        body = _message(step)
    return "application/json", json.dumps(body).encode()


def _completion(step: Step) -> dict[str, Any]:
    message = {"role": "assistant", "content": None if step.refused else step.text}
    if step.refused:
        message["refusal"] = step.text
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "any",
        "choices": [{"index": 0, "message": message, "finish_reason": "length" if step.cut else "stop"}],
        "usage": {
            "prompt_tokens": TOKENS_IN,
            "completion_tokens": TOKENS_OUT,
            "total_tokens": TOKENS_IN + TOKENS_OUT,
            "prompt_tokens_details": {"cached_tokens": TOKENS_CACHED},
        },
    }


def _message(step: Step) -> dict[str, Any]:
    content = [{"type": "text", "text": step.text}] if step.text else []
    ended = "refusal" if step.refused else "max_tokens" if step.cut else "end_turn"
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "any",
        "content": content,
        "stop_reason": ended,
        "stop_sequence": None,
        "usage": {
            "input_tokens": TOKENS_IN - TOKENS_CACHED,
            "cache_read_input_tokens": TOKENS_CACHED,
            "cache_creation_input_tokens": 0,
            "output_tokens": TOKENS_OUT,
        },
    }
