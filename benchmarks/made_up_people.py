"""A made-up world of politicians whose truth is known, and the mentions that documents make of them.

Every country has posts that are handed from one holder to the next from 1996 to 2024: head of state, head of
government, five ministers, three mayors, a speaker; and legislators, judges and ambassadors, many at once. A third of
the holders had an earlier post. Documents are about one country at one day, and name two to five of those in office or
lately in office; who holds a high post is named more often.

One mention in four has no country, one in three no post, a post mostly no dates. One in twelve is written in Cyrillic
letters, one in twelve in the script of the country; one in eight in a way that is seldom (see `made_up_names.written`);
one in sixteen is a surname alone, one in twenty a role phrase, both only of who is in a high post that the text names.
One woman in twelve marries and changes her surname.

One person in fifty has a namesake in another country and one in 250, as in large parliaments, in the same country, who
holds another kind of post at the same time; of three documents about the latter one says that it is a namesake, and so
does every document that names both. No others are: where Faker's lists are short, a name that is taken is drawn anew.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module

from benchmarks.made_up_names import COUNTRIES, FullName, draw_name, married, surname, written
from polidex.identity.people import OfficeHint, PersonProfile
from schema.dates import WorldDate
from schema.vocabulary import Basis, OfficeRole, TenureStatus

FIRST, LAST = date(1996, 1, 1), date(2024, 12, 31)
_FIELDS = {
    "Finance": "финансов",
    "Defence": "обороны",
    "Health": "здравоохранения",
    "Education": "образования",
    "Justice": "юстиции",
}
_TOWNS = (
    "Alba", "Borno", "Carda", "Dolna", "Elmar", "Fonta", "Garda", "Halma", "Irsa", "Jonda", "Karsa", "Lonta", "Marva",
    "Norda", "Olva", "Parda",
)  # fmt: skip
_ROLES = {
    OfficeRole.HEAD_OF_STATE: (("President",), ("президент",)),
    OfficeRole.HEAD_OF_GOVERNMENT: (("Prime Minister",), ("премьер-министр",)),
    OfficeRole.SPEAKER: (("Speaker of Parliament", "Parliament Speaker"), ("спикер парламента",)),
    OfficeRole.MINISTER: (("Minister of {}", "{} Minister"), ("министр {}",)),
    OfficeRole.MAYOR_OR_GOVERNOR: (("Mayor of {}", "{} mayor"), ("мэр города {}",)),
    OfficeRole.LEGISLATOR: (("member of parliament", "lawmaker"), ("депутат парламента",)),
    OfficeRole.JUDGE: (("judge of the Supreme Court", "Supreme Court judge"), ("судья Верховного суда",)),
    OfficeRole.DIPLOMAT: (("ambassador",), ("посол",)),
}
_HIGH = (OfficeRole.HEAD_OF_STATE, OfficeRole.HEAD_OF_GOVERNMENT)
_MANY = (OfficeRole.LEGISLATOR, OfficeRole.JUDGE, OfficeRole.DIPLOMAT)


@dataclass(frozen=True)
class Spell:
    """One person's time in one post; `of` is the field of work or the town."""

    role: OfficeRole
    start: date
    end: date
    of: str = ""


@dataclass
class Somebody:
    """A made-up person: the truth."""

    number: int
    country: str
    name: FullName
    woman: bool
    birth: date
    spells: list[Spell] = field(default_factory=list)
    wedding: tuple[date, str] | None = None
    namesake: bool = False

    def name_on(self, day: date, dice: random.Random) -> FullName:
        if self.wedding and day >= self.wedding[0]:
            return married(self.name, self.wedding[1], dice)
        return self.name


def population(people: int, seed: int) -> list[Somebody]:
    """That many people of all countries in equal parts, and their namesakes.

    Raises:
        ModuleNotFoundError: Faker is not installed.
    """
    dice = random.Random(seed)
    faker = import_module("faker").Faker
    found: list[Somebody] = []
    for locale, country in COUNTRIES.items():
        names = faker(locale)
        names.seed_instance(f"{seed} {locale}")
        taken: set[tuple[str, str]] = set()
        for spells in _careers(people // len(COUNTRIES), dice):
            woman = dice.random() < 0.4
            birth = spells[0].start - timedelta(days=dice.randint(30 * 365, 60 * 365))
            name = draw_name(names, country, dice, woman=woman)
            while taken & {(name.given, name.family), (name.given, name.second_family)}:
                name = draw_name(names, country, dice, woman=woman)
            taken |= {(name.given, name.family), (name.given, name.second_family or name.family)}
            somebody = Somebody(len(found), country, name, woman, birth, spells)
            if woman and dice.random() < 1 / 12:
                day = spells[-1].start + (spells[-1].end - spells[-1].start) / 2
                somebody.wedding = (day, names.last_name_female().strip())
            found.append(somebody)
    for one in dice.sample(found, len(found) // 50):
        other = dice.choice([each for each in found if each.country != one.country])
        other.name, other.wedding = one.name, None
    for one in dice.sample(found, len(found) // 250):
        here = [each for each in found if each.country == one.country and not each.namesake]
        others = [each for each in here if _could_be_confused(one.spells[-1], each.spells[-1])]
        if not others:
            continue
        other = dice.choice(others)
        other.name, other.wedding, other.namesake = one.name, None, True
    return found


def mentions(people: list[Somebody], count: int, seed: int) -> tuple[list[PersonProfile], dict[str, int]]:
    """About that many mentions, and of each the number of the person whom it means."""
    dice = random.Random(seed + 1)
    by_country: dict[str, list[Somebody]] = {}
    for somebody in people:
        by_country.setdefault(somebody.country, []).append(somebody)
    profiles: list[PersonProfile] = []
    truth: dict[str, int] = {}
    document = 0
    while len(profiles) < count:
        document += 1
        day = FIRST + timedelta(days=dice.randrange((LAST - FIRST).days))
        around = [each for each in by_country[dice.choice(list(by_country))] if _in_office(each, day)]
        if not around:
            continue
        roles = [each.spells[-1].role for each in around]
        weights = [8 if role in _HIGH else 1 if role in _MANY else 3 for role in roles]
        language = dice.choices(("en", "ru", "native"), (20, 2, 2))[0]
        drawn = {each.number: each for each in dice.choices(around, weights, k=dice.randint(2, 5))}
        for somebody in drawn.values():
            told = any(each.name == somebody.name and each is not somebody for each in drawn.values())
            profile = _mention(somebody, f"d{document}", day, language, dice, told=told)
            profiles.append(profile)
            truth[profile.mention_id] = somebody.number
    return profiles, truth


def _careers(count: int, dice: random.Random) -> Iterator[list[Spell]]:
    """The spells of each of so many people of one country."""
    towns = dice.sample(_TOWNS, 3)
    posts = [(role, "") for role in (*_HIGH, OfficeRole.SPEAKER)]
    posts += [(OfficeRole.MINISTER, field_of_work) for field_of_work in _FIELDS]
    posts += [(OfficeRole.MAYOR_OR_GOVERNOR, town) for town in towns]
    main: list[Spell] = []
    for role, of in posts:
        day = FIRST - timedelta(days=dice.randint(0, 1500))
        while day < LAST:
            until = day + timedelta(days=dice.randint(2 * 365, 8 * 365))
            main.append(Spell(role, day, until, of))
            day = until
    dice.shuffle(main)
    main = main[: count * 3 // 5]
    while len(main) < count:
        day = FIRST + timedelta(days=dice.randrange(9000))
        role = dice.choices(_MANY, (6, 2, 2))[0]
        main.append(Spell(role, day, day + timedelta(days=dice.randint(3 * 365, 9 * 365))))
    for spell in main:
        earlier: list[Spell] = []
        if dice.random() < 1 / 3 and spell.role not in _MANY:
            until = spell.start - timedelta(days=dice.randint(0, 700))
            earlier = [Spell(OfficeRole.LEGISLATOR, until - timedelta(days=dice.randint(700, 2500)), until)]
        yield [*earlier, spell]


def _could_be_confused(one: Spell, other: Spell) -> bool:
    """Whether two hold other kinds of posts at one time."""
    return one.role is not other.role and one.start < other.end and other.start < one.end


def _in_office(somebody: Somebody, day: date) -> bool:
    return any(spell.start <= day <= spell.end + timedelta(days=365) for spell in somebody.spells)


def _mention(
    somebody: Somebody, document: str, day: date, language: str, dice: random.Random, *, told: bool
) -> PersonProfile:
    spell = next(each for each in reversed(somebody.spells) if each.start <= day <= each.end + timedelta(days=365))
    country = somebody.country if dice.random() < 0.75 else None
    offices: tuple[OfficeHint, ...] = ()
    if dice.random() < 2 / 3:
        of = somebody.country if country or dice.random() < 0.3 else None
        offices = (_hint(spell, of, day, language, dice),)
    name, kind = somebody.name_on(day, dice), dice.random()
    seldom, known = dice.random() < 1 / 8, bool(country or offices)
    names: tuple[str, ...] = (written(name, dice, language=language, seldom=seldom, known=known),)
    if offices and offices[0].country and spell.role not in _MANY and day <= spell.end:
        if kind < 1 / 20:
            names = ()
        elif kind < 1 / 20 + 1 / 16:
            names = (surname(name, dice, language=language),)
    if somebody.wedding and somebody.wedding[0] <= day and names and dice.random() < 0.1 and language == "en":
        names = (f"{names[0]}, née {surname(somebody.name, dice, language=language)}",)
    return PersonProfile(
        mention_id=f"{document} {somebody.number}",
        document_id=document,
        published=day,
        names=names,
        country=country,
        offices=offices,
        birth=_date(somebody.birth, dice) if dice.random() < 0.05 else WorldDate.unknown(),
        namesake=bool(names) and somebody.namesake and (told or dice.random() < 1 / 3),
    )


def _hint(spell: Spell, country: str | None, day: date, language: str, dice: random.Random) -> OfficeHint:
    english, russian = _ROLES[spell.role]
    of = _FIELDS.get(spell.of, spell.of) if language == "ru" else spell.of
    over = day > spell.end
    return OfficeHint(
        role=spell.role,
        country=country,
        words=dice.choice(russian if language == "ru" else english).format(of),
        start=_date(spell.start, dice) if dice.random() < 0.3 else WorldDate.unknown(),
        end=_date(spell.end, dice) if over and dice.random() < 0.5 else WorldDate.unknown(),
        status=TenureStatus.ENDED if over else TenureStatus.CURRENT,
    )


def _date(day: date, dice: random.Random) -> WorldDate:
    """A day as precise as a document gives it."""
    return WorldDate.from_edtf(day.isoformat()[: dice.choice((4, 7, 10))], Basis.STATED)
