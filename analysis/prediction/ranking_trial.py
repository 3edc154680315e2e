"""Whether a ranking of candidates is worth anything: tried on known samples, beside drawing at random.

A process with fixed parameters is told some publications and picks from the others, one by one. By chance alone the
best may lie near what is known, so that a ranking looks good on one set of samples from whatever start: values are
therefore dealt anew to the samples many times, and the ranking is said to find the best faster only where it finds more
of them than all but few of these deals let it (a permutation test, level 5 %).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.data.targets import FeatureMatrix
from analysis.models.extended import EVERY_CANDIDATE, matrix_for
from analysis.prediction.suggesting import MODEL, expect_improvement
from sse_db.errors import NothingToLearnFrom

FIRST = 0.25
"""Share of the known samples that the trial begins with."""
TOP = 0.1
"""Share of the samples that count as the best in the trial."""
WITHIN, MOST = 0.2, 20
"""Share of the others that are picked where the best among them are counted, and no more than so many."""
LEAST_KNOWN = 5
SEEDS = 20
DEALS = 99
"""How often values are dealt anew to samples."""
CHANCE = 0.05
"""How often a ranking that knows nothing may be said to be faster, or slower."""


@dataclass(frozen=True)
class Trial:
    """What a ranking finds of the ``best`` of ``n`` known samples, and drawing at random does: means over ``seeds``
    starts.

    ``picks`` are those until the first of the best is found; ``found`` are the best among the first ``within`` picks.
    ``chance`` is the share of deals of the values, the true one among them, in which the ranking finds as many or more.
    """

    n: int
    best: int
    seeds: int
    picks: float
    picks_at_random: float
    within: float
    found: float
    found_at_random: float
    deals: int
    chance: float

    @property
    def is_faster(self) -> bool:
        """Whether the ranking finds more of the best than drawing at random does, and not by chance."""
        return self.chance <= CHANCE and self.found > self.found_at_random

    @property
    def sentence(self) -> str:
        """What the trial says of the ranking."""
        if self.is_faster:
            verdict = "the ranking finds the best faster than drawing at random"
        elif self.chance > 1 - CHANCE and self.found < self.found_at_random:
            verdict = "the ranking is slower than drawing at random: do not go by it"
        else:
            verdict = "the ranking is not told apart from drawing at random: do not rely on it"
        return (
            f"tried on the {self.n} known samples from {self.seeds} starts: {self.found:.1f} of the {self.best} best "
            f"among the first {self.within:.0f} picks, at random {self.found_at_random:.1f}; {self.picks:.1f} picks "
            f"until the first of them, at random {self.picks_at_random:.1f}; a ranking that knows nothing finds as "
            f"many in {self.chance:.0%} of {self.deals + 1} cases; {verdict}"
        )


def try_ranking(matrix: FeatureMatrix, by: str = "improvement", *, seeds: int = SEEDS, deals: int = DEALS) -> Trial:
    """How many of the best known samples the ranking finds, beside drawing at random.

    Each start knows whole publications with a quarter of the samples, none of the best in them; the others are picked
    one by one, and what is picked is known. The parameters of the process are its fixed ones.
    """
    own = matrix_for(EVERY_CANDIDATE[MODEL], matrix)
    X, y, groups = own.X.to_numpy(float), own.y.to_numpy(float), own.groups.to_numpy()
    return try_picks(X, y, groups, by, seeds=seeds, deals=deals)


def try_picks(
    X: np.ndarray, y: np.ndarray, groups: np.ndarray, by: str = "improvement", *, seeds: int = SEEDS, deals: int = DEALS
) -> Trial:
    """``try_ranking`` on rows (n × columns), values and publications; raises NothingToLearnFrom where too few samples
    are in publications without one of the best."""
    pool, papers, is_best = _Pool(X, by), np.unique(groups, return_inverse=True)[1], _find_best(y)
    starts = _choose_starts(y, papers, seeds)
    orders = [pool.pick(y, start, len(y)) for start in starts]
    found = _count_found(is_best, starts, orders)
    random = np.random.default_rng(0)
    as_good = sum(_deal(pool, y, papers, seeds, random) >= found for _ in range(deals))
    left = np.array([len(y) - len(start) for start in starts])
    within, number = np.array([_within(each) for each in left]), int(is_best.sum())
    return Trial(
        n=len(y),
        best=number,
        seeds=seeds,
        picks=float(np.mean([1 + int(np.argmax(is_best[order])) for order in orders])),
        # what drawing without replacement takes on average until the first of the best
        picks_at_random=float(np.mean((left + 1) / (number + 1))),
        within=float(within.mean()),
        found=found,
        found_at_random=float(np.mean(number * within / left)),
        deals=deals,
        chance=(1 + as_good) / (1 + deals),
    )


def _find_best(y: np.ndarray) -> np.ndarray:
    """Whether each sample is one of the best."""
    found = np.zeros(len(y), dtype=bool)
    found[np.argsort(-y, kind="stable")[: max(1, round(TOP * len(y)))]] = True
    return found


def _within(left: int) -> int:
    """Among how many picks the best are counted."""
    return max(1, min(MOST, round(WITHIN * left)))


def _choose_starts(y: np.ndarray, papers: np.ndarray, seeds: int) -> list[np.ndarray]:
    """What is known at each start (positions): whole publications (numbered) without one of the best."""
    sizes = np.bincount(papers)
    usable = np.setdiff1d(np.arange(len(sizes)), papers[_find_best(y)])
    wanted, there = max(LEAST_KNOWN, round(FIRST * len(y))), int(sizes[usable].sum())
    if there < wanted:
        raise NothingToLearnFrom(
            f"{there} samples are in publications without one of the best; {wanted} are wanted to try the ranking",
            "import more papers, or choose another --target",
        )
    starts = []
    for seed in range(seeds):
        order = np.random.default_rng(seed).permutation(usable)
        number = int(np.searchsorted(np.cumsum(sizes[order]), wanted)) + 1
        starts.append(np.flatnonzero(np.isin(papers, order[:number])))
    return starts


def _count_found(is_best: np.ndarray, starts: list[np.ndarray], orders: list[list[int]]) -> float:
    """The best among the first picks, mean over starts."""
    firsts = [order[: _within(len(is_best) - len(start))] for start, order in zip(starts, orders, strict=True)]
    return float(np.mean([is_best[first].sum() for first in firsts]))


def _deal(pool: _Pool, y: np.ndarray, papers: np.ndarray, seeds: int, random: np.random.Generator) -> float:
    """What is found where values say nothing of samples: those of a paper stay together as far as sizes allow, so that
    they resemble each other as much as before."""
    while True:
        dealt = np.empty(len(y))
        dealt[_shuffle_papers(papers, random)] = y[_shuffle_papers(papers, random)]
        try:
            starts = _choose_starts(dealt, papers, seeds)
        except NothingToLearnFrom:  # too many papers got one of the best: no trial would have been made
            continue
        orders = [pool.pick(dealt, start, _within(len(y) - len(start))) for start in starts]
        return _count_found(_find_best(dealt), starts, orders)


def _shuffle_papers(papers: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Positions of all rows, paper by paper in random order, in random order within each."""
    return np.lexsort((random.random(len(papers)), random.permutation(papers.max() + 1)[papers]))


class _Pool:
    """The Gaussian process of the package on a pool of samples, all of whose descriptors are known beforehand: gaps and
    scales are those of the pool, and covariances are computed once."""

    def __init__(self, X: np.ndarray, by: str) -> None:
        candidate = EVERY_CANDIDATE[MODEL]
        pipeline: Any = candidate.build().set_params(**candidate.fixed)
        self._covariance = pipeline[-1].kernel(pipeline[:-1].fit_transform(X))
        self._noise, self._by = float(pipeline[-1].alpha), by

    def pick(self, y: np.ndarray, start: np.ndarray, most: int) -> list[int]:
        """The samples (positions) that are not known at the start, in the order in which they are picked, no more than
        so many."""
        left = np.setdiff1d(np.arange(len(y)), start)
        known, values, waiting = list(y[start]), y[left], np.ones(len(left), dtype=bool)
        means, covariance = self._condition(y, start, left)
        order: list[int] = []
        while len(order) < min(most, len(left)):
            mean, deviation = _unscale(known, means, covariance.diagonal())
            place = int(np.argmax(np.where(waiting, self._judge(mean, deviation, max(known)), -np.inf)))
            order.append(int(left[place]))
            known.append(values[place])
            waiting[place] = False
            gain = covariance[:, place] / (covariance[place, place] + self._noise)
            means += np.outer(gain, np.array([values[place], 1.0]) - means[place])
            covariance -= np.outer(gain, covariance[place])
        return order

    def _condition(self, y: np.ndarray, start: np.ndarray, left: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What is known of the others at the start: the means of values and of ones, and the covariance."""
        across = self._covariance[np.ix_(left, start)]
        inner = self._covariance[np.ix_(start, start)] + self._noise * np.eye(len(start))
        solved = np.linalg.solve(inner, np.column_stack([y[start], np.ones(len(start)), across.T]))
        return across @ solved[:, :2], self._covariance[np.ix_(left, left)] - across @ solved[:, 2:]

    def _judge(self, mean: np.ndarray, deviation: np.ndarray, best: float) -> np.ndarray:
        if self._by == "improvement":
            return expect_improvement(mean, deviation, best)
        return deviation if self._by == "exploration" else mean


def _unscale(known: list[float], means: np.ndarray, variances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and deviation as the process gives them, which centres and scales what it knows: the centre moves with every
    pick, and the mean of ones says how much of it counts."""
    centre, scale = np.mean(known), np.std(known) or 1.0
    return means[:, 0] + centre * (1 - means[:, 1]), scale * np.sqrt(np.maximum(variances, 0))


def tell_trial(matrix: FeatureMatrix, by: str) -> tuple[Trial | None, str]:
    """The trial of a ranking and one sentence on it; None, and why, where the known samples are too few for one."""
    try:
        trial = try_ranking(matrix, by)
    except NothingToLearnFrom as error:
        return None, f"the ranking was not tried on known samples: {error}"
    return trial, trial.sentence
