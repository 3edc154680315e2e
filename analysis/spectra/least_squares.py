"""Levenberg–Marquardt for many starting points at once, between bounds.

scipy's least_squares takes one start at a time and 10–60 ms for each; a spectrum needs some sixty starts over a dozen
circuits. Here all starts of one circuit advance together in NumPy, with the analytic derivatives of the circuit.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.spectra.circuits import Floats

Residuals = Callable[[Floats], tuple[Floats, Floats]]
LARGEST_STEP = 2.5


@dataclass(frozen=True)
class Minimum:
    """Where one start ended: parameters, half the sum of squares, and whether it still moved."""

    parameters: Floats
    cost: float
    converged: bool


def minimise(
    residuals: Residuals,
    starts: Floats,
    low: Floats,
    high: Floats,
    *,
    free: Floats | None = None,
    rounds: int = 80,
    tolerance: float = 1e-7,
) -> list[Minimum]:
    """The minima that the starts lead to, best first.

    `residuals` takes sets × parameters and gives sets × residuals and sets × residuals × parameters; parameters whose
    `free` is 0 stay.
    """
    sets = np.clip(np.atleast_2d(np.asarray(starts, dtype=float)), low, high)
    movable = np.ones(sets.shape[1]) if free is None else np.asarray(free, dtype=float)
    damping = np.full(len(sets), 1e-2)
    active = np.ones(len(sets), dtype=bool)
    values, slopes = residuals(sets)
    costs = 0.5 * np.einsum("si,si->s", values, values)
    gradient, normal = _normal_equations(values, slopes)
    for _ in range(rounds):
        index = np.flatnonzero(active)
        if not len(index):
            break
        steps = _steps(sets[index], gradient[index], normal[index], damping[index], low, high, movable)
        trial = np.clip(sets[index] + steps, low, high)
        values, slopes = residuals(trial)
        trial_costs = 0.5 * np.einsum("si,si->s", values, values)
        better = trial_costs < costs[index]
        gain = (costs[index] - trial_costs) / np.maximum(costs[index], 1e-300)
        moved = np.max(np.abs(trial - sets[index]), axis=1)
        taken = index[better]
        sets[taken], costs[taken] = trial[better], trial_costs[better]
        if len(taken):
            gradient[taken], normal[taken] = _normal_equations(values[better], slopes[better])
        damping[index] = np.where(better, np.maximum(damping[index] / 5, 1e-12), damping[index] * 6)
        finished = (better & (gain < tolerance)) | (damping[index] > 1e10) | (moved < 1e-12)
        active[index[finished]] = False
    order = np.argsort(costs, kind="stable")
    return [Minimum(sets[k], float(costs[k]), not bool(active[k])) for k in order]


def _normal_equations(values: Floats, slopes: Floats) -> tuple[Floats, Floats]:
    turned = np.swapaxes(slopes, 1, 2)
    return np.matmul(turned, values[:, :, None])[:, :, 0], np.matmul(turned, slopes)


def _steps(
    sets: Floats, gradient: Floats, normal: Floats, damping: Floats, low: Floats, high: Floats, movable: Floats
) -> Floats:
    """Damped Gauss–Newton steps; a parameter that presses against its bound, or is held, does not take part."""
    pressed = ((sets <= low) & (gradient > 0)) | ((sets >= high) & (gradient < 0))
    taking = np.where(pressed, 0.0, 1.0) * movable
    matrix = normal * taking[:, :, None] * taking[:, None, :]
    diagonal = np.einsum("sii->si", matrix)
    largest = np.maximum(diagonal.max(axis=1, keepdims=True), 1e-300)
    extra = damping[:, None] * np.maximum(diagonal, 1e-10 * largest) + np.where(taking > 0, 0.0, 1.0)
    matrix = matrix + extra[:, :, None] * np.eye(sets.shape[1])
    steps = np.linalg.solve(matrix, -(gradient * taking)[:, :, None])[:, :, 0]
    longest = np.maximum(np.max(np.abs(steps), axis=1, keepdims=True), 1e-300)
    return steps * np.minimum(1.0, LARGEST_STEP / longest)
