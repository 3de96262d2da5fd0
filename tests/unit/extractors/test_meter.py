"""What an answer costs, and how costs add up."""

from __future__ import annotations

import genai_prices
import pytest
from pydantic import SecretStr

from extractors.meter import Spent, price
from extractors.protocols import Answer
from extractors.providers import Endpoint, endpoint
from schema.usage import Usage

KEY = SecretStr("sk-polidex-test")
ANSWER = Answer("{}", tokens_in=1_000_000, tokens_in_cached=500_000, tokens_out=100_000)


def test_a_published_price_counts_cached_tokens_at_their_own_rate() -> None:
    asked = endpoint("openai/gpt-4.1-mini", api_key=KEY)
    uncached = Answer("{}", tokens_in=1_000_000, tokens_out=100_000)
    cheaper, dearer = price(asked, ANSWER), price(asked, uncached)
    assert cheaper is not None
    assert dearer is not None
    assert 0 < cheaper < dearer


@pytest.mark.parametrize(
    "asked",
    [
        endpoint("local/qwen2.5-coder-1.5b"),
        endpoint("ollama/qwen"),
        endpoint("openai/gpt-4.1-mini", base_url="http://127.0.0.1:8000/v1"),
        endpoint("openai/a-model-that-nobody-sells", api_key=KEY),
    ],
    ids=lambda asked: asked.name,
)
def test_no_price_is_none_and_not_nothing(asked: Endpoint) -> None:
    assert price(asked, ANSWER) is None


def test_what_is_spent_is_counted_over_all_answers() -> None:
    asked = endpoint("openai/gpt-4.1-mini", api_key=KEY)
    spent = Spent(asked)
    for _ in range(2):
        spent.attempt()
        spent.request()
        spent.answer(ANSWER)
    spent.request()
    usage = spent.usage()
    assert (usage.attempts, usage.requests, usage.tokens_in, usage.tokens_out) == (2, 3, 2_000_000, 200_000)
    assert usage.tokens_read == 1_000_000
    assert usage.cost_usd == pytest.approx(2 * (price(asked, ANSWER) or 0))
    assert usage.price_version == f"genai-prices {genai_prices.__version__}"


def test_a_cost_that_is_known_outweighs_one_that_is_not() -> None:
    assert (Usage(cost_usd=0.5) + Usage()).cost_usd == 0.5
    assert (Usage() + Usage()).cost_usd is None
