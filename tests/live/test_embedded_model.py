"""The embedded model reads one short article, and what comes out is true, grounded and cheap."""

from __future__ import annotations

import asyncio
from pathlib import Path

import duckdb
import pytest

from benchmarks.articles import count_tokens
from polidex.progress import RunProgress
from polidex.query import run_query
from polidex.read import read, sources
from polidex.run import run
from polidex.settings import Settings

ARTICLE = """Meloria gets a new head of parliament

12 May 2021

By Ana Petri

Tomas Verde, a lawyer from the port of Salina, became Speaker of the National Assembly of Portugal on Monday. \
Verde was minister of justice in 2011-2015, and in March 2016 he became ambassador to Brazil.

“The assembly will publish every vote,” Verde told reporters after the session. Deputies also adopted a law that cuts \
the term of the auditor-general from eight years to five.
"""
TRUE_TENURES = {("minister of justice", "2011", "2015"), ("ambassador to brazil", "2016-03", None)}


@pytest.mark.live
def test_a_true_tenure_comes_out_of_a_short_article_and_a_second_run_asks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("speaker.txt").write_text(ARTICLE, encoding="utf-8")
    settings = Settings(database=f"duckdb:///{tmp_path / 'live.duckdb'}")

    with RunProgress(quiet=True) as progress:
        first = asyncio.run(run(["speaker.txt"], settings=settings, progress=progress))
        second = asyncio.run(run(["speaker.txt"], settings=settings, progress=progress))

    assert first.failed == {}
    assert first.usage.requests > 0
    assert second.usage.requests == 0
    assert all(counts.inserted == counts.updated == counts.deleted == 0 for counts in second.rows.values())
    asked = "SELECT person, lower(office) AS office, start_edtf, end_edtf FROM office_timeline"
    found = {
        (row["person"], row["office"], row["start_edtf"], row["end_edtf"])
        for row in run_query(settings.database, asked).to_pylist()
    }
    assert found & {("Tomas Verde", *tenure) for tenure in TRUE_TENURES}, found
    _spans_are_quotes(tmp_path / "live.duckdb")
    # The five extractors share one reading of the article: the model reads it and the five tasks little more than once.
    version = read(next(iter(sources(["speaker.txt"])))).version
    articles, tasks = asyncio.run(count_tokens({"speaker.txt": version}, settings))
    assert first.usage.tokens_read <= 1.4 * (articles["speaker.txt"] + tasks), (first.usage, articles, tasks)


def _spans_are_quotes(database: Path) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        differing, evidence = connection.execute(
            "SELECT count(*) FILTER (substr(v.text, e.start_char + 1, e.end_char - e.start_char) <> e.quote), count(*) "
            "FROM evidence AS e JOIN document_version AS v ON v.id = e.document_version_id"
        ).fetchall()[0]
    assert evidence > 0
    assert differing == 0
