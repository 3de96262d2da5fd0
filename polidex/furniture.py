"""Telling an article from the furniture of its page: by the shape and the place of each line, then by generic words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum, auto
from itertools import accumulate, pairwise

from polidex.byline import authors_in, is_note_on_author, looks_like_name
from polidex.dateline import DateLine, opening_date, read_dates
from polidex.furniture_words import AFTER_TITLE, CALL, COLON, END_LABEL, LABEL, MENU, SOURCE
from polidex.paragraphs import Paragraph, paragraphs

_SHORT = 200  # characters: the longest line of furniture that is told by its words
_LONGEST_CALL = 300
_LONGEST_QUESTION = 120  # characters: a headline may be a question
_HEADLINE_WORDS = 4
_UNSPACED_HEADLINE = 8
_LONGEST_SOURCE = 60
_TAIL_SHARE = 0.25  # of the prose: what follows an article's end is shorter than the article
_HEAD = 40  # lines above the text among which the headline is looked for
_NOTES = 3  # paragraphs at the end in which a note about the author is looked for

_TEMPERATURE = re.compile(
    r"[+−-]?\d{1,2}([.,]\d)?\s*(°\s*[CF]?|[CF])\.?|\D{0,30}[+−-]?\d{1,2}([.,]\d)?\s*°\s*[CF]?\D{0,10}"
)
_NO_LETTERS = re.compile(r"[\W\d_]+")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<!--.*-->", re.DOTALL)
_PIECES = re.compile(r"[.,;]\s+")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s", re.IGNORECASE)
_DATA = re.compile(r"^[-*+•–]\s|^\d+[.)]\s|^\|.*\||\t|\d\s?[%٪%]")
_SOURCES = "|".join(map(re.escape, sorted(SOURCE, key=len, reverse=True)))
_SOURCE_LINE = re.compile(rf"(?:{_SOURCES}){COLON}(?P<name>\S.*)", re.IGNORECASE)
_GLUED_SOURCE = re.compile(
    rf"(?<=[.!?…。！？؟।\"”»)])\s*(?:{'|'.join(word.capitalize() for word in _SOURCES.split('|'))}){COLON}"
    rf"(?P<name>\S[^\n]{{0,{_LONGEST_SOURCE}}})$"
)


class _Kind(Enum):
    TEXT = auto()
    DATE = auto()
    BYLINE = auto()
    PAGE_HEADER = auto()  # weather, counters, menus: what a site prints on every page
    SOURCE = auto()
    END_LABEL = auto()
    OTHER = auto()


class _Rank(IntEnum):
    """How sure it is that a date is that of publication: the lower, the surer."""

    LABELLED = auto()
    BELOW = auto()
    ABOVE = auto()
    OPENING = auto()


@dataclass(frozen=True)
class _Line:
    part: Paragraph
    raw: str
    kind: _Kind
    dates: tuple[DateLine, ...] = ()
    authors: tuple[str, ...] = ()

    @property
    def is_prose(self) -> bool:
        return self.kind is _Kind.TEXT and (self.part.is_prose or _GLUED_SOURCE.search(self.part.text) is not None)


@dataclass(frozen=True)
class Layout:
    """What the lines of an article say about it.

    Attributes:
        title: the headline as printed; None when there is none.
        byline: the authors as printed.
        published: EDTF, with the time of day where it is printed; None when no line says when it appeared.
        modified: the same of the last change.
        crawled_at: the day on the page's own clock, midnight UTC; None when there is no clock.
        source: the outlet that the article gives as its source.
        spans: `(start, end)` of the article's own text, in order.
    """

    title: str | None
    byline: tuple[str, ...]
    published: str | None
    modified: str | None
    crawled_at: datetime | None
    source: str | None
    spans: tuple[tuple[int, int], ...]


def lay_out(
    text: str, *, language: str | None, start: int = 0, title: str | None = None, authors: Sequence[str] = ()
) -> Layout:
    """Tell the article in a text from the furniture around it.

    Args:
        text: the stored text. Offsets in the result are indices into it.
        language: ISO 639-1, for the names of months; None tries all.
        start: where to begin; what stands before is furniture.
        title: the headline, where something surer than the text says it. `authors`: likewise.
    """
    lines = [_classify(part, text[part.start : part.end], language) for part in paragraphs(text, start)]
    first = next((number for number, line in enumerate(lines) if line.is_prose), len(lines))
    headline = _headline(lines, first, title)
    if headline is not None and headline >= first:
        first = next((number for number, line in enumerate(lines) if line.is_prose and number > headline), len(lines))
    if first == len(lines):
        # No sentences: a table of results, a list. All that is not furniture is read.
        first = 0 if headline is None else headline + 1
    head, body = lines[:first], lines[first:]
    byline = tuple(authors) or _byline(head, headline)
    end = _end(body, byline)
    published, modified, clock = _dates(head, headline, body[:end], body[end:], language)
    spans, glued = _spans(text, body[:end], None if headline is None else lines[headline].part.text)
    source = glued or _source([*head, *body])
    found = None if headline is None else _without_label(lines[headline].part.text)
    return Layout(title or found, byline, published, modified, clock, source, spans)


def _classify(part: Paragraph, raw: str, language: str | None) -> _Line:
    dates = read_dates(part.text, language)
    if dates:
        return _Line(part, raw, _Kind.DATE, dates, _authors_beside(dates[0]))
    authors = () if part.heading else authors_in(part.text)
    return _Line(part, raw, _Kind.BYLINE if authors else _kind(part.text, raw), authors=authors)


def _kind(text: str, raw: str) -> _Kind:
    words = text.casefold().strip(" .:…*_-–—|")
    if raw.startswith("|"):
        return _Kind.TEXT
    if not words or _IMAGE.fullmatch(raw) or _COPYRIGHT.match(text):
        return _Kind.OTHER
    if _TEMPERATURE.fullmatch(text) or _NO_LETTERS.fullmatch(text) or words in MENU:
        return _Kind.PAGE_HEADER
    if len(text) <= _LONGEST_SOURCE + len("sources: ") and _SOURCE_LINE.fullmatch(text):
        return _Kind.SOURCE
    if words in END_LABEL:
        return _Kind.END_LABEL
    before_colon = re.split(COLON, words, maxsplit=1)[0]
    labelled = words in LABEL or (before_colon in LABEL and before_colon != words and len(words) <= _SHORT)
    called = len(words) <= _LONGEST_CALL and any(call in words for call in CALL) and not re.search(r"[\"“«„]", words)
    return _Kind.OTHER if labelled or called else _Kind.TEXT


def _authors_beside(date: DateLine) -> tuple[str, ...]:
    pieces = [piece for rest in date.rest for piece in _PIECES.split(rest)]
    return tuple(name for piece in pieces for name in authors_in(piece))


def _headline(lines: list[_Line], first: int, title: str | None) -> int | None:
    """Which line is the headline: the one that says the known title, a Markdown heading, a line that another line above
    repeats behind the names of sections, or the first above the text with enough words."""
    marked = next((number for number, line in enumerate(lines) if line.part.heading == 1), None)
    if title is not None:
        same = [number for number, line in enumerate(lines[: first + 1]) if _same(line.part.text, title)]
        return same[-1] if same else marked
    if marked is not None:
        return marked
    above = [number for number in range(first) if lines[number].kind is _Kind.TEXT][-_HEAD:]
    for number in above:
        if any(_repeats(lines[other].part.text, lines[number].part.text) for other in above if other != number):
            return max(other for other in above if lines[other].part.text == lines[number].part.text)
    full = [number for number in above if _is_full(lines[number].part.text) and "|" not in lines[number].part.text]
    if full or above:
        return full[0] if full else max(above, key=lambda number: len(lines[number].part.text))
    return first if first < len(lines) and _is_headline_with_full_stop(lines, first) else None


def _is_headline_with_full_stop(lines: list[_Line], number: int) -> bool:
    text = lines[number].part.text
    following = lines[number + 1] if number + 1 < len(lines) else None
    if following is None or len(text) > _LONGEST_QUESTION:
        return False
    asks = text[-1] in "?!？！؟" and following.is_prose and len(following.part.text) > len(text)
    return asks or following.kind in (_Kind.DATE, _Kind.BYLINE)


def _is_full(text: str) -> bool:
    return len(text.split()) >= _HEADLINE_WORDS or (not text.isascii() and len(text) >= 2 * _UNSPACED_HEADLINE)


def _repeats(line: str, headline: str) -> bool:
    """Whether a line is the headline again, alone or behind the names of sections ("Home World Headline ...")."""
    return _is_full(headline) and line.endswith(headline)


def _same(line: str, title: str) -> bool:
    return line.casefold() == " ".join(title.split()).casefold()


def _without_label(title: str) -> str:
    words = title.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].casefold() in AFTER_TITLE else title


def _byline(head: list[_Line], headline: int | None) -> tuple[str, ...]:
    """The authors of the lines above the text; failing that, a name alone on a line next to the date."""
    named = tuple(dict.fromkeys(name for line in head for name in line.authors))
    below = head[headline + 1 :] if headline is not None else []
    by_date = [
        line.part.text
        for pair in pairwise(below)
        for line, other in (pair, reversed(pair))
        if line.kind is _Kind.TEXT and other.kind is _Kind.DATE and looks_like_name(line.part.text)
    ]
    return named or tuple(by_date[:1])


def _dates(
    head: list[_Line], headline: int | None, body: list[_Line], tail: list[_Line], language: str | None
) -> tuple[str | None, str | None, datetime | None]:
    """When the article appeared, when it was changed, and what the clock of the page says.

    A date belongs to the article when the line says so ("Published"), when it stands between headline and text, or
    directly above the headline with nothing of the page around it. A date next to the weather, a counter or a menu,
    or further up, is the clock that a site prints on every page: the day on which the page was copied, and so is one
    that a line says to be ("Retrieved"). Never take it for the day of publication, even where there is no other date.
    """
    stated: list[tuple[_Rank, str]] = []
    modified: list[str] = []
    clock: list[datetime] = []
    copied: list[DateLine] = []
    for number, line in enumerate(head):
        below = headline is None or number > headline
        for found in line.dates:
            if found.copied:
                copied.append(found)
            elif found.updated:
                modified.append(found.edtf)
            elif found.labelled or below or _is_directly_above(head, number, headline):
                rank = _Rank.LABELLED if found.labelled else _Rank.BELOW if below else _Rank.ABOVE
                stated.append((rank, found.edtf))
            elif found.day:
                clock.append(found.day)
    opening = opening_date(body[0].part.text, language) if body else None
    if opening and not opening.copied:
        stated.append((_Rank.OPENING, opening.edtf))
    for found in (found for line in tail for found in line.dates):
        if found.copied:
            copied.append(found)
        elif found.updated:
            modified.append(found.edtf)
        elif found.labelled:
            stated.append((_Rank.LABELLED, found.edtf))
    # What a line says outright counts more than a bare date beside the weather.
    clock[:0] = [found.day for found in copied if found.day]
    published = min(stated, key=lambda date: date[0])[1] if stated else None
    return published, modified[0] if modified else None, clock[0] if clock else None


def _is_directly_above(head: list[_Line], number: int, headline: int | None) -> bool:
    nothing_above = number == 0 or head[number - 1].kind is not _Kind.PAGE_HEADER
    return nothing_above and all(line.kind in (_Kind.DATE, _Kind.BYLINE) for line in head[number:headline])


def _end(body: list[_Line], authors: tuple[str, ...]) -> int:
    """How many of the lines belong to the article: what follows its last sentence does not, save for its data."""
    lengths = [len(line.part.text) if line.is_prose else 0 for line in body]
    until = [0, *accumulate(lengths)]
    end = next(
        (
            number
            for number, line in enumerate(body)
            if line.kind is _Kind.END_LABEL and until[-1] - until[number] <= _TAIL_SHARE * until[-1]
        ),
        len(body),
    )
    prose = [number for number in range(end) if body[number].is_prose]
    while len(prose) > 1 and body[prose[-1]].part.is_aside:
        prose.pop()
    for number in prose[1:][-_NOTES:]:
        above = [line.part.text for line in body[:number]]
        text = "\n".join(line.part.text for line in body[:number] if line.is_prose)
        shorter = until[end] - until[number] < until[number]
        if shorter and is_note_on_author(body[number].part.text, above, text, authors):
            prose = [before for before in prose if before < number]
            break
    if not prose:
        return end
    last = prose[-1] + 1
    while last < end and body[last].kind is _Kind.TEXT and _DATA.search(body[last].raw):
        last += 1
    return last


def _spans(text: str, body: list[_Line], title: str | None) -> tuple[tuple[tuple[int, int], ...], str | None]:
    """The runs of lines that are the article's own, and the source that is glued to the last of them."""
    spans: list[tuple[int, int]] = []
    running = False
    for line in body:
        kept = line.kind in (_Kind.TEXT, _Kind.DATE, _Kind.BYLINE) and line.part.text != title
        if kept and running:
            spans[-1] = (spans[-1][0], line.part.end)
        elif kept:
            spans.append((line.part.start, line.part.end))
        running = kept
    if not spans:
        return (), None
    start, end = spans[-1]
    glued = _GLUED_SOURCE.search(text, max(start, end - _SHORT), end)
    if glued is None or glued.start() == start:
        return tuple(spans), None
    return (*spans[:-1], (start, glued.start())), glued["name"].strip()


def _source(lines: list[_Line]) -> str | None:
    """The outlet that the last line about a source names, be it a line of its own or stand beside the date."""
    texts = [text for line in lines for text in ((line.part.text,) if line.kind is _Kind.SOURCE else _beside(line))]
    found = [match["name"].strip() for text in texts if (match := _SOURCE_LINE.fullmatch(text))]
    return found[-1] if found else None


def _beside(line: _Line) -> tuple[str, ...]:
    return line.dates[0].rest if line.dates else ()
