"""One body under many names is one; bodies of other countries, kinds and fields are others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.identity.organizations import OrganizationProfile, classification_of, judge
from schema.vocabulary import Judgement, OrganizationKind

Named = tuple[str, str, str | None]
"""A name, its language and its country."""


def body(named: Named) -> OrganizationProfile:
    name, language, country = named
    return OrganizationProfile(
        mention_id=f"m-{name}",
        document_id="d",
        name=name,
        classification=classification_of(name, language),
        country=country,
        language=language,
    )


ONE_BODY: list[tuple[Named, Named]] = [
    (("Ministry of Defence", "en", "KZ"), ("Defense Ministry", "en", "KZ")),
    (("Ministry of Foreign Affairs", "en", "RU"), ("МИД", "ru", "RU")),
    (("ministère de l'Intérieur", "fr", "FR"), ("Innenministerium", "de", "FR")),
    (("the Senate", "en", "KE"), ("Kenyan Senate", "en", "KE")),
    (("Senado", "es", "CL"), ("Senate", "en", "CL")),
    (("Supreme Court", "en", "IN"), ("Supreme Court of India", "en", "IN")),
    (("UN", "en", None), ("United Nations", "en", None)),
    (("U.N.", "en", "US"), ("ООН", "ru", None)),
    (("European Union", "en", None), ("Union européenne", "fr", None)),
    (("IMF", "en", None), ("International Monetary Fund", "en", None)),
    (("ANC", "en", "ZA"), ("African National Congress", "en", "ZA")),
    (("PSOE", "es", "ES"), ("Partido Socialista Obrero Español", "es", "ES")),
    (("Nur Otan", "en", "KZ"), ("Nur Otan party", "en", "KZ")),
    (("Fidesz", "en", None), ("партия Fidesz", "ru", "HU")),
    (("Democratic Party", "en", "US"), ("the Democratic Party", "en", "US")),
    (("Amnesty International", "en", None), ("Amnesty International", "en", None)),
]

TWO_BODIES: list[tuple[Named, Named]] = [
    (("the Senate", "en", "KE"), ("the Senate", "en", "US")),
    (("the Senate", "en", None), ("the Senate", "en", "US")),
    (("the committee", "en", "US"), ("the committee", "en", "US")),
    (("the party", "en", "KZ"), ("the party", "en", "KZ")),
    (("Democratic Party", "en", "US"), ("Democratic Party", "en", "KZ")),
    (("Green Party", "en", None), ("Green Party", "en", None)),
    (("Ministry of Defence", "en", "UA"), ("Ministry of Defence Industry", "en", "UA")),
    (("Ministry of Health", "en", "UA"), ("Committee on Health", "en", "UA")),
    (("Senate", "en", "AU"), ("House of Representatives", "en", "AU")),
    (("Supreme Court", "en", "DE"), ("Constitutional Court", "en", "DE")),
    (("ANC", "en", "KE"), ("African National Congress", "en", "ZA")),
    (("Samruk party", "en", "KZ"), ("Samruk company", "en", "KZ")),
    (("World Health Organization", "en", None), ("World Trade Organization", "en", None)),
]


@pytest.mark.parametrize(("one", "other"), ONE_BODY, ids=str)
def test_one_body_under_two_names(one: Named, other: Named) -> None:
    judged = judge(body(one), body(other))
    assert judged and judged.judgement is Judgement.POSITIVE


@pytest.mark.parametrize(("one", "other"), TWO_BODIES, ids=str)
def test_two_bodies_with_names_alike(one: Named, other: Named) -> None:
    judged = judge(body(one), body(other))
    assert judged is None or judged.judgement is Judgement.NEGATIVE


def test_an_acronym_only_holds_while_nothing_else_has_those_initials() -> None:
    judged = judge(body(("IMF", "en", None)), body(("International Monetary Fund", "en", None)))
    assert judged and judged.weak
    assert body(("International Monetary Fund", "en", None)).detail() > body(("IMF", "en", None)).detail()


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Ministry of Defence", "en", OrganizationKind.MINISTRY),
        ("Verteidigungsministerium", "de", OrganizationKind.MINISTRY),
        ("Министерство юстиции", "ru", OrganizationKind.MINISTRY),
        ("Parti socialiste", "fr", OrganizationKind.PARTY),
        ("Senado de la República", "es", OrganizationKind.CHAMBER),
        ("House of Representatives", "en", OrganizationKind.CHAMBER),
        ("Senate Committee on Foreign Relations", "en", OrganizationKind.COMMITTEE),
        ("парламент Казахстана", "ru", OrganizationKind.LEGISLATURE),
        ("Cour suprême", "fr", OrganizationKind.COURT),
        ("Supreme Court", "en", OrganizationKind.COURT),
        ("United Nations", "en", OrganizationKind.IGO),
        ("European Parliament", "en", OrganizationKind.LEGISLATURE),
        ("Xinhua news agency", "en", OrganizationKind.MEDIA),
        ("the White House", "en", OrganizationKind.OTHER),
        ("Gazprom", "en", OrganizationKind.OTHER),
    ],
)
def test_general_words_say_what_kind_of_body_it_is(name: str, language: str, expected: OrganizationKind) -> None:
    assert classification_of(name, language) is expected


names = st.sampled_from([named for pair in (*ONE_BODY, *TWO_BODIES) for named in pair])
words = st.tuples(st.text("AbvГé ’.-", min_size=1).filter(str.strip), st.sampled_from(["en", "xx"]), st.none())
bodies = st.builds(body, st.one_of(names, words))


@given(bodies, bodies)
def test_judging_is_symmetric_and_what_is_judged_shares_a_block(
    one: OrganizationProfile, other: OrganizationProfile
) -> None:
    judged = judge(one, other)
    assert judged == judge(other, one)
    assert judged is None or one.blocks() & other.blocks()
