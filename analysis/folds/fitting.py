"""A candidate fitted to rows and asked for others; what an estimator that was brought does wrong, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.model_selection import (
    GroupKFold,
    GroupShuffleSplit,
    LeaveOneGroupOut,
    LeavePGroupsOut,
    StratifiedGroupKFold,
)
from sklearn.model_selection._search import BaseSearchCV
from sklearn.utils.validation import has_fit_parameter

from analysis.data.all_temperatures import Measurements
from analysis.data.targets import FeatureMatrix
from analysis.folds.splitter import ProtocolKFold
from analysis.models.candidates import Candidate
from sse_db.errors import UnusableEstimator
from sse_db.spelling import name_exception

WITH_GROUPS = (GroupKFold, GroupShuffleSplit, LeaveOneGroupOut, LeavePGroupsOut, StratifiedGroupKFold)

Rows = np.ndarray | pd.DataFrame


def rows_for(candidate: Candidate, matrix: FeatureMatrix) -> Rows:
    """What a candidate is given of a matrix: all of its frame, or the numbers in it with or without names."""
    if candidate.brought:
        return matrix.X
    numbers = matrix.X.select_dtypes("number")
    return numbers if candidate.takes_frame else numbers.to_numpy(float)


def require_numbers(matrix: FeatureMatrix, candidates: Sequence[Candidate]) -> None:
    """Raise UnusableEstimator where columns of text came along and some candidate is of the package: it reads none."""
    texts = [str(name) for name in matrix.X.columns.difference(matrix.X.select_dtypes("number").columns)]
    labels = [each.label for each in candidates if not each.brought]
    if texts and labels:
        raise UnusableEstimator(
            f"{', '.join(labels)} learns from numbers: {', '.join(texts)} of extra does not hold any",
            "columns of text are for estimators of your own; turn them into numbers, or leave them out",
        )


def take(rows: Rows, places: np.ndarray) -> Rows:
    """Some of the rows, by position."""
    return rows.iloc[places] if isinstance(rows, pd.DataFrame) else rows[places]


def fit(
    candidate: Candidate,
    parameters: dict[str, Any],
    X: Rows,
    y: np.ndarray,
    groups: np.ndarray | None,
    samples: pd.DataFrame,
    measurements: Measurements | None = None,
) -> BaseEstimator:
    """A candidate built anew, with these parameters, fitted to rows, and to measurements where it learns from these.

    ``groups`` (n) or ``samples`` (n rows: publication_id, formula, structure_class) reach an estimator whose ``fit``
    takes groups, and a search whose splitter does. Raises UnusableEstimator where one that somebody brought fails.
    """
    estimator = candidate.build()
    if parameters:
        estimator.set_params(**parameters)
    if candidate.of_measurements:
        return estimator.fit(X, y, measurements=measurements)
    further = _give_groups(estimator, groups, samples) if candidate.takes_frame else {}
    if not candidate.brought:
        return estimator.fit(X, y, **further)
    try:
        estimator.fit(X.copy(), y.copy(), **further)  # it may write into what it is given
    except Exception as error:  # whatever somebody's own code raises
        raise UnusableEstimator(f"{candidate.name} cannot be fitted: {name_exception(error)}", _hint(error)) from error
    return estimator


def predict(candidate: Candidate, estimator: BaseEstimator, X: Rows) -> np.ndarray:
    """Predictions (n, log10); raises UnusableEstimator where those of an estimator that somebody brought are not one
    finite number per row."""
    return predict_own(candidate.name, estimator, X) if candidate.brought else np.asarray(estimator.predict(X))


def predict_own(name: str, estimator: BaseEstimator, X: Rows) -> np.ndarray:
    """Predictions (n, log10) of an estimator that somebody brought; raises UnusableEstimator where they are not one
    finite number per row."""
    try:
        found = np.asarray(estimator.predict(X.copy()), dtype=float)
    except Exception as error:  # whatever somebody's own code raises
        raise UnusableEstimator(f"{name} cannot predict: {name_exception(error)}", _hint(error)) from error
    if found.shape == (len(X), 1):
        found = found[:, 0]
    if found.shape != (len(X),):
        raise UnusableEstimator(
            f"{name} predicts {' × '.join(map(str, found.shape)) or 'one number'} for {len(X)} samples",
            "predict gives one number per sample",
        )
    wrong = int((~np.isfinite(found)).sum())
    if wrong:
        raise UnusableEstimator(
            f"{name} predicts no finite number for {wrong} of {len(X)} samples", "predict gives log10 values"
        )
    return found


def _give_groups(estimator: Any, groups: np.ndarray | None, samples: pd.DataFrame) -> dict[str, Any]:
    """The groups that an estimator can make use of, by the name of the argument."""
    if isinstance(estimator, BaseSearchCV):
        if isinstance(estimator.cv, ProtocolKFold):
            return {"groups": samples}
        if not isinstance(estimator.cv, WITH_GROUPS):
            return {}
    elif not has_fit_parameter(estimator, "groups"):
        return {}
    return {"groups": samples["publication_id"].to_numpy() if groups is None else groups}


def _hint(error: Exception) -> str:
    text = str(error)
    if "need groups" in text:
        return "groups reach a search that is the estimator itself: search over the pipeline, not inside of it"
    if "NaN" in text:
        return "descriptors have gaps: begin with SimpleImputer(keep_empty_features=True), or take trees that know them"
    if "window shape cannot be larger" in text:  # histogram boosting of scikit-learn, of a column without any value
        return "a column has no value in these rows: begin with SimpleImputer(keep_empty_features=True)"
    if "give one column" in text:
        return "choose it: make_column_transformer((CompositionFeaturizer(), ['formula']), remainder='passthrough')"
    if "not columns of" in text or "not a column" in text or "not in index" in text or "columns are missing" in text:
        return "columns beside the descriptors come with extra, formulas as extra=db.samples(target)[['formula']]"
    if "could not convert string" in text:
        return "a column of text needs an encoder, or a featurizer of sse_db.modelling"
    return ""
