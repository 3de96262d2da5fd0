"""Two passages that say the same in the same words, but for slips of the pen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, pairwise
from typing import NamedTuple

import regex
from rapidfuzz.distance import OSA, Levenshtein

from polidex.folding import UNSPACED, Folded, bare, is_small
from polidex.numerals import numbers

# A word shorter than this has no slip: one letter makes another word of it ("not", "now"). From the second length on
# a slip hardly ever does.
_SHORTEST_SLIP = 5
_SAFE_SLIP = 8
_SHORTEST_HALF = 4
# Keeps a text made of one repeated word from costing its length squared.
_MOST_CANDIDATES = 400

# Words; each character where a script puts no space between words; the signs that change what a number says.
_TOKEN = regex.compile(
    rf"[{UNSPACED}]\p{{M}}*"
    rf"|[\p{{L}}\p{{N}}](?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])*"
    r"|[\p{Sc}%‰+§°]"
    r"|(?<![^\s(\['])-(?=\p{N})"
)


class _Token(NamedTuple):
    start: int
    end: int
    key: str
    rigid: bool
    """A name, a number or a word of a script without capitals: must agree up to diacritics."""


class Wording:
    """A folded text as words, and the same run together so that spacing and punctuation vanish."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self._tokens: list[_Token] = []
        self._starts: list[int] = []
        length = 0
        for match in _TOKEN.finditer(folded.text):
            surface = match.group()
            key = bare(surface)
            self._tokens.append(_Token(*match.span(), key, not (surface.isalpha() and is_small(surface))))
            self._starts.append(length)
            length += len(key)
        self._run = "".join(token.key for token in self._tokens)
        self._vocabulary = frozenset(token.key for token in self._tokens)

    def spans_of(self, asked: Wording, budget: int) -> Iterator[tuple[int, int, int]]:
        """The source spans that have the words of `asked`, at most `budget` edits from it, each with its edits.

        Edits are counted on the folded text without case (Levenshtein).
        """
        wanted = asked.folded.text
        for first in islice(self._candidates(asked, budget), _MOST_CANDIDATES):
            last = self._walk(asked._tokens, first)
            if last is None:
                continue
            start, end = self._with_punctuation(asked, first, last)
            passage = self.folded.text[start:end]
            edits = Levenshtein.distance(wanted.casefold(), passage.casefold(), score_cutoff=budget)
            if edits > budget or _worth(wanted) != _worth(passage):
                continue
            yield self.folded.starts[start], self.folded.ends[end - 1], edits

    def _candidates(self, asked: Wording, budget: int) -> list[int]:
        """The words at which `asked` may begin, by the pigeonhole principle.

        With k edits, one of k+1 pieces of the quote stands unchanged in the text. So an absent quote, the common and
        expensive case, costs k+1 substring searches, and nothing is lost.
        """
        if not asked._run:
            return []
        pieces = min(budget, len(asked._run) // _SHORTEST_SLIP) + 1
        cuts = [len(asked._run) * i // pieces for i in range(pieces + 1)]
        firsts: set[int] = set()
        for left, right in pairwise(cuts):
            for place in islice(occurrences(self._run, asked._run[left:right]), _MOST_CANDIDATES):
                lowest = bisect_left(self._starts, place - left - budget)
                highest = bisect_left(self._starts, place - left + budget + 1)
                firsts.update(range(lowest, highest))
        return sorted(firsts)

    def _walk(self, asked: list[_Token], first: int) -> int | None:
        """The last word that `asked` covers when it begins at the word `first`, or None when the two differ."""
        at, i = first, 0
        while i < len(asked) and at < len(self._tokens):
            quoted, stored = asked[i].key, self._tokens[at].key
            following = self._tokens[at + 1].key if at + 1 < len(self._tokens) else ""
            if quoted == stored or self._is_slip(asked[i], self._tokens[at]):
                i, at = i + 1, at + 1
            elif i + 1 < len(asked) and self._is_split(stored, quoted, asked[i + 1].key):
                i, at = i + 2, at + 1
            elif self._is_split(quoted, stored, following):
                i, at = i + 1, at + 2
            else:
                return None
        return at - 1 if i == len(asked) else None

    def _is_split(self, whole: str, left: str, right: str) -> bool:
        """Whether white space or a sign parts a word or a number. A short half may be a word ("not able")."""
        if whole != left + right:
            return False
        return whole.isdecimal() or min(len(left), len(right)) >= _SHORTEST_HALF

    def _is_slip(self, quoted: _Token, stored: _Token) -> bool:
        """Whether one letter parts two words, and not the first: prefixes that deny (il-, un-, не-) change that one."""
        shorter = min(len(quoted.key), len(stored.key))
        return (
            not (quoted.rigid or stored.rigid)
            and shorter >= _SHORTEST_SLIP
            and quoted.key[0] == stored.key[0]
            and (shorter >= _SAFE_SLIP or quoted.key not in self._vocabulary)
            and OSA.distance(quoted.key, stored.key, score_cutoff=1) <= 1
        )

    def _with_punctuation(self, asked: Wording, first: int, last: int) -> tuple[int, int]:
        """The folded span of the words `first` to `last`, with the signs around them that `asked` has too."""
        text, quote = self.folded.text, asked.folded.text
        start, end = self._tokens[first].start, self._tokens[last].end
        quote_start, quote_end = asked._tokens[0].start, asked._tokens[-1].end
        while quote_start and start and quote[quote_start - 1] == text[start - 1] != " ":
            quote_start, start = quote_start - 1, start - 1
        while quote_end < len(quote) and end < len(text) and quote[quote_end] == text[end] != " ":
            quote_end, end = quote_end + 1, end + 1
        return start, end


def occurrences(text: str, wanted: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Every offset at which `wanted` begins, overlapping ones too; none for an empty one."""
    place = text.find(wanted, start, end) if wanted else -1
    while place >= 0:
        yield place
        place = text.find(wanted, place + 1, end)


def _worth(text: str) -> list[Decimal]:
    return [number.value for number in numbers(text)]
