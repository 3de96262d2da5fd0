"""A gold file that cannot be used is told where it is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from polidex.gold import find_documents, read_gold
from schema.errors import GoldError

ROW: dict[str, Any] = {
    "id": "p1",
    "document": "a.txt",
    "type": "person",
    "fields": {"name": "Ada Moro"},
    "start": 3,
    "end": 8,
    "note": "is not read",
}


def written(folder: Path, *lines: object) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "gold.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return file


def test_blank_lines_and_keys_that_nobody_needs_are_passed_over(tmp_path: Path) -> None:
    [row] = read_gold(written(tmp_path, "", ROW, ""))
    assert row.anchor == row.evidence == (3, 8)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("id,type", "Line 2 of .* is not JSON"),
        ("[1]", "Line 2 of .* is no gold row"),
        (ROW | {"document": 7}, "Line 2 of .* is no gold row: document"),
        (ROW | {"fields": {"nom": "Moro"}}, "fields.name is missing"),
        (ROW | {"end": 3}, "start and end are no span"),
        (ROW | {"start": "x"}, "start"),
    ],
)
def test_a_line_that_is_no_row_is_named(line: object, said: str, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=said):
        read_gold(written(tmp_path, ROW, line))


def test_a_gold_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="No such file"):
        read_gold(tmp_path / "gold.jsonl")
    with pytest.raises(GoldError, match="holds no row"):
        read_gold(written(tmp_path))
    (tmp_path / "gold.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GoldError, match="UTF-8"):
        read_gold(tmp_path / "gold.jsonl")


def test_documents_lie_beside_the_gold_or_in_seeds_next_to_its_folder_or_where_one_says(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold", ROW)
    rows = read_gold(gold)
    for folder in ("seeds", "gold", "elsewhere"):
        (tmp_path / folder).mkdir(exist_ok=True)
        with pytest.raises(GoldError, match=r"a\.txt, which is not in"):
            find_documents(gold, rows, tmp_path / folder)
        (tmp_path / folder / "a.txt").touch()
        named = tmp_path / folder if folder == "elsewhere" else None
        assert find_documents(gold, rows, named) == {"a.txt": tmp_path / folder / "a.txt"}


def test_a_gold_cannot_name_a_file_outside_the_folder(tmp_path: Path) -> None:
    gold = written(tmp_path, ROW | {"document": "../secret.txt"})
    with pytest.raises(GoldError, match="name of a file"):
        find_documents(gold, read_gold(gold))
