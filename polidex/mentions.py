"""What the records of one document say that tells each thing in it from others: the mentions that are resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from polidex.cues import has_cue, lists
from polidex.identity.elections import ElectionProfile
from polidex.identity.judged import Profile
from polidex.identity.offices import OfficeProfile
from polidex.identity.organizations import OrganizationProfile
from polidex.identity.people import OfficeHint, PersonProfile
from polidex.identity.reforms import ReformProfile
from polidex.identity.settle import Told
from polidex.identity.statements import StatementProfile
from polidex.identity.steps import Step
from polidex.identity.tenures import TenureProfile
from polidex.page import Page
from polidex.phrases import roles_meant
from polidex.recording import Resolved
from schema import Election, Office, Organization, Person, Record, Reform, Statement, Tenure
from schema.vocabulary import RecordType, TenureStatus

R = TypeVar("R", bound=Record)


def mentions_of(page: Page, resolved: Sequence[Resolved]) -> list[Told]:
    """One mention for each thing that the records of a document speak of, in the order of their keys."""
    by_key: dict[str, list[Resolved]] = defaultdict(list)
    for each in resolved:
        by_key[each.key].append(each)
    whole = _Document(page, by_key)
    told = {key: whole.told(key, records) for key, records in by_key.items()}
    for phrase in whole.role_phrases():
        told.setdefault(phrase.profile.mention_id, phrase)
    return [told[key] for key in sorted(told)]


class _Document:
    """The records of one document, by mention."""

    def __init__(self, page: Page, by_key: dict[str, list[Resolved]]) -> None:
        self._page = page
        self._by_key = by_key
        self._published = page.version.published.latest

    def told(self, key: str, records: Sequence[Resolved]) -> Told:
        record = records[0].record
        document = self._page.version.document_id
        kind = records[0].record_type
        base: dict[str, Any] = {"mention_id": key, "document_id": document, "published": self._published}
        profile: Profile
        match record:
            case Person():
                names = sorted(
                    {name.name for each in self._all(records, Person) for name in each.names} - {record.name}
                )
                label = record.name
                profile = PersonProfile(
                    **base, names=(label, *names), country=record.country, offices=tuple(self._offices(key)),
                    birth=record.birth_date, death=record.death_date, namesake=self._is_namesake(records),
                )  # fmt: skip
            case Organization():
                label = record.name
                profile = OrganizationProfile(
                    **base,
                    name=label,
                    classification=record.classification,
                    country=record.country,
                    language=self._page.language,
                )
            case Office():
                label = record.name
                profile = OfficeProfile(
                    **base,
                    name=label,
                    role=record.role,
                    country=record.country,
                    language=self._page.language,
                    organization_id=record.organization_id,
                )
            case Tenure():
                label = self._office(record).name
                published = self._page.version.published
                # Left out for a day: two mentions that say the same in one year are compared as one.
                since = published.earliest if published.earliest != published.latest else None
                profile = TenureProfile(
                    **base, person_id=record.person_id, office_id=record.office_id, start=record.start, end=record.end,
                    status=record.status, acting=bool(record.acting), published_from=since,
                )  # fmt: skip
            case Reform():
                label = record.title
                every = self._all(records, Reform)
                steps = {event.id: event for each in every for event in each.events}
                measures = [measure for each in every for measure in each.measures]
                profile = ReformProfile(
                    **base, title=label, country=record.country or self._country_of(records[0], "title"),
                    area=record.area, instrument=record.legal_instrument, language=self._page.language,
                    events=tuple(
                        Step(status=event.status, date=event.date, decided_by=event.decided_by)
                        for event in steps.values()
                    ),
                    value_old=next((each.value_old for each in measures if each.value_old), None),
                    value_new=next((each.value_new for each in measures if each.value_new), None),
                )  # fmt: skip
            case Election():
                label = records[0].facts["type"].original or str(record.type)
                results = [result for each in self._all(records, Election) for result in each.results]
                winners = sorted({result.person_id for result in results if result.person_id and result.won})
                profile = ElectionProfile(
                    **base, type=record.type, country=record.country or self._country_of(records[0], "type"),
                    date=record.date, status=record.status,
                    early=record.early, winners=tuple(winners), words=label, language=self._page.language,
                    round=record.round,
                )  # fmt: skip
            case Statement():
                label = record.text
                profile = StatementProfile(
                    **base, speaker=record.speaker_id or record.speaker_surface, text=label, language=record.language,
                    date=record.date, form=record.form,
                )  # fmt: skip
        return Told(kind, label, profile)

    def _is_namesake(self, records: Sequence[Resolved]) -> bool:
        """Whether a sentence that names the person says that there is another of that name."""
        page = self._page
        spans = {(found.start, found.end) for each in records for found in each.facts["name"].spans}
        sentences = {page.around(span, back=0) for span in spans}
        return lists("namesake", page.language) and any(
            has_cue("namesake", page.words(sentence), page.language) for sentence in sentences
        )

    def _country_of(self, told: Resolved, field: str) -> str | None:
        """The country of the document, for what names none in its own sentence: enough to look for others like it."""
        [first, *_] = told.facts[field].spans
        named = self._page.countries(self._page.around((first.start, first.end), back=0))
        return None if named else self._page.main_country

    def role_phrases(self) -> Iterator[Told]:
        """For each speaker who is named by an office alone (`the prime minister`), somebody without a name."""
        for records in self._by_key.values():
            for each in records:
                statement = each.record
                if (
                    isinstance(statement, Statement)
                    and statement.speaker_id
                    and statement.speaker_id not in self._by_key
                ):
                    country = each.facts.get("speaker_country")
                    hints = tuple(
                        OfficeHint(
                            role=role, country=country.value if country else None, words=statement.speaker_surface,
                            status=TenureStatus.CURRENT,
                        )
                        for role in roles_meant(statement.speaker_surface, self._page.language)
                    )  # fmt: skip
                    profile = PersonProfile(
                        mention_id=statement.speaker_id, document_id=self._page.version.document_id,
                        published=self._published, names=(), offices=hints, country=country.value if country else None,
                    )  # fmt: skip
                    yield Told(RecordType.PERSON, statement.speaker_surface, profile)

    def _offices(self, person: str) -> Iterator[OfficeHint]:
        for records in self._by_key.values():
            for tenure in self._all(records, Tenure):
                if tenure.person_id == person:
                    office = self._office(tenure)
                    yield OfficeHint(
                        role=office.role, country=office.country, words=office.name, start=tenure.start,
                        end=tenure.end, status=tenure.status,
                    )  # fmt: skip

    def _office(self, tenure: Tenure) -> Office:
        [office, *_] = self._all(self._by_key[tenure.office_id], Office)
        return office

    @staticmethod
    def _all(records: Iterable[Resolved], kind: type[R]) -> list[R]:
        return [each.record for each in records if isinstance(each.record, kind)]
