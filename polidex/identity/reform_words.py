"""What the words for a change speak of, so that two wordings of one reform can be compared, also in two languages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import regex
import snowballstemmer
from anyascii import anyascii

from polidex.countries import countries
from polidex.folding import bare
from polidex.numerals import numbers, years

MOST_TOPICS = 12
"""Topics of one wording that are compared: what is longer tells a story."""
_GENERAL_WEIGHT = 0.5
_SHORTEST_TOPIC = 2
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_HAN = regex.compile(r"\p{Han}{2,}")
_SPELLINGS = (("zh", "j"), ("kh", "h"), ("w", "v"), ("y", "i"))
"""What transcriptions of one word into Latin letters differ by."""
_KINDS = ("small", "making", "adopting", "up", "down", "new", "gone")
_OPPOSITES = ({"up", "down"}, {"new", "gone"})
_SUBJECT = ":"
"""Stands before a topic that is the same word in all languages."""


@dataclass(frozen=True)
class Wording:
    """What a wording speaks of.

    Attributes:
        topics: its content words, as subjects (`:pension`) or as stems in Latin letters (`mazhilis`). Words of
            law-making, small words and countries are not among them.
        ways: which way it goes: `up`, `down`, `new`, `gone`.
        numbers: what it counts; years are not among them.
        years: the years that it names.
    """

    topics: frozenset[str]
    ways: frozenset[str]
    numbers: frozenset[str]
    years: frozenset[int]

    @property
    def offices(self) -> frozenset[str]:
        """Whose term, powers or pay it speaks of."""
        return frozenset(topic for topic in self.topics if topic.removeprefix(_SUBJECT) in _lists()["offices"])


@dataclass(frozen=True)
class Likeness:
    """How alike two wordings are.

    Attributes:
        alike: the Dice coefficient of their weighted topics, 0 to 1.
        covered: the part of the shorter one that stands in the longer, 0 to 1.
        shared: the weight of what they share: 1 for each topic, half of it for `president`, `right` and the like.
        swapped: where each names subjects that the other does not, a quota for women and one for the young, the smaller
            weight of the two; otherwise 0.
        narrowed: whether one of them names a subject that the other does not: a pension age, and that of women.
    """

    alike: float
    covered: float
    shared: float
    swapped: float = 0.0
    narrowed: bool = False


@lru_cache(maxsize=65536)
def language_of(text: str) -> str | None:
    """The language of whose lists the most words of `text` are; None where that is no one language.

    A title is too short to be told by its letters.
    """
    known = {code: sum(bool(_read(word, code)[0]) for word in _words(text, code)) for code in _languages()}
    most = max(known.values())
    fitting = [code for code, count in known.items() if count == most]
    return fitting[0] if most and len(fitting) == 1 else None


@lru_cache(maxsize=65536)
def wording_of(text: str, language: str | None) -> Wording:
    """What the words `text`, in `language` (ISO 639-1; None where unknown), speak of."""
    language = language or language_of(text)
    told = {year for year in years(text) if len(text) > 4}  # noqa: PLR2004 - four digits alone are a value
    counted = {f"{each.value.normalize():f}" for each in numbers(text) if int(each.value) not in told}
    topics: list[str] = []
    ways: set[str] = set()
    adopted, first = False, None
    for number, word in enumerate(_words(text, language)):
        kind, subjects = _read(word, language or "")
        counted |= set(subjects) if kind == "count" else set()
        if kind == "subject":
            if number == 0:
                first = subjects
            topics += [_SUBJECT + subject for subject in subjects]
        elif kind == "adopting":
            adopted = True
        elif kind in ("up", "down", "new", "gone"):
            # `Parliament raised …` says who acts, `The president's term …` whose term it is.
            adopted = adopted or (number == 1 and bool(first) and set(first or ()) <= set(_lists()["offices"]))
            ways.add(kind)
        elif not kind and (stem := _stem(word, language)):
            topics.append(stem)
    if not topics or _UNSPACED.search(text):
        topics += [run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)]
    kept = {topic for topic in topics if not (adopted and topic.removeprefix(_SUBJECT) in _lists()["offices"])}
    kept = kept or set(topics)
    chosen = sorted(kept, key=lambda topic: (-_weight(topic), topic))[:MOST_TOPICS]
    return Wording(frozenset(chosen), frozenset(ways), frozenset(counted), frozenset(told))


def compare(one: Wording, other: Wording, *, one_language: bool) -> Likeness:
    """How alike two wordings are. Of two languages only subjects and what is spelt alike can be compared."""
    left, right = one.topics, other.topics
    common = left & right
    known = [frozenset(each for each in side if each[0] == _SUBJECT) for side in (left, right)]
    if not one_language:
        left, right = (side | common for side in known)
    shared, sizes = _sum(common), sorted((_sum(left), _sum(right)))
    if not shared:
        return Likeness(0.0, 0.0, 0.0)
    # Other words may say the same; where no list knows a subject, any word may be one.
    own = [side - common for side in (known if all(known) else (left, right))]
    return Likeness(2 * shared / sum(sizes), shared / sizes[0], shared, min(map(_sum, own)), any(own))


def opposed(one: Wording, other: Wording) -> bool:
    """Whether one goes up where the other goes down, or one brings in what the other does away with."""
    return any(
        len(one.ways & pair) == len(other.ways & pair) == 1 and one.ways & pair != other.ways & pair
        for pair in _OPPOSITES
    )


def _words(text: str, language: str | None) -> list[str]:
    named = [span for *span, _ in countries(text, language)]
    words = " ".join(
        bare(match.group())
        for match in _WORD.finditer(text)
        if not any(start <= match.start() < end for start, end in named) and not _UNSPACED.match(match.group())
    )
    for phrase, other in _lists().get(language or "", {}).get("phrases", {}).items():
        words = regex.sub(rf"\b{regex.escape(phrase)}\b", other, words)
    return words.split()


@lru_cache(maxsize=65536)
def _read(word: str, language: str) -> tuple[str, tuple[str, ...]]:
    """What kind of word it is by the longest beginning that is listed, and its subjects; `""` where none is."""
    listed = _beginnings(language)
    if f"{word}$" in listed:
        return listed[f"{word}$"]
    for length in range(len(word), 0, -1):
        if word[:length] in listed:
            return listed[word[:length]]
    return "", ()


def _stem(word: str, language: str | None) -> str:
    stemmer = _stemmer(language)
    stem = anyascii(stemmer.stemWord(word) if stemmer else word).lower()
    for sign, spelt in _SPELLINGS:
        stem = stem.replace(sign, spelt)
    stem = regex.sub(r"[^a-z]", "", stem)
    return stem if len(stem) >= _SHORTEST_TOPIC else ""


def _weight(topic: str) -> float:
    return _GENERAL_WEIGHT if topic.removeprefix(_SUBJECT) in _lists()["general"] else 1.0


def _sum(topics: frozenset[str]) -> float:
    return sum(map(_weight, topics))


@cache
def _stemmer(language: str | None) -> Any:
    known = snowballstemmer.algorithms()
    name = _ALGORITHMS.get(language or "")
    return snowballstemmer.stemmer(name) if name in known else None


_ALGORITHMS = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish", "nl": "dutch",
    "en": "english", "eo": "esperanto", "et": "estonian", "fi": "finnish", "fr": "french", "de": "german",
    "el": "greek", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "no": "norwegian", "nb": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "es": "spanish", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""ISO 639-1 -> name of the algorithm in Snowball (M. F. Porter, https://snowballstem.org)."""


@cache
def _beginnings(language: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    words = _lists().get(language, {})
    listed: dict[str, tuple[str, tuple[str, ...]]] = {
        _bare(word): (kind, ()) for kind in _KINDS for word in words.get(kind, ())
    }
    listed |= {_bare(word): ("subject", tuple(about.split())) for word, about in words.get("subjects", {}).items()}
    listed |= {f"{_bare(word)}$": ("count", (str(worth),)) for word, worth in words.get("counts", {}).items()}
    return listed


def _bare(beginning: str) -> str:
    whole = beginning.endswith("$")
    return bare(beginning.removesuffix("$")) + ("$" if whole else "")


@cache
def _languages() -> tuple[str, ...]:
    return tuple(code for code, words in _lists().items() if isinstance(words, dict))


@cache
def _lists() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(Path(__file__).with_name("reform_words.json").read_text(encoding="utf-8"))
    return read
