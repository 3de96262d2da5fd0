"""Articles in the dress of several newspapers: what is article, and what only furniture."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.furniture import Layout, lay_out

LEAD = "The parliament of Arcadia voted on Monday to cut the term of the president from seven years to five."
LAST = "The president, Nadia Berg, will sign the law in June."
BODY = f"{LEAD}\n\nA long debate\n\n“We have waited for this,” said the speaker, Tomas Lind.\n\n{LAST}"
TITLE = "Parliament cuts the term of the president"


def laid_out(text: str, language: str | None = "en") -> Layout:
    return lay_out(text, language=language)


def article(text: str) -> str:
    return "\n".join(text[start:end] for start, end in laid_out(text).spans)


@pytest.mark.parametrize(
    "head",
    [
        TITLE,
        f"Thursday, 14 September 2023 09:09\n\n{TITLE} Featured",
        f"9.5 C\nMonday, 18 March 2024\n\n{TITLE}\n\nAuthored by: Ana Silva.",
        f"Home World {TITLE}\n\n{TITLE}\n\n0\n\nBy Ana Silva",
        f"The Courier\nPOLITICS\n\n{TITLE}\n\nAna Silva\n14 September 2023",
        f"# {TITLE}\n\n*By Ana Silva, Political Editor*\n\n![The chamber](chamber.jpg)",
        f"THE ARCADIA WIRE | POLITICS\n\n{TITLE}\n\nShare this\n\nPublished: 14 September 2023",
    ],
)
def test_the_head_is_not_read_and_gives_the_title(head: str) -> None:
    text = f"{head}\n\n{BODY}"
    assert article(text) == BODY
    assert laid_out(text).title == TITLE


@pytest.mark.parametrize(
    "tail",
    [
        "Exit mobile version",
        "Source: arcadia-courier.example",
        "Ana Silva\nAna Silva\nAna is a reporter. She has been here since 2019.\n\nLatest news\n\nRelated news",
        "The writer is a fellow of an institute (Institute of Peace)",
        "The writer is a fellow of an institute.",
        "Get our stories sent to you! Sign up via the website or subscribe to our channels!",
        "Related news\n\nSnow returns to the islands\n\nThe mayor resigns.",
        "(Reporting by Ana Silva; editing by Tom Hale.)\n\n© 2023 The Courier. All rights reserved.",
        "---\n\n*The Courier answers letters every week. Write to us.*",
        "Подпишитесь на наш канал!",
        "Tags: parliament, president",
    ],
)
def test_the_tail_is_not_read(tail: str) -> None:
    assert article(f"{TITLE}\n\n{BODY}\n\n{tail}\n") == BODY


def test_furniture_inside_the_article_splits_what_is_read() -> None:
    text = f"{TITLE}\n\n{LEAD}\n\nADVERTISEMENT\n\nRead also: The speaker resigns.\n\n{LAST}"
    assert article(text) == f"{LEAD}\n{LAST}"


def test_a_source_glued_to_the_last_sentence_is_cut_off() -> None:
    text = f"{TITLE}\n\n{LEAD}\n\n{LAST}Source: arcadia-courier.example"
    assert article(text) == f"{LEAD}\n\n{LAST}"
    assert laid_out(text).source == "arcadia-courier.example"


def test_data_below_the_last_sentence_is_read() -> None:
    text = f"{TITLE}\n\n{LEAD}\n\n- Reform Party: 37 seats\n- Centre Party: 16 seats\nTurnout 63.5%\n\nBack to top"
    assert article(text).endswith("Turnout 63.5%")


def test_a_table_below_the_last_sentence_is_read() -> None:
    table = "| Party | Seats |\n|---|---|\n| Reform | 37 |"
    assert article(f"# {TITLE}\n\n**By Ana Silva** | 14 September 2023\n\n{LEAD}\n\n{table}\n") == f"{LEAD}\n\n{table}"


def test_results_without_a_sentence_are_read() -> None:
    text = "Results of the election in Arcadia\n\nReform Party 31.2\nCentre Party 15.3"
    assert article(text) == "Reform Party 31.2\nCentre Party 15.3"


def test_a_text_without_a_headline_has_no_title() -> None:
    layout = laid_out(BODY)
    assert layout.title is None
    assert layout.spans == ((0, len(BODY)),)


@pytest.mark.parametrize("title", ["Will the president sign?", "President signs the law."])
def test_a_headline_may_end_as_a_sentence_does(title: str) -> None:
    text = f"{title}\n\nBy Ana Silva\n\n{BODY}"
    assert laid_out(text).title == title
    assert article(text) == BODY


def test_a_title_known_from_elsewhere_is_kept_and_not_read() -> None:
    layout = lay_out(f"{TITLE}\n{BODY}", language="en", title=TITLE, authors=["Ana Silva"])
    assert (layout.title, layout.byline) == (TITLE, ("Ana Silva",))
    assert layout.spans[0][0] == len(TITLE) + 1


@pytest.mark.parametrize(
    ("head", "published", "crawled"),
    [
        (f"Thursday, 14 September 2023 09:09\n\n{TITLE}", "2023-09-14T09:09:00", None),
        (f"THE WIRE | POLITICS\n14 September 2023\n{TITLE}", "2023-09-14", None),
        (f"9.5 C\nMonday, 18 March 2024\n\n{TITLE}", None, "2024-03-18"),
        (f"Monday, 18 March 2024\n21 °C\n\n{TITLE}", None, "2024-03-18"),
        (f"Home\n18 March 2024\n\n{TITLE}", None, "2024-03-18"),
        (f"18 March 2024\nThe Courier of Arcadia City\n{TITLE}\n{TITLE}", None, "2024-03-18"),
        (f"9.5 C\n18 March 2024\n\n{TITLE}\n\n14 September 2023", "2023-09-14", "2024-03-18"),
        (f"18 March 2024\n\n{TITLE}\n\nBy Ana Silva | 14 September 2023", "2023-09-14", None),
        (f"9.5 C\nPublished on 14 September 2023\n\n{TITLE}", "2023-09-14", None),
        (f"{TITLE}\n\nUpdated: 15 September 2023\n14 September 2023", "2023-09-14", None),
        (TITLE, None, None),
    ],
)
def test_the_day_of_publication_is_not_the_clock_of_the_page(
    head: str, published: str | None, crawled: str | None
) -> None:
    layout = laid_out(f"{head}\n\n{BODY}")
    day = datetime.fromisoformat(crawled).replace(tzinfo=UTC) if crawled else None
    assert (layout.published, layout.crawled_at) == (published, day)


def test_a_dateline_gives_the_day_and_is_read() -> None:
    text = f"{TITLE}\n\nARCADIA CITY, 14 September 2023 – {LEAD}"
    assert laid_out(text).published == "2023-09-14"
    assert article(text).startswith("ARCADIA CITY")


def test_another_language_with_other_words() -> None:
    body = "Парламент сократил срок полномочий президента. Закон вступит в силу в июне."
    text = f"Парламент сократил срок полномочий главы государства\n\nАвтор: Иван Петров\n14 сентября 2023\n\n{body}\n\n"
    layout = laid_out(text + "Читайте также: Спикер ушёл в отставку.\n\nИсточник: kurier.example", "ru")
    assert [text[start:end] for start, end in layout.spans] == [body]
    assert (layout.byline, layout.published, layout.source) == (("Иван Петров",), "2023-09-14", "kurier.example")


def test_a_script_without_spaces_between_words() -> None:
    body = "议会周一通过宪法修正案，将总统任期从七年缩短至五年。\n\n总统将于六月签署该法律。"
    head = "首页\n\n议会通过宪法修正案缩短总统任期\n\n2023年9月14日 09:30 来源：信使报\n\n作者：王小明"
    text = f"{head}\n\n{body}\n\n相关新闻\n市长辞职"
    layout = laid_out(text, "zh")
    assert [text[start:end] for start, end in layout.spans] == [body]
    assert (layout.title, layout.byline) == ("议会通过宪法修正案缩短总统任期", ("王小明",))
    assert (layout.published, layout.source) == ("2023-09-14T09:30:00", "信使报")


LINES = st.sampled_from(
    [TITLE, LEAD, LAST, "", "0", "9.5 C", "18 March 2024", "By Ana Silva", "Related news", "Source: x", "# Heading",
     "Ana Silva", "Home", "- item 5%", "---", "*An aside.*", "“Yes.”Source: y"]
)  # fmt: skip


@given(st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=12))
def test_spans_are_in_order_and_open_and_close_with_words(lines: list[str]) -> None:
    text = "\n".join(lines)
    end_before = 0
    for start, end in laid_out(text).spans:
        assert end_before <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        end_before = end


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Saved on 12 May 2023", "en"),
        ("Retrieved: 12 May 2023, 10:14", "en"),
        ("Last accessed 12 May 2023", "en"),
        ("Date accessed: 12 May 2023", "en"),
        ("Archived from the original on 12 May 2023", "en"),
        ("Crawled at 2023-05-12T10:14:00Z", "en"),
        ("Abgerufen am 12. Mai 2023", "de"),
        ("Consulté le 12 mai 2023", "fr"),
        ("Fecha de consulta: 12 mayo 2023", "es"),
        ("Дата обращения: 12 мая 2023", "ru"),
    ],
)
@pytest.mark.parametrize("published", ["", "3.3.2021\n\n"])
@pytest.mark.parametrize("is_last", [False, True])
def test_a_line_that_says_when_the_page_was_copied_is_neither_title_nor_publication(
    line: str, language: str, published: str, is_last: bool
) -> None:
    prose = "The court of Tarn has changed its rules, the president of the country told a meeting of judges. " * 3
    article = f"The court of Tarn changes\n\n{published}{prose}\n\n"
    layout = lay_out(f"{article}{line}" if is_last else f"{line}\n\n{article}", language=language)
    assert layout.crawled_at and layout.crawled_at.date().isoformat() == "2023-05-12"
    assert layout.title == "The court of Tarn changes"
    assert layout.published == ("2021-03-03" if published else None)
