"""Where a model knows its way: how far a sample lies from known ones, by the descriptors that are given of it.

What is not given is no reason to doubt a sample (it widens the interval instead). Both limits are calibrated on the
known samples themselves, each held out with its whole publication: FLAGGED of them lie beyond.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics.pairwise import nan_euclidean_distances
from sklearn.preprocessing import StandardScaler

FLAGGED = 0.05
"""Share of known samples that each limit would flag, were their publications unknown."""


@dataclass(frozen=True)
class Place:
    """Where a sample lies: its distances to the known samples (n, standardised descriptors), how far descriptors lie
    outside of their known ranges (by name, standard deviations), and the limits of both."""

    distances: np.ndarray
    farthest: float
    outside: pd.Series
    farthest_outside: float

    @property
    def is_far(self) -> bool:
        """Whether the nearest known sample is farther than the limit, or none can be compared."""
        nearest = self.distances.min()
        return not (np.isfinite(nearest) and nearest <= self.farthest)

    @property
    def beyond(self) -> list[str]:
        """The descriptors outside of their known range by more than the limit."""
        return [str(name) for name in self.outside.index[self.outside > self.farthest_outside]]


class Domain:
    """The known samples (n × descriptors) with their publications."""

    def __init__(self, known: pd.DataFrame, publications: np.ndarray) -> None:
        self._known = known
        with np.errstate(invalid="ignore"):  # a column without any value
            self._scaler = StandardScaler().fit(known)
        self._scaled = self._scaler.transform(known)
        self._same_paper = publications[:, None] == publications[None, :]
        self._limits: dict[tuple[bool, ...], tuple[float, float]] = {}

    def place(self, sample: pd.Series) -> Place:
        """Where one sample lies, compared by the descriptors that it has."""
        scaled = self._scaler.transform(sample.to_frame().T[self._known.columns].astype(float))[0]
        given = ~np.isnan(scaled)
        key = tuple(given.tolist())
        if key not in self._limits:
            self._limits[key] = self._calibrate(given)
        far, outside = self._limits[key]
        distances = measure_distances(scaled[None, given], self._scaled[:, given])[0]
        beyond = pd.Series(_reach_outside(scaled[None], self._scaled)[0], self._known.columns)
        return Place(distances, far, beyond, outside)

    def _calibrate(self, given: np.ndarray) -> tuple[float, float]:
        """How far known samples are from those of other publications, and outside of their ranges, by some descriptors:
        what all but FLAGGED of them keep within."""
        kept = self._scaled[:, given]
        among = measure_distances(kept, kept)
        among[self._same_paper] = np.inf
        outside = [
            _reach_outside(kept[[row]], kept[~same]).max(initial=0.0) for row, same in enumerate(self._same_paper)
        ]
        return _upper_quantile(among.min(axis=1)), _upper_quantile(np.array(outside))


def measure_distances(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Euclidean distances over common descriptors, scaled up for those that are not; infinite where the common ones are
    less than half of ours."""
    common = (~np.isnan(ours)).astype(int) @ (~np.isnan(theirs)).astype(int).T
    comparable = 2 * common >= (~np.isnan(ours)).sum(axis=1, keepdims=True)
    if not ours.shape[1]:
        return np.full(common.shape, np.inf)
    return np.where(comparable & (common > 0), nan_euclidean_distances(ours, theirs), np.inf)


def _reach_outside(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """How far each value (m × descriptors) lies outside of the range of its column; zero inside, and without values."""
    known = ~np.isnan(theirs)
    low = np.min(theirs, axis=0, where=known, initial=np.inf)
    high = np.max(theirs, axis=0, where=known, initial=-np.inf)
    beyond = np.nan_to_num(np.maximum(low - ours, ours - high), nan=0.0)
    return np.where(known.any(axis=0), np.maximum(beyond, 0.0), 0.0)


def _upper_quantile(values: np.ndarray) -> float:
    """The smallest value that at most FLAGGED of the finite values exceed; infinite without any."""
    ordered = np.sort(values[np.isfinite(values)])
    return float(ordered[int(np.ceil((1 - FLAGGED) * len(ordered))) - 1]) if len(ordered) else float("inf")
