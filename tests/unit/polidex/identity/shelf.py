"""The queries that resolution asks, answered from memory: so that a property test can try hundreds of orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from polidex.identity.settle import Settled

Row = dict[str, Any]


class Shelf:
    """Tables as dictionaries, and `rows` as `polidex.publish.Store` has it, for the queries of `sql/resolve/`."""

    def __init__(self) -> None:
        self.mention: dict[str, Row] = {}
        self.block: set[tuple[str, str]] = set()
        self.redirect: dict[str, Row] = {}
        self.decision: dict[str, Row] = {}

    def rows(self, name: str, **asked: Sequence[str]) -> list[Row]:
        keys = set(next(iter(asked.values()), ()))
        match name.removeprefix("resolve/"):
            case "mentions_by_id":
                found = [row for key, row in self.mention.items() if key in keys]
            case "mentions_by_row":
                found = [row for row in self.mention.values() if row["canonical_id"] in keys]
            case "mentions_by_block":
                within = {mention for block, mention in self.block if block in keys}
                found = [row for key, row in self.mention.items() if key in within]
            case "blocks_of":
                found = [{"block": block, "mention_id": key} for block, key in self.block if key in keys]
            case "redirects":
                found = [row for row in self.redirect.values() if row["id"] in keys or row["target_id"] in keys]
            case "decisions":
                found = [row for row in self.decision.values() if row["decided_by"] == "user"]
            case "doubts_of":
                found = [
                    row
                    for row in self.decision.values()
                    if row["decided_by"] == "rule" and (row["left_id"] in keys or row["right_id"] in keys)
                ]
            case other:
                raise AssertionError(other)
        return [dict(row) for row in found]

    def write(self, settled: Settled) -> None:
        tables: Mapping[str, dict[str, Row]] = {
            "mention": self.mention,
            "redirect": self.redirect,
            "resolver_decision": self.decision,
        }
        for name, table in tables.items():
            table |= {row["id"]: row for row in settled.rows[name]}
            for key in settled.delete[name]:
                table.pop(str(key), None)
        self.block |= {(row["block"], row["mention_id"]) for row in settled.rows["mention_block"]}
        self.block -= {(key[0], key[1]) for key in settled.delete["mention_block"]}
        assert {mention for _, mention in self.block} <= self.mention.keys()

    def clusters(self) -> dict[str, frozenset[str]]:
        """The mentions of each row."""
        found: dict[str, set[str]] = {}
        for key, row in self.mention.items():
            found.setdefault(row["canonical_id"] or key, set()).add(key)
        return {key: frozenset(members) for key, members in found.items()}

    def now(self, key: str) -> str:
        """What a key leads to."""
        return str(self.redirect[key]["target_id"]) if key in self.redirect else key
