"""Calibration of prediction intervals: how often they hold what they promise, at every level, on papers never seen."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.data.targets import FeatureMatrix
from analysis.evaluation.conformal import binomial_interval, find_half_widths
from analysis.evaluation.validation import NestedResult
from analysis.models.candidates import CANDIDATES
from analysis.models.extended import matrix_for

LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
COLUMNS = ["level", "sample_id", "publication_id", "fold", "half_width", "error"]


def calibrate(matrix: FeatureMatrix, result: NestedResult) -> pd.DataFrame:
    """Half width of the interval (decades) and absolute error of every sample at every level, by the outer folds of a
    nested cross-validation by publication; intervals are calibrated on the training rows of each fold alone.

    A half width is missing where a level is out of reach of so few papers: such an interval is infinite.
    """
    candidate = CANDIDATES[result.model]
    widths = find_half_widths(matrix_for(candidate, matrix), candidate, result, LEVELS)
    known = result.predictions[["sample_id", "publication_id", "fold"]]
    errors = (result.predictions["observed"] - result.predictions["predicted"]).abs()
    frames = [
        known.assign(level=level, half_width=np.where(np.isfinite(width), width, np.nan), error=errors)
        for level, width in zip(LEVELS, widths, strict=True)
    ]
    return pd.concat(frames, ignore_index=True)[COLUMNS]


def score_calibration(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per level; ``rows`` as of ``calibrate``.

    ``covered`` is the mean over publications of the covered share of their samples, with its 95 % binomial interval
    over publications; ``half_width`` the mean over samples with a finite interval, ``infinite`` the number without.
    """
    found = []
    for level, group in rows.groupby("level", sort=True):
        infinite = group["half_width"].isna()
        inside = (group["error"] <= group["half_width"]) | infinite
        shares = inside.groupby(group["publication_id"]).mean()
        low, high = binomial_interval(float(shares.sum()), len(shares))
        found.append(
            {
                "level": level,
                "covered": float(shares.mean()),
                "covered_low": low,
                "covered_high": high,
                "half_width": float(group["half_width"].mean()),
                "infinite": int(infinite.sum()),
                "n": len(group),
                "publications": len(shares),
            }
        )
    return pd.DataFrame(found)
