"""From the HTML of a page to its article: the text through trafilatura, the rest from JSON-LD and meta tags first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from email.utils import parsedate_to_datetime
from typing import Any

import trafilatura
from trafilatura.settings import Document as Extracted

from polidex.byline import authors_in, split_names
from polidex.dateline import read_dates

_META_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "citation_publication_date", "citation_date", "dcterms.issued", "dcterms.created", "dc.date.issued", "dc.date",
    "pubdate", "publishdate", "publish-date", "publication_date", "sailthru.date", "date",
)  # fmt: skip
_META_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_META_AUTHOR = ("author", "citation_author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
                "article:author")  # fmt: skip
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Story)$")
_ADDRESS = re.compile(r"https?://|www\.|@|^/")


@dataclass(frozen=True)
class Page:
    """What a page says about its article.

    Attributes:
        text: the article's text, a paragraph a line; empty when there is none.
        authors: all of them, as printed. Empty where neither JSON-LD nor meta tags name one.
        published: EDTF, with time of day and time zone where given; None when no tag states it. `modified`: the same.
        guessed: a day that trafilatura concludes from the page's other signs; None when there is none.
        language: what the page declares, as ISO 639-1.
    """

    text: str
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None
    modified: str | None
    guessed: str | None
    language: str | None


def read_page(html: str, uri: str) -> Page:
    """Read the article of a page. Hidden text is dropped: readers did not see it, and it may smuggle orders in."""
    tree = trafilatura.load_html(html)
    if tree is None:
        return Page("", None, (), None, None, None, None, None)
    article = _article(tree)
    meta = _meta(tree)
    extracted = trafilatura.bare_extraction(html, url=uri, with_metadata=True, include_comments=False)
    # It gives None in silence for what it cannot read.
    found = extracted if isinstance(extracted, Extracted) else Extracted()
    publisher = _name(article.get("publisher")) or found.sitename
    declared = tree.get("lang") or ""
    return Page(
        text=(found.text or "").strip(),
        title=(_text(article.get("headline")) or found.title) or None,
        authors=_authors(article, meta, publisher),
        publisher=publisher or None,
        published=_first_date([article.get("datePublished"), *_of(meta, _META_PUBLISHED)]),
        modified=_first_date([article.get("dateModified"), *_of(meta, _META_MODIFIED)]),
        guessed=found.date,
        language=declared[:2].lower() if re.match(r"[A-Za-z]{2}(-|_|$)", declared) else None,
    )


def to_edtf(value: str, language: str | None = None) -> str | None:
    """Read a date of a tag or of front matter (ISO 8601, an e-mail's date, or words) as EDTF; None when it is none."""
    value = value.strip()
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            dates = read_dates(value, language)
            return dates[0].edtf if dates else value if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value) else None
    # Midnight to the second is what software writes when it knows no time of day.
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _article(tree: Any) -> dict[str, Any]:
    """The first article in the page's JSON-LD; empty when there is none that can be read."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            # A page's broken script says nothing; its tags and its text still do.
            continue
        for item in _items(data):
            kinds = item.get("@type")
            if any(_ARTICLE_TYPE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return item
    return {}


def _items(data: Any) -> Iterator[dict[str, Any]]:
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            yield item
            waiting += [item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item]


def _meta(tree: Any) -> list[tuple[str, str]]:
    """Name and content of every meta tag, in order, and of every element that marks a date of the article."""
    return [
        (str(tag.get("name") or tag.get("property") or tag.get("itemprop") or "").lower(), str(tag.get("content")))
        for tag in tree.xpath("//meta[@content]")
    ] + [
        (str(tag.get("itemprop")).lower(), str(tag.get("datetime"))) for tag in tree.xpath("//*[@itemprop][@datetime]")
    ]


def _of(meta: list[tuple[str, str]], names: Sequence[str]) -> list[str]:
    return [content for name in names for key, content in meta if key == name]


def _authors(article: dict[str, Any], meta: list[tuple[str, str]], publisher: str | None) -> tuple[str, ...]:
    given = article.get("author")
    listed = given if isinstance(given, list) else [given]
    people = [item for item in listed if not (isinstance(item, dict) and item.get("@type") == "Organization")]
    names = [name for item in people if (name := _name(item))]
    if not names:
        of_tags = ([content for key, content in meta if key == name] for name in _META_AUTHOR)
        names = next((tags for tags in of_tags if any(not _ADDRESS.search(tag) for tag in tags)), [])
    split = [one for name in names if not _ADDRESS.search(name) for one in authors_in(name) or split_names(name)]
    return tuple(dict.fromkeys(name for name in split if name.casefold() != (publisher or "").casefold()))


def _name(item: Any) -> str | None:
    if isinstance(item, list):
        return next((name for one in item if (name := _name(one))), None)
    return _text(item.get("name")) if isinstance(item, dict) else _text(item)


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _first_date(values: Sequence[Any]) -> str | None:
    return next((edtf for value in values if isinstance(value, str) and (edtf := to_edtf(value))), None)
