"""A stored text is what reading it gave, to the last part of its fingerprint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.prompt import EXTRACTORS
from polidex.fingerprint import fingerprint
from polidex.publish import open_store
from polidex.read import read, sources
from polidex.settings import Settings
from polidex.stored_versions import version_of
from schema.rows import row

pytestmark = pytest.mark.with_tables
ARTICLES = Path(__file__).resolve().parents[3] / "examples"


def test_a_stored_version_is_the_one_that_was_read(database_url: str) -> None:
    found = [read(source) for source in sources([str(ARTICLES)])]
    made = {each.version.id: each.version for each in found}
    assert any(version.byline for version in made.values()) and not all(
        version.title is None for version in made.values()
    )
    assert len({version.published.edtf for version in made.values()}) > 1
    with open_store(database_url) as store:
        store.load(
            {
                "document": [row(each.document) for each in found],
                "document_version": [row(version) for version in made.values()],
            }
        )
        stored = [version_of(each) for each in store.rows("run/version", ids=[*made])]
    assert {version.id: version for version in stored} == made
    settings = Settings()
    for version in stored:
        for extractor in EXTRACTORS:
            assert fingerprint(version, extractor, settings) == fingerprint(made[version.id], extractor, settings)
    assert fingerprint(stored[0], EXTRACTORS[0], settings) != fingerprint(
        stored[0], replace(EXTRACTORS[0], version=9), settings
    )
