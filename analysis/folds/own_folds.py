"""Outer folds that somebody brought: a splitter of scikit-learn, a number, or pairs of positions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from sklearn.model_selection import check_cv

from analysis.data.targets import FeatureMatrix
from analysis.folds.fitting import WITH_GROUPS
from analysis.folds.protocols import Split
from analysis.folds.splitter import ProtocolKFold
from sse_db.errors import UnusableEstimator

WANTED = "cv is a splitter of scikit-learn, a number of folds, or pairs (train, test) of positions, as db.folds gives"


def read_folds(cv: Any, matrix: FeatureMatrix) -> list[Split]:
    """The folds of a matrix's rows, in which no row is held out twice; raises UnusableEstimator for others.

    Rows that no fold holds out are not scored. A splitter that takes groups is given the publications.
    """
    n = len(matrix.y)
    try:
        pairs = list(_split(cv, matrix))
    except (ValueError, TypeError) as error:
        raise UnusableEstimator(f"cv cannot split {n} samples: {str(error).splitlines()[0]}", WANTED) from error
    if not pairs:
        raise UnusableEstimator("cv gives no fold", WANTED)
    folds = [_read_pair(pair, number, n) for number, pair in enumerate(pairs, start=1)]
    times = np.bincount(np.concatenate([test for _, test in folds]), minlength=n)
    if times.max() > 1:
        raise UnusableEstimator(
            f"cv holds {int((times > 1).sum())} of {n} samples out more than once",
            "errors are counted once per sample: leave repeats out, or use protocol= with seeds=",
        )
    if (times > 0).sum() < 2:
        raise UnusableEstimator("cv holds fewer than two samples out: there is nothing to score", WANTED)
    return folds


def _split(cv: Any, matrix: FeatureMatrix) -> Iterable[Any]:
    if isinstance(cv, ProtocolKFold):
        return cv.split(matrix.X, matrix.y, matrix.samples)
    if isinstance(cv, type):
        raise UnusableEstimator(f"cv is the class {cv.__name__}", f"call it: {cv.__name__}()")
    splitter = check_cv(cv)
    of_scikit_learn = type(splitter).__module__.startswith("sklearn.")
    takes_groups = isinstance(splitter, WITH_GROUPS) or not of_scikit_learn
    return splitter.split(matrix.X, matrix.y, matrix.groups if takes_groups else None)


def _read_pair(pair: Any, number: int, n: int) -> Split:
    """Positions of one fold."""
    try:
        train, test = (_read_positions(each, n) for each in pair)
    except (ValueError, TypeError) as error:
        raise UnusableEstimator(f"cv, fold {number}: {error}", WANTED) from error
    both = len(np.intersect1d(train, test))
    if both:
        raise UnusableEstimator(f"cv, fold {number}: {both} samples are fitted and held out at once", WANTED)
    return train, test


def _read_positions(values: Any, n: int) -> np.ndarray:
    found = np.asarray(values)
    if found.dtype == bool and found.shape == (n,):
        return np.flatnonzero(found)
    if found.ndim != 1 or not len(found) or not np.issubdtype(found.dtype, np.integer):
        raise ValueError("train and test are lists of positions, each of one or more")
    if found.min() < 0 or found.max() >= n:
        raise ValueError(f"position {found.max() if found.max() >= n else found.min()} of {n} samples (0 to {n - 1})")
    return np.unique(found)
