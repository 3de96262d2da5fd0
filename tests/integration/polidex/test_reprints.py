"""Which text each one was first printed as, in the database: the same whatever is read first."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from polidex.publish import Store, open_store
from polidex.reprints import sources_with
from schema import Document, DocumentVersion, WorldDate, stable_id
from schema.rows import row
from schema.vocabulary import Basis
from tests.unit.polidex.test_reprints import BODY, LEAD, ORIGINAL, OTHER_REPORT, TAIL


def version(name: str, text: str, day: int) -> DocumentVersion:
    published = (date(2020, 5, 1) + timedelta(days=day)).isoformat()
    return DocumentVersion(
        id=name,
        document_id=f"document of {name}",
        content_sha256="0" * 64,
        title=None,
        byline=(),
        published=WorldDate.from_edtf(published, Basis.STATED),
        crawled_at=None,
        language="en",
        text=text,
        reading_spans=((0, len(text)),),
    )


WIRE = version("wire", ORIGINAL, 3)
MORNING = version("morning", f"Six years for judges\n\n{ORIGINAL}\n\nReporting by the Wire", 4)
EVENING = version("evening", "\n\n".join((LEAD, BODY, TAIL)), 5)
REPORT = version("report", OTHER_REPORT, 2)
ALL = [WIRE, MORNING, EVENING, REPORT]

# The ends have too little in common: only what stands between makes them one.
SESSION = OTHER_REPORT.partition("\n")[0]
ENDS = [version("head", f"{LEAD}\n\n{BODY}", 1), version("tail", f"{TAIL}\n\n{SESSION}", 2)]
BETWEEN = version("between", "\n\n".join((LEAD, BODY, TAIL, SESSION)), 3)


def add(store: Store, each: DocumentVersion) -> tuple[str, ...]:
    document = Document(id=each.document_id, uri=stable_id("uri", each.id), publisher=None)
    store.load({"document": [row(document)], "document_version": [row(each)]})
    found = sources_with(store, each)
    store.load(found.rows)
    return found.joined


def sources(store: Store) -> dict[str, str]:
    found = store.rows("resolve/printed_as", ids=[each.id for each in [*ALL, *ENDS, BETWEEN]])
    return {each["id"]: each["source_id"] for each in found}


def test_reprints_are_one_source_that_has_the_key_of_the_earliest(database_url: str) -> None:
    expected = {"wire": "wire", "morning": "wire", "evening": "wire", "report": "report"}
    with open_store(database_url) as store:
        for each in ALL:
            add(store, each)
        assert sources(store) == expected
        # Read once more, nothing is compared and nothing changes.
        assert all(not any(sources_with(store, each).rows.values()) for each in ALL)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_read_first_does_not_matter(seed: int, duckdb_url: str) -> None:
    shuffled = random.Random(seed).sample(ALL, len(ALL))
    with open_store(duckdb_url) as store:
        for each in shuffled:
            add(store, each)
        assert sources(store) == {"wire": "wire", "morning": "wire", "evening": "wire", "report": "report"}


def test_a_text_that_is_akin_to_two_sources_makes_them_one_and_says_so(database_url: str) -> None:
    with open_store(database_url) as store:
        assert [add(store, each) for each in ENDS] == [(), ()]
        assert sources(store) == {"head": "head", "tail": "tail"}
        assert add(store, BETWEEN) == ("between", "head", "tail")
        assert set(sources(store).values()) == {"head"}


def test_a_date_that_is_corrected_changes_which_came_first(duckdb_url: str) -> None:
    with open_store(duckdb_url) as store:
        for each in (WIRE, MORNING):
            add(store, each)
        add(store, version("morning", MORNING.text, 1))
        assert set(sources(store).values()) == {"morning"}
