"""The questions: what their files say of them."""

from __future__ import annotations

import re

import pytest

from polidex.questions import country_code, find, questions


def test_every_question_says_what_it_asks_and_binds_what_it_declares() -> None:
    for question in questions():
        assert question.description.endswith(("?", "."))
        used = set(
            re.findall(r"(?<!:):(\w+)", "\n".join(re.sub(r"--.*", "", line) for line in question.sql.splitlines()))
        )
        declared = {parameter.name for parameter in question.parameters}
        assert used - {"country_code"} <= declared
        assert set(question.values({})) == used
        assert all(parameter.description for parameter in question.parameters)


def test_a_given_value_replaces_the_default() -> None:
    values = find("who_held_office").values({"year": "1999", "country": "Österreich"})
    assert values == {"office": "", "year": "1999", "country": "Österreich", "country_code": "AT"}


@pytest.mark.parametrize(
    ("name", "code"),
    [("Kazakhstan", "KZ"), ("kz", "KZ"), (" japan ", "JP"), ("Deutschland", "DE"), ("Nowhere", "Nowhere"), ("", "")],
)
def test_a_country_has_a_code_in_any_language(name: str, code: str) -> None:
    assert country_code(name) == code
