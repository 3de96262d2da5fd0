"""Strictness and keys."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schema import Organization, stable_id
from schema.vocabulary import OrganizationKind

VALID = {"id": "o", "name": "Senate", "classification": OrganizationKind.CHAMBER}


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"classification": "chamber"},
        {"name": 7},
        {"name": " \n"},
        {"country": "Kazakhstan"},
        {"parent_id": "o"},
    ],
    ids=str,
)
def test_a_record_refuses_what_is_not_exactly_right(change: dict[str, object]) -> None:
    Organization.model_validate(VALID)
    with pytest.raises(ValidationError):
        Organization.model_validate(VALID | change)


def test_a_record_does_not_change() -> None:
    record = Organization.model_validate(VALID)
    with pytest.raises(ValidationError, match="frozen"):
        record.name = "House"  # type: ignore[misc]


def test_json_stands_for_enum_members() -> None:
    record = Organization.model_validate(VALID)
    assert Organization.model_validate_json(record.model_dump_json()) == record


def test_a_key_says_its_kind_and_ignores_how_letters_are_composed() -> None:
    assert re.fullmatch(r"person_[0-9a-f]{20}", stable_id("person", "Jos\u00e9"))
    assert stable_id("person", "Jos\u00e9") == stable_id("person", "Jose\u0301")


def test_a_key_is_the_same_in_every_release() -> None:
    assert stable_id("person", "Ada", "KZ") == "person_03d90ae3e2dc817da189"


@given(st.lists(st.text(alphabet="ab"), max_size=4), st.lists(st.text(alphabet="ab"), max_size=4))
def test_other_parts_give_another_key(left: list[str], right: list[str]) -> None:
    # No part and one empty part are the only two that join to the same text.
    if (left or [""]) != (right or [""]):
        assert stable_id("x", *left) != stable_id("x", *right)
