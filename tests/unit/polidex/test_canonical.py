"""The one row that analysts see: which value is chosen where documents differ, whatever order they are read in."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from polidex.canonical import TYPES, Told, rows_of, told_of
from schema import (
    Election,
    ElectionResult,
    Person,
    PersonName,
    Record,
    Reform,
    ReformEvent,
    ReformMeasure,
    Statement,
    Tenure,
    WorldDate,
)
from schema.tables import metadata
from schema.vocabulary import (
    Attribution,
    Basis,
    ElectionStatus,
    ElectionType,
    Modality,
    NameKind,
    RecordType,
    ReformArea,
    ReformStatus,
    StatementForm,
    TenureStatus,
)


def told(record: Record, day: int = 1, source: str | None = None, **more: Any) -> Told:
    """Told on a day of May 2020 by a source of its own, unless it is said which."""
    published = date(2020, 5, day)
    whole: dict[str, Any] = {"modality": Modality.ASSERTED, "bases": {}} | more
    return Told(record, source_id=source or f"s{day}", published=published, version_id=f"v{day}", **whole)


def tenure(start: str | None = None, basis: Basis = Basis.STATED, **more: Any) -> Tenure:
    date = WorldDate.from_edtf(start, basis) if start else WorldDate.unknown()
    return Tenure(id="t", person_id="p", office_id="o", start=date, **{"status": TenureStatus.UNKNOWN, **more})


def person(*names: str, country: str | None = None) -> Person:
    parts = tuple(PersonName(id=f"n-{name}", person_id="p", name=name, lang=None, kind=NameKind.FULL) for name in names)
    return Person(id="p", name=names[0], country=country, names=parts)


def election(winner: str | None = None, share: float | None = None, turnout: float | None = None) -> Election:
    results = (
        (ElectionResult(id=f"r-{winner}", election_id="e", person_id=winner, vote_share_pct=share, won=True),)
        if winner
        else ()
    )
    return Election(
        id="e", type=ElectionType.PRESIDENTIAL, status=ElectionStatus.HELD, results=results, turnout_pct=turnout
    )


def reform(*measures: tuple[str, str | None, str | None]) -> Reform:
    parts = tuple(
        ReformMeasure(id=f"m-{number}", reform_id="r", description=what, value_old=old, value_new=new)
        for number, (what, old, new) in enumerate(measures)
    )
    return Reform(id="r", title="Judges serve less long", area=ReformArea.JUDICIARY, measures=parts)


def row(*given: Told) -> dict[str, Any]:
    [found] = rows_of(given)[type(given[0].record).__name__.lower()]
    return found


def starts(*spells: Told) -> str | None:
    """The start that is chosen, in whatever order the spells are told."""
    found = {row(*order)["start_edtf"] for order in (spells, spells[::-1])}
    [chosen] = found
    return str(chosen) if chosen else None


def test_every_row_has_the_columns_of_its_table() -> None:
    for record in (tenure("1999"), person("Ada Moro"), election("p", 61.5), reform(("Term", "ten", "six"))):
        for table, given_rows in rows_of([told(record)]).items():
            for each in given_rows:
                assert set(each) <= set(metadata.tables[table].columns.keys())
                assert each["id"]
    assert {str(kind) for kind in TYPES} == {str(kind) for kind in RecordType}


def test_asserted_comes_before_reported_before_opinion_before_planned_and_denied_never() -> None:
    ways = [Modality.ASSERTED, Modality.REPORTED, Modality.OPINION, Modality.PLANNED]
    for day, stronger in enumerate(ways, 1):
        for later, weaker in enumerate(ways[day:], day + 1):
            # Two sources and a newer date do not make up for how it is put.
            weak = [told(tenure("2001-05-02"), later + more, modality=weaker) for more in (0, 1)]
            assert starts(told(tenure("1999"), day, modality=stronger), *weak) == "1999"
    assert starts(told(tenure("1999")), told(tenure("1998"), 2, modality=Modality.NEGATED)) == "1999"
    assert rows_of([told(tenure("1998"), modality=Modality.NEGATED)]) == {}


def test_a_plan_does_not_support_what_happened() -> None:
    planned = [told(tenure("2001"), day, modality=Modality.PLANNED) for day in (1, 2, 3)]
    happened = [told(tenure("2001"), 4), told(tenure("2002"), 5)]
    assert starts(*planned, *happened) == "2002"
    assert starts(*planned) == "2001"


def test_a_date_said_more_precisely_beats_the_one_that_it_refines() -> None:
    assert starts(told(tenure("1999"), 2), told(tenure("1999-03"))) == "1999-03"
    assert starts(told(tenure("1999")), told(tenure("1999-03", Basis.CONTEXT), 2)) == "1999-03"
    assert starts(told(tenure("1999")), told(tenure("1999-03", Basis.INFERRED), 2)) == "1999"
    assert starts(told(tenure("1999", Basis.INFERRED)), told(tenure("1999-03", Basis.INFERRED), 2)) == "1999-03"


def test_of_dates_that_differ_the_better_founded_is_taken_then_that_of_more_sources_then_the_newer() -> None:
    assert starts(told(tenure("1999-03", Basis.CONTEXT), 2), told(tenure("1998"))) == "1998"
    assert starts(told(tenure("1998")), told(tenure("1998"), 2), told(tenure("1999-03-05"), 3)) == "1998"
    assert starts(told(tenure("1999-03")), told(tenure("1999-05"), 2)) == "1999-05"
    assert starts(told(tenure()), told(tenure("1999"), 2)) == "1999"
    # Who says 1999 does not differ from who says March 1999.
    assert starts(told(tenure("1999")), told(tenure("1999-03"), 2), told(tenure("1998"), 3)) == "1999-03"


def test_a_reprint_is_no_further_source() -> None:
    reprints = [told(tenure("1998"), day, source="wire") for day in (1, 2, 3)]
    assert starts(*reprints, told(tenure("1999"), 4)) == "1999"
    assert starts(*reprints, told(tenure("1998"), 4), told(tenure("1999"), 5)) == "1998"


def test_of_equals_the_smaller_value_is_taken() -> None:
    assert starts(told(tenure("1999"), source="a"), told(tenure("1998"), source="b")) == "1998"


def test_a_spell_does_not_end_before_it_starts_though_two_documents_say_so() -> None:
    early = WorldDate.from_edtf("2001", Basis.STATED)
    spells = told(tenure(end=early)), told(tenure("2002"), 2), told(tenure("2002"), 3)
    assert (row(*spells)["start_edtf"], row(*spells)["end_edtf"]) == ("2002", None)


def test_a_spell_has_ended_when_a_document_says_so_and_an_expected_end_does_not_count_then() -> None:
    ended, current = tenure(status=TenureStatus.ENDED), tenure(status=TenureStatus.CURRENT)
    assert row(told(ended, 2), told(current))["status"] == "ended"
    assert row(told(tenure(), 2), told(current))["status"] == "current"
    due, over = (WorldDate.from_edtf(year, Basis.STATED) for year in ("2022", "2020-04"))
    expected = [told(tenure("2019", status=TenureStatus.CURRENT, end=due), day) for day in (1, 2)]
    assert row(*expected)["end_edtf"] == "2022"
    left = told(tenure("2019", status=TenureStatus.ENDED, end=over), 3)
    assert (row(*expected, left)["status"], row(*expected, left)["end_edtf"]) == ("ended", "2020-04")


def test_the_name_of_a_person_is_the_fullest_then_that_of_most_sources() -> None:
    assert row(told(person("Moro"), 3), told(person("Ada Maria Moro")), told(person("Ada Moro"), 2))["name"] == (
        "Ada Maria Moro"
    )
    twice = [told(person("Ada Moro"), day) for day in (1, 2)]
    assert row(told(person("Adda Moro"), 3), *twice)["name"] == "Ada Moro"
    same = [told(person("Ada Moro"), day, source="wire") for day in (1, 2)]
    assert row(told(person("Adda Moro"), 3), *same)["name"] == "Adda Moro"


def test_a_thing_is_called_what_it_is_called_in_the_language_of_most_sources() -> None:
    def named(title: str, day: int, language: str, source: str | None = None) -> Told:
        return told(reform().model_copy(update={"title": title}), day, source, language=language)

    french = [named("Mandats plus courts", day, "fr", "le fil") for day in (3, 4, 5)]
    english = [named("Judges serve less long", 1, "en"), named("Shorter terms", 2, "en")]
    assert row(*french, *english)["title"] == row(*english, *french)["title"] == "Shorter terms"
    unknown = told(reform().model_copy(update={"title": "Six years only"}), 6)
    assert row(*french, *english, unknown)["title"] == "Six years only"
    # Of two languages with one source each, that of the first.
    assert row(*french, english[0])["title"] == "Judges serve less long"


def test_a_full_name_in_another_language_is_better_than_an_initial_in_that_of_most_sources() -> None:
    short = [told(person("А. Моро"), day, language="ru") for day in (1, 2, 3)]
    assert row(*short, told(person("Ada Moro"), 4, language="en"))["name"] == "Ada Moro"
    assert row(*short)["name"] == "А. Моро"
    longer = told(person("Ада Сергеевна Моро"), 4, language="ru")
    names = [told(person("Ada Moro"), day, language="en") for day in (1, 2)]
    assert row(longer, *names)["name"] == "Ada Moro"


def test_the_words_of_a_statement_are_those_of_its_document() -> None:
    def said(text: str, day: int, form: StatementForm, venue: str | None = None) -> Told:
        words = Statement(
            id="s",
            document_version_id=f"v{day}",
            speaker_surface="Moro",
            attribution=Attribution.EXPLICIT,
            form=form,
            text=text,
            venue=venue,
        )
        return told(words, day)

    direct, indirect = StatementForm.DIRECT, StatementForm.INDIRECT
    versions = [
        said("that it would rain", 1, indirect, "the senate"),
        said("It will rain.", 2, direct),
        said("It will rain!", 3, direct),
    ]
    for order in (versions, versions[::-1]):
        found = row(*order)
        assert (found["text"], found["document_version_id"], found["form"]) == ("It will rain.", "v2", "direct")
        assert found["venue"] == "the senate"


def test_what_is_said_beats_what_is_concluded_then_most_sources_then_the_newest() -> None:
    said = {"country": Basis.STATED}
    guess = [told(person("Ada", country="KZ"), day, bases={"country": Basis.INFERRED}) for day in (2, 3)]
    assert row(*guess, told(person("Ada", country="KE"), bases=said))["country"] == "KE"
    most = [told(person("Ada", country="KE"), day) for day in (1, 2)]
    assert row(*most, told(person("Ada", country="KZ"), 3), told(person("Ada"), 4))["country"] == "KE"
    assert row(told(person("Ada", country="KE")), told(person("Ada", country="KZ"), 2))["country"] == "KZ"


def test_a_vote_that_was_held_is_not_called_again_by_an_older_document_nor_by_more_of_them() -> None:
    old = [told(election().model_copy(update={"status": ElectionStatus.CALLED}), day) for day in (1, 2)]
    assert row(*old, told(election(), 3))["status"] == "held"
    cancelled = told(election().model_copy(update={"status": ElectionStatus.CANCELLED}), 3)
    assert row(*old, cancelled)["status"] == "cancelled"


def test_a_reform_has_each_of_its_steps_once_with_the_date_that_most_sources_give() -> None:
    def step(number: int, status: ReformStatus, date: str) -> Reform:
        when = WorldDate.from_edtf(date, Basis.STATED)
        event = ReformEvent(id=f"e{number}", reform_id="r", status=status, date=when)
        return reform().model_copy(update={"current_status": status, "events": (event,)})

    proposed, signed = ReformStatus.PROPOSED, ReformStatus.SIGNED
    given_steps = [
        told(step(1, proposed, "2020-01"), 1),
        told(step(2, proposed, "2020-01-15"), 2),
        told(step(3, signed, "2020-03-05"), 3),
        told(step(4, signed, "2020-03-05"), 4),
        # What happens once is told with two dates: the wire and its reprint are one voice.
        told(step(5, signed, "2020-03-07"), 5, source="wire"),
        told(step(6, signed, "2020-03-07"), 6, source="wire"),
        told(step(7, signed, "2020-03-07"), 7, source="wire"),
    ]
    found = rows_of(given_steps)
    assert sorted((each["status"], each["date_edtf"]) for each in found["reform_event"]) == [
        ("proposed", "2020-01-15"),
        ("signed", "2020-03-05"),
    ]
    assert found["reform"][0]["current_status"] == "signed"
    assert rows_of(given_steps[::-1]) == found


def test_a_reform_is_no_part_of_itself_once_a_package_and_its_measure_are_one() -> None:
    package = told(reform())
    measure = reform().model_copy(update={"parent_id": "r"})
    assert row(told(measure), package)["parent_id"] is None
    assert row(told(reform().model_copy(update={"parent_id": "larger"})), package)["parent_id"] == "larger"


def test_shares_of_several_documents_are_not_more_than_the_whole() -> None:
    results = rows_of([told(election("p", 61.5)), told(election("q", 55.0), 2)])["election_result"]
    assert {each["person_id"]: each["vote_share_pct"] for each in results} == {"q": 55.0, "p": None}


def test_a_number_with_more_digits_beats_the_one_that_it_rounds_to() -> None:
    assert row(told(election(turnout=61.5), 2), told(election(turnout=61.53)))["turnout_pct"] == 61.53
    assert row(told(election(turnout=61.5), 2), told(election(turnout=61.73)))["turnout_pct"] == 61.5


def test_parts_of_all_records_are_kept_and_the_same_part_is_one() -> None:
    names = rows_of([told(person("Ada Moro", "Moro")), told(person("Ada Moro", "Adda Moro"), 2)])["person_name"]
    assert sorted(each["name"] for each in names) == ["Ada Moro", "Adda Moro", "Moro"]
    results = [
        told(election("p", 61.5)),
        told(election("p", 60.0), 2),
        told(election("p", 61.5), 3),
        told(election(), 4),
    ]
    [result] = rows_of(results)["election_result"]
    assert result["vote_share_pct"] == 61.5


def test_the_measure_of_a_reform_is_one_and_a_number_is_the_same_in_words_and_digits() -> None:
    versions = [
        told(reform(("Shorter terms", "ten years", "six")), language="en"),
        told(reform(("The term is cut", "10 years", "6 years")), 2),
        told(reform(("Judges go sooner", None, "5 years")), 3),
    ]
    [measure] = rows_of(versions)["reform_measure"]
    assert (measure["value_old"], measure["value_new"]) == ("10 years", "6 years")
    assert rows_of(versions[::-1])["reform_measure"] == [measure]
    several = told(reform(("Terms", "ten", "six"), ("Pay", "5", "7")), language="en")
    assert len(rows_of([several])["reform_measure"]) == 2


def test_the_claims_of_a_record_say_how_it_is_put_in_whatever_order_they_are_read() -> None:
    claims = [
        {"id": "b", "field": "start", "modality": "planned", "basis": "inferred"},
        {"id": "a", "field": "start", "modality": "asserted", "basis": "stated"},
    ]
    more: dict[str, Any] = {"source_id": "s", "published": None, "version_id": "v", "language": None}
    first, second = (told_of(tenure(), given_claims, **more) for given_claims in (claims, claims[::-1]))
    assert first == second
    assert (first.modality, first.bases) == (Modality.ASSERTED, {"start": Basis.STATED})


spells = st.builds(
    told,
    st.builds(
        tenure,
        st.sampled_from([None, "1999", "1999-03", "1999/2001", "2001"]),
        st.sampled_from([Basis.STATED, Basis.CONTEXT, Basis.INFERRED]),
        status=st.sampled_from(TenureStatus),
        end_cause=st.sampled_from([None, "resigned", "was dismissed"]),
    ),
    st.integers(1, 4),
    st.sampled_from(["a", "b", "c"]),
    modality=st.sampled_from(Modality),
    bases=st.dictionaries(st.sampled_from(["status", "end_cause"]), st.sampled_from(Basis)),
)


@given(st.lists(spells, min_size=1, max_size=6), st.randoms())
def test_no_value_is_in_the_row_that_no_record_says_and_order_does_not_matter(records: list[Told], chance: Any) -> None:
    shuffled = records.copy()
    chance.shuffle(shuffled)
    assert rows_of(shuffled) == rows_of(records) == rows_of([*records, *records])
    if any(each.modality is not Modality.NEGATED for each in records):
        alone = [row(each) for each in records if each.modality is not Modality.NEGATED]
        for name, value in row(*records).items():
            assert value in [each[name] for each in alone]
