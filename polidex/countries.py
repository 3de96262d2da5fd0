"""Which country a word means: `Kazakhstan`, `French`, `US`. The names are CLDR's; demonyms.json has the rest."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from polidex.folding import bare

_SHORTEST_STEM = 5
_STEM_SHARE = 0.6
_LONGEST_ENDING = 4
_WORD = re.compile(r"\w+")
_NO_COUNTRY = {"UN", "EU", "EZ", "QO", "ZZ", "XA", "XB"}
"""Codes of CLDR's territories that are unions, leftovers or made for tests; `ZZ` is also what a continent gets here."""
_ACRONYMS = {"US": "US", "USA": "US", "U.S": "US", "UK": "GB", "UAE": "AE", "UN": "UN", "EU": "EU"}
"""Short forms that CLDR gives for English (`alt="short"`), which Babel leaves out, and their variants in prose."""


def countries(text: str, language: str | None) -> list[tuple[int, int, str]]:
    """The countries that a text names, in order.

    Args:
        language: ISO 639-1; its names are known beside the English ones.

    Returns:
        `(start, end, code)` with the ISO 3166-1 code of two letters. In a language without a list of adjectives one
        counts where it and a country's name begin alike for at least five letters and most of the name; where several
        names begin so, none is meant.
    """
    names = _names(language or "en")
    found: list[tuple[int, int, str]] = []
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        if not text[words[at].start()].isupper():
            # No name begins with a small letter, nor do an adjective and an acronym.
            at += 1
            continue
        for length in (5, 4, 3, 2, 1):
            if at + length > len(words):
                continue
            start, end = words[at].start(), words[at + length - 1].end()
            surface = text[start:end]
            code = names.get(bare(surface))
            if code is None and length == 1:
                code = _of_stem(surface, language or "en") or _of_acronym(surface)
            if code:
                if code not in _NO_COUNTRY:
                    found.append((start, end, code))
                at += length - 1
                break
        at += 1
    return found


@lru_cache(maxsize=16_384)
def is_territory(name: str, language: str | None) -> bool:
    """Whether a name is that of a territory, or the word for its people: no person is called so."""
    surface = name.strip()
    if bare(surface) in _names(language or "en") or _of_acronym(surface):
        return True
    if " " in surface:
        # `New Zealanders`: the name of a country with an ending.
        folded = bare(surface)
        names = _names(language or "en")
        begun = (folded[: len(folded) - ending] for ending in range(min(_LONGEST_ENDING, len(folded)) + 1))
        return any(" " in name and name in names for name in begun)
    return _of_stem(surface, language or "en") is not None


def _of_acronym(word: str) -> str | None:
    return _ACRONYMS.get(word)


@lru_cache(maxsize=16_384)
def _of_stem(word: str, language: str) -> str | None:
    if not word[:1].isupper() or language in _demonyms():
        return None
    folded = bare(word)
    if len(folded) < _SHORTEST_STEM:
        return None
    best: dict[int, set[str]] = {}
    for name, code in _names(language).items():
        if " " in name or code in _NO_COUNTRY:
            continue
        shared = 0
        for left, right in zip(folded, name, strict=False):
            if left != right:
                break
            shared += 1
        # The ending of an adjective is short, and so is what it takes from the name.
        if shared >= _SHORTEST_STEM and shared >= _STEM_SHARE * len(name) and len(folded) - shared <= _LONGEST_ENDING:
            best.setdefault(shared, set()).add(code)
    if not best:
        return None
    codes = best[max(best)]
    return codes.pop() if len(codes) == 1 else None


@cache
def _names(language: str) -> dict[str, str]:
    """Name as `bare` leaves it -> code, in English and in one further language; adjectives in that language alone."""
    names: dict[str, str] = {}
    for code in dict.fromkeys(("en", language)):
        try:
            territories = Locale.parse(code).territories
        except (UnknownLocaleError, ValueError):
            continue
        for territory, name in territories.items():
            if len(territory) == 2:  # noqa: PLR2004 - the others are continents and regions
                names[bare(name)] = territory
            elif code == language == "en":
                # `Latin American` is not of the United States.
                names |= {bare(name): "ZZ", f"{bare(name)}n": "ZZ"}
    for territory, words in _demonyms().get(language, {}).items():
        names |= {bare(word): territory for word in words}
    return _own_names(language) | names


def _own_names(language: str) -> dict[str, str]:
    """What countries call themselves, where that is written in the script of a language that is not the Latin one.

    A Russian text writes `Кыргызстан`, as the country itself does, though CLDR's Russian name of it is `Киргизия`.
    """
    script = _script(language)
    if script in (None, "Latn"):
        return {}
    own: dict[str, str] = {}
    for territory in map(str, Locale.parse("en").territories):
        for official in get_official_languages(territory, de_facto=True):
            if len(territory) != 2 or _script(official) != script:  # noqa: PLR2004 - as above
                continue
            try:
                name = str(Locale.parse(official).territories.get(territory, ""))
            except UnknownLocaleError:
                continue
            own |= {bare(name): territory} if name else {}
    return own


def _script(language: str) -> str | None:
    """The script that a language is mostly written in (ISO 15924), by CLDR's likely subtags."""
    subtags = get_global("likely_subtags").get(language, "").split("_")
    return next((subtag for subtag in subtags[1:] if len(subtag) == len("Cyrl")), None)


@cache
def _demonyms() -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = json.loads(Path(__file__).with_name("demonyms.json").read_text("utf-8"))
    return {language: words for language, words in read.items() if language != "source"}
