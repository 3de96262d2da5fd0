"""Whose a title without a date is, and whom a sentence about a spell means that does not name its holder."""

from __future__ import annotations

from dataclasses import replace

from extractors.offices import TenureDraft
from polidex.cues import has_word
from polidex.facts import Ungrounded
from polidex.holders import owner
from polidex.named import Named, People
from polidex.page import Page, Span
from polidex.quotes import Found
from polidex.spells import Spell, named_last, order_of
from polidex.subjects import knows_subjects, mentions
from polidex.windows import Window
from schema.vocabulary import Basis, Match, QuarantineReason

_BESIDE_CHARS = 25
"""Characters between a name or a pronoun and a title after it, at most: `, when she was`."""
_LONGEST_GAP = 80
"""Characters between a name and a title that belongs to it, at most: `of the United Kingdom of Great Britain and …`."""


def other_meant(page: Page, people: People, named: Named, sentence: Span) -> Named | None:
    """Who else a sentence without a name is about: whom it names where nothing in it is a subject, else the person
    whom the whole text is about, but for the subject of the sentence before."""
    if not knows_subjects(page):
        return None
    found = mentions(page, people, sentence)
    others = [each.named for each in found if each.named not in (None, named)]
    if others and all(each.named for each in found):
        return others[0]
    main = people.about(page.version.title or "")
    before = (page.around(sentence, back=1)[0], sentence[0])
    subjects = [each.named for each in mentions(page, people, before) if not each.is_object]
    return None if main in (None, named) or named in subjects[:1] else main


def is_main(page: Page, people: People, named: Named) -> bool:
    return people.about(page.version.title or "") is named


def spell_beside(page: Page, people: People, named: Named, draft: TenureDraft, spell: Spell, window: Window) -> Spell:
    """The place of a title that stands beside the name: one that stands elsewhere in a sentence may be another's."""
    title = draft.office
    for start, end in named.places:
        around = (max(0, start - _LONGEST_GAP - len(title)), end + _LONGEST_GAP + len(title))
        for found in (*page.places(title, around), *spell.office):
            related = _related(page, people, found)
            if (related or owner(page, people, (found.start, found.end))) is named:
                mention = (Found(start, end, Match.EXACT),)
                sentence = page.around((found.start, found.end), back=0)
                return Spell(sentence, (found,), mention, Basis.STATED, order_of(page, (start, end)))
    for found in page.places(title, (window.start, window.end)):
        if _is_pronoun_of(page, people, named, found):
            return replace(spell, sentence=page.around((found.start, found.end), back=0), office=(found,))
    raise Ungrounded(
        QuarantineReason.RULE_VIOLATED, f"{title!r} has no date and does not stand beside {draft.person!r}"
    )


def _related(page: Page, people: People, title: Found) -> Named | None:
    """Whom a clause right before a title is about: `Marr, when she was president`."""
    before = [(end, number) for number, each in enumerate(people) for _, end in each.places if end <= title.start]
    if not before:
        return None
    end, number = max(before)
    return (
        list(people)[number]
        if title.start - end <= _BESIDE_CHARS and _relates(page, page.text[end : title.start])
        else None
    )


def _relates(page: Page, gap: str) -> bool:
    """Whether the words between a name and a title begin a clause about that person: `Marr, when she was president`."""
    words = gap.strip(" ,").split()
    if words and has_word("relative", words[0], page.language):
        return True
    return len(words) > 1 and all(
        has_word(kind, word, page.language) for kind, word in zip(("while", "subject"), words, strict=False)
    )


def _is_pronoun_of(page: Page, people: People, named: Named, found: Found) -> bool:
    """Whether `he` stands before a title and means somebody named before: `he rose to be minister of finance`."""
    sentence = page.around((found.start, found.end), back=0)
    if any(sentence[0] <= place[0] < sentence[1] for place in named.places):
        return False
    before = page.text[max(sentence[0], found.start - _BESIDE_CHARS) : found.start].split()
    subjects = [number for number, word in enumerate(before) if has_word("subject", word, page.language)]
    if not subjects or any(word[:1].isupper() for word in before[subjects[-1] + 1 :]):
        return False
    if other_meant(page, people, named, (sentence[0], found.start)):
        return False
    return is_main(page, people, named) or named_last(people, sentence[0]) is named
