"""The rules by which what was found is held against the gold, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from polidex.gold import GoldRow
from polidex.scoring import FieldTally, Prediction, Scores, Tally, score

TEXT = "Ada Moro became prime minister in 1999. Moro left in 2003. Ben Ito, her deputy, won the vote of 2004."
FIRST, SECOND, THIRD = (0, 39), (40, 58), (59, 101)


def gold(kind: str, span: tuple[int, int] = FIRST, anchor: tuple[int, int] | None = None, **fields: Any) -> GoldRow:
    number = f"{kind}-{span[0]}-{anchor}-{fields}"
    given = {"anchor": anchor} if anchor else {}
    return GoldRow.model_validate(
        {"id": number, "document": "a.txt", "type": kind, "fields": fields, "start": span[0], "end": span[1], **given}
    )


def found(kind: str, *spans: tuple[int, int], document: str = "a.txt", **fields: str) -> Prediction:
    return Prediction(document, kind, fields, spans)


def scored(rows: list[GoldRow], predictions: list[Prediction]) -> Scores:
    return score(rows, predictions, {"a.txt": TEXT})


def tally(row: GoldRow, prediction: Prediction) -> Tally:
    return scored([row], [prediction]).types[row.type]


MORO = gold("person", name="Ada Moro", aliases_in_text=["Ada Moro", "Moro"])
IN_OFFICE = gold("tenure", person="Ada Moro", office="Prime Minister of Oland", start_edtf="1999", end_edtf=None)
VOTE = gold("election", THIRD, type="presidential", date_edtf="2004-05")
REFORM = gold("reform", SECOND, (45, 49), title="Term of office cut to four years")
SAID = gold("statement", SECOND, speaker="Ada Moro")
RIGHT, WRONG = Tally(1, 1, 1), Tally(0, 1, 1)


@pytest.mark.parametrize(
    ("row", "prediction", "expected"),
    [
        (MORO, found("person", (0, 8), name="Ada Moro"), RIGHT),
        (MORO, found("person", (40, 44), name="ADA-MORO’s"), RIGHT),  # on another mention of hers
        (MORO, found("person", (60, 62), name="Ada Moro"), WRONG),  # on no mention and outside the evidence
        (MORO, found("person", (0, 8), name="Mrs Ada Moro"), RIGHT),
        (MORO, found("person", (0, 8), name="Ada Morro"), RIGHT),
        (MORO, found("person", (0, 8), name="Eva Moro"), WRONG),
        (MORO, found("person", (0, 8), name="prime minister"), WRONG),
        (MORO, found("person", (0, 8), name="…"), WRONG),
        (MORO, found("person", name="Ada Moro"), WRONG),  # its words were not found in the text
        (MORO, found("person", (0, 8), name="Ada Moro", document="b.txt"), WRONG),
        (MORO, found("statement", (0, 8), speaker="Ada Moro"), Tally(0, 0, 1)),
        (IN_OFFICE, found("tenure", (16, 30), person="Moro", office="the prime minister"), RIGHT),
        (IN_OFFICE, found("tenure", (16, 30), person="Ada Moro", office="judge"), WRONG),
        (IN_OFFICE, found("tenure", (16, 30), person="Ben Ito", office="prime minister"), WRONG),
        (IN_OFFICE, found("tenure", (39, 45), person="Ada Moro", office="prime minister"), WRONG),
        (VOTE, found("election", (80, 90), type="presidential"), RIGHT),
        (VOTE, found("election", (80, 90), type="presidential", date_edtf="2004"), RIGHT),
        (VOTE, found("election", (80, 90), type="presidential", date_edtf="2003-05"), WRONG),
        (VOTE, found("election", (80, 90), type="referendum", date_edtf="2004-05"), WRONG),
        (REFORM, found("reform", (44, 46), title="anything"), RIGHT),
        (REFORM, found("reform", (50, 58), title="cut the term to four years"), RIGHT),
        (REFORM, found("reform", (50, 58), title="anything"), WRONG),
        (REFORM, found("reform", (0, 10), title=REFORM.fields["title"]), WRONG),
        (SAID, found("statement", (50, 58), speaker="Moro"), RIGHT),
        (SAID, found("statement", (50, 58), speaker="Ben Ito"), WRONG),
        (SAID, found("statement", (0, 10), speaker="Moro"), WRONG),
    ],
)
def test_type_key_and_evidence_must_agree(row: GoldRow, prediction: Prediction, expected: Tally) -> None:
    assert tally(row, prediction) == expected


def test_an_office_in_other_words_needs_the_anchor_and_the_dates() -> None:
    chief = gold(
        "tenure", FIRST, (0, 8), person="Ada Moro", office="minister of justice", start_edtf="1999", end_edtf=None
    )
    held = {"person": "Ada Moro", "office": "head of the courts", "start_edtf": "1999"}
    assert tally(chief, found("tenure", (0, 8), **held)) == RIGHT
    assert tally(chief, found("tenure", (16, 30), **held)) == WRONG
    assert tally(chief, found("tenure", (0, 8), **held, end_edtf="2001")) == WRONG
    assert tally(chief, found("tenure", (0, 8), **{**held, "start_edtf": "1998"})) == WRONG


def test_an_alias_of_the_document_names_the_holder_of_an_office() -> None:
    person = gold("person", name="Ada Moro", aliases_in_text=["the Iron Lady"])
    held = found("tenure", (16, 30), person="The Iron Lady", office="prime minister")
    assert scored([IN_OFFICE], [held]).types["tenure"].right == 0
    assert scored([person, IN_OFFICE], [held]).types["tenure"].right == 1


def test_what_stands_in_brackets_in_a_gold_name_need_not_be_said() -> None:
    speakers = gold("statement", speaker="Foreign Ministers (joint statement)")
    assert tally(speakers, found("statement", (0, 9), speaker="foreign ministers")).right == 1


def test_a_person_counts_once_however_often_named() -> None:
    named = [
        found("person", (0, 8), name="Ada Moro"),
        found("person", (40, 44), name="Moro"),
        found("person", (0, 8), name="Ada Moro", country="OL"),
        found("person", (59, 66), name="Ben Ito"),
        found("person", (59, 66), name="Ben ITO"),
    ]
    assert scored([MORO], named).types["person"] == Tally(1, 2, 1)


def test_a_gold_row_and_a_prediction_count_once_and_as_many_as_can_be_are_paired() -> None:
    prime = gold("tenure", FIRST, (0, 8), person="Ada Moro", office="prime minister")
    deputy = gold("tenure", FIRST, (16, 30), person="Ada Moro", office="deputy minister")
    # The first fits both rows, the second only the first of them.
    predictions = [
        found("tenure", (0, 39), person="Ada Moro", office="minister"),
        found("tenure", (0, 8), person="Ada Moro", office="prime"),
        found("tenure", (0, 8), person="Ada Moro", office="prime minister"),
    ]
    assert scored([prime, deputy], predictions).types["tenure"] == Tally(2, 3, 2)


def test_the_row_on_whose_anchor_it_lies_is_preferred() -> None:
    first = gold("reform", FIRST, (0, 8), title="new powers", value_new="one")
    second = gold("reform", FIRST, (16, 30), title="new powers", value_new="two")
    result = scored([first, second], [found("reform", (17, 20), title="new powers", value_new="two")])
    assert result.missed == (first.id,)
    assert result.fields["reform"]["value_new"] == FieldTally(right=1)


def test_fields_are_right_wrong_or_absent_and_a_value_where_there_is_none_is_wrong() -> None:
    row = gold("tenure", person="A B", office="x", start_edtf="1999", end_edtf=None, status="ended", end_cause=None)
    held = {"person": "A B", "office": "x", "start_edtf": "1999-03", "end_edtf": "2003"}
    result = scored([row], [found("tenure", (0, 5), **held)])
    assert result.fields["tenure"] == {
        "start_edtf": FieldTally(wrong=1),
        "end_edtf": FieldTally(wrong=1),
        "status": FieldTally(absent=1),
    }


def test_true_and_names_are_compared_as_what_they_are() -> None:
    row = gold("election", type="presidential", early=True, winner="Ada Moro", country="OL")
    election = found("election", (0, 5), type="presidential", early="true", winner="Moro", country="NO")
    assert scored([row], [election]).fields["election"] == {
        "early": FieldTally(right=1),
        "winner": FieldTally(right=1),
        "country": FieldTally(wrong=1),
    }


def test_traps_count_what_falls_into_them_and_only_there() -> None:
    trap = gold("trap", FIRST, (0, 8))
    right, wrong = found("person", (0, 8), name="Ada Moro"), found("reform", (5, 9), title="Ada Moro")
    result = scored([MORO, trap, gold("event")], [right, wrong])
    assert result.traps == {trap.id: 1}
    assert result.wrong == (wrong,)
    assert result.micro == Tally(1, 2, 1)
    assert result.unscored == {"event": 1}


def test_nothing_found_and_nothing_to_find_are_no_error() -> None:
    assert scored([], []).micro.as_dict() == {
        "right": 0, "predicted": 0, "gold": 0, "precision": 0.0, "recall": 0.0, "f1": 0.0
    }  # fmt: skip
    assert scored([MORO], []).micro.f1 == 0.0


def test_f1_is_the_harmonic_mean() -> None:
    assert Tally(1, 2, 4).as_dict() == {
        "right": 1, "predicted": 2, "gold": 4, "precision": 0.5, "recall": 0.25, "f1": pytest.approx(1 / 3)
    }  # fmt: skip
