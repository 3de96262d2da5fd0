"""The rules by which a vote is held against the text: its words, its date, who won it, with what share."""

from __future__ import annotations

from extractors.elections import ElectionDraft
from polidex.attachment import is_anothers
from polidex.contestants import contestant, is_majority, refuse_others_share
from polidex.cues import find_cue, find_cues, has_cue, has_word, lists, vote_of
from polidex.date_tokens import Kind, tokens
from polidex.facts import Fact, Grounded, Ungrounded
from polidex.named import Named, People
from polidex.numerals import numbers
from polidex.page import Page, Span
from polidex.quotes import Found
from polidex.saying import Refused, country_of, date_of, may_mean_somebody, someone
from polidex.subjects import actor, loses, means, mentions
from polidex.tense import is_ahead
from polidex.windows import Window
from schema import WorldDate
from schema.vocabulary import Basis, ElectionStatus, Match, Modality, QuarantineReason, RecordType

_MONTH_DAYS = 31
_EARLY_CHARS = 15
"""Characters before the words for a vote in which a word for `early` is of the vote."""
_PEOPLE = (("winner", "result.person_id", "win"), ("called_by", "called_by_id", "call"))
"""Fields of a draft that name somebody, the fact that each gives, and the kind of word that says it."""


def ground_election(
    page: Page, people: People, extraction_id: str, draft: ElectionDraft, window: Window, refused: Refused
) -> Grounded:
    near = f"{draft.date} {draft.winner}"
    words = page.place(draft.election, window, near=near) or page.sentence_with(draft.election, window)
    if not words:
        raise Ungrounded(QuarantineReason.QUOTE_NOT_FOUND, f"{draft.election!r} does not stand in the passage")
    span = (words[0].start, words[-1].end)
    sentence = page.around(span, back=0)
    if not _speaks_of_a_vote(page, draft.election, sentence):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, "the sentence has no word for a vote")
    named_type = vote_of(draft.election, page.language)
    basis = Basis.STATED if named_type else Basis.INFERRED
    facts = {"type": Fact(str(named_type or draft.type), words, basis, page.words(span))}
    if date := _date(page, draft, span, sentence, refused):
        facts["date"] = date
    named: dict[str, Named] = {}
    for field, fact, kind in _PEOPLE:
        surface: str = getattr(draft, field)
        if not surface:
            continue
        try:
            if kind == "win" and people.who(surface) is None:
                facts |= contestant(page, draft, facts["type"].value, span)
                continue
            majority = kind == "win" and is_majority(draft)
            named[fact], facts[fact] = _somebody(page, people, surface, span, window, kind, majority=majority)
            if majority:
                refuse_others_share(page, draft, facts[fact].spans[0], sentence)
        except Ungrounded as absent:
            refused.append(Ungrounded(absent.reason, f"{field}: {absent.detail}"))
            facts.pop(fact, None)
            named.pop(fact, None)
    facts |= _shares(page, draft, span, window, any(name.startswith("result.") for name in facts), refused)
    if early := _early(page, span, sentence):
        facts["early"] = early
    status = _election_status(page, facts, span)
    facts["status"] = Fact(str(status), words, Basis.CONTEXT)
    if country := country_of(page, span):
        facts["country"] = country
    modality = Modality.ASSERTED if status is ElectionStatus.HELD else Modality.PLANNED
    return Grounded(RecordType.ELECTION, extraction_id, facts, named, modality)


def _date(page: Page, draft: ElectionDraft, span: Span, sentence: Span, refused: Refused) -> Fact | None:
    """The date of a vote, unless it is that of another vote in the same sentence."""
    date = date_of(page, draft.date, span, "date", refused) if draft.date else None
    if date is None:
        return None
    place = (date.spans[0].start, date.spans[-1].end)
    here = sentence[0] <= place[0] < sentence[1]
    if here and is_anothers(page, place, span, page.dated_in(sentence)):
        refused.append(Ungrounded(QuarantineReason.RULE_VIOLATED, f"date: {draft.date!r} is that of another"))
        return None
    return date


def _speaks_of_a_vote(page: Page, words: str, sentence: Span) -> bool:
    """Whether a sentence has a word for a vote, or `one` in its stead after a sentence that has: `the binding one`."""
    if has_cue("vote", page.words(sentence), page.language):
        return True
    before = page.words((page.around(sentence, back=1)[0], sentence[0]))
    return has_word("same_vote", words.rsplit(maxsplit=1)[-1], page.language) and has_cue("vote", before, page.language)


def _somebody(
    page: Page, people: People, surface: str, span: Span, window: Window, kind: str, *, majority: bool
) -> tuple[Named, Fact]:
    """Who won or called a vote. Raises Ungrounded where no word says that anybody did, or the words say who else.

    Args:
        majority: whether the share that is given for the winner is more than half of the vote, which is to win.
    """
    sentence = page.around(span, back=0)
    if kind == "win" and not majority and not has_cue(kind, page.words(sentence), page.language):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"nothing says that {surface!r} won")
    named, mention, basis = someone(page, people, surface, span, window)
    if kind == "win" and basis is not Basis.STATED and not may_mean_somebody(page, span):
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"the sentence does not name {surface!r}")
    if kind == "win" and basis is not Basis.STATED:
        pronoun = next((each for each in mentions(page, people, sentence) if each.named is None), None)
        if not means(page, people, pronoun, named):
            raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, "the sentence means somebody else")
    told = [
        who
        for start, end in find_cues(kind, page.words(sentence), page.language)
        if (who := actor(page, people, (sentence[0] + start, sentence[0] + end)))
    ]
    if told and not any(means(page, people, who, named) for who in told):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, "the sentence says it of somebody else")
    pronouns = [each for each in mentions(page, people, sentence) if each.named is None]
    if kind == "win" and basis is not Basis.STATED and pronouns:
        told = [each for each in pronouns if means(page, people, each, named)]
        if not told:
            raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"it is not {surface!r} whom the sentence means")
    if kind == "win" and loses(page, mention[0]):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"the sentence says that {surface!r} lost")
    return named, Fact(named.name, mention, basis)


def _shares(
    page: Page, draft: ElectionDraft, span: Span, window: Window, has_winner: bool, refused: Refused
) -> dict[str, Fact]:
    """The share of the winner and the turnout, where they stand near the words for the vote and can be shares.

    A turnout may stand further on in the passage, in a sentence that speaks of turnout.
    """
    facts: dict[str, Fact] = {}
    for name, value in (("result.vote_share_pct", draft.winner_share), ("turnout_pct", draft.turnout)):
        if not value:
            continue
        found, given = page.index.find(value, within=page.around(span, back=1, ahead=1)), numbers(value)
        if not found and name == "turnout_pct":
            later = page.index.find(value, within=(span[1], max(span[1], window.end)))
            told = page.words(page.around((later[0].start, later[0].end), back=0)) if later else ""
            found = later if lists("turnout", page.language) and has_cue("turnout", told, page.language) else ()
        if not found or len(given) != 1:
            problem = Ungrounded(QuarantineReason.VALUE_NOT_IN_TEXT, f"{name}: {value!r} is not near these words")
        elif not 0 <= given[0].value <= 100:  # noqa: PLR2004 - per cent
            problem = Ungrounded(QuarantineReason.RULE_VIOLATED, f"{name}: {value!r} is no share")
        elif name == "result.vote_share_pct" and not has_winner:
            problem = Ungrounded(QuarantineReason.UNRESOLVED, f"{name}: {value!r} is nobody's")
        else:
            facts[name] = Fact(str(given[0].value), found, original=value)
            continue
        refused.append(problem)
    return facts


def _election_status(page: Page, facts: dict[str, Fact], span: Span) -> ElectionStatus:
    """Held, where it was won or its date lies before the publication; else scheduled for a day or month, planned for
    a year.

    Where the publication is not known, the sentence says whether it is to come.
    """
    if any(name.startswith("result.") for name in facts):
        return ElectionStatus.HELD
    if "date" not in facts:
        return ElectionStatus.PLANNED
    date, published = WorldDate.from_edtf(facts["date"].value, Basis.STATED), page.version.published
    if published.known and published.is_before(date):
        is_set = date.earliest and date.latest and (date.latest - date.earliest).days < _MONTH_DAYS
        return ElectionStatus.SCHEDULED if is_set else ElectionStatus.PLANNED
    if published.known and date.is_before(published):
        return ElectionStatus.HELD
    if date.latest is None:
        return ElectionStatus.PLANNED
    return ElectionStatus.SCHEDULED if not published.known and is_ahead(page, span) else ElectionStatus.HELD


def _early(page: Page, span: Span, sentence: Span) -> Fact | None:
    """That a vote is held before its time, where its own words say so: `in early March` is only of its date."""
    start = max(sentence[0], span[0] - _EARLY_CHARS)
    cue = find_cue("early", page.words((start, span[1])), page.language)
    if cue is None:
        return None
    place = (start + cue[0], start + cue[1])
    cut_off = place[0] == start and start > 0 and page.text[start - 1].isalnum()
    dated = any(
        each.kind in (Kind.DATE, Kind.NUMBER) for each in tokens(page.words((place[1], span[0])), page.language)
    )
    return None if cut_off or dated else Fact("true", (Found(*place, Match.EXACT),), Basis.INFERRED)
