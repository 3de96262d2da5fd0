"""What a question costs in a batch: half of what it costs live, or what its provider publishes for batches."""

from __future__ import annotations

import genai_prices

from extractors.meter import MILLION, UNSEEN_TOKENS
from extractors.protocols import Answer
from extractors.providers import Endpoint
from schema.usage import Usage

_SHARE = 0.5
"""Of a price that the user set; what is published for batches is taken as it stands there."""


def answered(asked: Endpoint, answer: Answer) -> Usage:
    """What one answered question took."""
    known = answer.metered
    cost = _price(asked, answer.tokens_in, answer.tokens_in_cached, answer.tokens_out) if known else None
    return Usage(
        answer.tokens_in,
        answer.tokens_in_cached,
        answer.tokens_out,
        attempts=1,
        requests=1,
        cost_usd=cost,
        price_version=None if cost is None else price_version(asked),
    )


def ceiling(asked: Endpoint, request_bytes: int, max_tokens: int) -> float | None:
    """The most US dollars that a question can cost, or None where no price is known; as `extractors.meter.ceiling`."""
    return _price(asked, request_bytes + UNSEEN_TOKENS, 0, max_tokens)


def price_version(asked: Endpoint) -> str:
    """Where the prices are from."""
    own = asked.prices
    if own.input_usd is None or own.output_usd is None:
        return f"genai-prices {genai_prices.__version__}, batch"
    return f"set: {own.input_usd:g} in, {own.output_usd:g} out, batch {_SHARE:g}"


def _price(asked: Endpoint, tokens_in: int, cached: int, tokens_out: int) -> float | None:
    own = asked.prices
    if own.input_usd is not None and own.output_usd is not None:
        for_cached = own.input_usd if own.cached_usd is None else own.cached_usd
        dollars = (tokens_in - cached) * own.input_usd + cached * for_cached + tokens_out * own.output_usd
        return _SHARE * dollars / MILLION
    if not asked.priced:
        return None
    used = genai_prices.Usage(input_tokens=tokens_in, cache_read_tokens=cached, output_tokens=tokens_out)
    try:
        found = genai_prices.calc_price(
            used, asked.model, provider_id=asked.provider.prices, price_context={"processing": "batch"}
        )
    except LookupError:
        return None
    return float(found.total_price)
