"""Which measurements at other temperatures may be learnt from where rows of a target are held out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.data.all_temperatures import Measurements
from analysis.data.targets import FeatureMatrix
from analysis.folds.protocols import group_samples


def choose_measurements(matrix: FeatureMatrix, train: np.ndarray, protocol: str) -> Measurements | None:
    """What may be learnt beside the rows (positions) of a fold: measurements of their samples, and of samples that no
    row stands for and that share no group of the protocol with a row that is held out.

    None for a matrix without measurements.
    """
    if matrix.measurements is None:
        return None
    held_out = matrix.samples.index.delete(train)
    rows = matrix.measurements
    others = rows.drop_duplicates("sample_id").set_index("sample_id")[list(matrix.samples)]
    everything = pd.concat([matrix.samples, others.drop(matrix.samples.index, errors="ignore")])
    barred = everything.index.isin(held_out)
    groups = group_samples(everything, protocol)
    if groups is not None:
        barred = np.isin(groups, groups[barred])
    kept = everything.index[~barred].union(matrix.samples.index[train])
    return Measurements(rows[rows["sample_id"].isin(kept)], matrix.target.contribution)
