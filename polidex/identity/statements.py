"""Which reports are of one statement: the same words of the same speaker, and for few words also of the same days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from zlib import crc32

import regex
from rapidfuzz.distance import Indel

from polidex.folding import UNSPACED, bare, fold
from polidex.identity.judged import Judged, Profile
from polidex.identity.words import negations
from schema import WorldDate
from schema.base import Language, Text
from schema.vocabulary import Judgement, StatementForm

_LONG_WORDS = 8
"""Words that are hardly said twice in the same order; of fewer, a slogan, the same is said on many days."""
_SHORTEST_WORDS = 3
_SHINGLE_WORDS = 4
_NEARLY = 0.85
"""Share of the words of two texts that stand in both in one order, at least, where they are nearly equal."""
_SAME_DAYS = 2
"""Days between two reports of the same few words at most: an agency's is taken over within that."""
_TERM_DAYS = 14
"""Days within which the same few words are compared at all."""
_CLOCKS = dt.timedelta(days=1)
"""By how much two dates of one statement may differ: it is another day elsewhere."""
_WORD = regex.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+")


class StatementProfile(Profile):
    """What a speaker said, as one document reports it.

    Attributes:
        speaker: canonical id of a person or a body, or how the document calls one that is not known, folded.
        text: the words; those of the speaker, save where the form is indirect.
        language: of the text, ISO 639-1.
        date: when it was said, where the document tells.
        form: whether the words are the speaker's own.
    """

    speaker: Text
    text: Text
    language: Language | None = None
    date: WorldDate = WorldDate.unknown()
    form: StatementForm

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words without case, accents and punctuation; in a script without spaces, the signs."""
        return tuple(bare(word) for word in _WORD.findall(fold(self.text).text))

    @property
    def day(self) -> dt.date | None:
        """A day near to when it was said: its own, or that of its document."""
        earliest, latest = self.date.earliest, self.date.latest
        precise = earliest and latest and (latest - earliest).days <= _SAME_DAYS
        return earliest if precise else self.published

    def key(self) -> tuple[str, ...]:
        return (self.speaker, " ".join(self.words))

    def detail(self) -> int:
        """The number of its words: what one report shortens joins the fuller one."""
        return len(self.words)

    def blocks(self) -> frozenset[str]:
        return self._blocks

    @cached_property
    def _blocks(self) -> frozenset[str]:
        if len(self.words) >= _LONG_WORDS:
            return frozenset(f"statement|{self.speaker}|{mark:08x}" for mark in _marks(self.words))
        if len(self.words) < _SHORTEST_WORDS or self.day is None:
            return frozenset()
        # Two days less than a term apart have a term of these in common.
        number = self.day.toordinal()
        terms = {number // _TERM_DAYS, (number + _TERM_DAYS - 1) // _TERM_DAYS}
        return frozenset(f"statement|{self.speaker}|{_hash(self.words):08x}|{term}" for term in terms)


def judge(one: StatementProfile, other: StatementProfile) -> Judged | None:
    """Whether two documents report one statement; None when their words do not say so.

    Eight words or more in one order are one statement whenever they are printed, unless both reports date it and the
    dates differ: also where one report has only a part of them. Fewer words are one statement only within two days.
    Indirect speech, which no report words like another, may differ in a few words, but not in numbers or negations.
    """
    differ = one.language and other.language and one.language != other.language
    if one.speaker != other.speaker or differ or not one.blocks() & other.blocks():
        return None
    if min(len(one.words), len(other.words)) < _LONG_WORDS:
        return _judge_few_words(one, other)
    alike = _alike(one, other)
    if alike and _on_other_days(one.date, other.date):
        return Judged(Judgement.NEGATIVE, "said_on_another_day", alike.score)
    return alike


def _judge_few_words(one: StatementProfile, other: StatementProfile) -> Judged | None:
    if one.words != other.words or one.day is None or other.day is None:
        return None
    if abs((one.day - other.day).days) > _SAME_DAYS or _on_other_days(one.date, other.date):
        return Judged(Judgement.NEGATIVE, "few_words_on_another_day", 1.0)
    return Judged(Judgement.POSITIVE, "few_words_on_the_same_days", 0.9)


def _alike(one: StatementProfile, other: StatementProfile) -> Judged | None:
    if one.words == other.words:
        return Judged(Judgement.POSITIVE, "same_words", 1.0)
    shorter, longer = sorted((one.words, other.words), key=len)
    own_words = StatementForm.INDIRECT not in (one.form, other.form)
    if own_words and f" {' '.join(shorter)} " in f" {' '.join(longer)} ":
        # Weak: a passage of two speeches, on two days, tells neither.
        return Judged(Judgement.POSITIVE, "part_of_the_words", 0.9, weak=True)
    score = Indel.normalized_similarity(one.words, other.words)
    if score >= _NEARLY and _says_the_same(one, other):
        return Judged(Judgement.POSITIVE, "nearly_the_same_words", round(score, 4), weak=True)
    return None


def _says_the_same(one: StatementProfile, other: StatementProfile) -> bool:
    """Whether no number and no negation stands in only one of two texts; false where negations are not known."""
    turning = negations(one.language)
    if turning is None or one.language != other.language:
        return False
    told, others = (
        Counter(word for word in each.words if word in turning or any(map(str.isdigit, word))) for each in (one, other)
    )
    return told == others


def _on_other_days(one: WorldDate, other: WorldDate) -> bool:
    """Whether two dates are further apart than clocks are."""
    return _is_days_before(one, other) or _is_days_before(other, one)


def _is_days_before(one: WorldDate, other: WorldDate) -> bool:
    return one.latest is not None and other.earliest is not None and other.earliest - one.latest > _CLOCKS


def _marks(words: tuple[str, ...]) -> Iterator[int]:
    """Hashes of some runs of words, so chosen that two texts with eight words in one order have one in common.

    Winnowing: of the runs that begin in each window, the least hash (Schleimer, Wilkerson and Aiken, "Winnowing: Local
    Algorithms for Document Fingerprinting", SIGMOD 2003).
    """
    hashes = [_hash(words[at : at + _SHINGLE_WORDS]) for at in range(len(words) - _SHINGLE_WORDS + 1)]
    window = _LONG_WORDS - _SHINGLE_WORDS + 1
    for at in range(len(hashes) - window + 1):
        yield min(hashes[at : at + window])


def _hash(words: tuple[str, ...]) -> int:
    return crc32(" ".join(words).encode())
