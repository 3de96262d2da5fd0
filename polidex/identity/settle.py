"""Settle who is who after a document was read, looking only where its mentions may have been met before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from polidex.identity.clusters import Cluster, Clustering, cluster, content, order
from polidex.identity.judged import Judged, Profile
from polidex.identity.keys import MENTION, compared, named_in, profile_of
from polidex.identity.kinds import KINDS
from polidex.identity.wishes import Wishes
from polidex.load import Key
from polidex.publish import Store
from schema import stable_id
from schema.vocabulary import Judge, Judgement, RecordType

Row = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """A mention as a document gives it: what it calls the thing, and what it says that tells it from others.

    `profile` refers to other mentions of the document, not to rows.
    """

    record_type: RecordType
    label: str
    profile: Profile


@dataclass
class Settled:
    """What changes when mentions come, go or change.

    Attributes:
        rows, delete: for `Store.load`.
        canonical: the row of every mention that was looked at; None where nobody is known by it.
        moved: the mentions that are another row's now, with the row that they were before; None of new ones.
    """

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    delete: dict[str, list[Key]] = field(default_factory=lambda: defaultdict(list))
    canonical: dict[str, str | None] = field(default_factory=dict)
    moved: dict[str, str | None] = field(default_factory=dict)


def settle(store: Store, told: Iterable[Told], gone: Collection[str], *, at: datetime) -> Settled:
    """Decide anew whose mention is whose, for all mentions that the told and the gone ones can concern.

    Args:
        told: the mentions that are new or say something new.
        gone: keys of mentions that no reading gives any more.
        at: when this is decided.

    The outcome does not depend on the order in which documents came: what the mentions concern is clustered from
    scratch, and the key of a cluster is made from its earliest published mention. A key that is gone redirects.
    """
    settled = Settled()
    stored = {each["id"]: each for each in store.rows("resolve/mentions_by_id", ids=sorted(gone))} if gone else {}
    by_kind: dict[RecordType, list[Told]] = defaultdict(list)
    for each in told:
        by_kind[each.record_type].append(each)
    wishes = Wishes(store)
    for kind in KINDS:
        _Settling(store, kind, settled, wishes, at).run(
            by_kind[kind], [row for row in stored.values() if row["record_type"] == kind]
        )
    # Mentions that are gone had rows that others' claims may still name: after their clusters are settled, they go.
    for key, row in stored.items():
        settled.moved[key] = row["canonical_id"]
        settled.canonical[key] = None
    return settled


class _Settling:
    """One kind of thing."""

    def __init__(self, store: Store, kind: RecordType, settled: Settled, wishes: Wishes, at: datetime) -> None:
        self._store = store
        self._kind = kind
        self._settled = settled
        self._wishes = wishes
        self._at = at
        self._rows: dict[str, Row] = {}
        """The stored rows of the mentions that were met; of new ones, what is to be stored."""
        self._before: dict[str, str | None] = {}
        self._profiles: dict[str, Profile] = {}
        """As they are compared: with rows in the place of the mentions that they refer to."""
        self._outside: list[tuple[Profile, Profile, str | None, Judged]] = []
        """Mentions of rows that are not touched, and what was judged of them and one that is: unsure, or never."""

    def run(self, told: Sequence[Told], gone: Sequence[Row]) -> None:
        changed = [*self._referring(), *gone]
        known = (
            self._store.rows("resolve/mentions_by_id", ids=[each.profile.mention_id for each in told]) if told else []
        )
        self._take([*changed, *known])
        renewed = {each.profile.mention_id for each in told} | {row["id"] for row in changed}
        former = [profile for key, profile in self._profiles.items() if key in renewed]
        self._renew(told)
        if not renewed:
            return
        self._reach([*former, *(self._profiles[key] for key in sorted(renewed))])
        lost = {row["id"] for row in gone}
        there = [profile for key, profile in self._profiles.items() if key not in lost]
        kind = KINDS[self._kind]
        found = cluster(kind.prepared(there), kind.judge, self._wishes.apart)
        keys = self._keys(found.clusters)
        self._assign(found, keys, renewed - lost)
        self._redirect(lost)
        self._doubt(found, keys)
        for key in sorted(lost):
            self._settled.delete["mention"].append(key)
        self._blocks(renewed, lost)

    def _referring(self) -> list[Row]:
        """The stored mentions that refer to one that is another row's now: what they are compared by has changed."""
        moved = [f"{_REFERS}{key}" for key in sorted(self._settled.moved)]
        found = self._store.rows("resolve/mentions_by_block", blocks=moved) if moved else []
        return [row for row in found if row["record_type"] == self._kind]

    def _take(self, rows: Iterable[Row]) -> None:
        """Take in stored mentions, as they are compared with the rows of today."""
        fresh = {row["id"]: row for row in rows if row["id"] not in self._rows}
        self._profiles |= self._read(fresh.values())
        self._rows |= fresh
        self._before |= {key: row["canonical_id"] for key, row in fresh.items()}

    def _read(self, rows: Collection[Row]) -> dict[str, Profile]:
        self._settled.canonical |= {
            row["id"]: row["canonical_id"] for row in rows if row["id"] not in self._settled.canonical
        }
        self._know(row["profile"] for row in rows)
        kind, canonical = KINDS[self._kind].profile, self._settled.canonical
        return {row["id"]: compared(profile_of(kind, row["profile"]), row["profile"], canonical) for row in rows}

    def _know(self, texts: Iterable[str]) -> None:
        """Learn which rows the mentions that some profiles in JSON refer to were taken for."""
        named = {each for text in texts for each in named_in(text)}
        asked = sorted(named - self._settled.canonical.keys())
        if asked:
            found = {row["id"]: row["canonical_id"] for row in self._store.rows("resolve/mentions_by_id", ids=asked)}
            self._settled.canonical |= {key: found.get(key) for key in asked}

    def _renew(self, told: Sequence[Told]) -> None:
        texts = [each.profile.model_dump_json() for each in told]
        self._know(texts)
        for each, text in zip(told, texts, strict=True):
            key = each.profile.mention_id
            self._before.setdefault(key, None)
            self._rows[key] = {
                "id": key,
                "record_type": str(self._kind),
                "document_id": each.profile.document_id,
                "label": each.label,
                "profile": text,
            }
            self._profiles[key] = compared(each.profile, text, self._settled.canonical)

    def _reach(self, frontier: Sequence[Profile]) -> None:
        """Take in everything that may be one with what is there, or was taken for one row with it, and so on.

        What is not sure, or cannot be, leads no further: it changes no cluster, only which pairs wait for a person.
        """
        seen: set[str] = set()
        asked_rows: set[str] = set()
        while frontier:
            near: dict[str, list[Profile]] = defaultdict(list)
            for profile in _unlike(frontier):
                for block in self._looks_for(profile):
                    near[block].append(profile)
            own = {self._key(profile) for profile in frontier}
            taken_for = {key for profile in frontier if (key := self._before.get(profile.mention_id))}
            known_by = own | taken_for | {profile.mention_id for profile in frontier}
            rows = (taken_for | self._wishes.beside(known_by)) - asked_rows
            asked_rows |= rows
            met = {row["id"]: row for row in self._store.rows("resolve/mentions_by_row", ids=sorted(rows))}
            mentions = sorted(each for each in rows if each.startswith(MENTION))
            if mentions:
                found = self._store.rows("resolve/mentions_by_id", ids=mentions)
                met |= {row["id"]: row for row in found if row["record_type"] == self._kind}
            same_row = set(met)
            met |= {row["id"]: row for row in self._store.rows("resolve/mentions_by_block", blocks=sorted(near))}
            seen |= {profile.mention_id for profile in frontier}
            candidates = {key: row for key, row in met.items() if key not in self._rows and key not in seen}
            taken = [
                key
                for key, profile in self._read(candidates.values()).items()
                if key in same_row
                or self._key(profile) in near
                or self._may_be_one(profile, candidates[key], self._beside(profile, near))
            ]
            self._take(candidates[key] for key in taken)
            frontier = [self._profiles[key] for key in sorted(taken)]

    def _may_be_one(self, profile: Profile, row: Row, near: Iterable[Profile]) -> bool:
        """Whether a stored mention may be one with any of some others; if not, what is open between them is kept."""
        judged = [(one, said) for one in near if (said := KINDS[self._kind].judge(one, profile))]
        if any(said.judgement is Judgement.POSITIVE for _, said in judged):
            return True
        self._outside += [(one, profile, row["canonical_id"], said) for one, said in judged]
        return False

    def _key(self, profile: Profile) -> str:
        """The key of a row of which this is the earliest mention."""
        return _row_key(self._kind, profile.key())

    def _found_by(self, profile: Profile) -> set[str]:
        """Its blocks, and its key: of two things with one key each must know of the other."""
        return {f"{self._kind}:{block}" for block in profile.blocks()} | {self._key(profile)}

    def _looks_for(self, profile: Profile) -> set[str]:
        return {f"{self._kind}:{block}" for block in profile.looks_for()} | {self._key(profile)}

    def _beside(self, profile: Profile, near: Mapping[str, list[Profile]]) -> Iterable[Profile]:
        """The profiles that share a block with it, each once."""
        found = {one.mention_id: one for block in self._found_by(profile) for one in near.get(block, ())}
        return found.values()

    def _keys(self, clusters: Sequence[Cluster]) -> list[str | None]:
        """The key of each cluster: of its earliest mention, of the first of those that a person has made one."""
        plain = [self._key(each.members[0]) for each in clusters]
        base = [
            stable_id(self._kind, *each.members[0].key(), each.members[0].document_id) if plain.count(key) > 1 else key
            for key, each in zip(plain, clusters, strict=True)
        ]
        final = dict(zip(base, base, strict=True))
        known = final | {
            member.mention_id: key for key, each in zip(base, clusters, strict=True) for member in each.members
        }
        for left, right in self._wishes.same():
            # The row that was kept, and what it has become since.
            one, other = (next((final[known[key]] for key in side if key in known), None) for side in (left, right))
            if one and other and one != other:
                final = {key: one if target == other else target for key, target in final.items()}
        return [
            final[key] if any(member.stands_alone() for member in each.members) else None
            for key, each in zip(base, clusters, strict=True)
        ]

    def _assign(self, found: Clustering, keys: Sequence[str | None], renewed: Collection[str]) -> None:
        for each, key in zip(found.clusters, keys, strict=True):
            for member in each.members:
                join = each.joins.get(member.mention_id)
                row = {
                    **self._rows[member.mention_id],
                    "canonical_id": key,
                    "joined_to": join.to if join else None,
                    "method": join.method if join else None,
                    "score": join.score if join else None,
                }
                self._settled.canonical[member.mention_id] = key
                if self._before[member.mention_id] != key:
                    self._settled.moved[member.mention_id] = self._before[member.mention_id]
                if member.mention_id in renewed or row != self._rows[member.mention_id]:
                    self._settled.rows["mention"].append(row)

    def _redirect(self, lost: Collection[str]) -> None:
        """Let the keys that no mention has any more lead to where their mentions are now."""
        held = {self._settled.canonical[key] for key in self._profiles if key not in lost}
        former: dict[str, list[Profile]] = defaultdict(list)
        for key, profile in self._profiles.items():
            before = self._before[key]
            if before and before not in held:
                former[before].append(profile)
        targets = {before: target for before, members in former.items() if (target := self._heir(members, lost))}
        known = self._store.rows("resolve/redirects", ids=sorted({*former, *filter(None, held)}))
        for row in known:
            if row["id"] in held:
                # It is a row again: what led away from it leads there no more.
                self._settled.delete["redirect"].append(row["id"])
            elif row["target_id"] in targets and row["id"] not in targets:
                self._settled.rows["redirect"].append({**row, "target_id": targets[row["target_id"]]})
            elif row["target_id"] in former and row["id"] not in targets:
                # Nobody is left of what it led to.
                self._settled.delete["redirect"].append(row["id"])
        since = {row["id"]: row["since"] for row in known}
        for before, target in sorted(targets.items()):
            self._settled.rows["redirect"].append(
                {
                    "id": before,
                    "record_type": str(self._kind),
                    "target_id": target,
                    "since": since.get(before, self._at),
                }
            )

    def _heir(self, members: list[Profile], lost: Collection[str]) -> str | None:
        """Where the mentions of a row that is gone are now: the earliest that is left, else one like them."""
        for member in sorted(members, key=order):
            key = self._settled.canonical[member.mention_id]
            if member.mention_id not in lost and key:
                return key
        for member in sorted(members, key=order):
            for other in sorted(self._profiles.values(), key=order):
                if other.mention_id not in lost and other.document_id == member.document_id:
                    said = KINDS[self._kind].judge(member, other)
                    if said and said.judgement is Judgement.POSITIVE:
                        return self._settled.canonical[other.mention_id]
        return None

    def _doubt(self, found: Clustering, keys: Sequence[str | None]) -> None:
        """Keep what is open for a person to say, and take away what is open no more."""
        of = {member.mention_id: key for each, key in zip(found.clusters, keys, strict=True) for member in each.members}
        open_now: dict[str, Row] = {}
        pairs = [(of[doubt.left], of[doubt.right], doubt.method, doubt.score) for doubt in found.doubts]
        for one, other, method, score in [*pairs, *self._open_outside(of)]:
            if one and other and one != other:
                left, right = sorted((one, other))
                key = stable_id("doubt", left, right)
                open_now[key] = {
                    "id": key,
                    "record_type": str(self._kind),
                    "left_id": left,
                    "right_id": right,
                    "judgement": str(Judgement.UNSURE),
                    "method": method,
                    "score": score,
                    "decided_by": str(Judge.RULE),
                    "created_at": self._at,
                    "deleted_at": None,
                    "user_name": None,
                    "left_mention_id": None,
                    "right_mention_id": None,
                }
        rows = sorted({*filter(None, self._before.values()), *filter(None, keys)})
        stored = {row["id"] for row in self._store.rows("resolve/doubts_of", ids=rows)}
        self._settled.rows["resolver_decision"] += [row for key, row in open_now.items() if key not in stored]
        self._settled.delete["resolver_decision"] += sorted(stored - open_now.keys())

    def _open_outside(self, of: Mapping[str, str | None]) -> Iterator[tuple[str | None, str | None, str, float]]:
        """Of a row that is touched and one that is not: the likest pair that is not sure, if no other can never be."""
        never: set[tuple[str | None, str | None]] = set()
        best: dict[tuple[str | None, str | None], tuple[Any, Judged]] = {}
        for one, other, row, said in self._outside:
            if one.mention_id not in of or other.mention_id in of:
                continue
            pair = of[one.mention_id], row
            if said.judgement is Judgement.NEGATIVE:
                never.add(pair)
                continue
            worth = (-said.score, *sorted((order(one), order(other))))
            if pair not in best or worth < best[pair][0]:
                best[pair] = worth, said
        for pair, (_, said) in best.items():
            if pair not in never:
                yield (*pair, said.method, said.score)

    def _blocks(self, renewed: Collection[str], lost: Collection[str]) -> None:
        """The words by which the renewed mentions are found; those of the lost go."""
        given: set[tuple[str, str]] = set()
        for key in sorted({*renewed} - {*lost}):
            profile = self._profiles[key]
            given |= {(block, key) for block in self._found_by(profile)}
            given |= {(f"{_REFERS}{each}", key) for each in named_in(self._rows[key]["profile"])}
        there = self._store.rows("resolve/blocks_of", ids=sorted(renewed))
        known = {(row["block"], row["mention_id"]) for row in there}
        self._settled.rows["mention_block"] += [
            {"block": block, "mention_id": key} for block, key in sorted(given - known)
        ]
        self._settled.delete["mention_block"] += sorted(known - given)


@lru_cache(maxsize=65536)
def _row_key(kind: RecordType, parts: tuple[str, ...]) -> str:
    return stable_id(kind, *parts)


def _unlike(profiles: Iterable[Profile]) -> Iterable[Profile]:
    """Of those that say the same only two, of two documents: what is said of the others is said of one of them."""
    kept: dict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        like = kept[content(profile)]
        if not like or (len(like) == 1 and like[0].document_id != profile.document_id):
            like.append(profile)
    return [profile for like in kept.values() for profile in like]


_REFERS = "refers:"
"""Before a mention: the block by which those that refer to it are found."""
