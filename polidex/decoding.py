"""From the bytes of a file or page to its text, or a clear word on why not."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from schema.errors import BadEncoding, BinaryFile

# What a file that is not text opens with.
_MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}

# The longer mark first: that of UTF-32 opens with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4096  # bytes: the standard asks for it in the first 1024, pages are less strict

# A guess is taken only where it is sure. Below these marks it mistakes Polish for French, and a name with wrong
# letters is worse than a file that asks to be saved again: what is nearly as likely must give the same text.
_MOST_MESS = 0.05
_LEAST_COHERENCE = 0.5
_CLEAR_LEAD = 0.2


def decode(data: bytes, *, name: str, declared: str | None = None) -> str:
    """Decode the bytes of a document.

    The order: a byte order mark; UTF-8, which other encodings hardly ever imitate; the encoding that the server or the
    page declares; a guess from the text itself.

    Args:
        data: the bytes, not empty.
        name: how to call the document in a message.
        declared: the charset of the Content-Type header, if any.

    Returns:
        The text without byte order mark, with "\\n" for every newline.

    Raises:
        BinaryFile: the bytes are not text.
        BadEncoding: no encoding fits with confidence.
    """
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise BinaryFile(f"{name} is {kind}, not text.")
    return _decoded(data, name, declared).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, name: str, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _try(data[len(mark) :], encoding)
            if text is None:
                raise BadEncoding(f"{name} opens as {encoding}, but is not valid {encoding}.")
            return _without_nul(text, name)
    if b"\0" in data:
        raise BinaryFile(f"{name} is not text: it holds zero bytes.")
    meta = _META_CHARSET.search(data, 0, _META_WITHIN)
    candidates = [declared, meta[1].decode("ascii") if meta else None]
    # Bytes without any above 127 are UTF-8 too, save in the encodings that write other scripts with escapes.
    if not data.isascii() or not any(name and name.lower().startswith("iso-2022") for name in candidates):
        candidates.insert(0, "utf-8")
    for encoding in filter(None, candidates):
        text = _try(data, encoding)
        if text is not None:
            return text
    return _guess(data, name)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):
        return None


def _without_nul(text: str, name: str) -> str:
    if "\0" in text:
        raise BinaryFile(f"{name} is not text: it holds zero bytes.")
    return text


def _guess(data: bytes, name: str) -> str:
    matches = [match for match in from_bytes(data) if match.chaos <= _MOST_MESS]
    best = max((match.coherence for match in matches), default=0.0)
    likely = [match for match in matches if match.coherence >= best - _CLEAR_LEAD]
    texts = {str(match) for match in likely}
    if best < _LEAST_COHERENCE or len(texts) != 1:
        named = ", ".join(match.encoding for match in likely[:3])
        raise BadEncoding(f"{name} is not UTF-8" + (f"; it may be {named}, and nothing tells which." if named else "."))
    return texts.pop()
