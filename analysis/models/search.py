"""The choice of a grid search without its work: the same grid point as scikit-learn's GridSearchCV, found sooner.

Two things save time and change nothing. Points share work (``sweeps``). And a squared error is never negative:
a point whose errors on some folds already sum up to more than another's on all folds cannot win, so its other folds are
left out. Points with the smallest sum go first, folds with the largest errors go first.

The quick search saves more and may choose another point: boosting stops where an inner fold stops improving, and points
are halved successively, the better third of them going on to further folds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from sklearn.base import BaseEstimator

from analysis.models.sweeps import Fold, Point, Sweep

Measure = Callable[[list[int], int], list[float]]
"""The errors of places of one family on a fold."""

RUNGS = (2, 4)
"""Numbers of folds after which the quick search drops points."""
KEPT = 1 / 3
"""Share of the points that each rung leaves in the quick search."""
SLACK = 1 + 1e-9
"""Sums are compared with room for rounding, so that equal points are never set apart by it."""


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """Mean squared error over the inner folds and place in the grid; the smaller of two is the better choice, and of
    equal ones the first, as in GridSearchCV."""

    error: float
    place: int


def group_families(sweep: Sweep, points: Sequence[Point]) -> list[list[int]]:
    """Places in the grid of the points that share work, family by family."""
    families: dict[tuple[object, ...], list[int]] = {}
    for place, point in enumerate(points):
        families.setdefault(sweep.key(point), []).append(place)
    return list(families.values())


def find_best(
    model: BaseEstimator,
    sweep: Sweep,
    points: Sequence[Point],
    folds: Sequence[Fold],
    part: int = 0,
    parts: int = 1,
    *,
    quick: bool = False,
) -> Choice:
    """The best point of a grid, or of each ``parts``-th family of it, by mean squared error averaged over folds."""
    sweep = sweep.hasten() if quick else sweep
    prepared = [sweep.prepare(model, fold) for fold in folds]

    def measure(places: list[int], fold: int) -> list[float]:
        return sweep.measure(prepared[fold], [points[place] for place in places])

    search = _halve if quick else _race
    return search(group_families(sweep, points)[part::parts], len(points), len(folds), measure)


def _halve(families: list[list[int]], points: int, folds: int, measure: Measure) -> Choice:
    """The best of the places that are left after each rung."""
    errors = np.zeros((points, folds))
    start = 0
    for end in (*(rung for rung in RUNGS if rung < folds), folds):
        for fold in range(start, end):
            for places in families:
                errors[places, fold] = measure(places, fold)
        left = np.array([place for places in families for place in places])
        means = errors[left, :end].mean(axis=1)
        if end == folds:
            break
        kept = set(left[np.argsort(means, kind="stable")[: max(1, round(len(left) * KEPT))]].tolist())
        families = [some for places in families if (some := [place for place in places if place in kept])]
        start = end
    return min(Choice(float(mean), int(place)) for mean, place in zip(means, left, strict=True))


def _race(families: list[list[int]], points: int, folds: int, measure: Measure) -> Choice:
    """The best place, as if every place had been measured on every fold."""
    errors = np.zeros((points, folds))
    pilot, *others = families
    for fold in range(folds):
        errors[pilot, fold] = measure(pilot, fold)
    best = min(Choice(float(np.average(errors[place])), place) for place in pilot)
    hardest_first = np.argsort(-errors[pilot].min(axis=0), kind="stable")
    # entries: least possible sum of errors, first place (settles ties), places still in the race, folds measured
    queue = [(0.0, places[0], places, 0) for places in others]
    heapify(queue)
    while queue:
        least, first, places, done = heappop(queue)
        limit = best.error * folds * SLACK
        if least > limit:
            break
        places = [place for place in places if errors[place].sum() <= limit]
        fold = int(hardest_first[done])
        errors[places, fold] = measure(places, fold)
        if done + 1 == folds:
            best = min(best, *(Choice(float(np.average(errors[place])), place) for place in places))
        else:
            heappush(queue, (float(errors[places].sum(axis=1).min()), first, places, done + 1))
    return best
