"""Nested cross-validation: the outer folds score, the inner folds choose, and no fold sees what it is tested on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from sklearn.base import BaseEstimator, clone
from sklearn.metrics import mean_absolute_error, mean_squared_error
from sklearn.model_selection import GridSearchCV, GroupKFold, KFold

from analysis.features import FeatureMatrix
from analysis.models import BASELINES, CANDIDATES, Candidate, GridSize
from sse_db.errors import NothingToLearnFrom

OUTER_FOLDS = 5
INNER_FOLDS = 10
BOOTSTRAPS = 1000
INTERVAL = (2.5, 97.5)

RANDOM = "random"
BY_PUBLICATION = "by publication"
PROTOCOLS = (RANDOM, BY_PUBLICATION, "by composition", "by publication or composition", "by structure class")

Split = tuple[np.ndarray, np.ndarray]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Scores:
    """Pooled over all test predictions; R² against one variance, as in the paper. Intervals are 95 % bootstrap
    intervals over groups."""

    n: int
    r2: float
    mse: float
    mae: float
    mae_low: float
    mae_high: float


@dataclass(frozen=True)
class NestedResult:
    """What one candidate did under one protocol: predictions per sample, and what was chosen in each outer fold."""

    target: str
    model: str
    label: str
    protocol: str
    seed: int
    scores: Scores
    predictions: pd.DataFrame
    chosen: list[dict[str, Any]] = field(default_factory=list)
    estimators: list[BaseEstimator] = field(default_factory=list)


def groups_of(matrix: FeatureMatrix, protocol: str) -> np.ndarray | None:
    """The group of every sample under a protocol, None where folds are random."""
    if protocol == RANDOM:
        return None
    papers = pd.factorize(matrix.groups)[0]
    formulas = pd.factorize(matrix.samples["formula"].fillna("unknown"))[0]
    if protocol == BY_PUBLICATION:
        return papers
    if protocol == "by composition":
        return formulas
    if protocol == "by structure class":
        return pd.factorize(matrix.samples["structure_class"].fillna("unknown"))[0]
    if protocol == "by publication or composition":
        return join_groups(papers, formulas)
    raise ValueError(f"unknown protocol {protocol}")


def join_groups(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Connected components: samples that share a group of either kind, directly or through others."""
    offset = int(first.max()) + 1
    edges = coo_array((np.ones(len(first)), (first, second + offset)), shape=(offset + int(second.max()) + 1,) * 2)
    return np.asarray(connected_components(edges, directed=False)[1][first])


def split_folds(n: int, groups: np.ndarray | None, folds: int, seed: int) -> list[Split]:
    """Shuffled folds, the same for every candidate; with groups no group stands on both sides."""
    if groups is None:
        return list(KFold(min(folds, n), shuffle=True, random_state=seed).split(np.zeros(n)))
    number = min(folds, len(np.unique(groups)))
    if number < 2:
        raise NothingToLearnFrom("all samples belong to one group: there is nothing to hold out")
    return list(GroupKFold(number, shuffle=True, random_state=seed).split(np.zeros(n), groups=groups))


def nested_cross_validate(
    matrix: FeatureMatrix,
    candidate: Candidate,
    protocol: str = RANDOM,
    *,
    seed: int = 0,
    grid: GridSize = "small",
    outer: int = OUTER_FOLDS,
    inner: int = INNER_FOLDS,
    jobs: int = 2,
) -> NestedResult:
    """Score a candidate; the inner loop is given the groups of its own training rows."""
    X, y = matrix.X.to_numpy(float), matrix.y.to_numpy(float)
    groups = groups_of(matrix, protocol)
    splits = split_folds(len(y), groups, outer, seed)
    searches = Parallel(n_jobs=jobs)(
        delayed(_fit_fold)(
            candidate.build(), candidate.grids[grid], X[train], y[train], _take(groups, train), inner, seed
        )
        for train, _ in splits
    )
    predicted = np.empty(len(y))
    for (_, test), (estimator, _) in zip(splits, searches, strict=True):
        predicted[test] = estimator.predict(X[test])
    return NestedResult(
        matrix.target.name,
        candidate.name,
        candidate.label,
        protocol,
        seed,
        score(y, predicted, groups),
        _predictions(matrix, splits, predicted),
        [parameters for _, parameters in searches],
        [estimator for estimator, _ in searches],
    )


def _fit_fold(
    model: BaseEstimator,
    grid: Mapping[str, list[Any]],
    X: np.ndarray,
    y: np.ndarray,
    groups: np.ndarray | None,
    inner: int,
    seed: int,
) -> tuple[BaseEstimator, dict[str, Any]]:
    """The best estimator of the inner search, refitted on all training rows, and its parameters."""
    folds = split_folds(len(y), groups, inner, seed)
    search = GridSearchCV(model, dict(grid), cv=folds, scoring="neg_mean_squared_error", n_jobs=1)
    search.fit(X, y)
    return search.best_estimator_, dict(search.best_params_)


def cross_validate_baseline(matrix: FeatureMatrix, name: str, protocol: str, *, seed: int = 0) -> NestedResult:
    """Score a baseline on the same outer folds."""
    label, build = BASELINES[name]
    X, y = matrix.X.to_numpy(float), matrix.y.to_numpy(float)
    groups = groups_of(matrix, protocol)
    splits = split_folds(len(y), groups, OUTER_FOLDS, seed)
    predicted = np.empty(len(y))
    for train, test in splits:
        predicted[test] = clone(build()).fit(X[train], y[train]).predict(X[test])
    frame = _predictions(matrix, splits, predicted)
    return NestedResult(matrix.target.name, name, label, protocol, seed, score(y, predicted, groups), frame)


def _take(groups: np.ndarray | None, rows: np.ndarray) -> np.ndarray | None:
    return None if groups is None else groups[rows]


def _predictions(matrix: FeatureMatrix, splits: list[Split], predicted: np.ndarray) -> pd.DataFrame:
    fold = np.empty(len(predicted), dtype=int)
    for number, (_, test) in enumerate(splits, start=1):
        fold[test] = number
    return pd.DataFrame(
        {
            "sample_id": matrix.y.index,
            "publication_id": matrix.groups.to_numpy(),
            "fold": fold,
            "observed": matrix.y.to_numpy(),
            "predicted": predicted,
        }
    )


def score(observed: np.ndarray, predicted: np.ndarray, groups: np.ndarray | None = None) -> Scores:
    """R², MSE (Eqs. 12 and 13 of doi 10.1080/14686996.2020.1824985) and MAE, pooled, with an interval of the MAE."""
    errors = np.abs(observed - predicted)
    mse = float(mean_squared_error(observed, predicted))
    low, high = bootstrap_mean(errors, groups if groups is not None else np.arange(len(errors)))
    mae = float(mean_absolute_error(observed, predicted))
    return Scores(len(observed), 1 - mse / float(np.var(observed)), mse, mae, low, high)


def bootstrap_mean(values: np.ndarray, groups: np.ndarray, *, seed: int = 0) -> tuple[float, float]:
    """95 % interval of a mean, resampling whole groups."""
    codes = pd.factorize(groups)[0]
    sums, counts = np.bincount(codes, weights=values), np.bincount(codes)
    drawn = np.random.default_rng(seed).integers(0, len(sums), size=(BOOTSTRAPS, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, INTERVAL)
    return float(low), float(high)


def evaluate_all(
    matrix: FeatureMatrix,
    protocols: tuple[str, ...] = (RANDOM, BY_PUBLICATION),
    *,
    seed: int = 0,
    grid: GridSize = "small",
    progress: Progress | None = None,
) -> list[NestedResult]:
    """All candidates and baselines under all protocols."""
    tasks = list(_tasks(protocols))
    results = []
    for done, (name, protocol) in enumerate(tasks):
        if progress:
            progress(done, len(tasks))
        if name in BASELINES:
            results.append(cross_validate_baseline(matrix, name, protocol, seed=seed))
        else:
            results.append(nested_cross_validate(matrix, CANDIDATES[name], protocol, seed=seed, grid=grid))
    return results


def _tasks(protocols: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for protocol in protocols:
        for name in (*CANDIDATES, *BASELINES):
            yield name, protocol
