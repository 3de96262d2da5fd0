"""The numbers and the years that a text writes, and what they are worth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import regex

# Years that politics is told in; outside of them four digits are a count.
_FIRST_YEAR, _LAST_YEAR = 1700, 2150
_FIRST_TENS, _LAST_TENS = 20, 90

_NUMBER = regex.compile(
    r"""(?<!\p{Nd}[.,]?)
        (?P<whole>(?!0)\p{Nd}{1,3}(?P<mark>[.,'’٬\u00a0\u2009\u202f\u0020])\p{Nd}{3}(?:(?P=mark)\p{Nd}{3})*
                 |(?!0)\p{Nd}{1,2}(?:(?P<mark>,)\p{Nd}{2})+,\p{Nd}{3})
        (?:(?!(?P=mark))[.,٫](?P<decimals>\p{Nd}+))?  (?![.,]?\p{Nd})
      | (?<!\p{Nd}[.,]?) (?P<whole>\p{Nd}+)(?:[.٫](?P<decimals>\p{Nd}+)|,(?P<decimals>\p{Nd}{1,3}))  (?![.,]?\p{Nd})
      | (?P<whole>\p{Nd}+)""",
    flags=regex.VERBOSE,
)
_FOUR_DIGITS = regex.compile(r"\p{Nd}{4}")
_DECADE = regex.compile(r"['’]?s\b")
_SHORT_YEAR = regex.compile(r"[-–/](\p{Nd}{2})(?![-–/]?\p{Nd})")
_LETTERS = regex.compile(r"\p{L}+")
_NUMBER_GAP = regex.compile(r"\s|-|\s-\s?")


@dataclass(frozen=True)
class Number:
    """A number as `text[start:end]` writes it, and what it is worth."""

    start: int
    end: int
    value: Decimal


def numbers(text: str) -> list[Number]:
    """The numbers that `text` writes in digits, of any script, in order and without their signs.

    "3,000", "3.000", "3 000" and "3'000" are three thousand; "70.96" and "70,96" have decimals; "1,2,3" and
    "14.09.2023" are three numbers each.
    """
    found = []
    for match in _NUMBER.finditer(text):
        whole = "".join(digit for digit in match["whole"] if digit.isdecimal())
        found.append(Number(*match.span(), Decimal(f"{whole}.{match['decimals'] or 0}")))
    return found


def years(text: str) -> dict[int, tuple[int, int]]:
    """The years that stand in `text` as years, each with the span of its first place.

    Four bare digits, and the end of "2011-13"; not "2,019 people", not "the 1990s".
    """
    found: dict[int, tuple[int, int]] = {}
    for number in numbers(text):
        if not is_year(text, number):
            continue
        year = int(number.value)
        found.setdefault(year, (number.start, number.end))
        short = _SHORT_YEAR.match(text, number.end)
        if short and int(short[1]) > year % 100:
            found.setdefault(year - year % 100 + int(short[1]), (number.start, short.end()))
    return found


def is_year(text: str, number: Number) -> bool:
    """Whether `number`, found in `text`, is written as a year and could be one."""
    bare_digits = number.end - number.start == len("2019") and _FOUR_DIGITS.fullmatch(text, number.start, number.end)
    return bool(bare_digits) and _FIRST_YEAR <= number.value <= _LAST_YEAR and not _DECADE.match(text, number.end)


@lru_cache(maxsize=256)
def spelt_numbers(text: str, language: str | None) -> tuple[Number, ...]:
    """The numbers of `text`, those in words too where the language is known, multiplied by their scale words."""
    values, scales = number_words(language)
    tokens = [(number, False) for number in numbers(text)]
    for match in _LETTERS.finditer(text):
        word = match.group().lower()
        if word in values or word in scales:
            tokens.append((Number(*match.span(), Decimal(values.get(word, scales.get(word, 0)))), True))
    found: list[tuple[Number, bool]] = []
    for token, in_words in sorted(tokens, key=lambda pair: pair[0].start):
        before, before_in_words = found[-1] if found else (None, False)
        follows = before is not None and _NUMBER_GAP.fullmatch(text, before.end, token.start)
        is_scale = in_words and text[token.start : token.end].lower() in scales
        if before is not None and follows and is_scale:
            found[-1] = (Number(before.start, token.end, before.value * token.value), True)
        elif before is not None and follows and before_in_words and in_words and _is_tens_and_unit(before, token):
            found[-1] = (Number(before.start, token.end, before.value + token.value), True)
        elif not is_scale:
            found.append((token, in_words))
    return tuple(number for number, _ in found)


def _is_tens_and_unit(tens: Number, unit: Number) -> bool:
    return _FIRST_TENS <= tens.value <= _LAST_TENS and tens.value % 10 == 0 and 0 < unit.value < 10  # noqa: PLR2004


def number_words(language: str | None) -> tuple[dict[str, int], dict[str, int]]:
    """What number_words.json knows of a language: the worth of its number words, and of its scale words."""
    table = _all_number_words().get(language or "", {})
    return table.get("values", {}), table.get("scales", {})


@lru_cache(maxsize=1)
def _all_number_words() -> dict[str, dict[str, dict[str, int]]]:
    path = Path(__file__).with_name("number_words.json")
    words: dict[str, dict[str, dict[str, int]]] = json.loads(path.read_text(encoding="utf-8"))
    return words
