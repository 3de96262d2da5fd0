"""When `strict: true` may be promised for a schema, and what an absent SDK leads to."""

from __future__ import annotations

import copy
import sys
from enum import StrEnum
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field

from extractors.protocols import speech, strict_schema
from extractors.providers import Parameters, endpoint
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
