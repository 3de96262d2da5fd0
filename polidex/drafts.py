"""What reading a document gave before anything was checked: replies, and the items in them with their windows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from extractors.extractor import Draft, Extractor, InvalidItem
from polidex.windows import Window
from schema.errors import StillUnusable, once_more_codes
from schema.usage import Usage


@dataclass(frozen=True)
class Part:
    """What came of one call: the window that was read, and the reply or the code of the error."""

    window: Window
    text: str
    error: str = ""


@dataclass(frozen=True)
class Item:
    """An item of a reply, and the window that it came from."""

    draft: Draft | InvalidItem
    window: Window


@dataclass(frozen=True)
class Question:
    """What an extractor has still to read of a document; after a failure, also what it has and what that cost."""

    extractor: Extractor
    windows: tuple[Window, ...]
    kept: tuple[Part, ...] = ()
    spent: Usage = field(default_factory=Usage)
    once_more: frozenset[Window] = frozenset()
    """Of the windows those to which an earlier run was given a reply of no use: they are not asked a third time."""

    def settled(self, part: Part) -> Part:
        """What came of one of its windows, as it is to be stored."""
        is_still = part.window in self.once_more and part.error in once_more_codes()
        return replace(part, error=StillUnusable.code) if is_still else part


@dataclass(frozen=True)
class Extraction:
    """One extractor's reading of one document version, fresh or stored."""

    id: str
    extractor: Extractor
    items: tuple[Item, ...]
    row: Mapping[str, Any]
    """The row of the `extraction` table."""
    failed: tuple[Part, ...] = ()
    usage: Usage = field(default_factory=Usage)
    """What this run spent on it; the row says what all attempts did together."""
