"""Where a text tells of a spell in office: the sentence, the post, and the holder named in it or meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from extractors.offices import TenureDraft
from polidex.cues import find_cue, has_cue, has_word, is_listed, lists, names_office
from polidex.facts import Ungrounded
from polidex.named import Mention, Named, People
from polidex.page import Page, Span
from polidex.quotes import Found
from polidex.saying import may_mean_somebody
from polidex.subjects import mentions
from polidex.values import missing
from polidex.windows import Window
from schema.vocabulary import Basis, Match, QuarantineReason

_SUCCESSION_CHARS = 40
"""Characters between a word for succession and the name that belongs to it, at most."""


class Order(Enum):
    """Whom a sentence about a succession makes of somebody: `she replaced him`, `succeeded by her`."""

    FORMER = auto()
    NEXT = auto()


@dataclass(frozen=True)
class Spell:
    """Where a text tells of one spell.

    Attributes:
        sentence: the one that says who held the post, or when.
        office: where the post stands; in an earlier sentence where this one only speaks of `the post`.
        mention: where the holder is named; on the basis `stated` in the sentence, else on `context`.
    """

    sentence: Span
    office: tuple[Found, ...]
    mention: tuple[Found, ...]
    basis: Basis
    order: Order | None = None


def is_post_word(office: str, language: str | None) -> bool:
    """Whether words name no post but point to one that was named: `the post`, `office`."""
    words = office.split()
    return bool(words) and has_word("post", words[-1], language)


def spell_of(page: Page, people: People, named: Named, draft: TenureDraft, window: Window, *, is_main: bool) -> Spell:
    """The sentence that says most of a spell: its dates, its holder, its post.

    Args:
        is_main: whether the document is about this person, whom then any of its pronouns may mean.

    Raises:
        Ungrounded: the post does not stand in the window, or nobody of that name near it.
    """
    places = _own_places(page, draft.office, window)
    if not places:
        raise Ungrounded(QuarantineReason.QUOTE_NOT_FOUND, f"the office {draft.office!r} is not in the passage")
    told = [(page.around((place[0].start, place[-1].end), back=0), place) for place in places]
    if draft.start or draft.end:
        told += _told_later(page, people, named, places, window)
    sentence, office = max(told, key=lambda each: _worth(page, named, draft, *each))
    inside = [place for place in named.places if sentence[0] <= place[0] < sentence[1]]
    if inside and not _is_pronouns(page, sentence, office[0], inside):
        nearest = min(inside, key=lambda place: abs(place[0] - office[0].start))
        return Spell(sentence, office, (Found(*nearest, Match.EXACT),), Basis.STATED, order_of(page, nearest))
    if inside:
        given = page.words((sentence[0], office[0].start)).split()[-1]
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"{draft.office!r} is that of {given!r}")
    first = min(window.before[0], window.start, page.around(sentence)[0])
    earlier = [place for place in named.places if (is_main or first <= place[0]) and place[1] <= sentence[0]]
    if not earlier:
        raise Ungrounded(QuarantineReason.SUBJECT_NOT_IN_TEXT, f"{draft.person!r} is not named near these words")
    return Spell(sentence, office, (Found(*max(earlier), Match.EXACT),), Basis.CONTEXT)


def _own_places(page: Page, office: str, window: Window) -> list[tuple[Found, ...]]:
    """Where a window has the words of a post; those that are a part of a higher or lower one's only without others."""
    within = (window.before[0], window.end)
    places = page.places(office, within)
    whole = [place for place in places if not has_rank(page, place.start)]
    found: list[tuple[Found, ...]] = [(place,) for place in whole or places]
    return found or [place for place in (page.place(office, window), page.sentence_with(office, window)) if place][:1]


def has_rank(page: Page, start: int) -> bool:
    """Whether the word before an offset is a rank that belongs to a title: `deputy`."""
    before = page.text[max(0, start - 40) : start].rstrip(" -").split()[-1:]
    return bool(before) and is_listed(page.language) and has_cue("rank", before[0], page.language)


def _told_later(
    page: Page, people: People, named: Named, places: list[tuple[Found, ...]], window: Window
) -> Iterator[tuple[Span, tuple[Found, ...]]]:
    """Sentences after the post is named that speak of it again without its name: `succeeded her and held the post`."""
    if not lists("post", page.language):
        return
    for sentence in page.sentences_in((places[0][-1].end, window.end)):
        before = [place for place in places if place[-1].end <= sentence[0]]
        if not before or not has_cue("held_again", page.words(sentence), page.language):
            continue
        if any(_takes_part(page, each) for each in mentions(page, people, sentence) if each.named is named):
            yield sentence, before[-1]


def _takes_part(page: Page, mention: Mention) -> bool:
    """Whether a sentence about a post may be about who is mentioned: not where it only gives him something."""
    after = page.text[mention.end : mention.end + 10].strip(" ,").split()[:1]
    goes_on = bool(after) and has_word("relative", after[0], page.language)
    order = order_of(page, (mention.start, mention.end))
    if order is Order.FORMER:
        # `she became prime minister when she replaced him`: the post is that of the sentence.
        before = page.words((page.around((mention.start, mention.end), back=0)[0], mention.start))
        return not any(names_office(word, page.language) for word in before.split())
    return not mention.is_object or goes_on or order is Order.NEXT


def _worth(
    page: Page, named: Named, draft: TenureDraft, sentence: Span, office: tuple[Found, ...]
) -> tuple[bool, int, int, bool, bool, int]:
    inside = [place for place in named.places if sentence[0] <= place[0] < sentence[1]]
    is_theirs = bool(inside) and not _is_pronouns(page, sentence, office[0], inside)
    former = is_theirs and bool(draft.start) and all(order_of(page, place) is Order.FORMER for place in inside)
    start = [page.index.find(draft.start, within=sentence)] if draft.start else []
    there = [words for words in (draft.start, draft.end) if words and _says(page, sentence, words)]
    holder = 2 - former if is_theirs else int(may_mean_somebody(page, sentence))
    follows = bool(start and start[0]) and start[0][0].end <= office[0].start
    is_direct = sentence[0] <= office[0].start < sentence[1]
    begins = bool(draft.start) and draft.start in there
    return bool(there) and holder > 0, holder, 2 * len(there) + begins, follows, is_direct, -sentence[0]


def _says(page: Page, sentence: Span, words: str) -> bool:
    return bool(page.index.find(words, within=sentence)) or (
        any(character.isdigit() for character in words)
        and not missing(words, page.words(sentence), language=page.language)
    )


def _is_pronouns(page: Page, sentence: Span, office: Found, inside: list[Span]) -> bool:
    """Whether a title is that of a pronoun before it, and nobody's who is named before that: `Moro made him mayor`."""
    before = page.text[sentence[0] : office.start].split()[-1:]
    return (
        bool(before)
        and has_word("pronoun_of_another", before[0], page.language)
        and all(place[0] < office.start for place in inside)
    )


def said_again(page: Page, spell: Spell, span: Span) -> tuple[Found, ...]:
    """The words by which the sentence of a spell speaks of a post that is named in another: `held the post`."""
    if spell.sentence[0] <= span[0] < spell.sentence[1]:
        return ()
    found = find_cue("held_again", page.words(spell.sentence), page.language)
    start = spell.sentence[0]
    return (Found(start + found[0], start + found[1], Match.EXACT),) if found else ()


def is_told_here(spell: Spell) -> bool:
    """Whether the sentence of a spell has the name of the post itself."""
    return spell.sentence[0] <= spell.office[0].start < spell.sentence[1]


def is_given(page: Page, spell: Spell) -> bool:
    """Whether the post was named as one that somebody gave: `Moro made him mayor`."""
    sentence = page.around((spell.office[0].start, spell.office[0].end), back=0)
    before = page.text[sentence[0] : spell.office[0].start].split()[-1:]
    return bool(before) and has_word("pronoun_of_another", before[0], page.language)


def order_of(page: Page, mention: Span) -> Order | None:
    """Whether a sentence names somebody as the one before or after in a post; None where it says neither."""
    if not lists("succeed", page.language):
        return None
    sentence = page.around(mention, back=0)
    before = page.text[max(sentence[0], mention[0] - _SUCCESSION_CHARS) : mention[0]]
    words = before.split()
    for number in range(len(words) - 1, -1, -1):
        if has_cue("succeed", words[number], page.language) and words[number].islower():
            between = words[number + 1 :]
            if any(has_word("passive", word, page.language) for word in between):
                return Order.NEXT
            # `replaced the former minister Ben Ito`: small words and a title may stand between, no clause.
            return None if any(word[-1:] in ",;:" for word in (words[number], *between)) else Order.FORMER
    return None


def named_last(people: People, before: int) -> Named | None:
    """Who is named last before an offset."""
    places = [(place, number) for number, each in enumerate(people) for place in each.places if place[1] <= before]
    return list(people)[max(places)[1]] if places else None
