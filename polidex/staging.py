"""The copy of a DuckDB file that a writer works on: readers keep what they have until the new file is swapped in."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout

from polidex.database import make_engine, refusals
from schema.errors import DiskFullError, LockedError, UnreadableDatabase

log = logging.getLogger(__name__)


class Staging:
    """The copy of a DuckDB file that a writer works on, beside it, under a lock.

    `FILE.staging` holds all that was committed; `FILE` is what readers see. Whatever moment the writer is killed at,
    both are whole, and the next writer goes on with the staging.
    """

    def __init__(self, published: Path) -> None:
        # A link stays a link: what is swapped is the file that it leads to.
        self.published = published = published.resolve()
        self.path = published.with_name(f"{published.name}.staging")
        self._part = published.with_name(f"{published.name}.part")
        self._lock = FileLock(f"{published}.lock", thread_local=False)
        self._fresh = True

    def take(self) -> None:
        """Lock out other writers and have the staging hold all that was ever committed.

        Raises:
            LockedError: another process is writing.
            DiskFullError: there is no room for the copy.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise LockedError(
                f"Another process is writing to {self.published}; it holds {self._lock.lock_file}."
            ) from None
        except OSError as error:
            raise UnreadableDatabase(
                f"The folder {self.published.parent} cannot be written to: {error.strerror}."
            ) from error
        try:
            self._settle()
            if self.path.exists():
                self._resume()
            self._fresh = not self.path.exists()
            if not self.path.exists() and self.published.exists():
                self._copy(self.published, self.path)
        except BaseException:
            self._lock.release()
            raise

    def release(self) -> None:
        """Let other writers in."""
        self._lock.release()

    @property
    def unsettled(self) -> bool:
        """Whether a part of what was committed is still in DuckDB's log beside the staging."""
        return _wal(self.path).exists()

    def drop_if_fresh(self) -> None:
        """Remove the staging if nothing was written to it: it must not pass for work that was not published."""
        if self._fresh:
            self.path.unlink(missing_ok=True)
            _wal(self.path).unlink(missing_ok=True)

    def publish(self) -> None:
        """Show readers a copy of the staging as it is now. It must be closed."""
        self._require_whole()
        self._copy(self.path, self.published)

    def move_in(self) -> None:
        """Make the staging itself the published file, which takes no room. It must be closed."""
        self._require_whole()
        self.path.replace(self.published)
        _sync_folder(self.published.parent)

    def _settle(self) -> None:
        """Fold what another program wrote into the published file and left in its log, if it was not closed cleanly."""
        self._part.unlink(missing_ok=True)
        if self.published.exists() and _wal(self.published).exists():
            _check(self.published, read_only=False)

    def _resume(self) -> None:
        """Go on with the staging of a writer that was killed; a damaged one is put aside, never deleted."""
        try:
            _check(self.path, read_only=False)
        except UnreadableDatabase as error:
            aside = self.path.with_name(f"{self.path.name}.damaged-{time.strftime('%Y%m%dT%H%M%S')}")
            for file in (_wal(self.path), self.path):
                if file.exists():
                    file.rename(_wal(aside) if file != self.path else aside)
            log.warning("%s It was put aside as %s; going on from %s.", error, aside, self.published)
        else:
            log.warning("Going on with %s: an earlier run ended before it could publish it.", self.path)

    def _require_whole(self) -> None:
        """Stop unless each of the two files holds all that is in it: what a log beside it holds would be lost."""
        safe = f"What was committed is safe in {self.path}."
        if _wal(self.published).exists():
            raise LockedError(
                f"Another program is writing to {self.published}: {_wal(self.published).name} is there. {safe}",
                hint="Close that program, and open the file read-only there; then run again.",
            )
        if self.unsettled:
            raise DiskFullError(f"There was no room to write {self.path} out whole. {safe}")

    def _copy(self, source: Path, target: Path) -> None:
        needed = source.stat().st_size
        with disk_full(f"Copying {source} needs {needed:,} bytes beside it", source.parent):
            try:
                if shutil.disk_usage(source.parent).free < needed:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                shutil.copyfile(source, self._part)
                with self._part.open("rb") as file:
                    os.fsync(file.fileno())
            except OSError:
                self._part.unlink(missing_ok=True)
                raise
        self._part.replace(target)
        _sync_folder(target.parent)


@contextmanager
def disk_full(what: str, folder: Path | None) -> Iterator[None]:
    """Turn "no space left" into a DiskFullError that says how much is free in `folder`."""
    try:
        yield
    except (OSError, DiskFullError) as error:
        if isinstance(error, OSError) and error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        free = f"; {shutil.disk_usage(folder).free:,} bytes are free in {folder}" if folder else ""
        raise DiskFullError(f"{what}{free}. What was committed is kept.") from error


def _check(path: Path, *, read_only: bool) -> None:
    """Open a DuckDB file and close it, which folds its log into it.

    Raises:
        DatabaseError: it is damaged or in use.
    """
    url = sa.URL.create("duckdb", database=str(path))
    with refusals(url), make_engine(url, read_only=read_only).connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")


def _wal(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _sync_folder(folder: Path) -> None:
    """Have the disk remember a rename, where the system can be asked to."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
