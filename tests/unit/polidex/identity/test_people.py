"""Who is one person in two documents, who is not, and who may be: case by case, and what holds for any two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.identity.judged import Judged
from polidex.identity.people import OfficeHint, PersonProfile, judge
from schema.dates import WorldDate
from schema.vocabulary import Basis, Judgement, OfficeRole, TenureStatus

DAY = date(2020, 6, 1)
ROLES = st.sampled_from(list(OfficeRole))
MAYBE_DATES = st.sampled_from([None, "2010", "2015-03", "2015-03-04", "2019/2021", "2020-05-31"])


def when(edtf: str | None) -> WorldDate:
    return WorldDate.from_edtf(edtf, Basis.STATED) if edtf else WorldDate.unknown()


def post(
    role: OfficeRole,
    country: str | None = "KZ",
    words: str = "",
    start: str | None = None,
    end: str | None = None,
    status: TenureStatus = TenureStatus.CURRENT,
) -> OfficeHint:
    return OfficeHint(role=role, country=country, words=words, start=when(start), end=when(end), status=status)


def person(
    *names: str,
    country: str | None = None,
    offices: tuple[OfficeHint, ...] = (),
    birth: str | None = None,
    death: str | None = None,
    namesake: bool = False,
    document: str = "d1",
    published: date | None = DAY,
) -> PersonProfile:
    return PersonProfile(
        mention_id=f"{document} {names} {country} {namesake}",
        document_id=document,
        published=published,
        names=names,
        country=country,
        offices=offices,
        birth=when(birth),
        death=when(death),
        namesake=namesake,
    )


def judged(one: PersonProfile, other: PersonProfile) -> tuple[Judgement, bool, str] | None:
    """What the rules say of two mentions, the second in a document of its own."""
    second = other if other.document_id != one.document_id else other.model_copy(update={"document_id": "d2"})
    found = judge(one, second)
    assert found == judge(second, one)
    if found:
        assert one.blocks() & second.blocks()
    return (found.judgement, found.weak, found.method) if found else None


PRESIDENT = post(OfficeRole.HEAD_OF_STATE, words="President of Kazakhstan")
FINANCE = post(OfficeRole.MINISTER, words="Minister of Finance", start="2018", end="2022")
JUDGE = post(OfficeRole.JUDGE, words="judge of the Supreme Court", start="2015", end="2023")
DEPUTY = post(OfficeRole.LEGISLATOR, words="member of parliament", start="2018", end="2022")
OF_NO_STATE = DEPUTY.model_copy(update={"country": None})
SURE = (Judgement.POSITIVE, False)
WEAK = (Judgement.POSITIVE, True)
NEVER = (Judgement.NEGATIVE, False)
UNSURE = (Judgement.UNSURE, False)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            person("Kassym-Jomart Tokayev", country="KZ"),
            person("Касым-Жомарт Токаев", country="KZ"),
            (*SURE, "same_name_and_country"),
        ),
        (
            person("Ada Moro", birth="1970-05-02"),
            person("Ada Moro", birth="1970-05-02"),
            (*SURE, "same_name_and_birth"),
        ),
        (person("Ada Moro", country="KE"), person("Ada Moro"), (*WEAK, "same_name")),
        (person("Xi Jinping", country="CN"), person("Jinping Xi", country="CN"), (*WEAK, "same_name")),
        (person("Ada Moro", country="KE"), person("Ada Moro", country="IT"), (*NEVER, "other_country")),
        (person("Ada Moro", birth="1970"), person("Ada Moro", birth="1981"), (*NEVER, "other_birth")),
        (person("Ada Moro", birth="1970"), person("Ada Moro", birth="1970-05"), (*WEAK, "same_name")),
        (person("Ada Moro", death="1902"), person("Ada Moro", birth="1970"), (*NEVER, "other_lifetime")),
        (person("Ada Moro", death="1902"), person("Ada Moro", death="1980"), (*NEVER, "other_death")),
        (
            person("Ada Moro", country="KZ", namesake=True),
            person("Ada Moro", country="KZ"),
            (*NEVER, "named_as_namesake"),
        ),
        (
            person("Ada Moro", country="KZ", offices=(JUDGE,)),
            person("Ada Moro", country="KZ", offices=(FINANCE,)),
            (*NEVER, "two_full_time_posts"),
        ),
        (
            person("Ada Moro", country="KZ", offices=(DEPUTY,)),
            person("Ada Moro", country="KZ", offices=(FINANCE,)),
            (*SURE, "same_name_and_country"),
        ),
        (
            person("Ada Moro", country="KE"),
            person("Ada Wanjiru Moro", country="KE"),
            (*WEAK, "longer_name_and_country"),
        ),
        (person("Ada Moro", country="KE"), person("Ada Wanjiru Moro"), (*UNSURE, "longer_name")),
        (person("Ada Moro"), person("Ada Wanjiru Moro"), None),
        (person("A. Shahid", country="MV"), person("Abdulla Shahid", country="MV"), (*WEAK, "initials_and_country")),
        (person("A. Shahid", country="MV"), person("Abdulla Shahid"), None),
        (person("A. Shahid", country="MV"), person("B. Shahid", country="MV"), None),
        (
            person("Volodymyr Zelenskyy", country="UA"),
            person("Владимир Зеленский", country="UA"),
            (*WEAK, "like_name"),
        ),
        (person("Hassan Ali", country="PK"), person("Hussein Ali", country="PK"), None),
        (person("Jan Anderson", country="GB"), person("Ian Anderson", country="GB"), None),
        (
            person("Ada Moro", offices=(DEPUTY,)),
            person("A. Moro", offices=(OF_NO_STATE,)),
            (*WEAK, "initials_and_role"),
        ),
        (
            person("Ada Moro", offices=(DEPUTY,)),
            person("Ada W. Moro", offices=(OF_NO_STATE,)),
            (*WEAK, "longer_name_and_role"),
        ),
        (person("Joe Biden", country="US"), person("Hunter Biden", country="US"), None),
        (
            person("Tokayev", offices=(PRESIDENT,)),
            person("Kassym-Jomart Tokayev", offices=(PRESIDENT,)),
            (*WEAK, "surname_and_post"),
        ),
        (person("Tokayev", country="KZ"), person("Kassym-Jomart Tokayev", country="KZ"), None),
        (person("Tokayev"), person("Tokayev"), None),
        (
            person("Ada Moro", country="KE", offices=(post(OfficeRole.HEAD_OF_STATE, "KE", start="2019-03-20"),)),
            person("Ada Sand", country="KE", offices=(post(OfficeRole.HEAD_OF_STATE, "KE", start="2019"),)),
            (*WEAK, "changed_name"),
        ),
        (
            person("Ada Moro", country="KE", offices=(post(OfficeRole.HEAD_OF_STATE, "KE", start="2019"),)),
            person("Ada Sand", country="KE", offices=(post(OfficeRole.HEAD_OF_STATE, "KE", start="2019"),)),
            None,
        ),
        (
            person("Ada Moro, née Sand", country="KE"),
            person("Ada Sand", country="KE"),
            (*SURE, "same_name_and_country"),
        ),
    ],
)
def test_two_mentions(one: PersonProfile, other: PersonProfile, expected: tuple[Judgement, bool, str] | None) -> None:
    assert judged(one, other) == expected


def test_that_two_people_are_called_alike_for_short_makes_them_not_one() -> None:
    one = person("Kassym Tokayev", "K. Tokayev", "Tokayev", country="KZ")
    assert judged(one, person("Kanat Tokayev", "K. Tokayev", "Tokayev", country="KZ")) is None


@pytest.mark.parametrize(
    ("start", "end", "published", "joins"),
    [
        ("2019-03-20", None, DAY, True),
        ("2019-03-20", "2019-12-31", DAY, False),
        ("2020-06-02", None, DAY, False),
        (None, None, DAY, True),
        (None, None, date(2020, 5, 20), True),
        (None, None, date(2019, 5, 20), False),
        ("2019-03-20", None, date(2024, 5, 20), True),
    ],
)
def test_a_role_phrase_is_whoever_held_the_post_on_the_day(
    start: str | None, end: str | None, published: date, joins: bool
) -> None:
    held = post(OfficeRole.HEAD_OF_STATE, start=start, end=end)
    named = person("Kassym-Jomart Tokayev", country="KZ", offices=(held,), document="d2", published=published)
    found = judged(person(offices=(PRESIDENT,)), named)
    assert found == ((*WEAK, "role_country_and_date") if joins else None)


def test_two_role_phrases_or_one_of_another_country_say_nothing() -> None:
    phrase = person(offices=(PRESIDENT,))
    assert judged(phrase, person(offices=(PRESIDENT,))) is None
    french = person("Ada Moro", offices=(post(OfficeRole.HEAD_OF_STATE, "FR"),))
    assert judged(phrase, french) is None


@pytest.mark.parametrize(
    ("name", "joins"),
    [
        ("Касыма-Жомарта Токаева", True),
        ("Касым-Жомартом Токаевым", True),
        ("Токаева", True),
        ("Касыма-Жомарта Масимова", False),
        ("Нурсултана Назарбаева", False),
    ],
)
def test_a_name_in_another_case_is_whoever_is_called_so_in_that_post(name: str, joins: bool) -> None:
    called = person("Kassym-Jomart Tokayev", offices=(PRESIDENT,))
    found = judged(person(name, offices=(PRESIDENT,)), called)
    assert found == ((*WEAK, "name_in_another_case_and_post") if joins else None)
    assert judged(person(name), called) is None


def test_a_surname_is_not_whoever_held_the_post_a_generation_later() -> None:
    old = person("Tokayev", offices=(PRESIDENT,), published=date(1995, 1, 1))
    assert judged(old, person("Kassym-Jomart Tokayev", offices=(PRESIDENT,))) is None


def test_mentions_in_one_document_are_joined_by_nothing_weak() -> None:
    one, other = person("A. Shahid", country="MV"), person("Abdulla Shahid", country="MV")
    assert judge(one, other) is None
    surname = person("Tokayev", offices=(PRESIDENT,))
    assert judge(surname, person("Kassym-Jomart Tokayev", offices=(PRESIDENT,))) is None
    assert judge(person(offices=(PRESIDENT,)), person("Ada Moro", offices=(PRESIDENT,))) is None


def test_an_office_that_changed_hands_within_a_month_excludes_nothing() -> None:
    was = person("Ada Moro", country="KZ", offices=(post(OfficeRole.JUDGE, start="2015", end="2020-05-10"),))
    now = person("Ada Moro", country="KZ", offices=(post(OfficeRole.MINISTER, start="2020-05-01"),))
    assert judged(was, now) == (*SURE, "same_name_and_country")


def test_keys() -> None:
    assert person("Kassym-Jomart Tokayev").key() == person("Токаев Касым-Жомарт", document="d2").key()
    assert person("Tokayev").key() != person("Tokayev", document="d2").key()
    phrases = [person(offices=(PRESIDENT,), document=document).key() for document in ("d1", "d2")]
    assert phrases[0] != phrases[1]
    assert person(offices=(PRESIDENT,)).key() != person(offices=(FINANCE,)).key()


def test_the_vaguer_name_tells_less() -> None:
    vague = [person(offices=(PRESIDENT,)), person("Moro"), person("J. Moro"), person("Jan Moro")]
    assert [each.detail() for each in [*vague, person("Jan Moro", country="KE")]] == [0, 2, 3, 4, 5]


hints = st.builds(
    post,
    role=ROLES,
    country=st.sampled_from([None, "KZ", "KE"]),
    words=st.sampled_from(["", "president", "Minister of Finance", "finance minister", "Министр финансов", "mayor"]),
    start=MAYBE_DATES,
    end=st.sampled_from([None, "2021", "2022-04"]),
    status=st.sampled_from(list(TenureStatus)),
)
profiles = st.builds(
    person,
    *[st.sampled_from(["Ada Moro", "Ада Моро", "A. Moro", "Moro", "Moro Ada", "Ada W. Moro", "Ada Moro, née Sand"])],
    country=st.sampled_from([None, "KZ", "KE"]),
    offices=st.lists(hints, max_size=2).map(tuple),
    birth=MAYBE_DATES,
    death=st.sampled_from([None, "2022"]),
    namesake=st.booleans(),
    document=st.sampled_from(["d1", "d2"]),
    published=st.sampled_from([None, DAY, date(2012, 1, 1)]),
)
phrases = st.builds(person, offices=st.lists(hints, min_size=1, max_size=2).map(tuple), document=st.just("d3"))


@given(profiles, profiles | phrases)
def test_judging_is_the_same_in_either_order_and_whatever_is_judged_is_found(
    one: PersonProfile, other: PersonProfile
) -> None:
    found = judge(one, other)
    assert found == judge(other, one)
    if found:
        assert isinstance(found, Judged) and 0 < found.score <= 1
        assert one.blocks() & other.blocks()
        assert not (found.weak and one.document_id == other.document_id)


@given(profiles)
def test_a_full_name_is_one_with_itself_in_another_document(one: PersonProfile) -> None:
    found = judge(one, one.model_copy(update={"document_id": "d9"}))
    if one.is_full and one.name.full != one.name.words:
        # Of two posts that no one holds at once the mention is at odds with itself.
        assert found is None or found.judgement is not Judgement.NEGATIVE or found.method == "two_full_time_posts"
    elif one.is_full:
        assert found and found.judgement is not Judgement.UNSURE
