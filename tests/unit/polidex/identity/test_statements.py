"""The same words of one speaker are one statement; a slogan of another day, or with a `not`, is another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.identity.statements import StatementProfile, judge
from schema import WorldDate
from schema.vocabulary import Basis, Judgement, StatementForm

LONG = "We will lower the voting age to sixteen before the next general election"
SLOGAN = "Yes, we can change"
MAY = date(2019, 5, 20)


def said(
    text: str,
    *,
    on: str = "",
    published: date | None = MAY,
    speaker: str = "person_1",
    language: str | None = "en",
    form: StatementForm = StatementForm.DIRECT,
) -> StatementProfile:
    return StatementProfile(
        mention_id="m",
        document_id="d",
        published=published,
        speaker=speaker,
        text=text,
        language=language,
        date=WorldDate.from_edtf(on, Basis.STATED) if on else WorldDate.unknown(),
        form=form,
    )


def indirect(text: str, language: str | None = "en") -> StatementProfile:
    return said(text, form=StatementForm.INDIRECT, language=language)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said(LONG), said(f"“{LONG.upper()}…”", published=date(2024, 1, 1))),
        (said(LONG, on="2019-05-20"), said(LONG, on="2019-05-21")),
        (said(LONG, on="2019-05"), said(LONG, on="2019-05-03")),
        (said(LONG, on="2019-05-20"), said(LONG, published=None)),
        (said(LONG), said("We will lower the voting age to sixteen")),
        (said("Мы проведём выборы в срок и не отменим их", language="ru"),) * 2,
        (said("我们将在明年举行全国大选", language="zh"), said("“我们将在明年举行全国大选。”", language="zh")),
        (said(SLOGAN), said("Yes we can change!", published=MAY + timedelta(days=2))),
        (said(SLOGAN, on="2019-05-19"), said(SLOGAN)),
        (
            indirect("the government would lower the voting age to sixteen before the next election"),
            indirect("the government would lower the voting age to sixteen before the coming election"),
        ),
    ],
    ids=str,
)
def test_reports_of_one_statement(one: StatementProfile, other: StatementProfile) -> None:
    judged = judge(one, other)
    assert judged and judged.judgement is Judgement.POSITIVE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said(LONG), said(LONG, speaker="person_2")),
        (said(LONG), said("We will build a hospital in every town of the north by next spring")),
        (said(LONG, on="2019-05-20"), said(LONG, on="2021-05-20")),
        (said(SLOGAN), said(SLOGAN, published=MAY + timedelta(days=5))),
        (said(SLOGAN), said(SLOGAN, published=MAY + timedelta(days=500))),
        (said(SLOGAN, on="2019-05-02"), said(SLOGAN)),
        (said(SLOGAN), said(SLOGAN, published=None)),
        (said(SLOGAN), said(f"{SLOGAN} if all of us in this country go out to vote")),
        (said("No comment"), said("No comment")),
        (indirect(LONG), indirect(LONG.replace("will", "will not"))),
        (indirect(LONG.replace("sixteen", "16")), indirect(LONG.replace("sixteen", "17"))),
        (indirect(LONG, "xx"), indirect(LONG.replace("next", "coming"), "xx")),
        (indirect(LONG), indirect("We will lower the voting age to sixteen")),
        (said(LONG, language="en"), said(LONG, language="fr")),
    ],
    ids=str,
)
def test_two_statements(one: StatementProfile, other: StatementProfile) -> None:
    judged = judge(one, other)
    assert judged is None or judged.judgement is Judgement.NEGATIVE


def test_a_slogan_of_every_day_does_not_make_one_statement_of_a_week() -> None:
    days = [said(SLOGAN, published=MAY + timedelta(days=number)) for number in range(6)]
    first, last = judge(days[0], days[1]), judge(days[0], days[5])
    assert first and first.judgement is Judgement.POSITIVE
    assert last and last.judgement is Judgement.NEGATIVE


def test_a_part_of_the_words_is_weak_and_joins_the_fuller_report() -> None:
    whole, part = said(LONG), said("We will lower the voting age to sixteen")
    judged = judge(whole, part)
    assert judged and judged.weak and whole.detail() > part.detail()


def test_blocks_grow_slower_than_the_words_and_are_the_speakers() -> None:
    speech = " ".join(f"word{number}" for number in range(200))
    assert 200 / 5 <= len(said(speech).blocks()) <= 200 / 2
    assert not said(LONG).blocks() & said(LONG, speaker="person_2").blocks()


some = st.sampled_from(["we", "will", "not", "go", "16", "home", "now", "and", "then", "ever"])
texts = st.lists(some, min_size=1, max_size=12).map(" ".join)
statements = st.builds(
    said,
    st.one_of(texts, st.just(LONG), st.just(SLOGAN), st.text(min_size=1).filter(str.strip)),
    on=st.sampled_from(["", "2019-05-20", "2019-05", "2019-05-21/2019-05-28"]),
    published=st.one_of(st.none(), st.dates(MAY, MAY + timedelta(days=20))),
    language=st.sampled_from(["en", "ru", None]),
    form=st.sampled_from(list(StatementForm)),
)


@given(statements, statements)
def test_judging_is_symmetric_and_what_is_judged_shares_a_block(one: StatementProfile, other: StatementProfile) -> None:
    judged = judge(one, other)
    assert judged == judge(other, one)
    assert judged is None or one.blocks() & other.blocks()


@given(st.lists(some, min_size=8, max_size=8), texts, texts, texts)
def test_eight_words_in_one_order_always_share_a_block(run: list[str], before: str, after: str, other: str) -> None:
    one, two = said(f"{before} {' '.join(run)} {after}"), said(f"{other} {' '.join(run)}")
    assert one.blocks() & two.blocks()
