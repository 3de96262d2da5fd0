"""A digest of all that makes records of replies: when it changes, they are made anew from the stored replies."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOTS = ("extractors.replies", "polidex.ground", "polidex.resolve", "polidex.changes")
"""What makes of replies what they come to; all that these import counts too."""

ELSEWHERE = frozenset(
    {
        *(f"extractors.{name}" for name in ("breaker", "examples", "faults", "meter", "model", "pace", "protocols")),
        *(f"extractors.{name}" for name in ("providers", "shapes", "weights", "wire")),
        *(f"polidex.{name}" for name in ("batches", "copy_binary", "database", "load", "publish", "settings")),
        *(f"polidex.{name}" for name in ("staging", "streams", "summaries")),
        *(f"schema.{name}" for name in ("errors", "tables", "usage")),
    }
)
"""How a model is asked, how rows are written and what an error says: no record is another for it."""

_FOLDERS = ("polidex", "schema", "extractors")
_OUR_FOLDER = Path(__file__).resolve().parent.parent
_SQL_COMMENT = re.compile(r"--[^\n]*")


@cache
def checks_digest(root: Path = _OUR_FOLDER) -> str:
    """SHA-256 of the code, the word lists and the queries that turn replies into records.

    Comments, docstrings and the order of imports do not count, nor does what an extractor asks: that is the prompt.

    Args:
        root: the folder that holds `polidex`, `schema`, `extractors` and `sql`.
    """
    digest = hashlib.sha256()
    for name, said in sorted(_reachable(root).items()):
        digest.update(f"\n{name} {said}".encode())
    for file in _data_files(root):
        digest.update(f"\n{file.relative_to(root).as_posix()} ".encode() + _content(file))
    return digest.hexdigest()


def checked_modules(root: Path = _OUR_FOLDER) -> list[str]:
    """The names of the modules that count."""
    return sorted(_reachable(root))


def _reachable(root: Path) -> dict[str, str]:
    """The digest of each module that counts, by its name."""
    found: dict[str, str] = {}
    open_ = list(ROOTS)
    while open_:
        name = open_.pop()
        file = _file(root, name)
        if name in found or file is None or any(name == each or name.startswith(f"{each}.") for each in ELSEWHERE):
            continue
        found[name], imported = _module(file.read_bytes())
        open_ += imported
    return found


@cache
def _module(source: bytes) -> tuple[str, tuple[str, ...]]:
    """The digest of a module's code, and what it imports of ours."""
    tree = ast.parse(source)
    imported = tuple(_imported(tree))
    return hashlib.sha256(ast.dump(_bare(tree)).encode()).hexdigest(), imported


def _file(root: Path, name: str) -> Path | None:
    path = root.joinpath(*name.split("."))
    return next((each for each in (path.with_suffix(".py"), path / "__init__.py") if each.is_file()), None)


def _imported(tree: ast.Module) -> Iterator[str]:
    """What may be a module of ours among the names that are imported, their packages too."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name.partition(".")[0] in _FOLDERS:
                yield name


def _bare(tree: ast.Module) -> ast.Module:
    """The tree without what changes no record: imports, docstrings and other texts that stand alone, extractors."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [each for each in body if not _says_nothing(each)]
            node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]
    return tree


def _says_nothing(node: ast.stmt) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(value=ast.Call(func=ast.Name(id="Extractor"))):
            # Its task and its worked answers are the prompt, which has a digest of its own.
            return True
    return False


def _data_files(root: Path) -> list[Path]:
    lists = [file for name in ("polidex", "schema") for file in (root / name).rglob("*.json")]
    return sorted([*lists, *(root / "sql" / "resolve").glob("*.sql")], key=lambda file: file.relative_to(root).parts)


def _content(file: Path) -> bytes:
    if file.suffix != ".sql":
        return file.read_bytes()
    return " ".join(_SQL_COMMENT.sub("", file.read_text(encoding="utf-8")).split()).encode()
