"""What to measure next: candidates ranked by predicted value, interval, distance, and expected improvement.

A Gaussian process on the descriptors and the statistics of the composition says for each candidate what is likely and
how unsure it is. Expected improvement is how much it would rise above the best known value on average
(doi 10.1023/A:1008306431147); exploration goes where the process is least sure. Whether the ranking is worth anything
here is tried on the known samples themselves, beside drawing at random (``analysis.prediction.ranking_trial``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtr

from analysis.data.targets import FeatureMatrix
from analysis.evaluation.conformal import LEVELS, half_width, out_of_fold_residuals
from analysis.evaluation.validation import choose_parameters
from analysis.featurizers.composition import composition_features
from analysis.folds.protocols import BY_PUBLICATION
from analysis.models.extended import EVERY_CANDIDATE, matrix_for
from analysis.prediction.domain import Domain

MODEL = "gaussian-process"
BY = ("improvement", "exploration", "value")
"""What candidates are ranked by."""
Fitted = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Function of rows (m × columns) to means and standard deviations (log10)."""


def fit_process(X: np.ndarray, y: np.ndarray, parameters: dict[str, Any]) -> Fitted:
    """The Gaussian process of the package, fitted to rows."""
    pipeline = EVERY_CANDIDATE[MODEL].build().set_params(**parameters).fit(X, y)

    def predict(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        mean, deviation = pipeline[-1].predict(pipeline[:-1].transform(rows), return_std=True)
        return np.asarray(mean), np.asarray(deviation)

    return predict


def expect_improvement(mean: np.ndarray, deviation: np.ndarray, best: float) -> np.ndarray:
    """How far values rise above the best on average (decades), those below it counting nothing.

    >>> expect_improvement(np.array([-3.0, -4.0]), np.array([0.0, 1.0]), -4.0).round(3).tolist()
    [1.0, 0.399]
    """
    sure = np.maximum(deviation, 1e-12)
    z = (mean - best) / sure
    return np.asarray((mean - best) * ndtr(z) + sure * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi))


def rank_candidates(matrix: FeatureMatrix, samples: pd.DataFrame, by: str = "improvement") -> pd.DataFrame:
    """The candidates (sample, formula, doubts, descriptors), best first: predicted log10 value, its 80 and 90 %
    intervals for a paper never seen, what the process is unsure by, expected improvement, distance to the nearest known
    sample."""
    candidate = EVERY_CANDIDATE[MODEL]
    own = matrix_for(candidate, matrix)
    parameters = choose_parameters(own, candidate, BY_PUBLICATION)
    y, groups = matrix.y.to_numpy(float), matrix.groups.to_numpy()
    statistics = composition_features(samples["formula"]).set_axis(samples.index, axis=0)
    further = [name for name in statistics if name not in samples]
    asked = samples.join(statistics[further])[list(own.X.columns)].astype(float)
    mean, deviation = fit_process(own.X.to_numpy(float), y, parameters)(asked.to_numpy())
    residuals = out_of_fold_residuals(candidate, parameters, own, 0)
    told = [name for name in ("sample", "formula", "doubts") if name in samples]
    table = samples[told].assign(predicted=mean)
    for level in LEVELS:
        width = half_width(residuals, groups, level)
        table[f"low_{level:.0%}"], table[f"high_{level:.0%}"] = mean - width, mean + width
    domain = Domain(matrix.X, groups)
    places = [domain.place(row) for _, row in samples[list(matrix.X.columns)].astype(float).iterrows()]
    table = table.assign(
        unsure=deviation,
        expected_improvement=expect_improvement(mean, deviation, float(y.max())),
        distance=[float(place.distances.min()) for place in places],
        far=[place.is_far for place in places],
    )
    column = {"improvement": "expected_improvement", "exploration": "unsure", "value": "predicted"}[by]
    ranked = table.sort_values(column, ascending=False, kind="stable").reset_index(drop=True)
    return ranked.assign(rank=np.arange(1, len(ranked) + 1))
