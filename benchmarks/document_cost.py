"""CPU that Polidex itself spends on a document, step by step: `python -m benchmarks.document_cost [--rounds 10]`.

Reads the articles of `examples/` that have replies in `tests/perfect/`, and news of four sentences, without a model
and without a database. Each round gives the people of an article other names, in the text and in the replies, as the
next article of a night would: what is remembered of a whole text or of a name is of no use to the next round. One round
that is not counted comes first. Prints milliseconds of CPU a document, the median of the rounds; half a minute.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from extractors.prompt import EXTRACTORS
from polidex.drafts import Extraction, Question
from polidex.extract import question, stored
from polidex.fingerprint import extraction_id
from polidex.ground import ground
from polidex.page import Page
from polidex.read import read, sources
from polidex.resolve import resolve
from polidex.settings import Settings, load
from tests.perfect import FOLDER, Given, drafts_of, on_one_line

STEPS = ("read", "windows, fingerprints", "items of replies", "ground", "resolve")
ARTICLES = (Path("examples"), Path("examples/story"))
_SHORT = "{} {}, the Minister of {} of {}, said on March {}, 2024 that {}."
_TOPICS = (
    "the budget of the country will grow by a tenth next year",
    "no hospital in the north would be closed before the summer",
    "prices had been too high for too long in the view of many",
)


@dataclass(frozen=True)
class Article:
    """A document and the drafts that a perfect reader gives for it, before a round gives its people other names."""

    name: str
    content: str
    given: tuple[Given, ...]

    def names(self) -> list[str]:
        """The words of the names of its people."""
        named = (str(each.draft.model_dump().get("name", "")) for each in self.given if each.extractor == "people")
        return sorted({word for name in named for word in re.findall(r"[^\W\d_]{3,}", name) if word[0].isupper()})

    def renamed(self, dice: random.Random) -> tuple[str, list[Given]]:
        """Its content and drafts with made-up names."""
        words = {word: _made_up(dice) for word in self.names()}
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b" if words else r"(?!)")

        def other(text: str) -> str:
            return pattern.sub(lambda found: words[found.group()], text)

        drafts = [
            Given(each.document, each.extractor, other(each.at), type(each.draft).model_validate_json(
                other(each.draft.model_dump_json())
            ))
            for each in self.given
        ]  # fmt: skip
        return other(self.content), drafts


@dataclass
class Cost:
    """Seconds of CPU for each step of one kind of document, one figure a round."""

    characters: int
    drafts: int
    steps: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in STEPS})

    def line(self, name: str) -> str:
        """Milliseconds of each step and of all."""
        told = [statistics.median(seconds) * 1000 for seconds in self.steps.values()]
        figures = "".join(f"{each:>10.2f}" for each in (*told, sum(told)))
        return f"{name:<30}{self.characters:>7,}{self.drafts:>8}{figures}"


def articles() -> Iterator[Article]:
    """The articles of `examples/` that have perfect replies."""
    for file in sorted(FOLDER.glob("*.json")):
        replies = json.loads(file.read_text(encoding="utf-8"))
        for folder in ARTICLES:
            if (path := folder / replies["document"]).exists():
                yield Article(path.name, path.read_text(encoding="utf-8"), tuple(drafts_of(replies)))


def news(number: int) -> Article:
    """Four sentences in which four ministers say something: about 600 characters and 12 drafts."""
    dice = random.Random(number)
    told: list[str] = []
    replies: dict[str, list[dict[str, str]]] = {"people": [], "offices": [], "statements": []}
    for _ in range(4):
        post, country = (
            dice.choice(("Finance", "Justice", "Energy")),
            dice.choice(("Kenya", "Chile", "Norway", "Nepal")),
        )
        name, topic, day = (_made_up(dice), _made_up(dice)), dice.choice(_TOPICS), dice.randint(1, 28)
        told.append(_SHORT.format(*name, post, country, day, topic))
        person, office, at = " ".join(name), f"Minister of {post} of {country}", told[-1]
        replies["people"].append({"name": person, "office": office, "at": at})
        replies["offices"].append({"person": person, "office": office, "at": at})
        replies["statements"].append(
            {"speaker": person, "verb": "said", "said": topic, "date": f"March {day}, 2024", "at": at}
        )
    content = f"---\ntitle: News {number}\npublished: 2024-04-09\n---\n\n{' '.join(told)}\n"
    return Article(f"news-{number}.txt", content, tuple(drafts_of({"document": "", "replies": replies})))


def measure(article: Article, folder: Path, dice: random.Random, settings: Settings) -> tuple[Cost, dict[str, float]]:
    """One document from its file to its records, and the seconds of CPU that each step took."""
    content, given = article.renamed(dice)
    file = folder / article.name
    file.write_text(content, encoding="utf-8")
    clock = [time.process_time()]
    version = read(next(iter(sources([str(file)])))).version
    clock.append(time.process_time())
    asked = [(extraction_id(version, each, settings), question(version, each, settings)) for each in EXTRACTORS]
    clock.append(time.process_time())
    rows = [_row(id_, each, version.text, given) for id_, each in asked]
    clock.append(time.process_time())
    readings = [stored(each.extractor, row) for (_, each), row in zip(asked, rows, strict=True)]
    extractions = [each for each in readings if isinstance(each, Extraction)]
    clock.append(time.process_time())
    page = Page(version)
    outcome = ground(page, extractions)
    clock.append(time.process_time())
    resolve(page, outcome)
    clock.append(time.process_time())
    # Between the third and the fourth the replies are made, which costs Polidex nothing.
    took = [after - before for before, after in pairwise(clock)]
    cost = Cost(len(version.text), sum(len(each.items) for each in extractions))
    return cost, dict(zip(STEPS, took[:2] + took[3:], strict=True))


def _row(id_: str, asked: Question, text: str, given: list[Given]) -> dict[str, str]:
    """The row of `extraction` in which the replies of a perfect reader are stored."""
    parts = []
    for window in asked.windows:
        passage = on_one_line(text[window.start : window.end])
        items = [
            each.draft.model_dump(mode="json", exclude_defaults=True)
            for each in given
            if each.extractor == asked.extractor.name and on_one_line(each.at) in passage
        ]
        reply = json.dumps({"items": items}, ensure_ascii=False)
        place = {"start": window.start, "end": window.end, "before": window.before}
        parts.append({**place, "text": reply, "error": ""})
    return {"id": id_, "raw_response": json.dumps(parts, ensure_ascii=False)}


def _made_up(dice: random.Random) -> str:
    return "".join(dice.choice("bdfgklmnprstv") + dice.choice("aeiou") for _ in range(dice.randint(2, 4))).title()


def main() -> None:
    """Print one line for each article of `examples/`, one for short news and the mean of both kinds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    settings = load({"model": "openai/perfect"}, file=Path("none"), environment={})
    dice, costs = random.Random(5), dict[str, Cost]()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds + 1):
            kinds = [*((each.name, each) for each in articles()), ("short news", news(number))]
            for name, article in kinds:
                cost, took = measure(article, Path(folder), dice, settings)
                kept = costs.setdefault(name, cost)
                for step, seconds in took.items() if number else ():
                    kept.steps[step].append(seconds)
    print(f"{'ms of CPU a document':<30}{'chars':>7}{'drafts':>8}" + "".join(f"{s[:9]:>10}" for s in (*STEPS, "all")))
    for name, cost in costs.items():
        print(cost.line(name))


if __name__ == "__main__":
    main()
