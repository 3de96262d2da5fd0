"""An API key shows in no error, no log and no variable of ours, whatever a provider does with it."""

from __future__ import annotations

import asyncio
import logging
import traceback
from dataclasses import replace

import pytest

from extractors.model import open_model
from schema import errors
from tests.integration.extractors.faults import (
    KEY,
    Fault,
    asked,
    each_fault,
    failed,
)
from tests.loopback import (
    Loopback,
    Step,
    error_body,
    reply,
    status,
)


@each_fault()
def test_no_secret_in_any_error_or_log(
    protocol: str, fault: Fault, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with Loopback(*(echoing(step) for step in fault.steps)) as server:
        error = asked(server, protocol, failed, fault.parameters)
    assert all(KEY in str(request.headers) for request in server.requests)
    written = [str(error), repr(error), error.text, error.hint, repr(vars(error)), *traceback.format_exception(error)]
    written += [caplog.text, *map(repr, caplog.records), *capfd.readouterr()]
    assert not [text for text in written if KEY in text]
    assert (error.__cause__, error.__context__) == (None, None)


def test_no_secret_in_the_variables_of_our_own_frames() -> None:
    """Some loggers print the variables of every frame of a traceback."""

    async def opened() -> None:
        async with open_model("any", base_url="ftp://127.0.0.1", api_key=KEY):
            pass

    with pytest.raises(errors.UsageError) as caught:
        asyncio.run(opened())
    with Loopback(status(400)) as server:
        error = asked(server, "openai", failed)
    walked = [*traceback.walk_tb(caught.value.__traceback__), *traceback.walk_tb(error.__traceback__)]
    ours = [frame for frame, _ in walked if frame.f_globals["__name__"].startswith("extractors.")]
    assert {frame.f_code.co_name for frame in ours} == {"open_model", "endpoint", "ask"}
    assert not [frame for frame in ours if KEY in repr(frame.f_locals)]


def test_a_reply_that_repeats_the_key_is_not_used() -> None:
    with Loopback(reply(f'{{"people": [{{"name": "{KEY}"}}]}}')) as server:
        error = asked(server, "openai", failed)
    assert type(error) is errors.NotJson
    assert (error.text, len(server.requests)) == ("", 1)


def echoing(step: Step) -> Step:
    """The same step from a server that repeats the key wherever it can."""
    if step.hang or step.drop:
        return step
    headers = {**step.headers, "X-Echo": KEY}
    if step.text is not None:
        return replace(step, text=f"{step.text} {KEY}", headers=headers)
    if isinstance(step.body, str):
        return replace(step, body=f"{step.body} {KEY}", headers=headers)
    code = (step.body or {}).get("error", {}).get("code", "some_code")
    return replace(step, body=error_body("openai", f"Incorrect API key provided: {KEY}.", code), headers=headers)
