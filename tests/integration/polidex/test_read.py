"""Reading real files, folders and pages of a server on this machine."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from polidex.read import Source, read, sources
from schema.errors import (
    BadAddress,
    BadEncoding,
    BinaryFile,
    BlankDocument,
    EmptyDocument,
    InternalAddress,
    MissingPath,
    NoArticles,
    NoArticleText,
    NotAFile,
    NotAPage,
    PageGone,
    PageRefused,
    PageTimedOut,
    PermissionDenied,
    ReadError,
    ServerUnreachable,
    TooLarge,
)
from schema.vocabulary import Basis, FetchOutcome

BODY = (
    "The parliament of Arcadia voted on Monday to cut the term of the president from seven years to five.\n\n"
    "The president, Nadia Berg, will sign the law in June, the speaker of the parliament said after the vote."
)
TEXT = f"Parliament cuts the term of the president\n\nBy Ana Silva\n14 September 2023\n\n{BODY}\n"
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n\n") * 2)
PAGE = (
    '<!doctype html><html><head><title>Parliament cuts the term</title><meta charset="utf-8">'
    '<meta property="article:published_time" content="2023-09-14T09:09:00Z"><meta name="author" content="Ana Silva">'
    '<meta property="og:site_name" content="The Courier">'
    f"</head><body><nav><a href='/'>Home</a></nav><article><h1>Parliament cuts the term</h1>{PARAGRAPHS}</article>"
    "</body></html>"
)
NO_ARTICLE = "<html><head><title>Arcadia</title></head><body><nav><a href='/'>Home</a></nav></body></html>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def only(path: str) -> Source:
    (source,) = sources([path])
    return source


def write(path: Path, content: str | bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_a_text_file(folder: Path) -> None:
    write(folder / "news" / "a.txt", b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    got = read(only("news/a.txt"))
    assert (got.document.uri, got.document.publisher) == ("file:news/a.txt", None)
    version = got.version
    assert version.text == TEXT
    assert [version.text[start:end] for start, end in version.reading_spans] == [BODY]
    assert (version.title, version.byline) == ("Parliament cuts the term of the president", ("Ana Silva",))
    assert (version.published.edtf, version.published.basis, version.language) == ("2023-09-14", Basis.STATED, "en")
    assert read(only("news/a.txt")).version == version


def test_a_markdown_file_with_front_matter_is_stored_as_it_is(folder: Path) -> None:
    text = f"---\ntitle: The term is cut\nauthor: Ana Silva\ndate: 14 September 2023\npublisher: The Courier\n" \
        f"url: https://courier.example/term#top\n---\n\n# The term is cut\n\n{BODY}\n"  # fmt: skip
    write(folder / "a.md", text)
    got = read(only("a.md"))
    # What a file says its address is may be said by another file too: it goes by its own.
    assert got.document.publisher == "The Courier"
    assert got.document.uri.startswith("file:")
    assert (got.version.text, got.version.title, got.version.byline) == (text, "The term is cut", ("Ana Silva",))
    assert got.version.published.edtf == "2023-09-14"
    assert [text[start:end] for start, end in got.version.reading_spans] == [BODY]


def test_an_address_in_front_matter_that_no_page_can_have_is_left_out(folder: Path) -> None:
    write(folder / "a.md", f"---\nurl: javascript:alert(1)\n---\n{TEXT}")
    assert read(only("a.md")).document.uri == "file:a.md"


def test_a_page_in_a_file(folder: Path) -> None:
    write(folder / "saved.txt", PAGE)
    got = read(only("saved.txt"))
    assert (got.version.title, got.version.byline) == ("Parliament cuts the term", ("Ana Silva",))
    assert got.version.published.edtf == "2023-09-14T09:09:00Z"
    assert "<p>" not in got.version.text
    assert "Home" not in got.version.text


def test_a_date_in_the_name_of_the_file_is_inferred(folder: Path) -> None:
    write(folder / "2023-09-14-term.txt", BODY)
    published = read(only("2023-09-14-term.txt")).version.published
    assert (published.edtf, published.basis) == ("2023-09-14", Basis.INFERRED)


def test_a_folder_gives_its_articles_in_order_and_says_what_it_left_out(folder: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b.HTML", ".hidden.txt", ".git/a.txt", "photo.png"):
        write(folder / "news" / name, TEXT)
    (folder / "news" / "link.txt").symlink_to("/etc/hostname")
    found = sources(["news", "news/b.txt"])
    assert [source.uri for source in found] == ["file:news/a/b.HTML", "file:news/a/z.md", "file:news/b.txt"]
    assert (len(found), found.skipped) == (3, 3)


def test_a_path_outside_the_working_folder_is_absolute(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.mktemp("other") / "a.txt", TEXT)
    assert only(path).uri == f"file:{path}"


@pytest.mark.parametrize(
    ("name", "content", "error", "outcome"),
    [
        ("empty.txt", b"", EmptyDocument, FetchOutcome.EMPTY),
        ("blank.txt", b" \r\n\t\n", BlankDocument, FetchOutcome.EMPTY),
        ("report.txt", b"%PDF-1.7 ...", BinaryFile, FetchOutcome.NOT_TEXT),
        ("zeros.txt", b"text\0\0\0", BinaryFile, FetchOutcome.NOT_TEXT),
        ("noise.txt", bytes(range(1, 256)) * 4, BadEncoding, FetchOutcome.BAD_ENCODING),
        ("page.html", NO_ARTICLE.encode(), NoArticleText, FetchOutcome.PARSE_FAILED),
        ("menu.txt", b"Home\n\nRelated news\n", NoArticleText, FetchOutcome.PARSE_FAILED),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    folder: Path, name: str, content: bytes, error: type[ReadError], outcome: FetchOutcome
) -> None:
    write(folder / name, content)
    with pytest.raises(error, match=name) as raised:
        read(only(name))
    assert type(raised.value) is error
    assert raised.value.outcome is outcome
    assert raised.value.hint
    assert "\n" not in str(raised.value)


def test_a_path_that_leads_nowhere(folder: Path) -> None:
    with pytest.raises(MissingPath, match=r"gone\.txt"):
        read(only("gone.txt"))
    write(folder / "a.txt", TEXT)
    with pytest.raises(MissingPath):
        read(only("a.txt/b.txt"))


def test_a_folder_without_an_article(folder: Path) -> None:
    write(folder / "photos" / "a.png", b"\x89PNG")
    with pytest.raises(NoArticles, match="photos"):
        read(only("photos"))


def test_a_pipe_is_no_file(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with pytest.raises(NotAFile):
        read(only("pipe.txt"))


def test_a_file_that_is_too_large_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(TooLarge, match="200,000,000"):
        read(only("large.txt"))


def test_a_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "secret.txt", TEXT)

    def refuse(*_: object) -> None:
        # The tests may run as root, whom no file mode stops.
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PermissionDenied, match="secret"):
        read(only("secret.txt"))


class Site(BaseHTTPRequestHandler):
    """A server with a page for every way in which getting one can end."""

    def do_GET(self) -> None:
        kind, status, body = "text/html; charset=utf-8", 200, PAGE.encode()
        match self.path.partition("?")[0]:
            case "/2023/09/14/plain":
                kind, body = "text/plain", BODY.encode()
            case "/moved":
                return self._redirect("/page")
            case "/inside":
                return self._redirect("http://10.0.0.1/")
            case "/scheme":
                return self._redirect("file:///etc/hostname")
            case "/loop":
                return self._redirect("/loop")
            case "/pdf":
                kind, body = "application/pdf", b"%PDF-1.7"
            case "/empty":
                body = b""
            case "/menu":
                body = NO_ARTICLE.encode()
            case "/slow":
                time.sleep(1.5)
            case path if path[1:].isdecimal():
                status = int(path[1:])
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if self.path != "/endless":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        # A client that has seen enough hangs up.
        with suppress(ConnectionError):
            self.wfile.write(body if self.path != "/endless" else b"x" * 300_000)

    def _redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_page_on_the_web(site: str) -> None:
    got = read(only(f"{site}/moved?id=1#comments"), allow_loopback=True)
    assert (got.document.uri, got.final_uri, got.http_status) == (f"{site}/moved?id=1", f"{site}/page", 200)
    assert (got.document.publisher, got.version.byline) == ("The Courier", ("Ana Silva",))
    assert got.raw == PAGE.encode()


def test_a_plain_text_on_the_web_with_its_day_in_the_address(site: str) -> None:
    got = read(only(f"{site}/2023/09/14/plain"), allow_loopback=True)
    assert got.version.text == BODY
    assert (got.version.published.edtf, got.version.published.basis) == ("2023-09-14", Basis.INFERRED)


@pytest.mark.parametrize(
    ("path", "error", "status"),
    [
        ("404", PageGone, 404),
        ("410", PageGone, 410),
        ("403", PageRefused, 403),
        ("429", PageRefused, 429),
        ("503", ServerUnreachable, 503),
        ("pdf", NotAPage, 200),
        ("empty", EmptyDocument, 200),
        ("menu", NoArticleText, None),
        ("page", TooLarge, 200),
        ("endless", TooLarge, 200),
        ("inside", InternalAddress, None),
        ("scheme", BadAddress, None),
        ("loop", PageRefused, None),
    ],
)
def test_a_page_that_cannot_be_had_says_why(site: str, path: str, error: type[ReadError], status: int | None) -> None:
    limit = 200 if error is TooLarge else 20_000
    with pytest.raises(error, match=path) as raised:
        read(only(f"{site}/{path}"), limit=limit, allow_loopback=True)
    assert raised.value.http_status == status
    assert raised.value.hint


def test_a_page_that_takes_too_long(site: str) -> None:
    with pytest.raises(PageTimedOut, match="slow"):
        read(only(f"{site}/slow"), seconds=0.2, allow_loopback=True)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(ServerUnreachable):
        read(only("http://127.0.0.1:1/"), allow_loopback=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "169.254.169.254", "10.0.0.1"])
def test_an_address_of_an_internal_network_is_refused(site: str, host: str) -> None:
    port = site.rpartition(":")[2]
    with pytest.raises((InternalAddress, ServerUnreachable)) as raised:
        read(only(f"http://{host}:{port}/"), seconds=2)
    if host not in ("[::1]", "2130706433"):
        assert type(raised.value) is InternalAddress


@pytest.mark.parametrize(
    "address", ["ftp://courier.example/a", "file:///etc/passwd", "http://", "https://courier.example:x/"]
)
def test_an_address_that_is_not_fetched(address: str) -> None:
    with pytest.raises(BadAddress):
        read(only(address))


def test_a_password_in_an_address_goes_nowhere() -> None:
    source = only("https://ana:hunter2@courier.example/a")
    assert source.uri == "https://courier.example/a"
    with pytest.raises(BadAddress) as raised:
        read(source)
    assert "hunter2" not in str(raised.value)
