"""Values that are limits (``<1e-10``), in training: as limits, and the usual ways of making numbers of them.

As limits: an accelerated failure time model (XGBoost ``survival:aft``, normal in ln σ), to which ``<1e-10`` says no
more than that. With equal values alone it is least squares whatever its scale; at a small scale a limit counts as the
square of how far a prediction oversteps it and as nothing on its right side, so that the model is least squares with
one-sided errors. A large scale pulls predictions away from limits that they respect already.

Each way chooses tree depth and number of rounds (and the scale, as limits) in inner folds by publication, by its own
one-sided squared error on values and limits alike; all use the same rows, outer and inner folds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analysis.data.frames import read_target, read_view
from analysis.data.targets import Target, build_matrix
from analysis.evaluation.scores import bootstrap_mean
from analysis.folds.protocols import BY_PUBLICATION, OUTER_FOLDS, Split, split_folds
from sse_db.errors import NothingToLearnFrom

LEFT_OUT, AT_BOUND, REPLACED, AS_LIMIT = "left out", "at their bound", "1e-15 S/cm", "as limits"
TREATMENTS = (LEFT_OUT, AT_BOUND, REPLACED, AS_LIMIT)
REPLACEMENT = -15.0
"""log10 of what public benchmarks put in place of an upper limit."""
SCALES = (0.1, 0.5, 2.0)
"""Standard deviations (ln σ) that the inner folds choose from."""
DEPTHS, ROUNDS = (1, 3), (25, 60, 150)
"""Trees that the inner folds choose from."""
LEARNING_RATE, SUBSAMPLE = 0.1, 0.8
INNER_FOLDS = 3
LN10 = float(np.log(10))

Predict = Callable[[np.ndarray, int], np.ndarray]
"""log10 values of rows (n × descriptors) after so many rounds."""


@dataclass(frozen=True)
class CensoredRows:
    """X (n × descriptors), y (n, log10: value or limit), relation (n: = < >), groups (n, publication ids) and sample
    ids."""

    X: np.ndarray
    y: np.ndarray
    relation: np.ndarray
    groups: np.ndarray
    samples: np.ndarray

    def take(self, rows: np.ndarray) -> CensoredRows:
        """The chosen rows."""
        return CensoredRows(self.X[rows], self.y[rows], self.relation[rows], self.groups[rows], self.samples[rows])

    @property
    def limits(self) -> int:
        """Number of rows that are limits."""
        return int((self.relation != "=").sum())


def read_rows(engine: sa.Engine, target: Target) -> CensoredRows:
    """Rows of a target with its limits; ``~`` is neither a number nor a limit and stays out."""
    limits = read_view(engine, "training_limits")
    known = build_matrix(read_target(engine, target), target)
    bounded = build_matrix(limits[limits["target"] == target.name], target)
    relation = limits[limits["target"] == target.name].set_index("sample_id")["relation"].reindex(bounded.y.index)
    return CensoredRows(
        np.vstack([known.X.to_numpy(float), bounded.X.to_numpy(float)]),
        np.r_[known.y.to_numpy(float), bounded.y.to_numpy(float)],
        np.r_[np.full(len(known.y), "="), relation.to_numpy(str)],
        np.r_[known.groups.to_numpy(), bounded.groups.to_numpy()],
        np.r_[known.y.index.to_numpy(), bounded.y.index.to_numpy()],
    )


def predict_treatments(rows: CensoredRows, *, seed: int = 0) -> pd.DataFrame:
    """Every treatment's prediction of every row (log10) under folds by publication, with sample, relation and observed
    value or limit. Raises NothingToLearnFrom without any limit."""
    if not rows.limits:
        raise NothingToLearnFrom("no value of this target is a limit: there is nothing to compare")
    splits = split_folds(len(rows.y), rows.groups, OUTER_FOLDS, seed)
    known = {
        "seed": seed,
        "sample_id": rows.samples,
        "group": rows.groups,
        "relation": rows.relation,
        "observed": rows.y,
    }
    predicted = {each: predict_out_of_fold(rows, each, splits, seed) for each in TREATMENTS}
    found = [pd.DataFrame({"limits": each, **known, "predicted": values}) for each, values in predicted.items()]
    return pd.concat(found, ignore_index=True)


def find_errors(relation: np.ndarray, observed: np.ndarray, predicted: np.ndarray) -> np.ndarray:
    """One-sided errors (decades): of a value its difference to the prediction, of a limit how far the prediction
    oversteps it, zero on its right side.

    >>> find_errors(np.array(["=", "<", "<", ">"]), np.full(4, -10.0), np.array([-9.0, -9.0, -12.0, -11.0])).tolist()
    [1.0, 1.0, 0.0, -1.0]
    """
    errors = predicted - observed
    return np.select([relation == "<", relation == ">"], [np.maximum(errors, 0.0), np.minimum(errors, 0.0)], errors)


def score_treatments(predictions: pd.DataFrame) -> pd.DataFrame:
    """One row per treatment; ``predictions`` as of ``predict_treatments``.

    ``mae`` is over equal values, which favours leaving limits out; ``mae_one_sided`` over values and limits, by
    one-sided errors, and ``difference`` this minus that of leaving limits out, paired, with its interval;
    ``log_likelihood`` is the mean per row, values and limits normal around the prediction (decades) with the one
    standard deviation ``sd`` that is likeliest; ``limits_respected`` the share of limits not overstepped.
    """
    frames = {str(name): rows.reset_index(drop=True) for name, rows in predictions.groupby("limits", sort=False)}
    return pd.DataFrame([_score_row(name, rows, frames[LEFT_OUT]) for name, rows in frames.items()])


def _score_row(treatment: str, rows: pd.DataFrame, left_out: pd.DataFrame) -> dict[str, Any]:
    relation, observed, predicted = (rows[name].to_numpy() for name in ("relation", "observed", "predicted"))
    groups, equal = rows["group"].to_numpy(), relation == "="
    errors = np.abs(find_errors(relation, observed, predicted))
    than = np.abs(find_errors(relation, observed, left_out["predicted"].to_numpy()))
    low, high = bootstrap_mean(errors[equal], groups[equal])
    sided_low, sided_high = bootstrap_mean(errors, groups)
    difference_low, difference_high = bootstrap_mean(errors - than, groups)
    sd, likelihood = fit_spread(relation, observed - predicted)
    return {
        "protocol": BY_PUBLICATION,
        "limits": treatment,
        "model": "xgboost",
        "n": int(equal.sum()),
        "mae": float(errors[equal].mean()),
        "mae_low": low,
        "mae_high": high,
        "limit_rows": int((~equal).sum()),
        "limits_respected": float((errors[~equal] == 0).mean()),
        "mae_one_sided": float(errors.mean()),
        "one_sided_low": sided_low,
        "one_sided_high": sided_high,
        "difference": float((errors - than).mean()),
        "difference_low": difference_low,
        "difference_high": difference_high,
        "log_likelihood": likelihood,
        "sd": sd,
        "seed": int(rows["seed"].iloc[0]),
    }


def fit_spread(relation: np.ndarray, residuals: np.ndarray) -> tuple[float, float]:
    """The likeliest standard deviation (decades) of residuals (observed minus predicted), of limits too, and the mean
    log likelihood per row with it."""
    from scipy.optimize import minimize_scalar
    from scipy.stats import norm

    def lose(log_sd: float) -> float:
        standard = residuals / np.exp(log_sd)
        logs = np.select(
            [relation == "<", relation == ">"],
            [norm.logcdf(standard), norm.logsf(standard)],
            norm.logpdf(standard) - log_sd,
        )
        return -float(logs.mean())

    found = minimize_scalar(lose, bounds=(-5.0, 5.0), method="bounded", options={"xatol": 1e-9})
    return float(np.exp(found.x)), -float(found.fun)


def predict_out_of_fold(rows: CensoredRows, treatment: str, splits: list[Split], seed: int) -> np.ndarray:
    """Predictions (n, log10), each by a model that saw nothing of the row's fold, in training or in its choice."""
    predicted = np.empty(len(rows.y))
    for train, test in splits:
        kept = rows.take(train)
        depth, scale, rounds = _choose(kept, treatment, seed)
        predicted[test] = _fit(kept, treatment, depth, scale, rounds)(rows.X[test], rounds)
    return predicted


def _candidates(treatment: str) -> Iterator[tuple[int, float]]:
    for depth in DEPTHS:
        for scale in SCALES if treatment == AS_LIMIT else (1.0,):
            yield depth, scale


def _choose(rows: CensoredRows, treatment: str, seed: int) -> tuple[int, float, int]:
    """Depth, scale and rounds with the smallest one-sided squared error on inner folds by publication."""
    splits = split_folds(len(rows.y), rows.groups, INNER_FOLDS, seed)
    losses: dict[tuple[int, float, int], float] = {}
    for depth, scale in _candidates(treatment):
        for fit, test in splits:
            held_out = rows.take(test)
            predict = _fit(rows.take(fit), treatment, depth, scale, max(ROUNDS))
            for rounds in ROUNDS:
                errors = find_errors(held_out.relation, held_out.y, predict(held_out.X, rounds))
                key = (depth, scale, rounds)
                losses[key] = losses.get(key, 0.0) + float((errors**2).sum())
    return min(losses, key=lambda key: losses[key])


def _fit(rows: CensoredRows, treatment: str, depth: int, scale: float, rounds: int) -> Predict:
    if treatment == AS_LIMIT:
        return _fit_failure_times(rows, depth, scale, rounds)
    kept = rows.take(np.flatnonzero(rows.relation == "=")) if treatment == LEFT_OUT else rows
    y = np.where(kept.relation == "<", REPLACEMENT, kept.y) if treatment == REPLACED else kept.y
    return _boost(kept.X, depth, rounds, {"objective": "reg:squarederror"}, centre=float(y.mean()), label=y)


def _fit_failure_times(rows: CensoredRows, depth: int, scale: float, rounds: int) -> Predict:
    """Boosted trees with the likelihood of values and limits; penalties are scaled so that, with equal values alone,
    the trees are those of squared error."""
    centre = float(rows.y[rows.relation == "="].mean())
    values = np.exp((rows.y - centre) * LN10)  # times relative to the centre: the model starts at ln 1 = 0
    parameters = {
        "objective": "survival:aft",
        "aft_loss_distribution": "normal",
        "aft_loss_distribution_scale": scale,
        "lambda": 1 / scale**2,
        "min_child_weight": 1 / scale**2,
    }
    bounds = {
        "label_lower_bound": np.where(rows.relation == "<", 0.0, values),
        "label_upper_bound": np.where(rows.relation == ">", np.inf, values),
    }
    return _boost(rows.X, depth, rounds, parameters, centre=centre, unit=LN10, **bounds)


def _boost(
    X: np.ndarray,
    depth: int,
    rounds: int,
    parameters: dict[str, Any],
    *,
    centre: float,
    unit: float = 1.0,
    label: np.ndarray | None = None,
    **bounds: np.ndarray,
) -> Predict:
    """Boosted trees around ``centre`` (log10) that predict in ``unit`` of a decade."""
    import xgboost

    matrix = xgboost.DMatrix(X, base_margin=np.zeros(len(X)), nthread=1)
    if label is not None:
        matrix.set_label(label - centre)
    for name, values in bounds.items():
        matrix.set_float_info(name, values)
    common = {"tree_method": "hist", "max_depth": depth, "learning_rate": LEARNING_RATE, "subsample": SUBSAMPLE}
    quiet = {"nthread": 1, "seed": 0, "verbosity": 0}
    booster = xgboost.train(parameters | common | quiet, matrix, rounds)

    def predict(rows: np.ndarray, after: int) -> np.ndarray:
        started = xgboost.DMatrix(rows, base_margin=np.zeros(len(rows)), nthread=1)
        margin = booster.predict(started, output_margin=True, iteration_range=(0, after))
        return np.asarray(margin, dtype=float) / unit + centre

    return predict
