"""How fits of simulated spectra are scored against the truth: the numbers behind a test and a benchmark."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from analysis.spectra.analyse import Analysis, analyse_spectrum
from analysis.spectra.conversion import Geometry
from analysis.spectra.fitting import Spectrum
from support.simulated_spectra import CELL_CONSTANT_PER_CM, Truth

PELLET = Geometry(1.0, 10.0)  # thickness and diameter in mm that give CELL_CONSTANT_PER_CM
assert abs(PELLET.cell_constant_per_cm / CELL_CONSTANT_PER_CM - 1) < 0.01
NEAR = 0.15


@dataclass
class Score:
    """Counts over many spectra; `misses` name what went wrong."""

    counts: Counter = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        """A share of counts, not a number where there is nothing to count."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else float("nan")


def score_simulated(truths: list[Truth]) -> Score:
    """Coverage, number of arcs and doubts of the program's own choice over simulated spectra."""
    score = Score()
    for number, truth in enumerate(truths):
        analysis = analyse_spectrum(Spectrum(truth.frequency_hz, truth.impedance_ohm), PELLET)
        doubts = [each.code for each in analysis.doubts if each.code != "kramers-kronig"]
        if truth.is_identifiable:
            _score_identifiable(score, truth, analysis, doubts, number)
        else:
            score.counts["unidentifiable"] += 1
            score.counts["unidentifiable doubted"] += bool(doubts)
            if not doubts:
                score.misses.append(f"{number}: {truth.kind}, no doubt, {analysis.fit.circuit.code}")
    return score


def _score_identifiable(score: Score, truth: Truth, analysis: Analysis, doubts: list[str], number: int) -> None:
    counts, arcs = score.counts, analysis.fit.arcs
    counts["identifiable"] += 1
    counts["identifiable doubted"] += bool(doubts)
    is_right = len(arcs) == len(truth.arcs)
    counts["right number"] += is_right
    if not is_right:
        score.misses.append(f"{number}: {len(arcs)} arcs, {len(truth.arcs)} are true")
        return
    near = True
    for arc, (resistance, tau, exponent) in zip(arcs, truth.arcs, strict=True):
        pairs = {
            "R": (arc.resistance_ohm, resistance), "n": (arc.exponent, exponent), "C": (arc.capacitance_f, tau / resistance),
            "Q": (arc.cpe_s, tau**exponent / resistance),
        }  # fmt: skip
        for name, (estimate, true) in pairs.items():
            counts[name] += 1
            counts[f"{name} inside"] += bool(estimate.low <= true <= estimate.high)
        near &= bool(abs(arc.resistance_ohm.value / resistance - 1) < NEAR)
    counts["near"] += near


def score_other_models(truths: list[Truth]) -> dict[str, Counter]:
    """By model: spectra doubted, and those not doubted whose resistances are right within 15 %."""
    found: dict[str, Counter] = {}
    for truth in truths:
        analysis = analyse_spectrum(Spectrum(truth.frequency_hz, truth.impedance_ohm), PELLET)
        counts = found.setdefault(truth.kind, Counter())
        arcs = analysis.fit.arcs
        has_further = (
            truth.kind == "finite Warburg" and len(arcs) == len(truth.arcs) + 1
        )  # the diffusion may be a third arc
        is_right = (len(arcs) == len(truth.arcs) or has_further) and all(
            abs(arc.resistance_ohm.value / true - 1) < NEAR for arc, (true, _, _) in zip(arcs, truth.arcs, strict=False)
        )
        counts["all"] += 1
        counts["doubted"] += bool(analysis.doubts)
        counts["right"] += is_right
        counts["doubted or right"] += bool(analysis.doubts) or is_right
    return found


def guess(truth: Truth) -> np.ndarray:
    """Starting values as a person reads them off: resistances from the range of Z', times from the peaks of −Z''."""
    z, omega = truth.impedance_ohm, 2 * np.pi * truth.frequency_hz
    count = len(truth.arcs)
    height = -z.imag
    peaks = [k for k in range(1, len(z) - 1) if height[k] > height[k - 1] and height[k] >= height[k + 1]]
    places = sorted(sorted(peaks, key=lambda k: -height[k])[:count]) or [int(np.argmax(height))]
    while len(places) < count:
        places.append(min(places[-1] + len(z) // 4, len(z) - 1))
    values: list[float] = []
    for k in places:
        resistance = max(2 * height[k], 1e-3 * np.abs(z).max())
        values += [float(resistance), float(1 / (omega[k] * resistance)), 0.9]
    if truth.has_tail:
        values += [float(1 / (omega[-1] * max(height[-1], 1e-3 * np.abs(z).max()))), 0.8]
    return np.array(values)
