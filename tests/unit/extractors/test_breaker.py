"""When a provider counts as down, who tries whether it is back, and when it is given up."""

from __future__ import annotations

import math

from extractors.breaker import Breaker


def opened(now: float = 0.0) -> Breaker:
    breaker = Breaker(failures_to_open=3, rest_seconds=30, give_up_seconds=300)
    for _ in range(3):
        breaker.failed(now)
    return breaker


def test_only_so_many_failures_in_a_row_open_it() -> None:
    breaker = Breaker(failures_to_open=3, rest_seconds=30, give_up_seconds=300)
    for _ in range(4):
        breaker.failed(0)
        breaker.failed(0)
        breaker.close()
    assert not breaker.is_open
    assert breaker.wait(0) == 0
    assert not breaker.begin()
    for _ in range(3):
        breaker.failed(0)
    assert breaker.is_open


def test_nobody_sends_while_it_rests_and_then_one() -> None:
    breaker = opened(now=100)
    assert breaker.wait(100) == 30
    assert breaker.wait(130) == 0
    assert breaker.begin()
    assert breaker.wait(131) == math.inf


def test_an_answer_closes_it_and_a_failure_lets_it_rest_again() -> None:
    breaker = opened()
    breaker.begin()
    breaker.rest(31)
    assert breaker.wait(31) == 30
    assert breaker.begin()
    breaker.close()
    assert breaker.wait(61) == 0
    assert not breaker.begin()


def test_a_probe_that_was_not_sent_leaves_its_place_to_the_next() -> None:
    breaker = opened()
    breaker.begin()
    breaker.rest(None)
    assert breaker.wait(31) == 0
    assert breaker.begin()


def test_failures_that_come_while_it_is_open_do_not_lengthen_the_rest() -> None:
    breaker = opened()
    breaker.failed(20)
    assert breaker.wait(20) == 10
    assert breaker.left(20) == 280


def test_it_gives_up_counted_from_when_it_opened() -> None:
    breaker = opened(now=10)
    for at in range(40, 300, 30):
        breaker.begin()
        breaker.rest(at)
    assert not breaker.given_up(309)
    assert breaker.given_up(310)
    breaker.close()
    assert not breaker.given_up(1000)
