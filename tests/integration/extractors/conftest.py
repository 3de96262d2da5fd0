"""What the tests of the door need before the first of them."""

from __future__ import annotations

import pytest

from tests.integration.extractors.faults import GOOD, ask, asked
from tests.loopback import Loopback, reply


@pytest.fixture(scope="session", autouse=True)
def loaded() -> None:
    """The SDKs load most of themselves with their first request, which then takes its time."""
    for protocol in ("openai", "anthropic"):
        with Loopback(reply(GOOD)) as server:
            asked(server, protocol, ask)
