"""Cluster mentions with SPLINK, for `benchmarks.identity`: rows as JSON in, clusters as JSON out. Needs no Polidex.

The settings are those that SPLINK's documentation gives for people: names by Jaro-Winkler with term frequencies, other
columns by equality; the weights are learnt from the mentions by expectation maximisation, nothing from the truth.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from importlib import import_module

THRESHOLDS = (0.5, 0.9, 0.99, 0.999)
"""Least probabilities that two mentions are one person."""


def main() -> None:
    for name in ("splink", "splink.internals"):
        logging.getLogger(name).setLevel(logging.ERROR)
    splink, library = import_module("splink"), import_module("splink.comparison_library")
    arrow = import_module("pyarrow")
    rows = json.load(sys.stdin)
    started = time.perf_counter()
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            library.ForenameSurnameComparison("first_name", "surname"),
            library.JaroWinklerAtThresholds("sorted_name", [0.97, 0.92, 0.85]).configure(
                term_frequency_adjustments=True
            ),
            library.ExactMatch("country"),
            library.ExactMatch("role"),
            library.JaroWinklerAtThresholds("office", [0.9]),
            library.ExactMatch("born"),
        ],
        blocking_rules_to_generate_predictions=[
            splink.block_on("surname"),
            splink.block_on("first_name", "country"),
            splink.block_on("substr(surname, 1, 3)", "substr(first_name, 1, 1)"),
            splink.block_on("surname", "first_name"),
            splink.block_on("country", "office"),
        ],
    )
    api = splink.DuckDBAPI()
    linker = splink.Linker(api.register(arrow.Table.from_pylist(rows)), settings)
    linker.training.estimate_probability_two_random_records_match([splink.block_on("sorted_name")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on("surname"))
    linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on("country", "role"))
    predictions = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    clusters: dict[str, list[list[str]]] = {}
    for threshold in THRESHOLDS:
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold)
        groups: dict[str, list[str]] = {}
        for record in found.as_record_list():
            groups.setdefault(str(record["cluster_id"]), []).append(str(record["unique_id"]))
        clusters[str(threshold)] = list(groups.values())
    print(json.dumps({"seconds": time.perf_counter() - started, "clusters": clusters}))


if __name__ == "__main__":
    main()
