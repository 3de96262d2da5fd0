"""Who won a vote: the party or the option that its sentence says it of, and whose the share of the vote is."""

from __future__ import annotations

from extractors.elections import ElectionDraft
from polidex.countries import is_territory
from polidex.cues import find_cues
from polidex.facts import Fact, Ungrounded
from polidex.numerals import numbers
from polidex.page import Page, Span
from polidex.quotes import Found
from schema.vocabulary import ElectionType, QuarantineReason

_HALF = 50
"""Per cent; who has more has won."""


def is_majority(draft: ElectionDraft) -> bool:
    """Whether the share that a draft gives for the winner is more than half, which is to win."""
    given = numbers(draft.winner_share)
    return len(given) == 1 and _HALF < given[0].value <= 2 * _HALF


def contestant(page: Page, draft: ElectionDraft, kind: str, span: Span) -> dict[str, Fact]:
    """The party or, of a referendum, the option that won: with more than half, or as the subject of a word for winning.

    Raises Ungrounded where it does not stand in the sentence, or nothing there says that it won.
    """
    sentence = page.around(span, back=0)
    found = page.index.find(draft.winner, near=span[0], within=sentence)
    if not found:
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"{draft.winner!r} is not in the sentence of the vote")
    wins = find_cues("win", page.words(sentence), page.language)
    if not any(found[-1].end <= sentence[0] + start for start, _ in wins) and (wins or not is_majority(draft)):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"nothing says that {draft.winner!r} won")
    if is_majority(draft) and not wins:
        refuse_others_share(page, draft, found[0], sentence)
    if kind == ElectionType.REFERENDUM:
        return {"result.option": Fact(draft.winner, found)}
    if is_territory(draft.winner, page.language) or draft.winner.islower():
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"{draft.winner!r} is neither a person nor a party")
    return {"result.party_id": Fact(draft.winner, found)}


def refuse_others_share(page: Page, draft: ElectionDraft, place: Found, sentence: Span) -> None:
    """Raises Ungrounded where another share of the sentence stands nearer to a contestant than the given one."""
    found = page.index.find(draft.winner_share, near=place.start, within=sentence)
    if not (found and sentence[0] <= place.start < sentence[1]):
        return
    own = _gap(place, found[0].start, found[-1].end)
    unit = draft.winner_share.split()[-1]
    for number in numbers(page.words(sentence)):
        start, end = sentence[0] + number.start, sentence[0] + number.end
        apart = end <= found[0].start or start >= found[-1].end
        behind = page.text[end : end + len(unit) + 1]
        is_share = behind.strip().startswith(unit) or behind[:1] == unit[-1:]
        if apart and is_share and _gap(place, start, end) < own:
            raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"{draft.winner_share!r} is the share of another")


def _gap(place: Found, start: int, end: int) -> int:
    return max(start - place.end, place.start - end)
