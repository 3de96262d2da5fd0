"""What the words of a name mean in whatever language: functions, ranks, bodies and fields of work."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from anyascii import anyascii

from polidex.countries import countries
from polidex.cues import cue_words
from polidex.folding import bare

KINDS = ("rank", "function", "body", "portfolio")
"""The kinds of concepts in words.json; a concept is written `function:minister`, any other word as it stands."""
_SHORTEST_PART = 3
_SHORTEST_WHOLE = 4
"""Letters of the first and of the last part of a compound at least: `vice|minister`, `partei|chef`."""
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_ELISION = re.compile(r"\b[dlDL]['’](?=\w)")
_POSSESSIVE = re.compile(r"['’]s?\b")
_WORD = re.compile(r"[^\W_]+")

Entry = tuple[tuple[str, bool], ...]
"""The words of one name of a concept as they are compared, each with whether it is only a beginning."""


@lru_cache(maxsize=65536)
def concepts_of(name: str, language: str | None, country: str | None) -> frozenset[str]:
    """What the words of a name mean, without order, without small and general words and without its own country.

    Args:
        name: `Deputy Minister of Foreign Affairs`, in any language.
        language: ISO 639-1. In a language that words.json does not have the words of all its languages are tried.
        country: ISO 3166-1 code of the country that the name is known to belong to: its words say nothing more.

    Returns:
        Concepts (`rank:deputy`, `function:minister`, `portfolio:foreign`), other countries (`country:FR`) and what is
        left, the words that name something, in Latin letters. Where nothing is left but general words, those.
    """
    known = language if language in _lexicon() else None
    kept = _without_countries(name, language)
    found = {f"country:{code}" for code in kept[1] if code != country}
    words = [word for word in plain_words(kept[0]) if not _is_small(word, known)]
    folded = [_fold(word) for word in words]
    at, general = 0, set[str]()
    while at < len(folded):
        concepts, length = _longest(folded, at, known)
        if not concepts or (length == 1 and not _is_post_or_body(concepts)):
            # `Verteidigungsminister` begins like defence, and is more.
            concepts = set(_compound(folded[at], known)) or concepts or {folded[at]}
        for concept in concepts:
            (general if concept == "general" else found).add(folded[at] if concept == "general" else concept)
        at += length
    if "body:house" in found and not naming(found):
        # A house without a name is that of representatives; the White House is none.
        found = found - {"body:house"} | {"body:lower_house"}
    return frozenset(found or general)


def kind_of(concept: str) -> str | None:
    """`function` of `function:minister`; None of a word that is no concept."""
    kind, separator, _ = concept.partition(":")
    return kind if separator else None


def of_kind(concepts: Iterable[str], kind: str) -> frozenset[str]:
    """The concepts of one kind, without the kind: `minister` of `function:minister`."""
    return frozenset(concept.partition(":")[2] for concept in concepts if kind_of(concept) == kind)


def naming(concepts: Iterable[str]) -> frozenset[str]:
    """The words that are no concept, and other countries: what a name has of its own."""
    return frozenset(concept for concept in concepts if kind_of(concept) in (None, "country"))


def plain_words(name: str) -> list[str]:
    """The words of a name as they are written, without elided articles, possessives and the full stops of acronyms."""
    undotted = _DOTTED.sub(lambda dotted: dotted.group().replace(".", ""), name)
    return _WORD.findall(_POSSESSIVE.sub("", _ELISION.sub("", undotted)))


@cache
def heads() -> Mapping[str, list[frozenset[str]]]:
    """By role, which functions may be one post: a country has one head of state and one head of government."""
    return {role: [frozenset(group) for group in groups] for role, groups in _file()["heads"].items()}


@cache
def negations(language: str | None) -> frozenset[str] | None:
    """The words that turn a sentence round, as `bare` leaves them; None for a language that has no list."""
    listed = _file()["negation"].get(language or "")
    return frozenset(map(bare, listed)) if listed else None


@cache
def beyond() -> frozenset[str]:
    """The bodies that are of no country."""
    return frozenset(_file()["beyond"])


def classifications() -> Mapping[str, str]:
    """Body -> what kind of organization it is, in the words of the schema."""
    found: dict[str, str] = _file()["classification"]
    return found


def _fold(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", bare(anyascii(word))) or bare(word)


def _is_small(word: str, language: str | None) -> bool:
    # `UN` is no French article.
    acronym = len(word) > 1 and word.isupper()
    return not acronym and _fold(word) in _small(language)


@cache
def _small(language: str | None) -> frozenset[str]:
    languages = [language] if language else list(_lexicon())
    return frozenset(_fold(word) for each in languages for word in cue_words("small", each))


def _without_countries(name: str, language: str | None) -> tuple[str, set[str]]:
    """The name without the countries that it names, and their codes."""
    codes: set[str] = set()
    for start, end, code in reversed(countries(name, language)):
        codes.add(code)
        name = f"{name[:start]} {name[end:]}"
    return name, codes


def _longest(words: list[str], at: int, language: str | None) -> tuple[set[str], int]:
    """The concepts of the longest entry that stands at a word, and how many words it takes."""
    best, concepts = (1, 0), set[str]()
    for entry, concept in _entries(language).get(words[at][:2], ()):
        group = words[at : at + len(entry)]
        if len(group) == len(entry) and all(map(_matches, group, entry)):
            size = (len(entry), sum(len(text) for text, _ in entry))
            if size > best:
                best, concepts = size, set()
            if size == best:
                concepts.add(concept)
    return concepts, best[0]


def _matches(word: str, part: tuple[str, bool]) -> bool:
    text, beginning = part
    return word.startswith(text) if beginning else word == text


@lru_cache(maxsize=16384)
def _compound(word: str, language: str | None) -> frozenset[str]:
    """The concepts of words written as one: `Verteidigungs|minister`, `Bundes|außen|minister`, `vice|presidente`.

    The last part is a function or a body, and all others are concepts too, for not every word that ends so is made of
    several. A concept of one part alone would make two posts one.
    """
    for cut in range(_SHORTEST_PART - 1, len(word) - _SHORTEST_WHOLE + 1):
        last = _longest([word[cut:]], 0, language)[0]
        if _is_post_or_body(last) and (first := _parts(word[:cut], language)):
            return frozenset((last | first) - {"general"})
    return frozenset()


def _parts(word: str, language: str | None) -> set[str]:
    """The concepts of which a word is made without rest; none where it is not."""
    for whole in (word, word.removesuffix("s")):
        exact = {c for entry, c in _entries(language).get(whole[:2], ()) if len(entry) == 1 and entry[0][0] == whole}
        if exact:
            return exact
    for cut in range(_SHORTEST_PART - 1, len(word) - _SHORTEST_PART + 1):
        first, last = _parts(word[:cut], language), _parts(word[cut:], language)
        if first and last:
            return first | last
    return set()


def _is_post_or_body(concepts: Iterable[str]) -> bool:
    return any(kind_of(concept) in ("function", "body") for concept in concepts)


@cache
def _entries(language: str | None) -> Mapping[str, list[tuple[Entry, str]]]:
    """The entries of one language, or of all, by the first two letters."""
    found: defaultdict[str, list[tuple[Entry, str]]] = defaultdict(list)
    for each in [language] if language else list(_lexicon()):
        for concept, names in _lexicon()[each].items():
            for name in names:
                words = [word for word in re.split(r"[\s'’]+", name) if _fold(word) not in _small(each)]
                entry = tuple((_fold(word), word.endswith("-")) for word in words)
                if entry:
                    found[entry[0][0][:2]].append((entry, concept))
    return found


@cache
def _lexicon() -> Mapping[str, Mapping[str, list[str]]]:
    """Language -> concept -> its names; the concept `general` has the words that tell no post from another."""
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for language, words in _file()["general"].items():
        found[language]["general"] = words
    for kind in KINDS:
        for concept, names in _file()[kind].items():
            for language, words in names.items():
                found[language][f"{kind}:{concept}"] = words
    return found


@cache
def _file() -> dict[str, Any]:
    words: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return words
