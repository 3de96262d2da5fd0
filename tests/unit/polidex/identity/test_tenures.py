"""Spells across documents: every row of the table in the documents, and how a spell stands after several accounts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.identity.clusters import cluster
from polidex.identity.judged import Judged
from polidex.identity.tenures import TenureProfile, judge, merge_status, settled
from schema.dates import WorldDate
from schema.spells import Spell
from schema.vocabulary import Basis, DateRelation, Judgement, TenureStatus

PAGE = Path(__file__).parents[4] / "docs" / "identity-time.md"
ROW = re.compile(r"^\| ([^|]+) \| `([^`]+)` \| `([^`]+)` \| `([a-z_]+)` \| ([a-z ]+) \|$", re.MULTILINE)
TABLE = [match.groups() for match in ROW.finditer(PAGE.read_text(encoding="utf-8"))]
INVERSE = {DateRelation.REFINES: DateRelation.REFINED_BY, DateRelation.REFINED_BY: DateRelation.REFINES}


def when(edtf: str) -> WorldDate:
    return WorldDate.unknown() if edtf == "?" else WorldDate.from_edtf(edtf, Basis.STATED)


def told(words: str, mention: str = "m", *, person: str = "person_1", office: str = "office_1") -> TenureProfile:
    """A mention as the table writes it: `START/END STATUS acting @DAY`."""
    dates, *rest = words.split()
    start, _, end = dates.partition("/")
    days = [date.fromisoformat(word[1:]) for word in rest if word.startswith("@")]
    statuses = [TenureStatus(word) for word in rest if word in list(TenureStatus)]
    return TenureProfile(
        mention_id=mention,
        document_id=f"document of {mention}",
        published=days[0] if days else None,
        person_id=person,
        office_id=office,
        start=when(start),
        end=when(end),
        status=statuses[0] if statuses else TenureStatus.UNKNOWN,
        acting="acting" in rest,
    )


def does(said: Judged | None) -> str:
    assert said
    if said.judgement is Judgement.POSITIVE:
        return "joins if alone" if said.weak else "joins"
    return "unsure" if said.judgement is Judgement.UNSURE else "stays two"


def test_the_table_is_found() -> None:
    assert len(TABLE) == PAGE.read_text(encoding="utf-8").split("| in words |")[1].split("\n\n")[0].count("\n") - 1
    assert {row[4] for row in TABLE} == {"joins", "joins if alone", "stays two", "unsure"}
    assert {row[3] for row in TABLE} == set(DateRelation)


@pytest.mark.parametrize(("words", "one", "other", "relation", "outcome"), TABLE, ids=[row[0] for row in TABLE])
def test_each_row_of_the_table(words: str, one: str, other: str, relation: str, outcome: str) -> None:
    left, right, expected = told(one), told(other), DateRelation(relation)
    assert left.spell.relation(right.spell) is expected
    assert right.spell.relation(left.spell) is INVERSE.get(expected, expected)
    assert does(judge(left, right)) == does(judge(right, left)) == outcome
    assert left.blocks() & right.blocks()


def test_two_people_and_two_offices_have_nothing_in_common() -> None:
    assert judge(told("2016/?"), told("2016/?", person="person_2")) is None
    assert judge(told("2016/?"), told("2016/?", office="office_2")) is None


def test_the_key_is_the_start_else_the_end() -> None:
    keys = [told(words).key()[2] for words in ("2016/2020", "?/2020", "?/?")]
    assert keys == ["2016", "2020", ""]


def fits(mention: str, *others: str) -> list[str]:
    """The outcome of a mention with each of the others, once all of them are known."""
    first, *rest = settled([told(mention, "first"), *(told(words, f"other {words}") for words in others)])
    return [does(judge(first, other)) for other in rest]


def test_a_title_without_a_date_goes_to_the_spell_that_was_held_then() -> None:
    terms = ("2007/?", "2013/?")
    assert fits("?/? current @2022-05-01", *terms) == ["stays two", "joins if alone"]
    assert fits("?/? current @2009-05-01", *terms) == ["joins if alone", "stays two"]
    # Nobody knows when it was said, or when "former" began: both fit, and it waits.
    assert fits("?/? current", *terms) == ["joins if alone"] * 2
    assert fits("?/? ended @2022-05-01", *terms) == ["joins if alone"] * 2


def test_an_end_goes_to_the_later_of_two_open_spells() -> None:
    assert fits("?/2019-03", "2007-01/?", "2013/?") == ["stays two", "joins if alone"]


def test_two_titles_without_a_date_are_apart_where_their_spells_are() -> None:
    assert fits("?/? current @2005-05-01", "2003/2010", "?/? current @2022-05-01") == ["joins if alone", "stays two"]
    assert fits("?/? current @2005-05-01", "?/? current @2022-05-01") == ["joins"]
    # A spell lies between them that neither can be of.
    assert fits("?/? current @2005-05-01", "2010/2015", "?/? current @2022-05-01") == ["stays two"] * 2


def test_a_title_that_thousands_of_documents_give_is_compared_once_a_year() -> None:
    days = [date.fromordinal(date(2015, 1, 1).toordinal() + 2 * number) for number in range(600)]
    profiles = [
        told("2014-11/? current @2016-01-01", "dated"),
        *(told(f"?/? current @{day}", f"{day}") for day in days),
    ]
    calls = 0

    def counted(one: TenureProfile, other: TenureProfile) -> Judged | None:
        nonlocal calls
        calls += 1
        return judge(one, other)

    found = cluster(settled(profiles), counted)
    assert [len(each.members) for each in found.clusters] == [601]
    assert calls < 3 * len(profiles)


def test_what_begins_while_a_spell_goes_on_does_not_end_it() -> None:
    assert fits("2018/?", "2018/2022", "2019/?") == ["joins if alone", "unsure"]
    assert fits("2013/?", "2013/2018", "2018/?") == ["joins if alone", "stays two"]
    assert fits("2013/? current @2022-01-01", "2018/?") == ["joins if alone"]


def test_acting_and_full_spells_do_not_bound_each_other() -> None:
    assert [each.over_by for each in settled([told("2018/? acting"), told("2019/?")])] == [None, None]


ACCOUNTS = st.lists(
    st.tuples(
        st.sampled_from(["2007/?", "2013/?", "2013/2016", "2013-03/?", "?/2016", "?/?", "?/?"]),
        st.sampled_from(["", "current", "ended", "planned"]),
        st.sampled_from(["", "acting"]),
        st.sampled_from(["", "@2009-01-01", "@2014-02-01", "@2020-02-01"]),
    ).map(" ".join),
    min_size=1,
    max_size=7,
)


@given(ACCOUNTS, st.randoms())
def test_neither_settling_nor_merging_depends_on_the_order(accounts: list[str], random: object) -> None:
    given_profiles = [told(words, str(number)) for number, words in enumerate(accounts)]
    shuffled = list(given_profiles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    by_id = {each.mention_id: each for each in settled(given_profiles)}
    assert {each.mention_id: each for each in settled(shuffled)} == by_id
    assert settled(list(by_id.values())) == list(by_id.values())
    spells = [each.spell for each in shuffled]
    assert merge_status(spells) == merge_status([each.spell for each in given_profiles])
    merged = merge_status(spells)
    assert not merged.end.is_before(merged.start)


@pytest.mark.parametrize(
    ("accounts", "expected"),
    [
        (["2016/? current @2018-05-01"], "2016/? current"),
        (["2016/? current @2018-05-01", "2016/2020 ended @2021-05-01"], "2016/2020 ended"),
        (["2016-05/? current @2018-05-01", "2016/2020 ended @2021-05-01"], "2016-05/2020 ended"),
        (["2016/? current @2018-05-01", "?/? ended @2021-05-01"], "2016/? ended"),
        # Who has no date is never later.
        (["2016/? current", "?/? ended @2021-05-01"], "2016/? ended"),
        (["2016/? current @2018-05-01", "?/? ended"], "2016/? ended"),
        (["2016/? current", "2016/2020"], "2016/2020 ended"),
        # "Former" was said too early, or a person has joined two spells: the latest document is right.
        (["?/? ended @2017-05-01", "2016-05/? current @2018-05-01"], "2016-05/? current"),
        (["2016-05/2017 ended @2017-05-01", "2016-05/? current @2018-05-01"], "2016-05/? current"),
        # An end that was expected.
        (["2019/2024 current @2020-05-01"], "2019/2024 current"),
        (["2019/2024 current @2020-05-01", "2019/? current @2021-05-01"], "2019/2024 current"),
        (["2019/2024 current @2020-05-01", "2019/? current @2025-05-01"], "2019/? current"),
        (["2019/2024 current @2020-05-01", "2019/2021 ended @2022-05-01"], "2019/2021 ended"),
        (["2019/2024 @2020-05-01"], "2019/2024 unknown"),
        (["2019/2024 planned @2018-05-01", "2019/? current @2020-05-01"], "2019/2024 current"),
        (["?/? planned @2019-04-01", "2019-06/?"], "2019-06/? planned"),
        (["2013/?", "2013/?"], "2013/? unknown"),
        (["2013/2016 ended @2018-01-01", "2013/2017 ended @2019-01-01"], "2013/2017 ended"),
    ],
)
def test_how_a_spell_stands(accounts: list[str], expected: str) -> None:
    wanted = told(expected)
    for order in (accounts, accounts[::-1]):
        merged = merge_status([told(words).spell for words in order])
        assert (merged.start, merged.end, merged.status) == (wanted.start, wanted.end, wanted.status)


def test_the_best_founded_date_is_taken_first() -> None:
    inferred = WorldDate.from_edtf("2016-05-03", Basis.INFERRED)
    assert merge_status([Spell(start=inferred), Spell(start=when("2016"))]).start == when("2016")
