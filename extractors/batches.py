"""The two protocols in which providers take questions by the batch: half the price, replies within a day."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib import import_module
from tempfile import TemporaryFile
from typing import Any, Protocol

import httpx2
import openai
from pydantic import BaseModel

from extractors.faults import refusal
from extractors.protocols import Answer, Message, answer, speech
from extractors.providers import Endpoint, Parameters
from extractors.shapes import shape
from extractors.wire import CONNECT_SECONDS
from schema.errors import BadRequest, ConnectionDropped, ModelError, TimedOut, Unanswered, UnsureSubmit, UsageError

# What the SDKs log: whole requests, replies and headers, and an ERROR for each failure that we raise anyway.
CLIENT_LOGGERS = ("openai", "anthropic", "httpx", "httpx2", "httpcore", "httpcore2")

MARK = "polidex_batch"
"""The name under which OpenAI keeps our key of a batch beside its own."""

_STATUS_OF = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
}
"""Anthropic names the errors of single questions without the status that they have elsewhere."""

_OK = 200
_REQUEST_TIMEOUT, _FIRST_SERVER_ERROR = 408, 500
_PAGE = 100
_ERROR_CHARS = 300


@dataclass(frozen=True)
class Ask:
    """One question of a batch, by a name that the provider gives back with its reply."""

    custom_id: str
    messages: list[Message]
    reply_type: type[BaseModel]


class Stage(StrEnum):
    """Where a batch is: `ENDED` says only that all is done that ever will be."""

    UNDER_WAY = "under_way"
    ENDED = "ended"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True)
class Standing:
    """What a provider says of a batch."""

    id: str
    stage: Stage
    expires_at: datetime | None = None
    error: str | None = None
    """Why the provider refused the batch as a whole."""


class Batches(Protocol):
    """The batches of one model at one provider."""

    most_requests: int
    most_bytes: int

    def body(self, ask: Ask) -> bytes:
        """A question as it is sent: what the live wire would send, in the frame of a batch."""

    def submit(self, bodies: Sequence[bytes], mark: str) -> Standing:
        """Hand a batch over, once.

        Raises:
            UnsureSubmit: whether it was accepted is not known.
            ModelError: it was not.
        """

    def status(self, batch_id: str) -> Standing:
        """How a batch stands. Raises a ModelError."""

    def results(self, batch_id: str) -> Iterator[tuple[str, Answer | ModelError]]:
        """What came of each question of a batch that ended, in any order; of some nothing may come.

        A line that cannot be read is left out. Raises a ModelError.
        """

    def find(self, mark: str, custom_ids: Collection[str], known: Collection[str]) -> Standing | None:
        """The batch of a submit whose answer never came; None where the provider has none.

        Args:
            mark: as given to `submit`.
            custom_ids: of its questions.
            known: what the provider calls the batches whose submit was answered.

        Raises:
            UnsureSubmit: that cannot be said yet.
            ModelError: the provider cannot be asked.
        """

    def close(self) -> None:
        """Close the connections."""


class OpenAIBatches:
    """A file of questions is uploaded, the batch names it, and what comes of it lies in two files."""

    most_requests = 50_000
    # 200 MB are allowed, but a batch lies in memory until it is handed over.
    most_bytes = 100_000_000
    _path = "/v1/chat/completions"
    _stages: Mapping[str, Stage] = {
        "completed": Stage.ENDED,
        "expired": Stage.EXPIRED,
        "cancelled": Stage.CANCELLED,
        "failed": Stage.FAILED,
    }

    def __init__(self, endpoint: Endpoint, parameters: Parameters) -> None:
        self._endpoint, self._speech = endpoint, speech(endpoint, parameters)
        self._client = openai.OpenAI(
            api_key=endpoint.key.get_secret_value() or "none",
            base_url=endpoint.base_url,
            timeout=openai.Timeout(parameters.timeout_seconds, connect=CONNECT_SECONDS),
            http_client=openai.DefaultHttpxClient(follow_redirects=False),
        )

    def body(self, ask: Ask) -> bytes:
        frame = json.dumps({"custom_id": ask.custom_id, "method": "POST", "url": self._path})
        return _framed(frame, "body", self._speech.body(ask.messages, shape(ask.reply_type)))

    def submit(self, bodies: Sequence[bytes], mark: str) -> Standing:
        with self._ours():
            with TemporaryFile() as file:
                file.writelines(bodies)
                file.seek(0)
                uploaded = self._client.files.create(file=(f"{mark}.jsonl", file), purpose="batch")
            with _once(openai):
                created = self._client.with_options(max_retries=0).batches.create(
                    input_file_id=uploaded.id,
                    endpoint="/v1/chat/completions",
                    completion_window="24h",
                    metadata={MARK: mark},
                )
                return self._standing(created)

    def status(self, batch_id: str) -> Standing:
        with self._ours():
            return self._standing(self._client.batches.retrieve(batch_id))

    def results(self, batch_id: str) -> Iterator[tuple[str, Answer | ModelError]]:
        with self._ours():
            batch = self._client.batches.retrieve(batch_id)
            for file_id in filter(None, (batch.output_file_id, batch.error_file_id)):
                with self._client.files.with_streaming_response.content(file_id) as file:
                    yield from _read(file.iter_lines(), self._result)

    def find(self, mark: str, custom_ids: Collection[str], known: Collection[str]) -> Standing | None:
        with self._ours():
            for batch in self._client.batches.list(limit=_PAGE):
                if (batch.metadata or {}).get(MARK) == mark:
                    return self._standing(batch)
        return None

    def close(self) -> None:
        self._client.close()

    def _standing(self, batch: Any) -> Standing:
        stage = self._stages.get(batch.status, Stage.UNDER_WAY)
        expires_at = datetime.fromtimestamp(batch.expires_at, UTC) if batch.expires_at else None
        faults = (batch.errors.data or []) if batch.errors else []
        told = " ".join(self._endpoint.redact(str(faults[0].message or "")).split()) if faults else ""
        return Standing(str(batch.id), stage, expires_at, told[:_ERROR_CHARS] or None)

    def _result(self, line: Mapping[str, Any]) -> Answer | ModelError:
        if not line.get("response"):
            # `batch_expired` and `batch_cancelled`; whatever else it may be, there is no reply.
            return Unanswered()
        status, body = int(line["response"]["status_code"]), json.dumps(line["response"]["body"]).encode()
        return answer(body, self._speech) if status == _OK else refusal(status, {}, body, self._endpoint)

    def _ours(self) -> Any:
        return _ours(openai, self._endpoint)


class AnthropicBatches:
    """The questions are sent with the batch itself, and what comes of them lies in one file."""

    most_requests = 100_000
    # 256 MB are allowed, but a batch lies in memory twice while it is handed over.
    most_bytes = 100_000_000
    _path = "/v1/messages/batches"

    def __init__(self, endpoint: Endpoint, parameters: Parameters) -> None:
        self._endpoint, self._speech = endpoint, speech(endpoint, parameters)
        self._sdk: Any = import_module("anthropic")
        self._client = self._sdk.Anthropic(
            api_key=endpoint.key.get_secret_value() or "none",
            base_url=endpoint.base_url,
            timeout=self._sdk.Timeout(parameters.timeout_seconds, connect=CONNECT_SECONDS),
            http_client=self._sdk.DefaultHttpxClient(follow_redirects=False),
        )

    def body(self, ask: Ask) -> bytes:
        body = self._speech.body(ask.messages, shape(ask.reply_type))
        return _framed(json.dumps({"custom_id": ask.custom_id}), "params", body)

    def submit(self, bodies: Sequence[bytes], mark: str) -> Standing:
        with self._ours(), _once(self._sdk):
            # As it is: `messages.batches.create` would take each question as objects, and write it anew.
            created = self._client.with_options(max_retries=0).post(
                self._path,
                content=b'{"requests":[' + b",".join(bodies) + b"]}",
                options={"headers": {"Content-Type": "application/json"}},
                cast_to=self._sdk.types.messages.MessageBatch,
            )
            return self._standing(created)

    def status(self, batch_id: str) -> Standing:
        with self._ours():
            return self._standing(self._client.messages.batches.retrieve(batch_id))

    def results(self, batch_id: str) -> Iterator[tuple[str, Answer | ModelError]]:
        with self._ours(), self._client.messages.batches.with_streaming_response.results(batch_id) as file:
            yield from _read(file.iter_lines(), self._result)

    def find(self, mark: str, custom_ids: Collection[str], known: Collection[str]) -> Standing | None:
        """Anthropic keeps nothing of ours with a batch: ours is told by the questions in it, once it has ended."""
        open_yet = False
        with self._ours():
            for batch in self._client.messages.batches.list(limit=_PAGE):
                count = batch.request_counts
                held = count.processing + count.succeeded + count.errored + count.canceled + count.expired
                if batch.id in known or batch.archived_at or held != len(custom_ids):
                    continue
                if batch.processing_status != "ended":
                    open_yet = True
                elif next((name for name, _ in self.results(batch.id)), None) in custom_ids:
                    return self._standing(batch)
        if open_yet:
            raise UnsureSubmit("A batch that may be ours is still under way: what is in it can be seen when it ended.")
        return None

    def close(self) -> None:
        self._client.close()

    def _standing(self, batch: Any) -> Standing:
        if batch.processing_status != "ended":
            return Standing(str(batch.id), Stage.UNDER_WAY, batch.expires_at)
        count = batch.request_counts
        stage = Stage.EXPIRED if count.expired else Stage.CANCELLED if count.canceled else Stage.ENDED
        return Standing(str(batch.id), stage, batch.expires_at)

    def _result(self, line: Mapping[str, Any]) -> Answer | ModelError:
        result = line["result"]
        if result["type"] == "succeeded":
            return answer(json.dumps(result["message"]).encode(), self._speech)
        if result["type"] != "errored":
            return Unanswered()
        error = result["error"].get("error", result["error"])
        status = _STATUS_OF.get(error["type"], _FIRST_SERVER_ERROR)
        return refusal(status, {}, json.dumps(error).encode(), self._endpoint)

    def _ours(self) -> Any:
        return _ours(self._sdk, self._endpoint)


@contextmanager
def open_batches(endpoint: Endpoint, parameters: Parameters) -> Iterator[Batches]:
    """The batches of a model. Raises UsageError for a provider that takes none, MissingPackage where the SDK lacks."""
    if endpoint.provider.name not in ("openai", "anthropic"):
        raise UsageError(
            f"{endpoint.provider.name} takes no batches.", hint="Batches are for openai/ and anthropic/ models."
        )
    for client in CLIENT_LOGGERS:
        logging.getLogger(client).setLevel(logging.CRITICAL)
    kind = AnthropicBatches if endpoint.provider.protocol == "anthropic" else OpenAIBatches
    batches: Batches = kind(endpoint, parameters)
    try:
        yield batches
    finally:
        batches.close()


def _framed(frame: str, name: str, body: bytes) -> bytes:
    """A line: the body as the live wire writes it, in the frame of a batch."""
    return f'{frame[:-1]}, "{name}": '.encode() + body + b"}\n"


def _read(
    lines: Iterator[str], read: Callable[[Mapping[str, Any]], Answer | ModelError]
) -> Iterator[tuple[str, Answer | ModelError]]:
    """Each line that can be read. One that cannot must not cost the others: its question has no reply then."""
    for line in lines:
        try:
            content = json.loads(line)
            found = str(content["custom_id"]), read(content)
        except (ValueError, LookupError, TypeError, AttributeError):
            continue
        yield found


@contextmanager
def _ours(sdk: Any, endpoint: Endpoint) -> Iterator[None]:
    """Errors of the SDK as ours, without what they hold of the request: raised from here they would drag it along."""
    try:
        yield
    except sdk.APIStatusError as error:
        failed = refusal(error.status_code, error.response.headers, _content(error.response), endpoint)
    except (sdk.APITimeoutError, TimeoutError):
        failed = TimedOut()
    except (sdk.APIConnectionError, httpx2.HTTPError):
        failed = ConnectionDropped()
    except (_any(sdk), json.JSONDecodeError):
        failed = BadRequest("The client could not send the request, or read what came back.")
    else:
        return
    raise failed


def _any(sdk: Any) -> type[Exception]:
    """The root of all errors of an SDK."""
    root: type[Exception] = openai.OpenAIError if sdk is openai else sdk.AnthropicError
    return root


def _content(response: Any) -> bytes:
    try:
        return bytes(response.content)
    except RuntimeError:
        # A stream that nobody read.
        return b""


@contextmanager
def _once(sdk: Any) -> Iterator[None]:
    """A request that must not be repeated: only a clear refusal says that the provider has nothing."""
    try:
        yield
    except sdk.APIStatusError as error:
        if error.status_code != _REQUEST_TIMEOUT and error.status_code < _FIRST_SERVER_ERROR:
            raise
    except (_any(sdk), httpx2.HTTPError, TimeoutError, json.JSONDecodeError, AttributeError, TypeError):
        # It broke, or what came back is not the answer of a provider: `UnsureSubmit` below.
        pass
    else:
        return
    raise UnsureSubmit()
