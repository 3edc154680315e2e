"""The model that was chosen for OBELiX (docs/decisions/0006): half kernels on compositions, half boosted trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, RegressorMixin, clone

from analysis.featurizers.composition import CATION_PROFILE, DOPING, PROFILE, round_digits
from analysis.models.kernel import Block, KernelMedian, Scale

WEIGHTING = 0.25
"""Rows weigh n^-0.25 where their group holds n rows: a paper with thirty samples does not outvote the others."""
BOOSTED_SEEDS = (0, 1)
TREES = 250
SCALES: Mapping[str, Scale] = {
    "profile": "as it is",
    "shares": "as it is",
    "cation profile": "as it is",
    "space group": "equal or not",
}
"""How the distance of a block is measured where its values are not standardised."""
STRUCTURE = (
    "li_site_occupancy",
    "li_neighbor_distance_angstrom",
    "li_coordination_number",
    "density_g_per_cm3",
    "cell_volume_angstrom3",
)
WIDE = {"features": 1.0, "profile": 1.0, "shares": 1.0, "cation profile": 0.3, "doping": 0.3, "structure": 0.3}
NARROW = {"features": 1.0, "profile": 1.0, "shares": 1.0}


class KernelsAndTrees(RegressorMixin, BaseEstimator):
    """Mean of kernel regressions (one half) and of two boosted forests on the columns ``features`` (the other half).

    ``floor`` is the lowest value of the target that is told apart, in its unit.
    """

    def __init__(
        self, kernels: Sequence[KernelMedian], features: Sequence[int], floor: float = -np.inf, trees: int = TREES
    ) -> None:
        self.kernels = kernels
        self.features = features
        self.floor = floor
        self.trees = trees

    def fit(self, X: np.ndarray, y: np.ndarray, groups: np.ndarray) -> KernelsAndTrees:
        """Fit all members to rows (n × columns); ``groups`` (n) are the publications, which share their weight."""
        codes = np.unique(groups, return_inverse=True)[1]
        weights = np.bincount(codes)[codes] ** -WEIGHTING
        self.kernels_ = [clone(kernel).fit(X, y, sample_weight=weights) for kernel in self.kernels]
        self.boosted_ = [_build_boosted(seed, self.trees) for seed in BOOSTED_SEEDS]
        for forest in self.boosted_:
            forest.fit(X[:, list(self.features)], np.maximum(y, self.floor))
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Half kernels, half forests."""
        kernels = np.mean([kernel.predict(X) for kernel in self.kernels_], axis=0)
        forests = np.mean([forest.predict(X[:, list(self.features)]) for forest in self.boosted_], axis=0)
        return np.asarray((kernels + forests) / 2)


class KernelsOnDescriptors(RegressorMixin, BaseEstimator):
    """The same on a frame of descriptors, composition statistics and element profiles, which it tells apart by name.

    What stands in place of OBELiX's cells and CIFs are the descriptors of structure.
    """

    def __init__(self, trees: int = TREES) -> None:
        self.trees = trees

    def fit(self, X: pd.DataFrame, y: np.ndarray, groups: np.ndarray) -> KernelsOnDescriptors:
        """Fit to rows; ``groups`` (n) are the publications."""
        places = find_blocks(list(X.columns))
        kernels = [
            KernelMedian(make_blocks(places, WIDE), C=5.0),
            KernelMedian(make_blocks(places, NARROW), C=10.0),
        ]
        self.model_ = KernelsAndTrees(kernels, places["features"], trees=self.trees)
        self.model_.fit(round_digits(X.to_numpy(float)), y, groups)
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """Predictions for rows with the columns of those that it was fitted to."""
        return self.model_.predict(round_digits(X.to_numpy(float)))


def find_blocks(columns: Sequence[str]) -> dict[str, list[int]]:
    """The places of the columns of each block."""
    profiles = (PROFILE, CATION_PROFILE)
    members = {
        "features": [name for name in columns if not name.startswith(profiles)],
        "profile": [name for name in columns if name.startswith(PROFILE)],
        "cation profile": [name for name in columns if name.startswith(CATION_PROFILE)],
        "shares": [name for name in columns if name.startswith("share_")],
        "doping": [name for name in columns if name in DOPING],
        "structure": [name for name in columns if name in STRUCTURE],
    }
    place = {name: number for number, name in enumerate(columns)}
    return {block: [place[name] for name in names] for block, names in members.items()}


def make_blocks(places: Mapping[str, Sequence[int]], weights: Mapping[str, float]) -> list[Block]:
    """Blocks of a kernel with their weights; a block without any column is left out."""
    return [
        Block(tuple(places[name]), SCALES.get(name, "standardised"), weight)
        for name, weight in weights.items()
        if places[name]
    ]


def _build_boosted(seed: int, trees: int) -> BaseEstimator:
    from xgboost import XGBRegressor

    return XGBRegressor(
        n_estimators=trees,
        max_depth=5,
        learning_rate=0.05,
        subsample=0.7,
        colsample_bytree=0.25,
        min_child_weight=2,
        tree_method="hist",
        n_jobs=1,
        random_state=seed,
        verbosity=0,
    )
