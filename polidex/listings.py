"""What a feed, a sitemap or a URL list says is there to read. What they say is not trusted: nothing is fetched here."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import feedparser
from lxml import etree

from polidex.sources import clean_address
from schema.errors import BadAddress, NotAListing, TooLarge

_GZIP = b"\x1f\x8b"
_LONGEST_ADDRESS = 2000
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]+")
_MOST_PAGES = 1_000_000
_INSIDE_FEEDPARSER = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What feedparser lets through of what goes wrong in it."""
REFUSED = "refused:"
"""Opens the address under which a link is recorded that is none of a web page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page, or one part, that a listing names.

    Attributes:
        uri: its address, cleaned; for a link that is none of a web page a safe form of it.
        link: what to fetch, as it stands there.
        stamp: how the listing tells the state of the page, where its kind says so.
    """

    uri: str
    link: str
    stamp: str | None = None


@dataclass(frozen=True)
class Sitemap:
    """What a sitemap names: pages, or as an index further sitemaps."""

    pages: tuple[Entry, ...]
    parts: tuple[Entry, ...]


def entry(link: str, stamp: str | None = None) -> Entry | None:
    """What a link leads to; None when it is blank."""
    link = _CONTROL.sub("", link)
    if not link:
        return None
    try:
        uri = clean_address(link)
    except BadAddress:
        return Entry(REFUSED + re.sub(r"//[^/?#]*@", "//", link)[:_LONGEST_ADDRESS], link[:_LONGEST_ADDRESS], stamp)
    if len(uri) > _LONGEST_ADDRESS:
        return Entry(REFUSED + uri[:_LONGEST_ADDRESS], "", stamp)
    return Entry(uri, uri, stamp)


def read_feed(data: bytes, *, uri: str, name: str) -> tuple[Entry, ...]:
    """The entries of an RSS, RDF or Atom feed, each once.

    Args:
        data: the feed as it came.
        uri: its address, which links may be relative to; empty for a file.
        name: how to call it in a message.

    Raises:
        NotAListing: it is no feed, or too broken to find any entry.
    """
    # Only bytes are given to feedparser: a text it would take for an address or a path, and open it.
    headers = {"content-type": "application/xml"} | ({"content-location": uri} if uri else {})
    try:
        found = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    except _INSIDE_FEEDPARSER as error:
        raise NotAListing(f"{name} is no feed that can be read ({type(error).__name__}).") from error
    if not found.get("version") or (found.get("bozo") and not found.entries and not _is_xml(data)):
        raise NotAListing(f"{name} is no RSS or Atom feed.")
    return _once(entry(_link(each)) for each in found.entries)


def read_sitemap(data: bytes, *, name: str, limit: int) -> Sitemap:
    """The pages of a sitemap or the sitemaps of an index, gzipped or not.

    Args:
        limit: bytes after decompression.

    Raises:
        NotAListing: it is none, or is cut off, or declares entities.
        TooLarge: it has more bytes than the limit.
    """
    data = unzipped(data, name=name, limit=limit)
    pages: list[Entry | None] = []
    parts: list[Entry | None] = []
    root = ""
    options = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
    try:
        for event, element in etree.iterparse(
            io.BytesIO(data), events=("start", "end"), remove_comments=True, **options
        ):
            tag = _local(element)
            if event == "start":
                root = root or _root(element, tag, name)
            elif tag in ("url", "sitemap") and element.getparent() is element.getroottree().getroot():
                inner = {_local(child): "".join(child.itertext()).strip() for child in element}
                found = entry(inner.get("loc", ""), inner.get("lastmod") or None)
                (parts if tag == "sitemap" and root == "sitemapindex" else pages).append(found)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
                if len(pages) + len(parts) > _MOST_PAGES:
                    raise TooLarge(f"{name} names more than {_MOST_PAGES:,} pages.")
    except (etree.LxmlError, ValueError) as error:
        raise NotAListing(f"{name} is no sitemap that can be read.") from error
    return Sitemap(_once(pages), _once(parts))


def read_addresses(data: bytes, *, name: str) -> tuple[Entry, ...]:
    """The addresses of a URL list: one a line; blank lines and those that open with # are passed over.

    Raises:
        NotAListing: it is no text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAListing(f"{name} is no list of addresses: it is not UTF-8 text.") from error
    if "\0" in text or re.match(r"\s*<", text):
        raise NotAListing(f"{name} is no list of addresses, one a line.")
    return _once(entry(line) for line in text.splitlines() if not line.lstrip().startswith("#"))


def unzipped(data: bytes, *, name: str, limit: int) -> bytes:
    """The bytes, out of gzip where they are in it.

    Raises:
        TooLarge: there are more than the limit. No more are unpacked.
        NotAListing: the gzip is broken.
    """
    if data.startswith(_GZIP):
        unpacked = bytearray()
        while data and len(unpacked) <= limit:
            # Gzip may be several in a row.
            unpack = zlib.decompressobj(wbits=31)
            try:
                unpacked += unpack.decompress(data, limit + 1 - len(unpacked))
            except zlib.error as error:
                raise NotAListing(f"{name} is broken gzip.") from error
            if len(unpacked) <= limit and not unpack.eof:
                raise NotAListing(f"{name} is cut off.")
            data = unpack.unused_data
        data = bytes(unpacked)
    if len(data) > limit:
        raise TooLarge(f"{name} has more than the {limit:,} bytes that are read of a list of pages.")
    return data


def _once(found: Iterator[Entry | None] | list[Entry | None]) -> tuple[Entry, ...]:
    return tuple({each.uri: each for each in found if each}.values())


def _link(each: feedparser.FeedParserDict) -> str:
    """Where an entry leads: its link, else its key where that is an address."""
    link, key = each.get("link"), each.get("id")
    if isinstance(link, str) and link.strip():
        return link
    return key if isinstance(key, str) and key.startswith(("http://", "https://")) else ""


def _is_xml(data: bytes) -> bool:
    """Whether it is whole; a feed without entries is one."""
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))
    except (etree.LxmlError, ValueError):
        return False
    return True


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _root(element: etree._Element, tag: str, name: str) -> str:
    if element.getroottree().docinfo.doctype:
        raise NotAListing(f"{name} declares a document type, which no sitemap does.")
    if tag not in ("urlset", "sitemapindex"):
        raise NotAListing(f"{name} is no sitemap: it opens with <{tag[:40]}>.")
    return tag
