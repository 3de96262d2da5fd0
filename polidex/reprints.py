"""An article and its word-for-word reprint are one source: find the text that each text was first printed as.

Two texts are compared by the runs of words that they share (shingles: Broder, On the resemblance and containment of
documents, 1997). A text is found again by the smallest hashes of its runs (a bottom-k sketch: Cohen and Kaplan,
Summarizing data using bottom-k sketches, 2007), so that a new one is compared only with the few that share some.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from itertools import combinations
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
        one, two = len(self.runs), len(other.runs)
        needed = max(_OF_SHORTER * min(one, two), _OF_LONGER * max(one, two))
        # All of the shorter one is not enough where the longer one is more than twice and a half as long.
        if needed > min(one, two) or len(self.bands & other.bands) < _CANDIDATE:
            return False
        return len(self.runs & other.runs) >= needed


def printed(text: str, reading_spans: Sequence[tuple[int, int]]) -> Printed:
    """The runs of words of an article; what stands around it on its page does not count."""
    article = "\n".join(text[start:end] for start, end in reading_spans)
    told = _QUOTATION.sub(lambda quotation: " ".join(_WORD.findall(quotation.group())[:_QUOTED_WORDS]), article)
    words = [bare(word) for word in _WORD.findall(told)]
    runs = (" ".join(words[at : at + _RUN_WORDS]) for at in range(len(words) - _RUN_WORDS + 1))
    return Printed(frozenset(int.from_bytes(blake2b(run.encode(), digest_size=8).digest()) for run in runs))


@dataclass(frozen=True)
class Sourced:
    """What new texts change in who was first to print what.

    Attributes:
        rows: by table: the bands of the texts, and `source_id` of every version whose source is another one now.
        sources: version -> source, of these texts and of all that are of one source with one of them.
        joined: the versions of sources that were taken for several until these texts came, which are akin to each.
            What was counted as told independently no longer is: the rows that rest on them are to be made anew.
    """

    rows: Mapping[str, list[dict[str, Any]]]
    sources: Mapping[str, str]
    joined: tuple[str, ...]


def sources_with(store: Store, versions: Sequence[DocumentVersion]) -> Sourced:
    """Which text each one was first printed as, with some more texts, which are stored already.

    Texts that are reprints of one another, directly or through others, are one source. It has the key of the version
    that was published first, and of those of one day the smallest key, whichever was read first.
    """
    own = {each["id"]: each for each in store.rows("resolve/sources_of", ids=[each.id for each in versions])}
    known = {key: each["source_id"] for key, each in own.items() if each["source_id"]}
    articles = {
        each.id: printed(each.text, each.reading_spans)
        for each in versions
        if each.id not in own or not own[each.id]["is_compared"]
    }
    sources = {each.id: known.get(each.id, each.id) for each in versions}
    one_source = _joined(
        sources.values(),
        [
            *((sources[new], source) for new, source in _akin(store, articles)),
            *((sources[one], sources[other]) for one, other in _akin_among(articles)),
        ],
    )
    members: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for each in store.rows("resolve/printed_as", ids=sorted(one_source)):
        members[one_source[each["source_id"]]][each["id"]] = each
    for version in versions:
        # Its date may be another one than when it was read last.
        of_own = {"published_latest": version.published.latest, "source_id": known.get(version.id)}
        members[one_source[sources[version.id]]][version.id] = {"id": version.id, **of_own}
    rows: dict[str, list[dict[str, Any]]] = {
        "text_band": [
            {"band": band, "document_version_id": key} for key, each in articles.items() for band in sorted(each.bands)
        ],
        "document_version": [],
    }
    first_of: dict[str, str] = {}
    joined: list[str] = []
    for some in members.values():
        first = min(some.values(), key=_printed_first)["id"]
        first_of |= dict.fromkeys(some, first)
        rows["document_version"] += [
            {"id": key, "source_id": first} for key, each in sorted(some.items()) if each["source_id"] != first
        ]
        if len({each["source_id"] for each in some.values() if each["source_id"]}) > 1:
            joined += sorted(some)
    return Sourced({table: given for table, given in rows.items() if given}, first_of, tuple(joined))


def _joined(nodes: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each node one of those that it is joined with, directly or through others: the same for all of them."""
    root = {node: node for node in nodes}

    def find(node: str) -> str:
        while root.setdefault(node, node) != node:
            node = root[node]
        return node

    for one, other in pairs:
        root[find(one)] = find(other)
    return {node: find(node) for node in [*root]}


def _akin(store: Store, articles: Mapping[str, Printed]) -> set[tuple[str, str]]:
    """The sources of which at least one stored text is a reprint of one of these, or one of these of it."""
    pairs = [f"{band} {key}" for key, each in articles.items() for band in sorted(each.bands)]
    waiting: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in store.rows("resolve/reprint_candidates", pairs=pairs, enough=_CANDIDATE):
        waiting[each["new_id"], each["source_id"]].append(each["id"])
    akin: set[tuple[str, str]] = set()
    # One of a thousand copies is enough to know that it is one more: the likest is looked at before all others.
    for some in (slice(1), slice(1, None)):
        asked = {pair: ids[some] for pair, ids in waiting.items() if pair not in akin and ids[some]}
        texts = store.rows("resolve/texts_of", ids=sorted({id_ for ids in asked.values() for id_ in ids}))
        found = {each["id"]: _compared_before(each["text"], each["reading_spans"] or "") for each in texts}
        for (new, source), ids in asked.items():
            article = articles[new]
            if any(article.is_reprint(found[id_]) for id_ in ids):
                akin.add((new, source))
    _forget()
    return akin


_remembered: dict[tuple[str, str], Printed] = {}
_REMEMBERED_RUNS = 300_000
"""Of the texts that were compared last: some thirty megabytes. What is printed by a form is compared each time."""


def _compared_before(text: str, reading_spans: str) -> Printed:
    """A stored text as it is compared with others, from memory if it was compared not long ago."""
    known = _remembered.pop((text, reading_spans), None) or printed(text, spans_from_text(reading_spans))
    _remembered[text, reading_spans] = known
    return known


def _forget() -> None:
    """Let go of the texts that were longest not compared."""
    runs = sum(len(each.runs) for each in _remembered.values())
    for key in [*_remembered]:
        if runs <= _REMEMBERED_RUNS:
            break
        runs -= len(_remembered.pop(key).runs)


def _akin_among(articles: Mapping[str, Printed]) -> Iterator[tuple[str, str]]:
    """The pairs of new texts of which one is a reprint of the other."""
    by_band: dict[str, list[str]] = defaultdict(list)
    for key, each in articles.items():
        for band in each.bands:
            by_band[band].append(key)
    shared = Counter(pair for keys in by_band.values() for pair in combinations(keys, 2))
    for (one, other), many in shared.items():
        if many >= _CANDIDATE and articles[one].is_reprint(articles[other]):
            yield one, other


def _printed_first(version: Mapping[str, Any]) -> tuple[date, str]:
    return version["published_latest"] or date.max, version["id"]
