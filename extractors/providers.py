"""Which model a name means, where it answers, and with which key."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pydantic import SecretStr

from schema.errors import UsageError, WrongKey


@dataclass(frozen=True)
class Parameters:
    """How a model is asked. The first three decide what it says; the rest only how it is reached.

    `None` leaves a parameter out of the request: some hosted models accept no temperature.
    """

    temperature: float | None = 0.0
    seed: int | None = 7
    max_tokens: int = 2048
    """Most tokens of one reply."""
    reasks: int = 1
    """How often a reply of the wrong shape is sent back to be corrected."""
    timeout_seconds: float = 600.0
    """For one request, from its first byte sent to the last byte received."""
    backoff_seconds: float = 1.0
    """Pause before the first repeat of a failed request; each further pause is twice as long."""
    longest_wait_seconds: float = 120.0
    """A provider that asks for a longer pause is not waited for: RateLimited is raised at once."""
    threads: int | None = None
    """Embedded model only: processor threads; None takes all that this process may use."""
    parallel: int = 1
    """Embedded model only: how many questions it works on at once."""
    context_tokens: int = 8192
    """Embedded model only: prompt and reply of one question together."""


@dataclass(frozen=True)
class Prices:
    """What a model costs, in US dollars per million tokens, where it is said for both ways; else what is published."""

    input_usd: float | None = None
    output_usd: float | None = None
    cached_usd: float | None = None
    """Of tokens from the provider's prefix cache; the same as the others where it is left out."""

    def __post_init__(self) -> None:
        if any(value is not None and value < 0 for value in vars(self).values()):
            raise ValueError("a price cannot be less than 0")
        if self.cached_usd is not None and (self.input_usd is None or self.cached_usd > self.input_usd):
            raise ValueError("cached_usd cannot be more than input_usd")


@dataclass(frozen=True)
class Provider:
    """A place where models are served."""

    name: str
    protocol: str = "openai"
    base_url: str | None = None
    key_variable: str | None = None
    """Environment variable that holds the key; None where no key is needed."""
    takes_seed: bool = True
    limit_field: str = "max_tokens"
    """What this provider calls the limit on a reply's tokens."""
    prices: str | None = None
    """Its name in genai-prices; None where no price is published."""


PROVIDERS = {
    provider.name: provider
    for provider in (
        Provider(
            "openai",
            base_url="https://api.openai.com/v1",
            key_variable="OPENAI_API_KEY",
            limit_field="max_completion_tokens",
            prices="openai",
        ),
        Provider(
            "anthropic",
            protocol="anthropic",
            base_url="https://api.anthropic.com",
            key_variable="ANTHROPIC_API_KEY",
            takes_seed=False,
            prices="anthropic",
        ),
        # Google serves its models over OpenAI's protocol too: one protocol less to keep right.
        Provider(
            "google",
            base_url="https://generativelanguage.googleapis.com/v1beta/openai",
            key_variable="GEMINI_API_KEY",
            takes_seed=False,
            prices="google",
        ),
        Provider("ollama", base_url="http://localhost:11434/v1"),
        Provider("local"),
    )
}


@dataclass(frozen=True)
class Endpoint:
    """One model at one address."""

    provider: Provider
    model: str
    base_url: str | None
    key: SecretStr = field(default=SecretStr(""))
    priced: bool = False
    """genai-prices may know what it costs: it is the provider's own address."""
    prices: Prices = Prices()
    """What its user says that it costs; outweighs what is published where it says both ways."""

    @property
    def name(self) -> str:
        return f"{self.provider.name}/{self.model}"

    def redact(self, text: str) -> str:
        """`text` without the key: providers repeat it in what they answer."""
        key = self.key.get_secret_value()
        return text.replace(key, "[key]") if key else text


def endpoint(name: str, *, base_url: str | None = None, api_key: SecretStr | None = None) -> Endpoint:
    """What `name` means, such as `openai/gpt-4.1-mini` or `local/qwen2.5-coder-1.5b`.

    With `base_url`, any name is good: what stands before its first slash is taken off where it is a
    provider's (then its protocol is spoken), and the rest is sent as the model's name. A key from the
    environment only ever goes to the provider it belongs to, never to a `base_url`.

    Raises UsageError for a name without a known provider or an address with a password in it, and
    WrongKey where the provider needs a key and there is none.
    """
    prefix, _, rest = name.partition("/")
    provider = PROVIDERS.get(prefix)
    if provider is None or not rest:
        if base_url is None or not name:
            known = ", ".join(f"{known}/…" for known in PROVIDERS)
            raise UsageError(
                f"No provider is called {prefix!r}.",
                hint=f"Name a model as one of {known}, or give the base URL of an OpenAI-compatible server.",
            )
        provider, rest = PROVIDERS["openai"], name
    if base_url is None:
        return Endpoint(provider, rest, provider.base_url, _key(provider, api_key), priced=provider.prices is not None)
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password or parts.query:
        raise UsageError("The base URL must be like http://host:8000/v1, without a user, password or query.")
    if provider.name == "local":
        raise UsageError("A local/ model runs in this process and has no base URL.")
    if provider.protocol == "openai":
        # A server of one's own may not know OpenAI's newer field names.
        provider = Provider(provider.name)
    return Endpoint(provider, rest, base_url.rstrip("/"), api_key or SecretStr(""))


def _key(provider: Provider, given: SecretStr | None) -> SecretStr:
    if provider.key_variable is None:
        return given or SecretStr("")
    key = given or secret(os.environ.get(provider.key_variable))
    if key is None:
        raise WrongKey(
            f"There is no API key for {provider.name}.", hint=f"Set the environment variable {provider.key_variable}."
        )
    return key


def secret(key: str | SecretStr | None) -> SecretStr | None:
    """A key that shows itself to nobody by accident; None where there is none."""
    if isinstance(key, SecretStr):
        key = key.get_secret_value()
    return SecretStr(key.strip()) if key and key.strip() else None
