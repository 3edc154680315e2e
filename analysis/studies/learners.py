"""What a study lets learn: rows with their papers, and models of fixed parameters that predict rows never seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.data.targets import FeatureMatrix
from analysis.folds.fitting import fit, predict, rows_for, take
from analysis.models.candidates import BASELINES, MEDIAN, Candidate
from analysis.models.extended import EVERY_CANDIDATE, matrix_for

Learn = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Function of positions to learn from and positions to predict: predictions (log10) of the latter."""
SHOWN = "xgboost"
"""The paper's choice, as in the panels of observed against predicted."""


@dataclass(frozen=True)
class Learners:
    """y (n, log10), groups (n, publications), ids (n), and what learns from them, by name; the median is among them."""

    y: np.ndarray
    groups: np.ndarray
    ids: np.ndarray
    learn: Mapping[str, Learn]

    @property
    def publications(self) -> int:
        """Number of publications."""
        return len(np.unique(self.groups))


def make_learners(matrix: FeatureMatrix, models: Sequence[str | Candidate] = (SHOWN,)) -> Learners:
    """Candidates with their fixed parameters and the median on the rows of a matrix: nothing is chosen, so that no
    inner folds are needed and every size of a training set can be afforded. Somebody's own estimator is fitted as it
    is."""
    y = matrix.y.to_numpy(float)
    candidates = [EVERY_CANDIDATE[each] if isinstance(each, str) else each for each in models]
    learn = {each.name: _learn_candidate(matrix, each) for each in candidates}
    return Learners(y, matrix.groups.to_numpy(), matrix.y.index.to_numpy(), {**learn, MEDIAN: learn_median(y)})


def learn_median(y: np.ndarray) -> Learn:
    """The median of the rows that are learnt from."""
    return lambda train, test: np.full(len(test), np.median(y[train]))


def label_of(model: str) -> str:
    """The name of a model as tables show it."""
    return BASELINES[model][0] if model in BASELINES else EVERY_CANDIDATE[model].label


def _learn_candidate(matrix: FeatureMatrix, candidate: Candidate) -> Learn:
    parameters = candidate.fixed
    own = matrix_for(candidate, matrix)
    X, y, groups = rows_for(candidate, own), matrix.y.to_numpy(float), matrix.groups.to_numpy()

    def learn(train: np.ndarray, test: np.ndarray) -> np.ndarray:
        model = fit(candidate, parameters, take(X, train), y[train], groups[train], own.samples.iloc[train])
        return np.asarray(predict(candidate, model, take(X, test)), dtype=float)

    return learn
