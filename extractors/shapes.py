"""The shape of a reply: what instructor declares of it to a model, and how it makes an object of a text.

instructor is asked once for each type what a request declares, and once for each reply to validate it. Its `patch`
would make a new class at each call, its JSON schema anew and copies of all messages: docs/decisions/0012-one-call.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from instructor import Mode, Provider
from instructor.v2.core.registry import mode_registry
from openai.types.chat import ChatCompletion, ChatCompletionMessage
from openai.types.chat.chat_completion import Choice
from pydantic import BaseModel

# How instructor speaks of a JSON schema that the model itself keeps to; the same for every protocol, for it sees only
# the text of a reply.
_HANDLERS = mode_registry.get_handlers(Provider.OPENAI, Mode.JSON_SCHEMA)


@dataclass(frozen=True, eq=False)
class Shape:
    """What a reply must be like. There is one for each type, so that what is made of it once can be kept with it."""

    type: type[BaseModel]
    name: str
    schema: dict[str, Any]

    def parse(self, text: str) -> BaseModel:
        """The object that a JSON text is. Raises pydantic.ValidationError."""
        # No context: it makes a template of every message. `strict=None`: the type says how strict it is.
        value = _HANDLERS.response_parser(
            response=_completion(text),
            response_model=self.type,
            validation_context=None,
            strict=None,
            stream=False,
            is_async=True,
        )
        assert isinstance(value, self.type)
        return value


@lru_cache(maxsize=64)
def shape(response_type: type[BaseModel]) -> Shape:
    """The shape of a type of replies."""
    _, declared = _HANDLERS.request_handler(response_model=response_type, kwargs={})
    described = declared["response_format"]["json_schema"]
    return Shape(response_type, described["name"], described["schema"])


def _completion(text: str) -> ChatCompletion:
    """A reply as instructor knows it, whatever protocol it came in."""
    message = ChatCompletionMessage(role="assistant", content=text)
    choice = Choice(index=0, finish_reason="stop", message=message)
    return ChatCompletion(id="", object="chat.completion", created=0, model="", choices=[choice])
