"""What resolution knows of a mention, and what it says of two: the same thing, two things, or unsure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date

from schema.base import Record, Text
from schema.vocabulary import Judgement


class Profile(Record, ABC):
    """What one document says of one thing, as far as that tells it from others.

    A profile is a pure function of its document and of the reading of it: never of what else is in the database, save
    for the ids of people, offices and bodies that it refers to.

    Attributes:
        mention_id: key of the mention; the same after the document is read again.
        document_id: the document that it stands in.
        published: the last day on which the document can have been published; None when that is not known.
    """

    mention_id: Text
    document_id: Text
    published: date | None = None

    @abstractmethod
    def key(self) -> tuple[str, ...]:
        """What the id of a thing is made from when this is its earliest mention."""

    def detail(self) -> int:
        """How much it tells, for merges that are weak: the vaguer joins the fuller one, `J. Biden` Joe Biden."""
        return 0

    def stands_alone(self) -> bool:
        """Whether it is a thing by itself; a role phrase that nobody is known for is not."""
        return True

    @abstractmethod
    def blocks(self) -> frozenset[str]:
        """Words by which it is found: two profiles that `judge` has an answer for share at least one."""

    def looks_for(self) -> frozenset[str]:
        """The blocks of others in which to look; fewer than its own where most that share one are nothing to it.

        Of two profiles that `judge` has an answer for, each looks for a block of the other.
        """
        return self.blocks()


@dataclass(frozen=True)
class Judged:
    """What a rule says of two profiles.

    Attributes:
        judgement: positive, negative (never one cluster, whatever else says so), or unsure (waits for a person).
        method: the rule, in snake_case; `polidex explain` shows it.
        score: how alike the two are by that rule, 0 to 1. Surer merges are made first.
        weak: a positive that only holds while no second thing fits as well: `J. Biden` beside Joe and Jill is unsure.
    """

    judgement: Judgement
    method: str
    score: float
    weak: bool = False
