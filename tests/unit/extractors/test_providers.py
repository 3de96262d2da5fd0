"""Names of models, their addresses and their keys."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from extractors.providers import PROVIDERS, endpoint, secret
from schema.errors import UsageError, WrongKey

KEY = SecretStr("sk-polidex-test")


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for provider in PROVIDERS.values():
        if provider.key_variable:
            monkeypatch.delenv(provider.key_variable, raising=False)


@pytest.mark.parametrize(
    ("name", "provider", "model", "host"),
    [
        ("openai/gpt-4.1-mini", "openai", "gpt-4.1-mini", "api.openai.com"),
        ("anthropic/claude-haiku-5-5", "anthropic", "claude-haiku-5-5", "api.anthropic.com"),
        ("google/gemini-2.5-flash", "google", "gemini-2.5-flash", "generativelanguage.googleapis.com"),
        ("ollama/qwen2.5:7b", "ollama", "qwen2.5:7b", "localhost:11434"),
    ],
)
def test_a_name_says_where_its_model_is(name: str, provider: str, model: str, host: str) -> None:
    found = endpoint(name, api_key=KEY)
    assert (found.provider.name, found.model, found.name) == (provider, model, name)
    assert found.base_url is not None
    assert host in found.base_url


@pytest.mark.parametrize("path", ["qwen2.5-coder-1.5b", "/models/a.gguf", "models/a.gguf"])
def test_a_local_name_keeps_its_path(path: str) -> None:
    assert endpoint(f"local/{path}").model == path


@pytest.mark.parametrize(
    ("name", "protocol", "model"),
    [
        ("Qwen/Qwen2.5-7B-Instruct", "openai", "Qwen/Qwen2.5-7B-Instruct"),
        ("openai/google/gemma-3", "openai", "google/gemma-3"),
        ("anthropic/claude", "anthropic", "claude"),
        ("mistral", "openai", "mistral"),
    ],
)
def test_any_name_is_good_at_an_address_of_ones_own(name: str, protocol: str, model: str) -> None:
    found = endpoint(name, base_url="http://127.0.0.1:8000/v1/")
    assert (found.provider.protocol, found.model, found.base_url) == (protocol, model, "http://127.0.0.1:8000/v1")
    assert (found.priced, found.provider.limit_field) == (False, "max_tokens")


@pytest.mark.parametrize("name", ["gpt-4.1-mini", "nobody/model", "openai/", "", "/"])
def test_an_unknown_name_says_which_there_are(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        endpoint(name)
    assert "openai/" in caught.value.hint


@pytest.mark.parametrize(
    "url",
    ["ftp://host/v1", "host:8000", "http://user:pass@host/v1", "https://host/v1?key=1", "http:///v1", "file:///etc"],
)
def test_an_address_that_is_none_or_holds_a_secret_is_refused(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        endpoint("any", base_url=url)
    assert "pass@" not in str(caught.value)


def test_local_has_no_address() -> None:
    with pytest.raises(UsageError):
        endpoint("local/qwen2.5-coder-1.5b", base_url="http://127.0.0.1:8000/v1")


def test_a_missing_key_names_its_variable() -> None:
    with pytest.raises(WrongKey) as caught:
        endpoint("anthropic/claude-haiku-5-5")
    assert "ANTHROPIC_API_KEY" in caught.value.hint


def test_a_key_of_the_environment_goes_to_its_owner_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", " sk-environment ")
    assert endpoint("openai/gpt-4.1-mini").key.get_secret_value() == "sk-environment"
    assert endpoint("openai/gpt-4.1-mini", api_key=KEY).key == KEY
    assert endpoint("openai/any", base_url="http://127.0.0.1:8000/v1").key.get_secret_value() == ""


def test_a_key_shows_itself_nowhere() -> None:
    found = endpoint("openai/gpt-4.1-mini", api_key=KEY)
    assert KEY.get_secret_value() not in f"{found} {found!r} {vars(found)}"
    assert found.redact("Incorrect key: sk-polidex-test.") == "Incorrect key: [key]."


def test_no_key_redacts_nothing() -> None:
    assert endpoint("ollama/qwen").redact("as it is") == "as it is"


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_blank_key_is_none(blank: str | None) -> None:
    assert secret(blank) is None
