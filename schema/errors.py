"""Every error that Polidex raises: one tree, whose docstrings are the default messages."""

from __future__ import annotations


class PolidexError(Exception):
    """Something went wrong in Polidex."""

    exit_code: int = 1
    hint: str = ""

    def __init__(self, message: str | None = None, *, hint: str | None = None) -> None:
        super().__init__(message or (self.__class__.__doc__ or "").strip())
        if hint is not None:
            self.hint = hint


class UsageError(PolidexError):
    """The command was asked for something that it cannot do."""

    exit_code = 2
