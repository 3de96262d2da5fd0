"""Bytes to text, or the reason why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.decoding import decode
from schema.errors import BadEncoding, BinaryFile

RUSSIAN = "Президент подписал закон о выборах, который сокращает его полномочия. Парламент одобрил его в сентябре."
POLISH = "Prezydent podpisał ustawę o sądach. Sejm przyjął ją we wrześniu, a Senat zgłosił żądania zmian."
FRENCH = "Le président a signé la loi à l’Élysée."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251"])
def test_encodings_that_can_be_told(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding), name="a.txt") == RUSSIAN


def test_the_page_or_the_server_may_say_the_encoding() -> None:
    page = f"<html><head><meta charset='windows-1252'></head>{FRENCH}".encode("cp1252")
    assert FRENCH in decode(page, name="a.html")
    assert decode(POLISH.encode("iso-8859-2"), name="a.html", declared="ISO-8859-2") == POLISH
    assert decode("議会".encode("iso-2022-jp"), name="a.html", declared="iso-2022-jp") == "議会"


def test_utf8_goes_before_a_wrong_declaration() -> None:
    assert decode(FRENCH.encode(), name="a.html", declared="latin-1") == FRENCH


@pytest.mark.parametrize("text", [POLISH, FRENCH])
def test_an_encoding_is_not_guessed_where_a_name_could_come_out_wrong(text: str) -> None:
    with pytest.raises(BadEncoding, match=r"a\.txt is not UTF-8") as raised:
        decode(text.encode("cp1250" if text is POLISH else "cp1252"), name="a.txt")
    assert "UTF-8" in raised.value.hint


def test_broken_utf16_and_noise_are_bad_encodings() -> None:
    with pytest.raises(BadEncoding, match="utf-16"):
        decode(b"\xff\xfea", name="a.txt")
    with pytest.raises(BadEncoding):
        decode(bytes(range(1, 256)) * 4, name="a.txt")


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"%PDF-1.7\n", "PDF"), (b"PK\x03\x04", "zip"), (b"\x89PNG\r\n", "PNG"), (b"some\0text", "zero bytes")],
)
def test_what_is_not_text_is_called_by_its_name(data: bytes, kind: str) -> None:
    with pytest.raises(BinaryFile, match=kind):
        decode(data, name="a.txt")


@given(st.text(alphabet=st.characters(exclude_characters="\0", codec="utf-8")))
def test_utf8_comes_back_with_only_its_newlines_changed(text: str) -> None:
    if not text.startswith(("{\\rtf", "%PDF-")):
        decoded = decode(b"\xef\xbb\xbf" + text.encode(), name="a.txt")
        assert decoded == text.replace("\r\n", "\n").replace("\r", "\n")
