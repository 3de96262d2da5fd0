"""How reforms and votes hang together: which reform is part of which, and which referendum decided one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from polidex.identity.reform_words import compare, wording_of
from schema import Election, ReformEvent, WorldDate
from schema.vocabulary import DateRelation, DecidedBy, ElectionStatus, ElectionType, ReformStatus

SAME_TITLE = 0.75
"""Least likeness of the words for a package and the title of the reform that is meant."""


def package_of(words: str, language: str | None, titles: Mapping[str, str]) -> str | None:
    """The reform of one document that the words for a package mean; None where none or several fit as well.

    Args:
        titles: of the reforms of the document, by id.
    """
    package = wording_of(words, language)
    likeness = {
        key: 1.0
        if title.casefold() == words.casefold()
        else compare(package, wording_of(title, language), one_language=True).alike
        for key, title in titles.items()
    }
    fitting = [key for key, alike in likeness.items() if alike >= SAME_TITLE]
    best = [key for key in fitting if likeness[key] == max(likeness[each] for each in fitting)]
    return best[0] if len(best) == 1 else None


def referendum_of(
    event: ReformEvent,
    country: str | None,
    steps: Sequence[ReformEvent],
    elections: Iterable[Election],
    published: date | None,
) -> str | None:
    """The id of the referendum that decided a step of a reform; None where none is known, or several could be.

    Args:
        event: the step. A step that somebody else decided has no referendum.
        country: of the reform; a referendum of another country, or of none that is known, does not count.
        steps: all steps of the reform.
        elections: votes as they are in the tables.
        published: the last day on which the document that tells the step can have been published.

    It is the one whose date agrees with the date of the step; for a step without a date the only one that was held
    after the step before and before the document.
    """
    if event.decided_by is not DecidedBy.REFERENDUM or country is None:
        return None
    votes = [
        each
        for each in elections
        if each.type is ElectionType.REFERENDUM
        and each.country == country
        and each.date.known
        and each.status is not ElectionStatus.CANCELLED
    ]
    if event.date.known:
        fitting = [each for each in votes if each.date.relation(event.date) is not DateRelation.DISJOINT]
        exact = [each for each in fitting if each.date.relation(event.date) is DateRelation.EQUAL]
        return _only(exact) or _only(fitting)
    since = _last_day_before(event, steps)
    if published is None:
        return None
    return _only(
        [each for each in votes if _held_by(each.date, published) and (since is None or not _is_past(each.date, since))]
    )


def _last_day_before(event: ReformEvent, steps: Sequence[ReformEvent]) -> date | None:
    """The first day of the last step, with a date, that comes before this one."""
    order = list(ReformStatus)
    before = [step.date.earliest for step in steps if order.index(step.status) < order.index(event.status)]
    return max((day for day in before if day), default=None)


def _held_by(when: WorldDate, day: date) -> bool:
    return when.earliest is not None and when.earliest <= day


def _is_past(when: WorldDate, day: date) -> bool:
    return when.latest is not None and when.latest < day


def _only(votes: list[Election]) -> str | None:
    return votes[0].id if len(votes) == 1 else None
