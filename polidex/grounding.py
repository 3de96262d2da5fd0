"""The rules by which each kind of draft is held against the text."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.elections import ElectionDraft
from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from extractors.reforms import ReformDraft
from extractors.statements import StatementDraft
from polidex.countries import is_territory
from polidex.cues import has_cue, role_of
from polidex.drafts import Item
from polidex.facts import Fact, Grounded, Ungrounded
from polidex.named import Named, People, words_of
from polidex.numerals import numbers
from polidex.page import Page, Span
from polidex.quotes import Found
from polidex.values import missing
from polidex.when import parse_when
from polidex.windows import Window
from schema import WorldDate
from schema.vocabulary import (
    Attribution,
    Basis,
    DecidedBy,
    ElectionStatus,
    LegalInstrument,
    Match,
    Modality,
    OfficeRole,
    QuarantineReason,
    RecordType,
    StatementForm,
    TenureStatus,
)

_SHORTEST_CHANGE = 3
"""Words that state a change, or what was said, at least: fewer say nothing."""
_OPENING, _CLOSING = '“"«„‘', '”"»“’'

Refused = list[Ungrounded]


def ground_draft(
    page: Page, people: People, extraction_id: str, item: Item, problems: dict[str, str], refused: Refused
) -> Iterator[Grounded]:
    """Ground one draft. Values that do not stand in the text are added to `refused`; the rest of the draft is kept.

    Args:
        problems: surfaces that are no name of a person in this document, with the reason.

    Raises:
        Ungrounded: what the draft is about does not stand in the text: the whole of it is refused.
    """
    window = item.window
    match item.draft:
        case PersonDraft() as draft:
            yield from _person(page, people, extraction_id, draft, window, problems, refused)
        case TenureDraft() as draft:
            yield _tenure(page, people, extraction_id, draft, window, refused)
        case ReformDraft() as draft:
            yield _reform(page, extraction_id, draft, window, refused)
        case ElectionDraft() as draft:
            yield _election(page, people, extraction_id, draft, window, refused)
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
    if _only_a_byline(page, named):
        raise Ungrounded(QuarantineReason.BYLINE_ONLY, f"{named.name!r} wrote the text and is not in it")
    yield Grounded(RecordType.PERSON, extraction_id, {"name": Fact(named.name, _places(named))}, {"name": named})
    if draft.office:
        # The title that stands with a name says that the person held the office when this was written.
        held = TenureDraft(person=draft.name, office=draft.office, start="", end="")
        try:
            yield _tenure(page, people, extraction_id, held, window, refused)
        except Ungrounded as problem_of_title:
            refused.append(problem_of_title)


def _places(named: Named) -> tuple[Found, ...]:
    return tuple(Found(start, end, Match.EXACT) for start, end in named.places)


def _only_a_byline(page: Page, named: Named) -> bool:
    """An author whom the text itself does not speak of: every mention is a line that only names people."""
    authors = [words_of(author) for author in page.version.byline]
    if not any(words_of(form) in authors for form in named.forms):
        return False
    longest = max(len(words_of(form)) for form in named.forms)
    return all(len(page.words(page.around(place, back=0)).split()) <= longest + 3 for place in named.places)


def _tenure(
    page: Page, people: People, extraction_id: str, draft: TenureDraft, window: Window, refused: Refused
) -> Grounded:
    near = " ".join((draft.start, draft.end, draft.person))
    office = page.place(draft.office, window, near=near) or page.sentence_with(draft.office, window)
    office = _after_date(page, office, draft)
    if not office:
        raise Ungrounded(QuarantineReason.QUOTE_NOT_FOUND, f"the office {draft.office!r} is not in the passage")
    role = role_of(draft.office, page.language)
    if role is None or is_territory(draft.office, page.language) or people.who(draft.office):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"{draft.office!r} is not the name of an office")
    span = (office[0].start, office[-1].end)
    named, mention, basis = _someone(page, people, draft.person, span, window)
    facts = {"person_id": Fact(named.name, mention, basis), "office": Fact(draft.office, office)}
    for name, words in (("start", draft.start), ("end", draft.end)):
        if words and (fact := _date(page, words, span, name, refused)):
            facts[name] = fact
    if "end" in facts and facts["end"].value.startswith("../"):
        facts["end"] = Fact(facts["end"].value[3:], facts["end"].spans, facts["end"].basis, facts["end"].original)
    if draft.end_cause and not missing(draft.end_cause, page.words(page.around(span, back=1, ahead=1))):
        cause = page.index.find(draft.end_cause, within=page.around(span, back=1, ahead=1))
        if cause:
            facts["end_cause"] = Fact(draft.end_cause, cause)
    status = _tenure_status(page, facts, draft.office, span)
    facts["status"] = Fact(str(status), office, Basis.CONTEXT if status is not TenureStatus.UNKNOWN else Basis.UNKNOWN)
    facts["role"] = Fact(str(role or OfficeRole.OTHER), office, Basis.INFERRED)
    country = _country(page, draft.office, span)
    if country:
        facts["country"] = country
    modality = Modality.PLANNED if status is TenureStatus.PLANNED else Modality.ASSERTED
    return Grounded(RecordType.TENURE, extraction_id, facts, {"person_id": named}, modality)


def _after_date(page: Page, office: tuple[Found, ...], draft: TenureDraft) -> tuple[Found, ...]:
    """Of two places in one sentence the one that follows the date: `in May deputy minister, and in June minister`."""
    if len(office) != 1 or not draft.start:
        return office
    sentence = page.around((office[0].start, office[0].end), back=0)
    date = page.index.find(draft.start, within=sentence)
    if not date or date[0].end <= office[0].start:
        return office
    return page.index.find(draft.office, within=(date[0].end, sentence[1])) or office


def _tenure_status(page: Page, facts: dict[str, Fact], office: str, span: Span) -> TenureStatus:
    """As of the document's date. Only what it says: an old spell without an end may or may not have ended."""
    published = page.version.published
    sentence = page.words(page.around(span, back=0))
    before_office = sentence[: max(0, span[0] - page.around(span, back=0)[0])][-20:]
    listed = not has_cue("former", "", page.language)
    if "end" in facts:
        ended = WorldDate.from_edtf(facts["end"].value, Basis.STATED)
        return TenureStatus.PLANNED if published.known and published.is_before(ended) else TenureStatus.ENDED
    if listed and has_cue("former", f"{before_office} {office}", page.language):
        return TenureStatus.ENDED
    if "start" not in facts:
        return TenureStatus.CURRENT
    start = WorldDate.from_edtf(facts["start"].value, Basis.STATED)
    return TenureStatus.PLANNED if published.known and published.is_before(start) else TenureStatus.UNKNOWN


def _someone(
    page: Page, people: People, surface: str, span: Span, window: Window
) -> tuple[Named, tuple[Found, ...], Basis]:
    """Whom a draft is about, and the mention that says so: in the sentence, else in those before it."""
    named = people.who(surface)
    if named is None:
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"{surface!r} is no person of this text")
    sentence = page.around(span, back=0)
    reach = (min(window.before[0], page.around(span)[0]), sentence[1])
    mentions = [place for place in named.places if reach[0] <= place[0] and place[1] <= reach[1]]
    if not mentions:
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"{surface!r} is not named near these words")
    nearest = min(mentions, key=lambda place: (place[0] < sentence[0], abs(place[0] - span[0])))
    basis = Basis.STATED if nearest[0] >= sentence[0] else Basis.CONTEXT
    return named, (Found(*nearest, Match.EXACT),), basis


def _date(page: Page, words: str, span: Span, name: str, refused: Refused) -> Fact | None:
    """The date that some words of the text give, or None, with the reason added to `refused`."""
    sentence, reach = page.around(span, back=0), page.around(span, back=1, ahead=1)
    absent = missing(words, page.words(reach), language=page.language)
    places = page.index.find(words, near=span[0], within=sentence) or page.index.find(words, within=reach)
    if absent or not (places or numbers(words)):
        refused.append(
            Ungrounded(QuarantineReason.VALUE_NOT_IN_TEXT, f"{name}: {words!r} does not stand near these words")
        )
        return None
    at = places[0].start if places else sentence[0]
    found = parse_when(
        words,
        before=page.text[max(0, at - 400) : at],
        published=page.version.published,
        language=page.language,
    )
    if found is None or found.edtf is None:
        refused.append(Ungrounded(QuarantineReason.UNRESOLVED, f"{name}: {words!r} is no date that can be told"))
        return None
    inside = all(sentence[0] <= place.start and place.end <= sentence[1] for place in places)
    basis = Basis.STATED if found.basis is Basis.STATED and places and inside else Basis.CONTEXT
    return Fact(found.edtf, places or (Found(*sentence, Match.NORMALISED),), basis, words)


def _country(page: Page, words: str, span: Span) -> Fact | None:
    """The country of what `span` names: said in it or in its sentence, else the one that the document is about.

    Nothing is concluded for a body that goes by initials (`UN`, `OSCE`): it may be of no country.
    """
    inside = page.countries(span)
    if inside:
        start, end, code = inside[-1]
        return Fact(code, (Found(start, end, Match.EXACT),), Basis.STATED, page.text[start:end])
    initials = any(word.isupper() and len(word) > 1 for word in words.replace("-", " ").split())
    if initials or page.main_country is None:
        return None
    return Fact(page.main_country, (Found(*span, Match.EXACT),), Basis.INFERRED)


def _reform(page: Page, extraction_id: str, draft: ReformDraft, window: Window, refused: Refused) -> Grounded:
    change = page.place(draft.change, window)
    if not change:
        raise Ungrounded(QuarantineReason.QUOTE_NOT_FOUND, f"{draft.change!r} does not stand in the passage")
    if len(draft.change.split()) < _SHORTEST_CHANGE:
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, "too few words to state a change")
    if not has_cue("reform", draft.change, page.language):
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
    if draft.date and (date := _date(page, draft.date, span, "date", refused)):
        facts["event.date"] = date
    for name, value in (("value_old", draft.value_old), ("value_new", draft.value_new)):
        if not value:
            continue
        found = page.index.find(value, near=span[0], within=page.around(span, back=0))
        if found:
            facts[f"measure.{name}"] = Fact(value, found)
        else:
            refused.append(Ungrounded(QuarantineReason.VALUE_NOT_IN_TEXT, f"{name}: {value!r} is not in the sentence"))
    if page.main_country:
        country = _country(page, "", span)
        if country:
            facts["country"] = country
    return Grounded(RecordType.REFORM, extraction_id, facts)


def _election(
    page: Page, people: People, extraction_id: str, draft: ElectionDraft, window: Window, refused: Refused
) -> Grounded:
    near = f"{draft.date} {draft.winner}"
    words = page.place(draft.election, window, near=near) or page.sentence_with(draft.election, window)
    if not words:
        raise Ungrounded(QuarantineReason.QUOTE_NOT_FOUND, f"{draft.election!r} does not stand in the passage")
    span = (words[0].start, words[-1].end)
    sentence = page.around(span, back=0)
    if not has_cue("vote", page.words(sentence), page.language):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, "the sentence has no word for a vote")
    facts = {"type": Fact(str(draft.type), words, Basis.INFERRED, page.words(span))}
    if draft.date and (date := _date(page, draft.date, span, "date", refused)):
        facts["date"] = date
    named: dict[str, Named] = {}
    if draft.winner:
        try:
            winner, mention, basis = _someone(page, people, draft.winner, span, window)
            facts["result.person_id"] = Fact(winner.name, mention, basis)
            named["result.person_id"] = winner
        except Ungrounded as absent:
            refused.append(Ungrounded(absent.reason, f"winner: {absent.detail}"))
    for name, value in (("result.vote_share_pct", draft.winner_share), ("turnout_pct", draft.turnout)):
        given = numbers(value)
        if not value:
            continue
        found = page.index.find(value, within=page.around(span, back=1, ahead=1))
        if found and len(given) == 1:
            facts[name] = Fact(str(given[0].value), found, original=value)
        else:
            refused.append(Ungrounded(QuarantineReason.VALUE_NOT_IN_TEXT, f"{name}: {value!r} is not near these words"))
    if has_cue("early", page.words(sentence), page.language) and not has_cue("early", "", page.language):
        facts["early"] = Fact("true", (Found(*sentence, Match.EXACT),), Basis.INFERRED)
    status = _election_status(page, facts)
    facts["status"] = Fact(str(status), words, Basis.CONTEXT)
    country = _country(page, draft.election, span)
    if country:
        facts["country"] = country
    modality = Modality.ASSERTED if status is ElectionStatus.HELD else Modality.PLANNED
    return Grounded(RecordType.ELECTION, extraction_id, facts, named, modality)


def _election_status(page: Page, facts: dict[str, Fact]) -> ElectionStatus:
    """Held, where somebody won it or its date lies before the publication; scheduled, where its date lies after."""
    if "result.person_id" in facts:
        return ElectionStatus.HELD
    if "date" not in facts:
        return ElectionStatus.PLANNED
    date, published = WorldDate.from_edtf(facts["date"].value, Basis.STATED), page.version.published
    if published.known and published.is_before(date):
        return ElectionStatus.SCHEDULED
    if published.known and date.is_before(published):
        return ElectionStatus.HELD
    return ElectionStatus.PLANNED if date.latest is None else ElectionStatus.HELD


def _statement(
    page: Page, people: People, extraction_id: str, draft: StatementDraft, window: Window, refused: Refused
) -> Grounded:
    said = page.place(draft.said, window)
    if not said:
        raise Ungrounded(QuarantineReason.QUOTE_NOT_FOUND, f"{draft.said[:60]!r}… does not stand in the passage")
    if len(draft.said.split()) < _SHORTEST_CHANGE:
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, "too few words to be a statement")
    span = (said[0].start, said[-1].end)
    reach = page.around(span, back=1, ahead=1)
    verb = page.index.find(draft.verb, near=span[0], within=reach)
    if not verb or not has_cue("say", draft.verb, page.language):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"{draft.verb!r} is no word for saying something here")
    named, mention, basis = _speaker(page, people, draft.speaker, span, window)
    form = _form(page, span)
    attribution = Attribution.EXPLICIT if basis is Basis.STATED else Attribution.PRONOUN
    facts = {
        "speaker_surface": Fact(draft.speaker, mention, basis),
        "text": Fact(page.words(span), said),
        "form": Fact(str(form), said, Basis.INFERRED),
        "attribution": Fact(str(attribution if named else Attribution.COLLECTIVE), mention, Basis.INFERRED),
    }
    if draft.date and (date := _date(page, draft.date, span, "date", refused)):
        facts["date"] = date
    for name, value in (("venue", draft.venue), ("addressee", draft.addressee)):
        found = page.index.find(value, within=reach) if value else ()
        if found:
            facts[name] = Fact(value, found)
        elif value:
            refused.append(Ungrounded(QuarantineReason.VALUE_NOT_IN_TEXT, f"{name}: {value!r} is not near these words"))
    return Grounded(RecordType.STATEMENT, extraction_id, facts, {"speaker_id": named} if named else {})


def _speaker(
    page: Page, people: People, surface: str, span: Span, window: Window
) -> tuple[Named | None, tuple[Found, ...], Basis]:
    """A person of the text, else a body that stands in the same words near what was said."""
    if people.who(surface):
        return _someone(page, people, surface, (span[0], page.around(span, ahead=1)[1]), window)
    found = page.index.find(surface, near=span[0], within=page.around(span, back=1, ahead=1))
    if not found:
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"{surface!r} is not named near these words")
    return None, found, Basis.STATED


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
