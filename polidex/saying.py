"""Whom, when and where some words of a text are about: the mention, the date and the country that stand with them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polidex.calendar_names import calendar_names
from polidex.cues import has_word, lists, of_any_state
from polidex.facts import Fact, Ungrounded
from polidex.named import Named, People
from polidex.numerals import numbers
from polidex.page import Page, Span
from polidex.quotes import Found
from polidex.tense import in_its_year
from polidex.when import parse_when
from polidex.windows import Window
from schema import WorldDate
from schema.vocabulary import Basis, Match, OfficeRole, QuarantineReason

Refused = list[Ungrounded]
"""Values that did not stand in the text, of a draft that is kept."""

_LONGEST_DATE = 5
"""Words of a date, at most: `October of the same year`."""
_WORD = re.compile(r"\w+")
_BEYOND_A_COUNTRY = {OfficeRole.IGO_OFFICIAL, OfficeRole.DIPLOMAT}


def someone(
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


def may_mean_somebody(page: Page, span: Span) -> bool:
    """Whether a sentence may speak of somebody named before: it has a pronoun, or its language has no list of them."""
    words = page.words(page.around(span, back=0)).split()
    listed = lists("pronoun", page.language)
    return not listed or any(has_word("pronoun", word, page.language) for word in words)


def date_of(
    page: Page, words: str, span: Span, name: str, refused: Refused, *, reaches: Sequence[Span] = ()
) -> Fact | None:
    """The date that some words of the text give, or None, with the reason added to `refused`.

    Args:
        reaches: where it may stand, the nearest first; the sentence of `span` and then the one before when empty. The
            date of something else is the commonest mistake of a small model.
    """
    reaches = reaches or (page.around(span, back=0), page.around(span, back=1))
    sentence = reaches[0]
    tried = (page.index.find(words, near=span[0], within=reach) for reach in reaches)
    places = next((place for place in tried if place), ())
    if not places and (reread := _date_words_at(page, words, sentence)):
        places, words = reread
    elif places and not numbers(words) and (own := _own_words(page, places[0].start, sentence)):
        # `October` of `October of the same year`: the year is in the words that the model left out.
        places, words = (Found(*own[0], places[0].match),), page.words(own[0])
    if not places:
        refused.append(
            Ungrounded(QuarantineReason.VALUE_NOT_IN_TEXT, f"{name}: {words!r} does not stand near these words")
        )
        return None
    found = _parsed(page, words, places[0].start)
    if found is None or found.edtf is None:
        refused.append(Ungrounded(QuarantineReason.UNRESOLVED, f"{name}: {words!r} is no date that can be told"))
        return None
    inside = all(sentence[0] <= place.start and place.end <= sentence[1] for place in places)
    basis = Basis.STATED if found.basis is Basis.STATED and inside else Basis.CONTEXT
    return Fact(found.edtf, places, basis, words)


def _parsed(page: Page, words: str, at: int) -> WorldDate | None:
    if (words, at) not in page.read_dates:
        page.read_dates[words, at] = _read_date(page, words, at)
    return page.read_dates[words, at]


def _read_date(page: Page, words: str, at: int) -> WorldDate | None:
    before, sentence = page.text[max(0, at - 400) : at], page.words(page.around((at, at + len(words)), back=0))
    published, language = page.version.published, page.language
    said = parse_when(words, before=before, sentence=sentence, published=published, language=language)
    return said or in_its_year(page, words, at)


def _date_words_at(page: Page, words: str, sentence: Span) -> tuple[tuple[Found, ...], str] | None:
    """The text's own words for a date that a model put in other words: `October 1999` of `October of the same year`.

    They begin where the first word of the model's that is no number stands. Where they give a year and the model meant
    another one, it is not put right but refused; where they point at a year (`the same year`), they decide which.
    """
    first = next((word for word in words.split() if word[:1].isalpha() and word[:1].isupper()), None)
    begun = page.index.find(first, within=sentence) if first else ()
    meant = _parsed(page, words, begun[0].start) if begun else None
    own = _own_words(page, begun[0].start, sentence) if meant else None
    if meant is None or own is None:
        return None
    span, said = own
    points = said.basis is Basis.CONTEXT and not any(character.isdigit() for character in page.words(span))
    if said.edtf != meant.edtf and not points:
        return None
    return (Found(*span, Match.FUZZY),), page.words(span)


def _own_words(page: Page, at: int, sentence: Span) -> tuple[Span, WorldDate] | None:
    """All words from `at` on that can belong to one date, and the date; no more words than it takes."""
    ends = [at + word.end() for word in _WORD.finditer(page.words((at, sentence[1])))][:_LONGEST_DATE]
    said = {end: found for end in ends if (found := _parsed(page, page.words((at, end)), at))}
    if not said:
        return None
    whole = said[max(said)]
    return (at, min(end for end in said if said[end].edtf == whole.edtf)), whole


def country_of(page: Page, span: Span, role: OfficeRole | None = None) -> Fact | None:
    """The country of what `span` names: said in it or right beside it, else in its sentence, else the document's.

    Args:
        role: of a title, which may be a guest's: its sentence may name only the country where he is. One beyond a
            country (`Secretary-General`, `envoy`) is of the country that its own words say, or of none.

    The country that the document names most is concluded only for what every state has, a `president` or an `election`,
    and rests on a mention of it. A name (`President of Gazprom`) or another country near by speaks against it.
    """
    sentence, main = page.around(span, back=0), page.main_country
    near = page.countries(sentence)
    beside = [each for each in near if span[0] <= each[0] and each[1] <= span[1]] or [
        each for each in near if _is_beside(page, span, each[:2])
    ]
    codes = {code for _, _, code in near}
    if not beside and role in _BEYOND_A_COUNTRY:
        return None
    if beside or (len(codes) == 1 and (role is None or main is None or main in codes)):
        start, end, code = (beside or near)[0]
        basis = Basis.STATED if beside else Basis.CONTEXT
        return Fact(code, (Found(start, end, Match.EXACT),), basis, page.text[start:end])
    if main is None or (codes and main not in codes):
        return None
    words = page.words(span)
    if any(span[0] == first for first, _ in page.sentences):
        words = words[:1].lower() + words[1:]
    names = calendar_names(page.language)
    # A month has its capital in every country.
    plain = " ".join(word for word in words.split() if not names.month(word.strip(",.")))
    if not of_any_state(plain, page.language):
        return None
    return Fact(main, (Found(*page.mention_of(main, span[0]), Match.EXACT),), Basis.INFERRED)


def _is_beside(page: Page, span: Span, country: Span) -> bool:
    """Whether a country stands right before a title (`French President`) or is its own (`President of Kenya`)."""
    if country[1] <= span[0]:
        return re.fullmatch(r"(?:['’]s?)?[\s-]*", page.text[country[1] : span[0]]) is not None
    between = page.text[span[1] : country[0]]
    kinds = ("small", "national")
    return re.fullmatch(r"[\w\s]*", between) is not None and all(
        any(has_word(kind, word, page.language) for kind in kinds) for word in between.split()
    )
