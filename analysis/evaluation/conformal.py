"""Prediction intervals that hold for samples of papers never seen: conformal, with publications as the units.

Samples of one paper resemble each other, so they count as one unit together (hierarchical conformal prediction,
Lee, Barber and Willett, doi 10.48550/arXiv.2306.06342): each publication has the same weight, shared by its samples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import beta

from analysis.data.targets import FeatureMatrix
from analysis.evaluation.validation import NestedResult
from analysis.folds.fitting import Rows, fit, predict, rows_for, take
from analysis.folds.measurements import choose_measurements
from analysis.folds.protocols import BY_PUBLICATION, split_folds
from analysis.models.candidates import Candidate

LEVELS = (0.8, 0.9)
"""Nominal coverages of the intervals."""
CALIBRATION_FOLDS = 5
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Coverage:
    """How often intervals held what they promise, measured on publications that neither model nor calibration saw.

    ``covered`` is the mean over publications of the covered share of their samples, ``low`` and ``high`` its 95 %
    binomial interval over publications; ``half_width`` (decades) is the mean over outer folds.
    """

    level: float
    covered: float
    low: float
    high: float
    half_width: float
    publications: int
    n: int


def half_width(residuals: np.ndarray, groups: np.ndarray, level: float) -> float:
    """Half width (decades) of an interval that holds a sample of a new publication with probability ``level``.

    ``residuals`` (n) are out-of-fold errors, ``groups`` (n) the publications. Infinite where there are too few
    publications for the level.

    Nine publications with one sample each: the largest error is the 90 % width, and 95 % is out of reach.

    >>> errors = np.arange(1, 10) / 10
    >>> half_width(errors, np.arange(9), 0.9), half_width(errors, np.arange(9), 0.95)
    (0.9, inf)
    """
    codes, names = pd.factorize(groups)
    weights = 1 / ((len(names) + 1) * np.bincount(codes)[codes])
    sizes = np.abs(residuals)
    order = np.argsort(sizes, kind="stable")
    reached = np.cumsum(weights[order])
    enough = np.flatnonzero(reached >= level - 1e-12)
    return float(sizes[order][enough[0]]) if len(enough) else float("inf")


def out_of_fold_residuals(
    candidate: Candidate, parameters: dict[str, Any], matrix: FeatureMatrix, seed: int, rows: np.ndarray | None = None
) -> np.ndarray:
    """Errors (n, log10) of every row, or of some (positions), by a model that saw nothing of its publication and whose
    parameters were fixed beforehand."""
    return residuals_with_gaps(candidate, parameters, matrix, seed, {"": []}, rows)[""]


def residuals_with_gaps(
    candidate: Candidate,
    parameters: dict[str, Any],
    matrix: FeatureMatrix,
    seed: int,
    hidden: Mapping[str, Sequence[int]],
    rows: np.ndarray | None = None,
) -> dict[str, np.ndarray]:
    """The same errors where columns (positions) are hidden from the model while it predicts, by the name of each set of
    columns."""
    kept = np.arange(len(matrix.y)) if rows is None else rows
    X, y = take(rows_for(candidate, matrix), kept), matrix.y.to_numpy(float)[kept]
    groups, samples = matrix.groups.to_numpy()[kept], matrix.samples.iloc[kept]
    residuals = {name: np.empty(len(y)) for name in hidden}
    for train, test in split_folds(len(y), groups, CALIBRATION_FOLDS, seed):
        known = choose_measurements(matrix, kept[train], BY_PUBLICATION)
        model = fit(candidate, parameters, take(X, train), y[train], groups[train], samples.iloc[train], known)
        for name, columns in hidden.items():
            residuals[name][test] = y[test] - predict(candidate, model, _hide(take(X, test), columns))
    return residuals


def _hide(rows: Rows, columns: Sequence[int]) -> Rows:
    """The rows with nothing in some of the columns."""
    if isinstance(rows, pd.DataFrame):
        return rows.assign(**{rows.columns[place]: np.nan for place in columns})
    found = rows.copy()
    found[:, list(columns)] = np.nan
    return found


def measure_coverage(
    matrix: FeatureMatrix, candidate: Candidate, result: NestedResult, levels: Sequence[float] = LEVELS
) -> list[Coverage]:
    """Coverage on the outer folds of a nested cross-validation by publication.

    Each fold's intervals are calibrated on its training rows alone, with the parameters that its inner loop chose.
    """
    errors = (result.predictions["observed"] - result.predictions["predicted"]).abs().to_numpy()
    folds, groups = result.predictions["fold"].to_numpy(), matrix.groups.to_numpy()
    widths = find_half_widths(matrix, candidate, result, levels)
    return [
        _summarise(level, errors <= width, width, folds, groups) for level, width in zip(levels, widths, strict=True)
    ]


def find_half_widths(
    matrix: FeatureMatrix, candidate: Candidate, result: NestedResult, levels: Sequence[float]
) -> np.ndarray:
    """Half widths (levels × n, decades) of the intervals of every row, calibrated on the training rows of its fold."""
    folds, groups = result.predictions["fold"].to_numpy(), matrix.groups.to_numpy()
    widths = np.empty((len(levels), len(folds)))
    for number, parameters in enumerate(result.chosen, start=1):
        train = folds != number
        residuals = out_of_fold_residuals(candidate, parameters, matrix, result.seed, np.flatnonzero(train))
        for place, level in enumerate(levels):
            widths[place, ~train] = half_width(residuals, groups[train], level)
    return widths


def _summarise(level: float, inside: np.ndarray, widths: np.ndarray, folds: np.ndarray, groups: np.ndarray) -> Coverage:
    shares = pd.Series(inside.astype(float)).groupby(groups).mean()
    covered, number = float(shares.mean()), len(shares)
    low, high = binomial_interval(covered * number, number)
    mean_width = float(pd.Series(widths).groupby(folds).first().mean())
    return Coverage(level, covered, low, high, mean_width, number, len(inside))


def binomial_interval(successes: float, trials: int) -> tuple[float, float]:
    """95 % Clopper–Pearson interval of a share; ``successes`` may be fractional, as shares of publications are.

    >>> [round(bound, 3) for bound in binomial_interval(9, 10)]
    [0.555, 0.997]
    """
    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if successes <= 0 else float(beta.ppf(tail, successes, trials - successes + 1))
    high = 1.0 if successes >= trials else float(beta.ppf(1 - tail, successes + 1, trials - successes))
    return low, high
