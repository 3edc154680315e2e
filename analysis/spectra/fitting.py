"""One circuit fitted to one spectrum: values, standard errors, correlations, and intervals where the linear error is
not enough."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.spectra.circuits import Circuit, Complexes, Floats, Window, evaluate, limits
from analysis.spectra.least_squares import Minimum, Residuals, minimise
from analysis.spectra.starts import find_starts

Weighting = Literal["modulus", "unit"]
LINEAR_UNTIL = 0.15  # a relative standard error beyond which the interval follows the profile of the likelihood
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Spectrum:
    """Points of one spectrum, highest frequency first."""

    frequency_hz: Floats
    impedance_ohm: Complexes

    def __post_init__(self) -> None:
        order = np.argsort(-np.asarray(self.frequency_hz, dtype=float), kind="stable")
        object.__setattr__(self, "frequency_hz", np.asarray(self.frequency_hz, dtype=float)[order])
        object.__setattr__(self, "impedance_ohm", np.asarray(self.impedance_ohm, dtype=complex)[order])

    def within(self, lowest_hz: float | None = None, highest_hz: float | None = None) -> "Spectrum":
        """The points between two frequencies, bounds included."""
        keep = np.ones(len(self.frequency_hz), dtype=bool)
        if lowest_hz is not None:
            keep &= self.frequency_hz >= lowest_hz
        if highest_hz is not None:
            keep &= self.frequency_hz <= highest_hz
        return Spectrum(self.frequency_hz[keep], self.impedance_ohm[keep])

    @cached_property
    def window(self) -> Window:
        """The frequencies, scaled by the largest modulus."""
        return Window(self.frequency_hz, float(np.max(np.abs(self.impedance_ohm))))


@dataclass(frozen=True)
class Estimate:
    """A value with its standard error and its 95 % interval, in the unit of its name."""

    value: float
    standard_error: float
    low: float
    high: float
    is_profiled: bool = False

    @property
    def relative_error(self) -> float:
        """Standard error over value."""
        return self.standard_error / abs(self.value) if self.value else float("inf")


@dataclass(frozen=True)
class ArcEstimate:
    """One R‖CPE: resistance in ohm, time constant in s, exponent, CPE coefficient in S·s^n, effective capacitance in
    F."""

    resistance_ohm: Estimate
    time_constant_s: Estimate
    exponent: Estimate
    cpe_s: Estimate
    capacitance_f: Estimate

    @property
    def peak_frequency_hz(self) -> float:
        """Where −Z'' of the arc alone is largest."""
        return 1 / (2 * np.pi * self.time_constant_s.value)


@dataclass(frozen=True)
class CircuitFit:
    """What fitting one circuit gave."""

    circuit: Circuit
    spectrum: Spectrum
    weighting: Weighting
    parameters: Floats
    covariance: Floats
    residual_squares: float
    converged: bool
    at_bound: tuple[str, ...]
    weights: Floats
    profiles: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def observations(self) -> int:
        """Real and imaginary parts."""
        return 2 * len(self.spectrum.frequency_hz)

    @property
    def degrees_of_freedom(self) -> int:
        """Observations less parameters."""
        return self.observations - len(self.parameters)

    @property
    def reduced_chi_squared(self) -> float:
        """Sum of squared weighted residuals per degree of freedom; with modulus weighting its root is the relative
        misfit."""
        return self.residual_squares / max(self.degrees_of_freedom, 1)

    @cached_property
    def impedance_ohm(self) -> Complexes:
        """The fitted curve at the measured frequencies."""
        return evaluate(self.circuit, self.parameters, self.spectrum.window)[0][0]

    @cached_property
    def residuals(self) -> Complexes:
        """(measured − fitted) / |measured|, real and imaginary."""
        measured = self.spectrum.impedance_ohm
        return (measured - self.impedance_ohm) / np.abs(measured)

    @cached_property
    def correlation(self) -> Floats:
        """Correlations of the parameters searched for, in the order of `circuit.names`."""
        errors = np.sqrt(np.maximum(np.diag(self.covariance), 1e-300))
        return self.covariance / errors[:, None] / errors[None, :]

    def information_criterion(self, floor: float = 0.0) -> float:
        """Bayesian information criterion; misfit below `floor` (relative) counts as the floor: it is the
        instrument's, not the model's."""
        variance = self.residual_squares / self.observations + floor**2
        return self.observations * float(np.log(variance)) + len(self.parameters) * float(np.log(self.observations))

    @cached_property
    def arcs(self) -> tuple[ArcEstimate, ...]:
        """The arcs from high to low frequency."""
        return tuple(self._arc(i) for i in range(1, self.circuit.arcs + 1))

    @property
    def series_ohm(self) -> Estimate | None:
        """The series resistance, or None where the circuit has none."""
        if not self.circuit.has_series:
            return None
        at, scale = self.circuit.position("series"), self.spectrum.window.scale_ohm
        value, error = self.parameters[at] * scale, float(np.sqrt(self.covariance[at, at])) * scale
        t = self._t
        return Estimate(float(value), error, float(max(value - t * error, 0.0)), float(value + t * error))

    @property
    def tail_exponent(self) -> float | None:
        """The exponent of the electrode."""
        if self.circuit.tail == "none":
            return None
        return 0.5 if self.circuit.tail == "warburg" else float(self.parameters[self.circuit.position("n_tail")])

    @property
    def tail_cpe_s(self) -> Estimate | None:
        """The CPE coefficient of the electrode in S·s^n."""
        if self.circuit.tail == "none":
            return None
        gradient = np.zeros(len(self.parameters))
        gradient[self.circuit.position("ln_tail")] = -1
        reference = self.spectrum.window.tail_reference
        ln_size = self.parameters[self.circuit.position("ln_tail")]
        exponent = self.tail_exponent or 0.5
        if self.circuit.tail == "cpe":
            gradient[self.circuit.position("n_tail")] = -reference
        return self._logarithmic(-float(ln_size) - exponent * reference, gradient)

    @property
    def inductance_h(self) -> Estimate | None:
        """The series inductance in H, or None."""
        if not self.circuit.has_inductance:
            return None
        at = self.circuit.position("ln_L")
        return self._logarithmic(float(self.parameters[at]), np.eye(len(self.parameters))[at])

    @property
    def _t(self) -> float:
        return float(stats.t.ppf(0.5 + CONFIDENCE / 2, max(self.degrees_of_freedom, 1)))

    def _arc(self, number: int) -> ArcEstimate:
        at = self.circuit.position(f"ln_R{number}")
        ln_r, ln_tau, n = (float(v) for v in self.parameters[at : at + 3])
        unit = np.eye(len(self.parameters))
        n_error = float(np.sqrt(float(self.covariance[at + 2, at + 2])))
        low, high = self.profiles.get(f"n{number}", (n - self._t * n_error, n + self._t * n_error))
        ln_q = n * ln_tau - ln_r
        return ArcEstimate(
            self._logarithmic(ln_r, unit[at], f"ln_R{number}"),
            self._logarithmic(ln_tau, unit[at + 1], f"ln_tau{number}"),
            Estimate(n, n_error, max(low, 0.0), min(high, 1.0), f"n{number}" in self.profiles),
            self._logarithmic(ln_q, n * unit[at + 1] + ln_tau * unit[at + 2] - unit[at]),
            self._logarithmic(ln_tau - ln_r, unit[at + 1] - unit[at]),
        )

    def _logarithmic(self, logarithm: float, gradient: Floats, name: str = "") -> Estimate:
        """exp(logarithm), its interval symmetric in the logarithm or from the profile."""
        error = float(np.sqrt(max(float(gradient @ self.covariance @ gradient), 0.0)))
        low, high = self.profiles.get(name, (logarithm - self._t * error, logarithm + self._t * error))
        value = _exp(logarithm)
        return Estimate(value, value * min(error, 1e6), _exp(low), _exp(high), name in self.profiles)

    def resistance_sum(self, arcs: Sequence[int], *, with_series: bool) -> Estimate:
        """Sum of the resistances of some arcs (0 is the fastest), with or without series resistance, in ohm; errors
        are correlated.

        Raises ValueError where nothing is summed.
        """
        gradient = np.zeros(len(self.parameters))
        for number in arcs:
            gradient[3 * number] = np.exp(self.parameters[3 * number])
        total = float(gradient.sum())
        if with_series and self.circuit.has_series:
            at = self.circuit.position("series")
            gradient[at] = self.spectrum.window.scale_ohm
            total += float(gradient[at] * self.parameters[at])
        if total <= 0:
            raise ValueError("no resistance to sum")
        if list(arcs) == [0] and not (with_series and self.circuit.has_series):
            return self.arcs[0].resistance_ohm
        return self._logarithmic(float(np.log(total)), gradient / total)


def _exp(logarithm: float) -> float:
    return float(np.exp(np.clip(logarithm, -600, 600)))


def weigh(spectrum: Spectrum, weighting: Weighting) -> Floats:
    """The weight of each point: one over its modulus, or the same for all."""
    if weighting == "modulus":
        return 1 / np.abs(spectrum.impedance_ohm)
    return np.full(len(spectrum.frequency_hz), 1 / spectrum.window.scale_ohm)


def weighted_residuals(circuit: Circuit, spectrum: Spectrum, weight: Floats) -> Residuals:
    """The function that the search makes small: (fitted − measured) · weight, real parts first, with its
    derivatives."""
    measured, window = spectrum.impedance_ohm, spectrum.window

    def residuals(sets: Floats) -> tuple[Floats, Floats]:
        curve, slopes = evaluate(circuit, sets, window)
        left = (curve - measured) * weight
        turned = slopes * weight[:, None]
        return np.concatenate([left.real, left.imag], axis=1), np.concatenate([turned.real, turned.imag], axis=1)

    return residuals


def fit_circuit(
    spectrum: Spectrum,
    circuit: Circuit,
    *,
    weighting: Weighting = "modulus",
    starts: Floats | None = None,
    wanted_starts: int = 10,
) -> CircuitFit:
    """The best fit of one circuit, from given starting values or from values found in the spectrum.

    Raises ValueError if there are fewer observations than parameters.
    """
    if 2 * len(spectrum.frequency_hz) <= len(circuit.names):
        few, many = len(spectrum.frequency_hz), len(circuit.names)
        raise ValueError(f"{few} points cannot determine the {many} parameters of {circuit.code}")
    low, high = limits(circuit, spectrum.window)
    if starts is None:
        starts = find_starts(circuit, spectrum.window, spectrum.impedance_ohm, wanted_starts)
    weights = weigh(spectrum, weighting)
    residuals = weighted_residuals(circuit, spectrum, weights)
    rough = minimise(residuals, starts, low, high, rounds=25, tolerance=1e-4)
    minima = minimise(
        residuals, np.array([found.parameters for found in rough[:3]]), low, high, rounds=120, tolerance=1e-10
    )
    return describe_minimum(spectrum, circuit, weighting, minima[0], weights)


def polish(fit: CircuitFit) -> CircuitFit:
    """The fit with the weights of the fitted curve: those of the measured one are noisy themselves and shrink every
    resistance."""
    if fit.weighting == "unit":
        return fit
    weights = 1 / np.abs(fit.impedance_ohm)
    low, high = limits(fit.circuit, fit.spectrum.window)
    residuals = weighted_residuals(fit.circuit, fit.spectrum, weights)
    best = minimise(residuals, fit.parameters[None, :], low, high, rounds=60, tolerance=1e-10)[0]
    return describe_minimum(fit.spectrum, fit.circuit, fit.weighting, best, weights)


def describe_minimum(
    spectrum: Spectrum, circuit: Circuit, weighting: Weighting, minimum: Minimum, weights: Floats
) -> CircuitFit:
    """A minimum with its covariance. Parameters at a bound are held and have no error, except an exponent of 1 (a
    capacitor): the others must not look sharper for it."""
    low, high = limits(circuit, spectrum.window)
    vector = _sort_arcs(circuit, minimum.parameters)
    _, slopes = weighted_residuals(circuit, spectrum, weights)(vector[None, :])
    bound = (vector <= low) | (vector >= high)
    held = bound & ~np.array(
        [
            name[0] == "n" and name[1:].isdigit() and value >= 1
            for name, value in zip(circuit.names, vector, strict=True)
        ]
    )
    degrees = max(2 * len(spectrum.frequency_hz) - len(vector), 1)
    covariance = _invert(slopes[0], ~held) * (2 * minimum.cost / degrees)
    names = tuple(name for name, at in zip(circuit.names, bound, strict=True) if at)
    return CircuitFit(
        circuit, spectrum, weighting, vector, covariance, 2 * minimum.cost, minimum.converged, names, weights
    )


def _sort_arcs(circuit: Circuit, vector: Floats) -> Floats:
    """The vector with its arcs in the order of their time constants, the fastest first."""
    arcs = vector[: 3 * circuit.arcs].reshape(circuit.arcs, 3)
    return np.concatenate([arcs[np.argsort(arcs[:, 1], kind="stable")].ravel(), vector[3 * circuit.arcs :]])


def _invert(slopes: Floats, free: NDArray[np.bool_]) -> Floats:
    """Inverse of the normal matrix over the free parameters, scaled so that nearly undetermined ones get huge, not
    random, errors."""
    covariance = np.zeros((len(free), len(free)))
    if not free.any():
        return covariance
    columns = slopes[:, free]
    norms = np.maximum(np.linalg.norm(columns, axis=0), 1e-150)
    _, sizes, turned = np.linalg.svd(columns / norms, full_matrices=False)
    sizes = np.maximum(sizes, 1e-8 * sizes.max())
    inverse = (turned.T / sizes**2) @ turned / norms[:, None] / norms[None, :]
    covariance[np.ix_(free, free)] = inverse
    return covariance


def finish_fit(fit: CircuitFit) -> CircuitFit:
    """The fit polished, with profile intervals where the linear error is not enough: resistances known worse than 15
    %, exponents of those and exponents at a bound."""
    better = polish(fit)
    names = []
    for number in range(1, better.circuit.arcs + 1):
        at = better.circuit.position(f"ln_R{number}")
        if np.sqrt(better.covariance[at, at]) > LINEAR_UNTIL:
            names += [f"ln_R{number}", f"ln_tau{number}", f"n{number}"]
        elif f"n{number}" in better.at_bound:
            names.append(f"n{number}")
    return profile_intervals(better, names) if names else better


def profile_intervals(fit: CircuitFit, names: Sequence[str]) -> CircuitFit:
    """The fit with likelihood-profile intervals for the named parameters."""
    profiles = dict(fit.profiles)
    for name in names:
        profiles[name] = (_profile_end(fit, name, -1), _profile_end(fit, name, +1))
    return replace(fit, profiles=profiles)


def _profile_end(fit: CircuitFit, name: str, side: int) -> float:
    """Where the parameter, everything else searched for anew, makes the sum of squares as bad as 95 % allow; a bound
    if nowhere."""
    at = fit.circuit.position(name)
    low, high = limits(fit.circuit, fit.spectrum.window)
    residuals = weighted_residuals(fit.circuit, fit.spectrum, fit.weights)
    allowed = fit._t**2 * fit.reduced_chi_squared
    free = np.ones(len(low))
    free[at] = 0
    step = max(float(np.sqrt(fit.covariance[at, at])), 1e-3)
    inside, outside, start = float(fit.parameters[at]), None, fit.parameters
    end = float(low[at] if side < 0 else high[at])
    for _ in range(14):
        trial = (inside + outside) / 2 if outside is not None else inside + side * step
        trial = max(trial, end) if side < 0 else min(trial, end)
        vector = start.copy()
        vector[at] = trial
        found = minimise(residuals, vector[None, :], low, high, free=free, rounds=25, tolerance=1e-5)[0]
        if 2 * found.cost - fit.residual_squares <= allowed:
            inside, start = trial, found.parameters
            step *= 1.6
            if trial == end:
                return end
        else:
            outside = trial
        if outside is not None and abs(outside - inside) < 0.03 * abs(inside - float(fit.parameters[at])) + 1e-4:
            break
    return inside
