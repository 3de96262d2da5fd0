"""The one row that analysts see: each rule by which a value is picked from records that differ."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from polidex.canonical import TYPES, rows_of
from schema import Election, ElectionResult, Person, PersonName, Tenure, WorldDate
from schema.tables import metadata
from schema.vocabulary import Basis, ElectionStatus, ElectionType, NameKind, RecordType, TenureStatus


def tenure(start: str | None = None, basis: Basis = Basis.STATED, **more: Any) -> Tenure:
    date = WorldDate.from_edtf(start, basis) if start else WorldDate.unknown()
    return Tenure(id="t", person_id="p", office_id="o", start=date, **{"status": TenureStatus.UNKNOWN, **more})


def person(*names: str, country: str | None = None) -> Person:
    parts = tuple(PersonName(id=f"n-{name}", person_id="p", name=name, lang=None, kind=NameKind.FULL) for name in names)
    return Person(id="p", name=names[0], country=country, names=parts)


def election(winner: str | None = None, share: float | None = None) -> Election:
    results = (
        (ElectionResult(id=f"r-{winner}", election_id="e", person_id=winner, vote_share_pct=share, won=True),)
        if winner
        else ()
    )
    return Election(
        id="e", type=ElectionType.PRESIDENTIAL, date=WorldDate.unknown(), status=ElectionStatus.HELD, results=results
    )


def row(*records: Any) -> dict[str, Any]:
    [found] = rows_of(records)[type(records[0]).__name__.lower()]
    return found


def test_every_row_has_the_columns_of_its_table() -> None:
    for record in (tenure("1999"), person("Ada Moro"), election("p", 61.5)):
        for table, given_rows in rows_of([record]).items():
            for each in given_rows:
                assert set(each) <= set(metadata.tables[table].columns.keys())
                assert each["id"]
    assert {str(kind) for kind in TYPES} == {str(kind) for kind in RecordType}


def test_of_two_dates_the_better_founded_is_taken_then_the_more_precise_then_the_newer() -> None:
    assert row(tenure("1999-03", Basis.CONTEXT), tenure("1998", Basis.STATED))["start_edtf"] == "1998"
    assert row(tenure("1999"), tenure("1999-03"))["start_edtf"] == "1999-03"
    assert row(tenure("1999-03"), tenure("1999-05"))["start_edtf"] == "1999-03"
    assert row(tenure(), tenure("1999"))["start_edtf"] == "1999"
    assert row(tenure("1999"), tenure())["start_basis"] == "stated"


def test_a_spell_has_ended_if_any_document_says_so() -> None:
    ended = tenure(status=TenureStatus.ENDED)
    current = tenure(status=TenureStatus.CURRENT)
    assert row(current, ended)["status"] == row(ended, current)["status"] == "ended"
    assert row(tenure(), current)["status"] == "current"


def test_the_name_of_a_person_is_the_fullest_then_the_most_frequent() -> None:
    assert row(person("Moro"), person("Ada Maria Moro"), person("Ada Moro"))["name"] == "Ada Maria Moro"
    assert row(person("Adda Moro"), person("Ada Moro"), person("Ada Moro"))["name"] == "Ada Moro"


def test_any_other_value_is_the_newest_that_says_something() -> None:
    assert row(person("Ada"), person("Ada", country="KE"), person("Ada", country="KZ"))["country"] == "KE"


def test_parts_of_all_records_are_kept_and_of_one_part_the_newest() -> None:
    names = rows_of([person("Ada Moro", "Moro"), person("Ada Moro", "Adda Moro")])["person_name"]
    assert sorted(each["name"] for each in names) == ["Ada Moro", "Adda Moro", "Moro"]
    [result] = rows_of([election("p", 61.5), election("p", 60.0), election()])["election_result"]
    assert result["vote_share_pct"] == 61.5


tenures = st.builds(
    tenure,
    st.sampled_from([None, "1999", "1999-03", "2001"]),
    st.sampled_from([Basis.STATED, Basis.CONTEXT]),
    status=st.sampled_from(TenureStatus),
    end_cause=st.sampled_from([None, "resigned", "was dismissed"]),
)


@given(st.lists(tenures, min_size=1, max_size=4))
def test_no_value_is_in_the_row_that_no_record_says(records: list[Tenure]) -> None:
    merged = row(*records)
    alone = [row(record) for record in records]
    for name, value in merged.items():
        assert value in [each[name] for each in alone]
    assert row(*records, *records) == merged
