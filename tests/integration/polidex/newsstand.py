"""A web site whose pages come, change and go, and a night that polls it: as the nightly flow does, without a model."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from polidex.polling import Outcome, Polling
from polidex.publish import Store, open_store
from polidex.read import Read, Source
from polidex.reread import Unchanged, Vanished
from polidex.settings import Settings
from polidex.source_settings import SourceSetting
from schema import stable_id
from schema.errors import ReadError
from schema.rows import row
from schema.tables import metadata

SENTENCES = (
    "The parliament of Arcadia voted on Monday to cut the term of the president from seven years to five.",
    "The president, Nadia Berg, will sign the law in June, the speaker of the parliament said after the vote.",
)


def article(title: str = "Parliament cuts the term") -> str:
    """The text of an article, another one for each title."""
    return "\n\n".join((title, *(f"{each} So the paper {title} says." for each in SENTENCES))) + "\n"


def page(title: str = "Parliament cuts the term", *, noise: str = "") -> str:
    paragraphs = "".join(f"<p>{each} So the paper {title} says.</p>" for each in SENTENCES * 2)
    head = f"<html><head><title>{title}</title></head>"
    return f"{head}<body><!-- {noise} --><article><h1>{title}</h1>{paragraphs}</article></body></html>"


@dataclass
class Stand:
    """A site. `pages` maps a path to what it holds: what is not there is answered with 404, a number with itself.

    Attributes:
        marks: whether pages carry an ETag and a Last-Modified.
        asked: how often each path was asked for, with the status of the answer.
        busy: the most requests at one time.
    """

    url: str = ""
    pages: dict[str, str | bytes | int] = field(default_factory=dict)
    marks: bool = True
    seconds: float = 0
    asked: Counter[tuple[str, int]] = field(default_factory=Counter)
    busy: int = 0
    now: int = 0

    def put(self, *paths: str) -> list[str]:
        """Lay out pages under these paths; gives their addresses."""
        for path in paths:
            self.pages[path] = page(f"News of {path}")
        return [f"{self.url}{path}" for path in paths]

    def feed(self, path: str, links: list[str]) -> str:
        items = "".join(f"<item><title>News</title><link>{link}</link><guid>{link}</guid></item>" for link in links)
        self.pages[path] = f'<rss version="2.0"><channel><title>The Courier</title>{items}</channel></rss>'
        return f"{self.url}{path}"

    def sitemap(self, path: str, links: dict[str, str | None]) -> str:
        urls = "".join(
            f"<url><loc>{link}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>" for link, day in links.items()
        )
        self.pages[path] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        return f"{self.url}{path}"


@contextmanager
def newsstand() -> Iterator[Stand]:
    """A site on this machine, for as long as the block lasts."""
    stand = Stand()

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stand.now += 1
            stand.busy = max(stand.busy, stand.now)
            time.sleep(stand.seconds)
            status = self.answer()
            stand.asked[self.path, status] += 1
            stand.now -= 1

        def answer(self) -> int:
            found = stand.pages.get(self.path, 404)
            if isinstance(found, int):
                return self.head(found)
            body = found.encode() if isinstance(found, str) else found
            mark = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
            if stand.marks and self.headers.get("If-None-Match") == mark:
                return self.head(304)
            kind = "text/html" if b"<html" in body else "application/octet-stream"
            headers = {"ETag": mark, "Last-Modified": "Mon, 14 Sep 2026 09:00:00 GMT"} if stand.marks else {}
            self.head(200, {"Content-Type": kind, "Content-Length": str(len(body))} | headers)
            self.wfile.write(body)
            return 200

        def head(self, status: int, headers: dict[str, str] | None = None) -> int:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            return status

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        stand.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield stand
        server.shutdown()
        thread.join()


@dataclass
class Night:
    """What a night did: `told` says of each address what came of it."""

    told: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    changed_rows: int = 0
    poller: Polling | None = None


def night(
    url: str, *sources: dict[str, Any], stop_after: int | None = None, killed: bool = True, **settings: Any
) -> Night:
    """Poll and read as the nightly flow does.

    Args:
        stop_after: end when so many sources are committed.
        killed: then end at once, else as a night does whose budget is spent.
    """
    tables = tuple(SourceSetting.model_validate({"pause_seconds": 0} | each) for each in sources)
    found = Settings(database=url, sources=tables, **settings)
    with open_store(url) as store:
        return asyncio.run(_night(store, found, stop_after, killed))


async def _night(store: Store, settings: Settings, stop_after: int | None, killed: bool) -> Night:
    poller = Polling(settings, allow_loopback=True)
    done = Night(poller=poller)

    async def rows(name: str, **parameters: Any) -> list[dict[str, Any]]:
        return store.rows(name, **parameters)

    def load(found: dict[str, list[dict[str, Any]]]) -> None:
        counts = store.load(found)
        done.changed_rows += sum(each.inserted + each.updated + each.deleted for each in counts.values())

    async for source in poller.changed(rows):
        if stop_after is not None and len(done.told) >= stop_after:
            if killed:
                return done
            break
        outcome: Outcome
        try:
            outcome = await poller.read(source)
        except ReadError as error:
            outcome = error
        with store.transaction():
            if not isinstance(outcome, Unchanged | Vanished):
                load(_rows(source, outcome))
            load(poller.remember(source, outcome))
        done.told[source.uri] = str(outcome.outcome) if isinstance(outcome, ReadError) else type(outcome).__name__
    done.failed = dict(poller.failed)
    load(poller.finish())
    return done


def _rows(source: Source, outcome: Read | ReadError) -> dict[str, list[dict[str, Any]]]:
    document: dict[str, Any] = {"id": stable_id("document", source.uri), "uri": source.uri}
    now = datetime.now(UTC)
    said = "ok" if isinstance(outcome, Read) else str(outcome.outcome)
    error = None if isinstance(outcome, Read) else str(outcome)
    attempt: dict[str, Any] = {"id": stable_id("fetch", source.uri, now.isoformat()), "document_id": document["id"]}
    attempt |= {"retrieved_at": now, "outcome": said, "error": error}
    found: dict[str, list[dict[str, Any]]] = {"document": [document], "fetch": [attempt]}
    if isinstance(outcome, Read):
        found |= {"document": [row(outcome.document)], "document_version": [row(outcome.version)]}
    return found


def stored(url: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of the tables that polling fills."""
    with open_store(url) as store, store.transaction() as connection:
        return {
            name: [dict(each) for each in connection.execute(table.select().order_by(*table.primary_key)).mappings()]
            for name in ("document", "document_version", "fetch", "source", "source_document")
            for table in (metadata.tables[name],)
        }
