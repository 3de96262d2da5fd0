"""The base of every record: strict, frozen, closed to unknown fields, with keys that stay the same from run to run."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

_KEY_HEX_DIGITS = 20
_SEPARATOR = "\x1f"


class Record(BaseModel):
    """What every record is: nothing is coerced, nothing is added, nothing changes after validation.

    Strict means that Python callers pass enum members, dates and tuples; JSON (`model_validate_json`) passes the
    strings and arrays that stand for them. A broken rule raises `pydantic.ValidationError`.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", validate_default=True)


def stable_id(prefix: str, *parts: str) -> str:
    """Make a key from what a row is about, so that the same thing has the same key in every run.

    Args:
        prefix: the kind of thing, such as `person`.
        parts: what tells it from others of its kind, in a fixed order. Compared in Unicode form NFC.

    Returns:
        The prefix, an underscore, and 20 hexadecimal digits of SHA-256.
    """
    joined = _SEPARATOR.join(unicodedata.normalize("NFC", part) for part in parts)
    return f"{prefix}_{hashlib.sha256(joined.encode()).hexdigest()[:_KEY_HEX_DIGITS]}"


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("is blank")
    return value


Text = Annotated[str, AfterValidator(_not_blank)]
"""Text that says something: not empty and not only white space."""

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2, also the withdrawn codes of states that are gone, such as `SU`."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""ISO 639-1, or ISO 639-3 where a language has no code of two letters."""

Script = Annotated[str, StringConstraints(pattern=r"^[A-Z][a-z]{3}$")]
"""ISO 15924, such as `Cyrl`."""

WikidataId = Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")]

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
"""A share in per cent, 0 to 100."""

Count = Annotated[int, Field(ge=0)]

Round = Annotated[int, Field(ge=1)]
"""Which round of an election: the first is 1."""
