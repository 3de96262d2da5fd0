"""The articles in a folder with the state of each, as fast as the system lists them: no file is opened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from polidex.sources import SUFFIXES, file_uri
from schema.errors import MissingPath, NotAFile, PermissionDenied, ReadError, UnreadableFile


class Folder:
    """The text, Markdown and HTML files of a folder, however deep, without hidden ones and links.

    Attributes:
        closed: the folders inside it that could not be looked into, each with the reason; known after the files.
    """

    def __init__(self, path: str) -> None:
        self.closed: list[tuple[str, ReadError]] = []
        self._path = path

    def files(self) -> Iterator[tuple[str, str, str]]:
        """Address, path and stamp (time of the last change in nanoseconds, and bytes) of each file, by name.

        Raises:
            ReadError: the folder itself is not there, is none, or may not be read.
        """
        uri = file_uri(self._path)
        yield from self._inside(self._path, "file:" if uri == "file:." else f"{uri.rstrip('/')}/", is_top=True)

    def hides(self, uri: str) -> bool:
        """Whether a file may be there but cannot be seen, because a folder above it could not be looked into."""
        return any(uri.startswith(f"{file_uri(path)}/") for path, _ in self.closed)

    def _inside(self, path: str, uri: str, *, is_top: bool = False) -> Iterator[tuple[str, str, str]]:
        try:
            with os.scandir(path) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            if is_top:
                raise _why(path, error) from error
            self.closed.append((path, _why(path, error)))
            return
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    yield from self._inside(entry.path, f"{uri}{_shown(name)}/")
                elif name.lower().endswith(SUFFIXES) and entry.is_file(follow_symlinks=False):
                    state = entry.stat(follow_symlinks=False)
                    yield f"{uri}{_shown(name)}", entry.path, f"{state.st_mtime_ns}:{state.st_size}"
            except FileNotFoundError:
                # It went between the listing and the look at it: the next night sees that it is gone.
                continue
            except OSError as error:
                self.closed.append((path, _why(entry.path, error)))


def file_stamp(path: str) -> str:
    """The state of one file, as a folder tells it.

    Raises:
        ReadError: it is not there, or may not be read.
    """
    try:
        state = Path(path).stat()
    except OSError as error:
        raise _why(path, error) from error
    return f"{state.st_mtime_ns}:{state.st_size}"


def _shown(name: str) -> str:
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "replace")


def _why(path: str, error: OSError) -> ReadError:
    match error:
        case FileNotFoundError():
            return MissingPath(f"There is no file or folder {path}.")
        case NotADirectoryError():
            return NotAFile(f"{path} is no folder.", hint="Give a folder, or set another kind.")
        case PermissionError():
            return PermissionDenied(f"{path} may not be read.")
        case _:
            return UnreadableFile(f"{path} could not be read: {error.strerror}.")
