"""What makes a reading stale, shown on a copy of the code that is really edited."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.prompt import EXTRACTORS

ROOT = Path(__file__).resolve().parents[3]
NAMES = [extractor.name for extractor in EXTRACTORS]
PRINT = """
import json
from dataclasses import asdict
from extractors.prompt import EXTRACTORS
from polidex.fingerprint import fingerprint
from polidex.settings import Settings
from schema import DocumentVersion, WorldDate
version = DocumentVersion(
    id="v", document_id="d", content_sha256="0" * 64, title=None, byline=(), published=WorldDate.unknown(),
    crawled_at=None, language="en", text="One.", reading_spans=((0, 4),),
)
print(json.dumps({each.name: asdict(fingerprint(version, each, Settings())) for each in EXTRACTORS}))
"""


def printed(folder: Path) -> dict[str, dict[str, str]]:
    """The fingerprints of all extractors, as the code in a folder has them."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    found = subprocess.run(
        [sys.executable, "-c", PRINT], check=True, stdout=subprocess.PIPE, env=environment, cwd=folder
    )
    fingerprints: dict[str, dict[str, str]] = json.loads(found.stdout)
    return fingerprints


@pytest.fixture(scope="module")
def unchanged() -> dict[str, dict[str, str]]:
    return printed(ROOT)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of all code, to be edited."""
    for name in ("polidex", "schema", "extractors", "sql", "migrations"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def edit(file: Path, change: Callable[[str], str]) -> None:
    before = file.read_text(encoding="utf-8")
    file.write_text(after := change(before), encoding="utf-8")
    assert after != before


def parts(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> dict[str, set[str]]:
    """Which parts of which extractors differ."""
    found = {name: {part for part in before[name] if before[name][part] != after[name][part]} for name in before}
    return {name: differ for name, differ in found.items() if differ}


def reordered(text: str) -> str:
    """All imports of a module that stand alone, in the opposite order, and one that nothing needs."""
    lines = text.splitlines()
    imports = [line for line in lines if line.startswith(("import ", "from ")) and not line.endswith("(")]
    imports = [line for line in imports if "__future__" not in line]
    rest = [line for line in lines if line not in imports]
    first = next(number for number, line in enumerate(rest) if "__future__" in line)
    return "\n".join([*rest[: first + 1], "import colorsys", *reversed(imports), *rest[first + 1 :]])


def other_docstrings(text: str) -> str:
    return re.sub(r'"""(?=\w)', '"""Said better: ', text)


def test_comments_docstrings_and_imports_make_nothing_stale(copy: Path, unchanged: dict[str, dict[str, str]]) -> None:
    for name in ("people", "offices", "reforms", "elections", "statements", "examples", "prompt", "extractor"):
        file = copy / "extractors" / f"{name}.py"
        edit(file, reordered)
        edit(file, lambda text: f"# A comment.\n{text}\n\n# Another.\n")
        edit(file, other_docstrings)
    edit(copy / "schema/vocabulary.py", other_docstrings)
    edit(copy / "polidex/fingerprint.py", reordered)
    assert printed(copy) == unchanged


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("old", "new"), [('task="', 'task="Carefully: '), ("version=1", "version=2")])
def test_a_changed_prompt_makes_exactly_its_extractor_stale(
    name: str, old: str, new: str, copy: Path, unchanged: dict[str, dict[str, str]]
) -> None:
    edit(copy / "extractors" / f"{name}.py", lambda text: text.replace(old, new, 1))
    assert parts(unchanged, printed(copy)) == {name: {"prompt"}}


@pytest.mark.parametrize(
    ("old", "new"), [("most=8", "most=9"), ("max_length=60", "max_length=61"), ('says = "', 'says = "One. ')]
)
def test_a_changed_answer_makes_exactly_its_extractor_stale(
    old: str, new: str, copy: Path, unchanged: dict[str, dict[str, str]]
) -> None:
    edit(copy / "extractors/people.py", lambda text: text.replace(old, new, 1))
    assert parts(unchanged, printed(copy)) == {"people": {"schema"}}


@pytest.mark.parametrize(
    ("file", "old", "new", "differ"),
    [
        ("extractors/prompt.py", "Copy words exactly", "Copy all words exactly", {"prompt"}),
        ("extractors/prompt.py", "PASSAGE:", "TEXT:", {"prompt"}),
        ("extractors/examples.py", "The winters were hard.", "The winters were mild.", {"prompt"}),
        ("polidex/windows.py", "WINDOWING = 1", "WINDOWING = 2", {"windowing"}),
        ("polidex/settings.py", "700", "800", {"windowing"}),
        ("polidex/settings.py", "local/qwen2.5-coder-1.5b", "local/other", {"model"}),
        ("extractors/providers.py", "seed: int | None = 7", "seed: int | None = 8", {"parameters"}),
    ],
)
def test_what_all_are_told_makes_all_stale(
    file: str, old: str, new: str, differ: set[str], copy: Path, unchanged: dict[str, dict[str, str]]
) -> None:
    edit(copy / file, lambda text: text.replace(old, new, 1))
    assert parts(unchanged, printed(copy)) == dict.fromkeys(NAMES, differ)


def test_how_a_model_is_reached_makes_nothing_stale(copy: Path, unchanged: dict[str, dict[str, str]]) -> None:
    edit(copy / "extractors/providers.py", lambda text: text.replace("float = 600.0", "float = 60.0", 1))
    edit(copy / "polidex/settings.py", lambda text: text.replace("20_000_000", "20_000_001", 1))
    assert printed(copy) == unchanged
