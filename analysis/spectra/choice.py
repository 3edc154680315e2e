"""Which circuit: every candidate is fitted, an information criterion decides among those whose parts can be told
apart."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.spectra.circuits import MOST_ARCS, Circuit, Complexes, Tail
from analysis.spectra.fitting import CircuitFit, Spectrum, Weighting, describe_minimum, fit_circuit
from analysis.spectra.least_squares import Minimum

INSTRUMENT_FLOOR = 0.003
"""Relative accuracy of an impedance bridge: a misfit below it says nothing about the circuit."""
LARGEST_ERROR = {1: 0.6, 2: 0.5, 3: 0.15}
"""Largest relative standard error of a resistance, by number of arcs: a third arc is believed only if all three are
sharp."""
NEAR_HALF = 0.1  # of a tail's exponent, within which a Warburg element is tried
LEAST_CORRELATION = (
    1.5  # of neighbouring residuals, in standard errors: below, no structure is left that a further arc could take up
)


@dataclass(frozen=True)
class Candidate:
    """A circuit that was tried; `refused` says why it is out although it may fit better."""

    fit: CircuitFit
    criterion: float
    refused: str = ""


@dataclass(frozen=True)
class Choice:
    """The circuit chosen, and all that were tried, best criterion first."""

    best: CircuitFit
    candidates: tuple[Candidate, ...]


def residual_correlation(fit: CircuitFit) -> float:
    """Correlation of neighbouring residuals in standard errors of pure noise; above 3 the circuit leaves structure."""
    parts = (fit.residuals.real, fit.residuals.imag)
    products = sum(float(part[:-1] @ part[1:]) for part in parts)
    squares = sum(float(part @ part) for part in parts)
    return products / max(squares, 1e-300) * float(np.sqrt(2 * len(fit.residuals)))


def choose_circuit(
    spectrum: Spectrum, *, weighting: Weighting = "modulus", most_arcs: int = MOST_ARCS, wanted_starts: int = 8
) -> Choice:
    """Fit the candidates and choose one. Raises ValueError where even the smallest has more parameters than
    observations."""
    inductive = is_inductive_at_the_top(spectrum.impedance_ohm)
    candidates: list[Candidate] = []
    for arcs in range(most_arcs + 1):
        if arcs > 2 and not _leaves_structure(candidates):
            break
        for tail in ("none", "cpe"):
            if 2 * len(spectrum.frequency_hz) <= 3 * arcs + 5:
                continue
            candidates += _with_and_without_series(spectrum, arcs, tail, inductive, weighting, wanted_starts)
    if not candidates:
        raise ValueError(f"{len(spectrum.frequency_hz)} points are too few for any circuit")
    candidates += _as_warburg(_best(candidates).fit)
    candidates.sort(key=lambda candidate: candidate.criterion)
    return Choice(_best(candidates).fit, tuple(candidates))


def _best(candidates: list[Candidate]) -> Candidate:
    """The best criterion among those that are not refused; among all where each is."""
    accepted = [candidate for candidate in candidates if not candidate.refused] or candidates
    return min(accepted, key=lambda candidate: candidate.criterion)


def _as_warburg(fit: CircuitFit) -> list[Candidate]:
    """The same circuit with a Warburg electrode, where the exponent found is near one half."""
    if fit.circuit.tail != "cpe" or abs((fit.tail_exponent or 0) - 0.5) > NEAR_HALF:
        return []
    circuit = replace(fit.circuit, tail="warburg")
    start = np.delete(fit.parameters, fit.circuit.position("n_tail"))
    return [_judge(fit_circuit(fit.spectrum, circuit, weighting=fit.weighting, starts=start[None, :]))]


def is_inductive_at_the_top(impedance: Complexes) -> bool:
    """Whether the first points (highest frequencies) lie below the real axis by more than noise."""
    return bool(np.median(impedance.imag[:4] / np.abs(impedance[:4])) > 0.01)


def _leaves_structure(candidates: list[Candidate]) -> bool:
    best = min(candidates, key=lambda candidate: candidate.criterion).fit
    return residual_correlation(best) > LEAST_CORRELATION


def _with_and_without_series(
    spectrum: Spectrum, arcs: int, tail: Tail, inductive: bool, weighting: Weighting, wanted_starts: int
) -> list[Candidate]:
    full = fit_circuit(spectrum, Circuit(arcs, tail, True, inductive), weighting=weighting, wanted_starts=wanted_starts)
    if arcs == 0 and tail == "none":
        return [] if inductive else [_judge(full)]
    at = full.circuit.position("series")
    without = Circuit(arcs, tail, False, inductive)
    vector = np.delete(full.parameters, at)
    if full.parameters[at] <= 0:  # the series resistance vanished by itself
        minimum = Minimum(vector, full.residual_squares / 2, full.converged)
        return [_judge(describe_minimum(spectrum, without, weighting, minimum, full.weights))]
    return [_judge(full), _judge(fit_circuit(spectrum, without, weighting=weighting, wanted_starts=wanted_starts))]


def _judge(fit: CircuitFit) -> Candidate:
    criterion = fit.information_criterion(INSTRUMENT_FLOOR)
    arcs = fit.arcs
    loose = [arc for arc in arcs if arc.resistance_ohm.relative_error > LARGEST_ERROR[len(arcs)]]
    if loose:
        worst = max(arc.resistance_ohm.relative_error for arc in loose)
        return Candidate(fit, criterion, f"an arc is known to ±{min(worst, 9.99):.0%} only")
    if len(arcs) == MOST_ARCS and any(name.startswith("n") for name in fit.at_bound):
        return Candidate(fit, criterion, "an exponent of three arcs runs into its bound")
    return Candidate(fit, criterion)
