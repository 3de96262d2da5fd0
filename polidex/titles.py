"""The rules by which the post of a spell in office is held against the text: its words, its name, whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.offices import TenureDraft
from polidex.beside import is_main, other_meant, spell_beside
from polidex.countries import countries, is_territory
from polidex.cues import has_cue, has_word, is_listed, paired_cue, role_of
from polidex.facts import Fact, Grounded, Ungrounded
from polidex.holders import anothers_title, is_made, owner, relative_holder
from polidex.identity.offices import role_in
from polidex.identity.organizations import classification_of
from polidex.named import Named, People
from polidex.page import Page
from polidex.quotes import Found
from polidex.saying import Refused, country_of, may_mean_somebody
from polidex.spell_dates import dates_of
from polidex.spells import Order, Spell, has_rank, is_post_word, said_again, spell_of
from polidex.standing import acting_words, status_of
from polidex.windows import Window
from schema.vocabulary import Basis, Modality, OfficeRole, OrganizationKind, QuarantineReason, RecordType, TenureStatus

_NUMBER = re.compile(r" \d{1,3}\b(?![.,:]\d)")
_ONE_HOLDER = {OfficeRole.HEAD_OF_STATE, OfficeRole.HEAD_OF_GOVERNMENT}


def ground_tenure(
    page: Page,
    people: People,
    extraction_id: str,
    draft: TenureDraft,
    window: Window,
    refused: Refused,
    earlier: Sequence[Grounded] = (),
) -> Grounded:
    """Ground one spell in office.

    Args:
        earlier: what the document is known to say, in which a post is looked for that is only called `the post`.
    """
    points = is_post_word(draft.office, page.language)
    named = people.who(draft.person)
    if named is None:
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"{draft.person!r} is no person of this text")
    dated = bool(draft.start or draft.end)
    spell = spell_of(page, people, named, draft, window, is_main=is_main(page, people, named))
    if not dated:
        spell = spell_beside(page, people, named, draft, spell, window)
    elif spell.basis is not Basis.STATED and not may_mean_somebody(page, spell.sentence):
        raise Ungrounded(
            QuarantineReason.SUBJECT_NOT_IN_TEXT, f"its sentence has neither {draft.person!r} nor he or she"
        )
    place = (spell.office[0].start, spell.office[-1].end)
    # `A decree of Ben Ito made her judge`: she is whom an earlier sentence names.
    told_before = dated and spell.basis is not Basis.STATED and not is_made(page, place)
    if told_before and (other := other_meant(page, people, named, spell.sentence)):
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"its sentence is about {other.name!r}")
    told_here = spell.sentence[0] <= place[0] < spell.sentence[1] and not points
    if dated and told_here:
        whose = relative_holder(page, people, place)
        problem = f"it is {whose.name!r} who held it" if whose not in (None, named) else None
        main = people.about(page.version.title or "")
        problem = problem or anothers_title(page, people, named, spell.basis, place, main)
        if problem:
            raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"{draft.office!r} is not of {draft.person!r}: {problem}")
    post = _post_before(named, people, spell, earlier) if points else _post(page, people, draft, spell)
    role = OfficeRole(post["role"].value)
    span = (post["office"].spans[0].start, post["office"].spans[-1].end)
    of_post = replace(post["office"], spans=(*post["office"].spans, *said_again(page, spell, span)))
    facts = {"person_id": Fact(named.name, spell.mention, spell.basis), "office": of_post}
    facts |= dates_of(page, people, draft, named, spell, span, refused)
    undated = not ("start" in facts or "end" in facts)
    told_whole = spell.basis is Basis.STATED and told_here and spell.order is not Order.FORMER
    if dated and undated and not (told_whole and owner(page, people, place) is named):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, "neither the holder nor a date stands with the office")
    facts |= _beside_facts(page, draft, spell, refused) | {
        name: fact for name, fact in post.items() if name in ("organization", "country")
    }
    status = status_of(page, people, named, facts, spell, draft.office, span)
    if status is TenureStatus.CURRENT and dated and undated:
        # It was dated, wrongly: it may be long past.
        status = TenureStatus.UNKNOWN
    known = Basis.CONTEXT if status is not TenureStatus.UNKNOWN else Basis.UNKNOWN
    facts["status"] = Fact(str(status), post["office"].spans, known)
    facts["role"] = post["role"]
    if acting := acting_words(page, span):
        facts["acting"] = Fact("true", acting, Basis.STATED)
    if "country" not in facts and (country := country_of(page, span, role)):
        facts["country"] = country
    modality = Modality.PLANNED if status is TenureStatus.PLANNED else Modality.ASSERTED
    return Grounded(RecordType.TENURE, extraction_id, facts, {"person_id": named}, modality)


def _post(page: Page, people: People, draft: TenureDraft, spell: Spell) -> dict[str, Fact]:
    """The name of a post and what its holder does, as its words say, or a verb: `led the Labour Party`."""
    title, office = _whole_title(page, draft.office, spell.office)
    body = draft.organization if _near(page, draft.organization, spell) else ""
    held = _of_verb(page, title, body, spell)
    title = held or title
    role = role_of(title, page.language) or (OfficeRole.OTHER if held else None)
    if held and classification_of(held.partition(" ")[2], page.language) is OrganizationKind.MINISTRY:
        role = OfficeRole.MINISTER
    if not held and (verb := paired_cue("holds", title, page.language)) and not verb[0][0]:
        role = None
    if role is None or is_territory(title, page.language) or people.who(title):
        raise Ungrounded(QuarantineReason.RULE_VIOLATED, f"{title!r} is not the name of an office")
    role = role_in(title, page.language, role)
    if role is OfficeRole.HEAD_OF_STATE and _is_of_a_body(page, title, body):
        role = OfficeRole.CHAIR
    if role in (OfficeRole.CHAIR, OfficeRole.OTHER, OfficeRole.MAYOR_OR_GOVERNOR) and body and len(title.split()) == 1:
        # `its president`, of the body that the sentence before names.
        title = f"{title} of {_with_article(page, body)}"
    original = page.words((office[0].start, office[-1].end)) if len(office) == 1 else draft.office
    name = Fact(title, office, original=None if original == title else draft.office)
    return {"office": name, "role": Fact(str(role), office, Basis.INFERRED)}


def _post_before(named: Named, people: People, spell: Spell, earlier: Sequence[Grounded]) -> dict[str, Fact]:
    """The post that `the post` means: the last that the text gave this person before, else whom the sentence names."""
    before = [
        draft
        for draft in earlier
        if draft.record_type is RecordType.TENURE and draft.facts["office"].spans[0].start < spell.sentence[1]
    ]
    here = [
        each
        for each in people
        if any(spell.sentence[0] <= place[0] < spell.sentence[1] for place in each.places) and each is not named
    ]
    own = [draft for draft in before if draft.people["person_id"] is named]
    others = [
        draft
        for draft in before
        if any(draft.people["person_id"] is each for each in here)
        or any(spell.sentence[0] <= found.start < spell.sentence[1] for found in draft.facts["office"].spans)
    ]
    if not (own or others):
        raise Ungrounded(QuarantineReason.UNRESOLVED, f"nothing says which post {named.name!r} held")
    last = max(own or others, key=lambda draft: draft.facts["office"].spans[0].start)
    return {name: last.facts[name] for name in ("office", "role", "country", "organization") if name in last.facts}


def _of_verb(page: Page, words: str, body: str, spell: Spell) -> str | None:
    """The name of a post that a verb says: `led the Labour Party`, `sat in parliament`; `headed` with its body."""
    paired = paired_cue("holds", words, page.language)
    if paired is None or paired[0][0]:
        if role_of(words, page.language):
            return None
        sits = paired_cue("holds", page.words(spell.sentence), page.language, ending="member of")
        is_house = has_cue("legislature", words, page.language) and is_listed(page.language)
        return f"member of {words}" if sits and is_house else None
    (_, end), noun = paired
    rest = words[end:].strip(" ,.")
    if not rest:
        rest = _with_article(page, body) if body else ""
    parts = rest.split()
    of_body = any(has_word("body", word, page.language) for word in parts) or any(
        word[:1].isupper() for word in parts if not has_word("article", word, page.language)
    )
    return f"{noun} {rest}" if rest and of_body else None


def _with_article(page: Page, body: str) -> str:
    """A body as it stands after `of`: with its article, where the text mostly gives it one."""
    before = [page.text[: place.start].split()[-1:] for place in page.places(body, (0, len(page.text)))]
    articles = [word[0].lower() for word in before if word and has_word("article", word[0], page.language)]
    return f"{articles[0]} {body}" if 2 * len(articles) > len(before) else body


def _is_of_a_body(page: Page, title: str, body: str) -> bool:
    """Whether a president is that of a party, a chamber or a court, and not of a country."""
    words = title.split()
    rest = next(
        (" ".join(words[at + 1 :]) for at, word in enumerate(words) if has_word("small", word, page.language)), ""
    )
    said = rest or body
    if not said or countries(said, page.language):
        return False
    plain = [word for word in said.split() if not has_word("article", word, page.language)]
    if any(has_word("realm", word, page.language) for word in plain):
        return False
    return bool(body) or len(plain) < len(said.split()) or all(word.isupper() for word in plain)


def _near(page: Page, words: str, spell: Spell) -> tuple[Found, ...]:
    """Where words stand in the sentences around a spell, or around the name of its post."""
    if not words:
        return ()
    office = (spell.office[0].start, spell.office[-1].end)
    reach = page.around(spell.sentence, back=1, ahead=1)
    return page.index.find(words, near=office[0], within=reach) or page.index.find(
        words, within=page.around(office, back=1, ahead=1)
    )


def _beside_facts(page: Page, draft: TenureDraft, spell: Spell, refused: Refused) -> dict[str, Fact]:
    """What else is said of the spell in the sentences around it: the organization, and why it ended."""
    facts: dict[str, Fact] = {}
    for name, words in (("organization", draft.organization), ("end_cause", draft.end_cause)):
        if found := _near(page, words, spell):
            facts[name] = Fact(words, found)
        elif words:
            absent = f"{name}: {words!r} does not stand near these words"
            refused.append(Ungrounded(QuarantineReason.VALUE_NOT_IN_TEXT, absent))
    return facts


def _whole_title(page: Page, title: str, office: tuple[Found, ...]) -> tuple[str, tuple[Found, ...]]:
    """The title with the rank before it and the number after it, which are part of it.

    Who was `deputy prime minister` was no prime minister, and who leads a party `List 12` leads no `List`. The words
    `former`, `elect`, `its` and, of a post that one person holds, `third` are no part of it.
    """
    if len(office) != 1 or office[0].end - office[0].start != len(title):
        return title, office
    if number := _NUMBER.match(page.text, office[0].end):
        title, office = title + number.group(), (Found(office[0].start, number.end(), office[0].match),)
    first, _, rest = title.partition(" ")
    while rest and is_listed(page.language) and _is_no_part(page, first, rest):
        # That the spell has ended is its status, not part of the name of the post.
        title, office = rest, (Found(office[0].end - len(rest), office[0].end, office[0].match),)
        first, _, rest = title.partition(" ")
    plain = re.split(r"[\s-]+(?=\w+$)", title)
    if len(plain) > 1 and has_word("elect", plain[1], page.language):
        # Nor is it that the spell has not begun: `president-elect`.
        title = plain[0]
        office = (Found(office[0].start, office[0].start + len(title), office[0].match),)
    if not has_rank(page, office[0].start):
        return title, office
    before = page.text[: office[0].start].rstrip(" -")
    start = len(before) - len(before[max(0, len(before) - 40) :].split()[-1])
    return page.words((start, office[0].end)), (Found(start, office[0].end, office[0].match),)


def _is_no_part(page: Page, first: str, rest: str) -> bool:
    if has_cue("former", f"{first} ", page.language) or any(
        has_word(kind, first, page.language) for kind in ("possessive", "elect")
    ):
        return True
    return has_word("order", first, page.language) and role_of(rest, page.language) in _ONE_HOLDER
