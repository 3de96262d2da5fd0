"""Nights over folders, feeds, sitemaps, lists and lines: what is new is read, what vanished is marked, nothing else."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from polidex.folders import Folder
from tests.integration.polidex.newsstand import Stand, article, newsstand, night, page, stored

pytestmark = pytest.mark.with_tables


@pytest.fixture
def stand() -> Iterator[Stand]:
    with newsstand() as found:
        yield found


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder `news` in the working folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


def nothing_changes(url: str, *sources: dict[str, Any]) -> None:
    before = stored(url)
    done = night(url, *sources)
    assert set(done.told.values()) <= {"Unchanged"}
    assert done.changed_rows == 0
    assert stored(url) == before


def marked(url: str) -> dict[str, str | None]:
    return {row["uri"]: row["reason"] for row in stored(url)["document"] if row["retracted_at"]}


def test_a_folder(database_url: str, news: Path) -> None:
    folder = {"kind": "folder", "location": "news"}
    for name in ("a.txt", "b.txt", "c/d.txt"):
        (news / name).parent.mkdir(exist_ok=True)
        (news / name).write_text(article(name))
    first = night(database_url, folder)
    assert first.told == dict.fromkeys(("file:news/a.txt", "file:news/b.txt", "file:news/c/d.txt"), "Read")
    assert night(database_url, folder).told == {}
    nothing_changes(database_url, folder)
    # One changes, one goes, one is only touched, one comes.
    (news / "a.txt").write_text(article("another"))
    (news / "b.txt").unlink()
    os.utime(news / "c/d.txt", ns=(1, 1))
    (news / "e.txt").write_text(article("e"))
    assert night(database_url, folder).told == {
        "file:news/a.txt": "Read",
        "file:news/b.txt": "Vanished",
        "file:news/c/d.txt": "Unchanged",
        "file:news/e.txt": "Read",
    }
    assert marked(database_url) == {"file:news/b.txt": "There is no file or folder news/b.txt."}
    assert len(stored(database_url)["document_version"]) == 5
    nothing_changes(database_url, folder)
    # It is there again, as it was.
    (news / "b.txt").write_text(article("b.txt"))
    assert night(database_url, folder).told == {"file:news/b.txt": "Read"}
    assert marked(database_url) == {}
    nothing_changes(database_url, folder)


def test_what_cannot_be_looked_into_has_not_vanished(
    duckdb_url: str, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = {"kind": "folder", "location": "news", "name": "the share"}
    (news / "in").mkdir()
    (news / "in" / "a.txt").write_text(article())
    night(duckdb_url, folder)
    real = os.scandir

    def closed(path: str) -> Any:
        if path == "news/in":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr("polidex.folders.os.scandir", closed)
    assert len(list(Folder("news").files())) == 0
    done = night(duckdb_url, folder)
    assert done.told == {}
    assert done.failed["the share"].startswith("news/in may not be read.")
    monkeypatch.undo()
    monkeypatch.chdir(news.parent)
    news.rename("elsewhere")
    done = night(duckdb_url, folder)
    assert (done.told, "There is no file or folder news" in done.failed["the share"]) == ({}, True)
    assert stored(duckdb_url)["source"][0]["outcome"] == "gone"
    assert marked(duckdb_url) == {}
    nothing_changes(duckdb_url, folder)
    Path("elsewhere").rename("news")
    night(duckdb_url, folder)
    assert stored(duckdb_url)["source"][0]["error"] is None


def test_a_file_that_cannot_be_read_is_told_once(duckdb_url: str, news: Path) -> None:
    folder = {"kind": "folder", "location": "news"}
    (news / "a.txt").write_bytes(b"%PDF-1.7 ...")
    (news / "b.txt").write_text(article())
    assert night(duckdb_url, folder).told == {"file:news/a.txt": "not_text", "file:news/b.txt": "Read"}
    nothing_changes(duckdb_url, folder)
    (news / "a.txt").write_text(article("mended"))
    assert night(duckdb_url, folder).told == {"file:news/a.txt": "Read"}


def test_patterns_choose_and_what_they_leave_out_has_not_vanished(duckdb_url: str, news: Path) -> None:
    for name in ("a.txt", "b.txt", "b.draft.txt"):
        (news / name).write_text(article(name))
    wide = {"kind": "folder", "location": "news"}
    narrow = wide | {"include": ["*/b*"], "exclude": ["*draft*"]}
    assert list(night(duckdb_url, narrow).told) == ["file:news/b.txt"]
    assert list(night(duckdb_url, wide).told) == ["file:news/a.txt", "file:news/b.draft.txt"]
    nothing_changes(duckdb_url, narrow)
    assert marked(duckdb_url) == {}


def test_a_feed(database_url: str, stand: Stand) -> None:
    a, b, c = stand.put("/a", "/b", "/c")
    feed = {"kind": "feed", "location": stand.feed("/feed", [a, b])}
    assert night(database_url, feed).told == {a: "Read", b: "Read"}
    stand.asked.clear()
    nothing_changes(database_url, feed)
    assert stand.asked == {("/feed", 304): 1, ("/a", 304): 1, ("/b", 304): 1}
    # One page changes, one vanishes, one is new, though the feed is only known to have the new one.
    stand.pages["/a"] = page("Another text")
    del stand.pages["/b"]
    stand.feed("/feed", [a, b, c])
    assert night(database_url, feed).told == {a: "Read", b: "Vanished", c: "Read"}
    gone = f"{b} is not there: the server answered 404."
    assert marked(database_url) == {b: gone}
    assert [
        (row["http_status"], row["error"]) for row in stored(database_url)["fetch"] if row["outcome"] == "gone"
    ] == [(404, gone)]
    versions = [row["document_id"] for row in stored(database_url)["document_version"]]
    assert len(versions) == 4
    nothing_changes(database_url, feed)
    # It is back just as it was; and what the feed has no room for any more stays what it is.
    stand.put("/b")
    assert night(database_url, feed).told[b] == "Read"
    assert marked(database_url) == {}
    stand.feed("/feed", [c])
    assert night(database_url, feed).told == {c: "Unchanged"}
    del stand.pages["/a"]
    nothing_changes(database_url, feed)
    assert marked(database_url) == {}


def test_a_server_without_marks_is_compared_with(duckdb_url: str, stand: Stand) -> None:
    stand.marks = False
    [a] = stand.put("/a")
    feed = {"kind": "feed", "location": stand.feed("/feed", [a])}
    night(duckdb_url, feed)
    nothing_changes(duckdb_url, feed)
    # What is around the text may change with every request.
    stand.pages["/a"] = page("News of /a", noise="session 17")
    nothing_changes(duckdb_url, feed)
    stand.pages["/a"] = page("Other news")
    assert night(duckdb_url, feed).told == {a: "Read"}


def test_a_feed_that_leads_where_it_should_not(duckdb_url: str, stand: Stand) -> None:
    [a] = stand.put("/a")
    links = ["javascript:alert(1)", "file:///etc/passwd", a, "http://10.0.0.1/inside", "http://user:secret@x.example/"]
    feed = {"kind": "feed", "location": stand.feed("/feed", links)}
    assert night(duckdb_url, feed).told == {
        "refused:javascript:alert(1)": "blocked",
        "refused:file://etc/passwd": "blocked",
        a: "Read",
        "http://10.0.0.1/inside": "blocked",
        "refused:http://x.example/": "blocked",
    }
    assert sorted(row["outcome"] for row in stored(duckdb_url)["fetch"]) == [*["blocked"] * 4, "ok"]
    assert "secret" not in repr(stored(duckdb_url))
    nothing_changes(duckdb_url, feed)


@pytest.mark.parametrize("kind", ["feed", "sitemap", "urls"])
@pytest.mark.parametrize("broken", ["<html><body>Sign in</body></html>", "<rss", b"\x1f\x8bnot gzip", 500, 404])
def test_a_list_that_cannot_be_read_costs_only_its_source(
    duckdb_url: str, stand: Stand, kind: str, broken: str | bytes | int
) -> None:
    a, b = stand.put("/a", "/b")
    lists = {"feed": lambda: stand.feed("/list", [a]), "sitemap": lambda: stand.sitemap("/list", {a: None})}
    stand.pages["/list"] = a
    lists.get(kind, str)()
    source = {"kind": kind, "location": f"{stand.url}/list", "name": "The Courier"}
    other = {"kind": "feed", "location": stand.feed("/other", [b])}
    assert night(duckdb_url, source, other).told == {a: "Read", b: "Read"}
    stand.pages["/list"] = broken
    del stand.pages["/a"]
    done = night(duckdb_url, source, other)
    assert (done.told, list(done.failed)) == ({b: "Unchanged"}, ["The Courier"])
    assert marked(duckdb_url) == {}
    [row] = [row for row in stored(duckdb_url)["source"] if row["name"]]
    assert row["outcome"] != "ok"
    assert row["error"]
    nothing_changes(duckdb_url, source, other)


def test_a_sitemap_index_in_gzip(database_url: str, stand: Stand) -> None:
    a, b, c = stand.put("/a", "/b", "/c")
    stand.sitemap("/one.xml", {a: "2026-09-14", b: None})
    stand.sitemap("/two", {c: "2026-09-14"})
    stand.pages["/two.xml.gz"] = gzip.compress(str(stand.pages["/two"]).encode())
    index = "".join(f"<sitemap><loc>{stand.url}{path}</loc></sitemap>" for path in ("/one.xml", "/two.xml.gz", "/none"))
    stand.pages["/index.xml"] = (
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{index}</sitemapindex>'
    )
    source = {"kind": "sitemap", "location": f"{stand.url}/index.xml", "name": "The Courier"}
    done = night(database_url, source)
    assert done.told == {a: "Read", b: "Read", c: "Read"}
    assert list(done.failed) == [f"The Courier: {stand.url}/none"]
    stand.asked.clear()
    nothing_changes(database_url, source)
    # Only the page without a day is asked for.
    assert stand.asked == {
        ("/index.xml", 304): 1,
        ("/one.xml", 304): 1,
        ("/two.xml.gz", 304): 1,
        ("/none", 404): 1,
        ("/b", 304): 1,
    }
    # A day moves on; a page is named no more but there; another is gone.
    stand.pages["/a"] = page("Another text")
    stand.sitemap("/one.xml", {a: "2026-09-15"})
    stand.sitemap("/two", {})
    stand.pages["/two.xml.gz"] = gzip.compress(str(stand.pages["/two"]).encode())
    del stand.pages["/c"]
    assert night(database_url, source).told == {a: "Read", b: "Unchanged", c: "Vanished"}
    assert list(marked(database_url)) == [c]
    assert night(database_url, source).told == {}
    nothing_changes(database_url, source)


def test_a_part_of_an_index_that_fails_marks_nothing(duckdb_url: str, stand: Stand) -> None:
    [a] = stand.put("/a")
    stand.sitemap("/one.xml", {a: None})
    stand.pages["/index.xml"] = f"<sitemapindex><sitemap><loc>{stand.url}/one.xml</loc></sitemap></sitemapindex>"
    source = {"kind": "sitemap", "location": f"{stand.url}/index.xml"}
    night(duckdb_url, source)
    stand.pages["/one.xml"] = 500
    del stand.pages["/a"]
    done = night(duckdb_url, source)
    assert (done.told, len(done.failed), marked(duckdb_url)) == ({}, 1, {})


def test_a_list_of_addresses(database_url: str, stand: Stand, news: Path) -> None:
    a, b = stand.put("/a", "/b")
    listed = news / "addresses.txt"
    listed.write_text(f"# pages\n{a}\n\n{b}#top\n{a}\nnot an address\n")
    source = {"kind": "urls", "location": str(listed)}
    assert night(database_url, source).told == {a: "Read", b: "Read", "refused:notanaddress": "blocked"}
    nothing_changes(database_url, source)
    # A page that was never there is a failure once, not a page that vanished.
    listed.write_text(f"{a}\n{stand.url}/never\n")
    assert night(database_url, source).told == {a: "Unchanged", f"{stand.url}/never": "gone"}
    nothing_changes(database_url, source)
    assert marked(database_url) == {}


def test_no_more_pages_than_are_wanted_a_night(duckdb_url: str, stand: Stand) -> None:
    pages = stand.put(*(f"/{number}" for number in range(5)))
    source = {"kind": "sitemap", "location": stand.sitemap("/map", dict.fromkeys(pages, "2026-09-14")), "most": 2}
    read = [list(night(duckdb_url, source).told) for _ in range(4)]
    assert read == [pages[:2], pages[2:4], pages[4:], []]


def test_a_host_is_asked_for_one_page_at_a_time(duckdb_url: str, stand: Stand) -> None:
    stand.seconds = 0.02
    source = {"kind": "feed", "location": stand.feed("/feed", stand.put("/a", "/b", "/c", "/d"))}
    night(duckdb_url, source)
    assert stand.busy == 1


def test_a_host_that_does_not_answer_is_left_alone(duckdb_url: str, stand: Stand) -> None:
    pages = stand.put(*(f"/{number}" for number in range(6)))
    source = {"kind": "feed", "location": stand.feed("/feed", pages)}
    stand.pages |= dict.fromkeys((f"/{number}" for number in range(6)), 503)
    assert night(duckdb_url, source).told == dict.fromkeys(pages, "unreachable")
    assert sum(stand.asked.values()) == 4
    stand.put(*(f"/{number}" for number in range(6)))
    assert night(duckdb_url, source).told == dict.fromkeys(pages, "Read")
    assert marked(duckdb_url) == {}


def test_what_two_sources_list_is_asked_for_once(duckdb_url: str, stand: Stand) -> None:
    [a] = stand.put("/a")
    feed = {"kind": "feed", "location": stand.feed("/feed", [a])}
    sitemap = {"kind": "sitemap", "location": stand.sitemap("/map", {a: "2026-09-14"})}
    assert night(duckdb_url, feed, sitemap).told == {a: "Read"}
    nothing_changes(duckdb_url, feed, sitemap)
    assert stand.asked[("/a", 200)] == 1


@pytest.mark.parametrize("killed", [True, False])
@pytest.mark.parametrize("done", range(4))
def test_a_night_that_is_stopped_loses_nothing(
    duckdb_url: str, stand: Stand, news: Path, done: int, killed: bool
) -> None:
    pages = stand.put("/a", "/b")
    feed = {"kind": "feed", "location": stand.feed("/feed", pages)}
    lines(news / "a.jsonl", {"uri": "one", "text": article("one")}, {"uri": "two", "text": article("two")})
    jsonl = {"kind": "jsonl", "location": str(news / "a.jsonl")}
    stopped = night(duckdb_url, feed, jsonl, stop_after=done, killed=killed)
    after = night(duckdb_url, feed, jsonl)
    told = [uri for each in (stopped, after) for uri, what in each.told.items() if what == "Read"]
    assert len(told) == len(set(told)) == 4
    nothing_changes(duckdb_url, feed, jsonl)


def lines(path: Path, *rows: dict[str, Any] | str) -> None:
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in rows) + "\n")


def test_lines_of_jsonl(database_url: str, news: Path) -> None:
    one = {"url": "https://courier.example/one#top", "text": article("one"), "title": "The first", "date": "2026-09-14",
           "source": "The Courier", "lang": "en-GB", "authors": ["Ana Silva", "Bo Lee"]}  # fmt: skip
    two = {"id": 2, "html": page("two")}
    lines(news / "a.jsonl", one, "{broken", two, {"id": "empty"}, {"id": "javascript:alert(1)", "text": "x"})
    source = {"kind": "jsonl", "location": str(news / "*.jsonl")}
    at = "file:news/a.jsonl"
    assert night(database_url, source).told == {
        "https://courier.example/one": "Read",
        f"{at}#line=2": "parse_failed",
        f"{at}#2": "Read",
        f"{at}#line=4": "parse_failed",
        f"{at}#line=5": "parse_failed",
    }
    found = stored(database_url)
    [version] = [row for row in found["document_version"] if row["title"] == "The first"]
    assert (version["byline"], version["language"], version["published_edtf"]) == (
        "Ana Silva; Bo Lee",
        "en",
        "2026-09-14",
    )
    assert {row["publisher"] for row in found["document"]} == {"The Courier", None}
    assert {row["error"] for row in found["fetch"]} >= {f"Line 2 of {news}/a.jsonl is not JSON."}
    nothing_changes(database_url, source)
    # A bad line may be of any document: nothing of its file is taken for gone.
    lines(news / "a.jsonl", "{broken otherwise")
    assert night(database_url, source).told == {f"{at}#line=1": "parse_failed"}
    assert marked(database_url) == {}
    lines(news / "a.jsonl", {"id": 2, "html": page("two, changed")})
    told = night(database_url, source).told
    assert (told["https://courier.example/one"], told[f"{at}#2"]) == ("Vanished", "Read")
    assert "https://courier.example/one" in marked(database_url)
    nothing_changes(database_url, source)
    # It comes back in another file.
    lines(news / "b.jsonl", one)
    assert night(database_url, source).told == {"https://courier.example/one": "Read"}
    assert "https://courier.example/one" not in marked(database_url)


def test_a_bad_line_that_stays_keeps_others_from_being_taken_for_gone(duckdb_url: str, news: Path) -> None:
    one = {"uri": "https://x.example/1", "text": article()}
    source = {"kind": "jsonl", "location": str(news / "a.jsonl")}
    lines(news / "a.jsonl", "{broken", one)
    night(duckdb_url, source)
    lines(news / "a.jsonl", "{broken")
    assert night(duckdb_url, source).told == {}
    lines(news / "a.jsonl", {"uri": "https://x.example/2", "text": article("two")})
    told = night(duckdb_url, source).told
    assert (told["https://x.example/1"], told["https://x.example/2"]) == ("Vanished", "Read")


def test_a_line_that_moves_is_not_read_again(duckdb_url: str, news: Path) -> None:
    one, two = ({"uri": name, "text": article(name)} for name in ("https://x.example/1", "https://x.example/2"))
    lines(news / "a.jsonl", one, two)
    source = {"kind": "jsonl", "location": str(news / "*.jsonl")}
    night(duckdb_url, source)
    lines(news / "a.jsonl", two, one)
    assert night(duckdb_url, source).told == {}
    lines(news / "a.jsonl", two)
    lines(news / "b.jsonl", one)
    assert night(duckdb_url, source).told == {}
    (news / "a.jsonl").unlink()
    assert night(duckdb_url, source).told == {"https://x.example/2": "Vanished"}
    nothing_changes(duckdb_url, source)


def test_two_lines_of_one_address_are_the_first_one_every_night(duckdb_url: str, news: Path) -> None:
    rows = [{"uri": "https://x.example/1", "text": article(name)} for name in ("one", "two")]
    lines(news / "a.jsonl", *rows)
    source = {"kind": "jsonl", "location": str(news / "a.jsonl")}
    first = {"https://x.example/1": "Read", "file:news/a.jsonl#line=2": "parse_failed"}
    assert night(duckdb_url, source).told == first
    lines(news / "a.jsonl", *rows, {"uri": "https://x.example/3", "text": article("three")})
    assert night(duckdb_url, source).told == {"https://x.example/3": "Read"}


def test_what_another_file_still_has_has_not_vanished(duckdb_url: str, news: Path) -> None:
    row = {"uri": "https://x.example/1", "text": article()}
    for name in ("a", "b"):
        lines(news / f"{name}.jsonl", row)
    sources = [{"kind": "jsonl", "location": str(news / f"{name}.jsonl")} for name in ("a", "b")]
    assert night(duckdb_url, *sources).told == {"https://x.example/1": "Read"}
    nothing_changes(duckdb_url, *sources)
    (news / "a.jsonl").write_text("")
    assert night(duckdb_url, *sources).told == {}
    (news / "b.jsonl").write_text("")
    assert night(duckdb_url, *sources).told == {"https://x.example/1": "Vanished"}
    nothing_changes(duckdb_url, *sources)


def test_both_files_lose_a_line_on_one_night(duckdb_url: str, news: Path) -> None:
    for name in ("a", "b"):
        lines(news / f"{name}.jsonl", {"uri": "https://x.example/1", "text": article()})
    sources = [{"kind": "jsonl", "location": str(news / f"{name}.jsonl")} for name in ("a", "b")]
    night(duckdb_url, *sources)
    for name in ("a", "b"):
        (news / f"{name}.jsonl").write_text("")
    assert night(duckdb_url, *sources).told == {"https://x.example/1": "Vanished"}
    nothing_changes(duckdb_url, *sources)


def test_rows_of_parquet(database_url: str, news: Path) -> None:
    def put(*texts: str) -> None:
        rows = [
            {"key": f"https://x.example/{number}", "body": each, "other": number} for number, each in enumerate(texts)
        ]
        pq.write_table(pa.Table.from_pylist(rows), news / "a.parquet")

    source = {"kind": "parquet", "location": str(news / "a.parquet"), "fields": {"uri": "key"}}
    put(article("one"), "", article("two"))
    told = night(database_url, source).told
    assert list(told.values()) == ["Read", "parse_failed", "Read"]
    nothing_changes(database_url, source)
    put(article("one"), article("two"), article("three"))
    told = night(database_url, source).told
    assert told == {
        "https://x.example/1": "Read",
        "https://x.example/2": "Read",
        "file:news/a.parquet#line=2": "Vanished",
    }
    (news / "a.parquet").write_bytes(b"PAR1 and nothing else")
    done = night(database_url, source)
    assert (done.told, len(done.failed)) == ({}, 1)
