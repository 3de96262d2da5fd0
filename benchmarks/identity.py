"""How well mentions of people are clustered, on a made-up world with known truth: `python -m benchmarks.identity`.

    python -m benchmarks.identity --seeds 1 2 3
    python -m benchmarks.identity --splink PYTHON

It needs Faker (`pip install faker==40.54.0`, the group `bench` of pyproject.toml). Beside it SPLINK clusters the same
mentions, given the same facts in Latin letters, where PYTHON is an interpreter that has it:
`python -m venv E && E/bin/pip install splink==5.0.0 pyarrow`.

How the world and the mentions are made: `benchmarks.made_up_people` and `benchmarks.made_up_names`. Precision and
recall are pairwise: of the pairs of mentions that are put together, how many are of one person; of the pairs of one
person, how many are put together.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii

from benchmarks.made_up_people import mentions, population
from polidex.identity.clusters import cluster
from polidex.identity.people import PersonProfile, judge

PEOPLE, MENTIONS = 4000, 20000


@dataclass(frozen=True)
class Measured:
    """Pairwise precision and recall, 0 to 1, and the seconds that clustering took."""

    precision: float
    recall: float
    seconds: float

    def line(self, name: str) -> str:
        return f"{name:<24} precision {self.precision:.4f}  recall {self.recall:.4f}  {self.seconds:6.1f} s"


def pairwise(clusters: Iterable[Sequence[str]], truth: dict[str, int]) -> tuple[float, float]:
    """Pairwise precision and recall of clusters of mention ids."""

    def pairs(sizes: Iterable[int]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes)

    clusters = list(clusters)
    together = pairs(len(each) for each in clusters)
    right = sum(pairs(Counter(truth[mention] for mention in each).values()) for each in clusters)
    return right / together if together else 1.0, right / pairs(Counter(truth.values()).values())


def measure(profiles: list[PersonProfile], truth: dict[str, int]) -> Measured:
    """Cluster the mentions as Polidex does, all at once."""
    started = time.perf_counter()
    found = cluster(profiles, judge)
    seconds = time.perf_counter() - started
    ids = [[member.mention_id for member in each.members] for each in found.clusters]
    print(f"{len(found.clusters)} clusters, {len(found.doubts)} pairs of clusters left to a person")
    return Measured(*pairwise(ids, truth), seconds)


def measure_splink(python: str, profiles: list[PersonProfile], truth: dict[str, int]) -> dict[str, Measured]:
    """Let SPLINK cluster the same mentions in another interpreter; one result for each threshold of its probability."""
    rows = [_flat(profile) for profile in profiles if profile.names]
    script = Path(__file__).with_name("with_splink.py")
    done = subprocess.run([python, str(script)], input=json.dumps(rows), capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"SPLINK did not run: {done.stderr.strip().splitlines()[-1:]}")
        return {}
    answer = json.loads(done.stdout.splitlines()[-1])
    alone = [[profile.mention_id] for profile in profiles if not profile.names]
    return {
        f"SPLINK at {threshold}": Measured(*pairwise([*groups, *alone], truth), answer["seconds"])
        for threshold, groups in answer["clusters"].items()
    }


def _flat(profile: PersonProfile) -> dict[str, str | int | None]:
    """The facts of a mention in columns, as one would give them to a tool for records: Latin letters, lower case."""
    words = anyascii(profile.names[0]).lower().replace("-", " ").replace(".", "").split()
    post = profile.offices[0] if profile.offices else None
    return {
        "unique_id": profile.mention_id,
        "first_name": words[0],
        "surname": words[-1],
        "full_name": " ".join(words),
        "sorted_name": " ".join(sorted(words)),
        "country": profile.home,
        "role": str(post.role) if post else None,
        "office": anyascii(post.words).lower() if post else None,
        "born": profile.birth.earliest.year if profile.birth.earliest else None,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Pairwise precision and recall of who is who.")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--mentions", type=int, default=MENTIONS)
    parser.add_argument("--splink", metavar="PYTHON", help="an interpreter that has SPLINK")
    asked = parser.parse_args(arguments)
    for seed in asked.seeds:
        try:
            people = population(asked.people, seed)
        except ModuleNotFoundError:
            sys.exit("This needs Faker: pip install faker==40.54.0")
        profiles, truth = mentions(people, asked.mentions, seed)
        documents = len({profile.document_id for profile in profiles})
        print(f"seed {seed}: {len(people)} people, {len(profiles)} mentions in {documents} documents")
        print(measure(profiles, truth).line("Polidex"))
        for name, measured in measure_splink(asked.splink, profiles, truth).items() if asked.splink else ():
            print(measured.line(name))


if __name__ == "__main__":
    main()
