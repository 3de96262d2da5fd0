"""Whose a date is that a draft gives to a spell: of who left, of somebody else's sentence, of what came before."""

from __future__ import annotations

from polidex.attachment import dates_in
from polidex.cues import find_cues, has_cue, lists
from polidex.facts import Fact
from polidex.holders import is_made, left_only
from polidex.named import Named, People
from polidex.page import Page, Span
from polidex.spells import Order, Spell, order_of
from polidex.subjects import knows_subjects, means, mentions, subject_before
from polidex.when import parse_when


def belongs_elsewhere(
    page: Page, people: People, named: Named, name: str, date: Fact, spell: Spell, office: Span
) -> str | None:
    """Why the `start` or `end` of a spell is the date of something else; None where nothing says so."""
    problem = _of_somebody_else(page, people, named, date, spell, office)
    if name == "end":
        problem = problem or _of_who_left(page, people, named, date)
    return problem


def not_one_spell(page: Page, start: Fact, end: Fact) -> str | None:
    """Why two days are not those of one spell: the same words, or a day of one range and a day outside it."""
    first, last = start.spans[0], end.spans[-1]
    if start.value == end.value and first.start < last.end and last.start < first.end:
        return f"{start.original!r} cannot be both its start and its end"
    groups = dates_in(page, page.around((first.start, first.end), back=0))
    own = [
        next((each for each in groups if each[0] < place.end and place.start < each[1]), None)
        for place in (first, last)
    ]
    if None in own or own[0] == own[1] or "/" in start.value + end.value:
        return None
    ranges = [each for each in own if each and _is_range(page, each)]
    return f"{start.original!r} and {end.original!r} are of two spells" if ranges else None


def _is_range(page: Page, span: Span) -> bool:
    date = parse_when(page.words(span), language=page.language)
    return date is not None and "/" in (date.edtf or "") and ".." not in (date.edtf or "")


def _of_somebody_else(page: Page, people: People, named: Named, date: Fact, spell: Spell, office: Span) -> str | None:
    """A date that stands in another sentence than the spell, where that one is about somebody else."""
    at = date.spans[0].start
    there = page.around((at, at + 1), back=0)
    if not knows_subjects(page) or spell.sentence[0] <= at < spell.sentence[1]:
        return None
    follows = lists("succeed", page.language) and has_cue("succeed", page.words(spell.sentence), page.language)
    if spell.order or follows or any(there[0] <= place[0] < there[1] for place in named.places):
        # `He followed Ada Moro`: his first day is her last.
        return None
    subject = None
    if there[0] <= office[0] < there[1]:
        subject = None if is_made(page, office) else subject_before(page, people, office[0])
    elif there[0] < spell.sentence[0]:
        subject = next((each for each in mentions(page, people, there) if not each.is_object), None)
    if subject is None or subject.named is None or subject.named is named:
        return None
    return f"{date.original!r} stands in a sentence about {subject.named.name!r}"


def _of_who_left(page: Page, people: People, named: Named, end: Fact) -> str | None:
    """Whose end a date is, where somebody is named only after it: `he left office in May, when Ada Moro took over`."""
    at = end.spans[0].start
    sentence = page.around((at, at + 1), back=0)
    own = [place for place in named.places if sentence[0] <= place[0] < sentence[1]]
    if not own or any(place[0] < at or order_of(page, place) is Order.FORMER for place in own):
        return None
    if left_only(page, people, named, (at, at + 1)):
        # `until May, when, after the resignation of Ada Moro, he …`
        return None
    cues = find_cues("end", page.words((sentence[0], at)), page.language)
    who = subject_before(page, people, sentence[0] + cues[-1][0]) if cues else None
    if who is None or means(page, people, who, named):
        return None
    return f"{end.original!r} is when {page.text[who.start : who.end]!r} left"
