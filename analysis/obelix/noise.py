"""How far publications of OBELiX disagree about one material: no model of formula and cell can be asked for less."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.composition_features import amounts_matrix
from analysis.obelix.reading import Limits
from analysis.scores import bootstrap_mean


@dataclass(frozen=True, slots=True)
class NoiseFloor:
    """MAE in decades that remains for a perfect model, with its 95 % bootstrap interval over compositions."""

    protocol: str
    limits: Limits
    compositions: int
    samples: int
    mae: float
    mae_low: float
    mae_high: float


def measure_noise_floor(
    protocol: str, limits: Limits, formulas: pd.Series, groups: np.ndarray, y: np.ndarray
) -> NoiseFloor | None:
    """Mean absolute difference between values of one composition from different DOI groups, divided by √2 since both
    values err; every composition counts once. None where no composition has two."""
    amounts = amounts_matrix(formulas)
    shares = np.round(amounts / np.maximum(amounts.sum(axis=1, keepdims=True), 1e-9), 4)
    rows = pd.DataFrame({"composition": pd.factorize(pd.Series(map(tuple, shares)))[0], "group": groups, "y": y})
    by_group = rows.groupby(["composition", "group"])["y"].agg(["mean", "size"])
    several = by_group.groupby("composition").filter(lambda values: len(values) > 1)
    if several.empty:
        return None
    differences = several.groupby("composition")["mean"].agg(_mean_difference).to_numpy(float) / np.sqrt(2)
    low, high = bootstrap_mean(differences, np.arange(len(differences)))
    return NoiseFloor(
        protocol, limits, len(differences), int(several["size"].sum()), float(differences.mean()), low, high
    )


def _mean_difference(values: pd.Series) -> float:
    return float(np.mean([abs(first - second) for first, second in combinations(values, 2)]))
