"""What an answer costs, and how costs add up."""

from __future__ import annotations

from dataclasses import replace

import genai_prices
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from extractors.meter import Spent, ceiling, price
from extractors.protocols import Answer
from extractors.providers import Endpoint, Prices, endpoint
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


NAMES = ["openai/gpt-4.1-mini", "anthropic/claude-sonnet-4-5", "google/gemini-2.5-flash", "google/gemini-2.5-pro"]


@given(
    name=st.sampled_from(NAMES), tokens=st.integers(0, 10**6), cached=st.integers(0, 10**6), out=st.integers(0, 10**5)
)
def test_what_is_kept_of_a_published_price_gives_the_same_as_asking_for_it(
    name: str, tokens: int, cached: int, out: int
) -> None:
    asked = endpoint(name, api_key=KEY)
    cached = min(tokens, cached)
    used = genai_prices.Usage(input_tokens=tokens, cache_read_tokens=cached, output_tokens=out)
    published = genai_prices.calc_price(used, asked.model, provider_id=asked.provider.prices).total_price
    answer = Answer("{}", tokens_in=tokens, tokens_in_cached=cached, tokens_out=out)
    assert price(asked, answer) == pytest.approx(float(published))


@given(
    name=st.sampled_from(NAMES),
    sent=st.integers(0, 10**6),
    tokens=st.floats(0, 1),
    cached=st.floats(0, 1),
    out=st.integers(0, 2048),
)
def test_no_answer_costs_more_than_its_ceiling(name: str, sent: int, tokens: float, cached: float, out: int) -> None:
    asked = endpoint(name, api_key=KEY)
    tokens_in = int(sent * tokens)
    answer = Answer("{}", tokens_in=tokens_in, tokens_in_cached=int(tokens_in * cached), tokens_out=out)
    cost, most = price(asked, answer), ceiling(asked, sent, 2048)
    assert cost is not None
    assert most is not None
    assert cost <= most


def test_prices_of_ones_own_outweigh_published_ones_and_serve_any_server() -> None:
    own = Prices(input_usd=2.0, output_usd=10.0, cached_usd=1.0)
    published = replace(endpoint("openai/gpt-4.1-mini", api_key=KEY), prices=own)
    mine = replace(endpoint("mine", base_url="http://127.0.0.1:8000/v1"), prices=own)
    assert price(published, ANSWER) == price(mine, ANSWER) == pytest.approx(0.5 * 2 + 0.5 * 1 + 0.1 * 10)
    assert price(replace(mine, prices=Prices(2.0, 10.0)), ANSWER) == pytest.approx(2 + 1)


@pytest.mark.parametrize("own", [Prices(input_usd=2.0), Prices(output_usd=2.0)])
def test_half_a_price_is_none(own: Prices) -> None:
    asked = replace(endpoint("mine", base_url="http://127.0.0.1:8000/v1"), prices=own)
    assert price(asked, ANSWER) is None
    assert ceiling(asked, 1000, 2048) is None


@pytest.mark.parametrize("fields", [{"input_usd": -1.0}, {"input_usd": 1.0, "cached_usd": 2.0}, {"cached_usd": 1.0}])
def test_prices_that_cannot_be_are_refused(fields: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Prices(**fields)


def test_an_answer_that_does_not_say_what_it_took_has_no_cost() -> None:
    asked = replace(endpoint("mine", base_url="http://127.0.0.1:8000/v1"), prices=Prices(1.0, 1.0))
    assert price(asked, Answer("{}", metered=False)) is None
