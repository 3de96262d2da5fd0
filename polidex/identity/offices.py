"""Which titles are one post: by what their words mean, in any language, not by how they are worded."""

from __future__ import annotations

from functools import cached_property, lru_cache

from polidex.identity.judged import Judged, Profile
from polidex.identity.words import beyond, concepts_of, heads, kind_of, naming, of_kind
from schema.base import Country, Language, Text
from schema.vocabulary import Judgement, OfficeBranch, OfficeLevel, OfficeRole

_LEADING = frozenset({"president", "chair", "speaker", "head"})
"""What one who leads a chamber, its speaker, or a government may be called; the `leader of the House` is another."""
_CHAMBERS = frozenset({"parliament", "assembly", "congress", "senate", "lower_house", "upper_house", "chamber"})
_CABINETS = frozenset({"government", "council_of_ministers"})
_IN_PLACE_OF = frozenset({"acting", "elect", "co"})
_COURTS = frozenset({"court", "supreme_court", "constitutional_court"})
_MINISTERS = frozenset({"minister", "minister_of_state"})
_WITH_A_FIELD = _MINISTERS | {"chair", "chancellor", "commissioner"}
"""Whose field of work says which of them it is."""
_MEMBERS = frozenset({"member_of_parliament", "senator"})
_SENT = frozenset({"ambassador", "envoy", "representative"})
"""Who is sent to a body beyond a country is still of a country."""
_SAME_WORDS = "same_words"
_MANY = frozenset({"committee", "commission", "council", "chamber", "party", "ministry", "court", "bank", "company"})
"""Bodies of which a state has many: their name alone does not say which."""


class OfficeProfile(Profile):
    """A post as one document names it.

    Attributes:
        name: without its country where that stands at one end: `Minister of Defence`.
        role: what the text's words say that the holder does.
        country: the country whose post it is, as ISO 3166-1 code; None when it has none or none is known.
        organization_id: canonical id of the organization that the document puts it in.
        language: of the name, ISO 639-1; None is taken for any.
    """

    name: Text
    role: OfficeRole
    country: Country | None = None
    organization_id: Text | None = None
    language: Language | None = None

    @property
    def meaning(self) -> frozenset[str]:
        """What its words mean: equal meanings in one country are one post."""
        return meaning_of(self.name, self.language, self.country)

    @property
    def state(self) -> str:
        """Its country; empty for what is known to be beyond countries, wherever its holder is from."""
        return "" if _is_beyond(self.meaning) else self.country or ""

    def key(self) -> tuple[str, ...]:
        return (" ".join(sorted(self.meaning)), self.state)

    def detail(self) -> int:
        """More where it says whose post it is: of which country and organization, and not only that of a head."""
        heads_only = bool(of_kind(self.meaning, "function") & heads().keys())
        return (self.country is not None) + (self.organization_id is not None) + (not heads_only)

    def blocks(self) -> frozenset[str]:
        return self._blocks

    @cached_property
    def _blocks(self) -> frozenset[str]:
        led = _led(self.meaning)
        found = {f"office|{self.state}|{led}"}
        if _tells_its_place(self):
            found.add(f"office|*|{led}")
        if role := head_role(self.meaning):
            ranks = " ".join(sorted(of_kind(self.meaning, "rank")))
            found.add(f"office|{self.state}|{role}|{ranks}")
        return frozenset(found)


def judge(one: OfficeProfile, other: OfficeProfile) -> Judged | None:
    """Whether two documents name one post; None when their words do not say so.

    In one country equal meanings are one post, and so is whatever names its only head of state or of government. A post
    without a name of its own (`chairman`) is that of its organization. A mayor is also told by the city, where a text
    leaves the country out, and who leads an international body by the body.
    """
    alike = _alike(one.meaning, other.meaning)
    if alike is None or _is_beyond(one.meaning):
        return alike
    if one.country is None or one.country != other.country:
        return _by_its_place(one, other) if alike.method == _SAME_WORDS else None
    bodies = {one.organization_id, other.organization_id}
    if is_generic(one.meaning) and len(bodies) > 1:
        if None not in bodies:
            return Judged(Judgement.NEGATIVE, "another_organization", alike.score)
        return Judged(Judgement.POSITIVE, alike.method, 0.8, weak=True)
    if len(bodies) > 1 and "function:president" in one.meaning & other.meaning and head_role(one.meaning):
        # One text says of what: it may be no state.
        return None
    return alike


def _by_its_place(one: OfficeProfile, other: OfficeProfile) -> Judged | None:
    """What is said of equal words that are not known to be of one country."""
    if not (_tells_its_place(one) and _tells_its_place(other)):
        return None
    if one.country and other.country:
        return Judged(Judgement.NEGATIVE, "another_country", 1.0)
    return Judged(Judgement.POSITIVE, "same_place", 0.9, weak=one.country != other.country)


def may_be_one_in_a_text(one: str, other: str, language: str | None, country: str | None) -> bool:
    """Whether two titles that one text gives one person may be one post: it also calls the `mayor of Tarn` the `mayor`.

    Args:
        country: the one country that the text says of either; None where it says none.
    """
    if _alike(*(meaning_of(name, language, country) for name in (one, other))):
        return True
    left, right = (concepts_of(name, language, country) for name in (one, other))
    return of_kind(left, "rank") == of_kind(right, "rank") and (left <= right or right <= left)


@lru_cache(maxsize=65536)
def meaning_of(name: str, language: str | None, country: str | None) -> frozenset[str]:
    """What the words of a title mean, with one word for each function that has several.

    Who chairs or presides over a chamber is its speaker; who leads a government is its head; a secretary for a field
    of work, and who heads its ministry, is its minister.
    """
    concepts = concepts_of(name, language, country)
    functions, bodies = of_kind(concepts, "function"), of_kind(concepts, "body")
    kept = frozenset(concept for concept in concepts if kind_of(concept) != "function")
    if len(functions) == 1 and functions <= _LEADING and bodies:
        if bodies <= _CHAMBERS:
            return kept | {"function:speaker"}
        if bodies <= _CABINETS and not of_kind(concepts, "portfolio"):
            return _without_bodies(kept) | {"function:head_of_government"}
    if of_kind(concepts, "portfolio") and not naming(concepts):
        secretary = functions in ({"secretary"}, {"secretary_of_state"}) and not bodies
        head = functions in ({"head"}, {"minister"}) and bodies == {"ministry"}
        if secretary or head:
            return _without_bodies(kept) | {"function:minister"}
    return concepts


@lru_cache(maxsize=65536)
def head_role(meaning: frozenset[str]) -> str | None:
    """`head_of_state` or `head_of_government` where a title says no more, save for ranks: `vice president`."""
    functions = of_kind(meaning, "function")
    if any(kind_of(concept) not in ("function", "rank") for concept in meaning):
        return None
    return next((role for role, groups in heads().items() if any(functions <= group for group in groups)), None)


@lru_cache(maxsize=65536)
def is_generic(meaning: frozenset[str]) -> bool:
    """Whether a title says what its holder does, but not where: `chairman`, `deputy minister`, `party leader`."""
    functions = of_kind(meaning, "function")
    fields = of_kind(meaning, "portfolio") if functions & _WITH_A_FIELD else frozenset()
    return not (naming(meaning) or fields or head_role(meaning) or of_kind(meaning, "body") - _MANY)


def role_in(name: str, language: str | None, said: OfficeRole) -> OfficeRole:
    """What the holder of a post does, by all words of its title: the `President of the Senate` heads no state.

    Args:
        said: what the first general word of it says, which stays where the others add nothing.
    """
    meaning = frozenset(each for each in meaning_of(name, language, None) if kind_of(each) != "country")
    functions, ranks, bodies = (of_kind(meaning, kind) for kind in ("function", "rank", "body"))
    if role := head_role(meaning):
        return OfficeRole.DEPUTY_HEAD if "deputy" in ranks else OfficeRole(role) if not ranks - _IN_PLACE_OF else said
    if _is_beyond(meaning) and functions & _LEADING:
        return OfficeRole.IGO_OFFICIAL
    if functions == {"minister"}:
        return OfficeRole.DEPUTY_MINISTER if ranks & {"deputy", "under", "assistant"} else OfficeRole.MINISTER
    if functions == {"speaker"} and not ranks:
        return OfficeRole.SPEAKER
    if functions == {"chief_minister"} and not ranks:
        return OfficeRole.MAYOR_OR_GOVERNOR
    return OfficeRole.CHAIR if functions == {"president"} and bodies else said


def level_of(name: str, language: str | None, country: str | None) -> OfficeLevel | None:
    """How far the power of a post reaches, where its words say so; a title without a place is of the whole state."""
    meaning = meaning_of(name, language, country)
    functions, bodies, named = of_kind(meaning, "function"), of_kind(meaning, "body"), naming(meaning)
    if _is_beyond(meaning):
        return OfficeLevel.INTERNATIONAL if bodies & {"united_nations", "nato"} else OfficeLevel.SUPRANATIONAL
    governor_of_a_region = functions == {"governor"} and named and not bodies
    if functions & {"mayor", "chief_minister"} or governor_of_a_region:
        return OfficeLevel.SUBNATIONAL
    if country is None or named:
        return None
    of_the_state = functions & (_MINISTERS | _MEMBERS | {"speaker", "governor_general"}) or bodies & {"central_bank"}
    return OfficeLevel.NATIONAL if of_the_state or head_role(meaning) else None


def branch_of(name: str, language: str | None, country: str | None) -> OfficeBranch | None:
    """Which branch of power a post belongs to, where its words say so."""
    meaning = meaning_of(name, language, country)
    functions, bodies = of_kind(meaning, "function"), of_kind(meaning, "body")
    if "judge" in functions or bodies & _COURTS:
        return OfficeBranch.JUDICIAL
    if bodies & _CHAMBERS or functions & (_MEMBERS | {"speaker"}):
        return OfficeBranch.LEGISLATIVE
    if bodies - _CABINETS - {"ministry"}:
        return None
    executive = _MINISTERS | {"chief_minister", "governor_general", "ambassador", "mayor"}
    return OfficeBranch.EXECUTIVE if functions & executive or head_role(meaning) else None


def _alike(one: frozenset[str], other: frozenset[str]) -> Judged | None:
    if one == other:
        return Judged(Judgement.POSITIVE, _SAME_WORDS, 1.0)
    role = head_role(one)
    functions = of_kind(one, "function") | of_kind(other, "function")
    if role and role == head_role(other) and of_kind(one, "rank") == of_kind(other, "rank"):
        if any(functions <= group for group in heads()[role]):
            return Judged(Judgement.POSITIVE, f"only_{role}", 0.9, weak=True)
    elif _led(one) == _led(other) and "speaker" in functions:
        # `Speaker of the Mazhilis` says that what its chairman leads is a chamber.
        return Judged(Judgement.POSITIVE, "speaker_of_one_body", 0.9, weak=True)
    return None


def _led(meaning: frozenset[str]) -> str:
    """The meaning with one word for whoever leads a body that has a name of its own."""
    functions = of_kind(meaning, "function")
    if len(functions) == 1 and functions <= {"speaker", "chair", "president"} and naming(meaning):
        kept = {concept for concept in meaning if kind_of(concept) != "function"}
        meaning = frozenset(kept | {"leading"})
    return " ".join(sorted(meaning))


def _is_beyond(meaning: frozenset[str]) -> bool:
    return bool(of_kind(meaning, "body") & beyond()) and not of_kind(meaning, "function") & _SENT


def _tells_its_place(profile: OfficeProfile) -> bool:
    """Whether a title has the name of a city, a region or an international body in it, and of nothing in a state."""
    of_a_place = profile.role in (OfficeRole.MAYOR_OR_GOVERNOR, OfficeRole.IGO_OFFICIAL)
    return of_a_place and bool(naming(profile.meaning)) and not of_kind(profile.meaning, "body")


def _without_bodies(concepts: frozenset[str]) -> frozenset[str]:
    return frozenset(concept for concept in concepts if kind_of(concept) != "body")
