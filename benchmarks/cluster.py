"""One, two and four workers of a Dask cluster: an evaluation, an archive of structures, XGBoost on millions of rows.

Usage: python benchmarks/cluster.py [--small] [--rows N] [--workers N …] [--json FILE]

Workers are processes of this machine with one thread and a limit of memory each, which their nanny enforces. The matrix
of the training is generated, part by part, into Parquet files; it is fitted in one process, and by workers that hold
their parts only. Memory is the peak of resident memory of the largest worker, as the system counts it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from distributed import Client, LocalCluster

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.simulated import matrix, simulate

from analysis.data.targets import DESCRIPTOR_NAMES
from analysis.evaluation.runs import EvaluationPlan, plan_units, run_units
from analysis.folds.protocols import BY_PUBLICATION
from analysis.models.partitioned import fit_boosting
from etl.papers.structure_files import StructureFile
from etl.papers.structure_pool import read_structures
from sse_db.cluster import connect
from sse_db.errors import ClusterFailed

SEED = Path(__file__).parents[1] / "seed_data" / "structures"
TARGET = "log10_conductivity"
PARTS = 40
NOISE = 0.3
"""Standard deviation of what nothing explains in the generated target: no fit has a smaller error."""


@dataclass(frozen=True)
class Sizes:
    """How much of each work is done, and the memory that a worker may take."""

    seeds: int
    models: tuple[str, ...]
    structures: int
    rows: int
    rounds: int
    worker_mb: int


FULL = Sizes(4, ("lasso", "svr-rbf", "xgboost"), 1000, 5_000_000, 60, 1200)
SMALL = Sizes(1, ("lasso",), 60, 40_000, 5, 1200)


def start(workers: int, worker_mb: int) -> AbstractContextManager[LocalCluster]:
    """A cluster of this machine."""
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        memory_limit=f"{worker_mb}MB",
        silence_logs=50,
    )


def peak_mb() -> float:
    """The most resident memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the clock, and what came of it."""
    begin = time.perf_counter()
    found = work()
    return time.perf_counter() - begin, found


def evaluate(sizes: Sizes) -> Any:
    """Units of an evaluation as a report has them; what they predict."""
    data = matrix(simulate(1))
    plan = EvaluationPlan(protocols=(BY_PUBLICATION,), seeds=sizes.seeds, comparison_seeds=1, models=sizes.models)
    found = run_units({"bulk": data}, plan_units(data, plan)[0], jobs=1)
    return [(each.unit, each.result.scores, each.result.chosen) for each in found]


def read_archive(sizes: Sizes) -> Any:
    """The structures of the seed over and over."""
    paths = sorted(SEED.glob("*.cif"))
    files = [
        StructureFile(f"{number}.cif", str(number), paths[number % len(paths)].read_bytes())
        for number in range(sizes.structures)
    ]
    return [str(facts) for facts in read_structures(files, jobs=1)]


def make_part(number: int, rows: int) -> pd.DataFrame:
    """Rows of generated samples: the 17 descriptors, some missing, and a target with a known structure and noise."""
    random = np.random.default_rng(number)
    X = random.normal(size=(rows, len(DESCRIPTOR_NAMES))).astype(np.float32)
    y = X[:, 0] + np.sin(2 * X[:, 1]) + X[:, 2] * (X[:, 3] > 0) + random.normal(0, NOISE, rows)
    X[random.random(X.shape) < 0.05] = np.nan
    return pd.DataFrame(X, columns=list(DESCRIPTOR_NAMES)).assign(**{TARGET: y.astype(np.float32)})


def write_parts(folder: Path, rows: int) -> list[Path]:
    """The generated matrix as Parquet files."""
    paths = [folder / f"part{number:02d}.parquet" for number in range(PARTS)]
    for number, path in enumerate(paths):
        make_part(number, rows // PARTS).to_parquet(path, index=False)
    return paths


def root_mean_square(booster: Any) -> float:
    """The error on rows that no fit has seen."""
    import xgboost

    test = make_part(PARTS, 100_000)
    predicted = booster.predict(xgboost.DMatrix(test.drop(columns=TARGET)))
    return float(np.sqrt(np.mean((predicted - test[TARGET]) ** 2)))


def fit_alone(paths: list[Path], rounds: int) -> tuple[float, float, float]:
    """In this process: seconds, peak memory in MB, and the error."""
    import xgboost

    def fit() -> Any:
        frame = pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True)
        data = xgboost.QuantileDMatrix(frame.drop(columns=TARGET), frame[TARGET], nthread=1)
        return xgboost.train({"tree_method": "hist", "nthread": 1}, data, num_boost_round=rounds)

    seconds, booster = measure(fit)
    return seconds, peak_mb(), root_mean_square(booster)


@dataclass(frozen=True)
class Outcome:
    """What some number of workers did: seconds and results of each work, and of the training, if there was memory."""

    seconds: dict[str, float]
    results: dict[str, Any]
    training: tuple[float, float, float] | None


def run_on(workers: int, works: dict[str, Callable[[], Any]], paths: list[Path], sizes: Sizes) -> Outcome:
    """All of it on one cluster."""
    with start(workers, sizes.worker_mb) as cluster, connect(cluster.scheduler_address) as shared:
        assert shared is not None
        list(shared.run(evaluate, [(SMALL,)] * workers))  # imports are paid for once, and not timed
        measured = {name: measure(work) for name, work in works.items()}
        training = None
        with contextlib.suppress(ClusterFailed):  # a matrix too large for so few workers
            seconds, booster = measure(lambda: fit_boosting(paths, TARGET, rounds=sizes.rounds))
            with Client(cluster.scheduler_address, set_as_default=False) as client:
                training = seconds, max(client.run(peak_mb).values()), root_mean_square(booster)
    return Outcome(
        {name: each[0] for name, each in measured.items()}, {name: each[1] for name, each in measured.items()}, training
    )


def compare(sizes: Sizes, workers: list[int]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of evaluation and archive, alone and on each number of workers; and rows of the training."""
    works: dict[str, Callable[[], Any]] = {
        "evaluation": lambda: evaluate(sizes),
        f"archive of {sizes.structures} structures": lambda: read_archive(sizes),
    }
    alone = {name: measure(work) for name, work in works.items()}
    rows: list[dict[str, Any]] = [
        {"work": name, "one process, no Dask (s)": f"{each[0]:.1f}"} for name, each in alone.items()
    ]
    with tempfile.TemporaryDirectory() as scratch:
        paths = write_parts(Path(scratch), sizes.rows)
        with multiprocessing.get_context("spawn").Pool(1) as pool:  # a process of its own: its peak is that of the fit
            training = [_training_row("one process, no Dask", pool.apply(fit_alone, (paths, sizes.rounds)), None)]
        for count in workers:
            called = f"{count} worker{'s' * (count > 1)}"
            found = run_on(count, works, paths, sizes)
            training.append(_training_row(called, found.training, sizes.worker_mb))
            for row in rows:
                row[f"{called} (s)"] = f"{found.seconds[row['work']]:.1f}"
                if found.results[row["work"]] != alone[row["work"]][1]:
                    row["missed"] = f"other results with {called}"
    return rows, training


def _training_row(fitted_by: str, found: tuple[float, float, float] | None, limit_mb: int | None) -> dict[str, Any]:
    seconds, peak, error = (f"{found[0]:.0f}", f"{found[1]:.0f}", f"{found[2]:.4f}") if found else ("", "beyond it", "")
    return {
        "fitted by": fitted_by,
        "s": seconds,
        "largest process (MB)": peak,
        "its limit (MB)": limit_mb or "none",
        "RMSE on new rows": error,
    }


def main() -> None:
    """Measure, print, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--rows", type=int, help="rows of the training")
    parser.add_argument("--workers", type=int, nargs="*", help="numbers of workers")
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args()
    sizes = SMALL if options.small else FULL
    if options.rows:
        sizes = replace(sizes, rows=options.rows)
    shared, training = compare(sizes, options.workers or ([1] if options.small else [1, 2, 4]))
    for row in [*shared, *training]:
        print(row)
    if options.json:
        title = "Past one machine"
        told = f"XGBoost on {sizes.rows:,} generated rows of 17 descriptors, {sizes.rounds} rounds, noise {NOISE}:"
        figures = {
            "title": title,
            "rows": shared,
            "further": [{"told": told, "rows": training}],
        }
        options.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
