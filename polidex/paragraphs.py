"""Cutting a text into its paragraphs, each with its place in the text, also where lines were wrapped at a width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WIDEST_WRAP = 120  # characters: no editor or mail program wraps wider
_WRAP_SLACK = 0.85  # a wrapped line plus the next word is at least this share of the widest line
_LONG = 160  # characters: longer than any headline
_PROSE_WORDS = 2
_PROSE_UNSPACED = 8  # characters, in scripts that put no space between words
_SENTENCE_END = re.compile(r"[.!?…。！？؟।۔][\"'”’»)\]）」』*_]*$")
_MARKUP = "#>*_ \t"
_ASIDE = re.compile(r"([*_])(?!\1)[^*_]+\1|\([^()]+\)|\[[^\[\]]+\]")
_MARKS = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|\*\*|__")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a line that stands for itself: text[start:end].

    Attributes:
        text: its words on one line, without the signs of Markdown around them.
        heading: the level of a Markdown heading, 1 to 6; 0 for anything else.
        is_aside: whether all of it stands in emphasis or in brackets, as notes of the editors do.
    """

    start: int
    end: int
    text: str
    heading: int = 0
    is_aside: bool = False

    @property
    def ends_sentence(self) -> bool:
        return _SENTENCE_END.search(self.text) is not None and self.text[-1] not in ",;"

    @property
    def is_prose(self) -> bool:
        """Whether it reads as sentences: it ends as a sentence does, or is longer than any headline."""
        if self.heading:
            return False
        if len(self.text) >= _LONG:
            return True
        spaced = len(self.text.split()) >= _PROSE_WORDS
        return self.ends_sentence and (spaced or (len(self.text) >= _PROSE_UNSPACED and not self.text.isascii()))


def paragraphs(text: str, start: int = 0) -> list[Paragraph]:
    """Cut `text` from `start` on into paragraphs; blank lines are left out, and every other line lies in just one."""
    return [_paragraph(text, first, last) for first, last in _joined(text, list(_lines(text, start)))]


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _joined(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join the lines that a program wrapped: those after which the next word had no room left.

    Lines of a text that was not wrapped are as long as their paragraphs, so that the widest tells the two apart.
    """
    width = max((end - start for start, end in lines), default=0)
    first: int | None = None
    for number, (start, end) in enumerate(lines):
        line = text[start:end].strip()
        if not line:
            continue
        first = start if first is None else first
        following = text[slice(*lines[number + 1])].split() if number + 1 < len(lines) else []
        full = bool(following) and end - start + 1 + len(following[0]) >= width * _WRAP_SLACK
        if width <= _WIDEST_WRAP and full and not _stands_alone(line) and not _stands_alone(" ".join(following)):
            continue
        yield first, end
        first = None


def _stands_alone(line: str) -> bool:
    return line.startswith(("#", "- ", "* ", "|", "![", "<!--"))


def _paragraph(text: str, start: int, end: int) -> Paragraph:
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    raw = raw.strip()
    marks = re.match(r"#{1,6}(?=\s)", raw)
    words = " ".join(_MARKS.sub(r"\1", raw).strip(_MARKUP).split())
    return Paragraph(start, start + len(raw), words, len(marks[0]) if marks else 0, _ASIDE.fullmatch(raw) is not None)
