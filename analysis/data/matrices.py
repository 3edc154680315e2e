"""A target's matrix as a modeller asks for it: which rows, and which columns beside the descriptors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from analysis.data.extra import add_extra
from analysis.data.interpolation import read_training
from analysis.data.targets import FeatureMatrix, Mode, build_matrix, find_target


def read_matrix(
    engine: sa.Engine,
    target_name: str,
    mode: Mode = "native",
    *,
    interpolate: bool = False,
    drop_empty: bool = False,
    extra: Any = None,
) -> FeatureMatrix:
    """The matrix of a target; raises NotFound for an unknown target or mode, UnusableEstimator for unusable ``extra``.

    ``interpolate`` adds samples by their Arrhenius fit at 25 °C, ``drop_empty`` leaves descriptors without any value
    out, ``extra`` (a frame indexed by sample_id) brings further columns.
    """
    target = find_target(target_name)
    matrix = build_matrix(read_training(engine, target, interpolate=interpolate), target, mode)
    return add_columns(matrix, drop_empty=drop_empty, extra=extra)


def add_columns(matrix: FeatureMatrix, *, drop_empty: bool = False, extra: Any = None) -> FeatureMatrix:
    """The matrix without descriptors that have no value, and with further columns."""
    if drop_empty:
        matrix = replace(matrix, X=matrix.X.dropna(axis="columns", how="all"))
    return matrix if extra is None else add_extra(matrix, extra)
