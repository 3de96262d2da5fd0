"""Words that something of a kind is hardly reported without: of voting, speaking, ruling, holding an office."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from schema.vocabulary import ElectionType, OfficeRole

_REST_OF_WORD = re.compile(r"\w*")
_LETTERS = re.compile(r"[^\W\d_]+")


def has_cue(kind: str, text: str, language: str | None) -> bool:
    """Whether a word of `text` begins like a word of that kind; true for a language that has no list.

    Args:
        kind: one of those in cues.json. `speech` is of a passage, `say` of one verb; `rank` stands before a title.
        language: ISO 639-1; None is taken for no list.
    """
    beginnings = _cues().get(language or "", {}).get(kind)
    return beginnings is None or _pattern(kind, language or "").search(text) is not None


def find_cue(kind: str, text: str, language: str | None) -> tuple[int, int] | None:
    """Where the first word stands that begins like one of that kind; None also for a language that has no list."""
    found = _pattern(kind, language or "").search(text) if lists(kind, language) else None
    ending = _REST_OF_WORD.match(text, found.end()) if found else None
    return (found.start(), ending.end()) if found and ending else None


def find_cues(kind: str, text: str, language: str | None) -> list[tuple[int, int]]:
    """Where words stand that begin like one of that kind, in order; none for a language that has no list."""
    if not lists(kind, language):
        return []
    return [
        (found.start(), ending.end() if (ending := _REST_OF_WORD.match(text, found.end())) else found.end())
        for found in _pattern(kind, language or "").finditer(text)
    ]


def has_word(kind: str, word: str, language: str | None) -> bool:
    """Whether a word is one of that kind, whole; false for a language that has no list."""
    return word.lower() in _words(kind, language)


def cue_words(kind: str, language: str | None) -> list[str]:
    """The beginnings of a kind of word, for what must notice that they changed; none for a language without a list."""
    return list(_cues().get(language or "", {}).get(kind, ()))


def lists(kind: str, language: str | None) -> bool:
    """Whether a language has a list of that kind."""
    return kind in _cues().get(language or "", {})


def vote_of(words: str, language: str | None) -> ElectionType | None:
    """What kind of vote the words for it name, where they do: `general election`, `presidential runoff`."""
    low = words.lower()
    return next(
        (ElectionType(kind) for pattern, kind in _beginnings("vote_type", language) if pattern.search(low)), None
    )


def paired_cue(kind: str, words: str, language: str | None, *, ending: str = "") -> tuple[tuple[int, int], str] | None:
    """Where words have one of a list of pairs, and its partner: of `led the party` the word `led` and `leader of`.

    Args:
        ending: only a partner that begins so counts.
    """
    low = words.lower()
    for pattern, meant in _pairs(kind, language):
        if meant.startswith(ending) and (found := pattern.search(low)):
            return found.span(), meant
    return None


@lru_cache(maxsize=8192)
def role_of(office: str, language: str | None) -> OfficeRole | None:
    """What the holder of an office does, by the first beginning of cues.json that a word of it has.

    None when the language has a list and no word of it stands there: the words then name no office.
    """
    if not lists("office", language):
        return OfficeRole.OTHER
    low = office.lower()
    return next((OfficeRole(role) for pattern, role in _beginnings("office", language) if pattern.search(low)), None)


def begins_with_whole_title(title: str, language: str | None) -> bool:
    """Whether a title begins with a listed one of several words: `premier ministre`, whose first word is no number."""
    listed = _cues().get(language or "", {}).get("office", ())
    return any(" " in beginning and title.lower().startswith(beginning) for beginning, _ in listed)


def of_any_state(words: str, language: str | None) -> bool:
    """Whether no capitalised word of a title names anything: offices, parliaments and courts every state has.

    False for a language without a list: its words cannot be told.
    """
    named = [word for word in _LETTERS.findall(words) if word[:1].isupper()]
    return is_listed(language) and all(
        any(has_word(kind, word, language) for kind in ("small", "national"))
        or any(has_cue(kind, word, language) for kind in ("vote", "early", "rank"))
        or names_office(word, language)
        for word in named
    )


@lru_cache(maxsize=8192)
def names_office(word: str, language: str | None) -> bool:
    """Whether a word is one of those by which offices are known: `minister`, and `prime` of `prime minister`."""
    return any(word.lower().startswith(part) for part in _office_words(language or "") if len(part) > 1)


@lru_cache(maxsize=8192)
def is_title_word(word: str, language: str | None) -> bool:
    """Whether a word can stand in the title of an office in front of a name: a name, or a word that titles share."""
    return (
        word[:1].isupper()
        or names_office(word, language)
        or any(has_word(kind, word, language) for kind in ("small", "national"))
        or any(has_cue(kind, word, language) for kind in ("rank", "former") if lists(kind, language))
    )


def is_listed(language: str | None) -> bool:
    """Whether cues.json has the words of a language."""
    return bool(language) and language in _cues()


@cache
def _office_words(language: str) -> tuple[str, ...]:
    return tuple(part for beginning, _ in _cues().get(language, {}).get("office", ()) for part in beginning.split())


@cache
def _words(kind: str, language: str | None) -> frozenset[str]:
    return frozenset(word for word in _cues().get(language or "", {}).get(kind, ()) if isinstance(word, str))


@cache
def _beginnings(kind: str, language: str | None) -> tuple[tuple[re.Pattern[str], str], ...]:
    """A list of pairs, the first of each made ready to be found at the beginning of a word."""
    listed = _cues().get(language or "", {}).get(kind, ())
    return tuple((re.compile(rf"\b{re.escape(beginning)}"), meant) for beginning, meant in listed)


@cache
def _pairs(kind: str, language: str | None) -> tuple[tuple[re.Pattern[str], str], ...]:
    """A list of pairs, the first of each made ready to be found as whole words."""
    listed = _cues().get(language or "", {}).get(kind, ())
    return tuple((re.compile(rf"\b{re.escape(said)}\b"), meant) for said, meant in listed)


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    beginnings = "|".join(map(re.escape, _cues()[language][kind]))
    return re.compile(rf"\b(?:{beginnings})", re.IGNORECASE)


@cache
def _cues() -> dict[str, Any]:
    words: dict[str, Any] = json.loads(Path(__file__).with_name("cues.json").read_text(encoding="utf-8"))
    return words
