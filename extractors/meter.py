"""What a request costs: at most, before it is sent, and indeed, when its answer is there."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol

import genai_prices
from genai_prices.data_snapshot import get_snapshot
from genai_prices.types import ModelPrice

from extractors.protocols import Answer
from extractors.providers import Endpoint, Prices
from schema.usage import Usage

MILLION = 1_000_000
UNSEEN_TOKENS = 500
"""More than what a provider puts around a question by itself: marks between messages, a sentence about the shape."""


class Meter(Protocol):
    """Who keeps the budget. `most_usd` is None where no price is known."""

    async def reserve(self, call: str, most_usd: float | None) -> Any:
        """A request is about to be sent for the question that its asker calls `call`, and costs at most so much.

        Returns a ticket for `settle`. Raises OverBudget: then nothing is sent.
        """

    async def settle(self, ticket: Any, usage: Usage | None) -> None:
        """What the request took; None where nobody knows, for the connection broke: then the reserve stays spent.

        Not called where the asker was cancelled while the request was under way, which leaves the same open.
        """


def price(asked: Endpoint, answer: Answer) -> float | None:
    """US dollars for one answer, or None where no price is known, or not what it took."""
    if not answer.metered:
        return None
    return _price(asked, answer.tokens_in, answer.tokens_in_cached, answer.tokens_out)


def ceiling(asked: Endpoint, request_bytes: int, max_tokens: int) -> float | None:
    """The most US dollars that a request can cost, or None where no price is known.

    A token is at least one byte of what is sent, so that a request has no more of them than bytes (a text has about a
    quarter as many); a reply has at most `max_tokens`, for the provider is told to stop there.
    """
    return _price(asked, request_bytes + UNSEEN_TOKENS, 0, max_tokens)


def price_version(asked: Endpoint) -> str:
    """Where the prices of an endpoint are from."""
    own = asked.prices
    if own.input_usd is None or own.output_usd is None:
        return f"genai-prices {genai_prices.__version__}"
    return f"set: {own.input_usd:g} in, {own.output_usd:g} out"


def _price(asked: Endpoint, tokens_in: int, cached: int, tokens_out: int) -> float | None:
    prices = asked.prices
    if prices.input_usd is None or prices.output_usd is None:
        published = _published(asked.provider.prices, asked.model) if asked.priced else None
        if published is None:
            return None
        if not isinstance(published, Prices):
            return _tiered(asked, tokens_in, cached, tokens_out)
        prices = published
    assert prices.input_usd is not None
    assert prices.output_usd is not None
    for_cached = prices.input_usd if prices.cached_usd is None else prices.cached_usd
    dollars = (tokens_in - cached) * prices.input_usd + cached * for_cached + tokens_out * prices.output_usd
    return dollars / MILLION


def _tiered(asked: Endpoint, tokens_in: int, cached: int, tokens_out: int) -> float:
    used = genai_prices.Usage(input_tokens=tokens_in, cache_read_tokens=cached, output_tokens=tokens_out)
    return float(genai_prices.calc_price(used, asked.model, provider_id=asked.provider.prices).total_price)


@lru_cache(maxsize=64)
def _published(provider: str | None, model: str) -> Prices | ModelPrice | None:
    """What genai-prices knows of a model: three numbers, or what only it can reckon with (tiers, times of the day).
    To ask it for each call takes a tenth of a millisecond, which is as much as all else of a call together."""
    try:
        _, found = get_snapshot().find_provider_model(model, None, provider, None)
    except LookupError:
        return None
    published = found.get_prices(datetime.now(UTC))
    known = {name: value for name, value in vars(published).items() if value is not None}
    into, out, cached = (known.get(name) for name in ("input_mtok", "output_mtok", "cache_read_mtok"))
    flat = isinstance(found.prices, ModelPrice) and "requests_kcount" not in known
    if flat and isinstance(into, Decimal) and isinstance(out, Decimal) and isinstance(cached, Decimal | None):
        return Prices(float(into), float(out), None if cached is None else float(cached))
    return published


class Spent:
    """What one question has cost so far."""

    def __init__(self, asked: Endpoint) -> None:
        self._asked = asked
        self._started = time.monotonic()
        self._usage = Usage()

    def attempt(self) -> None:
        self._usage += Usage(attempts=1)

    def request(self) -> None:
        self._usage += Usage(requests=1)

    def answer(self, answer: Answer) -> None:
        self._usage += replace(answered(self._asked, answer), requests=0)

    def usage(self) -> Usage:
        return replace(self._usage, seconds=time.monotonic() - self._started)


def answered(asked: Endpoint, answer: Answer) -> Usage:
    """What one answered request took."""
    cost = price(asked, answer)
    version = None if cost is None else price_version(asked)
    return Usage(
        answer.tokens_in,
        answer.tokens_in_cached,
        answer.tokens_out,
        requests=1,
        cost_usd=cost,
        price_version=version,
    )
