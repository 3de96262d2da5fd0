"""Windows hold every sentence that is read, once and in order, and nothing of the page around it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from polidex.sentences import sentence_spans
from polidex.windows import Window, halves, windows
from schema import DocumentVersion
from tests.unit.polidex.told import version

SENTENCES = (
    "Ada Moro came.",
    "She left in May 1999!",
    "«Да», сказал он.",
    "Why? ",
    "Mr. X. Y. Ito of the U.S. won",
    "\n\n",
    " ",
)
FURNITURE = "SUBSCRIBE NOW"


@st.composite
def documents(draw: st.DrawFn) -> DocumentVersion:
    """Texts of several reading spans with page furniture around each."""
    text, reading = FURNITURE, []
    for part in draw(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9).map(" ".join), max_size=3)):
        start = len(text)
        text += part
        if part.strip():
            reading.append((start, len(text)))
        text += FURNITURE
    return version(text, reading=reading)


def sentences(document: DocumentVersion) -> list[tuple[int, int]]:
    return [
        (start + a, start + b)
        for start, end in document.reading_spans
        for a, b in sentence_spans(document.text[start:end])
    ]


sizes = st.integers(1, 120)
overlaps = st.integers(0, 60)


@given(document=documents(), size=sizes, overlap=overlaps)
def test_every_sentence_that_is_read_is_in_one_window(document: DocumentVersion, size: int, overlap: int) -> None:
    cut = windows(document, size=size, overlap=overlap)
    read = sentences(document)
    for start, end in read:
        assert sum(window.start <= start and end <= window.end for window in cut) == 1
    assert all(one.end <= other.start for one, other in pairwise(cut))
    # Windows begin and end where sentences do.
    assert {window.start for window in cut} <= {start for start, _ in read}
    assert {window.end for window in cut} <= {end for _, end in read}


@given(document=documents(), size=sizes, overlap=overlaps)
def test_a_window_shows_nothing_of_the_page_around(document: DocumentVersion, size: int, overlap: int) -> None:
    for window in windows(document, size=size, overlap=overlap):
        shown = window.passage(document.text)
        assert FURNITURE not in f"{shown.before} {shown.text}"
        assert shown.text == document.text[window.start : window.end]
        [start] = [start for start, end in document.reading_spans if start <= window.start and window.end <= end]
        assert start <= window.before[0] <= window.before[1] <= window.start
        assert window.before[1] - window.before[0] <= overlap


@given(document=documents(), size=sizes, overlap=overlaps)
def test_a_window_is_no_longer_than_its_size_unless_it_is_one_sentence(
    document: DocumentVersion, size: int, overlap: int
) -> None:
    read = sentences(document)
    for window in windows(document, size=size, overlap=overlap):
        assert window.end - window.start <= size or (window.start, window.end) in read


@given(document=documents(), size=sizes)
def test_halves_hold_the_sentences_of_their_window(document: DocumentVersion, size: int) -> None:
    for window in windows(document, size=size, overlap=40):
        parts = halves(window, document.text)
        assert (parts[0].start, parts[-1].end) == (window.start, window.end)
        if len(parts) == 1:
            assert parts == [window]
            continue
        first, second = parts
        assert first.before == window.before
        assert first.end <= second.start
        assert not document.text[first.end : second.start].strip()
        assert second.before[1] <= second.start
        assert second.before[0] >= window.start


def test_halving_ends() -> None:
    window = Window(0, 60, (0, 0))
    text = "One came. Two went. Three stayed. Four sang. Five slept well."
    found = [window]
    while any(len(halves(each, text)) > 1 for each in found):
        found = [half for each in found for half in halves(each, text)]
    assert [text[each.start : each.end] for each in found][:2] == ["One came.", "Two went."]


def test_a_text_without_anything_to_read_has_no_window() -> None:
    assert windows(version("", reading=[]), size=700, overlap=100) == []
    assert windows(version("SUBSCRIBE", reading=[]), size=700, overlap=100) == []


def test_the_first_window_has_nothing_before_it_and_the_second_has() -> None:
    text = "Ada Moro came. She sat down. She spoke. She left."
    first, second = windows(version(text), size=30, overlap=50)
    assert first.passage(text) == ("", "Ada Moro came. She sat down.")
    assert second.passage(text) == ("Ada Moro came.", "She spoke. She left.")
