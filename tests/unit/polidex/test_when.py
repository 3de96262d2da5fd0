"""Words for dates: what the words say, what the text before and the publication add, and what cannot be told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polidex.when import parse_when, says_range
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
        ("mid-2023", "2023"),
        ("the early 1990s", "199X"),
        ("by the end of 2024", "../2024"),
        ("no later than June 2023", "../2023-06"),
        ("not before 2024", "2024/.."),
        ("2019-present", "2019/.."),
        ("2019 –", "2019/.."),
        ("in the first half of 2022", "2022-01/2022-06"),
        ("by the first half of 2023", "../2023-06"),
        ("Q3 2022", "2022-07/2022-09"),
        ("in the spring of 2022", "2022-21"),
        ("winter 2022", "2022-24"),
        ("the fall of 2022", "2022-23"),
        # A season in a name, and a fall that is none.
        ("the Arab Spring of 2011", "2011"),
        ("the fall of the government in 2022", "2022"),
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
        ("the following day", "On 3 March 2019 he spoke; ", "2019-03-04"),
        ("the day before", "On 3 March 2019 he spoke; ", "2019-03-02"),
        ("that same day", "On the 3rd of March 2019 he spoke; ", "2019-03-03"),
        ("in May of the following year", CAREER, "2000-05"),
        ("the previous month", CAREER, "1999-02"),
        ("the year before", CAREER, "1998"),
        ("later that year", CAREER, "1999"),
        ("by the end of the year", CAREER, "../1999"),
        ("November of the previous year", "In 2019 he left. ", "2018-11"),
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
        # What goes on since a month cannot have begun in one that is to come.
        ("since November", "2022-08-20", "2021-11/.."),
        ("since March", "2022-08-20", "2022-03/.."),
        ("since last year", "2022-08-20", "2021/.."),
        ("until next year", "2022-08-20", "../2023"),
        ("since last week", "2022-08-20", "2022-08/.."),
        ("on Tuesday", "2022-08-20", "2022-08-16"),
        ("Saturday", "2022-08-20", "2022-08-20"),
        ("until Friday", "2022-08-20", "../2022-08-26"),
        ("last Tuesday", "2022-08-20", "2022-08-16"),
        ("last Saturday", "2022-08-20", "2022-08-13"),
        ("next Saturday", "2022-08-20", "2022-08-27"),
        ("on Tuesday last week", "2022-08-20", "2022-08-09"),
        ("last week", "2022-08-20", "2022-08-08/2022-08-14"),
        ("last weekend", "2022-08-20", "2022-08-13/2022-08-14"),
        ("the day before yesterday", "2022-03-01", "2022-02-27"),
        ("last night", "2022-03-01", "2022-02-28"),
        ("earlier this year", "2022-08-20", "2022"),
        ("last March", "2022-08-20", "2022-03"),
        ("last August", "2022-08-20", "2021-08"),
        ("next March", "2022-08-20", "2023-03"),
        ("this spring", "2022-08-20", "2022-21"),
        ("next spring", "2022-01-20", "2022-21"),
        ("spring of last year", "2022-08-20", "2021-21"),
        ("in the first half of this year", "2022-08-20", "2022-01/2022-06"),
        ("second half of the year", "2022-08-20", "2022-07/2022-12"),
        ("by the end of the year", "2022-08-20", "../2022"),
        ("by year-end", "2022-08-20", "../2022"),
        ("about three years ago", "2022-08-20", "2019~"),
        ("more than three years ago", "2022-08-20", "2019~"),
        ("two decades ago", "2022-08-20", "2002~"),
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
        # "Of last year", in a language whose phrases are not known.
        ("w październiku ubiegłego roku", "", "2022-08-20", "pl"),
        # In the north and in the south the next spring is of another year.
        ("next spring", "", "2022-08-20", "en"),
        ("this winter", "", "2022-01-20", "en"),
        ("on Tuesday", "", "2022-08", "en"),
        ("the past year", "", "2022-08-20", "en"),
        ("half a year later", CAREER, "2022-08-20", "en"),
        ("two and a half years later", CAREER, "2022-08-20", "en"),
        ("next Monday and Tuesday", "", "2022-08-20", "en"),
        ("last year and this year", "", "2022-08-20", "en"),
        ("Tuesday he recalled last year", "", "2022-08-20", "en"),
        ("last month", "", "2022", "en"),
    ],
)
def test_context_that_does_not_tell_is_not_used(
    surface: str, before: str, published: str | None, language: str
) -> None:
    publication = known(published) if published else None
    assert parse_when(surface, before=before, published=publication, language=language) is None


@pytest.mark.parametrize(
    ("language", "surface", "before", "edtf"),
    [
        ("de", "im vergangenen Monat", "", "2022-07"),
        ("de", "im März dieses Jahres", "", "2022-03"),
        ("de", "bis Ende des Jahres", "", "../2022"),
        ("de", "vor zwei Jahren", "", "2020"),
        ("de", "im Herbst des vergangenen Jahres", "", "2021-23"),
        ("de", "im ersten Halbjahr 2022", "", "2022-01/2022-06"),
        ("de", "am kommenden Sonntag", "", "2022-08-21"),
        ("de", "im Juni desselben Jahres", "Am 3. März 2019 trat er zurück; ", "2019-06"),
        ("de", "am folgenden Tag", "Am 3. März 2019 trat er zurück; ", "2019-03-04"),
        ("es", "el mes pasado", "", "2022-07"),
        ("es", "en junio de este año", "", "2022-06"),
        ("es", "hace dos años", "", "2020"),
        ("es", "a finales de año", "", "2022"),
        ("es", "primer semestre de 2022", "", "2022-01/2022-06"),
        ("es", "el martes pasado", "", "2022-08-16"),
        ("es", "desde marzo", "", "2022-03/.."),
        ("es", "dos años después", "El 3 de marzo de 2019 dimitió; ", "2021"),
        ("es", "al día siguiente", "El 3 de marzo de 2019 dimitió; ", "2019-03-04"),
        ("fr", "l'année dernière", "", "2021"),
        ("fr", "d'ici la fin de l'année", "", "../2022"),
        ("fr", "il y a deux ans", "", "2020"),
        ("fr", "au printemps 2022", "", "2022-21"),
        ("fr", "à l'été 2019", "", "2019-22"),
        ("fr", "a été 2019", "", "2019"),
        ("fr", "mardi", "", "2022-08-16"),
        ("fr", "en juin de la même année", "Le 3 mars 2019 il démissionna; ", "2019-06"),
        ("fr", "le lendemain", "Le 3 mars 2019 il démissionna; ", "2019-03-04"),
        ("ru", "в октябре прошлого года", "", "2021-10"),
        ("ru", "до конца года", "", "../2022"),
        ("ru", "к концу 2024 года", "", "../2024"),
        ("ru", "два года назад", "", "2020"),
        ("ru", "летом прошлого года", "", "2021-22"),
        ("ru", "на прошлой неделе", "", "2022-08-08/2022-08-14"),
        ("ru", "в следующий вторник", "", "2022-08-23"),
        ("ru", "с 2019 года по настоящее время", "", "2019/.."),
        ("ru", "в июне того же года", "3 марта 2019 года он ушёл; ", "2019-06"),
        ("ru", "спустя два года", "3 марта 2019 года он ушёл; ", "2021"),
        ("ru", "годом ранее", "3 марта 2019 года он ушёл; ", "2018"),
    ],
)
def test_phrases_of_other_languages(language: str, surface: str, before: str, edtf: str) -> None:
    found = parse_when(surface, before=before, published=known("2022-08-20"), language=language)
    assert found and found.edtf == edtf
    stated = any(word.isdecimal() for word in surface.split())
    assert found.basis is (Basis.STATED if stated else Basis.CONTEXT)


@pytest.mark.parametrize(
    ("sentence", "edtf"),
    [
        ("Parliament will vote on Tuesday.", "2022-08-23"),
        ("A vote is to be held on Tuesday.", "2022-08-23"),
        ("Parliament voted on Tuesday.", "2022-08-16"),
        ("Parliament said, on Tuesday it will vote.", "2022-08-23"),
        ("The law will change, Ada Moro said on Tuesday.", "2022-08-16"),
        ("Ada Moro said on Tuesday that the law will change.", "2022-08-16"),
        ("Ada Moro told reporters on Tuesday the law will change.", "2022-08-16"),
        ("She said the law will change on Tuesday.", "2022-08-23"),
    ],
)
def test_a_bare_day_of_the_week_is_to_come_where_its_sentence_says_so(sentence: str, edtf: str) -> None:
    found = parse_when("on Tuesday", sentence=sentence, published=known("2022-08-20"), language="en")
    assert found == WorldDate.from_edtf(edtf, Basis.CONTEXT)


@pytest.mark.parametrize(
    ("surface", "is_range"),
    [
        *(("2011-2013", True), ("from March to June 2019", True), ("2019", True), ("March last year", False)),
        *(("last week", False), ("the first half of 2022", False), ("the third quarter of this year", False)),
    ],
)
def test_a_stretch_of_time_is_no_range(surface: str, is_range: bool) -> None:
    assert says_range(surface, "en") is is_range


@settings(max_examples=40)
@given(st.dates(date(1900, 1, 8), date(2100, 1, 1)), st.integers(0, 6), st.sampled_from(["last", "next", "on"]))
def test_a_day_of_the_week_is_that_day_and_near(published: date, number: int, word: str) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[number]
    found = parse_when(f"{word} {name}", published=known(published.isoformat()), language="en")
    assert found and found.earliest and found.earliest == found.latest
    away = (found.earliest - published).days
    assert found.earliest.weekday() == number
    assert {"last": -7 <= away < 0, "next": 0 < away <= 7, "on": -7 < away <= 0}[word]


@settings(max_examples=40)
@given(st.dates(date(1900, 3, 1), date(2100, 1, 1)), st.integers(1, 40), st.sampled_from(["year", "month", "day"]))
def test_so_long_ago_and_so_long_after_that_is_the_day_of_publication(published: date, count: int, unit: str) -> None:
    ago = parse_when(f"{count} {unit}s ago", published=known(published.isoformat()), language="en")
    assert ago and ago.edtf
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
    names = (*months, "November", "December")
    told = [int(number) for number in ago.edtf.split("-")]
    words = " ".join([*(str(day) for day in told[2:]), *(names[month - 1] for month in told[1:2]), str(told[0])])
    back = parse_when(f"{count} {unit}s later", before=f"It began in {words}; ", language="en")
    assert back and back.edtf == published.isoformat()[: len(ago.edtf)]


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


@pytest.mark.parametrize(
    ("words", "before", "expected"),
    [
        ("since then", "She ruled until November 2008. Ben Ito, mayor ", "2008-11/.."),
        ("then", "It was founded in March 2016. Its leader since ", "2016-03"),
        ("then", "He was", None),
        ("then and now", "It was founded in March 2016. ", None),
        ("that night", "They voted on 6 November 1993. He wept ", "1993-11-06"),
        ("that night", "They voted in November 1993. He wept ", None),
        ("June", "Ben Ito, who had held the post since February 2014, resigned in ", "2016-06"),
        ("June", "Ben Ito, who was elected in February 2014, resigned in ", "2014-06"),
    ],
)
def test_then_and_that_night_are_the_last_date_and_a_start_gives_no_year_to_what_follows(
    words: str, before: str, expected: str | None
) -> None:
    published = WorldDate.from_edtf("2016-07-06", Basis.STATED)
    found = parse_when(words, before=before, published=published, language="en")
    assert (found.edtf if found else None) == expected
