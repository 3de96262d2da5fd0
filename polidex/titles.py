"""The rules by which a spell in office is held against the text."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.offices import TenureDraft
from polidex.attachment import is_anothers
from polidex.countries import is_territory
from polidex.cues import find_cues, has_cue, has_word, is_listed, is_title_word, role_of
from polidex.facts import Fact, Grounded, Ungrounded
from polidex.holders import anothers_title, left_only, owner
from polidex.identity.offices import role_in
from polidex.named import Named, People
from polidex.numerals import years
from polidex.page import Page, Span
from polidex.quotes import Found
from polidex.saying import Refused, country_of, date_of, may_mean_somebody, someone
from polidex.subjects import antecedent, subject_before
from polidex.windows import Window
from schema import WorldDate
from schema.vocabulary import Basis, Modality, OfficeRole, QuarantineReason, RecordType, TenureStatus

_NUMBER = re.compile(r" \d{1,3}\b(?![.,:]\d)")
_LONGEST_GAP = 80
"""Characters between a name and a title that belongs to it, at most: `of the United Kingdom of Great Britain and …`."""
_WORDS_BEFORE = 3


def ground_tenure(
    page: Page, people: People, extraction_id: str, draft: TenureDraft, window: Window, refused: Refused
) -> Grounded:
    near = " ".join((draft.start, draft.end, draft.person))
    office = page.place(draft.office, window, near=near) or page.sentence_with(draft.office, window)
    if not office:
        raise Ungrounded(QuarantineReason.QUOTE_NOT_FOUND, f"the office {draft.office!r} is not in the passage")
    start = _when(page, draft.start, office, "start", refused)
    title, office = _whole_title(page, draft.office, _after(page, draft.office, office, start))
    role = role_of(title, page.language)
    if role is None or is_territory(title, page.language) or people.who(title):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"{title!r} is not the name of an office")
    role = role_in(title, page.language, role)
    if not (draft.start or draft.end):
        office = _beside(page, people, draft.person, title, office)
    span = (office[0].start, office[-1].end)
    named, mention, basis = someone(page, people, draft.person, span, window)
    dated = draft.start or draft.end
    if dated and (problem := anothers_title(page, people, named, basis, span)):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"{title!r} is not of {draft.person!r}: {problem}")
    end = _when(page, draft.end, office, "end", refused)
    if start and left_only(page, people, named, span):
        refused.append(Ungrounded(QuarantineReason.RULE_VIOLATED, f"start: {draft.person!r} is named as who left"))
        start = None
    start, end = (_own(page, each, span, name, refused) for each, name in ((start, "start"), (end, "end")))
    facts = {"person_id": Fact(named.name, mention, basis), "office": Fact(title, office)}
    facts |= _spell(start, end)
    if basis is not Basis.STATED:
        if not ("start" in facts or "end" in facts):
            raise Ungrounded(QuarantineReason.RULE_VIOLATED, "neither the holder nor a date stands with the office")
        if not may_mean_somebody(page, span):
            raise Ungrounded(
                QuarantineReason.SUBJECT_NOT_IN_TEXT, f"its sentence has neither {draft.person!r} nor he or she"
            )
    facts |= _beside_facts(page, draft, span, refused)
    status = _tenure_status(page, facts, draft.office, span)
    if status is not TenureStatus.PLANNED and _has_died(page, people, named):
        status = TenureStatus.ENDED
    if status is TenureStatus.CURRENT and (draft.start or draft.end) and not ("start" in facts or "end" in facts):
        # It was dated, wrongly: it may be long past.
        status = TenureStatus.UNKNOWN
    facts["status"] = Fact(str(status), office, Basis.CONTEXT if status is not TenureStatus.UNKNOWN else Basis.UNKNOWN)
    facts["role"] = Fact(str(role), office, Basis.INFERRED)
    if country := country_of(page, span, role):
        facts["country"] = country
    modality = Modality.PLANNED if status is TenureStatus.PLANNED else Modality.ASSERTED
    return Grounded(RecordType.TENURE, extraction_id, facts, {"person_id": named}, modality)


def _beside(page: Page, people: People, person: str, title: str, office: tuple[Found, ...]) -> tuple[Found, ...]:
    """The place of a title that stands beside the name: one that stands elsewhere in a sentence may be another's."""
    named = people.who(person)
    for start, end in named.places if named else ():
        near = (max(0, start - _LONGEST_GAP - len(title)), end + _LONGEST_GAP + len(title))
        for found in (*page.index.find(title, near=start, within=near), *office):
            if owner(page, people, (found.start, found.end)) is named:
                return (found,)
    raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"{title!r} has no date and does not stand beside {person!r}")


def _own(page: Page, date: Fact | None, office: Span, name: str, refused: Refused) -> Fact | None:
    """The date, unless it belongs to another title: in one sentence each has its own."""
    if date is None:
        return None
    place = (date.spans[0].start, date.spans[-1].end)
    there = page.around(place, back=0)
    # In another sentence only what is said to have this very date can take it away.
    others = page.dated_in(there, on="" if there[0] <= office[0] < there[1] else page.words(place))
    if not is_anothers(page, place, office, others):
        return date
    refused.append(
        Ungrounded(QuarantineReason.RULE_VIOLATED, f"{name}: {date.original!r} is the date of another title")
    )
    return None


def _has_died(page: Page, people: People, named: Named) -> bool:
    """Whether the text says that somebody died: then no title beside the name is held today."""
    for start, end in page.version.reading_spans:
        for cue in find_cues("death", page.words((start, end)), page.language):
            subject = subject_before(page, people, start + cue[0])
            if subject and named in (subject.named, subject.named or antecedent(page, people, subject.start)):
                return True
    return False


def _beside_facts(page: Page, draft: TenureDraft, span: Span, refused: Refused) -> dict[str, Fact]:
    """What else is said of the spell in the sentences around it: the organization, and why it ended."""
    facts: dict[str, Fact] = {}
    for name, words in (("organization", draft.organization), ("end_cause", draft.end_cause)):
        found = page.index.find(words, near=span[0], within=page.around(span, back=1, ahead=1)) if words else ()
        if found:
            facts[name] = Fact(words, found)
        elif words:
            absent = f"{name}: {words!r} does not stand near these words"
            refused.append(Ungrounded(QuarantineReason.VALUE_NOT_IN_TEXT, absent))
    return facts


def _when(page: Page, words: str, office: tuple[Found, ...], name: str, refused: Refused) -> Fact | None:
    return date_of(page, words, (office[0].start, office[-1].end), name, refused) if words else None


def _spell(start: Fact | None, end: Fact | None) -> dict[str, Fact]:
    """The first and the last day of a spell: `since 2019` is a start, `until March` an end, `2004-2008` both."""
    facts: dict[str, Fact] = {}
    if start:
        first, _, last = start.value.partition("/")
        facts["start"] = replace(start, value=first)
        if end is None and last not in ("", ".."):
            facts["end"] = replace(start, value=last)
    if end:
        first, _, last = end.value.rpartition("/")
        facts["end"] = replace(end, value=last)
        if start is None and first not in ("", ".."):
            facts["start"] = replace(end, value=first)
    return {name: fact for name, fact in facts.items() if fact.value != ".."}


def _after(page: Page, title: str, office: tuple[Found, ...], start: Fact | None) -> tuple[Found, ...]:
    """Of two places in one sentence the one that follows the date: `in May deputy minister, and in June minister`."""
    if start is None or start.spans[0].end <= office[0].start:
        return office
    sentence = page.around((office[0].start, office[0].end), back=0)
    return page.index.find(title, within=(start.spans[0].end, sentence[1])) or office


def _whole_title(page: Page, title: str, office: tuple[Found, ...]) -> tuple[str, tuple[Found, ...]]:
    """The title with the rank before it and the number after it, which are part of it.

    Who was `deputy prime minister` was no prime minister, and who leads a party `List 12` leads no `List`. The word
    `former` is no part of it.
    """
    if len(office) != 1 or office[0].end - office[0].start != len(title):
        return title, office
    if number := _NUMBER.match(page.text, office[0].end):
        title, office = title + number.group(), (Found(office[0].start, number.end(), office[0].match),)
    first, _, rest = title.partition(" ")
    if rest and is_listed(page.language) and has_cue("former", f"{first} ", page.language):
        # That the spell has ended is its status, not part of the name of the post.
        title, office = rest, (Found(office[0].end - len(rest), office[0].end, office[0].match),)
    first, _, rest = title.partition(" ")
    if has_word("order", first.lower(), page.language) and first.islower() and _is_head(rest, page.language):
        # `The third president of Kenya` was president; which one, is no part of the name of the post.
        title, office = rest, (Found(office[0].end - len(rest), office[0].end, office[0].match),)
    before = page.text[: office[0].start].rstrip(" -")
    rank = before[max(0, len(before) - 40) :].split()[-1:]
    if not rank or not is_listed(page.language) or not has_cue("rank", rank[0], page.language):
        return title, office
    start = len(before) - len(rank[0])
    return page.words((start, office[0].end)), (Found(start, office[0].end, office[0].match),)


def _is_head(title: str, language: str | None) -> bool:
    heads = (OfficeRole.HEAD_OF_STATE, OfficeRole.HEAD_OF_GOVERNMENT)
    ranked = has_cue("rank", title.partition(" ")[0], language)
    return is_listed(language) and not ranked and role_of(title, language) in heads


def _tenure_status(page: Page, facts: dict[str, Fact], title: str, span: Span) -> TenureStatus:
    """As of the document's date. Only what it says: an old spell without an end may or may not have ended."""
    published = page.version.published
    sentence = page.words(page.around(span, back=0))
    start, end = (
        WorldDate.from_edtf(facts[name].value, Basis.STATED) if name in facts else WorldDate.unknown()
        for name in ("start", "end")
    )
    if published.is_before(start):
        return TenureStatus.PLANNED
    if published.is_before(end):
        return TenureStatus.CURRENT
    if end.known or _is_former(page, title, span):
        return TenureStatus.ENDED
    # A title beside a name in a sentence about an earlier year was held then, and nothing says that it still is.
    year = published.earliest.year if published.earliest else None
    past = any(year is None or told < year for told in years(sentence))
    numbered = any(has_word("order", word, page.language) for word in _words_of_title(page, title, span))
    return TenureStatus.UNKNOWN if start.known or past or numbered else TenureStatus.CURRENT


def _is_former(page: Page, title: str, span: Span) -> bool:
    """Whether the words of a title or those right around it say that it was held: `then`, `the late`, `at the time`."""
    if not is_listed(page.language):
        return False
    words = _words_of_title(page, title, span)
    after = page.words((span[1], page.around(span, back=0)[1]))
    at_the_time = [
        cue for cue in find_cues("then", after[:_LONGEST_GAP], page.language) if not after[: cue[0]].strip(" ,(")
    ]
    # A space behind each word: `ex-` and `late ` are beginnings of a word and a word that ends.
    return bool(at_the_time) or any(has_cue("former", f"{word} ", page.language) for word in words)


def _words_of_title(page: Page, title: str, span: Span) -> list[str]:
    """The words of a title as a draft has it, and those before it that can only belong to it."""
    before = page.words((page.around(span, back=0)[0], span[0])).split()
    words = title.split()[:1]
    for word in reversed(before[-_WORDS_BEFORE:]):
        words.append(word)
        if not is_title_word(word.strip(",("), page.language) or word.endswith(","):
            break
    return [word.strip(",(").lower() for word in words]
