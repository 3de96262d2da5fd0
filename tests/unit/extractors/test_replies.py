"""Replies told apart: JSON, JSON amid prose, prose, pages, refusals."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr, ValidationError

from extractors.protocols import Answer
from extractors.providers import PROVIDERS, Endpoint
from extractors.replies import correction, faults, json_part, unusable
from schema.errors import EmptyReply, InvalidReply, ModelError, NotJson, Refused, Truncated

ASKED = Endpoint(PROVIDERS["openai"], "any", None, SecretStr("sk-polidex-test"))

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
objects = st.dictionaries(st.text(max_size=5), scalars | st.lists(scalars, max_size=3), max_size=4)
prose = st.text(st.characters(exclude_characters="{}[]<`"), max_size=40)


class Point(BaseModel):
    x: int


class Line(BaseModel):
    points: list[Point]


@given(objects, prose, prose)
def test_an_object_is_found_amid_any_prose(value: dict[str, object], before: str, after: str) -> None:
    assert json.loads(json_part(f"{before}{json.dumps(value)}{after}")) == value


@given(objects, st.sampled_from(["json", "JSON", ""]))
def test_a_code_fence_is_taken_off(value: dict[str, object], language: str) -> None:
    assert json.loads(json_part(f"```{language}\n{json.dumps(value)}\n```\n")) == value


@given(prose)
def test_prose_is_not_json(text: str) -> None:
    assert json_part(text) == ""


@pytest.mark.parametrize("text", ["<html><script>{}</script>", "<!DOCTYPE html>{}", "so {x} it is", "} {"])
def test_braces_alone_are_not_json(text: str) -> None:
    assert json_part(text) == ""


@pytest.mark.parametrize("text", ['{"a": [1', "{a}", "[1", "[" * 100_000], ids=["cut", "no string", "list", "deep"])
def test_broken_json_is_kept_to_be_told_from_prose(text: str) -> None:
    assert json_part(text) == text


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer("{}"), None),
        (Answer('{"a'), None),
        (Answer('{"a', cut=True), None),
        (Answer(""), EmptyReply),
        (Answer(" \n"), EmptyReply),
        (Answer("", cut=True), Truncated),
        (Answer("No.", refused=True), Refused),
        (Answer("", refused=True), Refused),
        (Answer("Nobody is named."), NotJson),
        (Answer("{}", foreign=True), NotJson),
        (Answer('{"a": "sk-polidex-test"}'), NotJson),
    ],
)
def test_each_answer_has_its_error(answer: Answer, expected: type[ModelError] | None) -> None:
    problem = unusable(answer, ASKED)
    assert (type(problem) if problem else None) is expected


def broken(text: str) -> InvalidReply:
    with pytest.raises(ValidationError) as caught:
        Line.model_validate_json(text)
    return InvalidReply(faults(caught.value), text=text)


def test_faults_say_where_without_repeating_the_reply() -> None:
    failed = broken('{"points": [{"x": "abc"}, {}]}')
    lines = str(failed).splitlines()
    assert [line.split(":")[0] for line in lines] == ["points.0.x", "points.1.x"]
    assert "abc" not in str(failed)


def test_many_faults_are_counted_rather_than_listed() -> None:
    failed = broken(json.dumps({"points": [{}] * 100}))
    assert str(failed).splitlines()[-1] == "and 95 more"


def test_a_correction_is_one_message_about_the_reply() -> None:
    [message] = correction(broken('{"points": 1}'))
    assert message["role"] == "user"
    assert '{"points": 1}' in message["content"]
