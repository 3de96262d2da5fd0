"""What a perfect reader finds: the rows of a gold file, and the files of the documents that they speak of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from polidex.matching import Span
from schema.errors import GoldError
from schema.vocabulary import RecordType

_KEYS: dict[str, tuple[str, ...]] = {
    RecordType.PERSON: ("name",),
    RecordType.TENURE: ("person", "office"),
    RecordType.ELECTION: ("type",),
    RecordType.REFORM: ("title",),
    RecordType.STATEMENT: ("speaker",),
}
"""What a row of a type is matched by."""


class GoldRow(BaseModel):
    """One thing that a perfect reader finds; docs/evaluation.md has the whole format. Offsets are taken as they are."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    document: str
    type: str
    fields: dict[str, Any]
    start: int
    end: int
    anchor: Span = Field(default_factory=lambda row: (row["start"], row["end"]))
    """The words inside the evidence that carry the fact."""

    @model_validator(mode="after")
    def _can_be_scored(self) -> GoldRow:
        if not 0 <= self.start < self.end:
            raise ValueError("start and end are no span")
        for name in _KEYS.get(self.type, ()):
            if not isinstance(self.fields.get(name), str):
                raise ValueError(f"fields.{name} is missing")
        if self.type == RecordType.PERSON and not isinstance(self.fields.get("aliases_in_text", []), list):
            raise ValueError("fields.aliases_in_text is no list")
        return self

    @property
    def evidence(self) -> Span:
        return self.start, self.end


def read_gold(path: Path) -> tuple[GoldRow, ...]:
    """The rows of a gold file.

    Raises:
        GoldError: it cannot be read, is not JSON lines, or a line is no row. The message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise GoldError(f"The gold {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise GoldError(f"The gold {path} is not text in UTF-8.") from None
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            rows.append(GoldRow.model_validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            if first["type"] == "json_invalid":
                raise GoldError(f"Line {number} of {path} is not JSON.") from None
            where = ".".join(str(part) for part in first["loc"]) or "row"
            problem = first["msg"].removeprefix("Value error, ")
            raise GoldError(f"Line {number} of {path} is no gold row: {where}: {problem}.") from None
    if not rows:
        raise GoldError(f"The gold {path} holds no row.")
    return tuple(rows)


def find_documents(gold: Path, rows: Iterable[GoldRow], folder: Path | None = None) -> dict[str, Path]:
    """The file of each document that the gold names, in the order of the gold.

    Raises:
        GoldError: one is not in `folder`; without a folder, not beside the gold and not in `seeds` next to its folder.
    """
    names = list(dict.fromkeys(row.document for row in rows))
    for name in names:
        if Path(name).name != name:
            raise GoldError(f"The gold names a document {name!r}: it must be the name of a file, without a folder.")
    folders = [folder] if folder else [gold.parent, gold.absolute().parent.parent / "seeds"]
    missing: dict[Path, list[str]] = {}
    for each in folders:
        missing[each] = [name for name in names if not (each / name).is_file()]
        if not missing[each]:
            return {name: each / name for name in names}
    nearest = min(folders, key=lambda each: len(missing[each]))
    raise GoldError(f"The gold speaks of {missing[nearest][0]}, which is not in {nearest}.")
