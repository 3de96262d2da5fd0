"""Words of names in the cases of a language that inflects them: `Жапарова`, `Жапаровым` and `Жапаров` are one name."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path

import regex

from polidex.folding import bare

_SHORTEST_STEM = 3
_CYRILLIC = regex.compile(r"\p{Cyrillic}+")
_HAS_CYRILLIC = regex.compile(r"\p{Cyrillic}")
_CONSONANT = regex.compile(r"[^аеёиоуыэюяйьъ]$")
_VOWEL = regex.compile(r"[аеиоуыэюя]$")
_SURNAME = regex.compile(r"(?:ов|ев|ин|ын)$")
_BACK = (
    *((ending, regex.compile(r"[сц]к$"), "ии") for ending in ("ого", "ому", "им", "ом")),
    ("ои", regex.compile(r"[сц]к$"), "ая"),
    ("ои", _SURNAME, "а"),
    # Given names never end so: `Касым` is one in the nominative.
    ("ым", _SURNAME, ""),
    *((ending, _CONSONANT, "") for ending in ("ом", "ем", "а", "у", "е")),
    *((ending, _VOWEL, "и") for ending in ("ем", "я", "ю")),
    *((ending, _CONSONANT, "ь") for ending in ("я", "ю")),
)
"""Endings, as `bare` leaves them (`й` is `и`), the end of the stem before each, and what the nominative has instead."""
_WORD = regex.compile(r"[^\s\p{Pd}]+|\p{Pd}|\s+")


@lru_cache(maxsize=65536)
def case_forms(word: str) -> frozenset[str]:
    """All words that may be the same word of a name in another case, itself among them, as `bare` leaves them.

    A word of Cyrillic letters only; of any other only itself. It says what may be, not what is: `Иванова` is also
    the name of a woman. Symmetric: what has this word among its forms is among its forms.

    The endings in name_endings.json are those of Russian names in the singular (A. A. Zaliznyak, Grammatical
    Dictionary of Russian, 1977); a row is one declension, and no ending stands for the word without one.
    """
    plain = bare(word)
    found = {plain}
    if not _CYRILLIC.fullmatch(plain):
        return frozenset(found)
    for row in _declensions():
        for ending in row:
            stem = plain.removesuffix(ending)
            if not plain.endswith(ending) or len(stem) < _SHORTEST_STEM or not _takes(stem, row):
                continue
            found |= {stem + other for other in row}
    return frozenset(found)


def nominative(name: str) -> str:
    """What a name may be in the nominative, if it stands in another case, as `bare` leaves its Cyrillic words.

    A guess, for the name of a man, or for a surname that only a woman can have (`Токаевой`): `Касыма-Жомарта Токаева`
    may also be a woman in the nominative, so that something else must say that the two names are one person's.
    """
    return "".join(_nominative(word) for word in _WORD.findall(name))


def _nominative(word: str) -> str:
    plain = bare(word)
    if not _CYRILLIC.fullmatch(plain):
        return word
    for ending, needed, put in _BACK:
        stem = plain.removesuffix(ending)
        if plain.endswith(ending) and len(stem) >= _SHORTEST_STEM and needed.search(stem):
            return stem + put
    return plain


@lru_cache(maxsize=16_384)
def in_the_cases_of(name: str, other: str) -> str:
    """`name` with each word that is a word of `other` in another case put as it stands there.

    `Садыром Жапаровым` in the cases of `Садыр Нургожоевич Жапаров` is `Садыр Жапаров`; what is no form of its words
    stays as it is.
    """
    if not _HAS_CYRILLIC.search(name):
        # No other word has cases here: each is a form of itself alone.
        return name
    words = [word for word in _WORD.findall(other) if word[:1].isalpha()]
    forms = {form: word for word in reversed(words) for form in case_forms(word)}
    forms |= {bare(word): word for word in words}
    return "".join(
        word if any(bare(word) == bare(own) for own in words) else forms.get(bare(word), word)
        for word in _WORD.findall(name)
    )


def _takes(stem: str, row: tuple[str, ...]) -> bool:
    """Whether a stem can be declined like that: only one that ends in a consonant is a word without an ending."""
    return "" not in row or _CONSONANT.search(stem) is not None


@cache
def _declensions() -> tuple[tuple[str, ...], ...]:
    read = json.loads(Path(__file__).with_name("name_endings.json").read_text(encoding="utf-8"))
    return tuple(tuple("" if ending == "-" else bare(ending) for ending in row) for row in read["rows"])
