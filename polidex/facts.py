"""What grounding makes of a draft: facts that stand in the text, and refusals with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from polidex.named import Named
from polidex.quotes import Found
from schema.vocabulary import Basis, Modality, QuarantineReason, RecordType


@dataclass(frozen=True)
class Fact:
    """One value and the spans it rests on.

    Attributes:
        original: how the source words it, where that differs.
        content_key: what is claimed, of whom, from which words; empty until the draft is resolved.
    """

    value: str
    spans: tuple[Found, ...]
    basis: Basis = Basis.STATED
    original: str | None = None
    content_key: str = ""


@dataclass(frozen=True)
class Grounded:
    """A draft of which every fact stands in the text.

    Attributes:
        people: for each field that names a person, who of the document it is.
        facts: by the column that they give; those of a part of a record with a dot (`event.date`).
        again: whether it is a further step of a reform that another draft tells in the same words.
        doubted: another value of the draft was refused: its facts give way beside those of a draft without a fault.
    """

    record_type: RecordType
    extraction_id: str
    facts: dict[str, Fact]
    people: dict[str, Named] = field(default_factory=dict)
    modality: Modality = Modality.ASSERTED
    again: bool = False
    doubted: bool = False

    @property
    def start(self) -> int:
        return min(found.start for fact in self.facts.values() for found in fact.spans)


@dataclass(frozen=True)
class Refusal:
    """A draft, or a value of one, that was not loaded."""

    record_type: RecordType
    extraction_id: str
    payload: str
    reason: QuarantineReason
    detail: str


@dataclass
class Outcome:
    """What grounding one document gave."""

    grounded: list[Grounded] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    people: list[Named] = field(default_factory=list)


class Ungrounded(Exception):
    """Raised inside this step for a draft that must be refused whole; it never leaves it."""

    def __init__(self, reason: QuarantineReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
