"""Who does what a sentence says: the name or pronoun that is the subject of a verb or title, and whom a pronoun means.

Rules of word order, for languages whose pronouns are listed in cues.json; for the others nobody is told, and what asks
must let a draft pass.
"""

from __future__ import annotations

import re

from polidex.cues import has_cue, has_word, is_title_word, lists, names_office
from polidex.named import Mention, Named, People
from polidex.page import Page, Span
from polidex.quotes import Found

_SENTENCES_BACK = 6
"""How far back a pronoun's sentence is followed: news goes on with `he` for a paragraph or two."""
_LONGEST_TITLE = 20
"""Words between a preposition or a verb and the name that it belongs to, at most: a title may be long."""
_LOSS_CHARS = 40
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\"")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_OPENING, _CLOSING = "“«„", '”»"'


def knows_subjects(page: Page) -> bool:
    """Whether the subjects of the page's language can be told."""
    return lists("subject", page.language)


def mentions(page: Page, people: People, span: Span, leaving_out: tuple[Span, ...] = ()) -> list[Mention]:
    """Who is mentioned in a span of the text, in order; what is quoted or left out does not count."""
    asked = span, leaving_out
    if asked not in people.mentioned:
        people.mentioned[asked] = tuple(_mentions(page, people, span, leaving_out))
    return list(people.mentioned[asked])


def _mentions(page: Page, people: People, span: Span, leaving_out: tuple[Span, ...]) -> list[Mention]:
    hidden = [*leaving_out, *((span[0] + each.start(), span[0] + each.end()) for each in _quoted(page, span))]
    found: list[Mention] = []
    for named in people:
        for start, end in (*named.places, *_surnames(page, people, named, span)):
            if span[0] <= start and end <= span[1]:
                found.append(Mention(start, end, named, _after_preposition(page, start, span[0])))
    for start, end, word in page.names(span):
        if has_word("subject", word, page.language):
            found.append(Mention(start, end, None, False))
    shown = [each for each in found if not any(low <= each.start < high for low, high in hidden)]
    return sorted(_longest(shown), key=lambda each: each.start)


def subject_before(page: Page, people: People, at: int, leaving_out: tuple[Span, ...] = ()) -> Mention | None:
    """The nearest mention before `at`, in its sentence, that can be a subject; for `who` the name that it follows."""
    sentence = page.around((at, at + 1), back=0)
    before = [each for each in mentions(page, people, sentence, leaving_out) if each.end <= at]
    for number in range(len(before) - 1, -1, -1):
        each = before[number]
        if each.named is None and number and has_word("relative", page.text[each.start : each.end], page.language):
            return before[number - 1]
        if not each.is_object:
            return each
    return None


def actor(page: Page, people: People, verb: Span, leaving_out: tuple[Span, ...] = ()) -> Mention | None:
    """Who does what a verb says: `said by Moro`, `”, said Moro`, else the subject before it; None where none is told.

    Args:
        leaving_out: words in which nobody is looked for, as what was said.
    """
    sentence = page.around(verb, back=0)
    after = [each for each in mentions(page, people, (verb[1], max(verb[1], sentence[1])), leaving_out) if each.named]
    ahead = _WORD.search(page.text, verb[1], sentence[1])
    passive = ahead is not None and has_word("points_to", ahead.group(), page.language)
    if passive and ahead is not None and after and _is_title(page, ahead.end(), after[0].start):
        return after[0]
    before_verb = page.text[: verb[0]].rstrip()[-1:]
    inverted = before_verb in (*_CLOSING, ",") and after and _is_title(page, verb[1], after[0].start)
    if inverted:
        return after[0]
    subject = subject_before(page, people, verb[0], leaving_out)
    if subject is None and after and _is_title(page, verb[1], after[0].start):
        return after[0]
    return subject


def means(page: Page, people: People, mention: Mention | None, named: Named) -> bool:
    """Whether a mention can be this person; true where nothing tells whom it means."""
    if mention is None or not knows_subjects(page):
        return True
    if mention.named:
        return mention.named is named
    whom = antecedent(page, people, mention.start)
    return whom is None or whom is named


def antecedent(page: Page, people: People, at: int) -> Named | None:
    """Whom a pronoun at `at` means: the subject of its own sentence before it, else of the nearest one that names one.

    A sentence whose subject is a pronoun goes on about the same person. None where no sentence tells.
    """
    own = page.around((at, at + 1), back=0)
    for each in mentions(page, people, own):
        if each.start >= at:
            break
        if not each.is_object and each.named:
            return each.named
        if not each.is_object:
            break
    end = own[0]
    for _ in range(_SENTENCES_BACK):
        earlier = [span for span in page.sentences if span[1] <= end]
        if not earlier:
            return None
        sentence = earlier[-1]
        end = sentence[0]
        found = mentions(page, people, sentence)
        subjects = [each for each in found if not each.is_object]
        if subjects and subjects[0].named:
            return subjects[0].named
        if found and not subjects and all(each.named is found[0].named for each in found):
            # `The biography of Ada Moro is long. She …`: nobody else is there.
            return found[0].named
    return None


def _quoted(page: Page, span: Span) -> list[re.Match[str]]:
    return list(_QUOTED.finditer(page.text, span[0], span[1])) if span[0] < span[1] else []


def _surnames(page: Page, people: People, named: Named, span: Span) -> list[Span]:
    """Where the last word of a full name stands, which the text may use though no draft gave it."""
    surname = people.surname(named)
    if surname is None:
        return []
    return [(start, end) for start, end, word in page.names(span) if word.partition("’")[0] == surname]


def _longest(found: list[Mention]) -> list[Mention]:
    """Without those that lie in a longer one: `Moro` in `Ada Moro`."""
    return [
        each
        for each in found
        if not any(
            other.start <= each.start and each.end <= other.end and other.end - other.start > each.end - each.start
            for other in found
        )
    ]


def _after_preposition(page: Page, at: int, start: int) -> bool:
    """Whether the words before a name, but for its title, end in a preposition: `of the former president, Ada Moro`."""
    between: list[str] = []
    for word in reversed(_WORD.findall(page.text[max(start, at - 200) : at])[-_LONGEST_TITLE:]):
        if has_word("preposition", word, page.language):
            # `In Nairobi Ada Moro`: what stands between is no title of hers.
            return not between or any(names_office(each, page.language) for each in between)
        if not is_title_word(word, page.language):
            return False
        between.append(word)
    return False


def _is_title(page: Page, start: int, end: int) -> bool:
    """Whether between a verb and a name there is nothing but a title: `said the prime minister of Kenya, Ada Moro`."""
    between = _WORD.findall(page.text[start:end])
    return len(between) <= _LONGEST_TITLE and all(
        is_title_word(word, page.language) or has_word("points_to", word, page.language) for word in between
    )


def loses(page: Page, mention: Mention | Found) -> bool:
    """Whether the words before a name say that somebody else beat its bearer, or those after it that he lost."""
    sentence = page.around((mention.start, mention.end), back=0)
    before = page.text[max(sentence[0], mention.start - _LOSS_CHARS) : mention.start]
    after = page.text[mention.end : min(sentence[1], mention.end + _LOSS_CHARS)]
    nearest = before.split()[-2:]
    passive = bool(nearest) and has_word("agent", nearest[-1], page.language)
    behind = not passive and any(has_cue("beaten", word, page.language) for word in nearest)
    follows = re.match(r"\W*(?:\w+\W+)?(\w+)", after)
    # A language without a list tells of no loser.
    known = lists("beaten", page.language) and lists("lost", page.language)
    return known and bool(behind or (follows and has_cue("lost", follows.group(), page.language)))
