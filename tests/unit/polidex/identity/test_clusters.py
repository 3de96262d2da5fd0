"""Clusters depend on the set of mentions alone; a weak pair gives way where two things fit; two things stay two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.identity.clusters import Clustering, cluster
from polidex.identity.judged import Judged, Profile
from schema.vocabulary import Judgement


class Word(Profile):
    """A name: the same word is one thing, a part of one may be, and a capital at its end is never a small one."""

    word: str

    def key(self) -> tuple[str, ...]:
        return (self.word,)

    def blocks(self) -> frozenset[str]:
        return frozenset({self.word[:1]})

    def detail(self) -> int:
        return len(self.word)


def judge(one: Word, other: Word) -> Judged | None:
    left, right = sorted((one.word, other.word), key=len)
    if left == right:
        return Judged(Judgement.POSITIVE, "same", 1.0)
    if left.casefold() == right.casefold():
        return Judged(Judgement.NEGATIVE, "case", 1.0)
    if right.startswith(left):
        return Judged(Judgement.POSITIVE, "part", len(left) / len(right), weak=True)
    return Judged(Judgement.UNSURE, "near", 0.5) if left[:3] == right[:3] else None


def word(name: str, number: int) -> Word:
    return Word(mention_id=f"m{number}", document_id=f"d{number}", published=date(2020, 1, 1 + number % 20), word=name)


def told(*names: str) -> list[Profile]:
    return [word(name, number) for number, name in enumerate(names)]


def groups(found: Clustering) -> set[frozenset[str]]:
    return {frozenset(member.mention_id for member in each.members) for each in found.clusters}


def words(found: Clustering) -> set[tuple[str, ...]]:
    return {tuple(sorted(member.word for member in each.members)) for each in found.clusters}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("ab", "ab", "c"), {("ab", "ab"), ("c",)}),
        (("ab", "abcd"), {("ab", "abcd")}),
        (("ab", "abcd", "abxy"), {("ab",), ("abcd",), ("abxy",)}),
        (("ab", "abcd", "abcdef"), {("ab", "abcd", "abcdef")}),
        (("abC", "abc"), {("abC",), ("abc",)}),
        (("ab", "abC", "abc"), {("ab",), ("abC",), ("abc",)}),
        (("abcx", "abcy"), {("abcx",), ("abcy",)}),
    ],
    ids=["the same", "the only fit", "two fit", "all that fit are one", "never one", "two fit that are two", "unsure"],
)
def test_what_is_one_and_what_is_not(names: Sequence[str], expected: set[tuple[str, ...]]) -> None:
    assert words(cluster(told(*names), judge)) == expected


def test_what_could_not_be_decided_is_told_once_a_pair() -> None:
    found = cluster(told("ab", "abcd", "abxy", "abxy"), judge)
    assert {(each.left, each.right, each.method) for each in found.doubts} == {
        ("m0", "m1", "part"),
        ("m0", "m2", "part"),
    }


def test_a_person_who_splits_outranks_every_rule_and_nobody_else_is_torn_apart() -> None:
    found = cluster(told("ab", "ab", "ab", "ab"), judge, apart=[("m1", "m0")])
    assert groups(found) == {frozenset({"m0", "m2", "m3"}), frozenset({"m1"})}


def test_each_mention_but_the_first_has_a_reason_that_leads_to_the_first() -> None:
    [found] = cluster(told("abc", "ab", "abc", "a", "abc"), judge).clusters
    first = found.members[0].mention_id
    for member in found.members:
        at, steps = member.mention_id, 0
        while at != first:
            at, steps = found.joins[at].to, steps + 1
            assert steps < len(found.members)


@given(st.lists(st.text("abC", min_size=1, max_size=4), max_size=12), st.randoms())
def test_order_does_not_matter_and_every_mention_is_in_one_cluster(names: list[str], chance: object) -> None:
    profiles = told(*names)
    whole = cluster(profiles, judge)
    chance.shuffle(profiles)  # type: ignore[attr-defined]
    assert groups(cluster(profiles, judge)) == groups(whole)
    members = [member.mention_id for each in whole.clusters for member in each.members]
    assert sorted(members) == sorted(profile.mention_id for profile in profiles)
    for each in whole.clusters:
        assert set(each.joins) == {member.mention_id for member in each.members[1:]}
