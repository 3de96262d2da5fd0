"""When two names are one person's, two wordings alike and two spans in one place, and the largest matching of pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from polidex.spelling import words_of

Span = tuple[int, int]
"""Start, and one past the end, in characters."""
SAME_SPELLING = 90.0
"""Least `rapidfuzz.fuzz.ratio` (0 to 100) of two spellings of one name that have as many words."""
ALIKE = 60.0
"""Least `rapidfuzz.fuzz.token_set_ratio` (0 to 100) of two wordings of one office or title."""
_STOP_WORDS = frozenset({"of", "the", "and"})
_BRACKETED = re.compile(r"\([^)]*\)")


def overlap(spans: Iterable[Span], other: Span) -> bool:
    """Whether any of the spans shares a character with the other one."""
    return any(start < other[1] and other[0] < end for start, end in spans)


def places(words: str, text: str) -> Iterator[Span]:
    """Every occurrence of `words` in `text`."""
    at = text.find(words) if words else -1
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def without_brackets(name: str) -> str:
    """`name` without what stands in parentheses: a remark of whoever wrote the gold."""
    return " ".join(_BRACKETED.sub(" ", name).split())


def is_same_name(surface: str, name: str, aliases: Iterable[str] = ()) -> bool:
    """Whether a surface means the person of that name.

    It does when its words are those of the name or of an alias, when the words of the one are all among those of the
    other's name, or when it has as many words as the name and is spelt nearly alike. What counts
    as a word says `polidex.spelling.words_of`: letters of any script become Latin, without accents, case and hyphens.
    """
    given, whole = words_of(surface), words_of(name)
    if not given:
        return False
    if given == whole or any(given == words_of(alias) for alias in aliases):
        return True
    if whole and (set(given) <= set(whole) or set(whole) <= set(given)):
        return True
    return len(given) == len(whole) and fuzz.ratio(" ".join(given), " ".join(whole)) >= SAME_SPELLING


def is_alike(one: str, other: str) -> bool:
    """Whether two wordings say the same, whatever the order of their words; articles do not count."""
    left, right = (" ".join(word for word in words_of(each) if word not in _STOP_WORDS) for each in (one, other))
    return bool(left and right) and fuzz.token_set_ratio(left, right) >= ALIKE


def largest_matching(preferred: Sequence[Sequence[int]], allowed: Sequence[Sequence[int]]) -> dict[int, int]:
    """The largest set of pairs `left -> right` in which none stands twice.

    Args:
        preferred: for each on the left, the ones on the right that it should rather be paired with.
        allowed: for each on the left, all that it may be paired with.

    Augmenting paths (H. W. Kuhn 1955), first over the preferred pairs and then over all: who is paired in the first
    round stays paired in the second.
    """
    taken: dict[int, int] = {}

    def pair(left: int, choices: Sequence[Sequence[int]], seen: set[int]) -> bool:
        for right in choices[left]:
            if right not in seen:
                seen.add(right)
                if right not in taken or pair(taken[right], choices, seen):
                    taken[right] = left
                    return True
        return False

    for choices in (preferred, allowed):
        for left in range(len(choices)):
            if left not in taken.values():
                pair(left, choices, set())
    return {left: right for right, left in taken.items()}
