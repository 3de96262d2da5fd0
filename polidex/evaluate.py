"""Measure what models are worth: run each over the documents of a gold, and score what stands in the database then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from polidex.database import reading, statement
from polidex.gold import GoldRow, find_documents, read_gold
from polidex.identity.steps import ORDER
from polidex.matching import Span
from polidex.progress import RunProgress
from polidex.read import sources
from polidex.run import run
from polidex.scoring import FieldTally, Prediction, Scores, score
from polidex.settings import Settings
from schema import stable_id
from schema.usage import Usage
from schema.vocabulary import RecordType

_FOLDER = "evaluations"
"""Where in the cache folder the databases of evaluations lie."""
_FIELDS: dict[str, dict[str, str]] = {
    RecordType.PERSON: {"name": "name", "country": "country"},
    RecordType.TENURE: {
        "person_id": "person", "office_id": "office", "start": "start_edtf", "end": "end_edtf", "status": "status",
        "end_cause": "end_cause",
    },
    RecordType.ELECTION: {
        "type": "type", "date": "date_edtf", "country": "country", "early": "early", "status": "status",
        "result.person_id": "winner", "result.party_id": "winner", "result.option": "winner",
        "turnout_pct": "turnout_pct",
    },
    RecordType.REFORM: {
        "title": "title", "current_status": "status", "area": "area", "country": "country",
        "legal_instrument": "legal_instrument", "measure.value_old": "value_old", "measure.value_new": "value_new",
    },
    # Who it is comes before how the text calls them.
    RecordType.STATEMENT: {
        "speaker_id": "speaker", "speaker_surface": "speaker", "form": "form", "date": "date_edtf", "venue": "venue",
        "addressee": "addressee",
    },
}  # fmt: skip
"""What the gold calls the field that a claim gives."""
_EVIDENCE: dict[str, frozenset[str]] = {
    RecordType.PERSON: frozenset({"name"}),
    RecordType.TENURE: frozenset({"office_id", "start", "end"}),
    RecordType.ELECTION: frozenset({"type", "date"}),
    RecordType.REFORM: frozenset({"title"}),
    RecordType.STATEMENT: frozenset({"text"}),
}
"""The claims whose spans are the evidence of a record. Whom it is about may be named sentences earlier."""


@dataclass(frozen=True)
class Measured:
    """One way of reading some documents, and what it is worth.

    Attributes:
        name: the model, or what else tells it from the others.
        documents: how many were to be read.
        usage: what it took, over all documents; `seconds` is the time of the model.
        failed: documents that were not read, or not wholly, and why.
        database: where what it found can be queried; empty when it was not kept.
    """

    name: str
    documents: int
    scores: Scores
    usage: Usage
    failed: Mapping[str, str]
    database: str = ""

    @property
    def minutes(self) -> float:
        """Per document."""
        return self.usage.seconds / 60 / self.documents

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "documents": self.documents,
            "minutes_per_document": self.minutes,
            "usage": asdict(self.usage),
            "failed": dict(self.failed),
            "database": self.database,
            **self.scores.as_dict(),
        }


@dataclass(frozen=True)
class Evaluation:
    """Models side by side."""

    measured: tuple[Measured, ...]

    def as_dict(self) -> list[dict[str, Any]]:
        return [each.as_dict() for each in self.measured]

    def summary(self) -> str:
        """Tables for a person to read."""
        lines = [side_by_side(self.measured), ""]
        for each in self.measured:
            lines += [f"{each.name} FAILED {name}: {reason}" for name, reason in each.failed.items()]
            lines.append(f"What {each.name} found: polidex query --database {each.database}")
        return "\n".join(lines)


async def evaluate(
    gold: Path, *, settings: Settings, models: Sequence[str] = (), documents: Path | None = None
) -> Evaluation:
    """Run each model over the documents of a gold and score it. What an earlier evaluation read is not read again.

    Args:
        gold: a file of JSON lines; see docs/evaluation.md.
        models: the model of the settings when empty.
        documents: the folder of the documents; else that of the gold, else `seeds` beside it.

    Raises:
        GoldError: the gold cannot be used, or a document of it is not there.
        ModelError: a model can answer nothing at all.
    """
    rows = read_gold(gold)
    paths = find_documents(gold, rows, documents)
    measured = []
    for name in dict.fromkeys(models or (settings.model,)):
        key = stable_id(
            "evaluation", name, settings.base_url or "", *sorted(str(path.resolve()) for path in paths.values())
        )
        file = settings.cache / _FOLDER / f"{key}.duckdb"
        file.parent.mkdir(parents=True, exist_ok=True)
        url = sa.URL.create("duckdb", database=str(file)).render_as_string(hide_password=False)
        measured.append(await measure(rows, paths, settings.model_copy(update={"model": name, "database": url})))
    return Evaluation(tuple(measured))


async def measure(rows: Sequence[GoldRow], paths: Mapping[str, Path], settings: Settings) -> Measured:
    """Run over some documents into `settings.database`, and score what it holds of them then.

    Args:
        paths: file of each document, by the name that the gold gives it.
    """
    with RunProgress() as progress:
        report = await run([str(path) for path in paths.values()], settings=settings, progress=progress)
    names = {source.uri: name for name, path in paths.items() for source in sources([str(path)])}
    with reading(settings.database) as connection:
        claims = _rows(connection, "evaluate/claims", names)
        readings = _rows(connection, "evaluate/readings", names)
    texts = {names[each["uri"]]: each["text"] for each in readings}
    usage = sum((_usage(each) for each in readings), Usage())
    failed = {names[each["uri"]]: f"{each['failed']} extractors failed" for each in readings if each["failed"]}
    failed |= {names.get(uri, uri): reason for uri, reason in report.failed.items()}
    return Measured(
        settings.model, len(paths), score(rows, _predictions(claims, names), texts), usage, failed, settings.database
    )


def side_by_side(measured: Sequence[Measured]) -> str:
    """A table with a column for each way of reading: every type, every field of what matched, and what it took."""
    lines = [["", *(each.name for each in measured)], ["", *("precision recall    F1" for _ in measured)]]
    tallies = [each.scores.types | {"all (micro)": each.scores.micro} for each in measured]
    for kind in tallies[0]:
        of = [each[kind] for each in tallies]
        lines.append([kind, *(f"{t.precision:9.2f} {t.recall:6.2f} {t.f1:5.2f}  {t.right} of {t.gold}" for t in of)])
    lines += [[], ["fields of what matched", *("right  wrong  absent" for _ in measured)]]
    for kind in tallies[0]:
        for name in sorted({name for each in measured for name in each.scores.fields.get(kind, {})}):
            lines.append(
                [f"  {kind} {name}", *(_shares(each.scores.fields.get(kind, {}).get(name)) for each in measured)]
            )
    traps = [each.scores.traps for each in measured]
    lines += [
        [],
        ["traps taken for facts", *(f"{sum(map(bool, each.values()))} of {len(each)}" for each in traps)],
        ["minutes a document", *(f"{each.minutes:.2f}" for each in measured)],
        ["prompt tokens a document", *(_each(each.usage.tokens_in, each) for each in measured)],
        ["  of them really read", *(_each(each.usage.tokens_read, each) for each in measured)],
        ["tokens written a document", *(_each(each.usage.tokens_out, each) for each in measured)],
        ["cost in USD", *(_cost(each.usage.cost_usd) for each in measured)],
    ]
    widths = [max(len(line[column]) for line in lines if line) for column in range(len(measured) + 1)]
    padded = ("   ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=False)) for line in lines)
    return "\n".join(line.rstrip() for line in padded)


def _rows(connection: sa.Connection, name: str, wanted: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of `sql/NAME.sql` that are about the wanted documents: an older gold may have named others."""
    found = connection.execute(sa.text(statement(name))).mappings()
    return [dict(row) for row in found if row["uri"] in wanted]


def _usage(row: Mapping[str, Any]) -> Usage:
    return Usage(
        row["tokens_in"], row["tokens_in_cached"], row["tokens_out"], seconds=row["seconds"], cost_usd=row["cost_usd"]
    )


def _predictions(claims: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[Prediction]:
    """What each document says of a row as one prediction, in the words of the gold."""
    kinds: dict[tuple[str, str], str] = {}
    fields: dict[tuple[str, str], dict[str, str]] = {}
    spans: dict[tuple[str, str], dict[Span, None]] = {}
    for claim in claims:
        key = claim["uri"], claim["finding"]
        kind, field = claim["record_type"], claim["field"]
        kinds[key] = kind
        # A key of another row says nothing to the gold; the words of the text do.
        value = claim["original_value"] if field.endswith("_id") and claim["original_value"] else claim["value"]
        said = fields.setdefault(key, {})
        if field in _FIELDS[kind] and (field == "speaker_id" or _FIELDS[kind][field] not in said):
            said[_FIELDS[kind][field]] = value
        elif field == "current_status":
            # Of the steps that a document tells the furthest is where the reform stands.
            said["status"] = max(said["status"], value, key=ORDER.index)
        if field in _EVIDENCE[kind]:
            spans.setdefault(key, {})[claim["start_char"], claim["end_char"]] = None
    return [Prediction(names[key[0]], kinds[key], fields[key], tuple(spans.get(key, ()))) for key in kinds]


def _shares(tally: FieldTally | None) -> str:
    if tally is None:
        return "-"
    total = tally.right + tally.wrong + tally.absent
    return f"{tally.right / total:5.0%} {tally.wrong / total:6.0%} {tally.absent / total:7.0%}  of {total}"


def _each(tokens: int, measured: Measured) -> str:
    return f"{tokens / measured.documents:.0f}"


def _cost(cost_usd: float | None) -> str:
    return "unknown or none" if cost_usd is None else f"{cost_usd:.4f}"
