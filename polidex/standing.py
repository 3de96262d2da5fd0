"""How a spell in office stood when its document was published: over, going on, to come, or for now."""

from __future__ import annotations

import re
from collections.abc import Iterator

from polidex.cues import begins_with_whole_title, find_cues, has_cue, has_word, is_listed, is_title_word
from polidex.facts import Fact
from polidex.named import Named, People
from polidex.numerals import years
from polidex.page import Page, Span
from polidex.quotes import Found
from polidex.spells import Order, Spell
from polidex.subjects import antecedent, subject_before
from schema import WorldDate
from schema.vocabulary import Basis, Match, TenureStatus

_WORDS_BEFORE = 3
_LAST_WORD = re.compile(r"\S+\s*\Z")
_RELATION_CHARS = 30
"""Characters before a date or a title in which a word may say that it is over or goes on."""
_LONGEST_GAP = 80
"""Characters after a title in which `at the time` belongs to it, at most."""
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


def status_of(
    page: Page, people: People, named: Named, facts: dict[str, Fact], spell: Spell, title: str, span: Span
) -> TenureStatus:
    """As of the document's date. Only what it says: an old spell without an end may or may not have ended.

    Args:
        title: as the draft has it; `span` is where it stands.
    """
    published = page.version.published
    start, end = (
        WorldDate.from_edtf(facts[name].value, Basis.STATED) if name in facts else WorldDate.unknown()
        for name in ("start", "end")
    )
    if published.is_before(start) or (not start.known and is_elect(page, title, span)):
        return TenureStatus.PLANNED
    if has_died(page, people, named):
        return TenureStatus.ENDED
    if published.is_before(end):
        return TenureStatus.CURRENT
    if end.known or _is_over(page, spell, title, span, has_start=start.known):
        return TenureStatus.ENDED
    if start.known:
        return TenureStatus.CURRENT if _lasts(page, facts["start"], spell) else TenureStatus.UNKNOWN
    # A title beside a name in a sentence about an earlier year was held then, and nothing says that it still is.
    year = published.earliest.year if published.earliest else None
    past = any(year is None or told < year for told in _years(page, page.words(spell.sentence)))
    # `premier` of `premier ministre` counts nothing.
    own = 1 if begins_with_whole_title(title, page.language) else 0
    counting = words_of_title(page, title, span)[own:]
    numbered = any(has_word("order", word, page.language) for word in counting)
    return TenureStatus.UNKNOWN if past or numbered else TenureStatus.CURRENT


def has_died(page: Page, people: People, named: Named) -> bool:
    """Whether the text says that somebody died: then no title beside the name is held today."""
    for at in page.deaths:
        subject = subject_before(page, people, at)
        if subject and named in (subject.named, subject.named or antecedent(page, people, subject.start)):
            return True
    return False


def _years(page: Page, sentence: str) -> Iterator[int]:
    """The years in which something of a sentence happened; not one of a name, as in `the charter of 1980`."""
    for told in years(sentence):
        before = sentence[: sentence.index(str(told))].split()[-1:]
        if not before or not has_word("of", before[0], page.language):
            yield told


def _is_over(page: Page, spell: Spell, title: str, span: Span, *, has_start: bool) -> bool:
    """Whether the text says that a spell has ended though not when: `was`, `then`, `the late`, `at the time`."""
    if not is_listed(page.language):
        return False
    sentence = page.around(span, back=0)
    before = page.text[max(sentence[0], span[0] - _RELATION_CHARS) : span[0]]
    plain = [word for word in before.split() if not has_word("article", word, page.language)][-1:]
    was = not has_start and bool(plain) and has_word("was", plain[0], page.language)
    return spell.order is Order.FORMER or was or _is_former(page, title, span)


def _is_former(page: Page, title: str, span: Span) -> bool:
    """Whether the words of a title or those right around it say that it was held: `then`, `the late`, `at the time`."""
    words = words_of_title(page, title, span)
    after = page.words((span[1], page.around(span, back=0)[1]))
    at_the_time = [
        cue for cue in find_cues("then", after[:_LONGEST_GAP], page.language) if not after[: cue[0]].strip(" ,(")
    ]
    # A space behind each word: `ex-` and `late ` are beginnings of a word and a word that ends.
    return bool(at_the_time) or any(has_cue("former", f"{word} ", page.language) for word in words)


def _lasts(page: Page, start: Fact, spell: Spell) -> bool:
    """Whether a spell that began goes on, as `has been … since` and `whose leader since then is` say."""
    at = start.spans[0].start
    before = page.words((max(spell.sentence[0], at - _RELATION_CHARS), at)).split()[-2:]
    since = [word for word in (*before, *(start.original or "").split()) if has_word("since", word, page.language)]
    words = page.words(spell.sentence).lower().split()
    return bool(since) and any(has_word("present", word, page.language) for word in words)
