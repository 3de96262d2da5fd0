"""The dashboard for Superset names views and columns that are there, and explains them as the database does."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from examples.superset.bundle import FOLDER, NAMES, bundle
from polidex.database import parse_url
from polidex.publish import open_store
from polidex.query import run_query
from schema.errors import UsageError

ROOT = Path(__file__).parents[3]
MOST_BYTES = 300_000


def parts(folder: str) -> dict[str, Any]:
    files = sorted((FOLDER / folder).rglob("*.yaml"))
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


DATASETS, CHARTS = parts("datasets"), parts("charts")
BY_KEY = {dataset["uuid"]: dataset for dataset in DATASETS.values()}
(DASHBOARD,) = parts("dashboards").values()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = f"duckdb:///{tmp_path_factory.mktemp('superset') / 'polidex.duckdb'}"
    with open_store(made):
        return made


@pytest.fixture(scope="module")
def comments(url: str) -> dict[tuple[str, str], str]:
    """The comment of each column of each view of the star."""
    table = run_query(
        url, "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'analytics'"
    )
    return {(row["table_name"], row["column_name"]): row["comment"] for row in table.to_pylist()}


def names_in(chart: dict[str, Any]) -> tuple[set[str], set[str]]:
    """The columns and the metrics that a chart names, in its settings and in its query."""
    given = chart["params"]
    query = json.loads(chart["query_context"])["queries"][0]
    columns = {each if isinstance(each, str) else each["sqlExpression"] for each in query["columns"]}
    columns |= {each["col"] for each in query["filters"]} | {each["subject"] for each in given["adhoc_filters"]}
    columns |= {json.loads(each)[0] for each in given.get("order_by_cols", [])}
    columns |= {*given.get("all_columns", []), *given.get("groupby", []), *given.get("column_config", {})}
    columns |= {given["x_axis"]} if "x_axis" in given else set()
    metrics = {*(query["metrics"] or []), *given.get("metrics", [])} | (
        {given["metric"]} if "metric" in given else set()
    )
    ordered = {column for column, _ in query["orderby"]}
    return columns | (ordered - metrics), metrics


@pytest.mark.parametrize("name", DATASETS)
def test_a_dataset_lists_the_columns_that_its_query_gives(name: str, url: str) -> None:
    dataset = DATASETS[name]
    found = run_query(url, dataset["sql"]).column_names
    assert [each["column_name"] for each in dataset["columns"]] == found
    for metric in dataset["metrics"]:
        run_query(url, f"SELECT {metric['expression']} FROM ({dataset['sql']}) AS d")


@pytest.mark.parametrize("name", DATASETS)
def test_a_column_is_explained_as_in_the_database(name: str, comments: dict[tuple[str, str], str]) -> None:
    dataset = DATASETS[name]
    views = re.findall(r"\banalytics\.(\w+)", dataset["sql"])
    for column in dataset["columns"]:
        own = f" AS {column['column_name']}" in dataset["sql"]
        known = [comments[view, column["column_name"]] for view in views if (view, column["column_name"]) in comments]
        assert column["description"]
        assert own or column["description"] in known, column["column_name"]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_names_what_its_dataset_has(name: str) -> None:
    dataset = BY_KEY[CHARTS[name]["dataset_uuid"]]
    columns, metrics = names_in(CHARTS[name])
    assert columns <= {each["column_name"] for each in dataset["columns"]}
    assert metrics <= {each["metric_name"] for each in dataset["metrics"]}


@pytest.mark.parametrize("name", CHARTS)
def test_what_a_chart_must_show_can_be_asked(name: str, url: str) -> None:
    run_query(url, (FOLDER.parent / "expected" / f"{name}.sql").read_text(encoding="utf-8"))


def test_the_dashboard_holds_every_chart_and_filters_by_a_column_that_is_there() -> None:
    shown = [each["meta"]["uuid"] for key, each in DASHBOARD["position"].items() if key.startswith("CHART-")]
    assert sorted(shown) == sorted(chart["uuid"] for chart in CHARTS.values())
    (target,) = DASHBOARD["metadata"]["native_filter_configuration"][0]["targets"]
    filtered = target["column"]["name"]
    assert filtered in {each["column_name"] for each in BY_KEY[target["datasetUuid"]]["columns"]}
    # A filter passes by charts whose dataset has no such column: only the tiles may be such.
    without = {name for name, each in DATASETS.items() if filtered not in {c["column_name"] for c in each["columns"]}}
    assert without == {"freshness"}


@pytest.mark.parametrize("address", ["duckdb:////data/a b.duckdb", "postgresql+psycopg://bi:p%40ss@host:5433/news"])
def test_a_bundle_is_for_one_database(address: str) -> None:
    given = parse_url(address)
    with zipfile.ZipFile(io.BytesIO(bundle(address))) as archive:
        files = {name: yaml.safe_load(archive.read(name)) for name in archive.namelist()}
    (database,) = (each for name, each in files.items() if "/databases/" in name)
    assert database["database_name"] == NAMES[given.get_backend_name()]
    there = sa.make_url(database["sqlalchemy_uri"])
    assert (there.host, there.port, there.database, there.password) == (
        given.host, given.port, given.database, given.password,
    )  # fmt: skip
    datasets = [each for name, each in files.items() if "/datasets/" in name]
    assert {each["database_uuid"] for each in datasets} == {database["uuid"]}
    charts = [each for name, each in files.items() if "/charts/" in name]
    assert {each["dataset_uuid"] for each in charts} <= {each["uuid"] for each in datasets}


def test_the_bundles_of_two_databases_share_no_key() -> None:
    keys = []
    for address in ("duckdb:////data/news.duckdb", "postgresql://bi@host/news"):
        with zipfile.ZipFile(io.BytesIO(bundle(address))) as archive:
            keys.append({yaml.safe_load(archive.read(name)).get("uuid") for name in archive.namelist()} - {None})
    assert len(keys[0]) == len(keys[1]) and not keys[0] & keys[1]


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(UsageError, match="mysql"):
        bundle("mysql://me@host/news")


def test_a_duckdb_file_is_opened_read_only_and_closed_to_the_files_of_the_server() -> None:
    arguments = parts("databases")["duckdb"]["extra"]["engine_params"]["connect_args"]
    assert arguments["read_only"] is True
    assert arguments["config"].items() >= {"enable_external_access": False, "lock_configuration": True}.items()
    assert not any(each["allow_dml"] for each in parts("databases").values())


def test_the_pictures_of_the_guide_are_there_and_small() -> None:
    guide = (ROOT / "docs" / "guide-bi.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"\]\(pictures/(superset-[\w-]+\.png)\)", guide))
    kept = {each.name: each.stat().st_size for each in (ROOT / "docs" / "pictures").glob("superset-*.png")}
    assert shown == set(kept)
    assert kept and max(kept.values()) < MOST_BYTES
