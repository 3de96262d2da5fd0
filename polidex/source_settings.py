"""What `[[sources]]` in polidex.toml may say: where the documents of every night come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from schema.base import stable_id
from schema.errors import SettingsError
from schema.vocabulary import SourceKind

IS_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_KINDS = ", ".join(SourceKind)
_ON_DISK = (SourceKind.FOLDER, SourceKind.JSONL, SourceKind.PARQUET)
HELD = (SourceKind.JSONL, SourceKind.PARQUET)


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class Fields(_Closed):
    """The names of the keys of a JSONL line, or of the columns of a Parquet file.

    What is not named is looked for under the usual names: see `USUAL`.
    """

    uri: str | None = None
    """What tells a document from all others: its address, or an id of its own."""
    text: str | None = None
    html: str | None = None
    """Taken where there is no text."""
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    authors: str | None = None
    """A list, or a text with semicolons between."""

    def names(self, field: str) -> tuple[str, ...]:
        """The names under which a field is looked for, the first that is there counts."""
        given = getattr(self, field)
        return (given,) if given else USUAL[field]


USUAL: Mapping[str, tuple[str, ...]] = {
    "uri": ("uri", "url", "id"),
    "text": ("text", "body", "content"),
    "html": ("html",),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at"),
    "publisher": ("publisher", "source", "site"),
    "language": ("language", "lang"),
    "authors": ("authors", "author", "byline"),
}


class SourceSetting(_Closed):
    """One place that documents come from every night."""

    kind: SourceKind
    location: Annotated[str, Field(min_length=1)]
    """A path; of a feed, a sitemap or a URL list a path or an address; of JSONL and Parquet a path or a pattern."""
    name: str | None = None
    """What messages call it; else its location."""
    include: tuple[str, ...] = ()
    """Patterns (`*`, `?`, `[...]`) of addresses: only what matches one is read. None: all."""
    exclude: tuple[str, ...] = ()
    """What matches one of these is not read."""
    most: Annotated[int, Field(gt=0)] | None = None
    """Pages at most that are asked for a night; the others come in the nights after."""
    pause_seconds: Annotated[float, Field(ge=0)] = 0.5
    """Between two requests to one host."""
    fields: Fields = Fields()

    @model_validator(mode="after")
    def _fits_its_kind(self) -> SourceSetting:
        if IS_ADDRESS.match(self.location):
            if self.kind in _ON_DISK:
                raise ValueError(f"a {self.kind} is a path on this machine, not an address")
            if not self.location.startswith(("http://", "https://")):
                raise ValueError("only http and https addresses are fetched")
        if self.fields != Fields() and self.kind not in HELD:
            raise ValueError(f"fields are those of jsonl and parquet; a {self.kind} has none")
        if self.most is not None and self.kind in _ON_DISK:
            raise ValueError(f"most is for pages of the web; a {self.kind} is read whole")
        return self

    @property
    def id(self) -> str:
        """The key of its row."""
        return stable_id("source", str(self.kind), self.location)

    @property
    def title(self) -> str:
        """What messages call it."""
        return self.name or self.location

    @property
    def on_web(self) -> bool:
        """Whether what it lists are pages of the web."""
        return self.kind not in _ON_DISK

    def wants(self, uri: str) -> bool:
        """Whether a document is to be read, by the patterns for its address."""
        if self.include and not any(fnmatchcase(uri, each) for each in self.include):
            return False
        return not any(fnmatchcase(uri, each) for each in self.exclude)


def source_settings(tables: object, *, where: str = "polidex.toml") -> tuple[SourceSetting, ...]:
    """The sources of `[[sources]]` tables.

    Raises:
        SettingsError: one is not valid, or two are the same. The message names the source and says what to do.
    """
    found: dict[str, SourceSetting] = {}
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SettingsError(f"sources in {where} are tables.", hint="Write each under a line [[sources]] of its own.")
    for number, table in enumerate(tables, start=1):
        named = _named(table, number, where)
        try:
            setting = SourceSetting.model_validate(table)
        except ValidationError as invalid:
            raise SettingsError(f"{named}: {_problem(invalid)}.") from None
        if setting.title in found:
            raise SettingsError(f"{named} stands there twice.", hint="Leave one of the two out, or name them apart.")
        if setting.id in {each.id for each in found.values()}:
            raise SettingsError(f"{named} has the kind and location of another.", hint="Leave one of the two out.")
        found[setting.title] = setting
    return tuple(found.values())


def _named(table: Mapping[str, Any], number: int, where: str) -> str:
    called = table.get("name") or table.get("location")
    return f"Source {number} in {where}" + (f" ({str(called)[:200]})" if called else "")


def _problem(invalid: ValidationError) -> str:
    first = invalid.errors(include_input=False, include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    match first["type"]:
        case "missing":
            meant = f"one of {_KINDS}" if key == "kind" else "a path or an address"
            return f"{key} is missing: give {meant}"
        case "extra_forbidden":
            known = [*Fields.model_fields] if key.startswith("fields.") else [*SourceSetting.model_fields]
            return f"there is no {key}: it may have {', '.join(known)}"
        case "enum":
            return f"kind is none of {_KINDS}"
        case _:
            said = str(first["msg"]).removeprefix("Value error, ")
            return f"{key}: {said}" if key else said
