"""The order in which settings are found, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from polidex import settings
from schema.errors import SettingsError

EXAMPLE = Path(__file__).parents[3] / "polidex.example.toml"


def load(
    tmp_path: Path, text: str = "", environment: dict[str, str] | None = None, **flags: object
) -> settings.Settings:
    file = tmp_path / "polidex.toml"
    file.write_text(text, encoding="utf-8")
    return settings.load(flags, file=file, environment=environment or {})


def test_a_flag_beats_the_environment_which_beats_the_file(tmp_path: Path) -> None:
    file = 'model = "openai/file"\ndatabase = "duckdb:///file.duckdb"\nbase_url = "http://file/v1"'
    environment = {"POLIDEX_MODEL": "openai/environment", "POLIDEX_DATABASE": "duckdb:///environment.duckdb"}
    found = load(tmp_path, file, environment, model="openai/flag", database=None)
    assert (found.model, found.database, found.base_url) == (
        "openai/flag",
        "duckdb:///environment.duckdb",
        "http://file/v1",
    )


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert settings.load(file=tmp_path / "absent.toml", environment={}) == settings.Settings()


def test_the_example_file_holds_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert settings.load(file=EXAMPLE, environment={}) == settings.Settings()
    text = EXAMPLE.read_text(encoding="utf-8")
    assert [key for key in settings.names() if f"\n{key.rpartition('.')[2]} = " not in text] == []


def test_sections_are_set_from_the_environment_in_their_own_types(tmp_path: Path) -> None:
    found = load(tmp_path, "", {"POLIDEX_PARAMETERS_MAX_TOKENS": "300", "POLIDEX_KEEP_ORIGINALS": "true"})
    assert (found.parameters.max_tokens, found.keep_originals) == (300, True)


def test_the_empty_string_means_none(tmp_path: Path) -> None:
    found = load(tmp_path, '[parameters]\ntemperature = ""', {"POLIDEX_PARAMETERS_SEED": ""})
    assert (found.parameters.temperature, found.parameters.seed) == (None, None)


@pytest.mark.parametrize(
    ("text", "environment", "named", "suggested"),
    [
        ('databse = "x"', {}, "databse", "database"),
        ("[limits]\nquery_second = 1", {}, "limits.query_second", "limits.query_seconds"),
        ("[limit]\nquery_seconds = 1", {}, "limit.query_seconds", "limits.query_seconds"),
        ("", {"POLIDEX_MODLE": "x"}, "POLIDEX_MODLE", "POLIDEX_MODEL"),
    ],
)
def test_an_unknown_key_is_named_with_a_close_one(
    tmp_path: Path, text: str, environment: dict[str, str], named: str, suggested: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        load(tmp_path, text, environment)
    assert named in str(raised.value)
    assert suggested in raised.value.hint


@pytest.mark.parametrize(
    ("text", "environment", "parts"),
    [
        ("keep_originals = 7", {}, ("keep_originals", "polidex.toml")),
        ("[parameters]\nmax_tokens = 0", {}, ("parameters.max_tokens",)),
        ("limits = 3", {}, ("limits",)),
        ("[windowing]\noverlap = 900", {}, ("windowing", "overlap is more than size")),
        ('fallback_base_url = "http://x/v1"\n[budget]\nrun_usd = 1', {}, ("a budget", "fallback_base_url")),
        ("", {"POLIDEX_LIMITS_QUERY_SECONDS": "soon"}, ("limits.query_seconds", "the environment")),
        ('model = "a', {}, ("polidex.toml", "not valid TOML")),
    ],
)
def test_a_wrong_value_is_named_with_its_place(
    tmp_path: Path, text: str, environment: dict[str, str], parts: tuple[str, ...]
) -> None:
    with pytest.raises(SettingsError) as raised:
        load(tmp_path, text, environment)
    assert [part for part in parts if part not in str(raised.value)] == []


def test_a_secret_is_in_no_message_and_no_repr(tmp_path: Path) -> None:
    assert "hunter2" not in repr(load(tmp_path, 'api_key = "hunter2"'))
    with pytest.raises(SettingsError) as raised:
        load(tmp_path, 'api_key = ["hunter2"]')
    assert "hunter2" not in str(raised.value)
