"""What calls would take: tokens, dollars and time, from what this database's own calls took, else from characters."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import genai_prices

from extractors.examples import Passage
from extractors.extractor import Extractor, reply_text
from extractors.prompt import EXTRACTORS, messages
from extractors.providers import PROVIDERS
from polidex.settings import Settings
from polidex.staleness import Row

CHARS_PER_TOKEN = 4.0
"""Of English and code, as providers say it; other scripts take more tokens."""
_MOST_BYTES_PER_CHAR = 4
_MILLION = 1_000_000


@dataclass(frozen=True)
class Call:
    """One call on average. `seconds` is None where no call was made yet."""

    tokens_in: float
    tokens_cached: float
    tokens_out: float
    seconds: float | None


@dataclass(frozen=True)
class Prospect:
    """What some calls would take.

    Attributes:
        usd: what is to be expected; None where no price is known.
        most_usd: the dollars if each byte were a token, each reply as long as `max_tokens`, and each question asked
            again as often as it may be.
        price_version: whose prices they are.
        seconds: at the pace that is set; None where nothing tells how long a call takes.
        told_by: what the tokens are estimated from.
    """

    calls: int
    tokens_in: int
    tokens_in_cached: int
    tokens_out: int
    usd: float | None
    most_usd: float | None
    price_version: str | None
    seconds: float | None
    told_by: str


def prospect(calls: Mapping[str, int], spent: Iterable[Row], settings: Settings) -> Prospect:
    """What so many calls by extractor would take.

    Args:
        spent: what calls took so far: the rows of `plan/spent`.
    """
    known = _calibrated([*spent], settings.model)
    each = {extractor.name: known.get(extractor.name) or _guessed(extractor, settings) for extractor in EXTRACTORS}
    tokens_in, cached, tokens_out = (
        round(sum(number * getattr(each[name], what) for name, number in calls.items()))
        for what in ("tokens_in", "tokens_cached", "tokens_out")
    )
    total = sum(calls.values())
    again = 1 + settings.parameters.reasks
    longest = "x" * (settings.windowing.size + settings.windowing.overlap)
    most_in = again * sum(
        number * _MOST_BYTES_PER_CHAR * _characters(longest, extractor)
        for extractor in EXTRACTORS
        if (number := calls.get(extractor.name, 0))
    )
    usd, version = _price(tokens_in, cached, tokens_out, settings)
    most_usd, _ = _price(most_in, 0, again * total * settings.parameters.max_tokens, settings)
    asked = {name for name, number in calls.items() if number}
    return Prospect(
        calls=total,
        tokens_in=tokens_in,
        tokens_in_cached=cached,
        tokens_out=tokens_out,
        usd=usd,
        most_usd=most_usd,
        price_version=version,
        seconds=_seconds(calls, each, tokens_in + tokens_out, settings),
        told_by=_told_by(asked, known, settings),
    )


def _calibrated(spent: list[Row], model: str) -> dict[str, Call]:
    """What a call of each extractor took on average: of this model where it was asked, else of all models together."""
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in spent:
        by_name[row["extractor"]].append(row)
    found: dict[str, Call] = {}
    for name, rows in by_name.items():
        of_model = [row for row in rows if row["model"] == model] or rows
        calls = sum(row["calls"] for row in of_model)
        columns = ("tokens_in", "tokens_in_cached", "tokens_out", "seconds")
        tokens_in, cached, out, seconds = (sum(row[key] or 0 for row in of_model) / calls for key in columns)
        found[name] = Call(tokens_in, cached, out, seconds or None)
    return found


def _guessed(extractor: Extractor, settings: Settings) -> Call:
    """What a call would take, told by its characters: a window that is full, and an answer like the worked ones."""
    sent = _characters("x" * settings.windowing.size, extractor)
    written = statistics.mean(len(reply_text(answer)) for answer in extractor.answers)
    return Call(sent / CHARS_PER_TOKEN, 0, written / CHARS_PER_TOKEN, None)


def _characters(text: str, extractor: Extractor) -> int:
    return sum(len(message["content"]) for message in messages(Passage("", text), extractor))


def _told_by(asked: set[str], known: Mapping[str, Call], settings: Settings) -> str:
    if not asked:
        return "nothing is asked"
    guess = f"their characters, {CHARS_PER_TOKEN:g} to a token"
    if not asked & {*known}:
        return guess
    own = "what calls of this database took so far"
    return own if asked <= {*known} else f"{own}; for {', '.join(sorted(asked - {*known}))} {guess}"


def _price(tokens_in: int, cached: int, tokens_out: int, settings: Settings) -> tuple[float | None, str | None]:
    """Dollars, and whose price list says so."""
    own = settings.prices
    if own.input_usd is not None and own.output_usd is not None:
        of_cached = own.input_usd if own.cached_usd is None else own.cached_usd
        usd = (tokens_in - cached) * own.input_usd + cached * of_cached + tokens_out * own.output_usd
        return usd / _MILLION, "the setting prices"
    prefix, _, model = settings.model.partition("/")
    provider = PROVIDERS.get(prefix)
    if provider is None or provider.prices is None or settings.base_url is not None:
        return None, None
    used = genai_prices.Usage(input_tokens=tokens_in, cache_read_tokens=cached, output_tokens=tokens_out)
    try:
        found = genai_prices.calc_price(used, model, provider_id=provider.prices)
    except LookupError:
        return None, None
    return float(found.total_price), f"genai-prices {genai_prices.__version__}"


def _seconds(calls: Mapping[str, int], each: Mapping[str, Call], tokens: int, settings: Settings) -> float | None:
    """How long the calls take: whichever of the bounds of the pace is the tightest."""
    provider = settings.model.partition("/")[0]
    pace = settings.pace_of(provider)
    at_once = settings.parameters.parallel if provider == "local" and not settings.base_url else pace.at_once
    total = sum(calls.values())
    bounds: list[float] = []
    if pace.requests_per_minute:
        bounds.append(60 * total / pace.requests_per_minute)
    if pace.tokens_per_minute:
        bounds.append(60 * tokens / pace.tokens_per_minute)
    known = [(number, each[name].seconds) for name, number in calls.items() if number]
    if all(seconds is not None for _, seconds in known):
        bounds.append(sum(number * (seconds or 0) for number, seconds in known) / at_once)
    return max(bounds, default=None) if total else 0.0
