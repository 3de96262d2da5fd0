"""How fast one provider is asked: how many questions at once, requests and tokens a minute, and none while it rests."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass

from extractors.breaker import Breaker
from schema.errors import NoCredit, ProviderDown, RateLimited

MINUTE = 60.0
BURST = 20
"""The part of a minute's share that may go at one moment: one twentieth. No minute begins with all of it."""
CLOSE_ENOUGH = 1e-9
FRESH_SECONDS = 0.5
"""A leave that is older is asked for again."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """What a provider allows, and what to do when it is down."""

    at_once: int = 8
    """Most questions that are in work at once. The embedded model works on `Parameters.parallel` instead."""
    requests_per_minute: int | None = None
    """Most requests that are sent in any 60 seconds, repeats and re-asks included."""
    tokens_per_minute: int | None = None
    """Tokens a minute, those of the question and those of the reply together."""
    failures_to_open: int = 5
    """So many questions in a row fail because the provider is down (5xx, dropped, timed out), then nobody sends."""
    rest_seconds: float = 30.0
    """How long nobody sends then, until one question tries whether the provider is back."""
    give_up_seconds: float = 300.0
    """After so long without an answer the questions fail with ProviderDown; 0 does not wait for a provider at all."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            least = "at least" if name in ("rest_seconds", "give_up_seconds") else "more than"
            if value is not None and (value < 0 or (value == 0 and least == "more than")):
                raise ValueError(f"{name} must be {least} 0")


class Bucket:
    """Fills evenly, and overflows. Each question takes from it, and waits until there is enough.

    Of single requests never more than `per_minute` are let through in any 60 seconds: what fits in at once and what
    flows in within a minute are together no more. What is larger than the bucket (many tokens) waits until it is full
    and leaves it in debt. Times are seconds on a monotonic clock.
    """

    def __init__(self, per_minute: float) -> None:
        self._most = max(1.0, per_minute // BURST)
        # One more than the rest of the minute's share, for the first of 60 seconds and that after them are 60 apart.
        self._rate = (per_minute + 1 - self._most) / MINUTE
        self._level = self._most
        self._at = -math.inf

    def wait(self, amount: float, now: float) -> float:
        """Seconds until so much may be taken; 0 when it may be now."""
        self._fill(now)
        missing = min(amount, self._most) - self._level
        return missing / self._rate if missing > CLOSE_ENOUGH else 0.0

    def take(self, amount: float, now: float) -> None:
        self._fill(now)
        self._level -= amount

    def give_back(self, amount: float, now: float) -> None:
        """Put back what was taken too much; less than nothing takes what was taken too little."""
        self._fill(now)
        self._level = min(self._most, self._level + amount)

    def _fill(self, now: float) -> None:
        self._level = min(self._most, self._level + (now - self._at) * self._rate)
        self._at = now


@dataclass(frozen=True)
class Leave:
    """The leave to send one request."""

    tokens: float
    """What it was thought to take."""
    probe: bool
    """It is to find out whether a provider that was down is back."""
    at: float
    """When it was given."""


_in_turn: ContextVar[tuple[Pacer, ...]] = ContextVar("_in_turn", default=())


class Pacer:
    """One for all workers of a model, so that each pause is kept by all of them.

    Whoever is to send stands in one line, and the first in it waits for whatever has to be waited for; the rest wait
    for the first. So what was true when the leave was given is true when the request goes out.

    A provider that says 429 is asked by half as many at once after its pause, at least by one, and with each round of
    answers by one more: all of them at its door again would only be sent away again.
    """

    def __init__(self, pace: Pace, longest_wait: float, provider: str = "") -> None:
        """`longest_wait`: the most seconds that a provider's wish for a pause is waited for; `provider`: its name."""
        self.pace = pace
        self._provider = provider
        self.breaker = Breaker(pace.failures_to_open, pace.rest_seconds, pace.give_up_seconds)
        self._longest_wait = longest_wait
        self._turns = asyncio.Semaphore(pace.at_once)
        self._line = asyncio.Lock()
        self._changed = asyncio.Event()
        self._opens_at = -math.inf
        self._out = 0
        self._most_out = float(pace.at_once)
        self._requests = Bucket(pace.requests_per_minute) if pace.requests_per_minute else None
        self._tokens = Bucket(pace.tokens_per_minute) if pace.tokens_per_minute else None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One of the `at_once` turns. Whoever has one has it in all that is called, and in all tasks that are started,
        inside the block."""
        held = _in_turn.get()
        if self in held:
            yield
            return
        async with self._turns:
            token = _in_turn.set((*held, self))
            try:
                yield
            finally:
                _in_turn.reset(token)

    @property
    def pause(self) -> float:
        """Seconds for which the provider wants no request; 0 when there is no such wish."""
        return max(0.0, self._opens_at - _now())

    def close(self, seconds: float) -> None:
        """Let nobody send for that long, for the provider wants it; a shorter pause does not end a longer one."""
        if not self.pause and math.isfinite(seconds):
            self._tell("rate_limited", seconds)
        self._most_out = max(1.0, self._most_out / 2)
        self._opens_at = max(self._opens_at, _now() + seconds)
        self._changed.set()

    async def leave(self, tokens: float) -> Leave:
        """Return when a request of about so many tokens may be sent. It is to be sent at once, and `ended` told of it.

        Raises RateLimited where the provider asks for a pause that is too long to wait for, and ProviderDown.
        """
        async with self._line:
            while wait := self._wait(tokens, _now()):
                self._changed.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait if math.isfinite(wait) else None):
                        await self._changed.wait()
            now = _now()
            if self._requests:
                self._requests.take(1, now)
            if self._tokens:
                self._tokens.take(tokens, now)
            self._out += 1
            return Leave(tokens, self.breaker.begin(), now)

    def holds(self, leave: Leave) -> bool:
        """Whether a leave is still as good as when it was given."""
        rests = self.breaker.is_open and not leave.probe
        return _now() - leave.at < FRESH_SECONDS and not self.pause and not rests

    def ended(self, leave: Leave, *, answered: bool | None, tokens: float | None = None) -> None:
        """Say what became of a request.

        Args:
            answered: False where nothing came but a failure of the provider, None where it was not sent after all.
            tokens: what it took indeed, where that is known.
        """
        self._out -= 1
        if answered:
            self.breaker.close()
            self._most_out = min(self.pace.at_once, self._most_out + 1 / self._most_out)
        elif leave.probe:
            self.breaker.rest(_now() if answered is False else None)
        if answered is None and self._requests:
            self._requests.give_back(1, _now())
        took = 0.0 if answered is None else tokens
        if self._tokens and took is not None:
            self._tokens.give_back(leave.tokens - took, _now())
        self._changed.set()

    def failed(self) -> None:
        """Say that a question failed with all its repeats because the provider is down."""
        was_open = self.breaker.is_open
        self.breaker.failed(_now())
        if self.breaker.is_open and not was_open:
            self._tell("breaker_open", self.pace.rest_seconds)
        self._changed.set()

    def _tell(self, event: str, seconds: float) -> None:
        _log.warning(event, extra={"fields": {"provider": self._provider, "seconds": round(seconds, 3)}})

    def _wait(self, tokens: float, now: float) -> float:
        if self.breaker.given_up(now):
            raise ProviderDown()
        if (pause := self._opens_at - now) > self._longest_wait:
            error = (
                RateLimited(f"The provider accepts no more requests for {pause:.0f} more seconds.")
                if math.isfinite(pause)
                else NoCredit()
            )
            error.retry_after = pause
            raise error
        waits = [pause, self.breaker.wait(now), math.inf if self._out >= int(self._most_out) else 0.0]
        if self._requests:
            waits.append(self._requests.wait(1, now))
        if self._tokens:
            waits.append(self._tokens.wait(tokens, now))
        return min(max(0.0, *waits), self.breaker.left(now))


def _now() -> float:
    # The loop's clock is the monotonic one; a test that gives a loop another clock moves all of this with it.
    return asyncio.get_running_loop().time()
