"""What XGBoost uses: weight, gain and permutation importance of the descriptors, with their spread over outer folds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.inspection import permutation_importance

from analysis.features import LABELS, FeatureMatrix
from analysis.validation import NestedResult

KINDS = ("weight", "gain", "permutation")
REPEATS = 10


def measure_importance(matrix: FeatureMatrix, result: NestedResult) -> pd.DataFrame:
    """One row per kind and descriptor with mean, spread (standard deviation over outer folds) and mean rank.

    Weight is how often a descriptor splits, gain the mean gain of its splits, both zero for one that is not used;
    permutation is the loss of R² on the outer test rows when the descriptor is shuffled.
    """
    names = list(matrix.X.columns)
    folds = [_fold_importance(matrix, result, number, names) for number in range(len(result.estimators))]
    tables = []
    for kind in KINDS:
        values = np.array([fold[kind] for fold in folds])
        ranks = np.array([pd.Series(-row).rank(method="average").to_numpy() for row in values])
        tables.append(
            pd.DataFrame(
                {
                    "kind": kind,
                    "descriptor": names,
                    "label": [LABELS[name] for name in names],
                    "mean": values.mean(axis=0),
                    "spread": values.std(axis=0, ddof=1) if len(values) > 1 else 0.0,
                    "mean_rank": ranks.mean(axis=0),
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def _fold_importance(
    matrix: FeatureMatrix, result: NestedResult, number: int, names: list[str]
) -> dict[str, np.ndarray]:
    estimator: Any = result.estimators[number]
    booster = estimator.get_booster()
    found = {kind: _fill_zeros(booster.get_score(importance_type=kind), len(names)) for kind in ("weight", "gain")}
    test = result.predictions["fold"].to_numpy() == number + 1
    shuffled = permutation_importance(
        estimator,
        matrix.X.to_numpy(float)[test],
        matrix.y.to_numpy(float)[test],
        n_repeats=REPEATS,
        random_state=result.seed,
        scoring="neg_mean_squared_error",
    )
    return found | {"permutation": shuffled.importances_mean / float(np.var(matrix.y))}


def _fill_zeros(scores: dict[str, float], width: int) -> np.ndarray:
    """XGBoost leaves out what it does not use; positions are its names f0, f1, …"""
    return np.array([float(scores.get(f"f{place}", 0.0)) for place in range(width)])
