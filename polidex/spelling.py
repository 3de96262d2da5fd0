"""The words of a name, and what all usual spellings and transcriptions of one such word have in common."""

from __future__ import annotations

from functools import lru_cache

import regex
from anyascii import anyascii

from polidex.folding import bare

_PLAIN_WORD = regex.compile(r"[a-z0-9]+")
_POSSESSIVE = regex.compile(r"['’]s?$")
_SCHWA = str.maketrans("əƏ", "aA")
_VOWELS = "aeiouy"
_GROUP = regex.compile(rf"[{_VOWELS}]+")
_ANY_WORD = tuple(
    (regex.compile(pattern), plain)
    for pattern, plain in (
        (r"([^aeiou])\1+", r"\1"),
        (r"sch", "sh"),  # Schmidt, Шмидт
        (r"ph", "f"),
        (r"dzh", "j"),
        (r"hn$", "n"),  # John, Джон
        (r"oo", "u"),
        (r"eo(?=n|l|g|k|$)", "u"),  # Jeong, Jung
        (r"w", "v"),
        (r"ck", "k"),
        (r"c(?=[bdfgklmnpqrstvx]|$)", "k"),  # Marc, Clark
        (r"t[sz]", "s"),  # Scholz, Шольц
        (r"(?<=[abd-z])z$", "s"),
        (r"(?<=.)x", "ks"),
    )
)
"""Rules for every word. Those of one syllable get no others: Zhang and Zheng, Yang and Zhang are different names."""
_LONGER_WORD = tuple(
    (regex.compile(pattern), plain)
    for pattern, plain in (
        # Signs for one sound. The longest come first: Дж is dzh, Tsch and tch are ch.
        (r"shch", "sh"),
        (r"t?sch|t(?=ch)", "ch"),
        (r"d(?:zh|j(?=[aeiou]))|zh|jh", "j"),
        (r"kh", "h"),
        (r"(?<=[bdgprt])h", ""),
        (r"cz|ch", "k"),
        (r"sh|sz", "s"),
        (r"(?<=.)c(?=ik?$)", "k"),  # Vučić with and without its marks
        (r"c(?=[eiy])", "s"),
        (r"[cq]", "k"),
        (r"^x", "s"),
        (r"^mp", "b"),  # Μπ, Ντ
        (r"^nt", "d"),
        (r"x", "ks"),
        (r"z(?=[^aeiouy])|(?<=[^aeiouy])z(?!$)(?<!^z)", "s"),
        (r"[fv]+$", "v"),  # -ov, -off, -ow
        # Iota: Yevgeny, Tokayev, Alyona, Sergej, Yuriy.
        (r"^y(?=e)", ""),
        (r"(?<=[^aeiouy])[yi]o(?=[^aeiouy])", "e"),
        (r"(?<=[aeou])[yi](?=[aeou])", ""),
        (r"(?<=[iy])[yj](?=[aeou])", ""),
        (r"(?<=[aeiouy])j(?![aeiou])", "i"),
        (r"(?<=[^aeiouyj])j(?=[aou]$)", "i"),  # Franjo, Франьо
        (r"y", "i"),
        (r"ee", "i"),
        (r"skaia$", "ska"),
        # Umlauts written with an e, and long vowels.
        (r"(?<=[ao])e(?!$)|(?<=u)e(?=[^aeiou])", ""),
        (r"o[ou]", "u"),
        (r"(.)\1+", r"\1"),
        # What Arabic leaves out, each transcription fills in its own way.
        (r"^abd[aeou]l?(?=$|[^aeiou])", "abd"),
        (r"(?<=a)h$", ""),
        (r"o", "u"),
        (r"(?<=[^aeiou])er$", "r"),  # Aleksandr
        (r"(?<=[aeiou].*[^aeiou])e(?!$)", "a"),
    )
)
_SKELETON = tuple(
    (regex.compile(pattern), plain)
    for pattern, plain in (
        (r"j", ""),  # Jana, Яна; Hájek, Hayek
        (r"[sz]h|[sxz]", "s"),
        (r"th|[td]", "t"),
        (r"[kcgq]h|[kcgqh]", "k"),
        (r"[fvw]", "v"),
        (rf"[{_VOWELS}]+", ""),
        (r"(.)\1+", r"\1"),
    )
)
_SPANISH_J = regex.compile(r"j(?=[aeiou])")
_DIGRAPHS = {"zh": "j", "kh": "h", "ch": "k", "sh": "s", "dz": "j", "ts": "s"}
_LETTERS = {"q": "k", "c": "k", "w": "v", "y": "i", "x": "s"}


@lru_cache(maxsize=16_384)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as names are compared: Latin letters, lower case, hyphens opened, no possessive."""
    latin = in_latin(_POSSESSIVE.sub("", name.strip()))
    return tuple(_PLAIN_WORD.findall(bare(latin.replace("'", ""))))


def in_latin(text: str) -> str:
    """The text in ASCII letters."""
    if text.isascii():
        return text
    # anyascii writes the schwa of Azerbaijani as a sign that is no letter.
    return anyascii(text.translate(_SCHWA))


@lru_cache(maxsize=262_144)
def sound(word: str) -> str:
    """What the usual spellings of one word of a name share: Qasym, Kassym and Kasym all give `kasim`.

    Made by hand from the romanisations of Cyrillic (ISO 9, BGN/PCGN, passports), Arabic and German in the press, and
    from what is left when accents are dropped; no name is listed. Idempotent.

    Args:
        word: one word as `words_of` gives it.
    """
    rules = _ANY_WORD + _LONGER_WORD if len(_GROUP.findall(word)) > 1 else _ANY_WORD
    plain = word
    for pattern, replacement in rules:
        plain = pattern.sub(replacement, plain)
    return plain if plain == word else sound(plain)


@lru_cache(maxsize=262_144)
def skeleton(heard: str) -> str:
    """The consonants of a `sound`, sounds alike in one class; of a word without any, `~`.

    Volodymyr and Vladimir, محمد and Mohammed share it; so do Alexander and Alexandra: it finds, it does not decide.
    """
    plain = heard
    for pattern, replacement in _SKELETON:
        plain = pattern.sub(replacement, plain)
    return plain or "~"


def variants(heard: str) -> tuple[str, ...]:
    """A sound, and what it is where its j is a Spanish h (Jorge, Хорхе), a z that lost its mark (Žižek) or an i."""
    return tuple(dict.fromkeys((heard, _SPANISH_J.sub("h", heard), heard.replace("j", "z"), heard.replace("j", "i"))))


@lru_cache(maxsize=262_144)
def initials(word: str) -> frozenset[str]:
    """The letters that can stand for a word of a name: Zhomart is `J.`, `Z.` or `Ж.`."""
    letter = word[:1]
    found = {_LETTERS.get(letter, letter)}
    if word[:2] in _DIGRAPHS:
        found.add(_DIGRAPHS[word[:2]])
    if word[:2] == "ye":
        found.add("e")
    return frozenset(found)
