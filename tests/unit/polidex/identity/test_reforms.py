"""When two mentions are one reform: the words, the values and the steps that join them, and what keeps them apart."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from polidex.identity.clusters import cluster
from polidex.identity.reforms import ReformProfile, judge
from polidex.identity.steps import Step
from schema import WorldDate
from schema.vocabulary import Basis, DecidedBy, Judgement, LegalInstrument, ReformArea, ReformStatus

SOCIAL = {"area": ReformArea.SOCIAL_POLICY}


def told(
    document: str,
    title: str,
    status: str = "adopted",
    published: str | None = "2024-03-01",
    on: str | None = None,
    country: str | None = "KE",
    language: str | None = "en",
    **more: Any,
) -> ReformProfile:
    when = WorldDate.from_edtf(on, Basis.STATED) if on else WorldDate.unknown()
    return ReformProfile(
        mention_id=f"{document}:{title}:{status}",
        document_id=document,
        published=date.fromisoformat(published) if published else None,
        title=title,
        country=country,
        language=language,
        events=(Step(status=ReformStatus(status), date=when),),
        **more,
    )


def clusters(*profiles: ReformProfile) -> list[list[str]]:
    """The documents of each cluster."""
    return [[each.document_id for each in found.members] for found in cluster(profiles, judge).clusters]


def one(left: ReformProfile, right: ReformProfile) -> bool:
    return len(clusters(left, right)) == 1


def test_proposed_adopted_and_signed_in_three_articles_is_one_reform() -> None:
    first = told("a", "raise the retirement age to 65", "proposed", "2024-01-10", **SOCIAL)
    second = told("b", "a law raising the retirement age", "adopted", "2024-02-20", **SOCIAL)
    third = told("c", "pension age bill", "signed", "2024-03-05", **SOCIAL)
    assert clusters(first, second, third) == [["a", "b", "c"]]
    assert clusters(third, first, second) == [["a", "b", "c"]]


def test_the_same_in_another_script_and_language() -> None:
    english = told("a", "raise the retirement age to 65", "proposed", "2024-01-10", **SOCIAL)
    for language, title in {
        "ru": "повышение пенсионного возраста до 65 лет",
        "fr": "porter l’âge de la retraite à 65 ans",
        "es": "eleva la edad de jubilación a 65 años",
        "de": "die Anhebung des Rentenalters auf 65 Jahre",
    }.items():
        assert one(english, told("b", title, "adopted", "2024-02-20", language=language, **SOCIAL)), language
    kazakh_majilis = told("a", "the threshold for parties to enter the Mazhilis was cut from 7 to 5 percent")
    russian = told("b", "снижение порога для партий в Мажилис с 7 до 5 процентов", "signed", language="ru")
    assert one(kazakh_majilis, russian)


def test_from_one_number_to_another_is_one_change_in_any_wording() -> None:
    seats = {"area": ReformArea.PARLIAMENT, "value_old": "120", "value_new": "90", "country": "KG"}
    english = told("a", "cuts the number of its seats from 120 to 90", "proposed", "2021-02-10", **seats)
    russian = told("b", "вместо 120 депутатских мест остаётся 90", "proposed", "2021-03-12", language="ru", **seats)
    french = told("c", "réduit de 120 à 90 le nombre de sièges", "adopted", "2021-04-13", language="fr", **seats)
    signed = told("d", "leaves 90 seats of 120 to the lower house", "signed", "2021-05-06", **seats)
    assert clusters(english, russian, french, signed) == [["a", "b", "c", "d"]]


def test_in_two_languages_words_that_say_something_else_stay_apart() -> None:
    english = told("a", "raise the retirement age to 65", "proposed", "2024-01-10", **SOCIAL)
    assert not one(english, told("b", "повышение пенсий на 10 процентов", language="ru", **SOCIAL))
    assert not one(english, told("b", "eleva el salario mínimo", language="es", **SOCIAL))


def test_a_number_that_differs_is_one_reform() -> None:
    first = told("a", "raise the retirement age to 65", "proposed", "2024-01-10", **SOCIAL)
    second = told("b", "a law that raises the retirement age to 63", "adopted", "2024-02-20", **SOCIAL)
    judged = judge(first, second)
    assert judged is not None
    assert (judged.judgement, judged.method) == (Judgement.POSITIVE, "same_words_other_number")
    with_values = [first.model_copy(update={"value_new": "65"}), second.model_copy(update={"value_new": "63 years"})]
    assert one(*with_values)
    russian = told(
        "c", "закон о повышении пенсионного возраста до 63 лет", "signed", "2024-03-05", language="ru", **SOCIAL
    )
    assert clusters(first, second, russian) == [["a", "b", "c"]]
    spelled = told("d", "presidential term cut from six years to four", "proposed", area=ReformArea.PRESIDENCY)
    other = told("e", "cuts the president's term from six years to five", area=ReformArea.PRESIDENCY)
    assert one(spelled, other)


def test_numbers_of_two_measures_do_not_join_them() -> None:
    # Japan lowered its voting age twice; wages rise every year; women and men have ages of their own.
    assert not one(
        told("a", "voting age cut from 25 to 20", on="1945-12", country="JP", value_old="25", value_new="20"),
        told("b", "voting age cut from 20 to 18", on="2015-06-17", country="JP", value_old="20", value_new="18"),
    )
    assert not one(
        told("a", "raises the minimum wage to 70000", published="2023-01-05"),
        told("b", "raises the minimum wage to 85000", published="2024-01-05"),
    )
    assert not one(told("a", "raises the minimum wage", published="2022-01-05"), told("b", "raises the minimum wage"))
    assert not one(
        told("a", "raises the retirement age for women to 60", **SOCIAL),
        told("b", "raises the retirement age for men to 65", **SOCIAL),
    )


def test_a_change_and_its_opposite_are_two() -> None:
    for left, right in [
        ("raises the retirement age", "lowers the retirement age"),
        ("introduces a wealth tax", "abolishes the wealth tax"),
        ("allows same-sex marriage", "bans same-sex marriage"),
    ]:
        judged = judge(told("a", left), told("b", right))
        assert judged is not None
        assert judged.judgement is Judgement.NEGATIVE, (left, right)


def test_the_terms_of_two_offices_are_two_reforms() -> None:
    assert not one(told("a", "presidential term limits"), told("b", "parliamentary term limits"))
    # Who acts is not whose term it is.
    assert one(
        told("a", "Parliament raised the retirement age", "adopted"),
        told("b", "the President signed the law raising the retirement age", "signed"),
    )


def test_steps_that_cannot_follow_each_other_are_of_two_reforms() -> None:
    title = "legalises the medical use of cannabis"
    assert not one(told("a", title, "rejected", "2010-05-01"), told("b", title, "proposed", "2022-05-01"))
    assert not one(told("a", title, "adopted", on="2015-06"), told("b", title, "adopted", on="2019-06"))
    assert not one(told("a", title, "adopted", "2012-01-01"), told("b", title, "proposed", "2022-05-01"))
    assert one(told("a", title, "proposed", "2021-05-01"), told("b", title, "rejected", "2022-05-01"))
    assert one(told("a", title, "adopted", on="2021-06"), told("b", title, "in_force", on="2022-01-01"))


def test_reforms_of_two_countries_are_two() -> None:
    title = "abolished the death penalty"
    assert judge(told("a", title, country="KE"), told("b", title, country="GH")) is None
    assert one(told("a", title), told("b", "finally banned the death penalty as a punishment"))


def test_without_a_country_only_the_whole_of_the_words_joins() -> None:
    long = "lets villages elect their own elders every year"
    assert one(told("a", long, country=None), told("b", long))
    assert (
        judge(told("a", "abolished the death penalty", country=None), told("b", "abolished the death penalty")) is None
    )


TEN_MEASURES = (
    "abolished the death penalty",
    "barring the president’s close relatives from holding senior positions in state companies",
    "repealed a law granting legal immunity to the first president and his family",
    "reduced threshold for parties to enter the lower house from 7 to 5 percent",
    "a 30 percent quota for women on the party lists",
    "a 30 percent quota for youth on the party lists",
    "an “against all” column on the electoral ballot",
    "the procedure for registering political parties has been simplified",
    "one third of the deputies are elected in single-mandate constituencies",
    "direct elections of mayors of districts and cities",
)


def test_the_measures_of_one_package_stay_as_many_as_they_are() -> None:
    area = {"area": ReformArea.ELECTORAL_SYSTEM}
    assert len(clusters(*(told("a", title, **area) for title in TEN_MEASURES))) == 10
    both = [told(document, title, **area) for document in ("a", "b") for title in TEN_MEASURES]
    assert clusters(*both) == [["a", "b"]] * 10


def test_in_one_document_only_the_same_words_join() -> None:
    assert one(
        told("a", "Cuts the voting age from 20 to 18", "adopted"),
        told("a", "Cuts the voting age from 20 to 18", "in_force"),
    )
    assert not one(told("a", "raises the retirement age to 65"), told("a", "pension age bill"))


def test_traps_from_many_countries() -> None:
    for left, right in [
        ("raises pensions", "raises the retirement age"),
        ("a quota for women in parliament", "a quota for women on company boards"),
        ("judges are appointed for ten years", "judges are elected by the people"),
        ("cuts income tax for companies", "cuts the tax on fuel"),
        ("the Senate is replaced with a Chamber of Regions", "the Senate gets a veto on budgets"),
        ("the term of judges is cut to six years", "the term of mayors is cut to six years"),
        ("threshold for parties cut to 5 percent", "threshold for candidates cut to 5 percent"),
    ]:
        assert not one(told("a", left), told("b", right)), (left, right)
    for left, right in [
        ("Fees in public primary schools abolished", "abolishes school fees in public primary schools"),
        ("voting age in local elections cut from 18 to 16", "a law lowering the voting age to 16 in local elections"),
        ("decriminalises abortion", "the bill that decriminalised abortion"),
        ("newspapers do not need a licence any more", "the licence for newspapers is abolished"),
    ]:
        assert one(told("a", left, "proposed"), told("b", right, "adopted")), (left, right)


STORIES = json.loads(Path(__file__).with_name("reform_stories.json").read_text(encoding="utf-8"))["stories"]


def test_forty_reforms_of_one_country_in_the_same_months_are_told_apart() -> None:
    profiles = [
        told(
            f"{number}-{step}",
            title,
            ("proposed", "adopted", "signed")[step],
            str(date(2024, 1, 10) + timedelta(40 * step)),
            language=language,
            area=ReformArea(story["area"]),
            value_new=new or None,
        )
        for number, story in enumerate(STORIES)
        for step, (language, title, new) in enumerate(story["told"])
    ]
    found = {pair for joined in clusters(*profiles) for pair in combinations(sorted(joined), 2)}
    true = {
        pair
        for pair in combinations(sorted(each.document_id for each in profiles), 2)
        if len({each.split("-")[0] for each in pair}) == 1
    }
    assert found <= true
    assert len(found) >= 0.9 * len(true)


def test_of_two_that_fit_a_vague_wording_joins_neither() -> None:
    women = told("a", "raises the retirement age for women", "proposed", **SOCIAL)
    men = told("b", "raises the retirement age for men", "proposed", **SOCIAL)
    vague = told("c", "the retirement age bill", "adopted", **SOCIAL)
    assert clusters(women, men, vague) == [["a"], ["b"], ["c"]]


PROFILES = st.builds(
    told,
    document=st.sampled_from("abcdef"),
    title=st.sampled_from(
        [*TEN_MEASURES, "raises the retirement age to 65", "pension age bill", "the new constitution"]
    )
    | st.text(min_size=1).filter(str.strip),
    status=st.sampled_from([str(status) for status in ReformStatus]),
    published=st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(str),
    on=st.none() | st.sampled_from(["2010", "2019-03", "2024-01-02"]),
    country=st.sampled_from([None, "KE", "GH"]),
    language=st.sampled_from([None, "en", "ru", "kk"]),
    area=st.sampled_from(ReformArea),
    instrument=st.sampled_from(LegalInstrument),
    value_new=st.none() | st.sampled_from(["5", "63 years", "no limit"]),
)


@given(PROFILES, PROFILES)
def test_a_judgement_is_symmetric_and_only_of_what_shares_a_block(left: ReformProfile, right: ReformProfile) -> None:
    judged = judge(left, right)
    assert judged == judge(right, left)
    if judged:
        assert left.blocks() & right.blocks()
        assert 0 <= judged.score <= 1


@given(st.lists(st.sampled_from(TEN_MEASURES), min_size=2, max_size=6, unique=True))
def test_different_measures_never_join_across_documents(titles: list[str]) -> None:
    profiles = [told(f"d{number}", title) for number, title in enumerate(titles)]
    for left, right in combinations(profiles, 2):
        judged = judge(left, right)
        assert judged is None or judged.judgement is not Judgement.POSITIVE, (left.title, right.title)


def test_a_long_wording_has_few_blocks() -> None:
    assert len(told("a", " ".join(TEN_MEASURES)).blocks()) < 200
    assert len(told("a", TEN_MEASURES[0]).blocks()) == 2


def test_the_key_of_a_reform_is_its_country_and_words() -> None:
    first = told("a", "Abolished the death penalty")
    later = first.model_copy(
        update={"mention_id": "x", "document_id": "b", "published": date(2024, 3, 1) + timedelta(9)}
    )
    assert first.key() == later.key() == ("KE", "abolished the death penalty")
    assert told("a", "改革", country=None).key()[1]
    assert DecidedBy.UNKNOWN is first.events[0].decided_by
