"""The main job, from left to right: read, extract, ground, resolve, load, publish."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from polidex.changes import Made, apply
from polidex.ground import ground
from polidex.ledger import OnDemand, read_and_record, readings, run_row, write_run
from polidex.page import Page
from polidex.progress import RunProgress
from polidex.publish import Store, open_store
from polidex.read import Source, sources
from polidex.report import RunReport, new_report, reason
from polidex.resolve import resolve
from polidex.settings import Settings
from polidex.verdicts import verdicts
from schema.errors import DatabaseError, PolidexError, RowError, UsageError

log = logging.getLogger(__name__)

_PUBLISH_SECONDS = 20.0
"""Readers see what was loaded at most this long after the next document is done."""

_OF_ONE_DOCUMENT = (
    PolidexError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    # What several windows of it met at once.
    ExceptionGroup,
)
"""What goes wrong with one document, bugs that only its words bring out among it, and does not end the run."""


async def run(paths: Sequence[str], *, settings: Settings, progress: RunProgress) -> RunReport:
    """Read documents and load what they say; what was read before with the same settings is not read again.

    Each document is committed as a whole when it is done. A document that fails is a row and a line of the report,
    and the others go on. So they do without a model, as far as their replies are stored.

    Raises:
        ModelError: the model can answer nothing at all (wrong key, no weights, ...). What was loaded stays.
        DatabaseError: the database cannot be written.
    """
    found = sources(paths)
    report = new_report(found.skipped)
    with open_store(settings.database) as store:
        async with run_row(store, report, settings), OnDemand(settings) as model:
            progress.begin(len(found))
            published = time.monotonic()
            for source in found:
                asked = False
                try:
                    asked = await _document(source, store, model, report, settings, progress)
                except _OF_ONE_DOCUMENT as error:
                    if isinstance(error, DatabaseError | UsageError) and not isinstance(error, RowError):
                        raise
                    log.debug("%s failed", source.uri, exc_info=True)
                    report.failed[source.uri] = reason(error)
                    progress.failed(source.uri, report.failed[source.uri])
                write_run(store, report, settings)
                # publish
                if asked and time.monotonic() - published > _PUBLISH_SECONDS:
                    store.publish()
                    published = time.monotonic()
            if model.stopped:
                raise model.stopped
    return report


async def _document(
    source: Source, store: Store, model: OnDemand, report: RunReport, settings: Settings, progress: RunProgress
) -> bool:
    """All steps for one document; whether the model was asked about it."""
    # read
    version = await read_and_record(source, store, report, settings)
    if version is None:
        progress.failed(source.uri, report.failed[source.uri])
        return False
    # extract: from the stored replies where there are any, else by asking the model
    known, asked = readings(store, version, settings)
    progress.reading(source.uri, sum(len(each.windows) for each in asked))
    fresh = await model.ask(version, asked, run_id=report.run_id, called=progress.called)
    report.spent(fresh)
    extractions = [*known, *fresh]
    try:
        # ground
        page = Page(version)
        outcome = ground(page, extractions)
        with store.transaction():
            # resolve
            resolution = resolve(page, outcome, verdicts(store.rows("resolve/verdicts")))
            # load
            refused = [*outcome.refused, *resolution.refused]
            written = apply(store, [Made(version, extractions, resolution, refused)])
    except _OF_ONE_DOCUMENT:
        # The replies are paid for: the next run takes them from here.
        store.load({"extraction": [dict(each.row) for each in fresh]})
        raise
    progress.loaded(source.uri, report.add(source.uri, fresh, written, resolution.resolved, refused))
    return bool(fresh)
