"""What a question costs in a batch, against what it costs live."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import SecretStr

from extractors import batch_prices, meter
from extractors.protocols import Answer
from extractors.providers import Endpoint, Prices, endpoint

ANSWER = Answer("{}", tokens_in=1000, tokens_in_cached=400, tokens_out=200)


def asked(name: str, prices: Prices | None = None) -> Endpoint:
    return replace(endpoint(name, api_key=SecretStr("a key")), prices=prices or Prices())


@pytest.mark.parametrize("name", ["openai/gpt-4.1-mini", "openai/gpt-4o-mini", "anthropic/claude-sonnet-4-5"])
def test_what_is_published_for_batches_is_taken(name: str) -> None:
    model = asked(name)
    live = meter.price(model, replace(ANSWER, tokens_in_cached=0))
    batch = batch_prices.answered(model, replace(ANSWER, tokens_in_cached=0))
    assert live
    assert batch.cost_usd == pytest.approx(live / 2)
    assert (batch.price_version or "").endswith(", batch")
    most, most_live = batch_prices.ceiling(model, 5000, 300), meter.ceiling(model, 5000, 300)
    assert most_live
    assert most == pytest.approx(most_live / 2)


def test_a_price_that_was_set_is_halved() -> None:
    model = asked("openai/any", Prices(input_usd=2.0, output_usd=8.0, cached_usd=1.0))
    found = batch_prices.answered(model, ANSWER)
    assert found.cost_usd == pytest.approx((600 * 2 + 400 * 1 + 200 * 8) / 2 / 1e6)
    assert found.price_version == "set: 2 in, 8 out, batch 0.5"
    assert (found.attempts, found.requests) == (1, 1)


def test_no_price_and_no_count_of_tokens_give_no_cost() -> None:
    unknown = asked("openai/a-model-that-nobody-sells")
    assert batch_prices.answered(unknown, ANSWER).cost_usd is None
    assert batch_prices.ceiling(unknown, 10, 10) is None
    known = asked("openai/gpt-4.1-mini")
    assert batch_prices.answered(known, replace(ANSWER, metered=False)).cost_usd is None
