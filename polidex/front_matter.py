"""The lines between two rules at the top of a Markdown file that say what the article is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST = 4000  # characters
_BLOCK = re.compile(r"---[ \t]*\n(?P<lines>.*?)\n---[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w-]*)\s*:\s*(?P<value>.*)")
_ITEM = re.compile(r"\s*-\s+(?P<value>.+)")


@dataclass(frozen=True)
class FrontMatter:
    """What front matter says.

    Attributes:
        fields: the values of each key, in lower case, as plain text. Nothing in them is interpreted.
        end: where the article begins: an index into the text; 0 when there is no front matter.
    """

    fields: Mapping[str, tuple[str, ...]]
    end: int

    def first(self, *keys: str) -> str | None:
        """The first value of the first of the keys that has one."""
        return next((value for key in keys for value in self.fields.get(key, ())), None)

    def all(self, *keys: str) -> tuple[str, ...]:
        """The values of the first of the keys that has any."""
        return next((self.fields[key] for key in keys if self.fields.get(key)), ())


def read_front_matter(text: str) -> FrontMatter:
    """Read `key: value` lines, lists in brackets and lists of `- item` lines; anything else is left alone."""
    block = _BLOCK.match(text, 0, _LONGEST)
    if block is None:
        return FrontMatter({}, 0)
    fields: dict[str, tuple[str, ...]] = {}
    key: str | None = None
    for line in block["lines"].split("\n"):
        field, item = _FIELD.fullmatch(line.rstrip()), _ITEM.fullmatch(line.rstrip())
        if field:
            key = field["key"].lower()
            fields[key] = _values(field["value"])
        elif item and key:
            fields[key] += _values(item["value"])
        elif line.strip() and not line.lstrip().startswith("#"):
            return FrontMatter({}, 0)
    return FrontMatter(fields, block.end())


def _values(value: str) -> tuple[str, ...]:
    value = value.strip()
    parts = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
    return tuple(filter(None, (part.strip().strip("\"'").strip() for part in parts)))
