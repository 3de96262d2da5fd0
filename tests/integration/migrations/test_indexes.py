"""Each index of Postgres serves a query of ours: one that serves none would only slow every load."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from polidex.database import SQL, make_engine, parse_url, statement, view_order
from polidex.publish import upgrade
from polidex.summaries import with_rules
from schema.tables import metadata
from tests.integration.migrations.filled import fill


def declared() -> set[str]:
    return {str(index.name) for table in metadata.tables.values() for index in table.indexes}


def plans(connection: sa.Connection) -> Iterator[str]:
    """How Postgres finds what the writer and the reviewer ask for, what it sums up, and the rows of views by key."""
    for folder in ("resolve", "review", "explain", "batches"):
        for file in sorted((SQL / folder).glob("*.sql")):
            text = re.sub("--.*", "", statement(f"{folder}/{file.stem}"))
            text = re.sub(r"IN :\w+", "IN ('a', 'b')", text)
            text = re.sub(r"unnest\(:\w+\)", "unnest(ARRAY['a', 'b'])", text)
            text = re.sub(r":(width|enough)\b", "3", text)
            yield from connection.exec_driver_sql("EXPLAIN " + re.sub(r"(?<!:):\w+", "'a'", text)).scalars()
    connection.exec_driver_sql(statement("standing/touched"), execution_options={"no_parameters": True})
    rules = re.sub("--.*", "", with_rules(statement("standing/refresh")))
    for text in [
        *rules.split(";"),
        "SELECT record_type, field, COUNT(*) FROM field_standing GROUP BY record_type, field",
    ]:
        if text.strip():
            yield from connection.exec_driver_sql(f"EXPLAIN {text}").scalars()
    for view in view_order():
        schema, _, name = view.rpartition(".")
        for column in sa.inspect(connection).get_columns(name, schema=schema or None):
            if column["name"].endswith("_id"):
                text = f"EXPLAIN SELECT * FROM {view} WHERE {column['name']} = 'a'"
                yield from connection.exec_driver_sql(text).scalars()


def test_every_index_serves_a_query(postgres_url: str) -> None:
    upgrade(postgres_url)
    with make_engine(parse_url(postgres_url)).connect() as connection:
        # The tables are empty: reading one whole would be cheapest.
        connection.exec_driver_sql("SET enable_seqscan = off")
        used = set(re.findall(r"\bix_\w+", "\n".join(plans(connection))))
    assert declared()
    assert declared() - used == set()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("UPDATE claim SET value_earliest = '2021-01-02', value_latest = '2021-01-01'", "ck_claim_value_dates"),
        ("UPDATE claim SET value_least = 2, value_most = 1", "ck_claim_value_numbers"),
        ("UPDATE evidence SET quote = 'longer than its span'", "ck_evidence_quote_length"),
        (
            "UPDATE review_decision SET verdict = 'corrected', corrected_value = NULL",
            "ck_review_decision_corrected_value",
        ),
        (
            "UPDATE document_version SET document_id = 'document-0', content_sha256 = 'a'",
            "uq_document_version_document_id",
        ),
    ],
)
def test_postgres_holds_the_rules_that_duckdb_looks_for(change: str, rule: str, postgres_url: str) -> None:
    upgrade(postgres_url)
    with make_engine(parse_url(postgres_url)).connect() as connection:
        fill(connection)
        with pytest.raises(sa.exc.IntegrityError, match=rule):
            connection.exec_driver_sql(change)
