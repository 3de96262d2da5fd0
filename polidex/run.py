"""The main job, from left to right: read, extract, ground, resolve, load, publish."""

from __future__ import annotations

import time
from collections.abc import Sequence

from polidex.changes import apply
from polidex.drafts import Extraction
from polidex.extract import extract
from polidex.ground import ground
from polidex.ledger import OnDemand, read_and_record, readings, run_row
from polidex.page import Page
from polidex.progress import RunProgress
from polidex.publish import open_store
from polidex.read import sources
from polidex.report import RunReport, new_report
from polidex.resolve import resolve
from polidex.settings import Settings
from schema.errors import ModelError

_PUBLISH_SECONDS = 20.0
"""Readers see what was loaded at most this long after the next document is done."""


async def run(paths: Sequence[str], *, settings: Settings, progress: RunProgress) -> RunReport:
    """Read documents and load what they say; what was read before with the same settings is not read again.

    Each document is committed as a whole when it is done. A document that fails is a row and a line of the report,
    and the others go on.

    Raises:
        ModelError: the model can answer nothing at all (wrong key, no weights, ...). What was loaded before stays.
        DatabaseError: the database cannot be written.
    """
    found = sources(paths)
    report = new_report(found.skipped)
    with open_store(settings.database) as store:
        async with run_row(store, report, settings), OnDemand(settings) as model:
            progress.begin(len(found))
            published = time.monotonic()
            for source in found:
                # read
                version = await read_and_record(source, store, report, settings)
                if version is None:
                    progress.failed(source.uri, report.failed[source.uri])
                    continue
                # extract: from the stored replies where there are any, else by asking the model
                known, asked = readings(store, version, settings)
                progress.reading(source.uri, sum(len(each.windows) for each in asked))
                fresh: list[Extraction] = []
                stop: ModelError | None = None
                if asked:
                    fresh, stop = await extract(
                        version, asked, await model.get(), settings, run_id=report.run_id, called=progress.called
                    )
                extractions = [*known, *fresh]
                # ground
                page = Page(version)
                outcome = ground(page, extractions)
                # resolve
                names = [(each["person_id"], each["name"]) for each in store.rows("resolve/known_names")]
                resolution = resolve(page, outcome, names)
                # load
                refused = [*outcome.refused, *resolution.refused]
                written = apply(store, version, extractions, resolution.resolved, refused)
                progress.loaded(source.uri, report.add(source.uri, fresh, written, resolution.resolved, refused))
                if stop:
                    raise stop
                # publish
                if fresh and time.monotonic() - published > _PUBLISH_SECONDS:
                    store.publish()
                    published = time.monotonic()
    return report
