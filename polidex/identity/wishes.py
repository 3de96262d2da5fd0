"""What people decided about who is who, as it is laid upon what rules make of the mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from polidex.publish import Store
from schema.vocabulary import Judgement

Row = dict[str, Any]


class Wishes:
    """What people decided: things that are one, and mentions that are not."""

    def __init__(self, store: Store) -> None:
        decisions = store.rows("resolve/decisions")
        self._same = [each for each in decisions if each["judgement"] == Judgement.POSITIVE]
        self.apart = [
            (each["left_id"], each["right_id"]) for each in decisions if each["judgement"] == Judgement.NEGATIVE
        ]
        # Most databases have few decisions; of a row that is gone, the redirect tells what became of it.
        named = sorted({each[side] for each in self._same for side in ("left_id", "right_id")})
        found = store.rows("resolve/redirects", ids=named) if named else []
        self._redirects = {each["id"]: each["target_id"] for each in found}

    def same(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """What was made one: by what each side is known, the surest first: a mention, its row, what that has become.

        The key of a row changes with its earliest mention, and is lost where two rows are one; the mention stays.
        """
        for each in self._same:
            yield self._known_by(each, "left"), self._known_by(each, "right")

    def _known_by(self, decision: Row, side: str) -> tuple[str, ...]:
        mention, row = decision.get(f"{side}_mention_id"), decision[f"{side}_id"]
        return (*((mention,) if mention else ()), row, *filter(None, (self._redirects.get(row),)))

    def beside(self, keys: Iterable[str]) -> set[str]:
        """The rows and mentions that a person has said are one with some others."""
        given = {*keys} if self._same else set()
        pairs = ({*left, *right} for left, right in self.same()) if given else ()
        return {each for pair in pairs if given & pair for each in pair}
