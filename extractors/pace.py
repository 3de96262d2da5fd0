"""How fast a provider is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """How fast a provider is asked, and what is done when it is down. It decides nothing of what a model says."""

    at_once: int = 8
    """Questions in flight at one time. The embedded model works on `parameters.parallel`."""
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    """Tokens sent and written, together."""
    failures_to_open: int = 5
    """So many failures in a row, and the provider counts as down."""
    rest_seconds: float = 30.0
    """Pause before one request looks whether it is back."""
    give_up_seconds: float = 300.0
    """A provider that is down for longer is asked no more in this run."""
