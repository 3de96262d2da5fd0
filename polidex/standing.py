"""Whether a title is held for the time being, or not yet: `acting president`, `president-elect`."""

from __future__ import annotations

import re

from polidex.cues import find_cues, has_word, is_title_word
from polidex.page import Page, Span
from polidex.quotes import Found
from schema.vocabulary import Match

_WORDS_BEFORE = 3
_LAST_WORD = re.compile(r"\S+\s*\Z")
_CHARS_AFTER = 30
"""Characters after a title in which a word is still of it: `president ad interim`, `président par intérim`."""


def words_of_title(page: Page, title: str, span: Span) -> list[str]:
    """The words of a title as a draft has it, and those before it that can only belong to it, in lower case."""
    before = page.words((page.around(span, back=0)[0], span[0])).split()
    words = title.split()[:1]
    for word in reversed(before[-_WORDS_BEFORE:]):
        words.append(word)
        if not is_title_word(word.strip(",("), page.language) or word.endswith(","):
            break
    return [word.strip(",(").lower() for word in words]


def acting_words(page: Page, span: Span) -> tuple[Found, ...]:
    """The words in a title, right before it or right behind it that say that it is held for now; () if none."""
    sentence = page.around(span, back=0)
    before = page.words((sentence[0], span[0]))
    words = _LAST_WORD.search(before)
    first, last = sentence[0] + words.start() if words else span[0], min(sentence[1], span[1] + _CHARS_AFTER)
    for start, end in find_cues("acting", page.words((first, last)), page.language):
        place = (first + start, first + end)
        between = page.text[span[1] : place[0]]
        if len(between.split()) <= 1 and not any(mark in between for mark in ",;:.()"):
            return (Found(*place, Match.EXACT),)
    return ()


def is_elect(page: Page, title: str, span: Span) -> bool:
    """Whether a title is that of somebody who has been chosen for it and does not hold it yet."""
    sentence = page.around(span, back=0)
    before = page.words((sentence[0], span[0])).split()[-1:]
    after = page.words((span[1], sentence[1])).replace("-", " ").split()[:2]
    words = [*title.replace("-", " ").split(), *before]
    # `le président élu en 2017` was elected then.
    if after and not (len(after) > 1 and after[1][:1].islower()):
        words.append(after[0])
    return any(has_word("elect", word.strip(",.;:()"), page.language) for word in words)
