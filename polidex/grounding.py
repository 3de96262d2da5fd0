"""The rules by which each kind of draft is held against the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.elections import ElectionDraft
from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from extractors.reforms import LONGEST_CHANGE, ReformDraft
from extractors.statements import StatementDraft
from polidex.cues import has_cue, has_word, lists, names_office, paired_cue, role_of
from polidex.drafts import Item
from polidex.facts import Fact, Grounded, Ungrounded
from polidex.identity.offices import role_in
from polidex.named import Named, People
from polidex.page import Page, Span
from polidex.quotes import Found
from polidex.saying import Refused, country_of, date_of, someone
from polidex.subjects import actor, knows_subjects, means, subject_before
from polidex.titles import ground_tenure
from polidex.values import missing
from polidex.votes import ground_election
from polidex.windows import Window
from schema.vocabulary import (
    Attribution,
    Basis,
    DecidedBy,
    LegalInstrument,
    Match,
    QuarantineReason,
    RecordType,
    StatementForm,
)

_SHORTEST_CHANGE = 3
"""Words that state a change, or what was said, at least: fewer say nothing."""
_PACKAGE_SENTENCES = 3
"""Sentences from the words for a package to those for one of its measures: at most; else in the same passage."""
_VERB_CHARS = 40
"""Characters between indirect speech and its verb, at most: `noted in his speech that`."""
_OPENING, _CLOSING = '“"«„‘', '”"»“’'


def ground_draft(
    page: Page,
    people: People,
    extraction_id: str,
    item: Item,
    problems: dict[str, str],
    refused: Refused,
    earlier: Sequence[Grounded] = (),
) -> Iterator[Grounded]:
    """Ground one draft. Values that do not stand in the text are added to `refused`; the rest of the draft is kept.

    Args:
        problems: surfaces that are no name of a person in this document, with the reason.
        earlier: what was grounded before, which says what `the post` is.

    Raises:
        Ungrounded: what the draft is about does not stand in the text: the whole of it is refused.
    """
    window = item.window
    match item.draft:
        case PersonDraft() as draft:
            yield from _person(page, people, extraction_id, draft, window, problems, refused)
        case TenureDraft() as draft:
            yield ground_tenure(page, people, extraction_id, draft, window, refused, earlier)
        case ReformDraft() as draft:
            yield _reform(page, extraction_id, draft, window, refused)
        case ElectionDraft() as draft:
            yield ground_election(page, people, extraction_id, draft, window, refused)
        case StatementDraft() as draft:
            yield _statement(page, people, extraction_id, draft, window, refused)


def _person(
    page: Page,
    people: People,
    extraction_id: str,
    draft: PersonDraft,
    window: Window,
    problems: dict[str, str],
    refused: Refused,
) -> Iterator[Grounded]:
    named = people.who(draft.name)
    if named is None:
        problem = problems.get(draft.name, "it may be one of several people")
        absent = "does not stand" in problem
        raise Ungrounded(
            QuarantineReason.SUBJECT_NOT_IN_TEXT if absent else QuarantineReason.NOT_A_PERSON,
            f"{draft.name!r}: {problem}",
        )
    if page.only_wrote(named):
        raise Ungrounded(QuarantineReason.BYLINE_ONLY, f"{named.name!r} wrote the text and is not in it")
    yield Grounded(RecordType.PERSON, extraction_id, {"name": Fact(named.name, _places(named))}, {"name": named})
    if draft.office:
        # The title that stands with a name says that the person held the office when this was written.
        held = TenureDraft(person=draft.name, office=draft.office, start="", end="")
        try:
            yield ground_tenure(page, people, extraction_id, held, window, refused)
        except Ungrounded as problem_of_title:
            refused.append(problem_of_title)


def _places(named: Named) -> tuple[Found, ...]:
    return tuple(Found(start, end, Match.EXACT) for start, end in named.places)


def _reform(page: Page, extraction_id: str, draft: ReformDraft, window: Window, refused: Refused) -> Grounded:
    change = page.place(draft.change, window)
    if not change:
        raise Ungrounded(QuarantineReason.QUOTE_NOT_FOUND, f"{draft.change!r} does not stand in the passage")
    if len(draft.change) >= LONGEST_CHANGE:
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, "longer than the words for one change")
    if len(draft.change.split()) < _SHORTEST_CHANGE:
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, "too few words to state a change")
    if not _is_of_rules(page, draft, change):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, "none of its words is about rules, rights or institutions")
    span = (change[0].start, change[-1].end)
    title = page.words(span).strip(" ,;:.")
    facts = {
        "title": Fact(title[:1].upper() + title[1:], change, original=page.words(span)),
        "area": Fact(str(draft.area), change, Basis.INFERRED),
        "current_status": Fact(str(draft.status), change, Basis.INFERRED),
    }
    if draft.instrument is not LegalInstrument.UNKNOWN:
        facts["legal_instrument"] = Fact(str(draft.instrument), change, Basis.INFERRED)
    if draft.decided_by is not DecidedBy.UNKNOWN:
        facts["event.decided_by"] = Fact(str(draft.decided_by), change, Basis.INFERRED)
    reaches = _of_the_step(page, draft, span)
    if draft.date and (date := date_of(page, draft.date, span, "date", refused, reaches=reaches)):
        facts["event.date"] = date
    facts |= _measure(page, draft, span, refused)
    if draft.package and (package := _package(page, draft, span, window, refused)):
        facts["parent"] = package
    if country := country_of(page, span):
        facts["country"] = country
    return Grounded(RecordType.REFORM, extraction_id, facts)


def _measure(page: Page, draft: ReformDraft, span: Span, refused: Refused) -> dict[str, Fact]:
    """The values before and after the change, where they stand in its sentence."""
    facts: dict[str, Fact] = {}
    for name, value in (("value_old", draft.value_old), ("value_new", draft.value_new)):
        if not value:
            continue
        found = page.index.find(value, near=span[0], within=page.around(span, back=0))
        if found:
            facts[f"measure.{name}"] = Fact(value, found)
        else:
            refused.append(Ungrounded(QuarantineReason.VALUE_NOT_IN_TEXT, f"{name}: {value!r} is not in the sentence"))
    return facts


def _of_the_step(page: Page, draft: ReformDraft, span: Span) -> list[Span]:
    """Where the day of a step may stand: in its sentence, the one before, or one after that says who took the step."""
    sentence = page.around(span, back=0)
    after = (sentence[1], page.around(span, back=0, ahead=1)[1])
    reaches = [sentence, page.around(span, back=1)]
    told = paired_cue("decided_by", page.words(after), page.language, ending=str(draft.decided_by))
    return [*reaches, after] if told else reaches


def _is_of_rules(page: Page, draft: ReformDraft, change: tuple[Found, ...]) -> bool:
    """Whether the words of a change are about rules; or those around them, where the text gives its values or day."""
    if has_cue("reform", draft.change, page.language):
        return True
    sentence = page.around((change[0].start, change[-1].end), back=0)
    told = [
        page.index.find(words, within=sentence) for words in (draft.value_old, draft.value_new, draft.date) if words
    ]
    return all(told) and bool(told) and has_cue("reform", page.words(sentence), page.language)


def _package(page: Page, draft: ReformDraft, span: Span, window: Window, refused: Refused) -> Fact | None:
    """The words for what the change is part of, near the change or elsewhere in its passage."""
    near = page.around(span, back=_PACKAGE_SENTENCES, ahead=1)
    found = page.index.find(draft.package, near=span[0], within=near) or page.place(draft.package, window)
    if not found:
        refused.append(
            Ungrounded(QuarantineReason.VALUE_NOT_IN_TEXT, f"package: {draft.package!r} does not stand in the passage")
        )
    elif found[0].start <= span[0] and span[1] <= found[-1].end:
        refused.append(Ungrounded(QuarantineReason.RULE_VIOLATED, "package: a change is no part of itself"))
    else:
        title = draft.package.strip(" ,;:.")
        return Fact(title[:1].upper() + title[1:], found, original=page.words((found[0].start, found[-1].end)))
    return None


def _statement(
    page: Page, people: People, extraction_id: str, draft: StatementDraft, window: Window, refused: Refused
) -> Grounded:
    said = page.place(draft.said, window)
    if not said:
        raise Ungrounded(QuarantineReason.QUOTE_NOT_FOUND, f"{draft.said[:60]!r}… does not stand in the passage")
    if len(draft.said.split()) < _SHORTEST_CHANGE:
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, "too few words to be a statement")
    # Of words that were joined from two places only the first are what was said there.
    said = said[:1]
    span = (said[0].start, said[0].end)
    reach = page.around(span, back=1, ahead=1)
    verb = page.index.find(draft.verb, near=span[0], within=reach)
    if not verb or not has_cue("say", draft.verb, page.language):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"{draft.verb!r} is no word for saying something here")
    named, mention, basis = _speaker(page, people, draft.speaker, span, window)
    _check_speaker(page, people, draft, named, mention[0], basis, (verb[0].start, verb[-1].end), span)
    form = _form(page, span)
    if form is not StatementForm.DIRECT and _apart(page, draft, verb, span) > _VERB_CHARS:
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"{draft.verb!r} does not stand beside these words")
    attribution = Attribution.EXPLICIT if basis is Basis.STATED else Attribution.PRONOUN
    facts = {
        "speaker_surface": Fact(draft.speaker, mention, basis),
        "text": Fact(page.words(span), said),
        "form": Fact(str(form), said, Basis.INFERRED),
        "attribution": Fact(str(attribution if named else Attribution.COLLECTIVE), mention, Basis.INFERRED),
    }
    role = None if named else role_of(draft.speaker, page.language)
    role = role and role_in(draft.speaker, page.language, role)
    if role and (country := country_of(page, (mention[0].start, mention[-1].end), role)):
        # Whose prime minister `the prime minister` is decides who that was.
        facts["speaker_country"] = country
    if draft.date and (date := date_of(page, draft.date, span, "date", refused)):
        facts["date"] = date
    for name, value in (("venue", draft.venue), ("addressee", draft.addressee)):
        found = page.index.find(value, within=reach) if value else ()
        if found:
            facts[name] = Fact(value, found)
        elif value:
            refused.append(Ungrounded(QuarantineReason.VALUE_NOT_IN_TEXT, f"{name}: {value!r} is not near these words"))
    topic = draft.topic.replace(";", ",")
    if topic and not missing(topic, page.text, language=page.language):
        facts["topics"] = Fact(topic, said, Basis.INFERRED)
    return Grounded(RecordType.STATEMENT, extraction_id, facts, {"speaker_id": named} if named else {})


def _speaker(
    page: Page, people: People, surface: str, span: Span, window: Window
) -> tuple[Named | None, tuple[Found, ...], Basis]:
    """A person of the text, else a body that stands in the same words near what was said."""
    if people.who(surface):
        return someone(page, people, surface, (span[0], page.around(span, ahead=1)[1]), window)
    found = page.index.find(surface, near=span[0], within=page.around(span, back=1, ahead=1))
    if not found:
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"{surface!r} is not named near these words")
    return None, found, Basis.STATED


def _apart(page: Page, draft: StatementDraft, verb: tuple[Found, ...], said: Span) -> int:
    """Characters between a word for saying and what was said, without where and when it was said."""
    between = (verb[-1].end, said[0]) if verb[0].start < said[0] else (said[1], verb[0].start)
    if between[0] >= between[1]:
        return 0
    told = [page.index.find(words, within=between) for words in (draft.venue, draft.date, draft.addressee) if words]
    return between[1] - between[0] - sum(found[-1].end - found[0].start for found in told if found)


def _check_speaker(
    page: Page,
    people: People,
    draft: StatementDraft,
    named: Named | None,
    mention: Found,
    basis: Basis,
    verb: Span,
    span: Span,
) -> None:
    """Raises Ungrounded where the words around a statement say, or do not say, whose it is."""
    if other := _other_speaker(page, people, named, mention, verb, span):
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"it is said by {other!r}, not by {draft.speaker!r}")
    if named and basis is not Basis.STATED and not _may_be_meant(page, verb, span):
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"nothing beside {draft.verb!r} means {draft.speaker!r}")
    beside = named and basis is not Basis.STATED and not knows_subjects(page)
    if named and beside and (other := _named_beside(page, people, named, span)):
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"the sentence names {other!r}, not {draft.speaker!r}")


def _may_be_meant(page: Page, verb: Span, said: Span) -> bool:
    """Whether the sentence of a word for saying has a pronoun or a title that may mean somebody named before it."""
    start, end = page.around(verb, back=0)
    words = re.findall(
        r"\w+", page.text[start : max(start, min(said[0], end))] + " " + page.text[min(said[1], end) : end]
    )
    if start <= said[0] <= verb[0] < said[1]:
        words += re.findall(r"\w+", page.words(said))
    return not lists("pronoun", page.language) or any(
        has_word("pronoun", word, page.language) or names_office(word, page.language) for word in words
    )


def _other_speaker(
    page: Page, people: People, speaker: Named | None, mention: Found, verb: Span, said: Span
) -> str | None:
    """The name or pronoun that the word for saying has as its subject, where that cannot be the speaker."""
    if not knows_subjects(page):
        return None
    inside = said[0] <= verb[0] < said[1]
    who = subject_before(page, people, said[0]) if inside else actor(page, people, verb, leaving_out=(said,))
    if who is None:
        return None
    surface = page.text[who.start : who.end]
    if speaker:
        return None if means(page, people, who, speaker) else surface
    # A body: the person nearer to the word for saying is the one who speaks.
    is_nearer = mention.end <= verb[0] and (who.end <= mention.start or who.start >= verb[1])
    follows = mention.start >= verb[1] and not page.text[verb[1] : mention.start].strip()
    return None if is_nearer or follows or who.named is None else surface


def _named_beside(page: Page, people: People, speaker: Named, said: Span) -> str | None:
    """Another person whom the sentence names around what was said: then a pronoun does not mean somebody before."""
    start, end = page.around(said, back=0)
    for other in people:
        for place in other.places:
            if other is not speaker and start <= place[0] < end and not said[0] <= place[0] < said[1]:
                return other.name
    return None


def _form(page: Page, span: Span) -> StatementForm:
    """Direct where quotation marks stand around the words, mixed where they stand inside them."""
    before, after = page.text[: span[0]].rstrip()[-1:], page.text[span[1] :].lstrip(" ,.")[:1]
    inside = page.words(span)
    if (before and before in _OPENING) or inside[:1] in _OPENING:
        return StatementForm.DIRECT if after in _CLOSING or inside[-1:] in _CLOSING or before else StatementForm.MIXED
    # A sentence inside a longer quotation has its marks further off: the last mark before it is an opening one.
    marks = [sign for sign in page.text[max(0, span[0] - 800) : span[0]] if sign in "“”«»"]
    if marks and marks[-1] in "“«":
        return StatementForm.DIRECT
    return StatementForm.MIXED if any(sign in inside for sign in '“”«»"') else StatementForm.INDIRECT
