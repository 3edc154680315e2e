"""Mean squared errors of many grid points on one inner fold, computed together where points share work.

Points that share work are a family: runs of one boosting that differ in the number of rounds, penalties of one Lasso
path. A fold is prepared once for all points. Unless ``quick_version`` is asked for, the numbers are those of fitting
the candidate anew for every point: nothing here is an approximation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from sklearn import config_context
from sklearn.base import BaseEstimator, clone
from sklearn.linear_model import lasso_path
from sklearn.pipeline import Pipeline

Point = dict[str, Any]
PATIENCE = 30
"""Boosting rounds without improvement after which the quick search stops."""
CHECKED_EVERY = 10
"""Boosting rounds between two looks at the error."""


@dataclass(frozen=True)
class Fold:
    """Rows to fit on and rows to predict, before any imputation or scaling."""

    X_train: np.ndarray
    y_train: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray


class GridErrors(Protocol):
    """Computes the errors of grid points of one model; ``key`` is equal for points of one family."""

    def quick_version(self) -> GridErrors:
        """A version that may stop early, for the quick search."""

    def key(self, point: Point) -> tuple[Any, ...]:
        """The parameters that all points of a family share."""

    def prepare(self, model: BaseEstimator, fold: Fold) -> Any:
        """What is computed once per fold, such as scaled rows or a quantised matrix."""

    def measure(self, prepared: Any, points: Sequence[Point]) -> list[float]:
        """Mean squared error of each point; the points are of one family."""


def _mean_squared_error(observed: np.ndarray, predicted: np.ndarray) -> float:
    return float(np.average((observed - predicted.astype(float)) ** 2))


@dataclass(frozen=True)
class _BoostedFold:
    parameters: dict[str, Any]
    fold: Fold
    train: Any


@dataclass(frozen=True)
class BoostedErrors:
    """XGBoost: one quantised matrix per fold; points that differ in ``n_estimators`` alone are prefixes of one run.

    With ``patience`` (rounds) a run stops early when the fold's test rows have not improved for so long, and longer
    runs count as this one.
    """

    patience: int | None = None

    def quick_version(self) -> BoostedErrors:
        """The same with early stopping."""
        return BoostedErrors(PATIENCE)

    def key(self, point: Point) -> tuple[Any, ...]:
        """All parameters but the number of rounds."""
        return tuple(value for name, value in sorted(point.items()) if name != "n_estimators")

    def prepare(self, model: BaseEstimator, fold: Fold) -> _BoostedFold:
        """Quantise the fold's training rows."""
        import xgboost

        parameters = model.get_xgb_params()
        threads = parameters["n_jobs"]
        train = xgboost.QuantileDMatrix(fold.X_train, fold.y_train, nthread=threads)
        return _BoostedFold(parameters, fold, train)

    def measure(self, prepared: _BoostedFold, points: Sequence[Point]) -> list[float]:
        """Boost once up to the longest run and predict with each of its prefixes."""
        import xgboost

        # validation of parameters only warns, and costs as much as several rounds
        parameters = prepared.parameters | points[0] | {"validate_parameters": False}
        parameters.pop("n_estimators")
        booster = xgboost.Booster(parameters, [prepared.train])
        wanted = [point["n_estimators"] for point in points]
        grown = self._grow(booster, prepared, max(wanted))
        return [_error_after(booster, prepared.fold, min(rounds, grown)) for rounds in wanted]

    def _grow(self, booster: Any, prepared: _BoostedFold, most: int) -> int:
        """Boost for at most ``most`` rounds; returns how many were run."""
        best, best_at = np.inf, 0
        for number in range(most):
            booster.update(prepared.train, number)
            if self.patience is None or (number + 1) % CHECKED_EVERY:
                continue
            error = _error_after(booster, prepared.fold, number + 1)
            if error < best:
                best, best_at = error, number
            elif number - best_at >= self.patience:
                return number + 1
        return most


def _error_after(booster: Any, fold: Fold, rounds: int) -> float:
    return _mean_squared_error(fold.y_test, booster.inplace_predict(fold.X_test, iteration_range=(0, rounds)))


@dataclass
class _ScaledFold:
    model: BaseEstimator
    fold: Fold
    kernels: dict[float | None, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)


def _scale(model: Pipeline, fold: Fold) -> _ScaledFold:
    """The fold behind the pipeline's own imputation and scaling, fitted on its training rows, and the bare model."""
    steps = clone(model[:-1])
    X_train = steps.fit_transform(fold.X_train, fold.y_train)
    scaled = Fold(X_train, fold.y_train, steps.transform(fold.X_test), fold.y_test)
    return _ScaledFold(clone(model[-1]), scaled)


class KernelErrors:
    """Support vectors: one scaling per fold and one kernel matrix per gamma, handed over precomputed."""

    def quick_version(self) -> KernelErrors:
        """Itself: it has no short cut."""
        return self

    def key(self, point: Point) -> tuple[Any, ...]:
        """All parameters, so that every point is a family of its own."""
        return tuple(value for _, value in sorted(point.items()))

    def prepare(self, model: Pipeline, fold: Fold) -> _ScaledFold:
        """Scale the fold and keep its kernels."""
        return _scale(model, fold)

    def measure(self, prepared: _ScaledFold, points: Sequence[Point]) -> list[float]:
        """Fit every point on the precomputed kernel."""
        return [self._measure(prepared, _bare(point)) for point in points]

    def _measure(self, prepared: _ScaledFold, point: Point) -> float:
        gamma = point.pop("gamma", None)  # rbf grids hold it, linear ones do not
        if gamma not in prepared.kernels:
            prepared.kernels[gamma] = _kernels(prepared.fold, gamma)
        train, test = prepared.kernels[gamma]
        model = prepared.model.set_params(kernel="precomputed", **point)
        with config_context(assume_finite=True, skip_parameter_validation=True):
            model.fit(train, prepared.fold.y_train)
        predicted = test[:, model.support_] @ model.dual_coef_[0] + model.intercept_
        return _mean_squared_error(prepared.fold.y_test, predicted)


def _kernels(fold: Fold, gamma: float | None) -> tuple[np.ndarray, np.ndarray]:
    """Kernel of training rows with themselves and of test rows with training rows: rbf, or linear without gamma."""
    train, test = fold.X_train @ fold.X_train.T, fold.X_test @ fold.X_train.T
    if gamma is None:
        return train, test
    squares = np.diag(train)
    train_distances = squares[:, None] + squares[None, :] - 2 * train
    test_distances = (fold.X_test**2).sum(axis=1)[:, None] + squares[None, :] - 2 * test
    return np.exp(-gamma * train_distances), np.exp(-gamma * test_distances)


class LassoPathErrors:
    """Lasso: all penalties are points of one path, each started from the solution before it."""

    def quick_version(self) -> LassoPathErrors:
        """Itself: it has no short cut."""
        return self

    def key(self, point: Point) -> tuple[Any, ...]:
        """Nothing: all points are one family."""
        return ()

    def prepare(self, model: Pipeline, fold: Fold) -> _ScaledFold:
        """Scale the fold."""
        return _scale(model, fold)

    def measure(self, prepared: _ScaledFold, points: Sequence[Point]) -> list[float]:
        """Fit the path of all penalties at once."""
        fold, settings = prepared.fold, prepared.model.get_params()
        alphas = np.array([_bare(point)["alpha"] for point in points])
        order = np.argsort(-alphas)
        means, level = fold.X_train.mean(axis=0), fold.y_train.mean()
        _, coefficients, _ = lasso_path(
            fold.X_train - means,
            fold.y_train - level,
            alphas=alphas[order],
            tol=settings["tol"],
            max_iter=settings["max_iter"],
        )
        predicted = (fold.X_test - means) @ coefficients + level
        errors = np.empty(len(alphas))
        errors[order] = [_mean_squared_error(fold.y_test, column) for column in predicted.T]
        return errors.tolist()


def _bare(point: Point) -> Point:
    """A grid point with the parameter names of the pipeline's last step."""
    return {name.removeprefix("model__"): value for name, value in point.items()}
