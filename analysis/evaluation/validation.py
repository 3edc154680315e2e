"""Nested cross-validation: the outer folds score, the inner folds choose, and no fold sees what it is tested on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from sklearn.base import BaseEstimator
from sklearn.model_selection import GridSearchCV, ParameterGrid

from analysis.data.targets import FeatureMatrix
from analysis.evaluation.scores import Scores, score, score_folds
from analysis.folds.fitting import Rows, fit, predict, rows_for, take
from analysis.folds.measurements import choose_measurements
from analysis.folds.protocols import (
    INNER_FOLDS,
    LEAVE_ONE_PUBLICATION_OUT,
    OUTER_FOLDS,
    RANDOM,
    Split,
    groups_of,
    interval_groups,
    split_folds,
    split_outer,
)
from analysis.models.candidates import BASELINES, Candidate, GridSize
from analysis.models.grid_errors import Fold, GridErrors, Point
from analysis.models.search import Choice, find_best, group_families

Progress = Callable[[int, int], None]
Search = Literal["exact", "quick"]
"""How the inner folds are searched: every grid point counts, or short cuts are taken (``analysis.models.search``)."""


@dataclass(frozen=True)
class NestedResult:
    """What one candidate did under one protocol: predictions per sample and the groups that intervals resample, and for
    each outer fold what was chosen and the mean squared error of the choice in the inner folds (empty where there are
    none)."""

    target: str
    model: str
    label: str
    protocol: str
    seed: int
    scores: Scores
    predictions: pd.DataFrame
    groups: np.ndarray
    chosen: list[dict[str, Any]] = field(default_factory=list)
    inner_errors: list[float] = field(default_factory=list)
    estimators: list[BaseEstimator] = field(default_factory=list)

    @property
    def by_fold(self) -> pd.DataFrame:
        """One row per outer fold with n, MSE and MAE."""
        return score_folds(self.predictions)


def nested_cross_validate(
    matrix: FeatureMatrix,
    candidate: Candidate,
    protocol: str = RANDOM,
    *,
    seed: int = 0,
    grid: GridSize = "small",
    outer: int = OUTER_FOLDS,
    inner: int = INNER_FOLDS,
    search: Search = "exact",
    jobs: int = 2,
    progress: Progress | None = None,
    folds: Sequence[Split] | None = None,
) -> NestedResult:
    """Score a candidate; the inner loop is given the groups of its own training rows.

    ``folds`` stand in place of the protocol's outer ones; rows that none of them holds out are not scored. Where one
    publication is left out at a time nothing is chosen: the candidate's fixed parameters hold everywhere. Nor is there
    an inner loop for a grid of one point.

    A target that is the fifth of its descriptor, in 24 publications:

    >>> from analysis.data.targets import build_matrix, find_target
    >>> from analysis.models.candidates import CANDIDATES
    >>> target, number = find_target("total"), np.arange(24)
    >>> columns = dict.fromkeys(target.descriptors, 0.0) | {"li_ratio": number / 24, target.column: number / 120 - 6}
    >>> names = {"sample_id": number, "publication_id": number, "formula": "LiI", "structure_class": "halide"}
    >>> matrix = build_matrix(pd.DataFrame({**names, **columns}), target)
    >>> result = nested_cross_validate(matrix, CANDIDATES["lasso"], "by publication", inner=3, jobs=1)
    >>> result.scores.n, result.scores.r2 > 0.9
    (24, True)
    """
    X, y = rows_for(candidate, matrix), matrix.y.to_numpy(float)
    groups = groups_of(matrix, protocol)
    splits = split_outer(len(y), groups, protocol, outer, seed) if folds is None else list(folds)
    points = list(ParameterGrid(dict(candidate.grids[grid])))
    if protocol == LEAVE_ONE_PUBLICATION_OUT:
        points = [candidate.fixed]
    inner_errors: list[float] = []
    if len(points) == 1:
        chosen = points * len(splits)
    else:
        model, grid_errors, quick = candidate.build(), candidate.grid_errors, search == "quick"
        searches = [
            _Search(model, grid_errors, points, take(X, train), y[train], _take(groups, train), inner, seed, quick)
            for train, _ in splits
        ]
        best = _choose(searches, jobs, progress)
        chosen, inner_errors = [points[each.place] for each in best], [each.error for each in best]
    estimators = [
        fit(
            candidate,
            point,
            take(X, train),
            y[train],
            _take(groups, train),
            matrix.samples.iloc[train],
            choose_measurements(matrix, train, protocol),
        )
        for (train, _), point in zip(splits, chosen, strict=True)
    ]
    found = _assemble(matrix, candidate, protocol, seed, splits, estimators)
    return replace(found, chosen=chosen, inner_errors=inner_errors)


def choose_parameters(
    matrix: FeatureMatrix,
    candidate: Candidate,
    protocol: str,
    *,
    seed: int = 0,
    grid: GridSize = "small",
    inner: int = INNER_FOLDS,
    jobs: int = 2,
) -> Point:
    """The best point of a grid for a model that is fitted on all rows: the inner loop, once for everything."""
    points = list(ParameterGrid(dict(candidate.grids[grid])))
    if len(points) == 1:
        return points[0]
    X, y = rows_for(candidate, matrix), matrix.y.to_numpy(float)
    search = _Search(candidate.build(), candidate.grid_errors, points, X, y, groups_of(matrix, protocol), inner, seed)
    return points[_choose([search], jobs, None)[0].place]


def cross_validate_baseline(
    matrix: FeatureMatrix,
    name: str,
    protocol: str,
    *,
    seed: int = 0,
    outer: int = OUTER_FOLDS,
    folds: Sequence[Split] | None = None,
) -> NestedResult:
    """Score a baseline on the same outer folds."""
    label, build = BASELINES[name]
    nothing_to_choose = Candidate(name, label, build, {"small": {}})
    found = nested_cross_validate(matrix, nothing_to_choose, protocol, seed=seed, outer=outer, folds=folds)
    return replace(found, chosen=[])


@dataclass(frozen=True)
class _Search:
    """The inner loop of one outer fold: what is tried, and the training rows with their groups."""

    model: BaseEstimator
    grid_errors: GridErrors | None
    points: list[Point]
    X: Rows
    y: np.ndarray
    groups: np.ndarray | None
    inner: int
    seed: int
    quick: bool = False

    def run(self, part: int, parts: int) -> Choice:
        """The best of each ``parts``-th family of points."""
        splits = split_folds(len(self.y), self.groups, self.inner, self.seed)
        if self.grid_errors is None:
            return self._run_plainly(splits)
        X = np.asarray(self.X)
        folds = [Fold(X[train], self.y[train], X[test], self.y[test]) for train, test in splits]
        return find_best(self.model, self.grid_errors, self.points, folds, part, parts, quick=self.quick)

    def _run_plainly(self, splits: list[Split]) -> Choice:
        grid = [{name: [value] for name, value in point.items()} for point in self.points]
        search = GridSearchCV(self.model, grid, cv=splits, scoring="neg_mean_squared_error", refit=False)
        search.fit(self.X, self.y)
        return Choice(-float(search.best_score_), int(search.best_index_))


def _choose(searches: list[_Search], jobs: int, progress: Progress | None) -> list[Choice]:
    """The best point of each search; grids are shared out too, since five folds are uneven work for two processes."""
    grid_errors, points = searches[0].grid_errors, searches[0].points
    parts = min(jobs, len(group_families(grid_errors, points))) if grid_errors else 1
    tasks = [(number, part) for number in range(len(searches)) for part in range(parts)]
    choices = Parallel(n_jobs=jobs, return_as="generator")(
        delayed(searches[number].run)(part, parts) for number, part in tasks
    )
    found: list[list[Choice]] = [[] for _ in searches]
    for done, ((number, _), choice) in enumerate(zip(tasks, choices, strict=True), start=1):
        found[number].append(choice)
        if progress:
            progress(done, len(tasks))
    return [min(several) for several in found]


def _assemble(
    matrix: FeatureMatrix,
    candidate: Candidate,
    protocol: str,
    seed: int,
    splits: list[Split],
    estimators: list[BaseEstimator],
) -> NestedResult:
    """Predict every outer test fold by its estimator, and score all predictions together."""
    X, y = rows_for(candidate, matrix), matrix.y.to_numpy(float)
    predicted, fold = np.empty(len(y)), np.zeros(len(y), dtype=int)
    for number, ((_, test), estimator) in enumerate(zip(splits, estimators, strict=True), start=1):
        predicted[test], fold[test] = predict(candidate, estimator, take(X, test)), number
    held_out = np.flatnonzero(fold)
    predictions = pd.DataFrame(
        {
            "sample_id": matrix.y.index[held_out],
            "publication_id": matrix.groups.to_numpy()[held_out],
            "fold": fold[held_out],
            "observed": y[held_out],
            "predicted": predicted[held_out],
        }
    )
    groups = interval_groups(matrix, protocol)[held_out]
    scores = score(y[held_out], predicted[held_out], groups)
    return NestedResult(
        matrix.target.name,
        candidate.name,
        candidate.label,
        protocol,
        seed,
        scores,
        predictions,
        groups,
        estimators=estimators,
    )


def _take(groups: np.ndarray | None, rows: np.ndarray) -> np.ndarray | None:
    return None if groups is None else groups[rows]
