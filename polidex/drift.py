"""Whether a night reads as well as the nights before: where it falls far behind, nothing of it is to be loaded."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from extractors.extractor import InvalidItem
from polidex.drafts import Extraction, Item
from polidex.facts import Outcome
from polidex.publish import Store
from polidex.settings import Drift
from schema.vocabulary import ExtractionStatus, Gate, QuarantineReason

LEAST_RUNS = 3
"""Of so many runs a median says something; of fewer the middle one may be the odd one."""
ENOUGH_RECORDS = 40
ENOUGH_DRAFTS = 100
"""So many at least are judged: with fewer, chance alone makes a night fall as far as the defaults let too often."""
_GAVE_NOTHING = (ExtractionStatus.FAILED, ExtractionStatus.REFUSED)


@dataclass(frozen=True)
class Measured:
    """What models gave in a run; two can be added.

    Attributes:
        documents: those of which at least one extractor got a reply.
        drafts: different ones, as the models gave them.
        grounded: those of which nothing was refused.
        records: what became of them, by type.
    """

    documents: int = 0
    drafts: int = 0
    grounded: int = 0
    records: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Measured) -> Measured:
        return Measured(
            self.documents + other.documents,
            self.drafts + other.drafts,
            self.grounded + other.grounded,
            dict(Counter(self.records) + Counter(other.records)),
        )


@dataclass(frozen=True)
class Fall:
    """A measure that fell further than it may. `was` is the median of the earlier runs, `bound` the least allowed."""

    measure: str
    was: float
    now: float
    bound: float


@dataclass(frozen=True)
class Verdict:
    """What came of the comparison: whether the night may be loaded, and why in words."""

    gate: Gate
    words: str
    falls: tuple[Fall, ...] = ()

    @property
    def passes(self) -> bool:
        return self.gate is not Gate.HELD


def measure(extractions: Sequence[Extraction], outcome: Outcome) -> Measured:
    """What models gave for one document, as grounding left it. Nothing needs to be loaded for that."""
    if all(each.row["status"] in _GAVE_NOTHING for each in extractions):
        return Measured()
    drafts = {(each.id, _payload(item)) for each in extractions for item in each.items}
    refused = {
        (each.extraction_id, each.payload) for each in outcome.refused if each.reason is not QuarantineReason.DUPLICATE
    }
    records = Counter(str(each.record_type) for each in outcome.grounded)
    return Measured(1, len(drafts), len(drafts - refused), dict(records))


def earlier_runs(store: Store, model: str, bounds: Drift) -> list[Measured]:
    """The last runs of a model that were loaded and large enough, the newest first: at most `bounds.runs`.

    A run that was loaded with the gate off was wanted so: what lies before it is no measure any more.
    """
    found: list[Measured] = []
    for row in store.rows("night/measured", model=model, documents=bounds.documents)[: bounds.runs]:
        records = json.loads(row["records"])
        found.append(Measured(row["measured_documents"], row["drafts"], row["drafts_grounded"], records))
        if row["gate"] == Gate.OFF:
            break
    return found


def can_judge(earlier: Sequence[Measured], bounds: Drift) -> bool:
    """Whether there is enough to compare with: else a night need not be held back until it is measured."""
    is_on = bounds.grounded_share is not None or bounds.records_per_document is not None
    return is_on and len(earlier) >= min(LEAST_RUNS, bounds.runs)


def judge(now: Measured, earlier: Sequence[Measured], bounds: Drift, *, held: bool = False) -> Verdict:
    """Compare a run with the median of earlier ones. Pure.

    Judged are the share of grounded drafts, and how many records a document gives, in all and of each type. What is
    expected to be fewer than `ENOUGH_RECORDS`, and fewer drafts than `ENOUGH_DRAFTS`, are not judged.

    Args:
        held: whether there are readings among these that an earlier night was held back for: too few of them are
            held back too, or a small part of a bad night would be loaded after it.
    """
    if bounds.grounded_share is None and bounds.records_per_document is None:
        return Verdict(Gate.OFF, "drift is not judged: both bounds are off")
    if not can_judge(earlier, bounds):
        least = min(LEAST_RUNS, bounds.runs)
        return Verdict(
            Gate.UNJUDGED, f"drift is not judged: {len(earlier)} earlier runs to compare with, {least} needed"
        )
    if now.documents < bounds.documents and held:
        return Verdict(
            Gate.HELD,
            f"an earlier night was held back, and {now.documents} documents are too few to tell whether it is over: "
            f"{bounds.documents} are needed",
        )
    if now.documents < bounds.documents:
        return Verdict(
            Gate.UNJUDGED, f"drift is not judged: {now.documents} documents were read, {bounds.documents} are needed"
        )
    falls = [*_grounded(now, earlier, bounds.grounded_share), *_records(now, earlier, bounds.records_per_document)]
    if not falls:
        return Verdict(Gate.PASSED, f"no drift against the last {len(earlier)} runs")
    told = "; ".join(
        f"{each.measure} fell from {each.was:.2f} to {each.now:.2f} (bound {each.bound:.2f})" for each in falls
    )
    return Verdict(Gate.HELD, f"drift against the last {len(earlier)} runs: {told}", tuple(falls))


def _grounded(now: Measured, earlier: Sequence[Measured], most: float | None) -> Iterable[Fall]:
    compared = [each.grounded / each.drafts for each in earlier if each.drafts]
    # Without drafts there is no share of them; that there are none, the records tell.
    if most is None or not compared or now.drafts < ENOUGH_DRAFTS:
        return
    yield from _fall("grounded drafts", median(compared), now.grounded / now.drafts, most)


def _records(now: Measured, earlier: Sequence[Measured], most: float | None) -> Iterable[Fall]:
    if most is None:
        return
    for kind in (None, *sorted({kind for each in earlier for kind in each.records})):
        was = median(_count(each, kind) / each.documents for each in earlier)
        if was * now.documents >= ENOUGH_RECORDS:
            name = f"{kind} records" if kind else "records"
            yield from _fall(f"{name} per document", was, _count(now, kind) / now.documents, most)


def _count(run: Measured, kind: str | None) -> int:
    return run.records.get(kind, 0) if kind else sum(run.records.values())


def _fall(name: str, was: float, now: float, most: float) -> Iterable[Fall]:
    bound = was * (1 - most)
    if now < bound:
        yield Fall(name, was, now, bound)


def _payload(item: Item) -> str:
    draft = item.draft
    return draft.payload if isinstance(draft, InvalidItem) else draft.model_dump_json(exclude_defaults=True)
