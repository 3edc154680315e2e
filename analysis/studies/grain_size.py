"""Why dividing a conductivity by the grain size D raises R²: how much of it is variance of log D itself.

A model of log10(y/D) gives a prediction of log10 y when log10 D is added again, with the very same residuals. Its R² of
the divided target and its R² of the recovered one therefore differ by the variances alone; what is left of the gain
over a model of log10 y is better prediction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sklearn.linear_model import LinearRegression

from analysis.data.interpolation import UM_TO_CM, read_training
from analysis.data.targets import TARGETS, FeatureMatrix, Mode, Target, build_matrix, describe_shortage
from analysis.evaluation.scores import score
from analysis.evaluation.validation import NestedResult, Search, nested_cross_validate
from analysis.folds.protocols import BY_PUBLICATION, OUTER_FOLDS, RANDOM, groups_of, interval_groups, split_outer
from analysis.models.candidates import CANDIDATES, GridSize

PAIRS = {"bulk": "bulk-per-grain", "grain-boundary": "grain-boundary-per-grain"}
"""Target to the same target divided by the grain size."""
MODEL = "xgboost"
GRAIN_SIZE = "grain_size_um"

DIRECT, WITHOUT_SIZE, DIVIDED = "direct", "without grain size", "divided"
SIZE_ALONE, RECOVERED = "divided, from grain size alone", "recovered"
KEYS = ["target", "mode", "protocol", "prediction"]
COLUMNS = [*KEYS, "n", "publications", "r2", "r2_low", "r2_high", "mse", "mae"]
PREDICTED = [*KEYS, "seed", "sample_id", "publication_id", "group", "observed", "predicted"]


class Division(NamedTuple):
    """Scores of five predictions (``COLUMNS``), the predictions of every row (``PREDICTED``, log10), and the shortage
    where there are too few samples."""

    scores: pd.DataFrame
    predictions: pd.DataFrame
    shortage: str


def explain_division(
    engine: sa.Engine,
    name: str,
    mode: Mode = "native",
    *,
    seed: int = 0,
    grid: GridSize = "small",
    search: Search = "exact",
    interpolate: bool = False,
    done: Iterable[NestedResult] = (),
) -> Division:
    """Five predictions on the samples with a grain size, with their scores.

    ``direct`` and ``without grain size`` predict log10 y with and without D among the descriptors, ``divided`` predicts
    log10(y/D), ``divided, from grain size alone`` is a straight line in log10 D, ``recovered`` is ``divided`` with
    log10 D added again. All on the same rows and folds, XGBoost but for the line; random and by publication. What is
    among ``done``, with this seed and grid and on these rows, is not computed again.
    """
    original, divided = TARGETS[name], TARGETS[PAIRS[name]]
    frame = read_training(engine, divided, interpolate=interpolate)
    matrix = build_matrix(frame, divided, mode)
    shortage = describe_shortage(matrix)
    if shortage:
        return Division(pd.DataFrame(columns=COLUMNS), pd.DataFrame(columns=PREDICTED), shortage)
    known = frame[frame["sample_id"].isin(matrix.y.index)]
    earlier = {(each.target, each.protocol): each for each in done if (each.model, each.seed) == (MODEL, seed)}
    tables = [
        _predict(known, original, matrix, _Evaluation(protocol, seed, grid, search, earlier))
        for protocol in (RANDOM, BY_PUBLICATION)
    ]
    predictions = pd.concat(tables, ignore_index=True)
    return Division(_score(predictions), predictions, "")


def share_variance(frame: pd.DataFrame, name: str) -> dict[str, float]:
    """Variances (decades²) of log10 y, log10 D and log10(y/D), and the correlation of the first two."""
    known = frame.dropna(subset=[GRAIN_SIZE, TARGETS[name].column])
    size = np.log10(known[GRAIN_SIZE].astype(float) * UM_TO_CM)
    original = known[TARGETS[name].column].astype(float)
    return {
        "n": len(known),
        "original": float(np.var(original)),
        "grain_size": float(np.var(size)),
        "divided": float(np.var(original - size)),
        "correlation": float(np.corrcoef(original, size)[0, 1]) if len(known) > 2 else float("nan"),
    }


@dataclass(frozen=True)
class _Evaluation:
    """How a matrix is evaluated, and which results there are already."""

    protocol: str
    seed: int
    grid: GridSize
    search: Search
    earlier: dict[tuple[str, str], NestedResult]

    def predict(self, matrix: FeatureMatrix) -> np.ndarray:
        """Out-of-fold predictions of XGBoost in the order of the matrix."""
        found = self.earlier.get((matrix.target.name, self.protocol))
        if found is None or found.predictions["sample_id"].tolist() != matrix.y.index.tolist():
            found = nested_cross_validate(
                matrix, CANDIDATES[MODEL], self.protocol, seed=self.seed, grid=self.grid, search=self.search
            )
        return found.predictions["predicted"].to_numpy()


def _predict(frame: pd.DataFrame, original: Target, divided: FeatureMatrix, evaluation: _Evaluation) -> pd.DataFrame:
    """The five predictions under one protocol; ``frame`` has the rows of the divided matrix."""
    with_size = build_matrix(frame, original)
    without = replace(original, name=f"{original.name} without grain size", uses_grain_size=False)
    size = np.log10(with_size.X[GRAIN_SIZE].to_numpy() * UM_TO_CM)
    predicted = {
        DIRECT: evaluation.predict(with_size),
        WITHOUT_SIZE: evaluation.predict(build_matrix(frame, without)),
        DIVIDED: evaluation.predict(divided),
        SIZE_ALONE: _predict_from_size(divided, size, evaluation),
    }
    predicted[RECOVERED] = predicted[DIVIDED] + size
    rows = divided.groups.reset_index().assign(group=interval_groups(divided, evaluation.protocol))
    rows = rows.assign(target=original.name, mode=divided.mode, protocol=evaluation.protocol, seed=evaluation.seed)
    observed = {each: divided.y if each in (DIVIDED, SIZE_ALONE) else with_size.y for each in predicted}
    found = [
        rows.assign(prediction=each, observed=observed[each].to_numpy(), predicted=values)
        for each, values in predicted.items()
    ]
    return pd.concat(found)[PREDICTED]


def _score(predictions: pd.DataFrame) -> pd.DataFrame:
    scored = []
    for key, rows in predictions.groupby(KEYS, sort=False):
        scores = score(*(rows[name].to_numpy() for name in ("observed", "predicted", "group")))
        publications = rows["publication_id"].nunique()
        scored.append(dict(zip(KEYS, key, strict=True)) | asdict(scores) | {"publications": publications})
    return pd.DataFrame(scored)[COLUMNS]


def _predict_from_size(divided: FeatureMatrix, size: np.ndarray, evaluation: _Evaluation) -> np.ndarray:
    """Out-of-fold predictions by a straight line in log10 D, on the outer folds of the protocol."""
    y, x = divided.y.to_numpy(), size.reshape(-1, 1)
    groups = groups_of(divided, evaluation.protocol)
    predicted = np.empty(len(y))
    for train, test in split_outer(len(y), groups, evaluation.protocol, OUTER_FOLDS, evaluation.seed):
        predicted[test] = LinearRegression().fit(x[train], y[train]).predict(x[test])
    return predicted
