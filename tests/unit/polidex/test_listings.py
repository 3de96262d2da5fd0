"""What feeds, sitemaps and lists say; and that no bytes make their readers raise anything but our errors."""

from __future__ import annotations

import gzip
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polidex.listings import REFUSED, entry, read_addresses, read_feed, read_sitemap, unzipped
from schema.errors import NotAListing, ReadError, TooLarge

LIMIT = 100_000
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>tag:1</id><link href="/one"/>'
    "<updated>2026-09-14T09:00:00Z</updated></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    '<item rdf:about="https://x.example/one"><title>One</title><link>https://x.example/one</link></item></rdf:RDF>'
)
RSS = '<rss version="2.0"><channel>{}</channel></rss>'
BOMB = (
    '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<urlset><url><loc>https://x.example/&b;</loc></url></urlset>"
)
INSIDE = '<!DOCTYPE urlset [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://x.example/&f;</loc></url></urlset>'


def feed(text: str) -> list[str]:
    return [each.uri for each in read_feed(text.encode(), uri="https://x.example/feed", name="feed")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ATOM, ["https://x.example/one"]),
        (RDF, ["https://x.example/one"]),
        (RSS.format("<item><link>/a#top</link></item><item><link>/a</link></item>"), ["https://x.example/a"]),
        (RSS.format("<item><guid>https://x.example/g</guid></item>"), ["https://x.example/g"]),
        (RSS.format("<item><link>javascript:alert(1)</link></item>"), [f"{REFUSED}javascript:alert(1)"]),
        (RSS.format("<item><title>no link</title></item>"), []),
        (RSS.format(""), []),
        # Cut off: what was found is taken, for a feed is never taken for whole.
        (RSS.format("<item><link>/a</link></item>")[:-20], ["https://x.example/a"]),
    ],
)
def test_a_feed(text: str, found: list[str]) -> None:
    assert feed(text) == found


@pytest.mark.parametrize(
    "text", ["", "x", "<html><a href='/'>Sign in</a></html>", "<rss", "{}", "https://x.example/feed"]
)
def test_what_is_no_feed(text: str) -> None:
    with pytest.raises(NotAListing, match="feed"):
        feed(text)


def test_a_feed_is_never_opened_as_a_path() -> None:
    with pytest.raises(NotAListing):
        read_feed(b"/etc/hostname", uri="", name="feed")


def test_a_sitemap_and_an_index() -> None:
    text = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="urn:image">'
        "<url><loc> https://x.example/a?b=1&amp;c=2 </loc><lastmod>2026-09-14</lastmod>"
        "<i:image><i:loc>https://x.example/picture</i:loc></i:image></url><url><loc/></url></urlset>"
    )
    for data in (text.encode(), gzip.compress(text.encode())):
        found = read_sitemap(data, name="map", limit=LIMIT)
        assert [(each.uri, each.stamp) for each in found.pages] == [("https://x.example/a?b=1&c=2", "2026-09-14")]
        assert found.parts == ()
    index = b"<sitemapindex><sitemap><loc>https://x.example/1.xml</loc></sitemap></sitemapindex>"
    assert [each.uri for each in read_sitemap(index, name="map", limit=LIMIT).parts] == ["https://x.example/1.xml"]


@pytest.mark.parametrize(
    "text", ["", "<urlset><url>", "<html></html>", "<rss/>", BOMB, INSIDE, "<!DOCTYPE urlset><urlset></urlset>"]
)
def test_what_is_no_sitemap(text: str) -> None:
    with pytest.raises(NotAListing, match="map"):
        read_sitemap(text.encode(), name="map", limit=LIMIT)


def test_gzip_is_unpacked_as_far_as_is_allowed() -> None:
    with pytest.raises(TooLarge, match="100,000"):
        unzipped(gzip.compress(b" " * 50_000_000), name="map", limit=LIMIT)
    with pytest.raises(NotAListing, match="cut off"):
        unzipped(gzip.compress(b"<urlset/>" * 1000)[:-20], name="map", limit=LIMIT)
    assert unzipped(gzip.compress(b"a") + gzip.compress(b"b"), name="map", limit=LIMIT) == b"ab"


def test_a_list_of_addresses() -> None:
    data = b"\xef\xbb\xbfhttps://x.example/a\r\n# no\n\n  http://user:word@x.example/ \nhttps://x.example/a#b\n"
    assert [each.uri for each in read_addresses(data, name="list")] == [
        "https://x.example/a",
        f"{REFUSED}http://x.example/",
    ]
    for wrong in (b"\xff\xfe\x00", b"<html>", b"a\0b"):
        with pytest.raises(NotAListing):
            read_addresses(wrong, name="list")


def test_a_link_as_it_is_recorded() -> None:
    assert entry(" \t") is None
    found = entry("java\nscript:alert(1)\x00")
    assert found
    assert found.uri == f"{REFUSED}javascript:alert(1)"
    long = entry("https://x.example/" + "a" * 10_000)
    assert long
    assert long.uri.startswith(REFUSED)
    assert len(long.uri) < 3000


XML = st.recursive(
    st.text(max_size=20),
    lambda inner: st.builds(
        "<{0} {1}>{2}</{0}>".format,
        st.sampled_from(["rss", "channel", "item", "link", "guid", "urlset", "url", "loc", "lastmod", "feed", "entry"]),
        st.sampled_from(["", 'href="https://x.example/"', 'xmlns="http://www.w3.org/2005/Atom"', "broken"]),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), XML.map(lambda text: text.encode("utf-8", "surrogatepass")), st.just(BOMB.encode())
    )
)
def test_garbage_raises_nothing_but_our_errors(data: bytes) -> None:
    for each in (data, gzip.compress(data)):
        with suppress(ReadError):
            read_feed(each, uri="https://x.example/feed", name="feed")
        with suppress(ReadError):
            read_sitemap(each, name="map", limit=LIMIT)
        with suppress(ReadError):
            read_addresses(each, name="list")


@given(st.text())
def test_any_link_can_be_recorded(link: str) -> None:
    found = entry(link)
    if found:
        found.uri.encode()
        assert "\0" not in found.uri
        assert found.uri.startswith((REFUSED, "http://", "https://"))
