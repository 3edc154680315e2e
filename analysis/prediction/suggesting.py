"""What to measure next: candidates ranked by predicted value, interval, distance, and expected improvement.

A Gaussian process on the descriptors and the statistics of the composition says for each candidate what is likely and
how unsure it is. Expected improvement is how much it would rise above the best known value on average
(doi 10.1023/A:1008306431147); exploration goes where the process is least sure. Whether the ranking is worth anything
here is tried on the known samples themselves, beside drawing at random.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from analysis.data.targets import FeatureMatrix
from analysis.evaluation.conformal import LEVELS, half_width, out_of_fold_residuals
from analysis.evaluation.scores import bootstrap_mean
from analysis.evaluation.validation import choose_parameters
from analysis.featurizers.composition import composition_features
from analysis.folds.protocols import BY_PUBLICATION
from analysis.models.extended import EVERY_CANDIDATE, matrix_for
from analysis.prediction.domain import Domain
from sse_db.errors import NothingToLearnFrom

MODEL = "gaussian-process"
BY = ("improvement", "exploration", "value")
"""What candidates are ranked by."""
FIRST = 0.25
"""Share of the known samples that the trial begins with."""
TOP = 0.05
"""Share of the samples that count as the best in the trial."""
LEAST_KNOWN = 5
SEEDS = 20

Fitted = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Function of rows (m × columns) to means and standard deviations (log10)."""


@dataclass(frozen=True)
class Trial:
    """Picks until one of the best known samples was found, by the ranking and at random: means over ``seeds`` starts,
    and their paired difference with its 95 % interval over the starts. All starts share the samples: by
    chance alone the best may lie near what is known, so that the interval is too narrow for other samples."""

    n: int
    best: int
    seeds: int
    picks: float
    at_random: float
    difference: float
    low: float
    high: float

    @property
    def sentence(self) -> str:
        """What the trial says of the ranking."""
        counts = f"{self.picks:.1f} picks on average, at random {self.at_random:.1f}"
        difference = f"difference {self.difference:.1f}, 95 % {self.low:.1f} to {self.high:.1f}"
        interval = f"{difference}, over {self.seeds} starts on these samples"
        if self.high < 0:
            verdict = "on these samples the ranking finds one of the best faster than drawing at random"
        elif self.low > 0:
            verdict = "the ranking is slower than drawing at random: do not go by it"
        else:
            verdict = "the ranking is not told apart from drawing at random: do not rely on it"
        return f"tried on the {self.n} known samples ({self.best} of them the best): {counts} ({interval}); {verdict}"


def fit_process(X: np.ndarray, y: np.ndarray, parameters: dict[str, Any]) -> Fitted:
    """The Gaussian process of the package, fitted to rows."""
    pipeline = EVERY_CANDIDATE[MODEL].build().set_params(**parameters).fit(X, y)

    def predict(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        mean, deviation = pipeline[-1].predict(pipeline[:-1].transform(rows), return_std=True)
        return np.asarray(mean), np.asarray(deviation)

    return predict


def expect_improvement(mean: np.ndarray, deviation: np.ndarray, best: float) -> np.ndarray:
    """How far values rise above the best on average (decades), those below it counting nothing.

    >>> expect_improvement(np.array([-3.0, -4.0]), np.array([0.0, 1.0]), -4.0).round(3).tolist()
    [1.0, 0.399]
    """
    sure = np.maximum(deviation, 1e-12)
    z = (mean - best) / sure
    return np.asarray((mean - best) * norm.cdf(z) + sure * norm.pdf(z))


def rank_candidates(matrix: FeatureMatrix, samples: pd.DataFrame, by: str = "improvement") -> pd.DataFrame:
    """The candidates (sample, formula, descriptors), best first: predicted log10 value, its 80 and 90 % intervals for a
    paper never seen, what the process is unsure by, expected improvement, distance to the nearest known sample."""
    candidate = EVERY_CANDIDATE[MODEL]
    own = matrix_for(candidate, matrix)
    parameters = choose_parameters(own, candidate, BY_PUBLICATION)
    y, groups = matrix.y.to_numpy(float), matrix.groups.to_numpy()
    statistics = composition_features(samples["formula"]).set_axis(samples.index, axis=0)
    further = [name for name in statistics if name not in samples]
    asked = samples.join(statistics[further])[list(own.X.columns)].astype(float)
    mean, deviation = fit_process(own.X.to_numpy(float), y, parameters)(asked.to_numpy())
    residuals = out_of_fold_residuals(candidate, parameters, own, 0)
    table = samples[["sample", "formula"]].assign(predicted=mean)
    for level in LEVELS:
        width = half_width(residuals, groups, level)
        table[f"low_{level:.0%}"], table[f"high_{level:.0%}"] = mean - width, mean + width
    domain = Domain(matrix.X, groups)
    places = [domain.place(row) for _, row in samples[list(matrix.X.columns)].astype(float).iterrows()]
    table = table.assign(
        unsure=deviation,
        expected_improvement=expect_improvement(mean, deviation, float(y.max())),
        distance=[float(place.distances.min()) for place in places],
        far=[place.is_far for place in places],
    )
    column = {"improvement": "expected_improvement", "exploration": "unsure", "value": "predicted"}[by]
    ranked = table.sort_values(column, ascending=False, kind="stable").reset_index(drop=True)
    return ranked.assign(rank=np.arange(1, len(ranked) + 1))


def try_ranking(matrix: FeatureMatrix, by: str = "improvement", *, seeds: int = SEEDS) -> Trial:
    """How fast the ranking finds one of the best known samples, beside drawing at random.

    Each start knows whole publications with a quarter of the samples, none of the best in them; the others are picked
    one by one, and what is picked is known. The parameters of the process are its fixed ones.
    """
    own = matrix_for(EVERY_CANDIDATE[MODEL], matrix)
    return try_picks(own.X.to_numpy(float), own.y.to_numpy(float), own.groups.to_numpy(), by, seeds=seeds)


def try_picks(
    X: np.ndarray, y: np.ndarray, groups: np.ndarray, by: str = "improvement", *, seeds: int = SEEDS
) -> Trial:
    """``try_ranking`` on rows (n × columns), values and publications; raises NothingToLearnFrom where too few samples
    are in publications without one of the best."""
    number = max(1, round(TOP * len(y)))
    best = set(np.argsort(-y, kind="stable")[:number].tolist())
    papers = np.setdiff1d(groups, groups[list(best)])
    wanted = max(LEAST_KNOWN, round(FIRST * len(y)))
    if np.isin(groups, papers).sum() < wanted:
        raise NothingToLearnFrom(
            f"{int(np.isin(groups, papers).sum())} samples are in publications without one of the best; "
            f"{wanted} are wanted to try the ranking",
            "import more papers, or choose another --target",
        )
    picks, at_random = np.empty(seeds), np.empty(seeds)
    for seed in range(seeds):
        order = np.random.default_rng(seed).permutation(papers)
        sizes = np.cumsum([(groups == paper).sum() for paper in order])
        known = np.flatnonzero(np.isin(groups, order[: int(np.searchsorted(sizes, wanted)) + 1])).tolist()
        # what drawing without replacement takes on average until the first of the best
        at_random[seed] = (len(y) - len(known) + 1) / (number + 1)
        picks[seed] = _count_picks(X, y, known, best, by)
    low, high = bootstrap_mean(picks - at_random, np.arange(seeds))
    means = float(picks.mean()), float(at_random.mean()), float((picks - at_random).mean())
    return Trial(len(y), number, seeds, *means, low, high)


def _count_picks(X: np.ndarray, y: np.ndarray, start: list[int], best: set[int], by: str) -> int:
    known = list(start)
    parameters = EVERY_CANDIDATE[MODEL].fixed
    left = [place for place in range(len(y)) if place not in known]
    for pick in range(1, len(left) + 1):
        mean, deviation = fit_process(X[known], y[known], parameters)(X[left])
        merit = {
            "improvement": expect_improvement(mean, deviation, float(y[known].max())),
            "exploration": deviation,
            "value": mean,
        }[by]
        chosen = left.pop(int(np.argmax(merit)))
        if chosen in best:
            return pick
        known.append(chosen)
    return len(y)
