"""Scores pooled over all test predictions, with intervals that resample whole groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.folds.protocols import BY_PUBLICATION, CHOSEN
from analysis.models.candidates import BASELINES

BOOTSTRAPS = 1000
LEVEL = 0.95


@dataclass(frozen=True)
class Scores:
    """Pooled over all test predictions; R² against one variance, as in the paper. Intervals are 95 % bootstrap
    intervals over groups; over several fold seeds the scores are means, with their standard deviations as spread."""

    n: int
    r2: float
    mse: float
    mae: float
    mae_low: float
    mae_high: float
    r2_low: float
    r2_high: float
    seeds: int = 1
    r2_spread: float | None = None
    mse_spread: float | None = None
    mae_spread: float | None = None


def score(observed: np.ndarray, predicted: np.ndarray, groups: np.ndarray | None = None) -> Scores:
    """R², MSE (Eqs. 12 and 13 of doi 10.1080/14686996.2020.1824985) and MAE, with intervals of MAE and R².

    ``predicted`` is n predictions, or seeds × n of them for repeated folds; intervals then resample groups of errors
    that are averaged over seeds, since repeating folds brings no new samples.

    >>> scores = score(np.array([-6.0, -5.0, -4.0]), np.array([-6.0, -4.0, -4.0]))
    >>> scores.n, scores.r2, round(scores.mae, 3)
    (3, 0.5, 0.333)
    """
    groups = groups if groups is not None else np.arange(len(observed))
    errors = observed - np.atleast_2d(predicted)
    mse, mae = (errors**2).mean(axis=1), np.abs(errors).mean(axis=1)
    r2 = 1 - mse / np.var(observed)
    mae_low, mae_high = bootstrap_mean(np.abs(errors).mean(axis=0), groups)
    r2_low, r2_high = bootstrap_r2(observed, predicted, groups)
    return Scores(
        n=len(observed),
        r2=float(r2.mean()),
        mse=float(mse.mean()),
        mae=float(mae.mean()),
        mae_low=mae_low,
        mae_high=mae_high,
        r2_low=r2_low,
        r2_high=r2_high,
        seeds=len(errors),
        r2_spread=_spread(r2),
        mse_spread=_spread(mse),
        mae_spread=_spread(mae),
    )


def _spread(values: np.ndarray) -> float | None:
    """Standard deviation over seeds, None for a single one."""
    return float(values.std(ddof=1)) if len(values) > 1 else None


def score_folds(predictions: pd.DataFrame) -> pd.DataFrame:
    """One row per outer fold with n, MSE and MAE: how far folds lie apart."""
    errors = predictions["observed"] - predictions["predicted"]
    table = pd.DataFrame({"fold": predictions["fold"], "mse": errors**2, "mae": errors.abs()})
    return table.groupby("fold").agg(n=("mse", "size"), mse=("mse", "mean"), mae=("mae", "mean")).reset_index()


def bootstrap_mean(values: np.ndarray, groups: np.ndarray, *, seed: int = 0) -> tuple[float, float]:
    """95 % interval of a mean, resampling whole groups."""
    sums, counts = _resample(groups, seed, values, np.ones(len(values)))
    return _interval(sums / counts, groups)


def bootstrap_ratio(above: np.ndarray, below: np.ndarray, groups: np.ndarray, *, seed: int = 0) -> tuple[float, float]:
    """95 % interval of the ratio of two sums over the same rows, resampling whole groups."""
    numerators, denominators = _resample(groups, seed, above, below)
    return _interval(numerators / denominators, groups)


def bootstrap_r2(
    observed: np.ndarray, predicted: np.ndarray, groups: np.ndarray, *, seed: int = 0
) -> tuple[float, float]:
    """95 % interval of R², resampling whole groups: error and variance of each draw are its own."""
    centred = observed - observed.mean()
    errors = ((observed - np.atleast_2d(predicted)) ** 2).mean(axis=0)
    squares, sums, totals, counts = _resample(groups, seed, errors, centred, centred**2, np.ones(len(observed)))
    variances = totals - sums**2 / counts
    several = variances > 0  # a draw of one value alone has no variance to explain
    return _interval(1 - squares[several] / variances[several], groups)


def tail_percent(groups: np.ndarray) -> float:
    """Percentile of the draws at which a 95 % interval begins; its end is as far from 100.

    Plain percentiles (2.5) are too narrow for few groups: they take the spread of so many values for that of what they
    were drawn from, and normal tails for those of t (Hesterberg, doi 10.1080/00031305.2015.1089789). Groups of unequal
    size count as so many equal ones as have the same variance of the mean, (Σ n)² / Σ n².

    >>> round(tail_percent(np.arange(1000)), 2), round(tail_percent(np.arange(10)), 2)
    (2.48, 0.86)
    """
    from scipy.stats import norm, t

    sizes = np.bincount(pd.factorize(groups)[0])
    number, equal = len(sizes), sizes.sum() ** 2 / (sizes**2).sum()
    if number < 2:
        return 0.0
    quantile = t.ppf((1 + LEVEL) / 2, max(equal - 1, 1))
    return float(100 * norm.cdf(-quantile * np.sqrt(number / (number - 1))))


def _resample(groups: np.ndarray, seed: int, *columns: np.ndarray) -> list[np.ndarray]:
    """Sums of each column over draws of as many groups as there are, with replacement: one value per draw."""
    codes = pd.factorize(groups)[0]
    number = int(codes.max()) + 1
    drawn = np.random.default_rng(seed).integers(0, number, size=(BOOTSTRAPS, number))
    return [np.bincount(codes, weights=column)[drawn].sum(axis=1) for column in columns]


def _interval(values: np.ndarray, groups: np.ndarray) -> tuple[float, float]:
    if not len(values):
        return float("nan"), float("nan")
    tail = tail_percent(groups)
    low, high = np.percentile(values, [tail, 100 - tail])
    return float(low), float(high)


def rank_models(scores: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The score rows of the models (neither baselines nor the choice among models) under folds by publication, the
    lowest MAE first."""
    others = {*BASELINES, CHOSEN}
    ours = [row for row in scores if row["protocol"] == BY_PUBLICATION and row["model"] not in others]
    return sorted(ours, key=lambda row: row["mae"])


def compare_models(scores: Sequence[dict[str, Any]], fitted: str) -> str:
    """One sentence on the model with the lowest MAE by publication, beside the one that was fitted."""
    ranked = rank_models(scores)
    best = ranked[0]
    value = f"{best['mae']:.3f} decades (95 % interval {best['mae_low']:.3f} to {best['mae_high']:.3f})"
    if len(ranked) == 1:
        median = next(row["mae"] for row in scores if row["protocol"] == BY_PUBLICATION and row["model"] in BASELINES)
        others = "other models were not scored: --compare, in Python compare=True"
        return f"by publication the model fitted here has MAE {value}, the median {median:.3f}; {others}"
    caution = "nested scores, and the lowest of several is flattered a little"
    if best["model"] == fitted:
        return f"by publication the model fitted here has the lowest MAE of {len(ranked)}: {value}; {caution}"
    ours = next(row["mae"] for row in ranked if row["model"] == fitted)
    first = f"by publication {best['model']} has the lowest MAE of {len(ranked)} models: {value}"
    return f"{first}; the one fitted here, {fitted}, has {ours:.3f}; {caution}"
