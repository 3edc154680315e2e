"""Descriptors that somebody brought, beside those of the database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.targets import FeatureMatrix
from sse_db.errors import UnusableEstimator

KEY = "sample_id"
TAKEN = (KEY, "publication_id", "label", "reference", "doi", "observed", "sample")
"""Names that the rows of a saved model have already."""
WANTED = "sample ids are its index, as in X of db.training_set, or a column sample_id"


def add_extra(matrix: FeatureMatrix, extra: Any) -> FeatureMatrix:
    """The matrix with the columns of a frame (sample_id in its index, or in a column of that name) beside its own.

    Samples without a row in it have no value; rows of other samples are passed over. Raises UnusableEstimator for what
    is no such frame.
    """
    frame = _read_frame(extra)
    known = frame.index.intersection(matrix.X.index)
    if len(matrix.y) and known.empty:
        raise UnusableEstimator(
            f"extra: none of its rows is one of the {len(matrix.y)} samples of target {matrix.target.name}",
            WANTED,
        )
    repeated = [str(name) for name in frame if name in matrix.X or name in TAKEN]
    if repeated:
        raise UnusableEstimator(f"extra: {', '.join(repeated)} is there already", "give the column another name")
    return replace(matrix, X=matrix.X.join(frame))


def _read_frame(extra: Any) -> pd.DataFrame:
    if isinstance(extra, pd.Series):
        extra = extra.to_frame()
    if not isinstance(extra, pd.DataFrame):
        raise UnusableEstimator(f"extra is a {type(extra).__name__}, no frame", WANTED)
    frame = extra.set_index(KEY) if KEY in extra.columns else extra
    if isinstance(frame.index, pd.RangeIndex) and frame.index.name != KEY:
        raise UnusableEstimator("extra does not say which samples its rows are: they are numbered", WANTED)
    if frame.columns.empty:
        raise UnusableEstimator("extra has no column", WANTED)
    odd = [name for name in frame.columns if not isinstance(name, str)]
    if odd:
        raise UnusableEstimator(f"extra: the column {odd[0]!r} has no name", "columns are named by texts")
    for kind, names in (("sample", frame.index), ("column", frame.columns)):
        twice = names[names.duplicated()]
        if len(twice):
            raise UnusableEstimator(f"extra: {kind} {twice[0]} stands in it twice", f"one {kind} of each name")
    frame = frame.infer_objects()
    frame = frame.astype(dict.fromkeys(frame.select_dtypes(["number", "bool"]), float))
    infinite = [str(name) for name, column in frame.select_dtypes("number").items() if np.isinf(column).any()]
    if infinite:
        raise UnusableEstimator(f"extra: {', '.join(infinite)} holds an infinite value", "leave it empty, as NaN")
    return frame
