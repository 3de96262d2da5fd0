"""Whether words of a text tell of the past or of what is to come, and the year of a month that this gives."""

from __future__ import annotations

from polidex.attachment import dates_in
from polidex.cues import has_cue, lists
from polidex.date_tokens import Kind, tokens
from polidex.page import Page, Span
from polidex.when import parse_when
from schema import WorldDate
from schema.vocabulary import Basis

_CHARS_BEFORE = 45
"""Characters before a date that say whether it is over: `which took place in`."""
_YEARS = (-1, 0, 1)
_MONTH = 7
"""Characters of an EDTF date with a month."""


def is_ahead(page: Page, span: Span) -> bool:
    """Whether the words right before or after a span speak of what is to come."""
    low, high = page.around(span, back=0)
    near = page.words((max(low, span[0] - _CHARS_BEFORE), min(high, span[1] + _CHARS_BEFORE)))
    return lists("ahead", page.language) and has_cue("ahead", near, page.language)


def in_its_year(page: Page, words: str, at: int) -> WorldDate | None:
    """A month without a year: the last one where its sentence tells of the past, the next one where of what comes.

    Counted from the publication; where that is not known, from the last day or month that the text tells as past, since
    it was written after that. None for words that are more than a month and a day, and where the sentence does not say.
    """
    found = tokens(words, page.language)
    if any(each.kind is not Kind.DATE for each in found) or not any(each.part.month for each in found):
        return None
    sentence = page.around((at, at + 1), back=0)
    before = page.words((max(sentence[0], at - _CHARS_BEFORE), at))
    over, ahead = (lists(kind, page.language) and has_cue(kind, before, page.language) for kind in ("over", "ahead"))
    reference = page.version.published if page.version.published.known else last_told(page)
    if over == ahead or reference.earliest is None or reference.latest is None:
        return None
    read = (parse_when(words, before=str(reference.latest.year + step), language=page.language) for step in _YEARS)
    dates = [date for date in read if date and date.edtf and date.earliest and date.latest]
    if over:
        past = [date for date in dates if date.earliest and date.earliest <= reference.latest]
        return past[-1] if past else None
    return next((date for date in dates if date.latest and date.latest >= reference.earliest), None)


def last_told(page: Page) -> WorldDate:
    """The last month or day that the text gives with its year, but for what it says is to come; unknown if none."""
    last = WorldDate.unknown()
    for span in page.version.reading_spans:
        for start, end in dates_in(page, span):
            date = _whole(page, (start, end))
            if (
                date
                and date.latest
                and not is_ahead(page, (start, end))
                and (not last.latest or date.latest > last.latest)
            ):
                last = date
    return last


def _whole(page: Page, span: Span) -> WorldDate | None:
    """A date with a year and a month, as it stands; a day may stand before the name of its month."""
    low = max(page.around(span, back=0)[0], span[0] - 3)
    for start in (low, span[0]):
        date = parse_when(page.words((start, span[1])), language=page.language)
        if date and date.edtf and date.basis is Basis.STATED and len(date.edtf) >= _MONTH:
            return date if "/" not in date.edtf else None
    return None
