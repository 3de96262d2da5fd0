"""Batches from their submit to their readings, on both databases, against a server that speaks both protocols."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from extractors.prompt import EXTRACTORS
from polidex import batch_collect
from polidex.batch_collect import Collected, collect_night
from polidex.cli import run_command
from polidex.database import make_engine, parse_url
from polidex.doctor import check
from polidex.drafts import Question
from polidex.extract import question, stored
from polidex.fingerprint import extraction_id
from polidex.provider_batches import Submitted, reserved_usd, submit_night, waiting
from polidex.publish import Store, open_store
from polidex.read import read, sources
from polidex.settings import Settings
from schema import DocumentVersion
from schema.errors import RateLimited, UnsureSubmit, UsageError, passing_codes
from schema.rows import row
from tests.batch_server import ANSWERED, CANCELLED, DROP_AFTER, EXPIRED, MALFORMED, SILENT, BatchServer, Fate
from tests.integration.polidex.newsroom import GOVERNMENT, LOOKING_BACK, perfect
from tests.loopback import Request, Step, reply, status

pytestmark = pytest.mark.with_tables
RUN = "run_1"
PRICES = {"input_usd": 2.0, "output_usd": 8.0}


class Killed(BaseException):
    """Stands for a kill: nothing of ours catches it."""


class Night:
    """A database with two texts, and nights that hand their questions to the server."""

    def __init__(self, url: str, protocol: str, server: BatchServer, folder: Path) -> None:
        self.server = server
        self.url = url
        self.settings = Settings(
            database=url,
            model=f"{protocol}/any",
            base_url=server.url(protocol),
            api_key="secret-of-the-night",
            prices=PRICES,
        )
        for name, text in {"a.txt": GOVERNMENT, "b.txt": LOOKING_BACK}.items():
            (folder / name).write_text(text, encoding="utf-8")
        found = [read(source, limit=10_000) for source in sources([str(folder)])]
        self.versions = [each.version for each in found]
        now = datetime.now(UTC)
        with open_store(url) as store:
            run = {"id": RUN, "command": "nightly", "started_at": now, "status": "running"}
            store.load({"document": [row(each.document) | {"first_seen_at": now} for each in found]})
            store.load({"document_version": [row(each) for each in self.versions], "extraction_run": [run]})

    def questions(self, store: Store) -> list[tuple[DocumentVersion, Question]]:
        """What a night would ask: what is not stored, and what failed in a way that may have passed."""
        ids = [extraction_id(v, e, self.settings) for v in self.versions for e in EXTRACTORS]
        rows = {each["id"]: each for each in store.rows("run/extraction", ids=ids)}
        asked = []
        for version in self.versions:
            for extractor in EXTRACTORS:
                known = rows.get(extraction_id(version, extractor, self.settings))
                found = (
                    stored(extractor, known, passing_codes()) if known else question(version, extractor, self.settings)
                )
                if isinstance(found, Question):
                    asked.append((version, found))
        return asked

    def submit(self, **more: Any) -> Submitted:
        with open_store(self.url) as store:
            return submit_night(store, self.settings, self.questions(store), run_id=RUN, **more)

    def collect(self) -> list[Collected]:
        with open_store(self.url) as store:
            return list(collect_night(store, self.settings, run_id=RUN))

    def rows(self, table: str) -> list[dict[str, Any]]:
        engine = make_engine(parse_url(self.url))
        with engine.connect() as connection:
            found = connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY id").mappings().all()
        engine.dispose()
        return [dict(each) for each in found]

    def states(self) -> list[str]:
        return [each["state"] for each in self.rows("provider_batch")]

    def readings(self) -> dict[str, list[dict[str, Any]]]:
        """The parts of each stored reading."""
        return {each["id"]: json.loads(each["raw_response"]) for each in self.rows("extraction")}

    def held(self) -> None:
        """Every rule of sql/checks holds."""
        results = check(self.url, cache=Path("no cache"))
        assert not [each for each in results if not each.ok and each.name not in ("cache", "weights")]


@pytest.fixture(params=["openai", "anthropic"])
def protocol(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], Night]]:
    """Makes a night on a database, with a server of that protocol."""
    folder = tmp_path / "texts"
    folder.mkdir()
    monkeypatch.setattr(batch_collect, "UNSEEN", timedelta(0))
    with BatchServer(perfect) as server:
        yield lambda url, protocol: Night(url, protocol, server, folder)


@pytest.fixture
def night(database_url: str, protocol: str, started: Callable[[str, str], Night]) -> Night:
    return started(database_url, protocol)


@pytest.fixture
def on_duckdb(duckdb_url: str, protocol: str, started: Callable[[str, str], Night]) -> Night:
    """For what does not depend on the database."""
    return started(duckdb_url, protocol)


def only(place: int, fate: Fate) -> Callable[[str, int], Fate]:
    return lambda custom_id, number: fate if number == place else ANSWERED


def test_a_batch_is_submitted_left_alone_and_collected(night: Night) -> None:
    night.server.polls = 2
    submitted = night.submit()
    assert (len(submitted.batches), submitted.requests, submitted.error) == (1, 10, None)
    assert night.states() == ["submitted"]
    ids = [each["extraction_id"] for each in night.rows("batch_request")]
    with open_store(night.url) as store:
        assert waiting(store, [*ids, "another"]) == set(ids)
        assert reserved_usd(store) == submitted.reserved_usd
    again = night.submit()
    assert (again.requests, again.left_alone, len(night.server.batches)) == (0, 10, 1)
    assert night.collect() == []
    found = night.collect()
    assert {each.reading.row["status"] for each in found if each.reading} == {"ok"}
    assert len(found) == 10
    assert {each["status"] for each in night.rows("extraction")} == {"ok"}
    assert {each["checked_with"] for each in night.rows("extraction")} == {None}
    assert not night.rows("batch_request")
    [batch] = night.rows("provider_batch")
    assert (batch["state"], batch["answered"], batch["unanswered"], batch["failed"]) == ("collected", 10, 0, 0)
    # 100 tokens in and 7 out, at half of 2 and 8 dollars a million.
    assert batch["cost_usd"] == pytest.approx(10 * (100 * 2 + 7 * 8) / 2 / 1e6)
    assert batch["cost_usd"] < batch["reserved_usd"]
    assert sum(each.usage.cost_usd or 0 for each in found) == pytest.approx(batch["cost_usd"])
    assert "batch 0.5" in batch["price_version"]
    assert set(night.server.accepted.values()) == {1}
    assert night.submit().requests == 0
    assert night.collect() == []
    night.held()


def test_a_batch_asks_what_is_asked_live(on_duckdb: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_duckdb.submit()
    [batch] = on_duckdb.server.batches
    for name in ("model", "base_url"):
        monkeypatch.setenv(f"POLIDEX_{name.upper()}", getattr(on_duckdb.settings, name))
    assert run_command(["run", str(tmp_path / "texts"), "--database", f"duckdb:///{tmp_path / 'live.duckdb'}"]) == 0
    in_batch = Counter(json.dumps(body, sort_keys=True) for body in batch.questions.values())
    assert in_batch == Counter(json.dumps(each.body, sort_keys=True) for each in on_duckdb.server.live)


def test_no_word_of_a_text_is_in_a_name(on_duckdb: Night) -> None:
    on_duckdb.submit()
    for name in on_duckdb.server.accepted:
        prefix, _, digest = name.partition("_")
        assert (prefix, len(digest)) == ("ask", 20)
        int(digest, 16)


def test_what_expired_goes_into_the_next_batch_and_what_was_answered_is_used(night: Night) -> None:
    night.server.ending = "expired"
    night.server.fate = lambda custom_id, number: EXPIRED if number % 2 else ANSWERED
    night.submit()
    first = night.collect()
    assert night.states() == ["expired"]
    assert sum(each.reading is not None for each in first) == 5
    assert len(night.rows("extraction")) == 5
    night.server.ending, night.server.fate = "completed", lambda custom_id, number: ANSWERED
    assert night.submit().requests == 5
    assert len(night.collect()) == 5
    assert {each["status"] for each in night.rows("extraction")} == {"ok"}
    assert sorted(night.server.accepted.values()) == [1] * 5 + [2] * 5
    night.held()


def long_text() -> str:
    """A text of several windows for each extractor."""
    return "\n\n".join(f"{GOVERNMENT}\n\nPart {number} ends here." for number in range(4))


@pytest.fixture
def long(on_duckdb: Night, tmp_path: Path) -> Night:
    folder = tmp_path / "long"
    folder.mkdir()
    (folder / "c.txt").write_text(long_text(), encoding="utf-8")
    [found] = [read(source, limit=100_000) for source in sources([str(folder)])]
    with open_store(on_duckdb.url) as store:
        store.load({"document": [row(found.document) | {"first_seen_at": datetime.now(UTC)}]})
        store.load({"document_version": [row(found.version)]})
    on_duckdb.versions = [found.version]
    return on_duckdb


def test_of_a_long_text_the_open_windows_alone_are_asked_again(long: Night) -> None:
    long.server.fate = only(3, EXPIRED)
    requests = long.submit().requests
    assert requests > 10
    [partial] = [each.reading for each in long.collect() if each.reading and each.reading.row["status"] == "partial"]
    assert [part.error for part in partial.failed] == ["unanswered"]
    long.server.fate = lambda custom_id, number: ANSWERED
    assert long.submit().requests == 1
    [found] = long.collect()
    assert found.reading is not None
    assert found.reading.row["status"] == "ok"
    assert found.reading.row["requests"] == found.reading.row["windows"]
    assert (found.usage.requests, found.usage.tokens_out) == (1, 7)
    assert sum(long.server.accepted.values()) == requests + 1


def test_a_reply_of_the_wrong_shape_is_corrected_in_the_next_batch_once(night: Night) -> None:
    def wrong(request: Request) -> Step:
        if "has faults" in request.question or "TASK: people" in request.question:
            return reply('{"items": "none"}')
        return perfect(request)

    night.server._answer = wrong
    night.submit()
    found = night.collect()
    errors = Counter(part.error for each in found if each.reading for part in each.reading.failed)
    assert errors == {"uncorrected": 2}
    assert night.submit().requests == 2
    asked = [body["messages"] for body in night.server.batches[1].questions.values()]
    assert all("This JSON has faults" in messages[-1]["content"] for messages in asked)
    assert not any("Moro" in json.dumps(messages) for messages in asked)
    again = [each.reading for each in night.collect()]
    assert {part.error for each in again if each for part in each.failed} == {"still_unusable"}
    assert night.submit().requests == 0


def test_a_correction_that_is_right_becomes_a_part(on_duckdb: Night) -> None:
    on_duckdb.server._answer = lambda request: (
        perfect(request) if "has faults" not in request.question else reply('{"items": []}')
    )
    right = on_duckdb.server._answer
    on_duckdb.server._answer = lambda r: reply('{"items": 1}') if "TASK: people" in r.question else right(r)
    on_duckdb.submit()
    on_duckdb.collect()
    on_duckdb.submit()
    assert {each.reading.row["status"] for each in on_duckdb.collect() if each.reading} == {"ok"}
    assert {each["attempts"] for each in on_duckdb.rows("extraction") if each["extractor"] == "people"} == {2}


def test_a_reply_that_was_cut_is_asked_again_in_halves(on_duckdb: Night) -> None:
    whole: list[str] = []

    def cut(request: Request) -> Step:
        if "TASK: people" in request.question and not whole:
            return reply('{"items": [{"na', cut=True)
        return perfect(request)

    on_duckdb.server._answer = cut
    on_duckdb.submit()
    found = [each.reading for each in on_duckdb.collect() if each.extractor == "people"]
    assert [[part.error for part in each.failed] for each in found if each] == [["unanswered"] * 2] * 2
    whole.append("enough")
    assert on_duckdb.submit().requests == 4
    assert {each.reading.row["status"] for each in on_duckdb.collect() if each.reading} == {"ok"}
    assert set(on_duckdb.server.accepted.values()) == {1}


def test_a_refusal_is_final(on_duckdb: Night) -> None:
    on_duckdb.server._answer = lambda request: reply("I will not.", refused=True)
    on_duckdb.submit()
    assert {each.reading.row["status"] for each in on_duckdb.collect() if each.reading} == {"refused"}
    assert on_duckdb.submit().requests == 0


@pytest.mark.parametrize(
    ("fate", "code"), [(400, "bad_request"), (529, ""), (MALFORMED, ""), (SILENT, ""), (CANCELLED, ""), (EXPIRED, "")]
)
def test_what_becomes_of_one_question_costs_the_others_nothing(on_duckdb: Night, fate: Fate, code: str) -> None:
    on_duckdb.server.fate = only(4, fate)
    on_duckdb.submit()
    readings = [each.reading for each in on_duckdb.collect()]
    assert sum(each is not None and each.row["status"] == "ok" for each in readings) == 9
    [other] = [each for each in readings if each is None or each.row["status"] != "ok"]
    # What failed for good is stored as such; all else is asked again.
    assert ([part.error for part in other.failed] if other else "") == ([code] if code else "")
    assert on_duckdb.submit().requests == (0 if code else 1)


def test_a_batch_that_the_provider_fails_is_asked_again(on_duckdb: Night, protocol: str) -> None:
    if protocol == "anthropic":
        pytest.skip("Anthropic fails single questions only")
    on_duckdb.server.ending = "failed"
    on_duckdb.submit()
    assert all(each.reading is None for each in on_duckdb.collect())
    [batch] = on_duckdb.rows("provider_batch")
    assert (batch["state"], batch["unanswered"], batch["error"]) == ("failed", 10, "Enqueued token limit reached.")
    on_duckdb.server.ending = "completed"
    assert on_duckdb.submit().requests == 10
    assert len(on_duckdb.collect()) == 10


def test_a_submit_that_is_refused_leaves_nothing_behind(night: Night) -> None:
    night.server.create = [status(429)]
    submitted = night.submit()
    assert isinstance(submitted.error, RateLimited)
    assert (submitted.batches, submitted.requests) == ((), 0)
    assert night.states() == ["failed"]
    assert not night.rows("batch_request")
    assert night.submit().requests == 10
    assert set(night.server.accepted.values()) == {1}


def test_a_submit_whose_answer_never_came_is_found_again(night: Night) -> None:
    # Others are there too, of other programs and of the same size.
    for name in ("x", "y", "z"):
        night.server._take(night.settings.model.partition("/")[0], [(f"{name}{n}", {}) for n in range(10)], {})
    night.server.fate = lambda custom_id, number: ANSWERED if custom_id.startswith("ask_") else EXPIRED
    night.server.create = [DROP_AFTER]
    night.server.polls = 2
    submitted = night.submit()
    assert isinstance(submitted.error, UnsureSubmit)
    assert night.states() == ["submitting"]
    assert night.submit().left_alone == 10
    assert night.collect() == []
    assert night.submit().left_alone == 10
    night.server.end_all()
    assert len(night.collect()) == 10
    assert night.states() == ["collected"]
    assert {n for name, n in night.server.accepted.items() if name.startswith("ask_")} == {1}


def test_a_submit_that_never_arrived_is_lost_and_asked_again(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    night.server.create = [status(503)]
    assert isinstance(night.submit().error, UnsureSubmit)
    with monkeypatch.context() as patched:
        patched.setattr(batch_collect, "UNSEEN", timedelta(minutes=10))
        assert night.collect() == []
        # A list may lag behind: it is looked for a while.
        assert night.states() == ["submitting"]
    assert night.collect() == []
    assert night.states() == ["lost"]
    assert night.submit().requests == 10
    assert len(night.collect()) == 10
    assert set(night.server.accepted.values()) == {1}


STEPS = 7
"""The rows of the batch, its id, three times replies, how it ended, and the readings."""


@pytest.mark.parametrize("stored_first", [False, True])
@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_kill_at_any_step_loses_nothing_and_asks_nothing_twice(
    step: int,
    stored_first: bool,
    request: pytest.FixtureRequest,
    started: Callable[[str, str], Night],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database, protocol = (("duckdb", "openai"), ("postgres", "anthropic"))[(step + stored_first) % 2]
    either = started(request.getfixturevalue(f"{database}_url"), protocol)
    monkeypatch.setattr(batch_collect, "_AT_ONCE", 4)
    kept = Store.load
    left = [step]

    def killed(self: Store, *args: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0]:
            return kept(self, *args, **named)
        if stored_first:
            kept(self, *args, **named)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Store, "load", killed)
        with pytest.raises(Killed):
            either.submit()
            either.collect()
    either.server.end_all()
    either.collect()
    either.submit()
    either.collect()
    assert {each["status"] for each in either.rows("extraction")} == {"ok"}
    assert len(either.rows("extraction")) == 10
    assert not either.rows("batch_request")
    assert set(either.server.accepted.values()) == {1}


def test_batches_are_split_by_number_and_by_size(on_duckdb: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("OpenAIBatches", "AnthropicBatches"):
        monkeypatch.setattr(f"extractors.batches.{kind}.most_requests", 4)
    assert len(on_duckdb.submit().batches) == 3
    assert [len(each.questions) for each in on_duckdb.server.batches] == [4, 4, 2]
    # A reading whose questions lie in two batches waits for both.
    on_duckdb.server.batches[1].polls_left = 5
    assert len(on_duckdb.collect()) == 6
    on_duckdb.server.end_all()
    assert len(on_duckdb.collect()) == 4


def test_batches_are_split_by_size(on_duckdb: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("OpenAIBatches", "AnthropicBatches"):
        monkeypatch.setattr(f"extractors.batches.{kind}.most_bytes", 30_000)
    on_duckdb.submit()
    assert [len(each.questions) for each in on_duckdb.server.batches] == [3, 3, 3, 1]


def test_a_budget_is_never_passed_by_what_batches_may_cost(on_duckdb: Night) -> None:
    whole = on_duckdb.submit(left_usd=0.0)
    assert (whole.requests, whole.over_budget) == (0, True)
    part = on_duckdb.submit(left_usd=0.1)
    assert part.over_budget
    assert 0 < part.requests < 10
    assert part.reserved_usd is not None
    assert part.reserved_usd <= 0.1


def test_a_budget_needs_a_price(on_duckdb: Night) -> None:
    on_duckdb.settings = on_duckdb.settings.model_copy(update={"prices": Settings().prices})
    with pytest.raises(UsageError, match="nobody publishes"):
        on_duckdb.submit(left_usd=1.0)
    assert on_duckdb.submit().reserved_usd is None
    assert {each.usage.cost_usd for each in on_duckdb.collect()} == {None}


def test_what_is_not_wanted_any_more_is_let_go(on_duckdb: Night) -> None:
    on_duckdb.submit()
    changed = on_duckdb.settings.parameters.__class__(max_tokens=100)
    on_duckdb.settings = on_duckdb.settings.model_copy(update={"parameters": changed})
    found = on_duckdb.collect()
    assert {each.reading for each in found} == {None}
    # It is paid for all the same.
    assert sum(each.usage.cost_usd or 0 for each in found) > 0
    assert not on_duckdb.rows("extraction")
    assert on_duckdb.submit().requests == 10


def test_batches_of_another_model_are_left_alone(on_duckdb: Night) -> None:
    on_duckdb.submit()
    mine = on_duckdb.settings
    on_duckdb.settings = mine.model_copy(update={"model": "local/qwen2.5-coder-1.5b", "base_url": None})
    assert on_duckdb.collect() == []
    with pytest.raises(UsageError, match="takes no batches"):
        on_duckdb.submit()
    on_duckdb.settings = mine
    assert len(on_duckdb.collect()) == 10


def test_without_a_batch_the_provider_is_not_asked(on_duckdb: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_collect, "opened", lambda *_: pytest.fail("a client was made"))
    assert on_duckdb.collect() == []


def test_a_provider_that_is_down_costs_nothing(on_duckdb: Night) -> None:
    on_duckdb.submit()
    asked = on_duckdb.server._get
    on_duckdb.server._get = lambda path, query: status(503, headers={"Retry-After": "0"})  # type: ignore[method-assign]
    assert on_duckdb.collect() == []
    assert on_duckdb.states() == ["submitted"]
    on_duckdb.server._get = asked  # type: ignore[method-assign]
    assert len(on_duckdb.collect()) == 10
