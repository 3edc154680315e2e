"""Values that are limits (``<1e-10``), in training: as limits, and the usual ways of making numbers of them.

As limits: an accelerated failure time model (XGBoost ``survival:aft``, normal in ln σ), to which ``<1e-10`` says no
more than that. With equal values alone it is least squares. All ways use the same rows, folds and tree parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analysis.data.frames import read_view
from analysis.data.targets import Target, build_matrix
from analysis.evaluation.protocols import BY_PUBLICATION, OUTER_FOLDS, Split, split_folds
from analysis.evaluation.scores import bootstrap_mean
from analysis.models.candidates import CANDIDATES
from sse_db.errors import NothingToLearnFrom

LEFT_OUT, AT_BOUND, REPLACED, AS_LIMIT = "left out", "at their bound", "1e-15 S/cm", "as limits"
TREATMENTS = (LEFT_OUT, AT_BOUND, REPLACED, AS_LIMIT)
REPLACEMENT = -15.0
"""log10 of what public benchmarks put in place of an upper limit."""
SCALES = (0.5, 1.0, 2.0)
"""Standard deviations (ln σ) that the inner folds choose from by likelihood."""
INNER_FOLDS = 3
LN10 = float(np.log(10))


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
    known = build_matrix(read_view(engine, target.view), target)
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


def score_treatments(predictions: pd.DataFrame) -> pd.DataFrame:
    """One row per treatment: n, MAE on equal values with its 95 % interval, and the share of limits that the prediction
    respects; ``predictions`` as of ``predict_treatments``."""
    return pd.DataFrame([_score_row(str(name), rows) for name, rows in predictions.groupby("limits", sort=False)])


def _score_row(treatment: str, predictions: pd.DataFrame) -> dict[str, Any]:
    equal = predictions["relation"].eq("=")
    known, limits = predictions[equal], predictions[~equal]
    errors = (known["observed"] - known["predicted"]).abs().to_numpy()
    low, high = bootstrap_mean(errors, known["group"].to_numpy())
    below, above = limits["predicted"] <= limits["observed"], limits["predicted"] >= limits["observed"]
    return {
        "protocol": BY_PUBLICATION,
        "limits": treatment,
        "model": "xgboost",
        "n": len(known),
        "mae": float(errors.mean()),
        "mae_low": low,
        "mae_high": high,
        "limit_rows": len(limits),
        "limits_respected": float(below.where(limits["relation"].eq("<"), above).mean()),
        "seed": int(predictions["seed"].iloc[0]),
    }


def predict_out_of_fold(rows: CensoredRows, treatment: str, splits: list[Split], seed: int) -> np.ndarray:
    """Predictions (n, log10), each by a model that saw nothing of the row's fold."""
    predicted = np.empty(len(rows.y))
    for train, test in splits:
        predicted[test] = _fit_predict(rows.take(train), treatment, rows.X[test], seed)
    return predicted


def _fit_predict(train: CensoredRows, treatment: str, X: np.ndarray, seed: int) -> np.ndarray:
    if treatment == AS_LIMIT:
        return _fit_aft(train, _choose_scale(train, seed)).predict(X)
    kept = train.take(np.flatnonzero(train.relation == "=")) if treatment == LEFT_OUT else train
    upper = kept.relation == "<"
    y = np.where(upper, REPLACEMENT, kept.y) if treatment == REPLACED else kept.y
    candidate = CANDIDATES["xgboost"]
    return np.asarray(candidate.build().set_params(**candidate.fixed).fit(kept.X, y).predict(X), dtype=float)


@dataclass(frozen=True)
class _FailureTimeModel:
    booster: Any
    centre: float

    def predict(self, X: np.ndarray) -> np.ndarray:
        import xgboost

        matrix = xgboost.DMatrix(X, base_margin=np.zeros(len(X)), nthread=1)
        return self.booster.predict(matrix, output_margin=True).astype(float) / LN10 + self.centre


def _fit_aft(train: CensoredRows, scale: float) -> _FailureTimeModel:
    """Boosted trees with the likelihood of values and limits; penalties are scaled so that, with equal values alone,
    the trees are those of squared error."""
    import xgboost

    centre = float(train.y[train.relation == "="].mean())
    values = np.exp((train.y - centre) * LN10)  # times relative to the centre: the model starts at ln 1 = 0
    matrix = xgboost.DMatrix(train.X, base_margin=np.zeros(len(train.y)), nthread=1)
    matrix.set_float_info("label_lower_bound", np.where(train.relation == "<", 0.0, values))
    matrix.set_float_info("label_upper_bound", np.where(train.relation == ">", np.inf, values))
    fixed = CANDIDATES["xgboost"].fixed
    parameters = {
        "objective": "survival:aft",
        "aft_loss_distribution": "normal",
        "aft_loss_distribution_scale": scale,
        "tree_method": "hist",
        "max_depth": fixed["max_depth"],
        "learning_rate": fixed["learning_rate"],
        "subsample": fixed["subsample"],
        "lambda": 1 / scale**2,
        "min_child_weight": 1 / scale**2,
        "nthread": 1,
        "seed": 0,
        "verbosity": 0,
    }
    return _FailureTimeModel(xgboost.train(parameters, matrix, fixed["n_estimators"]), centre)


def _choose_scale(train: CensoredRows, seed: int) -> float:
    """The scale with the smallest negative log likelihood on inner folds by publication."""
    splits = split_folds(len(train.y), train.groups, INNER_FOLDS, seed)
    losses = [
        sum(_loss(train.take(test), _fit_aft(train.take(fit), scale), scale) for fit, test in splits)
        for scale in SCALES
    ]
    return SCALES[int(np.argmin(losses))]


def _loss(rows: CensoredRows, model: _FailureTimeModel, scale: float) -> float:
    """Negative log likelihood, normal in ln σ with this scale."""
    from scipy.stats import norm

    standard = (rows.y - model.predict(rows.X)) * LN10 / scale
    logs = np.select(
        [rows.relation == "<", rows.relation == ">"],
        [norm.logcdf(standard), norm.logsf(standard)],
        norm.logpdf(standard) - np.log(scale),
    )
    return -float(logs.sum())
