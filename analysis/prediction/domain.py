"""Where a model knows its way: how far a sample lies from known ones, by the descriptors that are given of it.

What is not given is no reason to doubt a sample (it widens the interval instead). Both limits are calibrated on the
known samples themselves, each held out with its whole publication, as intervals are: of a publication that nobody knows
a share of FLAGGED of the samples is expected beyond.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics.pairwise import nan_euclidean_distances
from sklearn.preprocessing import StandardScaler

from analysis.evaluation.conformal import half_width
from analysis.prediction.training import UNKNOWN_GROUPS, find_unknown_groups

FLAGGED = 0.05
"""Share of the samples of a new publication that each limit is expected to flag; with fewer than 19 publications it is
one in as many and one more, since no limit beyond the largest known distance can be told."""


@dataclass(frozen=True)
class Place:
    """Where a sample lies: its distances to the known samples (n, standardised descriptors), how far descriptors lie
    outside of their known ranges (by name, standard deviations), the limits of both, and the share of samples of new
    publications that each limit is expected to flag."""

    distances: np.ndarray
    farthest: float
    outside: pd.Series
    farthest_outside: float
    flagged: float

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
        known = known.dropna(axis="columns", how="all")
        self._known = known
        self._columns = known.columns
        self._scaler = StandardScaler().fit(known)
        self._scaled = self._scaler.transform(known)
        self._publications = publications
        self._same_paper = publications[:, None] == publications[None, :]
        self.flagged = max(FLAGGED, 1 / (len(set(publications)) + 1))
        self._limits: dict[tuple[bool, ...], tuple[float, float]] = {}

    def place(self, sample: pd.Series) -> Place:
        """Where one sample lies, compared by the descriptors that it has."""
        scaled = self._scaler.transform(sample.to_frame().T[self._columns].astype(float))[0]
        compared = self._choose_columns(scaled)
        key = tuple(compared.tolist())
        if key not in self._limits:
            self._limits[key] = self._calibrate(compared)
        far, outside = self._limits[key]
        distances = measure_distances(scaled[None, compared], self._scaled[:, compared])[0]
        beyond = pd.Series(_reach_outside(scaled[None], self._scaled)[0], self._columns)
        return Place(distances, far, beyond, outside, self.flagged)

    def _choose_columns(self, scaled: np.ndarray) -> np.ndarray:
        """The descriptors by which known samples are placed, for limits that hold for this one: those that it has, and
        the others of groups that are as well known of it as of most. Known samples have gaps there as it has, and would
        seem to lie nearer if they were placed by what it happens to have alone."""
        missing = np.isnan(scaled)
        unknown = find_unknown_groups(missing[None], self._known)[0]
        unusual = {name for group, names in UNKNOWN_GROUPS.items() if group in unknown for name in names}
        return ~missing | ~self._columns.isin(unusual)

    def _calibrate(self, compared: np.ndarray) -> tuple[float, float]:
        """How far known samples are from those of other publications, and outside of their ranges, by some descriptors:
        what all but the flagged share of a new publication is expected to keep within."""
        kept = self._scaled[:, compared]
        among = measure_distances(kept, kept)
        among[self._same_paper] = np.inf
        outside = [
            _reach_outside(kept[[row]], kept[~same]).max(initial=0.0) for row, same in enumerate(self._same_paper)
        ]
        level, scores = 1 - self.flagged, (among.min(axis=1), np.array(outside))
        far, beyond = (half_width(each, self._publications, level) for each in scores)
        return far, beyond


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
