"""How a request gets to its server: through the proxy that the environment names, and over TLS that is checked."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from pathlib import Path

import pytest

from extractors.model import Reply, open_model
from schema.errors import ConnectionDropped, ModelError, UsageError
from tests.integration.extractors.faults import GOOD, MESSAGES, PARAMETERS, People
from tests.loopback import Loopback, reply


def asked(base_url: str) -> Reply | ModelError:
    async def main() -> Reply | ModelError:
        async with open_model("m", base_url=base_url, parameters=PARAMETERS) as model:
            try:
                return await model.ask(MESSAGES, People)
            except ModelError as error:
                return error

    return asyncio.run(main())


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY"])
def test_the_proxy_of_the_environment_carries_requests(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(reply(GOOD)) as proxy:
        monkeypatch.setenv(variable.lower(), proxy.address)
        assert isinstance(asked("http://model.invalid/v1"), Reply)
    assert [request.path for request in proxy.requests] == ["http://model.invalid/v1/chat/completions"]


def test_addresses_that_need_no_proxy_are_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(reply(GOOD)) as server, Loopback() as proxy:
        monkeypatch.setenv("http_proxy", proxy.address)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert isinstance(asked(server.url("openai")), Reply)
    assert not proxy.requests


def test_a_proxy_of_another_kind_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:1080")
    with pytest.raises(UsageError, match="proxy"):
        asked("http://model.invalid/v1")


def test_a_certificate_is_checked_and_may_be_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    files = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Loopback(reply(GOOD), tls=context) as server:
        assert type(asked(server.url("openai"))) is ConnectionDropped
        assert not server.requests
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert isinstance(asked(server.url("openai")), Reply)
