"""What a fit cannot tell: arcs out of the window, overlapping, small, loose; residuals with structure; an electrode
that is none.

A value with a doubt of `withholds` is not to be taken for a resistance of one process; the others are to be read.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import stats

from analysis.spectra.assignment import PELLET_PER_CM, USUAL_ELECTRODE
from analysis.spectra.choice import Choice, residual_correlation
from analysis.spectra.circuits import Circuit, Tail
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


MESSAGES = {
    "no-arc": "no arc lies in the window: what is resistive is the intercept, bulk and grain boundary together",
    "above-window": "the peak of arc {arc} lies above the highest frequency ({end:.3g} Hz)",
    "below-window": "the peak of arc {arc} lies below the lowest frequency ({end:.3g} Hz)",
    "loose": "the resistance of arc {arc} is known to ±{error:.0%} only",
    "small": "arc {arc} is only {share:.1%} of the whole",
    "flat": "arc {arc} is flat (n = {exponent:.2f}): diffusion, or several processes",
    "overlapping": "arcs {arc} and {following} lie {apart:.1f} decades apart: they share their resistances",
    "series": "a series resistance of {share:.1%} of the whole: a process above the window, a skewed arc, or wiring",
    "tail": "the tail has {per_cm:.1e} F/cm at the lowest frequency, too little for an electrode: an arc may lie below "
    "the window",
    "depressed": "the arc is flat (n = {exponent:.2f}): it may be several processes in one",
    "hidden": "two overlapping arcs fit somewhat better than one: it may be bulk and grain boundary in one",
    "structure": "the residuals ({misfit:.1%}) are no noise: the circuit leaves structure, true uncertainties are "
    "larger",
    "misfit": "the circuit misses the points by {misfit:.1%}, a linear system could follow them to {noise:.1%}",
    "kramers-kronig": "{failing} of {points} points fail the Kramers–Kronig check",
    "left": "{sentence}",
}
"""Code of a doubt to its words."""


@dataclass(frozen=True)
class Doubt:
    """Something a reader of a fit must know; `arc` counts from the fast end, 0 speaks of the whole."""

    code: str
    message: str
    arc: int = 0


def make_doubt(code: str, arc: int = 0, **facts: Any) -> Doubt:
    """A doubt in the words of its code."""
    return Doubt(code, MESSAGES[code].format(arc=arc, **facts), arc)


def assess_fit(
    fit: CircuitFit, geometry: Geometry | None = None, choice: Choice | None = None, check: KramersKronig | None = None
) -> tuple[Doubt, ...]:
    """All doubts about a fit; with the other circuits that were tried, also whether one of them hides an arc; with
    the check of the same points, also whether the circuit fits worse than a linear system can."""
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
    if not fit.arcs:
        return [make_doubt("no-arc")]
    low, high = fit.spectrum.frequency_hz.min(), fit.spectrum.frequency_hz.max()
    above = [
        make_doubt("above-window", k, end=high) for k, arc in enumerate(fit.arcs, 1) if arc.peak_frequency_hz > high
    ]
    return above + [
        make_doubt("below-window", k, end=low) for k, arc in enumerate(fit.arcs, 1) if arc.peak_frequency_hz < low
    ]


def _of_arcs(fit: CircuitFit) -> list[Doubt]:
    found = []
    whole = sum(arc.resistance_ohm.value for arc in fit.arcs)
    for number, arc in enumerate(fit.arcs, 1):
        error, share = arc.resistance_ohm.relative_error, arc.resistance_ohm.value / whole
        if error > LARGEST_ERROR:
            found.append(make_doubt("loose", number, error=min(error, 9.99)))
        if share < LEAST_SHARE:
            found.append(make_doubt("small", number, share=share))
        at_bound = f"n{number}" in fit.at_bound and arc.exponent.value < FLATTEST_SINGLE
        if arc.exponent.high < FLATTEST_SINGLE or at_bound:
            found.append(make_doubt("flat", number, exponent=arc.exponent.value))
    return found


def _of_neighbours(fit: CircuitFit) -> list[Doubt]:
    found = []
    for number, (fast, slow) in enumerate(pairwise(fit.arcs), 1):
        apart = float(np.log10(fast.peak_frequency_hz / slow.peak_frequency_hz))
        if apart < LEAST_SEPARATION:
            found.append(make_doubt("overlapping", number, following=number + 1, apart=apart))
    return found


def _of_series(fit: CircuitFit) -> list[Doubt]:
    series = fit.series_ohm
    if series is None or not fit.arcs:
        return []
    share = series.value / (series.value + sum(arc.resistance_ohm.value for arc in fit.arcs))
    return [] if share < SERIES_SHARE or series.low <= 0 else [make_doubt("series", share=share)]


def _of_electrode(fit: CircuitFit, geometry: Geometry | None) -> list[Doubt]:
    """A blocking electrode is far larger than a grain boundary; a tail that is not may be the beginning of an arc."""
    tail, exponent = fit.tail_cpe_s, fit.tail_exponent
    if tail is None or exponent is None:
        return []
    omega = 2 * np.pi * float(fit.spectrum.frequency_hz.min())
    capacitance = tail.value * omega ** (exponent - 1) / np.sin(exponent * np.pi / 2)
    per_cm = capacitance * (geometry.cell_constant_per_cm if geometry else PELLET_PER_CM)
    return [] if per_cm >= USUAL_ELECTRODE else [make_doubt("tail", per_cm=per_cm)]


def _of_hidden_arcs(fit: CircuitFit, choice: Choice | None) -> list[Doubt]:
    """One arc where two of the same whole would fit significantly better, or one too flat to be single."""
    if len(fit.arcs) != 1:
        return []
    if fit.arcs[0].exponent.value < LEAST_EXPONENT:
        return [make_doubt("depressed", 1, exponent=fit.arcs[0].exponent.value)]
    if choice is None:
        return []
    tail: Tail = "none" if fit.circuit.tail == "none" else "cpe"  # a Warburg element is tried for the best alone
    larger = Circuit(2, tail, fit.circuit.has_series, fit.circuit.has_inductance)
    for rival in (each.fit for each in choice.candidates if each.fit.circuit == larger):
        gain = fit.observations * float(np.log(choice.best.residual_squares / max(rival.residual_squares, 1e-300)))
        if stats.chi2.sf(gain, 3) < HIDDEN_ARC_CHANCE:
            return [make_doubt("hidden", 1)]
    return []


def _of_residuals(fit: CircuitFit, check: KramersKronig | None) -> list[Doubt]:
    misfit = float(np.sqrt(np.sum(np.abs(fit.residuals) ** 2) / max(fit.degrees_of_freedom, 1)))
    if misfit < LEAST_STRUCTURED_MISFIT:
        return []
    if residual_correlation(fit) > STRUCTURE:
        return [make_doubt("structure", misfit=misfit)]
    if check is None or len(check.residuals) != len(fit.residuals):
        return []
    noise = float(np.sqrt(np.sum(np.abs(check.residuals) ** 2) / check.degrees_of_freedom))
    ratio = (misfit / max(noise, 1e-12)) ** 2
    if stats.f.sf(ratio, fit.degrees_of_freedom, check.degrees_of_freedom) < CHANCE:
        return [make_doubt("misfit", misfit=misfit, noise=noise)]
    return []
