"""Getting one page from the web: public addresses only, within limits of size and time."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
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
    PageUnchanged,
    ServerUnreachable,
    TooLarge,
)

_MOST_REDIRECTS = 5
_ACCEPT = "text/html, text/plain;q=0.8"
PAGES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown")
_GONE = (httpx.codes.NOT_FOUND, httpx.codes.GONE)
_LONGEST_MARK = 1000  # characters of a header that is kept from one night to the next


@dataclass(frozen=True)
class Response:
    """A page as the server sent it.

    Attributes:
        uri: the address that answered, after redirects.
        kind: the media type, in lower case, without parameters; empty when the server names none.
        charset: the charset of the Content-Type header; None when there is none.
        etag: the server's mark of this state of the page. `last_modified`: when it was last changed, in the server's
            words. Either serves to ask later whether it is still so.
    """

    uri: str
    status: int
    kind: str
    charset: str | None
    body: bytes
    etag: str | None = None
    last_modified: str | None = None


async def fetch(
    uri: str,
    *,
    limit: int,
    seconds: float,
    allow_loopback: bool = False,
    kinds: Collection[str] = PAGES,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Response:
    """Get a page.

    Every address that a redirect leads to passes the same check as the first, on the numeric address that is really
    connected to. Proxies of the environment are not used: behind one, nothing could check where a name leads.

    Args:
        uri: an http or https address.
        limit: bytes, after decompression; no more are read.
        seconds: for everything, from the first name lookup to the last byte.
        allow_loopback: let addresses of this machine through. Only code can say so: no setting, no document.
        kinds: the media types that are taken; none: any.
        etag: of an earlier response, so that the page is sent only if it is another now. `last_modified`: likewise.

    Raises:
        PageUnchanged: the page is as it was when `etag` or `last_modified` came with it.
        ReadError: one of its subclasses, by what went wrong.
    """
    uri = clean_address(uri)
    client = httpx.AsyncClient(
        trust_env=False,
        follow_redirects=True,
        max_redirects=_MOST_REDIRECTS,
        timeout=seconds,
        headers={"User-Agent": "polidex", "Accept": _ACCEPT if kinds else "*/*"} | _conditions(etag, last_modified),
    )
    try:
        async with asyncio.timeout(seconds), _guarded(client, allow_loopback):
            return await _get(client, uri, limit, kinds)
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


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    given = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in given.items() if value}


async def _get(client: httpx.AsyncClient, uri: str, limit: int, kinds: Collection[str]) -> Response:
    async with client.stream("GET", uri) as response:
        status = response.status_code
        if status == httpx.codes.NOT_MODIFIED and {"if-none-match", "if-modified-since"} & client.headers.keys():
            raise PageUnchanged(f"{uri} is as it was.", http_status=status)
        _check_status(uri, status)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind and kinds and kind not in kinds:
            raise NotAPage(f"{uri} is {kind[:60]}, not a page of text.", http_status=status)
        announced = response.headers.get("content-length", "")
        body = bytearray()
        if announced.isdecimal() and int(announced) > limit:
            raise TooLarge(f"{uri} has {int(announced):,} bytes; at most {limit:,} are read.", http_status=status)
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > limit:
                raise TooLarge(f"{uri} has more than the {limit:,} bytes that are read.", http_status=status)
        return Response(
            uri=str(response.url),
            status=status,
            kind=kind,
            charset=response.charset_encoding,
            body=bytes(body),
            etag=_mark(response, "etag"),
            last_modified=_mark(response, "last-modified"),
        )


def _mark(response: httpx.Response, name: str) -> str | None:
    """A header that can be kept and sent back; whatever else a server makes of it is as good as none."""
    value = response.headers.get(name, "").strip()
    return value if value and len(value) <= _LONGEST_MARK and value.isascii() and value.isprintable() else None


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
