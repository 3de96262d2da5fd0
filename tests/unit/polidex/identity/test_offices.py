"""One post under many names is one; posts of other ranks, fields, bodies, cities and countries are others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.cues import role_of
from polidex.identity.offices import OfficeProfile, branch_of, judge, level_of, meaning_of, role_in
from schema.vocabulary import Judgement, OfficeBranch, OfficeLevel, OfficeRole

Named = tuple[str, str, str | None]
"""A title, its language and its country."""


def office(named: Named, *, body: str | None = None, document: str = "d") -> OfficeProfile:
    name, language, country = named
    return OfficeProfile(
        mention_id=f"{document}-{name}",
        document_id=document,
        name=name,
        role=role_of(name, language) or OfficeRole.OTHER,
        country=country,
        organization_id=body,
        language=language,
    )


ONE_POST: list[tuple[Named, Named]] = [
    (("President", "en", "KZ"), ("President of the Republic", "en", "KZ")),
    (("President", "en", "KZ"), ("head of state", "en", "KZ")),
    (("Президент", "ru", "KZ"), ("President", "en", "KZ")),
    (("глава государства", "ru", "UZ"), ("Президентом", "ru", "UZ")),
    (("chef de l’État", "fr", "FR"), ("Président de la République", "fr", "FR")),
    (("Bundeskanzlerin", "de", "DE"), ("Chancellor", "en", "DE")),
    (("премьер-министр", "ru", "RU"), ("Chairman of the Government", "en", "RU")),
    (("presidente del Gobierno", "es", "ES"), ("prime minister", "en", "ES")),
    (("Premier", "en", "CN"), ("Prime Minister", "en", "CN")),
    (("King", "en", "ES"), ("rey", "es", "ES")),
    (("foreign minister", "en", "KE"), ("Minister of Foreign Affairs", "en", "KE")),
    (("minister for foreign affairs", "en", "FI"), ("Ministre des Affaires étrangères", "fr", "FI")),
    (("Außenministerin", "de", "DE"), ("ministra de Asuntos Exteriores", "es", "DE")),
    (("министр иностранных дел", "ru", "RU"), ("глава МИД", "ru", "RU")),
    (("Foreign Secretary", "en", "GB"), ("Secretary of State for Foreign Affairs", "en", "GB")),
    (("Minister of Defence", "en", "KZ"), ("министр обороны", "ru", "KZ")),
    (("Defense Minister", "en", "GR"), ("Minister of National Defence", "en", "GR")),
    (("Verteidigungsminister", "de", "DE"), ("Bundesminister der Verteidigung", "de", "DE")),
    (("Treasury Secretary", "en", "US"), ("secretario del Tesoro", "es", "US")),
    (("Deputy Foreign Minister", "en", "KZ"), ("заместитель министра иностранных дел", "ru", "KZ")),
    (("Vice President", "en", "AR"), ("vicepresidenta", "es", "AR")),
    (("Speaker of the Senate", "en", "KZ"), ("Senate Speaker", "en", "KZ")),
    (("Speaker of the Senate", "en", "KZ"), ("Chairman of the Senate", "en", "KZ")),
    (("President of the Senate", "en", "FR"), ("Présidente du Sénat", "fr", "FR")),
    (("House Speaker", "en", "US"), ("Speaker of the House of Representatives", "en", "US")),
    (("Speaker of the Mazhilis", "en", "KZ"), ("Chairman of the Mazhilis", "en", "KZ")),
    (("UN Secretary-General", "en", None), ("Secretary-General of the United Nations", "en", None)),
    (("генсек ООН", "ru", None), ("Secretario General de la ONU", "es", "PT")),
    (("mayor of Almaty", "en", "KZ"), ("Almaty mayor", "en", "KZ")),
    (("mayor of Almaty", "en", None), ("мэр Алматы", "ru", "KZ")),
    (("ambassador to France", "en", "KE"), ("посол во Франции", "ru", "KE")),
    (("senator", "en", "CL"), ("senadora", "es", "CL")),
    (("former Minister of Health", "en", "IN"), ("Health Minister", "en", "IN")),
]  # fmt: skip

TWO_POSTS: list[tuple[Named, Named]] = [
    (("President", "en", "KZ"), ("President", "en", "KE")),
    (("President", "en", None), ("President", "en", None)),
    (("President", "en", "KZ"), ("Vice President", "en", "KZ")),
    (("President", "en", "KZ"), ("acting president", "en", "KZ")),
    (("President", "en", "CY"), ("co-president", "en", "CY")),
    (("President", "en", "US"), ("president-elect", "en", "US")),
    (("President", "en", "FR"), ("President of the Senate", "en", "FR")),
    (("President", "en", "RU"), ("President of Gazprom", "en", "RU")),
    (("President", "en", "RU"), ("President of Tatarstan", "en", "RU")),
    (("President", "en", "TH"), ("King", "en", "TH")),
    (("King", "en", "ES"), ("Queen", "en", "ES")),
    (("Prime Minister", "en", "GB"), ("Chancellor", "en", "GB")),
    (("Prime Minister", "en", "GB"), ("First Minister", "en", "GB")),
    (("Prime Minister", "en", "IN"), ("Chief Minister", "en", "IN")),
    (("Premier", "en", "CA"), ("Premier of Ontario", "en", "CA")),
    (("deputy prime minister", "en", "KZ"), ("first deputy prime minister", "en", "KZ")),
    (("Foreign Minister", "en", "KZ"), ("Deputy Foreign Minister", "en", "KZ")),
    (("Minister of Foreign Affairs", "en", "IN"), ("Minister of State for Foreign Affairs", "en", "IN")),
    (("Foreign Minister", "en", "GB"), ("shadow foreign secretary", "en", "GB")),
    (("Minister of Defence", "en", "UA"), ("Minister of Defence Industry", "en", "UA")),
    (("Minister of Finance", "en", "FR"), ("Minister of Economy and Finance", "en", "FR")),
    (("Minister of Defence", "en", None), ("Minister of Defence", "en", None)),
    (("Minister of Defence", "en", None), ("Minister of Defence", "en", "KZ")),
    (("Minister", "en", "KZ"), ("Minister of Defence", "en", "KZ")),
    (("министр обороны", "ru", "KZ"), ("министр внутренних дел", "ru", "KZ")),
    (("Speaker of the Senate", "en", "KZ"), ("Speaker of the Mazhilis", "en", "KZ")),
    (("Chairman of the Senate", "en", "US"), ("Chairman of the Senate Foreign Relations Committee", "en", "US")),
    (("president of Fenerbahce", "en", "TR"), ("chairman of Fenerbahce", "en", "TR")),
    (("mayor of London", "en", "GB"), ("mayor of London", "en", "CA")),
    (("mayor of Astana", "en", "KZ"), ("mayor of Almaty", "en", "KZ")),
    (("mayor", "en", "KZ"), ("mayor of Almaty", "en", "KZ")),
    (("member of parliament", "en", "NZ"), ("member of parliament for Wellington", "en", "NZ")),
    (("ambassador to France", "en", "KE"), ("ambassador to Germany", "en", "KE")),
    (("ambassador to the UN", "en", "KE"), ("ambassador to the UN", "en", "FR")),
    (("UN Secretary-General", "en", None), ("NATO Secretary General", "en", None)),
    (("secretary general of the Green Party", "en", None), ("secretary general of the Green Party", "en", None)),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE_POST, ids=str)
def test_one_post_under_two_names(one: Named, other: Named) -> None:
    judged = judge(office(one), office(other))
    assert judged and judged.judgement is Judgement.POSITIVE


@pytest.mark.parametrize(("one", "other"), TWO_POSTS, ids=str)
def test_two_posts_with_names_alike(one: Named, other: Named) -> None:
    judged = judge(office(one), office(other))
    assert judged is None or judged.judgement is Judgement.NEGATIVE


def test_a_post_without_a_name_of_its_own_is_that_of_its_organization() -> None:
    chairman: Named = ("Chairman", "en", "KE")
    here, there, unsaid = office(chairman, body="a"), office(chairman, body="b"), office(chairman)
    found = [judge(here, here), judge(here, there), judge(here, unsaid)]
    assert [(each.judgement, each.weak) for each in found if each] == [
        (Judgement.POSITIVE, False),
        (Judgement.NEGATIVE, False),
        (Judgement.POSITIVE, True),
    ]
    minister: Named = ("Minister of Health", "en", "KE")
    same = judge(office(minister, body="a"), office(minister, body="b"))
    assert same and same.judgement is Judgement.POSITIVE and not same.weak


def test_a_president_of_an_organization_is_no_head_of_state() -> None:
    president: Named = ("President", "en", "KE")
    assert judge(office(president, body="a"), office(president)) is None


def test_a_head_of_state_that_may_be_two_posts_joins_only_one_of_them() -> None:
    generic = judge(office(("head of state", "en", "TH")), office(("King", "en", "TH")))
    assert generic and generic.weak
    assert office(("King", "en", "TH")).detail() > office(("head of state", "en", "TH")).detail()


def test_the_key_is_that_of_the_meaning() -> None:
    keys = {office(named).key() for pair in ONE_POST[10:11] for named in pair}
    assert len(keys) == 1
    assert office(("mayor of Almaty", "en", "KZ")).key() != office(("mayor of Almaty", "en", None)).key()


@pytest.mark.parametrize(
    ("named", "level", "branch"),
    [
        (("President", "en", "KE"), OfficeLevel.NATIONAL, OfficeBranch.EXECUTIVE),
        (("President", "en", None), None, OfficeBranch.EXECUTIVE),
        (("President of Gazprom", "en", "RU"), None, None),
        (("Ministre de la Santé", "fr", "FR"), OfficeLevel.NATIONAL, OfficeBranch.EXECUTIVE),
        (("Senate Speaker", "en", "KZ"), OfficeLevel.NATIONAL, OfficeBranch.LEGISLATIVE),
        (("мэр Алматы", "ru", "KZ"), OfficeLevel.SUBNATIONAL, OfficeBranch.EXECUTIVE),
        (("governor of Texas", "en", "US"), OfficeLevel.SUBNATIONAL, None),
        (("governor of the Central Bank", "en", "KE"), OfficeLevel.NATIONAL, None),
        (("governor", "en", "US"), None, None),
        (("judge of the Supreme Court", "en", "US"), None, OfficeBranch.JUDICIAL),
        (("UN Secretary-General", "en", None), OfficeLevel.INTERNATIONAL, None),
        (("President of the European Commission", "en", None), OfficeLevel.SUPRANATIONAL, None),
        (("health minister of Bavaria", "en", "DE"), None, OfficeBranch.EXECUTIVE),
        (("party leader", "en", "DE"), None, None),
    ],
    ids=str,
)
def test_the_level_and_the_branch_are_said_where_the_words_do(
    named: Named, level: OfficeLevel | None, branch: OfficeBranch | None
) -> None:
    assert level_of(*named) == level
    assert branch_of(*named) == branch


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("President of the Senate", "en", OfficeRole.SPEAKER),
        ("President of the Supreme Court", "en", OfficeRole.CHAIR),
        ("President of the European Commission", "en", OfficeRole.IGO_OFFICIAL),
        ("President of Kenya", "en", OfficeRole.HEAD_OF_STATE),
        ("acting president", "en", OfficeRole.HEAD_OF_STATE),
        ("глава государства", "ru", OfficeRole.HEAD_OF_STATE),
        ("глава правительства", "ru", OfficeRole.HEAD_OF_GOVERNMENT),
        ("vice-président", "fr", OfficeRole.DEPUTY_HEAD),
        ("глава МИД", "ru", OfficeRole.MINISTER),
        ("Treasury Secretary", "en", OfficeRole.MINISTER),
        ("First Deputy Health Minister", "en", OfficeRole.DEPUTY_MINISTER),
        ("Chief Minister", "en", OfficeRole.MAYOR_OR_GOVERNOR),
        ("ambassador to the UN", "en", OfficeRole.DIPLOMAT),
        ("party leader", "en", OfficeRole.OTHER),
    ],
)
def test_all_words_of_a_title_say_what_its_holder_does(title: str, language: str, expected: OfficeRole) -> None:
    assert role_in(title, language, role_of(title, language) or OfficeRole.OTHER) is expected


def test_without_a_language_the_words_of_all_are_known() -> None:
    assert meaning_of("министр обороны", None, "KZ") == meaning_of("Verteidigungsministerin", None, "DE")


def test_small_words_of_one_language_are_no_acronyms_of_another() -> None:
    assert "body:united_nations" in meaning_of("envoy to the UN", None, None)


titles = st.sampled_from([named for pair in (*ONE_POST, *TWO_POSTS) for named in pair])
words = st.tuples(st.text("abвГé ’.-", min_size=1).filter(str.strip), st.sampled_from(["en", "xx"]), st.none())
offices = st.builds(
    office,
    st.one_of(titles, words),
    body=st.sampled_from([None, "a", "b"]),
)  # fmt: skip


@given(offices, offices)
def test_judging_is_symmetric_and_what_is_judged_shares_a_block(one: OfficeProfile, other: OfficeProfile) -> None:
    judged = judge(one, other)
    assert judged == judge(other, one)
    assert judged is None or one.blocks() & other.blocks()
