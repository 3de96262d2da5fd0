"""An article and its word-for-word reprint are one source: find the text that each text was first printed as.

Two texts are compared by the runs of words that they share (shingles: Broder, On the resemblance and containment of
documents, 1997). A text is found again by the smallest hashes of its runs (a bottom-k sketch: Cohen and Kaplan,
Summarizing data using bottom-k sketches, 2007), so that a new one is compared only with the few that share some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

import regex

from polidex.folding import UNSPACED, bare
from polidex.publish import Store
from schema import DocumentVersion
from schema.rows import spans_from_text

_RUN_WORDS = 4
_SKETCH = 32
_CANDIDATE = 4
"""So many bands in common make two texts worth comparing: texts of which a third is common miss it once in 250 times,
those of which half is common once in 100,000."""
_OF_SHORTER, _OF_LONGER = 0.6, 0.4
"""How much of each text a reprint shares: a header, a footer, a cut and small edits leave that, two reports of one
event do not come near it."""
_QUOTED_WORDS = 3
"""Of a quotation only the first words count: two reports of one press conference share its words, not their telling."""

_WORD = regex.compile(rf"[{UNSPACED}]\p{{M}}*|[\p{{L}}\p{{M}}\p{{N}}--[{UNSPACED}]]+", flags=regex.VERSION1)
_QUOTATION = regex.compile(r"[“„][^“”„\n]*[”“]|«[^«»\n]*»|「[^「」\n]*」|\"[^\"\n]*\"")


@dataclass(frozen=True)
class Printed:
    """A text as it is compared with others: the hashes of its runs of four words, without case, accents and marks."""

    runs: frozenset[int]

    @cached_property
    def bands(self) -> frozenset[str]:
        """By what it is found: the smallest of the hashes, 16 hexadecimal digits each."""
        return frozenset(f"{run:016x}" for run in sorted(self.runs)[:_SKETCH])

    def is_reprint(self, other: Printed) -> bool:
        """Whether the one was printed from the other, or both from a third; which was first, the words do not tell."""
        if len(self.bands & other.bands) < _CANDIDATE:
            return False
        shared, sizes = len(self.runs & other.runs), sorted((len(self.runs), len(other.runs)))
        return shared >= _OF_SHORTER * sizes[0] and shared >= _OF_LONGER * sizes[1]


def printed(text: str, reading_spans: Sequence[tuple[int, int]]) -> Printed:
    """The runs of words of an article; what stands around it on its page does not count."""
    article = "\n".join(text[start:end] for start, end in reading_spans)
    told = _QUOTATION.sub(lambda quotation: " ".join(_WORD.findall(quotation.group())[:_QUOTED_WORDS]), article)
    words = [bare(word) for word in _WORD.findall(told)]
    runs = (" ".join(words[at : at + _RUN_WORDS]) for at in range(len(words) - _RUN_WORDS + 1))
    return Printed(frozenset(int.from_bytes(blake2b(run.encode(), digest_size=8).digest()) for run in runs))


@dataclass(frozen=True)
class Sourced:
    """What a new text changes in who was first to print what.

    Attributes:
        rows: by table: the bands of the text, and `source_id` of every version whose source is another one now.
        sources: version -> source, of this text and of all that are of one source with it.
        joined: the versions of sources that were taken for several until this text came, which is akin to each. What
            was counted as told independently no longer is: the rows that rest on them are to be made anew.
    """

    rows: Mapping[str, list[dict[str, Any]]]
    sources: Mapping[str, str]
    joined: tuple[str, ...]


def sources_with(store: Store, version: DocumentVersion) -> Sourced:
    """Which text each one was first printed as, with one more text, which is stored already.

    Texts that are reprints of one another, directly or through others, are one source. It has the key of the version
    that was published first, and of those of one day the smallest key, whichever was read first.
    """
    article = printed(version.text, version.reading_spans)
    bands = sorted(article.bands)
    own = store.rows("resolve/source_of", id=version.id)
    found = {own[0]["source_id"] or version.id} if own else {version.id}
    rows: dict[str, list[dict[str, Any]]] = {}
    if bands and not (own and own[0]["is_compared"]):
        rows["text_band"] = [{"band": band, "document_version_id": version.id} for band in bands]
        found |= _akin(store, version, article, bands)
    members = {each["id"]: each for each in store.rows("resolve/printed_as", ids=sorted(found))}
    # Its date may be another one than when it was read last.
    of_own = {"published_latest": version.published.latest, "source_id": own[0]["source_id"] if own else None}
    members[version.id] = {"id": version.id, **of_own}
    first = min(members.values(), key=_printed_first)["id"]
    rows["document_version"] = [
        {"id": key, "source_id": first} for key, each in sorted(members.items()) if each["source_id"] != first
    ]
    others = found - {version.id}
    return Sourced(rows, dict.fromkeys(members, first), tuple(sorted(members)) if len(others) > 1 else ())


def _akin(store: Store, version: DocumentVersion, article: Printed, bands: Sequence[str]) -> set[str]:
    """The sources of which at least one text is a reprint of this one, or this one of it."""
    akin: set[str] = set()
    for each in store.rows("resolve/reprint_candidates", bands=bands, enough=_CANDIDATE, id=version.id):
        # One of a thousand copies is enough to know that it is one more.
        if each["source_id"] not in akin:
            other = printed(each["text"], spans_from_text(each["reading_spans"] or ""))
            if article.is_reprint(other):
                akin.add(each["source_id"])
    return akin


def _printed_first(version: Mapping[str, Any]) -> tuple[date, str]:
    return version["published_latest"] or date.max, version["id"]
