"""What a poll costs when nothing is new: 100,000 files, 100,000 lines of JSONL, and lines of a file that grew by one.

    python -m benchmarks.polling [--documents 100000] [--folder DIR]

Prints, for each, processor seconds and wall seconds of the poll, and how much more memory the process took at its
highest; beside it what reading and hashing every byte would cost, which is what a poll without stamps has to do.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from polidex.folders import Folder
from polidex.lines import lines, state
from polidex.polling import Polling
from polidex.publish import Store, open_store
from polidex.remembering import document_id
from polidex.settings import Settings
from polidex.source_settings import SourceSetting
from schema.base import stable_id

_TEXT = "The parliament of Arcadia voted on Monday to cut the term of the president from seven years to five. " * 30
_PER_FOLDER = 1000
_LIMIT = 20_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="Where to make the documents; a temporary folder if not said.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        _all(Path(name), given.documents)


def _all(folder: Path, documents: int) -> None:
    articles, archive = folder / "articles", folder / "archive.jsonl"
    print(f"making {documents:,} files and {documents:,} lines of {len(_TEXT):,} characters", flush=True)
    _make(articles, archive, documents)
    url = f"duckdb:///{folder / 'polidex.duckdb'}"
    sources = [
        SourceSetting.model_validate({"kind": "folder", "location": str(articles)}),
        SourceSetting.model_validate({"kind": "jsonl", "location": str(archive)}),
    ]
    with open_store(url) as store:
        _remember(store, sources[0], [(uri, stamp) for uri, _, stamp in Folder(str(articles)).files()])
        found = [(line.parse()[0], line.digest) for line in lines(str(archive), sources[1], limit=_LIMIT)]
        _remember(store, sources[1], found, state(str(archive), sources[1].fields))
    print(f"{'':<44}{'CPU s':>8}{'wall s':>8}{'more MB':>9}")
    _measured("folder, nothing new", _poll, url, sources[0], 0)
    _measured("  baseline: every file read and hashed", _read_files, articles)
    _measured("JSONL, nothing new", _poll, url, sources[1], 0)
    with archive.open("a") as file:
        file.write(json.dumps({"uri": "https://x.example/new", "text": _TEXT}) + "\n")
    _measured("JSONL, one line more", _poll, url, sources[1], 1)
    _measured("  baseline: every line parsed", _read_lines, archive)


def _make(articles: Path, archive: Path, documents: int) -> None:
    with archive.open("w") as file:
        for number in range(documents):
            inside = articles / f"{number // _PER_FOLDER:04}"
            inside.mkdir(parents=True, exist_ok=True)
            (inside / f"{number:07}.txt").write_text(f"{number} {_TEXT}")
            file.write(json.dumps({"uri": f"https://x.example/{number}", "text": f"{number} {_TEXT}"}) + "\n")


def _remember(store: Store, setting: SourceSetting, found: list[tuple[str, str]], stamp: str | None = None) -> None:
    """The rows of a night that has read them all."""
    named = {"id": setting.id, "kind": str(setting.kind), "location": setting.location, "stamp": stamp, "outcome": "ok"}
    state_of = {"source_id": setting.id, "listed_by": setting.id, "outcome": "ok"}
    store.load(
        {
            "source": [named],
            "document": [{"id": document_id(uri), "uri": uri} for uri, _ in found],
            "source_document": [
                {"document_id": document_id(uri), "stamp": stamp, "digest": stable_id("digest", uri)} | state_of
                for uri, stamp in found
            ],
        }
    )


def _poll(url: str, setting: SourceSetting, expected: int) -> None:
    with open_store(url) as store:

        async def rows(name: str, **parameters: Any) -> list[dict[str, Any]]:
            return store.rows(name, **parameters)

        async def poll() -> int:
            poller = Polling(Settings(sources=(setting,)))
            return len([source async for source in poller.changed(rows)])

        found = asyncio.run(poll())
        if found != expected:
            raise SystemExit(f"{found} documents were to be read, not {expected}")


def _read_files(folder: Path) -> None:
    for file in folder.rglob("*.txt"):
        hashlib.sha256(file.read_bytes()).hexdigest()


def _read_lines(archive: Path) -> None:
    with archive.open("rb") as file:
        for line in file:
            hashlib.sha256(json.loads(line)["text"].encode()).hexdigest()


def _measured(what: str, work: Callable[..., None], *arguments: Any) -> None:
    """Run it in a process of its own, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_in_process, args=(sender, work, arguments))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)
    cpu, wall, megabytes = receiver.recv()
    print(f"{what:<44}{cpu:>8.2f}{wall:>8.2f}{megabytes:>9.0f}", flush=True)


def _in_process(sender: Any, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    before, cpu, wall = _peak(), time.process_time(), time.monotonic()
    work(*arguments)
    sender.send((time.process_time() - cpu, time.monotonic() - wall, _peak() - before))


def _peak() -> float:
    """Megabytes that this process took at its highest; `getrusage` would tell those of its parent."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
