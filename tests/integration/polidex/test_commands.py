"""What `polidex run` says of sources and settings that do not work: one line and what to do; the rest is done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from polidex.cli import run_command
from tests.integration.polidex.conftest import Newsroom
from tests.integration.polidex.newsroom import tables

NOWHERE = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("name", "content", "outcome", "what", "hint"),
    [
        ("gone.txt", None, "gone", "There is no file or folder gone.txt.", "Check the path"),
        ("empty.txt", b"", "empty", "empty.txt is empty.", "save the article in it again"),
        ("blank.txt", b" \n\n ", "empty", "blank.txt", "save the article in it again"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "not_text", "picture.txt", "as text"),
        ("odd.txt", b"Kenya \xff\xfe\x81 votes \x8d\x8f\x90 \x9d today.\n" * 9, None, "odd.txt", "UTF-8"),
    ],
)
def test_a_source_that_cannot_be_read_is_one_line_and_the_others_are_read(
    newsroom: Newsroom, name: str, content: bytes | None, outcome: str | None, what: str, hint: str
) -> None:
    if content is not None:
        newsroom.write(name, content)
    assert newsroom.run(name, "a.txt") == 3
    told, _ = newsroom.heard()
    [line] = [line for line in told.splitlines() if line.startswith("FAILED")]
    assert line.startswith(f"FAILED file:{name}: ")
    assert what in line
    assert hint in line
    rows = tables(newsroom.database)
    [failed] = [row for row in rows["fetch"] if row["outcome"] != "ok"]
    assert failed["outcome"] == (outcome or "bad_encoding")
    assert len(rows["tenure"]) == 1


def test_a_file_of_200_mb_is_not_read(newsroom: Newsroom) -> None:
    with (newsroom.folder / "large.txt").open("wb") as large:
        os.truncate(large.fileno(), 200_000_000)
    assert newsroom.run("large.txt", "a.txt") == 3
    told, _ = newsroom.heard()
    assert "FAILED file:large.txt: " in told
    assert "limits.file_bytes" in told
    rows = tables(newsroom.database)
    assert [row["outcome"] for row in rows["fetch"] if row["outcome"] != "ok"] == ["too_large"]
    assert len(rows["tenure"]) == 1


def test_a_folder_without_an_article_is_said_with_what_an_article_is(newsroom: Newsroom) -> None:
    folder = newsroom.folder / "none"
    folder.mkdir()
    (folder / "table.xlsx").write_bytes(b"PK")
    assert newsroom.run("none", "a.txt") == 3
    told, _ = newsroom.heard()
    assert "FAILED file:none: " in told
    assert ".txt, .md, .markdown, .html or .htm" in told
    assert "1 files of other kinds were left out." in told
    assert len(tables(newsroom.database)["tenure"]) == 1


def test_nothing_that_can_be_read_opens_no_model(newsroom: Newsroom) -> None:
    assert newsroom.run("gone.txt") == 3
    assert newsroom.asked == 0


@pytest.mark.parametrize("content", [b"this is no database", b"DUCK" * 3000, b""])
def test_a_database_that_cannot_be_read_is_left_as_it_is(newsroom: Newsroom, content: bytes) -> None:
    newsroom.database.write_bytes(content)
    assert newsroom.run("a.txt") == 1
    told, complaint = newsroom.heard()
    assert told == ""
    first, *more = complaint.splitlines()
    assert first.startswith("polidex: ")
    assert "polidex.duckdb" in first
    assert len(more) <= 1
    assert newsroom.database.read_bytes() == content
    assert newsroom.asked == 0


def test_a_place_that_can_hold_no_database_is_one_line(newsroom: Newsroom) -> None:
    assert newsroom.run("a.txt", "--database", "duckdb:///b.txt/news.duckdb") == 1
    _, complaint = newsroom.heard()
    assert complaint.startswith("polidex: ")
    assert "b.txt" in complaint


def test_no_weights_and_no_network_is_said_once_and_what_is_known_stays(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert newsroom.run("a.txt") == 0
    monkeypatch.delenv("POLIDEX_BASE_URL")
    monkeypatch.delenv("POLIDEX_MODEL")
    for name, value in {
        "HF_ENDPOINT": NOWHERE,
        "PIP_INDEX_URL": NOWHERE,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(newsroom.folder / "none"),
    }.items():
        monkeypatch.setenv(name, value)
    newsroom.heard()
    assert newsroom.run("gone.txt", "a.txt") == 1
    _, complaint = newsroom.heard()
    message, hint = complaint.splitlines()[-2:]
    assert message.startswith("polidex: There are no weights for the embedded model. the hub: ")
    assert str(newsroom.folder / "cache") in hint
    assert "--model" in hint
    rows = tables(newsroom.database)
    assert len(rows["tenure"]) == 1
    assert {row["outcome"] for row in rows["fetch"]} == {"ok", "gone"}
    assert sorted(row["status"] for row in rows["extraction_run"]) == ["failed", "finished"]


def test_a_server_that_is_not_there_is_said_for_each_document(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLIDEX_BASE_URL", NOWHERE)
    assert newsroom.run("a.txt", "b.txt") == 3
    told, _ = newsroom.heard()
    failed = [line for line in told.splitlines() if line.startswith("FAILED")]
    assert len(failed) == 2
    assert failed[0].startswith("FAILED file:a.txt: the model's replies: connection_dropped")
    # By then it is known to be down, and not every question has to wait for it.
    assert failed[1].startswith("FAILED file:b.txt: the model's replies: provider_down")


@pytest.mark.parametrize(("option", "value"), [("--model", "nobody/any"), ("--database", "mysql://localhost/x")])
def test_a_name_that_means_nothing_ends_with_2(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, option: str, value: str
) -> None:
    monkeypatch.delenv("POLIDEX_BASE_URL")
    assert newsroom.run("a.txt", option, value) == 2
    assert newsroom.heard()[1].splitlines()[-2].startswith("polidex: ")


def test_what_a_run_failed_at_can_be_asked_of_the_database(newsroom: Newsroom, tmp_path: Path) -> None:
    assert newsroom.run("a.txt", "gone.txt") == 3
    newsroom.heard()
    assert run_command(["status", "--json"]) == 0
    assert "some documents failed" in newsroom.heard()[0]
