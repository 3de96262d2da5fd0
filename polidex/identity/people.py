"""Who is who among people: what one document says of a person, and whether two documents speak of one."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from itertools import product

import regex

from polidex.identity.judged import Judged, Profile
from polidex.identity.names import Compared, Name, Relation, compare, forms_of, initial_keys, keys, parse
from polidex.identity.posts import OfficeHint, exclude, held_on, same_post, same_term, spells_meet
from polidex.inflection import nominative
from polidex.spelling import words_of
from schema.base import Country, Text
from schema.dates import WorldDate
from schema.vocabulary import DateRelation, Judgement

_SURE_BONES, _SURER_BONES = 5, 9
_SURE_LIKENESS = 0.85
"""Consonants that two names must share, with a country or a role in common and without, and the likeness that each two
of their words must have, to be one person's."""
_SURE_WORDS = 3
"""Words of a shorter name that are all in a longer one, which need no country beside them."""
_A_YEAR_COSTS = 0.002
_MOST_YEARS = 20
_ONE_CAREER = 10
_LONGEST_SPELL = timedelta(days=30 * 365)
_A_YEAR = timedelta(days=365)
_CYRILLIC = regex.compile(r"\p{Cyrillic}")


class PersonProfile(Profile):
    """What one document says of a person.

    Attributes:
        names: the forms of the name, the fullest first; none for a role phrase that named nobody.
        country: whose citizen or official the person is.
        offices: the posts that the document gives the person.
        namesake: whether the text itself says that this is another person of that name.
    """

    names: tuple[Text, ...] = ()
    country: Country | None = None
    offices: tuple[OfficeHint, ...] = ()
    birth: WorldDate = WorldDate.unknown()
    death: WorldDate = WorldDate.unknown()
    namesake: bool = False

    def key(self) -> tuple[str, ...]:
        """The sounds of the fullest name; what is no full name, or a namesake's, is of its document alone."""
        if not self.names:
            posts = sorted({(post.country or "", str(post.role), *words_of(post.words)) for post in self.offices})
            return ("role", self.document_id, *(posts[0] if posts else (self.mention_id,)))
        heard = tuple(sorted(word.heard or min(word.letters) for word in self.name.words)) or (self.names[0],)
        return heard if self.is_full and not self.namesake else (self.document_id, *heard)

    @property
    def name(self) -> Name:
        return parse(self.names[0])

    @cached_property
    def is_full(self) -> bool:
        """Whether the fullest name has two words or more."""
        return bool(self.names) and len(self.name.words) > 1

    @cached_property
    def home(self) -> str | None:
        """The country: that of the person, else the only one that has the person for an official."""
        if self.country:
            return self.country
        countries = {post.country for post in self.offices if post.country and post.is_national}
        return countries.pop() if len(countries) == 1 else None

    def stands_alone(self) -> bool:
        return bool(self.names)

    def detail(self) -> int:
        """How much the name tells, and whether a country stands with it: a role phrase 0, `Moro` 2, `J. Moro` 3."""
        if not self.names:
            return 0
        return len(self.name.words) + len(self.name.full) + (self.home is not None)

    @cached_property
    def full_names(self) -> tuple[str, ...]:
        """The fullest name, and those that say something else: a former one, one in another script.

        Not its parts: that both are called `J. Moro` or `Moro` too makes nobody of Jan Moro and Jens Moro.
        """
        forms = tuple(form for surface in self.names for form in forms_of(surface))
        others = (Relation.DIFFERENT, Relation.ALIKE, Relation.SAME)
        return forms[:1] + tuple(
            form for form in forms[1:] if len(parse(form).full) > 1 and compare(forms[0], form).relation in others
        )

    def blocks(self) -> frozenset[str]:
        """Its names; its posts with each word of the name, for a surname alone and a name in another case; with the
        given name and the year they began, for a name that was changed; and by year, for a role phrase."""
        return self._blocks

    @cached_property
    def _blocks(self) -> frozenset[str]:
        found: set[str] = set()
        posts = {f"{post.country} {post.role}" for post in self.offices if post.found_by()}
        for name in map(parse, self.full_names):
            found |= keys(name)
            if self.home:
                found |= {f"i {self.home} {key}" for key in initial_keys(name)}
            found |= {f"o {post.role} {key}" for post in self.offices for key in initial_keys(name)}
            found |= {f"p {post} {bones}" for post in posts for bones in name.bones}
            found |= {f"c {post} {name.words[0].heard} {year}" for post, year in self._begun()}
        for post in self.offices:
            found |= {f"r {key} {year}" for key in post.found_by() for year in self._years(post)}
        vague = tuple(kind for kind, is_vague in self._vague().items() if is_vague)
        return frozenset(found | {f"looking {block}" for block in found if block.startswith(vague)})

    def looks_for(self) -> frozenset[str]:
        """Who is called vaguely looks for all who held the post; who held it, only for those who look for somebody."""
        return self._looks_for

    @cached_property
    def _looks_for(self) -> frozenset[str]:
        vague = self._vague()
        return frozenset(
            f"looking {block}" if not vague.get(block[:2], True) else block
            for block in self.blocks()
            if not block.startswith("looking ")
        )

    def _vague(self) -> dict[str, bool]:
        """For the kinds of block that many share who are nothing to each other: whether this one looks for them all."""
        return {
            "r ": not self.names,
            "p ": bool(self.names) and (not self.is_full or any(map(_CYRILLIC.search, self.full_names))),
        }

    def _begun(self) -> set[tuple[str, int]]:
        return {
            (f"{post.country} {post.role}", day.year)
            for post in self.offices
            if post.found_by()
            for day in (post.start.earliest, post.start.latest)
            if day
        }

    def _years(self, post: OfficeHint) -> set[int]:
        """In which a role phrase can mean the person; of a role phrase, that which it is about."""
        held = held_on(post, self.published)
        if not held:
            return set()
        if not self.names:
            return {held[1].year}
        first = max(held[0], held[1] - _LONGEST_SPELL)
        return set(range((first - _A_YEAR).year, (held[1] + _A_YEAR).year + 1))


def judge(one: PersonProfile, other: PersonProfile) -> Judged | None:
    """Whether two mentions are one person; None where nothing says so.

    A full name that is the same joins for good where both have one country; everything else only as long as nobody
    else fits as well. Two who cannot be one are NEGATIVE only where their names are alike: others need no word for it.
    """
    if not one.names or not other.names:
        return _by_role(one, other)
    named = max((compare(left, right) for left, right in product(one.full_names, other.full_names)), key=_worth)
    if named.relation is Relation.DIFFERENT:
        return _by_case(one, other) or _by_changed_name(one, other)
    apart = _apart(one, other)
    at_home = one.home is not None and one.home == other.home
    full = one.is_full and other.is_full
    if apart:
        found = full and (named.relation is not Relation.INITIALS or at_home)
        return Judged(Judgement.NEGATIVE, apart, named.score) if found else None
    if not full:
        return _by_surname(one, other)
    if named.relation is Relation.SAME and (one.document_id != other.document_id or named.score == 1):
        return _by_full_name(one, other, named, at_home=at_home)
    return _by_like_name(one, other, named, at_home=at_home) if one.document_id != other.document_id else None


def _worth(named: Compared) -> tuple[bool, float]:
    return named.relation is not Relation.DIFFERENT, named.score


def _apart(one: PersonProfile, other: PersonProfile) -> str | None:
    """Why two mentions with like names cannot be one person, or None."""
    reasons = {
        "other_country": bool(one.home and other.home and one.home != other.home),
        "other_birth": _disjoint(one.birth, other.birth),
        "other_death": _disjoint(one.death, other.death),
        "other_lifetime": one.death.is_before(other.birth) or other.death.is_before(one.birth),
        "named_as_namesake": one.namesake != other.namesake and not _share_a_role(one, other),
        "two_full_time_posts": any(
            exclude(left, one.published, right, other.published) for left, right in product(one.offices, other.offices)
        ),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _disjoint(one: WorldDate, other: WorldDate) -> bool:
    return one.known and other.known and one.relation(other) is DateRelation.DISJOINT


def _by_full_name(one: PersonProfile, other: PersonProfile, named: Compared, *, at_home: bool) -> Judged:
    if one.birth.known and one.birth.relation(other.birth) is DateRelation.EQUAL:
        return Judged(Judgement.POSITIVE, "same_name_and_birth", named.score)
    if one.document_id == other.document_id:
        return Judged(Judgement.POSITIVE, "same_name_in_one_document", named.score)
    near = named.score * (1 - _A_YEAR_COSTS * _years_apart(one, other))
    if _agreeing_posts(one, other, with_unknown_country=True):
        return Judged(Judgement.POSITIVE, "same_name_and_post", near)
    if at_home and not named.turned:
        return Judged(Judgement.POSITIVE, "same_name_and_country", near * 0.95)
    return Judged(Judgement.POSITIVE, "same_name", named.score * 0.9, weak=True)


def _years_apart(one: PersonProfile, other: PersonProfile) -> float:
    """Between the days of their documents; two of one name are more likely one person the nearer they are."""
    if not one.published or not other.published:
        return 0.0
    return min(abs((one.published - other.published).days) / 365, _MOST_YEARS)


def _by_like_name(one: PersonProfile, other: PersonProfile, named: Compared, *, at_home: bool) -> Judged | None:
    """Names that are alike, or of which one says more, in two documents."""
    method = {Relation.ALIKE: "like_name", Relation.EXTENDS: "longer_name"}.get(named.relation, "initials")
    if _agreeing_posts(one, other, with_unknown_country=named.weakest == 1):
        return Judged(Judgement.POSITIVE, f"{method}_and_post", named.score * 0.95, weak=True)
    near = _share_a_role(one, other) and _years_apart(one, other) <= _ONE_CAREER
    if named.weakest < 1:
        long_enough = min(_bones(one), _bones(other)) >= (_SURE_BONES if at_home or near else _SURER_BONES)
        sure = named.weakest >= _SURE_LIKENESS and long_enough and named.relation is not Relation.INITIALS
        return Judged(Judgement.POSITIVE, method, named.score * 0.8, weak=True) if sure else None
    extends = named.relation is Relation.EXTENDS
    long_enough = extends and min(len(one.name.full), len(other.name.full)) >= _SURE_WORDS
    for holds, beside in ((at_home, "_and_country"), (near, "_and_role"), (long_enough, "")):
        if holds:
            return Judged(Judgement.POSITIVE, method + beside, named.score * 0.9, weak=True)
    return Judged(Judgement.UNSURE, method, named.score * 0.8) if extends and (one.home or other.home) else None


def _bones(one: PersonProfile) -> int:
    return sum(min(map(len, word.bones)) for word in one.name.full)


def _by_surname(one: PersonProfile, other: PersonProfile) -> Judged | None:
    """A surname alone is whoever of that name holds the post that it is given."""
    if one.document_id == other.document_id or not _agreeing_posts(one, other):
        return None
    return Judged(Judgement.POSITIVE, "surname_and_post", 0.7, weak=True)


def _by_case(one: PersonProfile, other: PersonProfile) -> Judged | None:
    """A name in another case (`президента Токаева`) is whoever is called so and holds the post that it is given."""
    if one.document_id == other.document_id or not any(map(_CYRILLIC.search, one.full_names + other.full_names)):
        return None
    if not _agreeing_posts(one, other) or _apart(one, other) or not one.blocks() & other.blocks():
        return None
    left, right = ({*each.full_names, *map(nominative, each.full_names)} for each in (one, other))
    found = [compare(each, every) for each, every in product(sorted(left), sorted(right))]
    score = max((each.score for each in found if each.relation is not Relation.DIFFERENT), default=0.0)
    return Judged(Judgement.POSITIVE, "name_in_another_case_and_post", 0.7 * score, weak=True) if score else None


def _by_changed_name(one: PersonProfile, other: PersonProfile) -> Judged | None:
    """One given name and one post since one day, but another surname: a name that was changed, as by marriage."""
    if not one.is_full or not other.is_full or one.document_id == other.document_id:
        return None
    given = set.intersection(*({parse(name).words[0].heard for name in each.full_names} for each in (one, other)))
    if not given - {""} or _apart(one, other):
        return None
    begun = any(
        same_post(left, right) and same_term(left, right) for left, right in product(one.offices, other.offices)
    )
    return Judged(Judgement.POSITIVE, "changed_name", 0.6, weak=True) if begun else None


def _by_role(one: PersonProfile, other: PersonProfile) -> Judged | None:
    """A role phrase without a name is whoever held the post on the day that the phrase is about."""
    if bool(one.names) == bool(other.names) or one.document_id == other.document_id:
        return None
    phrase, person = (other, one) if one.names else (one, other)
    if not person.is_full or _apart(phrase, person):
        return None
    holds = any(_covers(person, post, phrase, meant) for post, meant in product(person.offices, phrase.offices))
    return Judged(Judgement.POSITIVE, "role_country_and_date", 0.6, weak=True) if holds else None


def _covers(person: PersonProfile, post: OfficeHint, phrase: PersonProfile, meant: OfficeHint) -> bool:
    """Whether the person surely held the post on the day that a phrase is about, or a year before or after it.

    Who followed in that time fits as well, so that neither is meant.
    """
    held, about = held_on(post, person.published), held_on(meant, phrase.published)
    if not same_post(post, meant) or not held or not about:
        return False
    day = about[1]
    since = post.start.earliest or held[0] - _A_YEAR
    until = held[1] if post.end.known else held[1] + _A_YEAR
    return since <= day <= until


def _agreeing_posts(
    one: PersonProfile, other: PersonProfile, *, with_unknown_country: bool = False
) -> list[OfficeHint]:
    """The posts of the one that the other has too, at times that do not contradict each other.

    Args:
        with_unknown_country: whether a post without a country may be that of any.
    """
    return [
        left
        for left, right in product(one.offices, other.offices)
        if same_post(left, right, with_unknown_country=with_unknown_country)
        and spells_meet(left, one.published, right, other.published)
    ]


def _share_a_role(one: PersonProfile, other: PersonProfile) -> bool:
    return one.document_id != other.document_id and bool(
        {post.role for post in one.offices} & {post.role for post in other.offices}
    )


__all__ = ["OfficeHint", "PersonProfile", "judge"]
