"""Which stored documents are stale, and why: compared in the database; only what is stale is looked at closer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from typing import Any, Self

import sqlalchemy as sa

from extractors.extractor import Extractor
from extractors.prompt import EXTRACTORS
from polidex.checks_digest import checks_digest
from polidex.database import statement
from polidex.fingerprint import Fingerprint, fingerprint_of, text_digest
from polidex.settings import Settings
from schema.errors import UsageError, open_codes

Row = dict[str, Any]
Rows = Callable[..., list[Row]]
"""The rows that `sql/NAME.sql` gives: `Store.rows`, or `rows_of` a connection."""

REASONS = ("new", "text", "prompt", "schema", "model", "parameters", "windowing", "failed", "checks")
"""Why a reading is made again. `failed`: it met an error that may have passed. `checks`: without a call."""

_PARTS = tuple(part.name for part in fields(Fingerprint))
_AT_ONCE = 500
_SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class StaleReading:
    """What one extractor has to do about a document.

    Attributes:
        extractor: its name.
        reasons: why, of REASONS, in their order.
        windows: how many parts it reads, where an earlier reading of the same text and windowing tells.
        extraction_id: the reading of which some parts are asked again.
    """

    extractor: str
    reasons: tuple[str, ...]
    windows: int | None = None
    extraction_id: str | None = None


@dataclass(frozen=True, slots=True)
class Stale:
    """A document of which something is to be done again, and the text that counts."""

    uri: str
    document_id: str
    document_version_id: str
    readings: tuple[StaleReading, ...]

    @property
    def checks_only(self) -> bool:
        """Whether no call is made: all is made anew from stored replies."""
        return all(each.reasons == ("checks",) for each in self.readings)


@dataclass(frozen=True)
class Select:
    """Which documents and readings are wanted: an empty set wants all.

    Several of one kind are alternatives; all kinds that are given must hold.
    """

    extractors: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    uris: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: Sequence[str]) -> Self:
        """What `extractor:people`, `reason:prompt` and `uri:https://news.example/*` select; a bare text is a uri.

        Raises:
            UsageError: there is no such extractor or reason.
        """
        found: dict[str, list[str]] = {"extractor": [], "reason": [], "uri": []}
        known = {"extractor": [each.name for each in EXTRACTORS], "reason": [*REASONS]}
        for each in given:
            kind, colon, value = each.partition(":")
            if not colon or kind not in found:
                kind, value = "uri", each
            if kind in known and value not in known[kind]:
                raise UsageError(f"There is no {kind} `{value}`.", hint=f"One of: {', '.join(known[kind])}.")
            found[kind].append(value)
        return cls(frozenset(found["extractor"]), frozenset(found["reason"]), tuple(found["uri"]))

    @property
    def of_readings(self) -> bool:
        """Whether only some readings of a document are wanted."""
        return bool(self.extractors or self.reasons)

    def of_uri(self, uri: str) -> bool:
        """Whether a document with this address is wanted."""
        return not self.uris or any(fnmatchcase(uri, pattern) for pattern in self.uris)

    def of_stale(self, stale: Stale) -> Stale | None:
        """What is wanted of a document; None for nothing."""
        if not self.of_uri(stale.uri):
            return None
        kept = tuple(
            each
            for each in stale.readings
            if (not self.extractors or each.extractor in self.extractors)
            and (not self.reasons or self.reasons & {*each.reasons})
        )
        if not kept:
            return None
        return stale if kept == stale.readings else replace(stale, readings=kept)


class Wanted:
    """The fingerprints that readings would have today, but for their text; few, so each is made once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._made: dict[tuple[str, str], Fingerprint] = {}

    def of(self, extractor: Extractor, language: str) -> Fingerprint:
        """That of one extractor about any text of a language; the empty string is one that is not known."""
        key = (extractor.name, language)
        if key not in self._made:
            self._made[key] = fingerprint_of("", language or None, extractor, self.settings)
        return self._made[key]

    def line(self, extractor: Extractor, language: str) -> str:
        """The same as a line of `sql/plan/stale.sql`."""
        wanted = self.of(extractor, language)
        return "|".join([extractor.name, language, *(getattr(wanted, part) for part in _PARTS if part != "text")])


def stale_documents(
    rows: Rows, settings: Settings, select: Select | None = None, limit: int | None = None
) -> Iterator[Stale]:
    """The stored documents that are stale, by address. The ones to look at are listed first, the rest as it is asked.

    What was taken in since the first was given may be among them or not. Retracted documents are not.

    Args:
        limit: so many documents at most.
    """
    select = select or Select()
    languages = [each["language"] for each in rows("plan/languages")]
    wanted = Wanted(settings)
    lines = ";".join(wanted.line(extractor, language) for extractor in EXTRACTORS for language in languages)
    given = 0
    listed = rows("plan/stale", wanted=lines, checked_with=checks_digest(), extractors=len(EXTRACTORS))
    if select.uris:
        listed = [each for each in listed if select.of_uri(each["uri"])]
    for batch in _batches(listed):
        stored = stored_readings(rows, [each["id"] for each in batch])
        for each in batch:
            of_text = stored[each["id"]]
            text = text_digest(of_text[0]["content_sha256"], of_text[0]["reading_spans"] or "")
            found = judged(of_text, text, of_text[0]["language"] or "", wanted)
            kept = select.of_stale(Stale(each["uri"], each["document_id"], each["id"], found))
            if kept is None:
                continue
            if limit is not None and given >= limit:
                return
            given += 1
            yield kept


def stored_readings(rows: Rows, version_ids: Sequence[str]) -> dict[str, list[Row]]:
    """All readings of some texts, with what is read of each text, by its key. Of one that is not stored: nothing."""
    found: dict[str, list[Row]] = {}
    for row in rows("plan/readings", ids=" ".join(version_ids)):
        found.setdefault(row["document_version_id"], []).append(row)
    return found


def judged(readings: Sequence[Row], text: str, language: str, wanted: Wanted) -> tuple[StaleReading, ...]:
    """What is to be done again about one text, given all that is stored of it.

    Args:
        text: the `text_digest` of it.
        language: the empty string where it is not known.
    """
    each = (
        _judged(
            [row for row in readings if row["extractor"] == extractor.name],
            replace(wanted.of(extractor, language), text=text),
            extractor.name,
        )
        for extractor in EXTRACTORS
    )
    return tuple(found for found in each if found)


def rows_of(connection: sa.Connection) -> Rows:
    """The rows of statements, as a reader sees them. A list serves as the right side of IN."""

    def rows(name: str, **parameters: Any) -> list[Row]:
        lists = [key for key, value in parameters.items() if isinstance(value, list)]
        query = sa.text(statement(name)).bindparams(*(sa.bindparam(key, expanding=True) for key in lists))
        return [dict(row) for row in connection.execute(query, parameters).mappings()]

    return rows


def passing_errors() -> frozenset[str]:
    """Codes of the errors that may have passed: what met one is asked again."""
    return open_codes()


def _judged(readings: Sequence[Row], wanted: Fingerprint, extractor: str) -> StaleReading | None:
    """What is to be done again about one extractor and one text; None for nothing."""
    same = next((row for row in readings if not _differing(row, wanted)), None)
    if same is not None:
        if passing_errors() & _codes(same):
            return StaleReading(extractor, ("failed",), None, same["id"])
        if same["status"] == _SUPERSEDED or same["checked_with"] != checks_digest():
            return StaleReading(extractor, ("checks",), 0)
        return None
    if not readings:
        return StaleReading(extractor, ("new",))
    counts = [row for row in readings if row["status"] != _SUPERSEDED] or readings
    nearest = min(counts, key=lambda row: len(_differing(row, wanted)))
    reasons = _differing(nearest, wanted)
    is_cut_alike = not {"text", "windowing"} & {*reasons} and nearest["error_code"] is None
    return StaleReading(extractor, reasons, nearest["windows"] if is_cut_alike else None)


def _differing(row: Mapping[str, Any], wanted: Fingerprint) -> tuple[str, ...]:
    return tuple(part for part in _PARTS if row[part] != getattr(wanted, part))


def _codes(row: Mapping[str, Any]) -> set[str]:
    """The codes of what went wrong in the parts of a reading: the row has one of its own, and all in its message."""
    return {row["error_code"], *re.findall(r"\w+", row["error"] or "")} if row["error_code"] else set()


def _batches(listed: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]
