"""What a person says of who is who and of claims: it is written down with who and when, and outranks every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from polidex.database import reading, statement
from polidex.identity.clusters import SAID_BY_A_PERSON, order
from polidex.identity.kinds import KINDS
from polidex.judging import judge, take_back
from polidex.publish import Store, open_store
from polidex.regroup import resettle
from schema import stable_id
from schema.errors import UnknownId, UsageError
from schema.vocabulary import Judge, Judgement, RecordType, Verdict

Row = Mapping[str, Any]
_SIDES = ("left_id", "right_id", "left_mention_id", "right_mention_id")


@dataclass(frozen=True)
class Waiting:
    """What waits for a person.

    Attributes:
        doubts: pairs of rows that may be one thing: id, record_type, left and right with their names, method, score.
        refused: drafts in quarantine: id, record_type, reason, detail, payload, uri.
    """

    doubts: tuple[Row, ...]
    refused: tuple[Row, ...]


def waiting(url: str) -> Waiting:
    """What waits for a person in a database.

    Raises:
        DatabaseError: it cannot be read.
    """
    with reading(url) as connection:
        doubts, refused = (
            tuple(dict(row) for row in connection.execute(sa.text(statement(f"review/{name}"))).mappings())
            for name in ("doubts", "quarantine")
        )
    return Waiting(doubts, refused)


def merge(url: str, keep: str, other: str, *, by: str) -> str:
    """Make two rows one. Returns the key of the decision, by which `undo` takes it back.

    Raises:
        UnknownId: one of them is no row that mentions were taken for.
        UsageError: they are things of two kinds, or one and the same.
    """
    with _deciding(url) as store:
        return _merge(store, keep, other, by)


def split(url: str, row: str, parts: Sequence[str], *, by: str) -> list[str]:
    """Take mentions out of a row, for good: what `parts` names is another thing.

    Args:
        parts: mentions of the row, or documents whose mentions of it are meant.

    Raises:
        UnknownId: the row has no mention that `parts` names.
        UsageError: nothing would be left of the row.
    """
    with _deciding(url) as store:
        mentions = _mentions(store, row)
        out = [each for each in mentions if {each["id"], each["document_id"]} & {*parts}]
        stay = [each for each in mentions if each not in out]
        if not out:
            raise UnknownId(f"No mention of {row} is called, or stands in, {' or '.join(parts)}.")
        if not stay:
            raise UsageError(f"All mentions of {row} are named: nothing would be left of it.")
        now = datetime.now(UTC)
        made = [
            _decision(_kind(mentions), Judgement.NEGATIVE, one, left, by, now)
            for one in _ids(out)
            for left in _ids(stay)
        ]
        # Of a merge that said otherwise the later word counts.
        former = _taken_back(store, Judgement.POSITIVE, "mention_id", [{*_ids(out)}, {*_ids(stay)}], now)
        store.load({"resolver_decision": [*former, *made]})
        resettle(store, _ids(mentions))
        if former:
            made += _held_together(store, [_ids(out), _ids(stay)], by, now)
        return [each["id"] for each in made]


def accept(url: str, id_: str, *, by: str) -> list[str]:
    """Say that a pair that waits is one thing, or that a claim, or all claims of a row, are right."""
    with _deciding(url) as store:
        if found := store.rows("review/decision", id=id_):
            return [_merge(store, found[0]["left_id"], found[0]["right_id"], by)]
        return judge(store, id_, Verdict.ACCEPTED, by)


def reject(url: str, id_: str, *, by: str) -> list[str]:
    """Say that a pair that waits is two things, or that a claim, or all claims of a row, are wrong.

    A rejected claim goes to quarantine and does not come back, whichever model reads its words again.
    """
    with _deciding(url) as store:
        if found := store.rows("review/decision", id=id_):
            left, right = (_mentions(store, found[0][side]) for side in ("left_id", "right_id"))
            now = datetime.now(UTC)
            made = [
                _decision(_kind(left), Judgement.NEGATIVE, one, other, by, now)
                for one in _ids(right)
                for other in _ids(left)
            ]
            store.load({"resolver_decision": made})
            resettle(store, [*_ids(left), *_ids(right)])
            return [each["id"] for each in made]
        return judge(store, id_, Verdict.REJECTED, by)


def correct(url: str, claim: str, value: str, *, by: str) -> list[str]:
    """Say what the value of a claim rightly is: it stays so, whichever model reads its words again.

    Raises:
        UnknownId: there is no such claim.
        UsageError: the value is none that the field can have; then nothing was decided.
    """
    with _deciding(url) as store:
        return judge(store, claim, Verdict.CORRECTED, by, value)


def undo(url: str, decision: str) -> None:
    """Take back a merge or a split, all of it, which stays written down with when it was; or a verdict on a claim.

    What the merge or split had overruled holds again. What a verdict kept out is made of the stored replies again.

    Raises:
        UnknownId: no decision of a person that holds has this key.
    """
    with _deciding(url) as store:
        if store.rows("review/verdict", id=decision):
            take_back(store, decision)
            return
        found = [
            each
            for each in store.rows("review/decision", id=decision)
            if each["decided_by"] == Judge.USER and each["deleted_at"] is None
        ]
        if not found:
            raise UnknownId(f"No decision that holds has the key `{decision}`.")
        when, now = found[0]["created_at"], datetime.now(UTC)
        everything = [each for each in store.rows("review/acts") if each["user_name"] == found[0]["user_name"]]
        act = [each for each in everything if each["created_at"] == when and each["deleted_at"] is None]
        overruled = [each for each in everything if each["deleted_at"] == when]
        about = sorted({each[side] for each in [*act, *overruled] for side in _SIDES if each[side]})
        store.load(
            {
                "resolver_decision": [
                    *({**each, "deleted_at": now} for each in act),
                    *({**each, "deleted_at": None} for each in overruled),
                ]
            }
        )
        rows = [*about, *(each["target_id"] for each in store.rows("resolve/redirects", ids=about))]
        mentions = [
            *store.rows("resolve/mentions_by_row", ids=rows), *store.rows("resolve/mentions_by_id", ids=about)
        ]  # fmt: skip
        rows = [each["canonical_id"] for each in mentions if each["canonical_id"]]
        resettle(store, _ids([*mentions, *store.rows("resolve/mentions_by_row", ids=rows)]))


@contextmanager
def _deciding(url: str) -> Iterator[Store]:
    """The store, in one transaction: a decision is kept with all that follows from it, or not at all."""
    with open_store(url, create=False) as store, store.transaction():
        yield store


def _merge(store: Store, keep: str, other: str, by: str) -> str:
    both = [_mentions(store, keep), _mentions(store, other)]
    if _kind(both[0]) != _kind(both[1]):
        raise UsageError(f"{keep} and {other} are things of two kinds.")
    if keep == other:
        raise UsageError(f"{keep} is one thing already.")
    now = datetime.now(UTC)
    made = _merged(both, by, now)
    # Of a split that said otherwise the later word counts.
    former = _taken_back(store, Judgement.NEGATIVE, "id", [{*_ids(mentions)} for mentions in both], now)
    store.load({"resolver_decision": [*former, made]})
    resettle(store, sorted(_ids([*both[0], *both[1]])))
    return str(made["id"])


def _merged(both: Sequence[Sequence[Row]], by: str, now: datetime) -> dict[str, Any]:
    """The decision that two rows are one, with a mention of each: the first, which the key is made from."""
    left, right = (min(mentions, key=_told) for mentions in both)
    made = _decision(_kind(both[0]), Judgement.POSITIVE, left["canonical_id"], right["canonical_id"], by, now)
    return {**made, "left_mention_id": left["id"], "right_mention_id": right["id"]}


def _told(mention: Row) -> tuple[date, str, str]:
    return order(KINDS[RecordType(mention["record_type"])].profile.model_validate_json(mention["profile"]))


def _taken_back(
    store: Store, judgement: Judgement, of: str, sides: Sequence[set[str]], now: datetime
) -> list[dict[str, Any]]:
    """The decisions between mentions of two sides that hold so far, as overruled at a time: `undo` finds them by it."""
    one, other = sides
    return [
        {**each, "deleted_at": now}
        for each in store.rows("resolve/decisions")
        if each["judgement"] == judgement
        and any({each[f"left_{of}"]} <= left and {each[f"right_{of}"]} <= right
                for left, right in ((one, other), (other, one)))
    ]  # fmt: skip


def _held_together(store: Store, sides: Sequence[Sequence[str]], by: str, now: datetime) -> list[dict[str, Any]]:
    """Make each side of a split one where only a merge that the split overruled had made it so."""
    made: list[dict[str, Any]] = []
    for ids in sides:
        rows: dict[str, list[Row]] = defaultdict(list)
        for each in sorted(store.rows("resolve/mentions_by_id", ids=list(ids)), key=_told):
            if each["canonical_id"]:
                rows[each["canonical_id"]].append(each)
        first, *others = rows.values() if rows else [[]]
        made += [_merged([first, each], by, now) for each in others]
    if made:
        store.load({"resolver_decision": made})
        resettle(store, [each for ids in sides for each in ids])
    return made


def _mentions(store: Store, row: str) -> list[dict[str, Any]]:
    found = store.rows("resolve/mentions_by_row", ids=[row])
    if not found:
        gone = [each["target_id"] for each in store.rows("resolve/redirects", ids=[row]) if each["id"] == row]
        hint = f"It is part of {gone[0]} now." if gone else "`polidex query` shows the rows and their keys."
        raise UnknownId(f"Nothing that was resolved has the key `{row}`.", hint=hint)
    return found


def _kind(mentions: Sequence[Row]) -> str:
    return str(mentions[0]["record_type"])


def _ids(rows: Iterable[Row]) -> list[str]:
    return [str(each["id"]) for each in rows]


def _decision(kind: str, judgement: Judgement, left: str, right: str, by: str, now: datetime) -> dict[str, Any]:
    return {
        "id": stable_id("decision", judgement, left, right, now.isoformat()),
        "record_type": kind,
        "left_id": left,
        "right_id": right,
        "judgement": str(judgement),
        "method": SAID_BY_A_PERSON,
        "score": 1.0,
        "decided_by": str(Judge.USER),
        "created_at": now,
        "deleted_at": None,
        "user_name": by,
        "left_mention_id": None,
        "right_mention_id": None,
    }
