"""Grid search with pruning: finds the same grid point as scikit-learn's GridSearchCV, in less time.

The only door to it is ``find_best``. Two things save time and change no result. Points of a family share work
(``grid_errors``). And the search is a branch and bound: squared errors are never negative, so a point whose errors on
some folds already sum to more than another's on all folds cannot win, and its other folds are skipped.

The quick search saves more and may choose another point: boosting stops where an inner fold stops improving, and the
points are reduced by successive halving (the better third goes on to further folds).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from sklearn.base import BaseEstimator

from analysis.models.grid_errors import Fold, GridErrors, Point

Measure = Callable[[list[int], int], list[float]]
"""Function of grid places of one family and a fold number: their mean squared errors on that fold."""

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


def group_families(grid_errors: GridErrors, points: Sequence[Point]) -> list[list[int]]:
    """Grid places of the points that share work, family by family."""
    families: dict[tuple[object, ...], list[int]] = {}
    for place, point in enumerate(points):
        families.setdefault(grid_errors.key(point), []).append(place)
    return list(families.values())


def find_best(
    model: BaseEstimator,
    grid_errors: GridErrors,
    points: Sequence[Point],
    folds: Sequence[Fold],
    part: int = 0,
    parts: int = 1,
    *,
    quick: bool = False,
) -> Choice:
    """The best point of a grid, or of each ``parts``-th family of it, by mean squared error averaged over folds."""
    grid_errors = grid_errors.quick_version() if quick else grid_errors
    prepared = [grid_errors.prepare(model, fold) for fold in folds]

    def measure(places: list[int], fold: int) -> list[float]:
        return grid_errors.measure(prepared[fold], [points[place] for place in places])

    search = successive_halving if quick else branch_and_bound
    return search(group_families(grid_errors, points)[part::parts], len(points), len(folds), measure)


def successive_halving(families: list[list[int]], points: int, folds: int, measure: Measure) -> Choice:
    """Successive halving: after each rung only the better third of the points goes on to further folds."""
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


def branch_and_bound(families: list[list[int]], points: int, folds: int, measure: Measure) -> Choice:
    """Branch and bound: the best point as if all had been measured on every fold.

    One family is measured whole and gives the first bound. The others wait in a queue ordered by the sum of their
    errors so far, a lower bound of the final sum; folds on which the first family had the largest errors come first,
    because they raise the bounds fastest.
    """
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
