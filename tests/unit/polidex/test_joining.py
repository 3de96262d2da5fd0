"""Two mentions of one spell or one election are one; two spells, and two elections, stay two."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.facts import Fact, Grounded
from polidex.joining import join_elections, join_spells
from polidex.merging import is_same, merged
from polidex.named import Named
from polidex.quotes import Found
from schema.vocabulary import Basis, Match, RecordType

ADA, BEN = Named({"Ada Moro": [(0, 8)]}), Named({"Ben Ito": [(20, 27)]})
THREE = (("2013", ""), ("2013-01", "2013-06"), ("2013-09", "2014"))


def fact(value: str, at: int, original: str | None = None) -> Fact:
    return Fact(value, (Found(at, at + 1, Match.EXACT),), Basis.STATED, original)


def spell(
    office: str,
    start: str = "",
    end: str = "",
    *,
    who: Named = ADA,
    at: int = 0,
    country: str = "",
    role: str = "other",
    status: str = "unknown",
) -> Grounded:
    given = {"start": start, "end": end, "country": country}
    facts = {name: fact(value, at) for name, value in given.items() if value}
    facts |= {"person_id": fact(who.name, at), "office": fact(office, at), "role": fact(role, at)}
    return Grounded(RecordType.TENURE, "x", facts | {"status": fact(status, at)}, {"person_id": who})


def vote(kind: str = "presidential", date: str = "", *, at: int = 0, country: str = "") -> Grounded:
    given = {"type": kind, "date": date, "country": country}
    return Grounded(RecordType.ELECTION, "x", {name: fact(value, at) for name, value in given.items() if value})


def won_by(who: Named, share: str = "", *, date: str = "2019") -> Grounded:
    given = {"result.person_id": who.name, "result.vote_share_pct": share}
    facts = {name: fact(value, 5) for name, value in given.items() if value}
    return replace(vote(date=date), facts={**vote(date=date).facts, **facts}, people={"result.person_id": who})


def dates(joined: list[Grounded]) -> list[tuple[str, str]]:
    return sorted(
        (
            each.facts["start"].value if "start" in each.facts else "",
            each.facts["end"].value if "end" in each.facts else "",
        )
        for each in joined
    )


def test_a_mention_without_a_date_joins_the_last_spell_that_has_no_end() -> None:
    joined = join_spells(
        [spell("president", at=5), spell("president", "1999", "2003", at=9), spell("President of Tarn", "2019", at=14)]
    )
    assert dates(joined) == [("1999", "2003"), ("2019", "")]
    open_ended = next(each for each in joined if "end" not in each.facts)
    assert [found.start for found in open_ended.facts["office"].spans] == [14, 5]


def test_mentions_without_a_date_are_one_spell_and_two_starts_are_two() -> None:
    assert dates(join_spells([spell("mayor"), spell("mayor of Tarn", at=9)])) == [("", "")]
    assert dates(join_spells([spell("mayor", "1999"), spell("mayor", "1999", at=4)])) == [("1999", "")]
    assert dates(join_spells([spell("mayor", "1999"), spell("mayor", "2005")])) == [("1999", ""), ("2005", "")]


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        ([("2016", ""), ("2016", "2020")], [("2016", "2020")]),
        ([("2016", ""), ("2016-05", "")], [("2016-05", "")]),
        ([("2013", ""), ("", "2019-03")], [("2013", "2019-03")]),
        # The end belongs to the later of the two: the first had ended when that began.
        ([("2007-01", ""), ("2013", ""), ("", "2019-03")], [("2007-01", ""), ("2013", "2019-03")]),
        ([*THREE], [*THREE]),
        ([("2008", "2013"), ("2013", "2018"), ("2013", "")], [("2008", "2013"), ("2013", "2018")]),
        ([("2013", "2016"), ("2015", "2020")], [("2013", "2016"), ("2015", "2020")]),
    ],
)
def test_dated_mentions_join_where_one_spell_fits(
    spells: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    drafts = [spell("speaker", start, end, at=at) for at, (start, end) in enumerate(spells)]
    assert dates(join_spells(drafts)) == dates(join_spells(drafts[::-1])) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (spell("mayor"), spell("mayor", who=BEN)),
        (spell("mayor of Tarn"), spell("minister of trade")),
        (spell("minister of defence"), spell("minister of finance")),
        (spell("president", country="KE"), spell("president", country="KZ")),
        (spell("mayor", "1999", "2003"), spell("mayor")),
    ],
)
def test_what_may_be_two_spells_stays_two(one: Grounded, other: Grounded) -> None:
    assert len(join_spells([one, other])) == len(join_spells([other, one])) == 2


@pytest.mark.parametrize(
    ("one", "other", "country", "count"),
    [
        ("President", "head of state", "KZ", 1),
        ("President", "President of the Senate", "KZ", 1),
        ("foreign minister", "Minister of Foreign Affairs", "KZ", 1),
        ("minister", "Minister of Foreign Affairs", "", 1),
        ("Kazakh president", "president", "KZ", 1),
        ("deputy foreign minister", "foreign minister", "KZ", 2),
        ("acting president", "president", "KZ", 2),
        ("prime minister", "chancellor", "GB", 2),
        ("mayor of Tarn", "mayor of Oster", "", 2),
    ],
)
def test_two_titles_of_one_person_are_one_post_where_their_words_do_not_differ(
    one: str, other: str, country: str, count: int
) -> None:
    spells = [spell(one, country=country), spell(other, country=country, at=9)]
    assert len(join_spells(spells, language="en")) == len(join_spells(spells[::-1], language="en")) == count


def test_elections_of_one_kind_join_where_their_dates_agree() -> None:
    joined = join_elections([vote(date="2019", at=3), vote(date="2019-03", at=9), vote(date="2024-06", at=12)])
    assert sorted(each.facts["date"].value for each in joined) == ["2019-03", "2024-06"]
    joined = join_elections([vote(date="2019-03", at=9), vote(at=12), vote(date="2024-06", at=30)])
    assert sorted((each.facts["date"].value, len(each.facts["type"].spans)) for each in joined) == [
        ("2019-03", 2),
        ("2024-06", 1),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (vote("presidential"), vote("referendum")),
        (vote(country="KE"), vote(country="KZ")),
        (vote(date="2019-03"), vote(date="2019-06")),
    ],
)
def test_what_may_be_two_elections_stays_two(one: Grounded, other: Grounded) -> None:
    assert len(join_elections([one, other])) == len(join_elections([other, one])) == 2


def test_elections_with_two_winners_stay_two_and_a_share_stays_with_its_winner() -> None:
    joined = join_elections([won_by(ADA), won_by(BEN, "61"), vote(date="2019-03", at=9)])
    shares = {each.people["result.person_id"].name: "result.vote_share_pct" in each.facts for each in joined}
    assert shares == {"Ada Moro": False, "Ben Ito": True}
    [one] = join_elections([vote(date="2019"), won_by(BEN, "61")])
    assert one.facts["result.vote_share_pct"].value == "61" and one.people["result.person_id"] is BEN
    orphan = replace(won_by(BEN, "61"), people={})
    del orphan.facts["result.person_id"]
    assert "result.vote_share_pct" not in merged(won_by(ADA), orphan).facts


@pytest.mark.parametrize(
    ("spells", "published", "expected"),
    [
        ([spell("president", "2019"), spell("president", at=9, status="current")], True, {"2019": "current"}),
        ([spell("president", "2019"), spell("president", at=9, status="current")], False, {"2019": "unknown"}),
        ([spell("president", "2019"), spell("president", at=9)], True, {"2019": "unknown"}),
        (
            [spell("mayor", "1999"), spell("mayor", "2019"), spell("mayor", at=9, status="current")],
            True,
            {"1999": "unknown", "2019": "current"},
        ),
        (
            [spell("mayor", "1999"), spell("mayor", "2010", "2014"), spell("mayor", at=9, status="current")],
            True,
            {"1999": "unknown", "2010": "unknown", "": "current"},
        ),
        ([spell("mayor", "1999"), spell("mayor", at=9, status="ended")], True, {"1999": "ended"}),
    ],
)
def test_a_title_in_the_present_makes_only_the_last_open_spell_current(
    spells: list[Grounded], published: bool, expected: dict[str, str]
) -> None:
    for given_spells in (spells, spells[::-1]):
        joined = join_spells(given_spells, published=published)
        found = {
            each.facts["start"].value if "start" in each.facts else "": each.facts["status"].value for each in joined
        }
        assert found == expected


def test_a_title_whose_own_words_give_an_end_is_no_present_one() -> None:
    title = spell("prime minister", status="current")
    dated = spell("prime minister", "2021-02-03", "2021-05-05", status="ended")
    for both in (merged(title, dated), merged(dated, title)):
        assert both.facts["status"].value == "ended"


def test_of_two_values_the_surer_is_kept_then_the_more_precise() -> None:
    one, other = vote(date="2019", country="KZ"), vote(date="2019-03", country="FR", at=9)
    one = replace(one, facts={**one.facts, "country": replace(one.facts["country"], basis=Basis.INFERRED)})
    for both in (merged(one, other), merged(other, one)):
        assert (both.facts["country"].value, both.facts["country"].basis) == ("FR", Basis.STATED)
        assert both.facts["date"].value == "2019-03"
    sure = merged(vote(country="KZ"), one).facts["country"]
    assert sure.basis is Basis.STATED and sure.value == "KZ"


def test_what_two_people_are_said_to_have_said_stays_two() -> None:
    def said(who: Named) -> Grounded:
        facts = {"text": fact("no court", 0), "speaker_surface": fact(who.name, 0)}
        return Grounded(RecordType.STATEMENT, "x", facts, {"speaker_id": who})

    assert not is_same(said(ADA), said(BEN))
    assert is_same(said(ADA), said(ADA))


spells = st.builds(
    spell,
    st.sampled_from(["mayor", "mayor of Tarn", "president"]),
    st.sampled_from(["", "1999", "2005-03"]),
    st.sampled_from(["", "2010"]),
    who=st.sampled_from([ADA, BEN]),
    at=st.integers(0, 50),
)
votes = st.builds(
    vote,
    st.sampled_from(["presidential", "referendum"]),
    st.sampled_from(["", "2019", "2019-03", "2024"]),
    at=st.integers(0, 50),
)


@given(st.lists(spells, max_size=6), st.lists(votes, max_size=6))
def test_joining_loses_no_words_and_joining_again_changes_nothing(
    given_spells: list[Grounded], given_votes: list[Grounded]
) -> None:
    given_all = [*given_spells, *given_votes]
    joined = join_elections(join_spells(given_all))
    assert len(joined) <= len(given_all)
    for kind, name in ((RecordType.TENURE, "office"), (RecordType.ELECTION, "type")):
        before = {span for each in given_all if each.record_type is kind for span in each.facts[name].spans}
        after = {span for each in joined if each.record_type is kind for span in each.facts[name].spans}
        assert after == before
    assert {id(each.people["person_id"]) for each in joined if each.people} == {
        id(each.people["person_id"]) for each in given_all if each.people
    }
    again = join_elections(join_spells(joined))
    assert len(again) == len(joined)


def test_who_holds_a_post_that_one_holds_ends_the_spells_of_those_before() -> None:
    now = spell("president", "2013-04", country="KE", role="head_of_state", status="current", at=30)
    before = spell("president", country="KE", role="head_of_state", status="current", who=BEN)
    told = {each.people["person_id"].name: each.facts["status"] for each in join_spells([now, before])}
    assert told["Ada Moro"].value == "current"
    assert (told["Ben Ito"].value, told["Ben Ito"].basis) == ("ended", Basis.INFERRED)
    for other in (
        spell("president", country="KZ", role="head_of_state", status="current", who=BEN),
        spell("prime minister", country="KE", role="head_of_government", status="current", who=BEN),
    ):
        assert {each.facts["status"].value for each in join_spells([now, other])} == {"current"}


def test_a_title_that_is_only_over_adds_nothing_to_the_dated_spell() -> None:
    assert dates(join_spells([spell("mayor", "1999", "2003", status="ended"), spell("mayor", status="ended")])) == [
        ("1999", "2003")
    ]
    assert len(join_spells([spell("mayor", "1999", "2003", status="ended"), spell("mayor", status="current")])) == 2


@pytest.mark.parametrize(
    ("verb", "body", "count"),
    [("leads the Harvest Party", "Harvest Party", 1), ("leads the Ember Party", "Ember Party", 2)],
)
def test_who_leads_a_body_holds_its_post(verb: str, body: str, count: int) -> None:
    post = spell("president of the Harvest Party", "2012", at=9)
    post = replace(post, facts={**post.facts, "organization": fact("Harvest Party", 9)})
    title = replace(fact(f"leader of the {body}", 30), original=verb)
    led = spell("", status="current", at=30)
    led = replace(led, facts={**led.facts, "office": title, "organization": fact(body, 30)})
    assert len(join_spells([post, led], language="en")) == count
