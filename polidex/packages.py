"""Packages and their measures: which reform of a document the words for a package mean, or that they are one more."""

from __future__ import annotations

from dataclasses import replace

from polidex.cues import has_cue, has_word
from polidex.facts import Fact, Grounded
from polidex.identity.linking import package_of
from polidex.page import Page
from polidex.spelling import words_of
from schema.vocabulary import Basis, LegalInstrument, RecordType, ReformArea

_SHORTEST_TITLE = 2
"""Words of a package that is told nowhere else: `the law` alone could be any."""
_CARRIED = ("current_status", "event.date", "event.decided_by", "legal_instrument", "country")
"""What a package shares with the measure that names it: they are adopted together, by the same act."""
_ACTS = (LegalInstrument.CONSTITUTIONAL_AMENDMENT, LegalInstrument.LAW, LegalInstrument.DECREE)


def with_packages(page: Page, grounded: list[Grounded]) -> list[Grounded]:
    """The drafts, in which `parent` of a reform is the title of another reform of the document, of the same country.

    Words for a package that mean no reform of the document become one, if they say what it is about. Words that could
    mean several, or the measure itself, or that the country speaks against, are left out.
    """
    drafts = list(grounded)
    countries = {_title(each): each.facts["country"] for each in drafts if _is_reform(each) and "country" in each.facts}
    for place, draft in enumerate(grounded):
        if not _is_reform(draft) or "parent" not in draft.facts:
            continue
        said, parent = draft.facts["parent"], _parent(page, draft, drafts)
        if parent is None and _names_a_reform(page, said):
            parent = said.value
            drafts.append(_made(draft))
        own, other = countries.get(_title(draft)), countries.get(parent or "")
        facts = {name: fact for name, fact in draft.facts.items() if name != "parent"}
        if parent is not None and (own is None or other is None or own.value == other.value):
            facts["parent"] = replace(said, value=parent)
            countries |= {parent: own} if own and not other else {}
        drafts[place] = replace(draft, facts=facts)
    return [_of_its_country(draft, countries) if _is_reform(draft) else draft for draft in drafts]


def _of_its_country(draft: Grounded, countries: dict[str, Fact]) -> Grounded:
    """A measure without a country has that of its package, a package that of its measures."""
    parent = draft.facts.get("parent")
    known = countries.get(_title(draft)) or (countries.get(parent.value) if parent else None)
    if known is None or "country" in draft.facts:
        return draft
    return replace(draft, facts={**draft.facts, "country": replace(known, basis=Basis.INFERRED)})


def _is_reform(draft: Grounded) -> bool:
    return draft.record_type is RecordType.REFORM


def _title(draft: Grounded) -> str:
    return draft.facts["title"].value


def _parent(page: Page, draft: Grounded, drafts: list[Grounded]) -> str | None:
    """The title that stands at the words for the package, else the only one that means the same."""
    said = draft.facts["parent"]
    others = [each for each in drafts if _is_reform(each) and _title(each) != _title(draft)]
    for other in others:
        title = other.facts["title"]
        if any(left.start < right.end and right.start < left.end for left in said.spans for right in title.spans):
            return _title(other)
    meant = package_of(said.value, page.language, {_title(each): _title(each) for each in others})
    return meant or _called(page, said, others)


def _called(page: Page, said: Fact, others: list[Grounded]) -> str | None:
    """The one reform told before whose title has the words: `the draft` after `a draft constitution`."""
    words = _own_words(page, said)
    before = [each for each in others if each.facts["title"].spans[0].start < said.spans[0].start]
    named = {_title(each) for each in before if words and words <= set(words_of(_title(each)))}
    return named.pop() if len(named) == 1 else None


def _own_words(page: Page, said: Fact) -> set[str]:
    return {word for word in words_of(said.value) if not has_word("article", word, page.language)}


def _names_a_reform(page: Page, words: Fact) -> bool:
    return len(_own_words(page, words)) >= _SHORTEST_TITLE and has_cue("reform", words.value, page.language)


def _made(draft: Grounded) -> Grounded:
    """A reform of the words for a package: as far as its measure, and of no area that the text would say."""
    words = draft.facts["parent"]
    facts = {"title": words, "area": Fact(str(ReformArea.OTHER), words.spans, Basis.INFERRED)}
    for name in _CARRIED:
        if name in draft.facts and not (name == "legal_instrument" and draft.facts[name].value not in _ACTS):
            facts[name] = replace(draft.facts[name], basis=Basis.INFERRED)
    return Grounded(RecordType.REFORM, draft.extraction_id, facts, modality=draft.modality)
