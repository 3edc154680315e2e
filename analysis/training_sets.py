"""Training sets with frozen folds, so that scores on a release can be compared."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from analysis.features import TARGETS, build_matrix
from analysis.frames import read_view
from analysis.protocols import BY_PUBLICATION, OUTER_FOLDS, RANDOM, groups_of, split_folds

FOLDS = {"fold_random": RANDOM, "fold_by_publication": BY_PUBLICATION}
SEED = 0


def frozen_training_sets(engine: sa.Engine) -> dict[str, pd.DataFrame]:
    """Target to the rows of its view with the outer fold of each sample, 1 to 5, under both protocols; seed 0."""
    found = {}
    for name, target in TARGETS.items():
        frame = read_view(engine, target.view)
        frame = frame[frame[target.column].notna()].sort_values("sample_id").reset_index(drop=True)
        matrix = build_matrix(frame, target)
        for column, protocol in FOLDS.items():
            frame[column] = pd.array([pd.NA] * len(frame), dtype="Int64")
            groups = groups_of(matrix, protocol) if len(frame) else None
            enough = len(frame) >= 2 and (groups is None or len(set(groups)) >= 2)
            splits = split_folds(len(frame), groups, OUTER_FOLDS, SEED) if enough else []
            for number, (_, test) in enumerate(splits, start=1):
                frame.loc[test, column] = number
        found[name] = frame.convert_dtypes()  # codes are whole numbers, also where some are missing
    return found
