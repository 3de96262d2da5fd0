"""Which pace a model that is opened keeps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from extractors import model
from extractors.model import Pace, Parameters, open_model
from extractors.providers import Endpoint


@asynccontextmanager
async def served(asked: Endpoint, *_: Any) -> AsyncIterator[Endpoint]:
    yield replace(asked, base_url="http://127.0.0.1:9/v1")


def test_the_embedded_model_works_on_what_its_own_setting_says(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> int:
        async with open_model("local/any", parameters=Parameters(parallel=3), pace=Pace(at_once=64)) as opened:
            return opened.at_once

    monkeypatch.setattr(model, "serve", served)
    assert asyncio.run(main()) == 3


def test_a_hosted_model_keeps_the_pace_that_is_set() -> None:
    async def main(pace: Pace | None) -> int:
        async with open_model("any", base_url="http://127.0.0.1:9", parameters=Parameters(parallel=3), pace=pace) as it:
            return it.at_once

    assert asyncio.run(main(Pace(at_once=64))) == 64
    assert asyncio.run(main(None)) == Pace().at_once
