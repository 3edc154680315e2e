"""Nested cross-validation by plain GridSearchCV inside an outer loop, and by ours: same folds, grids and seeds.

Usage: python benchmarks/nested_cv.py [--small] [--jobs N] [--protocol "by publication"] [--seed N]

Both sides run in one pool of ``--jobs`` workers, warmed up beforehand; boosting has one thread per worker on both.
Each candidate is timed plain first, then ours. Ends with an error unless the chosen parameters are equal and the
predictions differ by no more than 1e-6. The data are simulated, of the paper's size: 96 samples, 17 descriptors.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from rich.console import Console
from rich.table import Table
from sklearn.model_selection import GridSearchCV, ParameterGrid

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from simulated import matrix, simulate

from analysis.features import FeatureMatrix
from analysis.models import CANDIDATES, Candidate, GridSize
from analysis.protocols import BY_PUBLICATION, INNER_FOLDS, OUTER_FOLDS, RANDOM, groups_of, split_folds
from analysis.validation import nested_cross_validate

TOLERANCE = 1e-6
Outcome = tuple[np.ndarray, list[dict[str, Any]]]


def run_plainly(
    data: FeatureMatrix, candidate: Candidate, grid: GridSize, protocol: str, inner: int, seed: int, jobs: int
) -> Outcome:
    """What a user of scikit-learn would write: a grid search per outer fold, its fits spread over the workers."""
    X, y, groups = data.X.to_numpy(float), data.y.to_numpy(float), groups_of(data, protocol)
    predicted, chosen = np.empty(len(y)), []
    for train, test in split_folds(len(y), groups, OUTER_FOLDS, seed):
        folds = split_folds(len(train), None if groups is None else groups[train], inner, seed)
        search = GridSearchCV(
            candidate.build(),
            dict(candidate.grids[grid]),
            cv=folds,
            scoring="neg_mean_squared_error",
            n_jobs=jobs,
        ).fit(X[train], y[train])
        predicted[test] = search.predict(X[test])
        chosen.append(search.best_params_)
    return predicted, chosen


def run_ours(
    data: FeatureMatrix, candidate: Candidate, grid: GridSize, protocol: str, inner: int, seed: int, jobs: int
) -> Outcome:
    """The same by ``nested_cross_validate``."""
    result = nested_cross_validate(data, candidate, protocol, seed=seed, grid=grid, inner=inner, jobs=jobs)
    return result.predictions["predicted"].to_numpy(), result.chosen


def timed(run: Callable[..., Outcome], *arguments: Any) -> tuple[float, Outcome]:
    """Seconds of one run, and what it gave."""
    start = time.perf_counter()
    outcome = run(*arguments)
    return time.perf_counter() - start, outcome


def compare(data: FeatureMatrix, name: str, options: argparse.Namespace) -> tuple[int, float, float, float, bool]:
    """Grid points, seconds plain and ours, largest difference of predictions, and whether the choices are equal."""
    candidate, grid = CANDIDATES[name], "small" if options.small else "wide"
    inner = 3 if options.small else INNER_FOLDS
    arguments = (data, candidate, grid, options.protocol, inner, options.seed, options.jobs)
    plain_s, (plain, plain_chosen) = timed(run_plainly, *arguments)
    ours_s, (ours, ours_chosen) = timed(run_ours, *arguments)
    points = len(ParameterGrid(dict(candidate.grids[grid])))
    return points, plain_s, ours_s, float(np.abs(plain - ours).max()), plain_chosen == ours_chosen


def warm_up(jobs: int) -> None:
    """Start the workers and let them import what both sides need."""
    Parallel(n_jobs=jobs)(
        delayed(CANDIDATES["xgboost"].build().fit)(np.eye(4), np.arange(4.0)) for _ in range(4 * jobs)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Plain GridSearchCV against the shared search of sse-db.")
    parser.add_argument("--small", action="store_true", help="small grids and three inner folds, to see that it runs")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes of both sides")
    parser.add_argument("--protocol", default=RANDOM, choices=[RANDOM, BY_PUBLICATION])
    parser.add_argument("--seed", type=int, default=0, help="seed of the data and the folds")
    options = parser.parse_args()
    data = matrix(simulate(options.seed))
    warnings.filterwarnings("ignore", module="sklearn")
    warm_up(options.jobs)
    table = Table("model", "grid points", "plain (s)", "ours (s)", "ratio", "largest difference", "same choices")
    totals, faults = np.zeros(2), []
    for name in CANDIDATES:
        points, plain_s, ours_s, difference, same = compare(data, name, options)
        totals += plain_s, ours_s
        ratio = f"{plain_s / ours_s:.2f}"
        table.add_row(name, str(points), f"{plain_s:.2f}", f"{ours_s:.2f}", ratio, f"{difference:.1e}", str(same))
        if difference > TOLERANCE or not same:
            faults.append(name)
    table.add_row("total", "", f"{totals[0]:.2f}", f"{totals[1]:.2f}", f"{totals[0] / totals[1]:.2f}", "", "")
    Console(width=110).print(table)
    print(f"n = {len(data.y)}, {data.X.shape[1]} descriptors, {options.protocol} folds, seed {options.seed}")
    if faults:
        sys.exit(f"not the same: {', '.join(faults)}")


if __name__ == "__main__":
    main()
