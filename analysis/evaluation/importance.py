"""What XGBoost uses: weight, gain, permutation and SHAP importance of the descriptors, with their spread over folds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.inspection import permutation_importance

from analysis.data.targets import LABELS, FeatureMatrix
from analysis.evaluation.validation import NestedResult

KINDS = ("weight", "gain", "permutation", "shap")
REPEATS = 10
TOP = 7
"""How many descriptors the paper's Table 2 names."""


def measure_folds(matrix: FeatureMatrix, result: NestedResult) -> pd.DataFrame:
    """One row per fold seed, outer fold, kind and descriptor with its importance.

    Weight is how often a descriptor splits, gain the mean gain of its splits, both zero for one that is not used;
    permutation is the loss of R² on the outer test rows when the descriptor is shuffled; shap is the mean absolute
    Shapley value on the outer test rows in units of the target (tree SHAP, doi 10.1038/s42256-019-0138-9).
    """
    names = list(matrix.X.columns)
    folds = []
    for number in range(len(result.estimators)):
        found = pd.DataFrame(_fold_importance(matrix, result, number, len(names)), index=names)
        found.insert(0, "fold", number + 1)
        folds.append(found)
    table = pd.concat(folds).rename_axis("descriptor").reset_index().assign(seed=result.seed)
    return table.melt(["seed", "fold", "descriptor"], list(KINDS), "kind", "value")


def summarise_importances(by_fold: pd.DataFrame) -> pd.DataFrame:
    """One row per kind and descriptor: mean and spread (standard deviation) over outer folds, mean rank and its spread,
    the share of folds that have it among their first seven, and its place by mean rank (``stability_rank``)."""
    return pd.concat([_summarise(kind, by_fold[by_fold["kind"] == kind]) for kind in KINDS], ignore_index=True)


def _summarise(kind: str, by_fold: pd.DataFrame) -> pd.DataFrame:
    names = list(dict.fromkeys(by_fold["descriptor"]))
    values = by_fold.pivot(index=["seed", "fold"], columns="descriptor", values="value")[names]
    ranks = values.rank(axis=1, ascending=False)
    mean_rank = ranks.mean()
    return pd.DataFrame(
        {
            "kind": kind,
            "descriptor": names,
            "label": [LABELS.get(name, name) for name in names],
            "mean": values.mean().to_numpy(),
            "spread": values.std(ddof=1).fillna(0.0).to_numpy(),
            "mean_rank": mean_rank.to_numpy(),
            "rank_spread": ranks.std(ddof=1).fillna(0.0).to_numpy(),
            "top_share": (ranks <= TOP).mean().to_numpy(),
            "stability_rank": mean_rank.rank(method="min").astype(int).to_numpy(),
        }
    )


def _fold_importance(matrix: FeatureMatrix, result: NestedResult, number: int, width: int) -> dict[str, np.ndarray]:
    estimator: Any = result.estimators[number]
    booster = estimator.get_booster()
    test = result.predictions["fold"].to_numpy() == number + 1
    X, y = matrix.X.to_numpy(float)[test], matrix.y.to_numpy(float)
    return {
        "weight": _fill_zeros(booster.get_score(importance_type="weight"), width),
        "gain": _fill_zeros(booster.get_score(importance_type="gain"), width),
        "permutation": _permute(estimator, X, y[test], result.seed) / float(np.var(y)),
        "shap": np.abs(explain_rows(estimator, X)).mean(axis=0),
    }


def explain_rows(estimator: Any, X: np.ndarray) -> np.ndarray:
    """Shapley values of each row's prediction (rows × descriptors), by XGBoost's own exact tree SHAP."""
    from xgboost import DMatrix

    return np.asarray(estimator.get_booster().predict(DMatrix(X, nthread=1), pred_contribs=True))[
        :, :-1
    ]  # last: the mean


def _permute(estimator: Any, X: np.ndarray, y: np.ndarray, seed: int) -> np.ndarray:
    """Rise of the mean squared error when a column is shuffled."""
    shuffled = permutation_importance(estimator, X, y, n_repeats=REPEATS, random_state=seed, scoring=_negative_error)
    return np.asarray(shuffled.importances_mean)


def _negative_error(estimator: Any, X: np.ndarray, y: np.ndarray) -> float:
    """The negative mean squared error, plainly: scikit-learn's scorer would check the same rows hundreds of times."""
    return -float(np.mean((y - estimator.predict(X)) ** 2))


def _fill_zeros(scores: dict[str, float], width: int) -> np.ndarray:
    """XGBoost leaves out what it does not use; positions are its names f0, f1, …"""
    return np.array([float(scores.get(f"f{place}", 0.0)) for place in range(width)])
