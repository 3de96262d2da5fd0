"""When two documents speak of one reform: by what they say is changed, where, to what, and by steps that can follow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from polidex.identity.judged import Judged, Profile
from polidex.identity.reform_words import Likeness, Wording, compare, language_of, opposed, wording_of
from polidex.identity.steps import Step, is_next, may_follow
from polidex.spelling import words_of
from schema.base import Country, Text
from schema.vocabulary import Judgement, LegalInstrument, ReformArea

SAME_WORDS = 0.75
"""Least likeness of two wordings of one reform that say nothing against it."""
_LIKE_WORDS = 0.5
_MOST_WORDS = 0.6
_NEARLY_ALL = 0.9
_SAME_BUT_NUMBER = 0.8
_TWO_TOPICS = 1.5
"""Weight of two topics of which one is general: `term` of the `president`."""
_THREE_TOPICS = 2.5
_GENERAL = 0.5
"""Weight of one topic that is general."""

_NEAR_DAYS = 2 * 366
"""Days between two documents about one bill on its way."""
_SAME_STEP_DAYS = 183
"""Days between two documents that report one step of it."""
_SAME_STORY_DAYS = 270
"""Days between two documents that give one measure two numbers; next year's rise is another measure."""

_AREAS = (
    {ReformArea.PRESIDENCY, ReformArea.PARLIAMENT, ReformArea.GOVERNANCE},
    {ReformArea.PARLIAMENT, ReformArea.ELECTORAL_SYSTEM, ReformArea.PARTIES},
    {ReformArea.ELECTORAL_SYSTEM, ReformArea.LOCAL_GOVERNMENT, ReformArea.GOVERNANCE},
    {ReformArea.JUDICIARY, ReformArea.CRIMINAL_JUSTICE, ReformArea.CIVIL_LIBERTIES},
    {ReformArea.PRESIDENCY, ReformArea.ANTI_CORRUPTION, ReformArea.CRIMINAL_JUSTICE, ReformArea.GOVERNANCE},
    {ReformArea.SOCIAL_POLICY, ReformArea.ECONOMY, ReformArea.PROPERTY},
    {ReformArea.ELECTORAL_SYSTEM, ReformArea.CIVIL_LIBERTIES},
)
"""Areas that two readers of one measure may both mean."""
_LAWS = {
    LegalInstrument.LAW,
    LegalInstrument.LAW_REPEAL,
    LegalInstrument.PROGRAMME,
    LegalInstrument.CONSTITUTIONAL_AMENDMENT,
}


class ReformProfile(Profile):
    """A reform as one document tells it.

    Attributes:
        title: the document's own words for the change.
        country: the country that reforms; None where it is not known.
        language: of the title, ISO 639-1; None where it is not known.
        events: the steps that the document tells.
        value_old, value_new: what the measure was before and is after, in the document's words.
    """

    title: Text
    country: Country | None = None
    area: ReformArea = ReformArea.OTHER
    instrument: LegalInstrument = LegalInstrument.UNKNOWN
    language: str | None = None
    events: tuple[Step, ...] = ()
    value_old: str | None = None
    value_new: str | None = None

    def key(self) -> tuple[str, ...]:
        return self.country or "", " ".join(words_of(self.title)) or self.title

    def detail(self) -> int:
        """The number of its topics: `the pension bill` joins the fuller wording."""
        return len(self.wording.topics) + len(self.numbers_new)

    def blocks(self) -> frozenset[str]:
        """Country with two topics, or with a topic and a number; all topics together, for who names no country."""
        return _blocks(self.title, self.language, self.country, self.value_old, self.value_new)

    @property
    def wording(self) -> Wording:
        return wording_of(self.title, self.language)

    @property
    def spoken(self) -> str | None:
        """The language that its words are compared in."""
        return self.language or language_of(self.title)

    @property
    def numbers_old(self) -> frozenset[str]:
        return _numbers(self.value_old, self.language)

    @property
    def numbers_new(self) -> frozenset[str]:
        """The numbers of the new value; of a title with one number, that one."""
        given = _numbers(self.value_new, self.language)
        told = self.wording.numbers - self.numbers_old
        return given or (told if len(told) == 1 else frozenset())


@dataclass(frozen=True)
class _Pair:
    """Two profiles of two documents side by side."""

    one: ReformProfile
    other: ReformProfile
    words: Likeness

    @property
    def in_one_language(self) -> bool:
        return self.one.spoken == self.other.spoken

    @property
    def same_way(self) -> bool:
        """Whether both go one way; of two topics it is enough that one does not say: `sets up`, `establishes`."""
        ways, others = self.one.wording.ways, self.other.wording.ways
        several = len(self.one.wording.topics) > 1
        return ways == others or (several and not (ways and others))

    @property
    def same_number(self) -> bool:
        return bool(self.one.numbers_new & self.other.numbers_new)

    @property
    def same_values(self) -> bool:
        """Whether both are from one number to one other: that hardly ever happens twice in one field."""
        return self.same_number and bool(self.one.numbers_old & self.other.numbers_old)

    @property
    def other_number(self) -> bool:
        return bool(self.one.numbers_new and self.other.numbers_new) and not self.same_number

    @property
    def is_of_one_field(self) -> bool:
        areas = {self.one.area, self.other.area}
        return len(areas) == 1 or ReformArea.OTHER in areas or any(areas <= group for group in _AREAS)

    @property
    def in_one_form(self) -> bool:
        forms = {self.one.instrument, self.other.instrument} - {LegalInstrument.UNKNOWN}
        return len(forms) < 2 or forms <= _LAWS  # noqa: PLR2004 - a law and a decree

    @property
    def days(self) -> int:
        """Days between the two documents; 0 where one has no date."""
        first, second = self.one.published, self.other.published
        return abs((first - second).days) if first and second else 0

    @property
    def near(self) -> bool:
        return self.days <= (_NEAR_DAYS if self.is_next else _SAME_STEP_DAYS)

    @property
    def is_next(self) -> bool:
        return is_next(self.one.events, self.other.events)

    @property
    def again(self) -> bool:
        """Whether it may be the next of many: wages and pensions rise every year, an office is abolished once."""
        ways = self.one.wording.ways | self.other.wording.ways
        return not self.near and not self.same_number and bool(ways & {"up", "down"} or not ways)

    def speaks_against(self) -> str | None:
        """What makes two reforms of them, however alike they are worded."""
        one, other = self.one, self.other
        offices, other_offices = one.wording.offices, other.wording.offices
        if opposed(one.wording, other.wording):
            return "opposite_changes"
        if offices and other_offices and not offices & other_offices:
            return "of_other_offices"
        if one.numbers_old and other.numbers_old and not one.numbers_old & other.numbers_old:
            return "changed_from_other_values"
        if self.other_number and (one.numbers_new & other.numbers_old or other.numbers_new & one.numbers_old):
            return "one_after_the_other"
        if not may_follow(one.events, one.published, other.events, other.published):
            return "steps_too_far_apart"
        return None


def judge(one: ReformProfile, other: ReformProfile) -> Judged | None:
    """Whether two mentions are of one reform. Without a block in common there is no answer.

    Two of one document are one only in the same words: a package has many measures that sound alike.
    """
    elsewhere = one.country and other.country and one.country != other.country
    if elsewhere or not one.blocks() & other.blocks():
        return None
    if one.document_id == other.document_id:
        if _says_the_same(one, other):
            return Judged(Judgement.POSITIVE, "same_words_in_one_document", 1.0)
        return Judged(Judgement.NEGATIVE, "two_changes_of_one_document", 1.0)
    words = compare(one.wording, other.wording, one_language=one.spoken == other.spoken)
    pair = _Pair(one, other, words)
    if against := pair.speaks_against():
        return Judged(Judgement.NEGATIVE, against, words.alike) if words.alike >= SAME_WORDS else None
    if words.swapped >= (1.0 if pair.same_values else _GENERAL) and words.alike < _SAME_BUT_NUMBER:
        return None
    rule = _in_one_language if pair.in_one_language else _across_languages
    return _without_country(pair) if one.country is None or other.country is None else rule(pair)


def _in_one_language(pair: _Pair) -> Judged | None:
    return _other_numbers(pair) if pair.other_number else _surely(pair) or _perhaps(pair)


def _surely(pair: _Pair) -> Judged | None:
    words = pair.words
    clear = words.alike >= _NEARLY_ALL or not words.narrowed
    if not clear or words.shared < _TWO_TOPICS or pair.again or not (pair.is_of_one_field and pair.in_one_form):
        return None
    if pair.same_number and words.alike >= _LIKE_WORDS:
        return Judged(Judgement.POSITIVE, "same_words_and_number", max(words.alike, SAME_WORDS))
    if words.alike >= SAME_WORDS:
        return Judged(Judgement.POSITIVE, "same_words", words.alike)
    return None


def _perhaps(pair: _Pair) -> Judged | None:
    """By the first rule: fewer words, other words, or one topic; only as long as nothing else fits as well."""
    words, several = pair.words, pair.words.shared >= _TWO_TOPICS
    near = pair.near and pair.is_of_one_field
    part = words.covered >= 1.0 and words.alike >= _LIKE_WORDS
    most = words.alike >= _MOST_WORDS and words.shared >= 2.0  # noqa: PLR2004 - two topics that are not general
    counted = pair.same_number and words.shared >= 1.0 and (words.covered >= 1.0 or pair.same_values)
    rules = (
        (several and words.alike >= _NEARLY_ALL, "same_words_other_field", 0.8),
        (near and words.alike >= 1.0 and pair.same_way, "same_few_words", 0.7),
        (near and several and (part or most), "part_of_the_words", 0.7 * words.alike),
        (near and counted and (pair.same_values or pair.is_next), "same_topic_and_number", 0.6),
    )
    fitting = (Judged(Judgement.POSITIVE, rule, score, weak=True) for fits, rule, score in rules if fits)
    return None if pair.again else next(fitting, None)


def _other_numbers(pair: _Pair) -> Judged | None:
    """One measure with two numbers, in documents of one story: sources that differ, to be shown as a conflict."""
    words = pair.words
    from_one_value = bool(pair.one.numbers_old & pair.other.numbers_old)
    told = words.shared >= (1.0 if from_one_value else _TWO_TOPICS)
    least = _MOST_WORDS if from_one_value else _SAME_BUT_NUMBER
    if told and words.alike >= least and pair.is_of_one_field and pair.days <= _SAME_STORY_DAYS:
        return Judged(Judgement.POSITIVE, "same_words_other_number", 0.8 * words.alike, weak=True)
    return None


def _across_languages(pair: _Pair) -> Judged | None:
    """Two languages share subjects, names and numbers: enough only for a near document and a wording that fits."""
    words = pair.words
    whole = words.alike >= 1.0 and pair.same_way and (pair.same_number or bool(pair.one.wording.ways))
    enough = pair.same_values or whole or words.shared >= _TWO_TOPICS
    if not (enough and pair.is_of_one_field and pair.near and pair.in_one_form):
        return None
    if pair.other_number:
        return _other_numbers(pair)
    if pair.same_values or words.alike >= (_MOST_WORDS if pair.same_number else SAME_WORDS):
        return Judged(Judgement.POSITIVE, "same_subjects_in_two_languages", 0.8 * words.alike, weak=True)
    return None


def _without_country(pair: _Pair) -> Judged | None:
    """Where a document does not say whose reform it is, only the whole of its words can."""
    words, countries = pair.words, {pair.one.country, pair.other.country}
    if pair.other_number or words.alike < 1.0 or not (pair.is_of_one_field and pair.near and pair.in_one_language):
        return None
    if words.shared >= (_TWO_TOPICS if countries == {None} else _THREE_TOPICS):
        return Judged(Judgement.POSITIVE, "same_words_without_country", 0.7, weak=True)
    return None


def _says_the_same(one: ReformProfile, other: ReformProfile) -> bool:
    said = [(each.wording, each.country, _numbers(each.value_new, each.language)) for each in (one, other)]
    return said[0] == said[1]


def _numbers(value: str | None, language: str | None) -> frozenset[str]:
    return wording_of(value, language).numbers if value else frozenset()


@lru_cache(maxsize=65536)
def _blocks(
    title: str, language: str | None, country: str | None, value_old: str | None, value_new: str | None
) -> frozenset[str]:
    wording, where = wording_of(title, language), country or "?"
    topics = sorted(wording.topics)
    counted = wording.numbers | _numbers(value_old, language) | _numbers(value_new, language)
    pairs = combinations(topics, 2) if len(topics) > 1 else ((topic, "") for topic in topics)
    blocks = {f"{where} {left} {right}".rstrip() for left, right in pairs}
    blocks |= {f"{where} {topic} {number}" for topic in topics for number in counted}
    if len(topics) > 1:
        blocks.add("* " + " ".join(topics))
    return frozenset(blocks)
