"""Cutting a text into paragraphs and sentences by its structure alone, whatever its language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import regex

from polidex.folding import bare, is_small

Span = tuple[int, int]

# A block that is no wider than this, and whose lines are full, was wrapped by hand or by a mail program.
_WRAP_WIDTH = 120
_LINE_BREAK = regex.compile(r"\n")
# An abbreviation has at most this many letters ("Prof.", "Sen.", "млн.").
_SHORT = 4
_SEEN_OFTEN = 2
# Looking no further back for a word keeps a text of dots from costing its length squared.
_LONGEST_WORD = 60
# A day of a month has at most two digits.
_DAY_DIGITS = 2

_BLANK_LINE = regex.compile(r"\n[^\S\n]*(?:\n\s*)+|[\f\u2029]\s*|\r(?!\n)\s*")
_STOPPED = regex.compile(r"[\p{STerm}.:;…][\p{Pe}\p{Pf}\"']*\s*$")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")
_CAPITAL_WITHIN = regex.compile(r"(?<=[\p{Ll},]\s)\p{Lu}[\p{L}\p{M}]*")
_CAPITAL_NEXT = regex.compile(r"\s\p{Lu}")
_DOTTED = regex.compile(r"(?<![\p{L}\p{M}\p{N}])(?:[\p{L}\p{M}]+\.)*[\p{L}\p{M}\p{N}]+$")
# What ends a sentence, with the quotation marks, brackets and footnote signs that close after it.
_STOP = regex.compile(
    r"(?P<stop>[.…]+|[\p{STerm}--.]+)(?P<closers>(?:[\p{Pe}\p{Pf}\"'»]|[“«](?=\s|$)|\[\d{1,3}\])*)(?P<gap>\s*)"
    r"(?P<openers>[\p{Ps}\p{Pi}\p{Pd}\"'„«¿¡\s]*)",
    flags=regex.VERSION1,
)
_ANYWHERE = regex.compile(r"[\p{STerm}--[.!?\u061f]]", flags=regex.VERSION1)
_DAY_MONTH_YEAR = regex.compile(r"\s\p{L}+\s\d{4}\b")
_NO_VOWEL = regex.compile(
    r"[[\p{Latin}\p{Cyrillic}\p{Greek}]--[aeiouyæœøıаеиоуыэюяієүұөәαεηιουω]]+", flags=regex.VERSION1
)


def paragraph_spans(text: str) -> list[Span]:
    """The paragraphs of `text` as (start, end) in characters, without white space around them.

    A blank line parts them. So does a line break, except within a block that was wrapped: where the next word would
    not have fitted on a line of that block, or where the next line goes on in lower case without a full stop before.
    """
    spans: list[Span] = []
    for start, end in _between(text, 0, len(text), _BLANK_LINE):
        lines = list(_between(text, start, end, _LINE_BREAK))
        width = max(line_end - line_start for line_start, line_end in lines)
        opened = lines[0][0]
        for (line_start, line_end), (next_start, next_end) in pairwise(lines):
            word = text[next_start:next_end].split(maxsplit=1)[0]
            full = width <= _WRAP_WIDTH and line_end - line_start + 1 + len(word) > width
            goes_on = is_small(word[0]) and not _STOPPED.search(text, line_start, line_end)
            if not full and not goes_on:
                spans.append((opened, line_end))
                opened = next_start
        spans.append((opened, lines[-1][1]))
    return spans


def sentence_spans(text: str) -> list[Span]:
    """The sentences of `text` as (start, end) in characters: in order, with only white space between them.

    Structure decides, and what the text itself shows of its words; there is no list of abbreviations. After a dot
    there is no end before a lower-case word or inside a number, after a lone letter ("A. Shahid"), a dotted word
    ("U.S."), a short word before a number ("No. 5"), a short word without a vowel ("Mr.") or one that the text writes
    only with a dot; unless the next word has its capital for no other reason than to begin a sentence. A paragraph's
    end always ends a sentence, which makes headings sentences.
    """
    words = _Orthography(text)
    spans: list[Span] = []
    for start, end in paragraph_spans(text):
        opened = start
        for stop in _STOP.finditer(text, start, end):
            close = stop.end("closers")
            if opened < close < end and _is_end(text, opened, stop, words):
                spans.append((opened, close))
                opened = stop.end("gap")
        if opened < end:
            spans.append((opened, end))
    return spans


class _Orthography:
    """What a text shows about its words: Punkt's idea (Kiss and Strunk 2006), cut down to one short text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain: set[str] = set()  # words that stand without a dot
        self.dotted: Counter[str] = Counter()
        for match in _WORD.finditer(text):
            if text.startswith(".", match.end()):
                self.dotted[match.group()] += 1
            else:
                self.plain.add(match.group())
        self.names = {match.group() for match in _CAPITAL_WITHIN.finditer(text)}

    def starts_sentence(self, word: str) -> bool:
        """Whether `word` is written small elsewhere and never has a capital in the middle of a sentence."""
        return word.lower() in self.plain and word.lower() != word and word not in self.names

    def is_abbreviation(self, word: str) -> bool:
        """Whether the short `word` cannot be a word, or only ever comes with a dot."""
        if len(word) > _SHORT or not word.isalpha():
            return False
        no_word = word.istitle() and _NO_VOWEL.fullmatch(bare(word)) is not None
        return no_word or (self.dotted[word] >= _SEEN_OFTEN and word not in self.plain)


def _is_end(text: str, opened: int, stop: regex.Match[str], words: _Orthography) -> bool:
    following = text[stop.end() : stop.end() + 1]
    if _ANYWHERE.search(stop["stop"]):
        return bool(stop["gap"]) or not following.isdecimal()
    if not following or is_small(following):
        return not following
    before = _DOTTED.search(text, max(opened, stop.start() - _LONGEST_WORD), stop.start())
    if not stop["gap"]:
        return _is_glued(text, stop, before.group() if before else "")
    if stop["stop"] != "." or stop["closers"] or before is None:
        return True
    return not _dot_is_of_word(text, opened, stop, before, words)


def _dot_is_of_word(
    text: str, opened: int, stop: regex.Match[str], before: regex.Match[str], words: _Orthography
) -> bool:
    """Whether a dot before a space and a capital, a digit or a letter without case belongs to the word before it."""
    token, next_word = before.group(), _WORD.match(text, stop.end())
    # "U.S. President Joe Biden": a title in front of a name has its capital from the name.
    names_somebody = next_word and "." in token and _CAPITAL_NEXT.match(text, next_word.end())
    if next_word and words.starts_sentence(next_word.group()) and not names_somebody:
        return False
    if token.isdecimal():
        is_item = before.start() == opened
        return is_item or (len(token) <= _DAY_DIGITS and bool(_DAY_MONTH_YEAR.match(text, stop.end("stop"))))
    if len(token) == 1 or "." in token or words.is_abbreviation(token):
        return True
    return text[stop.end()].isdecimal() and len(token) <= _SHORT and token not in words.plain


def _is_glued(text: str, stop: regex.Match[str], token: str) -> bool:
    """A full stop with no space after it ends a sentence between two whole words: "January 2022.Kassym-Jomart"."""
    word = _WORD.match(text, stop.end())
    if word is None or word.group()[0].isdecimal():
        return False
    if stop["stop"] != ".":
        return True
    name = word.group()
    whole_before = len(token) > 1 and not token.isupper() and "." not in token
    return len(name) > 1 and not name.isupper() and (whole_before or bool(stop["closers"]))


def _between(text: str, start: int, end: int, separator: regex.Pattern[str]) -> Iterator[Span]:
    """The stretches of `text[start:end]` between separators, without white space around them and without empty ones."""
    at = start
    for match in separator.finditer(text, start, end):
        yield from _stripped(text, at, match.start())
        at = match.end()
    yield from _stripped(text, at, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    if piece := piece.strip():
        yield start, start + len(piece)
