"""One request to a model over HTTP: the bytes of a question go out, an answer or one of our errors comes back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx2

from extractors.faults import refusal
from extractors.protocols import Answer, Message, Speech, answer, speech
from extractors.providers import Endpoint, Parameters
from extractors.shapes import Shape
from schema.errors import BadRequest, ConnectionDropped, ModelError, TimedOut, UsageError

CONNECT_SECONDS = 10.0
OK = range(200, 300)


class Wire:
    """The connections to one model. Open it in the event loop that uses it, and close it there."""

    def __init__(self, endpoint: Endpoint, parameters: Parameters) -> None:
        """Raises MissingPackage where the SDK of its provider is not installed, and UsageError for a strange proxy."""
        self._endpoint = endpoint
        self._speech: Speech = speech(endpoint, parameters)
        self._url = f"{endpoint.base_url}{self._speech.path}"
        local = endpoint.provider.name == "local"
        self._session = aiohttp.ClientSession(
            # How many at once is the pace's to say.
            connector=aiohttp.TCPConnector(limit=0, ssl=_trusted(self._url)),
            timeout=aiohttp.ClientTimeout(total=parameters.timeout_seconds, sock_connect=CONNECT_SECONDS),
            headers={**self._speech.headers, "Content-Type": "application/json", "Accept": "application/json"},
            cookie_jar=aiohttp.DummyCookieJar(),
            proxy=None if local else _proxy(self._url),
        )

    def body(self, messages: list[Message], shape: Shape) -> bytes:
        """The body of a request for a reply of that shape."""
        return self._speech.body(messages, shape)

    async def send(self, body: bytes) -> Answer | ModelError:
        """Send one request. The failure is a value: raised from here it would drag the client's own error along,
        which holds the request with its key."""
        try:
            # A redirect would carry the question to another host.
            async with self._session.post(self._url, data=body, allow_redirects=False) as response:
                received = await response.read()
        except TimeoutError:
            return TimedOut()
        except aiohttp.ClientConnectorError:
            failed = ConnectionDropped()
            # It was never made, so nobody can have worked on the request.
            failed.maybe_billed = False
            return failed
        except (aiohttp.ClientError, OSError):
            return ConnectionDropped()
        except ValueError:
            # A key with a line break in it, say.
            return BadRequest("The client could not send the request.")
        if response.status in OK:
            return answer(received, self._speech)
        return refusal(response.status, response.headers, received, self._endpoint)

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()


def _trusted(url: str) -> Any:
    """The certificates that are trusted: what the providers' own clients trust, SSL_CERT_FILE included."""
    return httpx2.create_ssl_context() if url.startswith("https:") else True


def _proxy(url: str) -> str | None:
    """The proxy that the environment names for an address (HTTPS_PROXY, ALL_PROXY, NO_PROXY), looked up once."""
    parts = urlsplit(url)
    proxies = getproxies()
    if not proxies or proxy_bypass(parts.hostname or ""):
        return None
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if proxy and not proxy.startswith(("http://", "https://")):
        raise UsageError(f"The proxy that the environment names for {parts.scheme} addresses is not one for HTTP.")
    return proxy
