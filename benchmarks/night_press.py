"""A made-up press for one night: short articles that name the same people, some with other dates, some as reprints."""

from __future__ import annotations

import random
from pathlib import Path

_SYLLABLES = ["ba", "den", "lo", "mar", "ri", "sta", "tu", "ve", "kor", "nil", "osh", "pe"]
_PORTFOLIOS = ("Finance", "Defence", "Justice", "Health", "Energy", "Culture")
_COUNTRIES = ("Velmora", "France", "Kenya", "Chile", "Japan", "Estonia", "Norway", "Peru", "Ghana", "Nepal")
_TOPICS = (
    "the budget of the country will grow by a tenth next year",
    "no hospital in the north would be closed before the summer",
    "the new law on ports needs a further reading in the chamber",
    "prices had been too high for too long in the view of many",
)
PEOPLE = 24
REPRINT_EVERY = 15
SENTENCES = 3


def write_press(folder: Path, documents: int, *, seed: int = 5, people: int = PEOPLE) -> None:
    """Write so many articles. All that is named is made up but for countries; the same seed gives the same press.

    A few dozen people turn up again and again in the same offices, appointed in years that disagree; every fifteenth
    article is a reprint of an earlier one, word for word.
    """
    luck = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    known = [
        (f"{_word(luck, 2)} {_word(luck, 3)}", luck.choice(_PORTFOLIOS), luck.choice(_COUNTRIES)) for _ in range(people)
    ]
    bodies: list[str] = []
    for number in range(documents):
        if number % REPRINT_EVERY == REPRINT_EVERY - 1:
            body = luck.choice(bodies)
        else:
            said = [_said(luck, luck.choice(known)) for _ in range(SENTENCES)]
            name, portfolio, country = luck.choice(known)
            year = luck.randint(2019, 2021)
            body = " ".join([*said, f"{name} was appointed Minister of {portfolio} of {country} in May {year}."])
        bodies.append(body)
        head = f"---\ntitle: News {number}\npublished: 2024-04-{luck.randint(1, 28):02d}\n---\n\n"
        (folder / f"a{number:05d}.txt").write_text(f"{head}{body}\n", encoding="utf-8")


def _said(luck: random.Random, person: tuple[str, str, str]) -> str:
    name, portfolio, country = person
    words = f"{luck.choice(_TOPICS)} and {_word(luck, 3).lower()} {_word(luck, 2).lower()}"
    day = luck.randint(1, 28)
    return f"{name}, the Minister of {portfolio} of {country}, said on March {day}, 2024 that {words}."


def _word(luck: random.Random, syllables: int) -> str:
    return "".join(luck.choice(_SYLLABLES) for _ in range(syllables)).title()
