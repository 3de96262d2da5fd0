"""Which country a word means, by the names of CLDR and the words of demonyms.json."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.countries import countries, is_territory


def codes(text: str, language: str | None = "en") -> list[str]:
    return [code for _, _, code in countries(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Kazakhstan's president", "en", ["KZ"]),
        ("the Kazakh and the Estonian minister", "en", ["KZ", "EE"]),
        ("French, British, Chinese, Iranian and Iraqi", "en", ["FR", "GB", "CN", "IR", "IQ"]),
        ("Polish, Spanish, Greek, Dutch, Swedish", "en", ["PL", "ES", "GR", "NL", "SE"]),
        ("Norwegian, Danish, Thai and American", "en", ["NO", "DK", "TH", "US"]),
        ("the South Korean and the North Korean, no Korean", "en", ["KR", "KP"]),
        ("Nigerien, Nigerian, Niger, Nigeria", "en", ["NE", "NG", "NE", "NG"]),
        ("Turkey, Turkish, the Czech Republic, Ivory Coast", "en", ["TR", "TR", "CZ", "CI"]),
        ("Indiana, the South American and the Latin American, the Congolese", "en", []),
        ("Germans, Kazakhs, Uzbek, Kyrgyz, Tajik", "en", ["DE", "KZ", "UZ", "KG", "TJ"]),
        ("der Präsident Kasachstans, die polnische Regierung", "de", ["KZ"]),
        ("the United States and the US", "en", ["US", "US"]),
        ("South Africa and South Korea", "en", ["ZA", "KR"]),
        ("the United Nations, the UN, the EU", "en", []),
        ("we told us, and turkey was served", "en", []),
        ("президент Казахстана", "ru", ["KZ"]),
        ("парламент Кыргызстана и глава Киргизии", "ru", ["KG", "KG"]),
        ("le président de la Côte d’Ivoire", "fr", ["CI"]),
        ("Germany", "xx", ["DE"]),
        ("Germany", None, ["DE"]),
        ("", "en", []),
    ],
)
def test_countries_and_their_adjectives(text: str, language: str | None, expected: list[str]) -> None:
    assert codes(text, language) == expected


@pytest.mark.parametrize("name", ["Kenya", "Kenyan", "US", "South Africa", "Niger", "European Union"])
def test_no_person_is_called_like_a_territory(name: str) -> None:
    assert is_territory(name, "en")


@pytest.mark.parametrize("name", ["Ada Moro", "Moro", "Kassym", "Ken", ""])
def test_names_of_people_are_no_territories(name: str) -> None:
    assert not is_territory(name, "en")


@given(st.text(max_size=60), st.sampled_from(["en", "ru", "de", "xx", None]))
def test_spans_lie_in_the_text_in_order_and_apart(text: str, language: str | None) -> None:
    end_before = 0
    for start, end, code in countries(text, language):
        assert end_before <= start < end <= len(text)
        assert len(code) == 2
        end_before = end
