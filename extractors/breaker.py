"""Stops asking a provider that is down: after failures in a row nobody sends, then one tries whether it is back."""

from __future__ import annotations

import math


class Breaker:
    """Closed while all is well; open from the last of so many failures in a row until an answer comes.

    All times are seconds on a monotonic clock that the caller reads.
    """

    def __init__(self, failures_to_open: int, rest_seconds: float, give_up_seconds: float) -> None:
        self._failures_to_open = failures_to_open
        self._rest_seconds = rest_seconds
        self._give_up_seconds = give_up_seconds
        self._failures = 0
        self._down_since: float | None = None
        self._probe_at = 0.0
        self._probing = False

    @property
    def is_open(self) -> bool:
        return self._down_since is not None

    def wait(self, now: float) -> float:
        """Seconds until a request may be sent: 0 when it may be now, endless while another one is the probe."""
        if not self.is_open:
            return 0.0
        return math.inf if self._probing else max(0.0, self._probe_at - now)

    def left(self, now: float) -> float:
        """Seconds until the provider is given up; endless while it is not down."""
        return math.inf if self._down_since is None else self._down_since + self._give_up_seconds - now

    def given_up(self, now: float) -> bool:
        """Whether the provider has been down for so long that nobody waits for it any more."""
        return self.left(now) <= 0

    def begin(self) -> bool:
        """A request goes out; returns whether it is the probe."""
        self._probing = self.is_open
        return self._probing

    def close(self) -> None:
        """An answer came, to the probe or to what was sent before."""
        self._failures = 0
        self._down_since = None
        self._probing = False

    def rest(self, now: float | None) -> None:
        """The probe failed, and a rest begins anew; or (None) it was not sent after all: the next may go at once."""
        self._probing = False
        if now is not None:
            self._probe_at = now + self._rest_seconds

    def failed(self, now: float) -> None:
        """A question failed for good, for the provider is down."""
        self._failures += 1
        if self._failures >= self._failures_to_open and not self.is_open:
            self._down_since = now
            self._probe_at = now + self._rest_seconds
