"""When `strict: true` may be promised for a schema, and what an absent SDK leads to."""

from __future__ import annotations

import copy
import json
import sys
from enum import StrEnum
from typing import Any

import pytest
from anthropic._constants import ANTHROPIC_API_VERSION
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from extractors.protocols import answer, speech, strict_schema
from extractors.providers import Parameters, endpoint
from extractors.shapes import shape
from schema.errors import MissingPackage


class Kind(StrEnum):
    A = "a"
    B = "b"


class Item(BaseModel):
    quote: str = Field(max_length=200)
    kind: Kind | None


class Complete(BaseModel):
    items: list[Item] = Field(max_length=8)


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str


class HasDefault(BaseModel):
    name: str = ""


class HasInnerDefault(BaseModel):
    items: list[HasDefault]


class AnyKeys(BaseModel):
    counts: dict[str, int]


class OpenToMore(BaseModel):
    model_config = ConfigDict(extra="allow")

    name: str


def objects(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in objects(item)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("type") == "object" else []
    return own + [found for value in node.values() for found in objects(value)]


@pytest.mark.parametrize("complete", [Complete, Closed])
def test_a_schema_whose_fields_are_all_required_is_closed(complete: type[BaseModel]) -> None:
    strict = strict_schema(complete.model_json_schema())
    assert strict is not None
    assert [node["additionalProperties"] for node in objects(strict)] == [False] * len(objects(strict))
    assert list(strict["properties"]) == list(complete.model_fields)


@pytest.mark.parametrize("loose", [HasDefault, HasInnerDefault, AnyKeys, OpenToMore])
def test_what_strict_would_change_is_not_promised(loose: type[BaseModel]) -> None:
    assert strict_schema(loose.model_json_schema()) is None


def test_the_given_schema_is_not_changed() -> None:
    schema = Complete.model_json_schema()
    before = copy.deepcopy(schema)
    strict_schema(schema)
    assert schema == before


def test_an_absent_sdk_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anthropic", None)
    with pytest.raises(MissingPackage) as caught:
        speech(endpoint("anthropic/any", base_url="http://127.0.0.1:9"), Parameters())
    assert "make" in caught.value.hint


OPENAI = speech(endpoint("any", base_url="http://127.0.0.1:9"), Parameters())
ANTHROPIC = speech(endpoint("anthropic/any", base_url="http://127.0.0.1:9"), Parameters())
TEXTS = st.text() | st.sampled_from(["“Тоқаев”", '"\\\n\u2028', "\ud83d"])
MESSAGES = st.lists(
    st.fixed_dictionaries({"role": st.sampled_from(["system", "user", "assistant"]), "content": TEXTS}), max_size=5
)


def test_the_version_of_anthropics_protocol_is_that_of_the_sdk_that_is_pinned() -> None:
    assert ANTHROPIC.headers["anthropic-version"] == ANTHROPIC_API_VERSION


@given(MESSAGES)
def test_a_body_holds_the_messages_as_they_are(messages: list[dict[str, str]]) -> None:
    body = json.loads(OPENAI.body(messages, shape(Complete)))
    assert body["messages"] == messages
    assert body["model"] == "any"
    assert body["response_format"]["json_schema"]["name"] == "Complete"
    body = json.loads(ANTHROPIC.body(messages, shape(Complete)))
    system = [each["content"] for each in messages if each["role"] == "system"]
    assert body["messages"] == [each for each in messages if each["role"] != "system"]
    assert body.get("system", "") == "\n\n".join(system)
    assert body["output_config"]["format"]["type"] == "json_schema"


def test_letters_of_every_script_are_sent_as_they_are() -> None:
    """Escaped they would be three times as long, and so would what is reserved for them."""
    body = OPENAI.body([{"role": "user", "content": "Тоқаев"}], shape(Complete))
    assert "Тоқаев".encode() in body


def test_each_type_of_reply_has_its_own_shape() -> None:
    first, second = (json.loads(OPENAI.body([], shape(each))) for each in (Complete, Closed))
    assert first["response_format"]["json_schema"]["schema"] != second["response_format"]["json_schema"]["schema"]
    assert shape(Complete) is shape(Complete)


FIELDS = ["choices", "message", "content", "refusal", "usage", "prompt_tokens", "type", "text", "prompt_tokens_details"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)


def completion(message: object, usage: object) -> object:
    return {"choices": [{"message": message}], "usage": usage}


@given(JSON | st.builds(completion, JSON, JSON))
def test_json_of_any_shape_is_an_answer_or_something_foreign(found: Any) -> None:
    for spoken in (OPENAI, ANTHROPIC):
        read = answer(json.dumps(found).encode(), spoken)
        assert isinstance(read.text, str)
        assert all(isinstance(each, int) for each in (read.tokens_in, read.tokens_in_cached, read.tokens_out))


@given(st.binary(max_size=50) | st.just(b"[" * 100_000))
def test_bytes_of_any_kind_are_something_foreign(body: bytes) -> None:
    assert isinstance(answer(body, OPENAI).text, str)
