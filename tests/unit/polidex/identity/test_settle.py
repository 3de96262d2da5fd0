"""Identity lasts: the same rows and keys in every order and split, old keys redirect, a person's word holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polidex.identity.people import OfficeHint, PersonProfile
from polidex.identity.settle import Told, settle
from polidex.identity.tenures import TenureProfile
from schema import WorldDate, stable_id
from schema.vocabulary import Basis, OfficeRole, RecordType, TenureStatus
from tests.unit.polidex.identity.shelf import Shelf

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = (
    "Kasym-Jomart Tokayev", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев", "K. Tokayev", "Ada Moro", "A. Moro",
    "Adam Moro", "Ada Lopez Moro", "Joe Biden", "Hunter Biden", "J. Biden", "Moro",
)  # fmt: skip
COUNTRIES = (None, "KZ", "US", "IT")


def person(document: int, name: str, country: str | None = None, **said: Any) -> Told:
    key = stable_id("mention", str(document), "person", name)
    profile = PersonProfile(
        mention_id=key,
        document_id=f"document_{document}",
        published=date(2020, 1, 1 + document),
        names=(name,),
        country=country,
        **said,
    )
    return Told(RecordType.PERSON, name, profile)


def read(shelf: Shelf, documents: Iterable[Sequence[Told]], gone: Sequence[str] = ()) -> Shelf:
    for told in documents:
        shelf.write(settle(shelf, told, gone, at=NOW))  # type: ignore[arg-type]
    return shelf


_MENTIONS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(NAMES), st.sampled_from(COUNTRIES)), max_size=14)


@settings(max_examples=150, deadline=None)
@given(_MENTIONS, st.randoms(use_true_random=False))
def test_order_and_split_change_neither_clusters_nor_keys(said: list[tuple[int, str, str | None]], chance: Any) -> None:
    documents: dict[int, dict[str, Told]] = {}
    for number, name, country in said:
        documents.setdefault(number, {})[name] = person(number, name, country)
    told = [list(each.values()) for each in documents.values()]
    at_once = read(Shelf(), [[each for document in told for each in document]])
    nightly = Shelf()
    keys: dict[str, frozenset[str]] = {}
    chance.shuffle(told)
    for document in told:
        read(nightly, [document])
        keys |= {key: members for key, members in nightly.clusters().items() if not key.startswith("mention")}
    assert nightly.clusters() == at_once.clusters()
    assert {row["id"]: row for row in nightly.decision.values()} == at_once.decision
    assert nightly.block == at_once.block
    for key in keys:
        # Every key that ever stood for somebody leads to a row that is there.
        assert nightly.now(key) in nightly.clusters()


@given(_MENTIONS)
def test_to_read_again_changes_nothing(said: list[tuple[int, str, str | None]]) -> None:
    documents = [
        [each] for each in {(number, name): person(number, name, code) for number, name, code in said}.values()
    ]
    shelf = read(Shelf(), documents)
    before = (shelf.clusters(), dict(shelf.mention), dict(shelf.redirect), dict(shelf.decision), set(shelf.block))
    read(shelf, documents)
    assert before == (shelf.clusters(), shelf.mention, shelf.redirect, shelf.decision, shelf.block)


def test_what_is_taken_back_leaves_the_others_as_they_were() -> None:
    told = [[person(1, "Ada Moro", "IT")], [person(2, "Ada Moro", "IT")], [person(3, "Joe Biden", "US")]]
    shelf = read(Shelf(), told)
    read(shelf, [[]], gone=[told[0][0].profile.mention_id])
    assert shelf.clusters() == read(Shelf(), told[1:]).clusters()


def test_two_of_one_name_are_two_and_the_old_key_leads_to_whom_it_meant() -> None:
    shelf = read(Shelf(), [[person(5, "Ada Moro", "IT")]])
    [first] = shelf.clusters()
    read(shelf, [[person(2, "Ada Moro", "US")]])
    assert len(shelf.clusters()) == 2
    assert first not in shelf.clusters()
    assert shelf.clusters()[shelf.now(first)] == {person(5, "Ada Moro").profile.mention_id}


def test_a_namesake_whom_the_text_calls_one_takes_no_key_from_whom_it_is_named_like() -> None:
    known, namesake = person(5, "Ada Moro", "IT"), person(7, "Ada Moro", namesake=True)
    shelf = read(Shelf(), [[known]])
    [key] = shelf.clusters()
    read(shelf, [[namesake]])
    assert len(shelf.clusters()) == 2
    assert shelf.clusters()[key] == {known.profile.mention_id}
    read(shelf, [[]], gone=[known.profile.mention_id])
    assert key not in shelf.clusters()


def decided(judgement: str, left: str, right: str) -> dict[str, Any]:
    return {"id": f"decision_{left}_{right}", "judgement": judgement, "left_id": left, "right_id": right,
            "decided_by": "user"}  # fmt: skip


def test_a_merge_by_a_person_survives_rereading_and_every_order() -> None:
    told = [[person(1, "Ada Moro", "IT")], [person(2, "Bea Ruiz", "IT")], [person(3, "Bea Ruiz", "IT")]]
    shelf = read(Shelf(), told)
    moro, ruiz = (stable_id("person", *each[0].profile.key()) for each in told[:2])
    shelf.decision["1"] = decided("positive", moro, ruiz)
    read(shelf, [told[0], told[1]])
    assert list(shelf.clusters()) == [moro]
    assert shelf.now(ruiz) == moro
    read(shelf, [told[2], told[1], [person(4, "Bea Ruiz", "IT")]])
    assert list(shelf.clusters()) == [moro]
    fresh = Shelf()
    fresh.decision["1"] = decided("positive", moro, ruiz)
    assert (
        read(fresh, reversed(told)).clusters()
        == read(shelf, [[]], gone=[person(4, "Bea Ruiz").profile.mention_id]).clusters()
    )


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(("Askar Uzakpaevich Mamin", 1, "KZ", 1), id="an earlier article calls the merged otherwise"),
        pytest.param(("Ada Moro", 9, "US", 2), id="a namesake of the one that was kept"),
        pytest.param(("Askar Mamin", 1, "US", 2), id="an earlier namesake of the merged"),
    ],
)
def test_a_merge_by_a_person_holds_when_a_later_document_changes_a_key(later: tuple[str, int, str, int]) -> None:
    name, day, country, rows = later
    post = OfficeHint(
        role=OfficeRole.HEAD_OF_GOVERNMENT, country="KZ", words="Prime Minister",
        start=WorldDate.from_edtf("2019", Basis.STATED), status=TenureStatus.CURRENT,
    )  # fmt: skip
    moro, mamin = person(3, "Ada Moro", "KZ"), person(4, "Askar Mamin", "KZ", offices=(post,))
    shelf = read(Shelf(), [[moro], [mamin]])
    left, right = (stable_id("person", *each.profile.key()) for each in (moro, mamin))
    mentions = {"left_mention_id": moro.profile.mention_id, "right_mention_id": mamin.profile.mention_id}
    shelf.decision["1"] = decided("positive", left, right) | mentions
    read(shelf, [[moro, mamin]])
    read(shelf, [[person(day, name, country, offices=(post,) if country == "KZ" else ())]])
    assert len(shelf.clusters()) == rows
    before = shelf.clusters()
    assert len({shelf.mention[each]["canonical_id"] for each in mentions.values()}) == 1
    assert read(shelf, [[mamin], [moro]]).clusters() == before


def test_a_key_that_led_to_what_is_gone_leads_nowhere() -> None:
    late, early = person(2, "Ada Moro", "IT"), person(1, "Ada Lopez Moro", "IT")
    shelf = read(Shelf(), [[late], [early]])
    assert len(shelf.redirect) == 1
    read(read(shelf, [[]], gone=[late.profile.mention_id]), [[]], gone=[early.profile.mention_id])
    assert (shelf.mention, shelf.redirect) == ({}, {})


def test_a_split_by_a_person_survives_rereading() -> None:
    told = [[person(number, "Ada Moro", "IT")] for number in (1, 2, 3)]
    shelf = read(Shelf(), told)
    keys = [each[0].profile.mention_id for each in told]
    for stayed in (keys[0], keys[2]):
        shelf.decision[stayed] = decided("negative", keys[1], stayed)
    read(shelf, told)
    assert set(shelf.clusters().values()) == {frozenset({keys[0], keys[2]}), frozenset({keys[1]})}


def test_a_spell_follows_its_person_when_two_become_one() -> None:
    def spell(document: int, who: Told) -> Told:
        start = WorldDate.from_edtf("2019", Basis.STATED)
        profile = TenureProfile(
            mention_id=stable_id("mention", str(document), "tenure"), document_id=f"document_{document}",
            published=date(2020, 1, 1 + document), person_id=who.profile.mention_id, office_id="office_1", start=start,
            end=WorldDate.unknown(), status=TenureStatus.CURRENT,
        )  # fmt: skip
        return Told(RecordType.TENURE, "mayor", profile)

    one, other = person(1, "Ada Moro", "IT"), person(2, "Bea Ruiz", "IT")
    shelf = read(Shelf(), [[one, spell(1, one)], [other, spell(2, other)]])
    spells = {row["canonical_id"] for row in shelf.mention.values() if row["record_type"] == "tenure"}
    assert len(spells) == 2
    left, right = (stable_id("person", *each.profile.key()) for each in (one, other))
    shelf.decision["1"] = decided("positive", left, right)
    read(shelf, [[other]])
    [spell_key] = {row["canonical_id"] for row in shelf.mention.values() if row["record_type"] == "tenure"}
    assert {shelf.now(key) for key in spells} == {spell_key}


@pytest.mark.parametrize(("year", "found"), [(2017, True), (1990, False)])
def test_a_role_phrase_is_who_held_the_office_then_and_nobody_where_none_did(year: int, found: bool) -> None:
    hint = OfficeHint(
        role=OfficeRole.HEAD_OF_GOVERNMENT, country="IT", words="Prime Minister",
        start=WorldDate.from_edtf("2015", Basis.STATED), end=WorldDate.from_edtf("2019", Basis.STATED),
        status=TenureStatus.ENDED,
    )  # fmt: skip
    holder = person(1, "Ada Moro", "IT", offices=(hint,))
    phrase = PersonProfile(
        mention_id="mention_phrase", document_id="document_9", published=date(year, 6, 1), names=(), country="IT",
        offices=(OfficeHint(role=hint.role, country="IT", words="prime minister", status=TenureStatus.CURRENT),),
    )  # fmt: skip
    shelf = read(Shelf(), [[Told(RecordType.PERSON, "the prime minister", phrase)], [holder]])
    expected = shelf.mention[holder.profile.mention_id]["canonical_id"] if found else None
    assert shelf.mention["mention_phrase"]["canonical_id"] == expected
