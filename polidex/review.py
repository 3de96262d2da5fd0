"""What a person says of who is who and of claims: it is written down with who and when, and outranks every rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from extractors.prompt import EXTRACTORS
from polidex.changes import apply
from polidex.database import reading, statement
from polidex.drafts import Extraction
from polidex.extract import stored
from polidex.ground import ground
from polidex.identity.clusters import SAID_BY_A_PERSON
from polidex.page import Page
from polidex.publish import Store, open_store
from polidex.regroup import resettle
from polidex.resolve import resolve
from polidex.verdicts import verdicts
from schema import DocumentVersion, WorldDate, stable_id
from schema.errors import UnknownId, UsageError
from schema.rows import LIST_SEPARATOR, spans_from_text
from schema.vocabulary import Basis, Judge, Judgement, Verdict

Row = Mapping[str, Any]


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
    with open_store(url, create=False) as store:
        return _merge(store, keep, other, by)


def split(url: str, row: str, parts: Sequence[str], *, by: str) -> list[str]:
    """Take mentions out of a row, for good: what `parts` names is another thing.

    Args:
        parts: mentions of the row, or documents whose mentions of it are meant.

    Raises:
        UnknownId: the row has no mention that `parts` names.
        UsageError: nothing would be left of the row.
    """
    with open_store(url, create=False) as store:
        mentions = _mentions(store, row)
        out = [each for each in mentions if {each["id"], each["document_id"]} & {*parts}]
        stay = [each for each in mentions if each not in out]
        if not out:
            raise UnknownId(f"No mention of {row} is called, or stands in, {' or '.join(parts)}.")
        if not stay:
            raise UsageError(f"All mentions of {row} are named: nothing would be left of it.")
        made = [
            _decision(_kind(mentions), Judgement.NEGATIVE, one, left, by) for one in _ids(out) for left in _ids(stay)
        ]
        store.load({"resolver_decision": made})
        resettle(store, _ids(mentions))
        return [each["id"] for each in made]


def accept(url: str, id_: str, *, by: str) -> list[str]:
    """Say that a pair that waits is one thing, or that a claim, or all claims of a row, are right."""
    with open_store(url, create=False) as store:
        if found := store.rows("review/decision", id=id_):
            return [_merge(store, found[0]["left_id"], found[0]["right_id"], by)]
        return _judge(store, id_, Verdict.ACCEPTED, by)


def reject(url: str, id_: str, *, by: str) -> list[str]:
    """Say that a pair that waits is two things, or that a claim, or all claims of a row, are wrong.

    A rejected claim goes to quarantine and does not come back, whichever model reads its words again.
    """
    with open_store(url, create=False) as store:
        if found := store.rows("review/decision", id=id_):
            left, right = (_mentions(store, found[0][side]) for side in ("left_id", "right_id"))
            made = [
                _decision(_kind(left), Judgement.NEGATIVE, one, other, by)
                for one in _ids(right)
                for other in _ids(left)
            ]
            store.load({"resolver_decision": made})
            resettle(store, [*_ids(left), *_ids(right)])
            return [each["id"] for each in made]
        return _judge(store, id_, Verdict.REJECTED, by)


def correct(url: str, claim: str, value: str, *, by: str) -> list[str]:
    """Say what the value of a claim rightly is: it stays so, whichever model reads its words again.

    Raises:
        UnknownId: there is no such claim.
        UsageError: the value is none that the field can have; then nothing was decided.
    """
    with open_store(url, create=False) as store:
        return _judge(store, claim, Verdict.CORRECTED, by, value)


def undo(url: str, decision: str) -> None:
    """Take back a merge or a split, which stays written down with when it was; or a verdict on a claim.

    What a verdict kept out comes back when its document is next run.

    Raises:
        UnknownId: no decision of a person that holds has this key.
    """
    with open_store(url, create=False) as store:
        if store.rows("review/verdict", id=decision):
            store.load({}, delete={"review_decision": [decision]})
            return
        found = [
            each
            for each in store.rows("review/decision", id=decision)
            if each["decided_by"] == Judge.USER and each["deleted_at"] is None
        ]
        if not found:
            raise UnknownId(f"No decision that holds has the key `{decision}`.")
        about = (found[0]["left_id"], found[0]["right_id"])
        store.load({"resolver_decision": [{**found[0], "deleted_at": datetime.now(UTC)}]})
        rows = [*about, *(each["target_id"] for each in store.rows("resolve/redirects", ids=list(about)))]
        mentions = [
            *store.rows("resolve/mentions_by_row", ids=rows), *store.rows("resolve/mentions_by_id", ids=list(about))
        ]  # fmt: skip
        rows = [each["canonical_id"] for each in mentions if each["canonical_id"]]
        resettle(store, _ids([*mentions, *store.rows("resolve/mentions_by_row", ids=rows)]))


def _merge(store: Store, keep: str, other: str, by: str) -> str:
    both = [_mentions(store, keep), _mentions(store, other)]
    if _kind(both[0]) != _kind(both[1]):
        raise UsageError(f"{keep} and {other} are things of two kinds.")
    if keep == other:
        raise UsageError(f"{keep} is one thing already.")
    made = _decision(_kind(both[0]), Judgement.POSITIVE, keep, other, by)
    # Of a split that said otherwise the later word counts.
    ids = {each["id"] for mentions in both for each in mentions}
    former = [
        {**each, "deleted_at": datetime.now(UTC)}
        for each in store.rows("resolve/decisions")
        if each["judgement"] == Judgement.NEGATIVE and {each["left_id"], each["right_id"]} <= ids
    ]
    store.load({"resolver_decision": [*former, made]})
    resettle(store, sorted(ids))
    return str(made["id"])


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


def _decision(kind: str, judgement: Judgement, left: str, right: str, by: str) -> dict[str, Any]:
    now = datetime.now(UTC)
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
    }


def _judge(store: Store, id_: str, verdict: Verdict, by: str, value: str | None = None) -> list[str]:
    claims = store.rows("review/claims", id=id_)
    keys = sorted({each["content_key"] for each in claims if each["content_key"]})
    if not keys:
        raise UnknownId(f"No pair that waits and no current claim has the key `{id_}`.")
    if verdict is Verdict.CORRECTED and len(keys) > 1:
        raise UsageError(f"{id_} has {len(keys)} claims.", hint="Name the one claim; `polidex explain` shows them.")
    now = datetime.now(UTC)
    made = [
        {
            "id": stable_id("verdict", key, now.isoformat()),
            "content_key": key,
            "verdict": str(verdict),
            "corrected_value": value,
            "decided_by": by,
            "decided_at": now,
        }
        for key in keys
    ]
    texts = [each["id"] for each in store.rows("review/versions_of_content", keys=keys)]
    store.load({"review_decision": made})
    _again(store, texts)
    said = [each["value"] for each in store.rows("review/values_of_content", keys=keys)]
    if verdict is Verdict.CORRECTED and value not in said:
        store.load({}, delete={"review_decision": _ids(made)})
        _again(store, texts)
        raise UsageError(f"{value!r} is nothing that this field can be.", hint="Dates are EDTF, such as 2019-03.")
    return _ids(made)


def _again(store: Store, texts: Sequence[str]) -> None:
    """Make of the stored replies about some texts what is made of them now."""
    by_name = {extractor.name: extractor for extractor in EXTRACTORS}
    decided = verdicts(store.rows("resolve/verdicts"))
    for row in store.rows("review/versions", ids=texts):
        version = _version(row)
        rows = store.rows("review/readings", version_id=version.id)
        found = [stored(by_name[each["extractor"]], each) for each in rows]
        extractions = [each for each in found if isinstance(each, Extraction)]
        page = Page(version)
        outcome = ground(page, extractions)
        resolution = resolve(page, outcome, decided)
        apply(store, version, extractions, resolution, [*outcome.refused, *resolution.refused])


def _version(row: Row) -> DocumentVersion:
    published = row["published_edtf"]
    return DocumentVersion(
        id=row["id"],
        document_id=row["document_id"],
        content_sha256=row["content_sha256"],
        title=row["title"],
        byline=tuple((row["byline"] or "").split(LIST_SEPARATOR)) if row["byline"] else (),
        published=WorldDate.from_edtf(published, Basis(row["published_basis"])) if published else WorldDate.unknown(),
        crawled_at=row["crawled_at"],
        language=row["language"],
        text=row["text"],
        reading_spans=spans_from_text(row["reading_spans"] or ""),
    )
