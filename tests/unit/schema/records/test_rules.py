"""Rules across fields: each is broken once, and kept once at its edge."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from schema import (
    Election,
    ElectionResult,
    Person,
    PersonName,
    Reform,
    ReformEvent,
    ReformMeasure,
    Statement,
    Tenure,
    WorldDate,
)
from schema.errors import NotInDocument
from schema.vocabulary import (
    Attribution,
    Basis,
    ElectionStatus,
    ElectionType,
    NameKind,
    ReformArea,
    ReformStatus,
    StatementForm,
)


def known(edtf: str | None) -> WorldDate:
    return WorldDate.from_edtf(edtf, Basis.STATED) if edtf else WorldDate.unknown()


def tenure(start: str | None, end: str | None) -> Tenure:
    return Tenure(id="t", person_id="p", office_id="o", start=known(start), end=known(end))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2016", "2016"),
        ("2016-05", "2016"),
        ("2016", "2016-05"),
        (None, "2016"),
        ("2016", None),
        ("2016/..", "2010/.."),
    ],
)
def test_an_end_that_may_come_after_its_start_is_kept(start: str | None, end: str | None) -> None:
    assert tenure(start, end).end == known(end)


@pytest.mark.parametrize(("start", "end"), [("2016", "2015"), ("2016-05", "2016-04"), ("2016/..", "../2015")])
def test_an_end_before_its_start_is_refused(start: str, end: str) -> None:
    with pytest.raises(ValidationError, match="is before start"):
        tenure(start, end)


def test_nobody_dies_before_birth() -> None:
    with pytest.raises(ValidationError, match="death_date 1939 is before birth_date 1940"):
        Person(id="p", name="Ada", birth_date=known("1940"), death_date=known("1939"))


def test_a_name_belongs_to_its_person() -> None:
    with pytest.raises(ValidationError, match="belongs to q"):
        Person(id="p", name="Ada", names=(PersonName(id="n", person_id="q", name="A.", kind=NameKind.INITIALS),))


def result(number: int, **fields: object) -> ElectionResult:
    return ElectionResult.model_validate(
        {"id": f"r{number}", "election_id": "e", "option": f"option {number}"} | fields
    )


def election(*results: ElectionResult, **fields: object) -> Election:
    kind = {"type": ElectionType.PARLIAMENTARY, "status": ElectionStatus.HELD}
    return Election.model_validate({"id": "e", **kind, "results": results, **fields})


def test_shares_of_one_round_may_be_rounded_up() -> None:
    assert election(result(1, vote_share_pct=70.96), result(2, vote_share_pct=29.54))


def test_shares_of_two_rounds_are_not_added() -> None:
    assert election(*(result(number, round=number, vote_share_pct=60.0) for number in (1, 2)))


@pytest.mark.parametrize("rounds", [(None, None), (1, 1), (None, 1)])
def test_shares_of_one_round_do_not_exceed_the_whole(rounds: tuple[int | None, int | None]) -> None:
    first, second = rounds
    with pytest.raises(ValidationError, match=r"round 1 add up to 100\.6"):
        election(result(1, round=first, vote_share_pct=70.96), result(2, round=second, vote_share_pct=29.64))


@pytest.mark.parametrize("share", [-0.1, 100.1, float("nan"), float("inf")])
@pytest.mark.parametrize("field", ["turnout_pct", "threshold_pct", "list_share_pct", "district_share_pct"])
def test_a_share_is_0_to_100(field: str, share: float) -> None:
    with pytest.raises(ValidationError):
        election(**{field: share})


def test_list_and_district_seats_are_shares_of_one_whole() -> None:
    assert election(list_share_pct=70.0, district_share_pct=30.0)
    with pytest.raises(ValidationError, match="add up to 101"):
        election(list_share_pct=70.0, district_share_pct=31.0)


def test_no_more_seats_are_won_than_there_are() -> None:
    assert election(result(1, seats=60), result(2, seats=38), seats_total=98)
    with pytest.raises(ValidationError, match="fills 99 of 98 seats"):
        election(result(1, seats=60), result(2, seats=39), seats_total=98)


def test_a_result_is_of_somebody_or_something() -> None:
    with pytest.raises(ValidationError, match="a person, a party or an option"):
        ElectionResult(id="r", election_id="e", votes=3)


def test_the_parts_of_a_reform_belong_to_it() -> None:
    event = ReformEvent(id="v", reform_id="other", status=ReformStatus.ADOPTED)
    measure = ReformMeasure(id="m", reform_id="other", description="A lower threshold")
    with pytest.raises(ValidationError, match="belongs to other"):
        Reform(id="f", title="A reform", area=ReformArea.PARTIES, events=(event,))
    with pytest.raises(ValidationError, match="belongs to other"):
        Reform(id="f", title="A reform", area=ReformArea.PARTIES, measures=(measure,))


def test_a_reform_is_not_part_of_itself_and_a_measure_changes_something() -> None:
    with pytest.raises(ValidationError, match="its own parent"):
        Reform(id="f", title="A reform", area=ReformArea.PARTIES, parent_id="f")
    with pytest.raises(ValidationError, match="into itself"):
        ReformMeasure(id="m", reform_id="f", description="Threshold", value_old="7", value_new="7")


@pytest.mark.parametrize("form", [StatementForm.DIRECT, StatementForm.MIXED])
def test_words_of_a_speaker_stand_in_the_document(form: StatementForm) -> None:
    fields = {"id": "s", "document_version_id": "v", "speaker_surface": "she", "attribution": Attribution.PRONOUN}
    said = Statement.model_validate(fields | {"form": form, "text": "It will rain"})
    said.check_against("“It will rain,” she said.")
    with pytest.raises(NotInDocument):
        said.check_against("“It will snow,” she said.")
    retold = Statement.model_validate(fields | {"form": StatementForm.INDIRECT, "text": "that it will rain"})
    retold.check_against("“It will rain,” she said.")


@pytest.mark.parametrize("topic", ["", " ", "tax; customs"])
def test_a_topic_says_something_and_can_be_joined(topic: str) -> None:
    with pytest.raises(ValidationError, match="topics"):
        Statement(
            id="s",
            document_version_id="v",
            speaker_surface="she",
            attribution=Attribution.PRONOUN,
            form=StatementForm.INDIRECT,
            text="that",
            topics=(topic,),
        )
