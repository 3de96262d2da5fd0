"""What asking a model cost: tokens, requests, seconds and money."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Usage:
    """The whole cost of one question, over every attempt, failed ones included.

    `tokens_in` counts every prompt token, those that the provider took from its prefix cache too;
    `tokens_in_cached` says how many those were, so `tokens_read` is what the model had to read anew.
    `attempts` counts questions (a re-ask is one more), `requests` counts HTTP requests.
    `cost_usd` is None where nobody publishes a price: the embedded model, a server of one's own.
    """

    tokens_in: int = 0
    tokens_in_cached: int = 0
    tokens_out: int = 0
    attempts: int = 0
    requests: int = 0
    seconds: float = 0.0
    cost_usd: float | None = None
    price_version: str | None = None

    @property
    def tokens_read(self) -> int:
        """Prompt tokens that were not in the provider's prefix cache."""
        return self.tokens_in - self.tokens_in_cached

    def __add__(self, other: Usage) -> Usage:
        known = [cost for cost in (self.cost_usd, other.cost_usd) if cost is not None]
        return Usage(
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_in_cached=self.tokens_in_cached + other.tokens_in_cached,
            tokens_out=self.tokens_out + other.tokens_out,
            attempts=self.attempts + other.attempts,
            requests=self.requests + other.requests,
            seconds=self.seconds + other.seconds,
            cost_usd=sum(known) if known else None,
            price_version=self.price_version or other.price_version,
        )
