"""What it costs to bring a document into the database: in groups, and one by one, in the same run.

    python -m benchmarks.apply_speed
    python -m benchmarks.apply_speed --documents 512 --sizes 1 32 128

Made-up articles of a made-up press, each with four people, four spells and three statements, of which most people and
all posts come again, are brought into a new DuckDB file and a new Postgres, of which the binaries come with the tests.
For each size of a group: milliseconds of this process, milliseconds by the clock, and how many times less a document
costs than one by one. What the server of Postgres works is seen only by the clock. It takes two minutes.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examples.postgres_server import throwaway_server
from extractors.extractor import Extractor
from polidex.changes import apply
from polidex.publish import open_store
from tests.made import Article, article, enter

DOCUMENTS = 256
ONE_BY_ONE = 24
"""Documents that are brought in one by one: more only take longer."""
SIZES = (1, 8, 32, 128)
_SYLLABLES = ["ba", "den", "lo", "mar", "ri", "sta", "tu", "ve", "kor", "nil", "osh", "pe"]
_COUNTRIES = ["France", "Kenya", "Chile", "Japan", "Estonia", "Norway", "Peru", "Ghana", "Nepal", "Italy"]
_FIELDS = ["Finance", "Defence", "Justice", "Health", "Energy", "Culture"]
_TOPICS = (
    "the budget of the country will grow by a tenth next year",
    "no hospital in the north would be closed before the summer",
    "the new law on ports needs a further reading in the chamber",
    "prices had been too high for too long in the view of many",
)
_SENTENCE = re.compile(
    r"(\w+ \w+), the (Minister of \w+ of \w+), said on (\w+ \d+, \d+) that ([^.]+)\."
    r"|(\w+ \w+) was appointed (Minister of \w+ of \w+) in (\w+ \d{4})\."
)


@dataclass(frozen=True)
class Cost:
    """Of one document, in milliseconds: of this process, and by the clock."""

    cpu: float
    wall: float


def press(count: int, folder: Path, seed: int = 3) -> list[Article]:
    """Articles that tell of as many people as there are articles, in sixty posts, and what reading them gives."""
    dice = random.Random(seed)

    def word(syllables: int) -> str:
        return "".join(dice.choice(_SYLLABLES) for _ in range(syllables))

    people = [
        (f"{word(2).title()} {word(3).title()}", dice.choice(_FIELDS), dice.choice(_COUNTRIES)) for _ in range(count)
    ]
    found: list[Article] = []
    for number, (name, field, country) in enumerate(people):
        told = [
            f"{who}, the Minister of {what} of {where}, said on March {dice.randint(1, 28)}, 2024 that "
            f"{dice.choice(_TOPICS)} and {word(3)} {word(2)}."
            for who, what, where in (dice.choice(people) for _ in range(3))
        ]
        told.append(f"{name} was appointed Minister of {field} of {country} in May {dice.randint(2010, 2023)}.")
        file = folder / f"{number}.txt"
        day = f"2024-04-{dice.randint(1, 28):02d}"
        file.write_text(f"---\ntitle: News {number}\npublished: {day}\n---\n\n{' '.join(told)}\n", encoding="utf-8")
        found.append(article(file, _answer))
    return found


def _answer(extractor: Extractor, passage: str) -> Sequence[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for who, office, day, said, new, post, since in _SENTENCE.findall(passage):
        match extractor.name:
            case "people":
                items.append({"name": who or new, "office": office})
            case "offices":
                items.append({"person": who or new, "office": office or post, "start": since, "end": ""})
            case "statements" if who:
                items.append({"speaker": who, "verb": "said", "said": said, "date": day})
    return items


def measure(url: str, articles: Sequence[Article], size: int) -> Cost:
    """Bring articles into a database that is empty, in groups of a size."""
    with open_store(url) as store:
        enter(store, articles)
        # What a process works out once is no cost of a document.
        apply(store, [])
        cpu, wall = time.process_time(), time.perf_counter()
        for at in range(0, len(articles), size):
            apply(store, [each.made for each in articles[at : at + size]])
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Cost(cpu * 1000 / len(articles), wall * 1000 / len(articles))


def main() -> None:
    """Print the cost of a document on both databases, for each size of a group."""
    parser = argparse.ArgumentParser(description="What it costs to bring a document into the database.")
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, throwaway_server() as server:
        articles = press(given.documents, Path(name))
        # Compiled patterns, rules and their digest are there before anything is measured.
        measure(f"duckdb:///{name}/first.duckdb", articles[:1], 1)
        print("database  group  ms of this process  ms by the clock  times less than one by one (process, clock)")
        for kind in ("duckdb", "postgres"):
            alone: Cost | None = None
            for size in given.sizes:
                if kind == "postgres":
                    server.make_database(f"group_{size}")
                url = f"duckdb:///{name}/{size}.duckdb" if kind == "duckdb" else server.url(f"group_{size}")
                cost = measure(url, articles[:ONE_BY_ONE] if size == 1 else articles, size)
                alone = alone or cost
                less = f"{alone.cpu / cost.cpu:.1f}, {alone.wall / cost.wall:.1f}"
                print(f"{kind:8}  {size:5}  {cost.cpu:18.1f}  {cost.wall:15.1f}  {less}", flush=True)


if __name__ == "__main__":
    main()
