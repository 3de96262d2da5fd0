"""What calls would take: from what they took so far, else from characters; at the prices and the pace that are set."""

from __future__ import annotations

from typing import Any

import genai_prices
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pace import Pace
from extractors.prompt import EXTRACTORS
from extractors.providers import Prices
from polidex.prospect import prospect
from polidex.settings import Settings

NAMES = [extractor.name for extractor in EXTRACTORS]
HOSTED = Settings(model="openai/gpt-4.1-mini")


def spent(extractor: str = "people", **other: Any) -> dict[str, Any]:
    """Ten calls of an extractor."""
    row = {"model": HOSTED.model, "calls": 10, "tokens_in": 1000, "tokens_in_cached": 600, "tokens_out": 70}
    return {"extractor": extractor, **row, "seconds": 20.0, **other}


def test_what_calls_took_so_far_tells_what_further_ones_take() -> None:
    found = prospect({"people": 4}, [spent(), spent(model="openai/other", tokens_in=9)], HOSTED)
    assert (found.tokens_in, found.tokens_in_cached, found.tokens_out) == (400, 240, 28)
    assert found.seconds == 4 * 2 / HOSTED.pace.at_once
    assert found.told_by == "what calls of this database took so far"


def test_calls_of_another_model_tell_where_this_one_was_never_asked() -> None:
    assert prospect({"people": 4}, [spent(model="openai/other")], HOSTED).tokens_in == 400


def test_without_a_call_characters_tell() -> None:
    found = prospect({"people": 1, "offices": 1}, [spent()], HOSTED)
    assert "for offices their characters" in found.told_by
    assert found.tokens_in > 1000
    assert found.seconds is None
    assert "their characters" in prospect({"offices": 1}, [], HOSTED).told_by


@given(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 50)), st.booleans())
def test_what_is_expected_is_never_more_than_the_most(calls: dict[str, int], known: bool) -> None:
    found = prospect(calls, [spent(name) for name in NAMES] if known else [], HOSTED)
    assert found.usd is not None and found.most_usd is not None
    assert 0 <= found.usd <= found.most_usd
    assert (found.usd > 0) == (sum(calls.values()) > 0) == (found.most_usd > 0)
    assert found.price_version == f"genai-prices {genai_prices.__version__}"


def test_a_price_that_is_set_wins() -> None:
    prices = Prices(input_usd=10, output_usd=100, cached_usd=1)
    settings = Settings(model="openai/any", base_url="http://localhost:1/v1", prices=prices)
    found = prospect({"people": 10}, [spent()], settings)
    assert found.usd == pytest.approx((400 * 10 + 600 * 1 + 70 * 100) / 1_000_000)
    assert found.price_version == "the setting prices"


@pytest.mark.parametrize("model", ["local/qwen2.5-coder-1.5b", "ollama/any", "openai/nobody-sells-this"])
def test_where_nobody_publishes_a_price_none_is_told(model: str) -> None:
    found = prospect({"people": 10}, [spent()], Settings(model=model))
    assert (found.usd, found.most_usd, found.price_version) == (None, None, None)


def test_the_tightest_bound_of_the_pace_says_how_long_it_takes() -> None:
    slow = HOSTED.model_copy(update={"pace": Pace(at_once=10, requests_per_minute=60)})
    assert prospect({"people": 600}, [spent()], slow).seconds == 600
    slower = HOSTED.model_copy(update={"pace": Pace(at_once=10, requests_per_minute=60, tokens_per_minute=107 * 6)})
    assert prospect({"people": 600}, [spent()], slower).seconds == pytest.approx(6000)
    assert prospect({}, [spent()], slow).seconds == 0
