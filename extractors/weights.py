"""Where the weights of an embedded model come from."""

from __future__ import annotations

from pathlib import Path

from schema.errors import WeightsUnavailable


def locate(name: str) -> Path:
    """The file with the weights of `name`."""
    path = Path(name)
    if name.endswith(".gguf") and path.is_file():
        return path
    raise WeightsUnavailable(f"There is no model {name!r}.")
