"""One document made ready for grounding: its sentences, its countries, and what stands where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property

from polidex.countries import countries
from polidex.cues import find_cues
from polidex.folding import bare, fold
from polidex.named import Named
from polidex.quotes import Found, TextIndex
from polidex.sentences import sentence_spans
from polidex.spelling import words_of
from polidex.values import missing
from polidex.windows import Window
from schema import DocumentVersion, WorldDate
from schema.vocabulary import Match

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")

_SENTENCES_BACK = 3
"""How far back a sentence may lie that says whom or when a later one means."""


class Page:
    """A document version with what grounding asks of it."""

    def __init__(self, version: DocumentVersion) -> None:
        self.version = version
        self.text = version.text
        self.language = version.language
        self.index = TextIndex(version.text)
        self.sentences: list[Span] = [
            (start + a, start + b)
            for start, end in version.reading_spans
            for a, b in sentence_spans(version.text[start:end])
        ]
        self._starts = [start for start, _ in self.sentences]
        self.dated: tuple[tuple[str, str], ...] = ()
        """Titles and votes with the dates that a draft gives them: where a sentence has several, each has its own."""
        self.dates: dict[Span, tuple[Span, ...]] = {}
        """Where a span has dates, of those that were asked for."""
        self.read_dates: dict[tuple[str, int], WorldDate | None] = {}
        """The date that words give at an offset, of those that were asked for."""
        self._plain: dict[Span, str] = {}
        self._countries: dict[Span, tuple[tuple[int, int, str], ...]] = {}

    def sentences_in(self, span: Span) -> list[Span]:
        return [sentence for sentence in self.sentences if sentence[0] < span[1] and sentence[1] > span[0]]

    def around(self, span: Span, *, back: int = _SENTENCES_BACK, ahead: int = 0) -> Span:
        """From some sentences before the one that holds `span` to some after it."""
        first = max(0, bisect_right(self._starts, span[0]) - 1 - back)
        last = min(len(self.sentences) - 1, bisect_right(self._starts, max(span[0], span[1] - 1)) - 1 + ahead)
        return (self.sentences[first][0], max(self.sentences[last][1], span[1]))

    def words(self, span: Span) -> str:
        return self.text[span[0] : span[1]]

    def place(self, words: str, window: Window, *, near: str = "") -> tuple[Found, ...]:
        """Where a window says `words`; where it says them in several sentences, in the one that says more of `near`.

        What stands only in the sentences before the window was shown with it, and counts too.
        """
        found = self.index.find(words, within=(window.start, window.end))
        if not found:
            return self.index.find(words, within=(window.before[0], window.end))
        if len(found) != 1 or not near:
            return found
        best, best_missing = found, len(missing(near, self.words(self._sentence(found[0])), language=self.language))
        while best_missing and found[0].end < window.end:
            found = self.index.find(words, within=(found[0].end, window.end))
            if len(found) != 1:
                break
            lacking = len(missing(near, self.words(self._sentence(found[0])), language=self.language))
            if lacking < best_missing:
                best, best_missing = found, lacking
        return best

    def places(self, words: str, within: Span) -> list[Found]:
        """Everywhere that a stretch of the text says `words` in one piece; where it can be, without cutting a word."""
        found: list[Found] = []
        at = within[0]
        while (place := self.index.find(words, within=(at, within[1]))) and len(place) == 1:
            # Of several places one that cuts no word comes first: those before it do.
            at = place[0].end
            found.append(place[0])
        whole = [place for place in found if not self.text[place.end : place.end + 1].isalpha()]
        return whole or found

    def sentence_with(self, words: str, window: Window) -> tuple[Found, ...]:
        """The first sentence of a window that has every word of `words`, in whatever order."""
        wanted = {word for word in words.lower().replace("’s", "").replace("'s", "").split() if len(word) > 3}  # noqa: PLR2004
        for sentence in self.sentences_in((window.start, window.end)):
            here = self.words(sentence).lower()
            if wanted and all(word in here for word in wanted):
                return (Found(*sentence, Match.NORMALISED),)
        return ()

    def dated_in(self, span: Span, *, on: str = "") -> list[Span]:
        """Where titles and votes that have a date in some draft stand in a span of the text; only those of a date."""
        return [
            place.span()
            for words, dates in self.dated
            if on in dates
            for place in re.compile(rf"\b{re.escape(words)}\b").finditer(self.text, *span)
        ]

    def _sentence(self, found: Found) -> Span:
        return self.around((found.start, found.end), back=0)

    @cached_property
    def deaths(self) -> list[int]:
        """Where words for a death stand."""
        return [
            start + cue[0]
            for start, end in self.version.reading_spans
            for cue in find_cues("death", self.words((start, end)), self.language)
        ]

    def plain_sentence(self, span: Span) -> str:
        """The sentence of `span` as reprints of it are compared: without case, accents and kinds of white space."""
        sentence = self.around(span, back=0)
        if sentence not in self._plain:
            self._plain[sentence] = " ".join(bare(fold(self.words(sentence)).text).split())
        return self._plain[sentence]

    @cached_property
    def main_country(self) -> str | None:
        """The country that the document names most; None when no country leads."""
        leading = Counter(code for _, _, code in self._mentions).most_common(2)
        if not leading or (len(leading) > 1 and leading[0][1] == leading[1][1]):
            return None
        return leading[0][0]

    @cached_property
    def _mentions(self) -> list[tuple[int, int, str]]:
        return [mention for span in self.version.reading_spans for mention in self.countries(span)]

    def mention_of(self, code: str, at: int) -> Span:
        """Where a country that the text names is named: nearest before an offset, else first."""
        places = [(start, end) for start, end, named in self._mentions if named == code]
        return max((place for place in places if place[1] <= at), default=places[0])

    def only_wrote(self, named: Named) -> bool:
        """Whether somebody is an author of whom the text does not speak: all mentions are lines of names."""
        authors = [words_of(author) for author in self.version.byline]
        if not any(words_of(form) in authors for form in named.forms):
            return False
        longest = max(len(words_of(form)) for form in named.forms)
        return all(len(self.words(self.around(place, back=0)).split()) <= longest + 3 for place in named.places)

    def countries(self, span: Span) -> list[tuple[int, int, str]]:
        if span not in self._countries:
            found = countries(self.words(span), self.language)
            self._countries[span] = tuple((span[0] + a, span[0] + b, code) for a, b, code in found)
        return list(self._countries[span])

    @cached_property
    def _names(self) -> list[tuple[int, int, str]]:
        return [(*word.span(), word.group()) for word in _WORD.finditer(self.text)]

    def names(self, span: Span) -> list[tuple[int, int, str]]:
        """The words of a span with `(start, end)`, those that a hyphen, a dot or an apostrophe joins as one."""
        first = bisect_right(self._names, span[0], key=lambda word: word[1])
        last = bisect_left(self._names, span[1], key=lambda word: word[0])
        found = self._names[first:last]
        if found and (found[0][0] < span[0] or found[-1][1] > span[1]):
            # The span cuts a word.
            return [(*word.span(), word.group()) for word in _WORD.finditer(self.text, *span)]
        return found
