"""All temperatures of a series in one fit, the capacitances of each arc tied: ln C is a straight line over the
temperature.

Resistances change by orders of magnitude over temperature, capacitances by percents: tying them tells overlapping
arcs apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.spectra.circuits import Floats, evaluate, limits
from analysis.spectra.fitting import weigh
from analysis.spectra.least_squares import minimise
from analysis.spectra.series import Series, SeriesMember


@dataclass(frozen=True)
class _Place:
    """Where a member stands in the vector of the whole: first all ln C, then all slopes per 100 K, then each member's
    own."""

    member: SeriesMember
    columns: tuple[int, ...]
    offset: int
    distance: float
    shared: int

    def expand(self, whole: Floats) -> tuple[Floats, Floats]:
        """The member's own vector out of the whole one, and the matrix of its derivatives."""
        size = len(self.member.fit.parameters)
        vector, matrix = np.zeros(size), np.zeros((size, len(whole)))
        for k, at in enumerate(self.columns):
            vector[at], matrix[at, self.offset + k] = whole[self.offset + k], 1
        for i, number in enumerate(self.member.arc_numbers):
            k = self.offset + self.columns.index(3 * i)  # ln R
            vector[3 * i + 1] = whole[number - 1] + self.distance * whole[self.shared + number - 1] + whole[k]
            matrix[3 * i + 1, [number - 1, k, self.shared + number - 1]] = (1, 1, self.distance)
        return vector, matrix

    def residuals(self, whole: Floats) -> tuple[Floats, Floats]:
        """Weighted residuals of the member, real parts first, and their derivatives."""
        vector, matrix = self.expand(whole)
        fit = self.member.fit
        weight = weigh(fit.spectrum, fit.weighting)
        curve, slopes = evaluate(fit.circuit, vector[None, :], fit.spectrum.window)
        left = (curve[0] - fit.spectrum.impedance_ohm) * weight
        turned = (slopes[0] * weight[:, None]) @ matrix
        return np.concatenate([left.real, left.imag]), np.concatenate([turned.real, turned.imag])


def tie_capacitances_of(series: Series) -> Series:
    """The series fitted anew as a whole, from where its members stand."""
    places = _places(series)
    start, low, high = _start(series, places)

    def residuals(sets: Floats) -> tuple[Floats, Floats]:
        parts = [[place.residuals(whole) for place in places] for whole in sets]
        values = np.array([np.concatenate([part[0] for part in each]) for each in parts])
        return values, np.array([np.concatenate([part[1] for part in each]) for each in parts])

    best = minimise(residuals, start[None, :], low, high, rounds=200, tolerance=1e-9)[0].parameters
    values, slopes = (each[0] for each in residuals(best[None, :]))
    variance = float(values @ values) / max(values.size - len(start), 1)
    norms = np.maximum(np.linalg.norm(slopes, axis=0), 1e-150)
    covariance = (
        np.linalg.pinv((slopes / norms).T @ (slopes / norms), rcond=1e-14, hermitian=True)
        / norms[:, None]
        / norms
        * variance
    )
    return replace(series, members=tuple(_untie(place, best, covariance) for place in places), is_tied=True)


def _places(series: Series) -> list[_Place]:
    shared = series.arc_count
    middle = float(np.mean([member.temperature_c for member in series.members]))
    offset, places = 2 * shared, []
    for member in series.members:
        taken = {3 * i + 1 for i in range(len(member.arc_numbers))}
        columns = tuple(at for at in range(len(member.fit.parameters)) if at not in taken)
        places.append(_Place(member, columns, offset, (member.temperature_c - middle) / 100, shared))
        offset += len(columns)
    return places


def _start(series: Series, places: Sequence[_Place]) -> tuple[Floats, Floats, Floats]:
    shared = series.arc_count
    logarithms: list[list[float]] = [[] for _ in range(shared)]
    own, lows, highs = [], [np.full(2 * shared, -np.inf)], [np.full(2 * shared, np.inf)]
    for place in places:
        fit = place.member.fit
        for i, number in enumerate(place.member.arc_numbers):
            logarithms[number - 1].append(float(fit.parameters[3 * i + 1] - fit.parameters[3 * i]))
        own.append(fit.parameters[list(place.columns)])
        low, high = limits(fit.circuit, fit.spectrum.window)
        lows.append(low[list(place.columns)])
        highs.append(high[list(place.columns)])
    start = np.concatenate([[float(np.median(each)) for each in logarithms], np.zeros(shared), *own])
    return start, np.concatenate(lows), np.concatenate(highs)


def _untie(place: _Place, whole: Floats, covariance: Floats) -> SeriesMember:
    vector, matrix = place.expand(whole)
    values, _ = place.residuals(whole)
    own = matrix @ covariance @ matrix.T
    fit = replace(
        place.member.fit,
        parameters=vector,
        covariance=own,
        residual_squares=float(values @ values),
        profiles={},
        at_bound=(),
    )
    return replace(place.member, fit=fit)
