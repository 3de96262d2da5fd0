"""Hold every draft against the text: what stands there is a grounded fact, what does not is refused with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.elections import ElectionDraft
from extractors.extractor import Draft, InvalidItem
from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from extractors.statements import StatementDraft
from polidex.cues import role_of
from polidex.drafts import Extraction, Item
from polidex.facts import Outcome, Refusal, Ungrounded
from polidex.grounding import ground_draft
from polidex.merging import joined
from polidex.named import People
from polidex.packages import with_packages
from polidex.page import Page
from polidex.spells import is_post_word
from schema.vocabulary import QuarantineReason


def ground(page: Page, extractions: Iterable[Extraction]) -> Outcome:
    """Ground all drafts of one document. Pure: the same text and replies always give the same outcome."""
    outcome = Outcome()
    extractions = list(extractions)
    people = People(page.text, page.version.reading_spans, page.language)
    items = [(extraction, item) for extraction in extractions for item in extraction.items]
    problems = people.learn(*_names((item.draft for _, item in items), page.language))
    page.dated = tuple(dict.fromkeys(_dated(item.draft for _, item in items)))
    # Of what a post was that is only called `the post`, the others tell.
    items.sort(key=lambda each: _points(each[1].draft, page.language))
    seen: set[tuple[str, Item]] = set()
    for extraction, item in items:
        kind = extraction.extractor.record_type
        if isinstance(item.draft, InvalidItem):
            invalid = item.draft
            outcome.refused.append(
                Refusal(kind, extraction.id, invalid.payload, QuarantineReason.INVALID_ITEM, invalid.reason)
            )
            continue
        values_refused: list[Ungrounded] = []
        try:
            if (extraction.id, item) in seen:
                raise Ungrounded(QuarantineReason.DUPLICATE, "the same was said of the same passage before")
            seen.add((extraction.id, item))
            for grounded in ground_draft(page, people, extraction.id, item, problems, values_refused, outcome.grounded):
                told = replace(grounded, doubted=bool(values_refused))
                outcome.grounded = joined(outcome.grounded, told)
        except Ungrounded as refused:
            values_refused.append(refused)
        payload = item.draft.model_dump_json(exclude_defaults=True)
        outcome.refused += [
            Refusal(kind, extraction.id, payload, refused.reason, refused.detail) for refused in values_refused
        ]
    outcome.grounded = with_packages(page, outcome.grounded)
    outcome.people = list(people)
    return outcome


def _points(draft: Draft | InvalidItem, language: str | None) -> bool:
    return isinstance(draft, TenureDraft) and is_post_word(draft.office, language)


def _names(drafts: Iterable[Draft | InvalidItem], language: str | None) -> tuple[list[str], set[str], list[str]]:
    """What a model gave as names of people, as those who held an office or spoke, and as speakers and winners."""
    found: list[str] = []
    acting: set[str] = set()
    short: list[str] = []
    for draft in drafts:
        match draft:
            case PersonDraft():
                found.append(draft.name)
                acting |= {draft.name} if draft.office and role_of(draft.office, language) else set()
            case TenureDraft():
                found.append(draft.person)
                acting.add(draft.person)
            case StatementDraft():
                acting.add(draft.speaker)
                short.append(draft.speaker)
            case ElectionDraft():
                short.append(draft.winner)
    return [name for name in found if name], acting, [name for name in short if name]


def _dated(drafts: Iterable[Draft | InvalidItem]) -> Iterator[tuple[str, str]]:
    """The titles and the votes to which a draft gives a date, with the words for it."""
    for draft in drafts:
        if isinstance(draft, TenureDraft) and draft.office and (draft.start or draft.end):
            yield draft.office, f"{draft.start} {draft.end}"
        elif isinstance(draft, ElectionDraft) and draft.election and draft.date:
            yield draft.election, draft.date
