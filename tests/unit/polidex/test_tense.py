"""The year of a month that a text gives without one, from whether it tells of the past or of what is to come."""

from __future__ import annotations

import pytest

from polidex.tense import in_its_year, is_ahead, last_told
from tests.unit.polidex.told import page


@pytest.mark.parametrize(
    ("text", "words", "published", "expected"),
    [
        ("The referendum, which took place in June, failed.", "June", "2022-12-20", "2022-06"),
        ("The referendum, which took place in June, failed.", "June", "2022-05-20", "2021-06"),
        ("She called for an election for March 19.", "March 19", "2022-12-20", "2023-03-19"),
        ("She called for an election for March 19.", "March 19", "2023-03-02", "2023-03-19"),
        ("The vote of June is on everybody's lips.", "June", "2022-12-20", None),
        ("The vote was held in June and will be held again.", "June and", "2022-12-20", None),
        ("A vote was held in 2019.", "2019", "2022-12-20", None),
    ],
)
def test_a_month_is_the_last_one_in_the_past_and_the_next_one_in_the_future(
    text: str, words: str, published: str, expected: str | None
) -> None:
    found = in_its_year(page(text, published=published), words, text.index(words))
    assert (found.edtf if found else None) == expected


def test_a_text_without_a_date_was_written_after_the_last_day_that_it_tells_as_past() -> None:
    text = (
        "The house was dissolved on 20 December 2022. She called for an election for March 19. "
        "Another vote will be held in May 2030. In 2024 all may change."
    )
    read = page(text, published=None)
    assert last_told(read).edtf == "2022-12-20"
    found = in_its_year(read, "March 19", text.index("March 19"))
    assert found is not None and found.edtf == "2023-03-19"
    assert not last_told(page("Nothing is dated here.", published=None)).known


@pytest.mark.parametrize(
    ("text", "expected"),
    [("The vote will be held soon.", True), ("The upcoming vote matters.", True), ("The vote was held.", False)],
)
def test_what_is_to_come_is_said_beside_it(text: str, expected: bool) -> None:
    at = text.index("vote")
    assert is_ahead(page(text), (at, at + 4)) is expected
    assert not is_ahead(page(text, language="xx"), (at, at + 4))
