"""What may be set and where: a flag, else `POLIDEX_*` in the environment, else `polidex.toml`, else the default."""

from __future__ import annotations

import dataclasses
import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from extractors.pace import Pace
from extractors.providers import PROVIDERS, Parameters, Prices
from extractors.weights import default_cache
from polidex.source_settings import SourceSetting, source_settings
from schema.errors import SettingsError

FILE_NAME = "polidex.toml"
ENVIRONMENT_PREFIX = "POLIDEX_"


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class Windowing(_Closed):
    """How a long document is cut into the parts that one call reads. Lengths are characters."""

    size: Annotated[int, Field(ge=200)] = 700
    overlap: Annotated[int, Field(ge=0)] = 300
    """Of an earlier sentence that is shown with a window."""

    @model_validator(mode="after")
    def _reads_more_than_it_shows(self) -> Windowing:
        if self.overlap > self.size:
            raise ValueError("overlap is more than size")
        return self


class Limits(_Closed):
    """What is refused, so that one bad input or query cannot take the machine."""

    file_bytes: Annotated[int, Field(gt=0)] = 20_000_000
    """A larger file or page is not read."""
    query_seconds: Annotated[float, Field(gt=0)] = 60.0
    """A longer `polidex query` is stopped."""
    query_memory: Annotated[str, Field(pattern=r"^[0-9]+ ?(MB|GB|MiB|GiB)$")] = "1GB"


class Budget(_Closed):
    """The most that models may cost, in US dollars. It is reserved before each request, so that it is never passed."""

    run_usd: Annotated[float, Field(gt=0)] | None = None
    """Of one run."""
    month_usd: Annotated[float, Field(gt=0)] | None = None
    """Of all runs of a calendar month, UTC."""


class Drift(_Closed):
    """How far a night may fall behind the last ones before nothing of it is loaded.

    A fall is a share of the median of the last `runs` runs: 0.2 lets 0.75 of drafts grounded fall to 0.60.
    """

    grounded_share: Annotated[float, Field(gt=0, le=1)] | None = 0.2
    """Of the drafts that were found in their text."""
    records_per_document: Annotated[float, Field(gt=0, le=1)] | None = 0.5
    """Of the records that a document gives."""
    runs: Annotated[int, Field(ge=1)] = 5
    documents: Annotated[int, Field(ge=1)] = 20
    """A run of fewer documents is not judged, and no measure for others."""


class Watch(_Closed):
    """How a run lets itself be watched."""

    textfile: Path | None = None
    """For Prometheus: a file NAME.prom in the folder of node_exporter's textfile collector."""


class Settings(_Closed):
    """Everything that can be set. Nothing here changes while a command runs."""

    database: str = "duckdb:///polidex.duckdb"
    """A SQLAlchemy URL: a DuckDB file or a Postgres database."""
    model: str = "local/qwen2.5-coder-1.5b"
    """Provider and name; `polidex models` lists the providers."""
    base_url: str | None = None
    """Address of an OpenAI-compatible server."""
    api_key: SecretStr | None = None
    """Else the provider's own variable, such as OPENAI_API_KEY."""
    fallback_model: str | None = None
    """Asked while the provider of `model` is down. What it read is read again by `model` the next night."""
    fallback_base_url: str | None = None
    """Address of an OpenAI-compatible server for it."""
    cache: Path = Field(default_factory=default_cache)
    """Folder for model weights."""
    keep_originals: bool = False
    """Keep the bytes of every source beside the database."""
    parameters: Parameters = Parameters()
    windowing: Windowing = Windowing()
    limits: Limits = Limits()
    pace: Pace = Pace()
    """How fast a provider is asked; `[pace.NAME]` is for one of them."""
    paces: Mapping[str, Pace] = Field(default_factory=dict)
    prices: Prices = Prices()
    budget: Budget = Budget()
    drift: Drift = Drift()
    watch: Watch = Watch()
    sources: tuple[SourceSetting, ...] = ()
    """What is polled every night: the `[[sources]]` of the file."""

    def pace_of(self, provider: str) -> Pace:
        """How fast a provider is asked."""
        return self.paces.get(provider, self.pace)

    @field_validator("cache")
    @classmethod
    def _from_home(cls, cache: Path) -> Path:
        return cache.expanduser()

    @model_validator(mode="after")
    def _parameters_make_sense(self) -> Settings:
        for name in ("max_tokens", "timeout_seconds", "parallel", "context_tokens"):
            if getattr(self.parameters, name) <= 0:
                raise ValueError(f"parameters.{name} must be more than 0")
        if self.fallback_base_url and (self.budget.run_usd or self.budget.month_usd):
            raise ValueError("a budget cannot be kept with fallback_base_url: nobody publishes what that server costs")
        if unknown := sorted(set(self.paces) - set(PROVIDERS)):
            raise ValueError(f"no provider is called {unknown[0]}")
        return self


ONLY_IN_THE_FILE = ("paces", "sources")
"""Settings that are tables of tables: the environment and flags have no words for them."""


def names() -> tuple[str, ...]:
    """The name of every setting as `polidex.toml` writes it, sections with a dot: `limits.query_seconds`."""
    return tuple(each for each in _leaves(Settings) if each not in ONLY_IN_THE_FILE)


def variable(key: str) -> str:
    """The environment variable of a setting: `limits.query_seconds` is `POLIDEX_LIMITS_QUERY_SECONDS`."""
    return ENVIRONMENT_PREFIX + key.upper().replace(".", "_")


def load(
    flags: Mapping[str, object] | None = None,
    *,
    file: Path = Path(FILE_NAME),
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Read the settings from all places that have one.

    Args:
        flags: values given on the command line, by key (`database`, `limits.query_seconds`); None counts as not given.
        file: may be absent.
        environment: `os.environ` unless given.

    Raises:
        SettingsError: the file cannot be read, a key is unknown, or a value is not of its kind. The message names
            the key and the place it came from, never the value: it may be a secret.
    """
    environment = os.environ if environment is None else environment
    # The strongest comes last. Each value keeps its place, so that a message can name it.
    places: dict[str, dict[str, object]] = {
        str(file): _from_file(file),
        "the environment": _from_environment(environment),
        "the command line": {key: value for key, value in (flags or {}).items() if value is not None},
    }
    values = {key: value for found in places.values() for key, value in found.items()}
    origin = {key: place for place, found in places.items() for key in found}
    try:
        return Settings.model_validate(_nested(values))
    except ValidationError as invalid:
        first = invalid.errors(include_input=False, include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        place = f" in {origin[key]}" if key in origin else ""
        problem = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"The setting {key or 'given'}{place} is not valid: {problem}.") from None


def _leaves(model: type[Any]) -> Iterator[str]:
    if dataclasses.is_dataclass(model):
        yield from (field.name for field in dataclasses.fields(model))
        return
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and (dataclasses.is_dataclass(kind) or issubclass(kind, BaseModel)):
            yield from (f"{name}.{leaf}" for leaf in _leaves(kind))
        else:
            yield name


def _from_file(file: Path) -> dict[str, object]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not valid TOML: {error}.") from None
    if "sources" in content:
        content["sources"] = source_settings(content["sources"], where=str(file))
    pace = content.get("pace", {})
    own = {name: pace.pop(name) for name, value in [*pace.items()] if isinstance(value, dict)}
    flat: dict[str, object] = (
        {"paces": {name: _nested({**pace, **value}) for name, value in own.items()}} if own else {}
    )
    for name, value in content.items():
        flat |= {f"{name}.{leaf}": inner for leaf, inner in value.items()} if isinstance(value, dict) else {name: value}
    known = (*names(), *ONLY_IN_THE_FILE)
    for key in flat:
        _must_be_known(key, known, f"in {file}")
    return flat


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    by_variable = {variable(key): key for key in names()}
    found: dict[str, object] = {}
    for name, value in environment.items():
        if name.startswith(ENVIRONMENT_PREFIX):
            _must_be_known(name, tuple(by_variable), "in the environment")
            found[by_variable[name]] = value
    return found


def _must_be_known(key: str, known: tuple[str, ...], place: str) -> None:
    if key in known:
        return
    close = difflib.get_close_matches(key, known, n=3, cutoff=0.5)
    raise SettingsError(
        f"There is no setting {key} ({place}).",
        hint=f"Did you mean {' or '.join(close)}?" if close else f"The settings are: {', '.join(known)}.",
    )


def _nested(values: Mapping[str, object]) -> dict[str, object]:
    nested: dict[str, Any] = {}
    for key, value in values.items():
        section, _, leaf = key.rpartition(".")
        # Neither TOML nor the environment has a word for "none": the empty string is it.
        (nested.setdefault(section, {}) if section else nested)[leaf] = None if value == "" else value
    return nested
