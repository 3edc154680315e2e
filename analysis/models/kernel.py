"""Kernels on materials: distances per block of features, added up, and a median regression on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.svm import SVR

FARTHEST = 4.0
"""Standard deviations at which a standardised value is cut."""

DECIMALS = 9
"""Of distances, kernels and scaled targets: what differs between processors lies behind."""

Scale = Literal["standardised", "as it is", "equal or not"]


@dataclass(frozen=True, slots=True)
class Block:
    """Columns whose distance counts as one: city-block on standardised values, on values as they are (shares,
    profiles), or 0 for equal and 1 for different values (labels). ``weight`` is its part in the sum."""

    columns: tuple[int, ...]
    scale: Scale
    weight: float


class BlockDistance:
    """Weighted mean of the blocks' distances, each divided by its median over the rows it was fitted on."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks

    def fit(self, X: np.ndarray) -> BlockDistance:
        """Learn medians for gaps, means, deviations and the median distance of each block from rows (n × columns)."""
        self.X_ = X
        known = ~np.isnan(X).all(axis=0)
        self.middle_ = np.zeros(X.shape[1])  # also of columns without any value
        self.middle_[known] = np.nanmedian(X[:, known], axis=0)
        filled = self._impute(X)
        deviation = filled.std(axis=0)
        self.mean_, self.deviation_ = filled.mean(axis=0), np.where(deviation > 0, deviation, 1.0)
        self.units_ = [_unit(block, self._between(block, X, X)) for block in self.blocks]
        return self

    def to(self, X: np.ndarray) -> np.ndarray:
        """Distances from rows to the fitted ones (rows × fitted rows), rounded to digits that every processor gives."""
        parts = [
            block.weight / unit * self._between(block, X, self.X_)
            for block, unit in zip(self.blocks, self.units_, strict=True)
        ]
        return np.round(np.sum(parts, axis=0) / sum(block.weight for block in self.blocks), DECIMALS)

    def _impute(self, X: np.ndarray) -> np.ndarray:
        return np.where(np.isnan(X), self.middle_, X)

    def _between(self, block: Block, X: np.ndarray, Y: np.ndarray) -> np.ndarray:
        columns = list(block.columns)
        first, second = self._impute(X)[:, columns], self._impute(Y)[:, columns]
        if block.scale == "equal or not":
            return (first[:, None, 0] != second[None, :, 0]).astype(float)
        if block.scale == "standardised":
            first, second = (
                np.clip((each - self.mean_[columns]) / self.deviation_[columns], -FARTHEST, FARTHEST)
                for each in (first, second)
            )
        return cdist(first, second, "cityblock")


def _unit(block: Block, distances: np.ndarray) -> float:
    if block.scale == "equal or not":
        return 1.0
    return float(np.median(distances)) or 1.0


class KernelMedian(RegressorMixin, BaseEstimator):
    """Support vector regression on exp(−distance), distances added up over blocks: its loss is the absolute error.

    ``floor`` is the lowest value of the target that is told apart, in its unit; ``C`` and ``epsilon`` are in standard
    deviations of the target. Rows may carry weights.
    """

    def __init__(self, blocks: Sequence[Block], C: float = 5.0, epsilon: float = 0.1, floor: float = -np.inf) -> None:
        self.blocks = blocks
        self.C = C
        self.epsilon = epsilon
        self.floor = floor

    def fit(self, X: np.ndarray, y: np.ndarray, sample_weight: np.ndarray | None = None) -> KernelMedian:
        """Fit to rows (n × columns)."""
        X, cut = np.asarray(X, dtype=float), np.maximum(y, self.floor)
        self.distance_ = BlockDistance(self.blocks).fit(X)
        self.middle_, self.deviation_ = float(np.median(cut)), float(cut.std()) or 1.0
        self.machine_ = SVR(kernel="precomputed", C=self.C, epsilon=self.epsilon)
        scaled = np.round((cut - self.middle_) / self.deviation_, DECIMALS)
        self.machine_.fit(self._kernel(X), scaled, sample_weight)
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Predictions for rows (n × columns)."""
        kernel = self._kernel(np.asarray(X, dtype=float))
        return np.asarray(self.machine_.predict(kernel) * self.deviation_ + self.middle_)

    def _kernel(self, X: np.ndarray) -> np.ndarray:
        return np.asarray(np.round(np.exp(-self.distance_.to(X)), DECIMALS))
