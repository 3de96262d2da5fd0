"""What a status and its headers mean, whatever stands in them."""

from __future__ import annotations

import json

import pytest

from extractors.faults import refusal
from extractors.providers import endpoint
from schema.errors import BadRequest, NoCredit, RateLimited, ServerFailure

ASKED = endpoint("any", base_url="http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        (" 20 ", 20.0),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 0.0),
        ("nan", None),
        ("inf", None),
        ("-1", None),
        ("٣", None),
        ("9" * 400, None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_pause_is_a_number_of_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert refusal(429, {"Retry-After": header}, b"", ASKED).retry_after == seconds


@pytest.mark.parametrize(("status", "maybe"), [(500, False), (502, True), (503, False), (504, True), (429, False)])
def test_only_a_gateway_leaves_open_whether_the_work_was_done(status: int, maybe: bool) -> None:
    assert refusal(status, {}, b"", ASKED).maybe_billed is maybe


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[" * 100_000, b"[1]", b'{"error": "no"}', b'{"error": {"message": 7}}']
)
def test_a_refusal_with_any_body_is_one_clear_error(body: bytes) -> None:
    assert type(refusal(400, {}, body, ASKED)) is BadRequest
    assert type(refusal(503, {}, body, ASKED)) is ServerFailure


def test_an_empty_account_ends_a_run_and_a_pause_does_not() -> None:
    empty = refusal(429, {}, json.dumps({"error": {"code": "insufficient_quota", "message": "Pay."}}).encode(), ASKED)
    assert type(empty) is NoCredit
    assert empty.stops_run
    assert not refusal(429, {}, b"", ASKED).stops_run
    assert issubclass(NoCredit, RateLimited)
