"""When a spell in office began and ended, as its sentence and those around it say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.offices import TenureDraft
from polidex.attachment import dates_in, is_anothers
from polidex.cues import find_cues, has_cue, has_word, is_listed, lists, role_of
from polidex.date_owners import belongs_elsewhere, not_one_spell
from polidex.date_tokens import Kind, tokens
from polidex.facts import Fact, Ungrounded
from polidex.holders import left_only
from polidex.named import Named, People
from polidex.page import Page, Span
from polidex.saying import Refused, date_of
from polidex.spells import Order, Spell, has_rank, is_given, order_of
from polidex.subjects import antecedent, knows_subjects, means, mentions
from polidex.when import says_range
from schema.vocabulary import QuarantineReason

_SENTENCES_AHEAD = 3
"""How far ahead a sentence may lie that says when a spell ended."""
_RANGE_CHARS = 10
"""Characters between the two days of a range, at most: ` until `."""
_RELATION_CHARS = 30
"""Characters before a date in which a word may stand that makes it a start or an end."""


def dates_of(
    page: Page, people: People, draft: TenureDraft, named: Named, spell: Spell, span: Span, refused: Refused
) -> dict[str, Fact]:
    """The first and the last day of a spell: `since 2019` is a start, `until March` an end, `2004-2008` both."""
    home = spell.sentence
    starts, ends = _reaches(page, people, named, spell)
    start = date_of(page, draft.start, span, "start", refused, reaches=starts) if draft.start else None
    ends += _ends_later(page, people, named, home)
    end = date_of(page, draft.end, span, "end", refused, reaches=ends) if draft.end else None
    if start and left_only(page, people, named, span) and spell.sentence[0] <= span[0] < spell.sentence[1]:
        refused.append(Ungrounded(QuarantineReason.RULE_VIOLATED, f"start: {draft.person!r} is named as who left"))
        start = None
    for name, fact in (("start", start), ("end", end)):
        if fact is None:
            continue
        problem = (
            _problem(page, named, name, fact, spell, span)
            or _of_another_post(page, named, fact, spell, span)
            or belongs_elsewhere(page, people, named, name, fact, spell, span)
            or _of_another_sentence(page, draft, named, name, fact, spell)
            or (_of_what_was_done(page, fact, spell, span) if name == "start" else None)
            or (_of_the_one_before(page, people, named, fact, spell, span) if name == "end" else None)
            or (_of_who_is_named(page, people, named, fact, spell) if name == "end" else None)
        )
        if problem:
            refused.append(Ungrounded(QuarantineReason.RULE_VIOLATED, f"{name}: {problem}"))
            start, end = (None, end) if name == "start" else (start, None)
    if start and end and (problem := not_one_spell(page, start, end)):
        refused.append(Ungrounded(QuarantineReason.RULE_VIOLATED, problem))
        start = end = None
    return _spell(start, end, page.language)


def _of_who_is_named(page: Page, people: People, named: Named, end: Fact, spell: Spell) -> str | None:
    """Whose end a date is that stands after another name: of a later sentence, or of a sentence that says who left."""
    at = end.spans[0].start
    sentence = page.around((at, at + 1), back=0)
    found = [each for each in mentions(page, people, sentence) if each.end <= at]
    last = found[-1] if found else None
    if last and len(found) > 1 and has_word("relative", page.words((last.start, last.end)), page.language):
        last = found[-2]
    former = Order.FORMER in {spell.order, *_orders(page, named, sentence)}
    if last is None or last.named is named or former:
        return None
    here = spell.sentence[0] <= at < spell.sentence[1]
    left = last.named is not None and order_of(page, (last.start, last.end)) is Order.FORMER
    if (here and not left) or means(page, people, last, named):
        return None
    return f"{end.original!r} is when {page.text[last.start : last.end]!r} left"


def _of_the_one_before(page: Page, people: People, named: Named, end: Fact, spell: Spell, span: Span) -> str | None:
    """`He was mayor until May, when he became president`: in May the one ended and the other began."""
    at = end.spans[0].start
    begins = spell.sentence[0] <= at < span[0] and _goes_on(page, end.spans[-1].end)
    if not begins or left_only(page, people, named, span):
        return None
    return f"{end.original!r} is when the one before ended"


def _of_another_sentence(
    page: Page, draft: TenureDraft, named: Named, name: str, date: Fact, spell: Spell
) -> str | None:
    """Why a date is that of another post that its sentence names, or of another day than that on which one left."""
    at = date.spans[0].start
    sentence = page.around((at, at + 1), back=0)
    for place in named.places:
        if sentence[0] <= place[0] < sentence[1] and order_of(page, place) is Order.FORMER:
            between = (min(date.spans[-1].end, place[1]), max(at, place[0]))
            if name == "start" or (between[0] < between[1] and dates_in(page, between)):
                return f"{date.original!r} is not when {named.name!r} left"
    passes = name == "start" and (is_given(page, spell) or _goes_on(page, date.spans[-1].end))
    if sentence == spell.sentence or passes or not is_listed(page.language):
        return None
    own = [place for place in page.places(draft.office, sentence) if not has_rank(page, place.start)]
    other = role_of(page.words((sentence[0], at)), page.language) and not own
    return f"{date.original!r} is said of another post" if other else None


def _of_what_was_done(page: Page, start: Fact, spell: Spell, span: Span) -> str | None:
    """`President Moro signed it in May`: the date is that of what the sentence says, not that of the title."""
    at, mention = start.spans[0].start, spell.mention[0]
    beside = span[1] <= mention.start and not page.text[span[1] : mention.start].strip()
    if not (beside and mention.end <= at and lists("take", page.language)):
        return None
    told = has_cue("take", page.words((mention.end, at)), page.language)
    relation = _relation(page, max(mention.end, at - _RELATION_CHARS), at)
    return None if told or relation is Kind.SINCE else f"{start.original!r} is when something else was done"


def _orders(page: Page, named: Named, sentence: Span) -> set[Order | None]:
    return {order_of(page, place) for place in named.places if sentence[0] <= place[0] < sentence[1]}


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


def _reaches(page: Page, people: People, named: Named, spell: Spell) -> tuple[list[Span], list[Span]]:
    """Where the first and the last day of a spell may stand: in its sentence, and in the one before where that is about
    the holder too and this one has no date, or where the one spell ends with which the other begins."""
    home = spell.sentence
    before = (page.around(home, back=1)[0], home[0])
    starts, ends = [home], [home]
    if before[0] == before[1]:
        return starts, ends
    about = not knows_subjects(page) or _is_about(page, people, named, before)
    has_none = not dates_in(page, home)
    succeeds = find_cues("succeed", page.words(home), page.language) and has_cue(
        "end", page.words(before), page.language
    )
    if is_given(page, spell) or succeeds or (about and (has_none or _passes_on(page, before))):
        starts.append(before)
    follows = spell.order is Order.FORMER and before[0] <= spell.office[0].start
    if follows or (about and (has_none or Order.FORMER in _orders(page, named, before))):
        ends.append(before)
    return starts, ends


def _passes_on(page: Page, sentence: Span) -> bool:
    """`until March 1988, when he was moved`: what ends there is followed by something else."""
    return any(_goes_on(page, end) for _, end in dates_in(page, sentence))


def _is_about(page: Page, people: People, named: Named, sentence: Span) -> bool:
    """Whether a sentence names somebody, or its first pronoun means him."""
    found = mentions(page, people, sentence)
    if any(each.named is named for each in found):
        return True
    first = next((each for each in found if not each.is_object), None)
    return first is not None and first.named is None and antecedent(page, people, first.start) is named


def _ends_later(page: Page, people: People, named: Named, home: Span) -> Iterator[Span]:
    """Sentences after the one that tells of a spell which may say when it ended: they speak of an end, and of him."""
    for ahead in range(1, _SENTENCES_AHEAD + 1):
        sentence = (page.around(home, back=0, ahead=ahead - 1)[1], page.around(home, back=0, ahead=ahead)[1])
        if not has_cue("end", page.words(sentence), page.language):
            continue
        if not knows_subjects(page) or _is_about(page, people, named, sentence):
            yield sentence


def _problem(page: Page, named: Named, name: str, fact: Fact, spell: Spell, span: Span) -> str | None:
    """Why a date that stands there is none of this spell: it is that of something else in the sentence."""
    if not lists("end", page.language):
        return None
    words, at = repr(fact.original), fact.spans[0].start
    here = spell.sentence[0] <= at < spell.sentence[1]
    sentence = page.around((at, at + 1), back=0)
    relation = _relation(page, max(sentence[0], at - _RELATION_CHARS), at)
    orders = _orders(page, named, sentence)
    said = max(span[1], spell.mention[-1].end) if here else at
    problems = {
        f"{words} is when it began": name == "end" and relation is Kind.SINCE and Order.FORMER not in orders,
        f"{words} is when the one before began": name == "start"
        and not here
        and not _may_pass_on(page, named, fact, spell),
        f"{words} is when it ended": (
            name == "start" and relation is Kind.UNTIL and here and not _goes_on(page, fact.spans[-1].end)
        ),
        f"{words} is when who came next ended": (
            name == "end" and not here and spell.order is Order.FORMER and relation is Kind.UNTIL and not orders
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


def _may_pass_on(page: Page, named: Named, date: Fact, spell: Spell) -> bool:
    """Whether the day on which a spell began may stand in another sentence: as the end of the one before, or it is
    about the same person."""
    at = date.spans[0].start
    sentence = page.around((at, at + 1), back=0)
    if not find_cues("succeed", page.words(spell.sentence), page.language) or is_given(page, spell):
        return True
    if any(sentence[0] <= place[0] < sentence[1] for place in named.places):
        return True
    clause = page.words((_clause_begins(page, sentence[0], at), at))
    relation = _relation(page, max(sentence[0], at - _RELATION_CHARS), at)
    return relation is Kind.UNTIL or (relation is None and bool(find_cues("end", clause, page.language)))


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
