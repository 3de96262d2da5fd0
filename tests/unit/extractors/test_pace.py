"""Never more requests in a minute, and never more turns, than were set; pauses that hold everybody."""

from __future__ import annotations

import asyncio
from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.pace import MINUTE, Bucket, Pace, Pacer
from schema.errors import ProviderDown, RateLimited
from tests.clock import run

PAUSES = st.lists(st.floats(0, 90), max_size=30)


def most_in_a_minute(times: list[float]) -> int:
    """The most moments that lie within less than 60 seconds (to a millionth, for the arithmetic is inexact)."""
    return max((bisect_left(times, at + MINUTE - 1e-6) - number for number, at in enumerate(times)), default=0)


@given(per_minute=st.integers(1, 500), pauses=PAUSES, asked=st.integers(1, 400))
def test_a_bucket_lets_through_no_more_than_its_share_in_any_minute(
    per_minute: int, pauses: list[float], asked: int
) -> None:
    bucket, now, times = Bucket(per_minute), 12_345.678, []
    for number in range(asked):
        now += pauses[number] if number < len(pauses) else 0
        while wait := bucket.wait(1, now):
            now += wait
        bucket.take(1, now)
        times.append(now)
    assert most_in_a_minute(times) <= per_minute


@given(per_minute=st.integers(1, 500))
def test_a_bucket_that_is_always_asked_gives_nearly_its_share(per_minute: int) -> None:
    bucket, now = Bucket(per_minute), 0.0
    taken = 0
    while now < 10 * MINUTE:
        while wait := bucket.wait(1, now):
            now += wait
        bucket.take(1, now)
        taken += 1
    assert taken >= 10 * per_minute * 0.94


def test_what_is_larger_than_a_bucket_waits_until_it_is_full_and_is_paid_off() -> None:
    bucket = Bucket(6000)
    bucket.take(10_000, 0)
    assert bucket.wait(1, 0) == pytest.approx(9701 / 5701 * MINUTE)
    bucket.give_back(9_900, 0)
    assert bucket.wait(200, 0) == 0
    bucket.give_back(1_000_000, 0)
    assert bucket.wait(301, 0) == 0
    assert bucket.wait(1, 0) == 0


@settings(max_examples=40)
@given(
    per_minute=st.none() | st.integers(1, 200),
    tokens=st.none() | st.integers(1, 20_000),
    at_once=st.integers(1, 20),
    seconds=st.lists(st.floats(0.001, 20), min_size=1, max_size=60),
    pauses=st.dictionaries(st.integers(0, 59), st.floats(0.1, 30), max_size=3),
)
def test_workers_keep_all_of_a_pace(
    per_minute: int | None, tokens: int | None, at_once: int, seconds: list[float], pauses: dict[int, float]
) -> None:
    """Questions of any length, with pauses that the provider asks for in between."""
    sent: list[float] = []
    held: list[tuple[float, float]] = []
    working = most = 0

    async def question(pacer: Pacer, number: int) -> None:
        nonlocal working, most
        async with pacer.turn():
            working += 1
            most = max(most, working)
            leave = await pacer.leave(100)
            sent.append(now := asyncio.get_running_loop().time())
            await asyncio.sleep(seconds[number])
            if number in pauses:
                pacer.close(pauses[number])
                held.append((now + seconds[number], now + seconds[number] + pauses[number]))
            pacer.ended(leave, answered=True, tokens=50)
            working -= 1

    async def main() -> None:
        pacer = Pacer(Pace(at_once, per_minute, tokens), longest_wait=60)
        await asyncio.gather(*(question(pacer, number) for number in range(len(seconds))))

    run(main())
    assert len(sent) == len(seconds)
    assert most <= at_once
    if per_minute:
        assert most_in_a_minute(sorted(sent)) <= per_minute
    assert not [at for at in sent for start, end in held if start + 1e-6 < at < end - 1e-6]


def test_a_turn_is_had_in_all_that_is_called_and_started_inside() -> None:
    async def main() -> list[str]:
        pacer, order = Pacer(Pace(at_once=1), longest_wait=1), list[str]()

        async def inner(name: str) -> None:
            async with pacer.turn():
                order.append(name)

        other = asyncio.create_task(inner("another"))
        async with pacer.turn():
            await inner("called")
            await asyncio.gather(inner("started"))
            await asyncio.sleep(1)
        await other
        return order

    assert run(main()) == ["called", "started", "another"]


def test_turns_of_two_models_are_their_own() -> None:
    async def main() -> bool:
        one, other = Pacer(Pace(at_once=1), 1), Pacer(Pace(at_once=1), 1)
        async with one.turn(), other.turn(), other.turn():
            return True

    assert run(main())


def test_a_pause_that_is_too_long_fails_all_that_stand_in_line() -> None:
    async def main() -> list[object]:
        pacer = Pacer(Pace(), longest_wait=30)
        pacer.close(10)
        waiting = [asyncio.create_task(pacer.leave(1)) for _ in range(5)]
        await asyncio.sleep(1)
        pacer.close(1000)
        return list(await asyncio.gather(*waiting, return_exceptions=True))

    errors = run(main())
    assert {type(error) for error in errors} == {RateLimited}
    assert {round(error.retry_after or 0) for error in errors if isinstance(error, RateLimited)} == {1000}


def test_a_provider_that_allows_few_at_once_sends_few_away() -> None:
    allowed, working, served, refused = 5, 0, 0, 0

    async def question(pacer: Pacer) -> None:
        nonlocal working, served, refused
        async with pacer.turn():
            while True:
                leave = await pacer.leave(1)
                working += 1
                fits = working <= allowed
                await asyncio.sleep(1 if fits else 0.01)
                working -= 1
                pacer.ended(leave, answered=True)
                if fits:
                    served += 1
                    return
                refused += 1
                pacer.close(2)

    async def main() -> float:
        pacer = Pacer(Pace(at_once=64), longest_wait=30)
        await asyncio.gather(*(question(pacer) for _ in range(500)))
        return asyncio.get_running_loop().time()

    seconds = run(main())
    assert served == 500
    # The first 64 cannot know; after them one question in five is sent away at most, and the line moves on.
    assert refused - (64 - allowed) < 500 / 5
    assert seconds < 4 * 500 / allowed


def test_one_probe_at_a_time_until_an_answer_comes_and_then_all() -> None:
    sent: list[tuple[float, bool]] = []

    async def main() -> None:
        pacer = Pacer(Pace(at_once=8, failures_to_open=2, rest_seconds=30), longest_wait=30)
        pacer.failed()
        pacer.failed()

        async def question(number: int) -> None:
            leave = await pacer.leave(1)
            sent.append((asyncio.get_running_loop().time(), leave.probe))
            await asyncio.sleep(1)
            pacer.ended(leave, answered=number > 1)

        await asyncio.gather(*(question(number) for number in range(6)))

    run(main())
    # Two probes fail, each after a rest; the third is answered after a second, and the others follow at once.
    assert [(round(at), probe) for at, probe in sent] == [
        (30, True),
        (61, True),
        (92, True),
        (93, False),
        (93, False),
        (93, False),
    ]


def test_a_probe_whose_asker_is_gone_does_not_hold_the_others() -> None:
    async def main() -> bool:
        pacer = Pacer(Pace(failures_to_open=1, rest_seconds=30), longest_wait=30)
        pacer.failed()
        gone = await pacer.leave(1)
        waiting = asyncio.create_task(pacer.leave(1))
        await asyncio.sleep(1)
        pacer.ended(gone, answered=None)
        return (await waiting).probe

    assert run(main())


def test_a_provider_that_stays_down_is_given_up_while_all_wait() -> None:
    async def main() -> tuple[list[object], float]:
        pacer = Pacer(Pace(failures_to_open=1, rest_seconds=30, give_up_seconds=100), longest_wait=30)
        pacer.failed()
        probe = asyncio.create_task(pacer.leave(1))
        waiting = [asyncio.create_task(pacer.leave(1)) for _ in range(5)]
        assert (await probe).probe
        found: list[object] = [*await asyncio.gather(*waiting, return_exceptions=True)]
        return found, asyncio.get_running_loop().time()

    errors, at = run(main())
    assert {type(error) for error in errors} == {ProviderDown}
    assert round(at) == 100


def test_a_provider_that_is_not_waited_for_is_given_up_at_once() -> None:
    async def main() -> None:
        pacer = Pacer(Pace(failures_to_open=1, give_up_seconds=0), longest_wait=30)
        pacer.failed()
        with pytest.raises(ProviderDown):
            await pacer.leave(1)

    run(main())


def test_a_pause_and_a_provider_that_is_down_are_told_once(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        pacer = Pacer(Pace(failures_to_open=2, rest_seconds=30), longest_wait=30, provider="openai")
        for _ in range(4):
            pacer.close(7)
            pacer.failed()

    run(main())
    told = [(record.getMessage(), getattr(record, "fields", None)) for record in caplog.records]
    assert told == [
        ("rate_limited", {"provider": "openai", "seconds": 7}),
        ("breaker_open", {"provider": "openai", "seconds": 30}),
    ]


def test_a_leave_is_good_for_the_moment_in_which_it_was_given() -> None:
    async def main() -> list[bool]:
        pacer = Pacer(Pace(failures_to_open=1), longest_wait=30)
        fresh = await pacer.leave(1)
        held = [pacer.holds(fresh)]
        await asyncio.sleep(10)
        held.append(pacer.holds(fresh))
        before_a_pause = await pacer.leave(1)
        pacer.close(1)
        held.append(pacer.holds(before_a_pause))
        await asyncio.sleep(2)
        before_it_is_down = await pacer.leave(1)
        pacer.failed()
        held.append(pacer.holds(before_it_is_down))
        probe = await pacer.leave(1)
        return [*held, pacer.holds(probe)]

    assert run(main()) == [True, False, False, False, True]


@pytest.mark.parametrize("pace", [Pace(tokens_per_minute=6000), Pace(requests_per_minute=40)])
def test_what_was_not_sent_takes_nothing_of_the_minute(pace: Pace) -> None:
    async def main() -> float:
        pacer = Pacer(pace, longest_wait=30)
        for _ in range(100):
            pacer.ended(await pacer.leave(300), answered=None)
        return asyncio.get_running_loop().time()

    assert run(main()) < 1


@pytest.mark.parametrize("field", ["at_once", "requests_per_minute", "tokens_per_minute", "failures_to_open"])
def test_a_pace_of_nothing_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        Pace(**{field: 0})
    with pytest.raises(ValueError, match="rest_seconds"):
        Pace(rest_seconds=-1)
