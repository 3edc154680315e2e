"""Simulated impedance spectra whose truth is known, and whether that truth can be read from them at all.

Identifiable is decided here, before anything is fitted: every peak inside of the measured window, peaks at least one decade apart, and
each arc at least 5 % of the whole.
"""

from dataclasses import dataclass, field

import numpy as np

SEED = 20260
CELL_CONSTANT_PER_CM = 0.127  # a pellet 1 mm thick and 10 mm wide
LEAST_SEPARATION, LEAST_SHARE = 1.0, 0.05


@dataclass(frozen=True)
class Truth:
    """What a spectrum was made from; arcs as (resistance in ohm, time constant in s, exponent), fast ones first."""

    kind: str
    arcs: tuple[tuple[float, float, float], ...]
    noise: float
    has_tail: bool
    frequency_hz: np.ndarray = field(repr=False)
    impedance_ohm: np.ndarray = field(repr=False)

    @property
    def peaks_hz(self) -> list[float]:
        """Frequencies of the arcs' peaks."""
        return [1 / (2 * np.pi * tau) for _, tau, _ in self.arcs]

    @property
    def is_identifiable(self) -> bool:
        """Whether the arcs can be told apart and lie in the window."""
        low, high = self.frequency_hz.min(), self.frequency_hz.max()
        inside = all(low <= peak <= high for peak in self.peaks_hz)
        apart = all(
            fast / slow >= 10**LEAST_SEPARATION for fast, slow in zip(self.peaks_hz, self.peaks_hz[1:], strict=False)
        )
        whole = sum(r for r, _, _ in self.arcs)
        return inside and apart and all(r / whole >= LEAST_SHARE for r, _, _ in self.arcs)


def simulate_spectra(count: int, seed: int = SEED) -> list[Truth]:
    """`count` spectra: 70 % meant to be readable, 15 % with overlapping arcs, 15 % with an arc out of the window."""
    kinds = ["readable"] * 14 + ["overlapping"] * 3 + ["outside"] * 3
    generator = np.random.default_rng(seed)
    return [simulate_spectrum(generator, kinds[k % len(kinds)]) for k in range(count)]


def simulate_spectrum(generator: np.random.Generator, kind: str) -> Truth:
    """One spectrum of a kind; resistances follow from a bulk capacitance of 1 to 5 pF/cm and the place of the peak."""
    highest = 10 ** generator.uniform(6.0, 7.5)
    lowest = 10 ** generator.uniform(-1.0, 1.0)
    density = int(generator.integers(5, 9))
    frequency = np.geomspace(highest, lowest, int(np.log10(highest / lowest) * density) + 1)
    peaks, sizes = _draw_arcs(generator, kind, np.log10(lowest), np.log10(highest))
    capacitance = 10 ** generator.uniform(-12, -11.3) / CELL_CONSTANT_PER_CM
    first = 1 / (2 * np.pi * 10 ** peaks[0]) / capacitance
    arcs = tuple(
        (first * size / sizes[0], 1 / (2 * np.pi * 10**peak), generator.uniform(0.82, 1.0))
        for size, peak in zip(sizes, peaks, strict=True)
    )
    omega = 2 * np.pi * frequency
    impedance = sum(r / (1 + (1j * omega * tau) ** n) for r, tau, n in arcs)
    has_tail = bool(generator.random() < 0.5)
    if has_tail:
        size, tau, _ = arcs[-1]
        electrode = 10 ** generator.uniform(-7, -5) / CELL_CONSTANT_PER_CM
        crossing = min(1 / (size * electrode), 10**-2 / tau)
        impedance = impedance + size * (1j * omega / crossing) ** -generator.uniform(0.5, 0.95)
    noise = generator.uniform(0.005, 0.03)
    scatter = generator.normal(size=(2, len(frequency))) * noise * np.abs(impedance)
    return Truth(kind, arcs, noise, has_tail, frequency, impedance + scatter[0] + 1j * scatter[1])


def _draw_arcs(generator: np.random.Generator, kind: str, low: float, high: float) -> tuple[list[float], list[float]]:
    """log10 of the peak frequencies, fast one first, and the relative sizes."""
    two = kind == "overlapping" or bool(generator.random() < 0.6)
    if not two:
        peak = generator.uniform(low + 0.7, high - 0.7)
        if kind == "outside":
            peak = (
                generator.uniform(high + 0.3, high + 2)
                if generator.random() < 0.5
                else generator.uniform(low - 2, low - 0.3)
            )
        return [peak], [1.0]
    apart = generator.uniform(0.3, 0.9) if kind == "overlapping" else generator.uniform(1.0, 4.0)
    ratio = (
        10 ** generator.uniform(-0.7, 0.7)
        if kind == "overlapping"
        else 10 ** generator.uniform(-np.log10(19), np.log10(19))
    )
    fast = generator.uniform(min(low + apart + 0.7, high - 0.5), high - 0.5)
    if kind == "outside":
        fast = (
            generator.uniform(high + 0.3, high + 1)
            if generator.random() < 0.5
            else low - generator.uniform(0.3, 1) + apart
        )
    return [fast, fast - apart], [1.0, ratio]
