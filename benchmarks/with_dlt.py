"""Merge files of claims with dlt, for `load_speed`: in an environment of its own, without anything of ours."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator

import dlt
import pyarrow as pa


def main() -> None:
    """Print the seconds that each file took, as one line of JSON."""
    url, folder, *files = sys.argv[1:]
    os.environ |= {"DLT_DATA_DIR": f"{folder}/dlt", "RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}
    # dlt will have a password; a throwaway server asks for none.
    os.environ["DESTINATION__POSTGRES__CREDENTIALS__PASSWORD"] = "none"
    if url.startswith("duckdb"):
        destination, form = dlt.destinations.duckdb(f"{folder}/dlt.duckdb"), "parquet"
    else:
        destination, form = dlt.destinations.postgres(url.replace("+psycopg", "")), "csv"
    pipeline = dlt.pipeline("load", destination=destination, dataset_name="by_dlt", pipelines_dir=f"{folder}/pipelines")

    def batches(file: str) -> Iterator[pa.Table]:
        reader = pa.ipc.open_file(pa.memory_map(file))
        for place in range(reader.num_record_batches):
            yield pa.Table.from_batches([reader.get_batch(place)])

    seconds = []
    for file in files:
        started = time.perf_counter()
        pipeline.run(
            batches(file),
            table_name="claim",
            write_disposition={"disposition": "merge", "strategy": "upsert"},
            primary_key="id",
            loader_file_format=form,
        )
        seconds.append(time.perf_counter() - started)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
