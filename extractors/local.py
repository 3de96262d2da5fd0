"""The embedded model: llama.cpp in this process, serving OpenAI's protocol to nobody but us."""

from __future__ import annotations

import asyncio
import os
import secrets
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from extractors import weights
from extractors.providers import Endpoint, Parameters
from schema.errors import WeightsUnavailable

ERRORS_ONLY = 1


@asynccontextmanager
async def serve(asked: Endpoint, parameters: Parameters, cache: Path | None = None) -> AsyncIterator[Endpoint]:
    """Load the model that `asked` names and yield the endpoint at which it answers while the block runs.

    `cache` is the folder for downloaded weights. Raises UnknownModel, and WeightsUnavailable where there
    is nothing to load.
    """
    # In threads, so that Ctrl-C is heard; a thread cannot be cancelled, so the download is told to stop.
    stop = threading.Event()
    try:
        path = await asyncio.to_thread(weights.locate, asked.model, cache, stop)
    finally:
        stop.set()
    key = secrets.token_urlsafe()
    server = [await asyncio.to_thread(_start, path, key, parameters)]
    try:
        yield replace(asked, base_url=f"{server[0].listening_address}/v1", key=SecretStr(key))
    finally:
        # llama.cpp ends with its object: its threads are joined and the memory is given back.
        await asyncio.to_thread(server.clear)


def _start(path: Path, key: str, parameters: Parameters) -> Any:
    # Here, so that commands that ask no model do not load llama.cpp.
    xllamacpp: Any = import_module("xllamacpp")
    settings = xllamacpp.CommonParams()
    settings.model.path = str(path)
    settings.hostnames = ["127.0.0.1"]
    settings.port = 0
    # Other users of the machine can reach a loopback port too.
    settings.api_keys = [key]
    settings.n_parallel = parameters.parallel
    settings.n_ctx = parameters.context_tokens * parameters.parallel
    settings.kv_unified = False
    threads = parameters.threads or len(os.sched_getaffinity(0))
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = threads
    settings.verbosity = ERRORS_ONLY
    try:
        return xllamacpp.Server(settings)
    except RuntimeError:
        hint = "Is it whole, and is there enough memory? llama.cpp's own messages stand above."
        raise WeightsUnavailable(f"llama.cpp cannot load {path}.", hint=hint) from None
