"""Folding: the form in which two copies of one passage are equal, with a map back to where each character stood."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

import regex

# One sign for all quotation marks and apostrophes: copies swap them freely, and none of them changes what is said.
_QUOTES = frozenset("'\"`´‘’‚‛“”„‟‹›«»′″ʼʹ＇＂「」『』")
_MINUS = "−"
# Compatibility forms that write the same characters. Superscripts, subscripts, fractions and circles are not among
# them: "10²" must not become "102".
_SAME_CHARACTERS = (
    "<compat>", "<wide>", "<narrow>", "<small>", "<font>", "<noBreak>",
    "<initial>", "<medial>", "<final>", "<isolated>", "<vertical>",
)  # fmt: skip
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""The scripts that put no space between words, as the inside of a character class of `regex`."""

_INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}+")
_LINE_END_HYPHEN = r"(?<=[\p{L}\p{M}\p{N}])(?P<hyphen>[-\u2010\u00ad])[ \t]*\r?\n[ \t]*(?=[\p{L}\p{N}])"
# ASCII that folds to itself, with single spaces and hyphens inside; before another ASCII character or the end each is
# a grapheme of its own.
_SIGNS = "[!#-&(-,./0-9:-_a-~]+"
_PLAIN = rf"(?P<plain>{_SIGNS}(?:[ -]{_SIGNS})*)(?=[\x00-\x7f]|\Z)"
_UNIT = regex.compile(rf"{_LINE_END_HYPHEN}|{_PLAIN}|\X")
_GRAPHEME = regex.compile(r"\X")
_JOINS = regex.compile(r"[^\p{GCB=Other}\p{GCB=LF}\p{GCB=Control}]")
"""A character that may stand in one grapheme with the one beside it."""
_LINE_END = regex.compile(_LINE_END_HYPHEN)
_LOWER = regex.compile(r"\p{Ll}")


def graphemes(text: str) -> frozenset[int]:
    """Every offset at which `text` may be cut without cutting a grapheme (UAX 29), 0 and the end included."""
    if not _JOINS.search(text):
        return frozenset(range(len(text) + 1))
    return frozenset(match.end() for match in _GRAPHEME.finditer(text)) | {0}


def has_line_end_hyphen(text: str) -> bool:
    """Whether a word of `text` is cut at the end of a line, so that it folds in two ways."""
    return _LINE_END.search(text) is not None


@dataclass(frozen=True)
class Folded:
    """A folded text; its character `i` came from `source[starts[i]:ends[i]]`, which is always whole graphemes."""

    text: str
    starts: list[int]
    ends: list[int]

    def source_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where `self.text[start:end]` stood in the source, or None when it cuts what came from one grapheme."""
        cuts_start = start > 0 and self.starts[start - 1] == self.starts[start]
        cuts_end = end < len(self.text) and self.ends[end] == self.ends[end - 1]
        return None if cuts_start or cuts_end else (self.starts[start], self.ends[end - 1])

    def offset(self, source_offset: int) -> int:
        """The first folded character that begins at or after `source_offset`."""
        return bisect_left(self.starts, source_offset)

    def casefolded(self) -> Folded:
        """The same without upper and lower case."""
        low = self.text.casefold()
        if len(low) == len(self.text):
            # No character becomes none, so each has become one.
            return Folded(low, self.starts, self.ends)
        pieces = [character.casefold() for character in self.text]
        return Folded(
            "".join(pieces),
            [self.starts[i] for i, piece in enumerate(pieces) for _ in piece],
            [self.ends[i] for i, piece in enumerate(pieces) for _ in piece],
        )


@lru_cache(maxsize=16)  # a quote is folded for each kind of match
def fold(text: str, *, line_end_hyphen: str = "") -> Folded:
    """Fold Unicode form, quotation marks, dashes, white space, invisible characters and line-end hyphens; keep case.

    A hyphen between a letter and a line break becomes `line_end_hyphen`: "" when it was set by a printer
    ("presi-\\ndent"), "-" when the word has one of its own ("well-\\nknown"). Nobody can tell which; try both. Before
    a capital or a digit it stays ("Kasym-\\nJomart", "2011-\\n2013").
    """
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _UNIT.finditer(text):
        start, end = match.span()
        if match.lastgroup == "plain":
            characters += match.group()
            starts += range(start, end)
            ends += range(start + 1, end + 1)
            continue
        hyphen = match["hyphen"]
        if hyphen is None:
            folded = _fold_grapheme(match.group())
        elif hyphen == "\u00ad":
            folded = ""
        else:
            folded = line_end_hyphen if _LOWER.match(text, end) else "-"
        for character in folded:
            if character in " -" and characters and characters[-1] == character:
                ends[-1] = end  # a run of white space or of dashes is one
                continue
            characters.append(character)
            starts.append(start)
            ends.append(end)
    return Folded("".join(characters), starts, ends)


@lru_cache(maxsize=8192)
def _fold_grapheme(grapheme: str) -> str:
    decomposed = unicodedata.normalize("NFD", _INVISIBLE.sub("", grapheme))
    return unicodedata.normalize("NFC", "".join(map(_fold_character, decomposed)))


def _fold_character(character: str) -> str:
    if character in _QUOTES:
        return "'"
    if character == _MINUS or unicodedata.category(character) == "Pd":
        return "-"
    if character.isspace():
        return " "
    if unicodedata.decomposition(character).startswith(_SAME_CHARACTERS):
        return "".join(map(_fold_character, unicodedata.normalize("NFKC", character)))
    return character


@lru_cache(maxsize=65536)
def bare(token: str) -> str:
    """The token without case and without marks that writers leave out: accents, Arabic and Hebrew points.

    Vowel signs of Indic and Thai scripts are letters in all but name, and stay. The marks are told apart by their
    canonical combining class (Unicode 4.3): 10 to 36 are points, from 200 on they stand above or below.
    """
    if token.isascii():
        return token.lower()
    kept = (c for c in unicodedata.normalize("NFD", token) if not _is_optional(unicodedata.combining(c)))
    return unicodedata.normalize("NFC", "".join(kept)).casefold()


def _is_optional(combining_class: int) -> bool:
    return 10 <= combining_class <= 36 or combining_class >= 200  # noqa: PLR2004 - the standard's own numbers


def is_small(word: str) -> bool:
    """Whether `word` has letters, all small, in a script that writes names with a capital.

    Georgian letters are lower case to Unicode, but no capital opens a Georgian name: title() leaves them alone.
    """
    return word.islower() and word.title() != word
