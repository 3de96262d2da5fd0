"""Documents that are brought in together make the same of the database as one after the other, in any order."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from examples.postgres_server import Server
from polidex.changes import apply
from polidex.database import make_engine, parse_url
from polidex.publish import Store, open_store
from schema.errors import MissingDatabase, RowError, UsageError
from schema.tables import metadata
from tests.made import Article, article, enter, perfect_answer, without
from tests.perfect import FOLDER

pytestmark = pytest.mark.with_tables
EXAMPLES = Path(__file__).parents[3] / "examples"
ANSWER = perfect_answer(sorted(FOLDER.glob("*.json")))
STORY = EXAMPLES / "story"
FILES = [
    *sorted(file for file in STORY.iterdir() if file.name[0].isdigit()),
    *sorted(file for file in EXAMPLES.iterdir() if file.suffix in (".txt", ".html", ".md")),
]
_OF_THE_ORDER = {
    # What it was before is told of what once had another key, and nothing is where it never had.
    "redirect",
    "extraction_run",
}
_MOMENTS = {"created_at", "since", "extracted_at", "first_seen_at"}


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> list[list[Article]]:
    """Two nights: all articles; then those that changed, that another model reads, and that it fails to read."""
    first = [article(file, ANSWER) for file in FILES]
    fewer = without(ANSWER, every=3)
    changed = tmp_path_factory.mktemp("changed")
    again = []
    for number, file in enumerate(FILES):
        match number % 4:
            case 0:
                again.append(article(file, fewer, model="openai/other"))
            case 1:
                again.append(article(file, fewer, model="openai/other", failed={"people", "statements"}))
            case 2:
                # It is another address: the same words are a reprint there.
                copy = changed / file.name
                copy.write_bytes(file.read_bytes())
                again.append(article(copy, ANSWER))
            case _:
                again.append(article(file, ANSWER))
    return [first, again]


def all_rows(url: str) -> dict[str, list[str]]:
    """The rows of every table but for moments, in an order that no database chooses.

    What was last said of a mention before it went is left out: one by one it depends on what came before that.
    """
    engine = make_engine(parse_url(url), read_only=True)
    with engine.connect() as connection:
        found: dict[str, list[dict[str, Any]]] = {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in metadata.sorted_tables
        }
    engine.dispose()
    there = {row["id"] for row in found["mention"]}
    past = {row["id"] for row in found["record"] if row["mention_id"] not in there}
    for row in found["record"]:
        if row["id"] in past:
            row["canonical_id"] = None
    for row in found["claim"]:
        if row["record_id"] in past:
            assert not row["is_current"]
            row["canonical_id"] = None
    return {
        name: sorted(str({column: value for column, value in row.items() if column not in _MOMENTS}) for row in rows)
        for name, rows in found.items()
    }


def bring_in(url: str, nights: Sequence[Sequence[Article]], size: int, seed: int | None = None) -> dict[str, list[str]]:
    with open_store(url) as store:
        for night in nights:
            articles = random.Random(seed).sample(night, len(night)) if seed is not None else list(night)
            enter(store, articles)
            for at in range(0, len(articles), size):
                apply(store, [each.made for each in articles[at : at + size]])
    return all_rows(url)


@pytest.fixture(scope="module")
def one_by_one(nights: list[list[Article]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return bring_in(f"duckdb:///{tmp_path_factory.mktemp('one') / 'one.duckdb'}", nights, 1)


@pytest.mark.parametrize("size", [2, 5, 100])
def test_in_groups_as_one_by_one(
    nights: list[list[Article]], one_by_one: dict[str, list[str]], size: int, database_url: str
) -> None:
    grouped = bring_in(database_url, nights, size, seed=size)
    assert len(one_by_one["claim"]) > 500
    assert any("superseded" in row for row in one_by_one["extraction"])
    for table, rows in one_by_one.items():
        if table not in _OF_THE_ORDER:
            assert grouped[table] == rows, table


def test_of_several_texts_of_one_document_the_last_counts(
    nights: list[list[Article]], duckdb_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "article.txt"
    texts: list[Article] = []
    for more in ("", "A line that was added later.\n", "And one that was added last.\n"):
        file.write_bytes((STORY / "3-vote.md").read_bytes() + more.encode())
        texts.append(article(file, ANSWER))
    assert len({each.made.version.id for each in texts}) == len(texts)
    last = texts[-1].made.version.id
    with open_store(duckdb_url) as store:
        enter(store, [*texts, nights[0][0]])
        apply(store, [each.made for each in [*texts, nights[0][0]]])
        statuses = {
            each["document_version_id"]: each["status"] for each in store.rows("review/readings", version_id=last)
        }
        assert "superseded" not in statuses.values()
        found = store.rows("resolve/extractions_of", ids=[texts[0].made.version.document_id])
    assert {each["document_version_id"] for each in found} == {last}
    one_by_one = bring_in(f"duckdb:///{tmp_path / 'one.duckdb'}", [[each] for each in [*texts, nights[0][0]]], 1)
    grouped = all_rows(duckdb_url)
    for table, rows in one_by_one.items():
        if table not in _OF_THE_ORDER:
            assert grouped[table] == rows, table


def test_of_a_group_in_which_one_does_not_fit_nothing_is_kept(nights: list[list[Article]], database_url: str) -> None:
    articles = nights[0][:3]
    bad = articles[1].made.extractions[0]
    with open_store(database_url) as store:
        enter(store, articles)
        before = counted(store)
        broken = type(bad)(bad.id, bad.extractor, bad.items, {**bad.row, "model": "a\0b"})
        made = [each.made for each in articles]
        made[1] = type(made[1])(made[1].version, [broken], made[1].resolution, made[1].refused)
        with pytest.raises(RowError):
            apply(store, made)
        assert counted(store) == before
        assert apply(store, [made[0], made[2]])["record"].inserted > 0
        assert apply(store, []) == {}


def apply_alongside(url: str, files: list[Path], ready: Barrier) -> None:
    """What a worker does in a process of its own."""
    articles = [article(file, ANSWER) for file in files]
    with open_store(url, alongside=True) as store:
        ready.wait(timeout=60)
        for each in articles:
            apply(store, [each.made])


def test_two_processes_that_work_alongside_the_writer_make_what_one_does(
    nights: list[list[Article]], postgres_url: str, tmp_path: Path
) -> None:
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Barrier(2)
    with open_store(postgres_url) as store:
        enter(store, nights[0])
        workers = [
            spawn.Process(target=apply_alongside, args=(postgres_url, FILES[part::2], ready)) for part in range(2)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(timeout=120)
        assert [worker.exitcode for worker in workers] == [0, 0]
    together = all_rows(postgres_url)
    alone = bring_in(f"duckdb:///{tmp_path / 'one.duckdb'}", nights[:1], 1)
    for table, rows in alone.items():
        if table not in _OF_THE_ORDER:
            assert together[table] == rows, table


def test_a_transaction_waits_for_that_of_another_who_works_alongside(postgres_url: str) -> None:
    with (
        open_store(postgres_url) as writer,
        open_store(postgres_url, alongside=True) as worker,
        ThreadPoolExecutor(1) as thread,
    ):
        with writer.transaction():
            read = thread.submit(worker.rows, "run/document", ids=["d"])
            writer.load({"document": [{"id": "d", "uri": "file:d"}]})
            with pytest.raises(TimeoutError):
                read.result(timeout=0.5)
        assert [each["id"] for each in read.result(timeout=60)] == ["d"]


def test_nobody_works_alongside_on_a_file_or_before_the_tables_are_there(
    duckdb_url: str, postgres_server: Server
) -> None:
    with pytest.raises(UsageError):
        open_store(duckdb_url, alongside=True)
    postgres_server.make_database("without_tables")
    with pytest.raises(MissingDatabase):
        open_store(postgres_server.url("without_tables"), alongside=True)
    postgres_server.drop_database("without_tables")


def test_a_thread_that_did_not_open_the_store_writes_with_it(nights: list[list[Article]], database_url: str) -> None:
    articles = nights[0][:2]
    store = open_store(database_url)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(enter, store, articles).result()
        counts = thread.submit(apply, store, [each.made for each in articles]).result()
        thread.submit(store.publish).result()
    assert counts["record"].inserted > 0
    store.close()
    open_store(database_url).close()


def counted(store: Store) -> dict[str, int]:
    with store.transaction() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
