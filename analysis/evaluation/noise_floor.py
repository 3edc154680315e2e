"""The noise floor of the score tables: the error that a perfect model of compositions would keep, target by target.

It is made from the rows of a training set, as the mean difference of two publications about one composition divided by
√2. The spread between papers of ``analysis.studies.paper_spread``, a list for curators, is another number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.data.targets import FeatureMatrix
from analysis.evaluation.scores import bootstrap_mean


@dataclass(frozen=True)
class NoiseFloor:
    """Errors that remain for a perfect model of compositions, in decades: MAE with its 95 % bootstrap interval over
    compositions, MSE, and how many compositions and samples they rest on."""

    compositions: int
    samples: int
    mae: float
    mae_low: float
    mae_high: float
    mse: float


def measure_noise_floor(matrix: FeatureMatrix) -> NoiseFloor | None:
    """The noise floor of a target; None where no two publications report the same composition."""
    return compare_publications(matrix.samples["formula"], matrix.groups, matrix.y)


def compare_publications(formulas: pd.Series, papers: pd.Series, y: pd.Series) -> NoiseFloor | None:
    """The noise floor of log10 values, rows of equal formula being one composition; the three share an index.

    Two values of one composition differ by two errors: half their mean squared difference estimates the MSE, their mean
    absolute difference divided by √2 the MAE (for normal errors). Only pairs from different publications count, since
    one publication varies its samples on purpose; each composition counts as often as it has publications beyond one.
    What differs in processing is part of the floor: a model that knows the processing may go below.

    >>> floor = compare_publications(pd.Series(["LiI", "LiI"]), pd.Series([1, 2]), pd.Series([-6.0, -6.2]))
    >>> floor.compositions, round(floor.mae, 3), round(floor.mse, 3)
    (1, 0.141, 0.02)
    """
    rows = pd.DataFrame({"formula": formulas, "paper": papers, "y": y}).dropna()
    found = [_differences(group) for _, group in rows.groupby("formula") if group["paper"].nunique() > 1]
    if not found:
        return None
    weights, absolute, squared, samples = (np.array(each, dtype=float) for each in zip(*found, strict=True))
    repeated = np.repeat(np.arange(len(found)), weights.astype(int))
    low, high = bootstrap_mean(absolute[repeated], repeated)
    mae, mse = (float(np.average(each, weights=weights)) for each in (absolute, squared))
    return NoiseFloor(len(found), int(samples.sum()), mae, low, high, mse)


def _differences(group: pd.DataFrame) -> tuple[int, float, float, int]:
    """Publications beyond one, MAE and MSE from the pairs of different publications, and the number of samples."""
    y, papers = group["y"].to_numpy(float), group["paper"].to_numpy()
    first, second = np.nonzero(np.triu(papers[:, None] != papers[None, :]))
    differences = np.abs(y[first] - y[second])
    return len(set(papers)) - 1, float(differences.mean() / np.sqrt(2)), float((differences**2).mean() / 2), len(y)
