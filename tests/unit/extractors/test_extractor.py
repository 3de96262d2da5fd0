"""What a reply may hold: bounded by its schema, and one bad item never costs the others."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from extractors.extractor import Draft, Extractor, InvalidItem, reply_text
from extractors.people import PEOPLE, PersonDraft
from extractors.prompt import EXTRACTORS

GOOD = {"name": "Jon Pell", "office": "mayor of Tarn"}
each_extractor = pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda extractor: extractor.name)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)


# Making the type takes most of the time of reading a reply.
reply_type = cache(Extractor.reply_type)


def items(extractor: Extractor, reply: str) -> list[Draft | InvalidItem]:
    value: BaseModel = reply_type(extractor).model_validate_json(reply)
    found: list[Draft | InvalidItem] = dict(value)["items"]
    return found


def schemas(node: Any) -> list[dict[str, Any]]:
    """Every schema inside a JSON schema."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return ([node] if isinstance(node, dict) else []) + [found for each in inner for found in schemas(each)]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"name": "Jon Pell"}, "office: Field required"),
        ({**GOOD, "age": 40}, "age: Extra inputs are not permitted"),
        ({**GOOD, "name": 40}, "name: Input should be a valid string"),
        ({**GOOD, "name": "J" * 61}, "name: String should have at most 60 characters"),
        ("Jon Pell", "Input should be a valid dictionary"),
        (None, "Input should be a valid dictionary"),
        ([], "Input should be a valid dictionary"),
    ],
)
def test_one_bad_item_never_costs_the_other_nine(bad: object, reason: str) -> None:
    found = items(PEOPLE, json.dumps({"items": [*[GOOD] * 4, bad, *[GOOD] * 5]}))
    invalid = found.pop(4)
    assert found == [PersonDraft(**GOOD)] * 9
    assert isinstance(invalid, InvalidItem)
    assert invalid.payload == json.dumps(bad)
    assert invalid.reason.startswith(reason)


def test_a_choice_outside_its_list_is_a_bad_item() -> None:
    election = next(extractor for extractor in EXTRACTORS if extractor.name == "elections")
    [found] = items(election, '{"items":[{"election":"the vote","type":"conclave","date":"","winner":""}]}')
    assert isinstance(found, InvalidItem)
    assert found.reason.startswith("type: ")


@each_extractor
@given(given_items=st.lists(anything, max_size=4))
def test_whatever_stands_in_the_list_every_item_is_accounted_for(extractor: Extractor, given_items: list[Any]) -> None:
    found = items(extractor, json.dumps({"items": given_items}))
    assert len(found) == len(given_items)
    for item, value in zip(found, given_items, strict=True):
        if isinstance(item, InvalidItem):
            assert json.loads(item.payload) == value
            assert item.reason


@pytest.mark.parametrize("reply", ["[]", "{}", '{"items":{}}', '{"items":null}', '{"item":[]}', "7"])
def test_a_reply_without_a_list_is_no_reply(reply: str) -> None:
    with pytest.raises(ValidationError):
        items(PEOPLE, reply)


@each_extractor
def test_the_schema_bounds_what_a_model_that_repeats_itself_can_write(extractor: Extractor) -> None:
    schema = extractor.reply_type().model_json_schema()
    assert schema["properties"]["items"]["maxItems"] == extractor.most
    unbounded = [
        each for each in schemas(schema) if each.get("type") == "string" and not {"maxLength", "enum"} & each.keys()
    ]
    assert not unbounded
    objects = [each for each in schemas(schema["$defs"]) if each.get("type") == "object"]
    assert objects
    assert all(each["additionalProperties"] is False for each in objects)


@each_extractor
def test_a_worked_answer_is_a_reply_of_its_own_type(extractor: Extractor) -> None:
    for drafts in extractor.answers:
        assert tuple(items(extractor, reply_text(drafts))) == drafts
        assert len(drafts) <= extractor.most


def test_a_reply_is_written_in_the_fewest_tokens() -> None:
    offices = next(extractor for extractor in EXTRACTORS if extractor.name == "offices")
    tenure = offices.draft.model_validate({"person": "Zoë", "office": "mayor", "start": "", "end": ""})
    assert reply_text((tenure,)) == '{"items":[{"person":"Zoë","office":"mayor","start":"","end":""}]}'


def test_white_space_around_words_is_not_part_of_them() -> None:
    found = items(PEOPLE, '{"items":[{"name":" Jon Pell\\n","office":" "}]}')
    assert found == [PersonDraft(name="Jon Pell", office="")]
