"""The embedded model's own faults. That it reads and answers is a test of tests/live."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from extractors.model import open_model
from schema.errors import ModelError, WeightsUnavailable


def test_a_file_that_llama_cpp_cannot_load_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + bytes(1000))

    async def opened() -> None:
        async with open_model(f"local/{path}"):
            pass

    with pytest.raises(ModelError) as caught:
        asyncio.run(opened())
    assert type(caught.value) is WeightsUnavailable
    assert str(path) in str(caught.value)
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)
