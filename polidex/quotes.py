"""Grounding a quote: the span of a text that carries the same words, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from polidex.folding import UNSPACED, Folded, fold, graphemes, has_line_end_hyphen
from polidex.numerals import numbers
from polidex.sentences import sentence_spans
from polidex.wording import Wording, occurrences
from schema.vocabulary import Match

MIN_FUZZY = 12
"""Characters of a folded quote below which only exact and normalised matches count."""
FUZZY_SHARE = 0.1
FUZZY_MOST = 12
"""A fuzzy match differs by at most this share of the quote's folded characters, and never by more than this many."""
MIN_PART = 12
"""Characters that each part of a joined quote has at least."""
MAX_PARTS = 4
MAX_GAP = 2000
"""Characters that may lie between two neighbouring parts of a joined quote."""

_MOST_FIRST_PARTS = 8

_ALNUM = regex.compile(r"[\p{L}\p{N}]")
_SPACED_WORD = regex.compile(rf"(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+")
# Possessive, so that a quote made of dots costs no more than its length.
_MARK = r"(?:[\[(]\s*+(?:…|\.{2,}+|\.(?:\s\.)++)\s*+[\])]|…|\.{3,}+|\.(?:\s\.){2,}+)"
_ELLIPSIS = regex.compile(rf"\s*+{_MARK}\s*+")
_WRAPPING = regex.compile(rf"^(?:['\s]|{_MARK})++|(?:['\s]|{_MARK})++$")


@dataclass(frozen=True)
class Found:
    """`text[start:end]` is the stored quote; `match` says how it was found."""

    start: int
    end: int
    match: Match


class TextIndex:
    """A text made ready to ground many quotes. Pure: the same text and quote always give the same spans."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._forms: dict[tuple[str, bool], Folded] = {}
        self._alike: dict[str, tuple[tuple[int, int, int], ...]] = {}
        self._known: dict[tuple[str, tuple[int, int]], tuple[Found, ...]] = {}

    def find(self, quote: str, *, near: int | None = None, within: tuple[int, int] | None = None) -> tuple[Found, ...]:
        """Where `quote` stands in the text, in characters: () when it does not.

        Tried in this order: the same characters; the same after `fold`; the same without case; fuzzy. No span cuts a
        grapheme or a number or begins inside a word ("5 percent" is not in "15 percent", nor "signed" in "resigned");
        it may end inside one, as quotes do that a limit on their length cuts short.

        A fuzzy span has the same words in the same order. Punctuation, white space and accents may differ, and one
        letter, not the first, of a lower-case word of five letters or more (below eight only when the quoted form is
        no word of the text). Names, numbers and words of scripts without capitals may not. In all it differs by at
        most `FUZZY_SHARE` of the quote and `FUZZY_MOST` characters; under `MIN_FUZZY` nothing is fuzzy.

        A quote that is found nowhere and is cut by ellipses, or else consists of several sentences, is looked for
        part by part: two to `MAX_PARTS` parts of `MIN_PART` characters or more, in order, at most `MAX_GAP` apart,
        give one `Found` each.

        `within` keeps to places inside that span. Of several places, one that cuts no word comes first, then the
        one closest to the offset `near`; without `near` the first in the text. A quote without a letter or a digit
        is never found.
        """
        if not _ALNUM.search(quote):
            return ()
        bounds = within or (0, len(self.text))
        places = self._places(quote, near, bounds)
        return (places[0],) if places else self._parts(quote, near, bounds)

    def _places(self, quote: str, near: int | None, bounds: tuple[int, int]) -> list[Found]:
        """Every place of an undivided quote at the first kind of match that has any, the best place first."""
        if (quote, bounds) not in self._known:
            self._known[quote, bounds] = self._searched(quote, bounds)
        return sorted(self._known[quote, bounds], key=lambda place: self._preference(place, near))

    def _searched(self, quote: str, bounds: tuple[int, int]) -> tuple[Found, ...]:
        searches: tuple[Callable[[], Iterable[Found]], ...] = (
            lambda: self._exact(quote, bounds),
            lambda: self._normalised(quote, bounds, cased=True),
            lambda: self._normalised(quote, bounds, cased=False),
            lambda: self._fuzzy(quote, bounds),
        )
        for search in searches:
            if places := tuple(search()):
                return places
        return ()

    def _preference(self, place: Found, near: int | None) -> tuple[bool, int, int]:
        cuts_word = place.end not in self._beginnings
        if near is None or place.start <= near < place.end:
            return cuts_word, 0, place.start
        return cuts_word, min(abs(place.start - near), abs(place.end - near)), place.start

    def _exact(self, quote: str, bounds: tuple[int, int]) -> Iterator[Found]:
        for start in occurrences(self.text, quote, *bounds):
            if self._is_clean(start, start + len(quote)):
                yield Found(start, start + len(quote), Match.EXACT)

    def _is_clean(self, start: int, end: int) -> bool:
        return start in self._beginnings and end in self._endings

    def _normalised(self, quote: str, bounds: tuple[int, int], *, cased: bool) -> Iterator[Found]:
        for hyphen in ("", "-") if self._has_line_end_hyphen or has_line_end_hyphen(quote) else ("",):
            folded = self._folded(hyphen, cased)
            for form in _forms(quote, hyphen, cased):
                found = False
                for start in occurrences(folded.text, form, *map(folded.offset, bounds)):
                    span = folded.source_span(start, start + len(form))
                    if span and span[1] <= bounds[1] and self._is_clean(*span):
                        found = True
                        yield Found(*span, Match.NORMALISED)
                if found:
                    return

    def _fuzzy(self, quote: str, bounds: tuple[int, int]) -> list[Found]:
        if quote not in self._alike:
            length = len(fold(quote).text)
            budget = min(FUZZY_MOST, int(FUZZY_SHARE * length))
            spans = self._wording.spans_of(_wording(quote), budget) if length >= MIN_FUZZY else ()
            self._alike[quote] = tuple(spans)
        inside = [each for each in self._alike[quote] if bounds[0] <= each[0] and each[1] <= bounds[1]]
        fewest = min((edits for _, _, edits in inside), default=0)
        return [Found(start, end, Match.FUZZY) for start, end, edits in inside if edits == fewest]

    def _parts(self, quote: str, near: int | None, bounds: tuple[int, int]) -> tuple[Found, ...]:
        if len(quote) < 2 * MIN_PART:
            return ()
        parts = [part for part in _ELLIPSIS.split(quote) if _ALNUM.search(part)]
        if len(parts) == 1:
            parts = [quote[start:end] for start, end in sentence_spans(quote)]
        if not 1 < len(parts) <= MAX_PARTS or any(len(part) < MIN_PART for part in parts):
            return ()
        for place in self._places(parts[0], near, bounds)[:_MOST_FIRST_PARTS]:
            found = [place]
            for part in parts[1:]:
                after = found[-1].end
                following = self._places(part, after, (after, min(bounds[1], after + MAX_GAP + len(part))))
                if not following or following[0].start - after > MAX_GAP:
                    break
                found.append(following[0])
            if len(found) == len(parts):
                return tuple(found)
        return ()

    @cached_property
    def _endings(self) -> frozenset[int]:
        """Where a span may end: not inside a grapheme or a number."""
        in_numbers = (range(number.start + 1, number.end) for number in numbers(self.text))
        return graphemes(self.text).difference(*in_numbers)

    @cached_property
    def _beginnings(self) -> frozenset[int]:
        """Where a span may begin: not inside a word either."""
        in_words = (range(match.start() + 1, match.end()) for match in _SPACED_WORD.finditer(self.text))
        return self._endings.difference(*in_words)

    @cached_property
    def _has_line_end_hyphen(self) -> bool:
        return has_line_end_hyphen(self.text)

    def _folded(self, hyphen: str, cased: bool) -> Folded:
        form = (hyphen if self._has_line_end_hyphen else "", cased)
        if form not in self._forms:
            self._forms[form] = _cased(fold(self.text, line_end_hyphen=form[0]), cased)
        return self._forms[form]

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self._folded("", cased=True))


@lru_cache(maxsize=256)  # a quote is looked for in one stretch of the text after the other
def _forms(quote: str, hyphen: str, cased: bool) -> tuple[str, ...]:
    wanted = _cased(fold(quote, line_end_hyphen=hyphen), cased).text.strip()
    # A copy is often handed over between quotation marks or ellipses that are not part of it.
    return tuple(dict.fromkeys((wanted, _WRAPPING.sub("", wanted))))


@lru_cache(maxsize=64)
def _wording(quote: str) -> Wording:
    return Wording(fold(quote))


def _cased(folded: Folded, cased: bool) -> Folded:
    return folded if cased else folded.casefolded()
