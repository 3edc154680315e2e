"""What a fit cannot tell: arcs out of the window, overlapping, small, loose; residuals with structure; an electrode that is none.

A value with a doubt of `withholds` is not to be taken for a resistance of one process; the others are to be read.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.spectra.assignment import PELLET_PER_CM, USUAL_ELECTRODE
from analysis.spectra.choice import Choice, residual_correlation
from analysis.spectra.circuits import Circuit
from analysis.spectra.conversion import Geometry
from analysis.spectra.fitting import CircuitFit
from analysis.spectra.validity import KramersKronig

LEAST_SEPARATION = 1.0  # decades between peaks
LEAST_SHARE = 0.05  # of the sum of the arcs
LARGEST_ERROR = 0.3  # relative standard error of a resistance
FLATTEST_SINGLE = 0.75  # flatter, with certainty, is no single process
LEAST_EXPONENT = 0.8  # a lone arc flatter than this may be several
HIDDEN_ARC_CHANCE = 0.05
STRUCTURE = 3.0  # correlation of neighbouring residuals in standard errors of noise
LEAST_STRUCTURED_MISFIT = 0.003
SERIES_SHARE = 0.002
CHANCE = 0.02


@dataclass(frozen=True)
class Doubt:
    """Something a reader of a fit must know; `arc` counts from the fast end, 0 speaks of the whole."""

    code: str
    message: str
    arc: int = 0


def assess_fit(
    fit: CircuitFit, geometry: Geometry | None = None, choice: Choice | None = None, check: KramersKronig | None = None
) -> tuple[Doubt, ...]:
    """All doubts about a fit; with the other circuits that were tried, also whether one of them hides an arc; with the check of the
    same points, also whether the circuit fits worse than a linear system can."""
    return (
        *_of_window(fit),
        *_of_arcs(fit),
        *_of_neighbours(fit),
        *_of_series(fit),
        *_of_electrode(fit, geometry),
        *_of_hidden_arcs(fit, choice),
        *_of_residuals(fit, check),
    )


def _of_window(fit: CircuitFit) -> list[Doubt]:
    found = []
    low, high = fit.spectrum.frequency_hz.min(), fit.spectrum.frequency_hz.max()
    if not fit.arcs:
        return [
            Doubt(
                "no-arc",
                "no arc lies in the window: what is resistive is the intercept, bulk and grain boundary together",
            )
        ]
    for number, arc in enumerate(fit.arcs, 1):
        if arc.peak_frequency_hz > high:
            found.append(
                Doubt(
                    "above-window", f"the peak of arc {number} lies above the highest frequency ({high:.3g} Hz)", number
                )
            )
        elif arc.peak_frequency_hz < low:
            found.append(
                Doubt(
                    "below-window", f"the peak of arc {number} lies below the lowest frequency ({low:.3g} Hz)", number
                )
            )
    return found


def _of_arcs(fit: CircuitFit) -> list[Doubt]:
    found = []
    whole = sum(arc.resistance_ohm.value for arc in fit.arcs)
    for number, arc in enumerate(fit.arcs, 1):
        if arc.resistance_ohm.relative_error > LARGEST_ERROR:
            found.append(
                Doubt(
                    "loose",
                    f"the resistance of arc {number} is known to ±{min(arc.resistance_ohm.relative_error, 9.99):.0%} only",
                    number,
                )
            )
        if arc.resistance_ohm.value < LEAST_SHARE * whole:
            found.append(
                Doubt("small", f"arc {number} is only {arc.resistance_ohm.value / whole:.1%} of the whole", number)
            )
        if arc.exponent.high < FLATTEST_SINGLE or (f"n{number}" in fit.at_bound and arc.exponent.value < FLATTEST_SINGLE):
            found.append(Doubt("flat", f"arc {number} is flat (n = {arc.exponent.value:.2f}): diffusion, or several processes", number))
    return found


def _of_neighbours(fit: CircuitFit) -> list[Doubt]:
    found = []
    for number, (fast, slow) in enumerate(zip(fit.arcs, fit.arcs[1:], strict=False), 1):
        apart = float(np.log10(fast.peak_frequency_hz / slow.peak_frequency_hz))
        if apart < LEAST_SEPARATION:
            found.append(
                Doubt(
                    "overlapping",
                    f"arcs {number} and {number + 1} lie {apart:.1f} decades apart: they share their resistances",
                    number,
                )
            )
    return found


def _of_series(fit: CircuitFit) -> list[Doubt]:
    series = fit.series_ohm
    if series is None or not fit.arcs:
        return []
    share = series.value / (series.value + sum(arc.resistance_ohm.value for arc in fit.arcs))
    if share < SERIES_SHARE or series.low <= 0:
        return []
    return [Doubt("series", f"a series resistance of {share:.1%} of the whole: a process above the window, a skewed arc, or wiring")]


def _of_electrode(fit: CircuitFit, geometry: Geometry | None) -> list[Doubt]:
    """A blocking electrode is far larger than a grain boundary; a tail that is not may be the beginning of an arc."""
    if fit.circuit.tail == "none":
        return []
    tail, exponent = fit.tail_cpe_s, fit.tail_exponent
    assert tail is not None and exponent is not None
    omega = 2 * np.pi * float(fit.spectrum.frequency_hz.min())
    capacitance = tail.value * omega ** (exponent - 1) / np.sin(exponent * np.pi / 2)
    per_cm = capacitance * (geometry.cell_constant_per_cm if geometry else PELLET_PER_CM)
    if per_cm >= USUAL_ELECTRODE:
        return []
    return [
        Doubt(
            "tail",
            f"the tail has {per_cm:.1e} F/cm at the lowest frequency, too little for an electrode: an arc may lie below the window",
        )
    ]


def _of_hidden_arcs(fit: CircuitFit, choice: Choice | None) -> list[Doubt]:
    """One arc where two of the same whole would fit significantly better, or one too flat to be single."""
    if len(fit.arcs) != 1:
        return []
    if fit.arcs[0].exponent.value < LEAST_EXPONENT:
        return [
            Doubt(
                "depressed",
                f"the arc is flat (n = {fit.arcs[0].exponent.value:.2f}): it may be several processes in one",
                1,
            )
        ]
    larger = Circuit(2, fit.circuit.tail, fit.circuit.has_series, fit.circuit.has_inductance)
    rivals = [c.fit for c in choice.candidates if c.fit.circuit == larger] if choice else []
    for rival in rivals:
        assert choice is not None
        gain = fit.observations * float(np.log(choice.best.residual_squares / max(rival.residual_squares, 1e-300)))
        if stats.chi2.sf(gain, 3) < HIDDEN_ARC_CHANCE:
            return [
                Doubt(
                    "hidden",
                    "two overlapping arcs fit somewhat better than one: it may be bulk and grain boundary in one",
                    1,
                )
            ]
    return []


def _of_residuals(fit: CircuitFit, check: KramersKronig | None) -> list[Doubt]:
    relative = float(np.sqrt(np.sum(np.abs(fit.residuals) ** 2) / max(fit.degrees_of_freedom, 1)))
    if relative < LEAST_STRUCTURED_MISFIT:
        return []
    if residual_correlation(fit) > STRUCTURE:
        message = f"the residuals ({relative:.1%}) are no noise: the circuit leaves structure, true uncertainties are larger"
        return [Doubt("structure", message)]
    if check is None or len(check.residuals) != len(fit.residuals):
        return []
    noise = float(np.sqrt(np.sum(np.abs(check.residuals) ** 2) / check.degrees_of_freedom))
    ratio = (relative / max(noise, 1e-12)) ** 2
    if stats.f.sf(ratio, fit.degrees_of_freedom, check.degrees_of_freedom) < CHANCE:
        message = f"the circuit misses the points by {relative:.1%}, a linear system could follow them to {noise:.1%}"
        return [Doubt("misfit", message)]
    return []
