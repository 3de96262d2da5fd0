"""Names of made-up people in 52 countries, and the ways in which documents write them.

Given and family names, and Russian patronymics, are drawn from the lists of Faker (MIT). How a name is then written is
not taken from Polidex: the tables below are the romanisations that are in use (BGN/PCGN, passports, scholarly, German,
French, the press), a practical transcription into Cyrillic letter by letter, and habits of careless writers.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from anyascii import anyascii

COUNTRIES = {
    "en_US": "US", "en_GB": "GB", "en_IE": "IE", "en_NZ": "NZ", "en_IN": "IN", "en_KE": "KE", "en_PK": "PK",
    "de_DE": "DE", "de_AT": "AT", "de_CH": "CH", "fr_FR": "FR", "fr_DZ": "DZ", "nl_NL": "NL", "it_IT": "IT",
    "es_ES": "ES", "es_MX": "MX", "es_CO": "CO", "es_AR": "AR", "pt_BR": "BR", "pt_PT": "PT", "sv_SE": "SE",
    "no_NO": "NO", "da_DK": "DK", "fi_FI": "FI", "pl_PL": "PL", "cs_CZ": "CZ", "sk_SK": "SK", "hu_HU": "HU",
    "ro_RO": "RO", "hr_HR": "HR", "sl_SI": "SI", "tr_TR": "TR", "az_AZ": "AZ", "uz_UZ": "UZ", "lt_LT": "LT",
    "lv_LV": "LV", "et_EE": "EE", "is_IS": "IS", "id_ID": "ID", "yo_NG": "NG", "tw_GH": "GH", "zu_ZA": "ZA",
    "ru_RU": "RU", "uk_UA": "UA", "bg_BG": "BG", "mk_MK": "MK", "el_GR": "GR", "hy_AM": "AM", "ka_GE": "GE",
    "zh_CN": "CN", "ko_KR": "KR", "zh_TW": "TW",
}  # fmt: skip
"""Faker's locale -> ISO 3166-1 code."""
_DOUBLE_SURNAMES = {"ES", "MX", "CO", "AR", "PT", "BR"}
_MIDDLE_NAMES = {"US", "GB", "IE", "NZ", "KE", "GH", "NG", "DE", "FR", "PL", "ID", "BR"}
_FAMILY_FIRST = {"CN", "TW", "KR", "HU"}
_ARABIC_NAMES = {"PK", "DZ", "ID", "UZ", "AZ"}
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґѓќљњџѕј",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g gj kj lj nj dj dz j"
        .replace("_", "").split(" "),
        strict=True,
    )
)  # fmt: skip
_HABITS: dict[str, tuple[float, dict[str, str]]] = {
    "press": (0.4, {"ё": "e"}),
    "bgn": (0.25, {}),
    "passport": (0.15, {"ё": "e", "й": "i", "ю": "iu", "я": "ia", "ъ": "ie", "є": "ie", "ї": "i"}),
    "scholarly": (
        0.05,
        {
            "ж": "ž", "х": "ch", "ц": "c", "ч": "č", "ш": "š", "щ": "šč", "ю": "ju", "я": "ja", "й": "j", "ё": "ë",
            "є": "je", "ї": "ji", "ъ": "", "ь": "",
        },
    ),
    "german": (
        0.08,
        {
            "ж": "sch", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ю": "ju", "я": "ja", "в": "w",
            "з": "s", "й": "i", "ё": "jo",
        },
    ),
    "french": (
        0.07,
        {"у": "ou", "ж": "j", "ч": "tch", "ш": "ch", "щ": "chtch", "ю": "iou", "я": "ia", "й": "i", "ё": "io"},
    ),
}  # fmt: skip
_TO_CYRILLIC = (
    ("hn", "н"), ("sch", "ш"), ("tch", "ч"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("kh", "х"), ("ph", "ф"),
    ("th", "т"), ("ck", "к"), ("ts", "ц"), ("tz", "ц"), ("ou", "у"), ("oo", "у"), ("ee", "и"), ("ya", "я"),
    ("yu", "ю"), ("yo", "йо"), ("ye", "е"), ("ce", "се"), ("ci", "си"), ("cy", "си"), ("x", "кс"), ("w", "в"),
    ("c", "к"),
    ("q", "к"), ("h", "х"), ("y", "и"), ("a", "а"), ("b", "б"), ("d", "д"), ("e", "е"), ("f", "ф"),
    ("g", "г"), ("i", "и"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"),
    ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("z", "з"), ("'", ""),
)  # fmt: skip
_J = {
    "й": ("DE", "AT", "CH", "NL", "SE", "NO", "DK", "FI", "PL", "CZ", "SK", "HU", "HR", "SI", "LT", "LV", "EE", "IS"),
    "х": ("ES", "MX", "CO", "AR"),
    "ж": ("FR", "BR", "PT", "RO", "TR", "DZ"),
}
"""How the letter j sounds, by country; elsewhere дж."""
_CH_IS_KH = ("DE", "AT", "CH", "NL", "PL", "CZ", "SK", "LT")
_C_IS_TS = ("PL", "CZ", "SK", "HR", "SI", "LT", "LV")
_SZ = {"HU": (("sz", "с"),), "PL": (("sz", "ш"), ("cz", "ч"))}
_SOFT_VOWELS = (("йа", "я"), ("йу", "ю"), ("йе", "е"))
_BEFORE_CYRILLIC = {
    "š": "sh", "ž": "zh", "č": "tch", "ć": "tch", "ş": "sh", "ș": "sh", "ç": "tch", "ğ": "g", "ł": "l", "đ": "dj",
    "ə": "a", "ø": "o", "ß": "ss", "þ": "t", "ð": "d", "æ": "e", "ı": "i",
}  # fmt: skip
_WITHOUT_MARK = {"ø": "o", "ł": "l", "ß": "ss", "đ": "d", "þ": "th", "ð": "d", "æ": "ae", "ı": "i", "ə": "a"}
_ARABIC_HABITS = (
    ("ou", "u"),
    ("u", "ou"),
    ("ee", "i"),
    ("i", "ee"),
    ("q", "k"),
    ("ed", "ad"),
    ("ad", "ed"),
    ("kh", "k"),
)
_KOREAN_HABITS = (("gim", "kim"), ("bak", "park"), ("choe", "choi"), ("jeong", "jung"), ("eo", "u"), ("eu", "u"))


@dataclass(frozen=True)
class FullName:
    """A name as its bearer writes it: in the script and with the marks of the country that it comes from."""

    given: str
    family: str
    country: str
    middle: str = ""
    second_family: str = ""

    @property
    def is_cyrillic(self) -> bool:
        return unicodedata.name(self.given[0], "").startswith("CYRILLIC")


def draw_name(faker: Any, country: str, dice: random.Random, *, woman: bool) -> FullName:
    """A name of one country, by Faker's weights; a third of people there have a middle name where that is usual."""
    given = faker.first_name_female() if woman else faker.first_name_male()
    family = faker.last_name_female() if woman else faker.last_name_male()
    middle, second = "", ""
    if country == "RU":
        middle = faker.middle_name_female() if woman else faker.middle_name_male()
    elif country in _MIDDLE_NAMES and dice.random() < 0.33:
        middle = faker.first_name_female() if woman else faker.first_name_male()
    if country in _DOUBLE_SURNAMES:
        second = faker.last_name()
    return FullName(given.strip(), family.strip(), country, middle.strip(), second.strip())


def written(name: FullName, dice: random.Random, *, language: str, seldom: bool = False, known: bool = True) -> str:
    """The name as one document writes it.

    Args:
        language: `ru` for a document in Cyrillic letters, `native` for one in the script of the country, else Latin.
        seldom: with a form that most documents do not have: initials, another order, a doubled letter.
        known: whether the document gives a country or a post; only then a given name is a letter.
    """
    name = _in_letters(name, dice, language)
    if name.country == "KR" and language == "en" and dice.random() < 0.85:
        name = _each(name, lambda word: _replaced(word, _KOREAN_HABITS))
    if name.country in _ARABIC_NAMES and language == "en" and dice.random() < 0.25:
        name = _each(name, lambda word: _once(word, *dice.choice(_ARABIC_HABITS)))
    if language == "en" and dice.random() < 0.5:
        german = name.country in ("DE", "AT", "CH") and dice.random() < 0.4
        name = _each(name, lambda word: _without_marks(word, german=german))
    middle = name.middle if dice.random() < (0.5 if name.country == "RU" else 0.3) else ""
    second = name.second_family if dice.random() < 0.4 else ""
    given, kind = name.given, dice.random() if seldom else 1.0
    if kind < 0.4 and known:
        given = " ".join(f"{part[0]}." for part in given.replace("-", " ").split())
        middle = f"{middle[0]}." if middle and dice.random() < 0.5 else ""
    elif kind < 0.6:
        middle = f"{middle[0]}." if middle else ""
    elif kind < 0.75:
        given = _doubled(given, dice)
    words = [given, middle, name.family, second]
    usual_first = name.country in _FAMILY_FIRST and (name.country != "HU" or language == "native")
    if usual_first != (0.75 <= kind < 0.9) and not second:
        words = [name.family, given, middle]
    text = " ".join(word for word in words if word)
    if kind >= 0.97 and kind < 1:
        return f"{dice.choice(('Dr.', 'Mr', 'Mrs', 'Prof.', 'Sir'))} {text}"
    return text + "’s" if 0.9 <= kind < 0.93 and language == "en" else text


def surname(name: FullName, dice: random.Random, *, language: str) -> str:
    """The surname alone, as one document writes it."""
    return _in_letters(name, dice, language).family


def married(name: FullName, family: str, dice: random.Random) -> FullName:
    """The name with a husband's surname: instead of her own, or after it."""
    return replace(name, family=f"{name.family}-{family}" if dice.random() < 0.4 else family)


def _in_letters(name: FullName, dice: random.Random, language: str) -> FullName:
    """The name in the letters of a document."""
    if language == "native" or (language == "ru" and name.is_cyrillic):
        return name
    if language == "ru" and name.country in ("CN", "TW", "KR"):
        language = "en"  # the systems of Palladius and Kontsevich are not here
    if language == "ru":
        return _each(_in_letters(name, dice, "en"), lambda word: _to_cyrillic(word, name.country))
    if name.is_cyrillic:
        habit = dice.choices(list(_HABITS), [weight for weight, _ in _HABITS.values()])[0]
        return _each(name, lambda word: _from_cyrillic(word, habit, name.country))
    if name.country in ("CN", "TW", "KR"):
        if name.family == "이":  # nobody writes it with the one letter that the rules give
            name = replace(name, family=dice.choice(("Lee", "Lee", "Lee", "Yi")))
        mark = dice.choice(("", "-", " ")) if name.country != "CN" else ""
        return _each(name, lambda word: word if word.isascii() else mark.join(map(anyascii, word)).title())
    if name.country in ("GR", "AM", "GE"):
        loose = name.country == "GR" and dice.random() < 0.4
        return _each(name, lambda word: _from_greek(anyascii(word).replace("'", ""), loose=loose))
    return name


def _each(name: FullName, change: Any) -> FullName:
    return replace(
        name,
        given=change(name.given),
        family=change(name.family),
        middle=change(name.middle),
        second_family=change(name.second_family),
    )


def _from_cyrillic(word: str, habit: str, country: str) -> str:
    table = _CYRILLIC | _HABITS[habit][1]
    if country == "UA":
        table |= {"г": "h", "и": "y"}
    if country == "BG":
        table |= {"щ": "sht", "ъ": "a"}
    text = word.lower()
    if habit in ("press", "bgn") and text.endswith(("ий", "ый", "ій")):
        text = text[:-2] + "ы"
    found = []
    for place, letter in enumerate(text):
        plain = table.get(letter, letter)
        after_vowel = place == 0 or text[place - 1] in "аеёиоуыэюяьъ"
        if letter == "е" and habit == "bgn" and after_vowel and country == "RU":
            plain = "ye"
        found.append(plain)
    latin = "".join(found)
    if habit == "french" and latin.endswith("v"):
        latin = latin[:-1] + "ff"
    return latin.title()


def _to_cyrillic(word: str, country: str) -> str:
    sign = next((sign for sign, countries in _J.items() if country in countries), "дж")
    text = "".join(_BEFORE_CYRILLIC.get(letter, letter) for letter in word.lower())
    text = _without_marks(text).replace("j", sign).replace("tch", "ч")
    if country in _CH_IS_KH:
        text = text.replace("ch", "х")
    if country in _C_IS_TS:
        text = text.replace("cz", "ч").replace("ck", "цк").replace("c", "ц")
    for latin, cyrillic in (*_SZ.get(country, ()), *_TO_CYRILLIC, *_SOFT_VOWELS):
        text = text.replace(latin, cyrillic)
    return text.title()


def _from_greek(word: str, *, loose: bool) -> str:
    if not loose:
        return word
    low = word.lower().replace("ch", "h").replace("y", "i")
    for double, single in (("mp", "b"), ("nt", "d")):
        low = single + low[2:] if low.startswith(double) else low
    return low.title()


def _without_marks(word: str, *, german: bool = False) -> str:
    if german:
        for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")):
            word = word.replace(umlaut, plain)
    plain = "".join(_WITHOUT_MARK.get(letter, letter) for letter in word)
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))


def _replaced(word: str, habits: tuple[tuple[str, str], ...]) -> str:
    low = word.lower()
    for plain, habit in habits:
        low = low.replace(plain, habit)
    return low.title() if word[:1].isupper() else low


def _once(word: str, plain: str, habit: str) -> str:
    at = word.lower().find(plain, 1)
    return word if at < 0 else word[:at] + habit + word[at + len(plain) :]


def _doubled(word: str, dice: random.Random) -> str:
    """With one consonant doubled, or one of two alike left out."""
    places = [place for place in range(1, len(word) - 1) if word[place].lower() in "lmnprstfkдлмнпрстф"]
    if not places:
        return word
    at = dice.choice(places)
    twin = word[at] in (word[at - 1], word[at + 1])
    return word[:at] + word[at + 1 :] if twin else word[:at] + word[at] + word[at:]
