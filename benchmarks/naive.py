"""The naive way to do the same: one call per type over the whole article, `quote` first, and nothing is checked.

It is what somebody writes in an hour with instructor: the task as the system's message, the article as the user's, a
type whose JSON schema constrains the reply. Lists, strings and replies are bounded only so that a small model ends: it
likes to go on with an item that it has written. Of a reply that was cut, the whole items are kept.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError
from pydantic import create_model as make_type
from pydantic_core import from_json

from extractors.model import Model, Parameters, open_model
from extractors.replies import json_part
from polidex.quotes import TextIndex
from polidex.scoring import Prediction
from polidex.settings import Settings
from schema.errors import ModelError, Truncated
from schema.usage import Usage
from schema.vocabulary import ElectionType, RecordType, ReformArea, ReformStatus, StatementForm, TenureStatus

MOST_ITEMS = 30

Quote = Annotated[str, Field(max_length=200)]
Line = Annotated[str, Field(max_length=100)]


class _Item(BaseModel):
    quote: Quote


class _Person(_Item):
    name: Line
    country: Line


class _Tenure(_Item):
    person: Line
    office: Line
    organization: Line
    start_edtf: Line
    end_edtf: Line
    status: TenureStatus


class _Election(_Item):
    type: ElectionType
    country: Line
    date_edtf: Line
    winner: Line


class _Reform(_Item):
    title: Line
    area: ReformArea
    status: ReformStatus


class _Statement(_Item):
    speaker: Line
    form: StatementForm
    text: Quote
    date_edtf: Line


_RULES = """Answer in JSON: a list of items.
Each item begins with `quote`: the sentence of the article that says it, copied word for word.
Dates are EDTF, such as 2019-03 or 2011/2013; countries are ISO codes of two letters.
Leave a field empty when the article does not say it."""
_TASKS: dict[RecordType, tuple[str, type[_Item]]] = {
    RecordType.PERSON: ("List every person who is named in the article.", _Person),
    RecordType.TENURE: ("List every public office that a person holds or held, with its dates.", _Tenure),
    RecordType.REFORM: ("List every political or legal reform in the article.", _Reform),
    RecordType.ELECTION: ("List every election and referendum in the article.", _Election),
    RecordType.STATEMENT: ("List every statement that somebody made in the article.", _Statement),
}


@dataclass
class Naive:
    """What the naive way found in some documents, and what it took; `usage.seconds` is the time of its calls."""

    predictions: list[Prediction] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    failed: dict[str, str] = field(default_factory=dict)


async def read_naively(texts: Mapping[str, str], settings: Settings) -> Naive:
    """Ask the model of the settings about each text, type by type. A call that fails gives nothing, and is counted."""
    naive = Naive()
    parameters: Parameters = replace(settings.parameters, reasks=0)
    opened = open_model(
        settings.model,
        base_url=settings.base_url,
        api_key=settings.api_key,
        parameters=parameters,
        cache=settings.cache,
    )
    async with opened as model:
        for name, text in texts.items():
            for kind in _TASKS:
                await _ask(model, naive, name, text, kind)
    return naive


async def _ask(model: Model, naive: Naive, name: str, article: str, kind: RecordType) -> None:
    task, item = _TASKS[kind]
    bounded = Annotated[list[item], Field(max_length=MOST_ITEMS)]  # type: ignore[valid-type]
    messages = [{"role": "system", "content": f"{task}\n{_RULES}"}, {"role": "user", "content": article}]
    try:
        reply = await model.ask(messages, make_type(f"{item.__name__[1:]}List", items=(bounded, ...)))
        items, usage = dict(reply.value)["items"], reply.usage
    except ModelError as error:
        naive.failed[f"{name}, {kind}"] = str(error)
        usage = error.usage
        items = list(_whole_items(error.text, item)) if isinstance(error, Truncated) else []
    naive.usage += usage
    print(f"naive: {name}, {kind}: {usage.tokens_out} tokens in {usage.seconds:.0f} s", file=sys.stderr)
    index = TextIndex(article)
    for found in items:
        fields = {key: str(value) for key, value in found.model_dump(mode="json").items() if value and key != "quote"}
        # Located for the scorer alone: the naive way itself keeps what it was told.
        spans = tuple((place.start, place.end) for place in index.find(found.quote))
        naive.predictions.append(Prediction(name, kind, fields, spans))


def _whole_items(text: str, item: type[_Item]) -> Iterator[_Item]:
    """The items of a reply that broke off, but for the one in which it did."""
    try:
        begun = from_json(json_part(text), allow_partial=True)
    except ValueError:
        return
    for each in begun.get("items", []) if isinstance(begun, dict) else []:
        try:
            yield item.model_validate(each)
        except ValidationError:
            continue
