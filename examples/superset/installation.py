"""Superset's own environment, in the user's cache: the versions it needs are not those of Polidex."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from extractors.weights import default_cache
from schema.errors import PolidexError

LOCK = Path(__file__).with_name("requirements.txt")
# Those that have a wheel of everything in the lock.
_PYTHONS = ("python3.11", "python3.12")
_LAST_LINES = 5


def folder() -> Path:
    """Where the environment of this lock is, or will be."""
    return default_cache() / f"superset-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"


def program(name: str) -> Path:
    """A program of the environment, such as `superset`."""
    return folder() / "bin" / name


def install() -> None:
    """Have the environment: nothing to do when it is there, and begun again when an earlier time was interrupted.

    Raises PolidexError when no Python fits, or pip fails.
    """
    whole = folder() / "whole"
    if whole.exists():
        return
    python = next(filter(None, map(shutil.which, _PYTHONS)), None)
    if python is None:
        raise PolidexError(
            f"Superset 6.1 needs one of {', '.join(_PYTHONS)}.", hint="On Debian: apt install python3.11"
        )
    print(f"Installing Superset into {folder()}: about three minutes and 900 MB, once.", flush=True)
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--requirement"]
    environment, lock = str(folder()), str(LOCK)
    for command in ([python, "-m", "venv", "--clear", environment], [str(program("python")), *pip, lock]):
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            last = "\n".join(done.stderr.strip().splitlines()[-_LAST_LINES:])
            raise PolidexError(f"Superset could not be installed:\n{last}", hint="Try again: pip keeps what it has.")
    whole.touch()


def remove() -> None:
    """Delete the environment."""
    shutil.rmtree(folder(), ignore_errors=True)
