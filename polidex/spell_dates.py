"""When a spell in office began and ended, as its sentence and those around it say, and how it stood at publication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.offices import TenureDraft
from polidex.attachment import dates_in, is_anothers
from polidex.cues import begins_with_whole_title, find_cues, has_cue, has_word, is_listed, lists
from polidex.date_tokens import Kind, tokens
from polidex.facts import Fact, Ungrounded
from polidex.holders import left_only
from polidex.named import Named, People
from polidex.numerals import years
from polidex.page import Page, Span
from polidex.saying import Refused, date_of
from polidex.spells import Order, Spell, order_of
from polidex.standing import is_elect, words_of_title
from polidex.subjects import antecedent, means, subject_before
from polidex.when import says_range
from schema import WorldDate
from schema.vocabulary import Basis, QuarantineReason, TenureStatus

_SENTENCES_AHEAD = 3
"""How far ahead a sentence may lie that says when a spell ended."""
_RANGE_CHARS = 10
"""Characters between the two days of a range, at most: ` until `."""
_LONGEST_GAP = 80
"""Characters after a title in which `at the time` belongs to it, at most."""
_RELATION_CHARS = 30
"""Characters before a date in which a word may stand that makes it a start or an end."""


def dates_of(
    page: Page, people: People, draft: TenureDraft, named: Named, spell: Spell, span: Span, refused: Refused
) -> dict[str, Fact]:
    """The first and the last day of a spell: `since 2019` is a start, `until March` an end, `2004-2008` both."""
    home = spell.sentence
    reaches = [home]
    if page.around(home)[0] <= span[0] < home[0]:
        reaches.append(page.around(span, back=0))
    reaches.append((page.around(home, back=1)[0], home[1]))
    start = date_of(page, draft.start, span, "start", refused, reaches=reaches) if draft.start else None
    later = list(_ends_later(page, named, home))
    end = date_of(page, draft.end, span, "end", refused, reaches=[*reaches, *later]) if draft.end else None
    if start and left_only(page, people, named, span) and spell.sentence[0] <= span[0] < spell.sentence[1]:
        refused.append(Ungrounded(QuarantineReason.RULE_VIOLATED, f"start: {draft.person!r} is named as who left"))
        start = None
    for name, fact in (("start", start), ("end", end)):
        if fact is None:
            continue
        problem = (
            _problem(page, named, name, fact, spell, span)
            or _of_another_post(page, named, fact, spell, span)
            or (_of_who_left(page, people, named, fact) if name == "end" else None)
        )
        if problem:
            refused.append(Ungrounded(QuarantineReason.RULE_VIOLATED, f"{name}: {problem}"))
            start, end = (None, end) if name == "start" else (start, None)
    return _spell(start, end, page.language)


def _of_who_left(page: Page, people: People, named: Named, end: Fact) -> str | None:
    """Whose end a date is, where somebody is named only after it: `he left office in May, when Ada Moro took over`."""
    at = end.spans[0].start
    sentence = page.around((at, at + 1), back=0)
    own = [place for place in named.places if sentence[0] <= place[0] < sentence[1]]
    if not own or any(place[0] < at or order_of(page, place) is Order.FORMER for place in own):
        return None
    cues = find_cues("end", page.words((sentence[0], at)), page.language)
    who = subject_before(page, people, sentence[0] + cues[-1][0]) if cues else None
    if who is None or means(page, people, who, named):
        return None
    return f"{end.original!r} is when {page.text[who.start : who.end]!r} left"


def _of_another_post(page: Page, named: Named, date: Fact, spell: Spell, office: Span) -> str | None:
    """Why a date belongs to another title: in one sentence each has its own, but for what a verb says of this one."""
    place = (date.spans[0].start, date.spans[-1].end)
    there = page.around(place, back=0)
    orders = [order_of(page, mention) for mention in named.places if there[0] <= mention[0] < there[1]]
    told = find_cues("held", page.words((_clause_begins(page, there[0], place[0]), place[0])), page.language)
    apart = not spell.sentence[0] <= office[0] < spell.sentence[1]
    if Order.FORMER in orders or told or (apart and there == spell.sentence):
        # `she replaced him in May`, `he headed the government from May`, `he kept that post until May`.
        return None
    # In another sentence only what is said to have this very date can take it away.
    others = page.dated_in(there, on="" if there[0] <= office[0] < there[1] else page.words(place))
    return f"{date.original!r} is the date of another title" if is_anothers(page, place, office, others) else None


def _clause_begins(page: Page, first: int, at: int) -> int:
    """Where what is said with a date begins: after the date before it, but for the other day of its own range."""
    for start, end in reversed(dates_in(page, (first, at))):
        if at - end > _RANGE_CHARS:
            return end
        at = start
    return first


def _ends_later(page: Page, named: Named, home: Span) -> Iterator[Span]:
    """Sentences after the one that tells of a spell which may say when it ended: they speak of an end, and of him."""
    for ahead in range(1, _SENTENCES_AHEAD + 1):
        sentence = (page.around(home, back=0, ahead=ahead - 1)[1], page.around(home, back=0, ahead=ahead)[1])
        is_named = any(sentence[0] <= place[0] < sentence[1] for place in named.places)
        if (ahead == 1 or is_named) and has_cue("end", page.words(sentence), page.language):
            yield sentence


def _problem(page: Page, named: Named, name: str, fact: Fact, spell: Spell, span: Span) -> str | None:
    """Why a date that stands there is none of this spell: it is that of something else in the sentence."""
    if not lists("end", page.language):
        return None
    words, at = repr(fact.original), fact.spans[0].start
    here = spell.sentence[0] <= at < spell.sentence[1]
    sentence = page.around((at, at + 1), back=0)
    relation = _relation(page, max(sentence[0], at - _RELATION_CHARS), at)
    orders = {order_of(page, place) for place in named.places if sentence[0] <= place[0] < sentence[1]}
    said = max(span[1], spell.mention[-1].end) if here else at
    problems = {
        f"{words} is when it began": name == "end" and relation is Kind.SINCE and Order.FORMER not in orders,
        f"{words} is when it ended": (
            name == "start" and relation is Kind.UNTIL and here and not _goes_on(page, fact.spans[-1].end)
        ),
        f"{words} is when who came next began": name == "start" and here and spell.order is Order.FORMER,
        f"{words} is when who came before ended": name == "end" and here and spell.order is Order.NEXT,
        f"nothing says that it ended {words}": (
            name == "end"
            and Order.FORMER not in {*orders, spell.order}
            and relation is not Kind.UNTIL
            and "/" not in fact.value
            and not has_cue("end", page.words(sentence), page.language)
        ),
        f"{words} is when something was said": (
            name == "start" and said < at and has_cue("speech", page.words((said, at)), page.language)
        ),
    }
    return next((problem for problem, holds in problems.items() if holds), None)


def _relation(page: Page, first: int, at: int) -> Kind | None:
    """Whether the word before a date makes it a start or an end. What joins the two days of a range makes an end."""
    before = tokens(page.words((first, at)), page.language)
    for token in before[-2:][::-1]:
        if token.kind is Kind.DATE:
            return None
        if token.joins:
            return Kind.UNTIL
        if token.kind in (Kind.SINCE, Kind.UNTIL):
            return token.kind
    return None


def _goes_on(page: Page, end: int) -> bool:
    """`until March 1988, when he was moved`: one spell ends on the day on which the next begins."""
    following = page.text[end : end + 10].replace(",", " ").split()[:1]
    return bool(following) and has_word("while", following[0], page.language)


def _spell(start: Fact | None, end: Fact | None, language: str | None) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    if start:
        first, _, last = _ends(start, language)
        facts["start"] = replace(start, value=first)
        if end is None and last not in ("", ".."):
            facts["end"] = replace(start, value=last)
    if end:
        first, mark, last = _ends(end, language)
        if not mark:
            first, last = "", first
        facts["end"] = replace(end, value=last)
        if start is None and first not in ("", ".."):
            facts["start"] = replace(end, value=first)
    return {name: fact for name, fact in facts.items() if fact.value != ".."}


def _ends(date: Fact, language: str | None) -> tuple[str, str, str]:
    """The first date, whether there is a last one, and that one. `In the first half of 2019` is one date."""
    if date.original and not says_range(date.original, language) and ".." not in date.value:
        return date.value, "", ""
    return date.value.partition("/")


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
    for start, end in page.version.reading_spans:
        for cue in find_cues("death", page.words((start, end)), page.language):
            subject = subject_before(page, people, start + cue[0])
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
