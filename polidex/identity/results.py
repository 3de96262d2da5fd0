"""The results of one vote out of several documents: each contestant once, and of shares that differ the likeliest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from schema import ElectionResult
from schema.records.rules import SHARES_TOGETHER_PCT

_TOLD = ("votes", "vote_share_pct", "seats", "won")


def fold_results(results: Iterable[ElectionResult]) -> tuple[ElectionResult, ...]:
    """The results of one vote, each contestant of a round once; the most votes first.

    Args:
        results: of all records of the vote, those of the newest document first.

    A result without a round is of the contestant's only round, if there is one. Of values that differ the one that the
    most records give is taken, then the most precise, then the newest. Shares that are more than the whole together
    cannot all be right: then those of the older records are left out.
    """
    groups: dict[tuple[str, int | None], list[ElectionResult]] = {}
    told = list(results)
    for result in sorted(told, key=lambda each: each.round is None):
        who = result.person_id or result.party_id or (result.option or "").casefold()
        rounds = [key for key in groups if key[0] == who]
        place = rounds[0] if result.round is None and len(rounds) == 1 else (who, result.round)
        groups.setdefault(place, []).append(result)
    newest = {id(result): number for number, result in enumerate(told)}
    ordered = [sorted(group, key=lambda each: newest[id(each)]) for group in groups.values()]
    folded = [_folded(group) for group in sorted(ordered, key=lambda group: newest[id(group[0])])]
    return tuple(sorted(_within_the_whole(folded), key=_rank))


def _folded(group: Sequence[ElectionResult]) -> ElectionResult:
    known = {name: _best([getattr(each, name) for each in group]) for name in _TOLD}
    rounds = [each.round for each in group if each.round is not None]
    return group[0].model_copy(update={**known, "round": rounds[0] if rounds else None})


def _best(values: Sequence[Any]) -> Any:
    said = Counter(value for value in values if value is not None)
    if not said:
        return None
    return min(said, key=lambda value: (-said[value], -_decimals(value), values.index(value)))


def _decimals(value: float) -> int:
    return len(f"{value:g}".partition(".")[2])


def _within_the_whole(folded: list[ElectionResult]) -> Iterable[ElectionResult]:
    """The groups stand in the order of the newest record of each: what no longer fits is older."""
    given: dict[int, float] = defaultdict(float)
    for result in folded:
        share = result.vote_share_pct or 0
        number = result.round or 1
        if given[number] + share > SHARES_TOGETHER_PCT:
            yield result.model_copy(update={"vote_share_pct": None})
            continue
        given[number] += share
        yield result


def _rank(result: ElectionResult) -> tuple[int, float, float, str]:
    return result.round or 0, -(result.votes or 0), -(result.vote_share_pct or 0), result.id
