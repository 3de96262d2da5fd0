"""Hold what was found against what a perfect reader finds: which pairs match, and which of their fields are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from polidex.gold import GoldRow
from polidex.matching import Span, is_alike, is_same_name, largest_matching, overlap, places, without_brackets
from polidex.spelling import words_of
from schema.vocabulary import RecordType

SCORED = (RecordType.PERSON, RecordType.TENURE, RecordType.ELECTION, RecordType.REFORM, RecordType.STATEMENT)
_UNKNOWN = "unknown"
TRAP = "trap"
"""A gold row for a passage that looks like a fact and is none."""


@dataclass(frozen=True)
class Prediction:
    """One thing that was found.

    Attributes:
        document: name of the file, as in the gold.
        record_type: one of `SCORED`; others are not looked at.
        fields: values as text, under the names that the gold gives them (`start_edtf`, `speaker`, ...).
        spans: where the words stand that say it, as offsets into the stored text; none when they were not found.
    """

    document: str
    record_type: str
    fields: Mapping[str, str]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Tally:
    """How many of the predictions of a type are in the gold. Shares are 0 where there is nothing to take them of."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.predicted + self.gold) if self.right else 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    def as_dict(self) -> dict[str, float]:
        return {**asdict(self), "precision": self.precision, "recall": self.recall, "f1": self.f1}


@dataclass
class FieldTally:
    """How often a field of a matched pair has the gold's value, another one, or none."""

    right: int = 0
    wrong: int = 0
    absent: int = 0


@dataclass(frozen=True)
class Scores:
    """What came of scoring.

    Attributes:
        types: a tally for each scored type.
        fields: for each type and field of the matched pairs, how often it was right.
        traps: gold id of each trap -> predictions that match nothing and whose words lie in its anchor.
        missed: ids of the gold rows that nothing matches.
        wrong: predictions that match nothing.
        unscored: gold rows of other types, by type.
    """

    types: dict[str, Tally]
    fields: dict[str, dict[str, FieldTally]]
    traps: dict[str, int]
    missed: tuple[str, ...]
    wrong: tuple[Prediction, ...]
    unscored: dict[str, int] = field(default_factory=dict)

    @property
    def micro(self) -> Tally:
        """All scored types together, each row counting the same."""
        return sum(self.types.values(), Tally())

    def as_dict(self) -> dict[str, Any]:
        return {
            "micro": self.micro.as_dict(),
            "types": {kind: tally.as_dict() for kind, tally in self.types.items()},
            "fields": {kind: {name: asdict(each) for name, each in of.items()} for kind, of in self.fields.items()},
            "traps": self.traps,
            "missed": self.missed,
            "wrong": [asdict(prediction) for prediction in self.wrong],
            "unscored": self.unscored,
        }


def score(
    gold_rows: Iterable[GoldRow], predictions: Iterable[Prediction], texts: Mapping[str, str] | None = None
) -> Scores:
    """Score predictions by the rules of docs/evaluation.md.

    A prediction matches a gold row of its document when type, key field and evidence agree. Matching is one to one and
    as large as it can be; where there is a choice, the row whose anchor the prediction lies on is taken. Further
    mentions of a person who is found already do not count.

    Args:
        texts: name of a document -> its stored text, in which other mentions of a person are looked for; without it a
            person must be found in the gold's evidence.
    """
    gold, found = list(gold_rows), _mentions_joined(predictions)
    yardstick = _Yardstick(gold, texts or {})
    types: dict[str, Tally] = {}
    fields: dict[str, dict[str, FieldTally]] = {}
    missed: list[str] = []
    wrong: list[Prediction] = []
    for kind in SCORED:
        wanted = [row for row in gold if row.type == kind]
        given = [prediction for prediction in found if prediction.record_type == kind]
        fitting = [[number for number, row in enumerate(wanted) if yardstick.match(row, each)] for each in given]
        on_anchor = [
            [number for number in numbers if overlap(each.spans, wanted[number].anchor)]
            for each, numbers in zip(given, fitting, strict=True)
        ]
        pairs = largest_matching(on_anchor, fitting)
        further = [kind is RecordType.PERSON and bool(numbers) for numbers in fitting]
        left = [each for number, each in enumerate(given) if number not in pairs and not further[number]]
        types[kind] = Tally(len(pairs), len(pairs) + len(left), len(wanted))
        fields[kind] = yardstick.fields(kind, [(wanted[row], given[number]) for number, row in pairs.items()])
        missed += [row.id for number, row in enumerate(wanted) if number not in pairs.values()]
        wrong += left
    traps = {row.id: sum(_lies_on(each, row) for each in wrong) for row in gold if row.type == TRAP}
    others: dict[str, int] = defaultdict(int)
    for row in gold:
        if row.type not in (*SCORED, TRAP):
            others[row.type] += 1
    return Scores(types, fields, traps, tuple(missed), tuple(wrong), dict(others))


def _lies_on(prediction: Prediction, row: GoldRow) -> bool:
    return prediction.document == row.document and overlap(prediction.spans, row.anchor)


def _mentions_joined(predictions: Iterable[Prediction]) -> list[Prediction]:
    """The predictions, those of one person's name in one document as one."""
    people: dict[tuple[str, tuple[str, ...]], Prediction] = {}
    others: list[Prediction] = []
    for each in predictions:
        if each.record_type != RecordType.PERSON:
            others.append(each)
            continue
        key = (each.document, words_of(each.fields.get("name", "")))
        known = people.get(key)
        people[key] = (
            Prediction(each.document, each.record_type, {**each.fields, **known.fields}, known.spans + each.spans)
            if known
            else each
        )
    return [*people.values(), *others]


Agree = Callable[["_Yardstick", GoldRow, Any, str], bool]


class _Yardstick:
    """The rules by which a prediction matches a gold row, with what they need to know of the rest of the gold."""

    def __init__(self, gold: Iterable[GoldRow], texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._people: dict[str, list[GoldRow]] = defaultdict(list)
        for row in gold:
            if row.type == RecordType.PERSON:
                self._people[row.document].append(row)

    def match(self, row: GoldRow, found: Prediction) -> bool:
        """Whether a prediction is what a gold row of its type asks for."""
        evident = overlap(found.spans, row.evidence)
        agrees = False
        match row.type:
            case RecordType.PERSON:
                agrees = self._is_named(row, "name", found) and (evident or self._on_mention(row, found))
            case RecordType.TENURE:
                alike = is_alike(row.fields["office"], found.fields.get("office", ""))
                same_words = overlap(found.spans, row.anchor) and _same_dates(row, found)
                agrees = evident and (alike or same_words) and self._is_named(row, "person", found)
            case RecordType.ELECTION:
                agrees = evident and row.fields["type"] == found.fields.get("type") and not _years_differ(row, found)
            case RecordType.REFORM:
                alike = is_alike(row.fields["title"], found.fields.get("title", ""))
                agrees = overlap(found.spans, row.anchor) or (evident and alike)
            case RecordType.STATEMENT:
                agrees = evident and self._is_named(row, "speaker", found)
        return agrees and row.document == found.document

    def _is_named(self, row: GoldRow, field: str, found: Prediction) -> bool:
        return self.is_person(row, row.fields[field], found.fields.get(field, ""))

    def is_person(self, row: GoldRow, name: str, surface: str) -> bool:
        """Whether `surface` means whom the gold row calls `name`: by the name, or an alias that the document uses."""
        aliases = [
            alias
            for person in self._people[row.document]
            if words_of(person.fields["name"]) == words_of(name)
            for alias in person.fields.get("aliases_in_text", [])
        ]
        return any(is_same_name(surface, each, aliases) for each in (name, without_brackets(name)))

    def fields(self, kind: str, pairs: Sequence[tuple[GoldRow, Prediction]]) -> dict[str, FieldTally]:
        """How often each field of some pairs is right. A value where the gold says that there is none is wrong."""
        tallies: dict[str, FieldTally] = defaultdict(FieldTally)
        for row, found in pairs:
            for name, agree in _FIELDS[kind].items():
                if name not in row.fields:
                    continue
                expected, value = row.fields[name], found.fields.get(name, "")
                if expected in (None, _UNKNOWN) and not value:
                    continue
                tally = tallies[name]
                if not value:
                    tally.absent += 1
                elif expected is not None and agree(self, row, expected, value):
                    tally.right += 1
                else:
                    tally.wrong += 1
        return dict(tallies)

    def _on_mention(self, row: GoldRow, found: Prediction) -> bool:
        text = self._texts.get(row.document, "")
        forms = {row.fields["name"], *row.fields.get("aliases_in_text", [])}
        return any(overlap(found.spans, place) for form in forms for place in places(form, text))


def _same_dates(row: GoldRow, found: Prediction) -> bool:
    """Whether a spell begins and ends as the gold says, also where it says that neither is known."""
    return all((row.fields.get(name) or "") == found.fields.get(name, "") for name in ("start_edtf", "end_edtf"))


def _years_differ(row: GoldRow, found: Prediction) -> bool:
    years = [_year(fields.get("date_edtf")) for fields in (row.fields, found.fields)]
    return all(years) and years[0] != years[1]


def _year(edtf: object) -> str:
    """The first year that an EDTF date names; empty when it names none."""
    digits = str(edtf or "").lstrip("./")[:4]
    return digits if digits.isdigit() else ""


def _equal(_: _Yardstick, row: GoldRow, expected: Any, value: str) -> bool:
    return str(expected).casefold() == value.casefold()


def _alike(_: _Yardstick, row: GoldRow, expected: Any, value: str) -> bool:
    return is_alike(str(expected), value)


def _person(yardstick: _Yardstick, row: GoldRow, expected: Any, value: str) -> bool:
    return yardstick.is_person(row, str(expected), value)


_FIELDS: dict[str, dict[str, Agree]] = {
    RecordType.PERSON: {"country": _equal},
    RecordType.TENURE: {
        "start_edtf": _equal, "end_edtf": _equal, "status": _equal, "organization": _alike, "end_cause": _alike
    },
    RecordType.ELECTION: {
        "date_edtf": _equal, "country": _equal, "early": _equal, "status": _equal, "winner": _person,
        "turnout_pct": _equal,
    },
    RecordType.REFORM: {
        "status": _equal, "area": _equal, "country": _equal, "legal_instrument": _equal, "value_old": _alike,
        "value_new": _alike,
    },
    RecordType.STATEMENT: {"form": _equal, "date_edtf": _equal, "venue": _alike, "addressee": _alike},
}  # fmt: skip
"""The fields of a matched pair that are compared, and when the two values agree."""
