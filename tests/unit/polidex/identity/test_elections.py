"""When two mentions are one vote: what the day, round, place and winner say, and what an article implies."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.identity.clusters import cluster
from polidex.identity.elections import ElectionProfile, judge, status_of
from schema import WorldDate
from schema.vocabulary import Basis, ElectionStatus, ElectionType, Judgement

PARLIAMENTARY = ElectionType.PARLIAMENTARY
REFERENDUM = ElectionType.REFERENDUM


def vote(
    document: str,
    on: str | None = None,
    status: str = "held",
    kind: ElectionType = ElectionType.PRESIDENTIAL,
    country: str | None = "KZ",
    published: str | None = "2024-03-01",
    words: str = "",
    language: str | None = "en",
    **more: Any,
) -> ElectionProfile:
    return ElectionProfile(
        mention_id=f"{document}:{on}:{status}:{words}",
        document_id=document,
        published=date.fromisoformat(published) if published else None,
        type=kind,
        country=country,
        date=WorldDate.from_edtf(on, Basis.STATED) if on else WorldDate.unknown(),
        status=ElectionStatus(status),
        words=words,
        language=language,
        **more,
    )


def clusters(*profiles: ElectionProfile) -> list[list[str]]:
    return [[each.document_id for each in found.members] for found in cluster(profiles, judge).clusters]


def one(left: ElectionProfile, right: ElectionProfile) -> bool:
    return len(clusters(left, right)) == 1


def test_a_vote_called_scheduled_and_held_is_one() -> None:
    called = vote("a", None, "called", published="2019-04-09", words="early presidential elections")
    scheduled = vote("b", "2019-06-09", "scheduled", published="2019-05-20")
    held = vote("c", "2019-06", "held", published="2019-06-10", winners=("person_1",))
    retold = vote("d", "2019", "held", published="2023-09-14", winners=("person_1",))
    assert clusters(called, scheduled, held, retold) == [["a", "b", "c", "d"]]
    assert clusters(retold, held, called, scheduled) == [["a", "b", "c", "d"]]


def test_a_year_alone_meets_the_day_in_it() -> None:
    assert one(vote("a", "2019"), vote("b", "2019-06-09"))
    assert not one(vote("a", "2018"), vote("b", "2019-06-09"))
    assert not one(vote("a", "2019-03"), vote("b", "2019-06-09"))


def test_three_votes_of_one_year_stay_three_and_the_year_alone_is_none_of_them() -> None:
    days = [vote(day, day, kind=PARLIAMENTARY, country="BG") for day in ("2021-04-04", "2021-07-11", "2021-11-14")]
    year = vote("year", "2021", kind=PARLIAMENTARY, country="BG")
    again = vote("again", "2021-07", kind=PARLIAMENTARY, country="BG", status="scheduled")
    assert sorted(map(len, clusters(*days, year))) == [1, 1, 1, 1]
    assert ["2021-07-11", "again"] in [sorted(found) for found in clusters(*days, year, again)]


def test_a_first_round_and_a_runoff_are_two() -> None:
    first = vote("a", "2021-11-21", country="CL", words="the first round of the presidential election")
    second = vote("b", "2021-12-19", country="CL", words="presidential runoff", winners=("person_2",))
    assert not one(first, second)
    undecided = vote("c", "2021-12", country="CL", words="presidential election", round=1)
    assert not one(undecided, second)
    for language, words in {
        "ru": "второй тур президентских выборов",
        "de": "Stichwahl",
        "es": "segunda vuelta",
    }.items():
        assert vote("d", words=words, language=language).marks == {"round_2"}


def test_two_chambers_and_two_kinds_of_vote_are_two() -> None:
    upper = vote("a", "2016", kind=PARLIAMENTARY, country="JP", words="upper house election")
    assert not one(upper, vote("b", "2016-07-10", kind=PARLIAMENTARY, country="JP", words="lower house election"))
    assert judge(vote("a", "2016-07-10"), vote("b", "2016-07-10", kind=PARLIAMENTARY)) is None
    assert judge(vote("a", "2019-06-09"), vote("b", "2019-06-09", country="KG")) is None


def test_a_vote_without_a_date_is_the_next_after_its_document_or_the_last_before_it() -> None:
    planned = vote("a", None, "planned", kind=PARLIAMENTARY, published="2023-01-20")
    over = vote("b", None, "held", kind=PARLIAMENTARY, published="2023-04-01")
    march = vote("c", "2023-03-19", "held", kind=PARLIAMENTARY, published="2023-03-20")
    assert clusters(planned, over, march) == [["a", "c", "b"]]
    earlier = vote("d", "2021-01-10", "held", kind=PARLIAMENTARY)
    assert not one(planned, earlier)
    assert not one(vote("e", None, "held", kind=PARLIAMENTARY, published="2023-01-20"), march)
    assert judge(vote("f", None, "held", published=None), vote("g", "2023-03-19")) is None


def test_two_accounts_without_a_date_are_one_story_only_near_each_other() -> None:
    assert one(vote("a", None, "planned", published="2023-01-20"), vote("b", None, "called", published="2023-02-20"))
    assert not one(
        vote("a", None, "planned", published="2023-01-20"), vote("b", None, "called", published="2023-11-20")
    )


def test_other_winners_are_a_conflict_on_one_day_and_two_votes_in_one_year() -> None:
    day = judge(vote("a", "2019-06-09", winners=("p",)), vote("b", "2019-06-09", winners=("q",)))
    assert day is not None
    assert (day.judgement, day.method) == (Judgement.POSITIVE, "same_day_other_winner")
    assert not one(vote("a", "2019", winners=("p",)), vote("b", "2019-06-09", winners=("q",)))


def test_the_day_after_is_left_to_a_person() -> None:
    judged = judge(vote("a", "2019-06-09"), vote("b", "2019-06-10"))
    assert judged is not None
    assert judged.judgement is Judgement.UNSURE


def test_local_votes_are_told_by_their_place() -> None:
    mayor = ElectionType.SUBNATIONAL_EXECUTIVE
    ukiha = vote("a", "2016-07-31", kind=mayor, country="JP", words="voters of Ukiha elected a mayor")
    tokyo = vote("b", "2016-07-31", kind=mayor, country="JP", words="governor of Tokyo")
    assert not one(ukiha, tokyo)
    assert one(tokyo, vote("c", "2016-07", kind=mayor, country="JP", words="Tokyo gubernatorial election"))
    assert one(tokyo, vote("d", "2016-07-31", kind=mayor, country="JP", words="the election of a governor"))
    assert not one(tokyo, vote("e", "2016", kind=mayor, country="JP", words="the election of a governor"))
    local = ElectionType.SUBNATIONAL_LEGISLATIVE
    everywhere = vote("f", "2017-10", kind=local, country="EE", words="local elections")
    assert one(everywhere, vote("g", "2017-10-15", kind=local, country="EE", words="the local elections of October"))
    by = ElectionType.BY_ELECTION
    assert not one(
        vote("h", "2021-07-01", kind=by, country="GB", words="the Batley and Spen by-election"),
        vote("i", "2021", kind=by, country="GB", words="the by-election in Hartlepool"),
    )


def test_two_questions_on_one_day_are_not_joined_without_a_person() -> None:
    law = vote("a", "2021-03-07", kind=REFERENDUM, country="CH", words="referendum on the electronic identity law")
    trade = vote("b", "2021-03-07", kind=REFERENDUM, country="CH", words="referendum on trade with Indonesia")
    judged = judge(law, trade)
    assert judged is not None
    assert judged.judgement is Judgement.UNSURE
    assert one(
        law, vote("c", "2021-03-07", kind=REFERENDUM, country="CH", words="Sunday's referendum on electronic identity")
    )


def test_without_a_country_only_the_day_joins() -> None:
    assert one(vote("a", "2019-06-09", country=None), vote("b", "2019-06-09"))
    assert not one(vote("a", "2019", country=None), vote("b", "2019-06-09"))


def test_votes_of_one_document_stay_apart_unless_all_agrees() -> None:
    assert not one(vote("a", None, "planned"), vote("a", "2024-06-09", "scheduled"))
    assert one(vote("a", "2019"), vote("a", "2019-06-09"))
    assert not one(vote("a", "2019-06-09"), vote("a", "2022-11-20"))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("planned", "2019-01-01"), ("held", "2019-06-10"), ("scheduled", "2019-05-01")], "held"),
        ([("called", "2019-04-01"), ("scheduled", "2019-05-01"), ("planned", "2019-05-02")], "scheduled"),
        ([("scheduled", "2020-03-01"), ("cancelled", "2020-04-01")], "cancelled"),
        ([("cancelled", "2020-04-01"), ("held", "2020-07-01")], "held"),
        ([("cancelled", None), ("scheduled", "2020-03-01")], "scheduled"),
        ([("cancelled", None)], "cancelled"),
    ],
)
def test_how_a_vote_stands(told: list[tuple[str, str | None]], expected: str) -> None:
    given_status = [(ElectionStatus(each), date.fromisoformat(day) if day else None) for each, day in told]
    assert status_of(given_status) == status_of(given_status[::-1]) == expected


PROFILES = st.builds(
    vote,
    document=st.sampled_from("abcdef"),
    on=st.none()
    | st.sampled_from(["2019", "2019-06", "2019-06-09", "2019-06-10", "2018/2021", "2023/..", "2021-11-21"]),
    status=st.sampled_from([str(status) for status in ElectionStatus]),
    kind=st.sampled_from(ElectionType),
    country=st.sampled_from([None, "KZ", "CL"]),
    published=st.none() | st.dates(date(2017, 1, 1), date(2025, 1, 1)).map(str),
    words=st.sampled_from(
        ["", "presidential runoff", "first round", "governor of Tokyo", "by-election in Ukiha", "referendum"]
    ),
    language=st.sampled_from([None, "en", "kk"]),
    winners=st.sampled_from([(), ("p",), ("q",), ("p", "q")]),
    early=st.sampled_from([None, True, False]),
)


@given(PROFILES, PROFILES)
def test_a_judgement_is_symmetric_and_only_of_what_shares_a_block(
    left: ElectionProfile, right: ElectionProfile
) -> None:
    judged = judge(left, right)
    assert judged == judge(right, left)
    if judged:
        assert left.blocks() & right.blocks()
        assert 0 <= judged.score <= 1


@given(st.lists(PROFILES, max_size=6, unique_by=lambda each: each.mention_id))
def test_votes_of_different_days_are_never_in_one_cluster(profiles: list[ElectionProfile]) -> None:
    # The day after is left to a person, so that no rule keeps the two apart.
    profiles = [each for each in profiles if each.date.edtf != "2019-06-10"]
    known = {each.mention_id: each for each in profiles}
    for found in cluster(profiles, judge).clusters:
        members = [known[each.mention_id] for each in found.members]
        dates = {each.date for each in members}
        assert len({each.edtf for each in dates if each.earliest and each.earliest == each.latest}) <= 1
        assert len({each.type for each in members}) == 1
        assert len({each.country for each in members if each.country}) <= 1


def made_up(countries: int, seed: int) -> tuple[list[ElectionProfile], dict[str, str]]:
    """Mentions of made-up votes, and which vote each is of.

    Each country votes for a president every five years, for a parliament every four and in a referendum every six, one
    time in twenty after 60 to 700 days. One to six articles tell of each vote, up to 300 days before it or 900 after,
    with its day, month, year or (200 days around it) no date.
    """
    chance = random.Random(seed)
    mentions: list[ElectionProfile] = []
    truth: dict[str, str] = {}
    for country in range(countries):
        code = "KLMNOPQRST"[country // 10] + "ABCDEFGHIJ"[country % 10]
        for kind, years in ((ElectionType.PRESIDENTIAL, 5), (PARLIAMENTARY, 4), (REFERENDUM, 6)):
            day = date(2000, 1, 1) + timedelta(chance.randint(0, 1200))
            while day < date(2025, 1, 1):
                winner = (f"person_{chance.randint(1, 99)}",) if kind is ElectionType.PRESIDENTIAL else ()
                for _ in range(chance.randint(1, 6)):
                    before, digits = chance.random() < 0.4, chance.choice([10, 10, 7, 4, 0])
                    longest = 200 if not digits else 300 if before else 900
                    published = day + timedelta(chance.randint(5, longest) * (-1 if before else 1))
                    status = chance.choice(["planned", "called", "scheduled"]) if before else "held"
                    name = f"d{len(mentions)}"
                    truth[name] = f"{code} {kind} {day}"
                    mentions.append(
                        vote(
                            name,
                            str(day)[:digits] or None,
                            status,
                            kind,
                            code,
                            str(published),
                            winners=winner if not before and chance.random() < 0.6 else (),
                        )
                    )
                regular = years * 365 + chance.randint(-20, 20)
                day += timedelta(regular if chance.random() < 0.95 else chance.randint(60, 700))
    return mentions, truth


def pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def test_made_up_votes_of_forty_countries_are_told_apart() -> None:
    mentions, truth = made_up(40, seed=1)
    found = pairs(clusters(*mentions))
    of_vote: dict[str, list[str]] = {}
    for name, of in truth.items():
        of_vote.setdefault(of, []).append(name)
    true = pairs(of_vote.values())
    assert len(found & true) / len(found) >= 0.995
    assert len(found & true) / len(true) >= 0.95


def test_an_open_date_and_one_that_is_not_known_have_few_blocks() -> None:
    assert vote("a", None, published=None).blocks() == frozenset()
    assert len(vote("a", "2023/..").blocks()) == 1
    assert len(vote("a", "1990/2020").blocks()) == 3
    assert vote("a", "2019-06-09").key() == ("presidential", "KZ", "2019-06-09", "")
