"""Whose title it is: rules by which an office that stands in a sentence is the one person's and not another's."""

from __future__ import annotations

import re

from polidex.attachment import dates_in
from polidex.cues import has_cue, has_word, is_title_word, names_office
from polidex.named import Mention, Named, People
from polidex.page import Page, Span
from polidex.subjects import knows_subjects, means, mentions, subject_before
from schema.vocabulary import Basis

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_FAR_CHARS = 25
"""Characters between a name and a title after it that belongs to it, at most: `, the`, `, then the`."""


def owner(page: Page, people: People, title: Span) -> Named | None:
    """Whose a title is that stands beside a name: `President Moro`, `Moro, the president`, `the president, Moro`."""
    named = [each for each in mentions(page, people, page.around(title, back=0)) if each.named]
    before = next((each for each in reversed(named) if each.end <= title[0]), None)
    after = next((each for each in named if each.start >= title[1]), None)
    ahead = page.text[title[1] : after.start] if after else "."
    behind = page.text[before.end : title[0]] if before else "."
    if after and not ahead.strip():
        return after.named
    if before and behind.lstrip().startswith(",") and _is_short(page, behind):
        return before.named
    if after and _leads_on(page, ahead):
        return after.named
    return before.named if before and _is_short(page, behind) else None


def anothers_title(
    page: Page, people: People, named: Named, basis: Basis, office: Span, main: Named | None = None
) -> str | None:
    """Why a title in a sentence is not this person's, where the order of its words says whose it is; None where not.

    Args:
        basis: `stated` when the sentence names the person, else it has at most a pronoun.
        main: whom the document is about, if anybody: any pronoun may mean them, and one that is far from the last
            mention of another means them rather.
    """
    if not knows_subjects(page):
        return None
    sentence = page.around(office, back=0)
    found = mentions(page, people, sentence)
    if basis is not Basis.STATED and is_made(page, office):
        # `Ada Moro made him judge`: he is somebody whom an earlier sentence names.
        return None
    if basis is not Basis.STATED:
        subject = subject_before(page, people, office[0])
        if subject is None:
            subject = next((each for each in found if each.named is None), None)
        is_pronoun = subject is None or subject.named is None
        if is_pronoun and named is main:
            return None
        last = page.around(sentence, back=1)
        is_far = main is not None and not any(last[0] <= place[0] < sentence[1] for place in named.places)
        if means(page, people, subject, named) and not (is_pronoun and is_far):
            return None
        return f"the sentence is about {page.text[subject.start : subject.end]!r}" if subject else None
    own = [each for each in found if each.named is named]
    problems = [_problem(page, each, named, found, office) for each in own]
    return problems[0] if problems and all(problems) else None


def relative_holder(page: Page, people: People, office: Span) -> Named | None:
    """Whom `who` means where nobody is mentioned between it and a title: `Ada Moro, who was president`; else None."""
    before = [each for each in mentions(page, people, page.around(office, back=0)) if each.end <= office[0]]
    if len(before) < 2 or is_made(page, office):  # noqa: PLR2004 - whom `who` means, and `who`
        return None
    last = before[-1]
    is_relative = last.named is None and has_word("relative", page.text[last.start : last.end], page.language)
    return before[-2].named if is_relative else None


def is_made(page: Page, office: Span) -> bool:
    """Whether a title is that of a pronoun that is no subject: `who made him president`."""
    words = page.text[: office[0]].split()[-1:]
    return bool(words) and has_word("pronoun_of_another", words[0], page.language)


def left_only(page: Page, people: People, named: Named, office: Span) -> bool:
    """Whether the sentence names somebody only as who left: `the resignation of Ada Moro` begins no spell of hers."""
    own = [each for each in mentions(page, people, page.around(office, back=0)) if each.named is named]
    return bool(own) and all(each.is_object and _is_left(page, each) for each in own)


def _is_left(page: Page, mention: Mention) -> bool:
    words = _WORD.findall(page.text[max(0, mention.start - 200) : mention.start])
    while words and not has_word("preposition", words[-1], page.language):
        words.pop()
    return len(words) > 1 and has_cue("end", words[-2], page.language)


def _problem(page: Page, own: Mention, named: Named, found: list[Mention], office: Span) -> str | None:
    """Why the mention of somebody does not hold the office of its sentence, None where it may."""
    others = [each for each in found if each.named not in (None, named) and not each.is_object]
    if own.end <= office[0]:
        nearer = [each for each in others if own.end <= each.start and each.end <= office[0]]
        if nearer and _clause_ends(page, own.end, nearer[0].start):
            return f"{page.text[nearer[-1].start : nearer[-1].end]!r} stands between the name and the title"
        beside = next((each for each in found if each.named and each.start >= office[1]), None)
        if nearer == [] and beside and beside.named is not named and not page.text[office[1] : beside.start].strip():
            return f"it is the title of {page.text[beside.start : beside.end]!r}"
        return None
    between = [each for each in others if office[1] <= each.start and each.end <= own.start]
    before = [each for each in others if each.end <= office[0]]
    gap = page.text[office[1] : own.start]
    if between:
        return f"{page.text[between[0].start : between[0].end]!r} stands between the title and the name"
    if before and gap.strip(" ,") and not _leads_on(page, gap) and not _is_copula(gap):
        return f"{page.text[before[-1].start : before[-1].end]!r} stands before the title"
    return None


def _clause_ends(page: Page, start: int, end: int) -> bool:
    """Whether between two names one clause ends: a date or another title stands there, or a verb and a conjunction."""
    words = _WORD.findall(page.text[start:end])
    if dates_in(page, (start, end)) or any(names_office(word, page.language) for word in words):
        return True
    said = [word for word in words if not is_title_word(word, page.language)]
    joins = any(has_word("conjunction", word, page.language) for word in words)
    return joins and any(not has_word("conjunction", word, page.language) for word in said)


def _is_copula(gap: str) -> bool:
    """`The prime minister is Ada Moro`: nothing else stands between."""
    return len(gap.split()) <= 2 and "," not in gap and not any(sign.isdigit() for sign in gap)  # noqa: PLR2004


def _is_short(page: Page, behind: str) -> bool:
    # `the resignation of Marr, he became president`: the title is his.
    theirs = any(has_word("pronoun", word, page.language) for word in behind.split())
    return len(behind) <= _FAR_CHARS and not theirs


def _leads_on(page: Page, ahead: str) -> bool:
    """Whether after a title only the rest of it stands before a name: `of the United Kingdom, Ada Moro`."""
    words = _WORD.findall(ahead)
    if not ahead.rstrip(" ,").strip() or not words:
        return not words and not ahead.strip(" ,")
    rest_of_title = has_word("small", words[0], page.language) and "," not in ahead.rstrip(" ,")
    return rest_of_title and all(is_title_word(word, page.language) for word in words)
