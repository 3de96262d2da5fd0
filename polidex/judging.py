"""What a person says of claims: written down by content, and laid at once upon the stored replies about their texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from extractors.prompt import EXTRACTORS
from polidex.changes import Made, apply
from polidex.drafts import Extraction
from polidex.extract import stored
from polidex.ground import ground
from polidex.page import Page
from polidex.publish import Store
from polidex.resolve import resolve
from polidex.stored_versions import version_of
from polidex.verdicts import verdicts
from schema import stable_id
from schema.errors import UnknownId, UsageError
from schema.vocabulary import Verdict

Row = Mapping[str, Any]


def judge(store: Store, id_: str, verdict: Verdict, by: str, value: str | None = None) -> list[str]:
    """Write down a verdict on a claim, or on all claims of a record or a row, and make of their texts what follows.

    It belongs inside a transaction: of a verdict that comes to nothing, nothing is kept.

    Args:
        value: what a corrected claim rightly says.

    Returns:
        The keys of the decisions.

    Raises:
        UnknownId: nothing current has the key.
        UsageError: several claims are to be corrected at once, or the value is none that the field can have.
    """
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
        raise UsageError(f"{value!r} is nothing that this field can be.", hint="Dates are EDTF, such as 2019-03.")
    return [each["id"] for each in made]


def take_back(store: Store, id_: str) -> None:
    """Let go of a verdict, and make of the texts that it may have been about what follows. Inside a transaction."""
    keys = [each["content_key"] for each in store.rows("review/verdict", id=id_)]
    # What a verdict keeps out has no claim any more, and what was refused does not say by which verdict.
    texts = {each["id"] for each in store.rows("review/versions_of_content", keys=keys)}
    texts |= {each["id"] for each in store.rows("review/versions_with_rejected")}
    store.load({}, delete={"review_decision": [id_]})
    _again(store, sorted(texts))


def _again(store: Store, texts: Sequence[str]) -> None:
    """Make of the stored replies about some texts what is made of them now."""
    by_name = {extractor.name: extractor for extractor in EXTRACTORS}
    decided = verdicts(store.rows("resolve/verdicts"))
    for row in store.rows("review/versions", ids=texts):
        version = version_of(row)
        rows = store.rows("review/readings", version_id=version.id)
        found = [stored(by_name[each["extractor"]], each) for each in rows]
        extractions = [each for each in found if isinstance(each, Extraction)]
        page = Page(version)
        outcome = ground(page, extractions)
        resolution = resolve(page, outcome, decided)
        apply(store, [Made(version, extractions, resolution, [*outcome.refused, *resolution.refused])])
