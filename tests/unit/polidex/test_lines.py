"""Documents in lines: which fields they have, and that no line makes the reader raise anything but BadLine."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polidex.lines import document, lines
from polidex.source_settings import Fields, SourceSetting
from polidex.sources import Held
from schema.errors import BadLine, ReadError
from schema.vocabulary import SourceKind

LIMIT = 1000


def jsonl(path: Path, data: bytes, *, limit: int = LIMIT) -> list[str | tuple[str, Held]]:
    """What each line gives: its document, or what is wrong with it."""
    path.write_bytes(data)
    found: list[str | tuple[str, Held]] = []
    for line in lines(str(path), SourceSetting(kind=SourceKind.JSONL, location=str(path)), limit=limit):
        try:
            found.append(line.parse())
        except BadLine as error:
            found.append(f"{line.number} {error}")
    return found


def test_fields_have_usual_names_and_may_have_others() -> None:
    row = {
        "url": "HTTPS://X.example/a#b",
        "body": "Words.",
        "headline": "T",
        "date": "2026",
        "byline": "A; B",
        "lang": "kk-KZ",
    }
    held = Held("Words.", title="T", published="2026", language="kk", authors=("A", "B"))
    assert document(row, Fields(), "a.jsonl") == ("https://X.example/a", held)
    other = document({"n": 7, "t": "Words.", "text": "Others."}, Fields(uri="n", text="t"), "a.jsonl")
    assert other == ("file:a.jsonl#7", Held("Words."))
    assert document({"id": "urn:x:1", "html": "<p>"}, Fields(), "a.jsonl") == ("urn:x:1", Held("<p>", is_page=True))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": "x"}, "has no address or id (uri or url or id)"),
        ({"uri": "a"}, "has no text (text or body or content or html)"),
        ({"uri": "a", "text": ["x"]}, "has no text"),
        ({"uri": "javascript:alert(1)", "text": "x"}, "neither of a web page nor an id"),
        ({"uri": "https://me:secret@x.example/", "text": "x"}, "neither of a web page nor an id"),
        ({"uri": "a" * 3000, "text": "x"}, "more than 2,000 characters"),
        ({"uri": "a", "text": "x\0"}, "NUL"),
        ({"uri": "a", "text": "\ud800"}, "half of a character"),
    ],
)
def test_a_line_that_is_no_document_says_why(row: dict[str, Any], said: str) -> None:
    with pytest.raises(BadLine) as raised:
        document(row, Fields(), "a.jsonl")
    assert said in str(raised.value)
    assert "secret" not in str(raised.value)


def test_one_bad_line_costs_no_other(tmp_path: Path) -> None:
    good = json.dumps({"uri": "a", "text": "x"}).encode()
    data = b"\xef\xbb\xbf" + b"\n".join([good, b"", b"[1]", b"{", b"\xff", b'"' + b"x" * 5000, b"[" * 900, good])
    told = jsonl(tmp_path / "a.jsonl", data)
    assert [each if isinstance(each, str) else "document" for each in told] == [
        "document",
        "3 is not a JSON object",
        "4 is not JSON",
        "5 is not JSON",
        "6 has more than the 1,000 bytes that are read",
        "7 is not JSON",
        "document",
    ]


def test_a_digest_is_that_of_the_line_and_of_the_names_of_its_fields(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"uri": "a"}\n{"uri": "b"}\n{"uri": "a"}\n')
    one, two = (
        [
            line.digest
            for line in lines(str(file), SourceSetting(kind=SourceKind.JSONL, location="a", fields=each), limit=9)
        ]
        for each in (Fields(), Fields(text="body"))
    )
    assert one[0] == one[2] != one[1]
    assert not set(one) & set(two)


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=3)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["uri", "id", "text", "html", "title", "date", "lang", "authors"]), VALUES))
def test_any_row_is_a_document_or_a_bad_line(row: dict[str, Any]) -> None:
    with suppress(BadLine):
        uri, held = document(row, Fields(), "a.jsonl")
        assert uri.isprintable() or uri
        (uri + held.text + (held.title or "") + "".join(held.authors)).encode()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_lines(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    jsonl(tmp_path_factory.mktemp("lines") / "a.jsonl", data)
    file = tmp_path_factory.mktemp("lines") / "a.parquet"
    file.write_bytes(data)
    with pytest.raises(ReadError):
        list(lines(str(file), SourceSetting(kind=SourceKind.PARQUET, location="a"), limit=LIMIT))
