"""What two claims are compared by: the days that a date allows, what a number can be, and whose part it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from polidex.extents import comparable, rounded
from polidex.facts import Fact
from polidex.quotes import Found
from schema import Election, ElectionResult, Record, Reform, ReformEvent, Statement, Tenure, WorldDate
from schema.vocabulary import (
    Attribution,
    ElectionStatus,
    ElectionType,
    Match,
    ReformArea,
    ReformStatus,
    StatementForm,
)

TENURE = Tenure(id="t", person_id="p", office_id="o")
REFORM = Reform(
    id="r",
    title="Shorter terms",
    area=ReformArea.JUDICIARY,
    events=(ReformEvent(id="e", reform_id="r", status=ReformStatus.ADOPTED, date=WorldDate.unknown()),),
)
ELECTION = Election(
    id="v",
    type=ElectionType.PRESIDENTIAL,
    status=ElectionStatus.HELD,
    results=(ElectionResult(id="w", election_id="v", person_id="ada", won=True),),
)
STATEMENT = Statement(
    id="s",
    document_version_id="v",
    speaker_surface="the minister",
    attribution=Attribution.EXPLICIT,
    form=StatementForm.INDIRECT,
    text="It will rain.",
)


def columns(record: Record, field: str, value: str, language: str | None = "en") -> dict[str, Any]:
    """What there is to compare by."""
    found = comparable(record, field, Fact(value, (Found(0, 1, Match.EXACT),)), language)
    assert set(found) == {"part", "value_earliest", "value_latest", "value_least", "value_most"}
    return {name: each for name, each in found.items() if each is not None}


def test_a_date_allows_its_days_and_an_open_one_has_none_at_its_end() -> None:
    month = {"value_earliest": date(1999, 3, 1), "value_latest": date(1999, 3, 31)}
    assert columns(TENURE, "start", "1999-03") == month
    assert columns(REFORM, "event.date", "1999-03") == month | {"part": "adopted"}
    assert columns(TENURE, "end", "2016/..") == {"value_earliest": date(2016, 1, 1)}


@pytest.mark.parametrize(
    ("number", "least", "most"),
    [("61.5", 61.45, 61.55), ("61.50", 61.45, 61.55), ("5", 4.5, 5.5), ("5.0", 4.5, 5.5), ("1200", 1199.5, 1200.5)],
)
def test_a_number_can_be_what_rounds_to_it(number: str, least: float, most: float) -> None:
    assert rounded(number) == {"value_least": least, "value_most": most}
    assert columns(ELECTION, "turnout_pct", number) == rounded(number)


def test_a_share_is_of_its_contestant_and_who_that_is_of_the_row() -> None:
    assert columns(ELECTION, "result.vote_share_pct", "61.5")["part"] == "ada"
    assert columns(ELECTION, "result.person_id", "ada") == {}


def test_a_measure_is_compared_by_the_one_number_in_its_words() -> None:
    assert columns(REFORM, "measure.value_new", "six years") == {"value_least": 5.5, "value_most": 6.5}
    assert columns(REFORM, "measure.value_new", "6 лет", "ru") == {"value_least": 5.5, "value_most": 6.5}
    assert columns(REFORM, "measure.value_new", "two of the three chambers") == {}
    assert columns(REFORM, "measure.value_new", "abolished") == {}


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        (TENURE, "status", "ended"),
        (ELECTION, "turnout_pct", "most"),
        (ELECTION, "turnout_pct", "NaN"),
        # Of the speaker's post a statement has no column.
        (STATEMENT, "speaker.role", "minister"),
        (REFORM, "package", "the reform of courts"),
    ],
)
def test_what_is_neither_has_nothing_to_be_compared_by(record: Record, field: str, value: str) -> None:
    assert columns(record, field, value) == {}
