"""What the replies of a batch are worth, and what questions are called."""

from __future__ import annotations

import pytest

from extractors.protocols import Answer
from extractors.providers import endpoint
from polidex.batch_replies import request_id, worth
from polidex.windows import Window
from schema.errors import BadRequest, ModelError, ServerFailure, Unanswered
from schema.vocabulary import BatchRequestState as State

ASKED = endpoint("openai/any", base_url="http://127.0.0.1:9/v1")


@pytest.mark.parametrize(
    ("found", "state", "code"),
    [
        (Answer('{"items": []}'), State.ANSWERED, None),
        (Answer('Here it is: {"items": []}'), State.ANSWERED, None),
        (Answer('{"items": 1}'), State.FAILED, "invalid_reply"),
        (Answer('{"items": [', cut=True), State.FAILED, "truncated"),
        (Answer("", cut=True), State.FAILED, "truncated"),
        (Answer("No.", refused=True), State.FAILED, "refused"),
        (Answer("prose"), State.FAILED, "not_json"),
        (Answer("<html>", foreign=True), State.FAILED, "not_json"),
        (Answer(""), State.FAILED, "empty_reply"),
        (BadRequest(), State.FAILED, "bad_request"),
        (ServerFailure(), State.UNANSWERED, "server_failure"),
        (Unanswered(), State.UNANSWERED, "unanswered"),
    ],
)
def test_what_may_have_passed_is_asked_again_and_the_rest_is_final(
    found: Answer | ModelError, state: State, code: str | None
) -> None:
    assert worth(found, "people", ASKED)[::2] == (state, code)


def test_no_reply_holds_what_a_database_refuses() -> None:
    _, text, _ = worth(Answer("a\0b \ud800", refused=True), "people", ASKED)
    assert text == "ab ?"


def test_the_name_of_a_question_is_told_by_its_reading_and_its_place() -> None:
    window = Window(10, 20, (0, 5))
    assert request_id("extraction_1", window) == request_id("extraction_1", Window(10, 20, (1, 5)))
    others = {request_id("extraction_2", window), request_id("extraction_1", Window(10, 21, (0, 5)))}
    assert len(others | {request_id("extraction_1", window)}) == 3
