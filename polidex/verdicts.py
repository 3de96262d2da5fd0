"""What reviewers decided, laid upon what was read: the rejected does not come back, the corrected stays corrected.

A decision is kept by content: what was claimed, of whom, from which sentence. So it holds for another model, another
prompt and a reprint, and says nothing of the same value in other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from polidex.facts import Fact, Grounded, Refusal
from polidex.folding import bare, fold
from polidex.named import Named
from polidex.numerals import spelt_numbers
from polidex.page import Page
from polidex.spelling import words_of
from schema import WorldDate, stable_id
from schema.vocabulary import Basis, QuarantineReason, RecordType, Verdict

_SUBJECTS = ("person_id", "name", "speaker_id")
_NEEDED: Mapping[RecordType, frozenset[str]] = {
    RecordType.PERSON: frozenset({"name"}),
    RecordType.TENURE: frozenset({"person_id", "office", "role"}),
    RecordType.REFORM: frozenset({"title", "area", "current_status"}),
    RecordType.ELECTION: frozenset({"type", "status"}),
    RecordType.STATEMENT: frozenset({"text", "speaker_surface", "form", "attribution"}),
}
"""Facts without which nothing is left of a record."""
_APART: Mapping[RecordType, tuple[str, ...]] = {
    RecordType.TENURE: ("role",),
    RecordType.REFORM: ("measure.value_old", "measure.value_new"),
    RecordType.ELECTION: ("type", "date"),
}
"""Facts that tell two things of one sentence apart, however a model words them: who was minister and then president."""
_UNKNOWN = {(RecordType.TENURE, "status"): "unknown"}


@dataclass(frozen=True)
class Decided:
    """A reviewer's word on one content, and who gave it when."""

    verdict: Verdict
    value: str | None
    by: str


Verdicts = Mapping[str, Decided]
"""Content key -> what was decided last."""


def verdicts(rows: Iterable[Mapping[str, Any]]) -> dict[str, Decided]:
    """The last word on each content, from rows of `review_decision` in the order of their time."""
    return {
        row["content_key"]: Decided(
            Verdict(row["verdict"]), row["corrected_value"], f"{row['decided_by']} on {row['decided_at']:%Y-%m-%d}"
        )
        for row in rows
    }


def judged(page: Page, grounded: Iterable[Grounded], decided: Verdicts) -> tuple[list[Grounded], list[Refusal]]:
    """The drafts with the key of what each fact claims, without what reviewers rejected, with what they corrected."""
    kept: list[Grounded] = []
    refused: list[Refusal] = []
    grounded = list(grounded)
    nobody = {id(named): said for named in _named_in(grounded) if (said := _rejected(page, named, decided))}
    for draft in grounded:
        facts: dict[str, Fact] = {}
        without: list[str] = []
        for name, fact in draft.facts.items():
            key = content_key(page, draft, name, fact)
            said = nobody.get(id(draft.people.get(name))) or decided.get(key)
            if said and said.verdict is Verdict.REJECTED:
                refused.append(_refusal(draft, name, fact, said))
                without.append(name)
                if default := _UNKNOWN.get((draft.record_type, name)):
                    facts[name] = Fact(default, fact.spans, Basis.INFERRED, fact.original)
            elif said and said.verdict is Verdict.CORRECTED and said.value is not None and _fits(fact, said.value):
                original = fact.original or fact.value
                facts[name] = replace(fact, value=said.value, basis=Basis.EXTERNAL, original=original, content_key=key)
            else:
                facts[name] = replace(fact, content_key=key)
        if not _NEEDED[draft.record_type].intersection(without):
            people = {
                name: named
                for name, named in draft.people.items()
                if id(named) not in nobody and (name in facts or name == "speaker_id")
            }
            kept.append(replace(draft, facts=facts, people=people))
    return kept, refused


def _fits(fact: Fact, value: str) -> bool:
    """Whether a corrected value is a date where the text's is one."""
    return not _is_date(fact.value) or _is_date(value)


def _is_date(value: str) -> bool:
    try:
        WorldDate.from_edtf(value, Basis.EXTERNAL)
    except ValueError:
        return False
    return True


def content_key(page: Page, draft: Grounded, name: str, fact: Fact) -> str:
    """The key of what a fact claims, of whom, from which sentence: the same in every reading of these words."""
    about = next((draft.people[each] for each in _SUBJECTS if each in draft.people), None)
    named = draft.people.get(name)
    # A name is spelt in several ways in one text; which of them a model took must not matter.
    value = _called(named) if named else fact.value
    first = fact.spans[0]
    apart = (draft.facts[each].value for each in _APART.get(draft.record_type, ()) if each in draft.facts)
    return stable_id(
        "content",
        draft.record_type,
        _called(about) if about else "",
        name,
        value,
        page.plain_sentence((first.start, first.end)),
        *(_worth(page, each) for each in apart),
    )


def _named_in(grounded: Iterable[Grounded]) -> list[Named]:
    return list({id(named): named for draft in grounded for named in draft.people.values()}.values())


def _rejected(page: Page, named: Named, decided: Verdicts) -> Decided | None:
    """The word of a reviewer that this is nobody, in whichever of the sentences that name the person it was given."""
    who = _called(named)
    for place in named.places if decided else ():
        said = decided.get(stable_id("content", RecordType.PERSON, who, "name", who, page.plain_sentence(place)))
        if said and said.verdict is Verdict.REJECTED:
            return said
    return None


def _called(named: Named) -> str:
    return " ".join(words_of(named.name))


def _worth(page: Page, value: str) -> str:
    """A value by its number, if it has one: which of the words around it a model took must not matter."""
    found = spelt_numbers(value, page.language)
    return str(found[0].value.normalize()) if len(found) == 1 else " ".join(bare(fold(value).text).split())


def _refusal(draft: Grounded, name: str, fact: Fact, said: Decided) -> Refusal:
    return Refusal(
        draft.record_type,
        draft.extraction_id,
        f"{name}: {fact.value}",
        QuarantineReason.RULE_VIOLATED,
        "rejected by a reviewer",
    )
