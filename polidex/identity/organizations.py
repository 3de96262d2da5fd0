"""Which names are one organization: by what their words mean, by an acronym, or with the word `party` left out."""

from __future__ import annotations

from polidex.cues import cue_words
from polidex.identity.judged import Judged, Profile
from polidex.identity.words import beyond, classifications, concepts_of, naming, of_kind, plain_words
from schema.base import Country, Language, Text
from schema.vocabulary import Judgement, OrganizationKind

_OF_A_STATE = frozenset(
    {"government", "council_of_ministers", "cabinet", "ministry", "parliament", "assembly", "congress", "senate"}
    | {"lower_house", "upper_house", "chamber", "committee", "party", "supreme_court", "constitutional_court", "court"}
    | {"central_bank", "security_council"}
)
"""Bodies that every state has its own of."""
_MANY = frozenset(
    {"committee", "commission", "council", "chamber", "house", "party", "ministry", "court", "bank", "company"}
    | {"newspaper", "assembly"}
)
"""Bodies of which a state has many: `the committee` does not say which."""
_LEFT_OUT = frozenset({"body:party", "body:company", "body:newspaper"})
"""Kinds that a name goes without: `Nur Otan party`, `Nur Otan`."""
_LONGEST_ACRONYM = 6
_SHORTEST_ACRONYM = 2
_MOST_TELLING = (
    *("committee", "party", "court", "supreme_court", "constitutional_court", "european_parliament", "ministry"),
    *("senate", "lower_house", "upper_house", "chamber", "parliament", "assembly", "congress", "newspaper"),
    *("council_of_ministers", "cabinet", "government", "company", "bank"),
)
"""Which body gives the classification of a name that has several: a committee of the Senate is a committee."""


class OrganizationProfile(Profile):
    """A body as one document names it.

    Attributes:
        name: as the document has it, with the country that may stand in it: `Kenyan Senate`.
        classification: what kind of body the words say it is.
        country: its country, as ISO 3166-1 code; None when it has none or none is known.
        language: of the name, ISO 639-1; None is taken for any.
    """

    name: Text
    classification: OrganizationKind
    country: Country | None = None
    language: Language | None = None

    @property
    def meaning(self) -> frozenset[str]:
        """What its words mean, without order and without its own country."""
        return concepts_of(self.name, self.language, self.country)

    @property
    def acronym(self) -> str | None:
        """The name in small letters, where it is an acronym: `imf`."""
        word = self.name.replace(".", "").strip()
        fits = _SHORTEST_ACRONYM <= len(word) <= _LONGEST_ACRONYM
        return word.casefold() if fits and word.isalpha() and word.isupper() else None

    @property
    def initials(self) -> frozenset[str]:
        """The acronyms that its words make, with and without the small ones; of two words or more."""
        words = plain_words(self.name)
        small = {word.casefold() for word in cue_words("small", self.language or "en")}
        kept = [word for word in words if word.casefold() not in small]
        made = {"".join(word[0] for word in each).casefold() for each in (words, kept) if len(each) > 1}
        return frozenset(each for each in made if _SHORTEST_ACRONYM <= len(each) <= _LONGEST_ACRONYM)

    def key(self) -> tuple[str, ...]:
        return (" ".join(sorted(self.meaning)), "" if _is_beyond(self.meaning) else self.country or "")

    def detail(self) -> int:
        """More where it says of which country it is, and in full."""
        return (self.country is not None) + (self.acronym is None) + bool(of_kind(self.meaning, "body"))

    def blocks(self) -> frozenset[str]:
        state = "" if _is_beyond(self.meaning) or naming(self.meaning) else self.country or ""
        short = {self.acronym} - {None} | self.initials
        return frozenset({f"organization|{state}|{_core(self.meaning)}"} | {f"organization||{each}" for each in short})


def judge(one: OrganizationProfile, other: OrganizationProfile) -> Judged | None:
    """Whether two documents name one organization; None when their names do not say so.

    What every state has (`Senate`) is one only in one country; what has a name of its own may also lack its country.
    """
    if one.meaning == other.meaning:
        return _of_one_meaning(one, other)
    apart = one.country and other.country and one.country != other.country
    if apart:
        return None
    if _core(one.meaning) == _core(other.meaning) and naming(one.meaning) and _may_lack(one.meaning, other.meaning):
        return Judged(Judgement.POSITIVE, "kind_left_out", 0.9, weak=True)
    if (one.acronym in other.initials) or (other.acronym in one.initials):
        return Judged(Judgement.POSITIVE, "acronym", 0.8, weak=True)
    return None


def classification_of(name: str, language: str | None) -> OrganizationKind:
    """What kind of body a name says it is, by its general words; OTHER where it has none."""
    bodies = of_kind(concepts_of(name, language, None), "body")
    told = next((body for body in _MOST_TELLING if body in bodies), None)
    told = told or next(iter(sorted(bodies & beyond())), None)
    return OrganizationKind(classifications()[told]) if told else OrganizationKind.OTHER


def _of_one_meaning(one: OrganizationProfile, other: OrganizationProfile) -> Judged | None:
    same = Judged(Judgement.POSITIVE, "same_words", 1.0)
    if _is_beyond(one.meaning):
        return same
    bodies, named = of_kind(one.meaning, "body"), naming(one.meaning)
    if one.country and one.country == other.country:
        return same if named or of_kind(one.meaning, "portfolio") or bodies - _MANY else None
    if not named:
        return None
    if one.country and other.country:
        return Judged(Judgement.NEGATIVE, "another_country", 1.0) if bodies & _OF_A_STATE else None
    if one.country or other.country:
        return Judged(Judgement.POSITIVE, "same_words_country_unsaid", 0.9, weak=True)
    return None if bodies & _OF_A_STATE else same


def _core(meaning: frozenset[str]) -> str:
    return " ".join(sorted(meaning - _LEFT_OUT or meaning))


def _may_lack(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether only one of two names says its kind: `Nur Otan party` and `Nur Otan company` are two things."""
    return not (one & _LEFT_OUT and other & _LEFT_OUT)


def _is_beyond(meaning: frozenset[str]) -> bool:
    return bool(of_kind(meaning, "body") & beyond())
