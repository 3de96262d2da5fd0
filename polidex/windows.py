"""Cut what a model reads of a document into passages: whole sentences, each with one that went before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extractors.examples import Passage
from polidex.sentences import paragraph_spans, sentence_spans
from schema import DocumentVersion

WINDOWING = 1
"""Version of the way in which a text is cut; raised when the same settings give other windows."""


@dataclass(frozen=True)
class Window:
    """A part of a document's text that one call reads: the characters from `start` to `end`.

    `before` is the span of a sentence that is shown in front of it, so that a pronoun can be told; it may be empty.
    """

    start: int
    end: int
    before: tuple[int, int]

    def passage(self, text: str) -> Passage:
        return Passage(text[slice(*self.before)], text[self.start : self.end])


def windows(version: DocumentVersion, *, size: int, overlap: int) -> list[Window]:
    """The windows of a document, in order. No sentence is in two; a sentence longer than `size` is one of its own.

    Args:
        size: characters of a window, at most.
        overlap: characters of an earlier sentence that are shown with a window, at most.
    """
    return list(_windows(version.text, version.reading_spans, size, overlap))


@lru_cache(maxsize=4)  # every extractor asks for those of the same document
def _windows(text: str, spans: tuple[tuple[int, int], ...], size: int, overlap: int) -> tuple[Window, ...]:
    found: list[Window] = []
    for start, end in spans:
        inside = [(start + a, start + b) for a, b in sentence_spans(text[start:end])]
        paragraphs = [(start + a, start + b) for a, b in paragraph_spans(text[start:end])]
        groups: list[list[tuple[int, int]]] = []
        for sentence in inside:
            if groups and sentence[1] - groups[-1][0][0] <= size:
                groups[-1].append(sentence)
            else:
                groups.append([sentence])
        for group in groups:
            earlier = [sentence for sentence in inside if sentence[1] <= group[0][0]]
            found.append(Window(group[0][0], group[-1][1], _before(earlier, paragraphs, overlap, group[0][0])))
    return tuple(found)


def halves(window: Window, text: str) -> list[Window]:
    """The window in two, where a reply to the whole of it did not fit; itself alone when it is one sentence."""
    inside = [(window.start + a, window.start + b) for a, b in sentence_spans(text[window.start : window.end])]
    if len(inside) < 2:  # noqa: PLR2004 - one sentence is not cut
        return [window]
    middle = len(inside) // 2
    first = Window(window.start, inside[middle - 1][1], window.before)
    return [first, Window(inside[middle][0], window.end, inside[middle - 1])]


def _before(
    earlier: list[tuple[int, int]], paragraphs: list[tuple[int, int]], longest: int, start: int
) -> tuple[int, int]:
    """The sentence that opens the paragraph before: it names whom the next lines call `he`."""
    if not earlier or not longest:
        return (start, start)
    last = earlier[-1]
    opening = next((first for first, end in paragraphs if first <= last[0] < end), last[0])
    shown = next(sentence for sentence in earlier if sentence[1] > opening)
    return (shown[0], min(shown[1], shown[0] + longest))
