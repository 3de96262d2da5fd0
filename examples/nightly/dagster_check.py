"""Materialise the asset for Dagster once, for real: an environment for Dagster, a folder with an article, a night.

python -m examples.nightly.dagster_check              takes some minutes; all of it is deleted afterwards
python -m examples.nightly.dagster_check ENVIRONMENT  uses the Dagster of an environment that is there already
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from examples.nightly.folder import ROOT, prepared

DAGSTER = "dagster==1.13.28"


def main(given: str | None) -> None:
    """Print what Dagster kept of the night; the exit code is that of Dagster."""
    with tempfile.TemporaryDirectory(prefix="polidex-dagster-") as made:
        work = Path(made)
        environment = Path(given) if given else _installed(work / "dagster")
        news, home = work / "news", work / "home"
        home.mkdir()
        with prepared(news) as model:
            command = [str(environment / "bin" / "dagster"), "asset", "materialize", "--select", "political_news"]
            command += ["-f", str(ROOT / "examples" / "nightly" / "dagster_asset.py")]
            variables = os.environ | {"DAGSTER_HOME": str(home), "NEWS_FOLDER": str(news)}
            variables |= dict(line.split("=", 1) for line in (news / "nightly.env").read_text().splitlines())
            # Dagster's environment is its own: nothing of ours is to be found in it.
            variables.pop("PYTHONPATH", None)
            ended = subprocess.run(command, env=variables, cwd=work, check=False)
            print(f"Dagster ended with {ended.returncode}; the model was asked {len(model.requests)} times.")
        if ended.returncode or not (news / "polidex.duckdb").exists():
            sys.exit(ended.returncode or 1)


def _installed(folder: Path) -> Path:
    print(f"Installing {DAGSTER} into an environment of its own ...", flush=True)
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, DAGSTER], check=True)
    return folder


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
