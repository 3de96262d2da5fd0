"""How long it takes to ground 100 quotes in a text of 24,000 characters: `python -m benchmarks.grounding`."""

from __future__ import annotations

import random
import time

from polidex.quotes import TextIndex
from polidex.sentences import sentence_spans

LENGTH = 24_000
QUOTES = 100
_WORDS = """
    the of and to in that for on with by from after before under over new former early deputy prime minister president
    parliament senate government party election reform law decree council region country state court vote seats
    Tokayev Mirova Okafor Lindqvist Astana Nairobi Uppsala won lost signed announced proposed rejected adopted became
    resigned served said told reporters supporters opposition amendment constitution threshold percent 1999 2011 2019
    2022 seven twelve not never early snap presidential parliamentary regional members deputies governor mayor
"""


def _sentences(seed: int, length: int) -> list[str]:
    """Sentences of 8 to 26 words until they have `length` characters; the same for the same seed."""
    dice, sentences, written = random.Random(seed), list[str](), 0
    while written < length:
        words = dice.choices(_WORDS.split(), k=dice.randint(8, 26))
        sentences.append(" ".join(words).capitalize() + ".")
        written += len(sentences[-1]) + 1
    return sentences


def _with_other_word(quote: str, dice: random.Random) -> str:
    words = quote.split()
    words[dice.randrange(1, len(words) - 1)] = "elsewhere"
    return " ".join(words)


def measure() -> dict[str, tuple[float, int]]:
    """For each kind of quote: seconds for all of them with a new index, and how many were found."""
    text = " ".join(_sentences(1, LENGTH))[:LENGTH]
    dice = random.Random(2)
    present = [text[start:end] for start, end in dice.choices(sentence_spans(text), k=QUOTES)]
    kinds = {
        "present": present,
        "present, other signs and spaces": [quote.replace(" ", "\u00a0 ").replace(".", " .") for quote in present],
        "near miss, one word changed": [_with_other_word(quote, dice) for quote in present],
        "absent": _sentences(3, LENGTH)[:QUOTES],
        "absent, four sentences each": [" ".join(_sentences(seed, 300)[:4]) for seed in range(100, 100 + QUOTES)],
    }
    measured = {}
    for kind, quotes in kinds.items():
        started = time.perf_counter()
        index = TextIndex(text)
        found = sum(bool(index.find(quote)) for quote in quotes)
        measured[kind] = time.perf_counter() - started, found
    return measured


def main() -> None:
    """Print one line for each kind of quote."""
    for kind, (seconds, found) in measure().items():
        print(f"{seconds * 1000:6.0f} ms  {QUOTES} quotes, {found:3} found: {kind}")


if __name__ == "__main__":
    main()
