"""A candidate fitted to rows and asked for others; what an estimator that was brought does wrong, in one sentence."""

from __future__ import annotations

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

from analysis.data.targets import FeatureMatrix
from analysis.evaluation.splitter import ProtocolKFold
from analysis.models.candidates import Candidate
from sse_db.errors import UnusableEstimator

WITH_GROUPS = (GroupKFold, GroupShuffleSplit, LeaveOneGroupOut, LeavePGroupsOut, StratifiedGroupKFold)
LONGEST_MESSAGE = 300

Rows = np.ndarray | pd.DataFrame


def rows_for(candidate: Candidate, matrix: FeatureMatrix) -> Rows:
    """What a candidate is given of a matrix: its frame, or the numbers of it (n × columns without those of text)."""
    return matrix.X if candidate.takes_frame else matrix.X.select_dtypes("number").to_numpy(float)


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
) -> BaseEstimator:
    """A candidate built anew, with these parameters, fitted to rows.

    ``groups`` (n) or ``samples`` (n rows: publication_id, formula, structure_class) reach an estimator whose ``fit``
    takes groups, and a search whose splitter does. Raises UnusableEstimator where one that somebody brought fails.
    """
    estimator = candidate.build()
    if parameters:
        estimator.set_params(**parameters)
    if not candidate.takes_frame:
        return estimator.fit(X, y)
    further = _give_groups(estimator, groups, samples)
    try:
        estimator.fit(X, y, **further)
    except Exception as error:  # whatever somebody's own code raises
        raise UnusableEstimator(f"{candidate.name} cannot be fitted: {_shorten(error)}", _hint(error)) from error
    return estimator


def predict(candidate: Candidate, estimator: BaseEstimator, X: Rows) -> np.ndarray:
    """Predictions (n, log10); raises UnusableEstimator where they are not one finite number per row."""
    if not candidate.takes_frame:
        return np.asarray(estimator.predict(X))
    try:
        found = np.asarray(estimator.predict(X), dtype=float)
    except Exception as error:  # whatever somebody's own code raises
        raise UnusableEstimator(f"{candidate.name} cannot predict: {_shorten(error)}", _hint(error)) from error
    if found.shape == (len(X), 1):
        found = found[:, 0]
    if found.shape != (len(X),):
        raise UnusableEstimator(
            f"{candidate.name} predicts {' × '.join(map(str, found.shape)) or 'one number'} for {len(X)} samples",
            "predict gives one number per sample",
        )
    wrong = int((~np.isfinite(found)).sum())
    if wrong:
        raise UnusableEstimator(
            f"{candidate.name} predicts no finite number for {wrong} of {len(X)} samples", "predict gives log10 values"
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


def _shorten(error: Exception) -> str:
    """The first line of what somebody's code raised, with its kind."""
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}"[:LONGEST_MESSAGE].rstrip(": ")


def _hint(error: Exception) -> str:
    text = str(error)
    if "NaN" in text:
        return "descriptors have gaps: begin with SimpleImputer(keep_empty_features=True), or take trees that know them"
    if "not a column" in text or "not in index" in text or "columns are missing" in text:
        return "columns beside the descriptors come with extra, formulas as extra=db.samples(target)[['formula']]"
    if "could not convert string" in text:
        return "a column of text needs an encoder, or a featurizer of sse_db.modelling"
    return ""
