"""What makes records anew: a changed rule or word list does, a comment or an order of imports does not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from polidex.checks_digest import checked_modules, checks_digest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of all code, to be edited."""
    for name in ("polidex", "schema", "extractors", "sql"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def after(copy: Path, file: str, edit: Callable[[str], str]) -> str:
    """The digest after one file of the copy was edited."""
    path = copy / file
    before = path.read_text(encoding="utf-8")
    path.write_text(edited := edit(before), encoding="utf-8")
    assert edited != before
    checks_digest.cache_clear()
    return checks_digest(copy)


def test_a_copy_has_the_same_digest(copy: Path) -> None:
    assert checks_digest(copy) == checks_digest()


@pytest.mark.parametrize("file", ["polidex/grounding.py", "polidex/identity/people.py", "extractors/people.py"])
@pytest.mark.parametrize(
    "edit",
    [
        lambda text: f"# A comment.\n{text}\n\n\n# Another.\n",
        lambda text: text.replace('"""', '"""Said better: ', 1),
        lambda text: text.replace("from __future__", "import os\nfrom __future__", 1),
        lambda text: "\n".join(sorted(text.splitlines(), key=lambda line: not line.startswith("import "))),
    ],
    ids=["a comment", "a docstring", "one more import", "the order of imports"],
)
def test_what_changes_no_record_makes_nothing_anew(copy: Path, file: str, edit: Callable[[str], str]) -> None:
    if "\nimport " not in (copy / file).read_text(encoding="utf-8"):
        (copy / file).write_text(f"{(copy / file).read_text(encoding='utf-8')}\nimport os\n", encoding="utf-8")
    assert after(copy, file, edit) == checks_digest()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("polidex/cues.json", '"', '"x'),
        ("polidex/identity/words.json", '"', '"x'),
        ("schema/vocabulary.py", '= "ok"', '= "okay"'),
        ("schema/records/offices.py", "class ", "class My"),
        ("extractors/people.py", "max_length=60", "max_length=61"),
        ("sql/resolve/decisions.sql", "SELECT", "SELECT DISTINCT"),
    ],
)
def test_a_changed_rule_or_word_makes_records_anew(copy: Path, file: str, old: str, new: str) -> None:
    assert after(copy, file, lambda text: text.replace(old, new, 1)) != checks_digest()


@pytest.mark.parametrize("module", ["grounding", "changes", "identity/settle", "votes"])
def test_a_changed_number_in_the_code_makes_records_anew(copy: Path, module: str) -> None:
    changed = after(copy, f"polidex/{module}.py", lambda text: f"{text}\nEDGE = 17\n")
    again = after(copy, f"polidex/{module}.py", lambda text: text.replace("EDGE = 17", "EDGE = 18"))
    assert len({changed, again, checks_digest()}) == 3


def test_a_changed_comment_of_a_query_makes_nothing_anew(copy: Path) -> None:
    assert after(copy, "sql/resolve/decisions.sql", lambda text: f"-- uses: nothing\n{text}") == checks_digest()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("extractors/people.py", 'task="each', 'task="all and each'),
        ("polidex/publish.py", "def ", "def a_"),
        ("polidex/cli.py", "INTERRUPTED = 130", "INTERRUPTED = 131"),
    ],
)
def test_what_is_asked_and_how_rows_are_kept_is_not_what_makes_them(copy: Path, file: str, old: str, new: str) -> None:
    assert after(copy, file, lambda text: text.replace(old, new, 1)) == checks_digest()


def test_the_steps_that_make_records_count_and_commands_do_not() -> None:
    counted = set(checked_modules())
    assert {"polidex.grounding", "polidex.resolve", "polidex.identity.people", "schema.records.people"} <= counted
    assert not counted & {"polidex.cli", "polidex.publish", "polidex.database", "extractors.model"}
