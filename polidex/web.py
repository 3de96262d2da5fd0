"""Getting one page from the web: public addresses only, within limits of size and time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

import httpx
from httpx_secure import SSRFProtectionError, httpx_ssrf_protection

from polidex.sources import clean_address
from schema.errors import (
    BadAddress,
    InternalAddress,
    NotAPage,
    PageGone,
    PageRefused,
    PageTimedOut,
    ServerUnreachable,
    TooLarge,
)

_MOST_REDIRECTS = 5
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown")
_GONE = (httpx.codes.NOT_FOUND, httpx.codes.GONE)


@dataclass(frozen=True)
class Response:
    """A page as the server sent it.

    Attributes:
        uri: the address that answered, after redirects.
        kind: the media type, in lower case, without parameters; empty when the server names none.
        charset: the charset of the Content-Type header; None when there is none.
    """

    uri: str
    status: int
    kind: str
    charset: str | None
    body: bytes


async def fetch(uri: str, *, limit: int, seconds: float, allow_loopback: bool = False) -> Response:
    """Get a page.

    Every address that a redirect leads to passes the same check as the first, on the numeric address that is really
    connected to. Proxies of the environment are not used: behind one, nothing could check where a name leads.

    Args:
        uri: an http or https address.
        limit: bytes, after decompression; no more are read.
        seconds: for everything, from the first name lookup to the last byte.
        allow_loopback: let addresses of this machine through. Only code can say so: no setting, no document.

    Raises:
        ReadError: one of its subclasses, by what went wrong.
    """
    uri = clean_address(uri)
    client = httpx.AsyncClient(
        trust_env=False,
        follow_redirects=True,
        max_redirects=_MOST_REDIRECTS,
        timeout=seconds,
        headers={"User-Agent": "polidex", "Accept": "text/html, text/plain;q=0.8"},
    )
    try:
        async with asyncio.timeout(seconds), _guarded(client, allow_loopback):
            return await _get(client, uri, limit)
    except SSRFProtectionError as error:
        raise InternalAddress(f"{uri} leads to {error.ip_addr or error.hostname}, which is not public.") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise BadAddress(f"{uri} leads to an address that is not fetched.") from error
    except httpx.TooManyRedirects as error:
        raise PageRefused(f"{uri} redirects more than {_MOST_REDIRECTS} times.") from error
    except (TimeoutError, httpx.TimeoutException) as error:
        raise PageTimedOut(f"{uri} did not come within {seconds:g} seconds.") from error
    except httpx.RequestError as error:
        raise ServerUnreachable(f"The server of {uri} cannot be reached, or broke off.") from error


def _guarded(client: httpx.AsyncClient, allow_loopback: bool) -> httpx.AsyncClient:
    if not allow_loopback:
        return httpx_ssrf_protection(client)

    def is_allowed(host: str, address: IPv4Address | IPv6Address, port: int) -> bool:
        return address.is_global or address.is_loopback

    return httpx_ssrf_protection(client, check_globally_reachable=False, custom_validator=is_allowed)


async def _get(client: httpx.AsyncClient, uri: str, limit: int) -> Response:
    async with client.stream("GET", uri) as response:
        status = response.status_code
        _check_status(uri, status)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind and kind not in _PAGES:
            raise NotAPage(f"{uri} is {kind[:60]}, not a page of text.", http_status=status)
        announced = response.headers.get("content-length", "")
        body = bytearray()
        if announced.isdecimal() and int(announced) > limit:
            raise TooLarge(f"{uri} has {int(announced):,} bytes; at most {limit:,} are read.", http_status=status)
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > limit:
                raise TooLarge(f"{uri} has more than the {limit:,} bytes that are read.", http_status=status)
        return Response(str(response.url), status, kind, response.charset_encoding, bytes(body))


def _check_status(uri: str, status: int) -> None:
    if httpx.codes.is_success(status):
        return
    if status in _GONE:
        raise PageGone(f"{uri} is not there: the server answered {status}.", http_status=status)
    if httpx.codes.is_server_error(status):
        raise ServerUnreachable(f"The server of {uri} failed: it answered {status}.", http_status=status)
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise PageRefused(f"{uri} was asked for too often.", http_status=status, hint="Wait, and run again later.")
    raise PageRefused(f"The server refuses to give {uri}: it answered {status}.", http_status=status)
