"""What makes two texts one source: a reprint with another headline and a cut is one, a second report is not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.reprints import Printed, printed

LEAD = (
    "The parliament of Arland voted on Thursday to cut the term of its judges from ten years to six, after a debate "
    "that lasted through the night and in which ninety members took the floor."
)
QUOTE_1 = (
    "“Nobody should sit in judgment over citizens for longer than those citizens can remember who appointed them, and "
    "nobody should have to wait for a decade until a mistake is put right,” Justice Minister Ada Moro said."
)
BODY = (
    "The change was first announced in March, when the government presented a package of nine bills to the committee "
    "on legal affairs. Two of them were withdrawn in the summer, and a third was sent back by the constitutional court."
)
QUOTE_2 = (
    "“We will not vote for a law that was written behind closed doors, without a single judge in the room, and that "
    "will be challenged in court on the very day on which it enters into force,” said Ben Ito of the opposition."
)
TAIL = (
    "The law now goes to the president, who has two weeks to sign it or to return it with objections. Her office did "
    "not say on Thursday evening which of the two she was going to do."
)
ORIGINAL = "\n\n".join((LEAD, QUOTE_1, BODY, QUOTE_2, TAIL))

OTHER_REPORT = "\n\n".join(
    (
        "Judges will leave the bench sooner. That is the outcome of a marathon session which ended shortly before "
        "dawn, with coffee served in the lobby and several deputies asleep on the benches of the gallery.",
        QUOTE_1,
        "Unions of court clerks had demonstrated outside with drums and whistles. They fear that cases will be handed "
        "from one bench to the next and that backlogs, the longest in the region, will grow by a third within a year.",
        QUOTE_2,
        "Legal scholars are divided. Some point to neighbouring Borland, where a similar rule has been in place since "
        "the nineties; others recall that it was quietly abandoned when too few candidates applied for vacancies.",
    )
)


def whole(text: str) -> Printed:
    return printed(text, [(0, len(text))])


def is_reprint(one: str, other: str) -> bool:
    found = whole(one).is_reprint(whole(other))
    assert whole(other).is_reprint(whole(one)) is found
    return found


@pytest.mark.parametrize(
    "copy",
    [
        ORIGINAL,
        f"Judges to serve six years only\n\nARLAND CITY, 3 May (Wire) - {ORIGINAL}\n\n(Reporting by C. Sand)",
        "\n\n".join((LEAD, QUOTE_1, BODY, QUOTE_2)),
        "\n\n".join((LEAD, QUOTE_1, QUOTE_2, TAIL)),
        ORIGINAL.replace("voted on Thursday", "has voted")
        .replace("nine bills", "9 bills")
        .replace("Two of them", "Two")
        .replace("Her office", "The presidency")
        .replace("a debate", "a heated debate"),
        ORIGINAL.upper().replace("“", "\"").replace("”", "\"").replace(" ", "  "),
    ],
    ids=["the same", "headline, header and footer", "the end cut", "the middle cut", "edited", "in capitals"],
)  # fmt: skip
def test_a_copy_is_a_reprint_whatever_was_put_around_it(copy: str) -> None:
    assert is_reprint(ORIGINAL, copy)


def test_two_reports_that_share_the_quotations_are_two_sources() -> None:
    assert not is_reprint(ORIGINAL, OTHER_REPORT)
    quoting = [f"{what}\n\n{QUOTE_1}\n\n{QUOTE_2}" for what in (LEAD, OTHER_REPORT.partition("\n")[0])]
    assert not is_reprint(*quoting)


def test_what_stands_around_the_article_on_its_page_does_not_count() -> None:
    page = f"Home News Politics Sport Weather\n{ORIGINAL}\n{OTHER_REPORT}"
    start = page.index(LEAD)
    assert printed(page, [(start, start + len(ORIGINAL))]) == whole(ORIGINAL)


def test_an_item_inside_a_much_longer_article_does_not_make_it_a_reprint() -> None:
    assert not is_reprint(LEAD, f"{ORIGINAL}\n\n{OTHER_REPORT}")


def test_a_few_words_are_nobodys_reprint_and_nothing_is() -> None:
    assert not is_reprint("The law is adopted.", "The law is adopted.")
    assert not is_reprint("", "")


@pytest.mark.parametrize(
    "text",
    [
        "議会は木曜日、裁判官の任期を十年から六年に短縮する法案を賛成多数で可決した。大統領は二週間以内に署名する。",
        "Парламент в четверг проголосовал за сокращение срока полномочий судей с десяти до шести лет после прений.",
    ],
)
def test_every_script_is_compared(text: str) -> None:
    assert is_reprint(text, f"Wire. {text}")
    assert not is_reprint(text, ORIGINAL)


def test_a_long_article_takes_under_50_ms() -> None:
    words = [f"word{number}" for number in range(2_000)]
    started = time.perf_counter()
    assert len(whole(" ".join(words)).runs) == 1_997
    assert time.perf_counter() - started < 0.05


paragraphs = st.lists(st.sampled_from([LEAD, QUOTE_1, BODY, QUOTE_2, TAIL, *OTHER_REPORT.split("\n\n")]), max_size=6)


@given(paragraphs, paragraphs)
def test_what_are_reprints_share_bands_to_be_found_by(one: list[str], other: list[str]) -> None:
    left, right = (whole("\n\n".join(each)) for each in (one, other))
    if left.is_reprint(right):
        assert left.bands & right.bands
    assert left.is_reprint(left) is (len(left.runs) >= 4)
