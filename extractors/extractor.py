"""What an extractor is: a task in words, the type of one draft, worked answers, and a declared version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic import create_model as make_type
from pydantic.json_schema import JsonSchemaValue

from schema.vocabulary import RecordType


class Draft(BaseModel):
    """What a model returned for one thing: words of the passage and choices from closed lists, not yet checked.

    Fields hold words as the passage has them; a field that the passage says nothing of is the empty string.
    `says` is what a model is told of it beside its shape. Its docstring is for programmers: no model is sent it, so
    that a better one makes no answer stale.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    says: ClassVar[str] = ""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        named = handler(core)
        shape = handler.resolve_ref_schema(named)
        shape.pop("description", None)
        if cls.says:
            shape["description"] = cls.says
        return named


class ReplyShape(BaseModel):
    """What all types of a reply share: the shape that is sent of them says nothing that only programmers are told."""

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shape = super().model_json_schema(*args, **kwargs)
        for part in shape.get("$defs", {}).values():
            if "enum" in part:
                part.pop("description", None)
        return shape


@dataclass(frozen=True)
class InvalidItem:
    """An item of a reply that is no draft. It goes to quarantine; the items beside it are kept."""

    payload: str
    reason: str


def _keep(item: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    """One bad item never costs the other nine: what does not validate becomes an InvalidItem."""
    try:
        return validate(item)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return InvalidItem(json.dumps(item, ensure_ascii=False), f"{where}: {first['msg']}".lstrip(": "))


@dataclass(frozen=True)
class Extractor:
    """One of the five readers of a passage.

    Attributes:
        name: as the `extraction` table and the prompt call it.
        version: raised by hand when the meaning of the drafts changes though prompt and type do not.
        record_type: what its drafts are about.
        draft: the type of one item.
        task: what to look for, in one or two sentences.
        most: items of one passage; more are cut by the schema. It bounds what a model that repeats itself can write.
        answers: for each passage of `extractors.examples`, what a perfect reader finds.
        cue: the kind of word without which a passage has nothing for this extractor, so that it is not asked.
    """

    name: str
    version: int
    record_type: RecordType
    draft: type[Draft]
    task: str
    most: int
    answers: tuple[tuple[Draft, ...], ...]
    cue: str = ""

    def reply_type(self) -> type[BaseModel]:
        """The type of a whole reply: `{"items": [...]}`; the same type each time."""
        return self._reply_type

    @cached_property
    def _reply_type(self) -> type[BaseModel]:
        lenient: Any = Annotated[self.draft, WrapValidator(_keep)]
        bounded: Any = Field(json_schema_extra={"maxItems": self.most})
        return make_type(f"{self.name.capitalize()}Reply", __base__=ReplyShape, items=(list[lenient], bounded))


def reply_text(drafts: tuple[Draft, ...]) -> str:
    """A reply as a model writes it, in the fewest tokens: optional fields that say nothing are left out."""
    items = [draft.model_dump(mode="json", exclude_defaults=True) for draft in drafts]
    return json.dumps({"items": items}, ensure_ascii=False, separators=(",", ":"))
