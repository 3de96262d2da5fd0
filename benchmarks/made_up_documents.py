"""A made-up press: countries with posts and their holders since 1990, and what a perfect reading of its articles gives.

Nobody here lives. Names are drawn in many cultures, from the lists of Faker (the group `bench`); titles,
dates and countries stand in the text that the facts rest on.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from babel import Locale

from benchmarks.made_up_names import COUNTRIES, FullName, draw_name, written
from extractors.offices import OFFICES
from polidex.drafts import Extraction
from polidex.facts import Fact, Grounded, Outcome
from polidex.named import Named
from polidex.quotes import Found
from schema import DocumentVersion, WorldDate, stable_id
from schema.vocabulary import Basis, ExtractionStatus, Match, OfficeRole, RecordType, TenureStatus

FIRST, LAST = date(1990, 1, 1), date(2025, 6, 30)
_TERM_DAYS = (700, 2200)
_OWN = 8
"""People of whom an article is the first to tell; beside them it names who governs then."""
_RUSSIAN_SHARE = 0.15
_SEVERAL_POSTS = 0.15
"""Share of the terms that go to somebody who has had another."""
_FIELDS = {
    "Foreign Affairs": "иностранных дел", "Defence": "обороны", "Finance": "финансов", "Interior": "внутренних дел",
    "Justice": "юстиции", "Health": "здравоохранения", "Education": "образования", "Economy": "экономики",
    "Energy": "энергетики", "Agriculture": "сельского хозяйства", "Labour": "труда", "Transport": "транспорта",
    "Culture": "культуры",
}  # fmt: skip
_NATIONAL = {
    "President": ("Президент", OfficeRole.HEAD_OF_STATE),
    "Prime Minister": ("Премьер-министр", OfficeRole.HEAD_OF_GOVERNMENT),
    "Speaker of the Senate": ("Спикер Сената", OfficeRole.SPEAKER),
    **{f"Minister of {en}": (f"Министр {ru}", OfficeRole.MINISTER) for en, ru in _FIELDS.items()},
}
_LOCAL = {
    "Mayor of {}": ("Мэр {}", OfficeRole.MAYOR_OR_GOVERNOR),
    "Member of Parliament for {}": ("Депутат от {}", OfficeRole.LEGISLATOR),
}


@dataclass(frozen=True)
class Post:
    """A title in two languages."""

    english: str
    russian: str
    role: OfficeRole
    country: str

    def title(self, language: str) -> str:
        return self.russian if language == "ru" else self.english


@dataclass(frozen=True)
class Term:
    """A person in a post from one day to another; None as the end is still in office."""

    person: FullName
    post: Post
    start: date
    end: date | None


@dataclass(frozen=True)
class Reading:
    """An article, and what reading and grounding it gave."""

    version: DocumentVersion
    outcome: Outcome
    extraction: Extraction


class World:
    """The countries, their posts, and who held them.

    Args:
        people: how many there are, about. The larger countries have the most.
        seed: for the dice.
    """

    def __init__(self, people: int, seed: int = 1) -> None:
        self.dice = random.Random(seed)
        places = list(COUNTRIES.items())
        self.dice.shuffle(places)
        shares = [1 / (rank + 2) for rank in range(len(places))]
        self.terms: dict[str, list[Term]] = {}
        for (locale, country), share in zip(places, shares, strict=True):
            self.terms[country] = list(self._terms(locale, country, round(people * share / sum(shares))))

    def readings(self) -> Iterator[Reading]:
        """Articles that together name everybody, country by country."""
        number = 0
        for country, terms in self.terms.items():
            ordered = sorted(terms, key=lambda term: (term.start, term.end or LAST))
            for own in (ordered[at : at + _OWN] for at in range(0, len(ordered), _OWN)):
                day = self._day_in(own[-1])
                yield self.reading(f"article {number}", day, [*own, *self._governing(country, day)])
                number += 1

    def reading(self, uri: str, day: date, terms: list[Term]) -> Reading:
        """One article that names the holders of some terms, each by a name as an article writes it."""
        language = "ru" if self.dice.random() < _RUSSIAN_SHARE else "en"
        article = _Article(uri, day, language, self.dice)
        told: set[tuple[FullName, Post]] = set()
        for term in terms:
            if (term.person, term.post) not in told:
                told.add((term.person, term.post))
                article.tell(term)
        return article.reading()

    def _terms(self, locale: str, country: str, people: int) -> Iterator[Term]:
        faker = import_module("faker").Faker(locale)
        faker.seed_instance(self.dice.random())
        holders: list[FullName] = []
        posts = [Post(en, ru, role, country) for en, (ru, role) in _NATIONAL.items()]
        while len(holders) < people:
            post = posts.pop(0) if posts else self._local(country)
            day = FIRST + timedelta(days=self.dice.randrange(1500))
            while day < LAST and len(holders) < people:
                end = day + timedelta(days=self.dice.randint(*_TERM_DAYS))
                if not holders or self.dice.random() > _SEVERAL_POSTS:
                    holders.append(draw_name(faker, country, self.dice, woman=self.dice.random() < 1 / 3))
                    holder = holders[-1]
                else:
                    holder = self.dice.choice(holders)
                yield Term(holder, post, day, end if end < LAST else None)
                day = end

    def _local(self, country: str) -> Post:
        place = "".join(self.dice.choice(("ba", "den", "lo", "mar", "ri", "sta", "tu", "ve")) for _ in range(4)).title()
        title = self.dice.choice(list(_LOCAL))
        russian, role = _LOCAL[title]
        return Post(title.format(place), russian.format(place), role, country)

    def _day_in(self, term: Term) -> date:
        last = min(term.end or LAST, LAST)
        return term.start + timedelta(days=self.dice.randint(0, max(0, (last - term.start).days)))

    def _governing(self, country: str, day: date) -> Iterator[Term]:
        """Who is head of state and of government on a day, as far as the country has any by then."""
        for term in self.terms[country]:
            governs = term.post.role in (OfficeRole.HEAD_OF_STATE, OfficeRole.HEAD_OF_GOVERNMENT)
            if governs and term.start <= day < (term.end or LAST):
                yield term


class _Article:
    """An article as it is written, with the facts and where each stands."""

    def __init__(self, uri: str, day: date, language: str, dice: random.Random) -> None:
        self._id = stable_id("document", uri)
        self._extraction = stable_id("extraction", uri)
        self._day = day
        self._language = language
        self._dice = dice
        self._text = ""
        self._outcome = Outcome()
        self._countries = Locale(language).territories

    def tell(self, term: Term) -> None:
        """One sentence: who held which post of which country from when to when."""
        name = self._say(written(term.person, self._dice, language=self._language), ", ")
        title = self._say(term.post.title(self._language), " – ")
        country = self._say(self._countries[term.post.country], " ")
        start = self._say(term.start.isoformat()[: self._dice.choice((4, 7, 10))], " / ")
        over = term.end is not None and term.end < self._day
        end = self._say(term.end.isoformat()[: self._dice.choice((4, 7))], "") if over and term.end else None
        self._say(".", "\n")
        surface = name.value
        named = Named({surface: [(found.start, found.end) for found in name.spans]})
        status = TenureStatus.ENDED if over else TenureStatus.CURRENT
        facts = {
            "person_id": name,
            "office": title,
            "start": start,
            "status": Fact(str(status), title.spans, Basis.CONTEXT),
            "role": Fact(str(term.post.role), title.spans, Basis.INFERRED),
            "country": Fact(term.post.country, country.spans, original=country.value),
        }
        facts |= {"end": end} if end else {}
        self._outcome.people.append(named)
        self._outcome.grounded.append(Grounded(RecordType.PERSON, self._extraction, {"name": name}, {"name": named}))
        self._outcome.grounded.append(Grounded(RecordType.TENURE, self._extraction, facts, {"person_id": named}))

    def reading(self) -> Reading:
        digest = hashlib.sha256(self._text.encode()).hexdigest()
        version = DocumentVersion(
            id=stable_id("version", self._id, digest),
            document_id=self._id,
            content_sha256=digest,
            title=None,
            byline=(),
            published=WorldDate.from_edtf(self._day.isoformat(), Basis.STATED),
            crawled_at=None,
            language=self._language,
            text=self._text,
            reading_spans=((0, len(self._text)),),
        )
        row: dict[str, Any] = {
            "id": self._extraction,
            "document_version_id": version.id,
            "run_id": "run",
            "extractor": OFFICES.name,
            "fingerprint": digest,
            "status": str(ExtractionStatus.OK),
        }
        return Reading(version, self._outcome, Extraction(self._extraction, OFFICES, (), row))

    def _say(self, words: str, after: str) -> Fact:
        found = Found(len(self._text), len(self._text) + len(words), Match.EXACT)
        self._text += words + after
        return Fact(words, (found,))
