"""Words for dates: what the words say, what the text before and the publication add, and what cannot be told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidex.when import parse_when
from schema.dates import WorldDate
from schema.vocabulary import Basis

CAREER = "In March 1999, he became Deputy Prime Minister of Kazakhstan, and "


def known(edtf: str) -> WorldDate:
    return WorldDate.from_edtf(edtf, Basis.STATED)


@pytest.mark.parametrize(
    ("surface", "edtf"),
    [
        ("1999", "1999"),
        ("March 1999", "1999-03"),
        ("MARCH 1999", "1999-03"),
        ("Sept. 14, 2023", "2023-09-14"),
        ("14 Sept 2023", "2023-09-14"),
        ("the 14th of September 2023", "2023-09-14"),
        ("Thursday, 14 September 2023 09:09", "2023-09-14"),
        ("2023-09-14", "2023-09-14"),
        ("14.09.2023", "2023-09-14"),
        ("09/14/2023", "2023-09-14"),
        ("14/09/2023", "2023-09-14"),
        ("early 2019", "2019"),
        ("in the year 2019", "2019"),
        ("the 1990s", "199X"),
        ("about 2010", "2010~"),
        ("2011-2013", "2011/2013"),
        ("in 2011–13", "2011/2013"),
        ("1998/99", "1998/1999"),
        ("2011-09", "2011-09"),
        ("between 2011 and 2013", "2011/2013"),
        ("from March to June 2019", "2019-03/2019-06"),
        ("13–15 September 2023", "2023-09-13/2023-09-15"),
        ("September 13-15, 2023", "2023-09-13/2023-09-15"),
        ("from 2023", "2023/.."),
        ("since March 2019", "2019-03/.."),
        ("from 2016 to the present", "2016/.."),
        ("until March 2019", "../2019-03"),
        ("by 2025", "../2025"),
        ("January 2022.Kassym", "2022-01"),
    ],
)
def test_what_english_words_state(surface: str, edtf: str) -> None:
    assert parse_when(surface, language="en") == known(edtf)


@pytest.mark.parametrize(
    ("language", "surface", "edtf"),
    [
        ("ru", "в марте 1999 года", "1999-03"),
        ("ru", "10 мая 2022 года", "2022-05-10"),
        ("ru", "с 2016 по 2019 год", "2016/2019"),
        ("ru", "до марта 2019", "../2019-03"),
        ("es", "15 de septiembre de 2022", "2022-09-15"),
        ("fr", "1er mars 2019", "2019-03-01"),
        ("de", "seit März 2019", "2019-03/.."),
        ("pl", "w marcu 2019 r.", "2019-03"),
        ("fi", "maaliskuussa 2019", "2019-03"),
        ("kk", "2019 жылғы 20 наурыз", "2019-03-20"),
        ("zh", "2019年3月20日", "2019-03-20"),
        ("hr", "listopad 2019", "2019-10"),
        ("pl", "listopad 2019", "2019-11"),
        (None, "marzo 2019", "2019-03"),
    ],
)
def test_what_words_of_other_languages_state(language: str | None, surface: str, edtf: str) -> None:
    assert parse_when(surface, language=language) == known(edtf)


@pytest.mark.parametrize(
    ("surface", "before", "edtf"),
    [
        ("October of the same year", CAREER, "1999-10"),
        ("in October", CAREER, "1999-10"),
        ("that year", CAREER, "1999"),
        ("in November", "the address of September 2022. This was followed by elections ", "2022-11"),
        ("two years later", "in 2011 he left. ", "2013"),
        ("three months later", CAREER, "1999-06"),
        ("a week earlier", "On 3 March 2019 he spoke; ", "2019-02-24"),
    ],
)
def test_what_the_text_before_adds(surface: str, before: str, edtf: str) -> None:
    assert parse_when(surface, before=before) == WorldDate.from_edtf(edtf, Basis.CONTEXT)


@pytest.mark.parametrize(
    ("surface", "published", "edtf"),
    [
        ("August 11 of this year", "2022-08-20", "2022-08-11"),
        ("September 13-15 this year", "2022", "2022-09-13/2022-09-15"),
        ("this year", "2022-08-20", "2022"),
        ("March last year", "2022-08-20", "2021-03"),
        ("last month", "2022-01-20", "2021-12"),
        ("two days ago", "2022-03-01", "2022-02-27"),
        ("yesterday", "2022-03-01", "2022-02-28"),
        ("in November", "2022-08-20", "2022-11"),
        ("in November", "2023-02", "2022-11"),
        ("January 5", "2022-11-20", "2023-01-05"),
        ("Monday, April 4", "2022-11-20", "2022-04-04"),
        ("since November", "2022-08-20", "2022-11/.."),
    ],
)
def test_what_the_publication_adds(surface: str, published: str, edtf: str) -> None:
    assert parse_when(surface, published=known(published)) == WorldDate.from_edtf(edtf, Basis.CONTEXT)


@pytest.mark.parametrize(
    "surface",
    [
        *("", "since", "soon", "Monday", "13", "30 years", "for 30 years", "70.96 per cent", "2566", "1402"),
        *(
            "in 2019 and 2022",
            "2019, March and April",
            "13 2019",
            "30 February 2019",
            "2013-2011",
            "from June to March 2019",
        ),
        *("Friday, 14 September 2023", "2011-12", "03/04/2023", "March", "April 4", "last year", "the same year"),
        *("two years later", "in 2019 for 5 years", "after the elections of 2019", "$2019", "2,019 people"),
    ],
)
def test_what_cannot_be_told_is_not_guessed(surface: str) -> None:
    assert parse_when(surface, language="en") is None


@pytest.mark.parametrize(
    ("surface", "before", "published", "language"),
    [
        # As far from this June as from the last one.
        ("June", "", "2022-12-15", "en"),
        # The law is of long ago; the referendum is not.
        ("June", "It repealed a 2000 law. The referendum took place in ", "2022-12-15", "en"),
        # After a November comes the January of another year.
        ("January", "In November 2022 he left, and in ", None, "en"),
        ("November of the previous year", "In 2019 he left. ", "2022-08-20", "en"),
        # "Of last year", in a language whose phrases are not known.
        ("w październiku zeszłego roku", "", "2022-08-20", "pl"),
        ("last month", "", "2022", "en"),
    ],
)
def test_context_that_does_not_tell_is_not_used(
    surface: str, before: str, published: str | None, language: str
) -> None:
    publication = known(published) if published else None
    assert parse_when(surface, before=before, published=publication, language=language) is None


@pytest.mark.parametrize(("surface", "edtf"), [("He may resign in 2019", "2019"), ("a march in 2019", "2019")])
@pytest.mark.parametrize("language", ["en", None])
def test_a_word_that_looks_like_a_month_is_none(surface: str, edtf: str, language: str | None) -> None:
    assert parse_when(surface, language=language) == known(edtf)


def test_a_year_that_the_words_give_outweighs_a_phrase_only_if_they_agree() -> None:
    assert parse_when("two years later, in 2013", before="in 2011 ") == known("2013")
    assert parse_when("two years later, in 2014", before="in 2011 ") is None


@given(
    st.dates(), st.sampled_from(["{0:%d}.{0:%m}.{1}", "{1}-{0:%m}-{0:%d}", "{0:%d} {0:%B} {1}", "{0:%B} {0:%d}, {1}"])
)
def test_a_whole_date_is_read_in_each_way_of_writing(day: object, pattern: str) -> None:
    year = int(str(day)[:4])
    found = parse_when(pattern.format(day, str(day)[:4]), language="en")
    assert found == (known(str(day)) if 1500 <= year <= 2199 else None)


@given(
    st.text(alphabet="0123456789 -–/.,%$MarchJuneuntilsiofyearMonday年月日", max_size=40),
    st.text(alphabet="0123456789 -.,MarchinJuneé", max_size=40),
)
def test_any_words_are_a_date_or_none(surface: str, before: str) -> None:
    found = parse_when(surface, before=before, published=known("2022-08-20"))
    assert found is None or found.known
