"""Which of several dates in a sentence belongs to which of several things that it dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from polidex.calendar_names import calendar_names
from polidex.date_tokens import Kind, tokens
from polidex.page import Page, Span

_YEAR = re.compile(r"(?<![\d.,/-])(?:1[5-9]|20)\d\d(?![\d%]|[.,/]\d)")
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[\W_]*(?:\w{1,8}[\W_]+)?(?:\d{1,2}[\W_]*)?")
_CHARS_OF_ONE_DATE = 25


def dates_in(page: Page, span: Span) -> list[Span]:
    """Where a span of the text has dates: years, and names of months; what stands side by side is one."""
    if span not in page.dates:
        page.dates[span] = tuple(_dates_in(page, span))
    return list(page.dates[span])


def _dates_in(page: Page, span: Span) -> list[Span]:
    names = calendar_names(page.language)
    found = [each.span() for each in _YEAR.finditer(page.text, *span)]
    found += [
        word.span()
        for word in _WORD.finditer(page.text, *span)
        if word.group()[:1].isupper() and names.month(word.group())
    ]
    grouped: list[Span] = []
    for start, end in sorted(found):
        between = page.text[grouped[-1][1] : start] if grouped else ""
        if grouped and len(between) <= _CHARS_OF_ONE_DATE and _JOINED.fullmatch(between):
            grouped[-1] = (grouped[-1][0], end)
        else:
            grouped.append((start, end))
    return grouped


def is_anothers(page: Page, date: Span, thing: Span, others: Sequence[Span]) -> bool:
    """Whether a date in the sentence of a thing belongs to another thing of that sentence, and the thing has its own.

    Dates and things that stand next to each other can belong together; each date and each thing is paired once, and as
    many as can be (`In March she became A, and in October B`: `October` next to A is B's, as A has `March`). A thing
    without a date next to it may share that of the others: `in 2011 she became A, B and C`.
    """
    sentence = page.around(date, back=0)
    dates = dates_in(page, sentence)
    mine = next((number for number, each in enumerate(dates) if _meet(each, date)), None)
    rivals = [each for each in dict.fromkeys(others) if not _meet(each, thing) and _meet(each, sentence)]
    rivals = [each for each in rivals if not any(_lies_in(each, other) for other in (*rivals, thing))]
    if mine is None or not rivals:
        return False
    here = _meet(thing, sentence)
    if _closes(page, date) and not (here and any(thing[1] <= each[0] < date[0] for each in rivals)):
        # `until March 2019` is the end of what was said before.
        return False
    things = [thing, *rivals] if here else rivals
    items = sorted(
        [(*each, number, -1) for number, each in enumerate(dates)]
        + [(*each, -1, number) for number, each in enumerate(things)]
    )
    beside: list[list[int]] = [[] for _ in things]
    for left, right in pairwise(items):
        for one, other in ((left, right), (right, left)):
            if one[3] >= 0 and other[2] >= 0:
                beside[one[3]].append(other[2])
    if not here:
        return any(mine in each for each in beside)
    most = _pairs(beside)
    if _pairs(beside[1:]) == most:
        return False
    return mine not in beside[0] or 1 + _pairs([[date for date in each if date != mine] for each in beside[1:]]) < most


def _closes(page: Page, date: Span) -> bool:
    """Whether a word such as `until` stands right before a date."""
    before = tokens(page.text[max(0, date[0] - _CHARS_OF_ONE_DATE) : date[0]], page.language)
    return bool(before) and before[-1].kind is Kind.UNTIL


def _pairs(beside: Sequence[Sequence[int]]) -> int:
    """How many things can have a date of their own among those beside them (augmenting paths, H. W. Kuhn 1955)."""
    taken: dict[int, int] = {}

    def pair(thing: int, seen: set[int]) -> bool:
        for each in beside[thing]:
            if each not in seen:
                seen.add(each)
                if each not in taken or pair(taken[each], seen):
                    taken[each] = thing
                    return True
        return False

    return sum(pair(thing, set()) for thing in range(len(beside)))


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _lies_in(one: Span, other: Span) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]
