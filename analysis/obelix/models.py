"""The model that was chosen for OBELiX (docs/decisions/0006), and what it stands beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.ensemble import RandomForestRegressor

from analysis.models.candidates import BASELINES
from analysis.models.kernel import KernelMedian
from analysis.models.kernels_and_trees import NARROW, KernelsAndTrees, make_blocks
from analysis.obelix.materials import Materials

FLOOR = -11.5
"""log10 σ (S/cm) below which values are not told apart while fitting: what stands below is extrapolated from high
temperature or a limit, and would pull its neighbours along."""
WIDE = {
    "features": 1.0,
    "profile": 1.0,
    "shares": 1.0,
    "space group": 0.3,
    "cation profile": 0.3,
    "doping": 0.3,
    "cell": 0.3,
    "cif": 0.3,
}


class Learner(Protocol):
    """What the benchmark fits; groups are those of the training rows."""

    def fit(self, X: np.ndarray, y: np.ndarray, groups: np.ndarray) -> Learner:
        """Fit to rows (n × columns of Materials)."""

    def predict(self, X: np.ndarray) -> np.ndarray:
        """log10 σ (S/cm) of rows."""


def build_chosen(materials: Materials) -> KernelsAndTrees:
    """Mean of two kernel regressions on compositions (one half) and two boosted forests (the other half)."""
    kernels = [
        KernelMedian(make_blocks(materials.blocks, WIDE), C=5.0, floor=FLOOR),
        KernelMedian(make_blocks(materials.blocks, NARROW), C=10.0, floor=FLOOR),
    ]
    return KernelsAndTrees(kernels, materials.blocks["features"], FLOOR)


class OnColumns:
    """A scikit-learn regressor that sees some of the columns, and no groups."""

    def __init__(self, model: BaseEstimator, columns: list[int]) -> None:
        self.model = model
        self.columns = columns

    def fit(self, X: np.ndarray, y: np.ndarray, groups: np.ndarray) -> OnColumns:
        """Fit to the columns."""
        self.model.fit(X[:, self.columns], y)
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Predict from the columns."""
        return np.asarray(self.model.predict(X[:, self.columns]))


def build_publisher_forest() -> RandomForestRegressor:
    """The publisher's random forest: 50 trees of at most 36 levels, √p columns per split."""
    return RandomForestRegressor(n_estimators=50, max_depth=36, max_features="sqrt", n_jobs=1, random_state=0)


LEARNERS: dict[str, tuple[str, Callable[[Materials], Learner]]] = {
    "chosen": ("Kernels and boosted trees (chosen)", build_chosen),
    "publisher-forest": (
        "Random forest (publisher's)",
        lambda materials: OnColumns(build_publisher_forest(), materials.blocks["publisher"]),
    ),
    "nearest-neighbour": (
        "1-NN",
        lambda materials: OnColumns(BASELINES["nearest-neighbour"][1](), materials.blocks["features"]),
    ),
    "median": ("Median", lambda materials: OnColumns(BASELINES["median"][1](), materials.blocks["features"])),
}
"""Name to label and builder."""
