"""Cluster mentions of one kind: from what is judged of each two of them, who is one thing and who stays apart.

The method is agglomerative clustering with cannot-links (the constraint is that of Wagstaff et al., "Constrained
K-means Clustering with Background Knowledge", 2001): sure pairs first, the surest before the others, and never across a
pair that cannot be one. Then pairs that only hold while nothing else fits as well. The outcome depends on the set of
mentions alone, never on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from polidex.identity.judged import Judged, Profile
from schema.vocabulary import Judgement

Judge = Callable[[Any, Any], Judged | None]
"""Takes two profiles of one kind."""
SAID_BY_A_PERSON = "said_by_a_person"
SAME_IN_ALL = "same_in_all"


@dataclass(frozen=True)
class Join:
    """Why a mention is in its cluster: the mention that it was joined to, the rule, and how alike the two are."""

    to: str
    method: str
    score: float


@dataclass(frozen=True)
class Doubt:
    """Two mentions, each for its cluster, that may be one thing: a person is to say."""

    left: str
    right: str
    method: str
    score: float


@dataclass
class Cluster:
    """Mentions of one thing, the earliest published first: that one gives the thing its key."""

    members: list[Profile]
    joins: dict[str, Join] = field(default_factory=dict)


@dataclass(frozen=True)
class Clustering:
    """The clusters, in the order of their first mentions, and the pairs of them that nobody could decide."""

    clusters: list[Cluster]
    doubts: list[Doubt]


def cluster(profiles: Iterable[Profile], judge: Judge, apart: Iterable[tuple[str, str]] = ()) -> Clustering:
    """Cluster profiles of one kind.

    Args:
        apart: pairs of mentions that a person has said are two things: one that was split off, and one that stayed.
            They outrank every rule.
    """
    apart = list(apart)
    split = {left for left, _ in apart}
    nodes = _nodes(profiles, judge, split)
    first = [node[0] for node in nodes]
    judged = {pair: said for pair in candidates(first) if (said := _judged(nodes[pair[0]], nodes[pair[1]], judge))}
    place = {profile.mention_id: number for number, node in enumerate(nodes) for profile in node}
    for left, right in apart:
        if left in place and right in place and place[left] != place[right]:
            pair = (min(place[left], place[right]), max(place[left], place[right]))
            judged[pair] = Judged(Judgement.NEGATIVE, SAID_BY_A_PERSON, 1.0)
    found = Clustering([], [])
    for numbers, within in _components(len(nodes), judged):
        work = _Work(numbers, first, within, {place[each] for each in split if each in place})
        work.join_surely()
        work.join_weakly()
        for group in work.groups():
            members = sorted((profile for number in group for profile in nodes[number]), key=order)
            joins = {first[number].mention_id: work.joins[number] for number in group if number in work.joins}
            for number in group:
                copies = nodes[number][1:]
                joins |= {copy.mention_id: Join(first[number].mention_id, SAME_IN_ALL, 1.0) for copy in copies}
            found.clusters.append(Cluster(members, joins))
        found.doubts.extend(work.doubts())
    found.clusters.sort(key=lambda each: order(each.members[0]))
    return found


def _judged(one: Sequence[Profile], other: Sequence[Profile], judge: Judge) -> Judged | None:
    """What is judged of those that say the same: of the first two, or of two that do not stand in one document."""
    said = judge(one[0], other[0])
    if said or one[0].document_id != other[0].document_id:
        return said
    beside = next(((one[0], each) for each in other[1:]), None) or next(((each, other[0]) for each in one[1:]), None)
    return judge(*beside) if beside else None


Pairs = dict[tuple[int, int], Judged]
Fitting = dict[int, dict[int, tuple[int, int]]]
"""For each cluster those that a weak pair may join it to, with the likest pair."""


def _components(count: int, judged: Pairs) -> Iterator[tuple[list[int], Pairs]]:
    """The parts of the whole that no judged pair connects, with their pairs: each is clustered by itself."""
    root = list(range(count))

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    for left, right in judged:
        one, other = sorted((find(left), find(right)))
        root[other] = one
    numbers: dict[int, list[int]] = defaultdict(list)
    pairs: dict[int, Pairs] = defaultdict(dict)
    for number in range(count):
        numbers[find(number)].append(number)
    for pair, said in judged.items():
        pairs[find(pair[0])][pair] = said
    for one in sorted(numbers):
        yield numbers[one], pairs[one]


def order(profile: Profile) -> tuple[date, str, str]:
    """Places a mention by its document: the earliest published first, then those without a date."""
    return profile.published or date.max, profile.document_id, profile.mention_id


def candidates(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """The pairs of which one looks for a block of the other, by their places in `profiles`, each once."""
    by_block: dict[str, list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        for block in profile.blocks():
            by_block[block].append(number)
    found = {
        (min(left, right), max(left, right))
        for left, profile in enumerate(profiles)
        for block in profile.looks_for()
        for right in by_block.get(block, ())
        if right != left
    }
    yield from sorted(found)


def content(profile: Profile) -> str:
    """All that a profile says but for where: two mentions with one content need not be compared twice."""
    year = str(profile.published.year) if profile.published else ""
    return year + profile.model_dump_json(exclude={"mention_id", "document_id", "published"})


def _nodes(profiles: Iterable[Profile], judge: Judge, split: Collection[str]) -> list[list[Profile]]:
    """The profiles in order; those that say the same in one year, and are surely one thing, together.

    A head of state is named in thousands of articles by the same name and title; that is one comparison, not millions.
    """
    nodes: list[list[Profile]] = []
    alike: dict[str, list[Profile]] = {}
    for profile in sorted(profiles, key=order):
        said = content(profile)
        node = alike.get(said)
        if node and node[-1].document_id != profile.document_id and profile.mention_id not in split:
            judged = judge(node[0], profile)
            if judged and judged.judgement is Judgement.POSITIVE:
                # Where it is weak, a third thing that fits as well fits all that say the same.
                node.append(profile)
                continue
        nodes.append([profile])
        if profile.mention_id not in split:
            alike[said] = nodes[-1]
    return nodes


class _Work:
    """The clusters as they grow. Nodes are numbers, in the order of their mentions."""

    def __init__(self, numbers: list[int], profiles: list[Profile], judged: Pairs, split: set[int]) -> None:
        self._profiles = profiles
        self._positive = {pair: said for pair, said in judged.items() if said.judgement is Judgement.POSITIVE}
        self._unsure = {pair: said for pair, said in judged.items() if said.judgement is Judgement.UNSURE}
        self._never: dict[int, set[int]] = defaultdict(set)
        self._split = split
        for pair, said in judged.items():
            if said.judgement is Judgement.NEGATIVE:
                self._forbid(*pair)
        self.joins: dict[int, Join] = {}
        self._group = {number: number for number in numbers}
        self._members = {number: [number] for number in numbers}
        self._left_open: Pairs = {}

    def join_surely(self) -> None:
        """Join by the sure pairs, the most alike first; mentions that a person split off only after all others."""
        sure = [(pair, said) for pair, said in self._positive.items() if not said.weak]
        sure.sort(key=lambda each: (bool(self._split & {*each[0]}), -each[1].score, each[0]))
        for (left, right), said in sure:
            self._join(left, right, said)

    def join_weakly(self) -> None:
        """Join the vaguer cluster to the fuller one where only one fits, or where all that fit are one themselves."""
        fitting = self._fitting()
        open_now = {root: self._detail(root) for root in fitting}
        waiting = set(fitting)
        while waiting:
            one = min(waiting, key=lambda root: (open_now[root], root))
            waiting.discard(one)
            best = self._only_fit(one, fitting, open_now)
            if best is None:
                continue
            self._join(*fitting[one][best], self._positive[fitting[one][best]])
            kept, gone = sorted((one, best))
            # What fitted either of the two may now fit less, or more clearly: it is looked at again.
            waiting |= fitting[kept].keys() | fitting[gone].keys() | {kept}
            waiting.discard(gone)
            self._carry_over(kept, gone, fitting)
            open_now[kept] = self._detail(kept)
        self._left_open = {pair: self._positive[pair] for found in fitting.values() for pair in found.values()}

    def groups(self) -> list[list[int]]:
        return [sorted(self._members[root]) for root in sorted(set(self._group.values()))]

    def doubts(self) -> Iterator[Doubt]:
        """The pairs of clusters that were left open, each once, with the likest of their pairs."""
        open_pairs = {**self._unsure, **self._left_open}
        best: dict[tuple[int, int], tuple[float, tuple[int, int], Judged]] = {}
        for (left, right), said in open_pairs.items():
            one, other = sorted((self._group[left], self._group[right]))
            if one == other or self._is_forbidden(one, other):
                continue
            found = (said.score, (left, right), said)
            if (one, other) not in best or (-found[0], found[1]) < (-best[one, other][0], best[one, other][1]):
                best[one, other] = found
        for one, other in sorted(best):
            _, (left, right), said = best[one, other]
            yield Doubt(self._profiles[left].mention_id, self._profiles[right].mention_id, said.method, said.score)

    def _only_fit(self, one: int, fitting: Fitting, detail: Mapping[int, int]) -> int | None:
        """The cluster that this one is to join, if it can be told."""
        fits = {other: pair for other, pair in fitting[one].items() if detail[other] >= detail[one]}
        if not fits:
            return None
        best = min(fits, key=lambda other: (-self._positive[fits[other]].score, other))
        if not all(other == best or other in fitting[best] for other in fits):
            return None
        return best if detail[best] > detail[one] or self._is_only_fit(best, one, fitting) else None

    def _carry_over(self, kept: int, gone: int, fitting: Fitting) -> None:
        """After a join, let what fitted the cluster that is gone fit the one that it became, if nothing forbids it."""
        for other, pair in fitting.pop(gone).items():
            fitting[other].pop(gone, None)
            known = fitting[kept].get(other)
            if other != kept and (known is None or self._worth(pair) < self._worth(known)):
                fitting[kept][other] = fitting[other][kept] = pair
        for other in [other for other in fitting[kept] if other == gone or self._is_forbidden(kept, other)]:
            del fitting[kept][other]
            if other != gone:
                del fitting[other][kept]

    def _worth(self, pair: tuple[int, int]) -> tuple[float, tuple[int, int]]:
        return -self._positive[pair].score, pair

    @staticmethod
    def _is_only_fit(best: int, one: int, fitting: Fitting) -> bool:
        """Whether all that fits the other fits this one too: else which of them is meant cannot be told."""
        return all(other == one or other in fitting[one] for other in fitting[best])

    def _fitting(self) -> Fitting:
        found: Fitting = defaultdict(dict)
        for pair in self._positive:
            one, other = self._group[pair[0]], self._group[pair[1]]
            if one == other or self._is_forbidden(one, other):
                continue
            known = found[one].get(other)
            if known is None or self._worth(pair) < self._worth(known):
                found[one][other] = found[other][one] = pair
        return found

    def _detail(self, root: int) -> int:
        return max(self._profiles[number].detail() for number in self._members[root])

    def _join(self, left: int, right: int, said: Judged) -> None:
        one, other = sorted((self._group[left], self._group[right]))
        if one == other or self._is_forbidden(one, other):
            return
        # The reason is written at the later cluster's first mention: it is what came to the earlier one.
        near, far = (left, right) if self._group[left] == one else (right, left)
        self._turn(far)
        self.joins[far] = Join(self._profiles[near].mention_id, said.method, said.score)
        for number in self._members[other]:
            self._group[number] = one
        self._members[one] += self._members.pop(other)
        self._never[one] |= self._never[other]

    def _turn(self, number: int) -> None:
        """Make a mention the one of its cluster that has no reason yet, by turning the reasons on the way round."""
        place = {self._profiles[member].mention_id: member for member in self._members[self._group[number]]}
        join = self.joins.pop(number, None)
        while join:
            following = place[join.to]
            turned = Join(self._profiles[number].mention_id, join.method, join.score)
            join = self.joins.pop(following, None)
            self.joins[following] = turned
            number = following

    def _forbid(self, left: int, right: int) -> None:
        self._never[left].add(right)
        self._never[right].add(left)

    def _is_forbidden(self, one: int, other: int) -> bool:
        return any(number in self._never[one] for number in self._members[other])
