"""What a document's drafts become: nothing of a refused one stays, no author is a person, two people are two."""

from __future__ import annotations

from extractors.offices import TenureDraft
from extractors.people import PersonDraft
from extractors.reforms import ReformDraft
from polidex.identity.reforms import ReformProfile
from polidex.page import Page
from polidex.resolve import Resolution, resolve
from schema import Office, Person, Tenure
from schema.vocabulary import Basis, NameKind, QuarantineReason, ReformArea, ReformStatus
from tests.unit.polidex.told import grounded, page

LIFE = (
    "Ada Moro met Kazakh voters in Kazakhstan. In March 1999, Ada Moro became Deputy Prime Minister of Kazakhstan, and "
    "in October of the same year she became Prime Minister. In 2002, she returned to diplomacy as Minister of Foreign "
    "Affairs, and in January 2007 she became Speaker of the Senate of the Parliament. "
    "Moro was once again holding the post of the Speaker of the Senate of the Parliament in 2013. She worked in this "
    "position until March 2019."
)


def resolved(about: Page, *drafts: PersonDraft | TenureDraft) -> Resolution:
    return resolve(about, grounded(about, *drafts))


def held(person: str, office: str, start: str = "", end: str = "") -> TenureDraft:
    return TenureDraft(person=person, office=office, start=start, end=end)


def test_the_life_of_an_official_is_told_with_dates_and_countries() -> None:
    senate = "Speaker of the Senate of the Parliament"
    done = resolved(
        page(LIFE),
        PersonDraft(name="Ada Moro", office=""),
        held("Ada Moro", "Deputy Prime Minister of Kazakhstan", "March 1999"),
        held("Ada Moro", "Prime Minister", "October of the same year"),
        held("Ada Moro", senate, "January 2007"),
        held("Moro", f"the post of the {senate}".removeprefix("the post of the "), "2013", "until March 2019"),
    )
    offices = {each.record.id: each.record for each in done.resolved if isinstance(each.record, Office)}
    spells = {
        (
            offices[each.record.office_id].name,
            offices[each.record.office_id].country,
            each.record.start.edtf,
        ): each.record
        for each in done.resolved
        if isinstance(each.record, Tenure)
    }
    assert spells[("Prime Minister", "KZ", "1999-10")].start.basis is Basis.CONTEXT
    assert (senate, "KZ", "2007-01") in spells
    assert spells[(senate, "KZ", "2013")].end.edtf == "2019-03"


def test_a_guest_is_of_his_own_country_and_a_minister_of_the_one_he_is_said_to_serve() -> None:
    about = page(
        "Kazakhstan held talks in Kazakhstan. French President Guy Orr came. President Guy Orr spoke. "
        "The Minister of Foreign Affairs, Guy Orr, left. The Minister of Foreign Affairs, Dan Ito, stayed."
    )
    spells = [held("Guy Orr", office) for office in ("French President", "President", "Minister of Foreign Affairs")]
    done = resolved(about, *spells, held("Dan Ito", "Minister of Foreign Affairs"))
    found = {(each.record.name, each.record.country) for each in done.resolved if isinstance(each.record, Office)}
    assert found == {("President", "FR"), ("Minister of Foreign Affairs", "FR"), ("Minister of Foreign Affairs", None)}


def test_of_a_spell_that_breaks_a_rule_no_office_and_no_person_stays() -> None:
    done = resolved(
        page("Ada Moro was mayor of Tarn from 2019 until 2004, they say."), held("Ada Moro", "mayor", "2019", "2004")
    )
    assert not done.resolved
    assert [each.reason for each in done.refused] == [QuarantineReason.RULE_VIOLATED]


def test_an_author_is_no_person_for_what_a_draft_says_of_him() -> None:
    about = page("By Dan Orr, editor\n\nAda Moro was mayor for four years.", byline=["Dan Orr"])
    done = resolved(about, held("Dan Orr", "editor"), held("Ada Moro", "mayor"))
    names = [each.record.name for each in done.resolved if isinstance(each.record, Person)]
    assert names == ["Ada Moro"]


def test_a_name_of_one_word_is_never_full() -> None:
    done = resolved(page("Moro, the mayor, spoke to the voters for a long while."), held("Moro", "mayor"))
    [person] = [each.record for each in done.resolved if isinstance(each.record, Person)]
    assert [name.kind for name in person.names] == [NameKind.SHORT]


def test_every_record_is_of_one_mention_and_refers_to_mentions_of_its_document() -> None:
    done = resolved(page(LIFE), held("Ada Moro", "Deputy Prime Minister of Kazakhstan", "March 1999"))
    mentions = {each.profile.mention_id: each.record_type for each in done.mentions}
    assert sorted(mentions.values()) == ["office", "person", "tenure"]
    [spell] = [each.record for each in done.resolved if isinstance(each.record, Tenure)]
    assert (mentions[spell.person_id], mentions[spell.office_id]) == ("person", "office")
    assert {each.key for each in done.resolved} == set(mentions)


def test_a_reform_that_names_no_country_is_compared_as_one_of_the_country_of_its_document() -> None:
    text = "Kenya voted. Kenya changed. The draft cut the threshold for parties in the Bunge to 5 percent."
    given = {"change": "cut the threshold for parties in the Bunge to 5 percent", "area": ReformArea.PARTIES}
    draft = ReformDraft.model_validate({**given, "status": ReformStatus.ADOPTED})
    about = page(text)
    [told] = resolve(about, grounded(about, draft)).mentions
    assert isinstance(told.profile, ReformProfile)
    assert told.profile.country == "KE"
    elsewhere = page(text.replace("The draft", "In France and in Chad the draft"))
    [told] = resolve(elsewhere, grounded(elsewhere, draft)).mentions
    assert isinstance(told.profile, ReformProfile)
    assert told.profile.country != "KE"
