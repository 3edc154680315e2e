"""Trends through the points of Figure 8: a straight line, and one that saturates; the p value counts publications."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

INNER = (0.1, 0.9)
"""Quantiles of the abscissa between which a trend may bend: outside, a bend would follow single points. At the
largest abscissa there is no bend: the straight line."""


@dataclass(frozen=True)
class Trend:
    """Straight line ``intercept + slope · x`` with its p value over publications, NaN for fewer than three, and the
    line that rises to ``bend`` and is level beyond, with the shares of variance that both explain."""

    slope: float
    intercept: float
    p: float
    r2: float
    bend: float
    rise: float
    start: float
    r2_bent: float

    def straight(self, x: np.ndarray) -> np.ndarray:
        """The straight line."""
        return self.intercept + self.slope * x

    def bent(self, x: np.ndarray) -> np.ndarray:
        """The line that saturates."""
        return self.start + self.rise * np.minimum(x, self.bend)


def fit_trend(x: np.ndarray, y: np.ndarray, publications: np.ndarray) -> Trend:
    """Both trends by least squares.

    Samples of a publication lie together, so that p by sample is far too small: residuals of a publication are summed
    before they are squared (cluster-robust variance with the factor G/(G−1), t with G−1 degrees of freedom).

    >>> x = np.arange(12.0)
    >>> trend = fit_trend(x, np.minimum(x, 6.0), np.arange(12))
    >>> trend.bend, round(trend.r2_bent, 3), trend.r2 < 0.95
    (6.0, 1.0, True)
    """
    slope, intercept, residuals = _fit(x, y)
    total = float(((y - y.mean()) ** 2).sum())
    lowest, highest = np.quantile(x, INNER)
    bends = [each for each in np.unique(x) if lowest <= each <= highest and each > x.min()] + [float(x.max())]
    bent = [_fit(np.minimum(x, each), y) for each in bends]
    best = int(np.argmin([float((each[2] ** 2).sum()) for each in bent]))
    rise, start, left = bent[best]
    return Trend(
        slope,
        intercept,
        _judge_slope(x, residuals, slope, publications),
        1 - float((residuals**2).sum()) / total if total else 0.0,
        float(bends[best]),
        rise,
        start,
        1 - float((left**2).sum()) / total if total else 0.0,
    )


def _fit(x: np.ndarray, y: np.ndarray) -> tuple[float, float, np.ndarray]:
    """Slope, intercept and residuals."""
    centred = x - x.mean()
    slope = float((centred * y).sum() / (centred**2).sum())
    intercept = float(y.mean() - slope * x.mean())
    return slope, intercept, y - intercept - slope * x


def _judge_slope(x: np.ndarray, residuals: np.ndarray, slope: float, publications: np.ndarray) -> float:
    codes, names = pd.factorize(publications)
    if len(names) < 3:
        return float("nan")
    centred = x - x.mean()
    sums = np.bincount(codes, centred * residuals)
    error = np.sqrt(len(names) / (len(names) - 1) * (sums**2).sum()) / (centred**2).sum()
    return float(2 * stats.t.sf(abs(slope) / error, len(names) - 1)) if error else 0.0
