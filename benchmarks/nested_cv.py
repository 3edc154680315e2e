"""Nested cross-validation by plain GridSearchCV inside an outer loop, and by ours: same folds, grids and seeds.

Usage: python benchmarks/nested_cv.py [--small] [--quick] [--model NAME] [--jobs N] [--protocol NAME] [--repeats N]

Both sides run in one pool of ``--jobs`` workers, warmed up beforehand; boosting has one thread per worker on both.
Each candidate is timed plain first, then ours. With one job seconds are those of the processor, which other work on
the machine hardly changes; with more they are those of the clock. Ends with an error unless the chosen parameters are
equal and the predictions differ by no more than 1e-6. The data are simulated, of the paper's size: 96 samples, 17
descriptors; ``--repeats`` takes other seeds of the folds.

``--quick`` compares the quick search with the exact one instead: scores have to be equal within the spread (standard
deviation) over the fold seeds, of which it wants several.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from rich.console import Console
from rich.table import Table
from sklearn.model_selection import GridSearchCV, ParameterGrid

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.simulated import matrix, simulate

from analysis.data.targets import FeatureMatrix
from analysis.evaluation.validation import Search, nested_cross_validate
from analysis.folds.protocols import BY_PUBLICATION, INNER_FOLDS, OUTER_FOLDS, RANDOM, groups_of, split_folds
from analysis.models.candidates import CANDIDATES, Candidate, GridSize

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Case:
    """What is compared: one candidate on the same data and folds."""

    data: FeatureMatrix
    candidate: Candidate
    grid: GridSize
    protocol: str
    inner: int
    jobs: int
    seed: int

    @property
    def points(self) -> int:
        """Number of grid points."""
        return len(ParameterGrid(dict(self.candidate.grids[self.grid])))


@dataclass(frozen=True)
class Outcome:
    """Predictions, what was chosen in each outer fold, R², and seconds."""

    predicted: np.ndarray
    chosen: list[dict[str, Any]]
    r2: float
    seconds: float


def run_plainly(case: Case) -> tuple[np.ndarray, list[dict[str, Any]]]:
    """What a user of scikit-learn would write: a grid search per outer fold, its fits spread over the workers."""
    X, y, groups = case.data.X.to_numpy(float), case.data.y.to_numpy(float), groups_of(case.data, case.protocol)
    predicted, chosen = np.empty(len(y)), []
    for train, test in split_folds(len(y), groups, OUTER_FOLDS, case.seed):
        folds = split_folds(len(train), None if groups is None else groups[train], case.inner, case.seed)
        search = GridSearchCV(
            case.candidate.build(),
            dict(case.candidate.grids[case.grid]),
            cv=folds,
            scoring="neg_mean_squared_error",
            n_jobs=case.jobs,
        ).fit(X[train], y[train])
        predicted[test] = search.predict(X[test])
        chosen.append(search.best_params_)
    return predicted, chosen


def run_ours(case: Case, search: Search = "exact") -> tuple[np.ndarray, list[dict[str, Any]]]:
    """The same by ``nested_cross_validate``."""
    result = nested_cross_validate(
        case.data,
        case.candidate,
        case.protocol,
        seed=case.seed,
        grid=case.grid,
        inner=case.inner,
        search=search,
        jobs=case.jobs,
    )
    return result.predictions["predicted"].to_numpy(), result.chosen


def timed(run: Callable[..., tuple[np.ndarray, list[dict[str, Any]]]], case: Case, *arguments: Any) -> Outcome:
    """Run and time one side."""
    clock = time.process_time if case.jobs == 1 else time.perf_counter
    start = clock()
    predicted, chosen = run(case, *arguments)
    seconds = clock() - start
    y = case.data.y.to_numpy(float)
    return Outcome(predicted, chosen, 1 - float(np.mean((y - predicted) ** 2) / np.var(y)), seconds)


def warm_up(jobs: int) -> None:
    """Start the workers and let them import what both sides need."""
    Parallel(n_jobs=jobs)(
        delayed(CANDIDATES["xgboost"].build().fit)(np.eye(4), np.arange(4.0)) for _ in range(4 * jobs)
    )


def compare_with_plain(cases: dict[str, list[Case]]) -> list[str]:
    """Print a table of times and differences; returns the candidates that are not the same."""
    table = Table("model", "grid points", "plain (s)", "ours (s)", "ratio", "largest difference", "same choices")
    totals, faults = np.zeros((2, len(next(iter(cases.values()))))), []
    for name, repeats in cases.items():
        pairs = [(timed(run_plainly, case), timed(run_ours, case)) for case in repeats]
        seconds = np.array([[side.seconds for side in pair] for pair in pairs]).T
        totals += seconds
        difference = max(float(np.abs(plain.predicted - ours.predicted).max()) for plain, ours in pairs)
        same = all(plain.chosen == ours.chosen for plain, ours in pairs)
        table.add_row(name, str(repeats[0].points), *_describe(seconds), f"{difference:.1e}", str(same))
        print(f"{name}: {_describe(seconds)}", file=sys.stderr, flush=True)
        if difference > TOLERANCE or not same:
            faults.append(name)
    table.add_row("total", "", *_describe(totals), "", "")
    Console(width=130).print(table)
    return faults


def compare_with_exact(cases: dict[str, list[Case]]) -> list[str]:
    """Print a table of times and scores; returns the candidates whose scores are further apart than fold seeds are."""
    columns = ("model", "grid points", "exact (s)", "quick (s)", "ratio", "R² exact", "R² quick", "spread over seeds")
    table, faults = Table(*columns), []
    for name, repeats in cases.items():
        pairs = [(timed(run_ours, case), timed(run_ours, case, "quick")) for case in repeats]
        seconds = np.array([[side.seconds for side in pair] for pair in pairs]).T
        exact, quick = np.array([[side.r2 for side in pair] for pair in pairs]).T
        spread = float(exact.std(ddof=1))
        scores = (f"{exact.mean():.3f}", f"{quick.mean():.3f}", f"{spread:.3f}")
        table.add_row(name, str(repeats[0].points), *_describe(seconds), *scores)
        print(f"{name}: {_describe(seconds)} {scores}", file=sys.stderr, flush=True)
        if abs(quick.mean() - exact.mean()) > spread:
            faults.append(name)
    Console(width=130).print(table)
    return faults


def _describe(seconds: np.ndarray) -> tuple[str, str, str]:
    """Mean seconds of both sides (rows) over repeats (columns), and the ratio with its range."""
    ratios = seconds[0] / seconds[1]
    ratio = f"{seconds[0].sum() / seconds[1].sum():.2f}"
    if len(ratios) > 1:
        ratio += f" ({ratios.min():.2f}–{ratios.max():.2f})"
    return f"{seconds[0].mean():.2f}", f"{seconds[1].mean():.2f}", ratio


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description="Plain GridSearchCV against the shared search of sse-db.")
    parser.add_argument("--small", action="store_true", help="small grids and three inner folds, to see that it runs")
    parser.add_argument("--jobs", type=int, default=1, help="worker processes of both sides")
    parser.add_argument("--protocol", default=RANDOM, choices=[RANDOM, BY_PUBLICATION])
    parser.add_argument("--model", action="append", choices=list(CANDIDATES), help="one model, repeatable; else all")
    parser.add_argument("--seed", type=int, default=0, help="first seed of the folds")
    parser.add_argument("--repeats", type=int, help="number of fold seeds; 1, or 3 with --quick, unless given")
    parser.add_argument("--quick", action="store_true", help="compare the quick search with the exact one")
    options = parser.parse_args()
    repeats = options.repeats or (3 if options.quick else 1)
    data = matrix(simulate(0))
    grid: GridSize = "small" if options.small else "wide"
    inner = 3 if options.small else INNER_FOLDS
    seeds = range(options.seed, options.seed + repeats)
    cases = {
        name: [Case(data, candidate, grid, options.protocol, inner, options.jobs, seed) for seed in seeds]
        for name, candidate in CANDIDATES.items()
        if name in (options.model or CANDIDATES)
    }
    warnings.filterwarnings("ignore", module="sklearn")
    warm_up(options.jobs)
    faults = compare_with_exact(cases) if options.quick else compare_with_plain(cases)
    clock = "processor" if options.jobs == 1 else "clock"
    print(f"n = {len(data.y)}, {data.X.shape[1]} descriptors, {options.protocol} folds, seeds {list(seeds)}")
    print(f"seconds of the {clock}; {options.jobs} worker(s) with one thread each")
    if faults:
        sys.exit(f"not the same: {', '.join(faults)}")


if __name__ == "__main__":
    main()
